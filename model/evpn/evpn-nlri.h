// SPDX-License-Identifier: GPL-2.0-only
// RFC 7432 §7: EVPN routes as they stand in MP_REACH_NLRI and MP_UNREACH_NLRI. MAC/IP Advertisement
// (type 2, §7.2) and Inclusive Multicast Ethernet Tag (type 3, §7.3), with IPv4 addresses.
// Departures: the other types (1, 4; RFC 9136's 5; …) and IPv6 addresses are stepped over and
// counted, not reflected.
#ifndef VXLAN_MULTICAST_EVPN_NLRI_H
#define VXLAN_MULTICAST_EVPN_NLRI_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/wire-buffer.h"

#include <array>
#include <cstdint>
#include <ostream>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

/** A Route Distinguisher (RFC 4364 §4.2, RFC 7432 §7.9). */
struct RouteDistinguisher
{
    uint64_t value{0}; //!< the eight bytes as a number

    /** \returns type 1: an IPv4 address and a number. */
    static RouteDistinguisher MakeIpv4(Ipv4Address address, uint16_t number)
    {
        return {uint64_t(1) << 48 | uint64_t(address.Get()) << 16 | number};
    }

    friend bool operator==(RouteDistinguisher a, RouteDistinguisher b)
    {
        return a.value == b.value;
    }

    friend bool operator<(RouteDistinguisher a, RouteDistinguisher b)
    {
        return a.value < b.value;
    }
};

/** Prints "192.168.1.1:2", "65000:42" or, for an unknown type, hexadecimal digits. */
std::ostream& operator<<(std::ostream& os, RouteDistinguisher rd);

/** Route types (RFC 7432 §7). */
enum class EvpnRouteType : uint8_t
{
    MAC_IP = 2,             //!< MAC/IP Advertisement
    INCLUSIVE_MULTICAST = 3 //!< Inclusive Multicast Ethernet Tag
};

/** \returns the address as a number, for keys and comparisons. */
uint64_t PackMac(Mac48Address mac);
Mac48Address UnpackMac(uint64_t mac);

/** The part of a route that is its identity: all that two routes to be compared share (§7.2). */
struct EvpnRouteKey
{
    RouteDistinguisher rd;
    EvpnRouteType type{EvpnRouteType::MAC_IP};
    bool hasIp{false};       //!< of type 2; type 3 always has one
    uint32_t ethernetTag{0}; //!< 0 in a VXLAN (RFC 8365 §5.1.3)
    uint64_t mac{0};         //!< packed; type 2
    uint32_t ip{0};          //!< the host's, or the originating router's (type 3)

    static EvpnRouteKey MakeMac(RouteDistinguisher rd, Mac48Address mac);
    static EvpnRouteKey MakeMacIp(RouteDistinguisher rd, Mac48Address mac, Ipv4Address ip);
    static EvpnRouteKey MakeInclusiveMulticast(RouteDistinguisher rd, Ipv4Address originator);

    Mac48Address GetMac() const
    {
        return UnpackMac(mac);
    }

    Ipv4Address GetIp() const
    {
        return Ipv4Address(ip);
    }

    /** \returns the bytes of the NLRI on the wire, type and length included. */
    std::size_t GetWireSize() const
    {
        return type == EvpnRouteType::MAC_IP ? (hasIp ? 39 : 35) : 19;
    }

    friend bool operator==(const EvpnRouteKey& a, const EvpnRouteKey& b)
    {
        return a.rd == b.rd && a.type == b.type && a.ethernetTag == b.ethernetTag &&
               a.mac == b.mac && a.hasIp == b.hasIp && a.ip == b.ip;
    }

    friend bool operator<(const EvpnRouteKey& a, const EvpnRouteKey& b)
    {
        return std::tie(a.rd, a.type, a.ethernetTag, a.mac, a.hasIp, a.ip) <
               std::tie(b.rd, b.type, b.ethernetTag, b.mac, b.hasIp, b.ip);
    }
};

/** Prints FRR's form: "[2]:[0]:[48]:[02:00:01:00:00:2a]:[32]:[192.168.99.1]". */
std::ostream& operator<<(std::ostream& os, const EvpnRouteKey& key);

/** A route of an UPDATE: its identity and what else its NLRI says. */
struct EvpnNlri
{
    static constexpr uint32_t NO_LABEL = 0xffffffff;

    EvpnRouteKey key;
    std::array<uint8_t, 10> esi{}; //!< Ethernet Segment Identifier; 0: single-homed
    uint32_t label{0};             //!< MPLS Label1: the VNI (RFC 8365 §5.1.3); 0 in withdrawals
    uint32_t label2{NO_LABEL};     //!< MPLS Label2, passed on

    /** \returns its bytes on the wire, type and length included. */
    std::size_t GetWireSize() const
    {
        return key.GetWireSize() + (label2 == NO_LABEL ? 0 : 3);
    }

    void Write(WireWriter& writer) const;

    friend bool operator==(const EvpnNlri& a, const EvpnNlri& b)
    {
        return a.key == b.key && a.esi == b.esi && a.label == b.label && a.label2 == b.label2;
    }
};

/** The routes of one attribute, and how many were stepped over. */
struct EvpnNlriList
{
    std::vector<EvpnNlri> routes;
    uint32_t ignored{0};

    void Write(WireWriter& writer) const;
    /** Reads to the end of \p reader. \returns false where a length or field is wrong. */
    static bool Read(WireReader& reader, EvpnNlriList& list);
};

} // namespace ns3

#endif
