// SPDX-License-Identifier: GPL-2.0-only
// topologies/devices.yaml: how many multicast entries real devices hold, each with its source.
#ifndef VXLAN_MULTICAST_DEVICE_LIBRARY_H
#define VXLAN_MULTICAST_DEVICE_LIBRARY_H

#include "ns3/plan-limits.h"

#include <string>
#include <vector>

namespace ns3
{

/** One device, or one of its profiles. */
struct Device
{
    std::string name;  //!< what --device calls it
    std::string model; //!< in full
    PlanTierLimit limit;
    std::string source; //!< where the figure stands
    std::string line;   //!< its name in plots; empty: not drawn
};

/** \returns the devices of \p file in its order. \throws InputError */
std::vector<Device> ReadDevices(const std::string& file);

/**
 * \returns topologies/devices.yaml below the working directory, the program's, or one above that;
 *          the first of these names if there is none
 */
std::string FindDeviceLibrary();

/** \returns the devices to be drawn as lines, by their limit; none if there is no library. */
std::vector<Device> GetPlottedDevices();

} // namespace ns3

#endif
