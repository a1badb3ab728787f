// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4, §4.3, §5; RFC 2890; RFC 7637 §3.2.
#include "ns3/vxlan-endpoint.h"

#include "ns3/gre-header.h"
#include "ns3/ip-sizes.h"
#include "ns3/ipv4-end-point.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-route.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/socket.h"
#include "ns3/udp-header.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/vxlan-flood-tag.h"

#include <algorithm>

namespace ns3
{

NS_LOG_CLASS_DEFINE(VxlanEndpoint);
NS_OBJECT_ENSURE_REGISTERED(VxlanEndpoint);

TypeId
VxlanEndpoint::GetTypeId()
{
    static TypeId tid = ProtocolTraces::AddTo(TypeId("ns3::VxlanEndpoint")
                                                  .SetParent<Object>()
                                                  .SetGroupName("VxlanMulticast")
                                                  .AddConstructor<VxlanEndpoint>(),
                                              &VxlanEndpoint::m_traces,
                                              {"VXLAN header and inner frame", "learn, move, age"});
    return tid;
}

Ptr<VxlanEndpoint>
VxlanEndpoint::Get(Ptr<Node> node)
{
    Ptr<VxlanEndpoint> endpoint = node->GetObject<VxlanEndpoint>();
    if (!endpoint)
    {
        endpoint = CreateObject<VxlanEndpoint>();
        node->AggregateObject(endpoint);
    }
    return endpoint;
}

VxlanEndpoint::VxlanEndpoint() = default;
VxlanEndpoint::~VxlanEndpoint() = default;

void
VxlanEndpoint::NotifyNewAggregate()
{
    if (!m_node)
    {
        m_node = GetObject<Node>();
    }
    Object::NotifyNewAggregate();
}

const Ptr<Ipv4>&
VxlanEndpoint::GetIpv4() const
{
    if (!m_ipv4)
    {
        m_ipv4 = m_node->GetObject<Ipv4>();
    }
    return m_ipv4;
}

void
VxlanEndpoint::DoDispose()
{
    for (auto& [key, port] : m_ports)
    {
        if (port.endPoint != nullptr) // UDP's own, which it deletes
        {
            port.endPoint->SetDestroyCallback(MakeNullCallback<void>());
            port.endPoint->SetRxCallback(
                MakeNullCallback<void, Ptr<Packet>, Ipv4Header, uint16_t, Ptr<Ipv4Interface>>());
        }
    }
    m_gre ? m_gre->SetReceiver(nullptr, {}) : void();
    m_gre = nullptr;
    m_ports.clear();
    m_memberships.clear();
    m_sources.clear();
    m_stopped.clear();
    m_hook = nullptr;
    m_sourceHook = nullptr;
    m_node = nullptr;
    m_ipv4 = nullptr;
    Object::DoDispose();
}

void
VxlanEndpoint::SetSourceHook(SourceHook hook)
{
    m_sourceHook = std::move(hook);
}

void
VxlanEndpoint::SetMembershipHook(MembershipHook hook)
{
    m_hook = std::move(hook);
}

VxlanEndpoint::PortKey
VxlanEndpoint::MakeKey(VxlanEncapsulationType type, uint16_t port)
{
    return {type, type == VxlanEncapsulationType::VXLAN ? port : 0};
}

bool
VxlanEndpoint::Register(VxlanSegment* segment, uint16_t port, VxlanEncapsulationType type)
{
    Port& shared = m_ports[MakeKey(type, port)];
    if (type != VxlanEncapsulationType::VXLAN)
    {
        OpenGre();
    }
    else if (shared.endPoint == nullptr)
    {
        Open(port, shared);
    }
    return shared.segments.emplace(segment->GetVni(), segment).second;
}

void
VxlanEndpoint::Unregister(uint16_t port, uint32_t vni, VxlanEncapsulationType type)
{
    auto it = m_ports.find(MakeKey(type, port));
    if (it != m_ports.end())
    {
        it->second.segments.erase(vni);
    }
}

VxlanSegment*
VxlanEndpoint::Find(uint16_t port, uint32_t vni, VxlanEncapsulationType type) const
{
    auto shared = m_ports.find(MakeKey(type, port));
    if (shared == m_ports.end())
    {
        return nullptr;
    }
    auto segment = shared->second.segments.find(vni);
    return segment == shared->second.segments.end() ? nullptr : segment->second;
}

std::vector<VxlanSegment*>
VxlanEndpoint::GetSegments() const
{
    std::vector<VxlanSegment*> segments;
    for (const auto& [key, port] : m_ports)
    {
        const auto first = static_cast<std::ptrdiff_t>(segments.size());
        for (const auto& [vni, segment] : port.segments)
        {
            segments.push_back(segment);
        }
        std::sort(
            segments.begin() + first,
            segments.end(),
            [](const VxlanSegment* a, const VxlanSegment* b) { return a->GetVni() < b->GetVni(); });
    }
    return segments;
}

void
VxlanEndpoint::Open(uint16_t number, Port& port)
{
    // Of any address: an end point of a group would take that group's packets from the others. No
    // socket stands between, for its queue, tags and addresses would only be taken off again.
    port.endPoint = m_node->GetObject<UdpL4Protocol>()->Allocate(nullptr, number);
    if (port.endPoint == nullptr)
    {
        NS_LOG_WARN("UDP port " << number << " is another's, VXLAN receives nothing there");
        return;
    }
    port.endPoint->SetDestroyCallback([&port] { port.endPoint = nullptr; });
    port.endPoint->SetRxCallback(
        [this,
         &port](Ptr<Packet> packet, Ipv4Header header, uint16_t, Ptr<Ipv4Interface> interface) {
            Receive(packet, header, GetInterface(interface->GetDevice()), port);
        });
}

void
VxlanEndpoint::OpenGre()
{
    if (m_gre)
    {
        return;
    }
    m_gre = Ipv4ProtocolReceiver::Install(
        GetIpv4(),
        GreFields::PROTOCOL,
        [this](Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface) {
            ReceiveGre(packet, header, interface);
        });
}

uint32_t
VxlanEndpoint::GetInterface(Ptr<NetDevice> device) const
{
    return static_cast<uint32_t>(GetIpv4()->GetInterfaceForDevice(device));
}

void
VxlanEndpoint::Join(Ipv4Address group, Ptr<NetDevice> underlay)
{
    const uint32_t interface = GetInterface(underlay);
    if (m_memberships[{group, interface}]++ == 0 && m_hook)
    {
        m_hook(interface, group, true);
    }
}

void
VxlanEndpoint::Leave(Ipv4Address group, Ptr<NetDevice> underlay)
{
    const uint32_t interface = GetInterface(underlay);
    auto it = m_memberships.find({group, interface});
    if (it == m_memberships.end() || --it->second != 0)
    {
        return;
    }
    m_memberships.erase(it);
    if (m_hook && !m_crashing)
    {
        m_hook(interface, group, false);
    }
}

void
VxlanEndpoint::JoinSource(Ipv4Address group, Ipv4Address source, Ptr<NetDevice> underlay)
{
    const uint32_t interface = GetInterface(underlay);
    if (m_sources[{group, interface}][source]++ == 0)
    {
        NotifySources(group, interface);
    }
}

void
VxlanEndpoint::LeaveSource(Ipv4Address group, Ipv4Address source, Ptr<NetDevice> underlay)
{
    const uint32_t interface = GetInterface(underlay);
    const auto sources = m_sources.find({group, interface});
    if (sources == m_sources.end())
    {
        return;
    }
    const auto it = sources->second.find(source);
    if (it == sources->second.end() || --it->second != 0)
    {
        return;
    }
    sources->second.erase(it);
    if (sources->second.empty())
    {
        m_sources.erase(sources);
    }
    if (!m_crashing)
    {
        NotifySources(group, interface);
    }
}

void
VxlanEndpoint::NotifySources(Ipv4Address group, uint32_t interface) const
{
    std::set<Ipv4Address> wanted;
    const auto sources = m_sources.find({group, interface});
    if (sources != m_sources.end())
    {
        for (const auto& [source, devices] : sources->second)
        {
            wanted.insert(source);
        }
    }
    if (m_sourceHook)
    {
        m_sourceHook(interface, group, wanted);
    }
}

bool
VxlanEndpoint::IsMember(Ipv4Address group) const
{
    const auto has = [group](const auto& memberships) {
        const auto it = memberships.lower_bound({group, 0});
        return it != memberships.end() && it->first.first == group;
    };
    return has(m_memberships) || has(m_sources);
}

bool
VxlanEndpoint::IsMember(Ipv4Address group, uint32_t interface) const
{
    return m_memberships.count({group, interface}) != 0 || m_sources.count({group, interface}) != 0;
}

bool
VxlanEndpoint::IsOwnAddress(Ipv4Address address) const
{
    return GetIpv4()->GetInterfaceForAddress(address) >= 0;
}

Ptr<Ipv4Route>
VxlanEndpoint::RouteThrough(Ptr<NetDevice> device, Ipv4Address group) const
{
    Ptr<Ipv4> ipv4 = GetIpv4();
    const int32_t number = device ? ipv4->GetInterfaceForDevice(device) : -1;
    const auto interface = static_cast<uint32_t>(number);
    if (number < 0 || !ipv4->IsUp(interface) || ipv4->GetNAddresses(interface) == 0)
    {
        return nullptr;
    }
    Ptr<Ipv4Route> route = Create<Ipv4Route>();
    route->SetSource(ipv4->GetAddress(interface, 0).GetLocal());
    route->SetDestination(group);
    route->SetGateway(Ipv4Address::GetAny());
    route->SetOutputDevice(device);
    return route;
}

Ptr<Ipv4Route>
VxlanEndpoint::Route(const VxlanTunnel& tunnel) const
{
    Ptr<Ipv4> ipv4 = GetIpv4();
    Ipv4Header header;
    header.SetSource(tunnel.source);
    header.SetDestination(tunnel.destination);
    header.SetProtocol(GetVxlanEncapsulation(tunnel.encapsulation).GetProtocol());
    // Routing spreads flows by the ports that it sees at the packet's front.
    const uint8_t ports[4] = {static_cast<uint8_t>(tunnel.sourcePort >> 8),
                              static_cast<uint8_t>(tunnel.sourcePort),
                              static_cast<uint8_t>(tunnel.destinationPort >> 8),
                              static_cast<uint8_t>(tunnel.destinationPort)};
    Socket::SocketErrno error = Socket::ERROR_NOTERROR;
    const bool group = tunnel.destination.IsMulticast();
    Ptr<Ipv4Route> route = ipv4->GetRoutingProtocol()->RouteOutput(
        Create<Packet>(ports, 4), header, group ? tunnel.device : nullptr, error);
    return route || !group ? route : RouteThrough(tunnel.device, tunnel.destination);
}

void
VxlanEndpoint::Send(Ptr<const Packet> frame, uint32_t vni, const VxlanTunnel& tunnel)
{
    const VxlanEncapsulation& encapsulation = GetVxlanEncapsulation(tunnel.encapsulation);
    const bool isUdp = encapsulation.GetProtocol() == UdpL4Protocol::PROT_NUMBER;
    Ptr<Packet> packet = frame->Copy();
    encapsulation.AddHeader(packet, vni, tunnel.hash);

    Ptr<Ipv4Route> route = Route(tunnel);
    if (!route)
    {
        ReportDrop(packet, 0, VxlanDropReason::NO_ROUTE);
        return;
    }
    Ptr<Ipv4> ipv4 = GetIpv4();
    Ptr<NetDevice> out = route->GetOutputDevice();
    const auto interface = static_cast<uint32_t>(ipv4->GetInterfaceForDevice(out));
    // On a router, a group's packets leave by the loopback device first.
    const bool isGroup = tunnel.destination.IsMulticast() && tunnel.device;
    const uint16_t mtu = isGroup ? std::min(out->GetMtu(), tunnel.device->GetMtu()) : out->GetMtu();
    if (packet->GetSize() + (isUdp ? UDP_HEADER_SIZE : 0) + IPV4_HEADER_SIZE > mtu)
    {
        ReportDrop(packet, interface, VxlanDropReason::MTU);
        return;
    }
    m_traces.NotifyTx(packet, interface);
    const Ipv4Address source = tunnel.source.IsAny() ? route->GetSource() : tunnel.source;
    SocketIpTtlTag ttl;
    ttl.SetTtl(tunnel.ttl != 0 ? tunnel.ttl : (tunnel.destination.IsMulticast() ? 1 : 64));
    packet->ReplacePacketTag(ttl);
    if (!isUdp)
    {
        ipv4->Send(packet, source, tunnel.destination, encapsulation.GetProtocol(), route);
        return;
    }
    m_node->GetObject<UdpL4Protocol>()->Send(
        packet, source, tunnel.destination, tunnel.sourcePort, tunnel.destinationPort, route);
}

void
VxlanEndpoint::Receive(Ptr<Packet> packet,
                       const Ipv4Header& header,
                       uint32_t interface,
                       const Port& port)
{
    // On a router the group's packets pass by on other interfaces, too.
    const Ipv4Address destination = header.GetDestination();
    if (destination.IsMulticast() && !IsMember(destination, interface))
    {
        return;
    }
    SocketPriorityTag priority; // the outer packet's; the inner frame has a way of its own
    packet->RemovePacketTag(priority);
    m_traces.NotifyRx(packet, interface);
    Ptr<Packet> frame = packet->Copy();
    uint32_t vni = 0;
    const std::string error =
        GetVxlanEncapsulation(VxlanEncapsulationType::VXLAN).RemoveHeader(frame, vni);
    if (!error.empty())
    {
        ReportDrop(packet, interface, error);
        return;
    }
    const auto segment = port.segments.find(vni);
    Deliver(packet,
            frame,
            header.GetSource(),
            interface,
            segment == port.segments.end() ? nullptr : segment->second);
}

void
VxlanEndpoint::ReceiveGre(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    if (header.GetDestination().IsMulticast() && !IsMember(header.GetDestination(), interface))
    {
        return;
    }
    m_traces.NotifyRx(packet, interface);
    // Nothing in a packet tells one from the other: a key that is a VNI of GRE is taken for it.
    Ptr<Packet> frame;
    VxlanSegment* segment = nullptr;
    for (VxlanEncapsulationType type : {VxlanEncapsulationType::GRE, VxlanEncapsulationType::NVGRE})
    {
        const auto port = m_ports.find(MakeKey(type, 0));
        if (segment || port == m_ports.end())
        {
            continue;
        }
        frame = packet->Copy();
        uint32_t vni = 0;
        const std::string error = GetVxlanEncapsulation(type).RemoveHeader(frame, vni);
        if (!error.empty())
        {
            ReportDrop(packet, interface, error);
            return;
        }
        const auto found = port->second.segments.find(vni);
        segment = found == port->second.segments.end() ? nullptr : found->second;
    }
    Deliver(packet, frame, header.GetSource(), interface, segment);
}

void
VxlanEndpoint::Deliver(Ptr<const Packet> packet,
                       Ptr<Packet> frame,
                       Ipv4Address from,
                       uint32_t interface,
                       VxlanSegment* segment)
{
    if (IsOwnAddress(from))
    {
        ReportDrop(packet, interface, VxlanDropReason::OWN_PACKET);
        return;
    }
    if (!segment)
    {
        ReportDrop(packet, interface, VxlanDropReason::UNKNOWN_VNI);
        return;
    }
    ClearFloodMark(frame);
    if (const auto refusal = segment->ReceiveFrame(frame, from))
    {
        ReportDrop(packet, interface, *refusal);
    }
}

void
VxlanEndpoint::Stop()
{
    m_crashing = true;
    m_stopped = GetSegments();
    for (VxlanSegment* segment : m_stopped)
    {
        segment->Stop();
    }
    m_memberships.clear();
    m_crashing = false;
}

void
VxlanEndpoint::Start()
{
    const std::vector<VxlanSegment*> stopped = std::move(m_stopped);
    m_stopped.clear();
    for (VxlanSegment* segment : stopped)
    {
        segment->Start();
    }
}

const std::map<std::string, uint64_t>&
VxlanEndpoint::GetDrops() const
{
    return m_traces.GetDrops();
}

uint64_t
VxlanEndpoint::GetUnwanted() const
{
    const auto it = GetDrops().find(EnumName(VxlanDropReason::UNKNOWN_VNI));
    return it == GetDrops().end() ? 0 : it->second;
}

ProtocolClock&
VxlanEndpoint::GetClock()
{
    return m_clock;
}

void
VxlanEndpoint::ReportDrop(Ptr<const Packet> packet, uint32_t interface, VxlanDropReason reason)
{
    m_traces.NotifyDrop(packet, interface, EnumName(reason));
}

void
VxlanEndpoint::ReportDrop(Ptr<const Packet> packet, uint32_t interface, const std::string& reason)
{
    m_traces.NotifyDrop(packet, interface, reason);
}

void
VxlanEndpoint::ReportEvent(VxlanEvent event, const std::string& detail)
{
    m_traces.NotifyEvent(EnumName(event), detail);
}

void
VxlanEndpoint::ReportEvent(const std::string& event, const std::string& detail)
{
    m_traces.NotifyEvent(event, detail);
}

} // namespace ns3
