// SPDX-License-Identifier: GPL-2.0-only
// The action `rp`. RFC 7761 §4.7: a static RP.
#ifndef VXLAN_MULTICAST_RP_ACTION_H
#define VXLAN_MULTICAST_RP_ACTION_H

#include "ns3/scenario-action.h"

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-prefix.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A router is told of an RP by hand, or that it is none any more. */
struct RpAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Run(ScenarioRun& run) const override;

    std::string node;
    Ipv4Prefix range;
    Ipv4Address address{Ipv4Address::GetAny()};
    bool up{true};
};

} // namespace ns3

#endif
