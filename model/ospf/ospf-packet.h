// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 A.3: the five OSPF packets. Null authentication (AuType 0) only; what follows the OSPF
// length in the IP packet (a link-local signalling block, say) is ignored.
#ifndef VXLAN_MULTICAST_OSPF_PACKET_H
#define VXLAN_MULTICAST_OSPF_PACKET_H

#include "ns3/ospf-lsa.h"

#include <ostream>
#include <string>
#include <variant>
#include <vector>

namespace ns3
{

/** Hello (A.3.2). */
struct OspfHello
{
    OspfMask networkMask;
    uint16_t helloInterval{10}; //!< seconds
    uint8_t options{0};
    uint8_t priority{1};
    uint32_t deadInterval{40}; //!< RouterDeadInterval, seconds
    Ipv4Address designatedRouter{Ipv4Address::GetAny()};
    Ipv4Address backupDesignatedRouter{Ipv4Address::GetAny()};
    std::vector<OspfId> neighbors; //!< router ids
};

/** Database Description (A.3.3). */
struct OspfDatabaseDescription
{
    uint16_t mtu{0}; //!< bytes; 0 on virtual links
    uint8_t options{0};
    bool init{false};   //!< bit I
    bool more{false};   //!< bit M
    bool master{false}; //!< bit MS
    uint32_t sequence{0};
    std::vector<OspfLsaHeader> headers;
};

/** Link State Request (A.3.4). */
struct OspfLinkStateRequest
{
    /** One LSA asked for; the type is as on the wire. */
    struct Item
    {
        uint32_t type{0};
        OspfId linkStateId;
        OspfId advertisingRouter;
    };

    std::vector<Item> items;
};

/** Link State Update (A.3.5). */
struct OspfLinkStateUpdate
{
    std::vector<OspfLsa> lsas;
};

/** Link State Acknowledgment (A.3.6). */
struct OspfLinkStateAck
{
    std::vector<OspfLsaHeader> headers;
};

/** A whole packet: the 24-byte header (A.3.1) and its body. */
struct OspfPacket
{
    static constexpr const char* TYPE_NAME = "ns3::OspfPacket";
    static constexpr uint8_t PROTOCOL = 89;     //!< the IP protocol number (A.1)
    static constexpr uint16_t HEADER_SIZE = 24; //!< bytes

    using Body = std::variant<OspfHello,
                              OspfDatabaseDescription,
                              OspfLinkStateRequest,
                              OspfLinkStateUpdate,
                              OspfLinkStateAck>;

    OspfId routerId;
    OspfId areaId;
    uint16_t authenticationType{0};
    Body body;

    /** \returns "Hello", "Database Description", … */
    static const char* GetName(const Body& body);
    /** \returns D.4's checksum of a packet that has at least its header: not over authentication. */
    static uint16_t ComputeChecksum(const uint8_t* bytes, std::size_t size);

    /** \returns 1 to 5. */
    uint8_t GetType() const
    {
        return static_cast<uint8_t>(body.index() + 1);
    }

    /** Writes the packet with its length and checksum. */
    void Write(WireWriter& writer) const;
    /** \returns empty, "truncated", "version", "length", "checksum", "authentication" or "type". */
    static std::string Read(WireReader& reader, OspfPacket& packet);
    void Print(std::ostream& os) const;
};

} // namespace ns3

#endif
