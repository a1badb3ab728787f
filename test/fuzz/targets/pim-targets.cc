// SPDX-License-Identifier: GPL-2.0-only
// PIM messages of all types; fragments of Bootstrap messages; MSDP and BFD.
#include "fuzz-wire.h"

#include "ns3/bfd-packet.h"
#include "ns3/msdp-message.h"
#include "ns3/pim-bootstrap-fragments.h"
#include "ns3/pim-message.h"

#include <set>

namespace ns3
{

namespace
{

/** A Register's checksum covers 8 bytes. */
void
SealPim(FuzzBytes& bytes)
{
    if (!bytes.empty())
    {
        bytes[0] = static_cast<uint8_t>(0x20 | (bytes[0] & 0x0f));
        SealChecksum(bytes, 2, (bytes[0] & 0x0f) == 1 ? PimRegister::SIZE : SIZE_MAX);
    }
}

/** \returns whether a BSR could have made the message: each range and RP once, all of them there. */
bool
IsWhole(const PimBootstrap& message)
{
    std::set<Ipv4Prefix> ranges;
    for (std::size_t i = 0; i < message.ranges.size(); ++i)
    {
        const PimBootstrapRange& range = message.ranges[i];
        std::set<uint32_t> rps;
        for (const PimBootstrapRp& rp : range.rps)
        {
            rps.insert(rp.address.Get());
        }
        const bool isZone = i == 0 && range.group.scopeZone;
        if (!ranges.insert(range.group.GetPrefix()).second || rps.size() != range.rps.size() ||
            rps.size() != range.rpCount || (range.group.scopeZone && !isZone))
        {
            return false;
        }
    }
    return true;
}

std::set<std::vector<uint32_t>>
ToSet(const std::vector<PimBootstrapRange>& ranges)
{
    std::set<std::vector<uint32_t>> set;
    for (const PimBootstrapRange& range : ranges)
    {
        std::set<std::vector<uint32_t>> rps;
        for (const PimBootstrapRp& rp : range.rps)
        {
            rps.insert({rp.address.Get(), rp.holdtime, rp.priority});
        }
        std::vector<uint32_t> key{range.group.GetPrefix().GetAddress().Get(),
                                  range.group.maskLength,
                                  range.group.bidirectional,
                                  range.group.scopeZone,
                                  range.rpCount};
        for (const std::vector<uint32_t>& rp : rps)
        {
            key.insert(key.end(), rp.begin(), rp.end());
        }
        set.insert(key);
    }
    return set;
}

/** Cuts a message and puts it together again, the fragments in another order and one twice. */
void
CheckFragments(const PimBootstrap& whole, uint32_t mtu, std::size_t first)
{
    std::vector<PimBootstrap> fragments = FragmentBootstrap(whole, mtu);
    RequireFuzz(!fragments.empty(), "no fragments");
    for (const PimBootstrap& fragment : fragments)
    {
        WireWriter writer;
        PimMessage(fragment).Write(writer);
        std::size_t rps = 0;
        for (const PimBootstrapRange& range : fragment.ranges)
        {
            rps += range.rps.size();
        }
        RequireFuzz(writer.GetSize() + 20 <= mtu || (rps <= 1 && fragment.ranges.size() <= 2),
                    "a fragment is longer than the MTU");
    }
    first %= fragments.size();
    std::rotate(
        fragments.begin(), fragments.begin() + static_cast<std::ptrdiff_t>(first), fragments.end());
    fragments.push_back(fragments.front());
    PimBootstrapAssembly assembly;
    std::map<Ipv4Prefix, PimBootstrapRange> complete;
    for (const PimBootstrap& fragment : fragments)
    {
        for (const PimBootstrapRange& range : assembly.Add(fragment))
        {
            complete[range.group.GetPrefix()] = range;
        }
    }
    std::vector<PimBootstrapRange> ranges;
    for (const auto& [prefix, range] : complete)
    {
        ranges.push_back(range);
    }
    RequireFuzz(ToSet(ranges) == ToSet(whole.ranges), "fragments do not make the whole again");
}

/** Two bytes that say how to cut; then messages, each with its length in two bytes before it. */
void
CheckBootstraps(const FuzzBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    const uint32_t mtu = 68 + reader.ReadU8() * 6U;
    const std::size_t first = reader.ReadU8();
    PimBootstrapAssembly assembly;
    std::size_t added = 0;
    while (reader.GetRemaining() > 0)
    {
        WireReader body = reader.Sub(reader.ReadU16());
        PimBootstrap message;
        if (!PimBootstrap::Read(body, message).empty())
        {
            continue;
        }
        for (const PimBootstrapRange& range : message.ranges)
        {
            added += range.rps.size();
        }
        for (const PimBootstrapRange& range : assembly.Add(message))
        {
            RequireFuzz(range.rps.size() >= range.rpCount, "a range without all of its RPs");
            RequireFuzz(range.rps.size() <= added, "RPs that nobody has named");
        }
        if (IsWhole(message))
        {
            CheckFragments(message, mtu, first);
        }
        else
        {
            FragmentBootstrap(message, mtu);
        }
    }
}

FramedStream
CutMsdp(const std::vector<FuzzBytes>& pieces)
{
    return CutByFramer<MsdpFramer>(pieces, [](MsdpFramer& framer, bool& isBroken) {
        std::optional<FuzzBytes> bytes = framer.Next();
        if (bytes)
        {
            WireReader reader(bytes->data(), bytes->size());
            MsdpMessage message;
            isBroken = MsdpMessage::IsFormatError(MsdpMessage::Read(reader, message));
            // What is beyond the largest TLV is left out.
            isBroken = isBroken || bytes->size() == MsdpMessage::LARGEST;
        }
        return bytes;
    });
}

std::optional<Rewritten>
RewriteBfd(const FuzzBytes& bytes)
{
    std::optional<Rewritten> result = RewriteMessage<BfdPacket>(bytes);
    if (result)
    {
        result->isExact = bytes.size() == BfdPacket::SIZE;
    }
    return result;
}

std::optional<Rewritten>
RewriteMsdp(const FuzzBytes& bytes)
{
    std::optional<Rewritten> result = RewriteMessage<MsdpMessage>(bytes);
    if (result)
    {
        MsdpMessage::GetTypeName(bytes[0]);
        result->isExact = bytes[0] == MsdpMessage::KEEPALIVE;
    }
    return result;
}

void
SealMsdp(FuzzBytes& bytes)
{
    if (bytes.size() >= MsdpMessage::HEADER_SIZE && bytes.size() <= MsdpMessage::LARGEST)
    {
        bytes[1] = static_cast<uint8_t>(bytes.size() >> 8);
        bytes[2] = static_cast<uint8_t>(bytes.size());
    }
}

const FuzzTarget pim("pim", RewriteMessage<PimMessage>, SealPim);
const FuzzTarget pimBootstrap("pim-bootstrap", CheckBootstraps);
const FuzzTarget bfd("bfd", RewriteBfd);
const FuzzTarget msdp("msdp", RewriteMsdp, SealMsdp);
const FuzzTarget msdpStream("msdp-stream",
                            [](const FuzzBytes& bytes) { CheckFraming(bytes, CutMsdp); });

} // namespace

} // namespace ns3
