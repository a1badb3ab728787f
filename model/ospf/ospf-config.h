// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 Appendix B (architectural constants) and the throttles around them, Appendix C.3 (the
// parameters of an interface), in one place.
#ifndef VXLAN_MULTICAST_OSPF_CONFIG_H
#define VXLAN_MULTICAST_OSPF_CONFIG_H

#include "ns3/ipv4-address.h"
#include "ns3/ipv4-prefix.h"
#include "ns3/nstime.h"
#include "ns3/ospf-authentication-config.h"
#include "ns3/ospf-id.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** Numbers that every OSPF router shares (Appendix B), attributes of ns3::OspfRouting. */
struct OspfConfig
{
    Time lsRefreshTime{Seconds(1800)};  //!< LSRefreshTime
    Time minLsInterval{Seconds(5)};     //!< MinLSInterval
    Time minLsArrival{Seconds(1)};      //!< MinLSArrival
    Time maxAge{Seconds(3600)};         //!< MaxAge
    Time maxAgeDiff{Seconds(900)};      //!< MaxAgeDiff
    Time spfDelay{MilliSeconds(50)};    //!< from a change to the SPF calculation
    Time spfHold{MilliSeconds(200)};    //!< least time between two calculations; doubles in a storm
    Time spfMaxHold{Seconds(5)};        //!< where doubling ends
    Time floodPacing{MilliSeconds(33)}; //!< between floodings of a router under load; 0: none
    uint32_t floodBurst{64};            //!< floodings that go at once before pacing begins
    Time ackDelay{Seconds(1)};          //!< delayed acknowledgements wait as long (§13.5)
    Time helloJitter{Seconds(1)};       //!< the first Hello waits U(0, this)
    uint32_t maxPaths{16};              //!< equal-cost next hops kept per route
    uint32_t neighborLimit{0};          //!< neighbours on one interface; 0: any number
    uint32_t lsaLimit{0};            //!< LSAs in all databases, own ones not refused; 0: any number
    bool rfc1583Compatibility{true}; //!< RFC1583Compatibility (§16.4.1, Appendix C.1)
    bool stubRouter{false};          //!< not meant for transit: RFC 6987

    /** \returns MaxAge in the unit of LS age. */
    uint16_t GetMaxAge() const
    {
        return static_cast<uint16_t>(maxAge.ToInteger(Time::S));
    }
};

/** Type of the attached network (§1.2). */
enum class OspfNetworkType : uint8_t
{
    BROADCAST,
    POINT_TO_POINT,
    LOOPBACK //!< no network at all: an interface that is ever in state Loopback (§9.1)
};

/** Parameters of one interface (§9, Appendix C.3). */
struct OspfInterfaceConfig
{
    uint32_t index{0};                          //!< ns-3's interface number
    Ipv4Address address{Ipv4Address::GetAny()}; //!< own address
    Ipv4Mask mask{Ipv4Mask::GetZero()};         //!< of the attached network
    OspfId area;
    OspfNetworkType type{OspfNetworkType::BROADCAST};
    bool passive{false};
    bool unnumbered{false}; //!< point-to-point: the address is that of another interface
    bool overLan{false};    //!< point-to-point: of a medium that others may be on (RFC 5309)
    uint16_t cost{1};       //!< Interface output cost
    uint8_t priority{1};    //!< Router Priority; 0: never Designated Router
    uint16_t mtu{1500};     //!< bytes, of IP packets
    Time helloInterval{Seconds(10)};
    Time deadInterval{Seconds(40)}; //!< RouterDeadInterval
    Time rxmtInterval{Seconds(5)};
    Time transmitDelay{Seconds(1)}; //!< InfTransDelay
    OspfAuthenticationConfig authentication;
    std::vector<Ipv4Prefix> loopback; //!< of all addresses of an interface of type LOOPBACK
};

/** \returns the Link Data of a router-LSA's link: the address, or ifIndex of an unnumbered one. */
inline Ipv4Address
GetOspfLinkData(const OspfInterfaceConfig& config)
{
    return config.unnumbered ? Ipv4Address(config.index) : config.address;
}

/** InitialSequenceNumber (§12.1.6). */
constexpr int32_t OSPF_INITIAL_SEQUENCE_NUMBER = -0x7fffffff;
/** MaxSequenceNumber (§12.1.6). */
constexpr int32_t OSPF_MAX_SEQUENCE_NUMBER = 0x7fffffff;
/** LSInfinity: the metric of an unreachable destination. */
constexpr uint32_t OSPF_LS_INFINITY = 0xffffff;
/** MaxLinkMetric (RFC 6987 §2): of links that carry no transit traffic. */
constexpr uint16_t OSPF_MAX_LINK_METRIC = 0xffff;
/** The E-bit of the Options field (A.2): AS-external-LSAs are flooded here. */
constexpr uint8_t OSPF_OPTION_E = 0x02;

/** \returns AllSPFRouters. */
inline Ipv4Address
OspfAllSpfRouters()
{
    return Ipv4Address(0xe0000005);
}

/** \returns AllDRouters. */
inline Ipv4Address
OspfAllDRouters()
{
    return Ipv4Address(0xe0000006);
}

} // namespace ns3

#endif
