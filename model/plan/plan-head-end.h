// SPDX-License-Identifier: GPL-2.0-only
// The fewest VNIs that go without a group, such that the rest fits the tables and the replication
// lists of VTEPs fit theirs.
#ifndef VXLAN_MULTICAST_PLAN_HEAD_END_H
#define VXLAN_MULTICAST_PLAN_HEAD_END_H

#include "ns3/plan-question.h"
#include "ns3/plan-watch.h"

#include <vector>

namespace ns3
{

/** Takes VNIs out of the groups of plans that do not fit. */
class PlanHeadEnd
{
  public:
    /** \param network, question, watch outlive this object */
    PlanHeadEnd(const ModelNetwork& network, const PlanQuestion& question, PlanWatch& watch);

    /** Adds to \p points the best such plan from \p start, or what came nearest. */
    void Use(const PlanPoint& start, std::vector<PlanPoint>& points);
    /**
     * Use takes VNIs out in a fixed order: some of the first may stay after all.
     * \param point what Use made of \p start
     * \returns the same with as many VNIs as fit back in their groups
     */
    PlanPoint PutBack(const PlanPoint& start, const PlanPoint& point);

  private:
    std::vector<std::vector<uint32_t>> MakeOrders(const PlanPoint& start) const;
    PlanPoint TakeOut(const PlanPoint& start, const std::vector<uint32_t>& order, uint32_t count);
    static bool HasRoomInTables(const PlanPoint& point);

    const ModelNetwork& m_network;
    const PlanQuestion& m_question;
    PlanWatch& m_watch;
};

} // namespace ns3

#endif
