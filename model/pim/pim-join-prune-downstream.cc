// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.1 to §4.5.3. A Join(*,G) or Join(S,G) also ends a lost assert (§4.6.1, §4.6.2);
// that is the assert machine's business.
#include "ns3/pim-join-prune-downstream.h"

#include "ns3/pim-machine-key.h"

namespace ns3
{

PimJoinPruneDownstream::PimJoinPruneDownstream(PimContext& context)
    : m_context(context)
{
}

// ---- §4.5.1 and §4.5.2: (*,G) and (S,G), whose tables are the same ----

PimJoinState
PimJoinPruneDownstream::GetState(const Instance& at)
{
    auto it = at.entry.downstream.find(at.interface);
    return it == at.entry.downstream.end() ? State::NO_INFO : State(it->second);
}

void
PimJoinPruneDownstream::HandleEvent(const Instance& at, Event event, Time expiry)
{
    const State old = GetState(at);
    switch (old)
    {
    case State::NO_INFO:
        HandleNoInfo(at, event, expiry);
        break;
    case State::JOIN:
        HandleJoin(at, event, expiry);
        break;
    case State::PRUNE_PENDING:
        HandlePrunePending(at, event, expiry);
        break;
    }
    const State now = GetState(at);
    if (now != old)
    {
        m_context.environment.ReportStep(
            at.key.IsStarG() ? "downstream (*,G)" : "downstream (S,G)",
            PimMachineKey{at.key, m_context.environment.FindInterface(at.interface)},
            old,
            event,
            now);
    }
}

void
PimJoinPruneDownstream::HandleNoInfo(const Instance& at, Event event, Time expiry)
{
    switch (event)
    {
    case Event::RECEIVE_JOIN:
        at.entry.downstream[at.interface] = State::JOIN;
        StartExpiry(at, expiry);
        m_context.Touch(at.key);
        break;
    case Event::RECEIVE_PRUNE:
    case Event::PRUNE_PENDING_TIMER_EXPIRES:
    case Event::EXPIRY_TIMER_EXPIRES:
    case Event::STOP_BEING_DF:
    case Event::INTERFACE_DOWN:
        break;
    }
}

void
PimJoinPruneDownstream::HandleJoin(const Instance& at, Event event, Time expiry)
{
    switch (event)
    {
    case Event::RECEIVE_JOIN:
        ExtendExpiry(at, expiry);
        break;
    case Event::RECEIVE_PRUNE:
        at.entry.downstream[at.interface].SetState(State::PRUNE_PENDING);
        m_context.timers.Set({at.key, PimTimer::PRUNE_PENDING, at.interface},
                             GetJoinPruneOverrideInterval(at.interface));
        break;
    case Event::PRUNE_PENDING_TIMER_EXPIRES:
        break;
    case Event::EXPIRY_TIMER_EXPIRES:
    case Event::STOP_BEING_DF:
    case Event::INTERFACE_DOWN:
        EnterNoInfo(at);
        break;
    }
}

void
PimJoinPruneDownstream::HandlePrunePending(const Instance& at, Event event, Time expiry)
{
    switch (event)
    {
    case Event::RECEIVE_JOIN:
        at.entry.downstream[at.interface].SetState(State::JOIN);
        m_context.timers.Remove({at.key, PimTimer::PRUNE_PENDING, at.interface});
        ExtendExpiry(at, expiry);
        break;
    case Event::RECEIVE_PRUNE:
        break;
    case Event::PRUNE_PENDING_TIMER_EXPIRES:
        SendPruneEcho(at.key, at.interface);
        EnterNoInfo(at);
        break;
    case Event::EXPIRY_TIMER_EXPIRES:
    case Event::STOP_BEING_DF:
    case Event::INTERFACE_DOWN:
        EnterNoInfo(at);
        break;
    }
}

void
PimJoinPruneDownstream::EnterNoInfo(const Instance& at)
{
    at.entry.downstream.erase(at.interface);
    ForgetExpiryIfNone(at);
    m_context.timers.Remove({at.key, PimTimer::PRUNE_PENDING, at.interface});
    m_context.Touch(at.key);
}

// ---- §4.5.3: (S,G,rpt) ----

PimRptPruneState
PimJoinPruneDownstream::GetState(const RptInstance& at)
{
    auto it = at.s.rptDownstream.find(at.interface);
    return it == at.s.rptDownstream.end() ? RptState::NO_INFO : it->second;
}

void
PimJoinPruneDownstream::HandleRptEvent(const RptInstance& at, RptEvent event, Time expiry)
{
    const RptState old = GetState(at);
    switch (old)
    {
    case RptState::NO_INFO:
        HandleRptNoInfo(at, event, expiry);
        break;
    case RptState::PRUNE:
        HandleRptPrune(at, event, expiry);
        break;
    case RptState::PRUNE_PENDING:
        HandleRptPrunePending(at, event);
        break;
    case RptState::PRUNE_TMP:
        HandleRptTemporary(at, event, expiry, RptState::PRUNE);
        break;
    case RptState::PRUNE_PENDING_TMP:
        HandleRptTemporary(at, event, expiry, RptState::PRUNE_PENDING);
        break;
    }
    const RptState now = GetState(at);
    if (now != old)
    {
        m_context.environment.ReportStep(
            "downstream (S,G,rpt)",
            PimMachineKey{at.key, m_context.environment.FindInterface(at.interface)},
            old,
            event,
            now);
    }
}

void
PimJoinPruneDownstream::HandleRptNoInfo(const RptInstance& at, RptEvent event, Time expiry)
{
    switch (event)
    {
    case RptEvent::RECEIVE_PRUNE_SG_RPT:
        at.s.rptDownstream[at.interface] = RptState::PRUNE_PENDING;
        StartRptExpiry(at, expiry);
        m_context.timers.Set({at.key, PimTimer::RPT_PRUNE_PENDING, at.interface},
                             GetJoinPruneOverrideInterval(at.interface));
        m_context.Touch(at.key);
        break;
    default:
        break;
    }
}

void
PimJoinPruneDownstream::HandleRptPrune(const RptInstance& at, RptEvent event, Time expiry)
{
    switch (event)
    {
    case RptEvent::RECEIVE_JOIN_STAR_G:
        EnterTemporary(at, RptState::PRUNE_TMP);
        break;
    case RptEvent::RECEIVE_JOIN_SG_RPT:
    case RptEvent::EXPIRY_TIMER_EXPIRES:
    case RptEvent::INTERFACE_DOWN:
        EnterRptNoInfo(at);
        break;
    case RptEvent::RECEIVE_PRUNE_SG_RPT:
        ExtendRptExpiry(at, expiry);
        break;
    case RptEvent::END_OF_MESSAGE:
    case RptEvent::PRUNE_PENDING_TIMER_EXPIRES:
        break;
    }
}

void
PimJoinPruneDownstream::HandleRptPrunePending(const RptInstance& at, RptEvent event)
{
    switch (event)
    {
    case RptEvent::RECEIVE_JOIN_STAR_G:
        EnterTemporary(at, RptState::PRUNE_PENDING_TMP);
        break;
    case RptEvent::RECEIVE_JOIN_SG_RPT:
    case RptEvent::EXPIRY_TIMER_EXPIRES:
    case RptEvent::INTERFACE_DOWN:
        EnterRptNoInfo(at);
        break;
    case RptEvent::RECEIVE_PRUNE_SG_RPT:
    case RptEvent::END_OF_MESSAGE:
        break;
    case RptEvent::PRUNE_PENDING_TIMER_EXPIRES:
        at.s.rptDownstream[at.interface] = RptState::PRUNE;
        m_context.timers.Remove({at.key, PimTimer::RPT_PRUNE_PENDING, at.interface});
        m_context.Touch(at.key);
        break;
    }
}

/** Prune-Tmp and Prune-Pending-Tmp: P' and PP', out of \p permanent. */
void
PimJoinPruneDownstream::HandleRptTemporary(const RptInstance& at,
                                           RptEvent event,
                                           Time expiry,
                                           RptState permanent)
{
    switch (event)
    {
    case RptEvent::RECEIVE_PRUNE_SG_RPT:
        at.s.rptDownstream[at.interface] = permanent;
        ExtendRptExpiry(at, expiry);
        break;
    case RptEvent::END_OF_MESSAGE:
    case RptEvent::EXPIRY_TIMER_EXPIRES:
    case RptEvent::INTERFACE_DOWN:
        EnterRptNoInfo(at);
        break;
    case RptEvent::RECEIVE_JOIN_STAR_G:
    case RptEvent::RECEIVE_JOIN_SG_RPT:
    case RptEvent::PRUNE_PENDING_TIMER_EXPIRES:
        break;
    }
}

void
PimJoinPruneDownstream::EnterTemporary(const RptInstance& at, RptState state)
{
    at.s.rptDownstream[at.interface] = state;
    m_temporary.emplace_back(at.key, at.interface);
}

void
PimJoinPruneDownstream::EnterRptNoInfo(const RptInstance& at)
{
    at.s.rptDownstream.erase(at.interface);
    m_context.timers.Remove({at.key, PimTimer::RPT_EXPIRY, at.interface});
    m_context.timers.Remove({at.key, PimTimer::RPT_PRUNE_PENDING, at.interface});
    m_context.Touch(at.key);
}

// ---- Timers and PruneEcho ----

/** \returns how long a Prune is pending: 0 if its sender is the only neighbour, for no other can
 * override it. */
Time
PimJoinPruneDownstream::GetJoinPruneOverrideInterval(uint32_t interface) const
{
    return m_context.neighbors.GetNeighbors(interface).size() > 1
               ? m_context.neighbors.GetJoinPruneOverrideInterval(interface)
               : Seconds(0);
}

Time
PimJoinPruneDownstream::GetDelay(Time expiry) const
{
    return expiry - m_context.environment.GetClock().Now();
}

/** \returns the earliest deadline of the Expiry Timers of \p entry; Time::Max() if none runs. */
Time
PimJoinPruneDownstream::GetEarliestExpiry(const PimTreeState& entry)
{
    Time earliest = Time::Max();
    for (const auto& [interface, state] : entry.downstream)
    {
        earliest = std::min(earliest, state.GetExpiry());
    }
    return earliest;
}

void
PimJoinPruneDownstream::StartExpiry(const Instance& at, Time expiry)
{
    at.entry.downstream[at.interface].SetExpiry(expiry);
    if (expiry != Time::Max())
    {
        m_context.timers.SetNoLater({at.key, PimTimer::EXPIRY}, GetDelay(expiry));
    }
}

/** "Restart ET": to the maximum of its present value and the holdtime. */
void
PimJoinPruneDownstream::ExtendExpiry(const Instance& at, Time expiry)
{
    PimDownstreamState& state = at.entry.downstream[at.interface];
    if (state.GetExpiry() < expiry)
    {
        state.SetExpiry(expiry);
    }
    if (expiry == Time::Max())
    {
        ForgetExpiryIfNone(at);
    }
}

void
PimJoinPruneDownstream::ForgetExpiryIfNone(const Instance& at)
{
    if (GetEarliestExpiry(at.entry) == Time::Max())
    {
        m_context.timers.Remove({at.key, PimTimer::EXPIRY});
    }
}

Time
PimJoinPruneDownstream::GetExpiry(const PimTimerKey& key) const
{
    const PimTreeState* entry = m_context.tib.FindEntry(key.entry);
    return entry == nullptr ? Time::Max() : GetEarliestExpiry(*entry);
}

Time
PimJoinPruneDownstream::GetExpiryRemaining(const PimTreeState& entry, uint32_t interface) const
{
    const auto it = entry.downstream.find(interface);
    const bool runs = it != entry.downstream.end() && it->second.GetExpiry() != Time::Max();
    return runs ? GetDelay(it->second.GetExpiry()) : Time();
}

void
PimJoinPruneDownstream::ExpireJoins(SourceGroup key, PimTreeState& entry)
{
    const Time now = m_context.environment.GetClock().Now();
    InterfaceSet due;
    for (const auto& [interface, state] : entry.downstream)
    {
        if (state.GetExpiry() <= now)
        {
            due.Add(interface);
        }
    }
    due.ForEach([&](uint32_t i) { HandleEvent({key, entry, i}, Event::EXPIRY_TIMER_EXPIRES); });
    const Time next = GetEarliestExpiry(entry);
    if (next != Time::Max())
    {
        m_context.timers.Set({key, PimTimer::EXPIRY}, next - now);
    }
}

void
PimJoinPruneDownstream::StartRptExpiry(const RptInstance& at, Time expiry)
{
    const PimTimerKey key{at.key, PimTimer::RPT_EXPIRY, at.interface};
    expiry == Time::Max() ? m_context.timers.Remove(key)
                          : m_context.timers.Set(key, GetDelay(expiry));
}

/** The same as of a Join. */
void
PimJoinPruneDownstream::ExtendRptExpiry(const RptInstance& at, Time expiry)
{
    const PimTimerKey key{at.key, PimTimer::RPT_EXPIRY, at.interface};
    expiry == Time::Max() ? m_context.timers.Remove(key)
                          : m_context.timers.Extend(key, GetDelay(expiry));
}

void
PimJoinPruneDownstream::SendPruneEcho(SourceGroup key, uint32_t interface)
{
    const PimInterface* own = m_context.environment.FindInterface(interface);
    if (own == nullptr || m_context.neighbors.GetNeighbors(interface).size() <= 1)
    {
        return;
    }
    const PimJoinPruneQueue::Destination self{interface, own->address};
    if (key.IsStarG())
    {
        const Ipv4Address rp = m_context.tib.GetGroup(key.GetGroup()).rp;
        m_context.queue.Add(false, PimJoinPruneQueue::Kind::STAR_G, self, key.GetGroup(), rp);
    }
    else
    {
        m_context.queue.Add(
            false, PimJoinPruneQueue::Kind::SG, self, key.GetGroup(), key.GetSource());
    }
}

// ---- What happens ----

void
PimJoinPruneDownstream::JoinStarG(PimGroup& g, uint32_t interface, Time expiry)
{
    HandleEvent({SourceGroup::StarG(g.group), g, interface}, Event::RECEIVE_JOIN, expiry);
    for (auto& [address, s] : g.sources)
    {
        HandleRptEvent({SourceGroup(s.source, g.group), s, interface},
                       RptEvent::RECEIVE_JOIN_STAR_G);
    }
}

void
PimJoinPruneDownstream::PruneStarG(Ipv4Address group, uint32_t interface)
{
    if (PimGroup* g = m_context.tib.FindGroup(group))
    {
        HandleEvent({SourceGroup::StarG(group), *g, interface}, Event::RECEIVE_PRUNE);
    }
}

void
PimJoinPruneDownstream::JoinSg(SourceGroup key, PimSource& s, uint32_t interface, Time expiry)
{
    HandleEvent({key, s, interface}, Event::RECEIVE_JOIN, expiry);
}

void
PimJoinPruneDownstream::PruneSg(SourceGroup key, uint32_t interface)
{
    if (PimSource* s = m_context.tib.FindSource(key))
    {
        HandleEvent({key, *s, interface}, Event::RECEIVE_PRUNE);
    }
}

void
PimJoinPruneDownstream::JoinSgRpt(SourceGroup key, uint32_t interface)
{
    if (PimSource* s = m_context.tib.FindSource(key))
    {
        HandleRptEvent({key, *s, interface}, RptEvent::RECEIVE_JOIN_SG_RPT);
    }
}

void
PimJoinPruneDownstream::PruneSgRpt(SourceGroup key, uint32_t interface, Time expiry)
{
    HandleRptEvent(
        {key, m_context.GetOrAddSource(key), interface}, RptEvent::RECEIVE_PRUNE_SG_RPT, expiry);
}

void
PimJoinPruneDownstream::EndOfMessage()
{
    for (const auto& [key, interface] : m_temporary)
    {
        HandleRptEvent({key, m_context.tib.GetSource(key), interface}, RptEvent::END_OF_MESSAGE);
    }
    m_temporary.clear();
}

void
PimJoinPruneDownstream::Expire(const PimTimerKey& key)
{
    const Instance at{key.entry, m_context.tib.GetEntry(key.entry), key.interface};
    switch (key.timer)
    {
    case PimTimer::EXPIRY:
        ExpireJoins(key.entry, at.entry);
        break;
    case PimTimer::PRUNE_PENDING:
        HandleEvent(at, Event::PRUNE_PENDING_TIMER_EXPIRES);
        break;
    case PimTimer::RPT_EXPIRY:
        HandleRptEvent({key.entry, m_context.tib.GetSource(key.entry), key.interface},
                       RptEvent::EXPIRY_TIMER_EXPIRES);
        break;
    case PimTimer::RPT_PRUNE_PENDING:
        HandleRptEvent({key.entry, m_context.tib.GetSource(key.entry), key.interface},
                       RptEvent::PRUNE_PENDING_TIMER_EXPIRES);
        break;
    default:
        break;
    }
}

void
PimJoinPruneDownstream::StopBeingDf(Ipv4Address group, uint32_t interface)
{
    if (PimGroup* g = m_context.tib.FindGroup(group))
    {
        HandleEvent({SourceGroup::StarG(group), *g, interface}, Event::STOP_BEING_DF);
    }
}

void
PimJoinPruneDownstream::ForgetInterface(uint32_t interface)
{
    for (const SourceGroup& key : m_context.tib.GetEntriesOfInterface(interface))
    {
        HandleEvent({key, m_context.tib.GetEntry(key), interface}, Event::INTERFACE_DOWN);
        if (PimSource* s = m_context.tib.FindSource(key))
        {
            HandleRptEvent({key, *s, interface}, RptEvent::INTERFACE_DOWN);
        }
    }
}

} // namespace ns3
