// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §7: the header, framing, and which body a message has.
#include "ns3/openflow-message.h"

#include "ns3/openflow-codec.h"

#include <algorithm>

namespace ns3
{

namespace openflow
{

namespace
{

template <typename Body>
OpenflowError
ReadBody(WireReader& reader, OpenflowMessage& message, Body body)
{
    OpenflowError error = Read(reader, body);
    // What a structure lacks outranks what its zeros seem to say.
    if (reader.IsTruncated() || (!error && reader.GetRemaining() > 0))
    {
        error = BadRequest(OFPBRC_BAD_LEN);
    }
    message.body = std::move(body);
    return error;
}

OpenflowError
ReadByType(WireReader& reader, OpenflowType type, OpenflowMessage& message)
{
    switch (type)
    {
    case OpenflowType::HELLO:
        return ReadBody(reader, message, OpenflowHello());
    case OpenflowType::ERROR:
        return ReadBody(reader, message, OpenflowErrorReport());
    case OpenflowType::ECHO_REQUEST:
    case OpenflowType::ECHO_REPLY:
        return ReadBody(reader, message, OpenflowEcho{type == OpenflowType::ECHO_REPLY, {}});
    case OpenflowType::EXPERIMENTER:
        return BadRequest(OFPBRC_BAD_EXPERIMENTER);
    case OpenflowType::FEATURES_REQUEST:
        return ReadBody(reader, message, OpenflowFeaturesRequest());
    case OpenflowType::FEATURES_REPLY:
        return ReadBody(reader, message, OpenflowFeaturesReply());
    case OpenflowType::GET_CONFIG_REQUEST:
        return ReadBody(reader, message, OpenflowGetConfigRequest());
    case OpenflowType::GET_CONFIG_REPLY:
    case OpenflowType::SET_CONFIG: {
        OpenflowSwitchConfigMessage config;
        config.reply = type == OpenflowType::GET_CONFIG_REPLY;
        return ReadBody(reader, message, config);
    }
    case OpenflowType::PACKET_IN:
        return ReadBody(reader, message, OpenflowPacketIn());
    case OpenflowType::FLOW_REMOVED:
        return ReadBody(reader, message, OpenflowFlowRemoved());
    case OpenflowType::PORT_STATUS:
        return ReadBody(reader, message, OpenflowPortStatus());
    case OpenflowType::PACKET_OUT:
        return ReadBody(reader, message, OpenflowPacketOut());
    case OpenflowType::FLOW_MOD:
        return ReadBody(reader, message, OpenflowFlowMod());
    case OpenflowType::MULTIPART_REQUEST:
        return ReadBody(reader, message, OpenflowMultipartRequest());
    case OpenflowType::MULTIPART_REPLY:
        return ReadBody(reader, message, OpenflowMultipartReply());
    case OpenflowType::BARRIER_REQUEST:
    case OpenflowType::BARRIER_REPLY:
        return ReadBody(reader, message, OpenflowBarrier{type == OpenflowType::BARRIER_REPLY});
    }
    return BadRequest(OFPBRC_BAD_TYPE);
}

struct TypeOf
{
    OpenflowType operator()(const OpenflowHello&) const
    {
        return OpenflowType::HELLO;
    }

    OpenflowType operator()(const OpenflowErrorReport&) const
    {
        return OpenflowType::ERROR;
    }

    OpenflowType operator()(const OpenflowEcho& echo) const
    {
        return echo.reply ? OpenflowType::ECHO_REPLY : OpenflowType::ECHO_REQUEST;
    }

    OpenflowType operator()(const OpenflowBarrier& barrier) const
    {
        return barrier.reply ? OpenflowType::BARRIER_REPLY : OpenflowType::BARRIER_REQUEST;
    }

    OpenflowType operator()(const OpenflowFeaturesRequest&) const
    {
        return OpenflowType::FEATURES_REQUEST;
    }

    OpenflowType operator()(const OpenflowFeaturesReply&) const
    {
        return OpenflowType::FEATURES_REPLY;
    }

    OpenflowType operator()(const OpenflowGetConfigRequest&) const
    {
        return OpenflowType::GET_CONFIG_REQUEST;
    }

    OpenflowType operator()(const OpenflowSwitchConfigMessage& config) const
    {
        return config.reply ? OpenflowType::GET_CONFIG_REPLY : OpenflowType::SET_CONFIG;
    }

    OpenflowType operator()(const OpenflowPacketIn&) const
    {
        return OpenflowType::PACKET_IN;
    }

    OpenflowType operator()(const OpenflowPacketOut&) const
    {
        return OpenflowType::PACKET_OUT;
    }

    OpenflowType operator()(const OpenflowFlowMod&) const
    {
        return OpenflowType::FLOW_MOD;
    }

    OpenflowType operator()(const OpenflowFlowRemoved&) const
    {
        return OpenflowType::FLOW_REMOVED;
    }

    OpenflowType operator()(const OpenflowPortStatus&) const
    {
        return OpenflowType::PORT_STATUS;
    }

    OpenflowType operator()(const OpenflowMultipartRequest&) const
    {
        return OpenflowType::MULTIPART_REQUEST;
    }

    OpenflowType operator()(const OpenflowMultipartReply&) const
    {
        return OpenflowType::MULTIPART_REPLY;
    }
};

} // namespace

} // namespace openflow

OpenflowType
OpenflowMessage::GetType() const
{
    return std::visit(openflow::TypeOf(), body);
}

void
OpenflowMessage::Write(WireWriter& writer) const
{
    const std::size_t start = writer.GetSize();
    writer.WriteU8(version);
    writer.WriteU8(static_cast<uint8_t>(GetType()));
    writer.WriteU16(0);
    writer.WriteU32(xid);
    std::visit([&writer](const auto& one) { openflow::Write(writer, one); }, body);
    writer.PatchU16(start + 2, static_cast<uint16_t>(writer.GetSize() - start));
}

std::vector<uint8_t>
OpenflowMessage::ToBytes() const
{
    WireWriter writer;
    Write(writer);
    return writer.GetBytes();
}

OpenflowError
OpenflowMessage::Read(const uint8_t* data, std::size_t size, OpenflowMessage& message)
{
    message = OpenflowMessage();
    WireReader reader(data, size);
    message.version = reader.ReadU8();
    const auto type = static_cast<OpenflowType>(reader.ReadU8());
    const uint16_t length = reader.ReadU16();
    message.xid = reader.ReadU32();
    if (reader.IsTruncated() || length != size)
    {
        return openflow::BadRequest(OFPBRC_BAD_LEN);
    }
    // A HELLO is read in any version: it is where versions are agreed upon (§6.3.1).
    if (message.version != OPENFLOW_VERSION_1_3 && type != OpenflowType::HELLO)
    {
        return openflow::BadRequest(OFPBRC_BAD_VERSION);
    }
    return openflow::ReadByType(reader, type, message);
}

OpenflowMessage
MakeOpenflowError(const OpenflowError& error,
                  uint32_t xid,
                  const uint8_t* offending,
                  std::size_t size)
{
    OpenflowErrorReport report;
    report.type = static_cast<uint16_t>(error.type);
    report.code = error.code;
    report.data.assign(offending, offending + std::min(size, OPENFLOW_ERROR_DATA));
    OpenflowMessage message;
    message.xid = xid;
    message.body = std::move(report);
    return message;
}

std::size_t
FindOpenflowMessage(const std::vector<uint8_t>& stream)
{
    if (stream.size() < OPENFLOW_HEADER_BYTES)
    {
        return 0;
    }
    const std::size_t length = std::size_t(stream[2]) << 8 | stream[3];
    if (length < OPENFLOW_HEADER_BYTES)
    {
        return SIZE_MAX;
    }
    return stream.size() < length ? 0 : length;
}

} // namespace ns3
