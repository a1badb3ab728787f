// SPDX-License-Identifier: GPL-2.0-only
// BGP: messages with AS numbers of both sizes, the stream, EVPN routes, path attributes with the
// PMSI Tunnel among them.
#include "fuzz-wire.h"

#include "ns3/bgp-message.h"

namespace ns3
{

namespace
{

/** The marker, and the length where it is wrong. */
void
SealBgp(FuzzBytes& bytes)
{
    if (bytes.size() >= BgpMessage::HEADER_SIZE && bytes.size() <= BgpMessage::MAX_SIZE)
    {
        std::fill(bytes.begin(), bytes.begin() + 16, uint8_t(0xff));
        bytes[16] = static_cast<uint8_t>(bytes.size() >> 8);
        bytes[17] = static_cast<uint8_t>(bytes.size());
        bytes[18] = static_cast<uint8_t>(1 + (bytes[18] - 1) % 4);
    }
}

std::optional<Rewritten>
RewriteBgp(const FuzzBytes& bytes, bool fourOctetAs)
{
    WireReader reader(bytes.data(), bytes.size());
    BgpMessage message;
    const BgpError error = BgpMessage::Parse(reader, fourOctetAs, message);
    Rewritten result;
    result.shown = error.GetName() + ShowFuzzed(message, 0);
    const auto* update = std::get_if<BgpUpdate>(&message.body);
    if (error || (update && !fourOctetAs))
    {
        return std::nullopt;
    }
    result.bytes = message.GetBytes();
    // Attributes may have come with shorter lengths than they are written with.
    return result.bytes.size() <= BgpMessage::MAX_SIZE ? std::optional<Rewritten>(result)
                                                       : std::nullopt;
}

/** An update between speakers of which one knows AS numbers of two octets alone. */
std::optional<Rewritten>
RewriteOldUpdate(const FuzzBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    BgpUpdate update;
    if (BgpUpdate::Read(reader, false, update))
    {
        return std::nullopt;
    }
    WireWriter writer;
    update.Write(writer, false);
    return writer.GetSize() <= 0xffff ? std::optional<Rewritten>({writer.GetBytes()})
                                      : std::nullopt;
}

std::optional<Rewritten>
RewriteRoutes(const FuzzBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    EvpnNlriList list;
    if (!EvpnNlriList::Read(reader, list))
    {
        return std::nullopt;
    }
    WireWriter writer;
    list.Write(writer);
    std::ostringstream shown;
    std::size_t size = 0;
    for (const EvpnNlri& route : list.routes)
    {
        shown << route.key.rd << " " << route.key << "\n";
        size += route.GetWireSize();
    }
    RequireFuzz(size == writer.GetSize(), "routes of another size than they say");
    return Rewritten{writer.GetBytes(), shown.str(), list.ignored == 0};
}

std::optional<Rewritten>
RewriteAttributes(const FuzzBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    BgpPathAttributes attributes;
    while (reader.GetRemaining() != 0)
    {
        BgpRawAttribute raw;
        const bool isThere = BgpRawAttribute::Read(reader, raw);
        if (!isThere || raw.CheckForm(true) || raw.Parse(true, attributes))
        {
            return std::nullopt;
        }
    }
    std::ostringstream shown;
    for (BgpExtendedCommunity community : attributes.communities)
    {
        shown << community << " ";
    }
    shown << attributes.GetSequence() << " " << attributes.IsSticky() << " "
          << attributes.GetAsPathLength();
    if (attributes.pmsi)
    {
        shown << " " << attributes.pmsi->GetEndpoint() << " " << attributes.pmsi->GetGroup();
    }
    WireWriter writer;
    attributes.Write(writer, true);
    return Rewritten{writer.GetBytes(), shown.str()};
}

FramedStream
CutBgp(const std::vector<FuzzBytes>& pieces)
{
    return CutByFramer<BgpFramer>(pieces, [](BgpFramer& framer, bool& isBroken) {
        FuzzBytes message;
        isBroken = static_cast<bool>(framer.Next(message));
        return message.empty() ? std::nullopt : std::optional<FuzzBytes>(std::move(message));
    });
}

const FuzzTarget bgp(
    "bgp",
    [](const FuzzBytes& bytes) {
        RewriteBgp(bytes, false);
        return RewriteBgp(bytes, true);
    },
    SealBgp);
const FuzzTarget bgpTwoOctets("bgp-two-octet-update", RewriteOldUpdate);
const FuzzTarget bgpStream("bgp-stream",
                           [](const FuzzBytes& bytes) { CheckFraming(bytes, CutBgp); });
const FuzzTarget evpnRoutes("evpn-nlri", RewriteRoutes);
const FuzzTarget bgpAttributes("bgp-attributes", RewriteAttributes);

} // namespace

} // namespace ns3
