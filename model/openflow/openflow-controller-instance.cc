// SPDX-License-Identifier: GPL-2.0-only
// What the controller does with frames, tenants and tunnels.
#include "ns3/openflow-controller-instance.h"

#include "ns3/printed.h"

namespace ns3
{

OpenflowControllerInstance::OpenflowControllerInstance(OpenflowControllerEnvironment& environment,
                                                       const OpenflowControllerConfig& config,
                                                       OpenflowKnowledge& knowledge)
    : m_environment(environment),
      m_config(config),
      m_knowledge(knowledge),
      m_leaves(environment.GetClock(), [this](const LeaveKey& key) { HandleLeft(key); })
{
    m_knowledge.ForgetGroups();
}

OpenflowControllerInstance::~OpenflowControllerInstance() = default;

void
OpenflowControllerInstance::NotifySwitchConnected(uint32_t connection, const std::string& peer)
{
    auto& session = m_sessions[connection];
    OpenflowSessionOwner& owner = *this;
    session = std::make_unique<OpenflowSwitchSession>(owner, connection, peer);
    session->NotifyConnected();
}

void
OpenflowControllerInstance::NotifySwitchClosed(uint32_t connection)
{
    const auto it = m_sessions.find(connection);
    if (it != m_sessions.end())
    {
        it->second->NotifyClosed();
        m_sessions.erase(connection);
    }
}

void
OpenflowControllerInstance::ReceiveFromSwitch(uint32_t connection,
                                              const std::vector<uint8_t>& bytes)
{
    const auto it = m_sessions.find(connection);
    if (it == m_sessions.end())
    {
        return;
    }
    it->second->Receive(bytes);
    // A session that has closed itself is destroyed here, outside of its own functions.
    for (auto at = m_sessions.begin(); at != m_sessions.end();)
    {
        at = at->second->IsClosed() ? m_sessions.erase(at) : std::next(at);
    }
}

void
OpenflowControllerInstance::NotifyOvsdbConnected(Ipv4Address vtep)
{
    GetOrAddClient(vtep).NotifyConnected();
}

void
OpenflowControllerInstance::NotifyOvsdbClosed(Ipv4Address vtep)
{
    GetOrAddClient(vtep).NotifyClosed();
}

void
OpenflowControllerInstance::ReceiveOvsdb(Ipv4Address vtep, const std::string& text)
{
    GetOrAddClient(vtep).Receive(text);
}

OvsdbClient&
OpenflowControllerInstance::GetOrAddClient(Ipv4Address vtep)
{
    auto& client = m_clients[vtep];
    if (!client)
    {
        OvsdbClientOwner& owner = *this;
        client = std::make_unique<OvsdbClient>(m_environment.GetClock(),
                                               m_environment.GetOvsdbObserver(),
                                               m_environment,
                                               owner,
                                               vtep,
                                               m_config.channel.connectRetryTime);
    }
    return *client;
}

void
OpenflowControllerInstance::OpenOvsdb(Ipv4Address vtep)
{
    m_environment.ConnectOvsdb(vtep);
}

void
OpenflowControllerInstance::SendOvsdb(Ipv4Address vtep, const std::string& text)
{
    m_environment.SendOvsdb(vtep, text);
}

void
OpenflowControllerInstance::CloseOvsdb(Ipv4Address vtep)
{
    m_environment.CloseOvsdb(vtep);
}

OpenflowControllerEnvironment&
OpenflowControllerInstance::GetEnvironment()
{
    return m_environment;
}

const OpenflowControllerConfig&
OpenflowControllerInstance::GetConfig() const
{
    return m_config;
}

const OpenflowKnowledge&
OpenflowControllerInstance::GetKnowledge() const
{
    return m_knowledge;
}

OpenflowSwitchSession*
OpenflowControllerInstance::FindReady(Ipv4Address vtep) const
{
    const auto connection = m_connections.find(vtep);
    if (connection == m_connections.end())
    {
        return nullptr;
    }
    const auto session = m_sessions.find(connection->second);
    return session != m_sessions.end() && session->second->IsReady() ? session->second.get()
                                                                     : nullptr;
}

const OpenflowSwitchSession*
OpenflowControllerInstance::FindSession(Ipv4Address vtep) const
{
    const auto connection = m_connections.find(vtep);
    const auto session =
        connection == m_connections.end() ? m_sessions.end() : m_sessions.find(connection->second);
    return session == m_sessions.end() ? nullptr : session->second.get();
}

std::size_t
OpenflowControllerInstance::CountReady() const
{
    std::size_t count = 0;
    for (const auto& [connection, session] : m_sessions)
    {
        count += session->IsReady() ? 1 : 0;
    }
    return count;
}

std::optional<uint32_t>
OpenflowControllerInstance::FindTunnel(const OpenflowSwitchSession& session,
                                       Ipv4Address remote) const
{
    const OpenflowSwitchSession* other = FindReady(remote);
    // What leaves here is dropped there until the other end stands. Of a switch that is away the
    // controller cannot know: it may have kept its end.
    if (other && !other->FindTunnelPort(session.GetVtep()))
    {
        return std::nullopt;
    }
    return session.FindTunnelPort(remote);
}

void
OpenflowControllerInstance::RequestTunnel(OpenflowSwitchSession& session, Ipv4Address remote)
{
    AskTunnel(session.GetVtep(), remote);
    if (FindReady(remote))
    {
        AskTunnel(remote, session.GetVtep());
    }
}

void
OpenflowControllerInstance::AskTunnel(Ipv4Address at, Ipv4Address remote)
{
    const OpenflowSwitchSession* session = FindReady(at);
    if (!session || session->FindTunnelPort(remote))
    {
        return;
    }
    const uint32_t ordinal = m_knowledge.GetOrAddOrdinal(remote);
    OvsdbTunnel tunnel;
    tunnel.name = "vx" + std::to_string(ordinal);
    tunnel.type = "vxlan";
    tunnel.local = at;
    tunnel.remote = remote;
    tunnel.request = m_config.tunnelPortBase + ordinal;
    GetOrAddClient(at).AddTunnel(tunnel);
}

bool
OpenflowControllerInstance::Identify(OpenflowSwitchSession& session)
{
    const Ipv4Address vtep = session.GetVtep();
    m_knowledge.GetOrAddOrdinal(vtep);
    const auto old = m_connections.find(vtep);
    if (old != m_connections.end() && old->second != session.GetConnection())
    {
        const auto other = m_sessions.find(old->second);
        m_connections.erase(old);
        if (other != m_sessions.end())
        {
            // The switch has come back before its old connection was given up.
            other->second->Close();
        }
    }
    m_connections[vtep] = session.GetConnection();
    return true;
}

void
OpenflowControllerInstance::NotifyReady(OpenflowSwitchSession& session)
{
    m_environment.ReportEvent("session-up", ToText(session.GetVtep()));
    if (!m_known.insert(session.GetVtep()).second)
    {
        GetOrAddClient(session.GetVtep()).Reset();
    }
    // Others may have built their ends of tunnels while this switch was away.
    for (const auto& [connection, other] : m_sessions)
    {
        if (other->IsReady() && other->FindTunnelPort(session.GetVtep()))
        {
            AskTunnel(session.GetVtep(), other->GetVtep());
        }
    }
    NotifyTunnels();
}

void
OpenflowControllerInstance::NotifyDown(OpenflowSwitchSession& session)
{
    const auto it = m_connections.find(session.GetVtep());
    if (it != m_connections.end() && it->second == session.GetConnection())
    {
        m_connections.erase(it);
        m_environment.ReportEvent("session-down", ToText(session.GetVtep()));
    }
}

void
OpenflowControllerInstance::NotifyTunnels()
{
    for (const auto& [connection, session] : m_sessions)
    {
        if (session->IsReady())
        {
            session->RetryPending();
        }
    }
}

void
OpenflowControllerInstance::HandlePacketIn(OpenflowSwitchSession& session,
                                           const OpenflowPacketIn& in)
{
    const OpenflowOxm* port = in.match.Find(OpenflowField::IN_PORT);
    const OpenflowOxm* tunnel = in.match.Find(OpenflowField::TUNNEL_ID);
    if (!port || in.frame.size() < 14)
    {
        m_environment.ReportDrop("packet-in");
        return;
    }
    const auto vni = tunnel ? std::optional<uint32_t>(static_cast<uint32_t>(tunnel->value))
                            : session.FindVni(static_cast<uint32_t>(port->value));
    if (!vni)
    {
        m_environment.ReportDrop("unknown-port");
        return;
    }
    const auto arp = ParseFrameArp(in.frame);
    if (IsFrameIgmp(in.frame))
    {
        HandleIgmp(session, *vni, in);
        return;
    }
    if (arp && arp->operation == 1 && !tunnel)
    {
        HandleArp(session, *vni, *arp, in);
        return;
    }
    const OpenflowFlowKey key{
        OpenflowFlowKey::Kind::DESTINATION, *vni, GetFrameDestination(in.frame)};
    const bool group = OpenflowKnowledge::IsMulticast(key.mac) && !IsLinkLocalGroup(key.mac) &&
                       m_config.unknown == OpenflowUnknown::DROP;
    if (m_knowledge.GetVteps(*vni, key.mac).empty() && !group)
    {
        HandleUnknown(session, *vni, in);
        return;
    }
    session.Ask(key);
    session.Forward(key, in);
}

void
OpenflowControllerInstance::HandleUnknown(OpenflowSwitchSession& session,
                                          uint32_t vni,
                                          const OpenflowPacketIn& in)
{
    if (m_config.unknown == OpenflowUnknown::FLOOD)
    {
        session.Forward({OpenflowFlowKey::Kind::FLOOD, vni}, in);
    }
}

void
OpenflowControllerInstance::HandleArp(OpenflowSwitchSession& session,
                                      uint32_t vni,
                                      const OpenflowArp& arp,
                                      const OpenflowPacketIn& in)
{
    const auto mac = m_knowledge.FindMac(vni, arp.targetIp);
    if (!mac)
    {
        HandleUnknown(session, vni, in);
        return;
    }
    // A tenant on the same side hears the request itself; an announcement asks nothing.
    const bool here = !m_knowledge.IsShared(vni, *mac) &&
                      m_knowledge.GetVteps(vni, *mac).count(session.GetVtep()) != 0;
    if (!here && arp.senderIp != arp.targetIp)
    {
        session.SendFrame(static_cast<uint32_t>(in.match.Find(OpenflowField::IN_PORT)->value),
                          MakeFrameArpReply(arp, arp.targetIp, *mac));
    }
}

void
OpenflowControllerInstance::HandleIgmp(OpenflowSwitchSession& session,
                                       uint32_t vni,
                                       const OpenflowPacketIn& in)
{
    const Mac48Address member = GetFrameSource(in.frame);
    for (const OpenflowIgmpChange& change : ParseFrameIgmp(in.frame))
    {
        const Mac48Address group = Mac48Address::GetMulticast(change.group);
        if (IsLinkLocalGroup(group))
        {
            continue;
        }
        const LeaveKey key{vni, group, member};
        if (change.member)
        {
            m_leaves.Remove(key);
            if (m_knowledge.Join(vni, group, member))
            {
                Refresh({{OpenflowFlowKey::Kind::DESTINATION, vni, group}}, nullptr);
            }
            continue;
        }
        // RFC 2236 §3: others on that side may have kept silent; ask before the frames stop.
        const auto access = session.GetAccess().find(vni);
        if (access != session.GetAccess().end())
        {
            session.SendFrame(access->second, MakeFrameIgmpQuery(m_config.address, change.group));
        }
        m_leaves.Set(key, m_config.lastMemberQueryTime);
    }
}

void
OpenflowControllerInstance::HandleLeft(const LeaveKey& key)
{
    const auto& [vni, group, member] = key;
    if (m_knowledge.Leave(vni, group, member))
    {
        Refresh({{OpenflowFlowKey::Kind::DESTINATION, vni, group}}, nullptr);
    }
}

std::vector<OpenflowFlowKey>
OpenflowControllerInstance::GetKeys(const OpenflowTenant& tenant) const
{
    std::vector<OpenflowFlowKey> keys{{OpenflowFlowKey::Kind::DESTINATION, tenant.vni, tenant.mac}};
    if (!tenant.ip.IsAny())
    {
        keys.push_back(
            {OpenflowFlowKey::Kind::ARP, tenant.vni, Mac48Address("00:00:00:00:00:00"), tenant.ip});
    }
    for (Mac48Address mac : m_knowledge.GetAddresses(tenant.vni))
    {
        if (m_knowledge.IsShared(tenant.vni, mac))
        {
            keys.push_back({OpenflowFlowKey::Kind::DESTINATION, tenant.vni, mac});
        }
    }
    return keys;
}

void
OpenflowControllerInstance::RefreshAt(OpenflowSwitchSession& session,
                                      const std::vector<OpenflowFlowKey>& keys)
{
    for (const OpenflowFlowKey& key : keys)
    {
        const bool push =
            m_config.mode == OpenflowMode::PROACTIVE && session.GetAccess().count(key.vni) != 0;
        push ? session.Ask(key) : session.Refresh(key);
    }
}

void
OpenflowControllerInstance::Refresh(const std::vector<OpenflowFlowKey>& keys,
                                    const OpenflowSwitchSession* done)
{
    for (const auto& [connection, session] : m_sessions)
    {
        if (session->IsReady() && session.get() != done)
        {
            RefreshAt(*session, keys);
        }
    }
}

void
OpenflowControllerInstance::SetTenant(const OpenflowTenant& tenant)
{
    const OpenflowTenant* old = m_knowledge.FindTenant(tenant.vni, tenant.mac);
    std::vector<OpenflowFlowKey> keys = GetKeys(tenant);
    const bool moved = old && old->vtep != tenant.vtep;
    const Ipv4Address left = moved ? old->vtep : tenant.vtep;
    if (old && old->ip != tenant.ip)
    {
        keys.push_back(
            {OpenflowFlowKey::Kind::ARP, tenant.vni, Mac48Address("00:00:00:00:00:00"), old->ip});
    }
    m_knowledge.SetTenant(tenant);
    OpenflowSwitchSession* first = moved ? FindReady(tenant.vtep) : nullptr;
    if (!first)
    {
        Refresh(keys, nullptr);
        NotifyLeft(tenant, left);
        return;
    }
    // The new place first: until it knows the tenant, two switches would send its frames to each
    // other.
    RefreshAt(*first, keys);
    first->Barrier([this, keys, tenant, left] {
        Refresh(keys, FindReady(tenant.vtep));
        NotifyLeft(tenant, left);
    });
}

void
OpenflowControllerInstance::NotifyLeft(const OpenflowTenant& tenant, Ipv4Address left)
{
    // Frames between neighbours are the bridge's behind the switch: nothing misses a flow there, so
    // none would ever be asked for, and the bridge goes on sending to the port that was left.
    OpenflowSwitchSession* session = FindReady(left);
    const OpenflowTenant* now = m_knowledge.FindTenant(tenant.vni, tenant.mac);
    if (session && now && now->vtep != left && m_knowledge.GetVteps(tenant.vni).count(left) != 0)
    {
        session->Ask({OpenflowFlowKey::Kind::DESTINATION, tenant.vni, tenant.mac});
    }
}

void
OpenflowControllerInstance::RemoveTenant(uint32_t vni, Mac48Address mac)
{
    const OpenflowTenant* tenant = m_knowledge.FindTenant(vni, mac);
    if (tenant)
    {
        const std::vector<OpenflowFlowKey> keys = GetKeys(*tenant);
        m_knowledge.RemoveTenant(vni, mac);
        Refresh(keys, nullptr);
    }
}

void
OpenflowControllerInstance::SetService(const OpenflowService& service)
{
    m_knowledge.SetService(service);
    Refresh(
        {{OpenflowFlowKey::Kind::DESTINATION, service.vni, service.mac},
         {OpenflowFlowKey::Kind::ARP, service.vni, Mac48Address("00:00:00:00:00:00"), service.ip}},
        nullptr);
}

} // namespace ns3
