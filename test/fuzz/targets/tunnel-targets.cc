// SPDX-License-Identifier: GPL-2.0-only
// VXLAN, GRE with a key, NVGRE; packets in tcpdump's words.
#include "fuzz-wire.h"

#include "ns3/gre-header.h"
#include "ns3/packet-line.h"
#include "ns3/text.h"
#include "ns3/vxlan-encapsulation.h"
#include "ns3/vxlan-header.h"

namespace ns3
{

namespace
{

FuzzBytes
ToBytes(Ptr<const Packet> packet)
{
    FuzzBytes bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    return bytes;
}

/** Takes a tunnel's header off, as a VTEP does, and puts one in front again. */
template <VxlanEncapsulationType TYPE>
void
CheckEncapsulation(const FuzzBytes& bytes)
{
    const VxlanEncapsulation& encapsulation = GetVxlanEncapsulation(TYPE);
    const auto packet = Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    uint32_t vni = 0;
    if (!encapsulation.RemoveHeader(packet, vni).empty())
    {
        RequireFuzz(ToBytes(packet) == bytes, "a packet that is refused has changed");
        return;
    }
    const FuzzBytes frame = ToBytes(packet);
    encapsulation.AddHeader(packet, vni, bytes[0]);
    RequireFuzz(packet->GetSize() == frame.size() + 8, "a header of another size");
    uint32_t again = 0;
    RequireFuzz(encapsulation.RemoveHeader(packet, again).empty(), "a header of ours is refused");
    RequireFuzz(again == vni && ToBytes(packet) == frame, "a tunnel changes what it carries");
}

std::optional<Rewritten>
RewriteVxlan(const FuzzBytes& bytes)
{
    CheckEncapsulation<VxlanEncapsulationType::VXLAN>(bytes);
    std::optional<Rewritten> result = RewriteMessage<VxlanFields>(bytes);
    if (result)
    {
        result->isExact = bytes.size() == VxlanFields::SIZE && bytes[1] == 0 && bytes[2] == 0 &&
                          bytes[3] == 0 && bytes[7] == 0;
    }
    return result;
}

std::optional<Rewritten>
RewriteGre(const FuzzBytes& bytes)
{
    CheckEncapsulation<VxlanEncapsulationType::GRE>(bytes);
    CheckEncapsulation<VxlanEncapsulationType::NVGRE>(bytes);
    std::optional<Rewritten> result = RewriteMessage<GreFields>(bytes);
    if (result)
    {
        result->isExact = bytes.size() == GreFields::SIZE;
    }
    return result;
}

/** The first byte chooses the framing and -q. */
void
CheckPacketLine(const FuzzBytes& bytes)
{
    if (bytes.empty())
    {
        return;
    }
    const PacketFraming framing = bytes[0] & 1 ? PacketFraming::PPP : PacketFraming::ETHERNET;
    const uint8_t* const frame = bytes.data() + 1;
    ReadPacketFields(frame, bytes.size() - 1, framing);
    std::string text = FormatPacketLine(frame, bytes.size() - 1, framing, bytes[0] & 2);
    RequireFuzz(!text.empty() && text.back() != '\n', "a packet without a line");
    for (char c : text)
    {
        RequireFuzz(c == '\n' || (!IsControlCharacter(c) && static_cast<unsigned char>(c) < 0x80),
                    "a line with the character " + std::to_string(c));
    }
}

const FuzzTarget vxlan("vxlan", RewriteVxlan);
const FuzzTarget gre("gre", RewriteGre);
const FuzzTarget packetLine("packet-line", CheckPacketLine);

} // namespace

} // namespace ns3
