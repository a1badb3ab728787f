// SPDX-License-Identifier: GPL-2.0-only
// Whoever waits for a plan: hears what is being done, and may end it.
#ifndef VXLAN_MULTICAST_PLAN_WATCH_H
#define VXLAN_MULTICAST_PLAN_WATCH_H

#include <string>

namespace ns3
{

/** Asked between the steps of a search. Without limits it does nothing. */
class PlanWatch
{
  public:
    virtual ~PlanWatch() = default;

    /** Told of each step by its name. \returns false to end with the best so far */
    virtual bool GoOn(const std::string&)
    {
        return true;
    }

    /** \returns the part of the time that is used up, from 0 to 1. */
    virtual double GetUsedShare() const
    {
        return 0;
    }
};

} // namespace ns3

#endif
