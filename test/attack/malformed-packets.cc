// SPDX-License-Identifier: GPL-2.0-only
#include "attack/malformed-packets.h"

#include "ns3/igmp-message.h"
#include "ns3/ip-protocol.h"
#include "ns3/ospf-packet.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-message.h"
#include "ns3/pim-sm-routing.h"

namespace ns3
{

namespace
{

constexpr uint8_t IGMP = IP_PROTOCOL_IGMP;
constexpr uint8_t PIM = PimMessage::PROTOCOL;
constexpr uint8_t OSPF = OspfPacket::PROTOCOL;
/** Where each protocol has its checksum. */
constexpr std::size_t OSPF_CHECKSUM = 12;
constexpr std::size_t OTHER_CHECKSUM = 2;
/** A group that nobody in the lab has joined. */
const Ipv4Address UNUSED_GROUP("239.77.0.0");

template <typename Message>
std::string
ReadAs(const AttackBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    Message message;
    return Message::Read(reader, message);
}

/** \returns the message, if it can be read. */
template <typename Message>
std::optional<Message>
Parse(const AttackBytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    Message message;
    const std::string error = Message::Read(reader, message);
    return error.empty() ? std::make_optional(message) : std::nullopt;
}

template <typename Message>
AttackBytes
WriteOut(const Message& message)
{
    WireWriter writer;
    message.Write(writer);
    return writer.GetBytes();
}

std::string
GetName(uint8_t protocol)
{
    return protocol == OSPF ? "ospf" : protocol == PIM ? "pim" : "igmp";
}

/** \returns what is wrong with a message; empty: it can be read. */
std::string
FindError(uint8_t protocol, const AttackBytes& payload)
{
    return protocol == OSPF  ? ReadAs<OspfPacket>(payload)
           : protocol == PIM ? ReadAs<PimMessage>(payload)
                             : ReadAs<IgmpMessage>(payload);
}

/** Makes the checksum of a message right again. */
void
FixChecksum(uint8_t protocol, AttackBytes& payload)
{
    const std::size_t at = protocol == OSPF ? OSPF_CHECKSUM : OTHER_CHECKSUM;
    if (payload.size() < at + 2)
    {
        return;
    }
    payload[at] = payload[at + 1] = 0;
    AttackBytes summed = payload;
    constexpr std::size_t OSPF_AUTHENTICATION = 16;
    if (protocol == OSPF && payload.size() >= OspfPacket::HEADER_SIZE)
    {
        const std::size_t length = payload[2] << 8 | payload[3];
        summed.resize(std::clamp<std::size_t>(length, OspfPacket::HEADER_SIZE, summed.size()));
        summed.erase(summed.begin() + OSPF_AUTHENTICATION,
                     summed.begin() + OspfPacket::HEADER_SIZE);
    }
    constexpr uint8_t REGISTER = 0x21;
    if (protocol == PIM && payload[0] == REGISTER)
    {
        summed.resize(std::min<std::size_t>(summed.size(), PimRegister::SIZE));
    }
    const uint16_t sum = InternetChecksum(summed.data(), summed.size());
    payload[at] = static_cast<uint8_t>(sum >> 8);
    payload[at + 1] = static_cast<uint8_t>(sum);
}

/** \returns whether the end's process for the frame's protocol gets the frame. */
bool
Takes(const AttackEnd& end, const AttackFrame& frame)
{
    const Mac48Address station = frame.GetStation();
    const bool isOwn = frame.destination == end.address;
    if (!(station.IsGroup() || station == end.GetMac()) ||
        !(isOwn || frame.destination.IsLocalMulticast()))
    {
        return false;
    }
    switch (frame.protocol)
    {
    case OSPF:
        return end.node->ospf &&
               end.node->ospf->GetInstance().ListensTo(end.interface, frame.destination);
    case PIM:
        return end.node->pim != nullptr;
    default:
        return true;
    }
}

/** \returns the attack whose receiver counts \p reason, unless it does not get the frame. */
std::optional<Attack>
Expect(const AttackEnd& to, const AttackFrame& frame, const std::string& reason)
{
    if (!Takes(to, frame))
    {
        return std::nullopt;
    }
    Attack attack{{frame.Write()}, {}};
    attack.drops[{GetName(frame.protocol), reason}] = 1;
    return attack;
}

/** \returns the neighbour at the other end if the adjacency is Full. */
bool
IsFull(const AttackEnd& end, Ipv4Address other)
{
    const auto& interfaces = end.node->ospf->GetInstance().GetInterfaces();
    for (const auto& [key, neighbor] : interfaces.at(end.interface)->GetNeighbors())
    {
        if (neighbor->GetAddress() == other)
        {
            return neighbor->GetState() == OspfNeighborState::FULL;
        }
    }
    return false;
}

/** \returns whether a PIM message on the link is refused when no Hello came from its sender. */
bool
NeedsNeighbor(const AttackEnd& to, const AttackBytes& payload)
{
    const auto message = Parse<PimMessage>(payload);
    if (!message)
    {
        return false;
    }
    if (const auto* bootstrap = message->As<PimBootstrap>())
    {
        // Of one's own message that comes back no notice is taken.
        return to.node->node->GetObject<Ipv4>()->GetInterfaceForAddress(bootstrap->bsrAddress) < 0;
    }
    return message->As<PimJoinPrune>() != nullptr || message->As<PimAssert>() != nullptr;
}

} // namespace

MalformedPackets::MalformedPackets(const AttackLink& link, uint32_t seed)
    : m_link(link),
      m_random(seed)
{
}

uint32_t
MalformedPackets::Draw(std::size_t count)
{
    return static_cast<uint32_t>(m_random() % count);
}

/** \returns one of those that went over the link before this moment. */
std::optional<AttackSample>
MalformedPackets::DrawSample()
{
    const auto& samples = m_link.samples;
    const auto end = std::partition_point(samples.begin(), samples.end(), [](const auto& sample) {
        return sample.time < Simulator::Now();
    });
    const auto count = static_cast<std::size_t>(end - samples.begin());
    return count == 0 ? std::nullopt : std::make_optional(samples[Draw(count)]);
}

std::optional<Attack>
MalformedPackets::Make(AttackKind kind, std::size_t receiver)
{
    static constexpr Maker makers[ATTACK_KINDS] = {&MalformedPackets::MakeChecksum,
                                                   &MalformedPackets::MakeIpChecksum,
                                                   &MalformedPackets::MakeIpLength,
                                                   &MalformedPackets::MakeLength,
                                                   &MalformedPackets::MakeTtl,
                                                   &MalformedPackets::MakeOffLink,
                                                   &MalformedPackets::MakeStranger,
                                                   &MalformedPackets::MakeOwnAddress,
                                                   &MalformedPackets::MakeOtherOspf,
                                                   &MalformedPackets::MakeLsaChecksum,
                                                   &MalformedPackets::MakeOldSequence,
                                                   &MalformedPackets::MakeFragments,
                                                   &MalformedPackets::MakeNotRp,
                                                   &MalformedPackets::MakeLoopingTunnel};
    constexpr int ATTEMPTS = 40;
    for (int attempt = 0; attempt < ATTEMPTS; ++attempt)
    {
        const std::optional<AttackSample> sample = DrawSample();
        if (!sample || sample->frame.IsFragment())
        {
            continue;
        }
        const Maker maker = makers[static_cast<std::size_t>(kind)];
        if (auto attack = (this->*maker)(m_link.ends[receiver], *sample))
        {
            return attack;
        }
    }
    return std::nullopt;
}

std::optional<Attack>
MalformedPackets::MakeChecksum(const AttackEnd& to, AttackSample sample)
{
    AttackFrame& frame = sample.frame;
    for (uint32_t changes = 1 + Draw(4); changes > 0; --changes)
    {
        frame.payload[Draw(frame.payload.size())] ^= static_cast<uint8_t>(1 + Draw(255));
    }
    const std::string error = FindError(frame.protocol, frame.payload);
    return error.empty() ? std::nullopt : Expect(to, frame, error);
}

std::optional<Attack>
MalformedPackets::MakeIpChecksum(const AttackEnd& to, AttackSample sample)
{
    constexpr std::size_t IP = AttackFrame::ETHERNET_SIZE;
    const Mac48Address station = sample.frame.GetStation();
    AttackBytes bytes = sample.frame.Write();
    for (uint32_t changes = 1 + Draw(3); changes > 0; --changes)
    {
        // Not the version: what is no IPv4 is nobody's packet.
        bytes[IP + 1 + Draw(AttackFrame::IP_SIZE - 1)] ^= static_cast<uint8_t>(1 + Draw(255));
    }
    if (InternetChecksum(bytes.data() + IP, AttackFrame::IP_SIZE) == 0 ||
        !(station.IsGroup() || station == to.GetMac()))
    {
        return std::nullopt;
    }
    return Attack{{bytes}, {{{"ip", "checksum"}, 1}}};
}

std::optional<Attack>
MalformedPackets::MakeIpLength(const AttackEnd& to, AttackSample sample)
{
    AttackFrame& frame = sample.frame;
    const std::size_t whole =
        std::max(AttackFrame::IP_SIZE + frame.payload.size(), AttackFrame::MIN_PAYLOAD);
    frame.totalLength = Draw(2) == 0 ? static_cast<uint16_t>(Draw(AttackFrame::IP_SIZE))
                                     : static_cast<uint16_t>(whole + 1 + Draw(0xffff - whole));
    return Expect(to, frame, "ip-length");
}

std::optional<Attack>
MalformedPackets::MakeLength(const AttackEnd& to, AttackSample sample)
{
    AttackFrame& frame = sample.frame;
    AttackBytes& payload = frame.payload;
    switch (Draw(3))
    {
    case 0:
        payload.resize(Draw(payload.size()));
        break;
    case 1:
        payload.insert(payload.end(), 1 + Draw(64), static_cast<uint8_t>(m_random()));
        break;
    default:
        payload[Draw(payload.size())] = static_cast<uint8_t>(m_random());
    }
    FixChecksum(frame.protocol, payload);
    const std::string error = FindError(frame.protocol, payload);
    return error.empty() ? std::nullopt : Expect(to, frame, error);
}

std::optional<Attack>
MalformedPackets::MakeTtl(const AttackEnd& to, AttackSample sample)
{
    AttackFrame& frame = sample.frame;
    frame.SetStation(to.GetMac());
    // The host of the lab that is neither here nor the only thing behind the link.
    frame.destination = Ipv4Address(to.node->name == "r3" ? "192.168.1.1" : "192.168.3.3");
    frame.ttl = static_cast<uint8_t>(Draw(2));
    if (to.node->ospf->Lookup(frame.destination) == nullptr)
    {
        return std::nullopt; // it would go nowhere, whatever its TTL
    }
    // A router answers where it can; a packet without TTL gets no answer.
    return Attack{{frame.Write()}, {{{"ip", "ttl"}, 1}}};
}

std::optional<Attack>
MalformedPackets::MakeOffLink(const AttackEnd& to, AttackSample sample)
{
    AttackFrame& frame = sample.frame;
    frame.source = Ipv4Address(0x0a000001 + Draw(0xfffffe));
    switch (frame.protocol)
    {
    case OSPF:
        return Expect(to, frame, "wrong-subnet");
    case PIM:
        return NeedsNeighbor(to, frame.payload) ? Expect(to, frame, "not-a-neighbor")
                                                : std::nullopt;
    default:
        return frame.payload[0] == IgmpMessage::V3_REPORT && to.node->pim
                   ? Expect(to, frame, "source-not-on-link")
                   : std::nullopt;
    }
}

std::optional<Attack>
MalformedPackets::MakeStranger(const AttackEnd& to, AttackSample sample)
{
    constexpr uint32_t FREE = 200; // no host part of the lab's is as high
    AttackFrame& frame = sample.frame;
    frame.source = Ipv4Address((to.address.Get() & 0xffffff00) + FREE + Draw(50));
    if (frame.protocol == OSPF)
    {
        const auto packet = Parse<OspfPacket>(frame.payload);
        const OspfRouting& ospf = *to.node->ospf;
        return packet && packet->GetType() != 1 && packet->routerId != ospf.GetRouterId()
                   ? Expect(to, frame, "unknown-neighbor")
                   : std::nullopt;
    }
    return frame.protocol == PIM && NeedsNeighbor(to, frame.payload)
               ? Expect(to, frame, "not-a-neighbor")
               : std::nullopt;
}

std::optional<Attack>
MalformedPackets::MakeOwnAddress(const AttackEnd& to, AttackSample sample)
{
    AttackFrame& frame = sample.frame;
    frame.source = to.address;
    if (frame.protocol == OSPF)
    {
        return Expect(to, frame, "own-address");
    }
    const auto message = frame.protocol == PIM ? Parse<PimMessage>(frame.payload) : std::nullopt;
    if (message && message->As<PimHello>() != nullptr)
    {
        return Expect(to, frame, "own-address");
    }
    return message && NeedsNeighbor(to, frame.payload) ? Expect(to, frame, "not-a-neighbor")
                                                       : std::nullopt;
}

std::optional<Attack>
MalformedPackets::MakeOtherOspf(const AttackEnd& to, AttackSample sample)
{
    AttackFrame& frame = sample.frame;
    auto packet = frame.protocol == OSPF ? Parse<OspfPacket>(frame.payload) : std::nullopt;
    if (!packet || frame.source == to.address)
    {
        return std::nullopt;
    }
    std::string reason;
    auto* hello = std::get_if<OspfHello>(&packet->body);
    switch (Draw(hello != nullptr ? 6 : 2))
    {
    case 0:
        packet->areaId = OspfId(1 + Draw(1000));
        reason = "wrong-area";
        break;
    case 1:
        packet->routerId = to.node->ospf->GetRouterId();
        reason = "duplicate-router-id";
        break;
    case 2:
        hello->networkMask = Ipv4Mask("255.255.0.0");
        reason = "wrong-mask";
        break;
    case 3:
        hello->helloInterval = static_cast<uint16_t>(11 + Draw(1000));
        reason = "wrong-hello-interval";
        break;
    case 4:
        hello->deadInterval = 41 + Draw(1000);
        reason = "wrong-dead-interval";
        break;
    default:
        hello->options ^= OSPF_OPTION_E;
        reason = "wrong-options";
    }
    frame.payload = WriteOut(*packet);
    return Expect(to, frame, reason);
}

std::optional<Attack>
MalformedPackets::MakeLsaChecksum(const AttackEnd& to, AttackSample sample)
{
    constexpr std::size_t FIRST_LSA = OspfPacket::HEADER_SIZE + 4;
    AttackFrame& frame = sample.frame;
    const auto packet = frame.protocol == OSPF ? Parse<OspfPacket>(frame.payload) : std::nullopt;
    const auto* update = packet ? std::get_if<OspfLinkStateUpdate>(&packet->body) : nullptr;
    if (update == nullptr || update->lsas.empty() || frame.source == to.address ||
        !IsFull(to, frame.source))
    {
        return std::nullopt;
    }
    const std::size_t end = FIRST_LSA + OspfLsaHeader::SIZE + update->lsas[0].body.size();
    const std::size_t from = FIRST_LSA + OspfLsaHeader::SIZE;
    frame.payload[from + Draw(end - from)] ^= static_cast<uint8_t>(1 + Draw(254));
    FixChecksum(OSPF, frame.payload);
    const std::string error = FindError(OSPF, frame.payload);
    return Expect(to, frame, error.empty() ? "lsa-checksum" : error);
}

std::optional<Attack>
MalformedPackets::MakeOldSequence(const AttackEnd& to, AttackSample sample)
{
    AttackFrame& frame = sample.frame;
    const auto packet = frame.protocol == OSPF ? Parse<OspfPacket>(frame.payload) : std::nullopt;
    const auto* update = packet ? std::get_if<OspfLinkStateUpdate>(&packet->body) : nullptr;
    if (update == nullptr || frame.source == to.address || !IsFull(to, frame.source) ||
        sample.time + Seconds(5) > Simulator::Now() || !Takes(to, frame))
    {
        return std::nullopt;
    }
    return Attack{{frame.Write()}, {}};
}

/** \returns a Register from \p sample's sender with an empty packet of (\p source, \p group). */
AttackFrame
MalformedPackets::MakeRegister(const AttackEnd& to,
                               AttackSample sample,
                               Ipv4Address source,
                               Ipv4Address group)
{
    AttackFrame inner;
    inner.ttl = 64;
    inner.protocol = IP_PROTOCOL_UDP;
    inner.source = source;
    inner.destination = group;
    inner.payload = AttackBytes(8 + Draw(100), static_cast<uint8_t>(m_random()));
    inner.ethernet = sample.frame.ethernet;
    const AttackBytes bytes = inner.Write();
    PimRegister message;
    message.packet.assign(bytes.begin() + AttackFrame::ETHERNET_SIZE,
                          bytes.begin() + AttackFrame::ETHERNET_SIZE + AttackFrame::IP_SIZE +
                              inner.payload.size());
    AttackFrame frame = sample.frame;
    frame.SetStation(to.GetMac());
    frame.ttl = 64;
    frame.protocol = PIM;
    frame.source = m_link.ends[&to == &m_link.ends[0] ? 1 : 0].address;
    frame.destination = to.address;
    frame.payload = WriteOut(PimMessage(message));
    return frame;
}

std::optional<Attack>
MalformedPackets::MakeFragments(const AttackEnd& to, AttackSample sample)
{
    constexpr std::size_t UNIT = 8;
    if (!to.node->pim)
    {
        return std::nullopt;
    }
    AttackFrame whole = MakeRegister(to, sample, Ipv4Address("192.168.1.1"), UNUSED_GROUP);
    whole.identification = ++m_identification;
    AttackFrame first = whole;
    AttackFrame second = whole;
    const std::size_t cut = UNIT * (2 + Draw(3));
    first.payload.resize(cut);
    first.fragment = AttackFrame::MORE_FRAGMENTS;
    const std::size_t overlap = 1 + Draw(cut / UNIT - 1);
    if (Draw(2) == 0)
    {
        // The second lies within the first, and the end never comes.
        second.payload.resize(UNIT * (1 + Draw(cut / UNIT - overlap)));
        second.fragment = static_cast<uint16_t>(AttackFrame::MORE_FRAGMENTS | overlap);
        return Attack{{first.Write(), second.Write()}, {{{"ip", "fragment-timeout"}, 1}}};
    }
    // The second says otherwise than the first, whose bytes count.
    first.payload[Draw(PimRegister::SIZE)] ^= static_cast<uint8_t>(1 + Draw(254));
    second.fragment = static_cast<uint16_t>(overlap);
    second.payload.assign(cut - UNIT * overlap + 1 + Draw(100), static_cast<uint8_t>(m_random()));
    AttackBytes together = first.payload;
    together.insert(together.end(),
                    second.payload.begin() + static_cast<std::ptrdiff_t>(cut - UNIT * overlap),
                    second.payload.end());
    const std::string error = FindError(PIM, together);
    if (error.empty())
    {
        return std::nullopt;
    }
    return Attack{{first.Write(), second.Write()}, {{{"pim", error}, 1}}};
}

std::optional<Attack>
MalformedPackets::MakeNotRp(const AttackEnd& to, AttackSample sample)
{
    // Core routers are candidates, and may be the RP for a while.
    if (!to.node->pim || to.node->name[0] != 'e')
    {
        return std::nullopt;
    }
    const AttackFrame frame = MakeRegister(
        to, sample, Ipv4Address("192.168.1.1"), Ipv4Address(UNUSED_GROUP.Get() + 1 + Draw(0xfffe)));
    return Expect(to, frame, "not-rp");
}

std::optional<Attack>
MalformedPackets::MakeLoopingTunnel(const AttackEnd& to, AttackSample sample)
{
    AttackFrame frame = MakeRegister(to, sample, Ipv4Address("192.168.1.1"), UNUSED_GROUP);
    const auto message = Parse<PimMessage>(frame.payload);
    PimRegister outer = *message->As<PimRegister>();
    std::string reason = "group";
    switch (Draw(3))
    {
    case 0: { // a Register to this router in a Register to it
        AttackFrame inner = frame;
        const AttackBytes bytes = inner.Write();
        outer.packet.assign(bytes.begin() + AttackFrame::ETHERNET_SIZE,
                            bytes.begin() + AttackFrame::ETHERNET_SIZE + AttackFrame::IP_SIZE +
                                inner.payload.size());
        break;
    }
    case 1: // what belongs to one link: 224.0.0.13
        frame = MakeRegister(to, sample, frame.source, PimAllRouters());
        outer = *Parse<PimMessage>(frame.payload)->As<PimRegister>();
        break;
    default:
        outer.packet[Draw(2) * 2 + 1] ^= 0x40; // no longer as long as it says, or another TOS
        outer.packet.pop_back();
        reason = "register-inner";
    }
    frame.payload = WriteOut(PimMessage(outer));
    return Expect(to, frame, reason);
}

} // namespace ns3
