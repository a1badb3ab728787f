// SPDX-License-Identifier: GPL-2.0-only
// A lower bound of the waste from the dual of the set-partitioning program, at any size.
//
// Prices p(i), one per item, give the bound sum of p − (what the G best columns earn), where a
// column — a group — earns the prices of its items less its cost. Columns of a solution have
// different anchors, their first items in the order of size, so the G best anchors bound them all
// (a Lagrangian relaxation as of the p-median problem, and Farley's bound). Subgradient steps
// improve the prices; the bound of each step holds. What an anchor may earn is
// - exact, where the unions of the items' member sets can be listed (plan-unions.h): a union's
//   column takes all later items in it that are worth their price;
// - otherwise bounded: with anchor a and k members in all, only items i with |M(a) ∪ M(i)| ≤ k are
//   in the column, and each costs at least rate(i) × k; and as there is room for k − |M(a)| VTEPs
//   beside the anchor's, of the gains, spread evenly over the VTEPs that their items need, or over
//   the pairs of these, only the shares of that many best VTEPs count.
#ifndef VXLAN_MULTICAST_PLAN_DUAL_H
#define VXLAN_MULTICAST_PLAN_DUAL_H

#include "ns3/plan-problem.h"
#include "ns3/plan-unions.h"

#include <cstddef>
#include <functional>
#include <memory>

namespace ns3
{

/** Dual bounds of one problem, for any number of groups. */
class PlanDual
{
  public:
    /**
     * \param problem outlives this object
     * \param unions of so many at most columns are listed
     */
    explicit PlanDual(const PlanProblem& problem, std::size_t unions = PLAN_MAX_UNIONS);
    ~PlanDual();

    /** \returns whether bounds tend to that of the linear program. */
    bool IsExact() const;

    /**
     * \param groups how many groups there may be, at least 1
     * \param start a good grouping: where prices begin
     * \param goOn asked between steps; false ends them
     * \returns a lower bound of ComputeWaste over all groupings; 0 where the problem is too large
     */
    double Bound(std::size_t groups,
                 const PlanGrouping& start,
                 const std::function<bool()>& goOn) const;

  private:
    class Columns;
    class ListedColumns;
    class RelaxedColumns;

    const PlanProblem& m_problem;
    std::unique_ptr<Columns> m_columns;
};

} // namespace ns3

#endif
