// SPDX-License-Identifier: GPL-2.0-only
// RFC 1112 appendix I, RFC 2236 §2, RFC 3376 §4 and §7.1.
#include "ns3/igmp-message.h"

#include <algorithm>

namespace ns3
{

namespace
{

void
WriteSources(WireWriter& writer, const std::vector<Ipv4Address>& sources)
{
    for (Ipv4Address source : sources)
    {
        writer.WriteIpv4(source);
    }
}

/** Stops at the end of the bytes, so that a false count cannot make it long. */
std::vector<Ipv4Address>
ReadSources(WireReader& reader, uint16_t count)
{
    std::vector<Ipv4Address> sources;
    for (uint16_t i = 0; i < count && !reader.IsTruncated(); ++i)
    {
        sources.push_back(reader.ReadIpv4());
    }
    return sources;
}

void
PrintSources(std::ostream& os, const std::vector<Ipv4Address>& sources)
{
    os << "{";
    for (std::size_t i = 0; i < sources.size(); ++i)
    {
        os << (i == 0 ? "" : " ") << sources[i];
    }
    os << "}";
}

std::string
ReadQuery(WireReader& reader, std::size_t size, IgmpMessage& message)
{
    message.group = reader.ReadIpv4();
    if (size == IGMP_V2_SIZE)
    {
        message.version = message.maxRespCode == 0 ? 1 : 2;
        return "";
    }
    if (size < IGMP_V3_QUERY_SIZE)
    {
        return "query-length";
    }
    message.version = 3;
    const uint8_t flags = reader.ReadU8();
    message.suppress = (flags & 0x08) != 0;
    message.robustness = flags & 0x07;
    message.queryIntervalCode = reader.ReadU8();
    message.sources = ReadSources(reader, reader.ReadU16());
    return reader.GetError();
}

std::string
ReadRecords(WireReader& reader, IgmpMessage& message)
{
    reader.Skip(2); // reserved
    const uint16_t count = reader.ReadU16();
    message.records.reserve(std::min<std::size_t>(count, reader.GetRemaining() / IGMP_RECORD_SIZE));
    for (uint16_t i = 0; i < count && !reader.IsTruncated(); ++i)
    {
        IgmpGroupRecord record;
        record.type = static_cast<IgmpRecordType>(reader.ReadU8());
        const uint8_t auxiliaryWords = reader.ReadU8();
        const uint16_t sources = reader.ReadU16();
        record.group = reader.ReadIpv4();
        record.sources = ReadSources(reader, sources);
        reader.Skip(4 * std::size_t(auxiliaryWords));
        message.records.push_back(std::move(record));
    }
    return reader.GetError();
}

} // namespace

void
IgmpMessage::Write(WireWriter& writer) const
{
    const std::size_t start = writer.GetSize();
    writer.WriteU8(type);
    writer.WriteU8(type == QUERY ? maxRespCode : 0);
    writer.WriteU16(0); // the checksum, patched below
    if (type == V3_REPORT)
    {
        writer.WriteU16(0);
        writer.WriteU16(static_cast<uint16_t>(records.size()));
        for (const IgmpGroupRecord& record : records)
        {
            writer.WriteU8(static_cast<uint8_t>(record.type));
            writer.WriteU8(0);
            writer.WriteU16(static_cast<uint16_t>(record.sources.size()));
            writer.WriteIpv4(record.group);
            WriteSources(writer, record.sources);
        }
    }
    else
    {
        writer.WriteIpv4(group);
    }
    if (type == QUERY && version == 3)
    {
        writer.WriteU8(static_cast<uint8_t>((suppress ? 0x08 : 0) | (robustness & 0x07)));
        writer.WriteU8(queryIntervalCode);
        writer.WriteU16(static_cast<uint16_t>(sources.size()));
        WriteSources(writer, sources);
    }
    const uint8_t* bytes = writer.GetBytes().data() + start;
    writer.PatchU16(start + 2, InternetChecksum(bytes, writer.GetSize() - start));
}

std::string
IgmpMessage::Read(WireReader& reader, IgmpMessage& message)
{
    const std::size_t size = reader.GetRemaining();
    WireReader body = reader.Sub(size);
    if (size < IGMP_V2_SIZE)
    {
        return "truncated";
    }
    if (InternetChecksum(body.GetNext(), size) != 0)
    {
        return "checksum";
    }
    message.type = body.ReadU8();
    message.maxRespCode = body.ReadU8();
    body.Skip(2); // the checksum
    switch (message.type)
    {
    case QUERY:
        return ReadQuery(body, size, message);
    case V1_REPORT:
    case V2_REPORT:
    case LEAVE:
        message.group = body.ReadIpv4();
        return "";
    case V3_REPORT:
        return ReadRecords(body, message);
    default:
        return "type";
    }
}

void
IgmpMessage::Print(std::ostream& os) const
{
    switch (type)
    {
    case QUERY:
        os << "v" << unsigned(version) << " Query " << group;
        if (version == 3)
        {
            os << (suppress ? " S" : "") << " QRV " << unsigned(robustness) << " QQI "
               << DecodeIgmpFloat(queryIntervalCode) << " ";
            PrintSources(os, sources);
        }
        break;
    case V1_REPORT:
        os << "v1 Report " << group;
        break;
    case V2_REPORT:
        os << "v2 Report " << group;
        break;
    case LEAVE:
        os << "Leave " << group;
        break;
    case V3_REPORT:
        os << "v3 Report";
        for (const IgmpGroupRecord& record : records)
        {
            os << " " << EnumName(record.type) << " " << record.group << " ";
            PrintSources(os, record.sources);
        }
        break;
    default:
        os << "type " << unsigned(type);
    }
}

uint32_t
DecodeIgmpFloat(uint8_t code)
{
    if (code < 128)
    {
        return code;
    }
    const uint32_t mantissa = code & 0x0f;
    const uint32_t exponent = (code >> 4) & 0x07;
    return (mantissa | 0x10) << (exponent + 3);
}

uint8_t
EncodeIgmpFloat(uint32_t value)
{
    if (value < 128)
    {
        return static_cast<uint8_t>(value);
    }
    uint32_t exponent = 0;
    while (exponent < 7 && value >> (exponent + 3) > 0x1f)
    {
        ++exponent;
    }
    const uint32_t mantissa = std::min(value >> (exponent + 3), 0x1fU);
    return static_cast<uint8_t>(0x80 | exponent << 4 | (mantissa & 0x0f));
}

std::vector<IgmpMessage>
PackIgmpReports(const std::vector<IgmpGroupRecord>& records, uint32_t maxSize)
{
    std::vector<IgmpMessage> reports;
    uint32_t size = maxSize; // of the last report; full, so that the first record opens one
    auto add = [&](IgmpGroupRecord record) {
        const uint32_t need =
            IGMP_RECORD_SIZE + IGMP_SOURCE_SIZE * static_cast<uint32_t>(record.sources.size());
        if (size + need > maxSize)
        {
            reports.emplace_back();
            reports.back().type = IgmpMessage::V3_REPORT;
            size = IGMP_V3_REPORT_SIZE;
        }
        reports.back().records.push_back(std::move(record));
        size += need;
    };
    const std::size_t fitting =
        (maxSize - IGMP_V3_REPORT_SIZE - IGMP_RECORD_SIZE) / IGMP_SOURCE_SIZE;
    for (const IgmpGroupRecord& record : records)
    {
        if (record.sources.size() <= fitting)
        {
            add(record);
            continue;
        }
        const bool cut =
            record.type == IgmpRecordType::IS_EX || record.type == IgmpRecordType::TO_EX;
        const std::size_t total = cut ? fitting : record.sources.size();
        for (std::size_t from = 0; from < total; from += fitting)
        {
            const auto first = record.sources.begin() + static_cast<std::ptrdiff_t>(from);
            const auto last = record.sources.begin() +
                              static_cast<std::ptrdiff_t>(std::min(from + fitting, total));
            add({record.type, record.group, {first, last}});
        }
    }
    return reports;
}

} // namespace ns3
