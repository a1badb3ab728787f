// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-mixing.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace ns3
{

PlanMixing::PlanMixing(const ModelNetwork& network,
                       const PlanDemand& demand,
                       const PlanLimits& limits,
                       std::vector<TreePolicy> trees,
                       bool rowsFirst)
    : m_network(network),
      m_demand(demand),
      m_limits(limits),
      m_trees(std::move(trees)),
      m_rowsFirst(rowsFirst)
{
    for (const ModelRouter& router : network.GetRouters())
    {
        m_limitOf.push_back(limits.Get(router.tier));
    }
}

/** What each group would cost as each tree. */
void
PlanMixing::CountChoices(const PlanAssignment& plan, std::size_t groups, PlanWatch& watch)
{
    PlanAssignment single = plan;
    single.SetTree(groups, m_trees.front(), true);
    std::vector<GroupTraffic> traffic = MakePlanGroups(m_demand, single);
    std::vector<double> rates(groups, 0);
    for (std::size_t v = 0; v < m_demand.vnis.size(); ++v)
    {
        if (plan.groupOf[v] != PLAN_HEAD_END)
        {
            rates[plan.groupOf[v]] += m_demand.rates[v];
        }
    }
    PlanTreeCounter counter(m_network);
    m_choices.assign(groups, std::vector<Choice>(m_trees.size()));
    for (std::size_t g = 0; g < groups; ++g)
    {
        for (std::size_t t = 0; t < m_trees.size() && !traffic[g].vnis.empty(); ++t)
        {
            Choice& choice = m_choices[g][t];
            traffic[g].address = GetPlanAddress(static_cast<uint32_t>(g), m_trees[t], true);
            counter.Count(traffic[g], m_trees[t], choice.use);
            double entries = 0;
            for (const PlanRouterRows& rows : choice.use.rows)
            {
                entries += static_cast<double>(rows.starG + rows.sg);
            }
            choice.cost = m_rowsFirst ? entries : rates[g] * choice.use.copies;
        }
        watch.GoOn("choosing trees");
    }
}

void
PlanMixing::Apply(const std::vector<PlanRouterRows>& rows, bool add)
{
    for (const PlanRouterRows& row : rows)
    {
        PlanRouterRows& sum = m_rows[row.router];
        sum.starG = add ? sum.starG + row.starG : sum.starG - row.starG;
        sum.sg = add ? sum.sg + row.sg : sum.sg - row.sg;
    }
}

double
PlanMixing::GetExcess(const PlanRouterRows& rows) const
{
    double excess = 0;
    for (PlanKind kind : {PlanKind::SUM, PlanKind::STAR_G, PlanKind::SG})
    {
        const auto& limit = m_limitOf[rows.router].Get(kind);
        if (limit && rows.Get(kind) > *limit)
        {
            excess += static_cast<double>(rows.Get(kind) - *limit);
        }
    }
    return excess;
}

double
PlanMixing::GetExcess() const
{
    double excess = 0;
    for (const PlanRouterRows& rows : m_rows)
    {
        excess += GetExcess(rows);
    }
    return excess;
}

/** \returns by how much the excess would grow. */
double
PlanMixing::TryChange(std::size_t group, std::size_t tree)
{
    const std::vector<PlanRouterRows>& before = m_choices[group][m_chosen[group]].use.rows;
    const std::vector<PlanRouterRows>& after = m_choices[group][tree].use.rows;
    double grown = 0;
    for (const auto* rows : {&before, &after})
    {
        for (const PlanRouterRows& row : *rows)
        {
            grown -= GetExcess(m_rows[row.router]);
        }
    }
    Apply(before, false);
    Apply(after, true);
    for (const auto* rows : {&before, &after})
    {
        for (const PlanRouterRows& row : *rows)
        {
            grown += GetExcess(m_rows[row.router]);
        }
    }
    Apply(after, false);
    Apply(before, true);
    return grown;
}

void
PlanMixing::Change(std::size_t group, std::size_t tree)
{
    Apply(m_choices[group][m_chosen[group]].use.rows, false);
    m_chosen[group] = tree;
    Apply(m_choices[group][tree].use.rows, true);
}

/** One step towards the limits. \returns whether there was one */
bool
PlanMixing::ReduceExcess()
{
    double best = 0;
    std::pair<std::size_t, std::size_t> change;
    for (std::size_t g = 0; g < m_choices.size(); ++g)
    {
        for (std::size_t t = 0; t < m_trees.size(); ++t)
        {
            if (t == m_chosen[g])
            {
                continue;
            }
            const double less = -TryChange(g, t);
            const double more = m_choices[g][t].cost - m_choices[g][m_chosen[g]].cost;
            const double worth = less <= 0   ? 0
                                 : more <= 0 ? std::numeric_limits<double>::max()
                                             : less / more;
            if (worth > best)
            {
                best = worth;
                change = {g, t};
            }
        }
    }
    if (best > 0)
    {
        Change(change.first, change.second);
    }
    return best > 0;
}

/** Each group's cheapest tree for which there is room. \returns whether any changed */
bool
PlanMixing::ReduceCost()
{
    bool changed = false;
    for (std::size_t g = 0; g < m_choices.size(); ++g)
    {
        std::size_t best = m_chosen[g];
        for (std::size_t t = 0; t < m_trees.size(); ++t)
        {
            if (m_choices[g][t].cost < m_choices[g][best].cost && TryChange(g, t) <= 0)
            {
                best = t;
            }
        }
        if (best != m_chosen[g])
        {
            Change(g, best);
            changed = true;
        }
    }
    return changed;
}

void
PlanMixing::Run(PlanAssignment& plan, std::size_t groups, PlanWatch& watch)
{
    CountChoices(plan, groups, watch);
    m_rows.clear();
    for (uint32_t r = 0; r < m_network.GetRouters().size(); ++r)
    {
        m_rows.push_back({r, 0, 0});
    }
    m_chosen.assign(groups, 0);
    for (std::size_t g = 0; g < groups; ++g)
    {
        for (std::size_t t = 1; t < m_trees.size(); ++t)
        {
            if (m_choices[g][t].cost < m_choices[g][m_chosen[g]].cost)
            {
                m_chosen[g] = t;
            }
        }
        Apply(m_choices[g][m_chosen[g]].use.rows, true);
    }
    while (GetExcess() > 0 && ReduceExcess() && watch.GoOn("choosing trees"))
    {
    }
    while (ReduceCost() && watch.GoOn("choosing trees"))
    {
    }
    plan.trees.clear();
    plan.addresses.clear();
    for (std::size_t g = 0; g < groups; ++g)
    {
        plan.trees.push_back(m_trees[m_chosen[g]]);
        plan.addresses.push_back(GetPlanAddress(static_cast<uint32_t>(g), plan.trees[g], true));
    }
}

} // namespace ns3
