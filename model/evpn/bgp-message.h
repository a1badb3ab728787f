// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §4: the four BGP messages; RFC 5492 capabilities, of them those of RFC 4760 (L2VPN EVPN,
// AFI 25 SAFI 70) and RFC 6793 (four-octet AS numbers); RFC 4724 §2's End-of-RIB marker. Reading is
// total: each byte string gives a message or the error of §6 that a NOTIFICATION reports.
// Departures: routes of other address families are stepped over and counted; ROUTE-REFRESH (RFC
// 2918) is not offered, and so is an unknown type.
#ifndef VXLAN_MULTICAST_BGP_MESSAGE_H
#define VXLAN_MULTICAST_BGP_MESSAGE_H

#include "ns3/bgp-error.h"
#include "ns3/bgp-path-attributes.h"
#include "ns3/evpn-nlri.h"

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>
#include <variant>
#include <vector>

namespace ns3
{

constexpr uint16_t BGP_AFI_L2VPN = 25; //!< RFC 7432 §7
constexpr uint8_t BGP_SAFI_EVPN = 70;  //!< RFC 7432 §7

/** A capability (RFC 5492 §4). */
struct BgpCapability
{
    static constexpr uint8_t MULTIPROTOCOL = 1;  //!< RFC 4760 §8
    static constexpr uint8_t FOUR_OCTET_AS = 65; //!< RFC 6793 §3

    uint8_t code{0};
    std::vector<uint8_t> value;
};

/** OPEN (§4.2). */
struct BgpOpen
{
    static constexpr uint8_t VERSION = 4;
    static constexpr uint16_t AS_TRANS = 23456; //!< RFC 6793: stands for an AS of more than 16 bits

    uint8_t version{VERSION};
    uint16_t myAs{0};
    uint16_t holdTime{180}; //!< seconds; 0: neither KEEPALIVEs nor a hold timer
    Ipv4Address identifier{Ipv4Address::GetAny()};
    /** Written each in a parameter of its own, as FRR does, unless only one parameter for all fits. */
    std::vector<BgpCapability> capabilities;

    /** \returns an OPEN with the two capabilities that this speaker has. */
    static BgpOpen Make(uint32_t as, uint16_t holdTime, Ipv4Address identifier);

    /** \returns the AS number, from the capability of RFC 6793 if that is there. */
    uint32_t GetAs() const;
    bool HasFourOctetAs() const;
    bool HasEvpn() const;

    void Write(WireWriter& writer) const;
    static BgpError Read(WireReader& reader, BgpOpen& open);
};

/** UPDATE (§4.3), with the EVPN routes of RFC 4760's attributes. */
struct BgpUpdate
{
    BgpPathAttributes attributes; //!< of the routes in `reach`
    EvpnNlriList reach;           //!< MP_REACH_NLRI
    EvpnNlriList unreach;         //!< MP_UNREACH_NLRI
    bool hasUnreach{false};       //!< MP_UNREACH_NLRI of EVPN is there
    bool hasReach{false};         //!< MP_REACH_NLRI of EVPN is there
    uint32_t ignored{0};          //!< routes of other address families

    /** \returns whether this marks the end of the initial routes (RFC 4724 §2). */
    bool IsEndOfRib() const
    {
        return hasUnreach && !hasReach && unreach.routes.empty() && unreach.ignored == 0;
    }

    /** Makes an End-of-RIB marker of EVPN. */
    static BgpUpdate MakeEndOfRib();

    void Write(WireWriter& writer, bool fourOctetAs = true) const;
    static BgpError Read(WireReader& reader, bool fourOctetAs, BgpUpdate& update);

    /** \returns the bytes of the whole message around the routes of MP_REACH_NLRI. */
    static std::size_t GetReachOverhead(const BgpPathAttributes& attributes);
    /** The bytes of the whole message around the routes of MP_UNREACH_NLRI. */
    static constexpr std::size_t UNREACH_OVERHEAD = 30;
};

/** KEEPALIVE (§4.4). */
struct BgpKeepalive
{
};

/** NOTIFICATION (§4.5). */
struct BgpNotification
{
    BgpError error;
};

/** A whole message with its 19-byte header (§4.1). */
struct BgpMessage
{
    static constexpr const char* TYPE_NAME = "ns3::BgpMessage";
    static constexpr std::size_t HEADER_SIZE = 19; //!< bytes
    static constexpr std::size_t MAX_SIZE = 4096;  //!< bytes

    /** Message types (§4.1). */
    enum Type : uint8_t
    {
        OPEN = 1,
        UPDATE = 2,
        NOTIFICATION = 3,
        KEEPALIVE = 4
    };

    using Body = std::variant<BgpOpen, BgpUpdate, BgpNotification, BgpKeepalive>;

    Body body;

    /** \returns 1 to 4. */
    Type GetType() const
    {
        return static_cast<Type>(body.index() + 1);
    }

    void Write(WireWriter& writer) const;
    std::vector<uint8_t> GetBytes() const;
    /**
     * Checks a header.
     * \param reader at least HEADER_SIZE bytes
     * \param size the length of the whole message, if the header is good
     */
    static BgpError ReadHeader(WireReader reader, std::size_t& size);
    /** Reads one whole message. */
    static BgpError Parse(WireReader& reader, bool fourOctetAs, BgpMessage& message);
    /** As Parse, with the error's name: for WireHeader. */
    static std::string Read(WireReader& reader, BgpMessage& message);
    void Print(std::ostream& os) const;
};

/** \returns "open", "update", "notification" or "keepalive". */
const char* ToString(BgpMessage::Type type);

/** Cuts a stream of bytes into messages. */
class BgpFramer
{
  public:
    void Append(const std::vector<uint8_t>& bytes);
    /**
     * Takes the next whole message out.
     * \param bytes the message, empty while none is complete
     * \returns the error of its header (§6.1)
     */
    BgpError Next(std::vector<uint8_t>& bytes);
    void Clear();

  private:
    std::vector<uint8_t> m_bytes;
    std::size_t m_from{0};
};

} // namespace ns3

#endif
