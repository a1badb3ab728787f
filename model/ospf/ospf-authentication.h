// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 Appendix D: simple passwords and cryptographic authentication with MD5; RFC 5709: the
// latter with HMAC-SHA. Both as a layer around the packets of A.3: what is not configured here is
// null authentication, whose bytes are OspfPacket's.
// Departure: keys have no lifetimes. All keys of an interface are accepted and the last one signs,
// so that keys are changed as D.3 describes it.
#ifndef VXLAN_MULTICAST_OSPF_AUTHENTICATION_H
#define VXLAN_MULTICAST_OSPF_AUTHENTICATION_H

#include "ns3/ospf-authentication-config.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

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

/** \returns the bytes that follow each packet, which its length does not count. */
std::size_t GetOspfTrailerSize(OspfAuthenticationType type);

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
