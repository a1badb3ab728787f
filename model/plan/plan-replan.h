// SPDX-License-Identifier: GPL-2.0-only
// An earlier plan, changed a little: new VNIs get a group, and at most so many others a better one.
// Every change is the one that helps most by itself. Where the tables do not suffice, entries get a
// price, which rises until they do.
#ifndef VXLAN_MULTICAST_PLAN_REPLAN_H
#define VXLAN_MULTICAST_PLAN_REPLAN_H

#include "ns3/plan-cost.h"
#include "ns3/plan-question.h"
#include "ns3/plan-watch.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** The group of a VNI that the earlier plan does not know. */
constexpr uint32_t PLAN_NEW = UINT32_MAX - 1;

/** A VNI that changes its group; numbers are those of PlanAssignment. */
struct PlanChange
{
    uint32_t vni{0};
    uint32_t from{PLAN_NEW};
    uint32_t to{PLAN_NEW};
};

/** Changes one plan. */
class PlanReplan
{
  public:
    /**
     * \param network, question, watch outlive this object
     * \param old the earlier plan; PLAN_NEW for VNIs that it does not know
     */
    PlanReplan(const ModelNetwork& network,
               const PlanQuestion& question,
               PlanAssignment old,
               PlanWatch& watch);

    /**
     * \param moves so many VNIs, new ones apart, may change their group
     * \param mayAdd whether there may be more groups than before
     * \returns the best plan that fits, or what came nearest
     */
    PlanPoint Run(uint64_t moves, bool mayAdd);

    /** \returns what changed in \p plan, which Run returned. */
    std::vector<PlanChange> GetChanges(const PlanPoint& plan) const;

  private:
    struct Group
    {
        std::vector<uint32_t> vnis;
        PlanMembers members;
        double rate{0};
        double cost{0};
    };

    /** The move of one VNI that saves most. */
    struct Move
    {
        double saved{0};
        uint32_t to{0};
    };

    PlanPoint Try(const PlanCost& cost, uint64_t moves, bool mayAdd);
    void Load(const PlanCost& cost);
    void Rebuild(uint32_t group, const PlanCost& cost);
    uint32_t AddGroup();
    double CostWith(uint32_t group, uint32_t vni, const PlanCost& cost) const;
    double CostWithout(uint32_t group, uint32_t vni, const PlanCost& cost) const;
    void PlaceNew(const PlanCost& cost, bool mayAdd);
    Move FindMove(uint32_t vni, const PlanCost& cost, bool mayAdd) const;
    double GainOf(uint32_t vni, const std::vector<uint32_t>& groups, const PlanCost& cost) const;
    void Apply(uint32_t vni, uint32_t to, const PlanCost& cost);
    void MoveSome(const PlanCost& cost, uint64_t moves, bool mayAdd);
    double GetRate() const;

    const ModelNetwork& m_network;
    const PlanQuestion& m_question;
    PlanAssignment m_old;
    PlanWatch& m_watch;
    TreePolicy m_tree;                  //!< of most groups; new ones have it too
    std::vector<PlanMembers> m_members; //!< by VNI
    PlanAssignment m_plan;
    std::vector<Group> m_groups;
};

} // namespace ns3

#endif
