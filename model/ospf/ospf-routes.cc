// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §16.2, §16.4 and §16.4.1.
#include "ns3/ospf-routes.h"

#include <algorithm>
#include <optional>

namespace ns3
{

namespace
{

/** Keeps the better of two routes to one destination; equal ones share their next hops (§11.1). */
template <typename Table>
void
Offer(Table& table, const typename Table::key_type& destination, const OspfRoute& route)
{
    auto [it, added] = table.emplace(destination, route);
    if (added)
    {
        return;
    }
    OspfRoute& old = it->second;
    const auto rank = [](const OspfRoute& r) { return std::make_tuple(r.type, r.type2Cost); };
    if (rank(route) < rank(old))
    {
        old = route;
    }
    else if (rank(route) == rank(old))
    {
        const bool cheaper = route.path.cost < old.path.cost;
        old.path.Improve(route.path.cost, route.path.nextHops);
        old.area = cheaper ? route.area : old.area;
    }
}

/** §16.2 on the summaries of one area. */
void
AddInterArea(const OspfAreaView& area, OspfId self, OspfRoutingTable& table)
{
    for (const auto& [key, entry] : area.lsdb->GetEntries())
    {
        const bool network = key.type == OspfLsaType::SUMMARY_NETWORK;
        if ((!network && key.type != OspfLsaType::SUMMARY_ASBR) || key.advertisingRouter == self ||
            area.lsdb->IsMaxAge(entry))
        {
            continue;
        }
        OspfSummaryLsa summary;
        OspfSummaryLsa::Decode(entry.GetBody(), summary);
        const auto border = area.routes->routers.find(key.advertisingRouter);
        if (summary.metric >= OSPF_LS_INFINITY || border == area.routes->routers.end() ||
            !border->second.areaBorder)
        {
            continue;
        }
        OspfRoute route{OspfPathType::INTER_AREA, area.id, border->second.path, 0};
        route.path.cost += summary.metric;
        const auto prefix = Ipv4Prefix::FromMask(key.linkStateId.ToAddress(), summary.mask.Get());
        if (network && prefix)
        {
            Offer(table.networks, *prefix, route);
        }
        else if (!network && key.linkStateId != self)
        {
            Offer(table.asBoundaryRouters, key.linkStateId, route);
        }
    }
}

/** \returns the longest match that an internal path leads to (§16.4 step 3). */
const OspfRoute*
FindInternal(const OspfRoutingTable& table, Ipv4Address address)
{
    const OspfRoute* best = nullptr;
    uint8_t bestLength = 0;
    for (const auto& [prefix, route] : table.networks)
    {
        if (route.type <= OspfPathType::INTER_AREA && prefix.Contains(address) &&
            (!best || prefix.GetLength() > bestLength))
        {
            best = &route;
            bestLength = prefix.GetLength();
        }
    }
    return best;
}

/** \returns how to reach the point that an AS-external-LSA names, if at all. */
std::optional<OspfPath>
FindExit(const OspfRoutingTable& table, const OspfLsaKey& key, const OspfExternalLsa& external)
{
    const auto boundary = table.asBoundaryRouters.find(key.advertisingRouter);
    if (boundary == table.asBoundaryRouters.end())
    {
        return std::nullopt;
    }
    if (external.forwardingAddress == Ipv4Address::GetAny())
    {
        return boundary->second.path;
    }
    const OspfRoute* forwarding = FindInternal(table, external.forwardingAddress);
    if (!forwarding)
    {
        return std::nullopt;
    }
    OspfPath path{forwarding->path.cost, {}};
    for (UnicastNextHop hop : forwarding->path.nextHops)
    {
        if (hop.gateway == Ipv4Address::GetAny())
        {
            hop.gateway = external.forwardingAddress;
        }
        path.nextHops.Add(hop);
    }
    return path;
}

/** §16.4. */
void
AddExternal(const OspfLsdb& externals, OspfId self, OspfRoutingTable& table)
{
    std::map<Ipv4Prefix, OspfRoute> found;
    for (const auto& [key, entry] : externals.GetEntries())
    {
        OspfExternalLsa external;
        OspfExternalLsa::Decode(entry.GetBody(), external);
        const auto prefix = Ipv4Prefix::FromMask(key.linkStateId.ToAddress(), external.mask.Get());
        if (external.metric >= OSPF_LS_INFINITY || key.advertisingRouter == self ||
            externals.IsMaxAge(entry) || !prefix)
        {
            continue;
        }
        const std::optional<OspfPath> exit = FindExit(table, key, external);
        if (!exit)
        {
            continue;
        }
        OspfRoute route{OspfPathType::TYPE_1_EXTERNAL, OspfId::BACKBONE, *exit, 0};
        if (external.type2)
        {
            route.type = OspfPathType::TYPE_2_EXTERNAL;
            route.type2Cost = external.metric;
        }
        else
        {
            route.path.cost += external.metric;
        }
        Offer(found, *prefix, route);
    }
    for (const auto& [prefix, route] : found)
    {
        Offer(table.networks, prefix, route);
    }
}

/** §16.4.1: which of several intra-area paths to an AS boundary router is preferred. */
bool
IsPreferred(const OspfRoute& a, const OspfRoute& b, const OspfConfig& config)
{
    const auto rank = [&config](const OspfRoute& r) {
        const bool last = !config.rfc1583Compatibility && r.area == OspfId::BACKBONE;
        return std::make_tuple(last, r.path.cost, ~r.area.Get());
    };
    return rank(a) < rank(b);
}

void
OfferNetworks(const std::vector<OspfAreaView>& areas,
              OspfFlatTable<Ipv4Prefix, OspfRoute>& networks)
{
    for (const OspfAreaView& area : areas)
    {
        networks.reserve(networks.size() + area.routes->networks.size());
        for (const auto& [prefix, path] : area.routes->networks)
        {
            Offer(networks, prefix, {OspfPathType::INTRA_AREA, area.id, path, 0});
        }
    }
}

void
Truncate(const OspfConfig& config, OspfFlatTable<Ipv4Prefix, OspfRoute>& networks)
{
    for (auto& [prefix, route] : networks)
    {
        route.path.nextHops.Truncate(std::max(1U, config.maxPaths));
    }
}

} // namespace

void
AddOspfIntraArea(const std::vector<OspfAreaView>& areas,
                 const OspfConfig& config,
                 OspfFlatTable<Ipv4Prefix, OspfRoute>& networks)
{
    OfferNetworks(areas, networks);
    Truncate(config, networks);
}

OspfRoutingTable
CalculateOspfRoutes(OspfId routerId,
                    const std::vector<OspfAreaView>& areas,
                    const OspfLsdb& externals,
                    const OspfConfig& config)
{
    OspfRoutingTable table;
    OfferNetworks(areas, table.networks);
    for (const OspfAreaView& area : areas)
    {
        for (const auto& [id, router] : area.routes->routers)
        {
            const OspfRoute route{OspfPathType::INTRA_AREA, area.id, router.path, 0};
            auto old = table.asBoundaryRouters.find(id);
            if (router.asBoundary &&
                (old == table.asBoundaryRouters.end() || IsPreferred(route, old->second, config)))
            {
                table.asBoundaryRouters[id] = route;
            }
        }
    }
    for (const OspfAreaView& area : areas)
    {
        if (areas.size() == 1 || area.id == OspfId::BACKBONE)
        {
            AddInterArea(area, routerId, table);
        }
    }
    AddExternal(externals, routerId, table);
    Truncate(config, table.networks);
    return table;
}

} // namespace ns3
