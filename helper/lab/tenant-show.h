// SPDX-License-Identifier: GPL-2.0-only
// What `bridge fdb show` prints of the bridges that tenants are on.
#ifndef VXLAN_MULTICAST_TENANT_SHOW_H
#define VXLAN_MULTICAST_TENANT_SHOW_H

#include "ns3/lab-network.h"
#include "ns3/lab-tenants.h"

#include <ostream>

namespace ns3
{

/**
 * Prints the addresses behind the ports of the bridges on \p node, access ports first, in iproute2's
 * words. The bridge of VNI 42 is called br42.
 */
void ShowTenantFdb(std::ostream& os, const LabTenants& tenants, const LabNode& node);

} // namespace ns3

#endif
