// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 Appendix D: simple passwords and cryptographic authentication with MD5; RFC 5709: the
// latter with HMAC-SHA. Both as a layer around the packets of A.3: what is not configured here is
// null authentication, whose bytes are OspfPacket's.
// Departure: keys have no lifetimes. All keys of an interface are accepted and the last one signs,
// so that keys are changed as D.3 describes it.
#ifndef VXLAN_MULTICAST_OSPF_AUTHENTICATION_H
#define VXLAN_MULTICAST_OSPF_AUTHENTICATION_H

#include "ns3/enum-names.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/** How the packets of an interface are authenticated. */
enum class OspfAuthenticationType : uint8_t
{
    NONE,   //!< AuType 0 (D.1)
    SIMPLE, //!< AuType 1 (D.2): the password stands in each packet
    // AuType 2 (D.3)
    MD5,
    HMAC_SHA_1,
    HMAC_SHA_256,
    HMAC_SHA_384,
    HMAC_SHA_512
};

template <>
struct EnumNames<OspfAuthenticationType>
{
    static constexpr const char* NAMES[] =
        {"none", "simple", "md5", "hmac-sha-1", "hmac-sha-256", "hmac-sha-384", "hmac-sha-512"};
};

/** Why a packet is not believed. */
enum class OspfAuthenticationError : uint8_t
{
    NONE,
    TYPE,     //!< another AuType than this interface has
    KEY,      //!< the wrong password, or no key of that number
    DIGEST,   //!< the wrong one, or of the wrong length
    SEQUENCE, //!< less than one that has come from this neighbour (D.3)
    CHECKSUM, //!< of AuType 1
    TRUNCATED
};

template <>
struct EnumNames<OspfAuthenticationError>
{
    static constexpr const char* NAMES[] = {"",
                                            "authentication",
                                            "authentication-key",
                                            "authentication-digest",
                                            "authentication-sequence",
                                            "checksum",
                                            "truncated"};
};

/** A shared secret. */
struct OspfAuthenticationKey
{
    uint8_t id{1};      //!< Key ID; nothing to simple passwords
    std::string secret; //!< a password has up to 8 bytes, an MD5 key up to 16
};

/** What an interface's packets are authenticated with. */
struct OspfAuthenticationConfig
{
    OspfAuthenticationType type{OspfAuthenticationType::NONE};
    std::vector<OspfAuthenticationKey> keys; //!< all are accepted, the last one signs

    /** \returns the bytes that follow each packet, which its length does not count. */
    std::size_t GetTrailerSize() const;
    /** \throws std::invalid_argument with what is wrong */
    void Check() const;
};

/**
 * \param text keys as "1=secret 2=another"
 * \throws std::invalid_argument
 */
std::vector<OspfAuthenticationKey> ParseOspfAuthenticationKeys(const std::string& text);
/** \returns the text of \p keys. */
std::string FormatOspfAuthenticationKeys(const std::vector<OspfAuthenticationKey>& keys);

/**
 * D.4: makes a packet of AuType 0 one of this interface.
 * \param sequence the Cryptographic Sequence Number
 */
void SealOspfPacket(std::vector<uint8_t>& packet,
                    const OspfAuthenticationConfig& config,
                    uint32_t sequence);

/**
 * D.5: verifies a packet, and makes it one of AuType 0 with a right checksum; its trailer is gone.
 * \param least the Cryptographic Sequence Number of the neighbour's last packet; set to this one's
 */
OspfAuthenticationError OpenOspfPacket(std::vector<uint8_t>& packet,
                                       const OspfAuthenticationConfig& config,
                                       uint32_t& least);

} // namespace ns3

#endif
