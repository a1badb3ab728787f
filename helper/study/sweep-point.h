// SPDX-License-Identifier: GPL-2.0-only
// The scaling study's grid: what one point is, what it gives, and the columns of the tables.
#ifndef VXLAN_MULTICAST_SWEEP_POINT_H
#define VXLAN_MULTICAST_SWEEP_POINT_H

#include "ns3/control-plane.h"
#include "ns3/plan-limits.h"
#include "ns3/row-columns.h"
#include "ns3/topology-graph.h"
#include "ns3/tree-policy.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** One point of the grid. */
struct SweepPoint
{
    std::string topology; //!< as given on the command line
    uint32_t vnis{0};
    uint32_t groups{0};
    TreePolicy tree{TreePolicy::Spt};
    uint32_t members{0};
    std::string mapping;   //!< modulo, hash, cluster, …
    std::string placement; //!< uniform, fill-leaf, …
    std::string senders;   //!< `all`, or the fraction of members that send
    uint32_t frames{1};    //!< broadcast frames per VNI and sender
    std::string capacity;  //!< the limits as tables spell them; empty: unlimited
    PlanLimits limits;     //!< of forwarding caches, and of VTEPs that replicate
    std::string capacityPolicy;
    uint64_t seed{1};
    std::optional<ControlPlane> control; //!< none: devices flood, and learn nothing
    uint32_t vms{0};                     //!< tenants per VNI, with a control plane
};

/** What the command line asks for, checked. */
struct SweepOptions
{
    std::vector<SweepPoint> grid;                    //!< in the order of the rows
    std::map<std::string, TopologyGraph> topologies; //!< by SweepPoint::topology
    std::string output;                              //!< directory
    uint32_t jobs{1};
    bool packets{true}; //!< false: the graph model only
    bool plots{true};
    bool report{false}; //!< write the report page
};

/** Rows of cells. */
using SweepRows = std::vector<std::vector<std::string>>;

/** What a point gives: a row per tier, and samples of the tables over simulated time. */
struct SweepResult
{
    SweepRows rows;
    SweepRows samples;
    std::string error; //!< empty, or why there is nothing
};

/** \returns the columns of sweep.csv. */
const std::vector<std::string>& GetSweepColumns();
/** \returns how many of these, the first, stand in every sweep.csv; others only with values. */
std::size_t GetSweepFixedColumns();
/** \returns the columns of growth.csv. */
const std::vector<std::string>& GetGrowthColumns();

/** \returns the columns that tell which point a row is of. */
const std::vector<RowColumn<SweepPoint>>& GetSweepPointColumns();
/** \returns their names. */
const std::vector<std::string>& GetSweepKeyColumns();
/** \returns their cells. */
std::vector<std::string> GetSweepKey(const SweepPoint& point);

/** \returns whether the mapping itself says how many groups there are. */
bool HasOwnGroups(const std::string& mapping);

/**
 * \returns the tiers of the routers of \p graph, sorted; a router without one counts as `router`.
 */
std::vector<std::string> GetRouterTiers(const TopologyGraph& graph);
/** \returns how many nodes are VTEPs. */
std::size_t CountVteps(const TopologyGraph& graph);
/** \returns the tier of \p node as the study's tables call it. */
std::string GetRouterTier(const TopologyNode& node);

} // namespace ns3

#endif
