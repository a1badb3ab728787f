// SPDX-License-Identifier: GPL-2.0-only
// The groups that the failure of a switch touches, as the published multi-tenant model counts them
// on its three tiers: each member sends, receives or does both, a third each. A core's failure
// touches the groups with members in more than one pod and at least one sender. A spine's touches
// the groups with members behind more than one leaf that have a sender in its pod, or a receiver
// there and a sender elsewhere; the mean over the pods.
#ifndef VXLAN_MULTICAST_FAILURE_SPREAD_H
#define VXLAN_MULTICAST_FAILURE_SPREAD_H

#include "ns3/group-members.h"
#include "ns3/model-network.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** Adds up groups. */
class FailureSpread
{
  public:
    /** \param network outlives this object \param seed of the members' parts */
    FailureSpread(const ModelNetwork& network, uint64_t seed);

    void Add(const GroupMembers& group);

    uint64_t GetGroups() const
    {
        return m_groups;
    }

    /** \returns how many groups a core's failure touches. */
    uint64_t GetCoreGroups() const
    {
        return m_coreGroups;
    }

    /** \returns how many groups a spine's failure touches, mean over the pods. */
    double GetSpineGroups() const;

  private:
    /** What a group has in a pod. */
    struct Pod
    {
        uint64_t group{0}; //!< the last group that it had part in
        uint32_t senders{0};
        uint32_t receivers{0};
    };

    const ModelNetwork& m_network;
    uint64_t m_seed;
    std::vector<Pod> m_pods;
    std::vector<uint32_t> m_used; //!< the pods of the present group
    uint64_t m_groups{0};
    uint64_t m_coreGroups{0};
    uint64_t m_spineGroups{0}; //!< summed over the pods
};

} // namespace ns3

#endif
