// SPDX-License-Identifier: GPL-2.0-only
// What a scenario may name as `node`: a node of the topology, or a tenant.
#ifndef VXLAN_MULTICAST_LAB_HOST_H
#define VXLAN_MULTICAST_LAB_HOST_H

#include "ns3/igmp-protocol.h"
#include "ns3/lab-network.h"
#include "ns3/lab-tenants.h"

#include <string>

namespace ns3
{

/** What nodes and tenants have in common. */
struct LabHost
{
    std::string name;
    Ptr<Node> node;
    Ptr<IgmpProtocol> igmp; //!< null: it has no IP stack
    EchoSource* echo;       //!< lives as long as the host
};

/** \returns the tenant or node called \p name, which is there. */
LabHost GetLabHost(const LabNetwork& network, const LabTenants& tenants, const std::string& name);

} // namespace ns3

#endif
