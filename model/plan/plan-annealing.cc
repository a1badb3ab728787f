// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-annealing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

namespace ns3
{

namespace
{

// Where groupings freeze depends on how many VNIs share a group and how much they have in common:
// short runs find out which of these is best.
constexpr std::array<PlanAnnealing::Cooling, 5> COOLINGS{
    {{0.6, 0.25}, {0.4, 0.15}, {0.25, 0.08}, {0.15, 0.04}, {0.1, 0.02}}};

// Of 100 steps so many are of the larger kinds.
constexpr uint32_t EVICTIONS = 8;
constexpr uint32_t PULLS = 3;
constexpr uint32_t SWAPS = 40;

// A few runs, of which the best counts, differ less from seed to seed than a long one.
constexpr uint64_t RUNS = 3;
constexpr std::size_t TRIAL = 6;                      //!< a short run is so many times shorter
constexpr std::size_t STEPS_PER_PAIR = 2000;          //!< of items, all runs together
constexpr std::size_t MAX_ANNEALING_STEPS = 24000000; //!< after so many more help little

constexpr std::size_t STEPS_PER_LOOK = 1024; //!< at the clock and the temperature
constexpr double ROUNDING_ERROR = 1e-9;

constexpr uint32_t NO_BIT = std::numeric_limits<uint32_t>::max();

} // namespace

PlanAnnealing::PlanAnnealing(const PlanProblem& problem,
                             std::size_t groups,
                             const PlanGrouping& start,
                             uint64_t seed)
    : m_problem(problem),
      m_random(seed, 12),
      m_groups(groups),
      m_groupOf(start),
      m_place(start.size()),
      m_best(start)
{
    NumberVteps();
    for (uint32_t item = 0; item < start.size(); ++item)
    {
        Put(item, start[item]);
    }
    for (const Group& group : m_groups)
    {
        m_cost += group.Cost();
    }
    m_bestCost = m_cost;
}

/** Gives a bit to each set of VTEPs that the same items have, and makes room for sets of bits. */
void
PlanAnnealing::NumberVteps()
{
    const std::vector<PlanItem>& items = m_problem.GetItems();
    std::vector<std::vector<uint32_t>> itemsOf(m_problem.GetVteps());
    for (uint32_t item = 0; item < items.size(); ++item)
    {
        for (uint32_t vtep : items[item].members.List())
        {
            itemsOf[vtep].push_back(item);
        }
    }
    std::map<std::vector<uint32_t>, std::vector<uint32_t>> equal; // VTEPs by their items
    for (uint32_t vtep = 0; vtep < itemsOf.size(); ++vtep)
    {
        equal[itemsOf[vtep]].push_back(vtep);
    }
    std::map<std::size_t, std::vector<uint32_t>> firsts; // of each set, by how many it has
    for (const auto& [common, vteps] : equal)
    {
        if (!common.empty())
        {
            firsts[vteps.size()].push_back(vteps.front());
        }
    }
    std::vector<uint32_t> bitOf(itemsOf.size(), NO_BIT);
    for (auto& [weight, vteps] : firsts)
    {
        std::sort(vteps.begin(), vteps.end());
        for (std::size_t i = 0; i < vteps.size(); ++i)
        {
            bitOf[vteps[i]] = static_cast<uint32_t>(m_weights.size() * 64 + i);
        }
        m_weights.insert(m_weights.end(), (vteps.size() + 63) / 64, weight);
    }
    m_words = m_weights.size();
    m_sets.assign(items.size() * m_words, 0);
    m_some.assign(m_groups.size() * m_words, 0);
    m_one.assign(m_groups.size() * m_words, 0);
    m_rest.assign(m_words, 0);
    m_counts.assign(m_groups.size() * m_words * 64, 0);
    for (uint32_t item = 0; item < items.size(); ++item)
    {
        AddItem(item, bitOf);
    }
}

/** \param bitOf by VTEP; of VTEPs that share a bit one alone has it */
void
PlanAnnealing::AddItem(uint32_t item, const std::vector<uint32_t>& bitOf)
{
    m_bits.emplace_back();
    for (uint32_t vtep : m_problem.GetItems()[item].members.List())
    {
        const uint32_t bit = bitOf[vtep];
        if (bit != NO_BIT)
        {
            m_bits.back().push_back(bit);
            m_sets[item * m_words + bit / 64] |= uint64_t(1) << (bit % 64);
        }
    }
    m_parts.emplace_back();
    for (uint32_t word = 0; word < m_words; ++word)
    {
        if (m_sets[item * m_words + word] != 0)
        {
            m_parts.back().push_back({word, m_sets[item * m_words + word]});
        }
    }
}

/** Takes an item out of its group. */
void
PlanAnnealing::Take(uint32_t item)
{
    Group& group = m_groups[m_groupOf[item]];
    const std::size_t first = m_groupOf[item] * m_words;
    for (uint32_t bit : m_bits[item])
    {
        const std::size_t word = first + bit / 64;
        const uint64_t mask = uint64_t(1) << (bit % 64);
        const uint32_t left = --m_counts[first * 64 + bit];
        if (left == 0)
        {
            group.members -= m_weights[bit / 64];
            m_some[word] &= ~mask;
            m_one[word] &= ~mask;
        }
        else if (left == 1)
        {
            m_one[word] |= mask;
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
    const std::size_t first = to * m_words;
    for (uint32_t bit : m_bits[item])
    {
        const std::size_t word = first + bit / 64;
        const uint64_t mask = uint64_t(1) << (bit % 64);
        const uint32_t now = ++m_counts[first * 64 + bit];
        if (now == 1)
        {
            group.members += m_weights[bit / 64];
            m_some[word] |= mask;
            m_one[word] |= mask;
        }
        else if (now == 2)
        {
            m_one[word] &= ~mask;
        }
    }
    group.rate += m_problem.GetItems()[item].rate;
    m_place[item] = group.items.size();
    group.items.push_back(item);
    m_groupOf[item] = to;
}

bool
PlanAnnealing::Has(uint32_t item, uint32_t bit) const
{
    return (m_sets[item * m_words + bit / 64] >> (bit % 64) & 1) != 0;
}

/** \returns how many of the item's members no item of the group has. */
std::size_t
PlanAnnealing::CountNew(uint32_t item, uint32_t group) const
{
    const uint64_t* some = &m_some[group * m_words];
    std::size_t count = 0;
    for (const Word& word : m_parts[item])
    {
        count += m_weights[word.number] * PlanMembers::CountBits(word.bits & ~some[word.number]);
    }
    return count;
}

/** \returns how many members the item alone has in its group. */
std::size_t
PlanAnnealing::CountOwn(uint32_t item) const
{
    const uint64_t* one = &m_one[m_groupOf[item] * m_words];
    std::size_t count = 0;
    for (const Word& word : m_parts[item])
    {
        count += m_weights[word.number] * PlanMembers::CountBits(word.bits & one[word.number]);
    }
    return count;
}

/** \returns how many of the item's members no item of the group has but one that leaves it. */
std::size_t
PlanAnnealing::CountNewWithout(uint32_t item, uint32_t group, uint32_t gone) const
{
    const std::size_t first = group * m_words;
    std::size_t count = 0;
    for (const Word& word : m_parts[item])
    {
        const uint64_t left = m_one[first + word.number] & m_sets[gone * m_words + word.number];
        count += m_weights[word.number] *
                 PlanMembers::CountBits(word.bits & ~(m_some[first + word.number] & ~left));
    }
    return count;
}

/** \returns by how much a group costs more with an item. */
double
PlanAnnealing::CostOfJoining(uint32_t item, uint32_t to) const
{
    const Group& group = m_groups[to];
    const double rate = m_problem.GetItems()[item].rate;
    const auto members = static_cast<double>(group.members + CountNew(item, to));
    return (group.rate + rate) * members - group.Cost();
}

/** \returns by how much a move to another group changes the cost. */
double
PlanAnnealing::CostOfMove(uint32_t item, uint32_t to) const
{
    const Group& old = m_groups[m_groupOf[item]];
    const double rate = m_problem.GetItems()[item].rate;
    // Members that the item alone has leave with it.
    const auto left = static_cast<double>(old.members - CountOwn(item));
    return (old.rate - rate) * left - old.Cost() + CostOfJoining(item, to);
}

/** \returns by how much the cost of an item's group changes if another item takes its place. */
double
PlanAnnealing::CostOfExchange(uint32_t gone, uint32_t item) const
{
    const Group& group = m_groups[m_groupOf[gone]];
    const std::vector<PlanItem>& items = m_problem.GetItems();
    const std::size_t members =
        group.members - CountOwn(gone) + CountNewWithout(item, m_groupOf[gone], gone);
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

/** \returns by how much a step may raise the cost: what exceeds it is not accepted. */
double
PlanAnnealing::DrawLimit()
{
    return -m_temperature * std::log(m_random.Unit());
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
    if (increase <= 0 || increase <= DrawLimit())
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
    if (increase <= 0 || increase <= DrawLimit())
    {
        m_cost += increase;
        Apply(item, to);
        Apply(other, from);
    }
}

/** Lists the group's items that have the bit. \returns what the group costs less without them. */
double
PlanAnnealing::FindEvicted(uint32_t from, uint32_t bit)
{
    const Group& group = m_groups[from];
    m_evicted.clear();
    std::fill(m_rest.begin(), m_rest.end(), 0);
    double rate = 0;
    for (uint32_t item : group.items)
    {
        if (Has(item, bit))
        {
            m_evicted.push_back(item);
            continue;
        }
        rate += m_problem.GetItems()[item].rate;
        for (const Word& word : m_parts[item])
        {
            m_rest[word.number] |= word.bits;
        }
    }
    std::size_t members = 0;
    for (std::size_t word = 0; word < m_words; ++word)
    {
        members += m_weights[word] * PlanMembers::CountBits(m_rest[word]);
    }
    return group.Cost() - rate * static_cast<double>(members);
}

/** \returns the least that joining another group than \p from costs, and which that is. */
std::pair<double, uint32_t>
PlanAnnealing::FindCheapest(uint32_t item, uint32_t from) const
{
    const double rate = m_problem.GetItems()[item].rate;
    double least = std::numeric_limits<double>::infinity();
    uint32_t to = from;
    for (uint32_t group = 0; group < m_groups.size(); ++group)
    {
        // Even if the item brings nobody, its frames reach all that are there.
        if (group == from || rate * static_cast<double>(m_groups[group].members) >= least)
        {
            continue;
        }
        const double cost = CostOfJoining(item, group);
        if (cost < least)
        {
            least = cost;
            to = group;
        }
    }
    return {least, to};
}

/** Drives VTEPs out of a group: each item that has them goes where it then costs least. */
void
PlanAnnealing::TryEviction()
{
    const uint32_t item = m_random.Below(m_groupOf.size());
    const std::vector<uint32_t>& bits = m_bits[item];
    const uint32_t from = m_groupOf[item];
    double increase = -FindEvicted(from, bits[m_random.Below(bits.size())]);
    const double limit = DrawLimit();
    for (uint32_t moved : m_evicted)
    {
        const auto [cost, to] = FindCheapest(moved, from);
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
            CountNew(other, to) == 0)
        {
            increase += CostOfMove(other, to);
            Apply(other, to);
        }
    }
    if (increase <= 0 || increase <= DrawLimit())
    {
        m_cost += increase;
    }
    else
    {
        Undo();
    }
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
PlanAnnealing::Run(std::size_t steps, const Cooling& cooling, const std::function<bool()>& goOn)
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
    const std::size_t steps = std::min(STEPS_PER_PAIR * items * items, MAX_ANNEALING_STEPS) / RUNS;
    PlanGrouping best = start;
    double least = std::numeric_limits<double>::infinity();
    uint64_t run = 0;
    const auto anneal = [&](std::size_t length, const PlanAnnealing::Cooling& cooling) {
        PlanAnnealing annealing(problem, groups, start, seed * (COOLINGS.size() + RUNS) + run++);
        annealing.Run(length * effort, cooling, goOn);
        if (annealing.GetCost() < least)
        {
            least = annealing.GetCost();
            best = annealing.GetGrouping();
        }
        return annealing.GetCost();
    };
    PlanAnnealing::Cooling chosen = COOLINGS.front();
    double cost = std::numeric_limits<double>::infinity();
    for (const PlanAnnealing::Cooling& cooling : COOLINGS)
    {
        const double trial = goOn() ? anneal(steps / TRIAL, cooling) : cost;
        if (trial < cost)
        {
            cost = trial;
            chosen = cooling;
        }
    }
    for (uint64_t i = 0; i < RUNS && goOn(); ++i)
    {
        anneal(steps, chosen);
    }
    return best;
}

} // namespace ns3
