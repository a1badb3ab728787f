// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7.3.5: multipart messages (statistics and descriptions).
#include "ns3/openflow-codec.h"

#include <algorithm>

namespace ns3
{

namespace openflow
{

namespace
{

constexpr std::size_t FLOW_STATS_FIXED = 48; //!< ofp_flow_stats before its match
constexpr std::size_t TABLE_STATS_BYTES = 24;
constexpr std::size_t DESC_BYTES = 1056;
constexpr std::size_t DESC_SOFTWARE = 512; //!< offset of sw_desc
constexpr std::size_t DESC_TEXT = 256;
constexpr uint16_t OFPMPF_MORE = 1;

OpenflowError
BadMultipart()
{
    return {OpenflowErrorType::BAD_REQUEST, OFPBRC_BAD_MULTIPART};
}

bool
IsKnown(uint16_t type)
{
    return type <= static_cast<uint16_t>(OpenflowMultipartType::TABLE) ||
           type == static_cast<uint16_t>(OpenflowMultipartType::PORT_DESC);
}

void
WriteFlow(WireWriter& writer, const OpenflowFlowStats& flow)
{
    const std::size_t start = writer.GetSize();
    writer.WriteU16(0);
    writer.WriteU8(flow.table);
    writer.WriteU8(0);
    writer.WriteU32(flow.durationSeconds);
    writer.WriteU32(flow.durationNanoseconds);
    writer.WriteU16(flow.priority);
    writer.WriteU16(flow.idleTimeout);
    writer.WriteU16(flow.hardTimeout);
    writer.WriteU16(flow.flags);
    writer.WriteU32(0);
    WriteU64(writer, flow.cookie);
    WriteU64(writer, flow.packets);
    WriteU64(writer, flow.bytes);
    flow.match.Write(writer);
    WriteOpenflowInstructions(writer, flow.actions);
    writer.PatchU16(start, static_cast<uint16_t>(writer.GetSize() - start));
}

OpenflowError
ReadFlow(WireReader& reader, OpenflowFlowStats& flow)
{
    const uint16_t length = reader.ReadU16();
    if (length < FLOW_STATS_FIXED + 8 || length - 2u > reader.GetRemaining())
    {
        return {OpenflowErrorType::BAD_REQUEST, OFPBRC_BAD_LEN};
    }
    WireReader body = reader.Sub(length - 2u);
    flow.table = body.ReadU8();
    body.Skip(1);
    flow.durationSeconds = body.ReadU32();
    flow.durationNanoseconds = body.ReadU32();
    flow.priority = body.ReadU16();
    flow.idleTimeout = body.ReadU16();
    flow.hardTimeout = body.ReadU16();
    flow.flags = body.ReadU16();
    body.Skip(4);
    flow.cookie = ReadU64(body);
    flow.packets = ReadU64(body);
    flow.bytes = ReadU64(body);
    if (OpenflowError error = OpenflowMatch::Read(body, flow.match))
    {
        return error;
    }
    return ReadOpenflowInstructions(body, flow.actions);
}

void
WriteTable(WireWriter& writer, const OpenflowTableStats& table)
{
    writer.WriteU8(table.table);
    WriteZeros(writer, 3);
    writer.WriteU32(table.active);
    WriteU64(writer, table.lookups);
    WriteU64(writer, table.matched);
}

void
WriteDescription(WireWriter& writer, const std::string& software)
{
    std::vector<uint8_t> bytes(DESC_BYTES, 0);
    const std::size_t size = std::min(software.size(), DESC_TEXT - 1);
    std::copy(software.begin(), software.begin() + size, bytes.begin() + DESC_SOFTWARE);
    writer.WriteBytes(bytes);
}

void
ReadDescription(WireReader& reader, std::string& software)
{
    const std::vector<uint8_t> bytes = reader.ReadBytes(DESC_BYTES);
    for (std::size_t i = DESC_SOFTWARE; i < bytes.size() && bytes[i] != 0; ++i)
    {
        software.push_back(static_cast<char>(bytes[i]));
    }
}

} // namespace

void
Write(WireWriter& writer, const OpenflowMultipartRequest& request)
{
    writer.WriteU16(static_cast<uint16_t>(request.type));
    writer.WriteU16(request.more ? OFPMPF_MORE : 0);
    writer.WriteU32(0);
    if (request.type != OpenflowMultipartType::FLOW &&
        request.type != OpenflowMultipartType::AGGREGATE)
    {
        return;
    }
    writer.WriteU8(request.filter.table);
    WriteZeros(writer, 3);
    writer.WriteU32(request.filter.outPort);
    writer.WriteU32(request.filter.outGroup);
    writer.WriteU32(0);
    WriteU64(writer, request.filter.cookie);
    WriteU64(writer, request.filter.cookieMask);
    request.filter.match.Write(writer);
}

OpenflowError
Read(WireReader& reader, OpenflowMultipartRequest& request)
{
    const uint16_t type = reader.ReadU16();
    request.more = (reader.ReadU16() & OFPMPF_MORE) != 0;
    reader.Skip(4);
    if (!IsKnown(type))
    {
        return BadMultipart();
    }
    request.type = static_cast<OpenflowMultipartType>(type);
    if (request.type != OpenflowMultipartType::FLOW &&
        request.type != OpenflowMultipartType::AGGREGATE)
    {
        return {};
    }
    request.filter.table = reader.ReadU8();
    reader.Skip(3);
    request.filter.outPort = reader.ReadU32();
    request.filter.outGroup = reader.ReadU32();
    reader.Skip(4);
    request.filter.cookie = ReadU64(reader);
    request.filter.cookieMask = ReadU64(reader);
    return OpenflowMatch::Read(reader, request.filter.match);
}

void
Write(WireWriter& writer, const OpenflowMultipartReply& reply)
{
    writer.WriteU16(static_cast<uint16_t>(reply.type));
    writer.WriteU16(reply.more ? OFPMPF_MORE : 0);
    writer.WriteU32(0);
    switch (reply.type)
    {
    case OpenflowMultipartType::DESC:
        WriteDescription(writer, reply.software);
        break;
    case OpenflowMultipartType::FLOW:
        for (const OpenflowFlowStats& flow : reply.flows)
        {
            WriteFlow(writer, flow);
        }
        break;
    case OpenflowMultipartType::AGGREGATE:
        WriteU64(writer, reply.packets);
        WriteU64(writer, reply.bytes);
        writer.WriteU32(reply.flowCount);
        writer.WriteU32(0);
        break;
    case OpenflowMultipartType::TABLE:
        for (const OpenflowTableStats& table : reply.tables)
        {
            WriteTable(writer, table);
        }
        break;
    case OpenflowMultipartType::PORT_DESC:
        for (const OpenflowPort& port : reply.ports)
        {
            WritePort(writer, port);
        }
        break;
    }
}

OpenflowError
Read(WireReader& reader, OpenflowMultipartReply& reply)
{
    const uint16_t type = reader.ReadU16();
    reply.more = (reader.ReadU16() & OFPMPF_MORE) != 0;
    reader.Skip(4);
    if (!IsKnown(type))
    {
        return BadMultipart();
    }
    reply.type = static_cast<OpenflowMultipartType>(type);
    switch (reply.type)
    {
    case OpenflowMultipartType::DESC:
        ReadDescription(reader, reply.software);
        break;
    case OpenflowMultipartType::FLOW:
        while (reader.GetRemaining() > 0)
        {
            OpenflowFlowStats flow;
            if (OpenflowError error = ReadFlow(reader, flow))
            {
                return error;
            }
            reply.flows.push_back(std::move(flow));
        }
        break;
    case OpenflowMultipartType::AGGREGATE:
        reply.packets = ReadU64(reader);
        reply.bytes = ReadU64(reader);
        reply.flowCount = reader.ReadU32();
        reader.Skip(4);
        break;
    case OpenflowMultipartType::TABLE:
        while (reader.GetRemaining() >= TABLE_STATS_BYTES)
        {
            OpenflowTableStats table;
            table.table = reader.ReadU8();
            reader.Skip(3);
            table.active = reader.ReadU32();
            table.lookups = ReadU64(reader);
            table.matched = ReadU64(reader);
            reply.tables.push_back(table);
        }
        break;
    case OpenflowMultipartType::PORT_DESC:
        while (reader.GetRemaining() >= OPENFLOW_PORT_BYTES)
        {
            reply.ports.emplace_back();
            ReadPort(reader, reply.ports.back());
        }
        break;
    }
    return {};
}

} // namespace openflow

} // namespace ns3
