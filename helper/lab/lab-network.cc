// SPDX-License-Identifier: GPL-2.0-only
// Nodes, links and interfaces; what protocols do on them is in lab-protocols.cc.
#include "ns3/lab-network.h"

#include "ns3/arp-cache.h"
#include "ns3/arp-l3-protocol.h"
#include "ns3/bfd-protocol.h"
#include "ns3/boolean.h"
#include "ns3/cable-channel.h"
#include "ns3/cable-device.h"
#include "ns3/control-planes.h"
#include "ns3/data-rate.h"
#include "ns3/evpn-protocol.h"
#include "ns3/icmpv4-l4-protocol.h"
#include "ns3/igmp-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/mac48-address.h"
#include "ns3/map-server.h"
#include "ns3/map-xtr.h"
#include "ns3/msdp-protocol.h"
#include "ns3/names.h"
#include "ns3/on-demand-routing.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-switch.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/string.h"
#include "ns3/switched-lan-channel.h"
#include "ns3/switched-lan-device.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/uinteger.h"
#include "ns3/virtual-net-device.h"
#include "ns3/vtep-interface.h"
#include "ns3/vxlan-helper.h"

#include <algorithm>
#include <limits>

namespace ns3
{

namespace
{

// Random streams: fixed, so that one node's draws do not depend on how many others there are.
constexpr int64_t STREAMS_OF_NODES = 1;
constexpr int64_t STREAMS_PER_NODE = 100;

const QueueSize QUEUE_SIZE(QueueSizeUnit::PACKETS, 10000);

} // namespace

LabNode::LabNode() = default;
LabNode::LabNode(const LabNode& other) = default;
LabNode::LabNode(LabNode&& other) noexcept = default;
LabNode& LabNode::operator=(const LabNode& other) = default;
LabNode& LabNode::operator=(LabNode&& other) noexcept = default;
LabNode::~LabNode() = default;

LabNetwork::LabNetwork(const TopologyGraph& graph, const LabSettings& settings)
    : m_graph(graph),
      m_settings(settings),
      m_devices(graph.attachments.size()),
      m_interfaces(graph.attachments.size()),
      m_loopbacks(graph.nodes.size())
{
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        m_index[graph.nodes[i].name] = i;
        m_nodes.emplace_back();
        AddStack(m_nodes.back(), graph.nodes[i]);
    }
    AddNetworks();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        const ScopedAttributes scope(m_settings.nodes[graph.nodes[i].name]);
        AddInterfaces(i);
        AddProtocols(i);
    }
    if (settings.staticUnderlay)
    {
        AddStaticRoutes();
    }
    AssignStreams();
}

LabNetwork::~LabNetwork() = default;

const TopologyGraph&
LabNetwork::GetGraph() const
{
    return m_graph;
}

std::vector<LabNode>&
LabNetwork::GetNodes()
{
    return m_nodes;
}

const std::vector<LabNode>&
LabNetwork::GetNodes() const
{
    return m_nodes;
}

LabNode&
LabNetwork::GetNode(const std::string& name)
{
    return m_nodes[m_index.at(name)];
}

const LabNode&
LabNetwork::GetNode(const std::string& name) const
{
    return m_nodes[m_index.at(name)];
}

Ptr<NetDevice>
LabNetwork::GetDevice(std::size_t attachment) const
{
    return m_devices[attachment];
}

uint32_t
LabNetwork::GetInterface(const LabNode& node, const std::string& name) const
{
    return GetInterfaceOrFirst(node.node, name);
}

void
LabNetwork::AddStack(LabNode& lab, const TopologyNode& node)
{
    const ScopedAttributes scope(m_settings.nodes[node.name]);
    lab.name = node.name;
    lab.node = CreateObject<Node>();
    Names::Add(node.name, lab.node);
    Ptr<ArpL3Protocol> arp = CreateObject<ArpL3Protocol>();
    Ptr<TrafficControlLayer> trafficControl = CreateObject<TrafficControlLayer>();
    lab.node->AggregateObject(arp);
    lab.node->AggregateObject(CreateObject<Ipv4L3Protocol>());
    lab.node->AggregateObject(CreateObject<Icmpv4L4Protocol>());
    lab.node->AggregateObject(trafficControl);
    lab.node->AggregateObject(CreateObject<UdpL4Protocol>());
    arp->SetTrafficControl(trafficControl);
    lab.echo = IcmpEchoProtocol::Install(lab.node);
    lab.endpoint = VxlanEndpoint::Get(lab.node);
}

namespace
{

/** The hardware address 02:00 and the interface's IPv4 address: easy to read in captures. */
Mac48Address
MakeMacAddress(TopologyAddress address)
{
    const uint8_t bytes[6] = {0x02,
                              0x00,
                              static_cast<uint8_t>(address >> 24),
                              static_cast<uint8_t>(address >> 16),
                              static_cast<uint8_t>(address >> 8),
                              static_cast<uint8_t>(address)};
    Mac48Address mac;
    mac.CopyFrom(bytes);
    return mac;
}

/** 02:01 and the number of the attachment: borrowed addresses are several interfaces'. */
Mac48Address
MakeUnnumberedMacAddress(std::size_t attachment)
{
    const auto number = static_cast<uint32_t>(attachment);
    uint8_t bytes[6];
    MakeMacAddress(number).CopyTo(bytes);
    bytes[1] = 0x01;
    Mac48Address mac;
    mac.CopyFrom(bytes);
    return mac;
}

/** 02, the number of the node, the VNI. */
Mac48Address
MakeVxlanMacAddress(uint16_t node, uint32_t vni)
{
    const uint8_t bytes[6] = {0x02,
                              static_cast<uint8_t>(node >> 8),
                              static_cast<uint8_t>(node),
                              static_cast<uint8_t>(vni >> 16),
                              static_cast<uint8_t>(vni >> 8),
                              static_cast<uint8_t>(vni)};
    Mac48Address mac;
    mac.CopyFrom(bytes);
    return mac;
}

Ptr<NetDevice>
MakeLanDevice(Ptr<SwitchedLanChannel> channel)
{
    Ptr<SwitchedLanDevice> device = CreateObject<SwitchedLanDevice>();
    device->SetQueueSize(QUEUE_SIZE);
    device->Attach(channel);
    return device;
}

/** \param like what is copied: setting each attribute of a new object takes ns-3 much longer */
Ptr<NetDevice>
MakeCableDevice(Ptr<CableChannel> channel, const DataRate& dataRate, Ptr<CableDevice> like)
{
    Ptr<CableDevice> device = CopyObject(like);
    device->SetDataRate(dataRate);
    device->SetQueueSize(QUEUE_SIZE);
    device->Attach(channel);
    return device;
}

} // namespace

void
LabNetwork::AddNetworks()
{
    const Ptr<CableDevice> like = CreateObject<CableDevice>();
    for (const TopologyNetwork& network : m_graph.networks)
    {
        const DataRate dataRate(network.dataRate);
        Ptr<SwitchedLanChannel> lan;
        Ptr<CableChannel> cable;
        if (network.pointToPoint)
        {
            cable = CreateObject<CableChannel>();
            cable->SetDelay(Time(network.delay));
        }
        else
        {
            lan = CreateObject<SwitchedLanChannel>();
            lan->SetAttribute("Delay", StringValue(network.delay));
            lan->SetAttribute("DataRate", StringValue(network.dataRate));
        }
        for (std::size_t attachment : network.attachments)
        {
            Ptr<NetDevice> device =
                lan ? MakeLanDevice(lan) : MakeCableDevice(cable, dataRate, like);
            const TopologyAttachment& end = m_graph.attachments[attachment];
            device->SetAddress(end.unnumbered.empty() ? MakeMacAddress(end.address)
                                                      : MakeUnnumberedMacAddress(attachment));
            device->SetMtu(static_cast<uint16_t>(m_graph.GetMtu(attachment)));
            m_devices[attachment] = device;
        }
    }
}

void
LabNetwork::AddInterfaces(std::size_t number)
{
    const LabNode& lab = m_nodes[number];
    Ptr<Ipv4> ipv4 = lab.node->GetObject<Ipv4>();
    const bool isRouted = m_graph.nodes[number].kind == NodeKind::Router ||
                          m_graph.nodes[number].kind == NodeKind::Vtep;
    Ptr<UnicastRibRouting> unicast;
    if (isRouted && !m_settings.staticUnderlay)
    {
        m_nodes[number].ospf = CreateObject<OspfRouting>();
        unicast = lab.ospf;
    }
    else if (isRouted)
    {
        unicast = CreateObject<OnDemandRouting>();
    }
    else
    {
        unicast = CreateObject<StaticUnderlayRouting>();
    }
    Ptr<Ipv4RoutingProtocol> routing = unicast;
    if (m_graph.nodes[number].kind == NodeKind::Router)
    {
        m_nodes[number].pim = DynamicCast<PimSmRouting>(PimSmHelper().Create(lab.node));
        Ptr<Ipv4ListRouting> list = CreateObject<Ipv4ListRouting>();
        list->AddRoutingProtocol(lab.pim, PimSmHelper::PRIORITY);
        list->AddRoutingProtocol(unicast, 0);
        routing = list;
    }
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        const TopologyAttachment& end = m_graph.attachments[attachment];
        const TopologyNetwork& network = m_graph.networks[end.network];
        lab.node->AddDevice(m_devices[attachment]);
        Names::Add(lab.name + "/" + end.interface, m_devices[attachment]);
        const uint32_t interface = ipv4->AddInterface(m_devices[attachment]);
        const Ipv4Mask mask =
            end.unnumbered.empty() ? network.prefix.GetMask() : Ipv4Mask::GetOnes();
        ipv4->AddAddress(interface, Ipv4InterfaceAddress(Ipv4Address(end.address), mask));
        ipv4->SetUp(interface);
        m_interfaces[attachment] = interface;
    }
    AddLoopbacks(number);
    ipv4->SetRoutingProtocol(routing); // last: it would look at all interfaces for each that comes
    if (m_graph.nodes[number].kind == NodeKind::Host ||
        m_graph.nodes[number].kind == NodeKind::Controller)
    {
        ipv4->SetAttribute("IpForward", BooleanValue(false));
        AddDefaultRoute(number);
    }
}

namespace
{

/** A device on no link, as Linux's `dummy`: what is sent to it is gone. */
Ptr<NetDevice>
MakeLoopbackDevice(const Mac48Address& address, uint16_t mtu)
{
    Ptr<VirtualNetDevice> device = CreateObject<VirtualNetDevice>();
    device->SetAddress(address);
    device->SetNeedsArp(false);
    device->SetIsPointToPoint(false);
    device->SetMtu(mtu);
    device->SetSendCallback(
        [](Ptr<Packet>, const Address&, const Address&, uint16_t) { return true; });
    return device;
}

} // namespace

void
LabNetwork::AddLoopbacks(std::size_t number)
{
    const LabNode& lab = m_nodes[number];
    Ptr<Ipv4> ipv4 = lab.node->GetObject<Ipv4>();
    uint32_t mtu = std::numeric_limits<uint16_t>::max();
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        mtu = std::min(mtu, m_graph.GetMtu(attachment)); // what leaves from here must fit there
    }
    for (const TopologyLoopback& loopback : m_graph.nodes[number].loopbacks)
    {
        Ptr<NetDevice> device = MakeLoopbackDevice(
            MakeMacAddress(loopback.addresses.front().address), static_cast<uint16_t>(mtu));
        lab.node->AddDevice(device);
        Names::Add(lab.name + "/" + loopback.name, device);
        const uint32_t interface = ipv4->AddInterface(device);
        for (const LoopbackAddress& each : loopback.addresses)
        {
            ipv4->AddAddress(
                interface,
                Ipv4InterfaceAddress(Ipv4Address(each.address), each.GetPrefix().GetMask()));
        }
        ipv4->SetUp(interface);
        m_loopbacks[number].push_back(interface);
    }
}

namespace
{

/** \returns the helper that makes devices as \p vxlan describes them. */
VxlanHelper
MakeVxlanHelper(const VxlanSpec& vxlan)
{
    VxlanHelper helper(vxlan.vni);
    helper.SetName(vxlan.name);
    helper.Set("Port", UintegerValue(vxlan.port));
    helper.Set("Encapsulation", StringValue(EnumName(vxlan.encapsulation)));
    helper.Set("Suppress", BooleanValue(vxlan.suppress.value_or(false)));
    helper.Set("SplitHorizon", BooleanValue(vxlan.splitHorizon));
    ConfigureControlPlane(helper, vxlan);
    if (vxlan.ttl)
    {
        helper.Set("Ttl", UintegerValue(*vxlan.ttl));
    }
    if (vxlan.ageing)
    {
        helper.Set("Ageing", TimeValue(*vxlan.ageing));
    }
    if (vxlan.learning)
    {
        helper.Set("Learning", BooleanValue(*vxlan.learning));
    }
    if (vxlan.mtu)
    {
        helper.SetOversizedMtu(*vxlan.mtu); // warned of: scenario-warnings.h
    }
    if (vxlan.sourcePorts)
    {
        helper.Set("SourcePortMin", UintegerValue(vxlan.sourcePorts->first));
        helper.Set("SourcePortMax", UintegerValue(vxlan.sourcePorts->second));
    }
    return helper;
}

} // namespace

void
LabNetwork::AddVxlan(const VxlanSpec& vxlan)
{
    VxlanHelper helper = MakeVxlanHelper(vxlan);
    for (std::size_t i = 0; i < vxlan.nodes.size(); ++i)
    {
        const std::size_t number = m_index.at(vxlan.nodes[i]);
        const ScopedAttributes scope(m_settings.nodes[vxlan.nodes[i]]);
        const std::string local =
            vxlan.local.empty() ? "" : FindVtepInterface(m_graph, number, vxlan.local);
        helper.SetUnderlay(!vxlan.dev.empty() ? vxlan.dev
                           : !local.empty()   ? local
                                              : m_graph.GetVtepInterface(number));
        Ptr<VxlanNetDevice> device = helper.Install(m_nodes[number].node);
        if (!local.empty())
        {
            // Of an interface with several addresses, the one that is named, or the first.
            const TopologyAddress address =
                ParseAddress(vxlan.local).value_or(m_graph.GetAddress(number, local));
            device->SetAttribute("Local", Ipv4AddressValue(Ipv4Address(address)));
        }
        else if (vxlan.control == "controller")
        {
            // Tunnels of Open vSwitch have both ends configured (options:local_ip).
            device->SetAttribute("Local",
                                 Ipv4AddressValue(GetVtepAddress(vxlan.nodes[i], vxlan.dev)));
        }
        device->SetAddress(MakeVxlanMacAddress(static_cast<uint16_t>(number + 1), vxlan.vni));
        m_nodes[number].vxlans[vxlan.name] = device;
        if (!vxlan.addresses.empty())
        {
            VxlanHelper::AddAddress(device, vxlan.addresses[i].first, vxlan.addresses[i].second);
            if (vxlan.control == "controller")
            {
                TellController(m_nodes[number], vxlan, vxlan.addresses[i].first);
            }
        }
    }
}

namespace
{

/** \returns the first address of \p interface, a number of the node's Ipv4. */
Ipv4Address
GetFirstAddress(const LabNode& node, uint32_t interface)
{
    return node.node->GetObject<Ipv4>()->GetAddress(interface, 0).GetLocal();
}

} // namespace

Ipv4Address
LabNetwork::GetServerAddress(const std::string& node) const
{
    const std::size_t number = m_index.at(node);
    const auto& loopbacks = m_graph.nodes[number].loopbacks;
    const std::string name = loopbacks.empty() ? "" : loopbacks.front().name;
    return GetFirstAddress(m_nodes[number], GetInterface(m_nodes[number], name));
}

Ipv4Address
LabNetwork::GetVtepAddress(const std::string& node, const std::string& local) const
{
    const std::size_t number = m_index.at(node);
    const std::string name = local.empty() ? m_graph.GetVtepInterface(number)
                                           : FindVtepInterface(m_graph, number, local);
    return GetFirstAddress(m_nodes[number], GetInterface(m_nodes[number], name));
}

namespace
{

template <typename T>
void
SetUp(Ptr<T> process, bool up)
{
    if (process)
    {
        up ? process->Start() : process->Stop();
    }
}

template <typename T>
void
Hang(Ptr<T> process)
{
    if (process)
    {
        process->SetHanging(true);
    }
}

} // namespace

void
LabNetwork::HangControlPlanes(LabNode& lab)
{
    Hang(lab.controller);
    Hang(lab.openflowSwitch);
    Hang(lab.mapServer);
    Hang(lab.mapXtr);
}

void
LabNetwork::SetControlPlanesUp(LabNode& lab, bool up)
{
    SetUp(lab.msdp, up);
    SetUp(lab.evpn, up);
    SetUp(lab.controller, up);
    SetUp(lab.openflowSwitch, up);
    SetUp(lab.mapServer, up);
    SetUp(lab.mapXtr, up);
}

void
LabNetwork::AssignStreams()
{
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
    {
        int64_t stream = STREAMS_OF_NODES + STREAMS_PER_NODE * static_cast<int64_t>(i);
        const LabNode& lab = m_nodes[i];
        stream += lab.igmp->AssignStreams(stream);
        stream += lab.ospf ? lab.ospf->AssignStreams(stream) : 0;
        stream += lab.pim ? lab.pim->AssignStreams(stream) : 0;
        lab.node->GetObject<ArpL3Protocol>()->AssignStreams(stream);
        lab.bfd ? lab.bfd->AssignStreams(STREAMS_OF_NODES +
                                         STREAMS_PER_NODE * static_cast<int64_t>(i + 1) - 1)
                : 0;
    }
}

void
LabNetwork::ForgetNeighbors(std::size_t number)
{
    Ptr<Ipv4L3Protocol> ipv4 = m_nodes[number].node->GetObject<Ipv4L3Protocol>();
    for (uint32_t i = 0; i < ipv4->GetNInterfaces(); ++i)
    {
        if (Ptr<ArpCache> cache = ipv4->GetInterface(i)->GetArpCache())
        {
            cache->Flush();
        }
    }
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        DynamicCast<LinkDevice>(m_devices[attachment])->Flush();
    }
}

void
LabNetwork::SetNodeUp(const std::string& name, bool up, bool keepsCarrier)
{
    const std::size_t number = m_index.at(name);
    LabNode& lab = m_nodes[number];
    if (lab.up == up)
    {
        return;
    }
    lab.up = up;
    keepsCarrier && !up ? (void)m_silent.insert(number) : (void)m_silent.erase(number);
    // A crashed node says no goodbye: the protocols stop before the interfaces go down, and PIM
    // before the others, whose end would make it send Prunes. Control planes hang until nothing
    // that they send can leave, not even their sockets' FIN, and end before their devices, whose
    // end they would announce. All start once interfaces are up.
    if (!up)
    {
        lab.bfd ? lab.bfd->Stop() : void(); // first: it would tell that its clients have ended
        lab.pim ? lab.pim->Stop() : void();
        HangControlPlanes(lab);
        lab.igmp->Stop();
        lab.ospf ? lab.ospf->Stop() : void();
        ForgetNeighbors(number);
    }
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        UpdateInterface(attachment);
    }
    UpdateLoopbacks(number);
    UpdatePeers(number);
    if (!up)
    {
        SetControlPlanesUp(lab, false);
        lab.endpoint->Stop();
    }
    if (up)
    {
        lab.ospf ? lab.ospf->Start() : void();
        lab.igmp->Start();
        lab.pim ? lab.pim->Start() : void();
        lab.bfd ? lab.bfd->Start() : void();
        SetControlPlanesUp(lab, true);
        lab.endpoint->Start();
    }
}

} // namespace ns3
