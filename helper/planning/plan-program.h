// SPDX-License-Identifier: GPL-2.0-only
// The program multicast-plan.
#ifndef VXLAN_MULTICAST_PLAN_PROGRAM_H
#define VXLAN_MULTICAST_PLAN_PROGRAM_H

namespace ns3
{

/** \returns the exit status: 0 a plan was found; 1 none fits; 130 interrupted. \throws InputError
 */
int RunPlanProgram(int argc, char* argv[]);

} // namespace ns3

#endif
