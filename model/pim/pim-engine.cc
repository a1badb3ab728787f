// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1 and §4.5: the order in which what follows from an event is computed.
#include "ns3/pim-engine.h"

#include <algorithm>

namespace ns3
{

PimEngine::PimEngine(PimEnvironment& environment,
                     PimHelloMachine& hellos,
                     const PimRpSet& rpSet,
                     PimDataPlane& dataPlane,
                     const PimConfig& config)
    : m_context(
          environment,
          hellos,
          rpSet,
          config,
          [this](const PimTimerKey& key) { Expire(key); },
          [this](const PimTimerKey& key) { return m_downstream.GetExpiry(key); }),
      m_downstream(m_context),
      m_upstream(m_context),
      m_assert(m_context),
      m_register(m_context, dataPlane),
      m_joinPruneReceiver(m_context, m_downstream, m_upstream, m_assert),
      m_data(m_context, m_assert, m_register, dataPlane),
      m_entries(environment, m_context.macros, config),
      m_drainTimer(environment.GetClock(), [this] { Drain(); })
{
    m_context.drain = [this] { Drain(); };
    m_context.drainLater = [this] { DrainLater(); };
    m_context.canForwardBySource = [this](SourceGroup key) {
        return GetForwarder().GetCache().IsWorthAsking(key);
    };
    ApplyForwardingConfig();
}

void
PimEngine::SetMembership(const GroupMembership* membership)
{
    m_membership = membership;
    m_context.macros.SetMembership(membership);
}

void
PimEngine::SetDesignatedForwarders(const PimDesignatedForwarders* forwarders)
{
    m_context.macros.SetDesignatedForwarders(forwarders);
}

void
PimEngine::Start()
{
    m_context.queue.SetHoldtime(
        static_cast<uint16_t>(m_context.values.joinPruneHoldtime.GetSeconds()));
    ReadMemberships();
}

void
PimEngine::ReadMemberships()
{
    if (m_membership != nullptr)
    {
        for (const auto& [interface, group] : m_membership->GetGroups())
        {
            MembershipChanged(interface, group);
        }
    }
}

void
PimEngine::ApplyForwardingConfig()
{
    const PimForwardingConfig& limits = m_context.config.forwarding;
    MulticastForwarder& forwarder = m_data.GetForwarder();
    const auto limit = [](uint32_t entries) {
        return entries == 0 ? MulticastForwardingCache::UNLIMITED : entries;
    };
    forwarder.SetCapacity(limit(limits.capacity), limits.policy);
    forwarder.SetKindCapacities(limit(limits.starGCapacity), limit(limits.sourceCapacity));
    forwarder.SetPuntRate(limits.puntRate);
    forwarder.SetPollInterval(m_context.values.pollInterval);
}

MulticastForwarder&
PimEngine::GetForwarder()
{
    return m_data.GetForwarder();
}

const MulticastForwarder&
PimEngine::GetForwarder() const
{
    return m_data.GetForwarder();
}

const PimTreeInformationBase&
PimEngine::GetTib() const
{
    return m_context.tib;
}

const PimMacros&
PimEngine::GetMacros() const
{
    return m_context.macros;
}

Time
PimEngine::GetTimer(const PimTimerKey& key) const
{
    const PimTreeState* entry = m_context.tib.FindEntry(key.entry);
    if (entry != nullptr && key.timer == PimTimer::EXPIRY)
    {
        return m_downstream.GetExpiryRemaining(*entry, key.interface);
    }
    if (entry != nullptr && key.timer == PimTimer::UPSTREAM_JOIN)
    {
        return m_context.joinTimers.GetRemaining(key.entry, *entry);
    }
    return m_context.timers.GetRemaining(key);
}

std::vector<PimTibRow>
PimEngine::GetTibRows() const
{
    return MakePimTibRows(m_context.tib, m_context.macros);
}

PimMode
PimEngine::GetMode(Ipv4Address group) const
{
    return m_context.resolver.GetMode(group);
}

// ---- Events ----

void
PimEngine::Receive(const PimJoinPrune& message, uint32_t interface, Ipv4Address source)
{
    m_joinPruneReceiver.Receive(message, interface, source);
}

void
PimEngine::Receive(const PimAssert& message, uint32_t interface, Ipv4Address source)
{
    if (m_context.macros.Nbr(interface, source) != source)
    {
        m_context.environment.ReportDrop("not-a-neighbor");
        return;
    }
    if (!m_context.resolver.IsRoutable(message.group.address, interface))
    {
        m_context.environment.ReportDrop("group");
        return;
    }
    m_assert.Receive(message, interface, source);
    Drain();
}

void
PimEngine::Receive(const PimRegisterStop& message, Ipv4Address from)
{
    m_register.ReceiveStop(message, from);
    Drain();
}

void
PimEngine::Receive(const MulticastArrival& arrival,
                   bool nullRegister,
                   Ipv4Address outerSource,
                   Ipv4Address outerDestination,
                   uint8_t outerTtl)
{
    m_data.ReceiveRegister(arrival, nullRegister, outerSource, outerDestination, outerTtl);
}

/** Entries that may choose a next hop on \p interface, though they have not done so yet. */
void
PimEngine::TouchEqualCostPaths(uint32_t interface)
{
    std::set<uint32_t> targets;
    for (const auto& [target, count] : m_context.tib.CountEntriesByTarget())
    {
        const UnicastRoute* route = m_context.environment.GetRib().Lookup(Ipv4Address(target));
        const bool chooses =
            route != nullptr && route->nextHops.size() > 1 &&
            std::any_of(route->nextHops.begin(),
                        route->nextHops.end(),
                        [=](const UnicastNextHop& hop) { return hop.interface == interface; });
        if (chooses)
        {
            targets.insert(target);
        }
    }
    m_context.TouchTargets(targets);
}

void
PimEngine::RoutesChanged()
{
    auto old = std::move(m_routes);
    m_routes.clear();
    std::set<uint32_t> changed;
    for (const auto& [target, count] : m_context.tib.CountEntriesByTarget())
    {
        const UnicastRoute* route = m_context.environment.GetRib().Lookup(Ipv4Address(target));
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
            changed.insert(target);
        }
    }
    m_context.TouchTargets(changed);
    Drain();
}

void
PimEngine::RpSetChanged(const std::vector<Ipv4Prefix>& ranges)
{
    m_context.tib.ForEachGroup([&](const PimGroup& g) {
        const auto contains = [&g](const Ipv4Prefix& range) { return range.Contains(g.group); };
        if (std::any_of(ranges.begin(), ranges.end(), contains))
        {
            m_context.Touch(SourceGroup::StarG(g.group));
        }
    });
    Drain();
}

void
PimEngine::MembershipChanged(uint32_t interface, Ipv4Address group)
{
    if (m_membership == nullptr)
    {
        return;
    }
    // Members may also leave while the interface is down.
    const bool any = m_context.resolver.IsRoutable(group, interface) &&
                     (m_membership->LocalReceiverInclude(group, interface) ||
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
            m_context.GetOrAddSource(SourceGroup(source, group));
        }
    });
    for (auto& [address, s] : g.sources)
    {
        s.named = named.count(address) != 0;
        m_context.Touch(SourceGroup(s.source, group));
    }
    m_context.Touch(SourceGroup::StarG(group));
    Drain();
}

void
PimEngine::InterfaceChanged(uint32_t interface)
{
    const PimInterface* own = m_context.environment.FindInterface(interface);
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
    m_context.TouchInterface(interface);
    // A route may have been there before its interface was.
    m_routes.clear();
    RoutesChanged();
}

void
PimEngine::NeighborUp(uint32_t interface, Ipv4Address)
{
    m_context.TouchInterface(interface);
    TouchEqualCostPaths(interface);
    Drain();
}

void
PimEngine::NeighborDown(uint32_t interface, Ipv4Address neighbor)
{
    m_assert.WinnerLost(interface, neighbor);
    m_context.TouchInterface(interface);
    TouchEqualCostPaths(interface);
    Drain();
}

void
PimEngine::GenerationIdChanged(uint32_t interface, Ipv4Address neighbor)
{
    m_assert.WinnerLost(interface, neighbor);
    m_upstream.NeighborRestarted(interface, neighbor);
    m_context.TouchInterface(interface);
    Drain();
}

void
PimEngine::DrChanged(uint32_t interface)
{
    m_context.TouchInterface(interface);
    Drain();
}

void
PimEngine::DfChanged(Ipv4Address rp, uint32_t interface)
{
    if (m_context.tib.CountEntriesByTarget().count(rp.Get()) == 0)
    {
        return;
    }
    for (const SourceGroup& key : m_context.tib.GetEntriesOfTargets({rp.Get()}))
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

void
PimEngine::SetExternalSource(const SourceGroup& key, bool active)
{
    if (!m_context.resolver.IsRoutable(key.GetGroup(), MulticastEntrySpec::REGISTER_INTERFACE) ||
        (!active && m_context.tib.FindSource(key) == nullptr))
    {
        return;
    }
    m_context.GetOrAddGroup(key.GetGroup());
    m_context.GetOrAddSource(key).external = active;
    m_context.Touch(key);
    Drain();
}

std::vector<SourceGroup>
PimEngine::GetRegisteredSources() const
{
    std::vector<SourceGroup> sources;
    for (const auto& [address, g] : m_context.tib.GetGroups())
    {
        for (const auto& [source, s] : g.sources)
        {
            if (s.isReported)
            {
                sources.emplace_back(s.source, g.group);
            }
        }
    }
    return sources;
}

// ---- Recomputation ----

void
PimEngine::Expire(const PimTimerKey& key)
{
    switch (key.timer)
    {
    case PimTimer::EXPIRY:
    case PimTimer::PRUNE_PENDING:
    case PimTimer::RPT_EXPIRY:
    case PimTimer::RPT_PRUNE_PENDING:
        m_downstream.Expire(key);
        break;
    case PimTimer::ASSERT:
        m_assert.Expire(key);
        break;
    case PimTimer::ASSERT_LIMIT:
        return;
    case PimTimer::UPSTREAM_JOIN:
    case PimTimer::OVERRIDE:
        m_upstream.Expire(key);
        break;
    case PimTimer::KEEPALIVE:
        ExpireKeepalive(key.entry);
        break;
    case PimTimer::REGISTER_STOP:
        m_register.Expire(key);
        break;
    }
    DrainLater();
}

void
PimEngine::ExpireKeepalive(SourceGroup key)
{
    PimSource& s = m_context.tib.GetSource(key);
    if (const auto left = m_data.GetKeepaliveByData(key, s))
    {
        m_context.timers.Set({key, PimTimer::KEEPALIVE}, *left);
        return;
    }
    s.keepalive = false;
    GetForwarder().Rearm(key);
    m_context.Touch(key);
}

void
PimEngine::DrainLater()
{
    // Timers that ring at one moment are drained together, so that their joins go out together.
    if (!m_drainTimer.IsRunning())
    {
        m_drainTimer.Start(Seconds(0));
    }
}

void
PimEngine::Drain()
{
    if (m_draining)
    {
        return;
    }
    m_draining = true;
    while (!m_context.dirty.empty())
    {
        const SourceGroup key = *m_context.dirty.begin();
        m_context.dirty.erase(m_context.dirty.begin());
        Process(key);
    }
    m_context.queue.Flush();
    m_draining = false;
}

void
PimEngine::Process(SourceGroup key)
{
    PimGroup* g = m_context.tib.FindGroup(key.GetGroup());
    if (g == nullptr)
    {
        return;
    }
    if (key.IsStarG())
    {
        ProcessGroup(*g);
    }
    else if (PimSource* s = m_context.tib.FindSource(key))
    {
        ProcessSource(*g, *s);
    }
}

void
PimEngine::TouchSources(const PimGroup& g)
{
    for (const auto& [address, s] : g.sources)
    {
        m_context.Touch(SourceGroup(s.source, g.group));
    }
}

void
PimEngine::ProcessGroup(PimGroup& g)
{
    if (g.downstream.empty())
    {
        g.learnedRp = Ipv4Address::GetAny(); // no Join that named it is left
    }
    m_context.resolver.Resolve(g);
    m_assert.Update(g);
    m_upstream.Update(g);
    const PimMacros& macros = m_context.macros;
    PimInherited now{macros.Joins(g),
                     macros.PimInclude(g),
                     macros.ImmediateOlist(g),
                     g.mode,
                     g.rpf,
                     g.neighbor,
                     g.upstream,
                     g.rp,
                     g.hasAnycastPeers};
    if (!(g.inherited.Get() == now))
    {
        if (g.iAmRp || now.neighbor.address != Ipv4Address::GetAny())
        {
            // Another router that still takes itself for the DR serves the same members.
            now.include.ForEach([this](uint32_t i) { m_context.hellos.EnsureHelloSent(i); });
        }
        g.inherited = Interned<PimInherited, PimInheritedHash>(std::move(now));
        TouchSources(g);
    }
    const std::optional<MulticastEntrySpec> spec = m_entries.Make(g);
    // Senders alone are forgotten when their entry reports that it is idle.
    g.hasSenders = g.hasSenders && g.mode == PimMode::BIDIRECTIONAL && spec;
    SetForwardingEntry(SourceGroup::StarG(g.group), spec);
    if (!g.HasStarState() && g.members.IsEmpty() && g.sources.empty() && !g.hasSenders)
    {
        m_context.tib.EraseGroup(g.group);
        return;
    }
    InterfaceSet interfaces = g.members;
    for (const auto& [interface, state] : g.downstream)
    {
        interfaces.Add(interface);
    }
    for (const auto& [interface, record] : g.asserts)
    {
        interfaces.Add(interface);
    }
    if (g.rpf.interface != PIM_NO_INTERFACE)
    {
        interfaces.Add(g.rpf.interface);
    }
    m_context.tib.Index(g, interfaces, g.rp);
}

void
PimEngine::ProcessSource(PimGroup& g, PimSource& s)
{
    const SourceGroup key{s.source, g.group};
    if (s.keepalive)
    {
        // What the entry has forwarded so far counts for the Keepalive Timer.
        if (const auto left = m_data.GetKeepaliveByData(key, s))
        {
            m_context.Increase({key, PimTimer::KEEPALIVE}, *left);
        }
    }
    m_context.resolver.Resolve(g, s);
    m_assert.Update(g, s);
    m_register.Update(g, s);
    m_upstream.Update(g, s);
    ReportRegistered(g, s);
    if (!s.HasSgState() && !s.HasRptState() && !s.named && !s.external &&
        !m_context.timers.Contains({key, PimTimer::OVERRIDE}))
    {
        SetForwardingEntry(key, std::nullopt);
        m_context.dirty.erase(key);
        m_context.Touch(SourceGroup::StarG(g.group));
        m_context.tib.EraseSource(key);
        return;
    }
    const MulticastForwardingEntry* star =
        GetForwarder().GetCache().Find(SourceGroup::StarG(g.group));
    SetForwardingEntry(key, m_entries.Make(g, s, star == nullptr ? nullptr : &star->spec));
    IndexSource(g, s);
}

/** RFC 3618 §3, §6: of directly connected sources only those that this router is the DR of. */
void
PimEngine::ReportRegistered(const PimGroup& g, PimSource& s)
{
    s.registered = s.registered && s.keepalive;
    const bool isOwn =
        g.iAmRp && s.keepalive &&
        (s.registered || (s.rpf.directlyConnected && m_context.neighbors.IAmDr(s.rpf.interface)));
    if (isOwn != s.isReported)
    {
        s.isReported = isOwn;
        if (registeredSourceChanged)
        {
            registeredSourceChanged(SourceGroup(s.source, g.group), isOwn);
        }
    }
}

void
PimEngine::IndexSource(const PimGroup& g, PimSource& s)
{
    InterfaceSet interfaces;
    for (const auto& [interface, state] : s.downstream)
    {
        interfaces.Add(interface);
    }
    for (const auto& [interface, state] : s.rptDownstream)
    {
        interfaces.Add(interface);
    }
    for (const auto& [interface, record] : s.asserts)
    {
        interfaces.Add(interface);
    }
    if (s.named)
    {
        interfaces += g.members;
    }
    if (s.rpf.interface != PIM_NO_INTERFACE)
    {
        interfaces.Add(s.rpf.interface);
    }
    m_context.tib.Index(s, interfaces, s.source);
}

void
PimEngine::SetForwardingEntry(const SourceGroup& key, const std::optional<MulticastEntrySpec>& spec)
{
    const MulticastForwardingEntry* entry = GetForwarder().GetCache().Find(key);
    if (!spec)
    {
        if (entry != nullptr)
        {
            GetForwarder().Remove(key);
        }
        return;
    }
    if (entry != nullptr && entry->spec == *spec)
    {
        return;
    }
    if (spec->notifySources && (entry == nullptr || !entry->spec.notifySources))
    {
        GetForwarder().Rearm(key);
    }
    if (!GetForwarder().Set(key, *spec) && spec->yields)
    {
        m_data.Displaced(key);
    }
}

} // namespace ns3
