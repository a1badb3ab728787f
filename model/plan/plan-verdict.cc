// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-verdict.h"

#include "ns3/plan-bounds.h"
#include "ns3/plan-exact.h"
#include "ns3/plan-linear.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

namespace ns3
{

namespace
{

constexpr double VALUE_ROUNDING = 1e-9;
/** Addresses that are tried for the best RP of a VNI. */
constexpr uint32_t MAX_ADDRESSES = 64;
/** VNIs × addresses up to which each is tried. */
constexpr std::size_t MAX_OWN_TREES = 200000;

double
SumOf(const std::vector<double>& rates)
{
    double sum = 0;
    for (double rate : rates)
    {
        sum += rate;
    }
    return sum;
}

/** A VNI with a group of its own: what its frames cost at least. */
class OwnTrees
{
  public:
    explicit OwnTrees(const ModelNetwork& network)
        : m_network(network),
          m_counter(network)
    {
        const TopologyGraph& graph = network.GetGraph();
        for (const TopologyNetwork& link : graph.networks)
        {
            const auto routers =
                std::count_if(link.attachments.begin(), link.attachments.end(), [&](std::size_t a) {
                    return graph.nodes[graph.attachments[a].node].kind == NodeKind::Router;
                });
            m_joinsPairs = m_joinsPairs && (routers < 2 || link.attachments.size() == 2);
        }
    }

    /**
     * \returns the least copies of a frame over the addresses of so many groups; of bidirectional
     *          trees over all RPs, as only that makes a difference
     */
    double CountLeast(const VniTraffic& vni, TreePolicy tree, std::size_t groups) const
    {
        const bool byRp = tree == TreePolicy::Bidir;
        const std::size_t most = byRp ? MAX_ADDRESSES : groups;
        std::set<TopologyAddress> rps;
        GroupTraffic own;
        own.vnis = {vni};
        PlanGroupUse use;
        double least = std::numeric_limits<double>::infinity();
        for (uint32_t group = 0; group < most; ++group)
        {
            own.address = GetPlanAddress(group, tree, false);
            if (!byRp || rps.insert(m_network.GetRp(own.address).address).second)
            {
                m_counter.Count(own, tree, use);
                least = std::min(least, use.copies);
            }
        }
        return least;
    }

    /**
     * \returns what holds for every tree and address: links of VTEPs are crossed, and where links
     *          join pairs of routers each leaf but the sender's is entered by one of its own
     */
    double CountLinks(const VniTraffic& vni) const
    {
        std::set<uint32_t> links;
        std::set<uint32_t> leaves;
        for (uint32_t member : vni.members)
        {
            const ModelVtep& vtep = m_network.GetVteps()[member];
            if (vtep.attachment != MODEL_NONE)
            {
                links.insert(vtep.access);
            }
            if (vtep.gateways.size() <= 1)
            {
                leaves.insert(m_network.GetLeaf(member));
            }
        }
        const std::size_t entered = m_joinsPairs && !leaves.empty() ? leaves.size() - 1 : 0;
        return vni.senders.empty() ? 0 : static_cast<double>(links.size() + entered);
    }

  private:
    const ModelNetwork& m_network;
    mutable PlanTreeCounter m_counter;
    bool m_joinsPairs{true}; //!< no link joins more than two routers
};

/** \returns the grouping of the items by the plan's, of equal VNIs that of the first. */
PlanGrouping
ToItems(const PlanProblem& problem, const PlanAssignment& plan)
{
    PlanGrouping grouping;
    std::map<uint32_t, uint32_t> numbers;
    for (const PlanItem& item : problem.GetItems())
    {
        const auto next = static_cast<uint32_t>(numbers.size());
        grouping.push_back(numbers.emplace(plan.groupOf[item.vnis.front()], next).first->second);
    }
    return grouping;
}

/** The waste of one plan, and its bounds. */
class WasteVerdict
{
  public:
    WasteVerdict(const ModelNetwork& network,
                 const PlanQuestion& question,
                 const PlanProblem& problem,
                 PlanWatch& watch,
                 PlanAnswer& answer)
        : m_network(network),
          m_question(question),
          m_problem(problem),
          m_watch(watch),
          m_answer(answer),
          m_rate(SumOf(question.demand.rates))
    {
    }

    /** Bounds that hold for so many groups. */
    void Bound(std::size_t groups, const PlanGrouping& grouping)
    {
        const PlanBounds pairs = ComputePlanBounds(m_problem, groups);
        Offer(pairs.nearest, "nearest neighbours");
        Offer(pairs.forest, "least forest");
        if (groups < m_problem.GetItems().size() && !IsProven())
        {
            const PlanDual dual(m_problem);
            Offer(dual.Bound(groups, grouping, [this] { return m_watch.GoOn("bounding"); }),
                  dual.IsExact() ? "linear program's dual" : "Lagrangian dual");
        }
    }

    bool IsProven() const
    {
        return m_answer.value <= m_answer.bound + VALUE_ROUNDING * (1 + m_answer.value);
    }

    /** Branch and price. */
    void Prove(std::size_t groups, const PlanGrouping& grouping)
    {
        const PlanDeliveries cost;
        const PlanExact exact(m_problem, cost);
        if (!exact.IsPossible())
        {
            return;
        }
        const PlanProof proof =
            exact.Solve(groups, grouping, [this] { return m_watch.GoOn("proving"); });
        Offer(proof.bound - m_problem.GetWantedRate(), "linear program");
        m_answer.solver = "branch and price, lp_solve";
        m_answer.proven = proof.proven;
        PlanPoint& best = m_answer.points[*m_answer.best];
        if (ComputeWaste(m_problem, proof.grouping) >= m_answer.value * m_rate - VALUE_ROUNDING)
        {
            return;
        }
        PlanAssignment plan = best.assignment;
        const uint32_t most = *std::max_element(proof.grouping.begin(), proof.grouping.end()) + 1;
        if (most > plan.trees.size() || best.mixed)
        {
            plan.SetTree(most, best.tree);
        }
        for (std::size_t i = 0; i < proof.grouping.size(); ++i)
        {
            for (uint32_t vni : m_problem.GetItems()[i].vnis)
            {
                plan.groupOf[vni] = proof.grouping[i];
            }
        }
        PlanPoint better = MakePlanPoint(m_network, m_question, std::move(plan));
        if (better.IsFeasible())
        {
            m_answer.value = better.use.waste;
            best = std::move(better);
        }
        else
        {
            m_answer.proven = false; // the best of all does not fit the tables
        }
    }

  private:
    void Offer(double bound, const char* by)
    {
        if (m_rate > 0 && bound / m_rate > m_answer.bound)
        {
            m_answer.bound = std::min(bound / m_rate, m_answer.value);
            m_answer.boundBy = by;
        }
    }

    const ModelNetwork& m_network;
    const PlanQuestion& m_question;
    const PlanProblem& m_problem;
    PlanWatch& m_watch;
    PlanAnswer& m_answer;
    double m_rate;
};

} // namespace

PlanProblem
MakePlanProblem(const PlanDemand& demand, std::size_t vteps)
{
    PlanProblem problem(vteps);
    for (std::size_t v = 0; v < demand.vnis.size(); ++v)
    {
        problem.Add(static_cast<uint32_t>(v), demand.vnis[v].members, demand.rates[v]);
    }
    return problem;
}

void
BoundWaste(const PlanQuestion& question,
           const PlanProblem& problem,
           const PlanDual& dual,
           PlanWatch& watch,
           PlanPoint& point)
{
    const double rate = SumOf(question.demand.rates);
    if (rate <= 0 || point.headEndVnis > 0 || point.tree == TreePolicy::Ssm || point.mixed)
    {
        return;
    }
    const std::size_t groups = point.groups;
    double bound = ComputePlanBounds(problem, groups).GetBest();
    if (groups < problem.GetItems().size())
    {
        const auto goOn = [&watch] { return watch.GoOn("bounding"); };
        bound = std::max(bound, dual.Bound(groups, ToItems(problem, point.assignment), goOn));
    }
    point.wasteBound = std::min(bound / rate, point.use.waste);
}

double
ComputeCopiesBound(const ModelNetwork& network,
                   const PlanDemand& demand,
                   const std::vector<TreePolicy>& trees,
                   std::size_t groups)
{
    const OwnTrees own(network);
    double sum = 0;
    for (std::size_t v = 0; v < demand.vnis.size(); ++v)
    {
        double least = std::numeric_limits<double>::infinity();
        for (TreePolicy tree : trees)
        {
            const bool tried = tree == TreePolicy::Bidir ||
                               (groups > 0 && demand.vnis.size() * groups <= MAX_OWN_TREES);
            least = std::min(least,
                             tried ? own.CountLeast(demand.vnis[v], tree, groups)
                                   : own.CountLinks(demand.vnis[v]));
        }
        sum += demand.rates[v] * least;
    }
    const double rate = SumOf(demand.rates);
    return rate > 0 ? sum / rate : 0;
}

uint64_t
ComputeRowsBound(const ModelNetwork& network,
                 const PlanDemand& demand,
                 const std::vector<TreePolicy>& trees)
{
    const bool bySource = std::all_of(trees.begin(), trees.end(), [](TreePolicy tree) {
        return tree == TreePolicy::Spt || tree == TreePolicy::Ssm;
    });
    std::vector<std::set<uint32_t>> heard(network.GetRouters().size());
    std::vector<bool> used(network.GetRouters().size(), false);
    for (const VniTraffic& vni : demand.vnis)
    {
        for (uint32_t member : vni.members)
        {
            for (uint32_t sender : vni.senders)
            {
                if (sender != member)
                {
                    used[network.GetLeaf(member)] = true;
                    heard[network.GetLeaf(member)].insert(sender);
                }
            }
        }
    }
    uint64_t rows = 0;
    for (std::size_t r = 0; r < used.size(); ++r)
    {
        rows += used[r] ? (bySource ? heard[r].size() : 1) : 0;
    }
    return rows;
}

void
JudgePlan(const ModelNetwork& network,
          const PlanQuestion& question,
          const PlanProblem& problem,
          PlanWatch& watch,
          PlanAnswer& answer)
{
    const PlanPoint& best = answer.points[*answer.best];
    answer.value = GetPlanObjective(question, best);
    answer.solver =
        answer.annealed ? "merging, annealing, moves, rebuilding" : "merging, moves, rebuilding";
    if (best.headEndVnis > 0 && question.objective != PlanObjective::WASTE)
    {
        answer.boundBy = "entries and copies are never negative";
        return;
    }
    const bool named = std::find(question.trees.begin(), question.trees.end(), TreePolicy::Ssm) !=
                       question.trees.end();
    // A VNI at the head-end wastes nothing, as if it had a group of its own.
    const std::size_t groups = std::max<std::size_t>(best.groups + best.headEndVnis, 1);
    const PlanGrouping grouping = ToItems(problem, best.assignment);
    if (question.objective == PlanObjective::COPIES)
    {
        // Where the addresses are others than Planner gives, what holds for all of them.
        const bool known = !question.mixed && best.mapping != PlanMapping::OLD;
        answer.bound = ComputeCopiesBound(
            network, question.demand, question.trees, known ? best.assignment.trees.size() : 0);
        answer.boundBy = "a group for each VNI";
    }
    else if (question.objective == PlanObjective::ROWS)
    {
        answer.bound =
            static_cast<double>(ComputeRowsBound(network, question.demand, question.trees));
        answer.boundBy = "first hops of members";
    }
    else if (!named && !answer.proven)
    {
        // Where VTEPs name their sources, a group's members do not hear all of its frames.
        WasteVerdict verdict(network, question, problem, watch, answer);
        verdict.Bound(groups, grouping);
        if (question.exact && best.headEndVnis == 0 && !verdict.IsProven())
        {
            verdict.Prove(groups, grouping);
        }
    }
    const bool limited = std::any_of(best.margins.begin(), best.margins.end(), [](const auto& m) {
        return m.kind != PlanKind::REPLICATION;
    });
    if (answer.value > answer.bound && (limited || question.objective != PlanObjective::WASTE))
    {
        const PlanLinearBound linear = ComputeLinearBound(
            network, question, best, [&watch] { return watch.GoOn("bounding"); });
        if (linear.bound > answer.bound)
        {
            answer.bound = linear.bound;
            answer.boundBy = linear.exact ? "linear program" : "linear program, Farley's bound";
        }
    }
    answer.bound = std::min(answer.bound, answer.value);
    // Nobody has proven that so many VNIs are the fewest at the head-end.
    answer.proven =
        best.headEndVnis == 0 &&
        (answer.proven || answer.value <= answer.bound + VALUE_ROUNDING * (1 + answer.value));
}

} // namespace ns3
