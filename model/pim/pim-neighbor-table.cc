// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3: what the table of neighbours answers. What changes it is in pim-hello.cc.
#include "ns3/pim-neighbor-table.h"

#include <algorithm>

namespace ns3
{

PimNeighborTable::Link*
PimNeighborTable::FindLink(uint32_t interface) const
{
    auto it = m_links.find(interface);
    return it == m_links.end() ? nullptr : it->second.get();
}

const PimNeighbor*
PimNeighborTable::Find(uint32_t interface, Ipv4Address address) const
{
    const NeighborMap& neighbors = GetNeighbors(interface);
    auto it = neighbors.find(address);
    if (it != neighbors.end())
    {
        return &it->second;
    }
    for (const auto& [primary, neighbor] : neighbors)
    {
        if (std::find(neighbor.secondary.begin(), neighbor.secondary.end(), address) !=
            neighbor.secondary.end())
        {
            return &neighbor;
        }
    }
    return nullptr;
}

const PimNeighborTable::NeighborMap&
PimNeighborTable::GetNeighbors(uint32_t interface) const
{
    static const NeighborMap NONE;
    const Link* link = FindLink(interface);
    return link == nullptr ? NONE : link->neighbors;
}

std::size_t
PimNeighborTable::GetSize(uint32_t interface) const
{
    return GetNeighbors(interface).size();
}

Time
PimNeighborTable::GetRemaining(uint32_t interface, Ipv4Address address) const
{
    return m_liveness.GetRemaining({interface, address});
}

Ipv4Address
PimNeighborTable::GetDr(uint32_t interface) const
{
    const Link* link = FindLink(interface);
    return link == nullptr ? Ipv4Address::GetAny() : link->dr;
}

bool
PimNeighborTable::IAmDr(uint32_t interface) const
{
    const Link* link = FindLink(interface);
    return link != nullptr && link->dr == link->seen.address;
}

Ipv4Address
PimNeighborTable::GetDrWithout(uint32_t interface, Ipv4Address absent) const
{
    const Link* link = FindLink(interface);
    return link == nullptr ? Ipv4Address::GetAny() : ElectDr(*link, absent);
}

Time
PimNeighborTable::GetEffectivePropagationDelay(uint32_t interface) const
{
    const Link* link = FindLink(interface);
    return link == nullptr ? m_config.propagationDelay : GetLanDelay(*link).propagation;
}

Time
PimNeighborTable::GetEffectiveOverrideInterval(uint32_t interface) const
{
    const Link* link = FindLink(interface);
    return link == nullptr ? m_config.overrideInterval : GetLanDelay(*link).overrideInterval;
}

Time
PimNeighborTable::GetJoinPruneOverrideInterval(uint32_t interface) const
{
    return GetEffectivePropagationDelay(interface) + GetEffectiveOverrideInterval(interface);
}

Time
PimNeighborTable::GetTOverride(uint32_t interface)
{
    return m_environment.GetRandom().Uniform(Seconds(0), GetEffectiveOverrideInterval(interface));
}

bool
PimNeighborTable::IsSuppressionEnabled(uint32_t interface) const
{
    const Link* link = FindLink(interface);
    return link == nullptr || GetLanDelay(*link).suppression;
}

bool
PimNeighborTable::AreAllBidirectionalCapable(uint32_t interface) const
{
    const NeighborMap& neighbors = GetNeighbors(interface);
    return std::all_of(neighbors.begin(), neighbors.end(), [](const auto& one) {
        return one.second.bidirectionalCapable;
    });
}

Time
PimNeighborTable::GetTimeToMeet(uint32_t interface) const
{
    const Link* link = FindLink(interface);
    return link == nullptr ? Seconds(0)
                           : std::max<Time>(link->since + 2 * m_config.triggeredHelloDelay -
                                                m_environment.GetClock().Now(),
                                            Seconds(0));
}

uint32_t
PimNeighborTable::GetGenerationId(uint32_t interface) const
{
    const Link* link = FindLink(interface);
    return link == nullptr ? 0 : link->generationId;
}

PimNeighborTable::LanDelay
PimNeighborTable::GetLanDelay(const Link& link) const
{
    static const Time PROPAGATION_DELAY_DEFAULT = MilliSeconds(500);
    static const Time OVERRIDE_INTERVAL_DEFAULT = MilliSeconds(2500);

    LanDelay delay{m_config.propagationDelay, m_config.overrideInterval, !m_config.trackingSupport};
    for (const auto& [address, neighbor] : link.neighbors)
    {
        if (!neighbor.lanPruneDelay || !m_config.sendLanPruneDelay)
        {
            return {PROPAGATION_DELAY_DEFAULT, OVERRIDE_INTERVAL_DEFAULT, true};
        }
        const PimLanPruneDelay& option = *neighbor.lanPruneDelay;
        delay.propagation = std::max(delay.propagation, MilliSeconds(option.propagationDelay));
        delay.overrideInterval =
            std::max(delay.overrideInterval, MilliSeconds(option.overrideInterval));
        delay.suppression = delay.suppression || !option.trackingSupport;
    }
    return delay;
}

} // namespace ns3
