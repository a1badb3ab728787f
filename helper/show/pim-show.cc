// SPDX-License-Identifier: GPL-2.0-only
// Layout and wording after XORP's `show pim` commands and iproute2's `ip mroute`.
#include "ns3/pim-show.h"

#include "ns3/interface-names.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/printed.h"
#include "ns3/whole-seconds.h"

#include <iomanip>
#include <sstream>

namespace ns3
{

namespace
{

constexpr const char* REGISTER_TUNNEL = "register_vif";

/** Calls print(os, pim), or says that there is no PIM. */
template <typename F>
std::string
ShowWith(Ptr<Node> node, F print)
{
    std::ostringstream os;
    Ptr<PimSmRouting> pim = PimSmHelper::Get(node);
    if (pim && pim->IsRunning())
    {
        print(os, *pim);
    }
    else
    {
        os << "PIM is not running on " << GetNodeName(node) << "\n";
    }
    return os.str();
}

/** An address, or XORP's word for none. */
std::string
NeighborText(Ipv4Address address)
{
    return address == Ipv4Address::GetAny() ? "UNKNOWN" : ToText(address);
}

std::string
InterfaceText(Ptr<Node> node, uint32_t interface)
{
    return interface == PIM_NO_INTERFACE ? "UNKNOWN" : GetInterfaceName(node, interface);
}

/** Prints the state of one entry, a labelled line per fact, as `show pim join` does. */
class JoinPrinter
{
  public:
    JoinPrinter(std::ostream& os, Ptr<Node> node, const PimSmRouting& pim)
        : m_os(os),
          m_node(node),
          m_pim(pim),
          m_macros(pim.GetInstance().GetEngine().GetMacros())
    {
    }

    void PrintGroup(const PimGroup& g)
    {
        Head(g, g.rp, "WC");
        Line("Upstream interface (RP):", RpInterface(g));
        Line("Upstream MRIB next hop (RP):", NeighborText(g.rpf.nextHop));
        Line("Upstream RPF'(*,G):", NeighborText(m_macros.RpfNeighbor(g)));
        Line("Upstream state:", EnumName(g.upstream));
        Timer("Join timer:", SourceGroup::StarG(g.group), PimTimer::UPSTREAM_JOIN);
        Line("Local receiver include WC:", Members(g));
        JoinsOfGroup(g);
        JoinStates(g);
        AssertStates(g);
        Line("Assert winner WC:", DrawAsserts(g, PimAssertState::WINNER));
        Line("Assert lost WC:", DrawIf([&](uint32_t i) { return m_macros.LostAssert(g, i); }));
        Line("Assert tracking WC:",
             DrawIf([&](uint32_t i) { return m_macros.AssertTrackingDesired(g, i); }));
        Line("Could assert WC:", CouldAssertGroup(g));
        Designated();
        ImmediateOfGroup(g);
        // XORP derives both from (*,G) alone here: what a source without state of its own inherits.
        PimSource unknown;
        Line("Inherited olist SG:", Draw(m_macros.InheritedOlist(g, unknown)));
        Line("Inherited olist SG_RPT:", Draw(m_macros.InheritedOlistRpt(g, unknown)));
        Line("PIM include WC:", Draw(m_macros.PimInclude(g)));
    }

    void PrintSource(const PimGroup& g, const PimSource& s)
    {
        Head(g, s.source, Flags(g, s));
        Line("Upstream interface (S):", InterfaceText(m_node, s.rpf.interface));
        Line("Upstream interface (RP):", RpInterface(g));
        Line("Upstream MRIB next hop (RP):", NeighborText(g.rpf.nextHop));
        Line("Upstream MRIB next hop (S): ",
             s.rpf.directlyConnected ? "UNKNOWN" : NeighborText(s.rpf.nextHop));
        Line("Upstream RPF'(S,G):", NeighborText(m_macros.RpfNeighbor(g, s)));
        Line("Upstream state:", EnumName(s.upstream));
        if (s.rpf.directlyConnected)
        {
            Line("Register state:", RegisterText(g, s));
        }
        Timer("Join timer:", SourceGroup(s.source, g.group), PimTimer::UPSTREAM_JOIN);
        Line("KAT(S,G) running:", s.keepalive ? "true" : "false");
        Line("Local receiver include WC:", Members(g));
        Line("Local receiver include SG:",
             DrawIf([&](uint32_t i) { return m_macros.LocalReceiverInclude(g, s, i); }));
        Line("Local receiver exclude SG:",
             DrawIf([&](uint32_t i) { return m_macros.LocalReceiverExclude(g, s, i); }));
        JoinsOfGroup(g);
        Line("Joins SG:", Draw(m_macros.Joins(s)));
        JoinStates(s);
        AssertStates(s);
        Line("Assert winner WC:", DrawAsserts(g, PimAssertState::WINNER));
        Line("Assert winner SG:", DrawAsserts(s, PimAssertState::WINNER));
        Line("Assert lost WC:", DrawIf([&](uint32_t i) { return m_macros.LostAssert(g, i); }));
        Line("Assert lost SG:", DrawIf([&](uint32_t i) { return m_macros.LostAssert(g, s, i); }));
        Line("Assert lost SG_RPT:",
             DrawIf([&](uint32_t i) { return m_macros.LostAssertRpt(g, s, i); }));
        Line("Assert tracking SG:",
             DrawIf([&](uint32_t i) { return m_macros.AssertTrackingDesired(g, s, i); }));
        Line("Could assert WC:", CouldAssertGroup(g));
        Line("Could assert SG:", DrawIf([&](uint32_t i) { return m_macros.CouldAssert(g, s, i); }));
        Designated();
        ImmediateOfGroup(g);
        Line("Immediate olist SG:", Draw(m_macros.ImmediateOlist(g, s)));
        Line("Inherited olist SG:",
             Draw(m_macros.InheritedOlist(g, s), s.registerState == PimRegisterState::JOIN));
        Line("Inherited olist SG_RPT:", Draw(m_macros.InheritedOlistRpt(g, s)));
        Line("PIM include WC:", Draw(m_macros.PimInclude(g)));
        Line("PIM include SG:", Draw(m_macros.PimInclude(g, s)));
        Line("PIM exclude SG:", Draw(m_macros.PimExclude(g, s)));
    }

    void PrintRpt(const PimGroup& g, const PimSource& s)
    {
        Head(g, s.source, "SG_RPT");
        Line("Upstream interface (S):", InterfaceText(m_node, s.rpf.interface));
        Line("Upstream interface (RP):", RpInterface(g));
        Line("Upstream MRIB next hop (RP):", NeighborText(g.rpf.nextHop));
        Line("Upstream RPF'(S,G,rpt):", NeighborText(m_macros.RpfNeighborRpt(g, s)));
        Line("Upstream state:", EnumName(s.rptUpstream));
        Timer("Override timer:", SourceGroup(s.source, g.group), PimTimer::OVERRIDE);
        Line("Local receiver include WC:", Members(g));
        JoinsOfGroup(g);
        Line("Prunes SG_RPT:", Draw(m_macros.Prunes(s)));
        Line("Join state:", Draw(InterfaceSet()));
        Line("Prune state:", DrawStates(s.rptDownstream, PimRptPruneState::PRUNE));
        Line("Prune pending state:", DrawStates(s.rptDownstream, PimRptPruneState::PRUNE_PENDING));
        Line("Prune tmp state:", DrawStates(s.rptDownstream, PimRptPruneState::PRUNE_TMP));
        Line("Prune pending tmp state:",
             DrawStates(s.rptDownstream, PimRptPruneState::PRUNE_PENDING_TMP));
        Line("Assert winner WC:", DrawAsserts(g, PimAssertState::WINNER));
        Line("Assert lost WC:", DrawIf([&](uint32_t i) { return m_macros.LostAssert(g, i); }));
        Line("Assert lost SG_RPT:",
             DrawIf([&](uint32_t i) { return m_macros.LostAssertRpt(g, s, i); }));
        Line("Could assert WC:", CouldAssertGroup(g));
        Line("Could assert SG:", DrawIf([&](uint32_t i) { return m_macros.CouldAssert(g, s, i); }));
        Designated();
        ImmediateOfGroup(g);
        Line("Inherited olist SG:", Draw(m_macros.InheritedOlist(g, s)));
        Line("Inherited olist SG_RPT:", Draw(m_macros.InheritedOlistRpt(g, s)));
        Line("PIM include WC:", Draw(m_macros.PimInclude(g)));
    }

  private:
    void Head(const PimGroup& g, Ipv4Address source, const std::string& flags)
    {
        const Ipv4Address shown = flags == "WC" ? Ipv4Address::GetAny() : source;
        m_os << std::left << std::setw(15) << ToText(g.group) << ' ' << std::setw(15)
             << ToText(shown) << ' ' << std::setw(15) << RpText(g) << ' ' << flags << '\n';
    }

    static std::string RpText(const PimGroup& g)
    {
        return g.rp == Ipv4Address::GetAny() ? "RP_ADDR_UNKNOWN" : ToText(g.rp);
    }

    static std::string Flags(const PimGroup& g, const PimSource& s)
    {
        std::string flags = "SG";
        flags += g.mode == PimMode::SSM ? " SSM" : "";
        flags += s.sptBit ? " SPT" : "";
        flags += s.rpf.directlyConnected ? " DirectlyConnectedS" : "";
        return flags;
    }

    void Line(const char* label, const std::string& value)
    {
        m_os << "    " << std::left << std::setw(26) << label << ' ' << value << '\n';
    }

    std::string RpInterface(const PimGroup& g) const
    {
        return g.iAmRp ? REGISTER_TUNNEL : InterfaceText(m_node, g.rpf.interface);
    }

    template <typename F>
    std::string DrawIf(F isMember, bool tunnel = false) const
    {
        std::string drawn;
        for (const auto& [index, interface] : m_pim.GetInterfaces())
        {
            drawn += isMember(index) ? 'O' : '.';
        }
        return drawn + (tunnel ? 'O' : '.');
    }

    std::string Draw(const InterfaceSet& set, bool tunnel = false) const
    {
        return DrawIf([&](uint32_t i) { return set.Contains(i); }, tunnel);
    }

    template <typename Map, typename State>
    std::string DrawStates(const Map& states, State state) const
    {
        return DrawIf([&](uint32_t i) {
            auto it = states.find(i);
            return it != states.end() && it->second == state;
        });
    }

    std::string Members(const PimGroup& g) const
    {
        return DrawIf([&](uint32_t i) { return m_macros.LocalReceiverInclude(g, i); });
    }

    /** (*,*,RP) state, which XORP shows and RFC 7761 has no longer, is nowhere. */
    void JoinsOfGroup(const PimGroup& g)
    {
        Line("Joins RP:", Draw(InterfaceSet()));
        Line("Joins WC:", Draw(m_macros.Joins(g)));
    }

    void ImmediateOfGroup(const PimGroup& g)
    {
        Line("Immediate olist RP:", Draw(InterfaceSet()));
        Line("Immediate olist WC:", Draw(m_macros.ImmediateOlist(g)));
    }

    void Designated()
    {
        Line("I am DR:", DrawIf([&](uint32_t i) { return m_macros.IAmDr(i); }));
    }

    std::string CouldAssertGroup(const PimGroup& g) const
    {
        return DrawIf([&](uint32_t i) { return m_macros.CouldAssert(g, i); });
    }

    std::string RegisterText(const PimGroup& g, const PimSource& s) const
    {
        const bool could = m_macros.CouldRegister(g, s);
        return (s.registerState == PimRegisterState::NO_INFO
                    ? "RegisterNoinfo"
                    : std::string("Register") + EnumName(s.registerState)) +
               (could ? " RegisterCouldRegister" : " RegisterNotCouldRegister");
    }

    /** Whole seconds; XORP writes -1 for a timer that does not run. */
    void Timer(const char* label, const SourceGroup& key, PimTimer timer)
    {
        const Time left = m_pim.GetInstance().GetEngine().GetTimer({key, timer});
        Line(label, left.IsZero() ? "-1" : std::to_string(WholeSeconds(left)));
    }

    void JoinStates(const PimTreeState& entry)
    {
        Line("Join state:", DrawStates(entry.downstream, PimJoinState::JOIN));
        Line("Prune state:", Draw(InterfaceSet())); // (*,G) and (S,G) have none, RFC 7761 §4.5.1
        Line("Prune pending state:", DrawStates(entry.downstream, PimJoinState::PRUNE_PENDING));
    }

    std::string DrawAsserts(const PimTreeState& entry, PimAssertState state) const
    {
        return DrawIf([&](uint32_t i) { return PimMacros::FindAssert(entry, i).state == state; });
    }

    void AssertStates(const PimTreeState& entry)
    {
        Line("I am assert winner state:", DrawAsserts(entry, PimAssertState::WINNER));
        Line("I am assert loser state:", DrawAsserts(entry, PimAssertState::LOSER));
    }

    std::ostream& m_os;
    Ptr<Node> m_node;
    const PimSmRouting& m_pim;
    const PimMacros& m_macros;
};

/** One line of `show pim bootstrap`; XORP writes -1 for a timer that does not run. */
void
PrintZone(std::ostream& os, const PimBootstrapZone& zone)
{
    auto timer = [](Time left) { return left.IsZero() ? int64_t{-1} : WholeSeconds(left); };
    const PimBsr& bsr = zone.GetBsr();
    const std::optional<PimBsr>& own = zone.GetOwn();
    os << std::left << std::setw(15) << ToText(bsr.address) << ' ' << std::right << std::setw(3)
       << +bsr.priority << ' ' << std::left << std::setw(15)
       << ToText(own ? own->address : Ipv4Address::GetAny()) << ' ' << std::right << std::setw(3)
       << (own ? +own->priority : 0) << ' ' << std::left << std::setw(15)
       << EnumName(zone.GetState()) << ' ' << std::right << std::setw(7)
       << timer(zone.GetBootstrapTimer()) << ' ' << std::setw(9) << timer(zone.GetScopeZoneTimer())
       << '\n';
}

void
PrintRow(std::ostream& os, Ptr<Node> node, const MulticastForwardingEntry& entry)
{
    const bool fromTunnel = entry.spec.incoming == MulticastEntrySpec::REGISTER_INTERFACE;
    const std::string key = "(" +
                            (entry.key.IsStarG() ? "0.0.0.0" : ToText(entry.key.GetSource())) +
                            ", " + ToText(entry.key.GetGroup()) + ")";
    os << std::left << std::setw(32) << key << " Iif: " << std::setw(10)
       << (fromTunnel ? std::string("pimreg")
                      : (entry.spec.incoming == MulticastEntrySpec::NO_INTERFACE
                             ? std::string("unresolved")
                             : GetInterfaceName(node, entry.spec.incoming)))
       << " Oifs: " << JoinInterfaceNames(node, entry.spec.outgoing)
       << (entry.spec.registerTunnel ? " pimreg" : "") << '\n';
}

} // namespace

std::string
ShowPimNeighbors(Ptr<Node> node)
{
    return ShowWith(node, [node](std::ostream& os, const PimSmRouting& pim) {
        os << "Interface    DRpriority NeighborAddr    V Mode   Holdtime Timeout\n";
        for (const auto& [index, interface] : pim.GetInterfaces())
        {
            for (const auto& [address, neighbor] :
                 pim.GetInstance().GetNeighbors().GetNeighbors(index))
            {
                const Time left = pim.GetInstance().GetHellos().GetRemaining(index, address);
                os << std::left << std::setw(12) << GetInterfaceName(node, index) << ' '
                   << std::right << std::setw(10)
                   << (neighbor.drPriority ? std::to_string(*neighbor.drPriority) : "none") << ' '
                   << std::left << std::setw(15) << ToText(address) << " 2 Sparse " << std::right
                   << std::setw(8) << neighbor.holdtime << ' ' << std::setw(7) << WholeSeconds(left)
                   << '\n';
            }
        }
    });
}

std::string
ShowPimInterface(Ptr<Node> node)
{
    return ShowWith(node, [node](std::ostream& os, const PimSmRouting& pim) {
        os << "Interface    State    Mode   V PIMstate Priority DRaddr          Neighbors\n";
        for (const auto& [index, interface] : pim.GetInterfaces())
        {
            const PimNeighborTable& neighbors = pim.GetInstance().GetNeighbors();
            os << std::left << std::setw(12) << GetInterfaceName(node, index) << ' ' << std::setw(8)
               << (interface.IsActive() ? "UP" : "DOWN") << " Sparse 2 " << std::setw(8)
               << (neighbors.IAmDr(index) ? "DR" : "NotDR") << ' ' << std::right << std::setw(8)
               << interface.drPriority << ' ' << std::left << std::setw(15)
               << ToText(neighbors.GetDr(index)) << ' ' << std::right << std::setw(9)
               << neighbors.GetSize(index) << '\n';
        }
    });
}

std::string
ShowPimBootstrap(Ptr<Node> node)
{
    return ShowWith(node, [](std::ostream& os, const PimSmRouting& pim) {
        const char* head =
            "BSR             Pri LocalAddress    Pri State           Timeout SZTimeout\n";
        os << "Active zones:\n" << head;
        for (const PimBootstrapZone* zone : pim.GetInstance().GetBootstrap().GetZones())
        {
            if (zone->GetState() != PimBsrState::ACCEPT_ANY)
            {
                PrintZone(os, *zone);
            }
        }
        os << "Expiring zones:\n" << head;
        for (const PimBootstrapZone* zone : pim.GetInstance().GetBootstrap().GetZones())
        {
            if (zone->GetState() == PimBsrState::ACCEPT_ANY && !zone->GetScopeZoneTimer().IsZero())
            {
                PrintZone(os, *zone);
            }
        }
        os << "Configured zones:\n" << head;
        for (const PimBootstrapZone* zone : pim.GetInstance().GetBootstrap().GetZones())
        {
            if (zone->GetOwn())
            {
                PrintZone(os, *zone);
            }
        }
    });
}

std::string
ShowPimRps(Ptr<Node> node, Ipv4Address group)
{
    return ShowWith(node, [group](std::ostream& os, const PimSmRouting& pim) {
        os << "RP              Type      Pri Holdtime Timeout ActiveGroups GroupPrefix\n";
        const PimRpSet& rpSet = pim.GetInstance().GetRpSet();
        const auto serving = group.IsAny() ? std::nullopt : rpSet.Lookup(group);
        for (const PimRpMapping& mapping : rpSet.GetMappings())
        {
            if (!group.IsAny() &&
                !(serving && serving->rp == mapping.rp && serving->range == mapping.range))
            {
                continue;
            }
            uint32_t groups = 0;
            for (const auto& [number, each] : pim.GetInstance().GetEngine().GetTib().GetGroups())
            {
                groups += each.rp == mapping.rp && mapping.range.Contains(each.group) ? 1 : 0;
            }
            const long timeout = mapping.isStatic ? -1 : WholeSeconds(rpSet.GetRemaining(mapping));
            os << std::left << std::setw(15) << ToText(mapping.rp) << ' ' << std::setw(9)
               << (mapping.isStatic ? "static" : "bootstrap") << ' ' << std::right << std::setw(3)
               << +mapping.priority << ' ' << std::setw(8)
               << (mapping.isStatic ? -1 : static_cast<int>(mapping.holdtime)) << ' '
               << std::setw(7) << timeout << ' ' << std::setw(12) << groups << ' '
               << mapping.range.ToString() << (mapping.bidirectional ? " bidir" : "") << '\n';
        }
    });
}

std::string
ShowPimJoin(Ptr<Node> node, Ipv4Address group)
{
    return ShowWith(node, [node, group](std::ostream& os, const PimSmRouting& pim) {
        os << "Group           Source          RP              Flags\n";
        JoinPrinter printer(os, node, pim);
        for (const auto& [number, each] : pim.GetInstance().GetEngine().GetTib().GetGroups())
        {
            if (!group.IsAny() && each.group != group)
            {
                continue;
            }
            if (each.HasStarState() || pim.GetInstance().GetEngine().GetMacros().JoinDesired(each))
            {
                printer.PrintGroup(each);
            }
            for (const auto& [address, source] : each.sources)
            {
                source.HasSgState() ? printer.PrintSource(each, source) : void();
                source.HasRptState() ? printer.PrintRpt(each, source) : void();
            }
        }
    });
}

std::string
ShowPimMfc(Ptr<Node> node, Ipv4Address group)
{
    return ShowWith(node, [node, group](std::ostream& os, const PimSmRouting& pim) {
        os << "Group           Source          RP\n";
        for (const MulticastForwardingEntry* entry : pim.GetForwardingEntries())
        {
            if (!group.IsAny() && entry->key.GetGroup() != group)
            {
                continue;
            }
            const auto rp = pim.GetInstance().GetRpSet().Lookup(entry->key.GetGroup());
            const uint32_t incoming = entry->spec.incoming;
            os << std::left << std::setw(15) << ToText(entry->key.GetGroup()) << ' '
               << std::setw(15) << ToText(entry->key.GetSource()) << ' '
               << (rp ? ToText(rp->rp) : "RP_ADDR_UNKNOWN") << '\n'
               << "    Incoming interface :      "
               << (incoming == MulticastEntrySpec::REGISTER_INTERFACE
                       ? std::string(REGISTER_TUNNEL)
                       : InterfaceText(node,
                                       incoming == MulticastEntrySpec::NO_INTERFACE
                                           ? PIM_NO_INTERFACE
                                           : incoming))
               << "\n    Outgoing interfaces:      ";
            for (const auto& [index, interface] : pim.GetInterfaces())
            {
                os << (entry->spec.outgoing.Contains(index) ? 'O' : '.');
            }
            os << (entry->spec.registerTunnel ? 'O' : '.') << '\n';
        }
    });
}

std::string
ShowPimDf(Ptr<Node> node)
{
    return ShowWith(node, [node](std::ostream& os, const PimSmRouting& pim) {
        os << "RP              Interface    State    DF                  Pref     Metric\n";
        for (Ipv4Address rp : pim.GetInstance().GetDfTable().GetRps())
        {
            for (const auto& [index, interface] : pim.GetInterfaces())
            {
                const PimDfElectionMachine* election =
                    pim.GetInstance().GetDfTable().Find(rp, index);
                if (election == nullptr)
                {
                    continue;
                }
                const PimDfMetric& df = election->GetDfMetric();
                os << std::left << std::setw(15) << ToText(rp) << ' ' << std::setw(12)
                   << GetInterfaceName(node, index) << ' ' << std::setw(8)
                   << EnumName(election->GetState()) << ' ' << std::setw(15)
                   << NeighborText(election->GetDf()) << ' ' << std::right << std::setw(8)
                   << (df.IsInfinite() ? "-" : std::to_string(df.preference)) << ' '
                   << std::setw(10) << (df.IsInfinite() ? "-" : std::to_string(df.metric)) << '\n';
            }
        }
    });
}

std::string
ShowIpMroute(Ptr<Node> node)
{
    return ShowWith(node, [node](std::ostream& os, const PimSmRouting& pim) {
        for (const MulticastForwardingEntry* entry : pim.GetForwardingEntries())
        {
            PrintRow(os, node, *entry);
        }
    });
}

void
ShowPimNeighbors(std::ostream& os, Ptr<Node> node)
{
    os << ShowPimNeighbors(node);
}

void
ShowPimInterface(std::ostream& os, Ptr<Node> node)
{
    os << ShowPimInterface(node);
}

void
ShowPimBootstrap(std::ostream& os, Ptr<Node> node)
{
    os << ShowPimBootstrap(node);
}

void
ShowPimDf(std::ostream& os, Ptr<Node> node)
{
    os << ShowPimDf(node);
}

void
ShowIpMroute(std::ostream& os, Ptr<Node> node)
{
    os << ShowIpMroute(node);
}

void
ShowPimRps(std::ostream& os, Ptr<Node> node, Ipv4Address group)
{
    os << ShowPimRps(node, group);
}

void
ShowPimJoin(std::ostream& os, Ptr<Node> node, Ipv4Address group)
{
    os << ShowPimJoin(node, group);
}

void
ShowPimMfc(std::ostream& os, Ptr<Node> node, Ipv4Address group)
{
    os << ShowPimMfc(node, group);
}

} // namespace ns3
