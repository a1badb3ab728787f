// SPDX-License-Identifier: GPL-2.0-only
// How widely groups are spread, and the links that they would use, as the published model counts
// them on its three tiers: multicast 3 + pods + leaves + hosts of the group, unicast 6 × hosts. On
// other topologies the links are those of one frame, averaged over the group's senders: of the
// tree, and of unicast copies to the members of the frame's VNI.
#ifndef VXLAN_MULTICAST_GROUP_SPREAD_H
#define VXLAN_MULTICAST_GROUP_SPREAD_H

#include "ns3/group-members.h"
#include "ns3/model-network.h"

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace ns3
{

/** Adds up groups. */
class GroupSpread
{
  public:
    /**
     * \param network outlives this object; the published count holds if it has tier `core` and pods
     */
    explicit GroupSpread(const ModelNetwork& network);

    void Add(const GroupMembers& group);

    /** \returns whether links are counted as published; only then does GetMulticastLinks hold. */
    bool IsPublishedCount() const
    {
        return m_published;
    }

    /** \returns the unicast links, summed over groups. */
    double GetUnicastLinks() const
    {
        return m_unicast;
    }

    /** \returns the multicast links of the published count, summed over groups. */
    double GetMulticastLinks() const
    {
        return m_multicast;
    }

    /** \returns the mean number of leaves per group. */
    double GetMeanLeaves() const
    {
        return m_groups == 0 ? 0 : static_cast<double>(m_leaves) / static_cast<double>(m_groups);
    }

  private:
    double CountUnicast(const GroupTraffic& group);
    uint32_t CountHops(uint32_t from, uint32_t to);

    const ModelNetwork& m_network;
    bool m_published;
    std::vector<uint64_t> m_podGroup;              //!< by pod: the last group that it had part in
    std::unordered_map<uint64_t, uint32_t> m_hops; //!< links between VTEPs of two leaves
    uint64_t m_groups{0};
    uint64_t m_leaves{0};
    double m_unicast{0};
    double m_multicast{0};
};

} // namespace ns3

#endif
