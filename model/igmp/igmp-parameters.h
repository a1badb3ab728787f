// SPDX-License-Identifier: GPL-2.0-only
// The timers, counters and defaults of RFC 3376 §8 (and RFC 2236 §8 where they differ), the SSM
// range of RFC 4604, and what the machines need of the link under them.
#ifndef VXLAN_MULTICAST_IGMP_PARAMETERS_H
#define VXLAN_MULTICAST_IGMP_PARAMETERS_H

#include "ns3/igmp-message.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{

/** Filter modes, RFC 3376 §2. */
enum class IgmpFilterMode : uint8_t
{
    INCLUDE, //!< only from the listed sources; with none: not at all
    EXCLUDE  //!< from all but the listed sources
};

/** Constants of a node's IGMP. A value of 0 at the start-up constants asks for RFC 3376's own. */
struct IgmpParameters
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
    uint32_t hostMembershipLimit{0};                 //!< groups per host interface; 0: no limit
    Ipv4Address ssmPrefix{"232.0.0.0"};              //!< RFC 4604
    Ipv4Mask ssmMask{"255.0.0.0"};                   //!< RFC 4604

    bool IsSsm(Ipv4Address group) const
    {
        return ssmMask.IsMatch(group, ssmPrefix);
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

/** What a host or querier machine asks of the interface that it runs on. */
class IgmpLink
{
  public:
    virtual ~IgmpLink() = default;
    /** Sends \p message to \p destination, and to the other machine of the same interface. */
    virtual void Send(const IgmpMessage& message, Ipv4Address destination) = 0;
    /** \returns the interface's own address; any when it has none. */
    virtual Ipv4Address GetAddress() const = 0;
    /** \returns true when \p address lies in a subnet of the interface. */
    virtual bool IsOnLink(Ipv4Address address) const = 0;
    /** \returns the greatest length of an IGMP message in bytes: the MTU less the IP header. */
    virtual uint32_t GetMaxMessageSize() const = 0;
};

/** The group of all systems: everyone is a member, and nobody says so. */
inline Ipv4Address
IgmpAllSystems()
{
    return Ipv4Address(0xe0000001);
}

} // namespace ns3

#endif
