// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §10.1-10.4: the state machine, and the retransmission list of §13.6.
#include "ns3/ospf-neighbor.h"

#include <algorithm>
#include <utility>

namespace ns3
{

NS_LOG_CLASS_DEFINE(OspfNeighbor);

OspfNeighbor::OspfNeighbor(OspfContext& context,
                           OspfLink& link,
                           OspfId routerId,
                           Ipv4Address address)
    : m_context(context),
      m_link(link),
      m_routerId(routerId),
      m_address(address),
      m_descriptionTimer(context.GetClock(), [this] { ResendDatabaseDescription(); }),
      m_requestTimer(context.GetClock(), [this] { SendRequest(); }),
      m_retransmissionTimer(context.GetClock(), [this] { Retransmit(); })
{
}

void
OspfNeighbor::HandleEvent(OspfNeighborEvent event)
{
    using S = OspfNeighborState;
    using E = OspfNeighborEvent;

    struct Transition
    {
        E event;
        S lowest;
        S highest;
        void (OspfNeighbor::*action)();
    };

    static const Transition figure13[] = {
        {E::HELLO_RECEIVED, S::DOWN, S::DOWN, &OspfNeighbor::HelloReceived},
        {E::TWO_WAY_RECEIVED, S::INIT, S::INIT, &OspfNeighbor::TwoWayReceived},
        {E::NEGOTIATION_DONE, S::EX_START, S::EX_START, &OspfNeighbor::NegotiationDone},
        {E::EXCHANGE_DONE, S::EXCHANGE, S::EXCHANGE, &OspfNeighbor::ExchangeDone},
        {E::LOADING_DONE, S::LOADING, S::LOADING, &OspfNeighbor::LoadingDone},
        {E::ADJ_OK, S::TWO_WAY, S::FULL, &OspfNeighbor::AdjOk},
        {E::SEQ_NUMBER_MISMATCH, S::EXCHANGE, S::FULL, &OspfNeighbor::RestartExchange},
        {E::BAD_LS_REQ, S::EXCHANGE, S::FULL, &OspfNeighbor::RestartExchange},
        {E::ONE_WAY_RECEIVED, S::TWO_WAY, S::FULL, &OspfNeighbor::OneWayReceived},
        {E::KILL_NBR, S::INIT, S::FULL, &OspfNeighbor::Down},
        {E::LL_DOWN, S::INIT, S::FULL, &OspfNeighbor::Down},
        {E::INACTIVITY_TIMER, S::INIT, S::FULL, &OspfNeighbor::Down},
    };
    for (const Transition& transition : figure13)
    {
        if (transition.event == event && m_state >= transition.lowest &&
            m_state <= transition.highest)
        {
            NS_LOG_LOGIC(m_address << " " << EnumName(m_state) << ": " << EnumName(event));
            const E outer = std::exchange(m_event, event);
            (this->*transition.action)();
            m_event = outer;
            return;
        }
    }
    NS_LOG_LOGIC(m_address << " " << EnumName(m_state) << ": " << EnumName(event) << " ignored");
}

void
OspfNeighbor::SetState(OspfNeighborState state)
{
    if (state != m_state)
    {
        const OspfNeighborState old = m_state;
        m_state = state;
        m_context.GetObserver().ReportStep("ospf-neighbor", m_address, old, m_event, state);
        if ((old >= OspfNeighborState::TWO_WAY) != (state >= OspfNeighborState::TWO_WAY))
        {
            m_link.ScheduleNeighborChange();
        }
        m_context.NeighborStateChanged(*this, old);
    }
}

void
OspfNeighbor::HelloReceived()
{
    SetState(OspfNeighborState::INIT);
}

void
OspfNeighbor::TwoWayReceived()
{
    if (m_link.IsAdjacencyWanted(*this))
    {
        EnterExStart();
    }
    else
    {
        SetState(OspfNeighborState::TWO_WAY);
    }
}

void
OspfNeighbor::NegotiationDone()
{
    const std::vector<OspfLsaHeader> headers = m_context.SummarizeDatabase(*this);
    m_summary.assign(headers.begin(), headers.end());
    m_descriptionTimer.Cancel();
    SetState(OspfNeighborState::EXCHANGE);
}

void
OspfNeighbor::ExchangeDone()
{
    m_descriptionTimer.Cancel();
    m_freeLastSent = m_context.GetClock().Now() + m_link.GetConfig().deadInterval;
    SetState(m_requests.empty() ? OspfNeighborState::FULL : OspfNeighborState::LOADING);
}

void
OspfNeighbor::LoadingDone()
{
    SetState(OspfNeighborState::FULL);
}

void
OspfNeighbor::AdjOk()
{
    const bool wanted = m_link.IsAdjacencyWanted(*this);
    if (m_state == OspfNeighborState::TWO_WAY && wanted)
    {
        EnterExStart();
    }
    else if (m_state > OspfNeighborState::TWO_WAY && !wanted)
    {
        ClearAdjacency();
        SetState(OspfNeighborState::TWO_WAY);
    }
}

void
OspfNeighbor::RestartExchange()
{
    ClearAdjacency();
    EnterExStart();
}

void
OspfNeighbor::OneWayReceived()
{
    ClearAdjacency();
    SetState(OspfNeighborState::INIT);
}

void
OspfNeighbor::Down()
{
    ClearAdjacency();
    SetState(OspfNeighborState::DOWN);
}

void
OspfNeighbor::EnterExStart()
{
    // §10.3: "declares itself master"; the first number is some unique value, later ones go up.
    if (!m_sequenceChosen)
    {
        m_sequence = static_cast<uint32_t>(m_context.GetRandom().Uniform(0.0, 2147483648.0));
        m_sequenceChosen = true;
    }
    ++m_sequence;
    m_master = true;
    SetState(OspfNeighborState::EX_START);
    if (m_state == OspfNeighborState::EX_START)
    {
        SendDatabaseDescription();
    }
}

void
OspfNeighbor::ClearAdjacency()
{
    m_summary.clear();
    m_requests.clear();
    m_outstanding.clear();
    m_retransmissions.Clear();
    m_descriptionTimer.Cancel();
    m_requestTimer.Cancel();
    m_retransmissionTimer.Cancel();
    m_lastReceived = OspfDatabaseDescription();
}

void
OspfNeighbor::AddRetransmission(const OspfLsaKey& key)
{
    m_retransmissions.Set(key, m_context.GetClock().Now());
    ArmRetransmission();
}

bool
OspfNeighbor::RemoveRetransmission(const OspfLsaKey& key)
{
    return m_retransmissions.Remove(key); // a timer that rings may find nothing
}

bool
OspfNeighbor::IsOnRetransmissionList(const OspfLsaKey& key) const
{
    return m_retransmissions.Contains(key);
}

void
OspfNeighbor::ArmRetransmission()
{
    if (!m_retransmissionTimer.IsRunning())
    {
        const Time due = m_retransmissions.GetEarliest() + m_link.GetConfig().rxmtInterval;
        m_retransmissionTimer.Start(std::max(Seconds(0), due - m_context.GetClock().Now()));
    }
}

void
OspfNeighbor::Retransmit()
{
    const Time now = m_context.GetClock().Now();
    const std::vector<OspfLsaKey> due =
        m_retransmissions.GetSentUntil(now - m_link.GetConfig().rxmtInterval);
    // §13.6: one packet now, the rest at the next firing.
    const std::size_t done = m_context.SendLsas(*this, due, 1);
    for (std::size_t i = 0; i < done; ++i)
    {
        m_retransmissions.Set(due[i], now);
    }
    if (done < due.size())
    {
        m_retransmissionTimer.Start(m_link.GetConfig().rxmtInterval);
    }
    else if (!m_retransmissions.IsEmpty())
    {
        ArmRetransmission();
    }
}

} // namespace ns3
