// SPDX-License-Identifier: GPL-2.0-only
// The best grouping, proven: set partitioning by column generation. A column is a union of members
// and the items that are put into it. Pricing is exact: all unions of the items' member sets are
// listed, and for each the items worth their price are taken. Branching is by pairs of items that
// share a group or do not (Ryan and Foster, 1981). The linear programs are solved by lp_solve
// (LGPL).
#ifndef VXLAN_MULTICAST_PLAN_EXACT_H
#define VXLAN_MULTICAST_PLAN_EXACT_H

#include "ns3/plan-cost.h"
#include "ns3/plan-problem.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>

namespace ns3
{

/** What an exact search ends with. */
struct PlanProof
{
    PlanGrouping grouping; //!< the best found
    double cost{0};
    double bound{0}; //!< no grouping costs less; the linear program's, or the least of open nodes'
    bool proven{false}; //!< cost and bound are equal, but for rounding
    std::size_t nodes{0};
    std::size_t columns{0};
};

/** Branch and price over one problem. */
class PlanExact
{
  public:
    PlanExact(const PlanProblem& problem, const PlanCost& cost);

    /** \returns whether the unions could all be listed; otherwise nothing can be proven. */
    bool IsPossible() const
    {
        return !m_unions.empty();
    }

    /**
     * \param groups how many groups there may be, at least 1
     * \param start a good grouping: what costs more is not looked at
     * \param goOn asked between linear programs; false ends the search
     */
    PlanProof Solve(std::size_t groups,
                    const PlanGrouping& start,
                    const std::function<bool()>& goOn) const;

  private:
    friend class PlanBranching;

    struct Union
    {
        PlanMembers members;
        PlanUnionCost cost;
    };

    const PlanProblem& m_problem;
    const PlanCost& m_cost;
    std::vector<Union> m_unions;
};

} // namespace ns3

#endif
