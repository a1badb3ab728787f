// SPDX-License-Identifier: GPL-2.0-only
// multicast-state: the graph model over seeds and trees, as a table.
#ifndef VXLAN_MULTICAST_STATE_RUN_H
#define VXLAN_MULTICAST_STATE_RUN_H

namespace ns3
{

/**
 * Runs the whole program.
 * \returns its exit status
 * \throws InputError for bad input
 * \throws std::runtime_error when the disk refuses
 */
int RunMulticastState(int argc, char* argv[]);

} // namespace ns3

#endif
