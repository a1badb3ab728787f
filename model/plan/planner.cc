// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/planner.h"

#include "ns3/plan-breeding.h"
#include "ns3/plan-head-end.h"
#include "ns3/plan-mixing.h"
#include "ns3/plan-search.h"
#include "ns3/plan-tree-cost.h"
#include "ns3/plan-verdict.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <optional>
#include <set>

namespace ns3
{

namespace
{

constexpr std::size_t IDLE_REBUILDS = 30;
constexpr std::size_t SHAKES = 60; //!< for up to SMALL_PROBLEM items
constexpr std::size_t SMALL_PROBLEM = 64;
constexpr double FULL_SEARCHES = 3; //!< groupings that are searched with all effort
constexpr int MAX_BISECTIONS = 4;
constexpr int MAX_PRICES = 7;         //!< of entries, one after another
constexpr std::size_t MAX_PRICED = 4; //!< numbers of groups of a tree
/** VNIs × VTEPs up to which VniClustering is quick. */
constexpr std::size_t MAX_CLUSTERED = 4000000;

// How much of the time may be gone when a step ends.
constexpr double MERGED_BY = 0.3;
constexpr double IMPROVED_BY = 0.5;
constexpr double PRICED_BY = 0.6;
constexpr double COMPARED_BY = 0.8;

/** \returns how often a search is shaken: less often the more there is to do in a round. */
std::size_t
GetShakes(std::size_t items)
{
    return items <= SMALL_PROBLEM ? SHAKES
                                  : std::max<std::size_t>(1, SHAKES * SMALL_PROBLEM / items / 4);
}

} // namespace

Planner::Planner(const ModelNetwork& network, const PlanQuestion& question, PlanWatch& watch)
    : m_network(network),
      m_question(question),
      m_watch(watch),
      m_problem(network.GetVteps().size())
{
    // A group's tree may suit some of its senders: VNIs that differ in these stay apart.
    const bool apart = question.mixed && question.trees.size() > 1;
    for (std::size_t v = 0; v < question.demand.vnis.size(); ++v)
    {
        const VniTraffic& vni = question.demand.vnis[v];
        m_problem.Add(static_cast<uint32_t>(v),
                      vni.members,
                      question.demand.rates[v],
                      apart ? vni.senders : std::vector<uint32_t>());
    }
}

bool
Planner::GoOn(const std::string& step)
{
    m_stopped = !m_watch.GoOn(step) || m_stopped;
    m_answer.cut = m_answer.cut || m_stopped;
    return !m_stopped;
}

/** \returns whether so much of the time is gone that what is not done yet is left out. */
bool
Planner::IsOver(double share)
{
    const bool over = m_watch.GetUsedShare() >= share;
    m_answer.cut = m_answer.cut || over;
    return over;
}

/** \returns what a step asks that may use so much of the time. */
std::function<bool()>
Planner::Until(double share, const std::string& step)
{
    return [this, share, step] { return GoOn(step) && !IsOver(share); };
}

/** A few numbers on a geometric scale, unless the question names some. */
std::vector<uint32_t>
Planner::ChooseGroupCounts() const
{
    const auto vnis = static_cast<uint32_t>(m_question.demand.vnis.size());
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

const PlanMerging&
Planner::GetMerging()
{
    if (!m_merging)
    {
        m_merging = std::make_unique<PlanMerging>(
            m_problem, m_deliveries, Until(MERGED_BY, "merging VNIs"));
    }
    return *m_merging;
}

/** \returns what is minimized where the groups have \p tree. */
const PlanCost&
Planner::GetCost(TreePolicy tree)
{
    if (m_question.objective == PlanObjective::WASTE)
    {
        return m_deliveries;
    }
    std::unique_ptr<PlanCost>& cost = m_costs[tree];
    if (!cost)
    {
        PlanTreeWeights weights;
        weights.copies = m_question.objective == PlanObjective::COPIES ? 1 : 0;
        weights.rows = m_question.objective == PlanObjective::ROWS ? 1 : 0;
        cost = std::make_unique<PlanTreeCost>(
            m_network, tree, FindPlanSenders(m_network, m_question.demand), weights);
    }
    return *cost;
}

Planner::Found&
Planner::FindGrouping(uint32_t groups, TreePolicy tree)
{
    const std::size_t items = m_problem.GetItems().size();
    const auto wanted = static_cast<uint32_t>(std::min<std::size_t>(groups, items));
    const bool waste = m_question.objective == PlanObjective::WASTE;
    const Key key{waste ? TreePolicy::Bidir : tree, wanted};
    auto found = m_groupings.find(key);
    if (found != m_groupings.end())
    {
        return found->second;
    }
    Found start;
    if (wanted == items)
    {
        start.grouping.resize(items);
        std::iota(start.grouping.begin(), start.grouping.end(), 0);
    }
    else
    {
        start.grouping = GetMerging().GetGrouping(wanted);
        const PlanGrouping clustered = ClusterItems(wanted);
        if (!clustered.empty() &&
            ComputeWaste(m_problem, clustered) < ComputeWaste(m_problem, start.grouping))
        {
            start.grouping = clustered;
        }
    }
    // Alone, each item wastes nothing; entries may still be fewer in common.
    start.searched =
        (wanted == items && m_question.objective != PlanObjective::ROWS) || (wanted == 1 && waste);
    return m_groupings.emplace(key, std::move(start)).first->second;
}

/** \returns what VniClustering makes, by VNI; nothing where that would take long. */
const std::vector<uint32_t>&
Planner::Cluster(uint32_t groups)
{
    const std::vector<VniTraffic>& vnis = m_question.demand.vnis;
    std::vector<uint32_t>& groupOf = m_clusters[groups];
    if (groupOf.empty() && vnis.size() * m_problem.GetVteps() <= MAX_CLUSTERED)
    {
        if (!m_clustering)
        {
            m_clustering = std::make_unique<VniClustering>(vnis);
        }
        const std::string step = "clustering VNIs";
        groupOf = m_clustering->FindGroups(groups, [this, &step] { return GoOn(step); });
    }
    return groupOf;
}

/** \returns the same by item. */
PlanGrouping
Planner::ClusterItems(uint32_t groups)
{
    const std::vector<VniTraffic>& vnis = m_question.demand.vnis;
    PlanGrouping grouping;
    const std::vector<uint32_t>& groupOf = Cluster(groups);
    if (groupOf.empty())
    {
        return grouping;
    }
    std::vector<std::set<uint32_t>> members(groups);
    for (std::size_t v = 0; v < vnis.size(); ++v)
    {
        members[groupOf[v]].insert(vnis[v].members.begin(), vnis[v].members.end());
    }
    for (const PlanItem& item : m_problem.GetItems())
    {
        // Equal VNIs that are apart waste least together, in the smallest of their groups.
        const uint32_t best =
            *std::min_element(item.vnis.begin(), item.vnis.end(), [&](uint32_t a, uint32_t b) {
                return members[groupOf[a]].size() < members[groupOf[b]].size();
            });
        grouping.push_back(groupOf[best]);
    }
    return grouping;
}

/** Searches from the better of merging and VniClustering, annealed where that is quick. */
void
Planner::Improve(uint32_t groups, TreePolicy tree, double share)
{
    Found& found = FindGrouping(groups, tree);
    if (found.searched)
    {
        return;
    }
    found.searched = true;
    const std::size_t items = m_problem.GetItems().size();
    const auto wanted = static_cast<uint32_t>(std::min<std::size_t>(groups, items));
    const PlanCost& cost = GetCost(tree);
    const auto goOn = Until(share, "grouping into " + std::to_string(wanted));
    const std::size_t shakes = GetShakes(items) * m_question.effort;
    if (m_question.objective == PlanObjective::WASTE && CanAnnealPlan(m_problem, wanted))
    {
        m_answer.annealed = true;
        // Many numbers of groups share the time of a few.
        const double part = std::min(1.0, FULL_SEARCHES / static_cast<double>(m_searches));
        found.grouping = AnnealPlan(
            m_problem, wanted, found.grouping, m_question.seed, part * m_question.effort, goOn);
    }
    PlanSearch search(m_problem, cost, wanted, found.grouping, m_question.seed);
    search.Run(IDLE_REBUILDS, shakes, goOn);
    found.grouping = search.GetGrouping();
    const PlanGrouping clustered = ClusterItems(wanted);
    if (!clustered.empty())
    {
        PlanSearch other(m_problem, cost, wanted, clustered, m_question.seed);
        other.MoveItems(goOn);
        if (other.GetCost() < search.GetCost())
        {
            other.Run(IDLE_REBUILDS, shakes, goOn);
            found.grouping = other.GetGrouping();
        }
    }
}

/** \returns the group of each VNI. */
std::vector<uint32_t>
Planner::ToVnis(const PlanGrouping& grouping) const
{
    std::vector<uint32_t> groupOf(m_question.demand.vnis.size());
    for (std::size_t i = 0; i < grouping.size(); ++i)
    {
        for (uint32_t vni : m_problem.GetItems()[i].vnis)
        {
            groupOf[vni] = grouping[i];
        }
    }
    return groupOf;
}

PlanAssignment
Planner::Assign(std::vector<uint32_t> groupOf, TreePolicy tree) const
{
    PlanAssignment plan;
    const uint32_t groups = *std::max_element(groupOf.begin(), groupOf.end()) + 1;
    plan.groupOf = std::move(groupOf);
    plan.SetTree(groups, tree);
    return plan;
}

/** \returns the point of the same plan, whatever made it, or nullptr. */
const PlanPoint*
Planner::FindPoint(const PlanAssignment& plan) const
{
    const auto found = std::find_if(
        m_answer.points.begin(), m_answer.points.end(), [&plan](const PlanPoint& point) {
            const PlanAssignment& known = point.assignment;
            return known.groupOf == plan.groupOf && known.trees == plan.trees &&
                   known.addresses == plan.addresses;
        });
    return found == m_answer.points.end() ? nullptr : &*found;
}

/** \returns its point; its tables are counted unless they are known. */
PlanPoint
Planner::Count(PlanAssignment plan) const
{
    if (const PlanPoint* known = FindPoint(plan))
    {
        PlanPoint point = *known;
        point.mapping = PlanMapping::PLAN;
        return point;
    }
    return MakePlanPoint(m_network, m_question, std::move(plan));
}

/** \returns the point of so many groups under the policy, counted if it was not yet. */
std::size_t
Planner::Look(uint32_t groups, TreePolicy tree)
{
    const auto known = m_looked.find({tree, groups});
    if (known != m_looked.end())
    {
        return known->second;
    }
    m_answer.points.emplace_back();
    m_looked[{tree, groups}] = m_answer.points.size() - 1;
    Recount(groups, tree);
    return m_answer.points.size() - 1;
}

/** The same under every policy, if there is time, or nothing else is known. */
void
Planner::LookAt(uint32_t groups)
{
    for (TreePolicy tree : m_question.trees)
    {
        if (!m_stopped || m_answer.points.empty())
        {
            Look(groups, tree);
        }
    }
}

/** Counts the present grouping. */
void
Planner::Recount(uint32_t groups, TreePolicy tree)
{
    std::vector<uint32_t> groupOf(m_question.demand.vnis.size());
    if (groups == groupOf.size() && m_question.objective != PlanObjective::ROWS)
    {
        // A group for each VNI, though equal ones could share at no cost.
        std::iota(groupOf.begin(), groupOf.end(), 0);
    }
    else
    {
        groupOf = ToVnis(FindGrouping(groups, tree).grouping);
    }
    PlanAssignment plan = Assign(std::move(groupOf), tree);
    if (FindPoint(plan) == nullptr)
    {
        GoOn(std::string("counting ") + EnumName(tree) + " with " + std::to_string(groups) +
             " groups");
    }
    m_answer.points[m_looked[{tree, groups}]] = Count(std::move(plan));
}

/** Modulo and cluster, as the other programs map. */
void
Planner::LookAtOthers(const std::vector<uint32_t>& counts)
{
    const std::vector<VniTraffic>& vnis = m_question.demand.vnis;
    for (uint32_t groups : counts)
    {
        if (groups == vnis.size())
        {
            continue; // the same as the plan
        }
        std::map<PlanMapping, std::vector<uint32_t>> mappings;
        for (std::size_t v = 0; v < vnis.size(); ++v)
        {
            mappings[PlanMapping::MODULO].push_back(static_cast<uint32_t>((v + 1) % groups));
        }
        if (!Cluster(groups).empty())
        {
            mappings[PlanMapping::CLUSTER] = Cluster(groups);
        }
        for (const auto& [mapping, groupOf] : mappings)
        {
            const auto goOn = Until(COMPARED_BY, std::string("counting ") + EnumName(mapping));
            for (TreePolicy tree : m_question.trees)
            {
                if (goOn())
                {
                    m_answer.points.push_back(Count(Assign(groupOf, tree)));
                    m_answer.points.back().mapping = mapping;
                }
            }
        }
    }
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

/** Improves the groupings of all points, that of the best first, and counts them again. */
void
Planner::ImproveAll()
{
    std::vector<std::pair<Key, std::size_t>> order(m_looked.begin(), m_looked.end());
    const auto worth = [this](std::size_t index) {
        const PlanPoint& point = m_answer.points[index];
        return std::make_pair(!point.IsFeasible(), GetPlanObjective(m_question, point));
    };
    std::stable_sort(order.begin(), order.end(), [&](const auto& a, const auto& b) {
        return worth(a.second) < worth(b.second);
    });
    m_searches = static_cast<std::size_t>(std::count_if(
        m_groupings.begin(), m_groupings.end(), [](const auto& g) { return !g.second.searched; }));
    for (std::size_t i = 0; i < order.size() && !m_stopped; ++i)
    {
        const auto& [tree, groups] = order[i].first;
        if (IsOver(IMPROVED_BY))
        {
            break;
        }
        const double used = m_watch.GetUsedShare();
        // What is left is shared by those to come, so that each has its turn.
        const double left = static_cast<double>(order.size() - i);
        Improve(groups, tree, used + 2 * (IMPROVED_BY - used) / (left + 1));
        Recount(groups, tree);
    }
}

/** Where entries are too many, searches with a price on those of the tier that is over. */
void
Planner::PriceRows()
{
    // A plan that wastes more than one that fits under any tree is not the answer.
    double least = std::numeric_limits<double>::infinity();
    for (const PlanPoint& point : m_answer.points)
    {
        if (point.IsFeasible())
        {
            least = std::min(least, GetPlanObjective(m_question, point));
        }
    }
    for (TreePolicy tree : m_question.trees)
    {
        std::vector<std::pair<double, uint32_t>> over;
        for (const auto& [key, index] : m_looked)
        {
            const PlanPoint& point = m_answer.points[index];
            if (key.first == tree && !point.IsFeasible())
            {
                over.emplace_back(point.margins.front().GetShare(), key.second);
            }
        }
        std::sort(over.begin(), over.end());
        over.resize(std::min(over.size(), MAX_PRICED));
        for (const auto& [share, groups] : over)
        {
            const PlanPoint& point = m_answer.points[m_looked[{tree, groups}]];
            if (GetPlanObjective(m_question, point) < least && groups < m_problem.GetItems().size())
            {
                const PlanMargin margin = point.margins.front();
                PriceRowsOf(groups, tree, margin);
            }
        }
    }
}

/** \returns the price of an entry at which the tier's entries weigh as much as all deliveries. */
double
Planner::FindWorth(const PlanPoint& start, const PlanMargin& over) const
{
    double rows = 1;
    for (const PlanRouterRows& router : start.use.routers)
    {
        rows += m_network.GetRouters()[router.router].tier == over.tier
                    ? static_cast<double>(router.Get(over.kind))
                    : 0;
    }
    double rate = 0;
    for (double r : m_question.demand.rates)
    {
        rate += r;
    }
    return rate * std::max(1.0, start.use.wanted + start.use.waste) / rows;
}

void
Planner::PriceRowsOf(uint32_t groups, TreePolicy tree, const PlanMargin& over)
{
    const double worth = FindWorth(m_answer.points[m_looked[{tree, groups}]], over);
    PlanTreeWeights weights;
    weights.deliveries = m_question.objective == PlanObjective::COPIES ? 0 : 1;
    weights.copies = m_question.objective == PlanObjective::COPIES ? 1 : 0;
    weights.tier = over.tier;
    weights.kind = over.kind;
    const auto goOn = Until(PRICED_BY, "sparing entries of " + over.tier + ", " + EnumName(tree));
    double price = 0.1;
    double tooLow = 0;
    PlanGrouping grouping = FindGrouping(groups, tree).grouping;
    for (int i = 0; i < MAX_PRICES && goOn(); ++i)
    {
        weights.rows = price * worth;
        const PlanTreeCost cost(
            m_network, tree, FindPlanSenders(m_network, m_question.demand), weights);
        PlanSearch search(m_problem, cost, groups, grouping, m_question.seed);
        search.Run(IDLE_REBUILDS / 3, 0, goOn);
        m_answer.points.push_back(Count(Assign(ToVnis(search.GetGrouping()), tree)));
        if (m_answer.points.back().IsFeasible())
        {
            price = tooLow == 0 ? price / 4 : (price + tooLow) / 2;
        }
        else
        {
            tooLow = price;
            price *= 4;
            grouping = search.GetGrouping();
        }
    }
}

/** Plans with several trees: for each number of groups that was looked at. */
void
Planner::Mix()
{
    if (!m_question.mixed || m_question.trees.size() < 2)
    {
        return;
    }
    std::set<uint32_t> counts;
    for (const auto& [key, index] : m_looked)
    {
        counts.insert(key.second);
    }
    PlanMixing mixing(m_network,
                      m_question.demand,
                      m_question.limits,
                      m_question.trees,
                      m_question.objective == PlanObjective::ROWS);
    for (uint32_t groups : counts)
    {
        const auto found = m_looked.find({m_question.trees.front(), groups});
        if (found != m_looked.end() && GoOn("choosing trees"))
        {
            PlanAssignment plan = m_answer.points[found->second].assignment;
            mixing.Run(plan, plan.trees.size(), m_watch);
            m_answer.points.push_back(MakePlanPoint(m_network, m_question, std::move(plan)));
        }
    }
}

void
Planner::UseHeadEnd()
{
    PlanHeadEnd headEnd(m_network, m_question, m_watch);
    std::vector<PlanPoint> points;
    for (const PlanPoint& point : m_answer.points)
    {
        if (points.empty() || GoOn("head-end replication"))
        {
            headEnd.Use(point, points);
        }
    }
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < points.size(); ++i)
    {
        const bool fits = points[i].IsFeasible();
        best = fits && (!best || IsBetterPlan(m_question, points[i], points[*best])) ? i : best;
    }
    if (best)
    {
        points.push_back(headEnd.PutBack(m_answer.points[*best], points[*best]));
    }
    m_answer.points.insert(m_answer.points.end(), points.begin(), points.end());
}

void
Planner::ChooseBest()
{
    for (std::size_t i = 0; i < m_answer.points.size(); ++i)
    {
        const PlanPoint& point = m_answer.points[i];
        if (point.IsFeasible() &&
            (!m_answer.best || IsBetterPlan(m_question, point, m_answer.points[*m_answer.best])))
        {
            m_answer.best = i;
        }
    }
}

PlanAnswer
Planner::Run()
{
    const std::vector<uint32_t> counts = ChooseGroupCounts();
    // A group for each VNI first: that needs no search, and if it fits it is often the answer.
    LookAt(counts.back());
    for (uint32_t groups : counts)
    {
        LookAt(groups);
    }
    if (m_question.groups.empty())
    {
        for (TreePolicy tree : m_question.trees)
        {
            Refine(tree);
        }
    }
    ImproveAll();
    PriceRows();
    Mix();
    if (m_question.compare)
    {
        LookAtOthers(counts);
    }
    ChooseBest();
    if (!m_answer.best && m_question.mayHeadEnd)
    {
        UseHeadEnd();
        ChooseBest();
    }
    // Bounds are closer where equal VNIs are one.
    const PlanProblem merged = MakePlanProblem(m_question.demand, m_problem.GetVteps());
    if (m_answer.best)
    {
        JudgePlan(m_network, m_question, merged, m_watch, m_answer);
    }
    if (m_question.bounds)
    {
        const PlanDual dual(merged);
        for (PlanPoint& point : m_answer.points)
        {
            if (point.mapping == PlanMapping::PLAN)
            {
                BoundWaste(m_question, merged, dual, m_watch, point);
            }
        }
    }
    GoOn("bounding"); // notes whether the time has ended that
    return m_answer;
}

} // namespace ns3
