// SPDX-License-Identifier: GPL-2.0-only
// What flooded frames cost under each control plane: over a group's tree, as unicast copies of the
// sender, or, with a controller, not at all. A controller that intercepts IGMP (RFC 4541) sends
// tenants' multicast to the VTEPs that have members alone; the others flood it like a broadcast.
#ifndef VXLAN_MULTICAST_FLOOD_MODEL_H
#define VXLAN_MULTICAST_FLOOD_MODEL_H

#include "ns3/control-plane.h"
#include "ns3/group-members.h"
#include "ns3/model-network.h"
#include "ns3/tree-policy.h"
#include "ns3/tree-state-model.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** \returns the tree over which \p plane floods, where \p tree is that of groups. */
TreePolicy GetFloodTree(ControlPlane plane, TreePolicy tree);

/** \returns what \p totals, from a TreeStateModel under GetFloodTree, are under \p plane. */
TreeTotals ToFloodTotals(ControlPlane plane, const TreeTotals& totals);

/** One frame of one sender. */
struct FloodedFrame
{
    uint64_t replicas{0}; //!< encapsulated frames that the sender's VTEP sends
    uint64_t copies{0};   //!< on links, each at its sender
};

/** What a tenant sends to many. */
enum class TenantFlood
{
    Broadcast,
    TenantMulticast
};

/**
 * \param group the VNI's group and all VNIs that are mapped to it
 * \param vni the VNI's place among them
 * \param sender one of its members
 * \param listeners the VTEPs that have members of the tenants' group
 * \throws std::invalid_argument if the group has no RP
 */
FloodedFrame CountFloodedFrame(const ModelNetwork& network,
                               ControlPlane plane,
                               TreePolicy tree,
                               const GroupTraffic& group,
                               std::size_t vni,
                               uint32_t sender,
                               TenantFlood kind,
                               const std::vector<uint32_t>& listeners);

} // namespace ns3

#endif
