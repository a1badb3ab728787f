// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.4 to §4.5.7, RFC 5015 §3.4.2. Departure: a periodic Join(*,G) takes the Joins of
// the group's sources to the same neighbour along, also suppressed ones, so that on a LAN one
// router sends them all in one message.
#include "ns3/pim-join-prune-upstream.h"

#include <sstream>

namespace ns3
{

PimJoinPruneUpstream::PimJoinPruneUpstream(PimContext& context)
    : m_context(context)
{
}

void
PimJoinPruneUpstream::Report(const char* event, SourceGroup key, Ipv4Address neighbor) const
{
    std::ostringstream detail;
    detail << key;
    if (neighbor != Ipv4Address::GetAny())
    {
        detail << " to " << neighbor;
    }
    m_context.environment.ReportEvent(event, detail.str());
}

Time
PimJoinPruneUpstream::GetPeriodicDelay(const PimUpstreamNeighbor& neighbor)
{
    const Time now = m_context.environment.GetClock().Now();
    const Time period = m_context.values.joinPrunePeriod;
    const Time phase =
        m_phases.emplace(PimJoinPruneQueue::Destination{neighbor.interface, neighbor.address}, now)
            .first->second;
    return period - TimeStep((now - phase).GetTimeStep() % period.GetTimeStep());
}

void
PimJoinPruneUpstream::StartJoinTimer(SourceGroup key, const PimTreeState& entry)
{
    const PimTimerKey timer{key, PimTimer::UPSTREAM_JOIN};
    if (entry.neighbor.address == Ipv4Address::GetAny())
    {
        m_context.timers.Remove(timer);
    }
    else
    {
        m_context.timers.Set(timer, GetPeriodicDelay(entry.neighbor));
    }
}

void
PimJoinPruneUpstream::SendJoin(SourceGroup key, const PimTreeState& entry)
{
    const PimJoinPruneQueue::Destination to{entry.neighbor.interface, entry.neighbor.address};
    if (key.IsStarG())
    {
        PimGroup& g = m_context.tib.GetGroup(key.GetGroup());
        g.joinedRp = g.rp;
        const auto kind = g.mode == PimMode::BIDIRECTIONAL
                              ? PimJoinPruneQueue::Kind::BIDIRECTIONAL_STAR_G
                              : PimJoinPruneQueue::Kind::STAR_G;
        m_context.queue.Add(true, kind, to, key.GetGroup(), g.rp);
    }
    else
    {
        m_context.queue.Add(true, PimJoinPruneQueue::Kind::SG, to, key.GetGroup(), key.GetSource());
    }
}

void
PimJoinPruneUpstream::SendPrune(SourceGroup key, const PimUpstreamNeighbor& to)
{
    const PimJoinPruneQueue::Destination destination{to.interface, to.address};
    if (key.IsStarG())
    {
        m_context.queue.Add(false,
                            PimJoinPruneQueue::Kind::STAR_G,
                            destination,
                            key.GetGroup(),
                            m_context.tib.GetGroup(key.GetGroup()).joinedRp);
    }
    else
    {
        m_context.queue.Add(
            false, PimJoinPruneQueue::Kind::SG, destination, key.GetGroup(), key.GetSource());
    }
}

void
PimJoinPruneUpstream::SendRpt(bool join, const PimGroup& g, const PimSource& s)
{
    m_context.queue.Add(join,
                        PimJoinPruneQueue::Kind::SG_RPT,
                        {g.rpf.interface, m_context.macros.RpfNeighborRpt(g, s)},
                        g.group,
                        s.source);
}

void
PimJoinPruneUpstream::Move(SourceGroup key, PimTreeState& entry, const PimUpstreamNeighbor& to)
{
    const PimUpstreamNeighbor from = entry.neighbor;
    entry.neighbor = to;
    if (from.interface == to.interface && (from.byAssert || to.byAssert))
    {
        if (to.address != Ipv4Address::GetAny())
        {
            Override(key, entry);
        }
        else
        {
            m_context.timers.Remove({key, PimTimer::UPSTREAM_JOIN});
        }
        return;
    }
    const bool isElected = key.IsStarG() && from.interface == to.interface &&
                           m_context.tib.GetGroup(key.GetGroup()).mode == PimMode::BIDIRECTIONAL;
    if (!isElected || to.address != Ipv4Address::GetAny())
    {
        // While a DF is being elected the old one may yet be the new one.
        SendPrune(key, from);
    }
    SendJoin(key, entry);
    StartJoinTimer(key, entry);
}

void
PimJoinPruneUpstream::Update(SourceGroup key,
                             PimTreeState& entry,
                             bool desired,
                             Ipv4Address neighbor)
{
    const uint32_t interface = entry.rpf.interface;
    const PimUpstreamNeighbor now{interface,
                                  neighbor,
                                  PimMacros::FindAssert(entry, interface).state ==
                                      PimAssertState::LOSER};
    if (entry.upstream == PimUpstreamState::NOT_JOINED)
    {
        entry.neighbor = now;
        if (desired)
        {
            entry.upstream = PimUpstreamState::JOINED;
            SendJoin(key, entry);
            StartJoinTimer(key, entry);
            Report("join", key, neighbor);
        }
    }
    else if (!desired)
    {
        entry.upstream = PimUpstreamState::NOT_JOINED;
        SendPrune(key, entry.neighbor);
        m_context.timers.Remove({key, PimTimer::UPSTREAM_JOIN});
        Report("prune", key, entry.neighbor.address);
        entry.neighbor = now;
    }
    else if (!(entry.neighbor == now))
    {
        Move(key, entry, now);
    }
}

void
PimJoinPruneUpstream::Update(PimGroup& g)
{
    Update(SourceGroup::StarG(g.group),
           g,
           m_context.macros.JoinDesired(g),
           m_context.macros.RpfNeighbor(g));
}

void
PimJoinPruneUpstream::Update(PimGroup& g, PimSource& s)
{
    const bool desired = m_context.macros.JoinDesired(g, s);
    Update({s.source, g.group}, s, desired, m_context.macros.RpfNeighbor(g, s));
    if (!desired && s.sptBit)
    {
        // CouldAssert(S,G,I) and the row depend on it.
        s.sptBit = false;
        m_context.Touch({s.source, g.group});
    }
    UpdateRpt(g, s);
}

void
PimJoinPruneUpstream::UpdateRpt(PimGroup& g, PimSource& s)
{
    const bool joined = g.mode == PimMode::SPARSE && !g.iAmRp && m_context.macros.RptJoinDesired(g);
    const bool pruneDesired = m_context.macros.PruneDesired(g, s);
    const PimTimerKey overrideTimer{{s.source, g.group}, PimTimer::OVERRIDE};
    const bool diverges = m_context.macros.RpfNeighborRpt(g, s) != m_context.macros.RpfNeighbor(g);
    if (!joined)
    {
        s.rptUpstream = PimRptUpstreamState::RPT_NOT_JOINED;
        m_context.timers.Remove(overrideTimer);
    }
    else if (s.rptUpstream == PimRptUpstreamState::RPT_NOT_JOINED)
    {
        // The Join(*,G) that brings this about carries the prune.
        s.rptUpstream =
            pruneDesired ? PimRptUpstreamState::PRUNED : PimRptUpstreamState::NOT_PRUNED;
    }
    else if (s.rptUpstream == PimRptUpstreamState::PRUNED)
    {
        if (!pruneDesired)
        {
            s.rptUpstream = PimRptUpstreamState::NOT_PRUNED;
            SendRpt(true, g, s);
        }
    }
    else if (pruneDesired)
    {
        s.rptUpstream = PimRptUpstreamState::PRUNED;
        SendRpt(false, g, s);
        m_context.timers.Remove(overrideTimer);
    }
    else if (s.rptDiverges && !diverges)
    {
        m_context.Decrease(overrideTimer, m_context.neighbors.GetTOverride(g.rpf.interface));
    }
    s.rptDiverges = diverges;
}

bool
PimJoinPruneUpstream::IsJoinedTo(const PimTreeState& entry,
                                 uint32_t interface,
                                 Ipv4Address neighbor) const
{
    return entry.upstream == PimUpstreamState::JOINED && entry.neighbor.interface == interface &&
           entry.neighbor.address == neighbor && neighbor != Ipv4Address::GetAny();
}

void
PimJoinPruneUpstream::Suppress(SourceGroup key, const PimTreeState& entry, uint16_t holdtime)
{
    if (m_context.neighbors.IsSuppressionEnabled(entry.neighbor.interface))
    {
        const Time period = m_context.values.joinPrunePeriod;
        const Time suppressed =
            m_context.environment.GetRandom().Uniform(1.1 * period, 1.4 * period);
        m_context.Increase({key, PimTimer::UPSTREAM_JOIN},
                           std::min<Time>(suppressed, Seconds(holdtime)));
    }
}

void
PimJoinPruneUpstream::Override(SourceGroup key, const PimTreeState& entry)
{
    m_context.Decrease({key, PimTimer::UPSTREAM_JOIN},
                       m_context.neighbors.GetTOverride(entry.neighbor.interface));
}

void
PimJoinPruneUpstream::SeeJoinStarG(Ipv4Address group,
                                   Ipv4Address rp,
                                   uint32_t interface,
                                   Ipv4Address neighbor,
                                   uint16_t holdtime)
{
    const PimGroup* g = m_context.tib.FindGroup(group);
    if (g != nullptr && g->rp == rp && IsJoinedTo(*g, interface, neighbor))
    {
        Suppress(SourceGroup::StarG(group), *g, holdtime);
    }
}

void
PimJoinPruneUpstream::SeePruneStarG(Ipv4Address group, uint32_t interface, Ipv4Address neighbor)
{
    const PimGroup* g = m_context.tib.FindGroup(group);
    if (g == nullptr)
    {
        return;
    }
    if (IsJoinedTo(*g, interface, neighbor))
    {
        Override(SourceGroup::StarG(group), *g);
    }
    for (const auto& [address, s] : g->sources)
    {
        if (IsJoinedTo(s, interface, neighbor))
        {
            Override({s.source, group}, s);
        }
    }
}

void
PimJoinPruneUpstream::SeeJoinSg(SourceGroup key,
                                uint32_t interface,
                                Ipv4Address neighbor,
                                uint16_t holdtime)
{
    const PimSource* s = m_context.tib.FindSource(key);
    if (s != nullptr && IsJoinedTo(*s, interface, neighbor))
    {
        Suppress(key, *s, holdtime);
    }
}

void
PimJoinPruneUpstream::OverrideRpt(const PimGroup& g,
                                  SourceGroup key,
                                  uint32_t interface,
                                  Ipv4Address neighbor)
{
    if (!IsJoinedTo(g, interface, g.neighbor.address) || g.mode != PimMode::SPARSE || g.iAmRp)
    {
        return;
    }
    const PimSource* known = m_context.tib.FindSource(key);
    const Ipv4Address expected =
        known == nullptr ? g.neighbor.address : m_context.macros.RpfNeighborRpt(g, *known);
    if (expected != neighbor)
    {
        return;
    }
    // Sources without state are NotPruned(S,G,rpt), too: state is made to hold the timer.
    if (m_context.GetOrAddSource(key).rptUpstream == PimRptUpstreamState::NOT_PRUNED)
    {
        m_context.Decrease({key, PimTimer::OVERRIDE}, m_context.neighbors.GetTOverride(interface));
    }
}

void
PimJoinPruneUpstream::SeePruneSg(SourceGroup key, uint32_t interface, Ipv4Address neighbor)
{
    const PimSource* s = m_context.tib.FindSource(key);
    if (s != nullptr && IsJoinedTo(*s, interface, neighbor))
    {
        Override(key, *s);
    }
    if (const PimGroup* g = m_context.tib.FindGroup(key.GetGroup()))
    {
        OverrideRpt(*g, key, interface, neighbor);
    }
}

void
PimJoinPruneUpstream::SeeJoinSgRpt(SourceGroup key, uint32_t interface, Ipv4Address neighbor)
{
    const PimGroup* g = m_context.tib.FindGroup(key.GetGroup());
    const PimSource* s = m_context.tib.FindSource(key);
    if (s != nullptr && g->rpf.interface == interface &&
        m_context.macros.RpfNeighborRpt(*g, *s) == neighbor)
    {
        m_context.timers.Remove({key, PimTimer::OVERRIDE});
        m_context.Touch(key);
    }
}

void
PimJoinPruneUpstream::SeePruneSgRpt(SourceGroup key, uint32_t interface, Ipv4Address neighbor)
{
    // The same as a Prune(S,G): older routers on the LAN may send either (§4.5.5).
    SeePruneSg(key, interface, neighbor);
}

void
PimJoinPruneUpstream::NeighborRestarted(uint32_t interface, Ipv4Address neighbor)
{
    const std::set<SourceGroup>& entries = m_context.tib.GetEntriesOfInterface(interface);
    for (const SourceGroup& key : entries)
    {
        const PimTreeState* entry = m_context.tib.FindEntry(key);
        if (IsJoinedTo(*entry, interface, neighbor))
        {
            Override(key, *entry);
        }
    }
}

void
PimJoinPruneUpstream::Expire(const PimTimerKey& key)
{
    if (key.timer == PimTimer::OVERRIDE)
    {
        const PimGroup& g = m_context.tib.GetGroup(key.entry.GetGroup());
        const PimSource& s = m_context.tib.GetSource(key.entry);
        // Another than RPF'(*,G), the winner of an Assert, may have no (*,G) state (§4.5.7).
        if (m_context.macros.RpfNeighborRpt(g, s) == m_context.macros.RpfNeighbor(g))
        {
            SendRpt(true, g, s);
        }
        m_context.Touch(key.entry);
        return;
    }
    const PimTreeState& entry = m_context.tib.GetEntry(key.entry);
    SendJoin(key.entry, entry);
    StartJoinTimer(key.entry, entry);
    if (key.entry.IsStarG())
    {
        for (const auto& [address, s] : m_context.tib.GetGroup(key.entry.GetGroup()).sources)
        {
            if (IsJoinedTo(s, entry.neighbor.interface, entry.neighbor.address))
            {
                SendJoin({s.source, key.entry.GetGroup()}, s);
                StartJoinTimer({s.source, key.entry.GetGroup()}, s);
            }
        }
    }
}

} // namespace ns3
