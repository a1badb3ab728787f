// SPDX-License-Identifier: GPL-2.0-only
// A tree for each group: each starts with the tree that costs least by itself; while a limit is
// exceeded, the group and tree are changed that take most off the excess for what they add to the
// cost; then groups return to cheaper trees where there is room.
#ifndef VXLAN_MULTICAST_PLAN_MIXING_H
#define VXLAN_MULTICAST_PLAN_MIXING_H

#include "ns3/plan-tables.h"
#include "ns3/plan-watch.h"

#include <vector>

namespace ns3
{

/** Chooses trees for the groups of one grouping. */
class PlanMixing
{
  public:
    /**
     * \param trees to choose from
     * \param rowsFirst whether entries, not copies, are what a tree costs
     */
    PlanMixing(const ModelNetwork& network,
               const PlanDemand& demand,
               const PlanLimits& limits,
               std::vector<TreePolicy> trees,
               bool rowsFirst);

    /** Sets trees and addresses of \p plan, whose groups stay as they are. */
    void Run(PlanAssignment& plan, std::size_t groups, PlanWatch& watch);

  private:
    struct Choice
    {
        PlanGroupUse use;
        double cost{0};
    };

    void CountChoices(const PlanAssignment& plan, std::size_t groups, PlanWatch& watch);
    void Apply(const std::vector<PlanRouterRows>& rows, bool add);
    double GetExcess(const PlanRouterRows& rows) const;
    double GetExcess() const;
    double TryChange(std::size_t group, std::size_t tree);
    bool ReduceExcess();
    bool ReduceCost();
    void Change(std::size_t group, std::size_t tree);

    const ModelNetwork& m_network;
    const PlanDemand& m_demand;
    const PlanLimits& m_limits;
    std::vector<TreePolicy> m_trees;
    bool m_rowsFirst;
    std::vector<std::vector<Choice>> m_choices; //!< by group, tree
    std::vector<std::size_t> m_chosen;          //!< by group
    std::vector<PlanRouterRows> m_rows;         //!< by router
    std::vector<PlanTierLimit> m_limitOf;       //!< by router
};

} // namespace ns3

#endif
