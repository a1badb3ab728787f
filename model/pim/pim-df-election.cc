// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5.3.
#include "ns3/pim-df-election.h"

#include <tuple>

namespace ns3
{

using Subtype = PimDfElection::Subtype;

bool
PimDfMetric::IsBetterThan(const PimDfMetric& other) const
{
    return std::make_tuple(preference, metric, ~address.Get()) <
           std::make_tuple(other.preference, other.metric, ~other.address.Get());
}

const char*
ToString(PimDfState state)
{
    switch (state)
    {
    case PimDfState::OFFER:
        return "Offer";
    case PimDfState::LOSE:
        return "Lose";
    case PimDfState::WIN:
        return "Win";
    case PimDfState::BACKOFF:
        return "Backoff";
    }
    return "";
}

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
      m_timer(environment.GetClock(), [this] { TimerExpired(); }),
      m_presence(environment.GetClock(), [this] { PresenceExpired(); })
{
    m_timer.Start(wait + GetOfferLow());
}

/** OPlow */
Time
PimDfElectionMachine::GetOfferLow()
{
    return m_environment.GetRandom().Uniform(0.5 * m_config.offerPeriod, m_config.offerPeriod);
}

void
PimDfElectionMachine::Receive(const PimDfElection& message, Ipv4Address source)
{
    const PimDfMetric sender{message.senderPreference, message.senderMetric, source};
    const PimDfMetric other{message.otherPreference, message.otherMetric, message.otherAddress};
    const bool hasOther = message.subtype == Subtype::BACKOFF || message.subtype == Subtype::PASS;
    if (hasOther && other.address == m_own.address)
    {
        ReceiveForMe(message);
    }
    else if (message.subtype == Subtype::OFFER)
    {
        ReceiveOffer(sender);
    }
    else
    {
        // A Pass names the new DF; the sender of a Winner or Backoff is it.
        const PimDfMetric& df = message.subtype == Subtype::PASS ? other : sender;
        (hasOther ? other : sender).IsBetterThan(m_own) ? ReceiveBetter(message, df)
                                                        : ReceiveWorse(df);
    }
    Tell();
}

/** "Receive Backoff for us", "Receive Pass for us" */
void
PimDfElectionMachine::ReceiveForMe(const PimDfElection& message)
{
    if (m_state != PimDfState::OFFER)
    {
        SetState(PimDfState::OFFER);
        Restart();
    }
    else if (message.subtype == Subtype::PASS)
    {
        m_unpassed = Ipv4Address::GetAny();
        SetState(PimDfState::WIN);
        m_timer.Cancel();
    }
    else
    {
        m_timer.Start(MilliSeconds(message.interval) + GetOfferLow());
        m_count = 0;
    }
}

void
PimDfElectionMachine::ReceiveOffer(const PimDfMetric& offered)
{
    const bool isBetter = offered.IsBetterThan(m_own);
    if (!IAmDf() && offered.address == m_df.address)
    {
        // Who offers is no longer DF, and has forgotten what was joined.
        ForgetDf();
    }
    if (offered.address == m_unpassed)
    {
        m_unpassed = Ipv4Address::GetAny();
    }
    switch (m_state)
    {
    case PimDfState::LOSE:
        if (!isBetter && m_own.IsInfinite())
        {
            // Two routers without a path would call each other up for ever.
            return;
        }
        SetState(PimDfState::OFFER);
        isBetter ? m_timer.Start(m_config.robustness * m_config.offerPeriod)
                 : m_timer.Start(GetOfferLow());
        m_count = 0;
        break;
    case PimDfState::OFFER:
        isBetter ? m_timer.Start(m_config.robustness * m_config.offerPeriod) : Lower();
        m_count = 0;
        break;
    case PimDfState::WIN:
        isBetter ? BackOff(offered) : Send(Subtype::WINNER);
        break;
    case PimDfState::BACKOFF:
        if (isBetter)
        {
            BackOff(offered);
        }
        else
        {
            SetState(PimDfState::WIN);
            m_timer.Cancel();
            Send(Subtype::WINNER);
        }
        break;
    }
}

void
PimDfElectionMachine::BackOff(const PimDfMetric& offered)
{
    const bool isBest = m_state == PimDfState::WIN || offered.IsBetterThan(m_best);
    // An offerer's own later Offer replaces its earlier one.
    if (isBest || offered.address == m_best.address)
    {
        m_best = offered;
    }
    if (isBest)
    {
        m_timer.Start(m_config.backoffPeriod);
    }
    SetState(PimDfState::BACKOFF);
    Send(Subtype::BACKOFF);
}

/** "Receive better Pass", "… Winner", "… Backoff" */
void
PimDfElectionMachine::ReceiveBetter(const PimDfElection& message, const PimDfMetric& df)
{
    if (m_state == PimDfState::OFFER && message.subtype == Subtype::BACKOFF)
    {
        m_timer.Start(MilliSeconds(message.interval) + GetOfferLow());
        m_count = 0;
        return;
    }
    Lose(df);
}

/** Enters Lose, or stays there: \p df is the DF. */
void
PimDfElectionMachine::Lose(const PimDfMetric& df)
{
    SetState(PimDfState::LOSE);
    m_timer.Cancel();
    m_df = df;
    m_unpassed = df.address;
    RestartPresence();
}

/** "Receive worse Pass", "… Winner", "… Backoff": accepts it as acting DF, and offers more. */
void
PimDfElectionMachine::ReceiveWorse(const PimDfMetric& df)
{
    if (m_state == PimDfState::OFFER)
    {
        Lower();
        m_count = 0;
    }
    else
    {
        SetState(PimDfState::OFFER);
        Restart();
    }
    m_df = df;
    m_unpassed = df.address;
}

void
PimDfElectionMachine::Restart()
{
    m_timer.Start(GetOfferLow());
    m_count = 0;
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

void
PimDfElectionMachine::TimerExpired()
{
    switch (m_state)
    {
    case PimDfState::OFFER:
        OfferExpired();
        break;
    case PimDfState::WIN:
        if (m_count < m_config.robustness)
        {
            ++m_count;
            m_timer.Start(GetOfferLow());
            Send(Subtype::WINNER);
        }
        break;
    case PimDfState::BACKOFF:
        Send(Subtype::PASS);
        Lose(m_best);
        break;
    case PimDfState::LOSE:
        Ask();
        break;
    }
    Tell();
}

void
PimDfElectionMachine::PresenceExpired()
{
    if (m_state == PimDfState::WIN)
    {
        Send(Subtype::WINNER);
        RestartPresence();
    }
    else if (m_state == PimDfState::LOSE)
    {
        // It stays the DF until the election is over: nothing that was joined is torn down.
        SetState(PimDfState::OFFER);
        Restart();
    }
}

void
PimDfElectionMachine::RestartPresence()
{
    const Time period = m_config.winnerPeriod;
    const bool knowsDf = m_df.address != Ipv4Address::GetAny();
    if (period.IsStrictlyPositive() && m_state == PimDfState::WIN)
    {
        m_presence.Start(period);
    }
    else if (period.IsStrictlyPositive() && m_state == PimDfState::LOSE && knowsDf)
    {
        m_presence.Start(m_config.robustness * period + period / 2);
    }
    else
    {
        m_presence.Cancel();
    }
}

void
PimDfElectionMachine::ForgetDf()
{
    m_df = PimDfMetric();
    RestartPresence();
    if (m_state == PimDfState::LOSE && m_needed)
    {
        m_timer.Start(m_config.backoffPeriod);
    }
}

/** Offers again where the DF is needed and not known. */
void
PimDfElectionMachine::Ask()
{
    if (m_needed && m_state == PimDfState::LOSE && m_df.address == Ipv4Address::GetAny())
    {
        SetState(PimDfState::OFFER);
        Restart();
    }
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
        SetState(PimDfState::LOSE);
        ForgetDf();
    }
    else
    {
        SetState(PimDfState::WIN);
        Send(Subtype::WINNER);
        // DFT does not run: the winner has announced itself.
    }
}

void
PimDfElectionMachine::SetMetric(const PimDfMetric& own)
{
    const bool isWorse = m_own.IsBetterThan(own);
    const bool isBetter = own.IsBetterThan(m_own);
    const bool isLost = own.IsInfinite() && !m_own.IsInfinite();
    m_own = own;
    if (!isWorse && !isBetter)
    {
        return;
    }
    switch (m_state)
    {
    case PimDfState::OFFER:
        isWorse ? Restart() : void();
        break;
    case PimDfState::LOSE:
        if (own.IsBetterThan(m_df) && !own.IsInfinite())
        {
            SetState(PimDfState::OFFER);
            Restart();
        }
        break;
    case PimDfState::WIN:
    case PimDfState::BACKOFF:
        if (isLost)
        {
            SetState(PimDfState::OFFER);
            Restart();
        }
        else if (m_state == PimDfState::BACKOFF && own.IsBetterThan(m_best))
        {
            SetState(PimDfState::WIN);
            m_timer.Cancel();
            Send(Subtype::WINNER);
        }
        else if (m_state == PimDfState::WIN)
        {
            isWorse ? Restart() : Send(Subtype::WINNER);
        }
        break;
    }
    Tell();
}

void
PimDfElectionMachine::NeighborLost(Ipv4Address address)
{
    if (m_unpassed == address)
    {
        m_unpassed = Ipv4Address::GetAny();
    }
    if (m_state == PimDfState::BACKOFF && m_best.address == address)
    {
        SetState(PimDfState::WIN);
        m_timer.Cancel();
    }
    else if (!IAmDf() && m_df.address == address)
    {
        SetState(PimDfState::OFFER);
        m_df = PimDfMetric();
        Restart();
    }
    Tell();
}

void
PimDfElectionMachine::DoubtDf()
{
    if (m_state == PimDfState::LOSE)
    {
        SetState(PimDfState::OFFER);
        m_df = PimDfMetric();
        Restart();
        Tell();
    }
}

bool
PimDfElectionMachine::TakeMissingPass(Ipv4Address neighbor)
{
    const bool isMissing = m_state == PimDfState::WIN && m_unpassed == neighbor;
    if (isMissing)
    {
        m_unpassed = Ipv4Address::GetAny();
    }
    return isMissing;
}

void
PimDfElectionMachine::NeighborUp()
{
    const bool mayKnow = m_state == PimDfState::BACKOFF ||
                         (m_state == PimDfState::LOSE && m_df.address != Ipv4Address::GetAny());
    if (mayKnow)
    {
        return;
    }
    if (m_state == PimDfState::LOSE)
    {
        SetState(PimDfState::OFFER);
    }
    Restart();
}

void
PimDfElectionMachine::SetNeeded(bool needed)
{
    const bool isNew = needed && !m_needed;
    m_needed = needed;
    if (isNew)
    {
        Ask();
    }
}

void
PimDfElectionMachine::Announce()
{
    const bool announces = m_timer.IsRunning() && m_count < m_config.robustness;
    if (m_state == PimDfState::WIN && !announces)
    {
        Restart();
    }
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
PimDfElectionMachine::SetState(PimDfState state)
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

/** Tells when the DF is another one than last told. */
void
PimDfElectionMachine::Tell()
{
    if (GetDf() != m_told)
    {
        m_told = GetDf();
        m_changed();
    }
}

PimDfState
PimDfElectionMachine::GetState() const
{
    return m_state;
}

bool
PimDfElectionMachine::IAmDf() const
{
    return m_state == PimDfState::WIN || m_state == PimDfState::BACKOFF;
}

Ipv4Address
PimDfElectionMachine::GetDf() const
{
    return IAmDf() ? m_own.address : m_df.address;
}

const PimDfMetric&
PimDfElectionMachine::GetBest() const
{
    return m_best;
}

const PimDfMetric&
PimDfElectionMachine::GetDfMetric() const
{
    return IAmDf() ? m_own : m_df;
}

const PimDfMetric&
PimDfElectionMachine::GetOwn() const
{
    return m_own;
}

Time
PimDfElectionMachine::GetTimer() const
{
    return m_timer.GetRemaining();
}

} // namespace ns3
