// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7: bodies of all messages but multipart ones.
#include "ns3/openflow-codec.h"

#include <algorithm>

namespace ns3
{

namespace openflow
{

namespace
{

constexpr uint16_t OFPHET_VERSIONBITMAP = 1;

std::vector<uint8_t>
ReadRest(WireReader& reader)
{
    return reader.ReadBytes(reader.GetRemaining());
}

} // namespace

OpenflowError
BadRequest(uint16_t code)
{
    return {OpenflowErrorType::BAD_REQUEST, code};
}

void
WriteU64(WireWriter& writer, uint64_t value)
{
    WriteOpenflowValue(writer, value, 8);
}

uint64_t
ReadU64(WireReader& reader)
{
    return ReadOpenflowValue(reader, 8);
}

void
WriteZeros(WireWriter& writer, std::size_t count)
{
    writer.WriteBytes(std::vector<uint8_t>(count, 0));
}

void
Write(WireWriter& writer, const OpenflowHello& hello)
{
    if (hello.versions.empty())
    {
        return;
    }
    const std::size_t start = writer.GetSize();
    writer.WriteU16(OFPHET_VERSIONBITMAP);
    writer.WriteU16(uint16_t(4 + 4 * hello.versions.size()));
    for (uint32_t bitmap : hello.versions)
    {
        writer.WriteU32(bitmap);
    }
    WriteZeros(writer, (8 - (writer.GetSize() - start) % 8) % 8);
}

OpenflowError
Read(WireReader& reader, OpenflowHello& hello)
{
    // §7.5.1: unknown elements are passed over; what cannot be an element ends the list.
    while (reader.GetRemaining() >= 4)
    {
        const uint16_t type = reader.ReadU16();
        const uint16_t length = reader.ReadU16();
        if (length < 4 || length - 4u > reader.GetRemaining())
        {
            return {OpenflowErrorType::HELLO_FAILED, OFPHFC_INCOMPATIBLE};
        }
        WireReader element = reader.Sub(length - 4u);
        reader.Skip(std::min<std::size_t>((8 - length % 8) % 8, reader.GetRemaining()));
        while (type == OFPHET_VERSIONBITMAP && element.GetRemaining() >= 4)
        {
            hello.versions.push_back(element.ReadU32());
        }
    }
    return {};
}

void
Write(WireWriter& writer, const OpenflowErrorReport& error)
{
    writer.WriteU16(error.type);
    writer.WriteU16(error.code);
    writer.WriteBytes(error.data);
}

OpenflowError
Read(WireReader& reader, OpenflowErrorReport& error)
{
    error.type = reader.ReadU16();
    error.code = reader.ReadU16();
    error.data = ReadRest(reader);
    return {};
}

void
Write(WireWriter& writer, const OpenflowEcho& echo)
{
    writer.WriteBytes(echo.data);
}

OpenflowError
Read(WireReader& reader, OpenflowEcho& echo)
{
    echo.data = ReadRest(reader);
    return {};
}

void
Write(WireWriter&, const OpenflowBarrier&)
{
}

OpenflowError
Read(WireReader&, OpenflowBarrier&)
{
    return {};
}

void
Write(WireWriter&, const OpenflowFeaturesRequest&)
{
}

OpenflowError
Read(WireReader&, OpenflowFeaturesRequest&)
{
    return {};
}

void
Write(WireWriter&, const OpenflowGetConfigRequest&)
{
}

OpenflowError
Read(WireReader&, OpenflowGetConfigRequest&)
{
    return {};
}

void
Write(WireWriter& writer, const OpenflowFeaturesReply& reply)
{
    WriteU64(writer, reply.datapathId);
    writer.WriteU32(reply.buffers);
    writer.WriteU8(reply.tables);
    writer.WriteU8(reply.auxiliaryId);
    writer.WriteU16(0);
    writer.WriteU32(reply.capabilities);
    writer.WriteU32(0);
}

OpenflowError
Read(WireReader& reader, OpenflowFeaturesReply& reply)
{
    reply.datapathId = ReadU64(reader);
    reply.buffers = reader.ReadU32();
    reply.tables = reader.ReadU8();
    reply.auxiliaryId = reader.ReadU8();
    reader.Skip(2);
    reply.capabilities = reader.ReadU32();
    reader.Skip(4);
    return {};
}

void
Write(WireWriter& writer, const OpenflowSwitchConfigMessage& config)
{
    writer.WriteU16(config.flags);
    writer.WriteU16(config.missSendLength);
}

OpenflowError
Read(WireReader& reader, OpenflowSwitchConfigMessage& config)
{
    config.flags = reader.ReadU16();
    config.missSendLength = reader.ReadU16();
    if (config.flags > 2)
    {
        return {OpenflowErrorType::SWITCH_CONFIG_FAILED, OFPSCFC_BAD_FLAGS};
    }
    return {};
}

void
Write(WireWriter& writer, const OpenflowPacketIn& in)
{
    writer.WriteU32(in.buffer);
    writer.WriteU16(in.totalLength);
    writer.WriteU8(static_cast<uint8_t>(in.reason));
    writer.WriteU8(in.table);
    WriteU64(writer, in.cookie);
    in.match.Write(writer);
    writer.WriteU16(0);
    writer.WriteBytes(in.frame);
}

OpenflowError
Read(WireReader& reader, OpenflowPacketIn& in)
{
    in.buffer = reader.ReadU32();
    in.totalLength = reader.ReadU16();
    in.reason = static_cast<OpenflowPacketInReason>(reader.ReadU8());
    in.table = reader.ReadU8();
    in.cookie = ReadU64(reader);
    if (OpenflowError error = OpenflowMatch::Read(reader, in.match))
    {
        return error;
    }
    reader.Skip(2);
    in.frame = ReadRest(reader);
    return {};
}

void
Write(WireWriter& writer, const OpenflowPacketOut& out)
{
    writer.WriteU32(out.buffer);
    writer.WriteU32(out.inPort);
    const std::size_t length = writer.GetSize();
    writer.WriteU16(0);
    WriteZeros(writer, 6);
    const std::size_t start = writer.GetSize();
    WriteOpenflowActions(writer, out.actions);
    writer.PatchU16(length, static_cast<uint16_t>(writer.GetSize() - start));
    writer.WriteBytes(out.frame);
}

OpenflowError
Read(WireReader& reader, OpenflowPacketOut& out)
{
    out.buffer = reader.ReadU32();
    out.inPort = reader.ReadU32();
    const uint16_t length = reader.ReadU16();
    reader.Skip(6);
    if (length > reader.GetRemaining())
    {
        return BadRequest(OFPBRC_BAD_LEN);
    }
    WireReader actions = reader.Sub(length);
    if (OpenflowError error = ReadOpenflowActions(actions, out.actions))
    {
        return error;
    }
    out.frame = ReadRest(reader);
    return {};
}

void
Write(WireWriter& writer, const OpenflowFlowMod& mod)
{
    WriteU64(writer, mod.cookie);
    WriteU64(writer, mod.cookieMask);
    writer.WriteU8(mod.table);
    writer.WriteU8(static_cast<uint8_t>(mod.command));
    writer.WriteU16(mod.idleTimeout);
    writer.WriteU16(mod.hardTimeout);
    writer.WriteU16(mod.priority);
    writer.WriteU32(mod.buffer);
    writer.WriteU32(mod.outPort);
    writer.WriteU32(mod.outGroup);
    writer.WriteU16(mod.flags);
    writer.WriteU16(0);
    mod.match.Write(writer);
    WriteOpenflowInstructions(writer, mod.actions);
}

OpenflowError
Read(WireReader& reader, OpenflowFlowMod& mod)
{
    mod.cookie = ReadU64(reader);
    mod.cookieMask = ReadU64(reader);
    mod.table = reader.ReadU8();
    const uint8_t command = reader.ReadU8();
    mod.idleTimeout = reader.ReadU16();
    mod.hardTimeout = reader.ReadU16();
    mod.priority = reader.ReadU16();
    mod.buffer = reader.ReadU32();
    mod.outPort = reader.ReadU32();
    mod.outGroup = reader.ReadU32();
    mod.flags = reader.ReadU16();
    reader.Skip(2);
    if (command > static_cast<uint8_t>(OpenflowCommand::DELETE_STRICT))
    {
        return {OpenflowErrorType::FLOW_MOD_FAILED, OFPFMFC_BAD_COMMAND};
    }
    mod.command = static_cast<OpenflowCommand>(command);
    if (mod.flags > 0x1f)
    {
        return {OpenflowErrorType::FLOW_MOD_FAILED, OFPFMFC_BAD_FLAGS};
    }
    if (OpenflowError error = OpenflowMatch::Read(reader, mod.match))
    {
        return error;
    }
    return ReadOpenflowInstructions(reader, mod.actions);
}

void
Write(WireWriter& writer, const OpenflowFlowRemoved& removed)
{
    WriteU64(writer, removed.cookie);
    writer.WriteU16(removed.priority);
    writer.WriteU8(static_cast<uint8_t>(removed.reason));
    writer.WriteU8(removed.table);
    writer.WriteU32(removed.durationSeconds);
    writer.WriteU32(removed.durationNanoseconds);
    writer.WriteU16(removed.idleTimeout);
    writer.WriteU16(removed.hardTimeout);
    WriteU64(writer, removed.packets);
    WriteU64(writer, removed.bytes);
    removed.match.Write(writer);
}

OpenflowError
Read(WireReader& reader, OpenflowFlowRemoved& removed)
{
    removed.cookie = ReadU64(reader);
    removed.priority = reader.ReadU16();
    removed.reason = static_cast<OpenflowRemovedReason>(reader.ReadU8());
    removed.table = reader.ReadU8();
    removed.durationSeconds = reader.ReadU32();
    removed.durationNanoseconds = reader.ReadU32();
    removed.idleTimeout = reader.ReadU16();
    removed.hardTimeout = reader.ReadU16();
    removed.packets = ReadU64(reader);
    removed.bytes = ReadU64(reader);
    return OpenflowMatch::Read(reader, removed.match);
}

void
WritePort(WireWriter& writer, const OpenflowPort& port)
{
    writer.WriteU32(port.number);
    writer.WriteU32(0);
    uint8_t address[6];
    port.address.CopyTo(address);
    writer.WriteBytes(std::vector<uint8_t>(address, address + 6));
    writer.WriteU16(0);
    std::vector<uint8_t> name(port.name.begin(),
                              port.name.begin() + std::min<std::size_t>(port.name.size(), 15));
    name.resize(16, 0);
    writer.WriteBytes(name);
    writer.WriteU32(port.config);
    writer.WriteU32(port.state);
    writer.WriteU32(port.current);
    WriteZeros(writer, 12);
    writer.WriteU32(port.speed);
    writer.WriteU32(0);
}

void
ReadPort(WireReader& reader, OpenflowPort& port)
{
    port.number = reader.ReadU32();
    reader.Skip(4);
    const std::vector<uint8_t> address = reader.ReadBytes(6);
    if (address.size() == 6)
    {
        port.address.CopyFrom(address.data());
    }
    reader.Skip(2);
    for (uint8_t letter : reader.ReadBytes(16))
    {
        if (letter == 0)
        {
            break;
        }
        port.name.push_back(static_cast<char>(letter));
    }
    port.config = reader.ReadU32();
    port.state = reader.ReadU32();
    port.current = reader.ReadU32();
    reader.Skip(12);
    port.speed = reader.ReadU32();
    reader.Skip(4);
}

void
Write(WireWriter& writer, const OpenflowPortStatus& status)
{
    writer.WriteU8(static_cast<uint8_t>(status.reason));
    WriteZeros(writer, 7);
    WritePort(writer, status.port);
}

OpenflowError
Read(WireReader& reader, OpenflowPortStatus& status)
{
    status.reason = static_cast<OpenflowPortReason>(reader.ReadU8());
    reader.Skip(7);
    ReadPort(reader, status.port);
    return {};
}

} // namespace openflow

} // namespace ns3
