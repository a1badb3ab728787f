// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.3 to §4.9.6: Register, Register-Stop, Join/Prune, Assert.
#include "ns3/pim-message.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr uint32_t BORDER_BIT = 0x80000000;
constexpr uint32_t NULL_BIT = 0x40000000;
constexpr uint32_t ASSERT_RPT_BIT = 0x80000000;

std::string
ReadSources(WireReader& reader, uint16_t count, PimEncodedSources& sources)
{
    sources.reserve(std::min<std::size_t>(count, reader.GetRemaining() / PimEncodedSource::SIZE));
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

} // namespace

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
    return reader.GetError();
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
    message.groups.reserve(
        std::min<std::size_t>(count, reader.GetRemaining() / PimJoinPruneGroup::HEADER_SIZE));
    for (uint8_t i = 0; i < count; ++i)
    {
        PimJoinPruneGroup& one = message.groups.emplace_back();
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
    }
    return reader.GetError();
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
PimAssert::Write(WireWriter& writer) const
{
    group.Write(writer);
    PimEncodedUnicast::Write(writer, source);
    writer.WriteU32((rpt ? ASSERT_RPT_BIT : 0) | (metricPreference & ~ASSERT_RPT_BIT));
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
    message.rpt = (first & ASSERT_RPT_BIT) != 0;
    message.metricPreference = first & ~ASSERT_RPT_BIT;
    message.metric = reader.ReadU32();
    return reader.GetError();
}

void
PimAssert::Print(std::ostream& os) const
{
    os << "Assert (" << source << ", " << group.address << ")" << (rpt ? " R" : "")
       << " preference " << metricPreference << " metric " << metric;
}

} // namespace ns3
