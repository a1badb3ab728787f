// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/study-tenants.h"

#include "ns3/simulator.h"
#include "ns3/vxlan-endpoint.h"

#include <algorithm>

namespace ns3
{

namespace
{

// Steps of one VNI are so far apart that what each causes is over before the next: BGP waits 50 ms
// at the VTEP and 50 ms at the reflector.
const Time BOOTS_OF_A_DEVICE = MilliSeconds(250);
const Time TALKS_OF_A_VNI = MilliSeconds(100);
const Time LEAST_GAP = MilliSeconds(5);
const Time MOVE_GAP = MilliSeconds(100);
const Time OLD_PORT_LASTS = Seconds(1);
const Time REST = Seconds(5);

constexpr uint32_t FIRST_ADDRESS = 10u << 24 | 1; // 10.0.0.1, the same in every VNI

Mac48Address
MakeMac(uint32_t vni, uint32_t number)
{
    const uint8_t bytes[6] = {2,
                              static_cast<uint8_t>(vni >> 16),
                              static_cast<uint8_t>(vni >> 8),
                              static_cast<uint8_t>(vni),
                              static_cast<uint8_t>(number >> 8),
                              static_cast<uint8_t>(number)};
    Mac48Address mac;
    mac.CopyFrom(bytes);
    return mac;
}

/** \returns whether an encapsulated frame is a broadcast ARP request. */
bool
IsArpRequest(Ptr<const Packet> packet)
{
    constexpr uint32_t VXLAN = 8;
    constexpr uint32_t TYPE = VXLAN + 12;
    constexpr uint32_t OPERATION = TYPE + 2 + 6;
    uint8_t bytes[OPERATION + 2];
    return packet->CopyData(bytes, sizeof bytes) == sizeof bytes && bytes[TYPE] == 0x08 &&
           bytes[TYPE + 1] == 0x06 && bytes[OPERATION + 1] == 1 &&
           std::all_of(bytes + VXLAN, bytes + VXLAN + 6, [](uint8_t byte) { return byte == 0xff; });
}

} // namespace

StudyTenants::StudyTenants(LabNetwork& network,
                           const std::vector<StudySegment>& segments,
                           const StudyVteps& vteps,
                           StudyControl& control,
                           uint32_t vms)
    : m_network(network),
      m_segments(segments),
      m_vteps(vteps),
      m_control(control),
      m_plan(MakeTenantPlan(segments, vms))
{
    std::size_t fewest = SIZE_MAX;
    for (const StudySegment& segment : segments)
    {
        fewest = std::min(fewest, segment.members.size());
    }
    const auto vnis = static_cast<int64_t>(segments.size());
    const Time bootGap =
        std::max(LEAST_GAP, BOOTS_OF_A_DEVICE / (vnis * static_cast<int64_t>(fewest)));
    const Time talkGap = std::max(LEAST_GAP, TALKS_OF_A_VNI / vnis);
    TenantCounts& counts = m_outcome.counts;
    m_phases = {
        {m_plan.tenants.size(),
         bootGap,
         [this](std::size_t i) { Boot(i); },
         REST,
         [this, &counts] { counts.bootMessages = TakeMessages(); }},
        {m_plan.talks.size(),
         talkGap,
         [this](std::size_t i) { Ping(m_plan.talks[i], true); },
         REST,
         [this, &counts] { counts.talkMessages = TakeMessages(); }},
        {m_plan.moves.size(),
         MOVE_GAP,
         [this](std::size_t i) { Move(m_plan.moves[i]); },
         OLD_PORT_LASTS + REST,
         [] {}},
        {m_plan.afterMoves.size(),
         talkGap,
         [this](std::size_t i) { Ping(m_plan.afterMoves[i], false); },
         REST,
         [this, &counts] { counts.moveMessages = TakeMessages(); }},
    };
    m_outcome.vms = m_plan.tenants.size();
    counts.moves = m_plan.moves.size();
}

void
StudyTenants::Run(std::function<void()> done)
{
    m_done = std::move(done);
    WatchArp();
    m_counted = m_control.CountMessages();
    Advance(0, 0);
}

void
StudyTenants::Advance(std::size_t number, std::size_t step)
{
    if (number == m_phases.size())
    {
        CountEntries();
        m_outcome.firstPacketMean =
            m_firstAnswers == 0 ? 0 : m_firstPackets / static_cast<double>(m_firstAnswers);
        m_done();
        return;
    }
    const Phase& phase = m_phases[number];
    if (step < phase.steps)
    {
        phase.step(step);
        Simulator::Schedule(phase.gap, &StudyTenants::Advance, this, number, step + 1);
        return;
    }
    Simulator::Schedule(phase.rest, [this, number] {
        m_phases[number].end();
        Advance(number + 1, 0);
    });
}

Ptr<VxlanNetDevice>
StudyTenants::GetDevice(std::size_t segment, std::size_t vtep) const
{
    const std::vector<std::size_t>& members = m_segments[segment].members;
    const auto position = std::lower_bound(members.begin(), members.end(), vtep) - members.begin();
    return m_vteps.GetDevices()[segment][static_cast<std::size_t>(position)];
}

Ptr<AccessBridge>
StudyTenants::GetOrAddBridge(std::size_t segment, std::size_t vtep)
{
    Ptr<AccessBridge>& bridge = m_bridges[{segment, vtep}];
    if (!bridge)
    {
        bridge = CreateObject<AccessBridge>();
        bridge->SetAttribute("Ageing", TimeValue(Hours(24 * 7)));
        bridge->AddPort(GetDevice(segment, vtep));
    }
    return bridge;
}

void
StudyTenants::Boot(std::size_t number)
{
    const TenantPlan::Tenant& tenant = m_plan.tenants[number];
    m_hosts.push_back(
        std::make_unique<StudyHost>(MakeMac(m_segments[tenant.segment].vni, tenant.number),
                                    Ipv4Address(FIRST_ADDRESS + tenant.number)));
    PutOn(number, tenant.vtep);
}

void
StudyTenants::PutOn(std::size_t number, std::size_t vtep)
{
    const std::size_t segment = m_plan.tenants[number].segment;
    StudyHost& host = *m_hosts[number];
    GetOrAddBridge(segment, vtep)->AddPort(host.Plug(m_network.GetNodes()[vtep].node));
    m_control.SetTenant(m_segments[segment].vni,
                        host.GetMac(),
                        host.GetAddress(),
                        GetDevice(segment, vtep)->GetVtepAddress());
    host.Announce();
}

void
StudyTenants::Ping(const TenantPlan::Talk& talk, bool isFirst)
{
    ++m_outcome.pings;
    m_hosts[talk.from]->Ping(m_hosts[talk.to]->GetAddress(), [this, isFirst](Time rtt) {
        ++m_outcome.answered;
        if (isFirst)
        {
            ++m_firstAnswers;
            m_firstPackets += rtt.GetSeconds();
            m_outcome.firstPacketMost = std::max(m_outcome.firstPacketMost, rtt.GetSeconds());
        }
    });
}

void
StudyTenants::Move(const TenantPlan::Move& move)
{
    const TenantPlan::Tenant& tenant = m_plan.tenants[move.tenant];
    Ptr<NetDevice> port = m_hosts[move.tenant]->GetPort();
    PutOn(move.tenant, move.vtep);
    Simulator::Schedule(OLD_PORT_LASTS,
                        [bridge = GetOrAddBridge(tenant.segment, tenant.vtep),
                         device = GetDevice(tenant.segment, tenant.vtep),
                         mac = m_hosts[move.tenant]->GetMac(),
                         port] {
                            bridge->SetPortUp(port, false);
                            device->ForgetLocalAddress(mac);
                        });
}

void
StudyTenants::WatchArp()
{
    for (const LabNode& lab : m_network.GetNodes())
    {
        lab.endpoint->TraceConnectWithoutContext("Tx", MakeCallback(&StudyTenants::SeeFrame, this));
    }
}

void
StudyTenants::SeeFrame(Ptr<const Packet> packet, uint32_t)
{
    // Copies of one frame leave one after another.
    if (packet->GetUid() != m_lastFrame && IsArpRequest(packet))
    {
        m_lastFrame = packet->GetUid();
        ++m_outcome.counts.arpFlooded;
    }
}

void
StudyTenants::CountEntries()
{
    const TopologyGraph& graph = m_network.GetGraph();
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        if (graph.IsVtep(node))
        {
            m_outcome.counts.mostEntries =
                std::max(m_outcome.counts.mostEntries, m_control.CountEntries(node));
        }
    }
    m_outcome.counts.serverEntries = m_control.CountServerEntries();
}

uint64_t
StudyTenants::TakeMessages()
{
    const ControlMessageCount now = m_control.CountMessages();
    const uint64_t messages = now.messages - m_counted.messages;
    m_outcome.controlBytes += now.bytes - m_counted.bytes;
    m_counted = now;
    return messages;
}

} // namespace ns3
