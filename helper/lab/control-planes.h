// SPDX-License-Identifier: GPL-2.0-only
// The control planes that a scenario's vxlan event may name. To add one: a line in
// control-planes.cc.
#ifndef VXLAN_MULTICAST_CONTROL_PLANES_H
#define VXLAN_MULTICAST_CONTROL_PLANES_H

#include "ns3/vxlan-helper.h"
#include "ns3/vxlan-spec.h"

#include <string>
#include <vector>

namespace ns3
{

/** \returns the names that the key `control` takes. Those of `group` and `remotes` are not among
 * them. */
std::vector<std::string> GetScenarioControlPlanes();

/** Gives \p helper the control plane that \p vxlan names: VxlanSpec::control. */
void ConfigureControlPlane(VxlanHelper& helper, const VxlanSpec& vxlan);

} // namespace ns3

#endif
