// SPDX-License-Identifier: GPL-2.0-only
// Well-formed forgeries that the RFCs believe, each with the switch that refuses it: the table of
// doc/security.rst, line by line. Without the switch the forgery does what it is meant to do, so that
// what refuses it has something to refuse.
#include "attack/attacked-run.h"
#include "support/capture.h"

#include "ns3/ip-protocol.h"
#include "ns3/pim-message.h"
#include "ns3/tcp-header.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

const Ipv4Address RP("192.168.101.133"); // c3, and the BSR
const Ipv4Address GROUP("239.0.0.11");

/** \returns a story of the R/E/C lab in which r2 and r3 listen to r1. \param settings of nodes */
std::string
MakeStory(const std::string& settings)
{
    return "duration: 170s\n" + settings +
           "events:\n"
           "  - {at: 95s, join: {node: r2, group: 239.0.0.11}}\n"
           "  - {at: 95s, join: {node: r3, group: 239.0.0.11}}\n"
           "  - {at: 100s, send: {node: r1, group: 239.0.0.11, interval: 100ms, size: 100, until: "
           "160s, name: flow}}\n"
           "  - {at: 165s, snapshot: end}\n";
}

class ForgedRun : public AttackedRun
{
  public:
    using AttackedRun::AttackedRun;

    /** Sends at \p at seconds. \param arguments Send's */
    template <typename... Arguments>
    void Forge(double at, Arguments... arguments)
    {
        Simulator::Schedule(Seconds(at), [this, arguments...] { Send(arguments...); });
    }

    /** The same for a PIM message to all routers of the link. */
    void ForgePim(double at,
                  const std::string& name,
                  const std::string& node,
                  const char* source,
                  const PimMessage& message)
    {
        Forge(at,
              name,
              node,
              PimMessage::PROTOCOL,
              Ipv4Address(source),
              PimAllRouters(),
              ToBytes(message));
    }

    double GetLost(const std::string& receiver) const
    {
        return GetNumber("deliveries", {{"flow", "flow"}, {"receiver", receiver}}, "lost");
    }
};

PimHello
MakeHello(uint32_t priority)
{
    PimHello hello;
    hello.holdtime = 105;
    hello.drPriority = priority;
    hello.generationId = 4711;
    return hello;
}

/** A stranger with a high DR priority on a network, every 20 s. */
void
ForgeHellos(ForgedRun& run, const std::string& network, const std::string& node, const char* source)
{
    for (double at = 40; at < 160; at += 20)
    {
        run.ForgePim(at, network, node, source, MakeHello(100));
    }
}

} // namespace

// RFC 7761 §6.1.1: a forged Hello may make somebody the DR that does nothing.
TEST(Forgery, AStrangersHelloMakesItTheDr)
{
    ForgedRun run(MakeStory(""));
    ForgeHellos(run, "2", "e2", "192.168.2.200");
    run.Run();
    EXPECT_GT(run.GetLost("r2"), 500);
    EXPECT_EQ(run.GetLost("r3"), 0);
    EXPECT_TRUE(run.GetRows("drops").empty());
}

TEST(Forgery, TheNeighborFilterRefusesStrangers)
{
    ForgedRun run(MakeStory("nodes:\n  e2: {ns3::PimSmRouting::NeighborFilter: 192.168.12.111 "
                            "192.168.22.0/24}\n"));
    ForgeHellos(run, "2", "e2", "192.168.2.200");
    run.Run();
    EXPECT_EQ(run.GetLost("r2"), 0);
    EXPECT_EQ(run.GetLost("r3"), 0);
    EXPECT_EQ(run.CountDrops("e2", "pim", "neighbor-filter"), 6u);
}

namespace
{

/** Fifty Registers with packets of somebody else, from e3's network to the RP. */
void
ForgeRegisters(ForgedRun& run)
{
    AttackFrame inner;
    inner.ethernet.resize(AttackFrame::ETHERNET_SIZE);
    inner.ttl = 64;
    inner.protocol = IP_PROTOCOL_UDP;
    inner.source = Ipv4Address("192.168.3.77");
    inner.destination = GROUP;
    inner.payload.resize(100);
    const AttackBytes bytes = inner.Write();
    PimRegister message;
    message.packet.assign(bytes.begin() + AttackFrame::ETHERNET_SIZE,
                          bytes.end() - AttackFrame::CHECK_SIZE);
    for (int i = 0; i < 50; ++i)
    {
        run.Forge(110 + 0.5 * i,
                  "23",
                  "c3",
                  PimMessage::PROTOCOL,
                  Ipv4Address("192.168.23.200"),
                  RP,
                  ToBytes(PimMessage(message)),
                  64);
    }
}

} // namespace

// RFC 7761 §6.1.2: whoever registers, sends to the group.
TEST(Forgery, AnybodysRegistersAreForwarded)
{
    ForgedRun run(MakeStory(""));
    ForgeRegisters(run);
    run.Run();
    EXPECT_EQ(run.GetRows("tib", {{"node", "c3"}, {"source", "192.168.3.77"}}).size(), 1u);
    EXPECT_EQ(run.CountDrops("c3", "pim", "register-filter"), 0u);
}

TEST(Forgery, TheRegisterFilterRefusesThem)
{
    ForgedRun run(MakeStory("defaults:\n  ns3::PimSmRouting::RegisterFilter: 192.168.1.11 "
                            "192.168.2.22 192.168.3.33\n"));
    ForgeRegisters(run);
    run.Run();
    EXPECT_TRUE(run.GetRows("tib", {{"source", "192.168.3.77"}}).empty());
    EXPECT_EQ(run.CountDrops("c3", "pim", "register-filter"), 50u);
    EXPECT_EQ(run.GetLost("r2"), 0); // e1's own are taken
    EXPECT_EQ(run.GetLost("r3"), 0);
}

// RFC 7761 §6.2: a DR takes Register-Stops from RPs alone. This needs no switch.
TEST(Forgery, ARegisterStopFromSomebodyElseIsRefused)
{
    ForgedRun run(MakeStory("defaults:\n  ns3::PimSmRouting::RegisterSwitchThreshold: infinity\n"
                            "  ns3::PimSmRouting::SptThreshold: infinity\n"));
    PimRegisterStop stop;
    stop.group = GROUP;
    stop.source = Ipv4Address("192.168.1.1");
    for (double at = 102; at < 150; at += 4)
    {
        run.Forge(at,
                  "11",
                  "e1",
                  PimMessage::PROTOCOL,
                  Ipv4Address("192.168.11.111"),
                  Ipv4Address("192.168.1.11"),
                  ToBytes(PimMessage(stop)),
                  64);
    }
    run.Run();
    EXPECT_EQ(run.CountDrops("e1", "pim", "register-stop-source"), 12u);
    EXPECT_EQ(run.GetLost("r2"), 0);
    EXPECT_EQ(run.GetLost("r3"), 0);
}

namespace
{

/** Somebody on r1's network who takes itself for the BSR, and for the RP. */
void
ForgeBootstraps(ForgedRun& run)
{
    ForgeHellos(run, "1", "e1", "192.168.1.200");
    PimBootstrap message;
    message.fragmentTag = 7;
    message.hashMaskLength = 30;
    message.bsrPriority = 255;
    message.bsrAddress = Ipv4Address("192.168.1.200");
    PimBootstrapRange range;
    range.group = {Ipv4Address("239.0.0.0"), 8, false, false};
    range.rpCount = 1;
    PimBootstrapRp rp;
    rp.address = Ipv4Address("192.168.1.200");
    rp.priority = 0;
    range.rps.push_back(rp);
    message.ranges.push_back(range);
    for (double at = 70; at < 160; at += 20)
    {
        run.ForgePim(at, "1", "e1", "192.168.1.200", message);
    }
}

} // namespace

TEST(Forgery, ABootstrapRouterOfItsOwnMaking)
{
    ForgedRun run(MakeStory(""));
    ForgeBootstraps(run);
    run.Run();
    // All six routers have fallen for it.
    EXPECT_EQ(run.GetRows("rp", {{"bsr", "192.168.1.200"}}).size(), 6u);
}

TEST(Forgery, TheBsrBorderRefusesIt)
{
    ForgedRun run(MakeStory("nodes:\n  e1: {ns3::PimSmRouting::BsrBorder: 192.168.1.0/24}\n"));
    ForgeBootstraps(run);
    run.Run();
    EXPECT_TRUE(run.GetRows("rp", {{"bsr", "192.168.1.200"}}).empty());
    EXPECT_GE(run.GetRows("rp", {{"bsr", "192.168.101.133"}}).size(), 6u);
    EXPECT_EQ(run.CountDrops("e1", "pim", "bsr-border"), 5u);
}

TEST(Forgery, NoBootstrapMessageLeavesAtTheBorder)
{
    // The domain ends at e1's interface to c1, on its side alone.
    ForgedRun run(MakeStory("nodes:\n  e1: {ns3::PimSmRouting::BsrBorder: 192.168.11.0/24}\n"));
    run.Watch("11");
    run.Run();
    std::size_t fromE1 = 0;
    for (const auto& message : run.GetPim<PimBootstrap>("11"))
    {
        fromE1 += message.node == "e1" ? 1 : 0;
    }
    EXPECT_EQ(fromE1, 0u);
    EXPECT_GT(run.GetPim<PimBootstrap>("11").size(), 0u); // c1 has no border there
    EXPECT_GT(run.CountDrops("e1", "pim", "bsr-border"), 0u);
}

namespace
{

void
ForgeAdvertisements(ForgedRun& run)
{
    PimCandidateRpAdvertisement offer;
    offer.priority = 0;
    offer.holdtime = 150;
    offer.rpAddress = Ipv4Address("192.168.3.200");
    offer.groups.push_back({Ipv4Address("239.0.0.0"), 8, false, false});
    for (double at = 80; at < 160; at += 20)
    {
        run.Forge(at,
                  "23",
                  "c3",
                  PimMessage::PROTOCOL,
                  Ipv4Address("192.168.3.200"),
                  RP,
                  ToBytes(PimMessage(offer)),
                  64);
    }
}

} // namespace

TEST(Forgery, AnybodyMayOfferItselfAsRp)
{
    ForgedRun run(MakeStory(""));
    ForgeAdvertisements(run);
    run.Run();
    EXPECT_EQ(run.GetRows("rp", {{"rp", "192.168.3.200"}}).size(), 6u);
    EXPECT_GT(run.GetLost("r2"), 500); // it is nobody
}

TEST(Forgery, TheCandidateRpFilterRefusesIt)
{
    ForgedRun run(MakeStory("defaults:\n  ns3::PimSmRouting::CandidateRpFilter: 192.168.101.0/24 "
                            "192.168.102.0/24\n"));
    ForgeAdvertisements(run);
    run.Run();
    EXPECT_TRUE(run.GetRows("rp", {{"rp", "192.168.3.200"}}).empty());
    EXPECT_EQ(run.CountDrops("c3", "pim", "candidate-rp-filter"), 4u);
    EXPECT_EQ(run.GetLost("r2"), 0);
}

namespace
{

/** Hellos in c1's name that list nobody, to e1: c1 seems to have forgotten it (1-WayReceived). */
void
ForgeOspfHellos(ForgedRun& run)
{
    OspfPacket packet;
    packet.routerId = OspfId(Ipv4Address("2.0.0.1"));
    OspfHello hello;
    hello.networkMask = Ipv4Mask("255.255.255.0");
    hello.options = OSPF_OPTION_E;
    packet.body = hello;
    for (double at = 101; at < 150; at += 10)
    {
        run.Forge(at,
                  "11",
                  "e1",
                  OspfPacket::PROTOCOL,
                  Ipv4Address("192.168.11.111"),
                  OspfAllSpfRouters(),
                  ToBytes(packet));
    }
}

std::string
AuthenticateAll(const std::string& type)
{
    return "defaults:\n  ns3::OspfRouting::AuthenticationType: " + type +
           "\n  ns3::OspfRouting::AuthenticationKeys: 1=secret\n";
}

std::size_t
CountDown(const ForgedRun& run)
{
    return run.GetRows("events", {{"protocol", "ospf"}, {"event", "neighbor-down"}}).size();
}

} // namespace

TEST(Forgery, AnybodyMayEndAnAdjacency)
{
    ForgedRun run(MakeStory(""));
    ForgeOspfHellos(run);
    run.Run();
    EXPECT_GE(CountDown(run), 5u);
}

class OspfForgery : public ::testing::TestWithParam<const char*>
{
};

// RFC 2328 Appendix D, RFC 5709.
TEST_P(OspfForgery, AuthenticationRefusesIt)
{
    ForgedRun run(MakeStory(AuthenticateAll(GetParam())));
    ForgeOspfHellos(run);
    run.Run();
    EXPECT_EQ(CountDown(run), 0u);
    EXPECT_EQ(run.GetRows("drops").size(), 1u);
    EXPECT_EQ(run.CountDrops("e1", "ospf", "authentication"), 5u);
    EXPECT_EQ(run.GetRows("routes", {{"node", "r1"}}).size(), 12u);
    EXPECT_EQ(run.GetLost("r2"), 0);
    EXPECT_EQ(run.GetLost("r3"), 0);
}

INSTANTIATE_TEST_SUITE_P(Types,
                         OspfForgery,
                         ::testing::Values("simple",
                                           "md5",
                                           "hmac-sha-1",
                                           "hmac-sha-256",
                                           "hmac-sha-384",
                                           "hmac-sha-512"));

TEST_P(OspfForgery, TsharkDecodesThePackets)
{
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "there is no tshark";
    }
    LabRun run(REC_LAB,
               "duration: 60s\n" + AuthenticateAll(GetParam()) +
                   "events:\n  - {at: 1s, note: authenticated}\n",
               "e1:eth1");
    run.Run();
    run.Close();
    const Capture capture(run.GetPath("e1-eth1.pcap"),
                          {"ospf.auth.type",
                           "ospf.auth.simple",
                           "ospf.auth.crypt.key_id",
                           "ospf.auth.crypt.data_length",
                           "ospf.packet_length",
                           "ospf.msg"});
    EXPECT_EQ(capture.FindFaults(), "");
    const bool isSimple = std::string(GetParam()) == "simple";
    const std::map<std::string, std::string> sizes = {{"md5", "16"},
                                                      {"hmac-sha-1", "20"},
                                                      {"hmac-sha-256", "32"},
                                                      {"hmac-sha-384", "48"},
                                                      {"hmac-sha-512", "64"}};
    const Capture::Values sealed =
        isSimple ? Capture::Values{{"ospf.auth.type", "1"}, {"ospf.auth.simple", "secret"}}
                 : Capture::Values{{"ospf.auth.type", "2"},
                                   {"ospf.auth.crypt.key_id", "1"},
                                   {"ospf.auth.crypt.data_length", sizes.at(GetParam())}};
    for (const char* type : {"1", "2", "3", "4", "5"})
    {
        Capture::Values all{{"ospf.msg", type}};
        const std::size_t packets = capture.Count(all);
        all.insert(all.end(), sealed.begin(), sealed.end());
        EXPECT_GT(packets, 1u) << type;
        EXPECT_EQ(capture.Count(all), packets) << type;
    }
}

namespace
{

/**
 * The first Hello on network 11, which lists nobody, comes again 110 s later, as if its sender had
 * forgotten the other (1-WayReceived). \returns the node that gets it, when the run has ended
 */
std::string
ReplayOspfHello(ForgedRun& run)
{
    AttackLink& link = run.GetLink("11");
    link.Record();
    std::string receiver;
    Simulator::Schedule(Seconds(110), [&link, &receiver] {
        for (const AttackSample& sample : link.samples)
        {
            constexpr uint8_t HELLO = 1;
            constexpr uint8_t SIZE = OspfPacket::HEADER_SIZE + 20; // without neighbours
            const AttackBytes& payload = sample.frame.payload;
            if (sample.frame.protocol == OspfPacket::PROTOCOL && payload[1] == HELLO &&
                payload[3] == SIZE)
            {
                link.Inject(sample.frame.Write(), 1 - sample.sender);
                receiver = link.ends[1 - sample.sender].node->name;
                return;
            }
        }
    });
    run.Run();
    return receiver;
}

} // namespace

TEST(Forgery, APasswordIsReplayed)
{
    ForgedRun run(MakeStory(AuthenticateAll("simple")));
    EXPECT_NE(ReplayOspfHello(run), "");
    EXPECT_GE(CountDown(run), 1u);
}

TEST(Forgery, TheSequenceNumberRefusesReplays)
{
    ForgedRun run(MakeStory(AuthenticateAll("hmac-sha-256")));
    const std::string receiver = ReplayOspfHello(run);
    EXPECT_EQ(CountDown(run), 0u);
    EXPECT_EQ(run.CountDrops(receiver, "ospf", "authentication-sequence"), 1u);
}

namespace
{

std::string
MakeEvpnStory(const std::string& security)
{
    return "duration: 100s\ncontrol: {evpn: {as: 65000, reflectors: [c3]}}\n"
           "defaults: {ns3::EvpnProtocol::TtlSecurity: " +
           security +
           "}\nevents:\n"
           "  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, control: evpn, dev: "
           "eth0, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}\n"
           "  - {at: 80s, ping: {node: r1, to: 192.168.99.2, count: 3, interval: 1s}}\n"
           "  - {at: 95s, snapshot: end}\n";
}

constexpr uint16_t FORGED_PORT = 33333;

/** SYNs in r1's name from somewhere far away, to the reflector. */
void
ForgeSyns(ForgedRun& run)
{
    TcpHeader tcp;
    tcp.SetSourcePort(FORGED_PORT);
    tcp.SetDestinationPort(179);
    tcp.SetFlags(TcpHeader::SYN);
    tcp.SetWindowSize(1000);
    tcp.EnableChecksums();
    tcp.InitializeChecksum(Ipv4Address("192.168.1.1"), RP, IP_PROTOCOL_TCP);
    const Ptr<Packet> packet = Create<Packet>();
    packet->AddHeader(tcp);
    AttackBytes bytes(packet->GetSize());
    packet->CopyData(bytes.data(), packet->GetSize());
    for (int i = 0; i < 20; ++i)
    {
        run.Forge(
            70 + 0.1 * i, "23", "c3", IP_PROTOCOL_TCP, Ipv4Address("192.168.1.1"), RP, bytes, 200);
    }
}

/** \returns how many segments the reflector sends to whoever forges them, towards r1. */
std::size_t
CountAnswers(const ForgedRun& run)
{
    const std::vector<LabPacket>& packets = run.GetPackets("21");
    return static_cast<std::size_t>(
        std::count_if(packets.begin(), packets.end(), [](const LabPacket& packet) {
            TcpHeader tcp;
            return packet.node == "c3" && packet.header.GetProtocol() == IP_PROTOCOL_TCP &&
                   packet.payload->PeekHeader(tcp) != 0 && tcp.GetDestinationPort() == FORGED_PORT;
        }));
}

} // namespace

// RFC 5082: what has come through too many routers is refused before TCP sees it.
TEST(Forgery, TtlSecurityRefusesSegmentsFromAfar)
{
    ForgedRun run(MakeEvpnStory("3"));
    ForgeSyns(run);
    run.Watch("21");
    run.Run();
    EXPECT_EQ(run.CountDrops("c3", "bgp", "ttl"), 20u);
    EXPECT_EQ(CountAnswers(run), 0u);
    EXPECT_EQ(run.GetRows("pings", {{"from", "192.168.99.2"}}).size(), 3u);
    EXPECT_EQ(run.GetRows("evpn", {{"node", "r1"}, {"best", "1"}}).size(),
              run.GetRows("evpn", {{"node", "r3"}, {"best", "1"}}).size());
}

TEST(Forgery, TtlSecurityRefusesPeersThatAreFurtherAway)
{
    ForgedRun run(MakeEvpnStory("2")); // r2's way to c3 has three links
    run.Run();
    EXPECT_GT(run.CountDrops("c3", "bgp", "ttl"), 0u);
    EXPECT_TRUE(run.GetRows("evpn", {{"node", "r1"}, {"next_hop", "192.168.2.2"}}).empty());
    EXPECT_FALSE(run.GetRows("evpn", {{"node", "r1"}, {"next_hop", "192.168.3.3"}}).empty());
}

TEST(Forgery, WithoutTtlSecurityTcpAnswers)
{
    ForgedRun run(MakeEvpnStory("0"));
    run.Watch("21");
    ForgeSyns(run);
    run.Run();
    EXPECT_EQ(run.CountDrops("c3", "bgp", "ttl"), 0u);
    EXPECT_GT(CountAnswers(run), 0u);
}

} // namespace ns3
