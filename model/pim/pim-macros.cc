// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5, §4.2.2, §4.4.1, §4.5.4 to §4.5.7, §4.6.1 to §4.6.5.
#include "ns3/pim-macros.h"

namespace ns3
{

PimMacros::PimMacros(PimEnvironment& environment, const PimNeighborTable& neighbors)
    : m_environment(environment),
      m_neighbors(neighbors)
{
}

void
PimMacros::SetMembership(const GroupMembership* membership)
{
    m_membership = membership;
}

bool
PimMacros::IAmDr(uint32_t interface) const
{
    return m_neighbors.IAmDr(interface);
}

void
PimMacros::SetDesignatedForwarders(const PimDesignatedForwarders* forwarders)
{
    m_forwarders = forwarders;
}

bool
PimMacros::IAmDf(const PimGroup& g, uint32_t interface) const
{
    return m_forwarders != nullptr && m_forwarders->IAmDf(g.rp, interface);
}

Ipv4Address
PimMacros::Nbr(uint32_t interface, Ipv4Address address) const
{
    const PimNeighbor* neighbor = m_neighbors.Find(interface, address);
    return neighbor == nullptr ? Ipv4Address::GetAny() : neighbor->address;
}

const PimAssertRecord&
PimMacros::FindAssert(const PimTreeState& entry, uint32_t interface)
{
    static const PimAssertRecord none;
    auto it = entry.asserts.find(interface);
    return it == entry.asserts.end() ? none : it->second;
}

bool
PimMacros::LocalReceiverInclude(const PimGroup& g, uint32_t interface) const
{
    return m_membership != nullptr && m_membership->LocalReceiverInclude(g.group, interface);
}

bool
PimMacros::LocalReceiverInclude(const PimGroup& g, const PimSource& s, uint32_t interface) const
{
    return m_membership != nullptr &&
           m_membership->LocalReceiverInclude(s.source, g.group, interface);
}

bool
PimMacros::LocalReceiverExclude(const PimGroup& g, const PimSource& s, uint32_t interface) const
{
    return m_membership != nullptr &&
           m_membership->LocalReceiverExclude(s.source, g.group, interface);
}

bool
PimMacros::ActsForMembers(const PimTreeState& entry, bool lostAssert, uint32_t interface) const
{
    return (IAmDr(interface) && !lostAssert) ||
           FindAssert(entry, interface).state == PimAssertState::WINNER;
}

InterfaceSet
PimMacros::Joins(const PimTreeState& entry) const
{
    InterfaceSet joins;
    for (const auto& [interface, state] : entry.downstream)
    {
        if (state == PimJoinState::JOIN || state == PimJoinState::PRUNE_PENDING)
        {
            joins.Add(interface);
        }
    }
    return joins;
}

InterfaceSet
PimMacros::Prunes(const PimSource& s) const
{
    InterfaceSet prunes;
    for (const auto& [interface, state] : s.rptDownstream)
    {
        if (state == PimRptPruneState::PRUNE || state == PimRptPruneState::PRUNE_TMP)
        {
            prunes.Add(interface);
        }
    }
    return prunes;
}

InterfaceSet
PimMacros::PimInclude(const PimGroup& g) const
{
    InterfaceSet include;
    if (g.mode == PimMode::UNKNOWN)
    {
        return include;
    }
    g.members.ForEach([&](uint32_t i) {
        // No (S,G) state on bidirectional trees: a source-specific member gets the whole group.
        if (g.mode == PimMode::BIDIRECTIONAL
                ? IAmDf(g, i)
                : LocalReceiverInclude(g, i) && ActsForMembers(g, LostAssert(g, i), i))
        {
            include.Add(i);
        }
    });
    return include;
}

InterfaceSet
PimMacros::PimInclude(const PimGroup& g, const PimSource& s) const
{
    InterfaceSet include;
    g.members.ForEach([&](uint32_t i) {
        // §4.1.5 in words: a winner takes over members "of a group or source/group pair". Else
        // its Assert silences the DR, the DR's upstream stops asking it, and all begins again.
        const bool takenOver = s.keepalive && g.mode == PimMode::SPARSE &&
                               FindAssert(s, i).state == PimAssertState::WINNER &&
                               LocalReceiverInclude(g, i) &&
                               !m_membership->LocalReceiverExclude(s.source, g.group, i);
        if (takenOver ||
            (LocalReceiverInclude(g, s, i) && ActsForMembers(s, LostAssert(g, s, i), i)))
        {
            include.Add(i);
        }
    });
    return include;
}

InterfaceSet
PimMacros::PimExclude(const PimGroup& g, const PimSource& s) const
{
    InterfaceSet exclude;
    g.members.ForEach([&](uint32_t i) {
        if (LocalReceiverExclude(g, s, i) && ActsForMembers(g, LostAssert(g, i), i))
        {
            exclude.Add(i);
        }
    });
    return exclude;
}

InterfaceSet
PimMacros::ImmediateOlist(const PimGroup& g) const
{
    InterfaceSet olist = Joins(g) + PimInclude(g);
    if (g.mode == PimMode::BIDIRECTIONAL)
    {
        InterfaceSet down;
        olist.ForEach([&](uint32_t i) { IAmDf(g, i) ? down.Add(i) : void(); });
        down.Remove(g.rpf.interface);
        return down;
    }
    for (const auto& [interface, record] : g.asserts)
    {
        if (LostAssert(g, interface))
        {
            olist.Remove(interface);
        }
    }
    return olist;
}

InterfaceSet
PimMacros::ImmediateOlist(const PimGroup& g, const PimSource& s) const
{
    InterfaceSet olist = Joins(s) + PimInclude(g, s);
    for (const auto& [interface, record] : s.asserts)
    {
        if (LostAssert(g, s, interface))
        {
            olist.Remove(interface);
        }
    }
    return olist;
}

InterfaceSet
PimMacros::InheritedOlistRpt(const PimGroup& g, const PimSource& s) const
{
    if (g.mode == PimMode::SSM)
    {
        return {};
    }
    InterfaceSet olist = (Joins(g) - Prunes(s)) + (PimInclude(g) - PimExclude(g, s));
    for (const auto& [interface, record] : g.asserts)
    {
        if (LostAssert(g, interface))
        {
            olist.Remove(interface);
        }
    }
    for (const auto& [interface, record] : s.asserts)
    {
        if (LostAssertRpt(g, s, interface))
        {
            olist.Remove(interface);
        }
    }
    return olist;
}

InterfaceSet
PimMacros::InheritedOlist(const PimGroup& g, const PimSource& s) const
{
    InterfaceSet olist = InheritedOlistRpt(g, s) + Joins(s) + PimInclude(g, s);
    for (const auto& [interface, record] : s.asserts)
    {
        if (LostAssert(g, s, interface))
        {
            olist.Remove(interface);
        }
    }
    return olist;
}

Ipv4Address
PimMacros::NeighborOf(const PimTreeState& entry) const
{
    const uint32_t interface = entry.rpf.interface;
    if (interface == PIM_NO_INTERFACE)
    {
        return Ipv4Address::GetAny();
    }
    const PimAssertRecord& record = FindAssert(entry, interface);
    return record.state == PimAssertState::LOSER ? record.winner
                                                 : Nbr(interface, entry.rpf.nextHop);
}

Ipv4Address
PimMacros::RpfNeighbor(const PimGroup& g) const
{
    if (g.mode != PimMode::BIDIRECTIONAL)
    {
        return NeighborOf(g);
    }
    // RPF_DF(RPA): on the RP link itself there is none, and no router to join.
    const bool upstream =
        m_forwarders != nullptr && !g.rpf.directlyConnected && g.rpf.interface != PIM_NO_INTERFACE;
    return upstream ? Nbr(g.rpf.interface, m_forwarders->GetDf(g.rp, g.rpf.interface))
                    : Ipv4Address::GetAny();
}

Ipv4Address
PimMacros::RpfNeighbor(const PimGroup&, const PimSource& s) const
{
    return NeighborOf(s);
}

Ipv4Address
PimMacros::RpfNeighborRpt(const PimGroup& g, const PimSource& s) const
{
    if (g.rpf.interface != PIM_NO_INTERFACE)
    {
        const PimAssertRecord& record = FindAssert(s, g.rpf.interface);
        if (record.state == PimAssertState::LOSER)
        {
            return record.winner;
        }
    }
    return RpfNeighbor(g);
}

bool
PimMacros::JoinDesired(const PimGroup& g) const
{
    return g.mode != PimMode::SSM && !ImmediateOlist(g).IsEmpty();
}

bool
PimMacros::JoinDesired(const PimGroup& g, const PimSource& s) const
{
    if (g.mode == PimMode::BIDIRECTIONAL)
    {
        return false;
    }
    return s.registerState == PimRegisterState::JOIN || !ImmediateOlist(g, s).IsEmpty() ||
           // RFC 3618 §3: an RP joins what another RP has, too.
           ((s.keepalive || (s.external && g.iAmRp)) && !InheritedOlist(g, s).IsEmpty());
}

bool
PimMacros::RptJoinDesired(const PimGroup& g) const
{
    return JoinDesired(g);
}

bool
PimMacros::PruneDesired(const PimGroup& g, const PimSource& s) const
{
    return !g.iAmRp && RptJoinDesired(g) &&
           (InheritedOlistRpt(g, s).IsEmpty() || (s.sptBit && RpfNeighbor(g) != RpfNeighbor(g, s)));
}

bool
PimMacros::PeriodicPrune(const PimGroup& g, const PimSource& s) const
{
    if (g.mode != PimMode::SPARSE)
    {
        return false;
    }
    if (s.sptBit)
    {
        return RpfNeighbor(g) != RpfNeighbor(g, s);
    }
    return InheritedOlistRpt(g, s).IsEmpty() || RpfNeighbor(g) != RpfNeighborRpt(g, s);
}

bool
PimMacros::CouldRegister(const PimGroup& g, const PimSource& s) const
{
    return g.mode != PimMode::SSM && g.mode != PimMode::BIDIRECTIONAL &&
           (!g.iAmRp || g.hasAnycastPeers) && s.keepalive && s.rpf.directlyConnected &&
           IAmDr(s.rpf.interface);
}

bool
PimMacros::RestartsKeepalive(const PimGroup& g, const PimSource& s, uint32_t interface) const
{
    return interface != PIM_NO_INTERFACE && interface == s.rpf.interface &&
           (s.rpf.directlyConnected ||
            (s.upstream == PimUpstreamState::JOINED && !InheritedOlist(g, s).IsEmpty()));
}

bool
PimMacros::UpdateSptBit(const PimGroup& g, const PimSource& s, uint32_t interface) const
{
    if (interface == PIM_NO_INTERFACE || interface != s.rpf.interface || !JoinDesired(g, s))
    {
        return false;
    }
    const Ipv4Address neighbor = RpfNeighbor(g, s);
    return s.rpf.directlyConnected || s.rpf.interface != g.rpf.interface ||
           InheritedOlistRpt(g, s).IsEmpty() ||
           (neighbor == RpfNeighbor(g) && neighbor != Ipv4Address::GetAny()) ||
           FindAssert(s, interface).state == PimAssertState::LOSER;
}

InterfaceSet
PimMacros::LastHopInterfaces(const PimGroup& g, const PimSource& s) const
{
    return (PimInclude(g) - PimExclude(g, s)) + PimInclude(g, s);
}

bool
PimMacros::LostAssert(const PimGroup& g, uint32_t interface) const
{
    return interface != g.rpf.interface && FindAssert(g, interface).state == PimAssertState::LOSER;
}

bool
PimMacros::LostAssert(const PimGroup&, const PimSource& s, uint32_t interface) const
{
    const PimAssertRecord& record = FindAssert(s, interface);
    return interface != s.rpf.interface && record.state == PimAssertState::LOSER &&
           record.metric.IsBetterThan(SptAssertMetric(s, interface));
}

bool
PimMacros::LostAssertRpt(const PimGroup& g, const PimSource& s, uint32_t interface) const
{
    return interface != g.rpf.interface && !(interface == s.rpf.interface && s.sptBit) &&
           FindAssert(s, interface).state == PimAssertState::LOSER;
}

bool
PimMacros::CouldAssert(const PimGroup& g, uint32_t interface) const
{
    return g.mode == PimMode::SPARSE && interface != g.rpf.interface &&
           (Joins(g) + PimInclude(g)).Contains(interface);
}

InterfaceSet
PimMacros::AssertCandidates(const PimGroup& g, const PimSource& s) const
{
    InterfaceSet candidates;
    if (g.mode != PimMode::SSM)
    {
        candidates = (Joins(g) - Prunes(s)) + (PimInclude(g) - PimExclude(g, s));
    }
    for (const auto& [interface, record] : g.asserts)
    {
        if (LostAssert(g, interface))
        {
            candidates.Remove(interface);
        }
    }
    return candidates + Joins(s);
}

bool
PimMacros::CouldAssert(const PimGroup& g, const PimSource& s, uint32_t interface) const
{
    if (g.mode == PimMode::BIDIRECTIONAL || interface == s.rpf.interface)
    {
        return false;
    }
    if (!s.sptBit)
    {
        // Where RPF_interface(S) is RPF_interface(RP(G)), who joined the source is served without the
        // SPTbit (PimForwardingEntries), so the tree of the source asserts itself without it, too.
        return s.rpf.interface != PIM_NO_INTERFACE && s.rpf.interface == g.rpf.interface &&
               (Joins(s) + PimInclude(g, s)).Contains(interface);
    }
    return (AssertCandidates(g, s) + PimInclude(g, s)).Contains(interface);
}

bool
PimMacros::AssertTrackingDesired(const PimGroup& g, uint32_t interface) const
{
    if (g.mode != PimMode::SPARSE)
    {
        return false;
    }
    return CouldAssert(g, interface) ||
           (LocalReceiverInclude(g, interface) &&
            (IAmDr(interface) || FindAssert(g, interface).state == PimAssertState::WINNER)) ||
           (interface == g.rpf.interface && RptJoinDesired(g));
}

bool
PimMacros::AssertTrackingDesired(const PimGroup& g, const PimSource& s, uint32_t interface) const
{
    if (g.mode == PimMode::BIDIRECTIONAL)
    {
        return false;
    }
    return AssertCandidates(g, s).Contains(interface) ||
           (LocalReceiverInclude(g, s, interface) &&
            (IAmDr(interface) || FindAssert(s, interface).state == PimAssertState::WINNER)) ||
           (interface == s.rpf.interface && JoinDesired(g, s)) ||
           (interface == g.rpf.interface && JoinDesired(g) && !s.sptBit);
}

PimAssertMetric
PimMacros::SptAssertMetric(const PimSource& s, uint32_t interface) const
{
    const PimInterface* own = m_environment.FindInterface(interface);
    return {false,
            s.rpf.preference,
            s.rpf.metric,
            own == nullptr ? Ipv4Address::GetAny() : own->address};
}

PimAssertMetric
PimMacros::RptAssertMetric(const PimGroup& g, uint32_t interface) const
{
    const PimInterface* own = m_environment.FindInterface(interface);
    return {true,
            g.rpf.preference,
            g.rpf.metric,
            own == nullptr ? Ipv4Address::GetAny() : own->address};
}

PimAssertMetric
PimMacros::MyAssertMetric(const PimGroup& g, uint32_t interface) const
{
    return CouldAssert(g, interface) ? RptAssertMetric(g, interface) : PimAssertMetric::Infinite();
}

PimAssertMetric
PimMacros::MyAssertMetric(const PimGroup& g, const PimSource& s, uint32_t interface) const
{
    return CouldAssert(g, s, interface) ? SptAssertMetric(s, interface)
                                        : MyAssertMetric(g, interface);
}

} // namespace ns3
