// SPDX-License-Identifier: GPL-2.0-only
// The keys of the GraphML format (names, meanings, defaults: topologies/README.md) put onto the
// graph.
#ifndef VXLAN_MULTICAST_TOPOLOGY_KEYS_H
#define VXLAN_MULTICAST_TOPOLOGY_KEYS_H

#include "ns3/topology-graph.h"

#include <map>
#include <string>

namespace ns3
{

/** The data of one vertex or edge, by key name. Empty values count as absent. */
using TopologyKeys = std::map<std::string, std::string>;

/** \returns whether \p key has a meaning on some element. */
bool IsTopologyKey(const std::string& key);

/**
 * Each function sets what it knows and keeps the rest in `other`.
 * \throws std::invalid_argument with `what is wrong, what would be right`
 */
void ApplyNodeKeys(const TopologyKeys& keys, TopologyNode& node);
void ApplyNetworkKeys(const TopologyKeys& keys, TopologyNetwork& network);
/** The keys of an edge between a node and a LAN: the attachment's own, and some of the LAN's. */
void ApplyLanEdgeKeys(const TopologyKeys& keys,
                      TopologyAttachment& attachment,
                      TopologyNetwork& network);
/** The keys of an edge between two nodes. */
void ApplyLinkKeys(const TopologyKeys& keys,
                   TopologyAttachment& source,
                   TopologyAttachment& target,
                   TopologyNetwork& network);

} // namespace ns3

#endif
