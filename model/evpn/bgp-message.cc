// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bgp-message.h"

namespace ns3
{

namespace
{

constexpr uint8_t PARAMETER_CAPABILITIES = 2;         // RFC 5492 §4
constexpr std::size_t MARKER_SIZE = 16;               // bytes of ones
constexpr std::size_t MIN_SIZES[] = {29, 23, 21, 19}; // by type, header included (§6.1)

std::vector<uint8_t>
ToBytes(uint16_t value)
{
    return {static_cast<uint8_t>(value >> 8), static_cast<uint8_t>(value)};
}

BgpError
OpenError(uint8_t subcode, std::vector<uint8_t> data = {})
{
    return MakeBgpError(BgpError::OPEN_MESSAGE, subcode, std::move(data));
}

/** Reads the optional parameters of an OPEN (§6.2). */
BgpError
ReadParameters(WireReader& reader, std::vector<BgpCapability>& capabilities)
{
    while (reader.GetRemaining() != 0)
    {
        const uint8_t type = reader.ReadU8();
        const uint8_t size = reader.ReadU8();
        WireReader value = reader.Sub(size);
        if (reader.IsTruncated())
        {
            return OpenError(BgpError::OPEN_UNSPECIFIC);
        }
        if (type != PARAMETER_CAPABILITIES)
        {
            return OpenError(BgpError::UNSUPPORTED_PARAMETER);
        }
        while (value.GetRemaining() != 0)
        {
            BgpCapability capability;
            capability.code = value.ReadU8();
            capability.value = value.ReadBytes(value.ReadU8());
            if (value.IsTruncated())
            {
                return OpenError(BgpError::OPEN_UNSPECIFIC);
            }
            capabilities.push_back(std::move(capability));
        }
    }
    return {};
}

BgpError
ReadNotification(WireReader& reader, BgpNotification& notification)
{
    notification.error.code = reader.ReadU8();
    notification.error.subcode = reader.ReadU8();
    notification.error.data = reader.ReadBytes(reader.GetRemaining());
    return {};
}

void
PrintRoutes(std::ostream& os, const char* name, const EvpnNlriList& list)
{
    if (!list.routes.empty())
    {
        os << " " << name;
    }
    for (const EvpnNlri& route : list.routes)
    {
        os << " " << route.key.rd << " " << route.key;
    }
}

} // namespace

BgpOpen
BgpOpen::Make(uint32_t as, uint16_t holdTime, Ipv4Address identifier)
{
    BgpOpen open;
    open.myAs = as > 0xffff ? AS_TRANS : static_cast<uint16_t>(as);
    open.holdTime = holdTime;
    open.identifier = identifier;
    open.capabilities.push_back(
        {BgpCapability::MULTIPROTOCOL, {0, uint8_t(BGP_AFI_L2VPN), 0, BGP_SAFI_EVPN}});
    WireWriter number;
    number.WriteU32(as);
    open.capabilities.push_back({BgpCapability::FOUR_OCTET_AS, number.GetBytes()});
    return open;
}

uint32_t
BgpOpen::GetAs() const
{
    for (const BgpCapability& capability : capabilities)
    {
        if (capability.code == BgpCapability::FOUR_OCTET_AS && capability.value.size() == 4)
        {
            WireReader reader(capability.value.data(), 4);
            return reader.ReadU32();
        }
    }
    return myAs;
}

bool
BgpOpen::HasFourOctetAs() const
{
    for (const BgpCapability& capability : capabilities)
    {
        if (capability.code == BgpCapability::FOUR_OCTET_AS && capability.value.size() == 4)
        {
            return true;
        }
    }
    return false;
}

bool
BgpOpen::HasEvpn() const
{
    for (const BgpCapability& capability : capabilities)
    {
        if (capability.code == BgpCapability::MULTIPROTOCOL && capability.value.size() == 4)
        {
            WireReader reader(capability.value.data(), 4);
            const uint16_t afi = reader.ReadU16();
            reader.Skip(1);
            if (afi == BGP_AFI_L2VPN && reader.ReadU8() == BGP_SAFI_EVPN)
            {
                return true;
            }
        }
    }
    return false;
}

void
BgpOpen::Write(WireWriter& writer) const
{
    constexpr std::size_t MOST = 0xff; // bytes of parameters (§4.2)
    std::size_t size = 0;
    for (const BgpCapability& capability : capabilities)
    {
        size += 2 + capability.value.size();
    }
    // A peer that has them all in one parameter may have more than fit one by one.
    const bool isOneByOne = size + 2 * capabilities.size() <= MOST;
    writer.WriteU8(version);
    writer.WriteU16(myAs);
    writer.WriteU16(holdTime);
    writer.WriteIpv4(identifier);
    writer.WriteU8(static_cast<uint8_t>(isOneByOne ? size + 2 * capabilities.size() : size + 2));
    if (!isOneByOne)
    {
        writer.WriteU8(PARAMETER_CAPABILITIES);
        writer.WriteU8(static_cast<uint8_t>(size));
    }
    for (const BgpCapability& capability : capabilities)
    {
        const uint8_t bytes = static_cast<uint8_t>(capability.value.size());
        if (isOneByOne)
        {
            writer.WriteU8(PARAMETER_CAPABILITIES);
            writer.WriteU8(static_cast<uint8_t>(bytes + 2));
        }
        writer.WriteU8(capability.code);
        writer.WriteU8(bytes);
        writer.WriteBytes(capability.value);
    }
}

BgpError
BgpOpen::Read(WireReader& reader, BgpOpen& open)
{
    open.version = reader.ReadU8();
    if (open.version != VERSION)
    {
        return OpenError(BgpError::UNSUPPORTED_VERSION, ToBytes(VERSION));
    }
    open.myAs = reader.ReadU16();
    open.holdTime = reader.ReadU16();
    open.identifier = reader.ReadIpv4();
    const uint8_t size = reader.ReadU8();
    if (reader.IsTruncated() || size != reader.GetRemaining())
    {
        return OpenError(BgpError::OPEN_UNSPECIFIC);
    }
    if (open.holdTime == 1 || open.holdTime == 2)
    {
        return OpenError(BgpError::UNACCEPTABLE_HOLD_TIME);
    }
    const uint32_t identifier = open.identifier.Get();
    if (identifier == 0 || identifier >= 0xe0000000)
    {
        return OpenError(BgpError::BAD_IDENTIFIER);
    }
    return ReadParameters(reader, open.capabilities);
}

void
BgpMessage::Write(WireWriter& writer) const
{
    const std::size_t from = writer.GetSize();
    for (std::size_t i = 0; i < MARKER_SIZE; ++i)
    {
        writer.WriteU8(0xff);
    }
    writer.WriteU16(0);
    writer.WriteU8(GetType());
    switch (GetType())
    {
    case OPEN:
        std::get<BgpOpen>(body).Write(writer);
        break;
    case UPDATE:
        std::get<BgpUpdate>(body).Write(writer);
        break;
    case NOTIFICATION: {
        const BgpError& error = std::get<BgpNotification>(body).error;
        writer.WriteU8(error.code);
        writer.WriteU8(error.subcode);
        writer.WriteBytes(error.data);
        break;
    }
    case KEEPALIVE:
        break;
    }
    writer.PatchU16(from + MARKER_SIZE, static_cast<uint16_t>(writer.GetSize() - from));
}

std::vector<uint8_t>
BgpMessage::GetBytes() const
{
    WireWriter writer;
    Write(writer);
    return writer.GetBytes();
}

BgpError
BgpMessage::ReadHeader(WireReader reader, std::size_t& size)
{
    for (std::size_t i = 0; i < MARKER_SIZE; ++i)
    {
        if (reader.ReadU8() != 0xff)
        {
            return MakeBgpError(BgpError::MESSAGE_HEADER, BgpError::NOT_SYNCHRONIZED);
        }
    }
    const uint16_t length = reader.ReadU16();
    const uint8_t type = reader.ReadU8();
    BgpError badLength =
        MakeBgpError(BgpError::MESSAGE_HEADER, BgpError::BAD_LENGTH, ToBytes(length));
    if (reader.IsTruncated() || length < HEADER_SIZE || length > MAX_SIZE)
    {
        return badLength;
    }
    if (type < OPEN || type > KEEPALIVE)
    {
        return MakeBgpError(BgpError::MESSAGE_HEADER, BgpError::BAD_TYPE, {type});
    }
    if (length < MIN_SIZES[type - 1] || (type == KEEPALIVE && length != HEADER_SIZE))
    {
        return badLength;
    }
    size = length;
    return {};
}

BgpError
BgpMessage::Parse(WireReader& reader, bool fourOctetAs, BgpMessage& message)
{
    std::size_t size = 0;
    if (BgpError error = ReadHeader(reader, size))
    {
        return error;
    }
    reader.Skip(HEADER_SIZE - 1);
    const uint8_t type = reader.ReadU8();
    WireReader body = reader.Sub(size - HEADER_SIZE);
    if (reader.IsTruncated())
    {
        return MakeBgpError(
            BgpError::MESSAGE_HEADER, BgpError::BAD_LENGTH, ToBytes(static_cast<uint16_t>(size)));
    }
    switch (type)
    {
    case OPEN:
        return BgpOpen::Read(body, message.body.emplace<BgpOpen>());
    case UPDATE:
        return BgpUpdate::Read(body, fourOctetAs, message.body.emplace<BgpUpdate>());
    case NOTIFICATION:
        return ReadNotification(body, message.body.emplace<BgpNotification>());
    default:
        message.body = BgpKeepalive();
        return {};
    }
}

std::string
BgpMessage::Read(WireReader& reader, BgpMessage& message)
{
    return Parse(reader, true, message).GetName();
}

void
BgpMessage::Print(std::ostream& os) const
{
    os << ToString(GetType());
    switch (GetType())
    {
    case OPEN: {
        const BgpOpen& open = std::get<BgpOpen>(body);
        os << " as " << open.GetAs() << " hold " << open.holdTime << " id " << open.identifier;
        break;
    }
    case UPDATE: {
        const BgpUpdate& update = std::get<BgpUpdate>(body);
        PrintRoutes(os, "reach", update.reach);
        PrintRoutes(os, "unreach", update.unreach);
        os << (update.IsEndOfRib() ? " end-of-rib" : "");
        break;
    }
    case NOTIFICATION: {
        const BgpError& error = std::get<BgpNotification>(body).error;
        os << " " << int(error.code) << "/" << int(error.subcode);
        break;
    }
    case KEEPALIVE:
        break;
    }
}

const char*
ToString(BgpMessage::Type type)
{
    switch (type)
    {
    case BgpMessage::OPEN:
        return "open";
    case BgpMessage::UPDATE:
        return "update";
    case BgpMessage::NOTIFICATION:
        return "notification";
    case BgpMessage::KEEPALIVE:
        return "keepalive";
    }
    return "";
}

void
BgpFramer::Append(const std::vector<uint8_t>& bytes)
{
    m_bytes.erase(m_bytes.begin(), m_bytes.begin() + static_cast<std::ptrdiff_t>(m_from));
    m_from = 0;
    m_bytes.insert(m_bytes.end(), bytes.begin(), bytes.end());
}

BgpError
BgpFramer::Next(std::vector<uint8_t>& bytes)
{
    bytes.clear();
    const std::size_t there = m_bytes.size() - m_from;
    if (there < BgpMessage::HEADER_SIZE)
    {
        return {};
    }
    std::size_t size = 0;
    if (BgpError error = BgpMessage::ReadHeader(WireReader(m_bytes.data() + m_from, there), size))
    {
        return error;
    }
    if (there >= size)
    {
        bytes.assign(m_bytes.begin() + static_cast<std::ptrdiff_t>(m_from),
                     m_bytes.begin() + static_cast<std::ptrdiff_t>(m_from + size));
        m_from += size;
    }
    return {};
}

void
BgpFramer::Clear()
{
    m_bytes.clear();
    m_from = 0;
}

} // namespace ns3
