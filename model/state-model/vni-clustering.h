// SPDX-License-Identifier: GPL-2.0-only
// Channelization: few groups for many VNIs, with the least waste. A group's frames reach the union
// of its VNIs' members, so that its cost is |union| × frames. Greedy merging of the pair that adds
// the least (with many VNIs: of neighbours in an order by members), then moves of single VNIs to
// where they cost less, until none does.
#ifndef VXLAN_MULTICAST_VNI_CLUSTERING_H
#define VXLAN_MULTICAST_VNI_CLUSTERING_H

#include "ns3/workload.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace ns3
{

class VniMerger;

/** Groups the same VNIs into several numbers of groups, which share the merging. */
class VniClustering
{
  public:
    /** A VNI for the purpose. */
    struct Item
    {
        std::vector<uint32_t> members; //!< sorted
        uint64_t frames;
    };

    explicit VniClustering(const std::vector<VniTraffic>& vnis);
    ~VniClustering();
    VniClustering(const VniClustering&) = delete;
    VniClustering& operator=(const VniClustering&) = delete;

    /**
     * \param goOn asked before each merger and move; false ends the search, and the groups are then
     *        worse
     * \returns the group, below \p groups, of each VNI; no group is empty.
     */
    std::vector<uint32_t> FindGroups(uint32_t groups, const std::function<bool()>& goOn);

  private:
    std::vector<Item> m_items;
    std::unique_ptr<VniMerger> m_merger; //!< none where there are too many pairs
};

/** \returns the group, below \p groups, of each VNI of \p workload; no group is empty. */
std::vector<uint32_t> ClusterVnis(Workload& workload, uint32_t groups);
/** The same for VNIs that are at hand. */
std::vector<uint32_t> ClusterVnis(const std::vector<VniTraffic>& vnis, uint32_t groups);

} // namespace ns3

#endif
