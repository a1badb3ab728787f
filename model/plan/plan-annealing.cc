// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-annealing.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{

namespace
{

// Of 100 steps so many are of the larger kinds.
constexpr uint32_t EVICTIONS = 4;
constexpr uint32_t GROWTHS = 8;
constexpr uint32_t EXCHANGES = 25;

constexpr std::size_t STEPS_PER_LOOK = 256; //!< at the clock and the temperature
constexpr double ROUNDING_ERROR = 1e-9;
constexpr std::size_t EXPONENTIALS = 4096;
/** Items that leave one group together save more, or less, than one by one: so much is tried. */
constexpr double SLACK = 2;

} // namespace

PlanAnnealing::PlanAnnealing(const PlanProblem& problem,
                             std::size_t groups,
                             const PlanGrouping& start,
                             uint64_t seed)
    : m_random(seed, 12),
      m_groups(problem, groups, start),
      m_items(static_cast<uint32_t>(start.size())),
      m_cost(m_groups.GetCost()),
      m_best(start),
      m_bestCost(m_cost)
{
    for (std::size_t i = 0; i < EXPONENTIALS; ++i)
    {
        m_exponentials.push_back(-std::log((static_cast<double>(i) + 0.5) / EXPONENTIALS));
    }
}

/** Moves an item as a part of a step. */
void
PlanAnnealing::Apply(uint32_t item, uint32_t to)
{
    m_trail.emplace_back(item, m_groups.GetGrouping()[item]);
    m_groups.Move(item, to);
}

void
PlanAnnealing::Undo()
{
    for (auto move = m_trail.rbegin(); move != m_trail.rend(); ++move)
    {
        m_groups.Move(move->first, move->second);
    }
}

/** \returns by how much a step may raise the cost: what exceeds it is not accepted. */
double
PlanAnnealing::DrawLimit()
{
    return m_temperature * m_exponentials[m_random.Below(EXPONENTIALS)];
}

/** \returns the first and the last + 1 of the groups to look at: all, if they are not too many. */
std::pair<uint32_t, uint32_t>
PlanAnnealing::DrawGroups()
{
    const auto groups = static_cast<uint32_t>(m_groups.GetCount());
    if (groups <= MAX_SCANNED)
    {
        return {0, groups};
    }
    const uint32_t first = m_random.Below((groups + MAX_SCANNED - 1) / MAX_SCANNED) * MAX_SCANNED;
    return {first, std::min(groups, first + MAX_SCANNED)};
}

/** Moves an item to one of the groups that are cheap enough. */
void
PlanAnnealing::TryMove()
{
    const uint32_t item = m_random.Below(m_items);
    const uint32_t from = m_groups.GetGrouping()[item];
    const double saved = m_groups.SavingOf(item);
    const auto most = static_cast<float>(saved + DrawLimit());
    const auto [first, last] = DrawGroups();
    m_groups.CostsOfJoining(item, first, last, m_costs.data());
    uint32_t chosen = 0;
    for (uint32_t g = first; g < last; ++g)
    {
        m_chosen[chosen] = g;
        chosen += m_costs[g - first] <= most && g != from ? 1 : 0;
    }
    if (chosen != 0)
    {
        const uint32_t to = m_chosen[m_random.Below(chosen)];
        m_cost += m_groups.CostOfJoining(item, to) - saved;
        Apply(item, to);
    }
}

void
PlanAnnealing::TryExchange()
{
    const uint32_t item = m_random.Below(m_items);
    const uint32_t from = m_groups.GetGrouping()[item];
    const uint32_t with = m_random.Below(m_groups.GetCount());
    const std::size_t others = m_groups.GetItems(with).size();
    if (with == from || others == 0)
    {
        return;
    }
    double increase = 0;
    const uint32_t other =
        m_groups.FindExchange(item, with, m_random.Below(others), DrawLimit(), increase);
    if (other != item)
    {
        m_cost += increase;
        Apply(item, with);
        Apply(other, from);
    }
}

/** \returns the least that joining another group costs, and which that is. */
std::pair<double, uint32_t>
PlanAnnealing::FindCheapest(uint32_t item)
{
    const uint32_t from = m_groups.GetGrouping()[item];
    const auto [first, last] = DrawGroups();
    m_groups.CostsOfJoining(item, first, last, m_costs.data());
    float least = std::numeric_limits<float>::infinity();
    uint32_t to = from;
    for (uint32_t g = first; g < last; ++g)
    {
        if (m_costs[g - first] < least && g != from)
        {
            least = m_costs[g - first];
            to = g;
        }
    }
    return {to == from ? std::numeric_limits<double>::infinity() : m_groups.CostOfJoining(item, to),
            to};
}

/** Drives VTEPs out of a group: each item that has them goes where it then costs least. */
void
PlanAnnealing::TryEviction()
{
    const uint32_t item = m_random.Below(m_items);
    const std::vector<uint32_t>& bits = m_groups.GetBits(item);
    const uint32_t from = m_groups.GetGrouping()[item];
    const uint32_t bit = bits[m_random.Below(bits.size())];
    if (m_groups.CountOf(from, bit) < 2)
    {
        return; // a move does the same
    }
    double increase = -m_groups.FindEvicted(from, bit, m_moving);
    const double limit = DrawLimit();
    for (uint32_t moved : m_moving)
    {
        const auto [cost, to] = FindCheapest(moved);
        increase += cost;
        if (increase > limit)
        {
            Undo(); // those to come cost something, too
            return;
        }
        Apply(moved, to);
    }
    m_cost += increase;
}

/** Takes VTEPs into a group, with all items that then cost less there than where they are. */
void
PlanAnnealing::TryGrowth()
{
    const std::vector<uint32_t>& bits = m_groups.GetBits(m_random.Below(m_items));
    const uint32_t bit = bits[m_random.Below(bits.size())];
    const uint32_t to = m_random.Below(m_groups.GetCount());
    if (m_groups.CountOf(to, bit) != 0)
    {
        return;
    }
    const std::size_t weight = m_groups.GetWeight(bit);
    const auto [perMember, members] = m_groups.GetRateAndMembers(to);
    double increase = perMember * static_cast<double>(weight);
    m_moving.clear();
    for (uint32_t item : m_groups.GetItemsOf(bit))
    {
        if (m_groups.CountNew(item, to) != weight)
        {
            continue;
        }
        const double gain = m_groups.SavingOf(item) -
                            m_groups.GetRate(item) * static_cast<double>(members + weight);
        if (gain > 0)
        {
            increase -= gain;
            m_moving.push_back(item);
        }
    }
    const double limit = DrawLimit();
    if (m_moving.empty() || increase > limit + SLACK * m_temperature)
    {
        return;
    }
    increase = 0;
    for (uint32_t item : m_moving)
    {
        increase += m_groups.CostOfJoining(item, to) - m_groups.SavingOf(item);
        Apply(item, to);
    }
    if (increase > limit)
    {
        Undo();
        return;
    }
    m_cost += increase;
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
    else if (kind < EVICTIONS + GROWTHS)
    {
        TryGrowth();
    }
    else if (kind < EVICTIONS + GROWTHS + EXCHANGES)
    {
        TryExchange();
    }
    else
    {
        TryMove();
    }
}

void
PlanAnnealing::Run(std::size_t steps, const Cooling& cooling, const std::function<bool()>& goOn)
{
    if (m_groups.GetCount() < 2 || m_items == 0)
    {
        return;
    }
    double mean = 0;
    for (uint32_t item = 0; item < m_items; ++item)
    {
        mean += m_groups.GetRate(item) / static_cast<double>(m_groups.GetCount());
    }
    const double hot = cooling.hot * mean;
    for (std::size_t step = 0; step < steps; ++step)
    {
        if (step % STEPS_PER_LOOK == 0)
        {
            if (!goOn())
            {
                return;
            }
            const double part = static_cast<double>(step) / static_cast<double>(steps);
            m_temperature = hot * std::pow(cooling.cold / cooling.hot, part);
        }
        Step();
        if (m_cost < m_bestCost - ROUNDING_ERROR * (1 + m_bestCost))
        {
            m_bestCost = m_cost;
            m_best = m_groups.GetGrouping();
        }
    }
}

} // namespace ns3
