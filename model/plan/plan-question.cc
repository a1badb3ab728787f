// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-question.h"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace ns3
{

PlanPoint
MakePlanPoint(const ModelNetwork& network, const PlanQuestion& question, PlanAssignment plan)
{
    PlanPoint point;
    std::set<uint32_t> used(plan.groupOf.begin(), plan.groupOf.end());
    used.erase(PLAN_HEAD_END);
    point.groups = static_cast<uint32_t>(used.size());
    point.headEndVnis =
        static_cast<uint32_t>(std::count(plan.groupOf.begin(), plan.groupOf.end(), PLAN_HEAD_END));
    for (uint32_t group : used)
    {
        point.mixed = point.mixed || plan.trees[group] != plan.trees[*used.begin()];
    }
    point.tree = used.empty() ? TreePolicy::HeadEnd : plan.trees[*used.begin()];
    point.use = CountPlanTables(network, question.demand, plan);
    point.margins = ComputeMargins(point.use, question.limits);
    point.assignment = std::move(plan);
    return point;
}

double
GetPlanObjective(const PlanQuestion& question, const PlanPoint& point)
{
    switch (question.objective)
    {
    case PlanObjective::COPIES:
        return point.use.copies;
    case PlanObjective::ROWS:
        return static_cast<double>(point.use.entries);
    case PlanObjective::WASTE:
        break;
    }
    return point.use.waste;
}

bool
IsBetterPlan(const PlanQuestion& question, const PlanPoint& a, const PlanPoint& b)
{
    const auto rank = [&question](const PlanPoint& point) {
        return std::make_tuple(point.headEndVnis,
                               GetPlanObjective(question, point),
                               point.use.entries,
                               point.use.copies);
    };
    return rank(a) < rank(b);
}

} // namespace ns3
