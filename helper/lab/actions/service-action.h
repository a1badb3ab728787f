// SPDX-License-Identifier: GPL-2.0-only
// The action `service`.
#ifndef VXLAN_MULTICAST_SERVICE_ACTION_H
#define VXLAN_MULTICAST_SERVICE_ACTION_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/scenario-action.h"

#include <string>
#include <vector>

namespace ns3
{

class ActionReader;

/** The controller is told whom a shared MAC address reaches. */
struct ServiceAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string device; //!< of the members
    Ipv4Address address;
    Mac48Address mac;
    std::vector<std::string> members; //!< tenants
};

} // namespace ns3

#endif
