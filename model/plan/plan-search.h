// SPDX-License-Identifier: GPL-2.0-only
// A better grouping: moves of single items until none helps, then a large-neighbourhood search: two
// to four groups are taken apart into at most twelve blocks, and the best way to put these together
// again is found by dynamic programming over subsets. The same seed gives the same grouping,
// however long the machine takes for a step: time is looked at only between rounds of steps, and
// only by who asked for a limit.
#ifndef VXLAN_MULTICAST_PLAN_SEARCH_H
#define VXLAN_MULTICAST_PLAN_SEARCH_H

#include "ns3/plan-cost.h"
#include "ns3/plan-problem.h"
#include "ns3/state-random.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{

/** A grouping that improves. */
class PlanSearch
{
  public:
    /**
     * \param start no group above \p groups − 1
     * \param seed of the choice of neighbourhoods
     */
    PlanSearch(const PlanProblem& problem,
               const PlanCost& cost,
               std::size_t groups,
               const PlanGrouping& start,
               uint64_t seed);

    /**
     * Moves single items to where they cost least, until none helps.
     * \param goOn asked before each item; false ends it
     */
    void MoveItems(const std::function<bool()>& goOn);
    /** Takes a few groups apart and puts them together in the best way. \returns whether it helped.
     */
    bool Rebuild();
    /** Puts a few random items into random groups, which may cost more. */
    void Shake();
    /**
     * Moves and rebuilds until \p idle rebuilds in a row do not help; then \p rounds times more
     * from the best grouping, shaken. Ends with the best. \param goOn asked between rebuilds; false
     * ends the search
     */
    void Run(std::size_t idle, std::size_t rounds, const std::function<bool()>& goOn);

    double GetCost() const;
    PlanGrouping GetGrouping() const;

  private:
    /** Items that stay together while groups are taken apart. */
    struct Block
    {
        PlanMembers members; //!< the union over the items
        double rate{0};      //!< the sum over the items
        std::vector<uint32_t> items;
    };

    /** A group of the grouping. */
    struct Group : Block
    {
        PlanMembers shared; //!< members of more than one item
        double cost{0};
    };

    /** For each subset of some blocks, a bit each: its cost, and its best partition. */
    struct Partition
    {
        std::vector<double> cost;
        std::vector<std::vector<double>> least;     //!< [k][set]: in at most k + 1 groups
        std::vector<std::vector<std::size_t>> part; //!< [k][set]: the group of its lowest block
    };

    void Build(Group& group, std::vector<uint32_t> items) const;
    void Change(uint32_t group);
    void Add(Block& block, uint32_t item) const;
    void Insert(Group& group, uint32_t item) const;
    double CostOf(const Block& block) const;
    double CostWithout(const Group& group, uint32_t item) const;
    double CostWith(const Group& group, uint32_t item) const;
    bool MayMove(uint32_t item) const;
    bool MoveItem(uint32_t item);
    void Move(uint32_t item, uint32_t to);
    void Improve(std::size_t idle, const std::function<bool()>& goOn);
    void Load(const PlanGrouping& grouping);
    std::vector<uint32_t> ChooseGroups();
    std::vector<Block> TakeApart(const std::vector<uint32_t>& chosen);
    std::vector<double> CostSubsets(const std::vector<Block>& blocks) const;
    static Partition FindPartition(std::vector<double> cost, std::size_t groups);
    bool PutTogether(const std::vector<uint32_t>& chosen, const std::vector<Block>& blocks);

    const PlanProblem& m_problem;
    const PlanCost& m_cost;
    StateRandom m_random;
    std::vector<Group> m_groups;
    std::vector<uint32_t> m_groupOf;
    // What did not help does not help until a group changes: the number of changes so far, by group
    // that of its last one, by item how many there were when no move of it helped.
    uint64_t m_changes{0};
    std::vector<uint64_t> m_changedAt;
    std::vector<uint64_t> m_triedAt;
};

} // namespace ns3

#endif
