// SPDX-License-Identifier: GPL-2.0-only
// The timers, counters and defaults of RFC 3376 §8 (and RFC 2236 §8 where they differ), and the SSM
// range of RFC 4604.
#ifndef VXLAN_MULTICAST_IGMP_CONFIG_H
#define VXLAN_MULTICAST_IGMP_CONFIG_H

#include "ns3/ipv4-prefix.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{

/** Constants of a node's IGMP. A value of 0 at the start-up constants asks for RFC 3376's own. */
struct IgmpConfig
{
    uint8_t robustness{2};                           //!< §8.1
    Time queryInterval{Seconds(125)};                //!< §8.2
    Time queryResponseInterval{Seconds(10)};         //!< §8.3
    Time startupQueryInterval{Seconds(0)};           //!< §8.6; 0: a quarter of the query interval
    uint8_t startupQueryCount{0};                    //!< §8.7; 0: the robustness variable
    Time lastMemberQueryInterval{Seconds(1)};        //!< §8.8
    uint8_t lastMemberQueryCount{0};                 //!< §8.9; 0: the robustness variable
    Time unsolicitedReportInterval{Seconds(1)};      //!< §8.11, version 3
    Time unsolicitedReportIntervalV2{Seconds(10)};   //!< RFC 2236 §8.10, versions 1 and 2
    Time version1RouterPresentTimeout{Seconds(400)}; //!< RFC 2236 §8.11, for a version 2 host
    bool fastLeave{false};                           //!< leaves take effect without a query
    uint32_t membershipLimit{0};                     //!< groups per querier interface; 0: no limit
    uint32_t sourceLimit{0};            //!< sources per group of a querier interface; 0: no limit
    uint32_t hostMembershipLimit{0};    //!< groups per host interface; 0: no limit
    Ipv4Prefix ssmRange{0xe8000000, 8}; //!< RFC 4604

    bool IsSsm(Ipv4Address group) const
    {
        return ssmRange.Contains(group);
    }

    uint8_t GetStartupQueryCount() const
    {
        return startupQueryCount != 0 ? startupQueryCount : robustness;
    }

    Time GetStartupQueryInterval() const
    {
        return startupQueryInterval.IsZero() ? queryInterval / 4 : startupQueryInterval;
    }

    uint8_t GetLastMemberQueryCount() const
    {
        return lastMemberQueryCount != 0 ? lastMemberQueryCount : robustness;
    }

    /** [Last Member Query Time], §8.10. */
    Time GetLastMemberQueryTime() const
    {
        return lastMemberQueryInterval * static_cast<int64_t>(GetLastMemberQueryCount());
    }

    /** [Older Version Querier Present Timeout], §8.12. */
    Time GetOlderVersionQuerierPresentTimeout() const
    {
        return queryInterval * static_cast<int64_t>(robustness) + queryResponseInterval;
    }
};

} // namespace ns3

#endif
