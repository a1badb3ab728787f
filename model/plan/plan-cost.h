// SPDX-License-Identifier: GPL-2.0-only
// What a plan minimizes: a sum over groups, each worked out from the union of its members and the
// rate of its frames alone.
#ifndef VXLAN_MULTICAST_PLAN_COST_H
#define VXLAN_MULTICAST_PLAN_COST_H

#include "ns3/plan-members.h"

namespace ns3
{

constexpr double LEAST_GAIN = 1e-9; //!< what is less is rounding

/** What a group with certain members costs. */
struct PlanUnionCost
{
    double fixed{0};    //!< whatever is sent
    double perFrame{0}; //!< for each frame to the group

    double At(double rate) const
    {
        return fixed + rate * perFrame;
    }
};

/** The cost of one group; that of a grouping is the sum. Grows with the members. */
class PlanCost
{
  public:
    virtual ~PlanCost() = default;
    /** \param members not empty */
    virtual PlanUnionCost Evaluate(const PlanMembers& members) const = 0;

    /** \returns the cost of both together. */
    virtual PlanUnionCost EvaluateWith(const PlanMembers& members, const PlanMembers& added) const
    {
        PlanMembers all = members;
        all.Unite(added);
        return Evaluate(all);
    }

    /** \returns the cost of \p members without what \p item has and \p shared has not. */
    virtual PlanUnionCost EvaluateWithout(const PlanMembers& members,
                                          const PlanMembers& item,
                                          const PlanMembers& shared) const
    {
        PlanMembers rest = members;
        rest.RemoveUnshared(item, shared);
        return Evaluate(rest);
    }
};

/** Deliveries per unit of time, wanted and unwanted: least where the waste is least. */
class PlanDeliveries : public PlanCost
{
  public:
    PlanUnionCost Evaluate(const PlanMembers& members) const override
    {
        return {0, static_cast<double>(members.Count())};
    }

    PlanUnionCost EvaluateWith(const PlanMembers& members, const PlanMembers& added) const override
    {
        return {0, static_cast<double>(members.Count() + added.CountBeyond(members))};
    }

    PlanUnionCost EvaluateWithout(const PlanMembers& members,
                                  const PlanMembers& item,
                                  const PlanMembers& shared) const override
    {
        return {0, static_cast<double>(members.Count() - item.CountBeyond(shared))};
    }
};

} // namespace ns3

#endif
