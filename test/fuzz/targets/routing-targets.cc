// SPDX-License-Identifier: GPL-2.0-only
// OSPF packets and LSAs, IGMP messages, the reader of IPv4 packets.
#include "fuzz-wire.h"

#include "ns3/igmp-message.h"
#include "ns3/ipv4-datagram.h"
#include "ns3/ospf-packet.h"

namespace ns3
{

namespace
{

/** The length of the packet where it is wrong, and the checksum, which leaves out 8 bytes. */
void
SealOspf(FuzzBytes& bytes)
{
    if (bytes.size() < OspfPacket::HEADER_SIZE || bytes.size() > 0xffff)
    {
        return;
    }
    bytes[0] = 2;
    bytes[2] = static_cast<uint8_t>(bytes.size() >> 8);
    bytes[3] = static_cast<uint8_t>(bytes.size());
    std::fill(bytes.begin() + 14, bytes.begin() + 24, uint8_t(0));
    SealChecksum(bytes, 12);
}

/** Each LSA of an update is looked at as a router does, and its checksum made right. */
std::optional<Rewritten>
RewriteOspf(const FuzzBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    OspfPacket packet;
    if (OspfPacket::Read(reader, packet).empty())
    {
        const auto* update = std::get_if<OspfLinkStateUpdate>(&packet.body);
        for (OspfLsa lsa : update ? update->lsas : std::vector<OspfLsa>())
        {
            CheckOspfLsaBody(lsa);
            lsa.Seal();
            RequireFuzz(lsa.ComputeChecksum() == lsa.header.checksum, "an LSA's checksum");
        }
    }
    return RewriteMessage<OspfPacket>(bytes);
}

template <typename Body>
std::optional<OspfLsaBody>
RewriteBody(const FuzzBytes& bytes)
{
    Body body;
    return Body::Decode(bytes, body).empty() ? std::optional<OspfLsaBody>(body.Encode())
                                             : std::nullopt;
}

std::optional<OspfLsaBody>
RewriteBody(const OspfLsa& lsa)
{
    switch (static_cast<OspfLsaType>(lsa.header.type))
    {
    case OspfLsaType::ROUTER:
        return RewriteBody<OspfRouterLsa>(lsa.body);
    case OspfLsaType::NETWORK:
        return RewriteBody<OspfNetworkLsa>(lsa.body);
    case OspfLsaType::SUMMARY_NETWORK:
    case OspfLsaType::SUMMARY_ASBR:
        return RewriteBody<OspfSummaryLsa>(lsa.body);
    case OspfLsaType::AS_EXTERNAL:
        return RewriteBody<OspfExternalLsa>(lsa.body);
    }
    return std::nullopt;
}

/** A whole LSA, body decoded and encoded. */
std::optional<Rewritten>
RewriteLsa(const FuzzBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    OspfLsa lsa;
    if (!lsa.Read(reader).empty())
    {
        return std::nullopt;
    }
    const std::optional<OspfLsaBody> body = RewriteBody(lsa);
    RequireFuzz(body.has_value() == CheckOspfLsaBody(lsa).empty(), "a body is read and refused");
    if (!body)
    {
        return std::nullopt;
    }
    const bool wasSealed = lsa.ComputeChecksum() == lsa.header.checksum;
    const bool isNetwork = lsa.header.type == static_cast<uint8_t>(OspfLsaType::NETWORK);
    lsa.body = *body;
    lsa.Seal();
    WireWriter writer;
    lsa.Write(writer);
    return Rewritten{writer.GetBytes(), "", isNetwork && wasSealed && reader.GetRemaining() == 0};
}

void
SealLsa(FuzzBytes& bytes)
{
    if (bytes.size() >= OspfLsaHeader::SIZE && bytes.size() <= 0xffff)
    {
        bytes[3] = static_cast<uint8_t>(1 + bytes[3] % 5);
        bytes[18] = static_cast<uint8_t>(bytes.size() >> 8);
        bytes[19] = static_cast<uint8_t>(bytes.size());
    }
}

/** Reports are packed again, into messages of any size: no source is lost but those cut off. */
void
CheckPacking(const IgmpMessage& report, uint32_t maxSize)
{
    std::size_t sources = 0;
    std::size_t excluded = 0;
    for (const IgmpGroupRecord& record : report.records)
    {
        const bool isExclude =
            record.type == IgmpRecordType::IS_EX || record.type == IgmpRecordType::TO_EX;
        (isExclude ? excluded : sources) += record.sources.size();
    }
    std::size_t packed = 0;
    std::size_t packedExcluded = 0;
    for (const IgmpMessage& part : PackIgmpReports(report.records, maxSize))
    {
        WireWriter writer;
        part.Write(writer);
        RequireFuzz(writer.GetSize() <= maxSize, "a report is longer than it may be");
        RequireFuzz(!part.records.empty(), "a report without records");
        for (const IgmpGroupRecord& record : part.records)
        {
            const bool isExclude =
                record.type == IgmpRecordType::IS_EX || record.type == IgmpRecordType::TO_EX;
            (isExclude ? packedExcluded : packed) += record.sources.size();
        }
    }
    RequireFuzz(packed == sources && packedExcluded <= excluded, "sources are lost in packing");
}

std::optional<Rewritten>
RewriteIgmp(const FuzzBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    IgmpMessage message;
    if (IgmpMessage::Read(reader, message).empty() && message.type == IgmpMessage::V3_REPORT)
    {
        CheckPacking(message, 20 + bytes.back() * 6U);
    }
    return RewriteMessage<IgmpMessage>(bytes);
}

void
CheckIpv4(const FuzzBytes& bytes)
{
    const auto ip = ReadIpv4Datagram(WireReader(bytes.data(), bytes.size()));
    if (ip)
    {
        const std::size_t rest = ip->payload.GetRemaining();
        RequireFuzz(rest <= ip->length && ip->length < ip->bytes, "an IPv4 payload's length");
        RequireFuzz(ip->payload.GetNext() >= bytes.data() + 20 &&
                        ip->payload.GetNext() + rest <= bytes.data() + bytes.size(),
                    "an IPv4 payload outside of its packet");
        WireReader payload = ip->payload;
        payload.ReadBytes(rest);
        RequireFuzz(!payload.IsTruncated(), "an IPv4 payload that is not there");
    }
}

const FuzzTarget ospf("ospf", RewriteOspf, SealOspf);
const FuzzTarget ospfLsa("ospf-lsa", RewriteLsa, SealLsa);
const FuzzTarget igmp("igmp", RewriteIgmp, [](FuzzBytes& bytes) { SealChecksum(bytes, 2); });
const FuzzTarget ipv4("ipv4-datagram", CheckIpv4);

} // namespace

} // namespace ns3
