// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-protocol.h"

#include "ns3/node.h"
#include "ns3/printed.h"
#include "ns3/tcp-ttl-guard.h"
#include "ns3/vxlan-net-device.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{

NS_LOG_CLASS_DEFINE(EvpnProtocol);

void
EvpnVni::SetRemoteMac(Mac48Address mac, Ipv4Address vtep)
{
    device->SetRemoteMac(mac, vtep);
}

void
EvpnVni::RemoveRemoteMac(Mac48Address mac)
{
    device->RemoveRemoteMac(mac);
}

void
EvpnVni::AddFloodVtep(Ipv4Address vtep)
{
    device->AddFloodVtep(vtep);
}

void
EvpnVni::RemoveFloodVtep(Ipv4Address vtep)
{
    device->RemoveFloodVtep(vtep);
}

void
EvpnVni::ForgetLocalMac(Mac48Address mac)
{
    locals.erase(mac);
    device->ForgetLocalMac(mac);
}

EvpnProtocol::EvpnProtocol()
    : TracedEnvironment(m_traces),
      m_underlayTimer(m_clock, [this] {
          if (m_instance)
          {
              m_instance->UnderlayChanged();
          }
      })
{
}

EvpnProtocol::~EvpnProtocol() = default;

void
EvpnProtocol::NotifyNewAggregate()
{
    Object::NotifyNewAggregate();
    if (!m_ipv4)
    {
        m_ipv4 = GetObject<Ipv4>();
    }
}

void
EvpnProtocol::DoInitialize()
{
    Object::DoInitialize();
    Start();
}

void
EvpnProtocol::DoDispose()
{
    if (m_connections)
    {
        m_connections->Abandon(); // the stack may be gone already
    }
    Stop();
    m_vnis.clear();
    m_ipv4 = nullptr;
    Object::DoDispose();
}

void
EvpnProtocol::AddPeer(const EvpnPeerConfig& peer)
{
    if (peer.address.IsAny() || peer.address.IsMulticast() || peer.address.IsBroadcast() ||
        peer.address.IsLocalhost())
    {
        throw std::invalid_argument(ToText(peer.address) + " is no address of a BGP peer");
    }
    m_peers.push_back(peer);
    Do([peer](EvpnInstance& instance) { instance.AddPeer(peer); });
}

void
EvpnProtocol::RemovePeer(Ipv4Address address)
{
    m_peers.erase(
        std::remove_if(m_peers.begin(),
                       m_peers.end(),
                       [&](const EvpnPeerConfig& peer) { return peer.address == address; }),
        m_peers.end());
    Do([address](EvpnInstance& instance) { instance.RemovePeer(address); });
}

Ipv4Address
EvpnProtocol::GetRouterId() const
{
    if (m_instance)
    {
        return m_instance->GetConfig().routerId;
    }
    if (!m_config.routerId.IsAny() || !m_ipv4)
    {
        return m_config.routerId;
    }
    Ipv4Address highest = Ipv4Address::GetAny();
    for (uint32_t i = 0; i < m_ipv4->GetNInterfaces(); ++i)
    {
        // Addresses of VXLAN devices are tenants'.
        const bool isUnderlay = !DynamicCast<VxlanNetDevice>(m_ipv4->GetNetDevice(i));
        for (uint32_t j = 0; isUnderlay && j < m_ipv4->GetNAddresses(i); ++j)
        {
            const Ipv4Address address = m_ipv4->GetAddress(i, j).GetLocal();
            if (!address.IsLocalhost() && highest < address)
            {
                highest = address;
            }
        }
    }
    return highest;
}

void
EvpnProtocol::Start()
{
    if (m_instance || !m_ipv4)
    {
        return;
    }
    if (!m_rib)
    {
        m_rib = FindUnicastRib(m_ipv4);
        if (m_rib)
        {
            m_rib->AddChangeListener([this] { UnderlayChanged(); });
        }
    }
    BgpConnectionListener& listener = *this;
    EvpnEnvironment& environment = *this;
    EvpnConfig config = m_config;
    config.routerId = GetRouterId();
    m_connections =
        std::make_unique<BgpConnections>(m_ipv4->GetObject<Node>(),
                                         m_clock,
                                         listener,
                                         m_config.bgp.ttlSecurity != 0 ? TcpTtlGuard::TTL : 0);
    GuardTtl(m_config.bgp.ttlSecurity);
    m_instance = std::make_unique<EvpnInstance>(environment, config);
    for (const auto& [number, vni] : m_vnis)
    {
        m_instance->AddVni(vni.config);
        for (const auto& [mac, local] : vni.locals)
        {
            m_instance->LocalMac(number, mac, Ipv4Address::GetAny(), local.isSticky);
            for (Ipv4Address ip : local.ips)
            {
                m_instance->LocalMac(number, mac, ip, local.isSticky);
            }
        }
    }
    for (const EvpnPeerConfig& peer : m_peers)
    {
        m_instance->AddPeer(peer);
    }
}

void
EvpnProtocol::GuardTtl(uint8_t hops)
{
    m_guard = hops != 0 ? TcpTtlGuard::Install(m_ipv4) : nullptr;
    if (m_guard)
    {
        m_guard->Guard(
            BgpConnections::PORT, hops, [this](Ptr<const Packet> packet, uint32_t interface) {
                m_traces.NotifyDrop(packet, interface, "ttl");
            });
    }
}

void
EvpnProtocol::Stop()
{
    m_deferred.clear();
    m_isHanging = false;
    m_underlayTimer.Cancel();
    m_connections.reset();
    m_instance.reset();
    if (m_guard)
    {
        m_guard->Release(BgpConnections::PORT);
        m_guard = nullptr;
    }
    m_clock.Resume();
}

void
EvpnProtocol::SetHanging(bool isHanging)
{
    if (!m_instance || isHanging == m_isHanging)
    {
        return;
    }
    m_isHanging = isHanging;
    if (isHanging)
    {
        m_clock.Pause();
        m_connections->SetPaused(true);
        return;
    }
    // A continued process finds its timers expired and its sockets readable, all at once.
    m_clock.Resume();
    m_connections->SetPaused(false);
    std::vector<std::function<void()>> deferred;
    deferred.swap(m_deferred);
    for (const auto& action : deferred)
    {
        action();
    }
}

bool
EvpnProtocol::IsRunning() const
{
    return m_instance != nullptr;
}

bool
EvpnProtocol::IsHanging() const
{
    return m_isHanging;
}

const EvpnInstance&
EvpnProtocol::GetInstance() const
{
    return *m_instance;
}

void
EvpnProtocol::AttachVni(const EvpnVniConfig& config, EvpnVtepTables& tables)
{
    EvpnVni& vni = m_vnis[config.vni];
    vni.config = config;
    if (vni.config.vtep.IsAny())
    {
        vni.config.vtep = GetRouterId();
    }
    vni.device = &tables;
    Do([copy = vni.config](EvpnInstance& instance) { instance.AddVni(copy); });
}

void
EvpnProtocol::DetachVni(uint32_t vni)
{
    // The tables are gone after this call, even while hanging.
    if (m_instance)
    {
        m_instance->RemoveVni(vni);
    }
    m_vnis.erase(vni);
}

void
EvpnProtocol::LocalMac(uint32_t vni, Mac48Address mac, Ipv4Address ip, bool isSticky)
{
    const auto it = m_vnis.find(vni);
    if (it == m_vnis.end())
    {
        return;
    }
    EvpnVni::Local& local = it->second.locals[mac];
    local.isSticky = isSticky;
    if (!ip.IsAny())
    {
        local.ips.insert(ip);
    }
    Do([=](EvpnInstance& instance) { instance.LocalMac(vni, mac, ip, isSticky); });
}

void
EvpnProtocol::LocalMacGone(uint32_t vni, Mac48Address mac)
{
    const auto it = m_vnis.find(vni);
    if (it != m_vnis.end())
    {
        it->second.locals.erase(mac);
        Do([=](EvpnInstance& instance) { instance.LocalMacGone(vni, mac); });
    }
}

void
EvpnProtocol::ClearDuplicate(uint32_t vni, Mac48Address mac)
{
    Do([=](EvpnInstance& instance) { instance.ClearDuplicate(vni, mac); });
}

std::optional<EvpnNeighbor>
EvpnProtocol::FindNeighbor(uint32_t vni, Ipv4Address ip) const
{
    const EvpnMacVrf* vrf = m_instance ? m_instance->FindVrf(vni) : nullptr;
    return vrf ? vrf->FindNeighbor(ip) : std::nullopt;
}

const std::map<Ipv4Address, BgpMessageCounts>&
EvpnProtocol::GetPeerMessageCounts() const
{
    return m_counts;
}

ControlMessageCounts
EvpnProtocol::GetMessageCounts() const
{
    ControlMessageCounts all;
    for (const auto& [address, counts] : m_counts)
    {
        const std::string peer = ToText(address);
        for (bool isSent : {true, false})
        {
            const auto& byType = isSent ? counts.sent : counts.received;
            for (std::size_t i = 0; i < byType.size(); ++i)
            {
                if (byType[i].messages != 0)
                {
                    const auto type = static_cast<BgpMessage::Type>(i + 1);
                    all[{peer, "bgp", isSent, ToString(type)}] = byType[i];
                }
            }
        }
    }
    return all;
}

const std::map<std::string, uint64_t>&
EvpnProtocol::GetDrops() const
{
    return m_traces.GetDrops();
}

const EvpnConfig&
EvpnProtocol::GetConfig() const
{
    return m_config;
}

void
EvpnProtocol::SetHoldTime(Time holdTime)
{
    if (!holdTime.IsZero() && (holdTime < Seconds(3) || holdTime > Seconds(65535)))
    {
        throw std::invalid_argument("HoldTime is 0, or 3 s to 65535 s (RFC 4271 §4.2)");
    }
    m_config.bgp.holdTime = holdTime;
}

Time
EvpnProtocol::GetHoldTime() const
{
    return m_config.bgp.holdTime;
}

Ipv4Address
EvpnProtocol::GetSourceAddress() const
{
    if (!m_localAddress.IsAny())
    {
        return m_localAddress;
    }
    // Peers know this speaker by its router id, if that is an address.
    const Ipv4Address routerId = GetRouterId();
    return m_ipv4->GetInterfaceForAddress(routerId) >= 0 ? routerId : Ipv4Address::GetAny();
}

uint32_t
EvpnProtocol::GetInterface() const
{
    const int32_t interface = m_ipv4 ? m_ipv4->GetInterfaceForAddress(GetSourceAddress()) : -1;
    return interface < 0 ? 0 : static_cast<uint32_t>(interface);
}

void
EvpnProtocol::UnderlayChanged()
{
    if (m_instance && !m_underlayTimer.IsRunning())
    {
        m_underlayTimer.Start(Seconds(0));
    }
}

void
EvpnProtocol::Do(std::function<void(EvpnInstance&)> action)
{
    if (!m_instance)
    {
        return;
    }
    if (m_isHanging)
    {
        m_deferred.push_back([this, action = std::move(action)] { action(*m_instance); });
        return;
    }
    action(*m_instance);
}

ProtocolClock&
EvpnProtocol::GetClock()
{
    return m_clock;
}

uint64_t
EvpnProtocol::OpenConnection(Ipv4Address peer)
{
    return m_connections->Open(peer, GetSourceAddress());
}

void
EvpnProtocol::CloseConnection(uint64_t connection)
{
    m_connections->Close(connection);
}

void
EvpnProtocol::Send(uint64_t connection, Ipv4Address peer, const std::vector<uint8_t>& message)
{
    auto& count = m_counts[peer].sent[message[BgpMessage::HEADER_SIZE - 1] - 1];
    ++count.messages;
    count.bytes += message.size();
    if (m_traces.TracesTx())
    {
        m_traces.NotifyTx(Create<Packet>(message.data(), static_cast<uint32_t>(message.size())),
                          GetInterface());
    }
    m_connections->Send(connection, message);
}

std::optional<uint32_t>
EvpnProtocol::GetMetric(Ipv4Address destination) const
{
    if (!m_rib || m_ipv4->GetInterfaceForAddress(destination) >= 0)
    {
        return 0; // without a UnicastRib (a host with a default route) everything is taken as there
    }
    const UnicastRoute* route = m_rib->Lookup(destination);
    return route ? std::optional<uint32_t>(route->metric) : std::nullopt;
}

EvpnVtepTables&
EvpnProtocol::GetTables(uint32_t vni)
{
    return m_vnis.at(vni);
}

void
EvpnProtocol::ReportReceived(Ipv4Address peer, const std::vector<uint8_t>& message)
{
    const std::size_t at = BgpMessage::HEADER_SIZE - 1;
    const uint8_t type = message.size() > at ? message[at] : 0;
    if (type >= BgpMessage::OPEN && type <= BgpMessage::KEEPALIVE)
    {
        auto& count = m_counts[peer].received[type - 1];
        ++count.messages;
        count.bytes += message.size();
    }
    if (!m_traces.TracesRx())
    {
        m_traces.SetSubject({});
        return;
    }
    const Ptr<const Packet> packet =
        Create<Packet>(message.data(), static_cast<uint32_t>(message.size()));
    m_traces.NotifyRx(packet, GetInterface());
    m_traces.SetSubject({packet, GetInterface()});
}

void
EvpnProtocol::ConnectionAccepted(Ipv4Address peer, uint64_t connection)
{
    m_traces.SetSubject({nullptr, GetInterface()});
    m_instance->ConnectionAccepted(peer, connection);
}

void
EvpnProtocol::ConnectionOpened(Ipv4Address peer, uint64_t connection)
{
    m_instance->ConnectionOpened(peer, connection);
}

void
EvpnProtocol::ConnectionClosed(Ipv4Address peer, uint64_t connection)
{
    m_instance->ConnectionClosed(peer, connection);
}

void
EvpnProtocol::BytesReceived(Ipv4Address peer,
                            uint64_t connection,
                            const std::vector<uint8_t>& bytes)
{
    m_instance->Receive(peer, connection, bytes);
}

} // namespace ns3
