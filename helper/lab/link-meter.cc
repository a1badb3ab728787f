// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/link-meter.h"

#include "ns3/point-to-point-net-device.h"
#include "ns3/traffic-apps.h"
#include "ns3/wire-buffer.h"

#include <algorithm>

namespace ns3
{

const std::string&
GetLinkClassName(LinkClass linkClass)
{
    static const std::array<std::string, static_cast<std::size_t>(LinkClass::COUNT)> names = {
        "multicast",
        "register",
        "null-register",
        "register-stop",
        "pim-hello",
        "pim-join-prune",
        "pim-assert",
        "pim-bootstrap",
        "pim-candidate-rp",
        "pim-df-election",
        "igmp",
        "ospf",
        "vxlan-multicast",
        "vxlan-unicast",
        "arp",
        "other"};
    return names[static_cast<std::size_t>(linkClass)];
}

namespace
{

constexpr uint8_t PROTOCOL_IGMP = 2;
constexpr uint8_t PROTOCOL_UDP = 17;
constexpr uint8_t PROTOCOL_OSPF = 89;
constexpr uint8_t PROTOCOL_PIM = 103;
constexpr uint32_t ARP_BYTES = 28;

/** An IPv4 header's fields that matter here, and the reader of what follows. */
struct Datagram
{
    uint32_t bytes;
    uint16_t identification;
    bool moreFragments;
    uint32_t offset;
    uint8_t protocol;
    Ipv4Address source;
    Ipv4Address destination;
    WireReader payload{nullptr, 0};
};

std::optional<Datagram>
ReadDatagram(WireReader& reader)
{
    Datagram datagram;
    const uint8_t versionIhl = reader.ReadU8();
    reader.Skip(1);
    datagram.bytes = reader.ReadU16();
    datagram.identification = reader.ReadU16();
    const uint16_t fragment = reader.ReadU16();
    datagram.moreFragments = (fragment & 0x2000) != 0;
    datagram.offset = (fragment & 0x1fff) * 8;
    reader.Skip(1);
    datagram.protocol = reader.ReadU8();
    reader.Skip(2);
    datagram.source = reader.ReadIpv4();
    datagram.destination = reader.ReadIpv4();
    const uint32_t header = (versionIhl & 0xf) * 4;
    if (versionIhl >> 4 != 4 || header < 20 || datagram.bytes < header || reader.IsTruncated())
    {
        return std::nullopt;
    }
    reader.Skip(header - 20);
    datagram.payload =
        reader.Sub(std::min<std::size_t>(datagram.bytes - header, reader.GetRemaining()));
    return datagram;
}

/** Reads a UDP datagram: is it VXLAN, and of which flood? */
void
ReadUdp(const Datagram& datagram, const std::set<uint16_t>& vxlanPorts, LinkFrame& frame)
{
    constexpr uint32_t UDP_AND_VXLAN = 16;
    WireReader reader = datagram.payload;
    reader.Skip(2);
    const uint16_t port = reader.ReadU16();
    const uint16_t length = reader.ReadU16();
    if (vxlanPorts.count(port) == 0)
    {
        return;
    }
    frame.linkClass =
        datagram.destination.IsMulticast() ? LinkClass::VxlanMulticast : LinkClass::VxlanUnicast;
    WireReader payload = datagram.payload;
    if (length < UDP_AND_VXLAN + FloodGenerator::TRAILER || length > payload.GetRemaining())
    {
        return;
    }
    payload.Skip(length - FloodGenerator::TRAILER);
    frame.flood = FloodGenerator::ReadNumber(payload.ReadBytes(FloodGenerator::TRAILER).data());
}

void
ReadPim(const Datagram& datagram, const std::set<uint16_t>& vxlanPorts, LinkFrame& frame)
{
    static const std::map<uint8_t, LinkClass> classes = {{0, LinkClass::PimHello},
                                                         {1, LinkClass::Register},
                                                         {2, LinkClass::RegisterStop},
                                                         {3, LinkClass::PimJoinPrune},
                                                         {4, LinkClass::PimBootstrap},
                                                         {5, LinkClass::PimAssert},
                                                         {8, LinkClass::PimCandidateRp},
                                                         {10, LinkClass::PimDfElection}};
    WireReader reader = datagram.payload;
    const auto found = classes.find(reader.ReadU8() & 0xf);
    frame.linkClass = found == classes.end() ? LinkClass::Other : found->second;
    if (frame.linkClass != LinkClass::Register)
    {
        return;
    }
    reader.Skip(3);
    const bool null = (reader.ReadU32() & 0x40000000) != 0;
    frame.linkClass = null ? LinkClass::NullRegister : LinkClass::Register;
    if (const auto inner = ReadDatagram(reader))
    {
        frame.group = inner->destination;
        if (inner->protocol == PROTOCOL_UDP && inner->offset == 0)
        {
            LinkFrame carried;
            ReadUdp(*inner, vxlanPorts, carried);
            frame.flood = carried.flood;
        }
    }
}

/** Says of what class a datagram is, by its first fragment. */
void
ReadPayload(const Datagram& datagram, const std::set<uint16_t>& vxlanPorts, LinkFrame& frame)
{
    frame.group = datagram.destination.IsMulticast() ? datagram.destination : Ipv4Address::GetAny();
    frame.linkClass = datagram.destination.IsMulticast() ? LinkClass::Multicast : LinkClass::Other;
    switch (datagram.protocol)
    {
    case PROTOCOL_IGMP:
        frame.linkClass = LinkClass::Igmp;
        break;
    case PROTOCOL_OSPF:
        frame.linkClass = LinkClass::Ospf;
        break;
    case PROTOCOL_PIM:
        frame.group = Ipv4Address::GetAny();
        ReadPim(datagram, vxlanPorts, frame);
        break;
    case PROTOCOL_UDP:
        ReadUdp(datagram, vxlanPorts, frame);
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
                         const std::set<uint16_t>& vxlanPorts)
{
    WireReader reader(data, size);
    LinkFrame frame;
    reader.Skip(ppp ? 0 : 12);
    const uint16_t type = reader.ReadU16();
    if (!ppp && type == 0x0806)
    {
        frame.linkClass = LinkClass::Arp;
        frame.bytes = ARP_BYTES;
        return frame;
    }
    if (type != (ppp ? 0x0021 : 0x0800))
    {
        return frame;
    }
    const auto datagram = ReadDatagram(reader);
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
        ReadPayload(*datagram, vxlanPorts, frame);
    }
    if (!datagram->moreFragments)
    {
        m_fragments.erase(key);
    }
    else if (datagram->offset == 0)
    {
        m_fragments[key] = frame;
        m_fragments[key].flood.reset();
    }
    frame.bytes = datagram->bytes;
    return frame;
}

void
LinkMeter::Attach(const std::string& network, const std::string& node, Ptr<NetDevice> device)
{
    const bool ppp = DynamicCast<PointToPointNetDevice>(device) != nullptr;
    m_stations.push_back({network, node, ppp, {}, {}, {}});
    device->TraceConnectWithoutContext(
        "PhyTxEnd", MakeBoundCallback(&LinkMeter::Transmitted, this, m_stations.size() - 1));
}

void
LinkMeter::AddVxlanPort(uint16_t port)
{
    m_vxlanPorts.insert(port);
}

void
LinkMeter::RecordGroups()
{
    m_recordGroups = true;
}

void
LinkMeter::Transmitted(LinkMeter* meter, std::size_t number, Ptr<const Packet> packet)
{
    uint8_t start[160]; // all headers, and a whole flood frame even inside a Register
    const uint32_t size = packet->CopyData(start, sizeof start);
    Station& station = meter->m_stations[number];
    const LinkFrame frame =
        station.classifier.Classify(start, size, station.ppp, meter->m_vxlanPorts);
    Counter& counter = station.counters[static_cast<std::size_t>(frame.linkClass)];
    ++counter.packets;
    counter.bytes += frame.bytes;
    if (frame.flood)
    {
        ++meter->m_floodCopies[*frame.flood];
    }
    if (meter->m_recordGroups && !frame.group.IsAny() && frame.linkClass != LinkClass::NullRegister)
    {
        ++station.groups[{frame.group, frame.linkClass == LinkClass::Register}];
    }
}

void
LinkMeter::Report(CsvTable& table, const std::string& snapshot, Time now) const
{
    for (const Station& station : m_stations)
    {
        for (std::size_t i = 0; i < station.counters.size(); ++i)
        {
            const Counter& counter = station.counters[i];
            if (counter.packets != 0)
            {
                table.AddRow({snapshot,
                              FormatSeconds(now),
                              station.network,
                              station.node,
                              GetLinkClassName(static_cast<LinkClass>(i)),
                              std::to_string(counter.packets),
                              std::to_string(counter.bytes)});
            }
        }
    }
}

void
LinkMeter::Restart()
{
    for (Station& station : m_stations)
    {
        station.counters = {};
        station.groups.clear();
    }
}

uint64_t
LinkMeter::GetFloodCopies(uint32_t number) const
{
    const auto found = m_floodCopies.find(number);
    return found == m_floodCopies.end() ? 0 : found->second;
}

std::vector<LinkMeter::GroupCount>
LinkMeter::GetGroupCounts(Ipv4Address group) const
{
    std::vector<GroupCount> counts;
    for (const Station& station : m_stations)
    {
        const auto native = station.groups.find({group, false});
        const auto registers = station.groups.find({group, true});
        if (native != station.groups.end() || registers != station.groups.end())
        {
            counts.push_back({station.network,
                              station.node,
                              native == station.groups.end() ? 0 : native->second,
                              registers == station.groups.end() ? 0 : registers->second});
        }
    }
    return counts;
}

} // namespace ns3
