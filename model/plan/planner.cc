// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/planner.h"

#include "ns3/plan-exact.h"
#include "ns3/plan-search.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <tuple>

namespace ns3
{

namespace
{

constexpr std::size_t IDLE_REBUILDS = 30;
constexpr std::size_t SHAKES = 60; //!< for up to SMALL_PROBLEM items
constexpr std::size_t SMALL_PROBLEM = 64;
constexpr int MAX_BISECTIONS = 4;

/** \returns how often a search is shaken: less often the more there is to do in a round. */
std::size_t
GetShakes(std::size_t items)
{
    return items <= SMALL_PROBLEM ? SHAKES
                                  : std::max<std::size_t>(1, SHAKES * SMALL_PROBLEM / items / 4);
}

} // namespace

Planner::Planner(const ModelNetwork& network, const PlanQuestion& question, Progress progress)
    : m_network(network),
      m_question(question),
      m_progress(std::move(progress)),
      m_problem(network.GetVteps().size())
{
    for (std::size_t v = 0; v < question.vnis.size(); ++v)
    {
        m_problem.Add(static_cast<uint32_t>(v), question.vnis[v].members, question.rates[v]);
    }
}

bool
Planner::GoOn(const std::string& step)
{
    m_stopped = m_stopped || !m_progress(step);
    return !m_stopped;
}

/** A few numbers on a geometric scale, unless the question names some. */
std::vector<uint32_t>
Planner::ChooseGroupCounts() const
{
    const auto vnis = static_cast<uint32_t>(m_question.vnis.size());
    std::set<uint32_t> counts;
    for (uint32_t groups : m_question.groups)
    {
        counts.insert(std::min(groups, vnis));
    }
    if (counts.empty())
    {
        for (uint32_t groups = 1; groups < vnis; groups *= 4)
        {
            counts.insert(groups);
        }
        counts.insert(static_cast<uint32_t>(m_problem.GetItems().size()));
        counts.insert(vnis);
    }
    return {counts.begin(), counts.end()};
}

const PlanGrouping&
Planner::FindGrouping(uint32_t groups)
{
    const std::size_t items = m_problem.GetItems().size();
    const auto wanted = static_cast<uint32_t>(std::min<std::size_t>(groups, items));
    auto found = m_groupings.find(wanted);
    if (found != m_groupings.end())
    {
        return found->second;
    }
    PlanGrouping grouping(items);
    if (wanted == items)
    {
        std::iota(grouping.begin(), grouping.end(), 0);
    }
    else
    {
        if (!m_merging)
        {
            m_merging = std::make_unique<PlanMerging>(m_problem, m_cost);
        }
        const std::string step = "grouping into " + std::to_string(wanted);
        PlanSearch search(
            m_problem, m_cost, wanted, m_merging->GetGrouping(wanted), m_question.seed);
        search.Run(IDLE_REBUILDS, GetShakes(items), [&] { return GoOn(step); });
        grouping = search.GetGrouping();
    }
    return m_groupings.emplace(wanted, std::move(grouping)).first->second;
}

/** \returns the group of each VNI. */
std::vector<uint32_t>
Planner::ToVnis(const PlanGrouping& grouping) const
{
    std::vector<uint32_t> groupOf(m_question.vnis.size());
    for (std::size_t i = 0; i < grouping.size(); ++i)
    {
        for (uint32_t vni : m_problem.GetItems()[i].vnis)
        {
            groupOf[vni] = grouping[i];
        }
    }
    return groupOf;
}

/** \returns the point of so many groups under the policy, counted if it was not yet. */
std::size_t
Planner::Look(uint32_t groups, TreePolicy tree)
{
    auto known = m_looked.find({tree, groups});
    if (known != m_looked.end())
    {
        return known->second;
    }
    PlanPoint point;
    point.tree = tree;
    if (groups == m_question.vnis.size())
    {
        // A group for each VNI, though equal ones could share at no cost.
        point.groupOf.resize(groups);
        std::iota(point.groupOf.begin(), point.groupOf.end(), 0);
    }
    else
    {
        point.groupOf = ToVnis(FindGrouping(groups));
    }
    point.groups = *std::max_element(point.groupOf.begin(), point.groupOf.end()) + 1;
    GoOn(std::string("counting ") + EnumName(tree) + " with " + std::to_string(point.groups) +
         " groups");
    point.use = CountPlanTables(m_network, tree, m_question.vnis, point.groupOf);
    point.margins = ComputeMargins(point.use, m_question.limits);
    m_answer.points.push_back(std::move(point));
    m_looked[{tree, groups}] = m_answer.points.size() - 1;
    return m_answer.points.size() - 1;
}

/** Looks between the largest number of groups that fits and the next that does not. */
void
Planner::Refine(TreePolicy tree)
{
    uint32_t fits = 0;
    uint32_t over = 0;
    for (const auto& [key, index] : m_looked)
    {
        if (key.first != tree)
        {
            continue;
        }
        if (m_answer.points[index].IsFeasible())
        {
            fits = key.second;
            over = 0;
        }
        else if (fits != 0 && over == 0)
        {
            over = key.second;
        }
    }
    for (int i = 0; i < MAX_BISECTIONS && fits != 0 && over > fits + 1 && !m_stopped; ++i)
    {
        const uint32_t middle = fits + (over - fits) / 2;
        (m_answer.points[Look(middle, tree)].IsFeasible() ? fits : over) = middle;
    }
}

PlanPoint
Planner::CountWithHeadEnd(TreePolicy tree, const std::vector<uint32_t>& order, uint32_t count)
{
    PlanPoint point;
    point.tree = tree;
    point.groupOf.assign(order.size(), PLAN_HEAD_END);
    uint32_t group = 0;
    for (std::size_t i = count; i < order.size(); ++i)
    {
        point.groupOf[order[i]] = group++;
    }
    point.groups = group;
    point.headEndVnis = count;
    point.use = CountPlanTables(m_network, tree, m_question.vnis, point.groupOf);
    point.margins = ComputeMargins(point.use, m_question.limits);
    return point;
}

/** The fewest VNIs at the head-end, those with most members first, such that the rest fits. */
void
Planner::UseHeadEnd(TreePolicy tree)
{
    std::vector<uint32_t> order(m_question.vnis.size());
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [this](uint32_t a, uint32_t b) {
        return m_question.vnis[a].members.size() > m_question.vnis[b].members.size();
    });
    uint32_t low = 0;
    auto high = static_cast<uint32_t>(order.size());
    while (low < high && GoOn("head-end replication"))
    {
        const uint32_t middle = low + (high - low) / 2;
        if (CountWithHeadEnd(tree, order, middle).IsFeasible())
        {
            high = middle;
        }
        else
        {
            low = middle + 1;
        }
    }
    m_answer.points.push_back(CountWithHeadEnd(tree, order, high));
}

double
Planner::GetObjective(const PlanPoint& point) const
{
    switch (m_question.objective)
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
Planner::IsBetter(const PlanPoint& a, const PlanPoint& b) const
{
    const auto rank = [this](const PlanPoint& point) {
        return std::make_tuple(
            point.headEndVnis, GetObjective(point), point.use.entries, point.use.copies);
    };
    return rank(a) < rank(b);
}

void
Planner::ChooseBest()
{
    for (std::size_t i = 0; i < m_answer.points.size(); ++i)
    {
        const PlanPoint& point = m_answer.points[i];
        if (point.IsFeasible() &&
            (!m_answer.best || IsBetter(point, m_answer.points[*m_answer.best])))
        {
            m_answer.best = i;
        }
    }
}

/** What the answer is worth: its objective, and a bound of the waste for its number of groups. */
void
Planner::Bound()
{
    const PlanPoint& best = m_answer.points[*m_answer.best];
    m_answer.value = GetObjective(best);
    m_answer.solver = "merging, moves, rebuilding";
    if (m_question.objective != PlanObjective::WASTE || best.headEndVnis > 0)
    {
        return;
    }
    double rate = 0;
    for (double r : m_question.rates)
    {
        rate += r;
    }
    m_answer.value = std::max(0.0, ComputeWaste(m_problem, FindGrouping(best.groups)) / rate);
    m_answer.bound = ComputePlanBounds(m_problem, best.groups).GetBest() / rate;
    m_answer.proven = m_answer.value <= m_answer.bound;
    if (!m_question.exact || m_answer.proven)
    {
        return;
    }
    const PlanExact exact(m_problem, m_cost);
    if (!exact.IsPossible())
    {
        return;
    }
    const PlanProof proof =
        exact.Solve(best.groups, FindGrouping(best.groups), [&] { return GoOn("proving"); });
    m_answer.solver = "branch and price";
    m_answer.proven = proof.proven;
    m_answer.bound = std::max(m_answer.bound, (proof.bound - m_problem.GetWantedRate()) / rate);
    if (ComputeWaste(m_problem, proof.grouping) / rate < m_answer.value)
    {
        PlanPoint better = best;
        better.groupOf = ToVnis(proof.grouping);
        better.use = CountPlanTables(m_network, better.tree, m_question.vnis, better.groupOf);
        better.margins = ComputeMargins(better.use, m_question.limits);
        if (better.IsFeasible())
        {
            m_answer.value = ComputeWaste(m_problem, proof.grouping) / rate;
            m_answer.points[*m_answer.best] = std::move(better);
        }
    }
}

PlanAnswer
Planner::Run()
{
    for (uint32_t groups : ChooseGroupCounts())
    {
        for (TreePolicy tree : m_question.trees)
        {
            if (!m_stopped || m_answer.points.empty())
            {
                Look(groups, tree);
            }
        }
    }
    if (m_question.groups.empty())
    {
        for (TreePolicy tree : m_question.trees)
        {
            Refine(tree);
        }
    }
    ChooseBest();
    if (!m_answer.best && m_question.mayHeadEnd)
    {
        for (TreePolicy tree : m_question.trees)
        {
            UseHeadEnd(tree);
        }
        ChooseBest();
    }
    if (m_answer.best)
    {
        Bound();
    }
    return m_answer;
}

} // namespace ns3
