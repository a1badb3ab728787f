// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.4 to §4.5.7, RFC 5015 §3.4.2. Departure: a periodic Join(*,G) takes the Joins of
// the group's sources to the same neighbour along, also suppressed ones, so that on a LAN one
// router sends them all in one message.
#include "ns3/pim-join-prune-upstream.h"

#include "ns3/printed.h"

namespace ns3
{

PimJoinPruneUpstream::PimJoinPruneUpstream(PimContext& context)
    : m_context(context)
{
}

// ---- §4.5.4 and §4.5.5: (*,G) and (S,G) ----

void
PimJoinPruneUpstream::HandleEvent(const Instance& at, Event event, const Cause& cause)
{
    const State old = at.entry.upstream;
    switch (old)
    {
    case State::NOT_JOINED:
        HandleNotJoined(at, event, cause);
        break;
    case State::JOINED:
        HandleJoined(at, event, cause);
        break;
    }
    if (at.entry.upstream != old)
    {
        m_context.environment.ReportStep(at.key.IsStarG() ? "upstream (*,G)" : "upstream (S,G)",
                                         at.key,
                                         old,
                                         event,
                                         at.entry.upstream);
    }
}

void
PimJoinPruneUpstream::HandleNotJoined(const Instance& at, Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::JOIN_DESIRED_TRUE:
        at.entry.neighbor = cause.neighbor;
        at.entry.upstream = State::JOINED;
        SendJoin(at);
        m_context.joinTimers.StartPeriodic(at.key, at.entry);
        Report(PimNotice::JOIN, at.key, cause.neighbor.address);
        break;
    case Event::RPF_CHANGES:
    case Event::RPF_CHANGES_BY_ASSERT:
        at.entry.neighbor = cause.neighbor;
        break;
    default:
        break;
    }
}

void
PimJoinPruneUpstream::HandleJoined(const Instance& at, Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::JOIN_DESIRED_TRUE:
        break;
    case Event::JOIN_DESIRED_FALSE:
        at.entry.upstream = State::NOT_JOINED;
        SendPrune(at.key, at.entry.neighbor);
        m_context.joinTimers.Stop(at.key, at.entry);
        Report(PimNotice::PRUNE, at.key, at.entry.neighbor.address);
        at.entry.neighbor = cause.neighbor;
        break;
    case Event::JOIN_TIMER_EXPIRES:
        SendPeriodicJoin(at);
        break;
    case Event::SEE_JOIN:
        Suppress(at, cause.holdtime);
        break;
    case Event::SEE_PRUNE:
    case Event::RPF_GEN_ID_CHANGES:
        Override(at);
        break;
    case Event::RPF_CHANGES_BY_ASSERT:
        FollowAssert(at, cause.neighbor);
        break;
    case Event::RPF_CHANGES:
        Follow(at, cause.neighbor);
        break;
    }
}

void
PimJoinPruneUpstream::FollowAssert(const Instance& at, const PimUpstreamNeighbor& to)
{
    at.entry.neighbor = to;
    if (to.address != Ipv4Address::GetAny())
    {
        Override(at);
    }
    else
    {
        m_context.joinTimers.Stop(at.key, at.entry);
    }
}

void
PimJoinPruneUpstream::Follow(const Instance& at, const PimUpstreamNeighbor& to)
{
    const PimUpstreamNeighbor from = at.entry.neighbor;
    at.entry.neighbor = to;
    const bool isElected = at.key.IsStarG() && from.interface == to.interface &&
                           m_context.tib.GetGroup(at.key.GetGroup()).mode == PimMode::BIDIRECTIONAL;
    if (!isElected || to.address != Ipv4Address::GetAny())
    {
        // While a DF is being elected the old one may yet be the new one.
        SendPrune(at.key, from);
    }
    SendJoin(at);
    m_context.joinTimers.StartPeriodic(at.key, at.entry);
}

void
PimJoinPruneUpstream::SendPeriodicJoin(const Instance& at)
{
    SendJoin(at);
    m_context.joinTimers.StartPeriodic(at.key, at.entry);
    if (at.key.IsStarG())
    {
        for (auto& [address, s] : PimGroupOf(at.entry).sources)
        {
            if (IsJoinedTo(s, at.entry.neighbor.interface, at.entry.neighbor.address))
            {
                const Instance source{SourceGroup(s.source, at.key.GetGroup()), s};
                SendJoin(source);
                m_context.joinTimers.StartPeriodic(source.key, s);
            }
        }
    }
}

// ---- §4.5.7: (S,G,rpt) ----

void
PimJoinPruneUpstream::HandleRptEvent(const RptInstance& at, RptEvent event)
{
    const RptState old = at.s.rptUpstream;
    switch (old)
    {
    case RptState::RPT_NOT_JOINED:
        HandleRptNotJoined(at, event);
        break;
    case RptState::PRUNED:
        HandlePruned(at, event);
        break;
    case RptState::NOT_PRUNED:
        HandleNotPruned(at, event);
        break;
    }
    if (at.s.rptUpstream != old)
    {
        m_context.environment.ReportStep("upstream (S,G,rpt)",
                                         SourceGroup{at.s.source, at.g.group},
                                         old,
                                         event,
                                         at.s.rptUpstream);
    }
}

void
PimJoinPruneUpstream::HandleRptNotJoined(const RptInstance& at, RptEvent event)
{
    switch (event)
    {
    case RptEvent::PRUNE_DESIRED_TRUE:
        // The Join(*,G) that brings this about carries the prune.
        at.s.rptUpstream = RptState::PRUNED;
        break;
    case RptEvent::RPT_JOIN_DESIRED_TRUE:
        at.s.rptUpstream = RptState::NOT_PRUNED;
        break;
    default:
        break;
    }
}

void
PimJoinPruneUpstream::HandlePruned(const RptInstance& at, RptEvent event)
{
    switch (event)
    {
    case RptEvent::PRUNE_DESIRED_FALSE:
        at.s.rptUpstream = RptState::NOT_PRUNED;
        SendRpt(true, at.g, at.s);
        break;
    case RptEvent::RPT_JOIN_DESIRED_FALSE:
        at.s.rptUpstream = RptState::RPT_NOT_JOINED;
        break;
    default:
        break;
    }
}

void
PimJoinPruneUpstream::HandleNotPruned(const RptInstance& at, RptEvent event)
{
    const PimTimerKey overrideTimer{SourceGroup(at.s.source, at.g.group), PimTimer::OVERRIDE};
    switch (event)
    {
    case RptEvent::PRUNE_DESIRED_TRUE:
        at.s.rptUpstream = RptState::PRUNED;
        SendRpt(false, at.g, at.s);
        m_context.timers.Remove(overrideTimer);
        break;
    case RptEvent::PRUNE_DESIRED_FALSE:
    case RptEvent::RPT_JOIN_DESIRED_TRUE:
        break;
    case RptEvent::RPT_JOIN_DESIRED_FALSE:
        at.s.rptUpstream = RptState::RPT_NOT_JOINED;
        m_context.timers.Remove(overrideTimer);
        break;
    case RptEvent::OVERRIDE_TIMER_EXPIRES:
        // Another than RPF'(*,G), the winner of an Assert, may have no (*,G) state (§4.5.7).
        if (m_context.macros.RpfNeighborRpt(at.g, at.s) == m_context.macros.RpfNeighbor(at.g))
        {
            SendRpt(true, at.g, at.s);
        }
        break;
    case RptEvent::SEE_PRUNE:
    case RptEvent::RPF_BECOMES_RPF_STAR_G:
        OverrideRpt(at);
        break;
    case RptEvent::SEE_JOIN:
        m_context.timers.Remove(overrideTimer);
        break;
    }
}

// ---- Recomputation ----

void
PimJoinPruneUpstream::Update(const Instance& at, bool desired, Ipv4Address neighbor)
{
    const uint32_t interface = at.entry.rpf.interface;
    const PimUpstreamNeighbor now{interface,
                                  neighbor,
                                  PimMacros::FindAssert(at.entry, interface).state ==
                                      PimAssertState::LOSER};
    if (desired != (at.entry.upstream == State::JOINED))
    {
        HandleEvent(at, desired ? Event::JOIN_DESIRED_TRUE : Event::JOIN_DESIRED_FALSE, {now});
    }
    else if (!(at.entry.neighbor == now))
    {
        const PimUpstreamNeighbor& before = at.entry.neighbor;
        const bool byAssert = before.interface == interface && (before.byAssert || now.byAssert);
        HandleEvent(at, byAssert ? Event::RPF_CHANGES_BY_ASSERT : Event::RPF_CHANGES, {now});
    }
}

void
PimJoinPruneUpstream::Update(PimGroup& g)
{
    Update({SourceGroup::StarG(g.group), g},
           m_context.macros.JoinDesired(g),
           m_context.macros.RpfNeighbor(g));
}

void
PimJoinPruneUpstream::Update(PimGroup& g, PimSource& s)
{
    const bool desired = m_context.macros.JoinDesired(g, s);
    Update({SourceGroup(s.source, g.group), s}, desired, m_context.macros.RpfNeighbor(g, s));
    if (!desired && s.sptBit)
    {
        // CouldAssert(S,G,I) and the forwarding entry depend on it.
        s.sptBit = false;
        m_context.Touch(SourceGroup(s.source, g.group));
    }
    UpdateRpt(g, s);
}

void
PimJoinPruneUpstream::UpdateRpt(PimGroup& g, PimSource& s)
{
    const bool joined = g.mode == PimMode::SPARSE && !g.iAmRp && m_context.macros.RptJoinDesired(g);
    const bool pruneDesired = m_context.macros.PruneDesired(g, s);
    const bool diverges = m_context.macros.RpfNeighborRpt(g, s) != m_context.macros.RpfNeighbor(g);
    const RptState old = s.rptUpstream;
    const RptInstance at{g, s};
    if (!joined)
    {
        HandleRptEvent(at, RptEvent::RPT_JOIN_DESIRED_FALSE);
    }
    else if (pruneDesired)
    {
        HandleRptEvent(at, RptEvent::PRUNE_DESIRED_TRUE);
    }
    else if (old == RptState::RPT_NOT_JOINED)
    {
        HandleRptEvent(at, RptEvent::RPT_JOIN_DESIRED_TRUE);
    }
    else if (old == RptState::PRUNED)
    {
        HandleRptEvent(at, RptEvent::PRUNE_DESIRED_FALSE);
    }
    else if (s.rptDiverges && !diverges)
    {
        HandleRptEvent(at, RptEvent::RPF_BECOMES_RPF_STAR_G);
    }
    s.rptDiverges = diverges;
}

// ---- Messages and timers ----

void
PimJoinPruneUpstream::SendJoin(const Instance& at)
{
    const PimUpstreamNeighbor& neighbor = at.entry.neighbor;
    const PimJoinPruneQueue::Destination to{neighbor.interface, neighbor.address};
    if (at.key.IsStarG())
    {
        PimGroup& g = PimGroupOf(at.entry);
        g.joinedRp = g.rp;
        const auto kind = g.mode == PimMode::BIDIRECTIONAL
                              ? PimJoinPruneQueue::Kind::BIDIRECTIONAL_STAR_G
                              : PimJoinPruneQueue::Kind::STAR_G;
        m_context.queue.Add(true, kind, to, g.group, g.rp);
    }
    else
    {
        m_context.queue.Add(
            true, PimJoinPruneQueue::Kind::SG, to, at.key.GetGroup(), at.key.GetSource());
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

/** "Increase JT to t_joinsuppress" */
void
PimJoinPruneUpstream::Suppress(const Instance& at, uint16_t holdtime)
{
    if (m_context.neighbors.IsSuppressionEnabled(at.entry.neighbor.interface))
    {
        const Time period = m_context.values.joinPrunePeriod;
        const Time suppressed =
            m_context.environment.GetRandom().Uniform(1.1 * period, 1.4 * period);
        m_context.joinTimers.Increase(
            at.key, at.entry, std::min<Time>(suppressed, Seconds(holdtime)));
    }
}

/** "Decrease JT to t_override" */
void
PimJoinPruneUpstream::Override(const Instance& at)
{
    m_context.joinTimers.Decrease(
        at.key, at.entry, m_context.neighbors.GetTOverride(at.entry.neighbor.interface));
}

/** "OT = min(OT, t_override)" */
void
PimJoinPruneUpstream::OverrideRpt(const RptInstance& at)
{
    m_context.Decrease({SourceGroup(at.s.source, at.g.group), PimTimer::OVERRIDE},
                       m_context.neighbors.GetTOverride(at.g.rpf.interface));
}

void
PimJoinPruneUpstream::Report(PimNotice notice, SourceGroup key, Ipv4Address neighbor) const
{
    std::string detail;
    AppendText(detail, key);
    if (neighbor != Ipv4Address::GetAny())
    {
        detail += " to ";
        AppendText(detail, neighbor);
    }
    m_context.environment.ReportEvent(EnumName(notice), detail);
}

// ---- What happens ----

bool
PimJoinPruneUpstream::IsJoinedTo(const PimTreeState& entry,
                                 uint32_t interface,
                                 Ipv4Address neighbor) const
{
    return entry.upstream == State::JOINED && entry.neighbor.interface == interface &&
           entry.neighbor.address == neighbor && neighbor != Ipv4Address::GetAny();
}

void
PimJoinPruneUpstream::OverhearJoinStarG(Ipv4Address group,
                                        Ipv4Address rp,
                                        uint32_t interface,
                                        Ipv4Address neighbor,
                                        uint16_t holdtime)
{
    PimGroup* g = m_context.tib.FindGroup(group);
    if (g != nullptr && g->rp == rp && IsJoinedTo(*g, interface, neighbor))
    {
        HandleEvent({SourceGroup::StarG(group), *g}, Event::SEE_JOIN, {{}, holdtime});
    }
}

void
PimJoinPruneUpstream::OverhearPruneStarG(Ipv4Address group,
                                         uint32_t interface,
                                         Ipv4Address neighbor)
{
    PimGroup* g = m_context.tib.FindGroup(group);
    if (g == nullptr)
    {
        return;
    }
    if (IsJoinedTo(*g, interface, neighbor))
    {
        HandleEvent({SourceGroup::StarG(group), *g}, Event::SEE_PRUNE, {});
    }
    for (auto& [address, s] : g->sources)
    {
        if (IsJoinedTo(s, interface, neighbor))
        {
            HandleEvent({SourceGroup(s.source, group), s}, Event::SEE_PRUNE, {});
        }
    }
}

void
PimJoinPruneUpstream::OverhearJoinSg(SourceGroup key,
                                     uint32_t interface,
                                     Ipv4Address neighbor,
                                     uint16_t holdtime)
{
    PimSource* s = m_context.tib.FindSource(key);
    if (s != nullptr && IsJoinedTo(*s, interface, neighbor))
    {
        HandleEvent({key, *s}, Event::SEE_JOIN, {{}, holdtime});
    }
}

void
PimJoinPruneUpstream::OverhearPruneSg(SourceGroup key, uint32_t interface, Ipv4Address neighbor)
{
    PimSource* s = m_context.tib.FindSource(key);
    if (s != nullptr && IsJoinedTo(*s, interface, neighbor))
    {
        HandleEvent({key, *s}, Event::SEE_PRUNE, {});
    }
    OverhearRptPrune(key, interface, neighbor);
}

void
PimJoinPruneUpstream::OverhearRptPrune(SourceGroup key, uint32_t interface, Ipv4Address neighbor)
{
    const PimGroup* g = m_context.tib.FindGroup(key.GetGroup());
    if (g == nullptr || !IsJoinedTo(*g, interface, g->neighbor.address) ||
        g->mode != PimMode::SPARSE || g->iAmRp)
    {
        return;
    }
    const PimSource* known = m_context.tib.FindSource(key);
    const Ipv4Address expected = known == nullptr ? Ipv4Address(g->neighbor.address)
                                                  : m_context.macros.RpfNeighborRpt(*g, *known);
    if (expected == neighbor && m_context.HasRoom(key))
    {
        // Sources without state are NotPruned(S,G,rpt) as well; state is made to hold the timer.
        HandleRptEvent({*g, m_context.GetOrAddSource(key)}, RptEvent::SEE_PRUNE);
    }
}

void
PimJoinPruneUpstream::OverhearJoinSgRpt(SourceGroup key, uint32_t interface, Ipv4Address neighbor)
{
    const PimGroup* g = m_context.tib.FindGroup(key.GetGroup());
    PimSource* s = m_context.tib.FindSource(key);
    if (s != nullptr && g->rpf.interface == interface &&
        m_context.macros.RpfNeighborRpt(*g, *s) == neighbor)
    {
        HandleRptEvent({*g, *s}, RptEvent::SEE_JOIN);
        m_context.Touch(key);
    }
}

void
PimJoinPruneUpstream::OverhearPruneSgRpt(SourceGroup key, uint32_t interface, Ipv4Address neighbor)
{
    // The same as a Prune(S,G): older routers on the LAN may send either (§4.5.5).
    OverhearPruneSg(key, interface, neighbor);
}

void
PimJoinPruneUpstream::NeighborRestarted(uint32_t interface, Ipv4Address neighbor)
{
    for (const SourceGroup& key : m_context.tib.GetEntriesOfInterface(interface))
    {
        PimTreeState* entry = m_context.tib.FindEntry(key);
        if (IsJoinedTo(*entry, interface, neighbor))
        {
            HandleEvent({key, *entry}, Event::RPF_GEN_ID_CHANGES, {});
        }
    }
}

void
PimJoinPruneUpstream::Expire(const PimTimerKey& key)
{
    if (key.timer == PimTimer::OVERRIDE)
    {
        HandleRptEvent(
            {m_context.tib.GetGroup(key.entry.GetGroup()), m_context.tib.GetSource(key.entry)},
            RptEvent::OVERRIDE_TIMER_EXPIRES);
        m_context.Touch(key.entry);
        return;
    }
    SourceGroup starG; // the last one whose Join went out, and to whom
    PimUpstreamNeighbor neighbor;
    m_context.joinTimers.Expire(key, [&](SourceGroup expired, PimTreeState& entry) {
        if (expired.IsStarG())
        {
            starG = expired;
            neighbor = entry.neighbor;
        }
        else if (expired.ToStarG() == starG && entry.neighbor == neighbor)
        {
            return; // it took this one along
        }
        HandleEvent({expired, entry}, Event::JOIN_TIMER_EXPIRES, {});
    });
}

} // namespace ns3
