// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 (packets of the node itself), §4.4 (the bytes of Registers), §4.9 (which message
// may come in how). Attributes and trace sources are in pim-sm-attributes.cc.
#include "ns3/pim-sm-routing.h"

#include "ns3/log.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/simulator.h"
#include "ns3/virtual-net-device.h"
#include "ns3/wire-header.h"

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PimSmRouting");

PimSmRouting::PimSmRouting()
    : m_sender(PimMessage::PROTOCOL),
      m_neighbors(*this, *this),
      m_rpSet(*this),
      m_bootstrap(*this, m_neighbors, m_rpSet, *this),
      m_forwarders(*this, m_neighbors, m_rpSet, *this),
      m_router(*this, m_neighbors, m_rpSet, *this, *this)
{
    Connect();
}

PimSmRouting::~PimSmRouting()
{
}

void
PimSmRouting::Connect()
{
    m_neighbors.neighborUp = [this](uint32_t interface, const PimNeighbor& neighbor) {
        m_bootstrap.NeighborUp(interface, neighbor);
        m_forwarders.NeighborUp(interface);
        m_router.NeighborUp(interface, neighbor.address);
    };
    m_neighbors.neighborDown = [this](uint32_t interface, const PimNeighbor& neighbor) {
        m_forwarders.NeighborDown(interface, neighbor.address);
        m_router.NeighborDown(interface, neighbor.address);
    };
    m_neighbors.generationIdChanged = [this](uint32_t interface, const PimNeighbor& neighbor) {
        m_bootstrap.NeighborUp(interface, neighbor);
        m_forwarders.GenerationIdChanged(interface, neighbor.address);
        m_router.GenerationIdChanged(interface, neighbor.address);
    };
    m_neighbors.drChanged = [this](uint32_t interface) { m_router.DrChanged(interface); };
    m_neighbors.helloReceived = [this](uint32_t interface, const PimNeighbor& neighbor) {
        m_forwarders.HelloReceived(interface, neighbor.address);
    };
    m_neighbors.helloSent = [this](uint32_t interface) { m_bootstrap.HelloSent(interface); };
    m_rpSet.changed = [this](const std::vector<Ipv4Prefix>& ranges) {
        if (m_running)
        {
            m_forwarders.RpSetChanged();
            m_router.RpSetChanged(ranges);
        }
    };
    m_forwarders.changed = [this](Ipv4Address rp, uint32_t interface) {
        m_router.DfChanged(rp, interface);
    };
    m_router.SetDesignatedForwarders(&m_forwarders);
}

int64_t
PimSmRouting::AssignStreams(int64_t stream)
{
    return m_random.AssignStreams(stream);
}

// ---- Settings ----

void
PimSmRouting::SetMembership(GroupMembership* membership)
{
    m_membership = membership;
    m_router.SetMembership(membership);
    membership->AddMembershipListener([this](uint32_t interface, Ipv4Address group) {
        if (m_running)
        {
            m_router.MembershipChanged(interface, group);
        }
    });
}

void
PimSmRouting::SetOwnMembership(std::function<bool(uint32_t, Ipv4Address, Ipv4Address)> isMember)
{
    m_isOwnMember = std::move(isMember);
}

void
PimSmRouting::SetInterfaceSettings(uint32_t interface, const PimInterfaceSettings& settings)
{
    m_settings[interface] = settings;
    if (m_running)
    {
        UpdateInterface(interface);
    }
}

const PimInterfaceSettings&
PimSmRouting::GetInterfaceSettings(uint32_t interface) const
{
    static const PimInterfaceSettings defaults;
    auto it = m_settings.find(interface);
    return it == m_settings.end() ? defaults : it->second;
}

void
PimSmRouting::SetCandidateBsr(const PimCandidateBsr& candidate)
{
    candidateBsrs.push_back(candidate);
    m_bootstrap.CandidatesChanged();
}

void
PimSmRouting::SetCandidateRp(const PimCandidateRp& candidate)
{
    candidateRps.push_back(candidate);
    m_bootstrap.CandidatesChanged();
}

void
PimSmRouting::RemoveCandidates(uint32_t interface)
{
    auto isThere = [interface](const auto& candidate) { return candidate.interface == interface; };
    candidateBsrs.erase(std::remove_if(candidateBsrs.begin(), candidateBsrs.end(), isThere),
                        candidateBsrs.end());
    candidateRps.erase(std::remove_if(candidateRps.begin(), candidateRps.end(), isThere),
                       candidateRps.end());
    m_bootstrap.CandidatesChanged();
}

void
PimSmRouting::AddStaticRp(const Ipv4Prefix& range, Ipv4Address rp)
{
    m_rpSet.AddStatic(range, rp);
}

void
PimSmRouting::AddBidirRp(const Ipv4Prefix& range, Ipv4Address rp)
{
    m_rpSet.AddStatic(range, rp, true);
}

// ---- Life ----

void
PimSmRouting::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4;
    m_sender.SetIpv4(ipv4);
    m_l4 = CreateObject<Ipv4ProtocolReceiver>(PimMessage::PROTOCOL);
    m_l4->SetReceiver(ipv4, [this](Ptr<Packet> packet, const Ipv4Header& header, uint32_t i) {
        Receive(packet, header, i);
    });
    ipv4->Insert(m_l4);
    // ns-3 initializes what is aggregated to the node; set on Ipv4 alone, the protocol sees to it
    // itself. Twice does no harm.
    Ptr<Node> node = ipv4->GetObject<Node>();
    const uint32_t context = node ? node->GetId() : Simulator::NO_CONTEXT;
    Simulator::ScheduleWithContext(
        context, Seconds(0), &PimSmRouting::Initialize, Ptr<PimSmRouting>(this));
}

void
PimSmRouting::DoInitialize()
{
    Start();
    Ipv4RoutingProtocol::DoInitialize();
}

void
PimSmRouting::DoDispose()
{
    m_running = false;
    m_bootstrap.Clear();
    m_forwarders.Clear();
    m_router.Clear();
    m_neighbors.Clear();
    m_ipv4 = nullptr;
    if (m_l4)
    {
        m_l4->SetReceiver(nullptr, nullptr);
        m_l4 = nullptr;
    }
    m_sender.SetIpv4(nullptr);
    Ipv4RoutingProtocol::DoDispose();
}

void
PimSmRouting::Start()
{
    if (m_running)
    {
        return;
    }
    if (m_rib == nullptr)
    {
        m_rib = FindUnicastRib(m_ipv4);
        NS_ABORT_MSG_IF(m_rib == nullptr, "PIM needs a UnicastRib among the node's protocols");
        m_rib->AddChangeListener([this] {
            if (m_running)
            {
                m_bootstrap.RoutesChanged();
                m_forwarders.RoutesChanged();
                m_router.RoutesChanged();
            }
        });
    }
    candidateRpTimes = *this;
    m_running = true;
    m_router.SetSsmRange(m_ssmRange);
    for (uint32_t i = 0; i < m_ipv4->GetNInterfaces(); ++i)
    {
        UpdateInterface(i);
    }
    m_forwarders.RpSetChanged();
    m_bootstrap.Start();
    m_router.Start();
}

void
PimSmRouting::Stop()
{
    m_running = false;
    m_bootstrap.Clear();
    m_forwarders.Clear();
    m_router.Clear();
    m_neighbors.Clear();
    m_rpSet.Clear();
    m_interfaces.clear();
    m_pendingRegisters.clear();
}

void
PimSmRouting::Leave()
{
    m_bootstrap.Withdraw();
    for (const auto& [index, interface] : m_interfaces)
    {
        m_neighbors.SendGoodbye(index);
    }
    Stop();
}

PimInterface
PimSmRouting::Describe(uint32_t interface) const
{
    const PimInterfaceSettings& settings = GetInterfaceSettings(interface);
    const bool isVirtual =
        DynamicCast<VirtualNetDevice>(m_ipv4->GetNetDevice(interface)) != nullptr;
    PimInterface now;
    now.index = interface;
    now.name = Names::FindName(m_ipv4->GetNetDevice(interface));
    now.name = now.name.empty() ? std::to_string(interface) : now.name;
    now.up = m_ipv4->IsUp(interface) && m_ipv4->GetNAddresses(interface) > 0;
    now.enabled = settings.enabled.value_or(!isVirtual);
    now.mtu = m_ipv4->GetMtu(interface);
    now.drPriority = settings.drPriority.value_or(m_drPriority);
    now.scopeBorders = settings.scopeBorders;
    for (uint32_t i = 0; i < m_ipv4->GetNAddresses(interface); ++i)
    {
        const Ipv4InterfaceAddress address = m_ipv4->GetAddress(interface, i);
        if (i == 0)
        {
            now.address = address.GetLocal();
            now.mask = address.GetMask();
        }
        else
        {
            now.secondary.push_back(address.GetLocal());
        }
    }
    std::sort(now.secondary.begin(), now.secondary.end());
    return now;
}

void
PimSmRouting::UpdateInterface(uint32_t interface)
{
    constexpr uint32_t loopback = 0;
    if (interface == loopback || !m_running)
    {
        return;
    }
    m_interfaces[interface] = Describe(interface);
    m_neighbors.InterfaceChanged(interface);
    m_bootstrap.InterfaceChanged(interface);
    m_forwarders.InterfaceChanged(interface);
    m_router.InterfaceChanged(interface);
}

void
PimSmRouting::NotifyInterfaceUp(uint32_t interface)
{
    UpdateInterface(interface);
}

void
PimSmRouting::NotifyInterfaceDown(uint32_t interface)
{
    UpdateInterface(interface);
}

void
PimSmRouting::NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress)
{
    UpdateInterface(interface);
}

void
PimSmRouting::NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress)
{
    UpdateInterface(interface);
}

// ---- Looking in ----

bool
PimSmRouting::IsRunning() const
{
    return m_running;
}

PimRouter&
PimSmRouting::GetRouter()
{
    return m_router;
}

const PimRouter&
PimSmRouting::GetRouter() const
{
    return m_router;
}

const PimNeighborTable&
PimSmRouting::GetNeighborTable() const
{
    return m_neighbors;
}

const PimRpSet&
PimSmRouting::GetRpSet() const
{
    return m_rpSet;
}

const PimBootstrapMachine&
PimSmRouting::GetBootstrap() const
{
    return m_bootstrap;
}

const PimDfTable&
PimSmRouting::GetForwarders() const
{
    return m_forwarders;
}

const std::map<uint32_t, PimInterface>&
PimSmRouting::GetInterfaces() const
{
    return m_interfaces;
}

std::vector<PimTibRow>
PimSmRouting::GetTib() const
{
    return m_router.GetTibRows();
}

std::vector<const MulticastForwardingEntry*>
PimSmRouting::GetForwardingEntries() const
{
    return m_router.GetForwarder().GetCache().GetEntries();
}

const std::map<std::string, uint64_t>&
PimSmRouting::GetDrops() const
{
    return m_drops;
}

Time
PimSmRouting::Now() const
{
    return m_clock.Now();
}

// ---- PimEnvironment ----

ProtocolClock&
PimSmRouting::GetClock()
{
    return m_clock;
}

ProtocolRandom&
PimSmRouting::GetRandom()
{
    return m_random;
}

UnicastRib&
PimSmRouting::GetRib()
{
    return *m_rib;
}

RpfEcmp
PimSmRouting::GetRpfEcmp() const
{
    return m_rpfEcmp;
}

void
PimSmRouting::Send(const PimMessage& message,
                   uint32_t interface,
                   Ipv4Address destination,
                   Ipv4Address source)
{
    Ptr<Packet> packet = ToPacket(message);
    m_txTrace(packet, interface);
    m_sender.SendOnInterface(packet, interface, source, destination, 1);
}

bool
PimSmRouting::SendUnicast(const PimMessage& message, Ipv4Address source, Ipv4Address destination)
{
    Ptr<Packet> packet = ToPacket(message);
    m_txTrace(packet, 0);
    return m_sender.SendRouted(packet, source, destination, m_unicastTtl);
}

void
PimSmRouting::ReportEvent(const std::string& name, const std::string& detail)
{
    NS_LOG_LOGIC(name << " " << detail);
    m_eventTrace(name, detail);
}

void
PimSmRouting::ReportDrop(const std::string& reason)
{
    NS_LOG_LOGIC("drop on " << m_receivingOn << ": " << reason);
    ++m_drops[reason];
    m_dropTrace(m_receiving, m_receivingOn, reason);
}

// ---- Messages ----

void
PimSmRouting::Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    if (!m_running)
    {
        return;
    }
    m_rxTrace(packet, interface);
    m_receiving = packet;
    m_receivingOn = interface;
    PimMessage message;
    const std::string error = FromPacket(packet, message);
    if (!error.empty())
    {
        ReportDrop(error);
    }
    else
    {
        Dispatch(message, packet, header, interface);
    }
    m_receiving = nullptr;
}

void
PimSmRouting::Dispatch(const PimMessage& message,
                       Ptr<const Packet> packet,
                       const Ipv4Header& header,
                       uint32_t interface)
{
    const Ipv4Address source = header.GetSource();
    const Ipv4Address destination = header.GetDestination();
    if (const auto* body = message.As<PimRegister>())
    {
        ReceiveRegister(*body, packet, header);
        return;
    }
    if (const auto* body = message.As<PimRegisterStop>())
    {
        m_router.Receive(*body);
        return;
    }
    if (const auto* body = message.As<PimCandidateRpAdvertisement>())
    {
        m_bootstrap.Receive(*body, destination);
        return;
    }
    const PimInterface* own = FindInterface(interface);
    if (own == nullptr || !own->IsActive())
    {
        ReportDrop("interface-down");
    }
    else if (const auto* bootstrap = message.As<PimBootstrap>())
    {
        m_bootstrap.Receive(*bootstrap, interface, source, destination);
    }
    else if (destination != PimAllRouters())
    {
        ReportDrop("destination");
    }
    else if (const auto* hello = message.As<PimHello>())
    {
        m_neighbors.ReceiveHello(*hello, interface, source);
    }
    else if (const auto* joinPrune = message.As<PimJoinPrune>())
    {
        m_router.Receive(*joinPrune, interface, source);
        m_forwarders.SeeJoinPrune(*joinPrune, interface, source);
    }
    else if (const auto* assertion = message.As<PimAssert>())
    {
        m_router.Receive(*assertion, interface, source);
    }
    else if (const auto* election = message.As<PimDfElection>())
    {
        m_forwarders.Receive(*election, interface, source);
    }
}

void
PimSmRouting::ReceiveRegister(const PimRegister& message,
                              Ptr<const Packet> packet,
                              const Ipv4Header& header)
{
    constexpr std::size_t ipHeader = 20;
    const std::vector<uint8_t>& bytes = message.packet;
    const std::size_t headerLength = bytes.empty() ? 0 : (bytes[0] & 0x0f) * 4u;
    const bool wellFormed = bytes.size() >= ipHeader && bytes[0] >> 4 == 4 &&
                            headerLength >= ipHeader && headerLength <= bytes.size() &&
                            (bytes[2] << 8 | bytes[3]) == static_cast<int>(bytes.size());
    if (!wellFormed)
    {
        ReportDrop("register-inner");
        return;
    }
    Ptr<Packet> inner =
        packet->CreateFragment(PimRegister::SIZE, packet->GetSize() - PimRegister::SIZE);
    Ipv4Header innerHeader;
    inner->RemoveHeader(innerHeader);
    m_router.Receive({innerHeader, inner, MulticastRow::REGISTER_INTERFACE},
                     message.nullRegister,
                     header.GetSource(),
                     header.GetDestination());
}

void
PimSmRouting::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    std::ostream& os = *stream->GetStream();
    os << "Node: " << m_ipv4->GetObject<Node>()->GetId() << ", Time: " << m_clock.Now().As(unit)
       << ", PIM-SM multicast forwarding cache\n";
    for (const MulticastForwardingEntry* entry : GetForwardingEntries())
    {
        os << entry->key.GetGroup() << " ";
        entry->key.IsStarG() ? os << "*" : os << entry->key.GetSource();
        os << " in ";
        entry->row.incoming == MulticastRow::REGISTER_INTERFACE ? os << "register"
                                                                : os << entry->row.incoming;
        os << " out " << entry->row.outgoing << (entry->row.registerTunnel ? " register" : "")
           << "\n";
    }
}

} // namespace ns3
