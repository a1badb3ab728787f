// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §11.
#include "ns3/msdp-peer.h"

namespace ns3
{

MsdpPeer::MsdpPeer(MsdpPeerHost& host, const MsdpPeerConfig& config)
    : m_host(host),
      m_config(config),
      m_connectRetryTimer(host.GetClock(),
                          [this] { HandleEvent(MsdpPeerEvent::CONNECT_RETRY_TIMER_EXPIRES); }),
      m_holdTimer(host.GetClock(), [this] { HandleEvent(MsdpPeerEvent::HOLD_TIMER_EXPIRES); }),
      m_keepaliveTimer(host.GetClock(), [this] { Send(MsdpMessage()); })
{
}

void
MsdpPeer::HandleEvent(MsdpPeerEvent event)
{
    switch (m_state)
    {
    case MsdpPeerState::DISABLED:
        if (event == MsdpPeerEvent::ENABLE)
        {
            SetState(MsdpPeerState::INACTIVE, event);
            CompareAddresses();
        }
        return;
    case MsdpPeerState::INACTIVE:
        if (event == MsdpPeerEvent::OWN_ADDRESS_LOWER)
        {
            SetState(MsdpPeerState::CONNECTING, event);
            Connect();
        }
        else if (event == MsdpPeerEvent::OWN_ADDRESS_HIGHER)
        {
            SetState(MsdpPeerState::LISTEN, event);
        }
        else if (event == MsdpPeerEvent::CONNECT_RETRY_TIMER_EXPIRES)
        {
            CompareAddresses();
        }
        return;
    case MsdpPeerState::CONNECTING:
        HandleConnecting(event);
        return;
    case MsdpPeerState::LISTEN:
        if (event == MsdpPeerEvent::CONNECTION_ACCEPTED)
        {
            Establish(event);
        }
        else if (event == MsdpPeerEvent::DISABLE)
        {
            SetState(MsdpPeerState::DISABLED, event);
        }
        return;
    case MsdpPeerState::ESTABLISHED:
        if (event == MsdpPeerEvent::DISABLE)
        {
            Release();
            SetState(MsdpPeerState::DISABLED, event);
        }
        else if (event == MsdpPeerEvent::HOLD_TIMER_EXPIRES ||
                 event == MsdpPeerEvent::FORMAT_ERROR || event == MsdpPeerEvent::CONNECTION_CLOSED)
        {
            Release();
            SetState(MsdpPeerState::INACTIVE, event);
            // §5.6: after a session whoever connects waits, or two ends that cannot agree would
            // open one connection after another.
            m_config.local < m_config.address
                ? m_connectRetryTimer.Start(m_host.GetConfig().connectRetryPeriod)
                : CompareAddresses();
        }
        return;
    }
}

void
MsdpPeer::HandleConnecting(MsdpPeerEvent event)
{
    if (event == MsdpPeerEvent::CONNECTION_OPENED)
    {
        Establish(event);
    }
    else if (event == MsdpPeerEvent::CONNECT_RETRY_TIMER_EXPIRES)
    {
        Release();
        Connect();
    }
    else if (event == MsdpPeerEvent::CONNECTION_CLOSED)
    {
        m_connection = 0; // the ConnectRetry timer runs
    }
    else if (event == MsdpPeerEvent::DISABLE)
    {
        Release();
        SetState(MsdpPeerState::DISABLED, event);
    }
}

void
MsdpPeer::SetState(MsdpPeerState state, MsdpPeerEvent event)
{
    const MsdpPeerState old = m_state;
    m_state = state;
    m_host.StateChanged(*this, old, event);
}

void
MsdpPeer::CompareAddresses()
{
    HandleEvent(m_config.local < m_config.address ? MsdpPeerEvent::OWN_ADDRESS_LOWER
                                                  : MsdpPeerEvent::OWN_ADDRESS_HIGHER);
}

void
MsdpPeer::Connect()
{
    framer.Clear();
    m_connection = m_host.OpenConnection(*this);
    m_connectRetryTimer.Start(m_host.GetConfig().connectRetryPeriod);
}

void
MsdpPeer::Retry()
{
    if (m_state == MsdpPeerState::CONNECTING && m_connection == 0)
    {
        Connect();
    }
}

bool
MsdpPeer::Accept(uint64_t connection)
{
    if (m_state == MsdpPeerState::ESTABLISHED && m_config.address < m_config.local)
    {
        // The peer has lost the old connection, which this end has not heard of yet.
        HandleEvent(MsdpPeerEvent::CONNECTION_CLOSED);
    }
    if (m_state != MsdpPeerState::LISTEN)
    {
        return false;
    }
    framer.Clear();
    m_connection = connection;
    HandleEvent(MsdpPeerEvent::CONNECTION_ACCEPTED);
    return true;
}

void
MsdpPeer::Establish(MsdpPeerEvent event)
{
    m_connectRetryTimer.Cancel();
    m_upSince = m_host.GetClock().Now();
    m_holdTimer.Start(m_host.GetConfig().holdTimePeriod);
    m_state = MsdpPeerState::ESTABLISHED;
    Send(MsdpMessage());
    m_host.StateChanged(*this,
                        event == MsdpPeerEvent::CONNECTION_OPENED ? MsdpPeerState::CONNECTING
                                                                  : MsdpPeerState::LISTEN,
                        event);
}

void
MsdpPeer::Release()
{
    m_connectRetryTimer.Cancel();
    m_holdTimer.Cancel();
    m_keepaliveTimer.Cancel();
    if (m_connection != 0)
    {
        m_host.CloseConnection(m_connection);
        m_connection = 0;
    }
    framer.Clear();
}

void
MsdpPeer::MessageReceived()
{
    if (IsEstablished())
    {
        m_holdTimer.Start(m_host.GetConfig().holdTimePeriod);
    }
}

void
MsdpPeer::Send(const MsdpMessage& message)
{
    if (IsEstablished())
    {
        m_host.Send(*this, message);
        m_keepaliveTimer.Start(m_host.GetConfig().keepalivePeriod);
    }
}

} // namespace ns3
