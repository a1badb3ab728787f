// SPDX-License-Identifier: GPL-2.0-only
// The action `expect`.
#ifndef VXLAN_MULTICAST_EXPECT_ACTION_H
#define VXLAN_MULTICAST_EXPECT_ACTION_H

#include "ns3/expectation.h"
#include "ns3/scenario-action.h"

namespace ns3
{

class ActionReader;

/** A table must hold what the scenario says. */
struct ExpectAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Prepare(ScenarioRun& run) const override;
    void Run(ScenarioRun& run) const override;

    Expectation expectation;
    int line{0}; //!< in the scenario, for messages
};

} // namespace ns3

#endif
