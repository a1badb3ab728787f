// SPDX-License-Identifier: GPL-2.0-only
// What control planes are told of tenants, apart from what they learn from frames.
//
// To add one: a class derived from LabTenantObserver, and a line in tenant-observers.cc.
#ifndef VXLAN_MULTICAST_TENANT_OBSERVERS_H
#define VXLAN_MULTICAST_TENANT_OBSERVERS_H

#include "ns3/lab-network.h"
#include "ns3/lab-tenants.h"

#include <memory>
#include <vector>

namespace ns3
{

/** \returns those of all control planes. \param network outlives them */
std::vector<std::unique_ptr<LabTenantObserver>> MakeTenantObservers(LabNetwork& network);

} // namespace ns3

#endif
