// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5 (reading Join/Prune messages), §4.8 (source-specific groups); RFC 5015 §3.4 (the
// same for bidirectional groups). Data packets are in pim-router-data.cc, the recomputation of
// entries in pim-router-entries.cc.
#include "ns3/pim-router.h"

namespace ns3
{

PimRouter::PimRouter(PimEnvironment& environment,
                     PimNeighborTable& neighbors,
                     PimRpSet& rpSet,
                     PimDataPlane& dataPlane,
                     const PimTimerValues& values)
    : m_environment(environment),
      m_rpSet(rpSet),
      m_dataPlane(dataPlane),
      m_context(environment, neighbors, values, [this](const PimTimerKey& key) { Expire(key); }),
      m_downstream(m_context),
      m_upstream(m_context),
      m_assert(m_context),
      m_register(m_context, dataPlane),
      m_forwarder(environment.GetClock(), *this),
      m_drainTimer(environment.GetClock(), [this] { Drain(); })
{
    m_context.resolveGroup = [this](PimGroup& g) { ResolveGroup(g); };
    m_context.resolveSource = [this](const PimGroup& g, PimSource& s) { ResolveSource(g, s); };
    m_context.canForwardBySource = [this](SourceGroup key) {
        return m_forwarder.GetCache().IsWorthAsking(key);
    };
}

PimSptPolicy&
PimRouter::GetSptPolicy()
{
    return m_context.sptPolicy;
}

const PimSptPolicy&
PimRouter::GetSptPolicy() const
{
    return m_context.sptPolicy;
}

PimSptPolicy&
PimRouter::GetRegisterSwitchPolicy()
{
    return m_context.registerSwitchPolicy;
}

const PimSptPolicy&
PimRouter::GetRegisterSwitchPolicy() const
{
    return m_context.registerSwitchPolicy;
}

void
PimRouter::SetSsmRange(const Ipv4Prefix& range)
{
    m_ssmRange = range;
}

void
PimRouter::SetMembership(const GroupMembership* membership)
{
    m_membership = membership;
    m_context.macros.SetMembership(membership);
}

void
PimRouter::SetDesignatedForwarders(const PimDesignatedForwarders* forwarders)
{
    m_context.macros.SetDesignatedForwarders(forwarders);
}

void
PimRouter::Start()
{
    m_context.queue.SetHoldtime(
        static_cast<uint16_t>(m_context.values.joinPruneHoldtime.GetSeconds()));
    if (m_membership != nullptr)
    {
        for (const auto& [interface, group] : m_membership->GetGroups())
        {
            MembershipChanged(interface, group);
        }
    }
}

void
PimRouter::Clear()
{
    m_context.tib.Clear();
    m_context.timers.Clear();
    m_context.queue.Clear();
    m_context.dirty.clear();
    m_upstream.Clear();
    m_register.Clear();
    m_forwarder.Clear();
    m_drainTimer.Cancel();
    m_routes.clear();
}

MulticastForwarder&
PimRouter::GetForwarder()
{
    return m_forwarder;
}

const MulticastForwarder&
PimRouter::GetForwarder() const
{
    return m_forwarder;
}

const PimTreeInformationBase&
PimRouter::GetTib() const
{
    return m_context.tib;
}

const PimMacros&
PimRouter::GetMacros() const
{
    return m_context.macros;
}

Time
PimRouter::GetTimer(const PimTimerKey& key) const
{
    return m_context.timers.GetRemaining(key);
}

bool
PimRouter::IsRoutable(Ipv4Address group, uint32_t interface) const
{
    if (!group.IsMulticast() || group.IsLocalMulticast())
    {
        return false;
    }
    if (interface == MulticastRow::REGISTER_INTERFACE)
    {
        return true;
    }
    const PimInterface* own = m_environment.FindInterface(interface);
    return own != nullptr && own->IsActive() && !own->IsBorderOf(Ipv4Prefix(group, 32));
}

bool
PimRouter::AcceptsRp(PimGroup& g, Ipv4Address rp, uint32_t interface, bool bidirectional)
{
    if (g.rp == Ipv4Address::GetAny() && g.mode != PimMode::SSM && !bidirectional &&
        m_rpSet.GetMappings().empty())
    {
        // A router without RP information may take the RP from the message (§4.5.1). A sparse tree
        // would close a bidirectional one to a loop.
        g.learnedRp = rp;
        ResolveGroup(g);
    }
    const bool mayForward =
        g.mode != PimMode::BIDIRECTIONAL || m_context.macros.IAmDf(g, interface);
    return g.mode != PimMode::SSM && g.rp == rp && mayForward;
}

void
PimRouter::ReceiveEntry(bool join,
                        const PimEncodedSource& entry,
                        const PimEncodedGroup& set,
                        uint32_t interface,
                        uint16_t holdtime)
{
    const Ipv4Address group = set.address;
    const SourceGroup star = SourceGroup::StarG(group);
    const SourceGroup key{entry.address, group};
    if (entry.wildcard && join)
    {
        if (AcceptsRp(m_context.GetOrAddGroup(group), entry.address, interface, set.bidirectional))
        {
            m_downstream.JoinStarG(group, interface, holdtime);
            m_assert.JoinReceived(star, interface);
        }
        m_context.Touch(star);
    }
    else if (entry.wildcard)
    {
        m_downstream.PruneStarG(group, interface);
    }
    else if (entry.rpt && join)
    {
        m_downstream.JoinSgRpt(key, interface);
    }
    else if (entry.rpt)
    {
        m_downstream.PruneSgRpt(key, interface, holdtime);
    }
    else if (join)
    {
        m_downstream.JoinSg(key, interface, holdtime);
        m_assert.JoinReceived(key, interface);
    }
    else
    {
        m_downstream.PruneSg(key, interface);
    }
}

void
PimRouter::SeeEntry(bool join,
                    const PimEncodedSource& entry,
                    Ipv4Address group,
                    uint32_t interface,
                    Ipv4Address neighbor,
                    uint16_t holdtime)
{
    const SourceGroup key{entry.address, group};
    if (entry.wildcard)
    {
        join ? m_upstream.SeeJoinStarG(group, entry.address, interface, neighbor, holdtime)
             : m_upstream.SeePruneStarG(group, interface, neighbor);
    }
    else if (entry.rpt)
    {
        join ? m_upstream.SeeJoinSgRpt(key, interface, neighbor)
             : m_upstream.SeePruneSgRpt(key, interface, neighbor);
    }
    else
    {
        join ? m_upstream.SeeJoinSg(key, interface, neighbor, holdtime)
             : m_upstream.SeePruneSg(key, interface, neighbor);
    }
}

void
PimRouter::ReceiveSet(const PimJoinPruneGroup& set,
                      const PimJoinPrune& message,
                      uint32_t interface,
                      Ipv4Address upstream,
                      bool forMe)
{
    const Ipv4Address group = set.group.address;
    if (set.group.maskLength != 32 || !IsRoutable(group, interface))
    {
        m_environment.ReportDrop("group");
        return;
    }
    const PimMode mode = GetMode(group);
    auto take = [&](bool join, const PimEncodedSource& entry) {
        const bool starOnly = mode == PimMode::BIDIRECTIONAL && !entry.wildcard;
        const bool sourceOnly = mode == PimMode::SSM && (entry.wildcard || entry.rpt);
        if (entry.maskLength != 32 || entry.address == Ipv4Address::GetAny() ||
            entry.address.IsMulticast() || starOnly || sourceOnly)
        {
            m_environment.ReportDrop("source");
        }
        else if (forMe)
        {
            ReceiveEntry(join, entry, set.group, interface, message.holdtime);
        }
        else
        {
            SeeEntry(join, entry, group, interface, upstream, message.holdtime);
        }
    };
    // A Join(*,G) comes before the Prunes(S,G,rpt) that qualify it.
    for (bool wildcard : {true, false})
    {
        for (const PimEncodedSource& entry : set.joins)
        {
            if (entry.wildcard == wildcard)
            {
                take(true, entry);
            }
        }
    }
    for (const PimEncodedSource& entry : set.prunes)
    {
        take(false, entry);
    }
}

void
PimRouter::Receive(const PimJoinPrune& message, uint32_t interface, Ipv4Address source)
{
    const PimInterface* own = m_environment.FindInterface(interface);
    if (own == nullptr || !own->IsActive() || m_context.macros.Nbr(interface, source) != source)
    {
        m_environment.ReportDrop("not-a-neighbor");
        return;
    }
    const bool forMe = message.upstreamNeighbor == own->address ||
                       message.upstreamNeighbor == Ipv4Address::GetAny();
    const Ipv4Address upstream = m_context.macros.Nbr(interface, message.upstreamNeighbor);
    for (const PimJoinPruneGroup& set : message.groups)
    {
        ReceiveSet(set, message, interface, upstream, forMe);
    }
    m_downstream.EndOfMessage();
    Drain();
}

void
PimRouter::Receive(const PimAssert& message, uint32_t interface, Ipv4Address source)
{
    if (m_context.macros.Nbr(interface, source) != source)
    {
        m_environment.ReportDrop("not-a-neighbor");
        return;
    }
    if (!IsRoutable(message.group.address, interface))
    {
        m_environment.ReportDrop("group");
        return;
    }
    m_assert.Receive(message, interface, source);
    Drain();
}

void
PimRouter::Receive(const PimRegisterStop& message)
{
    m_register.ReceiveStop(message);
    Drain();
}

void
PimRouter::TouchInterface(uint32_t interface)
{
    for (const SourceGroup& key : m_context.tib.GetEntriesOfInterface(interface))
    {
        m_context.Touch(key);
    }
}

/** Entries that may choose a next hop on \p interface, though they have not done so yet. */
void
PimRouter::TouchEqualCostPaths(uint32_t interface)
{
    for (const auto& [target, keys] : m_context.tib.GetEntriesByTarget())
    {
        const UnicastRoute* route = m_environment.GetRib().Lookup(Ipv4Address(target));
        const bool chooses =
            route != nullptr && route->nextHops.size() > 1 &&
            std::any_of(route->nextHops.begin(),
                        route->nextHops.end(),
                        [=](const UnicastNextHop& hop) { return hop.interface == interface; });
        if (chooses)
        {
            for (const SourceGroup& key : keys)
            {
                m_context.Touch(key);
            }
        }
    }
}

void
PimRouter::RoutesChanged()
{
    auto old = std::move(m_routes);
    m_routes.clear();
    for (const auto& [target, keys] : m_context.tib.GetEntriesByTarget())
    {
        const UnicastRoute* route = m_environment.GetRib().Lookup(Ipv4Address(target));
        std::optional<UnicastRoute>& now = m_routes[target];
        if (route != nullptr)
        {
            now = *route;
        }
        auto before = old.find(target);
        const bool same = before != old.end() && before->second.has_value() == now.has_value() &&
                          (!now || (now->nextHops == before->second->nextHops &&
                                    now->metric == before->second->metric &&
                                    now->preference == before->second->preference));
        if (!same)
        {
            for (const SourceGroup& key : keys)
            {
                m_context.Touch(key);
            }
        }
    }
    Drain();
}

void
PimRouter::RpSetChanged(const std::vector<Ipv4Prefix>& ranges)
{
    const PimTreeInformationBase::Groups& groups = m_context.tib.GetGroups();
    for (const Ipv4Prefix& range : ranges)
    {
        for (auto it = groups.lower_bound(range.GetAddress().Get());
             it != groups.end() && range.Contains(it->second.group);
             ++it)
        {
            m_context.Touch(SourceGroup::StarG(it->second.group));
        }
    }
    Drain();
}

void
PimRouter::MembershipChanged(uint32_t interface, Ipv4Address group)
{
    if (m_membership == nullptr)
    {
        return;
    }
    // Members may also leave while the interface is down.
    const bool any =
        IsRoutable(group, interface) && (m_membership->LocalReceiverInclude(group, interface) ||
                                         !m_membership->GetNamedSources(group, interface).empty());
    if (!any && m_context.tib.FindGroup(group) == nullptr)
    {
        return;
    }
    PimGroup& g = m_context.GetOrAddGroup(group);
    any ? g.members.Add(interface) : g.members.Remove(interface);
    std::set<uint32_t> named;
    g.members.ForEach([&](uint32_t i) {
        for (Ipv4Address source : m_membership->GetNamedSources(group, i))
        {
            named.insert(source.Get());
            m_context.GetOrAddSource({source, group});
        }
    });
    for (auto& [address, s] : g.sources)
    {
        s.named = named.count(address) != 0;
        m_context.Touch({s.source, group});
    }
    m_context.Touch(SourceGroup::StarG(group));
    Drain();
}

void
PimRouter::InterfaceChanged(uint32_t interface)
{
    const PimInterface* own = m_environment.FindInterface(interface);
    Drain();
    if (own == nullptr || !own->IsActive())
    {
        m_downstream.ForgetInterface(interface);
        m_assert.ForgetInterface(interface);
    }
    else if (m_membership != nullptr)
    {
        for (const auto& [where, group] : m_membership->GetGroups())
        {
            if (where == interface)
            {
                MembershipChanged(interface, group);
            }
        }
    }
    TouchInterface(interface);
    // A route may have been there before its interface was.
    m_routes.clear();
    RoutesChanged();
}

void
PimRouter::NeighborUp(uint32_t interface, Ipv4Address)
{
    TouchInterface(interface);
    TouchEqualCostPaths(interface);
    Drain();
}

void
PimRouter::NeighborDown(uint32_t interface, Ipv4Address neighbor)
{
    m_assert.WinnerLost(interface, neighbor);
    TouchInterface(interface);
    TouchEqualCostPaths(interface);
    Drain();
}

void
PimRouter::GenerationIdChanged(uint32_t interface, Ipv4Address neighbor)
{
    m_assert.WinnerLost(interface, neighbor);
    m_upstream.NeighborRestarted(interface, neighbor);
    TouchInterface(interface);
    Drain();
}

void
PimRouter::DrChanged(uint32_t interface)
{
    TouchInterface(interface);
    Drain();
}

void
PimRouter::DfChanged(Ipv4Address rp, uint32_t interface)
{
    const auto entries = m_context.tib.GetEntriesByTarget().find(rp.Get());
    if (entries == m_context.tib.GetEntriesByTarget().end())
    {
        return;
    }
    for (const SourceGroup& key : entries->second)
    {
        const PimGroup& g = m_context.tib.GetGroup(key.GetGroup());
        if (key.IsStarG() && g.mode == PimMode::BIDIRECTIONAL)
        {
            if (!m_context.macros.IAmDf(g, interface))
            {
                m_downstream.StopBeingDf(key.GetGroup(), interface);
            }
            m_context.Touch(key);
        }
    }
    Drain();
}

} // namespace ns3
