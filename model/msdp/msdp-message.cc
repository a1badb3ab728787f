// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §12, §13.
#include "ns3/msdp-message.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr std::size_t ENTRY_SIZE = 12;
constexpr std::size_t SOURCE_ACTIVE_SIZE = 8; // without entries
constexpr uint8_t HOST_PREFIX = 32;

} // namespace

void
MsdpMessage::Write(WireWriter& writer) const
{
    const std::size_t start = writer.GetSize();
    writer.WriteU8(type);
    writer.WriteU16(0);
    if (type == SOURCE_ACTIVE)
    {
        writer.WriteU8(static_cast<uint8_t>(entries.size()));
        writer.WriteIpv4(rp);
        for (const SourceGroup& entry : entries)
        {
            writer.WriteU24(0);
            writer.WriteU8(HOST_PREFIX);
            writer.WriteIpv4(entry.GetGroup());
            writer.WriteIpv4(entry.GetSource());
        }
        writer.WriteBytes(data);
    }
    writer.PatchU16(start + 1, static_cast<uint16_t>(writer.GetSize() - start));
}

std::string
MsdpMessage::Read(WireReader& reader, MsdpMessage& message)
{
    const std::size_t size = reader.GetRemaining();
    message.type = reader.ReadU8();
    const uint16_t length = reader.ReadU16();
    if (reader.IsTruncated())
    {
        return reader.GetError();
    }
    if (length < HEADER_SIZE || std::min<std::size_t>(length, LARGEST) != size)
    {
        return "length";
    }
    if (message.type == KEEPALIVE)
    {
        reader.Skip(size - HEADER_SIZE);
        return length == HEADER_SIZE ? "" : "length";
    }
    if (message.type != SOURCE_ACTIVE)
    {
        reader.Skip(size - HEADER_SIZE);
        return "type";
    }
    const uint8_t count = reader.ReadU8();
    message.rp = reader.ReadIpv4();
    if (size < SOURCE_ACTIVE_SIZE + count * ENTRY_SIZE)
    {
        return "length";
    }
    bool isHost = true;
    for (uint8_t i = 0; i < count; ++i)
    {
        reader.Skip(3);
        isHost = reader.ReadU8() == HOST_PREFIX && isHost;
        const Ipv4Address group = reader.ReadIpv4();
        message.entries.emplace_back(reader.ReadIpv4(), group);
    }
    message.data = reader.ReadBytes(reader.GetRemaining());
    return isHost ? reader.GetError() : "sprefix-length";
}

bool
MsdpMessage::IsFormatError(const std::string& error)
{
    return error == "truncated" || error == "length";
}

std::string
MsdpMessage::GetTypeName(uint8_t type)
{
    switch (type)
    {
    case SOURCE_ACTIVE:
        return "source-active";
    case SOURCE_ACTIVE_REQUEST:
        return "source-active-request";
    case SOURCE_ACTIVE_RESPONSE:
        return "source-active-response";
    case KEEPALIVE:
        return "keepalive";
    default:
        return "type-" + std::to_string(type);
    }
}

void
MsdpFramer::Append(const std::vector<uint8_t>& bytes)
{
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

std::optional<std::vector<uint8_t>>
MsdpFramer::Next()
{
    if (m_bytes.size() < MsdpMessage::HEADER_SIZE)
    {
        return std::nullopt;
    }
    const std::size_t length =
        std::max<std::size_t>(m_bytes[1] << 8 | m_bytes[2], MsdpMessage::HEADER_SIZE);
    if (m_bytes.size() < length)
    {
        return std::nullopt;
    }
    const auto end = m_bytes.begin() + static_cast<std::ptrdiff_t>(length);
    std::vector<uint8_t> message(m_bytes.begin(), end);
    m_bytes.erase(m_bytes.begin(), end);
    message.resize(std::min(message.size(), MsdpMessage::LARGEST));
    return message;
}

void
MsdpFramer::Clear()
{
    m_bytes.clear();
}

} // namespace ns3
