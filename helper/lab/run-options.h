// SPDX-License-Identifier: GPL-2.0-only
// What a run is asked for, besides its scenario. Plain data.
#ifndef VXLAN_MULTICAST_RUN_OPTIONS_H
#define VXLAN_MULTICAST_RUN_OPTIONS_H

#include "ns3/captures.h"

#include <string>

namespace ns3
{

/** Options of vxlan-lab. */
struct RunOptions
{
    std::string output; //!< directory
    CaptureList pcap;
    bool figures{false};
    bool progress{false}; //!< report progress on stderr
};

} // namespace ns3

#endif
