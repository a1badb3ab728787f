// SPDX-License-Identifier: GPL-2.0-only
// The machines of RFC 3376 §5 and §6 side by side.
#include "ns3/igmp-instance.h"

#include <algorithm>

namespace ns3
{

IgmpInstance::IgmpInstance(IgmpEnvironment& environment, const IgmpConfig& config)
    : m_environment(environment),
      m_config(config)
{
}

void
IgmpInstance::AddInterface(uint32_t interface, uint8_t version, IgmpReceptionState& requests)
{
    m_interfaces.try_emplace(interface, m_environment, interface, m_config, requests);
    SetVersion(interface, version);
}

void
IgmpInstance::EnableQuerier(uint32_t interface)
{
    auto it = m_interfaces.find(interface);
    if (it != m_interfaces.end() && !it->second.querier)
    {
        it->second.querier = std::make_unique<IgmpQuerier>(m_environment, interface, m_config);
        it->second.querier->SetVersion(it->second.version);
    }
}

void
IgmpInstance::SetVersion(uint32_t interface, uint8_t version)
{
    auto it = m_interfaces.find(interface);
    if (it != m_interfaces.end())
    {
        it->second.version = version;
        it->second.host.SetVersion(version);
        if (it->second.querier)
        {
            it->second.querier->SetVersion(version);
        }
    }
}

void
IgmpInstance::SetInterfaceUp(uint32_t interface, bool up)
{
    auto it = m_interfaces.find(interface);
    if (it == m_interfaces.end())
    {
        return;
    }
    IgmpQuerier* querier = it->second.querier.get();
    if (up)
    {
        querier ? querier->Start() : void();
        it->second.host.Start();
    }
    else
    {
        it->second.host.Stop();
        querier ? querier->Stop() : void();
    }
}

void
IgmpInstance::Shutdown()
{
    for (const auto& [interface, machines] : m_interfaces)
    {
        SetInterfaceUp(interface, false);
    }
}

void
IgmpInstance::Receive(uint32_t interface, Ipv4Address source, const IgmpMessage& message)
{
    auto it = m_interfaces.find(interface);
    if (it == m_interfaces.end())
    {
        return;
    }
    if (message.type == IgmpMessage::QUERY)
    {
        it->second.host.HandleQuery(message);
    }
    else if (message.type == IgmpMessage::V1_REPORT || message.type == IgmpMessage::V2_REPORT)
    {
        it->second.host.HandleReport(message);
    }
    if (it->second.querier)
    {
        ReportDrop(it->second.querier->Receive(source, message));
    }
}

void
IgmpInstance::ReceiveOwn(uint32_t interface, const IgmpMessage& message)
{
    auto it = m_interfaces.find(interface);
    if (it == m_interfaces.end())
    {
        return;
    }
    if (message.type == IgmpMessage::QUERY)
    {
        it->second.host.HandleQuery(message);
    }
    else if (it->second.querier)
    {
        ReportDrop(it->second.querier->Receive(m_environment.GetAddress(interface), message));
    }
}

void
IgmpInstance::ReportDrop(IgmpDropReason reason)
{
    if (reason != IgmpDropReason::NONE)
    {
        m_environment.ReportDrop(EnumName(reason));
    }
}

IgmpHost*
IgmpInstance::FindHost(uint32_t interface)
{
    auto it = m_interfaces.find(interface);
    return it == m_interfaces.end() ? nullptr : &it->second.host;
}

const IgmpHost*
IgmpInstance::FindHost(uint32_t interface) const
{
    auto it = m_interfaces.find(interface);
    return it == m_interfaces.end() ? nullptr : &it->second.host;
}

const IgmpQuerier*
IgmpInstance::FindQuerier(uint32_t interface) const
{
    auto it = m_interfaces.find(interface);
    return it == m_interfaces.end() ? nullptr : it->second.querier.get();
}

std::vector<std::pair<uint32_t, Ipv4Address>>
IgmpInstance::GetGroups() const
{
    std::vector<std::pair<uint32_t, Ipv4Address>> groups;
    for (const auto& [interface, machines] : m_interfaces)
    {
        if (machines.querier)
        {
            for (const IgmpGroupState* state : machines.querier->GetGroups())
            {
                groups.emplace_back(interface, state->group);
            }
        }
    }
    return groups;
}

std::vector<IgmpMembership>
IgmpInstance::GetMemberships() const
{
    const Time now = m_environment.GetClock().Now();
    auto rest = [now](Time deadline) {
        return IsIgmpDeadline(deadline) ? deadline - now : Time(0);
    };
    std::vector<IgmpMembership> memberships;
    for (const auto& [interface, machines] : m_interfaces)
    {
        const IgmpQuerier* querier = machines.querier.get();
        if (!querier)
        {
            continue;
        }
        for (const IgmpGroupState* state : querier->GetGroups())
        {
            IgmpMembership entry{interface,
                                 state->group,
                                 state->mode,
                                 {},
                                 state->lastReporter,
                                 rest(state->groupDeadline),
                                 std::min(querier->GetVersion(), state->GetCompatibilityMode(now))};
            for (const auto& [source, record] : state->sources)
            {
                entry.sources.push_back({source, record.IsRunning(), rest(record.deadline)});
            }
            memberships.push_back(std::move(entry));
        }
    }
    return memberships;
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
