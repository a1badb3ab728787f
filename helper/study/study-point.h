// SPDX-License-Identifier: GPL-2.0-only
// One point of the sweep: its workload, what the graph model predicts, what packets do, and the
// rows of both.
#ifndef VXLAN_MULTICAST_STUDY_POINT_H
#define VXLAN_MULTICAST_STUDY_POINT_H

#include "ns3/study-simulation.h"
#include "ns3/sweep-point.h"
#include "ns3/tier-summary.h"
#include "ns3/tree-state-model.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include <vector>

namespace ns3
{

/** \returns the workload that \p point describes. \throws std::invalid_argument */
WorkloadOptions GetWorkloadOptions(const SweepPoint& point);

/**
 * \returns the limits of each router's table, by node number.
 * \throws std::invalid_argument if one is 0, which means none in packets
 */
std::vector<StudyTableLimit> MakeTableLimits(const PlanLimits& limits, const TopologyGraph& graph);

/** \returns whether a tier whose fullest routers hold this keeps within \p limit. */
bool Fits(const TierSummary& tier, const PlanTierLimit& limit);

/** \returns \p totals with those of the VNIs that the mapping leaves to head-end replication. */
TreeTotals AddHeadEnd(const ModelNetwork& network,
                      Workload& workload,
                      const VniMapping& mapping,
                      TreeTotals totals);

/** \returns the nodes of VTEPs, in order. */
std::vector<std::size_t> GetVtepNodes(const ModelNetwork& network,
                                      const std::vector<uint32_t>& vteps);

/** \returns the VNIs of a workload as the packet simulation takes them. */
std::vector<StudySegment> MakeSegments(const ModelNetwork& network,
                                       Workload& workload,
                                       const VniMapping& mapping);

/**
 * \param graph the topology as it was loaded
 * \param packets whether to simulate packets; else measured cells stay empty
 * \throws std::invalid_argument when the workload does not fit the topology, or a group has no RP
 * \throws std::runtime_error when the simulation does not come to rest
 */
SweepResult ComputeStudyPoint(const SweepPoint& point, const TopologyGraph& graph, bool packets);

} // namespace ns3

#endif
