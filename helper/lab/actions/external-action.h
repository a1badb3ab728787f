// SPDX-License-Identifier: GPL-2.0-only
// The action `external`. RFC 2328 §12.4.4.
#ifndef VXLAN_MULTICAST_EXTERNAL_ACTION_H
#define VXLAN_MULTICAST_EXTERNAL_ACTION_H

#include "ns3/scenario-action.h"

#include "ns3/ospf-origination.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A router advertises a route from outside, or ends that. */
struct ExternalAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string node;
    OspfExternalRoute route;
    bool up{true};
};

} // namespace ns3

#endif
