// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bgp-error.h"

namespace ns3
{

namespace
{

struct Name
{
    uint8_t code;
    uint8_t subcode;
    const char* name;
};

constexpr Name NAMES[] = {
    {BgpError::MESSAGE_HEADER, BgpError::NOT_SYNCHRONIZED, "not-synchronized"},
    {BgpError::MESSAGE_HEADER, BgpError::BAD_LENGTH, "message-length"},
    {BgpError::MESSAGE_HEADER, BgpError::BAD_TYPE, "message-type"},
    {BgpError::OPEN_MESSAGE, BgpError::OPEN_UNSPECIFIC, "open-malformed"},
    {BgpError::OPEN_MESSAGE, BgpError::UNSUPPORTED_VERSION, "version"},
    {BgpError::OPEN_MESSAGE, BgpError::BAD_PEER_AS, "peer-as"},
    {BgpError::OPEN_MESSAGE, BgpError::BAD_IDENTIFIER, "identifier"},
    {BgpError::OPEN_MESSAGE, BgpError::UNSUPPORTED_PARAMETER, "optional-parameter"},
    {BgpError::OPEN_MESSAGE, BgpError::UNACCEPTABLE_HOLD_TIME, "hold-time"},
    {BgpError::OPEN_MESSAGE, BgpError::UNSUPPORTED_CAPABILITY, "capability"},
    {BgpError::UPDATE_MESSAGE, BgpError::MALFORMED_ATTRIBUTE_LIST, "attribute-list"},
    {BgpError::UPDATE_MESSAGE, BgpError::UNRECOGNIZED_WELL_KNOWN, "unrecognized-well-known"},
    {BgpError::UPDATE_MESSAGE, BgpError::MISSING_WELL_KNOWN, "missing-well-known"},
    {BgpError::UPDATE_MESSAGE, BgpError::ATTRIBUTE_FLAGS, "attribute-flags"},
    {BgpError::UPDATE_MESSAGE, BgpError::ATTRIBUTE_LENGTH, "attribute-length"},
    {BgpError::UPDATE_MESSAGE, BgpError::INVALID_ORIGIN, "origin"},
    {BgpError::UPDATE_MESSAGE, BgpError::INVALID_NEXT_HOP, "next-hop"},
    {BgpError::UPDATE_MESSAGE, BgpError::OPTIONAL_ATTRIBUTE, "optional-attribute"},
    {BgpError::UPDATE_MESSAGE, BgpError::INVALID_NETWORK, "network"},
    {BgpError::UPDATE_MESSAGE, BgpError::MALFORMED_AS_PATH, "as-path"},
    {BgpError::HOLD_TIMER_EXPIRED, 0, "hold-timer-expired"},
    {BgpError::FINITE_STATE_MACHINE, BgpError::FSM_UNSPECIFIED, "state-machine"},
    {BgpError::FINITE_STATE_MACHINE, BgpError::IN_OPEN_SENT, "unexpected-in-open-sent"},
    {BgpError::FINITE_STATE_MACHINE, BgpError::IN_OPEN_CONFIRM, "unexpected-in-open-confirm"},
    {BgpError::FINITE_STATE_MACHINE, BgpError::IN_ESTABLISHED, "unexpected-in-established"},
    {BgpError::CEASE, 0, "cease"},
    {BgpError::CEASE, BgpError::ADMINISTRATIVE_SHUTDOWN, "administrative-shutdown"},
    {BgpError::CEASE, BgpError::CONNECTION_REJECTED, "connection-rejected"},
    {BgpError::CEASE, BgpError::COLLISION_RESOLUTION, "collision-resolution"},
};

} // namespace

std::string
BgpError::GetName() const
{
    if (code == NONE)
    {
        return "";
    }
    for (const Name& entry : NAMES)
    {
        if (entry.code == code && entry.subcode == subcode)
        {
            return entry.name;
        }
    }
    return std::to_string(code) + "-" + std::to_string(subcode);
}

} // namespace ns3
