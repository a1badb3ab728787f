// SPDX-License-Identifier: GPL-2.0-only
// RFC 5881 §4 and §5: encapsulation. The datagram is sent on the session's link without a look-up
// of a route, so that it takes no other way than the one it tests.
#include "ns3/bfd-protocol.h"

#include "ns3/abort.h"
#include "ns3/inet-socket-address.h"
#include "ns3/ipv4-packet-info-tag.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/unicast-rib.h"
#include "ns3/wire-header.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(BfdProtocol);
NS_OBJECT_ENSURE_REGISTERED(BfdProtocol);

TypeId
BfdProtocol::GetTypeId()
{
    static TypeId tid =
        ProtocolTraces::AddTo(TypeId("ns3::BfdProtocol")
                                  .SetParent<Object>()
                                  .SetGroupName("VxlanMulticast")
                                  .AddConstructor<BfdProtocol>(),
                              &BfdProtocol::m_traces,
                              {"without its UDP header", "session-up, session-down"});
    return tid;
}

BfdProtocol::BfdProtocol()
    : TracedEnvironment(m_traces),
      m_sender(UdpL4Protocol::PROT_NUMBER)
{
}

BfdProtocol::~BfdProtocol() = default;

// ---- Settings ----

void
BfdProtocol::SetInterfaceSettings(uint32_t interface, const BfdInterfaceSettings& settings)
{
    settings.session.Check();
    m_settings[interface] = settings;
    for (const auto& [key, clients] : m_clients)
    {
        if (key.interface == interface && m_instance)
        {
            settings.enabled ? AddSession(key) : m_instance->Remove(key);
        }
    }
}

BfdInterfaceSettings
BfdProtocol::GetInterfaceSettings(uint32_t interface) const
{
    const auto it = m_settings.find(interface);
    return it == m_settings.end() ? BfdInterfaceSettings() : it->second;
}

void
BfdProtocol::EnableInterface(uint32_t interface, Time detectionTime)
{
    BfdInterfaceSettings settings = GetInterfaceSettings(interface);
    settings.enabled = true;
    const Time interval =
        MicroSeconds(detectionTime.GetMicroSeconds() / settings.session.detectMult);
    settings.session.desiredMinTx = interval;
    settings.session.requiredMinRx = interval;
    SetInterfaceSettings(interface, settings);
}

// ---- Life ----

void
BfdProtocol::NotifyNewAggregate()
{
    Object::NotifyNewAggregate();
    if (!m_ipv4)
    {
        m_ipv4 = GetObject<Ipv4>();
    }
}

void
BfdProtocol::DoInitialize()
{
    Object::DoInitialize();
    Start();
}

void
BfdProtocol::DoDispose()
{
    m_instance.reset();
    m_listeners.clear();
    if (m_socket)
    {
        m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
        m_socket = nullptr;
    }
    m_sender.SetIpv4(nullptr);
    m_ipv4 = nullptr;
    Object::DoDispose();
}

void
BfdProtocol::Start()
{
    if (m_instance || !m_ipv4)
    {
        return;
    }
    if (!m_followsInterfaces)
    {
        if (UnicastRib* rib = FindUnicastRib(m_ipv4))
        {
            rib->AddInterfaceListener(
                [this](uint32_t interface, bool up) { FollowInterface(interface, up); });
        }
        m_followsInterfaces = true;
    }
    m_sender.SetIpv4(m_ipv4);
    m_socket = Socket::CreateSocket(m_ipv4->GetObject<Node>(), UdpSocketFactory::GetTypeId());
    NS_ABORT_MSG_IF(m_socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), BfdPacket::PORT)) != 0,
                    "UDP port 3784 is taken");
    m_socket->SetRecvPktInfo(true);
    m_socket->SetIpRecvTtl(true);
    m_socket->SetRecvCallback(MakeCallback(&BfdProtocol::Read, this));
    m_instance = std::make_unique<BfdInstance>(static_cast<BfdEnvironment&>(*this));
    for (const auto& [key, clients] : m_clients)
    {
        AddSession(key);
    }
}

void
BfdProtocol::Stop()
{
    m_instance.reset();
    m_clock.Resume();
    if (m_socket)
    {
        m_socket->SetRecvCallback(MakeNullCallback<void, Ptr<Socket>>());
        m_socket->Close();
        m_socket = nullptr;
    }
}

void
BfdProtocol::SetHanging(bool hanging)
{
    if (!m_instance || hanging == m_clock.IsPaused())
    {
        return;
    }
    if (hanging)
    {
        m_clock.Pause();
        return;
    }
    m_clock.Resume();
    Read(m_socket);
}

bool
BfdProtocol::IsRunning() const
{
    return m_instance != nullptr;
}

const BfdInstance&
BfdProtocol::GetInstance() const
{
    NS_ABORT_MSG_UNLESS(m_instance, "BFD does not run on this node");
    return *m_instance;
}

const std::map<std::string, uint64_t>&
BfdProtocol::GetDrops() const
{
    return m_traces.GetDrops();
}

int64_t
BfdProtocol::AssignStreams(int64_t stream)
{
    return m_random.AssignStreams(stream);
}

void
BfdProtocol::FollowInterface(uint32_t interface, bool up)
{
    if (m_instance && !up)
    {
        m_instance->InterfaceDown(interface);
    }
}

// ---- NeighborLiveness ----

void
BfdProtocol::AddSession(const BfdSessionKey& key)
{
    const BfdInterfaceSettings settings = GetInterfaceSettings(key.interface);
    if (m_instance && settings.enabled)
    {
        m_instance->Add(key, settings.session);
    }
}

void
BfdProtocol::Watch(const std::string& client, uint32_t interface, Ipv4Address neighbor)
{
    const BfdSessionKey key{interface, neighbor};
    std::set<std::string>& clients = m_clients[key];
    clients.insert(client);
    AddSession(key);
}

void
BfdProtocol::Unwatch(const std::string& client, uint32_t interface, Ipv4Address neighbor)
{
    const auto it = m_clients.find({interface, neighbor});
    if (it == m_clients.end() || it->second.erase(client) == 0 || !it->second.empty())
    {
        return;
    }
    const BfdSessionKey key = it->first;
    m_clients.erase(it);
    if (m_instance)
    {
        m_instance->Remove(key);
    }
}

void
BfdProtocol::UnwatchAll(const std::string& client)
{
    const auto all = m_clients;
    for (const auto& [key, clients] : all)
    {
        Unwatch(client, key.interface, key.neighbor);
    }
}

void
BfdProtocol::AddDownListener(DownListener listener)
{
    m_listeners.push_back(std::move(listener));
}

// ---- Packets ----

void
BfdProtocol::Read(Ptr<Socket> socket)
{
    Address from;
    while (m_instance && !m_clock.IsPaused())
    {
        Ptr<Packet> packet = socket->RecvFrom(from);
        if (!packet)
        {
            return;
        }
        Receive(packet, InetSocketAddress::ConvertFrom(from).GetIpv4());
    }
}

void
BfdProtocol::Receive(Ptr<Packet> packet, Ipv4Address source)
{
    Ipv4PacketInfoTag info;
    packet->RemovePacketTag(info);
    SocketIpTtlTag ttl;
    packet->RemovePacketTag(ttl);
    const int32_t found =
        m_ipv4->GetInterfaceForDevice(m_ipv4->GetObject<Node>()->GetDevice(info.GetRecvIf()));
    const uint32_t interface = found < 0 ? 0 : static_cast<uint32_t>(found);
    m_traces.NotifyRx(packet, interface);
    m_traces.SetSubject({packet, interface});
    BfdPacket message;
    const std::string error = FromPacket(packet, message);
    if (error.empty())
    {
        m_instance->Receive(interface, source, ttl.GetTtl(), message);
    }
    else
    {
        ReportDrop(error);
    }
    m_traces.SetSubject({});
}

void
BfdProtocol::Send(const BfdSessionKey& session, uint16_t sourcePort, const BfdPacket& packet)
{
    if (!m_ipv4->IsUp(session.interface) || m_ipv4->GetNAddresses(session.interface) == 0)
    {
        return;
    }
    Ptr<Packet> bytes = ToPacket(packet);
    m_traces.NotifyTx(bytes, session.interface);
    const Ipv4Address source = m_ipv4->GetAddress(session.interface, 0).GetLocal();
    Ptr<Packet> datagram = bytes->Copy();
    UdpHeader udp;
    if (Node::ChecksumEnabled())
    {
        udp.EnableChecksums();
        udp.InitializeChecksum(source, session.neighbor, UdpL4Protocol::PROT_NUMBER);
    }
    udp.SetSourcePort(sourcePort);
    udp.SetDestinationPort(BfdPacket::PORT);
    datagram->AddHeader(udp);
    m_sender.SendOnInterface(datagram, session.interface, source, session.neighbor, BfdPacket::TTL);
}

// ---- BfdEnvironment ----

ProtocolClock&
BfdProtocol::GetClock()
{
    return m_clock;
}

ProtocolRandom&
BfdProtocol::GetRandom()
{
    return m_random;
}

void
BfdProtocol::NeighborDown(const BfdSessionKey& session)
{
    const std::vector<DownListener> listeners = m_listeners;
    for (const DownListener& listener : listeners)
    {
        listener(session.interface, session.neighbor);
    }
}

std::string
BfdProtocol::GetInterfaceName(uint32_t interface) const
{
    const std::string name = Names::FindName(m_ipv4->GetNetDevice(interface));
    return name.empty() ? std::to_string(interface) : name;
}

} // namespace ns3
