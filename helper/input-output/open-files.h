// SPDX-License-Identifier: GPL-2.0-only
// How many files a process may have open: a limit of the system, which ns-3 meets with an abort.
#ifndef VXLAN_MULTICAST_OPEN_FILES_H
#define VXLAN_MULTICAST_OPEN_FILES_H

#include <cstddef>

namespace ns3
{

/**
 * Sees to it that \p count more files can be opened at once, beside a few for the program itself:
 * raises the soft limit as far as the hard one allows.
 * \returns how many more can be opened, which is less than \p count if the limit stays too low
 */
std::size_t ReserveOpenFiles(std::size_t count);

} // namespace ns3

#endif
