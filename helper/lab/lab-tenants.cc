// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-tenants.h"

#include "ns3/arp-header.h"
#include "ns3/arp-l3-protocol.h"
#include "ns3/boolean.h"
#include "ns3/ethertype.h"
#include "ns3/icmpv4-l4-protocol.h"
#include "ns3/igmp-protocol.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/tcp-l4-protocol.h"
#include "ns3/traffic-control-layer.h"
#include "ns3/udp-l4-protocol.h"
#include "ns3/unicast-rib-routing.h"
#include "ns3/vxlan-arp-repair.h"

#include <stdexcept>

namespace ns3
{

namespace
{

constexpr int64_t STREAMS_OF_TENANTS = int64_t(1) << 42;
constexpr int64_t STREAMS_PER_TENANT = 100;

/** The interface of a host that answers ARP with a MAC address that it never sends from. */
class SharedAddressDevice : public SwitchedLanDevice
{
  public:
    void SetAnswer(Mac48Address answer)
    {
        m_answer = answer;
        AddReceiveAddress(answer);
    }

    bool Send(Ptr<Packet> packet, const Address& destination, uint16_t protocol) override
    {
        ArpHeader arp;
        if (protocol == ETHERTYPE_ARP && packet->PeekHeader(arp) != 0 && arp.IsReply())
        {
            packet->RemoveHeader(arp);
            arp.SetReply(m_answer,
                         arp.GetSourceIpv4Address(),
                         arp.GetDestinationHardwareAddress(),
                         arp.GetDestinationIpv4Address());
            packet->AddHeader(arp);
        }
        return SwitchedLanDevice::Send(packet, destination, protocol);
    }

  private:
    Mac48Address m_answer;
};

/** Plugs \p device into \p cable. */
Ptr<SwitchedLanDevice>
SetUpDevice(Ptr<SwitchedLanDevice> device,
            Ptr<SwitchedLanChannel> cable,
            Mac48Address mac,
            uint16_t mtu)
{
    device->SetAttribute("Padding", BooleanValue(false));
    device->SetAddress(mac);
    device->SetMtu(mtu);
    device->Attach(cable);
    return device;
}

/** \returns the interface of a host that has booted. */
Ptr<SwitchedLanDevice>
MakeDevice(const LabTenantSpec& spec)
{
    if (!spec.answers)
    {
        return CreateObject<SwitchedLanDevice>();
    }
    Ptr<SharedAddressDevice> device = CreateObject<SharedAddressDevice>();
    device->SetAnswer(*spec.answers);
    return device;
}

/**
 * \returns the address of \p device with 06 in place of 02. A scenario may give tenants the addresses
 * that the lab gives to devices; a device takes frames from its own address for its own.
 */
Mac48Address
MakePortAddress(Ptr<NetDevice> device)
{
    uint8_t bytes[6];
    Mac48Address::ConvertFrom(device->GetAddress()).CopyTo(bytes);
    bytes[0] = 0x06;
    Mac48Address address;
    address.CopyFrom(bytes);
    return address;
}

/** Before ns-3's ARP sees the packet: it learns nothing from requests. */
void
RepairArp(Ptr<NetDevice> device,
          Ptr<const Packet> packet,
          uint16_t,
          const Address&,
          const Address&,
          NetDevice::PacketType)
{
    if (IsArpWellFormed(packet))
    {
        LearnArpSender(device, packet);
    }
}

} // namespace

void
AnnounceTenant(const LabTenant& tenant)
{
    if (!tenant.spec.address)
    {
        return;
    }
    ArpHeader arp;
    const Ipv4Address own = tenant.spec.address->first;
    arp.SetRequest(
        tenant.spec.answers.value_or(tenant.spec.mac), own, Mac48Address::GetBroadcast(), own);
    Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(arp);
    tenant.device->Send(packet, Mac48Address::GetBroadcast(), ETHERTYPE_ARP);
}

std::string
GetPortName(const std::string& tenant)
{
    return tenant + "p";
}

LabTenants::LabTenants(LabNetwork& network)
    : m_network(network)
{
}

void
LabTenants::AddObserver(LabTenantObserver& observer)
{
    m_observers.push_back(&observer);
}

LabTenant&
LabTenants::Add(const LabTenantSpec& spec)
{
    Ptr<VxlanNetDevice> vxlan = GetVxlan(spec.node, spec.device);
    if (m_tenants.count(spec.name) != 0 || Names::Find<Object>(spec.name))
    {
        throw std::invalid_argument("there is a " + spec.name + " already");
    }
    if (!m_macs.insert({vxlan->GetVni(), spec.mac}).second)
    {
        throw std::invalid_argument("another tenant has the MAC address of " + spec.name);
    }
    LabTenant& tenant = m_tenants[spec.name];
    tenant.spec = spec;
    tenant.vni = vxlan->GetVni();
    tenant.cable = CreateObject<SwitchedLanChannel>();
    tenant.cable->SetAttribute("DataRate", StringValue("10Gbps"));
    tenant.cable->SetAttribute("Delay", StringValue("1us"));
    AddHost(tenant, vxlan->GetMtu());
    for (LabTenantObserver* observer : m_observers)
    {
        observer->OnTenant(tenant);
    }
    Plug(tenant);
    if (spec.announces)
    {
        AnnounceTenant(tenant);
    }
    return tenant;
}

void
LabTenants::AddHost(LabTenant& tenant, uint16_t mtu)
{
    tenant.node = CreateObject<Node>();
    Names::Add(tenant.spec.name, tenant.node);
    if (!tenant.spec.isLight)
    {
        AddStack(tenant, mtu);
        return;
    }
    AddDevice(tenant, mtu);
    if (tenant.spec.address)
    {
        const auto& [address, mask] = *tenant.spec.address;
        tenant.light = std::make_shared<LightHost>(tenant.device, address, mask);
    }
}

void
LabTenants::AddDevice(LabTenant& tenant, uint16_t mtu)
{
    tenant.device = SetUpDevice(MakeDevice(tenant.spec), tenant.cable, tenant.spec.mac, mtu);
    tenant.node->AddDevice(tenant.device);
    Names::Add(tenant.spec.name + "/eth0", tenant.device);
}

void
LabTenants::AddStack(LabTenant& tenant, uint16_t mtu)
{
    Ptr<ArpL3Protocol> arp = CreateObject<ArpL3Protocol>();
    Ptr<TrafficControlLayer> trafficControl = CreateObject<TrafficControlLayer>();
    Ptr<Ipv4L3Protocol> ipv4 = CreateObject<Ipv4L3Protocol>();
    tenant.node->AggregateObject(arp);
    tenant.node->AggregateObject(ipv4);
    tenant.node->AggregateObject(CreateObject<Icmpv4L4Protocol>());
    tenant.node->AggregateObject(trafficControl);
    tenant.node->AggregateObject(CreateObject<UdpL4Protocol>());
    tenant.node->AggregateObject(CreateObject<TcpL4Protocol>());
    arp->SetTrafficControl(trafficControl);
    ipv4->SetAttribute("IpForward", BooleanValue(false));
    ipv4->SetRoutingProtocol(CreateObject<StaticUnderlayRouting>());
    tenant.echo = IcmpEchoProtocol::Install(tenant.node);
    tenant.igmp = CreateObject<IgmpProtocol>();
    tenant.node->AggregateObject(tenant.igmp);

    AddDevice(tenant, mtu);
    tenant.node->RegisterProtocolHandler(MakeCallback(&RepairArp), ETHERTYPE_ARP, tenant.device);
    if (tenant.spec.address)
    {
        const auto& [address, mask] = *tenant.spec.address;
        const uint32_t interface = ipv4->AddInterface(tenant.device);
        ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, mask));
        ipv4->SetUp(interface);
    }
    int64_t stream =
        STREAMS_OF_TENANTS + STREAMS_PER_TENANT * static_cast<int64_t>(m_tenants.size());
    stream += tenant.igmp->AssignStreams(stream);
    arp->AssignStreams(stream);
}

Ptr<VxlanNetDevice>
LabTenants::GetVxlan(const std::string& node, const std::string& device)
{
    const auto& devices = m_network.GetNode(node).vxlans;
    const auto found = devices.find(device);
    if (found == devices.end())
    {
        throw std::invalid_argument(node + " has no VXLAN device " + device);
    }
    return found->second;
}

Ptr<AccessBridge>
LabTenants::FindBridge(const std::string& node, const std::string& device) const
{
    const auto found = m_bridges.find({node, device});
    return found == m_bridges.end() ? nullptr : found->second;
}

Ptr<AccessBridge>
LabTenants::GetOrAddBridge(const std::string& node, const std::string& device)
{
    Ptr<AccessBridge>& bridge = m_bridges[{node, device}];
    if (!bridge)
    {
        bridge = CreateObject<AccessBridge>();
        Ptr<VxlanNetDevice> vxlan = GetVxlan(node, device);
        if (vxlan->GetNode()->GetObject<Ipv4>()->GetInterfaceForDevice(vxlan) < 0)
        {
            vxlan->SetAddress(MakePortAddress(vxlan));
        }
        bridge->AddPort(vxlan);
        // The bridge goes with the tenants, the device may stay: no pointer in a circle.
        vxlan->SetForgotten([one = PeekPointer(bridge), port = PeekPointer(vxlan)](
                                Mac48Address mac) { one->ForgetElsewhere(mac, port); });
    }
    return bridge;
}

void
LabTenants::Plug(LabTenant& tenant)
{
    Ptr<AccessBridge> bridge = GetOrAddBridge(tenant.spec.node, tenant.spec.device);
    Ptr<SwitchedLanDevice>& port = tenant.ports[tenant.spec.node];
    tenant.port = port;
    if (port)
    {
        port->Attach(tenant.cable);
        bridge->SetPortUp(port, true);
        return;
    }
    port = SetUpDevice(CreateObject<SwitchedLanDevice>(),
                       tenant.cable,
                       Mac48Address::Allocate(),
                       tenant.device->GetMtu());
    tenant.port = port;
    m_network.GetNode(tenant.spec.node).node->AddDevice(port);
    const std::string path = tenant.spec.node + "/" + GetPortName(tenant.spec.name);
    Names::Find<Object>(path) ? void() : Names::Add(path, port);
    bridge->AddPort(port);
}

void
LabTenants::Unplug(LabTenant& tenant, bool losesCarrier)
{
    if (!tenant.port)
    {
        return;
    }
    tenant.port->Detach();
    if (losesCarrier)
    {
        Ptr<VxlanNetDevice> vxlan = GetVxlan(tenant.spec.node, tenant.spec.device);
        Ptr<AccessBridge> bridge = FindBridge(tenant.spec.node, tenant.spec.device);
        for (Mac48Address mac : bridge->GetAddresses(tenant.port))
        {
            vxlan->ForgetLocalAddress(mac);
        }
        bridge->SetPortUp(tenant.port, false);
    }
    tenant.port = nullptr;
}

void
LabTenants::Move(const std::string& name, const std::string& to, bool announces, Time downtime)
{
    LabTenant& tenant = Get(name);
    GetVxlan(to, tenant.spec.device);
    for (LabTenantObserver* observer : m_observers)
    {
        observer->OnMove(tenant, to);
    }
    Unplug(tenant, downtime.IsStrictlyPositive());
    const uint32_t move = ++tenant.moves;
    const auto arrive = [this, &tenant, to, announces, move] {
        if (tenant.moves != move)
        {
            return; // it has left again meanwhile
        }
        tenant.spec.node = to;
        Plug(tenant);
        if (announces)
        {
            AnnounceTenant(tenant);
        }
    };
    if (downtime.IsZero())
    {
        arrive();
        return;
    }
    Simulator::Schedule(downtime, arrive);
}

void
LabTenants::SetNodeUp(const std::string& node, bool up)
{
    for (const auto& [key, bridge] : m_bridges)
    {
        key.first == node ? bridge->SetUp(up) : void();
    }
}

void
LabTenants::Remove(const std::string& name)
{
    LabTenant& tenant = Get(name);
    for (LabTenantObserver* observer : m_observers)
    {
        observer->OnRemove(tenant);
    }
    ++tenant.moves;
    m_macs.erase({tenant.vni, tenant.spec.mac});
    Unplug(tenant, true);
}

LabTenant*
LabTenants::Find(const std::string& name)
{
    const auto found = m_tenants.find(name);
    return found == m_tenants.end() ? nullptr : &found->second;
}

const LabTenant*
LabTenants::Find(const std::string& name) const
{
    const auto found = m_tenants.find(name);
    return found == m_tenants.end() ? nullptr : &found->second;
}

const std::map<std::string, LabTenant>&
LabTenants::GetAll() const
{
    return m_tenants;
}

std::string
LabTenants::FindOwner(uint32_t vni, Ipv4Address address) const
{
    std::string owner;
    for (const auto& [name, tenant] : m_tenants)
    {
        const bool has =
            tenant.vni == vni && tenant.spec.address && tenant.spec.address->first == address;
        if (has && (owner.empty() || tenant.port))
        {
            owner = name;
        }
    }
    return owner;
}

LabTenant&
LabTenants::Get(const std::string& name)
{
    LabTenant* tenant = Find(name);
    if (!tenant)
    {
        throw std::invalid_argument("there is no tenant " + name);
    }
    return *tenant;
}

} // namespace ns3
