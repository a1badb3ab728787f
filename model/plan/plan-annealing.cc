// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-annealing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{

namespace
{

// Temperatures, as parts of a group's mean rate: a member more of an average group costs that much.
constexpr double HOT = 0.6;
constexpr double COLD = 0.02;

// Of 100 steps so many are of the larger kinds.
constexpr uint32_t EVICTIONS = 30;
constexpr uint32_t PULLS = 3;
constexpr uint32_t SWAPS = 35;

// Of few items a few runs find more than a longer one, of many a long one.
constexpr std::size_t FEW_ITEMS = 64;
constexpr uint64_t RUNS = 3;
constexpr std::size_t STEPS_PER_PAIR = 600;          //!< of items, all runs together
constexpr std::size_t MAX_ANNEALING_STEPS = 6000000; //!< after so many more help little

constexpr std::size_t STEPS_PER_LOOK = 1024; //!< at the clock and the temperature
constexpr double ROUNDING_ERROR = 1e-9;

} // namespace

PlanAnnealing::PlanAnnealing(const PlanProblem& problem,
                             std::size_t groups,
                             const PlanGrouping& start,
                             uint64_t seed)
    : m_problem(problem),
      m_random(seed, 12),
      m_words((problem.GetVteps() + 63) / 64),
      m_bits(start.size() * m_words, 0),
      m_groups(groups),
      m_groupOf(start),
      m_place(start.size()),
      m_best(start)
{
    for (Group& group : m_groups)
    {
        group.counts.assign(problem.GetVteps(), 0);
        group.some.assign(m_words, 0);
        group.one.assign(m_words, 0);
    }
    for (uint32_t item = 0; item < start.size(); ++item)
    {
        m_members.push_back(problem.GetItems()[item].members.List());
        m_parts.emplace_back();
        for (uint32_t vtep : m_members.back())
        {
            m_bits[item * m_words + vtep / 64] |= uint64_t(1) << (vtep % 64);
        }
        for (uint32_t word = 0; word < m_words; ++word)
        {
            if (m_bits[item * m_words + word] != 0)
            {
                m_parts.back().push_back({word, m_bits[item * m_words + word]});
            }
        }
        Put(item, start[item]);
    }
    for (const Group& group : m_groups)
    {
        m_cost += group.Cost();
    }
    m_bestCost = m_cost;
}

/** Takes an item out of its group. */
void
PlanAnnealing::Take(uint32_t item)
{
    Group& group = m_groups[m_groupOf[item]];
    for (uint32_t vtep : m_members[item])
    {
        const uint64_t bit = uint64_t(1) << (vtep % 64);
        const uint32_t left = --group.counts[vtep];
        if (left == 0)
        {
            --group.members;
            group.some[vtep / 64] &= ~bit;
            group.one[vtep / 64] &= ~bit;
        }
        else if (left == 1)
        {
            group.one[vtep / 64] |= bit;
        }
    }
    group.rate -= m_problem.GetItems()[item].rate;
    const uint32_t last = group.items.back();
    group.items[m_place[item]] = last;
    m_place[last] = m_place[item];
    group.items.pop_back();
}

void
PlanAnnealing::Put(uint32_t item, uint32_t to)
{
    Group& group = m_groups[to];
    for (uint32_t vtep : m_members[item])
    {
        const uint64_t bit = uint64_t(1) << (vtep % 64);
        const uint32_t now = ++group.counts[vtep];
        if (now == 1)
        {
            ++group.members;
            group.some[vtep / 64] |= bit;
            group.one[vtep / 64] |= bit;
        }
        else if (now == 2)
        {
            group.one[vtep / 64] &= ~bit;
        }
    }
    group.rate += m_problem.GetItems()[item].rate;
    m_place[item] = group.items.size();
    group.items.push_back(item);
    m_groupOf[item] = to;
}

bool
PlanAnnealing::Has(uint32_t item, uint32_t vtep) const
{
    return (m_bits[item * m_words + vtep / 64] >> (vtep % 64) & 1) != 0;
}

/** \returns how many of the item's members no item of the group has. */
std::size_t
PlanAnnealing::CountNew(uint32_t item, const Group& group) const
{
    std::size_t count = 0;
    for (const Word& word : m_parts[item])
    {
        count += PlanMembers::CountBits(word.bits & ~group.some[word.number]);
    }
    return count;
}

/** \returns how many members an item of the group alone has. */
std::size_t
PlanAnnealing::CountOwn(uint32_t item, const Group& group) const
{
    std::size_t count = 0;
    for (const Word& word : m_parts[item])
    {
        count += PlanMembers::CountBits(word.bits & group.one[word.number]);
    }
    return count;
}

/** \returns how many of the item's members no item of the group has but one that leaves it. */
std::size_t
PlanAnnealing::CountNewWithout(uint32_t item, const Group& group, uint32_t gone) const
{
    std::size_t count = 0;
    for (const Word& word : m_parts[item])
    {
        const uint64_t left = group.one[word.number] & m_bits[gone * m_words + word.number];
        count += PlanMembers::CountBits(word.bits & ~(group.some[word.number] & ~left));
    }
    return count;
}

/** \returns by how much a move to another group changes the cost. */
double
PlanAnnealing::CostOfMove(uint32_t item, uint32_t to) const
{
    const Group& old = m_groups[m_groupOf[item]];
    const Group& next = m_groups[to];
    const double rate = m_problem.GetItems()[item].rate;
    // Members that the item alone has leave with it; those that nobody has come with it.
    const auto left = static_cast<double>(old.members - CountOwn(item, old));
    const auto now = static_cast<double>(next.members + CountNew(item, next));
    return (old.rate - rate) * left - old.Cost() + (next.rate + rate) * now - next.Cost();
}

/** \returns by how much the cost of an item's group changes if another item takes its place. */
double
PlanAnnealing::CostOfExchange(uint32_t gone, uint32_t item) const
{
    const Group& group = m_groups[m_groupOf[gone]];
    const std::vector<PlanItem>& items = m_problem.GetItems();
    const std::size_t members =
        group.members - CountOwn(gone, group) + CountNewWithout(item, group, gone);
    return (group.rate - items[gone].rate + items[item].rate) * static_cast<double>(members) -
           group.Cost();
}

/** Moves an item as a part of a step. */
void
PlanAnnealing::Apply(uint32_t item, uint32_t to)
{
    m_trail.emplace_back(item, m_groupOf[item]);
    Take(item);
    Put(item, to);
}

void
PlanAnnealing::Undo()
{
    for (auto move = m_trail.rbegin(); move != m_trail.rend(); ++move)
    {
        Take(move->first);
        Put(move->first, move->second);
    }
}

bool
PlanAnnealing::IsAccepted(double increase)
{
    return increase <= 0 || m_random.Unit() < std::exp(-increase / m_temperature);
}

/** Keeps or undoes a step that was made on trial. */
void
PlanAnnealing::Decide(double increase)
{
    if (IsAccepted(increase))
    {
        m_cost += increase;
    }
    else
    {
        Undo();
    }
}

void
PlanAnnealing::TryMove()
{
    const uint32_t item = m_random.Below(m_groupOf.size());
    const uint32_t to = m_random.Below(m_groups.size());
    if (to == m_groupOf[item])
    {
        return;
    }
    const double increase = CostOfMove(item, to);
    if (IsAccepted(increase))
    {
        m_cost += increase;
        Apply(item, to);
    }
}

void
PlanAnnealing::TrySwap()
{
    const uint32_t item = m_random.Below(m_groupOf.size());
    const uint32_t other = m_random.Below(m_groupOf.size());
    const uint32_t from = m_groupOf[item];
    const uint32_t to = m_groupOf[other];
    if (from == to)
    {
        return;
    }
    const double increase = CostOfExchange(item, other) + CostOfExchange(other, item);
    if (IsAccepted(increase))
    {
        m_cost += increase;
        Apply(item, to);
        Apply(other, from);
    }
}

/** Drives a VTEP out of a group: each item that has it goes where it then costs least. */
void
PlanAnnealing::TryEviction()
{
    const uint32_t item = m_random.Below(m_groupOf.size());
    const std::vector<uint32_t>& members = m_members[item];
    const uint32_t vtep = members[m_random.Below(members.size())];
    const uint32_t from = m_groupOf[item];
    const Group& group = m_groups[from];
    double increase = 0;
    for (std::size_t i = group.items.size(); i-- > 0;)
    {
        const uint32_t moved = group.items[i];
        if (!Has(moved, vtep))
        {
            continue;
        }
        double least = std::numeric_limits<double>::infinity();
        uint32_t to = from;
        for (uint32_t g = 0; g < m_groups.size(); ++g)
        {
            const double cost = g == from ? least : CostOfMove(moved, g);
            if (cost < least)
            {
                least = cost;
                to = g;
            }
        }
        increase += least;
        Apply(moved, to); // the last of the list takes its place: it was looked at already
    }
    Decide(increase);
}

/** Moves an item, and all that then fit and cost less than where they are. */
void
PlanAnnealing::TryPull()
{
    const uint32_t item = m_random.Below(m_groupOf.size());
    const uint32_t to = m_random.Below(m_groups.size());
    if (to == m_groupOf[item])
    {
        return;
    }
    double increase = CostOfMove(item, to);
    Apply(item, to);
    const Group& group = m_groups[to];
    for (uint32_t other = 0; other < m_groupOf.size(); ++other)
    {
        if (m_groupOf[other] != to && m_groups[m_groupOf[other]].members > group.members &&
            CountNew(other, group) == 0)
        {
            increase += CostOfMove(other, to);
            Apply(other, to);
        }
    }
    Decide(increase);
}

void
PlanAnnealing::Step()
{
    m_trail.clear();
    const uint32_t kind = m_random.Below(100);
    if (kind < EVICTIONS)
    {
        TryEviction();
    }
    else if (kind < EVICTIONS + PULLS)
    {
        TryPull();
    }
    else if (kind < EVICTIONS + PULLS + SWAPS)
    {
        TrySwap();
    }
    else
    {
        TryMove();
    }
}

void
PlanAnnealing::Run(std::size_t steps, const std::function<bool()>& goOn)
{
    if (m_groups.size() < 2 || m_groupOf.empty())
    {
        return;
    }
    double mean = 0;
    for (const Group& group : m_groups)
    {
        mean += group.rate / static_cast<double>(m_groups.size());
    }
    const double hot = HOT * mean;
    for (std::size_t step = 0; step < steps; ++step)
    {
        if (step % STEPS_PER_LOOK == 0)
        {
            if (!goOn())
            {
                return;
            }
            const double part = static_cast<double>(step) / static_cast<double>(steps);
            m_temperature = hot * std::pow(COLD / HOT, part);
        }
        Step();
        if (m_cost < m_bestCost - ROUNDING_ERROR * (1 + m_bestCost))
        {
            m_bestCost = m_cost;
            m_best = m_groupOf;
        }
    }
}

PlanGrouping
AnnealPlan(const PlanProblem& problem,
           std::size_t groups,
           const PlanGrouping& start,
           uint64_t seed,
           std::size_t effort,
           const std::function<bool()>& goOn)
{
    const std::size_t items = problem.GetItems().size();
    const uint64_t runs = items <= FEW_ITEMS ? RUNS : 1;
    const std::size_t steps = std::min(STEPS_PER_PAIR * items * items, MAX_ANNEALING_STEPS) / runs;
    PlanGrouping best = start;
    double least = std::numeric_limits<double>::infinity();
    for (uint64_t run = 0; run < runs && goOn(); ++run)
    {
        PlanAnnealing annealing(problem, groups, start, seed * runs + run);
        annealing.Run(steps * effort, goOn);
        if (annealing.GetCost() < least)
        {
            least = annealing.GetCost();
            best = annealing.GetGrouping();
        }
    }
    return best;
}

} // namespace ns3
