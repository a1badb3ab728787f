// SPDX-License-Identifier: GPL-2.0-only
// The wiring of the machines to ns-3: interfaces, messages in and out.
#include "ns3/igmp-protocol.h"

#include "ns3/ipv4-interface.h"
#include "ns3/log.h"
#include "ns3/loopback-net-device.h"
#include "ns3/unicast-rib.h"
#include "ns3/wire-header.h"

#include <algorithm>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("IgmpProtocol");

IgmpProtocol::IgmpProtocol() = default;
IgmpProtocol::~IgmpProtocol() = default;

void
IgmpProtocol::EnableQuerier(uint32_t interface)
{
    IgmpPort* port = GetPort(interface);
    if (!port)
    {
        NS_LOG_WARN("no interface " << interface << " to query on");
        return;
    }
    port->EnableQuerier();
    if (m_running && m_ipv4->IsUp(interface))
    {
        port->Start();
    }
}

void
IgmpProtocol::SetVersion(uint32_t interface, uint8_t version)
{
    if (IgmpPort* port = GetPort(interface))
    {
        port->SetVersion(version);
    }
}

bool
IgmpProtocol::Join(uint32_t interface, Ipv4Address group, const IgmpSourceSet& sources)
{
    if (sources.empty())
    {
        return Join(interface, group, IgmpFilterMode::EXCLUDE, {});
    }
    IgmpPort* port = GetPort(interface);
    IgmpFilter filter = port ? port->GetHost().GetRequest(0, group) : IgmpFilter();
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
    IgmpPort* port = GetPort(interface);
    IgmpFilter filter = port ? port->GetHost().GetRequest(0, group) : IgmpFilter();
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
    IgmpPort* port = GetPort(interface);
    return port && port->GetHost().Listen(socket, group, filter);
}

bool
IgmpProtocol::IsMember(uint32_t interface, Ipv4Address source, Ipv4Address group) const
{
    const IgmpHost* host = GetHost(interface);
    return host ? host->IsMember(source, group) : group == IgmpAllSystems();
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
    std::vector<std::pair<uint32_t, Ipv4Address>> groups;
    for (const auto& [interface, port] : m_ports)
    {
        if (const IgmpQuerier* querier = port->GetQuerier())
        {
            for (const auto& [group, state] : querier->GetGroups())
            {
                groups.emplace_back(interface, group);
            }
        }
    }
    return groups;
}

void
IgmpProtocol::AddMembershipListener(std::function<void(uint32_t, Ipv4Address)> listener)
{
    m_listeners.push_back(std::move(listener));
}

void
IgmpProtocol::NotifyInterfaceUp(uint32_t interface)
{
    auto port = m_ports.find(interface);
    if (m_running && port != m_ports.end())
    {
        port->second->Start();
    }
}

void
IgmpProtocol::NotifyInterfaceDown(uint32_t interface)
{
    auto port = m_ports.find(interface);
    if (port != m_ports.end())
    {
        port->second->Stop();
    }
}

void
IgmpProtocol::Start()
{
    if (m_running || !m_ipv4)
    {
        return;
    }
    m_running = true;
    UnicastRib* rib = m_hearsInterfaces ? nullptr : FindUnicastRib(m_ipv4);
    if (rib)
    {
        m_hearsInterfaces = true;
        rib->AddInterfaceListener([this](uint32_t interface, bool up) {
            up ? NotifyInterfaceUp(interface) : NotifyInterfaceDown(interface);
        });
    }
    for (auto& [interface, port] : m_ports)
    {
        if (m_ipv4->IsUp(interface))
        {
            port->Start();
        }
    }
}

void
IgmpProtocol::Stop()
{
    m_running = false;
    for (auto& [interface, port] : m_ports)
    {
        port->Stop();
    }
}

int64_t
IgmpProtocol::AssignStreams(int64_t stream)
{
    return m_random.AssignStreams(stream);
}

int
IgmpProtocol::GetProtocolNumber() const
{
    return PROT_NUMBER;
}

IpL4Protocol::RxStatus
IgmpProtocol::Receive(Ptr<Packet> packet,
                      const Ipv4Header& header,
                      Ptr<Ipv4Interface> incomingInterface)
{
    const int32_t number = m_ipv4->GetInterfaceForDevice(incomingInterface->GetDevice());
    IgmpPort* port = m_running && number >= 0 ? GetPort(static_cast<uint32_t>(number)) : nullptr;
    if (!port)
    {
        return RX_OK;
    }
    const auto interface = static_cast<uint32_t>(number);
    m_rxTrace(packet, interface);
    IgmpMessage message;
    std::string reason = FromPacket(packet, message);
    if (reason.empty())
    {
        reason = port->Receive(header.GetSource(), message);
    }
    if (!reason.empty())
    {
        Drop(packet, interface, reason);
    }
    return RX_OK;
}

IpL4Protocol::RxStatus
IgmpProtocol::Receive(Ptr<Packet>, const Ipv6Header&, Ptr<Ipv6Interface>)
{
    return RX_ENDPOINT_UNREACH;
}

void
IgmpProtocol::SetDownTarget(DownTargetCallback cb)
{
    m_downTarget = cb;
}

void
IgmpProtocol::SetDownTarget6(DownTargetCallback6)
{
}

IpL4Protocol::DownTargetCallback
IgmpProtocol::GetDownTarget() const
{
    return m_downTarget;
}

IpL4Protocol::DownTargetCallback6
IgmpProtocol::GetDownTarget6() const
{
    return {};
}

void
IgmpProtocol::NotifyNewAggregate()
{
    if (!m_ipv4)
    {
        if (Ptr<Ipv4> ipv4 = GetObject<Ipv4>())
        {
            m_ipv4 = ipv4;
            m_sender.SetIpv4(ipv4);
            ipv4->Insert(this);
        }
    }
    IpL4Protocol::NotifyNewAggregate();
}

void
IgmpProtocol::DoInitialize()
{
    Start();
    IpL4Protocol::DoInitialize();
}

void
IgmpProtocol::DoDispose()
{
    m_running = false;
    m_listeners.clear();
    m_ports.clear();
    m_sender.SetIpv4(nullptr);
    m_ipv4 = nullptr;
    m_downTarget.Nullify();
    IpL4Protocol::DoDispose();
}

/** \returns the machines of \p interface, made when first needed; nullptr for the loopback. */
IgmpPort*
IgmpProtocol::GetPort(uint32_t interface)
{
    auto found = m_ports.find(interface);
    if (found != m_ports.end())
    {
        return found->second.get();
    }
    if (!m_ipv4 || interface >= m_ipv4->GetNInterfaces() ||
        DynamicCast<LoopbackNetDevice>(m_ipv4->GetNetDevice(interface)))
    {
        return nullptr;
    }
    auto created = std::make_unique<IgmpPort>(m_clock,
                                              m_random,
                                              m_ipv4,
                                              m_sender,
                                              *static_cast<IgmpParameters*>(this),
                                              interface,
                                              MakeCallbacks(interface));
    IgmpPort* port = m_ports.emplace(interface, std::move(created)).first->second.get();
    port->SetVersion(m_version);
    if (m_running && m_ipv4->IsUp(interface))
    {
        port->Start();
    }
    return port;
}

IgmpPort::Callbacks
IgmpProtocol::MakeCallbacks(uint32_t interface)
{
    IgmpPort::Callbacks callbacks;
    callbacks.sent = [this, interface](Ptr<const Packet> packet) { m_txTrace(packet, interface); };
    callbacks.dropped = [this, interface](Ptr<const Packet> packet, const std::string& reason) {
        Drop(packet, interface, reason);
    };
    callbacks.event = [this, interface](const std::string& event, Ipv4Address address) {
        TellEvent(event, interface, address);
    };
    callbacks.membership = [this, interface](Ipv4Address group) {
        TellMembership(interface, group);
    };
    return callbacks;
}

const IgmpHost*
IgmpProtocol::GetHost(uint32_t interface) const
{
    auto port = m_ports.find(interface);
    return port == m_ports.end() ? nullptr : &port->second->GetHost();
}

const IgmpQuerier*
IgmpProtocol::GetQuerier(uint32_t interface) const
{
    auto port = m_ports.find(interface);
    return port == m_ports.end() ? nullptr : port->second->GetQuerier();
}

const IgmpGroupState*
IgmpProtocol::FindGroup(Ipv4Address group, uint32_t interface) const
{
    const IgmpQuerier* querier = GetQuerier(interface);
    return querier ? querier->FindGroup(group) : nullptr;
}

void
IgmpProtocol::TellMembership(uint32_t interface, Ipv4Address group)
{
    for (const auto& listener : m_listeners)
    {
        listener(interface, group);
    }
}

void
IgmpProtocol::TellEvent(const std::string& event, uint32_t interface, Ipv4Address address)
{
    std::ostringstream detail;
    detail << interface << " " << address;
    NS_LOG_LOGIC(event << " " << detail.str());
    m_eventTrace(event, detail.str());
}

void
IgmpProtocol::Drop(Ptr<const Packet> packet, uint32_t interface, const std::string& reason)
{
    NS_LOG_LOGIC("dropped on interface " << interface << ": " << reason);
    ++m_drops[reason];
    m_dropTrace(packet, interface, reason);
}

std::vector<IgmpMembership>
IgmpProtocol::GetMemberships() const
{
    const Time now = m_clock.Now();
    auto rest = [now](Time deadline) {
        return IsIgmpDeadline(deadline) ? deadline - now : Time(0);
    };
    std::vector<IgmpMembership> memberships;
    for (const auto& [interface, port] : m_ports)
    {
        const IgmpQuerier* querier = port->GetQuerier();
        if (!querier)
        {
            continue;
        }
        for (const auto& [group, state] : querier->GetGroups())
        {
            IgmpMembership row{interface,
                               group,
                               state.mode,
                               {},
                               state.lastReporter,
                               rest(state.groupDeadline),
                               std::min(querier->GetVersion(), state.GetCompatibilityMode(now))};
            for (const auto& [source, record] : state.sources)
            {
                row.sources.push_back({source, record.IsRunning(), rest(record.deadline)});
            }
            memberships.push_back(std::move(row));
        }
    }
    return memberships;
}

std::vector<std::tuple<uint32_t, Ipv4Address, IgmpFilter>>
IgmpProtocol::GetJoinedGroups() const
{
    std::vector<std::tuple<uint32_t, Ipv4Address, IgmpFilter>> joined;
    for (const auto& [interface, port] : m_ports)
    {
        for (auto& [group, filter] : port->GetHost().GetFilters())
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
    for (const auto& [interface, port] : m_ports)
    {
        if (const IgmpQuerier* querier = port->GetQuerier())
        {
            interfaces.push_back({interface,
                                  querier->GetState() != IgmpQuerier::State::INITIAL,
                                  querier->GetQuerier(),
                                  querier->GetOtherQuerierPresent(),
                                  querier->GetVersion(),
                                  static_cast<uint32_t>(querier->GetGroups().size())});
        }
    }
    return interfaces;
}

const std::map<std::string, uint64_t>&
IgmpProtocol::GetDrops() const
{
    return m_drops;
}

std::vector<Ipv4Address>
IgmpMembership::GetFilterSources() const
{
    std::vector<Ipv4Address> named;
    for (const Source& source : sources)
    {
        if (source.forwarded == (mode == IgmpFilterMode::INCLUDE))
        {
            named.push_back(source.address);
        }
    }
    return named;
}

} // namespace ns3
