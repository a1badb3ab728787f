// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4: attributes, start and stop; what becomes of frames is in vxlan-net-device-frames.cc.
#include "ns3/vxlan-net-device.h"

#include "ns3/abort.h"
#include "ns3/attribute-path.h"
#include "ns3/boolean.h"
#include "ns3/enum-attribute.h"
#include "ns3/ethernet-header.h"
#include "ns3/ipv4.h"
#include "ns3/names.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-group-control.h"
#include "ns3/vxlan-head-end-control.h"

#include <sstream>

namespace ns3
{

NS_LOG_CLASS_DEFINE(VxlanNetDevice);
NS_OBJECT_ENSURE_REGISTERED(VxlanNetDevice);

namespace
{

constexpr uint16_t VIRTUAL_DEVICE_MTU = 1500;

/** \returns the control plane of a device that was given none: that of its group or remotes. */
Ptr<VxlanControlPlane>
MakeControlPlane(const VxlanConfig& config, const std::vector<Ipv4Address>& remotes)
{
    Ptr<VxlanControlPlane> control;
    if (config.group.IsAny())
    {
        Ptr<VxlanHeadEndControl> headEnd = CreateObject<VxlanHeadEndControl>();
        headEnd->SetRemotes(remotes);
        control = headEnd;
    }
    else
    {
        control = CreateObject<VxlanGroupControl>();
        control->SetAttribute("Group", Ipv4AddressValue(config.group));
    }
    control->SetAttribute("Suppress", BooleanValue(config.isSuppressing));
    return control;
}

} // namespace

TypeId
VxlanNetDevice::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::VxlanNetDevice")
            .SetParent<VirtualNetDevice>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<VxlanNetDevice>()
            .AddAttribute(
                "Vni",
                "The VXLAN network identifier (Linux: id).",
                UintegerValue(0),
                MakeAttributePath<UintegerValue>(&VxlanNetDevice::m_config, &VxlanConfig::vni),
                MakeUintegerChecker<uint32_t>(0, VxlanFields::MAX_VNI))
            .AddAttribute(
                "Group",
                "The group of the VNI's VTEPs; any: none.",
                Ipv4AddressValue(Ipv4Address::GetAny()),
                MakeAttributePath<Ipv4AddressValue>(&VxlanNetDevice::m_config, &VxlanConfig::group),
                MakeIpv4AddressChecker())
            .AddAttribute("Encapsulation",
                          "What carries frames: vxlan; gre, with the VNI as key; nvgre.",
                          MakeEnumAttribute(VxlanEncapsulationType::VXLAN),
                          MakeEnumAttributePath<VxlanEncapsulationType>(
                              &VxlanNetDevice::m_config, &VxlanConfig::encapsulation),
                          MakeEnumAttributeChecker<VxlanEncapsulationType>())
            .AddAttribute(
                "Local",
                "The outer source address; any: that of the outgoing interface.",
                Ipv4AddressValue(Ipv4Address::GetAny()),
                MakeAttributePath<Ipv4AddressValue>(&VxlanNetDevice::m_config, &VxlanConfig::local),
                MakeIpv4AddressChecker())
            .AddAttribute(
                "Ttl",
                "The outer TTL; 0: 1 towards a group, else 64.",
                UintegerValue(0),
                MakeAttributePath<UintegerValue>(&VxlanNetDevice::m_config, &VxlanConfig::ttl),
                MakeUintegerChecker<uint8_t>())
            .AddAttribute(
                "Port",
                "The UDP port (RFC 7348: 4789; Linux: 8472).",
                UintegerValue(VxlanConfig::DEFAULT_PORT),
                MakeAttributePath<UintegerValue>(&VxlanNetDevice::m_config, &VxlanConfig::port),
                MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("SourcePortMin",
                          "The lowest outer source port; 0 with SourcePortMax 0: 49152.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&VxlanNetDevice::m_config,
                                                           &VxlanConfig::sourcePortMin),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("SourcePortMax",
                          "The highest outer source port; 0 with SourcePortMin 0: 65535.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&VxlanNetDevice::m_config,
                                                           &VxlanConfig::sourcePortMax),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("Learning",
                          "Whether addresses are learned from frames.",
                          BooleanValue(true),
                          MakeAttributePath<BooleanValue>(&VxlanNetDevice::m_config,
                                                          &VxlanConfig::isLearning),
                          MakeBooleanChecker())
            .AddAttribute("Suppress",
                          "Whether ARP requests are answered from ARP packets that came from the "
                          "tunnel; of devices with a group or remotes.",
                          BooleanValue(false),
                          MakeAttributePath<BooleanValue>(&VxlanNetDevice::m_config,
                                                          &VxlanConfig::isSuppressing),
                          MakeBooleanChecker())
            .AddAttribute("SplitHorizon",
                          "Whether frames from the tunnel stay out of it. Without, each VTEP "
                          "forwards floods to all but their sender: in a full mesh without end.",
                          BooleanValue(true),
                          MakeAttributePath<BooleanValue>(&VxlanNetDevice::m_config,
                                                          &VxlanConfig::hasSplitHorizon),
                          MakeBooleanChecker())
            .AddAttribute("Ageing",
                          "How long a silent address is remembered; 0: permanently.",
                          TimeValue(Seconds(300)),
                          MakeTimeAccessor(&VxlanNetDevice::SetAgeing, &VxlanNetDevice::GetAgeing),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "LocalAgeing",
                "How long a silent address on this side is remembered, for control "
                "planes that announce it; 0: permanently.",
                TimeValue(Seconds(300)),
                MakeAttributePath<TimeValue>(&VxlanNetDevice::m_config, &VxlanConfig::localAgeing),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "FdbLimit",
                "How many addresses may be learned; 0: any number.",
                UintegerValue(0),
                MakeUintegerAccessor(&VxlanNetDevice::SetFdbLimit, &VxlanNetDevice::GetFdbLimit),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute("BroadcastLimit",
                          "Broadcast frames that may go into the tunnel within a second, as the "
                          "storm control of switches; 0: any number.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&VxlanNetDevice::m_config,
                                                           &VxlanConfig::broadcastLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("MulticastLimit",
                          "The same for multicast frames.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&VxlanNetDevice::m_config,
                                                           &VxlanConfig::multicastLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("UnknownUnicastLimit",
                          "The same for frames to addresses that it does not know.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&VxlanNetDevice::m_config,
                                                           &VxlanConfig::unknownUnicastLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddTraceSource("Frame",
                            "An inner Ethernet frame that is sent or received, whole, for pcap.",
                            MakeTraceSourceAccessor(&VxlanNetDevice::m_frameTrace),
                            "ns3::Packet::TracedCallback");
    return tid;
}

VxlanNetDevice::VxlanNetDevice()
{
    SetNeedsArp(true);
    SetSendCallback(MakeCallback(&VxlanNetDevice::SendFrame, this));
}

VxlanNetDevice::~VxlanNetDevice() = default;

void
VxlanNetDevice::NotifyConstructionCompleted()
{
    m_constructed = true;
    VirtualNetDevice::NotifyConstructionCompleted();
}

void
VxlanNetDevice::SetNode(Ptr<Node> node)
{
    VirtualNetDevice::SetNode(node);
    m_endpoint = VxlanEndpoint::Get(node);
    m_fdb = std::make_unique<VxlanFdb>(m_endpoint->GetClock(), [this](const VxlanFdbEntry& entry) {
        std::ostringstream detail;
        detail << GetName() << ' ' << entry.mac << ' ' << entry.vtep;
        m_endpoint->ReportEvent(VxlanEvent::AGE, detail.str());
    });
    m_fdb->SetAgeing(m_config.ageing);
    m_fdb->SetLimit(m_config.fdbLimit);
}

void
VxlanNetDevice::DoInitialize()
{
    Start();
    VirtualNetDevice::DoInitialize();
}

void
VxlanNetDevice::DoDispose()
{
    // The node disposes of the endpoint as well, so there is nothing to leave.
    m_started = false;
    if (m_control)
    {
        m_control->Dispose();
    }
    m_control = nullptr;
    m_locals.reset();
    m_fdb.reset();
    m_endpoint = nullptr;
    m_underlay = nullptr;
    VirtualNetDevice::DoDispose();
}

bool
VxlanNetDevice::SetMtu(const uint16_t mtu)
{
    if (m_underlay &&
        mtu > m_underlay->GetMtu() - GetVxlanEncapsulation(m_config.encapsulation).GetOverhead())
    {
        NS_LOG_WARN(GetName() << ": MTU " << mtu << " is more than the underlay's "
                              << m_underlay->GetMtu() << " less the overhead");
        return false;
    }
    // While attributes are being set, the base class's default comes by, too.
    m_mtuSet = m_constructed || mtu != VIRTUAL_DEVICE_MTU;
    return VirtualNetDevice::SetMtu(mtu);
}

void
VxlanNetDevice::SetUnderlay(Ptr<NetDevice> underlay)
{
    m_underlay = underlay;
    if (!m_mtuSet)
    {
        const uint32_t overhead = GetVxlanEncapsulation(m_config.encapsulation).GetOverhead();
        VirtualNetDevice::SetMtu(static_cast<uint16_t>(underlay->GetMtu() - overhead));
    }
}

Ptr<NetDevice>
VxlanNetDevice::GetUnderlay() const
{
    return m_underlay;
}

void
VxlanNetDevice::SetRemotes(std::vector<Ipv4Address> remotes)
{
    m_remotes = std::move(remotes);
}

void
VxlanNetDevice::SetControlPlane(Ptr<VxlanControlPlane> control)
{
    NS_ABORT_MSG_IF(m_started, "the control plane of a VxlanNetDevice is set before it starts");
    m_control = control;
}

Ptr<VxlanControlPlane>
VxlanNetDevice::GetControlPlane() const
{
    return m_control;
}

void
VxlanNetDevice::Start()
{
    if (m_started)
    {
        return;
    }
    NS_ABORT_MSG_IF(!m_endpoint, "a VxlanNetDevice must be on a node before it starts");
    NS_ABORT_MSG_UNLESS(m_endpoint->Register(this, m_config.port, m_config.encapsulation),
                        "VNI " << m_config.vni << " is on UDP port " << m_config.port
                               << " of this node already");
    NS_LOG_INFO(GetName() << " starts");
    m_control = m_control ? m_control : MakeControlPlane(m_config, m_remotes);
    m_started = true;
    m_control->Start(MakeVtep());
    StartLocalAddresses();
}

VxlanVtep
VxlanNetDevice::MakeVtep()
{
    VxlanVtep vtep;
    vtep.node = GetNode();
    vtep.device = this;
    vtep.deviceName = GetName();
    vtep.vni = m_config.vni;
    vtep.address = GetVtepAddress();
    vtep.fdb = m_fdb.get();
    vtep.setMembership = [this](Ipv4Address group, bool join) {
        NS_ABORT_MSG_IF(!m_underlay, "a VxlanNetDevice with a group needs an underlay device");
        join ? m_endpoint->Join(group, m_underlay) : m_endpoint->Leave(group, m_underlay);
    };
    vtep.setSource = [this](Ipv4Address group, Ipv4Address source, bool join) {
        NS_ABORT_MSG_IF(!m_underlay, "a VxlanNetDevice with a group needs an underlay device");
        join ? m_endpoint->JoinSource(group, source, m_underlay)
             : m_endpoint->LeaveSource(group, source, m_underlay);
    };
    vtep.deliverLocally = [this](Ptr<const Packet> frame) {
        Ptr<Packet> packet = frame->Copy();
        EthernetHeader header(false);
        packet->RemoveHeader(header);
        m_frameTrace(frame);
        Deliver(packet, header);
    };
    vtep.sendTo = [this](Ptr<const Packet> frame, Ipv4Address destination) {
        SendTo(frame, destination);
    };
    vtep.reportDrop = [this](Ptr<const Packet> frame, const std::string& reason) {
        m_endpoint->ReportDrop(frame, 0, reason);
    };
    vtep.reportEvent = [this](const std::string& event, const std::string& detail) {
        m_endpoint->ReportEvent(event, detail);
    };
    return vtep;
}

void
VxlanNetDevice::StartLocalAddresses()
{
    const bool notifies = m_control->NeedsLocalAddresses();
    if (!notifies && m_config.hasSplitHorizon)
    {
        return;
    }
    m_locals = std::make_unique<VxlanLocalAddresses>(
        m_endpoint->GetClock(),
        [this, notifies](Mac48Address mac, Ipv4Address ip) {
            notifies ? m_control->NotifyLocalAddress(mac, ip) : void();
        },
        [this, notifies](Mac48Address mac) {
            notifies ? m_control->NotifyLocalAddressGone(mac) : void();
        });
    m_locals->SetAgeing(m_config.localAgeing);
    // As a port of a bridge the device has no addresses of its own.
    Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    const int32_t number = ipv4 ? ipv4->GetInterfaceForDevice(this) : -1;
    for (uint32_t i = 0; number >= 0 && i < ipv4->GetNAddresses(static_cast<uint32_t>(number)); ++i)
    {
        m_locals->AddOwn(Mac48Address::ConvertFrom(GetAddress()),
                         ipv4->GetAddress(static_cast<uint32_t>(number), i).GetLocal());
    }
}

void
VxlanNetDevice::ForgetLocalAddress(Mac48Address mac)
{
    if (m_locals)
    {
        m_locals->Remove(mac);
    }
    if (m_forgotten)
    {
        m_forgotten(mac);
    }
}

void
VxlanNetDevice::SetForgotten(std::function<void(Mac48Address mac)> forgotten)
{
    m_forgotten = std::move(forgotten);
}

void
VxlanNetDevice::Stop()
{
    if (m_started)
    {
        m_started = false;
        m_control->Stop();
        m_locals.reset();
        m_fdb->Flush();
        m_endpoint->Unregister(m_config.port, m_config.vni, m_config.encapsulation);
    }
}

bool
VxlanNetDevice::IsStarted() const
{
    return m_started;
}

const VxlanConfig&
VxlanNetDevice::GetConfig() const
{
    return m_config;
}

uint32_t
VxlanNetDevice::GetVni() const
{
    return m_config.vni;
}

Time
VxlanNetDevice::GetAgeing() const
{
    return m_config.ageing;
}

Ipv4Address
VxlanNetDevice::GetVtepAddress() const
{
    Ptr<Ipv4> ipv4 = GetNode()->GetObject<Ipv4>();
    const int32_t number = ipv4 && m_underlay ? ipv4->GetInterfaceForDevice(m_underlay) : -1;
    if (!m_config.local.IsAny() || number < 0 ||
        ipv4->GetNAddresses(static_cast<uint32_t>(number)) == 0)
    {
        return m_config.local;
    }
    return ipv4->GetAddress(static_cast<uint32_t>(number), 0).GetLocal();
}

VxlanFdb&
VxlanNetDevice::GetFdb()
{
    return *m_fdb;
}

std::string
VxlanNetDevice::GetName() const
{
    const std::string name =
        Names::FindName(ConstCast<VxlanNetDevice>(Ptr<const VxlanNetDevice>(this)));
    return name.empty() ? "vxlan" + std::to_string(m_config.vni) : name;
}

uint64_t
VxlanNetDevice::GetFlooded() const
{
    return m_flooded;
}

void
VxlanNetDevice::SetAgeing(Time ageing)
{
    m_config.ageing = ageing;
    if (m_fdb)
    {
        m_fdb->SetAgeing(ageing);
    }
}

void
VxlanNetDevice::SetFdbLimit(uint32_t limit)
{
    m_config.fdbLimit = limit;
    if (m_fdb)
    {
        m_fdb->SetLimit(limit);
    }
}

uint32_t
VxlanNetDevice::GetFdbLimit() const
{
    return m_config.fdbLimit;
}

bool
VxlanNetDevice::IsMulticast() const
{
    return true;
}

Address
VxlanNetDevice::GetMulticast(Ipv4Address group) const
{
    return Mac48Address::GetMulticast(group);
}

Address
VxlanNetDevice::GetMulticast(Ipv6Address group) const
{
    return Mac48Address::GetMulticast(group);
}

std::vector<Ptr<VxlanNetDevice>>
GetVxlanDevices(Ptr<Node> node)
{
    std::vector<Ptr<VxlanNetDevice>> devices;
    if (Ptr<VxlanEndpoint> endpoint = node->GetObject<VxlanEndpoint>())
    {
        for (VxlanSegment* segment : endpoint->GetSegments())
        {
            devices.emplace_back(dynamic_cast<VxlanNetDevice*>(segment));
        }
    }
    return devices;
}

} // namespace ns3
