// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/link-meter.h"

#include "ns3/cable-device.h"
#include "ns3/number-format.h"
#include "ns3/simulator.h"
#include "ns3/vxlan-flood-tag.h"

#include <stdexcept>

namespace ns3
{

void
LinkMeter::Attach(const std::string& network, const std::string& node, Ptr<NetDevice> device)
{
    const Ptr<LinkDevice> link = DynamicCast<LinkDevice>(device);
    if (!link)
    {
        throw std::invalid_argument("links are metered at a CableDevice or SwitchedLanDevice");
    }
    const bool ppp = DynamicCast<CableDevice>(device) != nullptr;
    m_stations.push_back({network, node, ppp, {}, {}, {}, {}, {}});
    link->AddTransmissionListener(
        MakeBoundCallback(&LinkMeter::Transmits, this, m_stations.size() - 1));
}

void
LinkMeter::AddVxlanPort(uint16_t port)
{
    m_tunnels.vxlanPorts.insert(port);
}

void
LinkMeter::AddGreKey(uint32_t vni)
{
    m_tunnels.greKeys.insert(vni);
}

void
LinkMeter::AddNvgreVsid(uint32_t vni)
{
    m_tunnels.nvgreVsids.insert(vni);
}

const std::set<uint16_t>&
LinkMeter::GetVxlanPorts() const
{
    return m_tunnels.vxlanPorts;
}

void
LinkMeter::RecordGroups()
{
    m_recordGroups = true;
}

void
LinkMeter::SetFrameSink(FrameSink sink)
{
    m_sink = std::move(sink);
}

void
LinkMeter::Transmits(LinkMeter* meter, std::size_t number, Ptr<const Packet> packet, Time end)
{
    uint8_t start[160]; // all headers, and a whole flood frame even inside a Register
    const uint32_t size = packet->CopyData(start, sizeof start);
    Station& station = meter->m_stations[number];
    if (station.last) // over: one frame follows another
    {
        meter->Count(station, station.last->frame);
    }
    LinkFrame& frame =
        station.last
            .emplace(
                Sent{end, station.classifier.Classify(start, size, station.ppp, meter->m_tunnels)})
            .frame;
    meter->m_countedAt.reset();
    if (frame.overlay && frame.overlay->inner == OverlayInner::UNICAST && IsMarkedFlooded(packet))
    {
        frame.overlay->inner = OverlayInner::UNKNOWN_UNICAST;
    }
    if (meter->m_sink)
    {
        Simulator::Schedule(end - Simulator::Now(), [meter, number, packet, frame] {
            meter->m_sink(number, packet, frame);
        });
    }
}

void
LinkMeter::Count(Station& station, const LinkFrame& frame) const
{
    LinkCount& count = station.counts[static_cast<std::size_t>(frame.linkClass)];
    ++count.packets;
    count.bytes += frame.bytes;
    if (frame.overlay)
    {
        LinkCount& overlay = station.overlay[*frame.overlay];
        ++overlay.packets;
        overlay.bytes += frame.bytes;
    }
    if (frame.flood)
    {
        ++m_floodCopies[*frame.flood];
    }
    if (m_recordGroups && !frame.group.IsAny() && frame.linkClass != LinkClass::NULL_REGISTER)
    {
        ++station.groups[{frame.group, frame.linkClass == LinkClass::REGISTER}];
    }
}

/** Adds up the frames that have been sent by now. */
void
LinkMeter::CountEnded() const
{
    const Time now = Simulator::Now();
    if (m_countedAt == now)
    {
        return;
    }
    for (Station& station : m_stations)
    {
        if (station.last && station.last->end <= now)
        {
            Count(station, station.last->frame);
            station.last.reset();
        }
    }
    m_countedAt = now;
}

std::vector<LinkMeter::Counter>
LinkMeter::GetCounters() const
{
    CountEnded();
    std::vector<Counter> counters;
    for (const Station& station : m_stations)
    {
        for (std::size_t i = 0; i < station.counts.size(); ++i)
        {
            const LinkCount& count = station.counts[i];
            if (count.packets != 0)
            {
                counters.push_back({station.network,
                                    station.node,
                                    static_cast<LinkClass>(i),
                                    count.packets,
                                    count.bytes});
            }
        }
    }
    return counters;
}

std::vector<LinkMeter::OverlayCounter>
LinkMeter::GetOverlayCounters() const
{
    CountEnded();
    std::vector<OverlayCounter> counters;
    for (const Station& station : m_stations)
    {
        for (const auto& [frame, count] : station.overlay)
        {
            counters.push_back({station.network, station.node, frame, count.packets, count.bytes});
        }
    }
    return counters;
}

const LinkCounts&
LinkMeter::GetCounts(std::size_t station) const
{
    CountEnded();
    return m_stations[station].counts;
}

void
LinkMeter::Restart()
{
    CountEnded();
    for (Station& station : m_stations)
    {
        station.counts = {};
        station.overlay.clear();
        station.groups.clear();
    }
}

uint64_t
LinkMeter::GetFloodCopies(uint32_t number) const
{
    CountEnded();
    const auto found = m_floodCopies.find(number);
    return found == m_floodCopies.end() ? 0 : found->second;
}

std::vector<LinkMeter::GroupCount>
LinkMeter::GetGroupCounts(Ipv4Address group) const
{
    CountEnded();
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
