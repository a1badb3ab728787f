// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5.
#include "ns3/pim-rpf.h"

#include "ns3/pim-environment.h"
#include "ns3/pim-neighbor-table.h"

#include <boost/container/small_vector.hpp>

namespace ns3
{

namespace
{

/** \returns whether a Join for \p group can be sent to \p hop, or the target is on its link. */
bool
IsUsable(const PimEnvironment& environment,
         const PimNeighborTable& neighbors,
         const UnicastNextHop& hop,
         Ipv4Address group)
{
    const PimInterface* interface = environment.FindInterface(hop.interface);
    const bool onLink = hop.gateway == Ipv4Address::GetAny();
    return interface != nullptr && interface->IsActive() &&
           (onLink || neighbors.Find(hop.interface, hop.gateway) != nullptr) &&
           (group == Ipv4Address::GetAny() || !interface->IsBorderOf(Ipv4Prefix(group, 32)));
}

} // namespace

std::optional<PimRpf>
FindPimRpf(PimEnvironment& environment,
           const PimNeighborTable& neighbors,
           Ipv4Address target,
           Ipv4Address source,
           Ipv4Address group)
{
    const UnicastRoute* route = environment.GetRib().Lookup(target);
    if (route == nullptr)
    {
        return std::nullopt;
    }
    boost::container::small_vector<const UnicastNextHop*, 16> candidates;
    for (const UnicastNextHop& hop : route->nextHops)
    {
        if (route->nextHops.size() == 1 || IsUsable(environment, neighbors, hop, group))
        {
            candidates.push_back(&hop);
        }
    }
    if (candidates.empty())
    {
        for (const UnicastNextHop& hop : route->nextHops)
        {
            candidates.push_back(&hop);
        }
    }
    const UnicastNextHop* hop = candidates[SelectRpfNextHop(
        environment.GetRpfEcmp(), candidates.size(), source.Get(), group.Get())];
    const bool onLink = hop->gateway == Ipv4Address::GetAny();
    return PimRpf{
        hop->interface, onLink ? target : hop->gateway, route->metric, route->preference, onLink};
}

} // namespace ns3
