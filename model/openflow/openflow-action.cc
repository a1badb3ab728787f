// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7.2.4, §7.2.5: reading and writing instructions and actions.
#include "ns3/openflow-action.h"

namespace ns3
{

namespace
{

constexpr uint16_t OFPAT_OUTPUT = 0;
constexpr uint16_t OFPAT_SET_FIELD = 25;
constexpr uint16_t OFPAT_EXPERIMENTER = 0xffff;
constexpr uint16_t NXAST_REG_MOVE = 6;
constexpr uint16_t NXAST_NOTE = 8;
constexpr uint16_t OFPIT_APPLY_ACTIONS = 4;
constexpr uint16_t OFPIT_CLEAR_ACTIONS = 5;
constexpr uint16_t OFPIT_METER = 6;
constexpr uint16_t OFPIT_EXPERIMENTER = 0xffff;
constexpr uint16_t OUTPUT_BYTES = 16;
constexpr uint16_t REG_MOVE_BYTES = 24;
constexpr uint16_t NOTE_HEADER_BYTES = 10;

OpenflowError
BadAction(uint16_t code)
{
    return {OpenflowErrorType::BAD_ACTION, code};
}

void
Pad(WireWriter& writer, std::size_t start)
{
    while ((writer.GetSize() - start) % 8 != 0)
    {
        writer.WriteU8(0);
    }
}

void
Write(WireWriter& writer, const OpenflowOutput& output)
{
    writer.WriteU16(OFPAT_OUTPUT);
    writer.WriteU16(OUTPUT_BYTES);
    writer.WriteU32(output.port);
    writer.WriteU16(output.maxLength);
    writer.WriteU16(0);
    writer.WriteU32(0);
}

void
Write(WireWriter& writer, const OpenflowSetField& set)
{
    const std::size_t start = writer.GetSize();
    writer.WriteU16(OFPAT_SET_FIELD);
    writer.WriteU16(0);
    WriteOpenflowOxm(writer, {set.field, set.value, GetOpenflowFieldInfo(set.field).GetFullMask()});
    Pad(writer, start);
    writer.PatchU16(start + 2, static_cast<uint16_t>(writer.GetSize() - start));
}

void
Write(WireWriter& writer, const OpenflowMove& move)
{
    const OpenflowFieldInfo& from = GetOpenflowFieldInfo(move.source);
    const OpenflowFieldInfo& to = GetOpenflowFieldInfo(move.destination);
    writer.WriteU16(OFPAT_EXPERIMENTER);
    writer.WriteU16(REG_MOVE_BYTES);
    writer.WriteU32(NICIRA_EXPERIMENTER);
    writer.WriteU16(NXAST_REG_MOVE);
    writer.WriteU16(uint16_t(8 * from.bytes));
    writer.WriteU16(0);
    writer.WriteU16(0);
    writer.WriteU32(from.nxm ? from.nxm : from.oxm);
    writer.WriteU32(to.nxm ? to.nxm : to.oxm);
}

void
Write(WireWriter& writer, const OpenflowNote& note)
{
    const std::size_t start = writer.GetSize();
    writer.WriteU16(OFPAT_EXPERIMENTER);
    writer.WriteU16(0);
    writer.WriteU32(NICIRA_EXPERIMENTER);
    writer.WriteU16(NXAST_NOTE);
    writer.WriteBytes(note.bytes);
    Pad(writer, start);
    writer.PatchU16(start + 2, static_cast<uint16_t>(writer.GetSize() - start));
}

OpenflowError
ReadOutput(WireReader& body, uint16_t length, OpenflowActions& actions)
{
    if (length != OUTPUT_BYTES)
    {
        return BadAction(OFPBAC_BAD_LEN);
    }
    OpenflowOutput output;
    output.port = body.ReadU32();
    output.maxLength = body.ReadU16();
    if (output.port == 0 || output.port == OFPP_ANY)
    {
        return BadAction(OFPBAC_BAD_OUT_PORT);
    }
    actions.push_back(output);
    return {};
}

OpenflowError
ReadSetField(WireReader& body, OpenflowActions& actions)
{
    const uint32_t header = body.ReadU32();
    const OpenflowFieldInfo* info = FindOpenflowField(header);
    if (!info || !info->settable)
    {
        return BadAction(OFPBAC_BAD_SET_TYPE);
    }
    if (info->bytes > body.GetRemaining() || body.GetRemaining() - info->bytes >= 8)
    {
        return BadAction(OFPBAC_BAD_SET_LEN);
    }
    actions.push_back(OpenflowSetField{info->field, ReadOpenflowValue(body, info->bytes)});
    return {};
}

OpenflowError
ReadExperimenter(WireReader& body, uint16_t length, OpenflowActions& actions)
{
    if (body.ReadU32() != NICIRA_EXPERIMENTER)
    {
        return BadAction(OFPBAC_BAD_EXPERIMENTER);
    }
    const uint16_t subtype = body.ReadU16();
    if (subtype == NXAST_NOTE && length > NOTE_HEADER_BYTES)
    {
        actions.push_back(OpenflowNote{body.ReadBytes(body.GetRemaining())});
        return {};
    }
    if (subtype != NXAST_REG_MOVE)
    {
        return BadAction(OFPBAC_BAD_EXP_TYPE);
    }
    if (length != REG_MOVE_BYTES)
    {
        return BadAction(OFPBAC_BAD_LEN);
    }
    const uint16_t bits = body.ReadU16();
    const uint16_t fromOffset = body.ReadU16();
    const uint16_t toOffset = body.ReadU16();
    const OpenflowFieldInfo* from = FindOpenflowField(body.ReadU32());
    const OpenflowFieldInfo* to = FindOpenflowField(body.ReadU32());
    if (!from || !to || !to->settable || from->bytes != to->bytes || bits != 8 * to->bytes ||
        fromOffset != 0 || toOffset != 0)
    {
        return BadAction(OFPBAC_BAD_ARGUMENT);
    }
    actions.push_back(OpenflowMove{from->field, to->field});
    return {};
}

} // namespace

OpenflowNote
MakeOpenflowFloodNote()
{
    return {{'f', 'l', 'o', 'o', 'd', 0}};
}

void
WriteOpenflowActions(WireWriter& writer, const OpenflowActions& actions)
{
    for (const OpenflowAction& action : actions)
    {
        std::visit([&writer](const auto& one) { Write(writer, one); }, action);
    }
}

OpenflowError
ReadOpenflowActions(WireReader& reader, OpenflowActions& actions)
{
    actions.clear();
    while (reader.GetRemaining() > 0)
    {
        const uint16_t type = reader.ReadU16();
        const uint16_t length = reader.ReadU16();
        if (reader.IsTruncated() || length < 8 || length % 8 != 0 ||
            length - 4u > reader.GetRemaining())
        {
            return BadAction(OFPBAC_BAD_LEN);
        }
        WireReader body = reader.Sub(length - 4u);
        OpenflowError error;
        switch (type)
        {
        case OFPAT_OUTPUT:
            error = ReadOutput(body, length, actions);
            break;
        case OFPAT_SET_FIELD:
            error = ReadSetField(body, actions);
            break;
        case OFPAT_EXPERIMENTER:
            error = ReadExperimenter(body, length, actions);
            break;
        default:
            error = BadAction(OFPBAC_BAD_TYPE);
        }
        if (error)
        {
            return error;
        }
    }
    return {};
}

void
WriteOpenflowInstructions(WireWriter& writer, const OpenflowActions& actions)
{
    if (actions.empty())
    {
        return;
    }
    const std::size_t start = writer.GetSize();
    writer.WriteU16(OFPIT_APPLY_ACTIONS);
    writer.WriteU16(0);
    writer.WriteU32(0);
    WriteOpenflowActions(writer, actions);
    writer.PatchU16(start + 2, static_cast<uint16_t>(writer.GetSize() - start));
}

OpenflowError
ReadOpenflowInstructions(WireReader& reader, OpenflowActions& actions)
{
    actions.clear();
    while (reader.GetRemaining() > 0)
    {
        const uint16_t type = reader.ReadU16();
        const uint16_t length = reader.ReadU16();
        if (reader.IsTruncated() || length < 8 || length % 8 != 0 ||
            length - 4u > reader.GetRemaining())
        {
            return {OpenflowErrorType::BAD_INSTRUCTION, OFPBIC_BAD_LEN};
        }
        WireReader body = reader.Sub(length - 4u);
        if (type == OFPIT_CLEAR_ACTIONS)
        {
            // Without WRITE_ACTIONS the action set is empty anyway.
            continue;
        }
        if (type != OFPIT_APPLY_ACTIONS)
        {
            const bool known = (type >= 1 && type <= OFPIT_METER) || type == OFPIT_EXPERIMENTER;
            return {OpenflowErrorType::BAD_INSTRUCTION,
                    static_cast<uint16_t>(known ? OFPBIC_UNSUP_INST : OFPBIC_UNKNOWN_INST)};
        }
        body.Skip(4);
        if (OpenflowError error = ReadOpenflowActions(body, actions))
        {
            return error;
        }
    }
    return {};
}

bool
HasOpenflowOutput(const OpenflowActions& actions, uint32_t port)
{
    bool has = port == OFPP_ANY;
    for (const OpenflowAction& action : actions)
    {
        const auto output = std::get_if<OpenflowOutput>(&action);
        has = has || (output && output->port == port);
    }
    return has;
}

} // namespace ns3
