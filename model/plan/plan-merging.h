// SPDX-License-Identifier: GPL-2.0-only
// A first grouping for every number of groups at once: from an item a group down to one group, the
// pair whose union adds least cost is merged, again and again.
#ifndef VXLAN_MULTICAST_PLAN_MERGING_H
#define VXLAN_MULTICAST_PLAN_MERGING_H

#include "ns3/plan-cost.h"
#include "ns3/plan-problem.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace ns3
{

/** The merging of one problem. */
class PlanMerging
{
  public:
    /** Up to so many items every pair is looked at; of more, only neighbours in their order. */
    static constexpr std::size_t MAX_PAIRWISE = 4096;

    /**
     * \param goOn asked now and then; once it is false, the rest is merged in the order that comes
     */
    PlanMerging(const PlanProblem& problem,
                const PlanCost& cost,
                const std::function<bool()>& goOn);

    /** \returns the grouping into \p groups groups, at least 1; no group is empty. */
    PlanGrouping GetGrouping(std::size_t groups) const;

  private:
    /** A group of the merging, named by its first item. */
    struct Cluster
    {
        PlanMembers members;
        double rate{0};
        double cost{0};
        PlanUnionCost unit;     //!< its cost, whatever its rate
        std::size_t partner{0}; //!< the later cluster whose merging adds least
        double increase{0};
        bool gone{false};
    };

    void Offer(std::size_t i, std::size_t j);
    void FindPartner(std::size_t i);
    std::size_t FindBest() const;
    void Merge(std::size_t into, std::size_t from);
    void MergeRest();

    const PlanCost& m_cost;
    std::size_t m_window; //!< how many later clusters a cluster is compared with
    std::vector<Cluster> m_clusters;
    std::vector<std::pair<uint32_t, uint32_t>> m_merges; //!< (into, from), by first item
};

} // namespace ns3

#endif
