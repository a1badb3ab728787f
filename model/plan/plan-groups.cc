// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-groups.h"

#include <algorithm>
#include <limits>
#include <map>

namespace ns3
{

namespace
{

constexpr uint32_t NO_BIT = std::numeric_limits<uint32_t>::max();
constexpr std::size_t MAX_LOOKED_AT = 32; //!< items of a group that are tried for an exchange

} // namespace

PlanGroups::PlanGroups(const PlanProblem& problem, std::size_t groups, const PlanGrouping& start)
    : m_problem(problem),
      m_stride((groups + LANES - 1) / LANES * LANES),
      m_groups(groups),
      m_roughRates(m_stride, 0),
      m_roughMembers(m_stride, 0),
      m_groupOf(start),
      m_place(start.size()),
      m_own(start.size(), 0)
{
    NumberVteps();
    for (uint32_t item = 0; item < start.size(); ++item)
    {
        Put(item, start[item]);
    }
}

/** Gives a bit to each set of VTEPs that the same items have, and makes room for sets of bits. */
void
PlanGroups::NumberVteps()
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
    m_itemsOf.resize(m_words * 64);
    m_one.assign(m_groups.size() * m_words, 0);
    m_counts.assign(m_groups.size() * m_words * 64, 0);
    m_owners.assign(m_groups.size() * m_words * 64, 0);
    m_gone.assign(m_words * 64, 0);
    for (uint32_t item = 0; item < items.size(); ++item)
    {
        AddItem(item, bitOf);
    }
}

/** \param bitOf by VTEP; of VTEPs that share a bit one alone has it */
void
PlanGroups::AddItem(uint32_t item, const std::vector<uint32_t>& bitOf)
{
    const PlanItem& added = m_problem.GetItems()[item];
    m_bits.emplace_back();
    for (uint32_t vtep : added.members.List())
    {
        const uint32_t bit = bitOf[vtep];
        if (bit != NO_BIT)
        {
            m_bits.back().push_back(bit);
            m_itemsOf[bit].push_back(item);
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
    m_rates.push_back(added.rate);
    m_new.insert(m_new.end(), m_stride, static_cast<uint16_t>(added.size));
}

double
PlanGroups::GetMeanBits() const
{
    double mean = 0;
    for (const std::vector<uint32_t>& bits : m_bits)
    {
        mean += static_cast<double>(bits.size()) / static_cast<double>(m_bits.size());
    }
    return mean;
}

double
PlanGroups::GetCost() const
{
    double cost = 0;
    for (const Group& group : m_groups)
    {
        cost += group.Cost();
    }
    return cost;
}

/** A group's first item with the bit has come. */
void
PlanGroups::Cover(uint32_t group, uint32_t bit)
{
    const auto weight = static_cast<uint16_t>(m_weights[bit / 64]);
    m_groups[group].members += weight;
    for (uint32_t item : m_itemsOf[bit])
    {
        m_new[item * m_stride + group] -= weight;
    }
}

/** A group's last item with the bit has gone. */
void
PlanGroups::Uncover(uint32_t group, uint32_t bit)
{
    const auto weight = static_cast<uint16_t>(m_weights[bit / 64]);
    m_groups[group].members -= weight;
    for (uint32_t item : m_itemsOf[bit])
    {
        m_new[item * m_stride + group] += weight;
    }
}

void
PlanGroups::Roughen(uint32_t group)
{
    m_roughRates[group] = static_cast<float>(m_groups[group].rate);
    m_roughMembers[group] = static_cast<float>(m_groups[group].members);
}

/** Takes an item out of its group. */
void
PlanGroups::Take(uint32_t item)
{
    const uint32_t from = m_groupOf[item];
    Group& group = m_groups[from];
    for (uint32_t bit : m_bits[item])
    {
        const std::size_t place = PlaceOf(from, bit);
        m_owners[place] ^= item;
        const uint32_t left = --m_counts[place];
        if (left == 0)
        {
            FlipOne(place);
            Uncover(from, bit);
        }
        else if (left == 1)
        {
            FlipOne(place);
            m_own[m_owners[place]] += m_weights[bit / 64];
        }
    }
    m_own[item] = 0;
    group.rate -= m_rates[item];
    const uint32_t last = group.items.back();
    group.items[m_place[item]] = last;
    m_place[last] = m_place[item];
    group.items.pop_back();
    Roughen(from);
}

void
PlanGroups::Put(uint32_t item, uint32_t to)
{
    Group& group = m_groups[to];
    for (uint32_t bit : m_bits[item])
    {
        const std::size_t place = PlaceOf(to, bit);
        const uint32_t now = ++m_counts[place];
        if (now == 1)
        {
            FlipOne(place);
            m_own[item] += m_weights[bit / 64];
            Cover(to, bit);
        }
        else if (now == 2)
        {
            FlipOne(place);
            m_own[m_owners[place]] -= m_weights[bit / 64];
        }
        m_owners[place] ^= item;
    }
    group.rate += m_rates[item];
    m_place[item] = static_cast<uint32_t>(group.items.size());
    group.items.push_back(item);
    m_groupOf[item] = to;
    Roughen(to);
}

void
PlanGroups::Move(uint32_t item, uint32_t to)
{
    Take(item);
    Put(item, to);
}

bool
PlanGroups::Has(uint32_t item, uint32_t bit) const
{
    return (m_sets[item * m_words + bit / 64] >> (bit % 64) & 1) != 0;
}

/** \returns how many members both items have that one item of the group alone has. */
std::size_t
PlanGroups::CountOwnOfBoth(uint32_t item, uint32_t other, uint32_t group) const
{
    const uint64_t* one = &m_one[group * m_words];
    const uint64_t* set = &m_sets[other * m_words];
    std::size_t count = 0;
    for (const Word& word : m_parts[item])
    {
        count += m_weights[word.number] *
                 PlanMembers::CountBits(word.bits & set[word.number] & one[word.number]);
    }
    return count;
}

uint32_t
PlanGroups::FindExchange(uint32_t item,
                         uint32_t with,
                         uint32_t turn,
                         double limit,
                         double& increase) const
{
    const uint32_t from = m_groupOf[item];
    const Group& own = m_groups[from];
    const Group& group = m_groups[with];
    const double rate = m_rates[item];
    const double left = own.rate - rate;
    const auto stay = static_cast<double>(own.members - m_own[item]);
    const auto come = static_cast<double>(group.members + CountNew(item, with));
    const double before = own.Cost() + group.Cost();
    const std::size_t looks = std::min(group.items.size(), MAX_LOOKED_AT);
    for (std::size_t look = 0, i = turn; look < looks; ++look, ++i)
    {
        i = i == group.items.size() ? 0 : i;
        const uint32_t other = group.items[i];
        const double back = m_rates[other];
        double here = stay + static_cast<double>(CountNew(other, from));
        double there = come - static_cast<double>(m_own[other]);
        // What both have, and each group by one of them alone, makes it only dearer.
        if ((left + back) * here + (group.rate - back + rate) * there - before > limit)
        {
            continue;
        }
        here += static_cast<double>(CountOwnOfBoth(item, other, from));
        there += static_cast<double>(CountOwnOfBoth(item, other, with));
        increase = (left + back) * here + (group.rate - back + rate) * there - before;
        if (increase <= limit)
        {
            return other;
        }
    }
    return item;
}

double
PlanGroups::FindEvicted(uint32_t from, uint32_t bit, std::vector<uint32_t>& evicted)
{
    const Group& group = m_groups[from];
    const bool few = group.items.size() < m_itemsOf[bit].size();
    evicted.clear();
    double rate = 0;
    std::size_t members = 0;
    for (uint32_t item : few ? group.items : m_itemsOf[bit])
    {
        if (few ? !Has(item, bit) : m_groupOf[item] != from)
        {
            continue;
        }
        evicted.push_back(item);
        rate += m_rates[item];
        for (uint32_t each : m_bits[item])
        {
            members += ++m_gone[each] == CountOf(from, each) ? m_weights[each / 64] : 0;
        }
    }
    for (uint32_t item : evicted)
    {
        for (uint32_t each : m_bits[item])
        {
            m_gone[each] = 0;
        }
    }
    return group.Cost() - (group.rate - rate) * static_cast<double>(group.members - members);
}

} // namespace ns3
