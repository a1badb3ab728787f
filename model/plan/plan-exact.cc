// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-exact.h"

#include "ns3/plan-master.h"
#include "ns3/plan-unions.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace ns3
{

namespace
{

constexpr double ROUNDING = 1e-6; //!< relative: below it, values are equal

/** Pairs of items that must share a group (true) or must not. */
struct PairRule
{
    uint32_t a;
    uint32_t b;
    bool together;
};

} // namespace

/** One branch-and-price search. */
class PlanBranching
{
  public:
    PlanBranching(const PlanExact& exact,
                  std::size_t groups,
                  const PlanGrouping& start,
                  const std::function<bool()>& goOn)
        : m_exact(exact),
          m_items(exact.m_problem.GetItems()),
          m_groups(groups),
          m_goOn(goOn)
    {
        m_proof.grouping = start;
        m_proof.cost = CostOf(start);
        for (const PlanItem& item : m_items)
        {
            m_penalty += item.rate;
        }
        PlanMembers all(exact.m_problem.GetVteps());
        for (const PlanItem& item : m_items)
        {
            all.Unite(item.members);
        }
        const PlanUnionCost whole = exact.m_cost.Evaluate(all);
        m_penalty = 10 * (whole.At(m_penalty) + whole.fixed * static_cast<double>(groups) + 1);
    }

    PlanProof Run()
    {
        AddColumnsOf(m_proof.grouping);
        m_proof.bound = m_proof.cost;
        m_open = m_proof.cost;
        const double root = Search();
        m_proof.bound = std::min(m_proof.cost, m_stopped ? std::min(m_open, root) : root);
        m_proof.proven = !m_stopped && m_proof.bound >= m_proof.cost - Tolerance();
        m_proof.columns = m_columns.size();
        return m_proof;
    }

  private:
    double Tolerance() const
    {
        return ROUNDING * (1 + std::abs(m_proof.cost));
    }

    double CostOf(const PlanGrouping& grouping) const
    {
        std::vector<PlanMembers> members;
        std::vector<double> rates;
        for (std::size_t i = 0; i < grouping.size(); ++i)
        {
            if (grouping[i] >= members.size())
            {
                members.resize(grouping[i] + 1, PlanMembers(m_exact.m_problem.GetVteps()));
                rates.resize(grouping[i] + 1, 0);
            }
            members[grouping[i]].Unite(m_items[i].members);
            rates[grouping[i]] += m_items[i].rate;
        }
        double cost = 0;
        for (std::size_t g = 0; g < members.size(); ++g)
        {
            cost += members[g].Count() == 0 ? 0 : m_exact.m_cost.Evaluate(members[g]).At(rates[g]);
        }
        return cost;
    }

    void AddColumnsOf(const PlanGrouping& grouping)
    {
        const uint32_t count = *std::max_element(grouping.begin(), grouping.end()) + 1;
        for (uint32_t g = 0; g < count; ++g)
        {
            PlanColumn column;
            PlanMembers members(m_exact.m_problem.GetVteps());
            double rate = 0;
            for (uint32_t i = 0; i < grouping.size(); ++i)
            {
                if (grouping[i] == g)
                {
                    column.items.push_back(i);
                    members.Unite(m_items[i].members);
                    rate += m_items[i].rate;
                }
            }
            if (!column.items.empty())
            {
                column.cost = m_exact.m_cost.Evaluate(members).At(rate);
                m_columns.push_back(std::move(column));
            }
        }
    }

    /** \returns whether the column keeps all rules of the present node. */
    bool Keeps(const PlanColumn& column) const
    {
        const auto has = [&](uint32_t item) {
            return std::binary_search(column.items.begin(), column.items.end(), item);
        };
        return std::all_of(m_rules.begin(), m_rules.end(), [&](const PairRule& rule) {
            return rule.together ? has(rule.a) == has(rule.b) : !(has(rule.a) && has(rule.b));
        });
    }

    /** Items that rules hold together, as one of the price search. */
    struct Bundle
    {
        std::vector<uint32_t> items;
        PlanMembers members;
        double rate{0};
        double price{0};
        std::vector<std::size_t> enemies; //!< bundles that must not share a group with it
    };

    std::vector<Bundle> MakeBundles(const std::vector<double>& prices) const;
    static void TakeBest(const std::vector<Bundle>& bundles,
                         const std::vector<std::pair<double, std::size_t>>& gains,
                         std::size_t from,
                         double sum,
                         std::vector<std::size_t>& taken,
                         double& best,
                         std::vector<std::size_t>& bestTaken);
    PlanColumn MakeColumn(const std::vector<Bundle>& bundles,
                          const std::vector<std::size_t>& taken) const;
    double Price(const PlanMaster& master, std::vector<PlanColumn>& found) const;
    double SolveNode(std::vector<std::pair<double, const PlanColumn*>>& uses);
    void Offer(const std::vector<std::pair<double, const PlanColumn*>>& uses);
    bool FindFraction(const std::vector<std::pair<double, const PlanColumn*>>& uses,
                      PairRule& rule) const;
    double Search();

    const PlanExact& m_exact;
    const std::vector<PlanItem>& m_items;
    std::size_t m_groups;
    const std::function<bool()>& m_goOn;
    double m_penalty{0};
    std::vector<PlanColumn> m_columns;
    std::vector<PairRule> m_rules; //!< of the present node
    PlanProof m_proof;
    double m_open{0}; //!< the least bound of nodes given up
    bool m_stopped{false};
};

std::vector<PlanBranching::Bundle>
PlanBranching::MakeBundles(const std::vector<double>& prices) const
{
    std::vector<std::size_t> bundleOf(m_items.size());
    for (std::size_t i = 0; i < bundleOf.size(); ++i)
    {
        bundleOf[i] = i;
    }
    for (const PairRule& rule : m_rules)
    {
        if (rule.together)
        {
            const std::size_t from = std::max(bundleOf[rule.a], bundleOf[rule.b]);
            const std::size_t to = std::min(bundleOf[rule.a], bundleOf[rule.b]);
            std::replace(bundleOf.begin(), bundleOf.end(), from, to);
        }
    }
    std::vector<Bundle> bundles;
    std::vector<std::size_t> number(m_items.size());
    for (uint32_t i = 0; i < m_items.size(); ++i)
    {
        if (bundleOf[i] == i)
        {
            number[i] = bundles.size();
            bundles.emplace_back();
            bundles.back().members = PlanMembers(m_exact.m_problem.GetVteps());
        }
        Bundle& bundle = bundles[number[bundleOf[i]]];
        bundle.items.push_back(i);
        bundle.members.Unite(m_items[i].members);
        bundle.rate += m_items[i].rate;
        bundle.price += prices[i];
    }
    for (const PairRule& rule : m_rules)
    {
        if (!rule.together)
        {
            const std::size_t a = number[bundleOf[rule.a]];
            const std::size_t b = number[bundleOf[rule.b]];
            bundles[a].enemies.push_back(b);
            bundles[b].enemies.push_back(a);
        }
    }
    return bundles;
}

/** The bundles with the greatest sum of gains, no two of them enemies. */
void
PlanBranching::TakeBest(const std::vector<Bundle>& bundles,
                        const std::vector<std::pair<double, std::size_t>>& gains,
                        std::size_t from,
                        double sum,
                        std::vector<std::size_t>& taken,
                        double& best,
                        std::vector<std::size_t>& bestTaken)
{
    if (sum > best)
    {
        best = sum;
        bestTaken = taken;
    }
    double rest = 0;
    for (std::size_t i = from; i < gains.size(); ++i)
    {
        rest += gains[i].first;
    }
    if (from == gains.size() || sum + rest <= best)
    {
        return;
    }
    const std::size_t bundle = gains[from].second;
    const std::vector<std::size_t>& enemies = bundles[bundle].enemies;
    const bool free = std::none_of(taken.begin(), taken.end(), [&](std::size_t other) {
        return std::find(enemies.begin(), enemies.end(), other) != enemies.end();
    });
    if (free)
    {
        taken.push_back(bundle);
        TakeBest(bundles, gains, from + 1, sum + gains[from].first, taken, best, bestTaken);
        taken.pop_back();
    }
    // Leaving out what has no enemies never helps.
    if (!free || !enemies.empty())
    {
        TakeBest(bundles, gains, from + 1, sum, taken, best, bestTaken);
    }
}

/** \returns the column of some bundles. */
PlanColumn
PlanBranching::MakeColumn(const std::vector<Bundle>& bundles,
                          const std::vector<std::size_t>& taken) const
{
    PlanColumn column;
    PlanMembers members(m_exact.m_problem.GetVteps());
    double rate = 0;
    for (std::size_t b : taken)
    {
        column.items.insert(column.items.end(), bundles[b].items.begin(), bundles[b].items.end());
        members.Unite(bundles[b].members);
        rate += bundles[b].rate;
    }
    std::sort(column.items.begin(), column.items.end());
    column.cost = m_exact.m_cost.Evaluate(members).At(rate);
    return column;
}

/** Looks for columns that would improve the program. \returns the least reduced cost, at most 0. */
double
PlanBranching::Price(const PlanMaster& master, std::vector<PlanColumn>& found) const
{
    constexpr std::size_t MAX_NEW = 40;
    const std::vector<Bundle> bundles = MakeBundles(master.GetPrices());
    std::vector<std::pair<double, PlanColumn>> better;
    double least = 0;
    std::vector<std::pair<double, std::size_t>> gains;
    for (const PlanExact::Union& u : m_exact.m_unions)
    {
        gains.clear();
        double sum = 0;
        for (std::size_t b = 0; b < bundles.size(); ++b)
        {
            const double gain = bundles[b].price - bundles[b].rate * u.cost.perFrame;
            if (gain > 0 && bundles[b].members.IsSubsetOf(u.members))
            {
                gains.emplace_back(gain, b);
                sum += gain;
            }
        }
        const double fixed = u.cost.fixed + master.GetGroupPrice();
        if (fixed - sum >= -Tolerance() || gains.empty())
        {
            continue;
        }
        double best = 0;
        std::vector<std::size_t> taken;
        std::vector<std::size_t> bestTaken;
        TakeBest(bundles, gains, 0, 0, taken, best, bestTaken);
        const double reduced = fixed - best;
        if (reduced >= -Tolerance())
        {
            continue;
        }
        least = std::min(least, reduced);
        better.emplace_back(reduced, MakeColumn(bundles, bestTaken));
    }
    const std::size_t kept = std::min(MAX_NEW, better.size());
    std::partial_sort(better.begin(),
                      better.begin() + static_cast<std::ptrdiff_t>(kept),
                      better.end(),
                      [](const auto& a, const auto& b) {
                          return a.first != b.first ? a.first < b.first
                                                    : a.second.items < b.second.items;
                      });
    std::set<std::vector<uint32_t>> seen;
    for (std::size_t i = 0; i < kept; ++i)
    {
        if (seen.insert(better[i].second.items).second)
        {
            found.push_back(std::move(better[i].second));
        }
    }
    return least;
}

/** \returns the node's lower bound; above the best grouping's cost if it has none. */
double
PlanBranching::SolveNode(std::vector<std::pair<double, const PlanColumn*>>& uses)
{
    ++m_proof.nodes;
    PlanMaster master(m_items.size(), m_groups, m_penalty);
    std::vector<std::size_t> used;
    const auto add = [&](std::size_t column) {
        master.Add(m_columns[column]);
        used.push_back(column);
    };
    for (std::size_t c = 0; c < m_columns.size(); ++c)
    {
        if (Keeps(m_columns[c]))
        {
            add(c);
        }
    }
    double bound = 0;
    while (true)
    {
        if (!m_goOn() || !master.Solve())
        {
            m_stopped = true;
            return bound;
        }
        std::vector<PlanColumn> found;
        const double least = Price(master, found);
        // Farley's bound in its form for at most so many columns.
        bound = std::max(bound, master.GetValue() + static_cast<double>(m_groups) * least);
        if (found.empty() || bound >= m_proof.cost - Tolerance())
        {
            break;
        }
        for (PlanColumn& column : found)
        {
            m_columns.push_back(std::move(column));
            add(m_columns.size() - 1);
        }
    }
    for (std::size_t i = 0; i < used.size(); ++i)
    {
        if (master.GetUses()[i] > 1e-7)
        {
            uses.emplace_back(master.GetUses()[i], &m_columns[used[i]]);
        }
    }
    return master.IsIncomplete() ? std::max(bound, m_proof.cost) : bound;
}

/** Takes a solution that uses each column whole. */
void
PlanBranching::Offer(const std::vector<std::pair<double, const PlanColumn*>>& uses)
{
    PlanGrouping grouping(m_items.size(), UINT32_MAX);
    uint32_t group = 0;
    for (const auto& [use, column] : uses)
    {
        for (uint32_t item : column->items)
        {
            grouping[item] = group;
        }
        ++group;
    }
    if (std::find(grouping.begin(), grouping.end(), UINT32_MAX) != grouping.end())
    {
        return;
    }
    const double cost = CostOf(grouping);
    if (cost < m_proof.cost)
    {
        m_proof.cost = cost;
        m_proof.grouping = grouping;
    }
}

/** \returns whether a pair of items shares a group in part; \p rule is the pair most in doubt. */
bool
PlanBranching::FindFraction(const std::vector<std::pair<double, const PlanColumn*>>& uses,
                            PairRule& rule) const
{
    double doubt = 1e-5;
    std::vector<double> shared(m_items.size() * m_items.size(), 0);
    for (const auto& [use, column] : uses)
    {
        for (std::size_t i = 0; i < column->items.size(); ++i)
        {
            for (std::size_t j = i + 1; j < column->items.size(); ++j)
            {
                shared[column->items[i] * m_items.size() + column->items[j]] += use;
            }
        }
    }
    for (uint32_t a = 0; a < m_items.size(); ++a)
    {
        for (uint32_t b = a + 1; b < m_items.size(); ++b)
        {
            const double part = shared[a * m_items.size() + b];
            if (std::min(part, 1 - part) > doubt)
            {
                doubt = std::min(part, 1 - part);
                rule = {a, b, true};
            }
        }
    }
    return doubt > 1e-5;
}

/** Depth first. \returns a lower bound of the node's best grouping. */
double
PlanBranching::Search()
{
    std::vector<std::pair<double, const PlanColumn*>> uses;
    const double bound = SolveNode(uses);
    if (m_stopped)
    {
        m_open = std::min(m_open, bound);
        return bound;
    }
    if (bound >= m_proof.cost - Tolerance())
    {
        return bound;
    }
    PairRule rule{0, 0, true};
    if (!FindFraction(uses, rule))
    {
        Offer(uses);
        return bound;
    }
    double least = m_penalty;
    for (bool together : {true, false})
    {
        rule.together = together;
        m_rules.push_back(rule);
        const double child = std::max(bound, Search());
        m_rules.pop_back();
        least = std::min(least, child);
        if (m_stopped)
        {
            m_open = std::min(m_open, bound);
            return bound;
        }
    }
    return least;
}

PlanExact::PlanExact(const PlanProblem& problem, const PlanCost& cost)
    : m_problem(problem),
      m_cost(cost)
{
    for (const PlanMembers& members : ListPlanUnions(problem))
    {
        m_unions.push_back({members, m_cost.Evaluate(members)});
    }
}

PlanProof
PlanExact::Solve(std::size_t groups,
                 const PlanGrouping& start,
                 const std::function<bool()>& goOn) const
{
    return PlanBranching(*this, groups, start, goOn).Run();
}

} // namespace ns3
