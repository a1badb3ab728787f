// SPDX-License-Identifier: GPL-2.0-only
// The failures of fabrics under several trees: what each touches, from the graph, and what those of a
// sample cost in packets, each in a process of its own.
#ifndef VXLAN_MULTICAST_FAILURE_TREES_H
#define VXLAN_MULTICAST_FAILURE_TREES_H

#include "ns3/failure-options.h"
#include "ns3/failure-store.h"
#include "ns3/failure-table.h"
#include "ns3/topology-graph.h"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

/** \returns the workload of \p options with \p seed, and ns-3's --RngSeed. */
WorkloadOptions GetSeededWorkload(const FailureOptions& options, uint64_t seed);

/** \returns why \p tree cannot be had with the RPs of \p graph; empty if it can. */
std::string FindRpObstacle(const TopologyGraph& graph, TreePolicy tree);

/** SIGINT ended a study; says how many of its runs are kept. */
class FailuresInterrupted : public std::runtime_error
{
  public:
    using std::runtime_error::runtime_error;
};

/**
 * \param graphs those in which each kind of failure exists, with RPs for some tree of \p options
 * \param store has what earlier runs gave, and keeps what these give
 * \returns the rows of failures.csv: by graph, tree, kind and detection
 * \throws std::invalid_argument as ModelNetwork
 * \throws FailuresInterrupted
 * \throws std::runtime_error when a failure cannot be run
 */
std::vector<FailureRow> RunFailureTrees(const std::vector<TopologyGraph>& graphs,
                                        const FailureOptions& options,
                                        FailureStore& store);

} // namespace ns3

#endif
