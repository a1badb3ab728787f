// SPDX-License-Identifier: GPL-2.0-only
// The parts of a run that tables and figures read.
#ifndef VXLAN_MULTICAST_RUN_STATE_H
#define VXLAN_MULTICAST_RUN_STATE_H

#include "ns3/lab-network.h"
#include "ns3/link-meter.h"
#include "ns3/run-recorder.h"
#include "ns3/run-traffic.h"

namespace ns3
{

/** The state of a run at the current time. */
struct RunState
{
    const LabNetwork& network;
    const LinkMeter& meter;
    const RunTraffic& traffic;
    const RunRecorder& recorder;
};

} // namespace ns3

#endif
