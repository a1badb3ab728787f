// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.1 (unicast), §4.2 (broadcast, unknown, multicast), §5 (frame), §6.1 (inner VLAN).
#include "ns3/vxlan-net-device.h"

#include "ns3/abort.h"
#include "ns3/arp-cache.h"
#include "ns3/arp-header.h"
#include "ns3/boolean.h"
#include "ns3/ethernet-header.h"
#include "ns3/ipv4-interface.h"
#include "ns3/ipv4-l3-protocol.h"
#include "ns3/names.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-flow-hash.h"

#include <sstream>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(VxlanNetDevice);

namespace
{

constexpr uint16_t VIRTUAL_DEVICE_MTU = 1500;
constexpr uint16_t ETHERTYPE_ARP = 0x0806;
constexpr uint16_t ETHERTYPE_VLAN = 0x8100;
constexpr uint16_t ETHERTYPE_MIN = 0x0600;
constexpr uint32_t ETHERNET_HEADER = 14;
constexpr uint32_t ARP_SIZE = 28;

/** ns-3's ARP trusts lengths. \returns whether they are those of Ethernet and IPv4. */
bool
IsArpWellFormed(Ptr<const Packet> packet)
{
    uint8_t bytes[ARP_SIZE];
    return packet->CopyData(bytes, ARP_SIZE) == ARP_SIZE && bytes[4] == 6 && bytes[5] == 4;
}

NetDevice::PacketType
ClassifyDestination(Mac48Address destination, Address own)
{
    if (destination.IsBroadcast())
    {
        return NetDevice::PACKET_BROADCAST;
    }
    if (destination.IsGroup())
    {
        return NetDevice::PACKET_MULTICAST;
    }
    return destination == Mac48Address::ConvertFrom(own) ? NetDevice::PACKET_HOST
                                                         : NetDevice::PACKET_OTHERHOST;
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
            .AddAttribute("Vni",
                          "The VXLAN network identifier (Linux: id).",
                          UintegerValue(0),
                          MakeUintegerAccessor(&VxlanNetDevice::m_vni),
                          MakeUintegerChecker<uint32_t>(0, VxlanFields::MAX_VNI))
            .AddAttribute("Group",
                          "The group of the VNI's VTEPs; any: none.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&VxlanNetDevice::m_group),
                          MakeIpv4AddressChecker())
            .AddAttribute("Local",
                          "The outer source address; any: that of the outgoing interface.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&VxlanNetDevice::m_local),
                          MakeIpv4AddressChecker())
            .AddAttribute("Ttl",
                          "The outer TTL; 0: 1 towards a group, else 64.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&VxlanNetDevice::m_ttl),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("Port",
                          "The UDP port (RFC 7348: 4789; Linux: 8472).",
                          UintegerValue(DEFAULT_PORT),
                          MakeUintegerAccessor(&VxlanNetDevice::m_port),
                          MakeUintegerChecker<uint16_t>(1))
            .AddAttribute("SourcePortMin",
                          "The lowest outer source port; 0 with SourcePortMax 0: 49152.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&VxlanNetDevice::m_sourcePortMin),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("SourcePortMax",
                          "The highest outer source port; 0 with SourcePortMin 0: 65535.",
                          UintegerValue(0),
                          MakeUintegerAccessor(&VxlanNetDevice::m_sourcePortMax),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("Learning",
                          "Whether addresses are learned from frames.",
                          BooleanValue(true),
                          MakeBooleanAccessor(&VxlanNetDevice::m_learning),
                          MakeBooleanChecker())
            .AddAttribute("Ageing",
                          "How long a silent address is remembered; 0: for ever.",
                          TimeValue(Seconds(300)),
                          MakeTimeAccessor(&VxlanNetDevice::SetAgeing, &VxlanNetDevice::GetAgeing),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "FdbLimit",
                "How many addresses may be learned; 0: any number.",
                UintegerValue(0),
                MakeUintegerAccessor(&VxlanNetDevice::SetFdbLimit, &VxlanNetDevice::GetFdbLimit),
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
        m_endpoint->ReportEvent("age", detail.str());
    });
    m_fdb->SetAgeing(m_ageing);
    m_fdb->SetLimit(m_fdbLimit);
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
    // The node disposes of the endpoint as well: nobody is left to be told.
    m_started = false;
    m_discovery.reset();
    m_fdb.reset();
    m_endpoint = nullptr;
    m_underlay = nullptr;
    VirtualNetDevice::DoDispose();
}

bool
VxlanNetDevice::SetMtu(const uint16_t mtu)
{
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
        VirtualNetDevice::SetMtu(underlay->GetMtu() - OVERHEAD);
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
VxlanNetDevice::SetDiscovery(std::unique_ptr<VxlanRemoteDiscovery> discovery)
{
    m_discovery = std::move(discovery);
}

void
VxlanNetDevice::Start()
{
    if (m_started)
    {
        return;
    }
    NS_ABORT_MSG_IF(!m_endpoint, "a VxlanNetDevice must be on a node before it starts");
    NS_ABORT_MSG_UNLESS(m_endpoint->Register(this, m_port, m_vni),
                        "VNI " << m_vni << " is on UDP port " << m_port << " of this node already");
    if (!m_discovery && !m_group.IsAny())
    {
        m_discovery = std::make_unique<VxlanGroupDiscovery>(m_group);
    }
    else if (!m_discovery)
    {
        m_discovery = std::make_unique<VxlanHeadEndDiscovery>(m_remotes);
    }
    m_started = true;
    m_discovery->Start(*m_fdb, [this](Ipv4Address group, bool join) {
        NS_ABORT_MSG_IF(!m_underlay, "a VxlanNetDevice with a group needs an underlay device");
        join ? m_endpoint->Join(group, m_underlay) : m_endpoint->Leave(group, m_underlay);
    });
}

void
VxlanNetDevice::Stop()
{
    if (m_started)
    {
        m_started = false;
        m_discovery->Stop();
        m_fdb->Flush();
        m_endpoint->Unregister(m_port, m_vni);
    }
}

bool
VxlanNetDevice::IsStarted() const
{
    return m_started;
}

uint32_t
VxlanNetDevice::GetVni() const
{
    return m_vni;
}

Ipv4Address
VxlanNetDevice::GetGroup() const
{
    return m_group;
}

uint16_t
VxlanNetDevice::GetPort() const
{
    return m_port;
}

uint8_t
VxlanNetDevice::GetTtl() const
{
    return m_ttl;
}

Time
VxlanNetDevice::GetAgeing() const
{
    return m_ageing;
}

bool
VxlanNetDevice::IsLearning() const
{
    return m_learning;
}

std::pair<uint16_t, uint16_t>
VxlanNetDevice::GetSourcePortRange() const
{
    return {m_sourcePortMin, m_sourcePortMax};
}

Ipv4Address
VxlanNetDevice::GetLocal() const
{
    return m_local;
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
    return name.empty() ? "vxlan" + std::to_string(m_vni) : name;
}

uint64_t
VxlanNetDevice::GetFlooded() const
{
    return m_flooded;
}

void
VxlanNetDevice::SetAgeing(Time ageing)
{
    m_ageing = ageing;
    if (m_fdb)
    {
        m_fdb->SetAgeing(ageing);
    }
}

void
VxlanNetDevice::SetFdbLimit(uint32_t limit)
{
    m_fdbLimit = limit;
    if (m_fdb)
    {
        m_fdb->SetLimit(limit);
    }
}

uint32_t
VxlanNetDevice::GetFdbLimit() const
{
    return m_fdbLimit;
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

bool
VxlanNetDevice::SendFrame(Ptr<Packet> packet,
                          const Address& source,
                          const Address& destination,
                          uint16_t protocol)
{
    const Mac48Address to = Mac48Address::ConvertFrom(destination);
    const uint32_t payload = packet->GetSize();
    EthernetHeader header(false);
    header.SetSource(Mac48Address::ConvertFrom(source));
    header.SetDestination(to);
    header.SetLengthType(protocol);
    Ptr<Packet> frame = packet->Copy();
    frame->AddHeader(header);
    if (!m_started || payload > GetMtu())
    {
        m_endpoint->ReportDrop(frame, 0, m_started ? "mtu" : "stopped");
        return false;
    }
    m_frameTrace(frame);

    VxlanTunnel tunnel;
    tunnel.source = m_local;
    tunnel.sourcePort = SelectSourcePort(frame);
    tunnel.destinationPort = m_port;
    tunnel.ttl = m_ttl;
    tunnel.device = m_underlay;
    const VxlanFdbEntry* known = to.IsGroup() ? nullptr : m_fdb->Find(to);
    if (known)
    {
        tunnel.destination = known->vtep;
        m_endpoint->Send(frame, m_vni, tunnel);
        return true;
    }
    if (m_fdb->GetDefaults().empty())
    {
        m_endpoint->ReportDrop(frame, 0, "no-remote");
        return false;
    }
    ++m_flooded;
    for (Ipv4Address remote : m_fdb->GetDefaults())
    {
        tunnel.destination = remote;
        m_endpoint->Send(frame, m_vni, tunnel);
    }
    return true;
}

uint16_t
VxlanNetDevice::SelectSourcePort(Ptr<const Packet> frame) const
{
    uint8_t bytes[VXLAN_FLOW_BYTES];
    const uint32_t size = frame->CopyData(bytes, VXLAN_FLOW_BYTES);
    return VxlanSourcePort(VxlanFlowHash(bytes, size), m_sourcePortMin, m_sourcePortMax);
}

std::string
VxlanNetDevice::ReceiveFrame(Ptr<Packet> frame, Ipv4Address vtep)
{
    if (frame->GetSize() < ETHERNET_HEADER)
    {
        return "truncated";
    }
    Ptr<Packet> packet = frame->Copy();
    EthernetHeader header(false);
    packet->RemoveHeader(header);
    const uint16_t protocol = header.GetLengthType();
    const Mac48Address source = header.GetSource();
    const Mac48Address destination = header.GetDestination();
    if (protocol < ETHERTYPE_MIN || source.IsGroup())
    {
        return "inner-frame";
    }
    if (protocol == ETHERTYPE_VLAN)
    {
        return "inner-vlan";
    }
    if (protocol == ETHERTYPE_ARP && !IsArpWellFormed(packet))
    {
        return "inner-arp";
    }
    if (source == Mac48Address::ConvertFrom(GetAddress()))
    {
        return "echo";
    }
    if (!Learn(source, vtep))
    {
        return "static-entry";
    }
    m_frameTrace(frame);
    if (protocol == ETHERTYPE_ARP)
    {
        LearnArpSender(packet);
    }
    VirtualNetDevice::Receive(
        packet, protocol, source, destination, ClassifyDestination(destination, GetAddress()));
    return "";
}

bool
VxlanNetDevice::Learn(Mac48Address source, Ipv4Address vtep)
{
    if (!m_learning || !m_discovery->LearnsFromFrames())
    {
        return true;
    }
    const VxlanFdbEntry* before = m_fdb->Find(source);
    const Ipv4Address old = before ? before->vtep : vtep;
    const VxlanFdb::Lesson lesson = m_fdb->Learn(source, vtep);
    if (lesson == VxlanFdb::Lesson::Learned || lesson == VxlanFdb::Lesson::Moved)
    {
        const bool moved = lesson == VxlanFdb::Lesson::Moved;
        std::ostringstream detail;
        detail << GetName() << ' ' << source << ' ';
        if (moved)
        {
            detail << old << ' ';
        }
        detail << vtep;
        m_endpoint->ReportEvent(moved ? "move" : "learn", detail.str());
    }
    return lesson != VxlanFdb::Lesson::Permanent;
}

void
VxlanNetDevice::LearnArpSender(Ptr<const Packet> packet)
{
    // Linux learns the sender of a request for its own address; ns-3's ARP does not, and would
    // flood a request of its own before it answers.
    Ptr<Ipv4L3Protocol> ipv4 = GetNode()->GetObject<Ipv4L3Protocol>();
    const int32_t number = ipv4 ? ipv4->GetInterfaceForDevice(this) : -1;
    ArpHeader arp;
    if (number < 0 || packet->PeekHeader(arp) == 0 || !arp.IsRequest() ||
        arp.GetSourceIpv4Address().IsAny())
    {
        return;
    }
    Ptr<Ipv4Interface> interface = ipv4->GetInterface(static_cast<uint32_t>(number));
    bool own = false;
    for (uint32_t i = 0; i < interface->GetNAddresses(); ++i)
    {
        own = own || interface->GetAddress(i).GetLocal() == arp.GetDestinationIpv4Address();
    }
    Ptr<ArpCache> cache = interface->GetArpCache();
    if (!own || !cache)
    {
        return;
    }
    const Ipv4Address sender = arp.GetSourceIpv4Address();
    ArpCache::Entry* entry = cache->Lookup(sender);
    if (entry && entry->IsWaitReply())
    {
        entry->MarkAlive(arp.GetSourceHardwareAddress());
        for (auto pending = entry->DequeuePending(); pending.first;
             pending = entry->DequeuePending())
        {
            interface->Send(pending.first, pending.second, sender);
        }
        return;
    }
    if (entry && entry->IsPermanent())
    {
        return;
    }
    if (entry)
    {
        cache->Remove(entry);
    }
    // A new entry is alive.
    entry = cache->Add(sender);
    entry->SetMacAddress(arp.GetSourceHardwareAddress());
    entry->UpdateSeen();
}

} // namespace ns3
