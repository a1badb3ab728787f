// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.11: the timer values of Joins and Prunes, Asserts, sources and Registers.
#ifndef VXLAN_MULTICAST_PIM_TIMER_VALUES_H
#define VXLAN_MULTICAST_PIM_TIMER_VALUES_H

#include "ns3/nstime.h"

#include <algorithm>

namespace ns3
{

/** RFC 7761 §4.11: timer values that are configured, not learned from neighbours. */
struct PimTimerValues
{
    Time joinPrunePeriod{Seconds(60)};         //!< t_periodic
    Time joinPruneHoldtime{Seconds(210)};      //!< J/P_Holdtime
    Time assertTime{Seconds(180)};             //!< Assert_Time
    Time assertOverrideInterval{Seconds(3)};   //!< Assert_Override_Interval
    Time assertDataInterval{Seconds(1)};       //!< minimum time between Asserts that data triggers
    Time keepalivePeriod{Seconds(210)};        //!< Keepalive_Period
    Time registerSuppressionTime{Seconds(60)}; //!< Register_Suppression_Time
    Time registerProbeTime{Seconds(5)};        //!< Register_Probe_Time
    Time pollInterval{Seconds(0)}; //!< polling interval for thresholds; 0: check on every packet
    double registerRate{0};        //!< Registers per second and (S,G); 0: no limit
    double registerStopRate{0};    //!< Register-Stops per second, (S,G) and DR; 0: no limit

    /** RP_Keepalive_Period, but never less than Keepalive_Period (erratum 5342). */
    Time GetRpKeepalivePeriod() const
    {
        return std::max<Time>(keepalivePeriod, 3 * registerSuppressionTime + registerProbeTime);
    }
};

} // namespace ns3

#endif
