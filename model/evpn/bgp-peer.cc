// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bgp-peer.h"

#include <algorithm>

namespace ns3
{

BgpPeer::BgpPeer(EvpnEnvironment& environment,
                 BgpPeerListener& listener,
                 const EvpnConfig& config,
                 const EvpnPeerConfig& peer,
                 uint32_t index)
    : m_environment(environment),
      m_listener(listener),
      m_config(config),
      m_peer(peer),
      m_index(index),
      m_main(*this),
      m_incoming(*this),
      m_idleHoldTimer(environment.GetClock(), [this] { StartMachine(); })
{
}

void
BgpPeer::Start()
{
    if (!m_started)
    {
        m_started = true;
        StartMachine();
    }
}

void
BgpPeer::Stop()
{
    m_started = false;
    m_idleHoldTimer.Cancel();
    m_main.HandleEvent(Event::MANUAL_STOP);
    m_incoming.HandleEvent(Event::MANUAL_STOP);
}

void
BgpPeer::StartMachine()
{
    m_idleHoldTimer.Cancel();
    m_wasReachable = m_environment.GetMetric(m_peer.address).has_value();
    m_main.HandleEvent(m_peer.isPassive || !m_wasReachable ? Event::AUTOMATIC_START_PASSIVE
                                                           : Event::AUTOMATIC_START);
}

void
BgpPeer::UnderlayChanged()
{
    const bool was = m_wasReachable;
    m_wasReachable = m_environment.GetMetric(m_peer.address).has_value();
    if (!m_started || m_peer.isPassive || was || !m_wasReachable)
    {
        return;
    }
    // The first try comes with the route, not at the next expiry of a timer.
    if (m_idleHoldTimer.IsRunning())
    {
        StartMachine();
    }
    else if (m_main.GetState() == State::ACTIVE && m_incoming.GetState() == State::IDLE)
    {
        m_main.HandleEvent(Event::CONNECT_RETRY_TIMER_EXPIRES);
    }
}

void
BgpPeer::Accept(uint64_t connection)
{
    if (m_main.GetState() == State::ACTIVE && m_main.GetConnection() == 0)
    {
        m_main.Accept(connection);
    }
    else if (m_main.GetState() != State::IDLE && m_incoming.GetState() == State::IDLE)
    {
        m_incoming.HandleEvent(Event::AUTOMATIC_START_PASSIVE);
        m_incoming.Accept(connection);
    }
    else
    {
        m_environment.CloseConnection(connection);
    }
}

void
BgpPeer::ConnectionOpened(uint64_t connection)
{
    if (BgpSession* session = FindSession(connection))
    {
        session->HandleEvent(Event::TCP_CR_ACKED);
    }
}

void
BgpPeer::ConnectionClosed(uint64_t connection)
{
    if (BgpSession* session = FindSession(connection))
    {
        session->HandleEvent(Event::TCP_CONNECTION_FAILS);
    }
}

void
BgpPeer::Receive(uint64_t connection, const std::vector<uint8_t>& bytes)
{
    if (BgpSession* session = FindSession(connection))
    {
        session->Receive(bytes);
    }
}

void
BgpPeer::SendUpdate(const BgpUpdate& update)
{
    if (m_established)
    {
        m_established->SendUpdate(update);
    }
}

Ipv4Address
BgpPeer::GetRouterId() const
{
    return m_established ? m_established->GetPeerOpen().identifier : Ipv4Address::GetAny();
}

BgpSessionState
BgpPeer::GetState() const
{
    return std::max(m_main.GetState(), m_incoming.GetState());
}

ProtocolClock&
BgpPeer::GetClock()
{
    return m_environment.GetClock();
}

const EvpnConfig&
BgpPeer::GetConfig() const
{
    return m_config;
}

bool
BgpPeer::IsPassive(const BgpSession& session) const
{
    return m_peer.isPassive || &session == &m_incoming;
}

uint64_t
BgpPeer::OpenConnection()
{
    return m_environment.OpenConnection(m_peer.address);
}

void
BgpPeer::CloseConnection(uint64_t connection)
{
    m_environment.CloseConnection(connection);
}

void
BgpPeer::Send(uint64_t connection, const BgpMessage& message)
{
    m_environment.Send(connection, m_peer.address, message.GetBytes());
}

bool
BgpPeer::IsCollisionLoser(const BgpSession& session)
{
    BgpSession& other = GetOther(session);
    if (other.GetState() == State::ESTABLISHED)
    {
        return true;
    }
    if (other.GetState() != State::OPEN_CONFIRM)
    {
        return false;
    }
    const bool isHigher = session.GetPeerOpen().identifier < m_config.routerId;
    if (session.IsInitiatedHere() != isHigher || other.IsInitiatedHere() == isHigher)
    {
        return true;
    }
    other.HandleEvent(Event::OPEN_COLLISION_DUMP);
    return false;
}

void
BgpPeer::SessionChanged(BgpSession& session, BgpSessionState old, BgpSessionEvent event)
{
    m_environment.ReportStep(&session == &m_incoming ? "bgp-session incoming" : "bgp-session",
                             m_peer.address,
                             old,
                             event,
                             session.GetState());
    if (old == State::ESTABLISHED)
    {
        m_established = nullptr;
        m_since = GetClock().Now();
        const std::string reason = session.GetLastError().GetName();
        m_listener.PeerDown(*this, reason.empty() ? "connection-closed" : reason);
    }
    switch (session.GetState())
    {
    case State::ESTABLISHED:
        return SessionEstablished(session);
    case State::ACTIVE:
        if (&session == &m_incoming && old == State::OPEN_SENT)
        {
            session.HandleEvent(Event::MANUAL_STOP); // it has no second connection to wait for
        }
        return;
    case State::IDLE:
        return ScheduleRestart();
    default:
        return;
    }
}

void
BgpPeer::SessionEstablished(BgpSession& session)
{
    m_established = &session;
    m_since = GetClock().Now();
    ++m_sessions;
    BgpSession& other = GetOther(session);
    other.HandleEvent(other.GetState() < State::OPEN_SENT ? Event::MANUAL_STOP
                                                          : Event::OPEN_COLLISION_DUMP);
    m_listener.PeerUp(*this);
}

void
BgpPeer::ScheduleRestart()
{
    if (m_started && m_main.GetState() == State::IDLE && m_incoming.GetState() == State::IDLE)
    {
        m_idleHoldTimer.Start(m_peer.isPassive ? Seconds(0) : m_config.bgp.connectRetryTime);
    }
}

void
BgpPeer::ReceiveUpdate(BgpSession&, const BgpUpdate& update)
{
    m_listener.PeerUpdate(*this, update);
}

void
BgpPeer::MessageReceived(const std::vector<uint8_t>& bytes, const BgpError& error)
{
    m_environment.ReportReceived(m_peer.address, bytes);
    if (error)
    {
        m_environment.ReportDrop(error.GetName());
    }
}

BgpSession*
BgpPeer::FindSession(uint64_t connection)
{
    if (connection == 0)
    {
        return nullptr;
    }
    return m_main.GetConnection() == connection       ? &m_main
           : m_incoming.GetConnection() == connection ? &m_incoming
                                                      : nullptr;
}

BgpSession&
BgpPeer::GetOther(const BgpSession& session)
{
    return &session == &m_main ? m_incoming : m_main;
}

} // namespace ns3
