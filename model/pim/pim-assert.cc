// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.6.1 ((S,G) machine), §4.6.2 ((*,G) machine), §4.6.4 (AssertCancel). The two tables
// differ in their events' conditions alone (ClassifySg, ClassifyStarG), so that one switch serves
// both. The actions A1 to A6 are named where they are taken.
#include "ns3/pim-assert.h"

#include "ns3/pim-machine-key.h"

#include <sstream>

namespace ns3
{

PimAssertMachine::PimAssertMachine(PimContext& context)
    : m_context(context)
{
}

// ---- The tables ----

void
PimAssertMachine::HandleEvent(const Instance& at, Event event, const Cause& cause)
{
    const State old = PimMacros::FindAssert(at.entry, at.interface).state;
    switch (old)
    {
    case State::NO_INFO:
        HandleNoInfo(at, event, cause);
        break;
    case State::WINNER:
        HandleWinner(at, event, cause);
        break;
    case State::LOSER:
        HandleLoser(at, event, cause);
        break;
    }
    const State now = PimMacros::FindAssert(at.entry, at.interface).state;
    if (now != old)
    {
        m_context.environment.ReportStep(
            at.key.IsStarG() ? "assert (*,G)" : "assert (S,G)",
            PimMachineKey{at.key, m_context.environment.FindInterface(at.interface)},
            old,
            event,
            now);
    }
}

void
PimAssertMachine::HandleNoInfo(const Instance& at, Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_INFERIOR_ASSERT:
    case Event::RECEIVE_ASSERT_WITH_RPT_BIT:
    case Event::DATA_ARRIVES:
        Win(at, cause.source); // A1
        break;
    case Event::RECEIVE_ACCEPTABLE_ASSERT:
        Lose(at, cause.metric);
        SetSptBit(at); // A6; of (*,G): A2
        break;
    default:
        break;
    }
}

void
PimAssertMachine::HandleWinner(const Instance& at, Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::ASSERT_TIMER_EXPIRES:
    case Event::RECEIVE_INFERIOR_ASSERT:
        Win(at); // A3
        break;
    case Event::RECEIVE_PREFERRED_ASSERT:
        Lose(at, cause.metric); // A2
        break;
    case Event::COULD_ASSERT_FALSE:
        Send(at, PimAssertMetric::Infinite()); // A4
        EnterNoInfo(at);
        break;
    case Event::INTERFACE_DOWN:
        EnterNoInfo(at);
        break;
    default:
        break;
    }
}

void
PimAssertMachine::HandleLoser(const Instance& at, Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_PREFERRED_ASSERT:
    case Event::RECEIVE_ACCEPTABLE_ASSERT_FROM_WINNER:
        Lose(at, cause.metric); // A2
        break;
    case Event::RECEIVE_INFERIOR_ASSERT_FROM_WINNER:
    case Event::ASSERT_TIMER_EXPIRES:
    case Event::WINNER_LOST:
    case Event::TRACKING_DESIRED_FALSE:
    case Event::METRIC_BECOMES_BETTER:
    case Event::RPF_INTERFACE_CHANGES:
    case Event::RECEIVE_JOIN:
    case Event::INTERFACE_DOWN:
        EnterNoInfo(at); // A5
        break;
    default:
        break;
    }
}

// ---- Actions ----

/** A1 and A3, which differ only in that A1 stores the winner. */
void
PimAssertMachine::Win(const Instance& at, Ipv4Address source)
{
    const PimAssertMetric mine = MyMetric(at);
    PimAssertRecord& record = at.entry.asserts[at.interface];
    const bool isNew = record.state != State::WINNER;
    record = {State::WINNER, mine.address, mine, false};
    m_context.timers.Set({at.key, PimTimer::ASSERT, at.interface},
                         m_context.values.assertTime - m_context.values.assertOverrideInterval);
    m_context.timers.Set({at.key, PimTimer::ASSERT_LIMIT, at.interface},
                         m_context.values.assertDataInterval);
    Send(at, mine, source);
    if (isNew)
    {
        Report(PimNotice::ASSERT_WON, at.key, Ipv4Address::GetAny());
        m_context.Touch(at.key);
    }
}

/** A2, and A6 but for the SPTbit. */
void
PimAssertMachine::Lose(const Instance& at, const PimAssertMetric& winner)
{
    PimAssertRecord& record = at.entry.asserts[at.interface];
    if (record.state != State::LOSER || record.winner != winner.address)
    {
        Report(PimNotice::ASSERT_LOST, at.key, winner.address);
    }
    record = {State::LOSER, winner.address, winner, at.interface == at.entry.rpf.interface};
    m_context.timers.Set({at.key, PimTimer::ASSERT, at.interface}, m_context.values.assertTime);
    m_context.Touch(at.key);
}

/** A5, and the latter half of A4. */
void
PimAssertMachine::EnterNoInfo(const Instance& at)
{
    at.entry.asserts.erase(at.interface);
    m_context.timers.Remove({at.key, PimTimer::ASSERT, at.interface});
    m_context.timers.Remove({at.key, PimTimer::ASSERT_LIMIT, at.interface});
    m_context.Touch(at.key);
}

/** The rest of A6: what the winner sends comes along the source's tree. */
void
PimAssertMachine::SetSptBit(const Instance& at)
{
    PimSource* s = at.key.IsStarG() ? nullptr : m_context.tib.FindSource(at.key);
    if (s != nullptr && at.interface == s->rpf.interface && s->upstream == PimUpstreamState::JOINED)
    {
        s->sptBit = true;
    }
}

/** my_assert_metric(S,G,I) or my_assert_metric(*,G,I) */
PimAssertMetric
PimAssertMachine::MyMetric(const Instance& at) const
{
    const PimGroup& g = m_context.tib.GetGroup(at.key.GetGroup());
    return at.key.IsStarG() ? m_context.macros.MyAssertMetric(g, at.interface)
                            : m_context.macros.MyAssertMetric(
                                  g, static_cast<const PimSource&>(at.entry), at.interface);
}

void
PimAssertMachine::Send(const Instance& at, const PimAssertMetric& metric, Ipv4Address source)
{
    const PimInterface* own = m_context.environment.FindInterface(at.interface);
    if (own == nullptr || !own->IsActive())
    {
        return;
    }
    PimAssert message;
    message.group.address = at.key.GetGroup();
    message.source = at.key.IsStarG() ? source : at.key.GetSource();
    message.rpt = metric.rpt;
    message.metricPreference = metric.preference;
    message.metric = metric.metric;
    m_context.hellos.EnsureHelloSent(at.interface);
    m_context.environment.Send(message, at.interface);
}

void
PimAssertMachine::Report(PimNotice notice, SourceGroup key, Ipv4Address other) const
{
    std::ostringstream detail;
    detail << key;
    if (other != Ipv4Address::GetAny())
    {
        detail << " to " << other;
    }
    m_context.environment.ReportEvent(EnumName(notice), detail.str());
}

// ---- Asserts received ----

PimAssertEvent
PimAssertMachine::ClassifyAsWinner(const PimAssertMetric& metric, const PimAssertMetric& mine)
{
    // "Better than our own": the present metric, not the one that won.
    return metric.IsBetterThan(mine) ? Event::RECEIVE_PREFERRED_ASSERT
                                     : Event::RECEIVE_INFERIOR_ASSERT;
}

std::optional<PimAssertEvent>
PimAssertMachine::ClassifyAsLoser(const PimAssertMetric& metric,
                                  const PimAssertMetric& mine,
                                  const PimAssertRecord& record,
                                  bool isStarG)
{
    if (metric.IsBetterThan(record.metric))
    {
        return Event::RECEIVE_PREFERRED_ASSERT;
    }
    if (metric.address != record.winner)
    {
        return std::nullopt;
    }
    if (!metric.IsBetterThan(mine) || metric.IsInfinite())
    {
        return Event::RECEIVE_INFERIOR_ASSERT_FROM_WINNER;
    }
    return metric.rpt == isStarG ? std::make_optional(Event::RECEIVE_ACCEPTABLE_ASSERT_FROM_WINNER)
                                 : std::nullopt;
}

std::optional<PimAssertEvent>
PimAssertMachine::ClassifySg(const PimAssertMetric& metric,
                             const PimGroup& g,
                             const PimSource& s,
                             uint32_t interface) const
{
    const PimMacros& macros = m_context.macros;
    const PimAssertMetric mine = macros.MyAssertMetric(g, s, interface);
    const PimAssertRecord& record = PimMacros::FindAssert(s, interface);
    switch (record.state)
    {
    case State::WINNER:
        return ClassifyAsWinner(metric, mine);
    case State::LOSER:
        return ClassifyAsLoser(metric, mine, record, false);
    case State::NO_INFO:
        break;
    }
    if (macros.CouldAssert(g, s, interface) && (metric.rpt || mine.IsBetterThan(metric)))
    {
        return metric.rpt ? Event::RECEIVE_ASSERT_WITH_RPT_BIT : Event::RECEIVE_INFERIOR_ASSERT;
    }
    const bool isAcceptable =
        !metric.rpt && metric.IsBetterThan(mine) && macros.AssertTrackingDesired(g, s, interface);
    return isAcceptable ? std::make_optional(Event::RECEIVE_ACCEPTABLE_ASSERT) : std::nullopt;
}

std::optional<PimAssertEvent>
PimAssertMachine::ClassifyStarG(const PimAssertMetric& metric,
                                const PimGroup& g,
                                uint32_t interface) const
{
    const PimMacros& macros = m_context.macros;
    const PimAssertMetric mine = macros.MyAssertMetric(g, interface);
    const PimAssertRecord& record = PimMacros::FindAssert(g, interface);
    switch (record.state)
    {
    case State::WINNER:
        return ClassifyAsWinner(metric, mine);
    case State::LOSER:
        return ClassifyAsLoser(metric, mine, record, true);
    case State::NO_INFO:
        break;
    }
    if (macros.CouldAssert(g, interface) && mine.IsBetterThan(metric))
    {
        return Event::RECEIVE_INFERIOR_ASSERT;
    }
    const bool isAcceptable = !metric.IsInfinite() && metric.IsBetterThan(mine) &&
                              macros.AssertTrackingDesired(g, interface);
    return isAcceptable ? std::make_optional(Event::RECEIVE_ACCEPTABLE_ASSERT) : std::nullopt;
}

/** \returns true when the (*,G) machine must not see the message. */
bool
PimAssertMachine::ReceiveSg(const PimAssertMetric& metric, SourceGroup key, uint32_t interface)
{
    if (!m_context.HasRoom(key))
    {
        return false;
    }
    PimSource& s = m_context.GetOrAddSource(key);
    const PimGroup& g = m_context.tib.GetGroup(key.GetGroup());
    const std::optional<Event> event = ClassifySg(metric, g, s, interface);
    if (event)
    {
        HandleEvent({key, s, interface}, *event, {metric});
    }
    return event || PimMacros::FindAssert(s, interface).state != State::NO_INFO;
}

void
PimAssertMachine::ReceiveStarG(const PimAssertMetric& metric, PimGroup& g, uint32_t interface)
{
    if (const std::optional<Event> event = ClassifyStarG(metric, g, interface))
    {
        HandleEvent({SourceGroup::StarG(g.group), g, interface}, *event, {metric});
    }
}

void
PimAssertMachine::Receive(const PimAssert& message, uint32_t interface, Ipv4Address source)
{
    PimGroup* g = m_context.tib.FindGroup(message.group.address);
    if (g == nullptr)
    {
        return;
    }
    const PimAssertMetric metric{message.rpt, message.metricPreference, message.metric, source};
    const bool namesSource = message.source != Ipv4Address::GetAny();
    const bool handled =
        namesSource && ReceiveSg(metric, SourceGroup(message.source, g->group), interface);
    // The (*,G) machine listens to Asserts with the RPTbit only.
    if (!handled && metric.rpt && g->mode == PimMode::SPARSE)
    {
        ReceiveStarG(metric, *g, interface);
    }
}

// ---- Other events ----

void
PimAssertMachine::DataArrived(PimGroup& g, Ipv4Address source, uint32_t interface)
{
    const PimMacros& macros = m_context.macros;
    const PimSource* s = m_context.tib.FindSource(SourceGroup(source, g.group));
    const bool viaSpt = s != nullptr && s->sptBit;
    const InterfaceSet olist = s == nullptr ? macros.ImmediateOlist(g)
                               : viaSpt     ? macros.InheritedOlist(g, *s)
                                            : macros.InheritedOlistRpt(g, *s);
    // On its own tree's interface data is where it should be, even if others join the tree there.
    const uint32_t expected = viaSpt ? s->rpf.interface : g.rpf.interface;
    if (interface == expected || !olist.Contains(interface) ||
        (!viaSpt && g.mode != PimMode::SPARSE))
    {
        return;
    }
    const SourceGroup key{viaSpt ? source : Ipv4Address::GetAny(), g.group};
    const Instance at{key, m_context.tib.GetEntry(key), interface};
    const bool couldAssert =
        viaSpt ? macros.CouldAssert(g, *s, interface) : macros.CouldAssert(g, interface);
    const PimTimerKey limit{key, PimTimer::ASSERT_LIMIT, interface};
    if (couldAssert && PimMacros::FindAssert(at.entry, interface).state == State::NO_INFO)
    {
        HandleEvent(at, Event::DATA_ARRIVES, {{}, source});
    }
    else if (!m_context.timers.Contains(limit))
    {
        // §4.2's wrong-interface branch: the winner repeats its Assert.
        m_context.timers.Set(limit, m_context.values.assertDataInterval);
        Send(at,
             viaSpt ? macros.SptAssertMetric(*s, interface) : macros.RptAssertMetric(g, interface),
             source);
    }
}

void
PimAssertMachine::Expire(const PimTimerKey& key)
{
    if (key.timer == PimTimer::ASSERT)
    {
        HandleEvent({key.entry, m_context.tib.GetEntry(key.entry), key.interface},
                    Event::ASSERT_TIMER_EXPIRES,
                    {});
    }
}

void
PimAssertMachine::Update(const Instance& at, bool couldAssert, bool trackingDesired)
{
    const PimAssertRecord record = at.entry.asserts.at(at.interface);
    if (record.state == State::WINNER)
    {
        if (!couldAssert)
        {
            HandleEvent(at, Event::COULD_ASSERT_FALSE, {});
        }
    }
    else if (!trackingDesired)
    {
        HandleEvent(at, Event::TRACKING_DESIRED_FALSE, {});
    }
    else if (MyMetric(at).IsBetterThan(record.metric))
    {
        HandleEvent(at, Event::METRIC_BECOMES_BETTER, {});
    }
    else if (record.onRpfInterface && at.interface != at.entry.rpf.interface)
    {
        HandleEvent(at, Event::RPF_INTERFACE_CHANGES, {});
    }
}

void
PimAssertMachine::Update(PimGroup& g)
{
    const auto asserts = g.asserts;
    for (const auto& [interface, record] : asserts)
    {
        Update({SourceGroup::StarG(g.group), g, interface},
               m_context.macros.CouldAssert(g, interface),
               m_context.macros.AssertTrackingDesired(g, interface));
    }
}

void
PimAssertMachine::Update(PimGroup& g, PimSource& s)
{
    const auto asserts = s.asserts;
    for (const auto& [interface, record] : asserts)
    {
        Update({SourceGroup(s.source, g.group), s, interface},
               m_context.macros.CouldAssert(g, s, interface),
               m_context.macros.AssertTrackingDesired(g, s, interface));
    }
}

void
PimAssertMachine::JoinReceived(SourceGroup key, PimTreeState& entry, uint32_t interface)
{
    if (!entry.asserts.empty()) // most entries never have one, but a Join every minute
    {
        HandleEvent({key, entry, interface}, Event::RECEIVE_JOIN, {});
    }
}

void
PimAssertMachine::WinnerLost(uint32_t interface, Ipv4Address neighbor)
{
    for (const SourceGroup& key : m_context.tib.GetEntriesOfInterface(interface))
    {
        PimTreeState& entry = m_context.tib.GetEntry(key);
        const PimAssertRecord& record = PimMacros::FindAssert(entry, interface);
        if (record.state == State::LOSER && record.winner == neighbor)
        {
            HandleEvent({key, entry, interface}, Event::WINNER_LOST, {});
        }
    }
}

void
PimAssertMachine::ForgetInterface(uint32_t interface)
{
    for (const SourceGroup& key : m_context.tib.GetEntriesOfInterface(interface))
    {
        HandleEvent({key, m_context.tib.GetEntry(key), interface}, Event::INTERFACE_DOWN, {});
    }
}

} // namespace ns3
