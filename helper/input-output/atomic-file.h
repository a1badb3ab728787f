// SPDX-License-Identifier: GPL-2.0-only
// Files that are there whole or not at all.
#ifndef VXLAN_MULTICAST_ATOMIC_FILE_H
#define VXLAN_MULTICAST_ATOMIC_FILE_H

#include <string>

namespace ns3
{

/**
 * Replaces \p path whole or not at all: writes a file beside it, then renames it.
 * \returns false, with errno set, if that failed
 */
bool WriteFileWhole(const std::string& path, const std::string& content);

} // namespace ns3

#endif
