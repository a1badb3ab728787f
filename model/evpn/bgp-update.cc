// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §4.3 and §6.3, RFC 4760 §3, §4 and §7: UPDATE. Checks go in the order of §6.3: lengths
// of the lists, then attribute by attribute flags, length and value, then what is missing, then the
// routes. A malformed MP_REACH_NLRI or MP_UNREACH_NLRI is an Optional Attribute Error.
#include "ns3/bgp-message.h"

#include <bitset>

namespace ns3
{

namespace
{

BgpError
UpdateError(uint8_t subcode, std::vector<uint8_t> data = {})
{
    return MakeBgpError(BgpError::UPDATE_MESSAGE, subcode, std::move(data));
}

void
WriteFamily(WireWriter& writer)
{
    writer.WriteU16(BGP_AFI_L2VPN);
    writer.WriteU8(BGP_SAFI_EVPN);
}

void
WriteReach(WireWriter& writer, const BgpUpdate& update)
{
    WireWriter routes;
    update.reach.Write(routes);
    WriteBgpAttributeHeader(writer,
                            BGP_OPTIONAL | BGP_EXTENDED_LENGTH,
                            BgpAttributeType::MP_REACH_NLRI,
                            9 + routes.GetSize());
    WriteFamily(writer);
    writer.WriteU8(4);
    writer.WriteIpv4(update.attributes.nextHop);
    writer.WriteU8(0); // reserved
    writer.WriteBytes(routes.GetBytes());
}

void
WriteUnreach(WireWriter& writer, const BgpUpdate& update)
{
    WireWriter routes;
    update.unreach.Write(routes);
    // FRR's End-of-RIB marker is the one without an extended length.
    WriteBgpAttributeHeader(writer,
                            routes.GetSize() == 0 ? BGP_OPTIONAL
                                                  : BGP_OPTIONAL | BGP_EXTENDED_LENGTH,
                            BgpAttributeType::MP_UNREACH_NLRI,
                            3 + routes.GetSize());
    WriteFamily(writer);
    writer.WriteBytes(routes.GetBytes());
}

/** Counts IPv4 prefixes to the end. \returns false if one is malformed (§6.3, last paragraph). */
bool
SkipPrefixes(WireReader& reader, uint32_t& count)
{
    while (reader.GetRemaining() != 0)
    {
        const uint8_t bits = reader.ReadU8();
        if (bits > 32)
        {
            return false;
        }
        reader.Skip((bits + 7) / 8);
        ++count;
    }
    return !reader.IsTruncated();
}

/** RFC 4760 §3. \returns false if malformed. */
bool
ReadReach(WireReader reader, BgpUpdate& update)
{
    const uint16_t afi = reader.ReadU16();
    const uint8_t safi = reader.ReadU8();
    const uint8_t size = reader.ReadU8();
    WireReader nextHop = reader.Sub(size);
    reader.Skip(1); // reserved
    if (reader.IsTruncated())
    {
        return false;
    }
    if (afi != BGP_AFI_L2VPN || safi != BGP_SAFI_EVPN)
    {
        ++update.ignored;
        return true;
    }
    if (size != 4 && size != 16)
    {
        return false;
    }
    EvpnNlriList routes;
    if (!EvpnNlriList::Read(reader, routes))
    {
        return false;
    }
    if (size == 16)
    {
        update.ignored += routes.routes.size() + routes.ignored;
        return true;
    }
    update.attributes.nextHop = nextHop.ReadIpv4();
    const uint32_t address = update.attributes.nextHop.Get();
    update.reach = std::move(routes);
    update.hasReach = true;
    return address != 0 && address < 0xe0000000;
}

/** RFC 4760 §4. \returns false if malformed. */
bool
ReadUnreach(WireReader reader, BgpUpdate& update)
{
    const uint16_t afi = reader.ReadU16();
    const uint8_t safi = reader.ReadU8();
    if (reader.IsTruncated())
    {
        return false;
    }
    if (afi != BGP_AFI_L2VPN || safi != BGP_SAFI_EVPN)
    {
        ++update.ignored;
        return true;
    }
    update.hasUnreach = true;
    return EvpnNlriList::Read(reader, update.unreach);
}

BgpError
ReadAttribute(const BgpRawAttribute& raw, bool fourOctetAs, BgpUpdate& update)
{
    if (BgpError error = raw.CheckForm(fourOctetAs))
    {
        return error;
    }
    const WireReader value(raw.value.data(), raw.value.size());
    switch (BgpAttributeType(raw.type))
    {
    case BgpAttributeType::MP_REACH_NLRI:
        return ReadReach(value, update) ? BgpError{} : raw.MakeError(BgpError::OPTIONAL_ATTRIBUTE);
    case BgpAttributeType::MP_UNREACH_NLRI:
        return ReadUnreach(value, update) ? BgpError{}
                                          : raw.MakeError(BgpError::OPTIONAL_ATTRIBUTE);
    default:
        return raw.Parse(fourOctetAs, update.attributes);
    }
}

using SeenAttributes = std::bitset<256>;

/** \returns the error of the first mandatory attribute that is missing (§5, RFC 4760 §3). */
BgpError
CheckMandatory(const SeenAttributes& seen, bool hasIpv4Routes, bool hasReach)
{
    if (!hasIpv4Routes && !hasReach)
    {
        return {};
    }
    std::vector<BgpAttributeType> mandatory{BgpAttributeType::ORIGIN, BgpAttributeType::AS_PATH};
    if (hasIpv4Routes)
    {
        mandatory.push_back(BgpAttributeType::NEXT_HOP);
    }
    mandatory.push_back(BgpAttributeType::LOCAL_PREF); // all peers are internal (§5.1.5)
    for (BgpAttributeType type : mandatory)
    {
        if (!seen[uint8_t(type)])
        {
            return UpdateError(BgpError::MISSING_WELL_KNOWN, {uint8_t(type)});
        }
    }
    return {};
}

} // namespace

BgpUpdate
BgpUpdate::MakeEndOfRib()
{
    BgpUpdate update;
    update.hasUnreach = true;
    return update;
}

void
BgpUpdate::Write(WireWriter& writer, bool fourOctetAs) const
{
    writer.WriteU16(0); // withdrawn IPv4 routes
    const std::size_t length = writer.GetSize();
    writer.WriteU16(0);
    if (hasReach)
    {
        WriteReach(writer, *this);
        attributes.Write(writer, fourOctetAs);
    }
    if (hasUnreach)
    {
        WriteUnreach(writer, *this);
    }
    writer.PatchU16(length, static_cast<uint16_t>(writer.GetSize() - length - 2));
}

BgpError
BgpUpdate::Read(WireReader& reader, bool fourOctetAs, BgpUpdate& update)
{
    const uint16_t withdrawnSize = reader.ReadU16();
    WireReader withdrawn = reader.Sub(withdrawnSize);
    const uint16_t attributesSize = reader.ReadU16();
    WireReader list = reader.Sub(attributesSize);
    if (reader.IsTruncated())
    {
        return UpdateError(BgpError::MALFORMED_ATTRIBUTE_LIST);
    }
    if (!SkipPrefixes(withdrawn, update.ignored))
    {
        return UpdateError(BgpError::INVALID_NETWORK);
    }
    SeenAttributes seen;
    while (list.GetRemaining() != 0)
    {
        BgpRawAttribute raw;
        if (!BgpRawAttribute::Read(list, raw) || seen[raw.type])
        {
            return UpdateError(BgpError::MALFORMED_ATTRIBUTE_LIST);
        }
        seen[raw.type] = true;
        if (BgpError error = ReadAttribute(raw, fourOctetAs, update))
        {
            return error;
        }
    }
    const bool hasIpv4Routes = reader.GetRemaining() != 0;
    if (BgpError error = CheckMandatory(seen, hasIpv4Routes, update.hasReach))
    {
        return error;
    }
    return SkipPrefixes(reader, update.ignored) ? BgpError{}
                                                : UpdateError(BgpError::INVALID_NETWORK);
}

std::size_t
BgpUpdate::GetReachOverhead(const BgpPathAttributes& attributes)
{
    WireWriter writer;
    attributes.Write(writer, true);
    return BgpMessage::HEADER_SIZE + 4 + 4 + 9 + writer.GetSize();
}

} // namespace ns3
