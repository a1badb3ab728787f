// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §5.4: a mapping and its locators; RFC 8060 §4.1: an EID is an address in a VNI's
// instance, a MAC (AFI 16389) or an IPv4 address (AFI 1). A MAC's locators are VTEPs, an IPv4
// address's "locator" is the MAC that answers for it (draft-ietf-lisp-eid-mobility §3.4).
// Departure: IPv4 locators alone.
#ifndef VXLAN_MULTICAST_MAP_RECORD_H
#define VXLAN_MULTICAST_MAP_RECORD_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"

#include <cstdint>
#include <iosfwd>
#include <tuple>
#include <vector>

namespace ns3
{

/** An address of an instance (RFC 9300 §3, EID; RFC 8060 §4.1, Instance ID). */
struct MapEid
{
    enum class Kind : uint8_t
    {
        MAC, //!< AFI 16389
        IPV4 //!< AFI 1
    };

    uint32_t instance{0}; //!< the VNI
    Kind kind{Kind::MAC};
    uint64_t address{0};

    static MapEid Of(uint32_t instance, Mac48Address mac);
    static MapEid Of(uint32_t instance, Ipv4Address ip);
    Mac48Address GetMac() const;
    Ipv4Address GetIpv4() const;

    /** \returns what it consists of, for KeyHash. */
    auto GetFields() const
    {
        return std::tie(instance, kind, address);
    }

    friend bool operator==(const MapEid& a, const MapEid& b)
    {
        return a.GetFields() == b.GetFields();
    }

    friend bool operator<(const MapEid& a, const MapEid& b)
    {
        return a.GetFields() < b.GetFields();
    }
};

std::ostream& operator<<(std::ostream& os, const MapEid& eid);

/** §5.4: one locator of a record. */
struct MapLocator
{
    uint8_t priority{1};
    uint8_t weight{100};
    uint8_t multicastPriority{255};
    uint8_t multicastWeight{0};
    bool local{false};    //!< L
    bool probed{false};   //!< p
    bool reachable{true}; //!< R
    bool isMac{false};    //!< the locator of an IPv4 EID
    uint64_t address{0};

    static MapLocator Of(Ipv4Address vtep);
    static MapLocator Of(Mac48Address mac);
    Ipv4Address GetIpv4() const;
    Mac48Address GetMac() const;

    friend bool operator==(const MapLocator& a, const MapLocator& b)
    {
        return a.isMac == b.isMac && a.address == b.address;
    }
};

/** §5.4: what to do with packets to an EID without locators. */
enum class MapAction : uint8_t
{
    NO_ACTION = 0,
    NATIVELY_FORWARD = 1,
    SEND_MAP_REQUEST = 2,
    DROP = 3
};

/** §5.4: a mapping. */
struct MapRecord
{
    uint32_t ttl{0}; //!< minutes; 0: withdrawn
    MapAction action{MapAction::NO_ACTION};
    bool authoritative{true};
    uint16_t version{0};
    MapEid eid;
    std::vector<MapLocator> locators;
};

} // namespace ns3

#endif
