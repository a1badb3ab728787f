// SPDX-License-Identifier: GPL-2.0-only
// Who is told what happens in a run, besides the tables.
#ifndef VXLAN_MULTICAST_RUN_OBSERVER_H
#define VXLAN_MULTICAST_RUN_OBSERVER_H

#include "ns3/record-rows.h"
#include "ns3/scenario.h"

#include <string>

namespace ns3
{

/** Each function is called at the simulated time at which the thing happens. */
class RunObserver
{
  public:
    virtual ~RunObserver() = default;

    /** A protocol has reported something. */
    virtual void NotifyEvent(const EventRow& event) = 0;
    /** An action of the scenario has been carried out. */
    virtual void NotifyAction(const ScenarioEvent& event) = 0;
    /** The state has been written to the tables. \param name the snapshot's */
    virtual void NotifySnapshot(const std::string& name) = 0;
};

} // namespace ns3

#endif
