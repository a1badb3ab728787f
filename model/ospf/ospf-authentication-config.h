// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 Appendix D and C.3, RFC 5709: which secrets an interface's packets are authenticated with.
#ifndef VXLAN_MULTICAST_OSPF_AUTHENTICATION_CONFIG_H
#define VXLAN_MULTICAST_OSPF_AUTHENTICATION_CONFIG_H

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

constexpr std::size_t OSPF_PASSWORD_SIZE = 8; //!< D.2
constexpr std::size_t OSPF_MD5_KEY_SIZE = 16; //!< D.3

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

} // namespace ns3

#endif
