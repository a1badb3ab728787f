// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9, §4.9.1: the header that all messages share, its checksum, and the choice of the
// body.
#include "ns3/pim-message.h"

namespace ns3
{

namespace
{

constexpr uint8_t VERSION = 2;
constexpr std::size_t HEADER_SIZE = 4;
constexpr std::size_t CHECKSUM_POSITION = 2;
/** A Register's checksum covers the headers, not the packet inside (RFC 7761 §4.9.3). */
constexpr std::size_t REGISTER_CHECKSUM_SIZE = 8;

constexpr uint8_t TYPE_HELLO = 0;
constexpr uint8_t TYPE_REGISTER = 1;
constexpr uint8_t TYPE_REGISTER_STOP = 2;
constexpr uint8_t TYPE_JOIN_PRUNE = 3;
constexpr uint8_t TYPE_BOOTSTRAP = 4;
constexpr uint8_t TYPE_ASSERT = 5;
constexpr uint8_t TYPE_CANDIDATE_RP = 8;
constexpr uint8_t TYPE_DF_ELECTION = 10;

constexpr uint8_t NO_FORWARD_BIT = 0x80;

/** \returns the byte after the type: flags in Bootstrap and DF-election messages. */
uint8_t
FlagsOf(const PimMessage::Body& body)
{
    if (const auto* bootstrap = std::get_if<PimBootstrap>(&body))
    {
        return bootstrap->noForward ? NO_FORWARD_BIT : 0;
    }
    if (const auto* election = std::get_if<PimDfElection>(&body))
    {
        return static_cast<uint8_t>(static_cast<uint8_t>(election->subtype) << 4);
    }
    return 0;
}

bool
IsChecksumRight(const uint8_t* bytes, std::size_t size, uint8_t type)
{
    if (InternetChecksum(bytes, size) == 0)
    {
        return true;
    }
    return type == TYPE_REGISTER && size >= REGISTER_CHECKSUM_SIZE &&
           InternetChecksum(bytes, REGISTER_CHECKSUM_SIZE) == 0;
}

template <typename T>
std::string
ReadBody(WireReader& reader, PimMessage& message)
{
    T body;
    std::string error = T::Read(reader, body);
    message.body = std::move(body);
    return error;
}

std::string
ReadBodyOfType(uint8_t type, uint8_t flags, WireReader& reader, PimMessage& message)
{
    switch (type)
    {
    case TYPE_HELLO:
        return ReadBody<PimHello>(reader, message);
    case TYPE_REGISTER:
        return ReadBody<PimRegister>(reader, message);
    case TYPE_REGISTER_STOP:
        return ReadBody<PimRegisterStop>(reader, message);
    case TYPE_JOIN_PRUNE:
        return ReadBody<PimJoinPrune>(reader, message);
    case TYPE_BOOTSTRAP: {
        std::string error = ReadBody<PimBootstrap>(reader, message);
        std::get<PimBootstrap>(message.body).noForward = (flags & NO_FORWARD_BIT) != 0;
        return error;
    }
    case TYPE_ASSERT:
        return ReadBody<PimAssert>(reader, message);
    case TYPE_CANDIDATE_RP:
        return ReadBody<PimCandidateRpAdvertisement>(reader, message);
    case TYPE_DF_ELECTION: {
        PimDfElection election;
        std::string error = PimDfElection::Read(reader, flags >> 4, election);
        message.body = election;
        return error;
    }
    default:
        return "type";
    }
}

} // namespace

uint8_t
PimMessage::GetType() const
{
    static constexpr uint8_t TYPES[] = {TYPE_HELLO,
                                        TYPE_REGISTER,
                                        TYPE_REGISTER_STOP,
                                        TYPE_JOIN_PRUNE,
                                        TYPE_BOOTSTRAP,
                                        TYPE_ASSERT,
                                        TYPE_CANDIDATE_RP,
                                        TYPE_DF_ELECTION};
    return TYPES[body.index()];
}

void
PimMessage::Write(WireWriter& writer) const
{
    const std::size_t start = writer.GetSize();
    writer.WriteU8(static_cast<uint8_t>(VERSION << 4 | GetType()));
    writer.WriteU8(FlagsOf(body));
    writer.WriteU16(0);
    std::visit([&](const auto& message) { message.Write(writer); }, body);

    std::size_t covered = writer.GetSize() - start;
    if (std::holds_alternative<PimRegister>(body))
    {
        covered = REGISTER_CHECKSUM_SIZE;
    }
    writer.PatchU16(start + CHECKSUM_POSITION,
                    InternetChecksum(writer.GetBytes().data() + start, covered));
}

std::string
PimMessage::Read(WireReader& reader, PimMessage& message)
{
    const uint8_t* bytes = reader.GetNext();
    const std::size_t size = reader.GetRemaining();
    reader.Skip(size);
    if (size < HEADER_SIZE)
    {
        return "truncated";
    }
    const uint8_t type = bytes[0] & 0x0f;
    if (bytes[0] >> 4 != VERSION)
    {
        return "version";
    }
    if (!IsChecksumRight(bytes, size, type))
    {
        return "checksum";
    }
    WireReader body(bytes + HEADER_SIZE, size - HEADER_SIZE);
    return ReadBodyOfType(type, bytes[1], body, message);
}

void
PimMessage::Print(std::ostream& os) const
{
    os << "PIM ";
    std::visit([&](const auto& one) { one.Print(os); }, body);
}

} // namespace ns3
