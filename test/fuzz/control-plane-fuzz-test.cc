// SPDX-License-Identifier: GPL-2.0-only
// Damaged messages at control planes that work: OpenFlow 1.3.5 §7.5.4, OVSDB (RFC 7047 §4.1, JSON-RPC
// 1.0), LISP (RFC 9301), BGP (RFC 4271 §6). What real processes have sent in a first run comes again
// in a second one from a stranger, with bytes changed, cut off or added. Nobody crashes; what is
// refused is counted and gets the protocol's own error; tenants reach one another as before.
#include "support/lab-run.h"
#include "support/paths.h"

#include "ns3/tcp-l4-protocol.h"
#include "ns3/tcp-stream.h"
#include "ns3/udp-socket-factory.h"

#include <gtest/gtest.h>

#include <deque>
#include <random>

using namespace ns3;

namespace
{

using Bytes = std::vector<uint8_t>;

constexpr double FUZZ_FROM = 70;
constexpr double FUZZ_UNTIL = 130;

/** Three VTEPs that are hosts themselves; pings before and after the damage. */
std::string
MakeStory(const std::string& control, const std::string& name, const std::string& more = "")
{
    std::string story = "duration: 160s\ncontrol: {" + control + "}\nevents:\n";
    story += "  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, control: " + name +
             ", dev: eth0, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}\n";
    for (const char* at : {"60s", "140s"})
    {
        const std::string time = at;
        story += "  - {at: " + time + ", ping: {node: r1, to: 192.168.99.2, count: 3}}\n";
        story += "  - {at: " + time + ", ping: {node: r2, to: 192.168.99.1, count: 3}}\n";
    }
    return story + more + "  - {at: 155s, snapshot: end}\n";
}

/** Messages as processes have sent them. */
using Samples = std::vector<Bytes>;

void
Keep(Samples* samples, Ptr<const Packet> packet, uint32_t)
{
    Bytes bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    if (!bytes.empty())
    {
        samples->push_back(std::move(bytes));
    }
}

/** \returns what the object of type \p type on \p node sends in a run of \p story. */
Samples
Record(const std::string& story, const std::string& node, const char* type, const char* source)
{
    Samples samples;
    LabRun run(SOURCE_DIR "/topologies/rec-lab.graphml", story);
    Ptr<Object> process = Names::Find<Node>(node)->GetObject<Object>(TypeId::LookupByName(type));
    process->TraceConnectWithoutContext(source, MakeBoundCallback(&Keep, &samples));
    run.Run();
    return samples;
}

/** Damages samples, as the tests of wire formats do. */
class Damage
{
  public:
    Damage(const Samples& samples, uint32_t seed)
        : m_samples(samples),
          m_random(seed)
    {
    }

    uint32_t Draw(std::size_t count)
    {
        return static_cast<uint32_t>(m_random() % count);
    }

    Bytes Make()
    {
        const Bytes& whole = m_samples[Draw(m_samples.size())];
        Bytes bytes = whole;
        while (bytes == whole)
        {
            for (uint32_t changes = 1 + Draw(4); changes > 0 && !bytes.empty(); --changes)
            {
                Change(bytes);
            }
        }
        return bytes;
    }

  private:
    void Change(Bytes& bytes)
    {
        constexpr uint8_t borders[] = {0, 1, 2, 4, 5, 8, 18, 127, 128, 254, 255};
        // Headers are where the lengths and types are.
        const std::size_t at =
            Draw(Draw(2) == 0 ? std::min<std::size_t>(bytes.size(), 24) : bytes.size());
        switch (Draw(6))
        {
        case 0:
            bytes.resize(Draw(bytes.size()));
            break;
        case 1:
            bytes.insert(bytes.end(), 1 + Draw(32), static_cast<uint8_t>(m_random()));
            break;
        case 2:
        case 3:
            bytes[at] = borders[Draw(std::size(borders))];
            break;
        default:
            bytes[at] ^= static_cast<uint8_t>(1 << Draw(8));
        }
    }

    const Samples& m_samples;
    std::mt19937 m_random;
};

/** A stranger's connections, one after the other: a greeting, then damage until the other end has
 * enough. */
class Stranger
{
  public:
    /** \param damage gives what is sent. \param greeting is sent first on each connection */
    Stranger(const std::string& node,
             Ipv4Address local,
             Ipv4Address remote,
             uint16_t port,
             Samples greeting,
             std::function<Bytes()> damage)
        : m_node(Names::Find<Node>(node)),
          m_local(local),
          m_remote(remote),
          m_port(port),
          m_greeting(std::move(greeting)),
          m_damage(std::move(damage))
    {
        Simulator::Schedule(Seconds(FUZZ_FROM), &Stranger::Connect, this);
    }

    ~Stranger()
    {
        if (m_stream)
        {
            m_stream->Abandon();
        }
    }

    int sent{0};
    int closed{0};        //!< by the other end
    std::size_t heard{0}; //!< bytes

  private:
    void Connect()
    {
        if (Simulator::Now() > Seconds(FUZZ_UNTIL))
        {
            m_stream.reset();
            return;
        }
        TcpStream::Handlers handlers;
        handlers.connected = [this] {
            for (const Bytes& bytes : m_greeting)
            {
                m_stream->Send(bytes);
            }
            Simulator::Schedule(MilliSeconds(50), &Stranger::SendDamage, this, m_connection, 5);
        };
        handlers.received = [this](const Bytes& bytes) { heard += bytes.size(); };
        handlers.closed = [this] {
            ++closed;
            ++m_connection;
            m_stream.reset();
        };
        ++m_connection;
        m_stream = std::make_unique<TcpStream>(m_node, m_local, m_remote, m_port, handlers);
        Simulator::Schedule(MilliSeconds(400), &Stranger::Connect, this);
    }

    void SendDamage(int connection, int count)
    {
        if (connection == m_connection && m_stream && count > 0)
        {
            m_stream->Send(m_damage());
            ++sent;
            Simulator::Schedule(
                MilliSeconds(50), &Stranger::SendDamage, this, connection, count - 1);
        }
    }

    Ptr<Node> m_node;
    Ipv4Address m_local;
    Ipv4Address m_remote;
    uint16_t m_port;
    Samples m_greeting;
    std::function<Bytes()> m_damage;
    std::unique_ptr<TcpStream> m_stream;
    int m_connection{0};
};

void
InstallTcp(const std::string& node)
{
    Ptr<Node> found = Names::Find<Node>(node);
    if (!found->GetObject<TcpL4Protocol>())
    {
        found->AggregateObject(CreateObject<TcpL4Protocol>());
    }
}

/** \returns the sum of \p column over the rows. */
uint64_t
Sum(const TableFolder& run,
    const std::string& table,
    const LabRow& where,
    const std::string& column)
{
    uint64_t sum = 0;
    for (const LabRow& row : run.GetRows(table, where))
    {
        sum += std::stoull(row.at(column));
    }
    return sum;
}

/** All twelve pings are answered: before and after. */
void
ExpectPings(const TableFolder& run)
{
    EXPECT_EQ(run.GetRows("pings").size(), 12u);
    EXPECT_TRUE(run.GetRows("pings", {{"rtt_ms", ""}}).empty());
}

const std::string CONTROLLER = "controller: {node: c3}";
const std::string MAPS = "map-server: {node: c3}";
const std::string EVPN = "evpn: {reflectors: [c3]}";

class ControlPlaneFuzz : public testing::TestWithParam<uint32_t>
{
};

} // namespace

TEST_P(ControlPlaneFuzz, ControllerAnswersAStrangerWithErrors)
{
    const std::string story = MakeStory(CONTROLLER, "controller");
    static const Samples samples = Record(story, "r1", "ns3::OpenflowSwitch", "Tx");
    ASSERT_GT(samples.size(), 10u);
    Damage damage(samples, GetParam());
    const Bytes hello{4, 0, 0, 8, 0, 0, 0, 1};
    Bytes features(32);
    features = {4, 6, 0, 32, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 9, 9};
    features.resize(32);
    features[20] = 1; // one table
    LabRun run(SOURCE_DIR "/topologies/rec-lab.graphml", story);
    InstallTcp("e2");
    Stranger stranger(
        "e2", Ipv4Address::GetAny(), "192.168.21.133", 6653, {hello, features}, [&damage] {
            Bytes bytes = damage.Make();
            if (bytes.size() > 1 && bytes[1] == 6)
            {
                bytes[1] = 10; // another switch's features would be a switch that has moved
            }
            return bytes;
        });
    run.Run();
    EXPECT_GT(stranger.sent, 200);
    ExpectPings(run);
    EXPECT_GT(Sum(run,
                  "control",
                  {{"node", "c3"}, {"peer", "e2"}, {"message", "error"}, {"direction", "sent"}},
                  "count"),
              20u);
    EXPECT_GT(run.GetRows("drops", {{"node", "c3"}, {"protocol", "openflow"}}).size(), 3u);
    for (const char* vtep : {"r1", "r2", "r3"})
    {
        EXPECT_TRUE(run.GetEventTimes(vtep, "session-down").empty()) << vtep;
    }
}

TEST_P(ControlPlaneFuzz, SwitchAnswersAStrangerWithErrors)
{
    const std::string story = MakeStory(CONTROLLER, "controller");
    static const Samples samples = Record(story, "c3", "ns3::OpenflowController", "Tx");
    ASSERT_GT(samples.size(), 10u);
    Damage damage(samples, GetParam());
    LabRun run(SOURCE_DIR "/topologies/rec-lab.graphml", story);
    InstallTcp("e2");
    // The third VTEP's switch trusts a controller that has gone mad.
    Names::Find<Node>("r3")
        ->GetObject<Object>(TypeId::LookupByName("ns3::OpenflowSwitch"))
        ->SetAttribute("Controller", Ipv4AddressValue("192.168.2.22"));
    std::vector<std::unique_ptr<TcpStream>> streams;
    std::unique_ptr<TcpAcceptor> acceptor;
    int sent = 0;
    const auto make = [&damage] {
        Bytes bytes = damage.Make();
        if (bytes.size() >= 8 && damage.Draw(4) != 0)
        {
            // The length is right: what is wrong is inside.
            bytes[0] = 4;
            bytes[2] = static_cast<uint8_t>(bytes.size() >> 8);
            bytes[3] = static_cast<uint8_t>(bytes.size());
        }
        return bytes;
    };
    // A wrong length makes the switch wait for more: each connection ends after a while.
    std::function<void(std::size_t, int)> feed = [&](std::size_t stream, int count) {
        if (streams[stream] && count == 0)
        {
            streams[stream].reset();
        }
        else if (streams[stream] && Simulator::Now() < Seconds(FUZZ_UNTIL))
        {
            streams[stream]->Send(make());
            ++sent;
            Simulator::Schedule(MilliSeconds(50),
                                [&feed, stream, count] { feed(stream, count - 1); });
        }
    };
    Simulator::Schedule(Seconds(0), [&] {
        acceptor = std::make_unique<TcpAcceptor>(
            Names::Find<Node>("e2"), 6653, [&](Ptr<Socket> socket, Ipv4Address) {
                const std::size_t stream = streams.size();
                TcpStream::Handlers handlers;
                handlers.closed = [&streams, stream] { streams[stream].reset(); };
                handlers.received = [](const Bytes&) {};
                streams.push_back(std::make_unique<TcpStream>(socket, handlers));
                streams[stream]->Send({4, 0, 0, 8, 0, 0, 0, 1});
                Simulator::Schedule(MilliSeconds(100), [&feed, stream] { feed(stream, 20); });
            });
    });
    Simulator::Schedule(Seconds(150), [&] {
        streams.clear();
        streams.resize(1000);
        acceptor.reset();
    });
    run.Run();
    EXPECT_GT(sent, 50);
    ExpectPings(run);
    EXPECT_GT(Sum(run,
                  "control",
                  {{"node", "r3"}, {"peer", "e2"}, {"message", "error"}, {"direction", "sent"}},
                  "count"),
              5u);
    EXPECT_FALSE(run.GetRows("drops", {{"node", "r3"}, {"protocol", "openflow"}}).empty());
}

TEST_P(ControlPlaneFuzz, OvsdbAnswersAStrangerWithErrors)
{
    const std::string story = MakeStory(CONTROLLER, "controller");
    static const Samples samples = Record(story, "c3", "ns3::OpenflowController", "OvsdbTx");
    ASSERT_GT(samples.size(), 5u);
    Damage damage(samples, GetParam());
    LabRun run(SOURCE_DIR "/topologies/rec-lab.graphml", story);
    InstallTcp("e2");
    Stranger stranger(
        "e2", Ipv4Address::GetAny(), "192.168.1.1", 6640, {}, [&damage] { return damage.Make(); });
    run.Run();
    EXPECT_GT(stranger.sent, 200);
    ExpectPings(run);
    EXPECT_GT(Sum(run,
                  "control",
                  {{"node", "r1"}, {"peer", "e2"}, {"message", "error"}, {"protocol", "ovsdb"}},
                  "count"),
              20u);
    EXPECT_FALSE(run.GetRows("drops", {{"node", "r1"}, {"protocol", "ovsdb"}}).empty());
    EXPECT_TRUE(
        run.GetRows("events", {{"node", "r1"}, {"protocol", "openflow"}, {"event", "session-down"}})
            .empty());
}

TEST_P(ControlPlaneFuzz, MapServerAndVtepsCountDamage)
{
    const std::string story = MakeStory(MAPS, "map-server");
    static Samples samples;
    if (samples.empty())
    {
        samples = Record(story, "c3", "ns3::MapServer", "Tx");
        for (const Bytes& bytes : Record(story, "r1", "ns3::MapXtr", "Tx"))
        {
            samples.push_back(bytes);
        }
    }
    ASSERT_GT(samples.size(), 10u);
    Damage damage(samples, GetParam());
    LabRun run(SOURCE_DIR "/topologies/rec-lab.graphml", story);
    Ptr<Socket> socket;
    int sent = 0;
    for (double at = FUZZ_FROM; at < FUZZ_UNTIL; at += 0.05)
    {
        Simulator::Schedule(Seconds(at), [&] {
            if (!socket)
            {
                socket =
                    Socket::CreateSocket(Names::Find<Node>("e2"), UdpSocketFactory::GetTypeId());
                socket->Bind();
            }
            const Bytes bytes = damage.Make();
            const Ipv4Address to(damage.Draw(2) == 0 ? "192.168.21.133" : "192.168.1.1");
            socket->SendTo(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                           0,
                           InetSocketAddress(to, 4342));
            ++sent;
        });
    }
    run.Run();
    EXPECT_GT(sent, 1000);
    ExpectPings(run);
    for (const char* node : {"c3", "r1"})
    {
        EXPECT_GT(run.GetRows("drops", {{"node", node}, {"protocol", "map"}}).size(), 5u) << node;
    }
    EXPECT_GT(Sum(run, "drops", {{"node", "c3"}, {"reason", "authentication"}}, "packets"), 10u);
    EXPECT_TRUE(run.GetRows("events", {{"protocol", "map"}, {"event", "move"}}).empty());
}

TEST_P(ControlPlaneFuzz, ReflectorAnswersAMadVtepWithNotifications)
{
    const std::string stop = "  - {at: 65s, process: {node: r3, protocol: evpn, state: stop}}\n";
    const std::string story = MakeStory(EVPN, "evpn", stop);
    static const Samples all = Record(story, "r3", "ns3::EvpnProtocol", "Tx");
    constexpr std::size_t typeAt = 18;
    Samples greeting;
    Samples samples;
    for (const Bytes& bytes : all)
    {
        if (bytes.size() > typeAt && bytes[typeAt] == 2)
        {
            samples.push_back(bytes); // UPDATE
        }
        else if (greeting.size() < 2)
        {
            greeting.push_back(bytes); // OPEN, KEEPALIVE
        }
    }
    ASSERT_GE(samples.size(), 2u);
    ASSERT_EQ(greeting.size(), 2u);
    Damage damage(samples, GetParam());
    LabRun run(SOURCE_DIR "/topologies/rec-lab.graphml", story);
    Stranger stranger("r3", "192.168.3.3", "192.168.103.133", 179, greeting, [&damage] {
        Bytes bytes = damage.Make();
        if (bytes.size() > typeAt && damage.Draw(4) != 0)
        {
            // The header is right: what is wrong is inside.
            std::fill(bytes.begin(), bytes.begin() + 16, uint8_t(0xff));
            bytes[16] = static_cast<uint8_t>(bytes.size() >> 8);
            bytes[17] = static_cast<uint8_t>(bytes.size());
            bytes[typeAt] = 2;
        }
        return bytes;
    });
    run.Run();
    EXPECT_GT(stranger.sent, 50);
    ExpectPings(run);
    EXPECT_GT(Sum(run,
                  "control",
                  {{"node", "c3"}, {"message", "notification"}, {"direction", "sent"}},
                  "count"),
              20u);
    EXPECT_FALSE(run.GetRows("drops", {{"node", "c3"}, {"protocol", "bgp"}}).empty());
    for (const char* vtep : {"r1", "r2"})
    {
        EXPECT_TRUE(run.GetEventTimes(vtep, "session-down").empty()) << vtep;
    }
}

INSTANTIATE_TEST_SUITE_P(Seeds, ControlPlaneFuzz, testing::Range(1u, 4u));
