// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.1, §13.1 and A.4; the checksum is ISO 8473's (Fletcher).
#include "ns3/ospf-lsa.h"

#include <algorithm>
#include <cstdlib>
#include <functional>
#include <string_view>

namespace ns3
{

namespace
{

constexpr std::size_t LSA_CHECKSUM_OFFSET = 16; // in the header
constexpr std::size_t AGE_SIZE = 2;             // the checksum does not cover LS age

template <typename Body>
std::string
CheckBody(const std::vector<uint8_t>& bytes)
{
    Body body;
    return Body::Decode(bytes, body);
}

} // namespace

std::size_t
OspfLsaBody::Hash::operator()(const Bytes& bytes) const
{
    return std::hash<std::string_view>()(
        {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

std::ostream&
operator<<(std::ostream& os, const OspfLsaKey& key)
{
    return os << "type " << unsigned(key.type) << " id " << key.linkStateId << " from "
              << key.advertisingRouter;
}

void
OspfLsaHeader::Write(WireWriter& writer) const
{
    writer.WriteU16(age);
    writer.WriteU8(options);
    writer.WriteU8(type);
    writer.WriteU32(linkStateId.Get());
    writer.WriteU32(advertisingRouter.Get());
    writer.WriteU32(static_cast<uint32_t>(sequence));
    writer.WriteU16(checksum);
    writer.WriteU16(length);
}

void
OspfLsaHeader::Read(WireReader& reader)
{
    age = reader.ReadU16();
    options = reader.ReadU8();
    type = reader.ReadU8();
    linkStateId = OspfId(reader.ReadU32());
    advertisingRouter = OspfId(reader.ReadU32());
    sequence = static_cast<int32_t>(reader.ReadU32());
    checksum = reader.ReadU16();
    length = reader.ReadU16();
}

int
CompareOspfInstances(const OspfLsaHeader& a, const OspfLsaHeader& b, const OspfConfig& config)
{
    if (a.sequence != b.sequence)
    {
        return a.sequence > b.sequence ? 1 : -1;
    }
    if (a.checksum != b.checksum)
    {
        return a.checksum > b.checksum ? 1 : -1;
    }
    const bool aMax = a.age >= config.GetMaxAge();
    const bool bMax = b.age >= config.GetMaxAge();
    if (aMax != bMax)
    {
        return aMax ? 1 : -1;
    }
    if (std::abs(a.age - b.age) > config.maxAgeDiff.GetSeconds())
    {
        return a.age < b.age ? 1 : -1;
    }
    return 0;
}

void
OspfLsa::Write(WireWriter& writer) const
{
    header.Write(writer);
    writer.WriteBytes(body);
}

std::string
OspfLsa::Read(WireReader& reader)
{
    header.Read(reader);
    if (reader.IsTruncated() || header.length < OspfLsaHeader::SIZE)
    {
        return "truncated";
    }
    body = reader.ReadBytes(header.length - OspfLsaHeader::SIZE);
    return reader.GetError();
}

uint16_t
OspfLsa::ComputeChecksum() const
{
    WireWriter writer;
    header.Write(writer);
    writer.PatchU16(LSA_CHECKSUM_OFFSET, 0);
    // No LSA is so long that the sums overflow, so one remainder at the end does.
    uint64_t sum0 = 0;
    uint64_t sum1 = 0;
    const auto add = [&](const std::vector<uint8_t>& bytes, std::size_t from) {
        for (std::size_t i = from; i < bytes.size(); ++i)
        {
            sum0 += bytes[i];
            sum1 += sum0;
        }
    };
    add(writer.GetBytes(), AGE_SIZE);
    add(body, 0);
    const auto c0 = static_cast<int32_t>(sum0 % 255);
    const auto c1 = static_cast<int32_t>(sum1 % 255);
    // The two check bytes X, Y make both sums vanish; neither is ever 0, since 255 is the same.
    const std::size_t size = OspfLsaHeader::SIZE + body.size();
    const int32_t after = static_cast<int32_t>(size - LSA_CHECKSUM_OFFSET - 1) % 255;
    int32_t x = (after * c0 - c1) % 255;
    x += x <= 0 ? 255 : 0;
    int32_t y = 510 - c0 - x;
    y -= y > 255 ? 255 : 0;
    return static_cast<uint16_t>(x << 8 | y);
}

void
OspfLsa::Seal()
{
    header.length = static_cast<uint16_t>(OspfLsaHeader::SIZE + body.size());
    header.checksum = ComputeChecksum();
}

std::vector<uint8_t>
OspfRouterLsa::Encode() const
{
    WireWriter writer;
    writer.WriteU8((virtualEndpoint ? 4 : 0) | (asBoundary ? 2 : 0) | (areaBorder ? 1 : 0));
    writer.WriteU8(0);
    writer.WriteU16(static_cast<uint16_t>(links.size()));
    for (const OspfRouterLink& link : links)
    {
        writer.WriteU32(link.id.Get());
        writer.WriteIpv4(link.data);
        writer.WriteU8(link.type);
        writer.WriteU8(0);
        writer.WriteU16(link.metric);
    }
    return writer.GetBytes();
}

std::string
OspfRouterLsa::Decode(const std::vector<uint8_t>& body, OspfRouterLsa& lsa)
{
    constexpr std::size_t LINK_SIZE = 12;
    constexpr std::size_t TOS_METRIC_SIZE = 4;
    WireReader reader(body.data(), body.size());
    const uint8_t flags = reader.ReadU8();
    lsa.virtualEndpoint = flags & 4;
    lsa.asBoundary = flags & 2;
    lsa.areaBorder = flags & 1;
    reader.Skip(1);
    const uint16_t count = reader.ReadU16();
    lsa.links.reserve(std::min<std::size_t>(count, reader.GetRemaining() / LINK_SIZE));
    for (uint16_t i = 0; i < count && !reader.IsTruncated(); ++i)
    {
        OspfRouterLink link;
        link.id = OspfId(reader.ReadU32());
        link.data = reader.ReadIpv4();
        link.type = reader.ReadU8();
        const uint8_t tosMetrics = reader.ReadU8();
        link.metric = reader.ReadU16();
        reader.Skip(tosMetrics * TOS_METRIC_SIZE);
        lsa.links.push_back(link);
    }
    return reader.GetError();
}

std::vector<uint8_t>
OspfNetworkLsa::Encode() const
{
    WireWriter writer;
    writer.WriteU32(mask.Get());
    for (OspfId router : attachedRouters)
    {
        writer.WriteU32(router.Get());
    }
    return writer.GetBytes();
}

std::string
OspfNetworkLsa::Decode(const std::vector<uint8_t>& body, OspfNetworkLsa& lsa)
{
    WireReader reader(body.data(), body.size());
    lsa.mask = OspfMask(reader.ReadU32());
    lsa.attachedRouters.reserve(reader.GetRemaining() / sizeof(uint32_t));
    while (reader.GetRemaining() > 0)
    {
        lsa.attachedRouters.push_back(OspfId(reader.ReadU32()));
    }
    return reader.GetError();
}

std::vector<uint8_t>
OspfSummaryLsa::Encode() const
{
    WireWriter writer;
    writer.WriteU32(mask.Get());
    writer.WriteU8(0);
    writer.WriteU24(metric);
    return writer.GetBytes();
}

std::string
OspfSummaryLsa::Decode(const std::vector<uint8_t>& body, OspfSummaryLsa& lsa)
{
    WireReader reader(body.data(), body.size());
    lsa.mask = OspfMask(reader.ReadU32());
    reader.Skip(1);
    lsa.metric = reader.ReadU24();
    return reader.GetError();
}

std::vector<uint8_t>
OspfExternalLsa::Encode() const
{
    WireWriter writer;
    writer.WriteU32(mask.Get());
    writer.WriteU8(type2 ? 0x80 : 0);
    writer.WriteU24(metric);
    writer.WriteIpv4(forwardingAddress);
    writer.WriteU32(tag);
    return writer.GetBytes();
}

std::string
OspfExternalLsa::Decode(const std::vector<uint8_t>& body, OspfExternalLsa& lsa)
{
    WireReader reader(body.data(), body.size());
    lsa.mask = OspfMask(reader.ReadU32());
    lsa.type2 = reader.ReadU8() & 0x80;
    lsa.metric = reader.ReadU24();
    lsa.forwardingAddress = reader.ReadIpv4();
    lsa.tag = reader.ReadU32();
    return reader.GetError();
}

std::string
CheckOspfLsaBody(const OspfLsa& lsa)
{
    switch (static_cast<OspfLsaType>(lsa.header.type))
    {
    case OspfLsaType::ROUTER:
        return CheckBody<OspfRouterLsa>(lsa.body);
    case OspfLsaType::NETWORK:
        return CheckBody<OspfNetworkLsa>(lsa.body);
    case OspfLsaType::SUMMARY_NETWORK:
    case OspfLsaType::SUMMARY_ASBR:
        return CheckBody<OspfSummaryLsa>(lsa.body);
    case OspfLsaType::AS_EXTERNAL:
        return CheckBody<OspfExternalLsa>(lsa.body);
    }
    return "lsa-type";
}

} // namespace ns3
