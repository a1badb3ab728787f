// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §4.5 and §6: error codes and subcodes of a NOTIFICATION; RFC 4486 (Cease), RFC 5492
// (Unsupported Capability), RFC 6608 (Finite State Machine Error).
#ifndef VXLAN_MULTICAST_BGP_ERROR_H
#define VXLAN_MULTICAST_BGP_ERROR_H

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/** What a NOTIFICATION reports; code 0: no error. */
struct BgpError
{
    /** Error codes (RFC 4271 §4.5). */
    enum Code : uint8_t
    {
        NONE = 0,
        MESSAGE_HEADER = 1,
        OPEN_MESSAGE = 2,
        UPDATE_MESSAGE = 3,
        HOLD_TIMER_EXPIRED = 4,
        FINITE_STATE_MACHINE = 5,
        CEASE = 6
    };

    /** Subcodes of MESSAGE_HEADER (§6.1). */
    enum Header : uint8_t
    {
        NOT_SYNCHRONIZED = 1,
        BAD_LENGTH = 2,
        BAD_TYPE = 3
    };

    /** Subcodes of OPEN_MESSAGE (§6.2; RFC 5492 §3). */
    enum Open : uint8_t
    {
        OPEN_UNSPECIFIC = 0,
        UNSUPPORTED_VERSION = 1,
        BAD_PEER_AS = 2,
        BAD_IDENTIFIER = 3,
        UNSUPPORTED_PARAMETER = 4,
        UNACCEPTABLE_HOLD_TIME = 6,
        UNSUPPORTED_CAPABILITY = 7
    };

    /** Subcodes of UPDATE_MESSAGE (§6.3). */
    enum Update : uint8_t
    {
        MALFORMED_ATTRIBUTE_LIST = 1,
        UNRECOGNIZED_WELL_KNOWN = 2,
        MISSING_WELL_KNOWN = 3,
        ATTRIBUTE_FLAGS = 4,
        ATTRIBUTE_LENGTH = 5,
        INVALID_ORIGIN = 6,
        INVALID_NEXT_HOP = 8,
        OPTIONAL_ATTRIBUTE = 9,
        INVALID_NETWORK = 10,
        MALFORMED_AS_PATH = 11
    };

    /** Subcodes of FINITE_STATE_MACHINE (RFC 6608): the state that a message was unexpected in. */
    enum Fsm : uint8_t
    {
        FSM_UNSPECIFIED = 0,
        IN_OPEN_SENT = 1,
        IN_OPEN_CONFIRM = 2,
        IN_ESTABLISHED = 3
    };

    /** Subcodes of CEASE (RFC 4486 §4). */
    enum CeaseReason : uint8_t
    {
        ADMINISTRATIVE_SHUTDOWN = 2,
        CONNECTION_REJECTED = 5,
        COLLISION_RESOLUTION = 7
    };

    uint8_t code{NONE};
    uint8_t subcode{0};
    std::vector<uint8_t> data;

    explicit operator bool() const
    {
        return code != NONE;
    }

    friend bool operator==(const BgpError& a, const BgpError& b)
    {
        return a.code == b.code && a.subcode == b.subcode && a.data == b.data;
    }

    /** \returns a word for counters, such as "attribute-length"; "code-subcode" if none is known.
     */
    std::string GetName() const;
};

/** \returns an error, with the bytes that were wrong. */
inline BgpError
MakeBgpError(uint8_t code, uint8_t subcode, std::vector<uint8_t> data = {})
{
    return {code, subcode, std::move(data)};
}

} // namespace ns3

#endif
