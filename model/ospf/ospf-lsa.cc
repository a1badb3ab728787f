// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.1, §13.1 and A.4; the checksum is ISO 8473's (Fletcher).
#include "ns3/ospf-lsa.h"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace ns3
{

namespace
{

constexpr std::size_t LSA_CHECKSUM_OFFSET = 16; // in the header

/** Fletcher's sums of bytes one after another. */
class FletcherSum
{
  public:
    void Add(uint8_t byte)
    {
        m_first += byte;
        m_second += m_first;
    }

    /** Adds \p size big-endian bytes of \p value. */
    void Add(uint32_t value, int size)
    {
        while (size-- > 0)
        {
            Add(static_cast<uint8_t>(value >> (8 * size)));
        }
    }

    /** Adds \p size bytes that have \p sums. */
    void Add(OspfLsaBody::Sums sums, std::size_t size)
    {
        m_second += sums.second + size * m_first;
        m_first += sums.first;
    }

    uint8_t GetFirst() const
    {
        return static_cast<uint8_t>(m_first % 255);
    }

    uint8_t GetSecond() const
    {
        return static_cast<uint8_t>(m_second % 255);
    }

  private:
    // No LSA is so long that they overflow, so one remainder at the end does.
    uint64_t m_first{0};
    uint64_t m_second{0};
};

template <typename Body>
std::string
CheckAs(const std::vector<uint8_t>& bytes)
{
    Body body;
    return Body::Decode(bytes, body);
}

std::string
CheckBody(OspfLsaType type, const std::vector<uint8_t>& bytes)
{
    switch (type)
    {
    case OspfLsaType::ROUTER:
        return CheckAs<OspfRouterLsa>(bytes);
    case OspfLsaType::NETWORK:
        return CheckAs<OspfNetworkLsa>(bytes);
    case OspfLsaType::SUMMARY_NETWORK:
    case OspfLsaType::SUMMARY_ASBR:
        return CheckAs<OspfSummaryLsa>(bytes);
    case OspfLsaType::AS_EXTERNAL:
        return CheckAs<OspfExternalLsa>(bytes);
    }
    return "lsa-type";
}

} // namespace

OspfLsaBody::Sums
OspfLsaBody::GetSums() const
{
    const Content& content = m_content.Get();
    if (!content.sums)
    {
        FletcherSum sum;
        for (uint8_t byte : content.bytes)
        {
            sum.Add(byte);
        }
        content.sums = {sum.GetFirst(), sum.GetSecond()};
    }
    return *content.sums;
}

std::string
OspfLsaBody::Check(OspfLsaType type) const
{
    const Content& content = m_content.Get();
    if (type > OspfLsaType::AS_EXTERNAL)
    {
        return CheckBody(type, content.bytes);
    }
    const auto bit = static_cast<uint8_t>(1U << static_cast<unsigned>(type));
    if ((content.goodTypes & bit) != 0)
    {
        return "";
    }
    std::string error = CheckBody(type, content.bytes);
    content.goodTypes |= error.empty() ? bit : 0;
    return error;
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

OspfLsaInstance::OspfLsaInstance(OspfLsa lsa)
{
    lsa.header.age = 0;
    m_lsa = Interned<OspfLsa, Hash>(std::move(lsa));
}

/** Two instances of one LSA differ in these, or next to never do. */
std::size_t
OspfLsaInstance::Hash::operator()(const OspfLsa& lsa) const
{
    const OspfLsaHeader& header = lsa.header;
    const auto version = uint64_t(static_cast<uint32_t>(header.sequence)) << 32 |
                         uint64_t(header.checksum) << 16 | header.type;
    return MixHash(header.GetKey().GetIds()) ^ version;
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
    const uint8_t* const bytes = reader.GetNext();
    const std::size_t size = header.length - OspfLsaHeader::SIZE;
    reader.Skip(size);
    body = reader.IsTruncated() ? OspfLsaBody() : OspfLsaBody(bytes, size);
    return reader.GetError();
}

uint16_t
OspfLsa::ComputeChecksum() const
{
    // All of the header but LS age, with a checksum of 0.
    FletcherSum sum;
    sum.Add(header.options);
    sum.Add(header.type);
    sum.Add(header.linkStateId.Get(), 4);
    sum.Add(header.advertisingRouter.Get(), 4);
    sum.Add(static_cast<uint32_t>(header.sequence), 4);
    sum.Add(0, 2);
    sum.Add(header.length, 2);
    sum.Add(body.GetSums(), body.size());
    const int32_t c0 = sum.GetFirst();
    const int32_t c1 = sum.GetSecond();
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
    return lsa.body.Check(static_cast<OspfLsaType>(lsa.header.type));
}

} // namespace ns3
