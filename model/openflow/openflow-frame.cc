// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §5.3: fields of a frame.
#include "ns3/openflow-frame.h"

#include "ns3/ethertype.h"
#include "ns3/ip-protocol.h"
#include "ns3/ip-sizes.h"

#include <algorithm>

namespace ns3
{

namespace
{

constexpr std::size_t WINDOW = 96; //!< Ethernet, IPv4 with all options, TCP ports and checksum

} // namespace

OpenflowFrame::OpenflowFrame(Ptr<const Packet> packet, uint32_t inPort)
    : m_packet(packet),
      m_window(std::min<std::size_t>(WINDOW, packet->GetSize())),
      m_inPort(inPort)
{
    packet->CopyData(m_window.data(), static_cast<uint32_t>(m_window.size()));
}

void
OpenflowFrame::SetTunnel(uint64_t key, Ipv4Address source, Ipv4Address destination)
{
    m_fromTunnel = true;
    m_tunnelId = key;
    m_tunnelSource = source;
    m_tunnelDestination = destination;
}

uint64_t
OpenflowFrame::Read(std::size_t offset, uint8_t bytes) const
{
    uint64_t value = 0;
    for (uint8_t i = 0; i < bytes; ++i)
    {
        value = value << 8 | m_window[offset + i];
    }
    return value;
}

std::optional<OpenflowFrame::Place>
OpenflowFrame::Find(OpenflowField field) const
{
    const std::size_t size = m_window.size();
    if (size < ETHERNET_HEADER_SIZE)
    {
        return std::nullopt;
    }
    const uint64_t type = Read(12, 2);
    const bool arp = type == ETHERTYPE_ARP && size >= ETHERNET_HEADER_SIZE + ARP_PACKET_SIZE;
    bool ip = type == ETHERTYPE_IPV4 && size >= ETHERNET_HEADER_SIZE + 20 &&
              m_window[ETHERNET_HEADER_SIZE] >> 4 == 4;
    const std::size_t ipBytes = ip ? 4u * (m_window[ETHERNET_HEADER_SIZE] & 15) : 0;
    ip = ip && ipBytes >= 20;
    const uint8_t protocol = ip ? m_window[ETHERNET_HEADER_SIZE + 9] : 0;
    // Later fragments have no ports.
    const bool first = ip && (Read(ETHERNET_HEADER_SIZE + 6, 2) & 0x1fff) == 0;
    const std::size_t l4 = ETHERNET_HEADER_SIZE + ipBytes;
    const bool ports = first && size >= l4 + 4;
    const auto at = [](bool there, std::size_t offset, uint8_t bytes) {
        return there ? std::optional<Place>(Place{offset, bytes}) : std::nullopt;
    };
    switch (field)
    {
    case OpenflowField::ETH_DST:
        return at(true, 0, 6);
    case OpenflowField::ETH_SRC:
        return at(true, 6, 6);
    case OpenflowField::ETH_TYPE:
        return at(true, 12, 2);
    case OpenflowField::IP_PROTO:
        return at(ip, ETHERNET_HEADER_SIZE + 9, 1);
    case OpenflowField::IPV4_SRC:
        return at(ip, ETHERNET_HEADER_SIZE + 12, 4);
    case OpenflowField::IPV4_DST:
        return at(ip, ETHERNET_HEADER_SIZE + 16, 4);
    case OpenflowField::TCP_SRC:
        return at(ports && protocol == IP_PROTOCOL_TCP, l4, 2);
    case OpenflowField::TCP_DST:
        return at(ports && protocol == IP_PROTOCOL_TCP, l4 + 2, 2);
    case OpenflowField::UDP_SRC:
        return at(ports && protocol == IP_PROTOCOL_UDP, l4, 2);
    case OpenflowField::UDP_DST:
        return at(ports && protocol == IP_PROTOCOL_UDP, l4 + 2, 2);
    case OpenflowField::ICMPV4_TYPE:
        return at(ports && protocol == IP_PROTOCOL_ICMP, l4, 1);
    case OpenflowField::ICMPV4_CODE:
        return at(ports && protocol == IP_PROTOCOL_ICMP, l4 + 1, 1);
    case OpenflowField::ARP_OP:
        return at(arp, ETHERNET_HEADER_SIZE + 6, 2);
    case OpenflowField::ARP_SHA:
        return at(arp, ETHERNET_HEADER_SIZE + 8, 6);
    case OpenflowField::ARP_SPA:
        return at(arp, ETHERNET_HEADER_SIZE + 14, 4);
    case OpenflowField::ARP_THA:
        return at(arp, ETHERNET_HEADER_SIZE + 18, 6);
    case OpenflowField::ARP_TPA:
        return at(arp, ETHERNET_HEADER_SIZE + 24, 4);
    default:
        return std::nullopt;
    }
}

std::optional<uint64_t>
OpenflowFrame::Get(OpenflowField field) const
{
    switch (field)
    {
    case OpenflowField::IN_PORT:
        return m_inPort;
    case OpenflowField::TUNNEL_ID:
        return m_tunnelId;
    case OpenflowField::TUN_IPV4_SRC:
        return m_tunnelSource.Get();
    case OpenflowField::TUN_IPV4_DST:
        return m_tunnelDestination.Get();
    default: {
        const auto place = Find(field);
        return place ? std::optional<uint64_t>(Read(place->offset, place->bytes)) : std::nullopt;
    }
    }
}

void
OpenflowFrame::Set(OpenflowField field, uint64_t value)
{
    if (field == OpenflowField::TUNNEL_ID)
    {
        m_tunnelId = value;
        return;
    }
    const auto place = Find(field);
    if (!place)
    {
        return;
    }
    const uint64_t before = Read(place->offset, place->bytes);
    if (before == value)
    {
        return;
    }
    m_changed = true;
    for (uint8_t i = 0; i < place->bytes; ++i)
    {
        m_window[place->offset + i] = static_cast<uint8_t>(value >> 8 * (place->bytes - 1 - i));
    }
    if (field == OpenflowField::IPV4_SRC || field == OpenflowField::IPV4_DST)
    {
        FixChecksums(before, value);
    }
}

void
OpenflowFrame::FixChecksums(uint64_t before, uint64_t after)
{
    const std::size_t l4 = ETHERNET_HEADER_SIZE + 4u * (m_window[ETHERNET_HEADER_SIZE] & 15);
    const uint8_t protocol = m_window[ETHERNET_HEADER_SIZE + 9];
    const bool first = (Read(ETHERNET_HEADER_SIZE + 6, 2) & 0x1fff) == 0;
    std::vector<std::size_t> places{ETHERNET_HEADER_SIZE + 10};
    if (first && protocol == IP_PROTOCOL_TCP)
    {
        places.push_back(l4 + 16);
    }
    else if (first && protocol == IP_PROTOCOL_UDP)
    {
        places.push_back(l4 + 6);
    }
    for (std::size_t at : places)
    {
        if (at + 2 > m_window.size())
        {
            continue;
        }
        const auto old = static_cast<uint32_t>(Read(at, 2));
        if (old == 0 && at != ETHERNET_HEADER_SIZE + 10)
        {
            continue; // no UDP checksum
        }
        // RFC 1624: HC' = ~(~HC + ~m + m')
        uint32_t sum = ~old & 0xffff;
        sum += (~before >> 16 & 0xffff) + (~before & 0xffff);
        sum += (after >> 16 & 0xffff) + (after & 0xffff);
        while (sum >> 16)
        {
            sum = (sum & 0xffff) + (sum >> 16);
        }
        sum = ~sum & 0xffff;
        m_window[at] = static_cast<uint8_t>(sum >> 8);
        m_window[at + 1] = static_cast<uint8_t>(sum);
    }
}

bool
OpenflowFrame::Matches(const OpenflowMatch& match) const
{
    for (const OpenflowOxm& oxm : match.GetFields())
    {
        const auto value = Get(oxm.field);
        if (oxm.mask != 0 && (!value || (*value & oxm.mask) != oxm.value))
        {
            return false;
        }
    }
    return true;
}

Mac48Address
OpenflowFrame::GetSource() const
{
    Mac48Address address;
    if (m_window.size() >= ETHERNET_HEADER_SIZE)
    {
        address.CopyFrom(m_window.data() + 6);
    }
    return address;
}

Mac48Address
OpenflowFrame::GetDestination() const
{
    Mac48Address address;
    if (m_window.size() >= ETHERNET_HEADER_SIZE)
    {
        address.CopyFrom(m_window.data());
    }
    return address;
}

Ptr<const Packet>
OpenflowFrame::GetPacket() const
{
    if (!m_changed)
    {
        return m_packet;
    }
    const auto window = static_cast<uint32_t>(m_window.size());
    Ptr<Packet> packet = Create<Packet>(m_window.data(), window);
    if (m_packet->GetSize() > window)
    {
        packet->AddAtEnd(m_packet->CreateFragment(window, m_packet->GetSize() - window));
    }
    return packet;
}

uint32_t
OpenflowFrame::GetSize() const
{
    return m_packet->GetSize();
}

std::vector<uint8_t>
OpenflowFrame::GetBytes(uint32_t count) const
{
    std::vector<uint8_t> bytes(std::min(count, m_packet->GetSize()));
    m_packet->CopyData(bytes.data(), static_cast<uint32_t>(bytes.size()));
    std::copy_n(m_window.begin(), std::min(bytes.size(), m_window.size()), bytes.begin());
    return bytes;
}

OpenflowMatch
OpenflowFrame::GetMetadata() const
{
    OpenflowMatch match;
    match.Set(OpenflowField::IN_PORT, m_inPort);
    if (m_fromTunnel)
    {
        match.Set(OpenflowField::TUNNEL_ID, m_tunnelId);
        match.Set(OpenflowField::TUN_IPV4_SRC, m_tunnelSource.Get());
        match.Set(OpenflowField::TUN_IPV4_DST, m_tunnelDestination.Get());
    }
    return match;
}

} // namespace ns3
