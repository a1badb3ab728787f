// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §2 and §3.2.
#include "ns3/igmp-reception-state.h"

#include <algorithm>
#include <iterator>

namespace ns3
{

IgmpReceptionChange
IgmpReceptionState::Listen(uint64_t socket,
                           Ipv4Address group,
                           const IgmpFilter& filter,
                           const IgmpConfig& config)
{
    IgmpReceptionChange change;
    const bool joinable = group.IsMulticast() && group != IgmpAllSystems();
    if (!joinable || (filter.mode == IgmpFilterMode::EXCLUDE && config.IsSsm(group)))
    {
        return change;
    }
    change.before = Merge(group);
    if (change.before.IsEmpty() && !filter.IsEmpty() && config.hostMembershipLimit != 0 &&
        m_requests.size() >= config.hostMembershipLimit)
    {
        return change;
    }
    Set(socket, group, filter);
    change.accepted = true;
    change.after = Merge(group);
    return change;
}

void
IgmpReceptionState::Set(uint64_t socket, Ipv4Address group, IgmpFilter filter)
{
    if (!filter.IsEmpty())
    {
        m_requests[group][socket] = std::move(filter);
        return;
    }
    auto it = m_requests.find(group);
    if (it != m_requests.end())
    {
        it->second.erase(socket);
        if (it->second.empty())
        {
            m_requests.erase(it);
        }
    }
}

IgmpFilter
IgmpReceptionState::Get(uint64_t socket, Ipv4Address group) const
{
    auto requests = m_requests.find(group);
    if (requests == m_requests.end())
    {
        return {};
    }
    auto request = requests->second.find(socket);
    return request == requests->second.end() ? IgmpFilter() : request->second;
}

IgmpFilter
IgmpReceptionState::Merge(Ipv4Address group) const
{
    IgmpFilter merged;
    auto requests = m_requests.find(group);
    if (requests == m_requests.end())
    {
        return merged;
    }
    IgmpSourceSet included;
    for (const auto& [socket, request] : requests->second)
    {
        if (request.mode == IgmpFilterMode::INCLUDE)
        {
            included.insert(request.sources.begin(), request.sources.end());
        }
        else if (merged.mode == IgmpFilterMode::INCLUDE)
        {
            merged = request;
        }
        else
        {
            IgmpSourceSet both;
            std::set_intersection(merged.sources.begin(),
                                  merged.sources.end(),
                                  request.sources.begin(),
                                  request.sources.end(),
                                  std::inserter(both, both.end()));
            merged.sources = std::move(both);
        }
    }
    if (merged.mode == IgmpFilterMode::INCLUDE)
    {
        merged.sources = std::move(included);
        return merged;
    }
    for (Ipv4Address source : included)
    {
        merged.sources.erase(source);
    }
    return merged;
}

std::vector<std::pair<Ipv4Address, IgmpFilter>>
IgmpReceptionState::GetFilters() const
{
    std::vector<std::pair<Ipv4Address, IgmpFilter>> filters;
    for (const auto& [group, requests] : m_requests)
    {
        filters.emplace_back(group, Merge(group));
    }
    return filters;
}

} // namespace ns3
