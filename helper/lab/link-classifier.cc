// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/link-classifier.h"

#include "ns3/ethertype.h"
#include "ns3/gre-header.h"
#include "ns3/ip-protocol.h"
#include "ns3/ip-sizes.h"
#include "ns3/ipv4-datagram.h"
#include "ns3/ospf-packet.h"
#include "ns3/pim-message.h"
#include "ns3/traffic-apps.h"
#include "ns3/wire-buffer.h"

namespace ns3
{

bool
IsGroupControl(LinkClass linkClass)
{
    switch (linkClass)
    {
    case LinkClass::NULL_REGISTER:
    case LinkClass::REGISTER_STOP:
    case LinkClass::PIM_HELLO:
    case LinkClass::PIM_JOIN_PRUNE:
    case LinkClass::PIM_ASSERT:
    case LinkClass::PIM_BOOTSTRAP:
    case LinkClass::PIM_CANDIDATE_RP:
    case LinkClass::PIM_DF_ELECTION:
    case LinkClass::IGMP:
        return true;
    default:
        return false;
    }
}

namespace
{

/** A protocol that a port tells. */
struct KnownPort
{
    uint8_t protocol;
    uint16_t port;
    LinkClass linkClass;
};

/** Sets the class of control planes' packets, by either port. */
void
ReadPorts(const Ipv4Datagram& datagram, LinkFrame& frame)
{
    static constexpr KnownPort ports[] = {{IP_PROTOCOL_TCP, 179, LinkClass::BGP},
                                          {IP_PROTOCOL_TCP, 639, LinkClass::MSDP},
                                          {IP_PROTOCOL_TCP, 6640, LinkClass::OVSDB},
                                          {IP_PROTOCOL_TCP, 6653, LinkClass::OPENFLOW},
                                          {IP_PROTOCOL_UDP, 3784, LinkClass::BFD},
                                          {IP_PROTOCOL_UDP, 4342, LinkClass::MAP}};
    if (datagram.destination.IsMulticast())
    {
        return; // data of a group, whatever its ports
    }
    WireReader reader = datagram.payload;
    const uint16_t source = reader.ReadU16();
    const uint16_t destination = reader.ReadU16();
    for (const KnownPort& known : ports)
    {
        if (datagram.protocol == known.protocol &&
            (source == known.port || destination == known.port))
        {
            frame.linkClass = known.linkClass;
        }
    }
}

OverlayOuter
GetOuter(const Ipv4Datagram& datagram)
{
    return datagram.destination.IsMulticast() ? OverlayOuter::MULTICAST : OverlayOuter::UNICAST;
}

void
SetTunnelClass(const Ipv4Datagram& datagram, LinkFrame& frame)
{
    frame.linkClass =
        datagram.destination.IsMulticast() ? LinkClass::VXLAN_MULTICAST : LinkClass::VXLAN_UNICAST;
}

/** \returns the flood that a payload of \p length bytes belongs to, if all of it is there. */
std::optional<uint32_t>
ReadFlood(const Ipv4Datagram& datagram, std::size_t length)
{
    WireReader payload = datagram.payload;
    if (length > payload.GetRemaining())
    {
        return std::nullopt;
    }
    payload.Skip(length - FloodGenerator::TRAILER);
    return FloodGenerator::ReadNumber(payload.ReadBytes(FloodGenerator::TRAILER).data());
}

/** Reads a UDP datagram: is it VXLAN, and of which flood? */
void
ReadUdp(const Ipv4Datagram& datagram, const OverlayTunnels& tunnels, LinkFrame& frame)
{
    WireReader reader = datagram.payload;
    reader.Skip(2);
    const uint16_t port = reader.ReadU16();
    const uint16_t length = reader.ReadU16();
    if (tunnels.vxlanPorts.count(port) == 0)
    {
        ReadPorts(datagram, frame);
        return;
    }
    SetTunnelClass(datagram, frame);
    reader.Skip(2);
    frame.overlay = ReadVxlanFrame(reader, GetOuter(datagram));
    if (length >= UDP_HEADER_SIZE + VXLAN_HEADER_SIZE + FloodGenerator::TRAILER)
    {
        frame.flood = ReadFlood(datagram, length);
    }
}

/** Reads a GRE packet of a VNI: is it of a flood? */
void
ReadGre(const Ipv4Datagram& datagram, const OverlayTunnels& tunnels, LinkFrame& frame)
{
    frame.overlay = ReadGreFrame(datagram.payload, GetOuter(datagram), tunnels);
    if (!frame.overlay)
    {
        return;
    }
    SetTunnelClass(datagram, frame);
    if (datagram.length >= GRE_KEY_HEADER_SIZE + FloodGenerator::TRAILER)
    {
        frame.flood = ReadFlood(datagram, datagram.length);
    }
}

void
ReadPim(const Ipv4Datagram& datagram, const OverlayTunnels& tunnels, LinkFrame& frame)
{
    static const std::map<uint8_t, LinkClass> classes = {{0, LinkClass::PIM_HELLO},
                                                         {1, LinkClass::REGISTER},
                                                         {2, LinkClass::REGISTER_STOP},
                                                         {3, LinkClass::PIM_JOIN_PRUNE},
                                                         {4, LinkClass::PIM_BOOTSTRAP},
                                                         {5, LinkClass::PIM_ASSERT},
                                                         {8, LinkClass::PIM_CANDIDATE_RP},
                                                         {10, LinkClass::PIM_DF_ELECTION}};
    WireReader reader = datagram.payload;
    const auto found = classes.find(reader.ReadU8() & 0xf);
    frame.linkClass = found == classes.end() ? LinkClass::OTHER : found->second;
    if (frame.linkClass != LinkClass::REGISTER)
    {
        return;
    }
    reader.Skip(3);
    const bool null = (reader.ReadU32() & 0x40000000) != 0;
    frame.linkClass = null ? LinkClass::NULL_REGISTER : LinkClass::REGISTER;
    if (const auto inner = ReadIpv4Datagram(reader))
    {
        frame.group = inner->destination;
        if (inner->offset == 0)
        {
            LinkFrame carried;
            inner->protocol == IP_PROTOCOL_UDP ? ReadUdp(*inner, tunnels, carried) : void();
            inner->protocol == GreFields::PROTOCOL ? ReadGre(*inner, tunnels, carried) : void();
            frame.flood = carried.flood;
        }
    }
}

/** Sets the class of a datagram, from its first fragment. */
void
ReadPayload(const Ipv4Datagram& datagram, const OverlayTunnels& tunnels, LinkFrame& frame)
{
    frame.group = datagram.destination.IsMulticast() ? datagram.destination : Ipv4Address::GetAny();
    frame.linkClass = datagram.destination.IsMulticast() ? LinkClass::MULTICAST : LinkClass::OTHER;
    switch (datagram.protocol)
    {
    case IP_PROTOCOL_IGMP:
        frame.linkClass = LinkClass::IGMP;
        break;
    case OspfPacket::PROTOCOL:
        frame.linkClass = LinkClass::OSPF;
        break;
    case PimMessage::PROTOCOL:
        frame.group = Ipv4Address::GetAny();
        ReadPim(datagram, tunnels, frame);
        break;
    case IP_PROTOCOL_UDP:
        ReadUdp(datagram, tunnels, frame);
        break;
    case IP_PROTOCOL_TCP:
        ReadPorts(datagram, frame);
        break;
    case GreFields::PROTOCOL:
        ReadGre(datagram, tunnels, frame);
        break;
    default:
        break;
    }
}

} // namespace

LinkFrame
LinkClassifier::Classify(const uint8_t* data,
                         std::size_t size,
                         bool ppp,
                         const OverlayTunnels& tunnels)
{
    WireReader reader(data, size);
    LinkFrame frame;
    reader.Skip(ppp ? 0 : 12);
    const uint16_t type = reader.ReadU16();
    if (!ppp && type == ETHERTYPE_ARP)
    {
        frame.linkClass = LinkClass::ARP;
        frame.bytes = ARP_PACKET_SIZE;
        return frame;
    }
    if (type != (ppp ? PPP_PROTOCOL_IPV4 : ETHERTYPE_IPV4))
    {
        return frame;
    }
    const auto datagram = ReadIpv4Datagram(reader);
    if (!datagram)
    {
        return frame;
    }
    const FragmentKey key(datagram->source.Get(),
                          datagram->destination.Get(),
                          datagram->protocol,
                          datagram->identification);
    if (datagram->offset != 0)
    {
        const auto first = m_fragments.find(key);
        if (first != m_fragments.end())
        {
            frame = first->second;
        }
    }
    else
    {
        ReadPayload(*datagram, tunnels, frame);
    }
    if (!datagram->moreFragments)
    {
        m_fragments.erase(key);
    }
    else if (datagram->offset == 0)
    {
        m_fragments[key] = frame;
        m_fragments[key].flood.reset();
        m_fragments[key].overlay.reset();
    }
    frame.bytes = datagram->bytes;
    return frame;
}

} // namespace ns3
