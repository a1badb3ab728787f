// SPDX-License-Identifier: GPL-2.0-only
// From the question — VNIs, limits, trees allowed — to an answer: how many groups, which VNIs share
// one, which tree, and how good that is.
//
// For each number of groups looked at, one grouping with little waste is found (plan-merging,
// plan-search; PlanExact on request). Then each tree policy's tables are counted. Of what keeps
// within the limits the plan with the least objective is taken; of equal ones that with fewer
// entries. When VNIs may be replicated at the head-end, as few of them as make the rest fit are.
#ifndef VXLAN_MULTICAST_PLANNER_H
#define VXLAN_MULTICAST_PLANNER_H

#include "ns3/enum-names.h"
#include "ns3/plan-bounds.h"
#include "ns3/plan-limits.h"
#include "ns3/plan-merging.h"
#include "ns3/plan-problem.h"
#include "ns3/plan-tables.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
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

/** The question. */
struct PlanQuestion
{
    std::vector<VniTraffic> vnis; //!< members and senders, numbered from 0
    std::vector<double> rates;    //!< frames per unit of time of each VNI, all senders together
    std::vector<TreePolicy> trees;
    bool mayHeadEnd{false}; //!< VNIs may go without a group
    PlanObjective objective{PlanObjective::WASTE};
    PlanLimits limits;
    std::vector<uint32_t> groups; //!< numbers of groups to look at; empty: chosen by the planner
    bool exact{false};            //!< prove the grouping of the plan optimal, if possible
    uint64_t seed{1};
};

/** One plan that was looked at. */
struct PlanPoint
{
    uint32_t groups{0};
    TreePolicy tree{TreePolicy::Bidir};
    PlanTableUse use;
    std::vector<PlanMargin> margins; //!< the tightest first
    std::vector<uint32_t> groupOf;   //!< by VNI; PLAN_HEAD_END: none
    uint32_t headEndVnis{0};

    bool IsFeasible() const
    {
        return margins.empty() || margins.front().used <= margins.front().limit;
    }
};

/** The answer. */
struct PlanAnswer
{
    std::vector<PlanPoint> points;   //!< all that were looked at, by tree and groups
    std::optional<std::size_t> best; //!< in points; nothing fits without
    double value{0};                 //!< the objective of the best
    double bound{0};    //!< no plan with as many groups, or fewer, has less; waste only
    bool proven{false}; //!< value is optimal for the number of groups
    std::string solver; //!< what found the grouping

    /** \returns (value − bound) / value; 0 if both are 0. */
    double GetGap() const
    {
        return value <= 0 ? 0 : (value - bound) / value;
    }
};

/** Finds the answer to one question. */
class Planner
{
  public:
    /** Asked between steps, with what is being done; false ends the search with the best so far. */
    using Progress = std::function<bool(const std::string& step)>;

    /** \param network, question outlive this object */
    Planner(const ModelNetwork& network, const PlanQuestion& question, Progress progress);

    PlanAnswer Run();

  private:
    bool GoOn(const std::string& step);
    std::vector<uint32_t> ChooseGroupCounts() const;
    const PlanGrouping& FindGrouping(uint32_t groups);
    std::vector<uint32_t> ToVnis(const PlanGrouping& grouping) const;
    std::size_t Look(uint32_t groups, TreePolicy tree);
    void Refine(TreePolicy tree);
    void UseHeadEnd(TreePolicy tree);
    PlanPoint CountWithHeadEnd(TreePolicy tree, const std::vector<uint32_t>& order, uint32_t count);
    double GetObjective(const PlanPoint& point) const;
    bool IsBetter(const PlanPoint& a, const PlanPoint& b) const;
    void ChooseBest();
    void Bound();

    const ModelNetwork& m_network;
    const PlanQuestion& m_question;
    Progress m_progress;
    PlanProblem m_problem;
    PlanDeliveries m_cost;
    std::unique_ptr<PlanMerging> m_merging;
    std::map<uint32_t, PlanGrouping> m_groupings; //!< by number of groups
    std::map<std::pair<TreePolicy, uint32_t>, std::size_t> m_looked;
    PlanAnswer m_answer;
    bool m_stopped{false};
};

} // namespace ns3

#endif
