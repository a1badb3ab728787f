// SPDX-License-Identifier: GPL-2.0-only
// A sweep from its options to its tables and figures.
#ifndef VXLAN_MULTICAST_SWEEP_RUN_H
#define VXLAN_MULTICAST_SWEEP_RUN_H

#include "ns3/sweep-pool.h"

namespace ns3
{

/**
 * Computes the points that an earlier run has not done, writes sweep.csv and growth.csv, draws the
 * figures, and says where they are.
 * \param remote workers beside this machine's, or nullptr
 * \returns the program's exit status: 0, or 1 when a point or a figure failed
 * \throws InputError if the output directory cannot be used
 */
int RunSweep(const SweepOptions& options, const SweepFunction& compute, SweepRemote* remote);

} // namespace ns3

#endif
