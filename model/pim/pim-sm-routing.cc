// SPDX-License-Identifier: GPL-2.0-only
// Packets, interfaces and life of the protocol. Attributes and trace sources are in
// pim-sm-attributes.cc.
#include "ns3/pim-sm-routing.h"

#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/virtual-net-device.h"
#include "ns3/wire-header.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(PimSmRouting);

namespace
{

constexpr const char* LIVENESS_CLIENT = "pim";

/** \returns the interface as PIM sees it. */
PimInterface
Describe(Ptr<Ipv4> ipv4,
         uint32_t interface,
         const PimInterfaceSettings& settings,
         const PimConfig& config)
{
    const bool isVirtual = DynamicCast<VirtualNetDevice>(ipv4->GetNetDevice(interface)) != nullptr;
    PimInterface now;
    now.index = interface;
    now.name = Names::FindName(ipv4->GetNetDevice(interface));
    now.name = now.name.empty() ? std::to_string(interface) : now.name;
    now.up = ipv4->IsUp(interface) && ipv4->GetNAddresses(interface) > 0;
    now.enabled = settings.enabled.value_or(!isVirtual);
    now.mtu = ipv4->GetMtu(interface);
    now.drPriority = settings.drPriority.value_or(config.drPriority);
    now.scopeBorders = settings.scopeBorders;
    for (uint32_t i = 0; i < ipv4->GetNAddresses(interface); ++i)
    {
        const Ipv4InterfaceAddress address = ipv4->GetAddress(interface, i);
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

} // namespace

PimSmRouting::PimSmRouting()
    : TracedEnvironment(m_traces),
      m_sender(PimMessage::PROTOCOL),
      m_path(*this, m_sender, m_traces, m_config.unicastTtl)
{
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
    if (m_membership == membership)
    {
        return;
    }
    m_membership = membership;
    membership->AddMembershipListener([this](uint32_t interface, Ipv4Address group) {
        Do([interface, group](PimInstance& pim) { pim.MembershipChanged(interface, group); });
    });
    Do([membership](PimInstance& pim) { pim.SetMembership(membership); });
}

void
PimSmRouting::SetOwnMembership(PimPacketPath::OwnMembership isMember)
{
    m_path.SetOwnMembership(std::move(isMember));
}

void
PimSmRouting::SetLiveness(NeighborLiveness* liveness)
{
    m_liveness = liveness;
    liveness->AddDownListener([this](uint32_t interface, Ipv4Address neighbor) {
        Do([interface, neighbor](PimInstance& pim) {
            pim.GetHellos().NeighborLost(interface, neighbor);
        });
    });
}

void
PimSmRouting::WatchNeighbor(uint32_t interface, Ipv4Address neighbor, bool watch)
{
    if (m_liveness != nullptr)
    {
        watch ? m_liveness->Watch(LIVENESS_CLIENT, interface, neighbor)
              : m_liveness->Unwatch(LIVENESS_CLIENT, interface, neighbor);
    }
}

void
PimSmRouting::SetInterfaceSettings(uint32_t interface, const PimInterfaceSettings& settings)
{
    m_settings[interface] = settings;
    UpdateInterface(interface);
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
    m_config.bootstrap.candidateBsrs.push_back(candidate);
    Do([](PimInstance& pim) { pim.CandidatesChanged(); });
}

void
PimSmRouting::SetCandidateRp(const PimCandidateRp& candidate)
{
    m_config.bootstrap.candidateRps.push_back(candidate);
    Do([](PimInstance& pim) { pim.CandidatesChanged(); });
}

void
PimSmRouting::RemoveCandidates(uint32_t interface)
{
    auto isThere = [interface](const auto& candidate) { return candidate.interface == interface; };
    auto& bsrs = m_config.bootstrap.candidateBsrs;
    auto& rps = m_config.bootstrap.candidateRps;
    bsrs.erase(std::remove_if(bsrs.begin(), bsrs.end(), isThere), bsrs.end());
    rps.erase(std::remove_if(rps.begin(), rps.end(), isThere), rps.end());
    Do([](PimInstance& pim) { pim.CandidatesChanged(); });
}

void
PimSmRouting::AddStaticRp(const Ipv4Prefix& range, Ipv4Address rp)
{
    m_config.staticRps.push_back({range, rp, false});
    Do([mapping = m_config.staticRps.back()](PimInstance& pim) { pim.AddStaticRp(mapping); });
}

void
PimSmRouting::RemoveStaticRp(const Ipv4Prefix& range, Ipv4Address rp)
{
    auto& rps = m_config.staticRps;
    const auto isIt = [&](const PimStaticRp& known) {
        return known.range == range && known.rp == rp;
    };
    rps.erase(std::remove_if(rps.begin(), rps.end(), isIt), rps.end());
    Do([range, rp](PimInstance& pim) { pim.RemoveStaticRp(range, rp); });
}

void
PimSmRouting::AddBidirRp(const Ipv4Prefix& range, Ipv4Address rp)
{
    m_config.staticRps.push_back({range, rp, true});
    Do([mapping = m_config.staticRps.back()](PimInstance& pim) { pim.AddStaticRp(mapping); });
}

void
PimSmRouting::SetAnycastRp(const PimAnycastRp& set)
{
    set.Check();
    auto& sets = m_config.anycastRps;
    const auto old = std::find_if(
        sets.begin(), sets.end(), [&set](const PimAnycastRp& one) { return one.rp == set.rp; });
    old == sets.end() ? sets.push_back(set) : void(*old = set);
    Do([](PimInstance& pim) { pim.AnycastRpsChanged(); });
}

// ---- Life ----

void
PimSmRouting::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4;
    m_sender.SetIpv4(ipv4);
    m_path.SetIpv4(ipv4);
    m_l4 = Ipv4ProtocolReceiver::Install(
        ipv4,
        PimMessage::PROTOCOL,
        [this](Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface) {
            Receive(packet, header, interface);
        });
    InitializeWithNode(Ptr<PimSmRouting>(this), ipv4);
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
    m_path.SetForwarder(nullptr);
    m_path.SetIpv4(nullptr);
    m_liveness = nullptr;
    m_sourceListeners.clear();
    m_instance.reset();
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
    if (m_instance)
    {
        return;
    }
    if (m_rib == nullptr)
    {
        m_rib = FindUnicastRib(m_ipv4);
        NS_ABORT_MSG_IF(m_rib == nullptr,
                        "PIM needs unicast routes with metrics: OspfRouting (OspfHelper) or "
                        "StaticUnderlayRouting (StaticUnderlayHelper) among the node's protocols");
        m_rib->AddChangeListener([this] { Do([](PimInstance& pim) { pim.RoutesChanged(); }); });
    }
    m_instance = std::make_unique<PimInstance>(
        static_cast<PimEnvironment&>(*this), m_path, m_config, m_membership);
    m_path.SetForwarder(&m_instance->GetEngine().GetForwarder());
    m_instance->GetEngine().registeredSourceChanged = [this](const SourceGroup& key, bool active) {
        for (const Listener& listener : m_sourceListeners)
        {
            listener(key, active);
        }
    };
    for (uint32_t i = 0; i < m_ipv4->GetNInterfaces(); ++i)
    {
        UpdateInterface(i);
    }
    m_instance->Start();
    for (const SourceGroup& key : m_externalSources)
    {
        m_instance->GetEngine().SetExternalSource(key, true);
    }
}

void
PimSmRouting::Stop()
{
    m_path.SetForwarder(nullptr);
    m_instance.reset();
    m_pause.Reset();
    m_liveness != nullptr ? m_liveness->UnwatchAll(LIVENESS_CLIENT) : void();
    m_interfaces.clear();
}

void
PimSmRouting::SetHanging(bool isHanging)
{
    if (m_instance)
    {
        m_instance->GetEngine().GetForwarder().SetProcessHanging(isHanging);
        m_pause.SetHanging(isHanging);
    }
}

void
PimSmRouting::Do(std::function<void(PimInstance&)> action)
{
    if (m_instance)
    {
        m_pause.Do(
            [this, action = std::move(action)] { m_instance ? action(*m_instance) : void(); });
    }
}

void
PimSmRouting::Leave()
{
    m_instance && !m_pause.IsHanging() ? m_instance->Leave() : void();
    Stop();
}

void
PimSmRouting::UpdateInterface(uint32_t interface)
{
    constexpr uint32_t loopback = 0;
    if (interface == loopback)
    {
        return;
    }
    Do([this, interface](PimInstance& pim) {
        m_interfaces[interface] =
            Describe(m_ipv4, interface, GetInterfaceSettings(interface), m_config);
        pim.InterfaceChanged(interface);
    });
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
    return m_instance != nullptr;
}

PimInstance&
PimSmRouting::GetInstance()
{
    NS_ABORT_MSG_IF(!m_instance, "PIM is not running");
    return *m_instance;
}

const PimInstance&
PimSmRouting::GetInstance() const
{
    NS_ABORT_MSG_IF(!m_instance, "PIM is not running");
    return *m_instance;
}

const std::map<uint32_t, PimInterface>&
PimSmRouting::GetInterfaces() const
{
    return m_interfaces;
}

std::vector<PimTibRow>
PimSmRouting::GetTib() const
{
    return m_instance ? m_instance->GetEngine().GetTibRows() : std::vector<PimTibRow>();
}

std::vector<const MulticastForwardingEntry*>
PimSmRouting::GetForwardingEntries() const
{
    if (!m_instance)
    {
        return {};
    }
    return m_instance->GetEngine().GetForwarder().GetCache().GetEntries();
}

const std::map<std::string, uint64_t>&
PimSmRouting::GetDrops() const
{
    return m_traces.GetDrops();
}

Time
PimSmRouting::Now() const
{
    return m_pause.GetClock().Now();
}

// ---- ActiveSources ----

std::vector<SourceGroup>
PimSmRouting::GetRegisteredSources() const
{
    return m_instance ? m_instance->GetEngine().GetRegisteredSources() : std::vector<SourceGroup>();
}

void
PimSmRouting::AddSourceListener(Listener listener)
{
    m_sourceListeners.push_back(std::move(listener));
}

void
PimSmRouting::AddExternalSource(const SourceGroup& key)
{
    m_externalSources.insert(key);
    Do([key](PimInstance& pim) { pim.GetEngine().SetExternalSource(key, true); });
}

void
PimSmRouting::RemoveExternalSource(const SourceGroup& key)
{
    m_externalSources.erase(key);
    Do([key](PimInstance& pim) { pim.GetEngine().SetExternalSource(key, false); });
}

// ---- PimEnvironment ----

ProtocolClock&
PimSmRouting::GetClock()
{
    return m_pause.GetClock();
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
    return m_config.rpfEcmp;
}

void
PimSmRouting::Send(const PimMessage& message,
                   uint32_t interface,
                   Ipv4Address destination,
                   Ipv4Address source)
{
    Ptr<Packet> packet = ToPacket(message);
    m_traces.NotifyTx(packet, interface);
    m_sender.SendOnInterface(packet, interface, source, destination, 1);
}

bool
PimSmRouting::SendUnicast(const PimMessage& message, Ipv4Address source, Ipv4Address destination)
{
    Ptr<Packet> packet = ToPacket(message);
    m_traces.NotifyTx(packet, 0);
    return m_sender.SendRouted(packet, source, destination, m_config.unicastTtl);
}

// ---- Packets ----

void
PimSmRouting::Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    if (!m_instance || (m_pause.IsHanging() && m_path.DecapsulateAlone(packet)))
    {
        return;
    }
    const bool isRead = m_pause.DoPacket(packet->GetSize(), [this, packet, header, interface] {
        m_instance ? Read(packet, header, interface) : void();
    });
    if (!isRead)
    {
        m_traces.NotifyDrop(packet, interface, "socket-buffer");
    }
}

void
PimSmRouting::Read(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    m_traces.NotifyRx(packet, interface);
    m_traces.SetSubject({packet, interface});
    PimMessage message;
    if (const std::string error = FromPacket(packet, message); !error.empty())
    {
        ReportDrop(error);
    }
    else if (const auto* body = message.As<PimRegister>())
    {
        if (const auto inner = PimPacketPath::ReadRegister(*body, packet))
        {
            m_instance->ReceiveRegister(
                {inner->header, inner->packet, MulticastEntrySpec::REGISTER_INTERFACE},
                body->nullRegister,
                header.GetSource(),
                header.GetDestination(),
                header.GetTtl());
            m_path.FlushRegisters();
        }
        else
        {
            ReportDrop("register-inner");
        }
    }
    else
    {
        m_instance->Receive(message, interface, header.GetSource(), header.GetDestination());
    }
    m_traces.SetSubject({});
}

Ptr<Ipv4Route>
PimSmRouting::RouteOutput(Ptr<Packet>,
                          const Ipv4Header& header,
                          Ptr<NetDevice> oif,
                          Socket::SocketErrno& error)
{
    Ptr<Ipv4Route> route = m_instance ? m_path.RouteOutput(header, oif) : nullptr;
    error = route ? Socket::ERROR_NOTERROR : error;
    return route;
}

bool
PimSmRouting::RouteInput(Ptr<const Packet> packet,
                         const Ipv4Header& header,
                         Ptr<const NetDevice> idev,
                         RouteInputTypes::Ucb,
                         RouteInputTypes::Mcb mcb,
                         RouteInputTypes::Lcb lcb,
                         RouteInputTypes::Ecb)
{
    return m_path.RouteInput(packet, header, idev, mcb, lcb);
}

void
PimSmRouting::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    std::ostream& os = *stream->GetStream();
    os << "Node: " << m_ipv4->GetObject<Node>()->GetId()
       << ", Time: " << m_pause.GetClock().Now().As(unit)
       << ", PIM-SM multicast forwarding cache\n";
    for (const MulticastForwardingEntry* entry : GetForwardingEntries())
    {
        os << entry->key.GetGroup() << " ";
        entry->key.IsStarG() ? os << "*" : os << entry->key.GetSource();
        os << " in ";
        entry->spec.incoming == MulticastEntrySpec::REGISTER_INTERFACE ? os << "register"
                                                                       : os << entry->spec.incoming;
        os << " out " << entry->spec.outgoing << (entry->spec.registerTunnel ? " register" : "")
           << "\n";
    }
}

} // namespace ns3
