// SPDX-License-Identifier: GPL-2.0-only
// Constants of RFC 9301, under its names where it gives some.
#ifndef VXLAN_MULTICAST_MAP_CONFIG_H
#define VXLAN_MULTICAST_MAP_CONFIG_H

#include "ns3/map-message.h"
#include "ns3/nstime.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace ns3
{

/** What both ends share (§5.6). */
struct MapKeyConfig
{
    uint8_t algorithm{MAP_HMAC_SHA256_128};
    uint8_t keyId{1};
    std::string key{"vxlan"}; //!< the shared secret
};

/**
 * §5.6: the last nonce of each VTEP whose Map-Registers are believed, in the server's persistent
 * storage. A VTEP that sends no xTR-ID is known by its address.
 */
using MapRegisterNonces = std::map<std::pair<MapXtrId, Ipv4Address>, uint64_t>;

/** A map server. */
struct MapServerConfig
{
    MapKeyConfig key;
    Time registrationTimeout{Seconds(180)}; //!< §8.2: three registrations missed
    Time ttl{Seconds(300)};                 //!< of the records in Map-Replies; whole minutes
    uint32_t negativeTtl{1};                //!< §8.2: of negative replies, minutes
    Time notifyRetryTime{Seconds(3)};       //!< §5.7: an unsolicited Map-Notify without an ack
    uint32_t notifyRetries{3};              //!< §5.7
};

/** A VTEP's end. */
struct MapXtrConfig
{
    MapKeyConfig key;
    Ipv4Address server;
    Ipv4Address locator;                //!< the VTEP's own address
    Time registerInterval{Seconds(60)}; //!< §8.2
    Time registerRetryTime{Seconds(5)}; //!< a Map-Register without a Map-Notify
    Time requestRetryTime{Seconds(1)};  //!< a Map-Request without a reply; doubled each time
    uint32_t requestRetries{3};         //!< §5.2 leaves that open
    Time solicitInterval{Seconds(1)};   //!< at most one SMR for an EID to a VTEP in this time
    Time ttl{Seconds(300)};             //!< in Map-Registers; whole minutes
    uint32_t waitingFrames{16};         //!< kept per EID until it is resolved
    uint32_t recordsPerMessage{30};     //!< 30 records of one locator are 1,300 bytes
    bool floodUnknown{true};            //!< frames to EIDs that nobody registered
};

/** \returns \p time in whole minutes, at least one. */
inline uint32_t
ToMapTtl(Time time)
{
    const double minutes = time.GetSeconds() / 60;
    const auto whole = static_cast<uint32_t>(minutes);
    return whole == 0 || whole < minutes ? whole + 1 : whole;
}

} // namespace ns3

#endif
