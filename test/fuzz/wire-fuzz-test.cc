// SPDX-License-Identifier: GPL-2.0-only
// Damaged messages at routers and VTEPs that work: packets of a real run of the lab come again from
// the neighbour that sent them, with bytes changed, cut off or added, most of them with a right
// checksum. Nobody crashes, what is refused is counted, and unicast routing is whole at the end.
#include "support/lab-run.h"
#include "support/paths.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

namespace
{

constexpr double DAMAGE_FROM = 160;
constexpr double DAMAGE_UNTIL = 220;
constexpr int MESSAGES = 3000;

constexpr uint8_t IGMP = 2;
constexpr uint8_t UDP = 17;
constexpr uint8_t OSPF = 89;

/** Where messages come from and go to. */
struct Place
{
    std::string name;
    std::string topology;
    std::string story;
    std::pair<uint8_t, uint16_t> special; //!< a kind of message, as PacketSamples has it
    std::vector<std::string> protocols;
};

const std::string LAB_STORY = R"(
duration: 300s
events:
  - {at: 90s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, group: 239.0.0.42, ttl: 10, dev: eth0, port: 8472, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}
  - {at: 95s, join: {node: r2, group: 239.0.0.10}}
  - {at: 96s, join: {node: r3, group: 239.0.0.10}}
  - {at: 100s, send: {node: r1, group: 239.0.0.10, rate: 10kbps, size: 1000, ttl: 10, until: 280s, name: stream}}
  - {at: 110s, ping: {node: r1, to: 192.168.99.2, count: 3}}
  - {at: 140s, leave: {node: r3, group: 239.0.0.10}}
  - {at: 150s, snapshot: before}
  - {at: 295s, snapshot: after}
)";

/** LANs with two routers up and two down, members that speak IGMPv2: asserts, elections, leaves. */
const std::string LANS = R"(
node s kind=host
node m kind=host
node n kind=host
node p candidateRp=eth0 candidateBsr=eth0
node u1 kind=router
node u2 kind=router
node d1 kind=router
node d2 kind=router
lan 1
lan 2
lan 3
lan 4
edge s 1
edge u1 1
edge u2 1
edge u1 2
edge u2 2
edge d1 2
edge d2 2
edge n 2
edge d1 3 igmpVersion=2
edge d2 3 igmpVersion=2
edge m 3 igmpVersion=2
edge p 4
edge u1 4
edge u2 4
)";

std::string
LanStory(const std::string& trees)
{
    return "duration: 300s\ntrees: " + trees + R"(
events:
  - {at: 95s, join: {node: m, group: 239.0.0.10}}
  - {at: 96s, join: {node: n, group: 239.0.0.10}}
  - {at: 100s, send: {node: s, group: 239.0.0.10, rate: 10kbps, size: 1000, ttl: 10, until: 280s, name: stream}}
  - {at: 140s, leave: {node: m, group: 239.0.0.10}}
  - {at: 145s, join: {node: m, group: 239.0.0.11}}
  - {at: 150s, snapshot: before}
  - {at: 295s, snapshot: after}
)";
}

const std::vector<Place>&
GetPlaces()
{
    static const std::vector<Place> places = {
        {"Lab",
         std::string(SOURCE_DIR) + "/topologies/rec-lab.graphml",
         LAB_STORY,
         {UDP, 8472},
         {"ospf", "igmp", "pim", "vxlan"}},
        {"SourceTrees",
         LANS,
         LanStory("spt"),
         {PimMessage::PROTOCOL, 0x25},
         {"ospf", "igmp", "pim"}},
        {"Bidirectional",
         LANS,
         LanStory("bidir"),
         {PimMessage::PROTOCOL, 0x2a},
         {"ospf", "igmp", "pim"}}};
    return places;
}

/** A packet that was on a link, as bytes. */
struct Sample
{
    std::string device; //!< that sent it: "e1/eth0"
    Ipv4Header header;
    std::vector<uint8_t> payload;
};

bool
IsProtocolMessage(const Ipv4Header& header)
{
    const uint8_t protocol = header.GetProtocol();
    return header.GetFragmentOffset() == 0 && header.IsLastFragment() &&
           (protocol == IGMP || protocol == UDP || protocol == OSPF ||
            protocol == PimMessage::PROTOCOL);
}

/** Samples by kind of message: protocol, and what its first bytes say or its port. */
using PacketSamples = std::map<std::pair<uint8_t, uint16_t>, std::vector<Sample>>;

uint16_t
GetKind(const Sample& sample)
{
    const auto at = [&sample](std::size_t i) -> uint16_t {
        return i < sample.payload.size() ? sample.payload[i] : 0;
    };
    switch (sample.header.GetProtocol())
    {
    case UDP:
        return static_cast<uint16_t>(at(2) << 8 | at(3));
    case OSPF:
        return at(1);
    default:
        return at(0);
    }
}

PacketSamples
RecordPackets(const Place& place)
{
    LabRun run(place.topology, place.story);
    std::map<std::pair<std::string, std::string>, std::string> devices;
    for (const TopologyNetwork& network : run.GetTopology().networks)
    {
        run.Watch(network.name);
        for (std::size_t attachment : network.attachments)
        {
            const TopologyAttachment& end = run.GetTopology().attachments[attachment];
            const std::string& node = run.GetTopology().nodes[end.node].name;
            devices[{network.name, node}] = node + "/" + end.interface;
        }
    }
    run.Run();
    PacketSamples samples;
    for (const TopologyNetwork& network : run.GetTopology().networks)
    {
        for (const LabPacket& packet : run.GetPackets(network.name))
        {
            if (IsProtocolMessage(packet.header))
            {
                Sample sample{devices.at({network.name, packet.node}), packet.header, {}};
                sample.payload.resize(packet.payload->GetSize());
                packet.payload->CopyData(sample.payload.data(), packet.payload->GetSize());
                samples[{sample.header.GetProtocol(), GetKind(sample)}].push_back(sample);
            }
        }
    }
    return samples;
}

void
Put(std::vector<uint8_t>& bytes, std::size_t at, uint16_t value)
{
    bytes[at] = static_cast<uint8_t>(value >> 8);
    bytes[at + 1] = static_cast<uint8_t>(value);
}

/** Makes the message's own length and checksum right. */
void
Seal(const Ipv4Header& header, std::vector<uint8_t>& bytes)
{
    constexpr uint8_t pimRegister = 1;
    const uint8_t protocol = header.GetProtocol();
    const std::size_t at = protocol == UDP ? 6 : protocol == OSPF ? 12 : 2;
    if (bytes.size() < (protocol == OSPF ? 24u : 8u))
    {
        return;
    }
    Put(bytes, at, 0);
    if (protocol == UDP || protocol == OSPF)
    {
        Put(bytes, protocol == UDP ? 4 : 2, static_cast<uint16_t>(bytes.size()));
    }
    std::vector<uint8_t> covered = bytes;
    if (protocol == UDP)
    {
        std::vector<uint8_t> pseudo(12);
        header.GetSource().Serialize(pseudo.data());
        header.GetDestination().Serialize(pseudo.data() + 4);
        pseudo[9] = UDP;
        Put(pseudo, 10, static_cast<uint16_t>(bytes.size()));
        covered.insert(covered.begin(), pseudo.begin(), pseudo.end());
    }
    else if (protocol == OSPF)
    {
        covered.erase(covered.begin() + 16, covered.begin() + 24);
    }
    else if (protocol == PimMessage::PROTOCOL && (bytes[0] & 0x0f) == pimRegister)
    {
        covered.resize(8);
    }
    Put(bytes, at, InternetChecksum(covered.data(), covered.size()));
}

class PacketDamage
{
  public:
    PacketDamage(const PacketSamples& samples, uint32_t seed)
        : m_samples(samples),
          m_random(seed)
    {
    }

    Sample Make()
    {
        Sample sample = Pick();
        std::vector<uint8_t>& bytes = sample.payload;
        for (std::size_t changes = 1 + m_random() % 4; changes > 0 && !bytes.empty(); --changes)
        {
            Change(bytes);
        }
        if (m_random() % 4 != 0)
        {
            Seal(sample.header, bytes);
        }
        return sample;
    }

    double Time(double from, double until)
    {
        return std::uniform_real_distribution<double>(from, until)(m_random);
    }

  private:
    /** Rare kinds come as often as others. */
    const Sample& Pick()
    {
        const auto kind = std::next(m_samples.begin(), m_random() % m_samples.size());
        return kind->second[m_random() % kind->second.size()];
    }

    void Change(std::vector<uint8_t>& bytes)
    {
        constexpr uint8_t borders[] = {0, 1, 2, 3, 4, 32, 33, 127, 128, 254, 255};
        // Headers are where the lengths and counts are.
        const std::size_t at =
            m_random() %
            (m_random() % 2 == 0 ? std::min<std::size_t>(bytes.size(), 32) : bytes.size());
        switch (m_random() % 8)
        {
        case 0:
            bytes.resize(m_random() % bytes.size());
            break;
        case 1:
            bytes.insert(bytes.end(), 1 + m_random() % 64, static_cast<uint8_t>(m_random()));
            break;
        case 2: {
            const std::vector<uint8_t>& other = Pick().payload;
            for (std::size_t i = at; i < std::min(bytes.size(), other.size()); ++i)
            {
                bytes[i] = other[i];
            }
            break;
        }
        case 3:
        case 4:
            bytes[at] = borders[m_random() % std::size(borders)];
            break;
        default:
            bytes[at] ^= static_cast<uint8_t>(1 << m_random() % 8);
        }
    }

    const PacketSamples& m_samples;
    std::mt19937 m_random;
};

void
Inject(Sample sample)
{
    auto packet =
        Create<Packet>(sample.payload.data(), static_cast<uint32_t>(sample.payload.size()));
    sample.header.SetPayloadSize(static_cast<uint16_t>(sample.payload.size()));
    sample.header.EnableChecksum();
    packet->AddHeader(sample.header);
    auto device = Names::Find<NetDevice>(sample.device);
    const Ipv4Address to = sample.header.GetDestination();
    device->Send(
        packet, to.IsMulticast() ? device->GetMulticast(to) : device->GetBroadcast(), 0x0800);
}

class WireFuzz : public testing::TestWithParam<std::tuple<std::size_t, uint32_t>>
{
};

} // namespace

TEST_P(WireFuzz, DamagedMessagesAreCountedAndHarmNobody)
{
    const Place& place = GetPlaces()[std::get<0>(GetParam())];
    static std::map<std::string, PacketSamples> recorded;
    PacketSamples& samples = recorded[place.name];
    if (samples.empty())
    {
        samples = RecordPackets(place);
    }
    ASSERT_EQ(samples.count(place.special), 1u);
    ASSERT_GE(samples.size(), 12u) << "kinds of messages";
    PacketDamage damage(samples, std::get<1>(GetParam()));
    LabRun run(place.topology, place.story);
    for (int i = 0; i < MESSAGES; ++i)
    {
        Simulator::Schedule(
            Seconds(damage.Time(DAMAGE_FROM, DAMAGE_UNTIL)), &Inject, damage.Make());
    }
    EXPECT_EQ(run.Run(), 0u);
    for (const std::string& protocol : place.protocols)
    {
        EXPECT_FALSE(run.GetRows("drops", {{"protocol", protocol}}).empty()) << protocol;
    }
    std::vector<LabRow> before = run.GetRows("routes", {{"snapshot", "before"}});
    EXPECT_FALSE(before.empty());
    for (LabRow& row : before)
    {
        row["snapshot"] = "after";
        row.erase("time_s");
        EXPECT_EQ(run.GetRows("routes", row).size(), 1u) << row["node"] << " " << row["prefix"];
    }
}

INSTANTIATE_TEST_SUITE_P(Places,
                         WireFuzz,
                         testing::Combine(testing::Range<std::size_t>(0, 3),
                                          testing::Range(1u, 4u)),
                         [](const auto& one) {
                             return GetPlaces()[std::get<0>(one.param)].name +
                                    std::to_string(std::get<1>(one.param));
                         });
