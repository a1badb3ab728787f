// SPDX-License-Identifier: GPL-2.0-only
// What is asked of the planner, the plans that it looks at, and its answer. Plain data.
#ifndef VXLAN_MULTICAST_PLAN_QUESTION_H
#define VXLAN_MULTICAST_PLAN_QUESTION_H

#include "ns3/enum-names.h"
#include "ns3/plan-limits.h"
#include "ns3/plan-tables.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** What is minimized, within the limits. */
enum class PlanObjective
{
    WASTE,  //!< deliveries to VTEPs outside the frame's VNI, per frame
    COPIES, //!< link crossings per frame
    ROWS    //!< forwarding entries of all routers
};

template <>
struct EnumNames<PlanObjective>
{
    static constexpr const char* NAMES[] = {"waste", "copies", "rows"};
};

/** How a grouping was found. */
enum class PlanMapping
{
    PLAN,    //!< by the planner
    MODULO,  //!< VNI modulo the number of groups
    CLUSTER, //!< VniClustering
    OLD      //!< an earlier plan, changed a little
};

template <>
struct EnumNames<PlanMapping>
{
    static constexpr const char* NAMES[] = {"plan", "modulo", "cluster", "old"};
};

/** The question. */
struct PlanQuestion
{
    PlanDemand demand;
    std::vector<TreePolicy> trees;
    bool mixed{false};      //!< each group may have a tree of its own
    bool mayHeadEnd{false}; //!< VNIs may go without a group
    PlanObjective objective{PlanObjective::WASTE};
    PlanLimits limits;
    std::vector<uint32_t> groups; //!< numbers of groups to look at; empty: chosen by the planner
    bool compare{false};          //!< look at `modulo` and `cluster` beside the plan
    bool bounds{false};           //!< bound the waste of every plan that is looked at
    bool exact{false};            //!< prove the grouping of the plan optimal, if possible
    uint64_t seed{1};             //!< of the search
    uint32_t effort{1};           //!< so many times as long a search
};

/** One plan that was looked at. */
struct PlanPoint
{
    uint32_t groups{0};                 //!< that have VNIs
    TreePolicy tree{TreePolicy::Bidir}; //!< of all groups, unless it is mixed
    bool mixed{false};
    PlanMapping mapping{PlanMapping::PLAN};
    PlanAssignment assignment;
    PlanTableUse use;
    std::vector<PlanMargin> margins; //!< the tightest first
    uint32_t headEndVnis{0};
    std::optional<double> wasteBound; //!< no plan with as many groups, or fewer, wastes less

    bool IsFeasible() const
    {
        return margins.empty() || margins.front().used <= margins.front().limit;
    }

    /** \returns `rpt`, …, or `mixed`. */
    std::string GetTreeName() const
    {
        return mixed ? "mixed" : EnumName(tree);
    }
};

/** The answer. */
struct PlanAnswer
{
    std::vector<PlanPoint> points;   //!< all that were looked at
    std::optional<std::size_t> best; //!< in points; nothing fits without
    double value{0};                 //!< the objective of the best
    double bound{0};      //!< no plan with as many groups, or fewer, has less; waste only
    bool proven{false};   //!< value is optimal for the number of groups
    bool annealed{false}; //!< some grouping was: for waste, of problems of some size
    bool cut{false};      //!< ended by the watch: the same question may get another answer
    std::string solver;   //!< what found the grouping
    std::string boundBy;  //!< what found the bound

    /** \returns (value − bound) / value; 0 if both are 0. */
    double GetGap() const
    {
        return value <= 0 ? 0 : (value - bound) / value;
    }
};

/** \returns a point with its tables counted. \param plan with trees and addresses */
PlanPoint MakePlanPoint(const ModelNetwork& network,
                        const PlanQuestion& question,
                        PlanAssignment plan);
/** \returns what \p question minimizes. */
double GetPlanObjective(const PlanQuestion& question, const PlanPoint& point);
/** \returns whether \p a is the better plan, limits apart. */
bool IsBetterPlan(const PlanQuestion& question, const PlanPoint& a, const PlanPoint& b);

} // namespace ns3

#endif
