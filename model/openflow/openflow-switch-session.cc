// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §6: set-up and messages of one switch.
#include "ns3/openflow-switch-session.h"

#include <cstdlib>

namespace ns3
{

namespace
{

/** \returns the number after \p prefix in a port's name, "vni42", or nothing. */
std::optional<uint32_t>
ParseName(const std::string& name, const std::string& prefix)
{
    if (name.compare(0, prefix.size(), prefix) != 0 || name.size() == prefix.size() ||
        name.find_first_not_of("0123456789", prefix.size()) != std::string::npos ||
        name.size() > prefix.size() + 9)
    {
        return std::nullopt;
    }
    return static_cast<uint32_t>(std::strtoul(name.c_str() + prefix.size(), nullptr, 10));
}

} // namespace

OpenflowSwitchSession::OpenflowSwitchSession(OpenflowSessionOwner& owner,
                                             uint32_t connection,
                                             std::string peer)
    : m_owner(owner),
      m_connection(connection),
      m_peer(std::move(peer)),
      m_channel(owner.GetEnvironment().GetClock(),
                owner.GetEnvironment(),
                owner.GetEnvironment(),
                *this,
                owner.GetConfig().channel,
                false,
                m_peer)
{
}

void
OpenflowSwitchSession::NotifyConnected()
{
    m_channel.HandleEvent(OpenflowChannelEvent::CONNECTED);
}

void
OpenflowSwitchSession::NotifyClosed()
{
    m_channel.HandleEvent(OpenflowChannelEvent::DISCONNECTED);
}

void
OpenflowSwitchSession::Receive(const std::vector<uint8_t>& bytes)
{
    m_channel.Receive(bytes);
}

void
OpenflowSwitchSession::Close()
{
    m_channel.HandleEvent(OpenflowChannelEvent::STOP);
}

void
OpenflowSwitchSession::OpenConnection()
{
    // Switches connect.
}

void
OpenflowSwitchSession::CloseConnection()
{
    m_owner.GetEnvironment().CloseSwitch(m_connection);
}

void
OpenflowSwitchSession::SendBytes(const std::vector<uint8_t>& bytes)
{
    m_owner.GetEnvironment().SendToSwitch(m_connection, bytes);
}

void
OpenflowSwitchSession::ChannelActive()
{
    HandleEvent(Event::CHANNEL_UP);
}

void
OpenflowSwitchSession::ChannelDown()
{
    HandleEvent(Event::CHANNEL_DOWN);
}

void
OpenflowSwitchSession::HandleEvent(Event event)
{
    const State old = m_state;
    switch (event)
    {
    case Event::CHANNEL_UP:
        m_state = State::FEATURES_WAIT;
        m_channel.Send(OpenflowFeaturesRequest());
        break;
    case Event::FEATURES:
        if (m_state == State::FEATURES_WAIT)
        {
            m_state = State::PORTS_WAIT;
            OpenflowMultipartRequest request;
            request.type = OpenflowMultipartType::PORT_DESC;
            m_channel.Send(request);
        }
        break;
    case Event::PORTS:
        if (m_state == State::PORTS_WAIT)
        {
            m_state = State::FLOWS_WAIT;
            m_channel.Send(OpenflowMultipartRequest());
        }
        break;
    case Event::FLOWS:
        if (m_state == State::FLOWS_WAIT)
        {
            m_state = State::READY;
        }
        break;
    case Event::CHANNEL_DOWN:
        m_state = State::CHANNEL_WAIT;
        break;
    }
    m_owner.GetEnvironment().ReportStep("switch", m_peer, old, event, m_state);
    if (event == Event::FLOWS && old == State::FLOWS_WAIT)
    {
        Synchronize();
        m_owner.NotifyReady(*this);
    }
    else if (event == Event::CHANNEL_DOWN)
    {
        const auto barriers = std::move(m_barriers);
        m_barriers.clear();
        for (const auto& [xid, done] : barriers)
        {
            done();
        }
        m_owner.NotifyDown(*this);
    }
}

OpenflowError
OpenflowSwitchSession::HandleMessage(const OpenflowMessage& message)
{
    switch (message.GetType())
    {
    case OpenflowType::FEATURES_REPLY:
        m_vtep = Ipv4Address(
            static_cast<uint32_t>(std::get<OpenflowFeaturesReply>(message.body).datapathId));
        if (m_owner.Identify(*this))
        {
            HandleEvent(Event::FEATURES);
        }
        return {};
    case OpenflowType::MULTIPART_REPLY:
        HandleMultipart(std::get<OpenflowMultipartReply>(message.body));
        return {};
    case OpenflowType::PORT_STATUS: {
        const auto& status = std::get<OpenflowPortStatus>(message.body);
        HandlePort(status.reason, status.port);
        return {};
    }
    case OpenflowType::PACKET_IN:
        if (IsReady())
        {
            m_owner.HandlePacketIn(*this, std::get<OpenflowPacketIn>(message.body));
        }
        return {};
    case OpenflowType::FLOW_REMOVED:
        HandleFlowRemoved(std::get<OpenflowFlowRemoved>(message.body));
        return {};
    case OpenflowType::ERROR:
        HandleError(std::get<OpenflowErrorReport>(message.body), message.xid);
        return {};
    case OpenflowType::BARRIER_REPLY: {
        const auto it = m_barriers.find(message.xid);
        if (it != m_barriers.end())
        {
            const auto done = std::move(it->second);
            m_barriers.erase(it);
            done();
        }
        return {};
    }
    case OpenflowType::GET_CONFIG_REPLY:
        return {};
    default:
        // What controllers send, or what nobody expects.
        return {OpenflowErrorType::BAD_REQUEST, OFPBRC_BAD_TYPE};
    }
}

void
OpenflowSwitchSession::HandleMultipart(const OpenflowMultipartReply& reply)
{
    if (reply.type == OpenflowMultipartType::PORT_DESC)
    {
        for (const OpenflowPort& port : reply.ports)
        {
            SetPort(port, true);
        }
        if (!reply.more)
        {
            HandleEvent(Event::PORTS);
        }
    }
    else if (reply.type == OpenflowMultipartType::FLOW && m_state == State::FLOWS_WAIT)
    {
        m_found.insert(m_found.end(), reply.flows.begin(), reply.flows.end());
        if (!reply.more)
        {
            HandleEvent(Event::FLOWS);
        }
    }
}

bool
OpenflowSwitchSession::SetPort(const OpenflowPort& port, bool present)
{
    if (const auto vni = ParseName(port.name, "vni"))
    {
        present ? void(m_access[*vni] = port.number) : void(m_access.erase(*vni));
        return true;
    }
    const auto ordinal = ParseName(port.name, "vx");
    const auto remote = ordinal ? m_owner.GetKnowledge().FindVtep(*ordinal) : std::nullopt;
    if (remote)
    {
        present ? void(m_tunnels[*remote] = port.number) : void(m_tunnels.erase(*remote));
    }
    return false;
}

void
OpenflowSwitchSession::HandlePort(OpenflowPortReason reason, const OpenflowPort& port)
{
    const bool access = SetPort(port, reason != OpenflowPortReason::DELETE);
    if (!IsReady())
    {
        return;
    }
    if (access && reason != OpenflowPortReason::MODIFY)
    {
        // Flows depend on how many VNIs there are.
        AskAll();
        for (const OpenflowFlowKey& key : std::set<OpenflowFlowKey>(m_asked))
        {
            Refresh(key);
        }
    }
    else if (!access)
    {
        m_owner.NotifyTunnels();
    }
}

uint32_t
OpenflowSwitchSession::GetConnection() const
{
    return m_connection;
}

OpenflowSessionState
OpenflowSwitchSession::GetState() const
{
    return m_state;
}

bool
OpenflowSwitchSession::IsReady() const
{
    return m_state == State::READY;
}

bool
OpenflowSwitchSession::IsClosed() const
{
    return m_channel.GetState() == OpenflowChannelState::CLOSED;
}

Ipv4Address
OpenflowSwitchSession::GetVtep() const
{
    return m_vtep;
}

const std::map<uint32_t, uint32_t>&
OpenflowSwitchSession::GetAccess() const
{
    return m_access;
}

std::optional<uint32_t>
OpenflowSwitchSession::FindVni(uint32_t port) const
{
    for (const auto& [vni, number] : m_access)
    {
        if (number == port)
        {
            return vni;
        }
    }
    return std::nullopt;
}

std::optional<uint32_t>
OpenflowSwitchSession::FindTunnelPort(Ipv4Address remote) const
{
    const auto it = m_tunnels.find(remote);
    return it == m_tunnels.end() ? std::nullopt : std::optional<uint32_t>(it->second);
}

} // namespace ns3
