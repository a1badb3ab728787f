// SPDX-License-Identifier: GPL-2.0-only
// A better grouping by simulated annealing (Kirkpatrick, Gelatt, Vecchi, 1983), for deliveries:
// rate × members of the union, summed over the groups. Beside moves and swaps of single items there
// are two that small steps do not find, as what lies between costs more: a VTEP is driven out of a
// group, with all items that have it; and an item brings along all that then fit into its new group
// for nothing. Of each group the VTEPs are known that some item has, and that one item alone has, as
// bits: what a step would cost is a few counts of bits.
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

    /**
     * Begins hot, whatever the grouping is then, and cools down.
     * \param steps moves that are tried
     * \param goOn asked now and then; false ends it
     */
    void Run(std::size_t steps, const std::function<bool()>& goOn);

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
        std::vector<uint32_t> counts; //!< by VTEP: how many items have it
        std::vector<uint64_t> some;   //!< bits: VTEPs that some item has
        std::vector<uint64_t> one;    //!< bits: VTEPs that one item alone has
        std::vector<uint32_t> items;
        std::size_t members{0}; //!< VTEPs that some item has
        double rate{0};

        double Cost() const
        {
            return rate * static_cast<double>(members);
        }
    };

    void Take(uint32_t item);
    void Put(uint32_t item, uint32_t group);
    bool Has(uint32_t item, uint32_t vtep) const;
    std::size_t CountNew(uint32_t item, const Group& group) const;
    std::size_t CountOwn(uint32_t item, const Group& group) const;
    std::size_t CountNewWithout(uint32_t item, const Group& group, uint32_t gone) const;
    double CostOfMove(uint32_t item, uint32_t to) const;
    double CostOfExchange(uint32_t gone, uint32_t item) const;
    void Apply(uint32_t item, uint32_t to);
    void Undo();
    bool IsAccepted(double increase);
    void Step();
    void TryMove();
    void TrySwap();
    void TryEviction();
    void TryPull();
    void Decide(double increase);

    const PlanProblem& m_problem;
    StateRandom m_random;
    std::size_t m_words;                          //!< of a set of VTEPs
    std::vector<std::vector<uint32_t>> m_members; //!< by item
    std::vector<std::vector<Word>> m_parts;       //!< the same as bits
    std::vector<uint64_t> m_bits;                 //!< the same, all words, one item after another
    std::vector<Group> m_groups;
    PlanGrouping m_groupOf;
    std::vector<std::size_t> m_place; //!< by item: where it is in its group's list
    std::vector<std::pair<uint32_t, uint32_t>> m_trail; //!< what a step moved, and from where
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
