// SPDX-License-Identifier: GPL-2.0-only
// The question that a plan answers: which VNIs share a multicast group. A group's frames reach the
// union of its VNIs' members, so grouping costs deliveries to VTEPs outside the frame's VNI.
#ifndef VXLAN_MULTICAST_PLAN_PROBLEM_H
#define VXLAN_MULTICAST_PLAN_PROBLEM_H

#include "ns3/plan-members.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/** VNIs with equal members: they cost nothing together, so that one decision serves them all. */
struct PlanItem
{
    PlanMembers members;
    std::vector<uint32_t> senders; //!< of each of its VNIs, where these keep VNIs apart
    std::size_t size{0};           //!< how many members
    double rate{0};                //!< frames per unit of time, of all its VNIs and senders
    std::vector<uint32_t> vnis;
};

/** What is to be grouped. */
class PlanProblem
{
  public:
    /** \param vteps how many VTEPs there are */
    explicit PlanProblem(std::size_t vteps)
        : m_vteps(vteps)
    {
    }

    /**
     * Adds a VNI. VNIs with the same members become one item, unless their senders differ.
     * \param members numbers of VTEPs, at least one, in any order
     * \param rate frames per unit of time, 0 or more
     * \param senders where groups may have different trees: one that few send to may then do with
     *        fewer entries as a source tree. What else VNIs may differ in, entries do not count:
     *        those of a group are the same for one VNI and for many.
     */
    void Add(uint32_t vni,
             const std::vector<uint32_t>& members,
             double rate,
             const std::vector<uint32_t>& senders = {});

    const std::vector<PlanItem>& GetItems() const
    {
        return m_items;
    }

    std::size_t GetVteps() const
    {
        return m_vteps;
    }

    /** \returns the sum of rate × members: what no grouping can save. */
    double GetWantedRate() const
    {
        return m_wanted;
    }

  private:
    std::size_t m_vteps;
    std::vector<PlanItem> m_items;
    double m_wanted{0};
};

/** The group of each item, numbered from 0. */
using PlanGrouping = std::vector<uint32_t>;

/**
 * \returns the waste of a grouping: deliveries to VTEPs outside the frame's VNI per unit of time,
 * the sum over items of rate × (members of its group's union − its own)
 */
double ComputeWaste(const PlanProblem& problem, const PlanGrouping& grouping);

} // namespace ns3

#endif
