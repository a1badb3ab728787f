// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bgp-session.h"

#include <algorithm>

namespace ns3
{

namespace
{

bool
IsStart(BgpSessionEvent event)
{
    return event == BgpSessionEvent::MANUAL_START || event == BgpSessionEvent::AUTOMATIC_START ||
           event == BgpSessionEvent::MANUAL_START_PASSIVE ||
           event == BgpSessionEvent::AUTOMATIC_START_PASSIVE;
}

/** \returns the error of a message that \p state does not expect (§6.6, RFC 6608). */
BgpError
MakeFsmError(BgpSessionState state)
{
    switch (state)
    {
    case BgpSessionState::OPEN_SENT:
        return MakeBgpError(BgpError::FINITE_STATE_MACHINE, BgpError::IN_OPEN_SENT);
    case BgpSessionState::OPEN_CONFIRM:
        return MakeBgpError(BgpError::FINITE_STATE_MACHINE, BgpError::IN_OPEN_CONFIRM);
    case BgpSessionState::ESTABLISHED:
        return MakeBgpError(BgpError::FINITE_STATE_MACHINE, BgpError::IN_ESTABLISHED);
    default:
        return MakeBgpError(BgpError::FINITE_STATE_MACHINE, BgpError::FSM_UNSPECIFIED);
    }
}

/** \returns the error of an OPEN that is well-formed (§6.2). */
BgpError
CheckOpen(const BgpOpen& open, const EvpnConfig& config)
{
    if (open.GetAs() != config.as)
    {
        return MakeBgpError(BgpError::OPEN_MESSAGE, BgpError::BAD_PEER_AS);
    }
    if (open.identifier == config.routerId)
    {
        return MakeBgpError(BgpError::OPEN_MESSAGE, BgpError::BAD_IDENTIFIER); // RFC 6286 §2.3
    }
    if (!open.HasEvpn())
    {
        return MakeBgpError(
            BgpError::OPEN_MESSAGE,
            BgpError::UNSUPPORTED_CAPABILITY,
            {BgpCapability::MULTIPROTOCOL, 4, 0, uint8_t(BGP_AFI_L2VPN), 0, BGP_SAFI_EVPN});
    }
    return {};
}

} // namespace

BgpSession::BgpSession(BgpSessionHost& host)
    : m_host(host),
      m_connectRetryTimer(host.GetClock(),
                          [this] { HandleEvent(Event::CONNECT_RETRY_TIMER_EXPIRES); }),
      m_holdTimer(host.GetClock(), [this] { HandleEvent(Event::HOLD_TIMER_EXPIRES); }),
      m_keepaliveTimer(host.GetClock(), [this] { HandleEvent(Event::KEEPALIVE_TIMER_EXPIRES); }),
      m_delayOpenTimer(host.GetClock(), [this] { HandleEvent(Event::DELAY_OPEN_TIMER_EXPIRES); })
{
}

void
BgpSession::HandleEvent(BgpSessionEvent event)
{
    m_event = event;
    if (m_state != State::IDLE && IsStart(event))
    {
        return; // "The start events (Events 1, 3-7) are ignored", says each state but Idle
    }
    switch (m_state)
    {
    case State::IDLE:
        return HandleIdle(event);
    case State::CONNECT:
        return HandleConnect(event);
    case State::ACTIVE:
        return HandleActive(event);
    case State::OPEN_SENT:
        return HandleOpenSent(event);
    case State::OPEN_CONFIRM:
        return HandleOpenConfirm(event);
    case State::ESTABLISHED:
        return HandleEstablished(event);
    }
}

void
BgpSession::HandleIdle(BgpSessionEvent event)
{
    switch (event)
    {
    case Event::MANUAL_START:
    case Event::AUTOMATIC_START:
        m_connectRetryCounter = 0;
        m_error = {};
        StartConnectRetryTimer();
        OpenConnection();
        return SetState(State::CONNECT);
    case Event::MANUAL_START_PASSIVE:
    case Event::AUTOMATIC_START_PASSIVE:
        m_connectRetryCounter = 0;
        m_error = {};
        StartConnectRetryTimer();
        return SetState(State::ACTIVE);
    default:
        return; // "Any other event … does not cause change in the state."
    }
}

void
BgpSession::HandleConnect(BgpSessionEvent event)
{
    switch (event)
    {
    case Event::CONNECT_RETRY_TIMER_EXPIRES:
        CloseConnection();
        StartConnectRetryTimer();
        m_delayOpenTimer.Cancel();
        return OpenConnection();
    case Event::DELAY_OPEN_TIMER_EXPIRES:
        SendOpen();
        m_holdTimer.Start(m_host.GetConfig().bgp.openHoldTime);
        return SetState(State::OPEN_SENT);
    case Event::TCP_CONNECTION_FAILS:
        if (m_delayOpenTimer.IsRunning())
        {
            StartConnectRetryTimer();
            m_delayOpenTimer.Cancel();
            CloseConnection();
            return SetState(State::ACTIVE);
        }
        return Drop(false);
    default:
        return HandleBeforeOpen(event);
    }
}

void
BgpSession::HandleActive(BgpSessionEvent event)
{
    switch (event)
    {
    case Event::CONNECT_RETRY_TIMER_EXPIRES:
        StartConnectRetryTimer();
        CloseConnection();
        OpenConnection();
        return SetState(State::CONNECT);
    case Event::DELAY_OPEN_TIMER_EXPIRES:
        m_connectRetryTimer.Cancel();
        SendOpen();
        m_holdTimer.Start(m_host.GetConfig().bgp.openHoldTime);
        return SetState(State::OPEN_SENT);
    case Event::TCP_CONNECTION_FAILS:
        return Drop(true);
    default:
        return HandleBeforeOpen(event);
    }
}

void
BgpSession::HandleBeforeOpen(BgpSessionEvent event)
{
    switch (event)
    {
    case Event::MANUAL_STOP:
        m_connectRetryCounter = 0;
        return Drop(false);
    case Event::TCP_CR_ACKED:
    case Event::TCP_CONNECTION_CONFIRMED:
        return ConnectionStands();
    case Event::BGP_OPEN_WITH_DELAY_OPEN_TIMER:
        return ConfirmDelayedOpen();
    case Event::NOTIF_MSG_VER_ERR:
        return Drop(!m_delayOpenTimer.IsRunning());
    default: // 8, 10, 11, 19, 21 to 23, 25 to 28
        return Drop(true);
    }
}

void
BgpSession::HandleOpenSent(BgpSessionEvent event)
{
    switch (event)
    {
    case Event::TCP_CONNECTION_FAILS:
        CloseConnection();
        m_holdTimer.Cancel();
        StartConnectRetryTimer();
        return SetState(State::ACTIVE);
    case Event::BGP_OPEN:
        m_delayOpenTimer.Cancel();
        m_connectRetryTimer.Cancel();
        SendKeepalive();
        Negotiate();
        return SetState(State::OPEN_CONFIRM);
    case Event::BGP_OPEN_MSG_ERR:
        return DropWith(m_error);
    case Event::NOTIF_MSG_VER_ERR:
        return Drop(false);
    default: // 9, 11, 12, 20, 25 to 28: errors of the machine
        return HandleAfterOpen(event);
    }
}

void
BgpSession::HandleOpenConfirm(BgpSessionEvent event)
{
    switch (event)
    {
    case Event::KEEPALIVE_TIMER_EXPIRES:
        return SendKeepalive();
    case Event::TCP_CONNECTION_FAILS:
    case Event::NOTIF_MSG:
        return Drop(true);
    case Event::NOTIF_MSG_VER_ERR:
        return Drop(false);
    case Event::BGP_OPEN_MSG_ERR:
        return DropWith(m_error);
    case Event::KEEPALIVE_MSG:
        StartHoldTimer();
        return SetState(State::ESTABLISHED);
    default: // 9, 12, 19, 20, 27, 28: errors of the machine
        return HandleAfterOpen(event);
    }
}

void
BgpSession::HandleEstablished(BgpSessionEvent event)
{
    switch (event)
    {
    case Event::KEEPALIVE_TIMER_EXPIRES:
        return SendKeepalive();
    case Event::TCP_CONNECTION_FAILS:
    case Event::NOTIF_MSG_VER_ERR:
    case Event::NOTIF_MSG:
        return Drop(true);
    case Event::KEEPALIVE_MSG:
        return StartHoldTimer();
    case Event::UPDATE_MSG:
        StartHoldTimer();
        return m_host.ReceiveUpdate(*this, *m_update);
    case Event::UPDATE_MSG_ERR:
        return DropWith(m_error);
    default: // 9, 12, 19, 20, 22: errors of the machine
        return HandleAfterOpen(event);
    }
}

void
BgpSession::HandleAfterOpen(BgpSessionEvent event)
{
    switch (event)
    {
    case Event::MANUAL_STOP:
        m_connectRetryCounter = 0;
        return DropWith(MakeBgpError(BgpError::CEASE, BgpError::ADMINISTRATIVE_SHUTDOWN), false);
    case Event::AUTOMATIC_STOP:
        return DropWith(MakeBgpError(BgpError::CEASE, BgpError::CONNECTION_REJECTED));
    case Event::HOLD_TIMER_EXPIRES:
        return DropWith(MakeBgpError(BgpError::HOLD_TIMER_EXPIRED, 0));
    case Event::TCP_CR_ACKED:
    case Event::TCP_CONNECTION_CONFIRMED:
        return; // another connection: a machine of its own until its OPEN (§6.8)
    case Event::BGP_HEADER_ERR:
        return DropWith(m_error);
    case Event::OPEN_COLLISION_DUMP:
        return DropWith(MakeBgpError(BgpError::CEASE, BgpError::COLLISION_RESOLUTION));
    default:
        return DropWith(MakeFsmError(m_state));
    }
}

void
BgpSession::Accept(uint64_t connection)
{
    m_connection = connection;
    m_initiatedHere = false;
    m_framer.Clear();
    HandleEvent(Event::TCP_CONNECTION_CONFIRMED);
}

void
BgpSession::SendUpdate(const BgpUpdate& update)
{
    if (m_state == State::ESTABLISHED)
    {
        m_host.Send(m_connection, {update});
        StartKeepaliveTimer(); // §8.2.2: restarted by KEEPALIVE and UPDATE alike
    }
}

void
BgpSession::SetState(BgpSessionState state)
{
    const State old = m_state;
    m_state = state;
    if (old != state)
    {
        m_host.SessionChanged(*this, old, m_event);
    }
}

void
BgpSession::StartConnectRetryTimer()
{
    if (!m_host.IsPassive(*this))
    {
        m_connectRetryTimer.Start(m_host.GetConfig().bgp.connectRetryTime);
    }
}

void
BgpSession::StartHoldTimer()
{
    if (!m_holdTime.IsZero())
    {
        m_holdTimer.Start(m_holdTime);
    }
}

void
BgpSession::StartKeepaliveTimer()
{
    if (!m_holdTime.IsZero())
    {
        m_keepaliveTimer.Start(m_holdTime / 3); // §4.4
    }
}

void
BgpSession::CancelTimers()
{
    m_connectRetryTimer.Cancel();
    m_holdTimer.Cancel();
    m_keepaliveTimer.Cancel();
    m_delayOpenTimer.Cancel();
}

void
BgpSession::OpenConnection()
{
    m_initiatedHere = true;
    m_framer.Clear();
    m_connection = m_host.OpenConnection();
}

void
BgpSession::CloseConnection()
{
    if (m_connection != 0)
    {
        m_host.CloseConnection(m_connection);
        m_connection = 0;
    }
}

void
BgpSession::ConnectionStands()
{
    const BgpConfig& config = m_host.GetConfig().bgp;
    m_connectRetryTimer.Cancel();
    if (!config.delayOpenTime.IsZero())
    {
        return m_delayOpenTimer.Start(config.delayOpenTime);
    }
    SendOpen();
    m_holdTimer.Start(config.openHoldTime);
    SetState(State::OPEN_SENT);
}

void
BgpSession::SendOpen()
{
    const EvpnConfig& config = m_host.GetConfig();
    const auto holdTime = static_cast<uint16_t>(config.bgp.holdTime.GetSeconds());
    m_host.Send(m_connection, {BgpOpen::Make(config.as, holdTime, config.routerId)});
}

void
BgpSession::SendKeepalive()
{
    m_host.Send(m_connection, {BgpKeepalive()});
    StartKeepaliveTimer();
}

void
BgpSession::Negotiate()
{
    m_holdTime = std::min(m_host.GetConfig().bgp.holdTime, Time(Seconds(m_peerOpen.holdTime)));
    m_holdTimer.Cancel();
    m_keepaliveTimer.Cancel();
    StartHoldTimer();
    StartKeepaliveTimer();
}

void
BgpSession::ConfirmDelayedOpen()
{
    m_connectRetryTimer.Cancel();
    m_delayOpenTimer.Cancel();
    SendOpen();
    SendKeepalive();
    Negotiate();
    SetState(State::OPEN_CONFIRM);
}

void
BgpSession::Drop(bool countsRetry)
{
    CancelTimers();
    CloseConnection();
    m_framer.Clear();
    m_connectRetryCounter += countsRetry ? 1 : 0;
    SetState(State::IDLE);
}

void
BgpSession::DropWith(const BgpError& error, bool countsRetry)
{
    m_error = error;
    m_host.Send(m_connection, {BgpNotification{error}});
    Drop(countsRetry);
}

void
BgpSession::Receive(const std::vector<uint8_t>& bytes)
{
    m_framer.Append(bytes);
    const uint64_t connection = m_connection;
    // An event may close the connection, and with it what is left of the stream.
    while (m_connection == connection && connection != 0)
    {
        std::vector<uint8_t> message;
        m_error = m_framer.Next(message);
        if (m_error)
        {
            m_host.MessageReceived(bytes, m_error);
            return HandleEvent(Event::BGP_HEADER_ERR);
        }
        if (message.empty())
        {
            return;
        }
        ReceiveMessage(message);
    }
}

void
BgpSession::ReceiveMessage(const std::vector<uint8_t>& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    BgpMessage message;
    m_error = BgpMessage::Parse(reader, m_peerOpen.HasFourOctetAs(), message);
    if (const auto open = std::get_if<BgpOpen>(&message.body); open && !m_error)
    {
        m_error = CheckOpen(*open, m_host.GetConfig());
    }
    m_host.MessageReceived(bytes, m_error);
    switch (message.GetType())
    {
    case BgpMessage::OPEN:
        return m_error ? HandleEvent(Event::BGP_OPEN_MSG_ERR)
                       : ReceiveOpen(std::get<BgpOpen>(message.body));
    case BgpMessage::UPDATE:
        m_update = &std::get<BgpUpdate>(message.body);
        HandleEvent(m_error ? Event::UPDATE_MSG_ERR : Event::UPDATE_MSG);
        m_update = nullptr;
        return;
    case BgpMessage::NOTIFICATION: {
        m_error = std::get<BgpNotification>(message.body).error;
        const bool isVersion = m_error.code == BgpError::OPEN_MESSAGE &&
                               m_error.subcode == BgpError::UNSUPPORTED_VERSION;
        return HandleEvent(isVersion ? Event::NOTIF_MSG_VER_ERR : Event::NOTIF_MSG);
    }
    case BgpMessage::KEEPALIVE:
        return HandleEvent(Event::KEEPALIVE_MSG);
    }
}

void
BgpSession::ReceiveOpen(const BgpOpen& open)
{
    const bool isFirst = m_state != State::OPEN_CONFIRM && m_state != State::ESTABLISHED;
    if (isFirst)
    {
        m_peerOpen = open;
    }
    if (isFirst && m_host.IsCollisionLoser(*this))
    {
        return HandleEvent(Event::OPEN_COLLISION_DUMP);
    }
    HandleEvent(m_delayOpenTimer.IsRunning() ? Event::BGP_OPEN_WITH_DELAY_OPEN_TIMER
                                             : Event::BGP_OPEN);
}

} // namespace ns3
