// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5.3.
#include "ns3/pim-df-election.h"

#include <ostream>

namespace ns3
{

using Subtype = PimDfElection::Subtype;

namespace
{

/** Names an election in the trace of transitions: the RP address, and this router's on the link. */
struct ElectionKey
{
    Ipv4Address rp;
    Ipv4Address own;

    friend std::ostream& operator<<(std::ostream& os, const ElectionKey& key)
    {
        return os << key.rp << " " << key.own;
    }
};

} // namespace

PimDfElectionMachine::PimDfElectionMachine(PimEnvironment& environment,
                                           const PimDfConfig& config,
                                           Ipv4Address rp,
                                           const PimDfMetric& own,
                                           Time wait,
                                           std::function<void(const PimDfElection&)> send,
                                           std::function<void()> changed)
    : m_environment(environment),
      m_config(config),
      m_rp(rp),
      m_send(std::move(send)),
      m_changed(std::move(changed)),
      m_own(own),
      m_timer(environment.GetClock(), [this] { HandleEvent(Event::TIMER_EXPIRES, {}); }),
      m_presence(environment.GetClock(), [this] { HandleEvent(Event::PRESENCE_TIMER_EXPIRES, {}); })
{
    m_timer.Start(wait + GetOfferLow());
}

// ---- §3.5.3.3: the table ----

void
PimDfElectionMachine::HandleEvent(Event event, const Cause& cause)
{
    const State old = m_state;
    switch (old)
    {
    case State::OFFER:
        HandleOffer(event, cause);
        break;
    case State::LOSE:
        HandleLose(event, cause);
        break;
    case State::WIN:
        HandleWin(event, cause);
        break;
    case State::BACKOFF:
        HandleBackoff(event, cause);
        break;
    }
    if (m_state != old)
    {
        m_environment.ReportStep("df", ElectionKey{m_rp, m_own.address}, old, event, m_state);
    }
    Notify();
}

void
PimDfElectionMachine::HandleOffer(Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_BETTER_OFFER:
        OfferLater(m_config.robustness * m_config.offerPeriod);
        break;
    case Event::RECEIVE_WORSE_OFFER:
        Lower();
        m_count = 0;
        break;
    case Event::RECEIVE_BETTER_PASS_OR_WINNER:
        Lose(cause.metric);
        break;
    case Event::RECEIVE_BETTER_BACKOFF:
    case Event::RECEIVE_BACKOFF_FOR_US:
        OfferLater(cause.interval + GetOfferLow());
        break;
    case Event::RECEIVE_WORSE:
        Lower();
        m_count = 0;
        m_df = cause.metric;
        m_unpassed = cause.metric.address;
        break;
    case Event::RECEIVE_PASS_FOR_US:
        m_unpassed = Ipv4Address::GetAny();
        Win();
        break;
    case Event::TIMER_EXPIRES:
        OfferExpired();
        break;
    case Event::METRIC_WORSE:
    case Event::PATH_LOST:
    case Event::NEIGHBOR_UP:
        Restart();
        break;
    case Event::DF_FAILURE:
        m_df = PimDfMetric();
        Restart();
        break;
    case Event::METRIC_BETTER:
    case Event::BEST_OFFERER_FAILURE:
    case Event::RECHECK_DF:
    case Event::DF_NEEDED:
    case Event::ANNOUNCE:
    case Event::PRESENCE_TIMER_EXPIRES:
        break;
    }
}

void
PimDfElectionMachine::HandleLose(Event event, const Cause& cause)
{
    const bool knowsDf = m_df.address != Ipv4Address::GetAny();
    switch (event)
    {
    case Event::RECEIVE_BETTER_OFFER:
        SetState(State::OFFER);
        OfferLater(m_config.robustness * m_config.offerPeriod);
        break;
    case Event::RECEIVE_WORSE_OFFER:
        // Two routers without a path would keep triggering each other's Offers.
        m_own.IsInfinite() ? void() : Offer();
        break;
    case Event::RECEIVE_BETTER_PASS_OR_WINNER:
    case Event::RECEIVE_BETTER_BACKOFF:
        Lose(cause.metric);
        break;
    case Event::RECEIVE_WORSE:
        OfferTo(cause.metric);
        break;
    case Event::RECEIVE_PASS_FOR_US:
    case Event::RECEIVE_BACKOFF_FOR_US:
        Offer();
        break;
    case Event::METRIC_BETTER:
    case Event::METRIC_WORSE:
        m_own.IsBetterThan(m_df) && !m_own.IsInfinite() ? Offer() : void();
        break;
    case Event::DF_FAILURE:
    case Event::RECHECK_DF:
        OfferTo(PimDfMetric());
        break;
    case Event::NEIGHBOR_UP:
        knowsDf ? void() : Offer();
        break;
    case Event::TIMER_EXPIRES:
    case Event::DF_NEEDED:
        m_needed && !knowsDf ? Offer() : void();
        break;
    case Event::PRESENCE_TIMER_EXPIRES:
        // It stays the DF until the election is over: nothing that was joined is torn down.
        Offer();
        break;
    case Event::PATH_LOST:
    case Event::BEST_OFFERER_FAILURE:
    case Event::ANNOUNCE:
        break;
    }
}

void
PimDfElectionMachine::HandleWin(Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_BETTER_OFFER:
        BackOff(cause.metric);
        break;
    case Event::RECEIVE_WORSE_OFFER:
    case Event::METRIC_BETTER:
        Send(Subtype::WINNER);
        break;
    case Event::RECEIVE_BETTER_PASS_OR_WINNER:
    case Event::RECEIVE_BETTER_BACKOFF:
        Lose(cause.metric);
        break;
    case Event::RECEIVE_WORSE:
        OfferTo(cause.metric);
        break;
    case Event::RECEIVE_PASS_FOR_US:
    case Event::RECEIVE_BACKOFF_FOR_US:
    case Event::PATH_LOST:
        Offer();
        break;
    case Event::TIMER_EXPIRES:
        RepeatWinner();
        break;
    case Event::METRIC_WORSE:
    case Event::NEIGHBOR_UP:
        Restart();
        break;
    case Event::ANNOUNCE:
        // Winners that are still due announce it as well.
        m_timer.IsRunning() && m_count < m_config.robustness ? void() : Restart();
        break;
    case Event::PRESENCE_TIMER_EXPIRES:
        Send(Subtype::WINNER);
        RestartPresence();
        break;
    case Event::DF_FAILURE:
    case Event::BEST_OFFERER_FAILURE:
    case Event::RECHECK_DF:
    case Event::DF_NEEDED:
        break;
    }
}

void
PimDfElectionMachine::HandleBackoff(Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_BETTER_OFFER:
        BackOff(cause.metric);
        break;
    case Event::RECEIVE_WORSE_OFFER:
        Win();
        Send(Subtype::WINNER);
        break;
    case Event::RECEIVE_BETTER_PASS_OR_WINNER:
    case Event::RECEIVE_BETTER_BACKOFF:
        Lose(cause.metric);
        break;
    case Event::RECEIVE_WORSE:
        OfferTo(cause.metric);
        break;
    case Event::RECEIVE_PASS_FOR_US:
    case Event::RECEIVE_BACKOFF_FOR_US:
    case Event::PATH_LOST:
        Offer();
        break;
    case Event::TIMER_EXPIRES:
        Send(Subtype::PASS);
        Lose(m_best);
        break;
    case Event::METRIC_BETTER:
        if (m_own.IsBetterThan(m_best))
        {
            Win();
            Send(Subtype::WINNER);
        }
        break;
    case Event::BEST_OFFERER_FAILURE:
        Win();
        break;
    case Event::METRIC_WORSE:
    case Event::DF_FAILURE:
    case Event::RECHECK_DF:
    case Event::NEIGHBOR_UP:
    case Event::DF_NEEDED:
    case Event::ANNOUNCE:
    case Event::PRESENCE_TIMER_EXPIRES:
        break;
    }
}

// ---- Actions ----

/** Enters Offer: DFT = OPlow, MC = 0. The acting DF stays known. */
void
PimDfElectionMachine::Offer()
{
    SetState(State::OFFER);
    Restart();
}

/** Enters Offer against \p df, which is acting DF. */
void
PimDfElectionMachine::OfferTo(const PimDfMetric& df)
{
    Offer();
    m_df = df;
    if (df.address != Ipv4Address::GetAny())
    {
        m_unpassed = df.address;
    }
}

/** DFT = \p delay, MC = 0. */
void
PimDfElectionMachine::OfferLater(Time delay)
{
    m_timer.Start(delay);
    m_count = 0;
}

void
PimDfElectionMachine::Win()
{
    SetState(State::WIN);
    m_timer.Cancel();
}

/** Enters Lose, or stays there: \p df is the DF. */
void
PimDfElectionMachine::Lose(const PimDfMetric& df)
{
    SetState(State::LOSE);
    m_timer.Cancel();
    m_df = df;
    m_unpassed = df.address;
    RestartPresence();
}

void
PimDfElectionMachine::BackOff(const PimDfMetric& offered)
{
    const bool isBest = m_state == State::WIN || offered.IsBetterThan(m_best);
    // An offerer's own later Offer replaces its earlier one.
    if (isBest || offered.address == m_best.address)
    {
        m_best = offered;
    }
    if (isBest)
    {
        m_timer.Start(m_config.backoffPeriod);
    }
    SetState(State::BACKOFF);
    Send(Subtype::BACKOFF);
}

void
PimDfElectionMachine::OfferExpired()
{
    if (m_count < m_config.robustness)
    {
        ++m_count;
        m_timer.Start(GetOfferLow());
        Send(Subtype::OFFER);
    }
    else if (m_own.IsInfinite())
    {
        SetState(State::LOSE);
        ForgetDf();
    }
    else
    {
        // DFT does not run: the winner has announced itself.
        SetState(State::WIN);
        Send(Subtype::WINNER);
    }
}

void
PimDfElectionMachine::RepeatWinner()
{
    if (m_count < m_config.robustness)
    {
        ++m_count;
        m_timer.Start(GetOfferLow());
        Send(Subtype::WINNER);
    }
}

void
PimDfElectionMachine::ForgetDf()
{
    m_df = PimDfMetric();
    RestartPresence();
    if (m_state == State::LOSE && m_needed)
    {
        m_timer.Start(m_config.backoffPeriod);
    }
}

void
PimDfElectionMachine::RestartPresence()
{
    const Time period = m_config.winnerPeriod;
    const bool knowsDf = m_df.address != Ipv4Address::GetAny();
    if (period.IsStrictlyPositive() && m_state == State::WIN)
    {
        m_presence.Start(period);
    }
    else if (period.IsStrictlyPositive() && m_state == State::LOSE && knowsDf)
    {
        m_presence.Start(m_config.robustness * period + period / 2);
    }
    else
    {
        m_presence.Cancel();
    }
}

/** OPlow */
Time
PimDfElectionMachine::GetOfferLow()
{
    return m_environment.GetRandom().Uniform(0.5 * m_config.offerPeriod, m_config.offerPeriod);
}

/** DFT = OPlow, MC = 0. */
void
PimDfElectionMachine::Restart()
{
    OfferLater(GetOfferLow());
}

/** Lowers DFT to OPlow. */
void
PimDfElectionMachine::Lower()
{
    const Time low = GetOfferLow();
    if (!m_timer.IsRunning() || m_timer.GetRemaining() > low)
    {
        m_timer.Start(low);
    }
}

// ---- What happens ----

PimDfEvent
PimDfElectionMachine::Classify(const PimDfElection& message,
                               const PimDfMetric& sender,
                               const PimDfMetric& other) const
{
    const bool isPass = message.subtype == Subtype::PASS;
    const bool isBackoff = message.subtype == Subtype::BACKOFF;
    if ((isPass || isBackoff) && other.address == m_own.address)
    {
        return isPass ? Event::RECEIVE_PASS_FOR_US : Event::RECEIVE_BACKOFF_FOR_US;
    }
    const PimDfMetric& compared = isPass || isBackoff ? other : sender;
    const bool isBetter = compared.IsBetterThan(m_own);
    if (message.subtype == Subtype::OFFER)
    {
        return isBetter ? Event::RECEIVE_BETTER_OFFER : Event::RECEIVE_WORSE_OFFER;
    }
    return !isBetter   ? Event::RECEIVE_WORSE
           : isBackoff ? Event::RECEIVE_BETTER_BACKOFF
                       : Event::RECEIVE_BETTER_PASS_OR_WINNER;
}

void
PimDfElectionMachine::Receive(const PimDfElection& message, Ipv4Address source)
{
    const PimDfMetric sender{message.senderPreference, message.senderMetric, source};
    const PimDfMetric other{message.otherPreference, message.otherMetric, message.otherAddress};
    const Event event = Classify(message, sender, other);
    if (message.subtype == Subtype::OFFER)
    {
        ForgetOfferer(source);
    }
    // A Pass names the new DF; the sender of a Winner or Backoff is the DF.
    HandleEvent(
        event, {message.subtype == Subtype::PASS ? other : sender, MilliSeconds(message.interval)});
}

/** A router that offers is no longer DF, and has forgotten what was joined. */
void
PimDfElectionMachine::ForgetOfferer(Ipv4Address offerer)
{
    if (!IAmDf() && offerer == m_df.address)
    {
        ForgetDf();
    }
    if (offerer == m_unpassed)
    {
        m_unpassed = Ipv4Address::GetAny();
    }
}

void
PimDfElectionMachine::SetMetric(const PimDfMetric& own)
{
    const bool isWorse = m_own.IsBetterThan(own);
    const bool isBetter = own.IsBetterThan(m_own);
    const bool isLost = own.IsInfinite() && !m_own.IsInfinite();
    m_own = own;
    if (isWorse || isBetter)
    {
        HandleEvent(isLost     ? Event::PATH_LOST
                    : isBetter ? Event::METRIC_BETTER
                               : Event::METRIC_WORSE,
                    {});
    }
}

void
PimDfElectionMachine::NeighborLost(Ipv4Address address)
{
    if (m_unpassed == address)
    {
        m_unpassed = Ipv4Address::GetAny();
    }
    if (m_state == State::BACKOFF && m_best.address == address)
    {
        HandleEvent(Event::BEST_OFFERER_FAILURE, {});
    }
    else if (!IAmDf() && m_df.address == address)
    {
        HandleEvent(Event::DF_FAILURE, {});
    }
}

void
PimDfElectionMachine::RecheckDf()
{
    HandleEvent(Event::RECHECK_DF, {});
}

bool
PimDfElectionMachine::TakeMissingPass(Ipv4Address neighbor)
{
    const bool isMissing = m_state == State::WIN && m_unpassed == neighbor;
    if (isMissing)
    {
        m_unpassed = Ipv4Address::GetAny();
    }
    return isMissing;
}

void
PimDfElectionMachine::NeighborUp()
{
    HandleEvent(Event::NEIGHBOR_UP, {});
}

void
PimDfElectionMachine::SetNeeded(bool needed)
{
    const bool isNew = needed && !m_needed;
    m_needed = needed;
    if (isNew)
    {
        HandleEvent(Event::DF_NEEDED, {});
    }
}

void
PimDfElectionMachine::Announce()
{
    HandleEvent(Event::ANNOUNCE, {});
}

void
PimDfElectionMachine::Send(Subtype subtype)
{
    PimDfElection message;
    message.subtype = subtype;
    message.rpAddress = m_rp;
    message.senderPreference = m_own.preference;
    message.senderMetric = m_own.metric;
    message.otherAddress = m_best.address;
    message.otherPreference = m_best.preference;
    message.otherMetric = m_best.metric;
    message.interval = static_cast<uint16_t>(m_config.backoffPeriod.GetMilliSeconds());
    m_send(message);
}

void
PimDfElectionMachine::SetState(State state)
{
    const bool isNew = state != m_state;
    m_state = state;
    if (IAmDf())
    {
        m_df = PimDfMetric();
    }
    if (isNew)
    {
        RestartPresence();
    }
}

/** Calls back if the DF has changed since the last call. */
void
PimDfElectionMachine::Notify()
{
    if (GetDf() != m_notified)
    {
        m_notified = GetDf();
        m_changed();
    }
}

} // namespace ns3
