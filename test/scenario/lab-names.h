// SPDX-License-Identifier: GPL-2.0-only
// What the scenarios of several files are about.
#ifndef VXLAN_MULTICAST_LAB_NAMES_H
#define VXLAN_MULTICAST_LAB_NAMES_H

#include "support/lab-program.h"

#include "ns3/ipv4-address.h"

inline const ns3::Ipv4Address GROUP("239.0.0.10");

#endif
