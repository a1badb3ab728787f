// SPDX-License-Identifier: GPL-2.0-only
// A grouping, kept so that what a change would cost is looked up and not counted: for each item and
// group how many of the item's members the group lacks, and for each item how many members its group
// has by it alone. Costs are deliveries: rate × members of the union, summed over the groups.
// VTEPs that the same items have, as those of a leaf often are, share a bit with a weight; a word
// holds bits of one weight.
#ifndef VXLAN_MULTICAST_PLAN_GROUPS_H
#define VXLAN_MULTICAST_PLAN_GROUPS_H

#include "ns3/plan-problem.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/** Groups of items, and what joins, leaves and exchanges cost. */
class PlanGroups
{
  public:
    static constexpr uint32_t LANES = 8; //!< groups that are compared in one go

    /**
     * \param problem outlives this object; fewer than 65,536 VTEPs
     * \param start no group above \p groups − 1
     */
    PlanGroups(const PlanProblem& problem, std::size_t groups, const PlanGrouping& start);

    std::size_t GetCount() const
    {
        return m_groups.size();
    }

    const PlanGrouping& GetGrouping() const
    {
        return m_groupOf;
    }

    const std::vector<uint32_t>& GetItems(uint32_t group) const
    {
        return m_groups[group].items;
    }

    double GetCost(uint32_t group) const
    {
        return m_groups[group].Cost();
    }

    /** \returns what all groups cost. */
    double GetCost() const;

    double GetRate(uint32_t item) const
    {
        return m_rates[item];
    }

    /** \returns a group's rate, and how many members it has. */
    std::pair<double, std::size_t> GetRateAndMembers(uint32_t group) const
    {
        return {m_groups[group].rate, m_groups[group].members};
    }

    /** \returns the numbers of an item's bits. */
    const std::vector<uint32_t>& GetBits(uint32_t item) const
    {
        return m_bits[item];
    }

    /** \returns how many bits an item has on average, whatever the groups are. */
    double GetMeanBits() const;

    /** \returns the items that have a bit. */
    const std::vector<uint32_t>& GetItemsOf(uint32_t bit) const
    {
        return m_itemsOf[bit];
    }

    /** \returns how many items of a group have the bit. */
    uint32_t CountOf(uint32_t group, uint32_t bit) const
    {
        return m_counts[PlaceOf(group, bit)];
    }

    std::size_t GetWeight(uint32_t bit) const
    {
        return m_weights[bit / 64];
    }

    /** \returns how many of the item's members the group has not. */
    std::size_t CountNew(uint32_t item, uint32_t group) const
    {
        return m_new[item * m_stride + group];
    }

    /** \returns by how much a group costs more with an item. */
    double CostOfJoining(uint32_t item, uint32_t to) const
    {
        const Group& group = m_groups[to];
        const double rate = m_rates[item];
        return rate * static_cast<double>(group.members) +
               (group.rate + rate) * static_cast<double>(CountNew(item, to));
    }

    /** \returns by how much an item's group costs less without it. */
    double SavingOf(uint32_t item) const
    {
        const Group& group = m_groups[m_groupOf[item]];
        const double rate = m_rates[item];
        return rate * static_cast<double>(group.members) +
               (group.rate - rate) * static_cast<double>(m_own[item]);
    }

    /**
     * CostOfJoining of the groups from \p first to \p last − 1, up to the rounding of a float.
     * \param first a multiple of LANES
     * \param costs room for them, and for LANES − 1 more
     */
    void CostsOfJoining(uint32_t item, uint32_t first, uint32_t last, float* costs) const
    {
        const auto rate = static_cast<float>(m_rates[item]);
        const uint16_t* lacking = &m_new[item * m_stride];
        const float* rates = m_roughRates.data();
        const float* members = m_roughMembers.data();
        for (uint32_t g = first; g < last; g += LANES, costs += LANES)
        {
            for (uint32_t i = 0; i < LANES; ++i) // so many at once
            {
                costs[i] = rate * members[g + i] +
                           (rates[g + i] + rate) * static_cast<float>(lacking[g + i]);
            }
        }
    }

    /**
     * \returns an item of another group for which the item can be exchanged so that the cost rises
     *          by at most \p limit, or the item itself
     * \param turn where in the group's list to begin
     * \param increase by how much it rises
     */
    uint32_t
    FindExchange(uint32_t item, uint32_t with, uint32_t turn, double limit, double& increase) const;
    /**
     * Lists the group's items that have the bit.
     * \returns what the group costs less without them
     */
    double FindEvicted(uint32_t from, uint32_t bit, std::vector<uint32_t>& evicted);
    void Move(uint32_t item, uint32_t to);

  private:
    /** A word of an item's members that is not empty. */
    struct Word
    {
        uint32_t number;
        uint64_t bits;
    };

    struct Group
    {
        std::vector<uint32_t> items;
        std::size_t members{0}; //!< VTEPs that some item has
        double rate{0};

        double Cost() const
        {
            return rate * static_cast<double>(members);
        }
    };

    /** \returns where a bit of a group is counted; bit of m_one, too. */
    std::size_t PlaceOf(uint32_t group, uint32_t bit) const
    {
        return group * m_words * 64 + bit;
    }

    void FlipOne(std::size_t place)
    {
        m_one[place / 64] ^= uint64_t(1) << (place % 64);
    }

    void NumberVteps();
    void AddItem(uint32_t item, const std::vector<uint32_t>& bitOf);
    void Take(uint32_t item);
    void Put(uint32_t item, uint32_t to);
    void Cover(uint32_t group, uint32_t bit);
    void Uncover(uint32_t group, uint32_t bit);
    void Roughen(uint32_t group);
    bool Has(uint32_t item, uint32_t bit) const;
    std::size_t CountOwnOfBoth(uint32_t item, uint32_t other, uint32_t group) const;

    const PlanProblem& m_problem;
    std::size_t m_words{0};                       //!< of a set of VTEPs
    std::size_t m_stride;                         //!< the number of groups, a multiple of LANES
    std::vector<std::size_t> m_weights;           //!< by word: the VTEPs that a bit stands for
    std::vector<std::vector<uint32_t>> m_bits;    //!< by item: its members' bits
    std::vector<std::vector<Word>> m_parts;       //!< by item: the same as words
    std::vector<uint64_t> m_sets;                 //!< the same, all words, one item after another
    std::vector<std::vector<uint32_t>> m_itemsOf; //!< by bit
    std::vector<double> m_rates;                  //!< by item
    std::vector<Group> m_groups;
    std::vector<float> m_roughRates;   //!< by group, for quick comparisons
    std::vector<float> m_roughMembers; //!< by group, the same
    // One group after another:
    std::vector<uint32_t> m_counts; //!< by bit: how many items have it
    std::vector<uint32_t> m_owners; //!< by bit: these items, combined by exclusive or
    std::vector<uint64_t> m_one;    //!< bits that one item alone has
    std::vector<uint16_t> m_new;    //!< by item and group: members of the item that it lacks
    PlanGrouping m_groupOf;
    std::vector<uint32_t> m_place;  //!< by item: where it is in its group's list
    std::vector<std::size_t> m_own; //!< by item: members that its group has by it alone
    std::vector<uint32_t> m_gone;   //!< by bit: how many evicted items have it; 0 between calls
};

} // namespace ns3

#endif
