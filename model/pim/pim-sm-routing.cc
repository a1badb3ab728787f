// SPDX-License-Identifier: GPL-2.0-only
// Packets, interfaces and life of the protocol. Attributes and trace sources are in
// pim-sm-attributes.cc.
#include "ns3/pim-sm-routing.h"

#include "ns3/node.h"
#include "ns3/wire-header.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(PimSmRouting);

PimSmRouting::PimSmRouting()
    : m_environment(m_traces, m_config),
      m_path(m_environment, m_environment.GetSender(), m_traces, m_config.unicastTtl)
{
}

int64_t
PimSmRouting::AssignStreams(int64_t stream)
{
    return m_environment.GetRandom().AssignStreams(stream);
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
    m_environment.SetLiveness(liveness);
    liveness->AddDownListener([this](uint32_t interface, Ipv4Address neighbor) {
        Do([interface, neighbor](PimInstance& pim) {
            pim.GetHellos().NeighborLost(interface, neighbor);
        });
    });
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
    m_environment.SetIpv4(ipv4);
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
    m_environment.SetLiveness(nullptr);
    m_sourceListeners.clear();
    m_instance.reset();
    m_ipv4 = nullptr;
    if (m_l4)
    {
        m_l4->SetReceiver(nullptr, nullptr);
        m_l4 = nullptr;
    }
    m_environment.SetIpv4(nullptr);
    Ipv4RoutingProtocol::DoDispose();
}

void
PimSmRouting::Start()
{
    if (m_instance)
    {
        return;
    }
    if (!m_environment.HasRib())
    {
        UnicastRib* rib = FindUnicastRib(m_ipv4);
        NS_ABORT_MSG_IF(rib == nullptr,
                        "PIM needs unicast routes with metrics: OspfRouting (OspfHelper) or "
                        "StaticUnderlayRouting (StaticUnderlayHelper) among the node's protocols");
        rib->AddChangeListener([this] { Do([](PimInstance& pim) { pim.RoutesChanged(); }); });
        m_environment.SetRib(*rib);
    }
    m_instance = std::make_unique<PimInstance>(m_environment, m_path, m_config, m_membership);
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
    m_environment.Reset();
}

void
PimSmRouting::SetHanging(bool isHanging)
{
    if (m_instance)
    {
        m_instance->GetEngine().GetForwarder().SetProcessHanging(isHanging);
        m_environment.GetPause().SetHanging(isHanging);
    }
}

void
PimSmRouting::Do(std::function<void(PimInstance&)> action)
{
    if (m_instance)
    {
        m_environment.GetPause().Do(
            [this, action = std::move(action)] { m_instance ? action(*m_instance) : void(); });
    }
}

void
PimSmRouting::Leave()
{
    m_instance && !m_environment.GetPause().IsHanging() ? m_instance->Leave() : void();
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
        m_environment.UpdateInterface(interface, GetInterfaceSettings(interface));
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
    return m_environment.GetInterfaces();
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

// ---- Packets ----

void
PimSmRouting::Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    if (!m_instance || (m_environment.GetPause().IsHanging() && m_path.DecapsulateAlone(packet)))
    {
        return;
    }
    const bool isRead =
        m_environment.GetPause().DoPacket(packet->GetSize(), [this, packet, header, interface] {
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
    const std::string error =
        HasIpLength(packet, header) ? FromPacket(packet, message) : IP_LENGTH_DROP;
    if (!error.empty())
    {
        m_traces.NotifyDrop(error);
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
            m_traces.NotifyDrop("register-inner");
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
    if (route)
    {
        error = Socket::ERROR_NOTERROR;
    }
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
       << ", Time: " << m_environment.GetPause().GetClock().Now().As(unit)
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
