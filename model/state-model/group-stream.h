// SPDX-License-Identifier: GPL-2.0-only
// All groups of a workload under a mapping, one after another; none is kept.
#ifndef VXLAN_MULTICAST_GROUP_STREAM_H
#define VXLAN_MULTICAST_GROUP_STREAM_H

#include "ns3/group-members.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include <functional>

namespace ns3
{

/** Calls \p use with each group that has any VNI, in the order of their numbers. */
void ForEachGroup(const ModelNetwork& network,
                  Workload& workload,
                  const VniMapping& mapping,
                  const std::function<void(const GroupMembers&)>& use);

/** \returns the VNIs that the mapping leaves to head-end replication, as one group without address. */
GroupTraffic GetHeadEndTraffic(Workload& workload, const VniMapping& mapping);

} // namespace ns3

#endif
