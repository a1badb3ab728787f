// SPDX-License-Identifier: GPL-2.0-only
// How long a plan lasts: VNIs are added at a rate until a table is full; and members come and go.
#ifndef VXLAN_MULTICAST_PLAN_GROWTH_H
#define VXLAN_MULTICAST_PLAN_GROWTH_H

#include "ns3/plan-question.h"
#include "ns3/plan-watch.h"

#include <cstdint>
#include <functional>
#include <optional>

namespace ns3
{

/** \returns a VNI more, by its number from 0 and its frames per unit of time. */
using PlanNextVni = std::function<std::pair<VniTraffic, double>(uint32_t number)>;

/** When a plan breaks. */
struct PlanGrowth
{
    static constexpr int MAX_MONTHS = 240; //!< nobody looks further ahead than 20 years

    bool lasts{false};  //!< for MAX_MONTHS
    bool cut{false};    //!< the watch ended it: more is not known than that it fits so long
    int months{0};      //!< that it fits
    uint64_t vnis{0};   //!< with which it breaks
    uint32_t groups{0}; //!< of these
    PlanMargin over;    //!< the first table that is too small
};

/**
 * Adds VNIs to a plan: each with a group of its own where the plan wastes nothing, otherwise to the
 * group where it costs least.
 * \param perYear VNIs more in a year, as a part of those there are
 */
PlanGrowth FindPlanGrowth(const ModelNetwork& network,
                          const PlanQuestion& question,
                          const PlanPoint& plan,
                          double perYear,
                          const PlanNextVni& next,
                          PlanWatch& watch);

/**
 * How virtual machines come and go: the defaults are those of the summary of a public trace, 1.04
 * starts a second and a mean life of 38.7 hours for 145,000 machines. A member of a VNI counts as
 * one machine.
 */
struct PlanChurnRates
{
    double startsPerSecond{1.04};
    double perMachines{145000};
    double meanLifeHours{38.7};
};

/** What some time of coming and going does to a plan. */
struct PlanChurn
{
    double hours{0}; //!< fewer than were asked for if the watch ended it
    uint64_t joined{0};
    uint64_t left{0};
    PlanPoint before;
    PlanPoint after;     //!< the same groups
    PlanPoint replanned; //!< with some VNIs moved
    std::size_t moved{0};
};

/** \param moves so many VNIs may change their group at the end */
PlanChurn RunPlanChurn(const ModelNetwork& network,
                       const PlanQuestion& question,
                       const PlanPoint& plan,
                       double hours,
                       uint64_t moves,
                       const PlanChurnRates& rates,
                       PlanWatch& watch);

} // namespace ns3

#endif
