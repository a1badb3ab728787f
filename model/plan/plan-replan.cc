// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-replan.h"

#include "ns3/plan-tree-cost.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

constexpr int REPLAN_PRICES = 6; //!< of entries, each four times the one before

} // namespace

PlanReplan::PlanReplan(const ModelNetwork& network,
                       const PlanQuestion& question,
                       PlanAssignment old,
                       PlanWatch& watch)
    : m_network(network),
      m_question(question),
      m_old(std::move(old)),
      m_watch(watch),
      m_tree(question.trees.front())
{
    std::map<TreePolicy, std::size_t> uses;
    for (TreePolicy tree : m_old.trees)
    {
        ++uses[tree];
    }
    for (const auto& [tree, count] : uses)
    {
        m_tree = count >= uses[m_tree] ? tree : m_tree;
    }
    for (const VniTraffic& vni : question.demand.vnis)
    {
        m_members.emplace_back(network.GetVteps().size());
        for (uint32_t member : vni.members)
        {
            m_members.back().Insert(member);
        }
    }
}

void
PlanReplan::Rebuild(uint32_t group, const PlanCost& cost)
{
    Group& built = m_groups[group];
    built.members = PlanMembers(m_network.GetVteps().size());
    built.rate = 0;
    for (uint32_t vni : built.vnis)
    {
        built.members.Unite(m_members[vni]);
        built.rate += m_question.demand.rates[vni];
    }
    built.cost = built.vnis.empty() ? 0 : cost.Evaluate(built.members).At(built.rate);
}

/** Back to the earlier plan. */
void
PlanReplan::Load(const PlanCost& cost)
{
    m_plan = m_old;
    m_groups.assign(m_plan.trees.size(), Group());
    for (uint32_t v = 0; v < m_plan.groupOf.size(); ++v)
    {
        if (m_plan.groupOf[v] != PLAN_NEW && m_plan.groupOf[v] != PLAN_HEAD_END)
        {
            m_groups[m_plan.groupOf[v]].vnis.push_back(v);
        }
    }
    for (uint32_t g = 0; g < m_groups.size(); ++g)
    {
        Rebuild(g, cost);
    }
}

/** \returns a group without VNIs, with the next address that is free. */
uint32_t
PlanReplan::AddGroup()
{
    const std::set<TopologyAddress> used(m_plan.addresses.begin(), m_plan.addresses.end());
    const bool mixed = std::any_of(m_plan.trees.begin(), m_plan.trees.end(), [this](TreePolicy t) {
        return t != m_plan.trees.front();
    });
    auto number = static_cast<uint32_t>(m_plan.trees.size());
    TopologyAddress address = GetPlanAddress(number, m_tree, mixed);
    while (used.count(address) != 0)
    {
        address = GetPlanAddress(++number, m_tree, mixed);
    }
    m_plan.trees.push_back(m_tree);
    m_plan.addresses.push_back(address);
    m_groups.emplace_back();
    m_groups.back().members = PlanMembers(m_network.GetVteps().size());
    return static_cast<uint32_t>(m_groups.size() - 1);
}

double
PlanReplan::CostWith(uint32_t group, uint32_t vni, const PlanCost& cost) const
{
    const Group& to = m_groups[group];
    return cost.EvaluateWith(to.members, m_members[vni]).At(to.rate + m_question.demand.rates[vni]);
}

double
PlanReplan::CostWithout(uint32_t group, uint32_t vni, const PlanCost& cost) const
{
    const Group& from = m_groups[group];
    if (from.vnis.size() == 1)
    {
        return 0;
    }
    PlanMembers rest(m_network.GetVteps().size());
    for (uint32_t other : from.vnis)
    {
        if (other != vni)
        {
            rest.Unite(m_members[other]);
        }
    }
    return cost.Evaluate(rest).At(from.rate - m_question.demand.rates[vni]);
}

/** Each new VNI goes where it costs least: to a group of its own, if it may. */
void
PlanReplan::PlaceNew(const PlanCost& cost, bool mayAdd)
{
    for (uint32_t v = 0; v < m_plan.groupOf.size(); ++v)
    {
        if (m_plan.groupOf[v] != PLAN_NEW)
        {
            continue;
        }
        const double own = cost.Evaluate(m_members[v]).At(m_question.demand.rates[v]);
        double least = mayAdd || m_groups.empty() ? own : CostWith(0, v, cost) - m_groups[0].cost;
        uint32_t best = mayAdd || m_groups.empty() ? PLAN_NEW : 0;
        for (uint32_t g = 0; g < m_groups.size(); ++g)
        {
            const double added = CostWith(g, v, cost) - m_groups[g].cost;
            if (added < least - LEAST_GAIN)
            {
                least = added;
                best = g;
            }
        }
        const uint32_t to = best == PLAN_NEW ? AddGroup() : best;
        m_plan.groupOf[v] = to;
        m_groups[to].vnis.push_back(v);
        Rebuild(to, cost);
        m_watch.GoOn("placing new VNIs");
    }
}

PlanReplan::Move
PlanReplan::FindMove(uint32_t vni, const PlanCost& cost, bool mayAdd) const
{
    const uint32_t from = m_plan.groupOf[vni];
    Move best{0, from};
    if (from == PLAN_HEAD_END)
    {
        return best;
    }
    const double saved = m_groups[from].cost - CostWithout(from, vni, cost);
    if (mayAdd && m_groups[from].vnis.size() > 1)
    {
        const double own = cost.Evaluate(m_members[vni]).At(m_question.demand.rates[vni]);
        best = saved - own > LEAST_GAIN ? Move{saved - own, PLAN_NEW} : best;
    }
    for (uint32_t g = 0; g < m_groups.size(); ++g)
    {
        const double gain = saved - (CostWith(g, vni, cost) - m_groups[g].cost);
        if (g != from && gain > best.saved + LEAST_GAIN)
        {
            best = {gain, g};
        }
    }
    return best;
}

void
PlanReplan::Apply(uint32_t vni, uint32_t to, const PlanCost& cost)
{
    const uint32_t from = m_plan.groupOf[vni];
    std::vector<uint32_t>& vnis = m_groups[from].vnis;
    vnis.erase(std::find(vnis.begin(), vnis.end(), vni));
    m_groups[to].vnis.push_back(vni);
    m_plan.groupOf[vni] = to;
    Rebuild(from, cost);
    Rebuild(to, cost);
}

void
PlanReplan::MoveSome(const PlanCost& cost, uint64_t moves, bool mayAdd)
{
    std::vector<Move> best;
    std::set<uint32_t> moved;
    for (uint32_t v = 0; v < m_plan.groupOf.size() && moves > 0; ++v)
    {
        best.push_back(FindMove(v, cost, mayAdd));
    }
    // A VNI that has moved, and one that is new, may move again at no expense.
    while (m_watch.GoOn("moving VNIs"))
    {
        uint32_t chosen = PLAN_NEW;
        for (uint32_t v = 0; v < best.size(); ++v)
        {
            const bool free = moved.count(v) != 0 || m_old.groupOf[v] == PLAN_NEW;
            if (best[v].saved > LEAST_GAIN && (free || moved.size() < moves) &&
                (chosen == PLAN_NEW || best[v].saved > best[chosen].saved))
            {
                chosen = v;
            }
        }
        if (chosen == PLAN_NEW)
        {
            return;
        }
        const uint32_t from = m_plan.groupOf[chosen];
        const uint32_t to = best[chosen].to == PLAN_NEW ? AddGroup() : best[chosen].to;
        Apply(chosen, to, cost);
        if (m_old.groupOf[chosen] != PLAN_NEW)
        {
            moved.insert(chosen);
        }
        for (uint32_t v = 0; v < best.size(); ++v)
        {
            const uint32_t own = m_plan.groupOf[v];
            const bool touched = own == from || own == to || best[v].to == from || best[v].to == to;
            const double gain = touched || own == PLAN_HEAD_END ? 0 : GainOf(v, {from, to}, cost);
            if (touched || gain > best[v].saved)
            {
                best[v] = FindMove(v, cost, mayAdd);
            }
        }
    }
}

double
PlanReplan::GainOf(uint32_t vni, const std::vector<uint32_t>& groups, const PlanCost& cost) const
{
    const uint32_t from = m_plan.groupOf[vni];
    const double saved = m_groups[from].cost - CostWithout(from, vni, cost);
    double best = 0;
    for (uint32_t g : groups)
    {
        best = std::max(best, saved - (CostWith(g, vni, cost) - m_groups[g].cost));
    }
    return best;
}

double
PlanReplan::GetRate() const
{
    double rate = 0;
    for (double r : m_question.demand.rates)
    {
        rate += r;
    }
    return rate;
}

PlanPoint
PlanReplan::Try(const PlanCost& cost, uint64_t moves, bool mayAdd)
{
    Load(cost);
    PlaceNew(cost, mayAdd);
    MoveSome(cost, moves, mayAdd);
    PlanPoint point = MakePlanPoint(m_network, m_question, m_plan);
    point.mapping = PlanMapping::OLD;
    return point;
}

PlanPoint
PlanReplan::Run(uint64_t moves, bool mayAdd)
{
    const PlanDeliveries deliveries;
    PlanPoint best = Try(deliveries, moves, mayAdd);
    if (!best.IsFeasible() && mayAdd)
    {
        PlanPoint within = Try(deliveries, moves, false);
        best = within.IsFeasible() ||
                       within.margins.front().GetShare() < best.margins.front().GetShare()
                   ? std::move(within)
                   : std::move(best);
    }
    PlanTreeWeights weights;
    weights.deliveries = 1;
    double price = 0.1;
    for (int i = 0; i < REPLAN_PRICES && !best.IsFeasible() && m_watch.GoOn("sparing entries"); ++i)
    {
        const PlanMargin over = best.margins.front();
        double rows = 1;
        for (const PlanRouterRows& router : best.use.routers)
        {
            rows += static_cast<double>(router.Get(over.kind));
        }
        weights.tier = over.tier;
        weights.kind = over.kind;
        weights.rows = price * GetRate() * std::max(1.0, best.use.wanted + best.use.waste) / rows;
        const PlanTreeCost cost(
            m_network, m_tree, FindPlanSenders(m_network, m_question.demand), weights);
        PlanPoint point = Try(cost, moves, false);
        if (point.IsFeasible() ||
            point.margins.front().GetShare() < best.margins.front().GetShare())
        {
            best = std::move(point);
        }
        price *= 4;
    }
    return best;
}

std::vector<PlanChange>
PlanReplan::GetChanges(const PlanPoint& plan) const
{
    std::vector<PlanChange> changes;
    for (uint32_t v = 0; v < m_old.groupOf.size(); ++v)
    {
        if (plan.assignment.groupOf[v] != m_old.groupOf[v])
        {
            changes.push_back({v, m_old.groupOf[v], plan.assignment.groupOf[v]});
        }
    }
    return changes;
}

} // namespace ns3
