// SPDX-License-Identifier: GPL-2.0-only
// A better grouping by simulated annealing (Kirkpatrick, Gelatt, Vecchi, 1983), for deliveries:
// rate × members of the union, summed over the groups. A step looks at an item and all groups at
// once (plan-groups), so that at low temperatures, where few moves are accepted, one is soon found.
// Beside moves and exchanges of items there are two that small steps do not find, as what lies
// between costs more: a VTEP is driven out of a group, with all items that have it; and a group
// takes a VTEP in, and with it all items that then fit into it for nothing.
#ifndef VXLAN_MULTICAST_PLAN_ANNEALING_H
#define VXLAN_MULTICAST_PLAN_ANNEALING_H

#include "ns3/plan-groups.h"
#include "ns3/plan-problem.h"
#include "ns3/state-random.h"

#include <array>
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
    static constexpr uint32_t MAX_SCANNED = 128; //!< groups that a step looks at

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
    void Apply(uint32_t item, uint32_t to);
    void Undo();
    double DrawLimit();
    std::pair<uint32_t, uint32_t> DrawGroups();
    std::pair<double, uint32_t> FindCheapest(uint32_t item);
    void Step();
    void TryMove();
    void TryExchange();
    void TryEviction();
    void TryGrowth();

    StateRandom m_random;
    PlanGroups m_groups;
    uint32_t m_items;
    std::vector<std::pair<uint32_t, uint32_t>> m_trail; //!< what a step moved, and from where
    std::vector<uint32_t> m_moving;                     //!< items that a step moves
    std::array<float, MAX_SCANNED + PlanGroups::LANES> m_costs{};
    std::array<uint32_t, MAX_SCANNED> m_chosen{};
    std::vector<double> m_exponentials; //!< a table of the distribution's values
    double m_temperature{0};
    double m_cost{0};
    PlanGrouping m_best;
    double m_bestCost{0};
};

} // namespace ns3

#endif
