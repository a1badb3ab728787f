// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §4.3 and §5: path attributes; with RFC 4456 (ORIGINATOR_ID, CLUSTER_LIST), RFC 4360
// (extended communities), RFC 6514 §5 (PMSI Tunnel), RFC 7432 §7.7 (MAC Mobility) and RFC 8365
// §5.1.3 (encapsulation). AS numbers have four octets where both speakers can (RFC 6793).
#ifndef VXLAN_MULTICAST_BGP_PATH_ATTRIBUTES_H
#define VXLAN_MULTICAST_BGP_PATH_ATTRIBUTES_H

#include "ns3/bgp-error.h"
#include "ns3/ipv4-address.h"
#include "ns3/wire-buffer.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <vector>

namespace ns3
{

/** Attribute type codes. */
enum class BgpAttributeType : uint8_t
{
    ORIGIN = 1,
    AS_PATH = 2,
    NEXT_HOP = 3,
    MULTI_EXIT_DISC = 4,
    LOCAL_PREF = 5,
    ATOMIC_AGGREGATE = 6,
    AGGREGATOR = 7,
    ORIGINATOR_ID = 9,
    CLUSTER_LIST = 10,
    MP_REACH_NLRI = 14,
    MP_UNREACH_NLRI = 15,
    EXTENDED_COMMUNITIES = 16,
    PMSI_TUNNEL = 22
};

/** Attribute flags (RFC 4271 §4.3). */
enum BgpAttributeFlags : uint8_t
{
    BGP_OPTIONAL = 0x80,
    BGP_TRANSITIVE = 0x40,
    BGP_PARTIAL = 0x20,
    BGP_EXTENDED_LENGTH = 0x10
};

/** ORIGIN (§5.1.1). */
enum class BgpOrigin : uint8_t
{
    IGP = 0,
    EGP = 1,
    INCOMPLETE = 2
};

/** A segment of AS_PATH (§4.3 b). */
struct BgpAsSegment
{
    static constexpr uint8_t AS_SET = 1;
    static constexpr uint8_t AS_SEQUENCE = 2;

    uint8_t type{AS_SEQUENCE};
    std::vector<uint32_t> numbers;

    friend bool operator==(const BgpAsSegment& a, const BgpAsSegment& b)
    {
        return a.type == b.type && a.numbers == b.numbers;
    }
};

/** An extended community (RFC 4360): eight bytes as a number. */
struct BgpExtendedCommunity
{
    static constexpr uint16_t TUNNEL_VXLAN = 8; //!< encapsulations (RFC 8365 §11, RFC 9012)
    static constexpr uint16_t TUNNEL_GRE = 2;
    static constexpr uint16_t TUNNEL_NVGRE = 9;

    uint64_t value{0};

    /** \returns a Route Target AS:number; by RFC 5668 where the AS has more than 16 bits. */
    static BgpExtendedCommunity MakeRouteTarget(uint32_t as, uint32_t number);
    /** \returns RFC 8365 §5.1.2.1's auto-derived Route Target of a VXLAN's VNI. */
    static BgpExtendedCommunity MakeAutoRouteTarget(uint32_t as, uint32_t vni);
    static BgpExtendedCommunity MakeEncapsulation(uint16_t tunnel);
    static BgpExtendedCommunity MakeMacMobility(bool isSticky, uint32_t sequence);

    bool IsEncapsulation() const;
    bool IsMacMobility() const;

    /** \returns the tunnel type of an encapsulation community. */
    uint16_t GetTunnel() const
    {
        return static_cast<uint16_t>(value);
    }

    /** \returns the sequence number of a MAC Mobility community. */
    uint32_t GetSequence() const
    {
        return static_cast<uint32_t>(value);
    }

    /** \returns the static flag of a MAC Mobility community (RFC 7432 §7.7). */
    bool IsSticky() const
    {
        return (value >> 40 & 1) != 0;
    }

    friend bool operator==(BgpExtendedCommunity a, BgpExtendedCommunity b)
    {
        return a.value == b.value;
    }

    friend bool operator<(BgpExtendedCommunity a, BgpExtendedCommunity b)
    {
        return a.value < b.value;
    }
};

/** Prints FRR's form: "RT:65000:42", "ET:8", "MM:3"; hexadecimal digits for others. */
std::ostream& operator<<(std::ostream& os, BgpExtendedCommunity community);

/** The PMSI Tunnel attribute (RFC 6514 §5): how a VTEP receives or sends flooded frames. */
struct BgpPmsiTunnel
{
    /** Tunnel types. */
    enum Type : uint8_t
    {
        NONE = 0,
        PIM_SSM_TREE = 3,
        PIM_SM_TREE = 4,
        BIDIR_PIM_TREE = 5,
        INGRESS_REPLICATION = 6
    };

    uint8_t flags{0};
    uint8_t type{INGRESS_REPLICATION};
    uint32_t label{0};               //!< 24 bits: the VNI
    std::vector<uint8_t> identifier; //!< by type

    static BgpPmsiTunnel MakeIngressReplication(uint32_t vni, Ipv4Address endpoint);
    static BgpPmsiTunnel MakePimSmTree(uint32_t vni, Ipv4Address sender, Ipv4Address group);
    static BgpPmsiTunnel MakePimSsmTree(uint32_t vni, Ipv4Address sender, Ipv4Address group);

    /** \returns the end point (ingress replication) or the sender (PIM trees); any if none. */
    Ipv4Address GetEndpoint() const;
    /** \returns the group of a PIM tree; any for other types. */
    Ipv4Address GetGroup() const;

    friend bool operator==(const BgpPmsiTunnel& a, const BgpPmsiTunnel& b);
};

/** An attribute that is passed on as it came. */
struct BgpOpaqueAttribute
{
    uint8_t flags{0};
    uint8_t type{0};
    std::vector<uint8_t> value;

    friend bool operator==(const BgpOpaqueAttribute& a, const BgpOpaqueAttribute& b)
    {
        return a.flags == b.flags && a.type == b.type && a.value == b.value;
    }
};

/** What the routes of one UPDATE share. The next hop is that of MP_REACH_NLRI. */
struct BgpPathAttributes
{
    BgpOrigin origin{BgpOrigin::IGP};
    std::vector<BgpAsSegment> asPath;
    Ipv4Address nextHop{Ipv4Address::GetAny()};
    std::optional<uint32_t> med;       //!< MULTI_EXIT_DISC
    std::optional<uint32_t> localPref; //!< LOCAL_PREF
    std::optional<Ipv4Address> originatorId;
    std::vector<Ipv4Address> clusterList;
    std::vector<BgpExtendedCommunity> communities; //!< in the order of the wire
    std::optional<BgpPmsiTunnel> pmsi;
    std::vector<BgpOpaqueAttribute> opaque;

    /** Writes all but MP_REACH_NLRI and MP_UNREACH_NLRI. */
    void Write(WireWriter& writer, bool fourOctetAs) const;

    bool HasRouteTarget(BgpExtendedCommunity target) const;
    /** \returns whether one of the encapsulations is \p tunnel. */
    bool HasEncapsulation(uint16_t tunnel) const;
    /** \returns the sequence number of MAC Mobility; 0 without it (RFC 7432 §15). */
    uint32_t GetSequence() const;
    bool IsSticky() const;
    /** \returns the length of AS_PATH as RFC 4271 §9.1.2.2 a counts it: a set is one. */
    std::size_t GetAsPathLength() const;

    friend bool operator==(const BgpPathAttributes& a, const BgpPathAttributes& b);
};

/** Writes one attribute's flags, type and length, the length in two bytes if the flags say so. */
void
WriteBgpAttributeHeader(WireWriter& writer, uint8_t flags, BgpAttributeType type, std::size_t size);

/** An attribute as it stands in a message, its value not looked at. */
struct BgpRawAttribute
{
    uint8_t flags{0};
    uint8_t type{0};
    std::vector<uint8_t> value;

    /** Reads one. \returns false if it runs past the end. */
    static bool Read(WireReader& reader, BgpRawAttribute& attribute);
    /** \returns an UPDATE error that carries the attribute, as RFC 4271 §6.3 asks. */
    BgpError MakeError(uint8_t subcode) const;
    /** \returns the error of flags or length (§6.3) of a known attribute, or of an unknown
     * well-known one. */
    BgpError CheckForm(bool fourOctetAs) const;
    /** Reads the value into \p attributes, MP_REACH_NLRI and MP_UNREACH_NLRI aside. */
    BgpError Parse(bool fourOctetAs, BgpPathAttributes& attributes) const;
};

} // namespace ns3

#endif
