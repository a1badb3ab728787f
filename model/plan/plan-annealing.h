// SPDX-License-Identifier: GPL-2.0-only
// A better grouping by simulated annealing (Kirkpatrick, Gelatt, Vecchi, 1983), for deliveries:
// rate × members of the union, summed over the groups. Beside moves and swaps of single items there
// are two that small steps do not find, as what lies between costs more: a VTEP is driven out of a
// group, with all items that have it; and an item brings along all that then fit into its new group
// for nothing. Of each group the VTEPs are known that some item has, and that one item alone has, as
// bits: what a step would cost is a few counts of bits. VTEPs that the same items have, as those of
// a leaf often are, share a bit with a weight; a word holds bits of one weight.
#ifndef VXLAN_MULTICAST_PLAN_ANNEALING_H
#define VXLAN_MULTICAST_PLAN_ANNEALING_H

#include "ns3/plan-problem.h"
#include "ns3/state-random.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace ns3
{

/** A grouping that cools down. The same seed gives the same grouping. */
class PlanAnnealing
{
  public:
    /** Items × VTEPs up to which it is worth its time. */
    static constexpr std::size_t MAX_SIZE = 400000;

    /**
     * \param problem outlives this object
     * \param start no group above \p groups − 1
     */
    PlanAnnealing(const PlanProblem& problem,
                  std::size_t groups,
                  const PlanGrouping& start,
                  uint64_t seed);

    /** Temperatures as parts of a group's mean rate: so much a member more of such a group costs. */
    struct Cooling
    {
        double hot;
        double cold;
    };

    /**
     * Begins hot, whatever the grouping is then, and cools down.
     * \param steps moves that are tried
     * \param goOn asked now and then; false ends it
     */
    void Run(std::size_t steps, const Cooling& cooling, const std::function<bool()>& goOn);

    /** \returns deliveries per unit of time of the best grouping so far. */
    double GetCost() const
    {
        return m_bestCost;
    }

    /** \returns the best grouping so far. */
    const PlanGrouping& GetGrouping() const
    {
        return m_best;
    }

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

    void NumberVteps();
    void AddItem(uint32_t item, const std::vector<uint32_t>& bitOf);
    void Take(uint32_t item);
    void Put(uint32_t item, uint32_t group);
    bool Has(uint32_t item, uint32_t bit) const;
    std::size_t CountNew(uint32_t item, uint32_t group) const;
    std::size_t CountOwn(uint32_t item) const;
    std::size_t CountNewWithout(uint32_t item, uint32_t group, uint32_t gone) const;
    double CostOfJoining(uint32_t item, uint32_t to) const;
    double CostOfMove(uint32_t item, uint32_t to) const;
    double CostOfExchange(uint32_t gone, uint32_t item) const;
    double FindEvicted(uint32_t from, uint32_t bit);
    std::pair<double, uint32_t> FindCheapest(uint32_t item, uint32_t from) const;
    void Apply(uint32_t item, uint32_t to);
    void Undo();
    double DrawLimit();
    void Step();
    void TryMove();
    void TrySwap();
    void TryEviction();
    void TryPull();

    const PlanProblem& m_problem;
    StateRandom m_random;
    std::size_t m_words{0};                    //!< of a set of VTEPs
    std::vector<std::size_t> m_weights;        //!< by word: the VTEPs that a bit of it stands for
    std::vector<std::vector<uint32_t>> m_bits; //!< by item: its members' bits
    std::vector<std::vector<Word>> m_parts;    //!< by item: the same as words
    std::vector<uint64_t> m_sets;              //!< the same, all words, one item after another
    std::vector<Group> m_groups;
    // One group after another:
    std::vector<uint32_t> m_counts; //!< by bit: how many items have it
    std::vector<uint64_t> m_some;   //!< bits that some item has
    std::vector<uint64_t> m_one;    //!< bits that one item alone has
    PlanGrouping m_groupOf;
    std::vector<std::size_t> m_place; //!< by item: where it is in its group's list
    std::vector<std::pair<uint32_t, uint32_t>> m_trail; //!< what a step moved, and from where
    std::vector<uint32_t> m_evicted;                    //!< items that a step moves
    std::vector<uint64_t> m_rest;                       //!< bits of those that stay
    double m_temperature{0};
    double m_cost{0};
    PlanGrouping m_best;
    double m_bestCost{0};
};

/**
 * \returns the best grouping of several runs, or \p start if none is better.
 * \param effort so many times as many steps
 */
PlanGrouping AnnealPlan(const PlanProblem& problem,
                        std::size_t groups,
                        const PlanGrouping& start,
                        uint64_t seed,
                        std::size_t effort,
                        const std::function<bool()>& goOn);

} // namespace ns3

#endif
