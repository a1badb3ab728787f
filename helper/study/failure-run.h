// SPDX-License-Identifier: GPL-2.0-only
// The program failure-study.
#ifndef VXLAN_MULTICAST_FAILURE_RUN_H
#define VXLAN_MULTICAST_FAILURE_RUN_H

namespace ns3
{

/** \returns the exit status. \throws InputError, TopologyError */
int RunFailureStudy(int argc, char* argv[]);

} // namespace ns3

#endif
