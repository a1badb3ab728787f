// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-helper.h"

#include "ns3/address-checks.h"
#include "ns3/igmp-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/ipv4.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <iostream>
#include <set>
#include <stdexcept>

namespace ns3
{

namespace
{

/** Keeps VTEP memberships apart from those of other IGMP users (IP sockets, RFC 3376 §2). */
constexpr uint64_t IGMP_USER = 0x7678;

void
WireMembership(Ptr<VxlanEndpoint> endpoint, Ptr<Node> node)
{
    const auto listen = [host = PeekPointer(node)](
                            uint32_t interface, Ipv4Address group, const IgmpFilter& filter) {
        if (Ptr<IgmpProtocol> igmp = host->GetObject<IgmpProtocol>())
        {
            igmp->Listen(IGMP_USER, interface, group, filter);
        }
    };
    endpoint->SetMembershipHook([listen](uint32_t interface, Ipv4Address group, bool join) {
        IgmpFilter filter;
        filter.mode = join ? IgmpFilterMode::EXCLUDE : IgmpFilterMode::INCLUDE;
        listen(interface, group, filter);
    });
    endpoint->SetSourceHook(
        [listen](uint32_t interface, Ipv4Address group, const std::set<Ipv4Address>& sources) {
            IgmpFilter filter;
            filter.mode = IgmpFilterMode::INCLUDE;
            filter.sources = IgmpSourceSet(sources.begin(), sources.end());
            listen(interface, group, filter);
        });
}

bool g_isMtuDropReported = false; //!< in this simulation

/** Warns once of a frame that is too large: else the trace source Drop alone would show it. */
void
ReportMtuDrop(Node* node, Ptr<const Packet> frame, uint32_t, std::string reason)
{
    if (g_isMtuDropReported || reason != "mtu")
    {
        return;
    }
    g_isMtuDropReported = true;
    Simulator::ScheduleDestroy(+[] { g_isMtuDropReported = false; });
    std::cerr
        << "warning: at " << Simulator::Now().As(Time::S) << " " << GetNodeName(node)
        << " drops a frame of " << frame->GetSize()
        << " bytes, which is too large for its VXLAN device, as all like it will be (RFC 7348 "
           "§4.3): give the tenants the device's MTU, or the underlay a larger one\n";
}

void
AddName(Ptr<Node> node, const std::string& name, Ptr<NetDevice> device)
{
    const std::string path = Names::FindPath(node);
    if (!path.empty() && !Names::Find<Object>(path + "/" + name))
    {
        Names::Add(path + "/" + name, device);
    }
}

} // namespace

VxlanHelper::VxlanHelper()
    : m_factory("ns3::VxlanNetDevice")
{
}

VxlanHelper::VxlanHelper(uint32_t vni)
    : VxlanHelper()
{
    m_factory.Set("Vni", UintegerValue(vni));
}

void
VxlanHelper::Set(const std::string& name, const AttributeValue& value)
{
    if (name == "Mtu")
    {
        // Set on the finished device, so that 1500, ns-3's default, is not taken for unset.
        m_mtu = value.Copy();
        m_isMtuForced = false;
        return;
    }
    m_factory.Set(name, value);
}

void
VxlanHelper::SetOversizedMtu(uint16_t mtu)
{
    m_mtu = Create<UintegerValue>(mtu);
    m_isMtuForced = true;
}

void
VxlanHelper::SetGroup(Ipv4Address group)
{
    RequireMulticast(group);
    m_factory.Set("Group", Ipv4AddressValue(group));
}

void
VxlanHelper::SetRemotes(std::vector<Ipv4Address> remotes)
{
    m_remotes = std::move(remotes);
}

void
VxlanHelper::SetControlPlane(const ObjectFactory& factory)
{
    m_control = factory;
}

void
VxlanHelper::SetUnderlay(const std::string& interface)
{
    m_underlay = interface;
}

void
VxlanHelper::SetName(const std::string& name)
{
    if (name.empty() || name.find('/') != std::string::npos)
    {
        throw std::invalid_argument("'" + name + "' is no device's name, give one without slashes");
    }
    m_name = name;
}

NetDeviceContainer
VxlanHelper::Install(const NodeContainer& nodes) const
{
    NetDeviceContainer devices;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        devices.Add(Install(*node));
    }
    return devices;
}

Ptr<VxlanNetDevice>
VxlanHelper::Install(Ptr<Node> node) const
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    const std::optional<uint32_t> interface =
        m_underlay.empty() ? 1u : FindInterface(node, m_underlay);
    if (!ipv4 || !interface || *interface >= ipv4->GetNInterfaces())
    {
        throw std::invalid_argument(GetNodeName(node) + " has no interface " +
                                    (m_underlay.empty() ? "for VXLAN" : m_underlay));
    }
    Ptr<VxlanNetDevice> device = m_factory.Create<VxlanNetDevice>();
    if (m_mtu && m_isMtuForced)
    {
        device->SetAttribute("Mtu", *m_mtu); // before the underlay, against which it is checked
    }
    const bool isFirst = !node->GetObject<VxlanEndpoint>();
    Ptr<VxlanEndpoint> endpoint = VxlanEndpoint::Get(node);
    if (isFirst && !m_isMtuForced)
    {
        endpoint->TraceConnectWithoutContext("Drop",
                                             MakeBoundCallback(&ReportMtuDrop, PeekPointer(node)));
    }
    const std::string vni = std::to_string(device->GetVni());
    if (endpoint->Find(
            device->GetConfig().port, device->GetVni(), device->GetConfig().encapsulation))
    {
        throw std::invalid_argument(GetNodeName(node) + " has VNI " + vni + " on UDP port " +
                                    std::to_string(device->GetConfig().port) + " already");
    }
    WireMembership(endpoint, node);
    device->SetAddress(Mac48Address::Allocate());
    device->SetUnderlay(ipv4->GetNetDevice(*interface));
    if (m_mtu && !m_isMtuForced && !device->SetAttributeFailSafe("Mtu", *m_mtu))
    {
        throw std::invalid_argument(GetNodeName(node) + ": the MTU of VNI " + vni +
                                    " is more than its underlay carries, give " +
                                    std::to_string(device->GetMtu()) +
                                    " at most, or the underlay a larger one");
    }
    device->SetRemotes(m_remotes);
    if (m_control)
    {
        device->SetControlPlane(m_control->Create<VxlanControlPlane>());
    }
    node->AddDevice(device);
    AddName(node, m_name.empty() ? "vxlan" + vni : m_name, device);
    return device;
}

uint32_t
VxlanHelper::AddAddress(Ptr<NetDevice> device, Ipv4Address address, Ipv4Mask mask)
{
    Ptr<Ipv4> ipv4 = device->GetNode()->GetObject<Ipv4>();
    const int32_t known = ipv4->GetInterfaceForDevice(device);
    const uint32_t interface =
        known >= 0 ? static_cast<uint32_t>(known) : ipv4->AddInterface(device);
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, mask));
    ipv4->SetMetric(interface, 1);
    ipv4->SetUp(interface);
    return interface;
}

void
VxlanHelper::EnablePcapInternal(std::string prefix,
                                Ptr<NetDevice> netDevice,
                                bool,
                                bool explicitFilename)
{
    Ptr<VxlanNetDevice> device = DynamicCast<VxlanNetDevice>(netDevice);
    if (!device)
    {
        return;
    }
    PcapHelper pcap;
    const std::string name = explicitFilename ? prefix : pcap.GetFilenameFromDevice(prefix, device);
    Ptr<PcapFileWrapper> file = pcap.CreateFile(name, std::ios::out, PcapHelper::DLT_EN10MB);
    pcap.HookDefaultSink<VxlanNetDevice>(device, "Frame", file);
}

void
VxlanHelper::EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                                 std::string prefix,
                                 Ptr<NetDevice> netDevice,
                                 bool explicitFilename)
{
    Ptr<VxlanNetDevice> device = DynamicCast<VxlanNetDevice>(netDevice);
    if (!device)
    {
        return;
    }
    Packet::EnablePrinting();
    AsciiTraceHelper ascii;
    if (!stream)
    {
        stream = ascii.CreateFileStream(
            explicitFilename ? prefix : ascii.GetFilenameFromDevice(prefix, device));
        ascii.HookDefaultDequeueSinkWithoutContext<VxlanNetDevice>(device, "MacTx", stream);
        ascii.HookDefaultReceiveSinkWithoutContext<VxlanNetDevice>(device, "MacRx", stream);
        return;
    }
    const std::string path = "/NodeList/" + std::to_string(device->GetNode()->GetId()) +
                             "/DeviceList/" + std::to_string(device->GetIfIndex()) +
                             "/$ns3::VxlanNetDevice/";
    device->TraceConnect(
        "MacTx",
        path + "MacTx",
        MakeBoundCallback(&AsciiTraceHelper::DefaultDequeueSinkWithContext, stream));
    device->TraceConnect(
        "MacRx",
        path + "MacRx",
        MakeBoundCallback(&AsciiTraceHelper::DefaultReceiveSinkWithContext, stream));
}

} // namespace ns3
