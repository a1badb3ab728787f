// SPDX-License-Identifier: GPL-2.0-only
// More than a router is made for: floods of reports, sources, ranges, routes and frames, and a link
// that does not come to rest. What goes beyond a bound is refused and counted, everything else goes on,
// and when it is over all is as before. LOAD_SCALE=1 for the full sizes (make load); a small part of
// them otherwise.
#include "attack/attacked-run.h"

#include "ns3/evpn-protocol.h"
#include "ns3/igmp-message.h"
#include "ns3/igmp-protocol.h"
#include "ns3/ip-protocol.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-message.h"
#include "ns3/pim-sm-routing.h"

#include <gtest/gtest.h>

#include <cstdlib>

namespace ns3
{

namespace
{

/** \returns \p full, or the small part of it that every run of the tests has. */
uint32_t
Scale(uint32_t full, uint32_t part)
{
    const char* scale = std::getenv("LOAD_SCALE");
    return scale != nullptr && std::string(scale) == "1" ? full : part;
}

const Ipv4Address RP("192.168.101.133");

class LoadedRun : public AttackedRun
{
  public:
    using AttackedRun::AttackedRun;

    const LabNode& GetNode(const std::string& name)
    {
        return GetRun().GetNetwork().GetNode(name);
    }

    void ExpectNothingLost(const std::string& receiver) const
    {
        EXPECT_EQ(GetCell("deliveries", {{"flow", "flow"}, {"receiver", receiver}}, "lost"), "0");
    }
};

/** A flow from r1 to r2 and r3. \param settings lines of the scenario \param more events */
std::string
MakeStory(const std::string& duration, const std::string& settings, const std::string& more = "")
{
    return "duration: " + duration + "s\n" + settings +
           "events:\n"
           "  - {at: 95s, join: {node: r2, group: 239.0.0.11}}\n"
           "  - {at: 95s, join: {node: r3, group: 239.0.0.11}}\n"
           "  - {at: 100s, send: {node: r1, group: 239.0.0.11, interval: 200ms, size: 100, "
           "until: " +
           std::to_string(std::stoi(duration) - 10) + "s, name: flow}}\n" + more;
}

/** Version 2 Reports for so many groups within a second, on r2's network. */
void
ReportGroups(LoadedRun& run, double at, uint32_t count)
{
    for (uint32_t i = 0; i < count; ++i)
    {
        Simulator::Schedule(Seconds(at + double(i) / count), [&run, i] {
            IgmpMessage report;
            report.type = IgmpMessage::V2_REPORT;
            report.group = Ipv4Address(0xef100000 + i);
            run.Send("2",
                     "e2",
                     IP_PROTOCOL_IGMP,
                     Ipv4Address("192.168.2.2"),
                     report.group,
                     ToBytes(report));
        });
    }
}

} // namespace

TEST(Load, ReportsForManyGroupsWithinASecond)
{
    const uint32_t count = Scale(100000, 2000);
    LoadedRun run(MakeStory("420", ""));
    ReportGroups(run, 110, count);
    std::size_t groups = 0;
    std::size_t after = 0;
    Simulator::Schedule(Seconds(120), [&] { groups = run.GetNode("e2").igmp->GetGroups().size(); });
    Simulator::Schedule(Seconds(415), [&] { after = run.GetNode("e2").igmp->GetGroups().size(); });
    run.Run();
    EXPECT_EQ(groups, count + 1);
    EXPECT_EQ(after, 1u); // nobody answered the Queries
    EXPECT_TRUE(run.GetRows("drops").empty());
    run.ExpectNothingLost("r2");
    run.ExpectNothingLost("r3");
}

TEST(Load, AMembershipLimitRefusesTheRest)
{
    const uint32_t count = Scale(100000, 2000);
    LoadedRun run(MakeStory("420",
                            "nodes:\n  e2: {ns3::IgmpProtocol::MembershipLimit: 500}\n",
                            "  - {at: 400s, join: {node: r2, group: 239.0.0.12}}\n"
                            "  - {at: 410s, snapshot: end}\n"));
    ReportGroups(run, 110, count);
    std::size_t groups = 0;
    Simulator::Schedule(Seconds(120), [&] { groups = run.GetNode("e2").igmp->GetGroups().size(); });
    run.Run();
    EXPECT_EQ(groups, 500u);
    EXPECT_EQ(run.CountDrops("e2", "igmp", "membership-limit"), count - 499);
    EXPECT_EQ(run.GetRows("igmp", {{"node", "e2"}, {"group", "239.0.0.12"}}).size(), 1u);
    run.ExpectNothingLost("r2");
    run.ExpectNothingLost("r3");
}

namespace
{

/** Null-Registers of so many sources of one group within ten seconds, at the RP. */
void
RegisterSources(LoadedRun& run, double at, uint32_t count)
{
    for (uint32_t i = 0; i < count; ++i)
    {
        Simulator::Schedule(Seconds(at + 10.0 * i / count), [&run, i] {
            AttackFrame inner;
            inner.ethernet.resize(AttackFrame::ETHERNET_SIZE);
            inner.ttl = 64;
            inner.protocol = PimMessage::PROTOCOL;
            inner.source = Ipv4Address(0x0a000000 + i);
            inner.destination = Ipv4Address("239.0.0.11");
            const AttackBytes bytes = inner.Write();
            PimRegister message;
            message.nullRegister = true;
            message.packet.assign(bytes.begin() + AttackFrame::ETHERNET_SIZE,
                                  bytes.begin() + AttackFrame::ETHERNET_SIZE +
                                      AttackFrame::IP_SIZE);
            run.Send("23",
                     "c3",
                     PimMessage::PROTOCOL,
                     Ipv4Address("192.168.23.33"),
                     RP,
                     ToBytes(PimMessage(message)));
        });
    }
}

/** \returns how many (*,G) and (S,G) rows a node has; (S,G,rpt) rows are of the same entries. */
std::size_t
CountEntries(LoadedRun& run, const std::string& node)
{
    const std::vector<PimTibRow> rows = run.GetNode(node).pim->GetTib();
    return static_cast<std::size_t>(
        std::count_if(rows.begin(), rows.end(), [](const PimTibRow& row) {
            return row.kind != PimTibRow::Kind::SG_RPT;
        }));
}

} // namespace

TEST(Load, ManySourcesOfOneGroup)
{
    const uint32_t count = Scale(10000, 500);
    LoadedRun run(MakeStory("480", ""));
    RegisterSources(run, 110, count);
    std::size_t during = 0;
    std::size_t after = 0;
    Simulator::Schedule(Seconds(125), [&] { during = CountEntries(run, "c3"); });
    Simulator::Schedule(Seconds(465), [&] { after = CountEntries(run, "c3"); });
    run.Run();
    EXPECT_GE(during, count);
    EXPECT_LE(after, 3u);
    run.ExpectNothingLost("r2");
    run.ExpectNothingLost("r3");
}

TEST(Load, AnEntryLimitRefusesTheRest)
{
    const uint32_t count = Scale(10000, 500);
    LoadedRun run(MakeStory("480",
                            "defaults:\n  ns3::PimSmRouting::EntryLimit: 100\n",
                            "  - {at: 460s, join: {node: r2, group: 239.0.0.12}}\n"
                            "  - {at: 465s, snapshot: end}\n"));
    RegisterSources(run, 110, count);
    std::size_t during = 0;
    Simulator::Schedule(Seconds(125), [&] { during = CountEntries(run, "c3"); });
    run.Run();
    EXPECT_LE(during, 100u);
    EXPECT_GE(run.CountDrops("c3", "pim", "entry-limit"), count - 100);
    // There is room again.
    EXPECT_EQ(run.GetRows("tib", {{"node", "c3"}, {"group", "239.0.0.12"}}).size(), 1u);
    run.ExpectNothingLost("r2");
    run.ExpectNothingLost("r3");
}

TEST(Load, ABootstrapSetOfAThousandRanges)
{
    constexpr uint32_t RANGES = 1000;
    constexpr uint32_t AT_ONCE = 100;
    LoadedRun run(MakeStory("240", "", "  - {at: 230s, snapshot: end}\n"));
    for (uint32_t first = 0; first < RANGES; first += AT_ONCE)
    {
        for (double at : {90.0, 150.0, 210.0})
        {
            Simulator::Schedule(Seconds(at + first * 0.001), [&run, first] {
                PimCandidateRpAdvertisement offer;
                offer.priority = 10;
                offer.rpAddress = Ipv4Address("192.168.102.122"); // c2
                for (uint32_t i = first; i < first + AT_ONCE; ++i)
                {
                    offer.groups.push_back({Ipv4Address(0xef200000 + (i << 8)), 24, false, false});
                }
                run.Send("23",
                         "c3",
                         PimMessage::PROTOCOL,
                         Ipv4Address("192.168.102.122"),
                         RP,
                         ToBytes(PimMessage(offer)));
            });
        }
    }
    run.Run();
    for (const char* node : {"e1", "e2", "e3", "c1", "c2", "c3"})
    {
        EXPECT_EQ(
            run.GetRows("rp", {{"node", node}, {"rp", "192.168.102.122"}, {"rp_priority", "10"}})
                .size(),
            RANGES)
            << node;
    }
    EXPECT_TRUE(run.GetRows("drops").empty());
    run.ExpectNothingLost("r2");
    run.ExpectNothingLost("r3");
}

TEST(Load, ALinkThatFlapsTenTimesASecond)
{
    // Between e1 and c3: r1's way to the RP and to r3. Another way is there.
    const uint32_t seconds = Scale(600, 20);
    std::string flaps;
    for (uint32_t i = 0; i < seconds * 10; ++i)
    {
        const std::string at = std::to_string(110000 + i * 100);
        const std::string up = std::to_string(110000 + i * 100 + 50);
        flaps += "  - {at: " + at + "ms, link: {network: 21, state: down}}\n";
        flaps += "  - {at: " + up + "ms, link: {network: 21, state: up}}\n";
    }
    const uint32_t end = 110 + seconds + 120;
    flaps += "  - {at: 109s, snapshot: before}\n";
    flaps += "  - {at: " + std::to_string(end) + "s, snapshot: after}\n";
    LoadedRun run(MakeStory(std::to_string(end + 20), "", flaps));
    run.Run();
    const auto before = run.GetRows("routes", {{"snapshot", "before"}});
    const auto after = run.GetRows("routes", {{"snapshot", "after"}});
    ASSERT_EQ(before.size(), after.size());
    EXPECT_EQ(run.GetRows("mfc", {{"snapshot", "before"}}).size(),
              run.GetRows("mfc", {{"snapshot", "after"}}).size());
    // RFC 2328 §16 with the throttle: no router calculates without end.
    const auto calculations = run.GetRows("events", {{"node", "c2"}, {"event", "spf"}});
    EXPECT_LT(calculations.size(), 60u + seconds);
    // After the last flap the stream is whole again.
    const double received =
        run.GetNumber("deliveries", {{"flow", "flow"}, {"receiver", "r3"}}, "received");
    EXPECT_GT(received, 5.0 * (end - 110 - seconds - 45));
}

namespace
{

const char* const EVPN_STORY =
    "control: {evpn: {as: 65000, reflectors: [c3]}}\n"
    "events:\n"
    "  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, control: evpn, dev: eth0, "
    "addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}\n"
    "  - {at: 140s, ping: {node: r2, to: 192.168.99.3, count: 3, interval: 1s}}\n";

void
AddMacs(LoadedRun& run, double at, uint32_t count, bool gone)
{
    Simulator::Schedule(Seconds(at), [&run, count, gone] {
        const Ptr<EvpnProtocol> speaker = run.GetNode("r1").evpn;
        for (uint32_t i = 0; i < count; ++i)
        {
            uint8_t bytes[6] = {2, 0x77, 0, uint8_t(i >> 16), uint8_t(i >> 8), uint8_t(i)};
            Mac48Address mac;
            mac.CopyFrom(bytes);
            gone ? speaker->LocalMacGone(42, mac)
                 : speaker->LocalMac(42, mac, Ipv4Address::GetAny(), false);
        }
    });
}

std::size_t
CountRoutes(LoadedRun& run, const std::string& node)
{
    return run.GetNode(node).evpn->GetInstance().GetRib().GetSize();
}

} // namespace

TEST(Load, ManyEvpnRoutes)
{
    const uint32_t count = Scale(100000, 2000);
    LoadedRun run("duration: 200s\n" + std::string(EVPN_STORY));
    AddMacs(run, 60, count, false);
    AddMacs(run, 160, count, true);
    std::size_t before = 0;
    std::size_t during = 0;
    std::size_t after = 0;
    Simulator::Schedule(Seconds(59), [&] { before = CountRoutes(run, "r2"); });
    Simulator::Schedule(Seconds(150), [&] { during = CountRoutes(run, "r2"); });
    Simulator::Schedule(Seconds(199), [&] { after = CountRoutes(run, "r2"); });
    run.Run();
    EXPECT_EQ(during, before + count);
    EXPECT_EQ(after, before);
    EXPECT_EQ(run.GetRows("pings", {{"from", "192.168.99.3"}}).size(), 3u);
    EXPECT_TRUE(run.GetRows("drops").empty());
}

TEST(Load, ARouteLimitRefusesTheRest)
{
    const uint32_t count = Scale(100000, 2000);
    constexpr uint32_t LIMIT = 300;
    LoadedRun run("duration: 200s\nnodes:\n  c3: {ns3::EvpnProtocol::RouteLimit: 300}\n" +
                  std::string(EVPN_STORY));
    AddMacs(run, 60, count, false);
    AddMacs(run, 160, count, true);
    AddMacs(run, 180, 10, false);
    std::size_t during = 0;
    std::size_t after = 0;
    std::size_t others = 0;
    Simulator::Schedule(Seconds(59), [&] { others = CountRoutes(run, "r2"); });
    Simulator::Schedule(Seconds(150), [&] { during = CountRoutes(run, "r2"); });
    Simulator::Schedule(Seconds(199), [&] { after = CountRoutes(run, "r2"); });
    run.Run();
    EXPECT_LT(during, others + LIMIT);
    EXPECT_GT(during, LIMIT);
    EXPECT_GT(run.CountDrops("c3", "bgp", "route-limit"), count - LIMIT);
    EXPECT_EQ(after, others + 10); // there is room again
    EXPECT_EQ(run.GetRows("pings", {{"from", "192.168.99.3"}}).size(), 3u);
}

namespace
{

/** A storm of broadcasts from r1's tenants, and a ping between r2's and r3's. */
std::string
MakeStorm(const std::string& settings)
{
    const std::string frames = std::to_string(Scale(100000, 3000));
    const std::string interval = std::to_string(10000000 / Scale(100000, 3000)) + "us";
    return "duration: 150s\n" + settings +
           "events:\n"
           "  - {at: 95s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, group: 239.0.0.42, "
           "ttl: 10, dev: eth0, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}\n"
           "  - {at: 110s, flood: {node: r1, device: vxlan42, frames: " +
           frames + ", interval: " + interval +
           ", kind: broadcast}}\n"
           "  - {at: 115s, ping: {node: r2, to: 192.168.99.3, count: 3, interval: 1s}}\n"
           "  - {at: 140s, flood: {node: r1, device: vxlan42, frames: 5, interval: 100ms, kind: "
           "broadcast}}\n";
}

} // namespace

TEST(Load, ABroadcastStormReachesEverybody)
{
    LoadedRun run(MakeStorm(""));
    run.Run();
    EXPECT_EQ(run.GetRows("flood")[0].at("delivered_wanted"),
              std::to_string(2 * Scale(100000, 3000)));
    EXPECT_EQ(run.GetRows("pings", {{"from", "192.168.99.3"}}).size(), 3u);
}

TEST(Load, StormControlStopsIt)
{
    LoadedRun run(MakeStorm("defaults:\n  ns3::VxlanNetDevice::BroadcastLimit: 50\n"));
    run.Run();
    const auto storm = run.GetRows("flood")[0];
    EXPECT_LE(std::stoul(storm.at("delivered_wanted")), 2u * 50 * 11);
    EXPECT_GE(std::stoul(storm.at("delivered_wanted")), 2u * 50 * 10);
    EXPECT_EQ(run.CountDrops("r1", "vxlan", "storm-control"),
              Scale(100000, 3000) - std::stoul(storm.at("delivered_wanted")) / 2);
    EXPECT_EQ(run.GetRows("flood")[1].at("delivered_wanted"), "10"); // it is over
    EXPECT_EQ(run.GetRows("pings", {{"from", "192.168.99.3"}}).size(), 3u);
}

namespace
{

PimHello
MakeHello()
{
    PimHello hello;
    hello.holdtime = 60;
    hello.drPriority = 0;
    hello.generationId = 4711;
    return hello;
}

} // namespace

TEST(Load, NeighborLimitsRefuseStrangers)
{
    LoadedRun run(MakeStory("300",
                            "nodes:\n  e1: {ns3::PimSmRouting::NeighborLimit: 5, "
                            "ns3::OspfRouting::NeighborLimit: 5}\n",
                            "  - {at: 290s, snapshot: end}\n"));
    OspfPacket packet;
    OspfHello hello;
    hello.networkMask = Ipv4Mask("255.255.255.0");
    hello.options = OSPF_OPTION_E;
    hello.priority = 0;
    packet.body = hello;
    for (uint32_t i = 0; i < 100; ++i)
    {
        Simulator::Schedule(Seconds(110 + 0.1 * i), [&run, packet, i]() mutable {
            const Ipv4Address source(0xc0a80b00 + 120 + i); // on network 11
            packet.routerId = OspfId(Ipv4Address(0x63000000 + i));
            run.Send(
                "11", "e1", OspfPacket::PROTOCOL, source, OspfAllSpfRouters(), ToBytes(packet));
            run.Send("11",
                     "e1",
                     PimMessage::PROTOCOL,
                     source,
                     PimAllRouters(),
                     ToBytes(PimMessage(MakeHello())));
        });
    }
    run.Run();
    EXPECT_EQ(run.CountDrops("e1", "pim", "neighbor-limit"), 96u); // c1 is one of the five
    EXPECT_EQ(run.CountDrops("e1", "ospf", "neighbor-limit"), 96u);
    EXPECT_EQ(run.GetRows("routes", {{"node", "r1"}}).size(), 12u);
    run.ExpectNothingLost("r2");
    run.ExpectNothingLost("r3");
}

TEST(Load, AnLsaLimitKeepsTheRestWhole)
{
    // 9 Router-LSAs and 12 Network-LSAs; 300 externals of c2.
    LoadedRun run(MakeStory("240",
                            "nodes:\n  e3: {ns3::OspfRouting::LsaLimit: 121}\n",
                            "  - {at: 225s, snapshot: end}\n"));
    const uint32_t count = 300;
    for (uint32_t i = 0; i < count; ++i)
    {
        Simulator::Schedule(Seconds(110), [&run, i] {
            OspfExternalRoute route;
            route.prefix = Ipv4Prefix(Ipv4Address(0x0b000000 + (i << 8)), 24);
            run.GetNode("c2").ospf->AddExternalRoute(route);
        });
        i >= 50
            ? void(Simulator::Schedule(Seconds(160),
                                       [&run, i] {
                                           run.GetNode("c2").ospf->RemoveExternalRoute(
                                               Ipv4Prefix(Ipv4Address(0x0b000000 + (i << 8)), 24));
                                       }))
            : void();
    }
    std::size_t during = 0;
    Simulator::Schedule(Seconds(150), [&] {
        during = run.GetNode("e3").ospf->GetInstance().GetExternalLsdb().GetEntries().size();
    });
    run.Run();
    EXPECT_EQ(during, 100u);
    EXPECT_GT(run.CountDrops("e3", "ospf", "lsa-limit"), 10u); // updates of many LSAs each
    EXPECT_TRUE(run.GetRows("events", {{"protocol", "ospf"}, {"event", "neighbor-down"}}).empty());
    // Those that stay have all come by now: they were sent again until there was room.
    EXPECT_EQ(run.GetRows("routes", {{"node", "e3"}}).size(),
              run.GetRows("routes", {{"node", "e2"}}).size());
    run.ExpectNothingLost("r2");
    run.ExpectNothingLost("r3");
}

} // namespace ns3
