// SPDX-License-Identifier: GPL-2.0-only
// The words by which PIM reports to users: the events of events.csv and the reasons of drops.
#ifndef VXLAN_MULTICAST_PIM_WORDS_H
#define VXLAN_MULTICAST_PIM_WORDS_H

#include "ns3/enum-names.h"

#include <cstdint>

namespace ns3
{

/** An event, of PimEnvironment::ReportEvent. */
enum class PimNotice : uint8_t
{
    NEIGHBOR_UP,
    NEIGHBOR_DOWN,
    DR,
    BSR,
    RP,
    JOIN,
    PRUNE,
    REGISTER_START,
    REGISTER_STOP,
    SPT_SWITCH,
    ASSERT_WON,
    ASSERT_LOST,
    DF
};

template <>
struct EnumNames<PimNotice>
{
    static constexpr const char* NAMES[] = {"neighbor-up",
                                            "neighbor-down",
                                            "dr",
                                            "bsr",
                                            "rp",
                                            "join",
                                            "prune",
                                            "register-start",
                                            "register-stop",
                                            "spt-switch",
                                            "assert-won",
                                            "assert-lost",
                                            "df"};
};

/** Why a message, or an entry of it, is refused: of PimEnvironment::ReportDrop. */
enum class PimDropReason : uint8_t
{
    PIM_DISABLED,      //!< on the interface
    INTERFACE_DOWN,    //!< or it has no address
    OWN_ADDRESS,       //!< a Hello from an address of this router
    NOT_A_NEIGHBOR,    //!< no Hello has come from the sender
    DESTINATION,       //!< the message is for no address of this router
    GROUP,             //!< not a group that is routed here
    SOURCE,            //!< not a source that the group can have
    NOT_BIDIRECTIONAL, //!< no election is held for this RP address here
    BSR_ADDRESS,       //!< no BSR can have it
    SCOPE_BORDER,      //!< the zone ends at the interface
    RP_ADDRESS,        //!< no RP can have it
    NOT_BSR,           //!< an advertisement to a router that is not the BSR
    NOT_RP,            //!< a Register to a router that is not the RP
    REGISTER_INNER,    //!< what is in a Register is no packet that can be routed
    // RFC 7761 §6.2
    REGISTER_STOP_SOURCE, //!< a Register-Stop from an address that is no RP's
    NEIGHBOR_FILTER,      //!< a message on the link from a router that is not accepted
    REGISTER_FILTER,      //!< a Register from a router that is not accepted
    CANDIDATE_RP_FILTER,  //!< an advertisement of an RP that is not accepted
    ENTRY_LIMIT,          //!< the table of entries is full
    NEIGHBOR_LIMIT,       //!< the interface has as many neighbours as it may
    BSR_BORDER            //!< a Bootstrap message where the domain ends
};

template <>
struct EnumNames<PimDropReason>
{
    static constexpr const char* NAMES[] = {
        "pim-disabled",    "interface-down",    "own-address",
        "not-a-neighbor",  "destination",       "group",
        "source",          "not-bidirectional", "bsr-address",
        "scope-border",    "rp-address",        "not-bsr",
        "not-rp",          "register-inner",    "register-stop-source",
        "neighbor-filter", "register-filter",   "candidate-rp-filter",
        "entry-limit",     "neighbor-limit",    "bsr-border"};
};

} // namespace ns3

#endif
