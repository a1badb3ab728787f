// SPDX-License-Identifier: GPL-2.0-only
// Path attributes on the wire: the form of each is checked first (flags, length), then its value,
// with the errors of RFC 4271 §6.3. MP_REACH_NLRI, MP_UNREACH_NLRI and AS_PATH are written with the
// Extended Length bit, as FRR does; both lengths are read.
#include "ns3/bgp-path-attributes.h"

namespace ns3
{

namespace
{

constexpr uint16_t ANY_LENGTH = 0xffff;
constexpr uint8_t FLAG_BITS = BGP_OPTIONAL | BGP_TRANSITIVE;

/** What RFC 4271 §5 and its successors fix of an attribute's form. */
struct Form
{
    BgpAttributeType type;
    uint8_t flags;
    uint16_t size; //!< bytes
    uint16_t unit; //!< the size is a multiple of it
};

constexpr Form FORMS[] = {
    {BgpAttributeType::ORIGIN, BGP_TRANSITIVE, 1, 1},
    {BgpAttributeType::AS_PATH, BGP_TRANSITIVE, ANY_LENGTH, 1},
    {BgpAttributeType::NEXT_HOP, BGP_TRANSITIVE, 4, 1},
    {BgpAttributeType::MULTI_EXIT_DISC, BGP_OPTIONAL, 4, 1},
    {BgpAttributeType::LOCAL_PREF, BGP_TRANSITIVE, 4, 1},
    {BgpAttributeType::ATOMIC_AGGREGATE, BGP_TRANSITIVE, 0, 1},
    {BgpAttributeType::AGGREGATOR, BGP_OPTIONAL | BGP_TRANSITIVE, 6, 1},
    {BgpAttributeType::ORIGINATOR_ID, BGP_OPTIONAL, 4, 1},
    {BgpAttributeType::CLUSTER_LIST, BGP_OPTIONAL, ANY_LENGTH, 4},
    {BgpAttributeType::MP_REACH_NLRI, BGP_OPTIONAL, ANY_LENGTH, 1},
    {BgpAttributeType::MP_UNREACH_NLRI, BGP_OPTIONAL, ANY_LENGTH, 1},
    {BgpAttributeType::EXTENDED_COMMUNITIES, BGP_OPTIONAL | BGP_TRANSITIVE, ANY_LENGTH, 8},
    {BgpAttributeType::PMSI_TUNNEL, BGP_OPTIONAL | BGP_TRANSITIVE, ANY_LENGTH, 1},
};

const Form*
FindForm(uint8_t type)
{
    for (const Form& form : FORMS)
    {
        if (uint8_t(form.type) == type)
        {
            return &form;
        }
    }
    return nullptr;
}

void
WriteAsPath(WireWriter& writer, const std::vector<BgpAsSegment>& path, bool fourOctetAs)
{
    std::size_t size = 0;
    for (const BgpAsSegment& segment : path)
    {
        size += 2 + segment.numbers.size() * (fourOctetAs ? 4 : 2);
    }
    WriteBgpAttributeHeader(
        writer, BGP_TRANSITIVE | BGP_EXTENDED_LENGTH, BgpAttributeType::AS_PATH, size);
    for (const BgpAsSegment& segment : path)
    {
        writer.WriteU8(segment.type);
        writer.WriteU8(static_cast<uint8_t>(segment.numbers.size()));
        for (uint32_t number : segment.numbers)
        {
            fourOctetAs ? writer.WriteU32(number) : writer.WriteU16(static_cast<uint16_t>(number));
        }
    }
}

/** \returns false if a segment is malformed (§6.3). */
bool
ReadAsPath(WireReader& reader, bool fourOctetAs, std::vector<BgpAsSegment>& path)
{
    while (reader.GetRemaining() != 0)
    {
        BgpAsSegment segment;
        segment.type = reader.ReadU8();
        const uint8_t count = reader.ReadU8();
        if (count == 0 || segment.type < BgpAsSegment::AS_SET ||
            segment.type > BgpAsSegment::AS_SEQUENCE)
        {
            return false;
        }
        for (uint8_t i = 0; i < count && !reader.IsTruncated(); ++i)
        {
            segment.numbers.push_back(fourOctetAs ? reader.ReadU32() : reader.ReadU16());
        }
        path.push_back(std::move(segment));
    }
    return !reader.IsTruncated();
}

void
WriteU32Attribute(WireWriter& writer, uint8_t flags, BgpAttributeType type, uint32_t value)
{
    WriteBgpAttributeHeader(writer, flags, type, 4);
    writer.WriteU32(value);
}

void
WriteReflection(WireWriter& writer, const BgpPathAttributes& attributes)
{
    if (attributes.originatorId)
    {
        WriteU32Attribute(
            writer, BGP_OPTIONAL, BgpAttributeType::ORIGINATOR_ID, attributes.originatorId->Get());
    }
    if (!attributes.clusterList.empty())
    {
        const std::size_t size = attributes.clusterList.size() * 4;
        WriteBgpAttributeHeader(writer, BGP_OPTIONAL, BgpAttributeType::CLUSTER_LIST, size);
        for (Ipv4Address cluster : attributes.clusterList)
        {
            writer.WriteIpv4(cluster);
        }
    }
}

/** \returns whether \p tunnel has the identifier that its type asks for (RFC 6514 §5). */
bool
IsWellFormed(const BgpPmsiTunnel& tunnel)
{
    switch (tunnel.type)
    {
    case BgpPmsiTunnel::NONE:
        return tunnel.identifier.empty();
    case BgpPmsiTunnel::PIM_SSM_TREE:
    case BgpPmsiTunnel::PIM_SM_TREE:
    case BgpPmsiTunnel::BIDIR_PIM_TREE:
        return tunnel.identifier.size() == 8 || tunnel.identifier.size() == 32;
    case BgpPmsiTunnel::INGRESS_REPLICATION:
        return tunnel.identifier.size() == 4 || tunnel.identifier.size() == 16;
    default:
        return true;
    }
}

/** \returns false if malformed. */
bool
ReadPmsiTunnel(WireReader& reader, BgpPmsiTunnel& tunnel)
{
    tunnel.flags = reader.ReadU8();
    tunnel.type = reader.ReadU8();
    tunnel.label = reader.ReadU24();
    tunnel.identifier = reader.ReadBytes(reader.GetRemaining());
    return !reader.IsTruncated() && IsWellFormed(tunnel);
}

} // namespace

void
WriteBgpAttributeHeader(WireWriter& writer, uint8_t flags, BgpAttributeType type, std::size_t size)
{
    if (size > 0xff)
    {
        flags |= BGP_EXTENDED_LENGTH;
    }
    writer.WriteU8(flags);
    writer.WriteU8(static_cast<uint8_t>(type));
    if (flags & BGP_EXTENDED_LENGTH)
    {
        writer.WriteU16(static_cast<uint16_t>(size));
    }
    else
    {
        writer.WriteU8(static_cast<uint8_t>(size));
    }
}

void
BgpPathAttributes::Write(WireWriter& writer, bool fourOctetAs) const
{
    WriteBgpAttributeHeader(writer, BGP_TRANSITIVE, BgpAttributeType::ORIGIN, 1);
    writer.WriteU8(static_cast<uint8_t>(origin));
    WriteAsPath(writer, asPath, fourOctetAs);
    if (med)
    {
        WriteU32Attribute(writer, BGP_OPTIONAL, BgpAttributeType::MULTI_EXIT_DISC, *med);
    }
    if (localPref)
    {
        WriteU32Attribute(writer, BGP_TRANSITIVE, BgpAttributeType::LOCAL_PREF, *localPref);
    }
    WriteReflection(writer, *this);
    if (!communities.empty())
    {
        WriteBgpAttributeHeader(writer,
                                BGP_OPTIONAL | BGP_TRANSITIVE,
                                BgpAttributeType::EXTENDED_COMMUNITIES,
                                communities.size() * 8);
        for (BgpExtendedCommunity community : communities)
        {
            writer.WriteU32(static_cast<uint32_t>(community.value >> 32));
            writer.WriteU32(static_cast<uint32_t>(community.value));
        }
    }
    if (pmsi)
    {
        WriteBgpAttributeHeader(writer,
                                BGP_OPTIONAL | BGP_TRANSITIVE,
                                BgpAttributeType::PMSI_TUNNEL,
                                5 + pmsi->identifier.size());
        writer.WriteU8(pmsi->flags);
        writer.WriteU8(pmsi->type);
        writer.WriteU24(pmsi->label);
        writer.WriteBytes(pmsi->identifier);
    }
    for (const BgpOpaqueAttribute& attribute : opaque)
    {
        WriteBgpAttributeHeader(
            writer, attribute.flags, BgpAttributeType(attribute.type), attribute.value.size());
        writer.WriteBytes(attribute.value);
    }
}

bool
BgpRawAttribute::Read(WireReader& reader, BgpRawAttribute& attribute)
{
    attribute.flags = reader.ReadU8();
    attribute.type = reader.ReadU8();
    const std::size_t size =
        attribute.flags & BGP_EXTENDED_LENGTH ? reader.ReadU16() : reader.ReadU8();
    attribute.value = reader.ReadBytes(size);
    return !reader.IsTruncated();
}

BgpError
BgpRawAttribute::MakeError(uint8_t subcode) const
{
    WireWriter writer;
    WriteBgpAttributeHeader(writer, flags, BgpAttributeType(type), value.size());
    writer.WriteBytes(value);
    return MakeBgpError(BgpError::UPDATE_MESSAGE, subcode, writer.GetBytes());
}

BgpError
BgpRawAttribute::CheckForm(bool fourOctetAs) const
{
    const Form* form = FindForm(type);
    if (!form)
    {
        return flags & BGP_OPTIONAL ? BgpError{} : MakeError(BgpError::UNRECOGNIZED_WELL_KNOWN);
    }
    const bool mayBePartial = form->flags == (BGP_OPTIONAL | BGP_TRANSITIVE);
    if ((flags & FLAG_BITS) != form->flags || (!mayBePartial && (flags & BGP_PARTIAL) != 0))
    {
        return MakeError(BgpError::ATTRIBUTE_FLAGS);
    }
    uint16_t size = form->size;
    if (form->type == BgpAttributeType::AGGREGATOR && fourOctetAs)
    {
        size = 8;
    }
    const bool isGood = size == ANY_LENGTH ? value.size() % form->unit == 0 : value.size() == size;
    return isGood ? BgpError{} : MakeError(BgpError::ATTRIBUTE_LENGTH);
}

BgpError
BgpRawAttribute::Parse(bool fourOctetAs, BgpPathAttributes& attributes) const
{
    WireReader reader(value.data(), value.size());
    switch (BgpAttributeType(type))
    {
    case BgpAttributeType::ORIGIN:
        attributes.origin = BgpOrigin(reader.ReadU8());
        return attributes.origin > BgpOrigin::INCOMPLETE ? MakeError(BgpError::INVALID_ORIGIN)
                                                         : BgpError{};
    case BgpAttributeType::AS_PATH:
        return ReadAsPath(reader, fourOctetAs, attributes.asPath)
                   ? BgpError{}
                   : MakeBgpError(BgpError::UPDATE_MESSAGE, BgpError::MALFORMED_AS_PATH);
    case BgpAttributeType::NEXT_HOP: {
        const Ipv4Address address = reader.ReadIpv4();
        const bool isHost = address != Ipv4Address::GetAny() && address.Get() < 0xe0000000;
        return isHost ? BgpError{} : MakeError(BgpError::INVALID_NEXT_HOP);
    }
    case BgpAttributeType::MULTI_EXIT_DISC:
        attributes.med = reader.ReadU32();
        return {};
    case BgpAttributeType::LOCAL_PREF:
        attributes.localPref = reader.ReadU32();
        return {};
    case BgpAttributeType::ORIGINATOR_ID:
        attributes.originatorId = reader.ReadIpv4();
        return {};
    case BgpAttributeType::CLUSTER_LIST:
        while (reader.GetRemaining() != 0)
        {
            attributes.clusterList.push_back(reader.ReadIpv4());
        }
        return {};
    case BgpAttributeType::EXTENDED_COMMUNITIES:
        while (reader.GetRemaining() != 0)
        {
            const uint64_t high = reader.ReadU32();
            attributes.communities.push_back({high << 32 | reader.ReadU32()});
        }
        return {};
    case BgpAttributeType::PMSI_TUNNEL:
        return ReadPmsiTunnel(reader, attributes.pmsi.emplace())
                   ? BgpError{}
                   : MakeError(BgpError::OPTIONAL_ATTRIBUTE);
    case BgpAttributeType::ATOMIC_AGGREGATE:
    case BgpAttributeType::AGGREGATOR:
        attributes.opaque.push_back(
            {static_cast<uint8_t>(flags & ~BGP_EXTENDED_LENGTH), type, value});
        return {};
    default:
        // Unknown: RFC 4271 §5 passes a transitive one on as partial and drops any other.
        if (flags & BGP_TRANSITIVE)
        {
            attributes.opaque.push_back(
                {static_cast<uint8_t>((flags | BGP_PARTIAL) & ~BGP_EXTENDED_LENGTH), type, value});
        }
        return {};
    }
}

} // namespace ns3
