// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.3 and §4.3.4.
#include "ns3/pim-neighbor-table.h"

#include <algorithm>
#include <sstream>
#include <utility>

namespace ns3
{

PimNeighborTable::PimNeighborTable(PimEnvironment& environment, const PimHelloConfig& config)
    : m_environment(environment),
      m_config(config)
{
}

PimNeighborTable::Link*
PimNeighborTable::FindLink(uint32_t interface)
{
    auto it = m_links.find(interface);
    return it == m_links.end() ? nullptr : &it->second;
}

const PimNeighborTable::Link*
PimNeighborTable::FindLink(uint32_t interface) const
{
    return const_cast<PimNeighborTable*>(this)->FindLink(interface);
}

PimNeighborTable::Link&
PimNeighborTable::AddLink(const PimInterface& interface)
{
    Link& link = m_links[interface.index];
    link.seen = interface;
    link.since = m_environment.GetClock().Now();
    return link;
}

PimNeighborTable::Link
PimNeighborTable::TakeLink(uint32_t interface)
{
    const auto found = m_links.find(interface);
    Link taken = std::move(found->second);
    m_links.erase(found);
    return taken;
}

void
PimNeighborTable::TakeAddresses(Link& link, const PimNeighbor& owner)
{
    for (auto& [address, other] : link.neighbors)
    {
        if (address == owner.address)
        {
            continue;
        }
        auto isTaken = [&owner](Ipv4Address claimed) {
            return claimed == owner.address ||
                   std::find(owner.secondary.begin(), owner.secondary.end(), claimed) !=
                       owner.secondary.end();
        };
        other.secondary.erase(
            std::remove_if(other.secondary.begin(), other.secondary.end(), isTaken),
            other.secondary.end());
    }
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

Time
PimNeighborTable::GetEffectivePropagationDelay(uint32_t interface) const
{
    return GetLanDelay(interface).propagation;
}

Time
PimNeighborTable::GetEffectiveOverrideInterval(uint32_t interface) const
{
    return GetLanDelay(interface).overrideInterval;
}

Time
PimNeighborTable::GetJoinPruneOverrideInterval(uint32_t interface) const
{
    return GetEffectivePropagationDelay(interface) + GetEffectiveOverrideInterval(interface);
}

Time
PimNeighborTable::GetTOverride(uint32_t interface) const
{
    return m_environment.GetRandom().Uniform(Seconds(0), GetEffectiveOverrideInterval(interface));
}

bool
PimNeighborTable::IsSuppressionEnabled(uint32_t interface) const
{
    return FindLink(interface) == nullptr || GetLanDelay(interface).suppression;
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

PimLanDelay
PimNeighborTable::GetLanDelay(uint32_t interface) const
{
    static const Time PROPAGATION_DELAY_DEFAULT = MilliSeconds(500);
    static const Time OVERRIDE_INTERVAL_DEFAULT = MilliSeconds(2500);

    PimLanDelay delay{
        m_config.propagationDelay, m_config.overrideInterval, !m_config.trackingSupport};
    for (const auto& [address, neighbor] : GetNeighbors(interface))
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

void
PimNeighborTable::Report(PimNotice notice, uint32_t interface, Ipv4Address address) const
{
    const PimInterface* where = m_environment.FindInterface(interface);
    std::ostringstream detail;
    detail << address << " " << (where == nullptr ? std::to_string(interface) : where->name);
    m_environment.ReportEvent(EnumName(notice), detail.str());
}

} // namespace ns3
