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

using NextHops = boost::container::small_vector<const UnicastNextHop*, 16>;

/** \returns the next hops that are usable, or all if none is. */
NextHops
FindCandidates(const PimEnvironment& environment,
               const PimNeighborTable& neighbors,
               const UnicastRoute& route,
               Ipv4Address group)
{
    NextHops candidates;
    for (const UnicastNextHop& hop : route.nextHops)
    {
        if (route.nextHops.size() == 1 || IsUsable(environment, neighbors, hop, group))
        {
            candidates.push_back(&hop);
        }
    }
    if (candidates.empty())
    {
        for (const UnicastNextHop& hop : route.nextHops)
        {
            candidates.push_back(&hop);
        }
    }
    return candidates;
}

PimRpf
MakeRpf(const UnicastRoute& route, const UnicastNextHop& hop, Ipv4Address target)
{
    const bool onLink = hop.gateway == Ipv4Address::GetAny();
    return {hop.interface, onLink ? target : hop.gateway, route.metric, route.preference, onLink};
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
    const NextHops candidates = FindCandidates(environment, neighbors, *route, group);
    const std::size_t chosen =
        SelectRpfNextHop(environment.GetRpfEcmp(), candidates.size(), source.Get(), group.Get());
    return MakeRpf(*route, *candidates[chosen], target);
}

std::vector<PimRpf>
FindPimRpfOfAllGroups(PimEnvironment& environment,
                      const PimNeighborTable& neighbors,
                      Ipv4Address target)
{
    std::vector<PimRpf> paths;
    const UnicastRoute* route = environment.GetRib().Lookup(target);
    if (route != nullptr && environment.GetRpfEcmp() == RpfEcmp::SG_HASH)
    {
        const Ipv4Address any = Ipv4Address::GetAny();
        for (const UnicastNextHop* hop : FindCandidates(environment, neighbors, *route, any))
        {
            paths.push_back(MakeRpf(*route, *hop, target));
        }
    }
    else if (const auto path = FindPimRpf(environment, neighbors, target))
    {
        paths.push_back(*path);
    }
    return paths;
}

} // namespace ns3
