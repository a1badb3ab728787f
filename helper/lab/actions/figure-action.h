// SPDX-License-Identifier: GPL-2.0-only
// The action `figure`.
#ifndef VXLAN_MULTICAST_FIGURE_ACTION_H
#define VXLAN_MULTICAST_FIGURE_ACTION_H

#include "ns3/figure-spec.h"
#include "ns3/scenario-action.h"

namespace ns3
{

class ActionReader;

/** A picture of the state is drawn, if figures are wanted. */
struct FigureAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Prepare(ScenarioRun& run) const override;
    void Run(ScenarioRun& run) const override;

    FigureSpec spec;
};

} // namespace ns3

#endif
