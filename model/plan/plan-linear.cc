// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-linear.h"

#include "ns3/plan-columns.h"
#include "ns3/plan-master.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>

namespace ns3
{

namespace
{

constexpr double ENTRY_ROUNDING = 1e-6;

/** \returns the addresses that groups may have under \p tree. */
std::vector<TopologyAddress>
FindGroupAddresses(const PlanQuestion& question, const PlanPoint& plan, TreePolicy tree)
{
    std::set<TopologyAddress> addresses;
    const PlanAssignment& assignment = plan.assignment;
    for (std::size_t g = 0; g < assignment.trees.size(); ++g)
    {
        const auto number = static_cast<uint32_t>(g);
        addresses.insert(GetPlanAddress(number, tree, false));
        if (question.mixed)
        {
            addresses.insert(GetPlanAddress(number, tree, true));
        }
        if (assignment.trees[g] == tree)
        {
            addresses.insert(assignment.addresses[g]);
        }
    }
    return {addresses.begin(), addresses.end()};
}

/** The program over some trees. */
class LinearProgram
{
  public:
    LinearProgram(const PlanColumns& columns, std::size_t groups)
        : m_columns(columns),
          m_groups(static_cast<double>(groups)),
          m_master(columns.GetProblem().GetItems().size(),
                   groups,
                   columns.GetPenalty(),
                   columns.GetLimits())
    {
    }

    PlanLinearBound Solve(const PlanGrouping& start, const std::function<bool()>& goOn)
    {
        PlanGrouping alone(start.size());
        std::iota(alone.begin(), alone.end(), 0);
        for (const PlanGrouping& grouping : {start, alone})
        {
            for (const PlanColumn& column : m_columns.MakeColumns(grouping))
            {
                m_master.Add(column);
            }
        }
        PlanLinearBound result;
        while (!result.exact && goOn() && m_master.Solve())
        {
            std::vector<PlanColumn> found;
            result.bound = std::max(result.bound, Bound(found));
            result.exact = found.empty();
            for (const PlanColumn& column : found)
            {
                m_master.Add(column);
            }
        }
        return result;
    }

  private:
    /** \returns what the prices say, with what columns earn at them. */
    double Bound(std::vector<PlanColumn>& found) const
    {
        PlanPrices prices;
        prices.group = std::max(0.0, m_master.GetGroupPrice());
        prices.limits = m_master.GetEntryPrices();
        double bound = -m_groups * prices.group;
        for (double price : m_master.GetPrices())
        {
            prices.items.push_back(std::max(0.0, price));
            bound += prices.items.back();
        }
        for (std::size_t l = 0; l < prices.limits.size(); ++l)
        {
            bound -= prices.limits[l] * m_columns.GetLimits()[l];
        }
        return bound + m_groups * m_columns.Price(prices, found);
    }

    const PlanColumns& m_columns;
    double m_groups;
    PlanMaster m_master;
};

/** \returns the program's bound over plans whose groups have one of \p trees. */
PlanLinearBound
SolveProgram(const ModelNetwork& network,
             const PlanQuestion& question,
             const PlanPoint& plan,
             const std::vector<TreePolicy>& trees,
             const std::function<bool()>& goOn)
{
    std::vector<PlanColumns::Tree> choices;
    choices.reserve(trees.size());
    for (TreePolicy tree : trees)
    {
        choices.push_back({tree, FindGroupAddresses(question, plan, tree)});
    }
    PlanColumns columns(network, question, std::move(choices));
    if (!columns.List(goOn))
    {
        return {};
    }
    PlanGrouping start;
    for (const PlanItem& item : columns.GetProblem().GetItems())
    {
        start.push_back(plan.assignment.groupOf[item.vnis.front()]);
    }
    return LinearProgram(columns, plan.groups).Solve(start, goOn);
}

} // namespace

PlanLinearBound
ComputeLinearBound(const ModelNetwork& network,
                   const PlanQuestion& question,
                   const PlanPoint& plan,
                   const std::function<bool()>& goOn)
{
    std::vector<std::vector<TreePolicy>> choices;
    for (TreePolicy tree : question.trees)
    {
        if (tree == TreePolicy::Ssm)
        {
            return {};
        }
        if (choices.empty() || !question.mixed)
        {
            choices.emplace_back();
        }
        choices.back().push_back(tree);
    }
    double rate = 0;
    double wanted = 0;
    for (std::size_t v = 0; v < question.demand.vnis.size(); ++v)
    {
        rate += question.demand.rates[v];
        wanted +=
            question.demand.rates[v] * static_cast<double>(question.demand.vnis[v].members.size());
    }
    if (plan.headEndVnis > 0 || rate <= 0)
    {
        return {};
    }
    // One tree for all groups: the best of the trees counts.
    PlanLinearBound least{std::numeric_limits<double>::infinity(), true};
    for (const std::vector<TreePolicy>& trees : choices)
    {
        const PlanLinearBound bound = SolveProgram(network, question, plan, trees, goOn);
        least.bound = std::min(least.bound, bound.bound);
        least.exact = least.exact && bound.exact;
    }
    switch (question.objective)
    {
    case PlanObjective::WASTE:
        least.bound = (least.bound - wanted) / rate;
        break;
    case PlanObjective::COPIES:
        least.bound /= rate;
        break;
    case PlanObjective::ROWS:
        least.bound = std::ceil(least.bound - ENTRY_ROUNDING * (1 + least.bound));
        break;
    }
    least.bound = std::max(0.0, least.bound);
    return least;
}

} // namespace ns3
