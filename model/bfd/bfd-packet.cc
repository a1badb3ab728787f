// SPDX-License-Identifier: GPL-2.0-only
// RFC 5880 §4.1, §6.8.6.
#include "ns3/bfd-packet.h"

namespace ns3
{

namespace
{

constexpr uint8_t POLL = 0x20;
constexpr uint8_t FINAL = 0x10;
constexpr uint8_t CONTROL_PLANE_INDEPENDENT = 0x08;
constexpr uint8_t AUTHENTICATION = 0x04;
constexpr uint8_t DEMAND = 0x02;
constexpr uint8_t MULTIPOINT = 0x01;
constexpr uint8_t AUTHENTICATION_HEADER_SIZE = 2;

} // namespace

void
BfdPacket::Write(WireWriter& writer) const
{
    writer.WriteU8(static_cast<uint8_t>(VERSION << 5 | (diagnostic & 0x1f)));
    writer.WriteU8(static_cast<uint8_t>(
        static_cast<uint8_t>(state) << 6 | (poll ? POLL : 0) | (final ? FINAL : 0) |
        (controlPlaneIndependent ? CONTROL_PLANE_INDEPENDENT : 0) | (demand ? DEMAND : 0)));
    writer.WriteU8(detectMult);
    writer.WriteU8(SIZE);
    writer.WriteU32(myDiscriminator);
    writer.WriteU32(yourDiscriminator);
    writer.WriteU32(desiredMinTx);
    writer.WriteU32(requiredMinRx);
    writer.WriteU32(requiredMinEchoRx);
}

std::string
BfdPacket::Read(WireReader& reader, BfdPacket& packet)
{
    const std::size_t size = reader.GetRemaining();
    const uint8_t first = reader.ReadU8();
    const uint8_t second = reader.ReadU8();
    packet.diagnostic = first & 0x1f;
    packet.state = static_cast<BfdState>(second >> 6);
    packet.poll = (second & POLL) != 0;
    packet.final = (second & FINAL) != 0;
    packet.controlPlaneIndependent = (second & CONTROL_PLANE_INDEPENDENT) != 0;
    packet.demand = (second & DEMAND) != 0;
    packet.detectMult = reader.ReadU8();
    const uint8_t length = reader.ReadU8();
    packet.myDiscriminator = reader.ReadU32();
    packet.yourDiscriminator = reader.ReadU32();
    packet.desiredMinTx = reader.ReadU32();
    packet.requiredMinRx = reader.ReadU32();
    packet.requiredMinEchoRx = reader.ReadU32();
    if (reader.IsTruncated())
    {
        return reader.GetError();
    }
    const bool authenticated = (second & AUTHENTICATION) != 0;
    if (first >> 5 != VERSION)
    {
        return "version";
    }
    if (length < SIZE + (authenticated ? AUTHENTICATION_HEADER_SIZE : 0) || length > size)
    {
        return "length";
    }
    if (packet.detectMult == 0)
    {
        return "detect-mult";
    }
    if ((second & MULTIPOINT) != 0)
    {
        return "multipoint";
    }
    if (packet.myDiscriminator == 0)
    {
        return "my-discriminator";
    }
    if (packet.yourDiscriminator == 0 && packet.state != BfdState::DOWN &&
        packet.state != BfdState::ADMIN_DOWN)
    {
        return "your-discriminator";
    }
    return authenticated ? "authentication" : "";
}

void
BfdPacket::Print(std::ostream& os) const
{
    os << EnumName(state) << " diag " << unsigned(diagnostic) << (poll ? " poll" : "")
       << (final ? " final" : "") << (demand ? " demand" : "") << " mult " << unsigned(detectMult)
       << " my " << myDiscriminator << " your " << yourDiscriminator << " tx " << desiredMinTx
       << "us rx " << requiredMinRx << "us";
}

} // namespace ns3
