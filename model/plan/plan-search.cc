// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-search.h"

#include <algorithm>
#include <numeric>

namespace ns3
{

namespace
{

constexpr std::size_t MAX_BLOCKS = 11; //!< 3^11 pairs of subset and part: about a millisecond
constexpr uint32_t MAX_REBUILT_GROUPS = 4;

} // namespace

PlanSearch::PlanSearch(const PlanProblem& problem,
                       const PlanCost& cost,
                       std::size_t groups,
                       const PlanGrouping& start,
                       uint64_t seed)
    : m_problem(problem),
      m_cost(cost),
      m_random(seed),
      m_groups(groups),
      m_changedAt(groups, 0),
      m_triedAt(start.size(), 0)
{
    Load(start);
}

void
PlanSearch::Build(Group& group, std::vector<uint32_t> items) const
{
    group = Group();
    group.members = PlanMembers(m_problem.GetVteps());
    group.shared = PlanMembers(m_problem.GetVteps());
    for (uint32_t item : items)
    {
        Insert(group, item);
    }
    group.cost = CostOf(group);
}

/** Notes that a group changed. */
void
PlanSearch::Change(uint32_t group)
{
    m_changedAt[group] = ++m_changes;
}

double
PlanSearch::CostOf(const Block& block) const
{
    return block.items.empty() ? 0 : m_cost.Evaluate(block.members).At(block.rate);
}

void
PlanSearch::Add(Block& block, uint32_t item) const
{
    const PlanItem& added = m_problem.GetItems()[item];
    block.members.Unite(added.members);
    block.rate += added.rate;
    block.items.push_back(item);
}

void
PlanSearch::Insert(Group& group, uint32_t item) const
{
    group.shared.UniteCommon(group.members, m_problem.GetItems()[item].members);
    Add(group, item);
}

double
PlanSearch::CostWithout(const Group& group, uint32_t item) const
{
    if (group.items.size() == 1)
    {
        return 0;
    }
    const PlanItem& taken = m_problem.GetItems()[item];
    return m_cost.EvaluateWithout(group.members, taken.members, group.shared)
        .At(group.rate - taken.rate);
}

double
PlanSearch::CostWith(const Group& group, uint32_t item) const
{
    const PlanItem& added = m_problem.GetItems()[item];
    return m_cost.EvaluateWith(group.members, added.members).At(group.rate + added.rate);
}

/** \returns whether some group changed since no move of the item helped. */
bool
PlanSearch::MayMove(uint32_t item) const
{
    return m_triedAt[item] < m_changes;
}

bool
PlanSearch::MoveItem(uint32_t item)
{
    const uint32_t from = m_groupOf[item];
    const uint64_t tried = m_triedAt[item];
    const bool other = m_changedAt[from] > tried;
    const double without = CostWithout(m_groups[from], item);
    const double saved = m_groups[from].cost - without;
    double best = saved - LEAST_GAIN;
    uint32_t to = from;
    for (uint32_t g = 0; g < m_groups.size(); ++g)
    {
        if (g == from || (!other && m_changedAt[g] <= tried))
        {
            continue;
        }
        const double added = CostWith(m_groups[g], item) - m_groups[g].cost;
        if (added < best)
        {
            best = added;
            to = g;
        }
    }
    if (to == from)
    {
        m_triedAt[item] = m_changes;
        return false;
    }
    Move(item, to);
    return true;
}

void
PlanSearch::Move(uint32_t item, uint32_t to)
{
    const uint32_t from = m_groupOf[item];
    std::vector<uint32_t> rest = m_groups[from].items;
    rest.erase(std::find(rest.begin(), rest.end(), item));
    Build(m_groups[from], std::move(rest));
    Insert(m_groups[to], item);
    m_groups[to].cost = CostOf(m_groups[to]);
    m_groupOf[item] = to;
    Change(from);
    Change(to);
}

void
PlanSearch::MoveItems(const std::function<bool()>& goOn)
{
    for (bool moved = true; moved && goOn();)
    {
        moved = false;
        for (uint32_t item = 0; item < m_groupOf.size(); ++item)
        {
            if (!MayMove(item))
            {
                continue;
            }
            if (!goOn())
            {
                return;
            }
            moved = MoveItem(item) || moved;
        }
    }
}

/** A random group, and those that would cost least together with one of its items. */
std::vector<uint32_t>
PlanSearch::ChooseGroups()
{
    std::vector<uint32_t> used;
    for (uint32_t g = 0; g < m_groups.size(); ++g)
    {
        if (!m_groups[g].items.empty())
        {
            used.push_back(g);
        }
    }
    const uint32_t first = used[m_random.Below(used.size())];
    const std::vector<uint32_t>& items = m_groups[first].items;
    const uint32_t item = items[m_random.Below(items.size())];
    std::vector<std::pair<double, uint32_t>> near;
    for (uint32_t g : used)
    {
        if (g != first)
        {
            near.emplace_back(CostWith(m_groups[g], item) - m_groups[g].cost, g);
        }
    }
    // Now and then any groups: what is near by this measure is not all that can help.
    if (m_random.Below(4) == 0)
    {
        for (auto& entry : near)
        {
            entry.first = m_random.Unit();
        }
    }
    std::sort(near.begin(), near.end());
    std::vector<uint32_t> chosen{first};
    const std::size_t most = 2 + m_random.Below(MAX_REBUILT_GROUPS - 1);
    for (std::size_t i = 0; i < near.size() && chosen.size() < most; ++i)
    {
        chosen.push_back(near[i].second);
    }
    return chosen;
}

/** \returns single items, and one block of all that stay together of each group. */
std::vector<PlanSearch::Block>
PlanSearch::TakeApart(const std::vector<uint32_t>& chosen)
{
    std::vector<uint32_t> free;
    for (uint32_t g : chosen)
    {
        free.insert(free.end(), m_groups[g].items.begin(), m_groups[g].items.end());
    }
    if (free.size() > MAX_BLOCKS)
    {
        const std::size_t singles = MAX_BLOCKS - chosen.size();
        for (std::size_t i = 0; i < singles; ++i)
        {
            std::swap(free[i], free[i + m_random.Below(free.size() - i)]);
        }
        free.resize(singles);
    }
    std::vector<Block> blocks;
    for (uint32_t item : free)
    {
        blocks.push_back({PlanMembers(m_problem.GetVteps()), 0, {}});
        Add(blocks.back(), item);
    }
    for (uint32_t g : chosen)
    {
        Block rest{PlanMembers(m_problem.GetVteps()), 0, {}};
        for (uint32_t item : m_groups[g].items)
        {
            if (std::find(free.begin(), free.end(), item) == free.end())
            {
                Add(rest, item);
            }
        }
        if (!rest.items.empty())
        {
            blocks.push_back(std::move(rest));
        }
    }
    return blocks;
}

/** \returns the cost of each subset of the blocks as one group. */
std::vector<double>
PlanSearch::CostSubsets(const std::vector<Block>& blocks) const
{
    const std::size_t subsets = std::size_t(1) << blocks.size();
    std::vector<double> cost(subsets, 0);
    std::vector<PlanMembers> members(subsets, PlanMembers(m_problem.GetVteps()));
    std::vector<double> rates(subsets, 0);
    for (std::size_t set = 1; set < subsets; ++set)
    {
        const Block& lowest = blocks[static_cast<std::size_t>(__builtin_ctzll(set))];
        const std::size_t others = set & (set - 1);
        members[set] = members[others];
        members[set].Unite(lowest.members);
        rates[set] = rates[others] + lowest.rate;
        cost[set] = m_cost.Evaluate(members[set]).At(rates[set]);
    }
    return cost;
}

PlanSearch::Partition
PlanSearch::FindPartition(std::vector<double> cost, std::size_t groups)
{
    Partition best;
    best.least.push_back(cost);
    best.part.emplace_back(cost.size());
    std::iota(best.part[0].begin(), best.part[0].end(), 0);
    for (std::size_t k = 1; k < groups; ++k)
    {
        best.least.push_back(best.least[0]);
        best.part.push_back(best.part[0]);
        for (std::size_t set = 1; set < cost.size(); ++set)
        {
            const std::size_t lowest = set & (~set + 1);
            const std::size_t others = set ^ lowest;
            // All parts that hold the lowest block: each partition is looked at once.
            for (std::size_t sub = others;; sub = (sub - 1) & others)
            {
                const double total = cost[sub | lowest] + best.least[k - 1][others ^ sub];
                if (total < best.least[k][set])
                {
                    best.least[k][set] = total;
                    best.part[k][set] = sub | lowest;
                }
                if (sub == 0)
                {
                    break;
                }
            }
        }
    }
    best.cost = std::move(cost);
    return best;
}

/** The best partition of the blocks into as many groups as were chosen. */
bool
PlanSearch::PutTogether(const std::vector<uint32_t>& chosen, const std::vector<Block>& blocks)
{
    const Partition best = FindPartition(CostSubsets(blocks), chosen.size());
    double before = 0;
    for (uint32_t g : chosen)
    {
        before += m_groups[g].cost;
    }
    std::size_t left = best.cost.size() - 1;
    if (best.least.back()[left] >= before - LEAST_GAIN)
    {
        return false;
    }
    for (std::size_t k = chosen.size(); k-- > 0;)
    {
        const std::size_t own = best.part[k][left];
        left ^= own;
        std::vector<uint32_t> items;
        for (std::size_t b = 0; b < blocks.size(); ++b)
        {
            if ((own >> b & 1) != 0)
            {
                items.insert(items.end(), blocks[b].items.begin(), blocks[b].items.end());
            }
        }
        for (uint32_t item : items)
        {
            m_groupOf[item] = chosen[k];
        }
        Build(m_groups[chosen[k]], std::move(items));
        Change(chosen[k]);
    }
    return true;
}

bool
PlanSearch::Rebuild()
{
    const std::vector<uint32_t> chosen = ChooseGroups();
    return chosen.size() > 1 && PutTogether(chosen, TakeApart(chosen));
}

void
PlanSearch::Shake()
{
    const uint32_t moves = 2 + m_random.Below(5);
    for (uint32_t i = 0; i < moves; ++i)
    {
        const uint32_t item = m_random.Below(m_groupOf.size());
        const uint32_t to = m_random.Below(m_groups.size());
        if (to != m_groupOf[item])
        {
            Move(item, to);
        }
    }
}

void
PlanSearch::Improve(std::size_t idle, const std::function<bool()>& goOn)
{
    MoveItems(goOn);
    for (std::size_t quiet = 0; quiet < idle && goOn();)
    {
        if (Rebuild())
        {
            MoveItems(goOn);
            quiet = 0;
        }
        else
        {
            ++quiet;
        }
    }
}

void
PlanSearch::Run(std::size_t idle, std::size_t rounds, const std::function<bool()>& goOn)
{
    Improve(idle, goOn);
    PlanGrouping best = m_groupOf;
    double least = GetCost();
    for (std::size_t round = 0; round < rounds && goOn(); ++round)
    {
        Shake();
        Improve(idle, goOn);
        if (GetCost() < least - LEAST_GAIN)
        {
            best = m_groupOf;
            least = GetCost();
        }
        else
        {
            Load(best);
        }
    }
}

void
PlanSearch::Load(const PlanGrouping& grouping)
{
    std::vector<std::vector<uint32_t>> items(m_groups.size());
    for (uint32_t i = 0; i < grouping.size(); ++i)
    {
        items[grouping[i]].push_back(i);
    }
    for (uint32_t g = 0; g < m_groups.size(); ++g)
    {
        std::vector<uint32_t> old = std::move(m_groups[g].items);
        std::sort(old.begin(), old.end());
        const bool same = old == items[g];
        Build(m_groups[g], std::move(items[g]));
        if (!same)
        {
            Change(g);
        }
    }
    m_groupOf = grouping;
}

double
PlanSearch::GetCost() const
{
    double cost = 0;
    for (const Group& group : m_groups)
    {
        cost += group.cost;
    }
    return cost;
}

PlanGrouping
PlanSearch::GetGrouping() const
{
    return m_groupOf;
}

} // namespace ns3
