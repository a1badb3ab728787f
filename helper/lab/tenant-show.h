// SPDX-License-Identifier: GPL-2.0-only
// What show commands print of the bridges that tenants are on.
#ifndef VXLAN_MULTICAST_TENANT_SHOW_H
#define VXLAN_MULTICAST_TENANT_SHOW_H

#include "ns3/lab-network.h"
#include "ns3/lab-tenants.h"

#include <ostream>
#include <string>

namespace ns3
{

/**
 * Prints the addresses behind the ports of the bridges on \p node, access ports first, in iproute2's
 * words. The bridge of VNI 42 is called br42.
 * \param only this VXLAN device alone; empty: all ports
 */
void ShowTenantFdb(std::ostream& os,
                   const LabTenants& tenants,
                   const LabNode& node,
                   const std::string& only = "");

/** Prints what \p command shows on \p node, as Show does, with what is known of its tenants. */
void ShowVtep(std::ostream& os,
              const LabTenants& tenants,
              const LabNode& node,
              const std::string& command);

} // namespace ns3

#endif
