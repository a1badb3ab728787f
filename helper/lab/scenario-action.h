// SPDX-License-Identifier: GPL-2.0-only
// What the events of a scenario do, as the rest of the lab sees it.
//
// To add an action: a class in helper/lab/actions/NAME-action.{h,cc} with its data, Read (from
// YAML), Run (what it does, on a ScenarioRun) and, where needed, Check (against earlier events) and
// Prepare (before the simulation); and its name in action-registry.cc.
#ifndef VXLAN_MULTICAST_SCENARIO_ACTION_H
#define VXLAN_MULTICAST_SCENARIO_ACTION_H

#include <memory>

namespace ns3
{

class ScenarioHistory;
class ScenarioRun;

/** One action, read and checked; does not change while a scenario runs. */
struct ScenarioAction
{
    virtual ~ScenarioAction() = default;

    /**
     * Checks the action against the events before it, and adds what later events may depend on.
     * \throws InputError
     */
    virtual void Check(ScenarioHistory&) const
    {
    }

    /** Before the simulation starts: sets up what the action needs from then on. */
    virtual void Prepare(ScenarioRun&) const
    {
    }

    /** Performs the action, at the event's time. */
    virtual void Run(ScenarioRun& run) const = 0;
};

/** Events share their actions, so that a scenario can be copied. */
using ScenarioActionPtr = std::shared_ptr<const ScenarioAction>;

} // namespace ns3

#endif
