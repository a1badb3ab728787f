// SPDX-License-Identifier: GPL-2.0-only
// The state of a lab's nodes as rows: what snapshots write, expectations check and figures draw.
#ifndef VXLAN_MULTICAST_LAB_TABLES_H
#define VXLAN_MULTICAST_LAB_TABLES_H

#include "ns3/lab-network.h"
#include "ns3/state-rows.h"

#include <vector>

namespace ns3
{

/** The functions return the rows of one node, in the order of the table in their name. */
std::vector<RouteRow> GetRouteRows(const LabNode& node);
std::vector<RpRow> GetRpRows(const LabNode& node);
std::vector<IgmpRow> GetIgmpRows(const LabNode& node);
std::vector<TibRow> GetTibRows(const LabNode& node);
std::vector<MfcRow> GetMfcRows(const LabNode& node);
std::vector<FdbRow> GetFdbRows(const LabNode& node);
std::vector<EvpnRow> GetEvpnRows(const LabNode& node);
std::vector<NeighborRow> GetNeighborRows(const LabNode& node);
std::vector<MsdpRow> GetMsdpRows(const LabNode& node);

/** \returns the rows that \p getRows gives for all nodes of \p network. */
template <typename Row>
std::vector<Row>
GetRowsOfAll(const LabNetwork& network, std::vector<Row> (*getRows)(const LabNode&))
{
    std::vector<Row> all;
    for (const LabNode& node : network.GetNodes())
    {
        const std::vector<Row> rows = getRows(node);
        all.insert(all.end(), rows.begin(), rows.end());
    }
    return all;
}

} // namespace ns3

#endif
