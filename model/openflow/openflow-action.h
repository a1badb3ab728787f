// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7.2.4 and §7.2.5: instructions and actions. APPLY_ACTIONS and CLEAR_ACTIONS;
// OUTPUT, SET_FIELD and Open vSwitch's NXAST_REG_MOVE and NXAST_NOTE. Departures: with one table
// there is no GOTO_TABLE, and WRITE_ACTIONS, WRITE_METADATA and METER are answered
// OFPBIC_UNSUP_INST; groups, queues, VLAN and TTL actions are answered OFPBAC_BAD_TYPE.
#ifndef VXLAN_MULTICAST_OPENFLOW_ACTION_H
#define VXLAN_MULTICAST_OPENFLOW_ACTION_H

#include "ns3/openflow-match.h"

#include <variant>
#include <vector>

namespace ns3
{

/** OFPAT_OUTPUT. */
struct OpenflowOutput
{
    uint32_t port{OFPP_ANY};
    uint16_t maxLength{OFPCML_MAX}; //!< bytes to the controller

    friend bool operator==(const OpenflowOutput& a, const OpenflowOutput& b)
    {
        // Only outputs to the controller have a length.
        return a.port == b.port && (a.port != OFPP_CONTROLLER || a.maxLength == b.maxLength);
    }
};

/** OFPAT_SET_FIELD. */
struct OpenflowSetField
{
    OpenflowField field{OpenflowField::ETH_DST};
    uint64_t value{0};

    friend bool operator==(const OpenflowSetField& a, const OpenflowSetField& b)
    {
        return a.field == b.field && a.value == b.value;
    }
};

/** NXAST_REG_MOVE of whole fields. */
struct OpenflowMove
{
    OpenflowField source{OpenflowField::ETH_SRC};
    OpenflowField destination{OpenflowField::ETH_DST};

    friend bool operator==(const OpenflowMove& a, const OpenflowMove& b)
    {
        return a.source == b.source && a.destination == b.destination;
    }
};

/** NXAST_NOTE: does nothing; for those who read the messages. */
struct OpenflowNote
{
    std::vector<uint8_t> bytes; //!< on the wire with zeros up to 6, 14, 22, …

    friend bool operator==(const OpenflowNote& a, const OpenflowNote& b)
    {
        return a.bytes == b.bytes;
    }
};

using OpenflowAction = std::variant<OpenflowOutput, OpenflowSetField, OpenflowMove, OpenflowNote>;
using OpenflowActions = std::vector<OpenflowAction>;

/** \returns the controller's note on a PACKET_OUT that floods a unicast frame: "flood". */
OpenflowNote MakeOpenflowFloodNote();

/** Writes ofp_action structures. */
void WriteOpenflowActions(WireWriter& writer, const OpenflowActions& actions);
/** Reads actions to the end of \p reader. \returns the error of §7.4.4.3, or success. */
OpenflowError ReadOpenflowActions(WireReader& reader, OpenflowActions& actions);
/** Writes one APPLY_ACTIONS instruction, or nothing where there are no actions (drop). */
void WriteOpenflowInstructions(WireWriter& writer, const OpenflowActions& actions);
/** Reads instructions to the end of \p reader. \returns the error of §7.4.4.4, or success. */
OpenflowError ReadOpenflowInstructions(WireReader& reader, OpenflowActions& actions);
/** \returns whether an action outputs to \p port (OFPP_ANY: true), as deletions filter by it. */
bool HasOpenflowOutput(const OpenflowActions& actions, uint32_t port);

} // namespace ns3

#endif
