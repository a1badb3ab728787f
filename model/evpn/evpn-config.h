// SPDX-License-Identifier: GPL-2.0-only
// The constants and settings of a BGP speaker for EVPN, under their RFCs' names; EvpnProtocol's
// attributes reach into them.
#ifndef VXLAN_MULTICAST_EVPN_CONFIG_H
#define VXLAN_MULTICAST_EVPN_CONFIG_H

#include "ns3/bgp-path-attributes.h"
#include "ns3/ipv4-address.h"
#include "ns3/nstime.h"

#include <cstdint>

namespace ns3
{

/** RFC 4271 §10 and §8.1.1; RFC 7432 §15.1. */
struct BgpConfig
{
    Time holdTime{Seconds(180)};       //!< HoldTime offered; 0, or 3 s and more (§4.2)
    Time connectRetryTime{Seconds(5)}; //!< ConnectRetryTime; also IdleHoldTime
    Time delayOpenTime{Seconds(0)};    //!< DelayOpenTime; 0: DelayOpen is off
    Time openHoldTime{Seconds(240)};   //!< the "large value" of the HoldTimer before OPEN (§8.2.2)
    Time minRouteAdvertisementInterval{Seconds(0)}; //!< MinRouteAdvertisementIntervalTimer
    Time minAsOriginationInterval{Seconds(0)};      //!< MinASOriginationIntervalTimer
    Time advertisementDelay{MilliSeconds(50)};      //!< from a change to its UPDATE
    uint32_t localPreference{100};                  //!< LOCAL_PREF of own routes
    uint8_t ttlSecurity{0}; //!< links that peers are away at most (RFC 5082); 0: no matter
};

/** What one VTEP does with EVPN, in all its VNIs. */
struct EvpnConfig
{
    BgpConfig bgp;
    uint32_t as{65000};                           //!< the AS of this speaker and its peers
    Ipv4Address routerId{Ipv4Address::GetAny()};  //!< BGP Identifier
    Ipv4Address clusterId{Ipv4Address::GetAny()}; //!< CLUSTER_ID (RFC 4456 §7); any: the router id
    bool advertiseIp{true};                       //!< MAC/IP routes for addresses that ARP shows
    bool autoRouteTarget{false};                  //!< RFC 8365 §5.1.2.1's form; false: AS:VNI
    uint32_t duplicateMoves{5};       //!< N moves … (RFC 7432 §15.1); 0: no detection
    Time duplicateTime{Seconds(180)}; //!< … within M seconds
    uint32_t routeLimit{0};           //!< routes taken from one peer; 0: any number

    Ipv4Address GetClusterId() const
    {
        return clusterId == Ipv4Address::GetAny() ? routerId : clusterId;
    }
};

/** A peer; all are internal (RFC 4271 §1.1). */
struct EvpnPeerConfig
{
    Ipv4Address address{Ipv4Address::GetAny()};
    bool isClient{false};  //!< a client of this reflector (RFC 4456 §6)
    bool isPassive{false}; //!< PassiveTcpEstablishment: it connects, this speaker does not
};

/** One VNI on a VTEP: an EVPN instance with a MAC-VRF. */
struct EvpnVniConfig
{
    uint32_t vni{0};
    Ipv4Address vtep{Ipv4Address::GetAny()};             //!< own address: the next hop
    Ipv4Address group{Ipv4Address::GetAny()};            //!< floods to it; any: to each VTEP
    uint16_t tunnel{BgpExtendedCommunity::TUNNEL_VXLAN}; //!< encapsulation
    bool isSourceSpecific{false}; //!< VTEPs join each other's sources of the group (RFC 4607)
};

} // namespace ns3

#endif
