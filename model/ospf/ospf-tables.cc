// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §3.3, §5, §13.4, §16.1.1.
#include "ns3/ospf-tables.h"

#include <algorithm>

namespace ns3
{

OspfTables::OspfTables(ProtocolClock& itsClock,
                       OspfId itsRouterId,
                       const OspfConfig& itsConfig,
                       std::function<void(const OspfLsaKey&)> externalDue)
    : clock(itsClock),
      routerId(itsRouterId),
      config(itsConfig),
      externals(itsClock, config, std::move(externalDue))
{
}

bool
IsOspfInterfaceUp(const OspfInterface& interface)
{
    return interface.GetState() != OspfInterfaceState::DOWN;
}

OspfLsdb&
OspfTables::GetLsdb(OspfId area, OspfLsaType type)
{
    return type == OspfLsaType::AS_EXTERNAL ? externals : areas.at(area)->lsdb;
}

const OspfLsdb&
OspfTables::GetLsdb(OspfId area, OspfLsaType type) const
{
    return type == OspfLsaType::AS_EXTERNAL ? externals : areas.at(area)->lsdb;
}

OspfInterface&
OspfTables::GetInterface(const OspfNeighbor& neighbor) const
{
    return *interfaces.at(neighbor.GetLink().GetConfig().index);
}

uint8_t
OspfTables::GetOptions(OspfId area) const
{
    return areas.at(area)->config.stub ? 0 : OSPF_OPTION_E;
}

bool
OspfTables::IsAttached(const OspfArea& area) const
{
    return std::any_of(
        area.interfaces.begin(), area.interfaces.end(), [](const OspfInterface* interface) {
            return IsOspfInterfaceUp(*interface);
        });
}

bool
OspfTables::IsAreaBorderRouter() const
{
    return std::count_if(areas.begin(), areas.end(), [this](const auto& item) {
               return IsAttached(*item.second);
           }) > 1;
}

bool
OspfTables::IsSelfOriginated(const OspfLsaHeader& header) const
{
    if (header.advertisingRouter == routerId)
    {
        return true;
    }
    return header.GetKey().type == OspfLsaType::NETWORK &&
           std::any_of(interfaces.begin(), interfaces.end(), [&header](const auto& item) {
               return OspfId(item.second->GetConfig().address) == header.linkStateId;
           });
}

bool
OspfTables::LeadsInto(const OspfPath& path, const OspfArea& area) const
{
    return std::any_of(
        path.nextHops.begin(), path.nextHops.end(), [this, &area](const UnicastNextHop& hop) {
            auto it = interfaces.find(hop.interface);
            return it != interfaces.end() && it->second->GetConfig().area == area.config.id;
        });
}

const OspfAreaRange*
OspfTables::FindRange(OspfId area, const Ipv4Prefix& prefix) const
{
    for (const OspfAreaRange& range : areas.at(area)->config.ranges)
    {
        if (range.prefix.Contains(prefix))
        {
            return &range;
        }
    }
    return nullptr;
}

OspfRoutingTable
OspfTables::GetRoutes() const
{
    std::vector<OspfAreaView> views;
    for (const auto& [id, area] : areas)
    {
        if (area->inTable)
        {
            views.push_back({id, &area->lsdb, &area->routes});
        }
    }
    OspfRoutingTable table;
    AddOspfIntraArea(views, config, table.networks);
    table.networks.insert(boost::container::ordered_unique_range,
                          beyondAreas.networks.begin(),
                          beyondAreas.networks.end());
    table.asBoundaryRouters = beyondAreas.asBoundaryRouters;
    return table;
}

void
OspfTables::SetRoutes(const OspfRoutingTable& table)
{
    for (const auto& [id, area] : areas)
    {
        area->inTable = IsAttached(*area);
    }
    beyondAreas = OspfRoutingTable();
    for (const auto& [prefix, route] : table.networks)
    {
        if (route.type != OspfPathType::INTRA_AREA) // which none but its like replaces (§11)
        {
            beyondAreas.networks.emplace_hint(beyondAreas.networks.end(), prefix, route);
        }
    }
    beyondAreas.asBoundaryRouters = table.asBoundaryRouters;
}

std::vector<OspfAreaView>
OspfTables::GetAttachedAreas() const
{
    std::vector<OspfAreaView> views;
    for (const auto& [id, area] : areas)
    {
        if (IsAttached(*area))
        {
            views.push_back({id, &area->lsdb, &area->routes});
        }
    }
    return views;
}

std::vector<OspfLocalLink>
OspfTables::GetLocalLinks(const OspfArea& area) const
{
    std::vector<OspfLocalLink> links;
    for (const OspfInterface* interface : area.interfaces)
    {
        if (!IsOspfInterfaceUp(*interface))
        {
            continue;
        }
        const OspfInterfaceConfig& its = interface->GetConfig();
        OspfLocalLink link;
        link.interface = its.index;
        for (const Ipv4Prefix& prefix : its.loopback)
        {
            link.address = prefix.GetAddress();
            links.push_back(link);
        }
        if (its.type == OspfNetworkType::LOOPBACK)
        {
            continue;
        }
        link.address = GetOspfLinkData(its);
        if (config.stubRouter)
        {
            link.cost = its.cost;
        }
        if (its.type == OspfNetworkType::POINT_TO_POINT)
        {
            for (const auto& [key, neighbor] : interface->GetNeighbors())
            {
                if (neighbor->GetState() == OspfNeighborState::FULL)
                {
                    link.neighborId = neighbor->GetRouterId();
                    link.neighborAddress = neighbor->GetAddress();
                }
            }
        }
        links.push_back(link);
    }
    return links;
}

} // namespace ns3
