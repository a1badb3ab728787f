// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/study-vteps.h"

#include "ns3/boolean.h"
#include "ns3/igmp-protocol.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-endpoint.h"
#include "ns3/vxlan-helper.h"
#include "ns3/wire-buffer.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace ns3
{

namespace
{

constexpr uint32_t PAYLOAD = 46; //!< the least that Ethernet carries
constexpr uint32_t NOT_COUNTED = UINT32_MAX;
constexpr uint32_t NUMBER_BYTES = 4;
constexpr uint8_t TTL = 64;

Ipv4Address
AddressOf(const LabNetwork& network, std::size_t node)
{
    return Ipv4Address(
        network.GetGraph().GetAddress(node, network.GetGraph().GetVtepInterface(node)));
}

} // namespace

StudyVteps::StudyVteps(LabNetwork& network,
                       const std::vector<StudySegment>& segments,
                       StudyFlooding flooding,
                       const StudyControl* control)
    : m_network(network),
      m_segments(segments),
      m_flooding(flooding),
      m_control(control),
      m_devices(segments.size())
{
    FindNamedSources();
}

StudyFlooding
StudyVteps::GetFlooding(std::size_t segment) const
{
    return m_segments[segment].flooding.value_or(m_flooding);
}

StudyVteps::~StudyVteps() = default;

void
StudyVteps::Install(std::size_t number)
{
    const StudySegment& segment = m_segments[number];
    VxlanHelper helper(segment.vni);
    helper.Set("Ttl", UintegerValue(TTL));
    Configure(helper, number);
    for (std::size_t member : segment.members)
    {
        helper.SetUnderlay(m_network.GetGraph().GetVtepInterface(member));
        m_devices[number].push_back(helper.Install(m_network.GetNodes()[member].node));
        ListenTo(member);
        if (GetFlooding(number) == StudyFlooding::Named)
        {
            JoinNamedSources(member);
        }
    }
}

void
StudyVteps::Configure(VxlanHelper& helper, std::size_t number) const
{
    const StudySegment& segment = m_segments[number];
    std::vector<Ipv4Address> remotes;
    for (std::size_t member : segment.members)
    {
        remotes.push_back(AddressOf(m_network, member));
    }
    helper.Set("Learning", BooleanValue(false));
    if (m_control)
    {
        m_control->Configure(helper, segment.group, remotes);
    }
    else if (GetFlooding(number) == StudyFlooding::HeadEnd)
    {
        helper.SetRemotes(remotes);
    }
    else
    {
        helper.SetGroup(segment.group);
    }
}

void
StudyVteps::ListenTo(std::size_t vtep)
{
    if (m_vteps.insert(vtep).second)
    {
        Ptr<Node> node = m_network.GetNodes()[vtep].node;
        node->RegisterProtocolHandler(
            MakeCallback(&StudyVteps::Receive, this), ETHER_TYPE, nullptr);
        VxlanEndpoint::Get(node)->TraceConnectWithoutContext("Drop",
                                                             MakeCallback(&StudyVteps::Drop, this));
    }
}

void
StudyVteps::RollOut(Time duration, Time delay)
{
    const auto count = static_cast<int64_t>(m_segments.size());
    for (int64_t i = 0; i < count; ++i)
    {
        const auto number = static_cast<std::size_t>(i);
        const Time start = duration * i / count;
        Simulator::Schedule(start, &StudyVteps::Install, this, number);
        Simulator::Schedule(start + delay, &StudyVteps::SendFirst, this, number);
    }
}

bool
StudyVteps::IsNewSource(std::size_t number, std::size_t sender)
{
    return GetFlooding(number) == StudyFlooding::HeadEnd ||
           m_sources.insert({m_segments[number].group, sender}).second;
}

void
StudyVteps::SendFirst(std::size_t number)
{
    for (std::size_t sender : m_segments[number].senders)
    {
        if (IsNewSource(number, sender))
        {
            SendFrame({number, sender, false});
        }
    }
}

void
StudyVteps::FindNamedSources()
{
    for (std::size_t number = 0; number < m_segments.size(); ++number)
    {
        const StudySegment& segment = m_segments[number];
        if (GetFlooding(number) != StudyFlooding::Named)
        {
            continue;
        }
        for (std::size_t member : segment.members)
        {
            for (std::size_t sender : segment.senders)
            {
                if (sender != member)
                {
                    m_named[member][segment.group].insert(AddressOf(m_network, sender));
                }
            }
        }
    }
}

void
StudyVteps::JoinNamedSources(std::size_t vtep)
{
    Ptr<IgmpProtocol> igmp = m_network.GetNodes()[vtep].igmp;
    const std::map<Ipv4Address, IgmpSourceSet>& named = m_named[vtep];
    const bool all = m_flooding == StudyFlooding::Named;
    VxlanEndpoint::Get(m_network.GetNodes()[vtep].node)
        ->SetMembershipHook([igmp, &named, all](uint32_t interface, Ipv4Address group, bool join) {
            const auto found = named.find(group);
            if (found == named.end() && all)
            {
                return;
            }
            if (!join)
            {
                igmp->Leave(interface, group);
            }
            else if (found == named.end())
            {
                igmp->Join(interface, group); // beside SSM, a group of any source
            }
            else
            {
                igmp->Join(interface, group, found->second);
            }
        });
}

std::vector<std::size_t>
StudyVteps::GetOrder() const
{
    // Strides through the segments, so that no group or VTEP sends all it has at once.
    const std::size_t count = m_segments.size();
    std::vector<std::size_t> order;
    const std::size_t stride = std::max<std::size_t>(1, count / 16);
    for (std::size_t start = 0; start < stride; ++start)
    {
        for (std::size_t i = start; i < count; i += stride)
        {
            order.push_back(i);
        }
    }
    return order;
}

std::size_t
StudyVteps::SendOncePerSource(Time duration)
{
    m_sources.clear();
    std::vector<Frame> frames;
    for (std::size_t number : GetOrder())
    {
        for (std::size_t sender : m_segments[number].senders)
        {
            if (IsNewSource(number, sender))
            {
                frames.push_back({number, sender, false});
            }
        }
    }
    m_rounds.push_back(std::move(frames));
    const std::size_t count = m_rounds.back().size();
    if (count > 0)
    {
        Send(m_rounds.back(), 0, duration / static_cast<int64_t>(count));
    }
    return count;
}

std::size_t
StudyVteps::SendCounted(uint32_t count, Time duration)
{
    m_stopsCounted = false;
    std::vector<Frame> frames;
    for (uint32_t i = 0; i < count; ++i)
    {
        for (std::size_t number : GetOrder())
        {
            for (std::size_t sender : m_segments[number].senders)
            {
                frames.push_back({number, sender, true});
            }
        }
    }
    m_rounds.push_back(std::move(frames));
    const std::size_t sent = m_rounds.back().size();
    if (sent > 0)
    {
        Send(m_rounds.back(), 0, duration / static_cast<int64_t>(sent));
    }
    return sent;
}

void
StudyVteps::Send(const std::vector<Frame>& frames, std::size_t next, Time interval)
{
    if (frames[next].counted && m_stopsCounted)
    {
        return;
    }
    SendFrame(frames[next]);
    if (next + 1 < frames.size())
    {
        Simulator::Schedule(interval,
                            [this, &frames, next, interval] { Send(frames, next + 1, interval); });
    }
}

void
StudyVteps::SendFrame(const Frame& frame)
{
    const StudySegment& segment = m_segments[frame.segment];
    const auto position =
        std::lower_bound(segment.members.begin(), segment.members.end(), frame.sender) -
        segment.members.begin();
    Ptr<VxlanNetDevice> device = m_devices[frame.segment][static_cast<std::size_t>(position)];
    uint32_t number = NOT_COUNTED;
    if (frame.counted)
    {
        number = static_cast<uint32_t>(m_counted.size());
        m_counted.push_back({m_arrived.size(), frame.segment, frame.sender});
        m_arrived.resize(m_arrived.size() + segment.members.size(), false);
        m_expected += segment.members.size() - 1;
        ++m_deliveries.frames;
    }
    WireWriter writer;
    writer.WriteU32(number);
    std::vector<uint8_t> bytes = writer.GetBytes();
    bytes.resize(PAYLOAD, 0);
    device->Send(Create<Packet>(bytes.data(), PAYLOAD), Mac48Address::GetBroadcast(), ETHER_TYPE);
}

bool
StudyVteps::ReadNumber(Ptr<const Packet> packet, uint32_t& number) const
{
    uint8_t bytes[NUMBER_BYTES];
    WireReader reader(bytes, packet->CopyData(bytes, NUMBER_BYTES));
    number = reader.ReadU32();
    return !reader.IsTruncated() && number < m_counted.size();
}

void
StudyVteps::Receive(Ptr<NetDevice> device,
                    Ptr<const Packet> packet,
                    uint16_t,
                    const Address&,
                    const Address&,
                    NetDevice::PacketType)
{
    uint32_t number = 0;
    Ptr<VxlanNetDevice> vxlan = DynamicCast<VxlanNetDevice>(device);
    if (!vxlan || !ReadNumber(packet, number))
    {
        return;
    }
    const auto& [base, segmentNumber, sender] = m_counted[number];
    const StudySegment& segment = m_segments[segmentNumber];
    const std::size_t node = vxlan->GetNode()->GetId();
    const auto member = std::lower_bound(segment.members.begin(),
                                         segment.members.end(),
                                         node,
                                         [this](std::size_t a, std::size_t id) {
                                             return m_network.GetNodes()[a].node->GetId() < id;
                                         }) -
                        segment.members.begin();
    std::vector<bool>::reference arrived = m_arrived[base + static_cast<uint64_t>(member)];
    ++m_deliveries.wanted;
    m_deliveries.duplicates += arrived ? 1 : 0;
    arrived = true;
}

void
StudyVteps::Drop(Ptr<const Packet> packet, uint32_t, std::string reason)
{
    if (reason != "unknown-vni")
    {
        return;
    }
    // VXLAN header and inner Ethernet header stand before the number.
    constexpr uint32_t HEADERS = 8 + 14;
    if (packet->GetSize() >= HEADERS + NUMBER_BYTES)
    {
        Ptr<Packet> frame = packet->Copy();
        frame->RemoveAtStart(HEADERS);
        uint32_t number = 0;
        m_deliveries.unwanted += ReadNumber(frame, number) ? 1 : 0;
    }
}

const std::vector<std::vector<Ptr<VxlanNetDevice>>>&
StudyVteps::GetDevices() const
{
    return m_devices;
}

StudyDeliveries
StudyVteps::GetDeliveries() const
{
    StudyDeliveries deliveries = m_deliveries;
    deliveries.lost = m_expected - (deliveries.wanted - deliveries.duplicates);
    return deliveries;
}

void
StudyVteps::StopCounted()
{
    m_stopsCounted = true;
}

std::size_t
StudyVteps::GetCounted() const
{
    return m_counted.size();
}

bool
StudyVteps::IsExpected(const Counted& frame,
                       std::size_t position,
                       const std::set<std::size_t>& gone) const
{
    const std::size_t member = m_segments[frame.segment].members[position];
    return member != frame.sender && gone.count(frame.sender) == 0 && gone.count(member) == 0;
}

bool
StudyVteps::HaveArrived(std::size_t first,
                        std::size_t last,
                        const std::set<std::size_t>& gone) const
{
    for (std::size_t number = first; number < last; ++number)
    {
        const Counted& frame = m_counted[number];
        for (std::size_t i = 0; i < m_segments[frame.segment].members.size(); ++i)
        {
            if (IsExpected(frame, i, gone) && !m_arrived[frame.base + i])
            {
                return false;
            }
        }
    }
    return true;
}

StudyLosses
StudyVteps::GetLosses(const std::set<std::size_t>& gone) const
{
    StudyLosses losses;
    std::map<std::tuple<std::size_t, std::size_t, std::size_t>, uint64_t> runs;
    for (const Counted& frame : m_counted)
    {
        const StudySegment& segment = m_segments[frame.segment];
        for (std::size_t i = 0; i < segment.members.size(); ++i)
        {
            if (!IsExpected(frame, i, gone))
            {
                continue;
            }
            uint64_t& run = runs[{frame.segment, frame.sender, segment.members[i]}];
            run = m_arrived[frame.base + i] ? 0 : run + 1;
            losses.lost += run > 0 ? 1 : 0;
            losses.longestRun = std::max(losses.longestRun, run);
        }
    }
    return losses;
}

} // namespace ns3
