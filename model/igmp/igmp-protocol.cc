// SPDX-License-Identifier: GPL-2.0-only
// The wiring of the machines to ns-3: interfaces, messages that come in, requests of applications.
#include "ns3/igmp-protocol.h"

#include "ns3/loopback-net-device.h"
#include "ns3/unicast-rib.h"
#include "ns3/wire-header.h"

#include <stdexcept>

namespace ns3
{

NS_LOG_CLASS_DEFINE(IgmpProtocol);

IgmpProtocol::IgmpProtocol() = default;

IgmpProtocol::IgmpProtocol(const IgmpProtocol& other)
    : Object(other),
      GroupMembership(),
      m_config(other.m_config),
      m_ssmPrefix(other.m_ssmPrefix),
      m_ssmMask(other.m_ssmMask),
      m_version(other.m_version)
{
}

IgmpProtocol::~IgmpProtocol() = default;

void
IgmpProtocol::SetInterfaceSettings(uint32_t interface, const IgmpInterfaceSettings& settings)
{
    if (settings.version && (*settings.version < 1 || *settings.version > 3))
    {
        throw std::invalid_argument("IGMP has versions 1, 2 and 3, not " +
                                    std::to_string(*settings.version));
    }
    Interface* state = GetOrAddInterface(interface);
    if (!state)
    {
        NS_LOG_WARN("no interface " << interface << " for IGMP");
        return;
    }
    const IgmpInterfaceSettings old = state->settings;
    state->settings = settings;
    state->settings.querier = settings.querier || old.querier;
    Do([this, interface, old](IgmpInstance&) { ApplySettings(interface, old); });
}

void
IgmpProtocol::ApplySettings(uint32_t interface, const IgmpInterfaceSettings& old)
{
    const IgmpInterfaceSettings& settings = m_interfaces.at(interface).settings;
    if (settings.version != old.version)
    {
        m_instance->SetVersion(interface, settings.version.value_or(m_version));
    }
    if (settings.querier && !old.querier)
    {
        m_instance->EnableQuerier(interface);
        if (m_ipv4->IsUp(interface))
        {
            m_instance->SetInterfaceUp(interface, true);
        }
    }
}

IgmpInterfaceSettings
IgmpProtocol::GetInterfaceSettings(uint32_t interface) const
{
    auto it = m_interfaces.find(interface);
    return it == m_interfaces.end() ? IgmpInterfaceSettings() : it->second.settings;
}

IgmpFilter
IgmpProtocol::GetRequest(uint32_t interface, Ipv4Address group)
{
    const Interface* state = GetOrAddInterface(interface);
    return state ? state->requests.Get(0, group) : IgmpFilter();
}

bool
IgmpProtocol::Join(uint32_t interface, Ipv4Address group, const IgmpSourceSet& sources)
{
    if (sources.empty())
    {
        return Join(interface, group, IgmpFilterMode::EXCLUDE, {});
    }
    IgmpFilter filter = GetRequest(interface, group);
    for (Ipv4Address source : sources)
    {
        if (filter.mode == IgmpFilterMode::INCLUDE)
        {
            filter.sources.insert(source);
        }
        else
        {
            filter.sources.erase(source);
        }
    }
    return Listen(0, interface, group, filter);
}

bool
IgmpProtocol::Join(uint32_t interface,
                   Ipv4Address group,
                   IgmpFilterMode mode,
                   const IgmpSourceSet& sources)
{
    return Listen(0, interface, group, {mode, sources});
}

void
IgmpProtocol::Leave(uint32_t interface, Ipv4Address group, const IgmpSourceSet& sources)
{
    IgmpFilter filter = GetRequest(interface, group);
    for (Ipv4Address source : sources)
    {
        if (filter.mode == IgmpFilterMode::INCLUDE)
        {
            filter.sources.erase(source);
        }
        else
        {
            filter.sources.insert(source);
        }
    }
    Listen(0, interface, group, sources.empty() ? IgmpFilter() : filter);
}

bool
IgmpProtocol::Listen(uint64_t socket,
                     uint32_t interface,
                     Ipv4Address group,
                     const IgmpFilter& filter)
{
    Interface* state = GetOrAddInterface(interface);
    if (!state)
    {
        return false;
    }
    if (m_instance && m_environment.GetPause().IsHanging())
    {
        // It is the application's: it is heard even if the process is killed meanwhile.
        m_environment.GetPause().Do(
            [this, socket, interface, group, filter] { Listen(socket, interface, group, filter); });
        return true;
    }
    if (m_instance)
    {
        return m_instance->FindHost(interface)->Listen(socket, group, filter);
    }
    const IgmpReceptionChange change = state->requests.Listen(socket, group, filter, m_config);
    // Where the node is a router, the querier reports its members, this node among them.
    if (!state->settings.querier && (change.IsJoin() || change.IsLeave()))
    {
        m_environment.ReportReception(interface, group, change.IsJoin());
    }
    return change.accepted;
}

bool
IgmpProtocol::IsMember(uint32_t interface, Ipv4Address source, Ipv4Address group) const
{
    if (const IgmpHost* host = FindHost(interface))
    {
        return host->IsMember(source, group);
    }
    auto it = m_interfaces.find(interface);
    return group == IgmpAllSystems() ||
           (it != m_interfaces.end() && it->second.requests.Merge(group).Passes(source));
}

bool
IgmpProtocol::LocalReceiverInclude(Ipv4Address group, uint32_t interface) const
{
    const IgmpGroupState* state = FindGroup(group, interface);
    return state && state->mode == IgmpFilterMode::EXCLUDE;
}

bool
IgmpProtocol::LocalReceiverInclude(Ipv4Address source, Ipv4Address group, uint32_t interface) const
{
    const IgmpGroupState* state = FindGroup(group, interface);
    return state && state->IsWanted(source);
}

bool
IgmpProtocol::LocalReceiverExclude(Ipv4Address source, Ipv4Address group, uint32_t interface) const
{
    const IgmpGroupState* state = FindGroup(group, interface);
    return state && state->IsExcluded(source);
}

std::vector<Ipv4Address>
IgmpProtocol::GetNamedSources(Ipv4Address group, uint32_t interface) const
{
    std::vector<Ipv4Address> named;
    if (const IgmpGroupState* state = FindGroup(group, interface))
    {
        for (const auto& [source, record] : state->sources)
        {
            if (state->IsWanted(source) || state->IsExcluded(source))
            {
                named.push_back(source);
            }
        }
    }
    return named;
}

std::vector<std::pair<uint32_t, Ipv4Address>>
IgmpProtocol::GetGroups() const
{
    return m_instance ? m_instance->GetGroups() : std::vector<std::pair<uint32_t, Ipv4Address>>();
}

void
IgmpProtocol::AddMembershipListener(std::function<void(uint32_t, Ipv4Address)> listener)
{
    m_environment.AddMembershipListener(std::move(listener));
}

void
IgmpProtocol::NotifyInterfaceUp(uint32_t interface)
{
    Do([interface](IgmpInstance& instance) { instance.SetInterfaceUp(interface, true); });
}

void
IgmpProtocol::NotifyInterfaceDown(uint32_t interface)
{
    Do([interface](IgmpInstance& instance) { instance.SetInterfaceUp(interface, false); });
}

void
IgmpProtocol::Start()
{
    if (m_instance || !m_ipv4)
    {
        return;
    }
    m_instance = std::make_unique<IgmpInstance>(m_environment, m_config);
    m_environment.SetInstance(m_instance.get());
    UnicastRib* rib = m_hearsInterfaces ? nullptr : FindUnicastRib(m_ipv4);
    if (rib)
    {
        m_hearsInterfaces = true;
        rib->AddInterfaceListener([this](uint32_t interface, bool up) {
            up ? NotifyInterfaceUp(interface) : NotifyInterfaceDown(interface);
        });
    }
    for (auto& [interface, state] : m_interfaces)
    {
        AddToInstance(interface, state);
    }
}

void
IgmpProtocol::Stop()
{
    if (m_instance)
    {
        m_instance->Shutdown();
        m_environment.SetInstance(nullptr);
        m_instance.reset();
    }
    m_environment.GetPause().Reset();
}

void
IgmpProtocol::SetHanging(bool isHanging)
{
    if (m_instance)
    {
        m_environment.GetPause().SetHanging(isHanging);
    }
}

bool
IgmpProtocol::IsRunning() const
{
    return m_instance != nullptr;
}

void
IgmpProtocol::Do(std::function<void(IgmpInstance&)> action)
{
    if (m_instance)
    {
        m_environment.GetPause().Do(
            [this, action = std::move(action)] { m_instance ? action(*m_instance) : void(); });
    }
}

int64_t
IgmpProtocol::AssignStreams(int64_t stream)
{
    return m_environment.AssignStreams(stream);
}

void
IgmpProtocol::Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    if (!m_instance)
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
IgmpProtocol::Read(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface)
{
    if (!GetOrAddInterface(interface))
    {
        return;
    }
    m_traces.NotifyRx(packet, interface);
    m_traces.SetSubject({packet, interface});
    IgmpMessage message;
    const std::string error =
        HasIpLength(packet, header) ? FromPacket(packet, message) : IP_LENGTH_DROP;
    if (error.empty())
    {
        m_instance->Receive(interface, header.GetSource(), message);
    }
    else
    {
        m_environment.ReportDrop(error);
    }
    m_traces.SetSubject({});
}

void
IgmpProtocol::NotifyNewAggregate()
{
    Ptr<Ipv4> ipv4 = m_ipv4 ? nullptr : GetObject<Ipv4>();
    if (ipv4)
    {
        m_ipv4 = ipv4;
        m_environment.SetIpv4(ipv4);
        m_l4 = Ipv4ProtocolReceiver::Install(
            ipv4,
            PROT_NUMBER,
            [this](Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface) {
                Receive(packet, header, interface);
            });
    }
    Object::NotifyNewAggregate();
}

void
IgmpProtocol::DoInitialize()
{
    Start();
    Object::DoInitialize();
}

void
IgmpProtocol::DoDispose()
{
    m_environment.ClearMembershipListeners();
    m_environment.SetInstance(nullptr);
    m_instance.reset();
    m_interfaces.clear();
    m_environment.SetIpv4(nullptr);
    if (m_l4)
    {
        m_l4->SetReceiver(nullptr, nullptr);
        m_l4 = nullptr;
    }
    m_ipv4 = nullptr;
    Object::DoDispose();
}

IgmpProtocol::Interface*
IgmpProtocol::GetOrAddInterface(uint32_t interface)
{
    auto found = m_interfaces.find(interface);
    if (found != m_interfaces.end())
    {
        return &found->second;
    }
    if (!m_ipv4 || interface >= m_ipv4->GetNInterfaces() ||
        DynamicCast<LoopbackNetDevice>(m_ipv4->GetNetDevice(interface)))
    {
        return nullptr;
    }
    Interface& state = m_interfaces[interface];
    Do([this, interface, &state](IgmpInstance&) { AddToInstance(interface, state); });
    return &state;
}

void
IgmpProtocol::AddToInstance(uint32_t interface, Interface& state)
{
    m_instance->AddInterface(interface, state.settings.version.value_or(m_version), state.requests);
    if (state.settings.querier)
    {
        m_instance->EnableQuerier(interface);
    }
    if (m_ipv4->IsUp(interface))
    {
        m_instance->SetInterfaceUp(interface, true);
    }
}

const IgmpHost*
IgmpProtocol::FindHost(uint32_t interface) const
{
    return m_instance ? const_cast<const IgmpInstance&>(*m_instance).FindHost(interface) : nullptr;
}

const IgmpQuerier*
IgmpProtocol::FindQuerier(uint32_t interface) const
{
    return m_instance ? m_instance->FindQuerier(interface) : nullptr;
}

const IgmpGroupState*
IgmpProtocol::FindGroup(Ipv4Address group, uint32_t interface) const
{
    const IgmpQuerier* querier = FindQuerier(interface);
    return querier ? querier->FindGroup(group) : nullptr;
}

std::vector<IgmpMembership>
IgmpProtocol::GetMemberships() const
{
    return m_instance ? m_instance->GetMemberships() : std::vector<IgmpMembership>();
}

std::vector<std::tuple<uint32_t, Ipv4Address, IgmpFilter>>
IgmpProtocol::GetJoinedGroups() const
{
    std::vector<std::tuple<uint32_t, Ipv4Address, IgmpFilter>> joined;
    for (const auto& [interface, state] : m_interfaces)
    {
        for (auto& [group, filter] : state.requests.GetFilters())
        {
            joined.emplace_back(interface, group, filter);
        }
    }
    return joined;
}

std::vector<IgmpInterfaceStatus>
IgmpProtocol::GetInterfaces() const
{
    std::vector<IgmpInterfaceStatus> interfaces;
    for (const auto& [interface, state] : m_interfaces)
    {
        if (!state.settings.querier)
        {
            continue;
        }
        const uint8_t version = state.settings.version.value_or(m_version);
        IgmpInterfaceStatus status{interface, false, Ipv4Address::GetAny(), Seconds(0), version, 0};
        if (const IgmpQuerier* querier = FindQuerier(interface))
        {
            status.up = querier->GetState() != IgmpQuerierState::INITIAL;
            status.querier = querier->GetQuerier();
            status.otherQuerierPresent = querier->GetOtherQuerierPresent();
            status.groups = static_cast<uint32_t>(querier->GetGroupCount());
        }
        interfaces.push_back(status);
    }
    return interfaces;
}

const std::map<std::string, uint64_t>&
IgmpProtocol::GetDrops() const
{
    return m_traces.GetDrops();
}

} // namespace ns3
