// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §5: Map-Request, Map-Reply, Map-Register, Map-Notify, Map-Notify-Ack and the
// Encapsulated Control Message. Reading is total: any bytes give a message or a named error.
// Departures: no LISP-SEC, Map-Referral and Info-Request; the Map-Reply record inside a Map-Request
// (M bit) is refused.
#ifndef VXLAN_MULTICAST_MAP_MESSAGE_H
#define VXLAN_MULTICAST_MAP_MESSAGE_H

#include "ns3/map-record.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

namespace ns3
{

constexpr uint16_t MAP_PORT = 4342; //!< UDP, IANA

/** §5.2 */
struct MapRequest
{
    bool authoritative{false};
    bool probe{false};
    bool solicit{false};        //!< S: a solicit-map-request (SMR)
    bool solicitInvoked{false}; //!< s: asked because of an SMR
    uint64_t nonce{0};
    bool hasSource{false};
    MapEid source;                        //!< of an SMR: the EID whose mapping has changed
    std::vector<Ipv4Address> itrLocators; //!< 1 to 32: where the reply goes
    std::vector<MapEid> eids;
};

/** §5.4 */
struct MapReply
{
    bool probe{false};
    uint64_t nonce{0};
    std::vector<MapRecord> records;
};

/** §5.6: how a message is authenticated. */
struct MapAuthentication
{
    uint8_t keyId{0};
    uint8_t algorithm{0}; //!< 0 none, 1 HMAC-SHA-1-96, 2 HMAC-SHA-256-128, 3 with HKDF-SHA256
    std::vector<uint8_t> data;
};

/** §5.6: who registers, whatever the addresses of its messages. */
struct MapXtrId
{
    std::array<uint8_t, 16> xtr{}; //!< xTR-ID
    uint64_t site{0};              //!< Site-ID

    /** \returns the id of a VTEP: its address in the last four bytes. */
    static MapXtrId Of(Ipv4Address locator);

    friend bool operator==(const MapXtrId& a, const MapXtrId& b)
    {
        return a.xtr == b.xtr && a.site == b.site;
    }

    friend bool operator<(const MapXtrId& a, const MapXtrId& b)
    {
        return std::tie(a.xtr, a.site) < std::tie(b.xtr, b.site);
    }
};

/** §5.6 */
struct MapRegister
{
    bool proxyReply{true};  //!< P: the server answers Map-Requests
    bool useTtl{false};     //!< T: the records' TTL is the time to time out
    bool merge{false};      //!< a: add to the locators that others have registered (RFC 8378)
    bool wantsNotify{true}; //!< M
    uint64_t nonce{0};
    MapAuthentication authentication;
    std::vector<MapRecord> records;
    std::optional<MapXtrId> id{}; //!< I
};

/** §5.7; with \c ack a Map-Notify-Ack. */
struct MapNotify
{
    bool ack{false};
    uint64_t nonce{0};
    MapAuthentication authentication;
    std::vector<MapRecord> records;
};

/** §5.8: a Map-Request on its way to a Map-Resolver. */
struct MapEncapsulated
{
    Ipv4Address source;      //!< of the inner IPv4 header
    Ipv4Address destination; //!< of the inner IPv4 header
    uint16_t sourcePort{MAP_PORT};
    MapRequest request;
};

/** One message. */
struct MapMessage
{
    using Body = std::variant<MapRequest, MapReply, MapRegister, MapNotify, MapEncapsulated>;

    Body body;

    /** \returns "map-request", "solicit-map-request", "map-reply", …. */
    const char* GetName() const;
    std::vector<uint8_t> ToBytes() const;
    /** \returns empty, or what is wrong: "truncated", "type", "eid-afi", "lcaf", … */
    static std::string Read(const std::vector<uint8_t>& bytes, MapMessage& message);
};

/** \returns a name for counts even of what cannot be read. */
const char* GetMapMessageName(const std::vector<uint8_t>& bytes);

/** Algorithms of §12.5 that are known. */
enum MapAlgorithm : uint8_t
{
    MAP_NONE = 0,
    MAP_HMAC_SHA1_96 = 1,
    MAP_HMAC_SHA256_128 = 2,
    MAP_HMAC_SHA256_128_HKDF = 3
};

/**
 * Signs a Map-Register, Map-Notify or Map-Notify-Ack (§5.6): over the whole message with the
 * authentication data zero. \returns the bytes to send
 */
std::vector<uint8_t>
SignMapMessage(MapMessage message, uint8_t algorithm, uint8_t keyId, const std::string& key);
/** \returns whether \p bytes, whose meaning is \p message, are signed with this key. */
bool VerifyMapMessage(const std::vector<uint8_t>& bytes,
                      const MapMessage& message,
                      uint8_t algorithm,
                      const std::string& key);

} // namespace ns3

#endif
