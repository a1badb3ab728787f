// SPDX-License-Identifier: GPL-2.0-only
// What a study waits for before it adds members: RPs that every router has heard of.
#ifndef VXLAN_MULTICAST_RP_KNOWLEDGE_H
#define VXLAN_MULTICAST_RP_KNOWLEDGE_H

#include "ns3/lab-network.h"
#include "ns3/topology-graph.h"

#include <cstddef>
#include <set>

namespace ns3
{

inline const Time RP_POLL = Seconds(5);       //!< from look to look
inline const Time RP_PATIENCE = Seconds(600); //!< simulated; later than this, no RP will come

/** \returns whether each PIM router has an RP, and all that \p graph offers by BSR. */
bool KnowsEveryRp(const TopologyGraph& graph, const LabNetwork& network);

/**
 * \param candidate number of a node that offers itself as RP
 * \param gone nodes that do not count
 * \returns whether a PIM router still has \p candidate as an RP by BSR
 */
bool KnowsRpOf(const TopologyGraph& graph,
               const LabNetwork& network,
               std::size_t candidate,
               const std::set<std::size_t>& gone);

} // namespace ns3

#endif
