// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9, RFC 5059 §4, RFC 5015 §3.7.
#include "ns3/pim-message.h"

#include <algorithm>

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

constexpr uint16_t OPTION_HOLDTIME = 1;
constexpr uint16_t OPTION_LAN_PRUNE_DELAY = 2;
constexpr uint16_t OPTION_DR_PRIORITY = 19;
constexpr uint16_t OPTION_GENERATION_ID = 20;
constexpr uint16_t OPTION_BIDIRECTIONAL = 22;
constexpr uint16_t OPTION_ADDRESS_LIST = 24;

constexpr uint16_t TRACKING_BIT = 0x8000;
constexpr uint32_t BORDER_BIT = 0x80000000;
constexpr uint32_t NULL_BIT = 0x40000000;
constexpr uint32_t RPT_BIT = 0x80000000;
constexpr uint8_t NO_FORWARD_BIT = 0x80;

std::string
EndOf(const WireReader& reader)
{
    return reader.IsTruncated() ? "truncated" : "";
}

void
WriteOption(WireWriter& writer, uint16_t type, uint16_t length)
{
    writer.WriteU16(type);
    writer.WriteU16(length);
}

std::string
ReadAddressList(WireReader option, std::vector<Ipv4Address>& addresses)
{
    while (option.GetRemaining() > 0)
    {
        Ipv4Address address;
        if (std::string error = PimEncodedUnicast::Read(option, address); !error.empty())
        {
            return error == "truncated" ? "option-length" : error;
        }
        addresses.push_back(address);
    }
    return "";
}

/** Reads one option of a Hello; those unknown are skipped (RFC 7761 §4.9.2). */
std::string
ReadOption(uint16_t type, WireReader option, PimHello& hello)
{
    const std::size_t length = option.GetRemaining();
    std::size_t expected = length;
    switch (type)
    {
    case OPTION_HOLDTIME:
        expected = 2;
        hello.holdtime = option.ReadU16();
        break;
    case OPTION_LAN_PRUNE_DELAY: {
        expected = 4;
        const uint16_t first = option.ReadU16();
        hello.lanPruneDelay = PimLanPruneDelay{(first & TRACKING_BIT) != 0,
                                               static_cast<uint16_t>(first & ~TRACKING_BIT),
                                               option.ReadU16()};
        break;
    }
    case OPTION_DR_PRIORITY:
        expected = 4;
        hello.drPriority = option.ReadU32();
        break;
    case OPTION_GENERATION_ID:
        expected = 4;
        hello.generationId = option.ReadU32();
        break;
    case OPTION_BIDIRECTIONAL:
        expected = 0;
        hello.bidirectionalCapable = true;
        break;
    case OPTION_ADDRESS_LIST:
        return ReadAddressList(option, hello.secondaryAddresses);
    default:
        break;
    }
    return length == expected ? "" : "option-length";
}

std::string
ReadSources(WireReader& reader, uint16_t count, std::vector<PimEncodedSource>& sources)
{
    for (uint16_t i = 0; i < count; ++i)
    {
        PimEncodedSource source;
        if (std::string error = PimEncodedSource::Read(reader, source); !error.empty())
        {
            return error;
        }
        sources.push_back(source);
    }
    return "";
}

std::string
ReadRange(WireReader& reader, PimBootstrapRange& range)
{
    if (std::string error = PimEncodedGroup::Read(reader, range.group); !error.empty())
    {
        return error;
    }
    range.rpCount = reader.ReadU8();
    const uint8_t fragmentCount = reader.ReadU8();
    reader.Skip(2);
    for (uint8_t i = 0; i < fragmentCount; ++i)
    {
        PimBootstrapRp rp;
        if (std::string error = PimEncodedUnicast::Read(reader, rp.address); !error.empty())
        {
            return error;
        }
        rp.holdtime = reader.ReadU16();
        rp.priority = reader.ReadU8();
        reader.Skip(1);
        range.rps.push_back(rp);
    }
    return EndOf(reader);
}

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
IsChecksumRight(const std::vector<uint8_t>& bytes, uint8_t type)
{
    if (InternetChecksum(bytes.data(), bytes.size()) == 0)
    {
        return true;
    }
    return type == TYPE_REGISTER && bytes.size() >= REGISTER_CHECKSUM_SIZE &&
           InternetChecksum(bytes.data(), REGISTER_CHECKSUM_SIZE) == 0;
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

void
PimHello::Write(WireWriter& writer) const
{
    if (holdtime)
    {
        WriteOption(writer, OPTION_HOLDTIME, 2);
        writer.WriteU16(*holdtime);
    }
    if (lanPruneDelay)
    {
        WriteOption(writer, OPTION_LAN_PRUNE_DELAY, 4);
        writer.WriteU16((lanPruneDelay->trackingSupport ? TRACKING_BIT : 0) |
                        (lanPruneDelay->propagationDelay & ~TRACKING_BIT));
        writer.WriteU16(lanPruneDelay->overrideInterval);
    }
    if (drPriority)
    {
        WriteOption(writer, OPTION_DR_PRIORITY, 4);
        writer.WriteU32(*drPriority);
    }
    if (generationId)
    {
        WriteOption(writer, OPTION_GENERATION_ID, 4);
        writer.WriteU32(*generationId);
    }
    if (bidirectionalCapable)
    {
        WriteOption(writer, OPTION_BIDIRECTIONAL, 0);
    }
    if (!secondaryAddresses.empty())
    {
        WriteOption(writer,
                    OPTION_ADDRESS_LIST,
                    static_cast<uint16_t>(PimEncodedUnicast::SIZE * secondaryAddresses.size()));
        for (Ipv4Address address : secondaryAddresses)
        {
            PimEncodedUnicast::Write(writer, address);
        }
    }
}

std::string
PimHello::Read(WireReader& reader, PimHello& hello)
{
    while (reader.GetRemaining() > 0)
    {
        const uint16_t type = reader.ReadU16();
        const uint16_t length = reader.ReadU16();
        const WireReader option = reader.Sub(length);
        if (reader.IsTruncated())
        {
            return "truncated";
        }
        if (std::string error = ReadOption(type, option, hello); !error.empty())
        {
            return error;
        }
    }
    return "";
}

void
PimHello::Print(std::ostream& os) const
{
    os << "Hello";
    if (holdtime)
    {
        os << " holdtime " << *holdtime << "s";
    }
    if (lanPruneDelay)
    {
        os << " delay " << lanPruneDelay->propagationDelay << "ms override "
           << lanPruneDelay->overrideInterval << "ms"
           << (lanPruneDelay->trackingSupport ? " tracking" : "");
    }
    if (drPriority)
    {
        os << " DR priority " << *drPriority;
    }
    if (generationId)
    {
        os << " generation " << *generationId;
    }
    for (Ipv4Address address : secondaryAddresses)
    {
        os << " secondary " << address;
    }
    os << (bidirectionalCapable ? " bidirectional" : "");
}

void
PimRegister::Write(WireWriter& writer) const
{
    writer.WriteU32((border ? BORDER_BIT : 0) | (nullRegister ? NULL_BIT : 0));
    writer.WriteBytes(packet);
}

std::string
PimRegister::Read(WireReader& reader, PimRegister& message)
{
    const uint32_t flags = reader.ReadU32();
    message.border = (flags & BORDER_BIT) != 0;
    message.nullRegister = (flags & NULL_BIT) != 0;
    message.packet = reader.ReadBytes(reader.GetRemaining());
    return EndOf(reader);
}

void
PimRegister::Print(std::ostream& os) const
{
    os << (nullRegister ? "Null-Register" : "Register") << (border ? " border " : " ")
       << packet.size() << " bytes";
}

void
PimRegisterStop::Write(WireWriter& writer) const
{
    PimEncodedGroup encoded;
    encoded.address = group;
    encoded.Write(writer);
    PimEncodedUnicast::Write(writer, source);
}

std::string
PimRegisterStop::Read(WireReader& reader, PimRegisterStop& message)
{
    PimEncodedGroup encoded;
    if (std::string error = PimEncodedGroup::Read(reader, encoded); !error.empty())
    {
        return error;
    }
    message.group = encoded.address;
    return PimEncodedUnicast::Read(reader, message.source);
}

void
PimRegisterStop::Print(std::ostream& os) const
{
    os << "Register-Stop (" << source << ", " << group << ")";
}

void
PimJoinPrune::Write(WireWriter& writer) const
{
    PimEncodedUnicast::Write(writer, upstreamNeighbor);
    writer.WriteU8(0);
    writer.WriteU8(static_cast<uint8_t>(groups.size()));
    writer.WriteU16(holdtime);
    for (const PimJoinPruneGroup& one : groups)
    {
        one.group.Write(writer);
        writer.WriteU16(static_cast<uint16_t>(one.joins.size()));
        writer.WriteU16(static_cast<uint16_t>(one.prunes.size()));
        for (const PimEncodedSource& source : one.joins)
        {
            source.Write(writer);
        }
        for (const PimEncodedSource& source : one.prunes)
        {
            source.Write(writer);
        }
    }
}

std::string
PimJoinPrune::Read(WireReader& reader, PimJoinPrune& message)
{
    if (std::string error = PimEncodedUnicast::Read(reader, message.upstreamNeighbor);
        !error.empty())
    {
        return error;
    }
    reader.Skip(1);
    const uint8_t count = reader.ReadU8();
    message.holdtime = reader.ReadU16();
    for (uint8_t i = 0; i < count; ++i)
    {
        PimJoinPruneGroup one;
        std::string error = PimEncodedGroup::Read(reader, one.group);
        const uint16_t joins = reader.ReadU16();
        const uint16_t prunes = reader.ReadU16();
        if (error.empty())
        {
            error = ReadSources(reader, joins, one.joins);
        }
        if (error.empty())
        {
            error = ReadSources(reader, prunes, one.prunes);
        }
        if (!error.empty())
        {
            return error;
        }
        message.groups.push_back(std::move(one));
    }
    return EndOf(reader);
}

void
PimJoinPrune::Print(std::ostream& os) const
{
    os << "Join/Prune to " << upstreamNeighbor << " holdtime " << holdtime << "s";
    for (const PimJoinPruneGroup& one : groups)
    {
        os << " [" << one.group;
        for (const PimEncodedSource& source : one.joins)
        {
            os << " join " << source;
        }
        for (const PimEncodedSource& source : one.prunes)
        {
            os << " prune " << source;
        }
        os << "]";
    }
}

void
PimBootstrap::Write(WireWriter& writer) const
{
    writer.WriteU16(fragmentTag);
    writer.WriteU8(hashMaskLength);
    writer.WriteU8(bsrPriority);
    PimEncodedUnicast::Write(writer, bsrAddress);
    for (const PimBootstrapRange& range : ranges)
    {
        range.group.Write(writer);
        writer.WriteU8(range.rpCount);
        writer.WriteU8(static_cast<uint8_t>(range.rps.size()));
        writer.WriteU16(0);
        for (const PimBootstrapRp& rp : range.rps)
        {
            PimEncodedUnicast::Write(writer, rp.address);
            writer.WriteU16(rp.holdtime);
            writer.WriteU8(rp.priority);
            writer.WriteU8(0);
        }
    }
}

std::string
PimBootstrap::Read(WireReader& reader, PimBootstrap& message)
{
    message.fragmentTag = reader.ReadU16();
    message.hashMaskLength = reader.ReadU8();
    message.bsrPriority = reader.ReadU8();
    if (std::string error = PimEncodedUnicast::Read(reader, message.bsrAddress); !error.empty())
    {
        return error;
    }
    if (message.hashMaskLength > 32)
    {
        return "mask-length";
    }
    while (reader.GetRemaining() > 0)
    {
        PimBootstrapRange range;
        if (std::string error = ReadRange(reader, range); !error.empty())
        {
            return error;
        }
        message.ranges.push_back(std::move(range));
    }
    return "";
}

void
PimBootstrap::Print(std::ostream& os) const
{
    os << "Bootstrap BSR " << bsrAddress << " priority " << +bsrPriority << " tag " << fragmentTag
       << " hash mask " << +hashMaskLength << (noForward ? " no-forward" : "");
    for (const PimBootstrapRange& range : ranges)
    {
        os << " [" << range.group << " " << range.rps.size() << " of " << +range.rpCount;
        for (const PimBootstrapRp& rp : range.rps)
        {
            os << " RP " << rp.address << " priority " << +rp.priority << " holdtime "
               << rp.holdtime << "s";
        }
        os << "]";
    }
}

void
PimAssert::Write(WireWriter& writer) const
{
    group.Write(writer);
    PimEncodedUnicast::Write(writer, source);
    writer.WriteU32((rpt ? RPT_BIT : 0) | (metricPreference & ~RPT_BIT));
    writer.WriteU32(metric);
}

std::string
PimAssert::Read(WireReader& reader, PimAssert& message)
{
    if (std::string error = PimEncodedGroup::Read(reader, message.group); !error.empty())
    {
        return error;
    }
    if (std::string error = PimEncodedUnicast::Read(reader, message.source); !error.empty())
    {
        return error;
    }
    const uint32_t first = reader.ReadU32();
    message.rpt = (first & RPT_BIT) != 0;
    message.metricPreference = first & ~RPT_BIT;
    message.metric = reader.ReadU32();
    return EndOf(reader);
}

void
PimAssert::Print(std::ostream& os) const
{
    os << "Assert (" << source << ", " << group.address << ")" << (rpt ? " R" : "")
       << " preference " << metricPreference << " metric " << metric;
}

void
PimCandidateRpAdvertisement::Write(WireWriter& writer) const
{
    writer.WriteU8(static_cast<uint8_t>(groups.size()));
    writer.WriteU8(priority);
    writer.WriteU16(holdtime);
    PimEncodedUnicast::Write(writer, rpAddress);
    for (const PimEncodedGroup& group : groups)
    {
        group.Write(writer);
    }
}

std::string
PimCandidateRpAdvertisement::Read(WireReader& reader, PimCandidateRpAdvertisement& message)
{
    const uint8_t count = reader.ReadU8();
    message.priority = reader.ReadU8();
    message.holdtime = reader.ReadU16();
    std::string error = PimEncodedUnicast::Read(reader, message.rpAddress);
    for (uint8_t i = 0; i < count && error.empty(); ++i)
    {
        PimEncodedGroup group;
        error = PimEncodedGroup::Read(reader, group);
        message.groups.push_back(group);
    }
    return error;
}

void
PimCandidateRpAdvertisement::Print(std::ostream& os) const
{
    os << "Candidate-RP-Advertisement " << rpAddress << " priority " << +priority << " holdtime "
       << holdtime << "s";
    for (const PimEncodedGroup& group : groups)
    {
        os << " " << group;
    }
}

void
PimDfElection::Write(WireWriter& writer) const
{
    PimEncodedUnicast::Write(writer, rpAddress);
    writer.WriteU32(senderPreference);
    writer.WriteU32(senderMetric);
    if (subtype == Subtype::Backoff || subtype == Subtype::Pass)
    {
        PimEncodedUnicast::Write(writer, otherAddress);
        writer.WriteU32(otherPreference);
        writer.WriteU32(otherMetric);
    }
    if (subtype == Subtype::Backoff)
    {
        writer.WriteU16(interval);
    }
}

std::string
PimDfElection::Read(WireReader& reader, uint8_t subtype, PimDfElection& message)
{
    if (subtype < static_cast<uint8_t>(Subtype::Offer) ||
        subtype > static_cast<uint8_t>(Subtype::Pass))
    {
        return "subtype";
    }
    message.subtype = static_cast<Subtype>(subtype);
    if (std::string error = PimEncodedUnicast::Read(reader, message.rpAddress); !error.empty())
    {
        return error;
    }
    message.senderPreference = reader.ReadU32();
    message.senderMetric = reader.ReadU32();
    if (message.subtype == Subtype::Backoff || message.subtype == Subtype::Pass)
    {
        if (std::string error = PimEncodedUnicast::Read(reader, message.otherAddress);
            !error.empty())
        {
            return error;
        }
        message.otherPreference = reader.ReadU32();
        message.otherMetric = reader.ReadU32();
    }
    if (message.subtype == Subtype::Backoff)
    {
        message.interval = reader.ReadU16();
    }
    return EndOf(reader);
}

void
PimDfElection::Print(std::ostream& os) const
{
    static const char* const NAMES[] = {"", "Offer", "Winner", "Backoff", "Pass"};
    os << "DF " << NAMES[static_cast<uint8_t>(subtype)] << " RPA " << rpAddress << " preference "
       << senderPreference << " metric " << senderMetric;
    if (subtype == Subtype::Backoff || subtype == Subtype::Pass)
    {
        os << " to " << otherAddress << " preference " << otherPreference << " metric "
           << otherMetric;
    }
    if (subtype == Subtype::Backoff)
    {
        os << " interval " << interval << "ms";
    }
}

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
    const std::vector<uint8_t> bytes = reader.ReadBytes(reader.GetRemaining());
    if (bytes.size() < HEADER_SIZE)
    {
        return "truncated";
    }
    const uint8_t type = bytes[0] & 0x0f;
    if (bytes[0] >> 4 != VERSION)
    {
        return "version";
    }
    if (!IsChecksumRight(bytes, type))
    {
        return "checksum";
    }
    WireReader body(bytes.data() + HEADER_SIZE, bytes.size() - HEADER_SIZE);
    return ReadBodyOfType(type, bytes[1], body, message);
}

void
PimMessage::Print(std::ostream& os) const
{
    os << "PIM ";
    std::visit([&](const auto& one) { one.Print(os); }, body);
}

} // namespace ns3
