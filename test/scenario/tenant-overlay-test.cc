// SPDX-License-Identifier: GPL-2.0-only
// Tenants on devices of every kind: encapsulations, keys of vxlan events, entries by hand, flows from
// host to host, tenants without a stack.
#include "support/capture.h"
#include "support/lab-program.h"
#include "support/overlay-counts.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const std::string REMOTES = "remotes: [192.168.1.1, 192.168.2.2, 192.168.3.3]";

/** Devices with \p keys and three tenants with \p more, from 50 s on. */
std::string
Story(const std::string& keys, const std::string& events, const std::string& more = "")
{
    std::string text =
        "duration: 200s\nunderlay: static\nevents:\n"
        "  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, ttl: 10, " +
        keys + "}}\n";
    for (const std::string n : {"1", "2", "3"})
    {
        text += "  - {at: 50s, tenant: {name: t" + n + ", node: r" + n +
                ", device: vxlan42, mac: \"02:00:0" + n + ":00:00:2a\", address: 192.168.99." + n +
                "/24" + more + "}}\n";
    }
    return text + events;
}

const std::string OVERLAY_PINGS = "  - {at: 60s, snapshot: before}\n"
                                  "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                                  "  - {at: 65s, snapshot: pinged}\n";

/** \returns a cell of overlay.csv, of what r1 sent on its link until the snapshot "pinged". */
std::string
Overlay(const LabProgram& run, const std::string& inner, const std::string& column)
{
    return run->GetCell(
        "overlay",
        {{"snapshot", "pinged"}, {"network", "1"}, {"from", "r1"}, {"inner", inner}},
        column);
}

class TenantEncapsulation : public testing::TestWithParam<const char*>
{
};

/** Four echo requests in the tunnel, of VNI 42, and nothing that tshark objects to. */
void
ExpectDecoded(const std::string& file, const std::string& encapsulation)
{
    const Capture wire(file, {"vxlan.vni", "gre.key", "gre.proto", "icmp.type"});
    EXPECT_EQ(wire.FindFaults(), "");
    std::size_t requests = 0;
    for (const Capture::Frame& frame : wire.GetFrames())
    {
        const auto starts = [&](const char* field, const std::string& value) {
            const auto cell = frame.find(field);
            return cell != frame.end() && cell->second[0].substr(0, value.size()) == value;
        };
        const bool isOfVni = encapsulation == "vxlan" ? starts("vxlan.vni", "42")
                             : encapsulation == "gre"
                                 ? starts("gre.key", "0x0000002a")
                                 : starts("gre.key", "0x00002a"); // and a FlowID
        const bool isTunnel = encapsulation == "vxlan" || starts("gre.proto", "0x6558");
        requests += isOfVni && isTunnel && starts("icmp.type", "8") ? 1 : 0;
    }
    EXPECT_EQ(requests, 4u);
}

TEST_P(TenantEncapsulation, SizesClassesAndWhatTsharkReads)
{
    const std::string name = GetParam();
    const bool isVxlan = name == "vxlan";
    // What a packet of the MTU has room for.
    const std::string full = "  - {at: 70s, ping: {node: t1, to: 192.168.99.2, count: 1, size: " +
                             std::string(isVxlan ? "1422" : "1430") +
                             "}}\n  - {at: 71s, snapshot: large}\n";
    const LabProgram run(Story(REMOTES + ", encapsulation: " + name, OVERLAY_PINGS + full),
                         REC_LAB,
                         "--pcap=r1:eth0,t1:eth0");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountAnswers(run), 4u);
    // The reference lab's frames, less 14 bytes of Ethernet: 92 and 148 of VXLAN, 84 and 140 of GRE.
    EXPECT_EQ(Overlay(run, "arp-request", "packets"), "2");
    EXPECT_EQ(Overlay(run, "arp-request", "bytes"), isVxlan ? "156" : "140");
    EXPECT_EQ(Overlay(run, "unicast", "bytes"), isVxlan ? "402" : "378");
    EXPECT_EQ(Overlay(run, "unicast", "vni"), "42");
    EXPECT_EQ(
        run->GetCell(
            "links",
            {{"snapshot", "pinged"}, {"network", "1"}, {"from", "r1"}, {"class", "vxlan-unicast"}},
            "packets"),
        "5");
    if (!Capture::HasTshark())
    {
        GTEST_SKIP() << "tshark is not installed";
    }
    ExpectDecoded(run.GetPath("r1-eth0.pcap"), name);
    const Capture port(run.GetPath("t1-eth0.pcap"), {"arp.opcode", "frame.len"});
    EXPECT_EQ(port.FindFaults(), "");
    // Not padded: 42 bytes and the check sequence.
    EXPECT_EQ(port.Count({{"arp.opcode", "1"}, {"frame.len", "46"}}), 1u);
}

INSTANTIATE_TEST_SUITE_P(All, TenantEncapsulation, testing::Values("vxlan", "gre", "nvgre"));

TEST(TenantOverlay, MtuOfTenantsIsTheDevices)
{
    for (const auto& [name, mtu] :
         {std::make_pair("vxlan", "mtu 1450"), std::make_pair("gre", "mtu 1458")})
    {
        const LabProgram run(Story(REMOTES + ", encapsulation: " + name,
                                   "  - {at: 60s, show: {node: t1, what: ip -d link show}}\n"
                                   "  - {at: 60s, show: {node: r1, what: ip -d link show}}\n"));
        const std::string transcript = ReadText(run.GetPath("transcript.txt"));
        EXPECT_NE(transcript.find(mtu), std::string::npos) << name;
        EXPECT_EQ(transcript.find("gretap") != std::string::npos, std::string(name) == "gre");
    }
}

TEST(TenantOverlay, EvpnAdvertisesTheEncapsulation)
{
    const LabProgram run(
        "control: {evpn: {reflectors: [c3]}}\n" +
        Story("control: evpn, encapsulation: nvgre", OVERLAY_PINGS, ", announce: garp") +
        "  - {at: 66s, show: {node: r1, what: bgp l2vpn evpn}}\n");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountAnswers(run), 3u);
    const std::string transcript = ReadText(run.GetPath("transcript.txt"));
    EXPECT_NE(transcript.find("ET:9"), std::string::npos) << transcript;
}

TEST(TenantOverlay, LocalIsAnInterfaceOrAnAddress)
{
    const LabProgram run(Story("local: eth0, " + REMOTES, OVERLAY_PINGS));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountAnswers(run), 3u);
    const LabProgram one(
        "duration: 60s\nevents:\n  - {at: 1s, vxlan: {nodes: [e1], name: v, id: 7, "
        "local: 192.168.11.11, remotes: [192.168.2.2]}}\n"
        "  - {at: 50s, flood: {node: e1, device: v, kind: broadcast}}\n"
        "  - {at: 51s, show: {node: e1, what: ip -d link show}}\n");
    ASSERT_EQ(one.GetStatus(), 0) << one.GetErr();
    const std::string transcript = ReadText(one.GetPath("transcript.txt"));
    EXPECT_NE(transcript.find("local 192.168.11.11 dev eth1"), std::string::npos) << transcript;
    const LabProgram wrong(Story("local: 192.168.1.1, " + REMOTES, ""));
    EXPECT_EQ(wrong.GetStatus(), 2);
    EXPECT_NE(wrong.GetErr().find("r2 has no interface or address '192.168.1.1'"),
              std::string::npos)
        << wrong.GetErr();
}

TEST(TenantOverlay, LearningAndAgeing)
{
    // Without learning everything is flooded, for ever.
    const LabProgram off(Story(REMOTES + ", learning: false", OVERLAY_PINGS));
    EXPECT_EQ(CountAnswers(off), 3u);
    EXPECT_EQ(Overlay(off, "unknown-unicast", "packets"), "6");
    EXPECT_EQ(Overlay(off, "unicast", "packets"), "0 rows");
    // With ageing 20 s an idle entry is gone: one ping is two copies, its answer teaches.
    const LabProgram aged(Story(REMOTES + ", ageing: 20s",
                                "  - {at: 60s, ping: {node: t1, to: 192.168.99.2, count: 3}}\n"
                                "  - {at: 90s, snapshot: before}\n"
                                "  - {at: 90s, ping: {node: t1, to: 192.168.99.2, count: 2}}\n"
                                "  - {at: 95s, snapshot: pinged}\n"));
    EXPECT_EQ(Overlay(aged, "unknown-unicast", "packets"), "2");
    EXPECT_EQ(Overlay(aged, "unicast", "packets"), "1");
    // EVPN learns from frames where it is told to: the answer is no longer flooded.
    const LabProgram evpn("control: {evpn: {reflectors: [c3]}}\n"
                          "defaults: {ns3::EvpnProtocol::AdvertiseIp: false}\n" +
                          Story("control: evpn, learning: true", OVERLAY_PINGS));
    EXPECT_EQ(CountAnswers(evpn), 3u);
    EXPECT_EQ(
        evpn->GetRows("overlay", {{"snapshot", "pinged"}, {"inner", "unknown-unicast"}}).size(),
        0u);
}

TEST(TenantOverlay, SuppressionFromWhatWasHeard)
{
    // t3 has heard of nobody: its first request is flooded. A second tenant of r3 asks no more.
    const LabProgram run(Story(REMOTES + ", suppress: true",
                               "  - {at: 51s, tenant: {name: u3, node: r3, device: vxlan42, mac: "
                               "\"02:01:03:00:00:2a\", address: 192.168.99.13/24}}\n"
                               "  - {at: 60s, ping: {node: t3, to: 192.168.99.2, count: 1}}\n"
                               "  - {at: 65s, snapshot: first}\n"
                               "  - {at: 66s, ping: {node: u3, to: 192.168.99.2, count: 1}}\n"
                               "  - {at: 70s, snapshot: second}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountAnswers(run), 2u);
    const auto requests = [&](const std::string& snapshot, const std::string& from) {
        return run
            ->GetRows("overlay", {{"snapshot", snapshot}, {"from", from}, {"inner", "arp-request"}})
            .size();
    };
    EXPECT_EQ(requests("first", "r3"), 1u);
    EXPECT_EQ(requests("second", "r3"), 0u);
    EXPECT_EQ(run->GetCell("neighbors",
                           {{"snapshot", "second"}, {"node", "r3"}, {"ip", "192.168.99.2"}},
                           "origin"),
              "learned");
}

TEST(TenantOverlay, WithoutSplitHorizonAFullMeshMelts)
{
    const auto frames = [](const std::string& keys) {
        std::string story = Story(keys + REMOTES,
                                  "  - {at: 60s, snapshot: before}\n"
                                  "  - {at: 60s, flood: {node: t1, kind: broadcast}}\n"
                                  "  - {at: 60.02s, snapshot: after}\n");
        story.replace(0, story.find('\n'), "duration: 60.02s");
        const LabProgram run(story);
        EXPECT_EQ(run.GetStatus(), 0) << run.GetErr();
        return OverlayCounts(run.GetTables(), "after", "42").Get("1 r1 unicast broadcast");
    };
    EXPECT_EQ(frames(""), 2);
    EXPECT_GT(frames("split-horizon: false, "), 100); // within 20 ms, for one frame
}

TEST(TenantOverlay, EachVniHasAListOfItsOwn)
{
    std::string second =
        "  - {at: 45s, vxlan: {nodes: [r1, r2], name: vxlan43, id: 43, ttl: 10, remotes: "
        "[192.168.1.1, 192.168.2.2]}}\n";
    for (const std::string n : {"1", "2"})
    {
        second += "  - {at: 50s, tenant: {name: u" + n + ", node: r" + n +
                  ", device: vxlan43, mac: \"02:00:0" + n + ":00:00:2a\", address: 192.168.99." +
                  n + "/24}}\n";
    }
    const LabProgram run(Story(REMOTES,
                               second + "  - {at: 60s, snapshot: before}\n"
                                        "  - {at: 60s, flood: {node: t1, kind: broadcast}}\n"
                                        "  - {at: 60s, flood: {node: u1, kind: broadcast}}\n"
                                        "  - {at: 65s, snapshot: after}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(OverlayCounts(run.GetTables(), "after", "42").Get("1 r1 unicast broadcast"), 2);
    EXPECT_EQ(OverlayCounts(run.GetTables(), "after", "43").Get("1 r1 unicast broadcast"), 1);
    EXPECT_EQ(OverlayCounts(run.GetTables(), "after", "43").Get("3 e3 unicast broadcast"), 0);
}

TEST(TenantOverlay, ADeadRemoteCostsACopyAndHarmsNobody)
{
    const LabProgram run(Story("remotes: [192.168.1.1, 192.168.2.2, 192.168.3.3, 10.9.9.9]",
                               "  - {at: 52s, node: {name: r3, state: down}}\n" + OVERLAY_PINGS));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountAnswers(run), 3u);
    // A copy to oneself, and one without a route, never reach a link.
    EXPECT_EQ(Overlay(run, "arp-request", "packets"), "2");
    EXPECT_EQ(run->GetCell("drops", {{"node", "r1"}, {"reason", "no-route"}}, "packets"), "1");
}

TEST(TenantOverlay, EntriesByHand)
{
    const auto fdb = [](int at, const std::string& mac, int vtep, const std::string& op) {
        const std::string n = std::to_string(vtep);
        return "  - {at: " + std::to_string(at) + "s, fdb: {node: r1, device: vxlan42, mac: \"" +
               mac + "\", vtep: 192.168." + n + "." + n + ", op: " + op + "}}\n";
    };
    const LabProgram run(Story(
        "remotes: [192.168.2.2]",
        fdb(55, "02:00:02:00:00:2a", 3, "add, sticky: true") +
            fdb(55, "00:00:00:00:00:00", 3, "append") + fdb(55, "01:00:5e:09:09:09", 2, "add") +
            fdb(55, "01:00:5e:09:09:09", 3, "append") +
            "  - {at: 56s, show: {node: r1, what: bridge fdb show}}\n"
            "  - {at: 56s, snapshot: set}\n"
            "  - {at: 57s, send: {node: t1, group: 239.9.9.9, size: 100, interval: 1s, packets: "
            "2}}\n"
            "  - {at: 59s, snapshot: sent}\n" +
            fdb(60, "02:00:02:00:00:2a", 3, "del") + fdb(60, "00:00:00:00:00:00", 2, "del") +
            "  - {at: 61s, snapshot: gone}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const LabRow entry = {{"snapshot", "set"}, {"node", "r1"}, {"mac", "02:00:02:00:00:2a"}};
    EXPECT_EQ(run->GetCell("fdb", entry, "vtep"), "192.168.3.3");
    EXPECT_EQ(run->GetCell("fdb", entry, "origin"), "static");
    EXPECT_EQ(run->GetCell("fdb", entry, "state"), "permanent");
    EXPECT_EQ(run->GetColumns("fdb").back(), "origin");
    const auto vteps = [&](const std::string& snapshot, const std::string& mac) {
        return run->GetCells("fdb", {{"snapshot", snapshot}, {"node", "r1"}, {"mac", mac}}, "vtep");
    };
    const std::set<std::string> both{"192.168.2.2", "192.168.3.3"};
    EXPECT_EQ(vteps("set", "00:00:00:00:00:00"), both);
    EXPECT_EQ(vteps("set", "01:00:5e:09:09:09"), both);
    EXPECT_EQ(vteps("gone", "00:00:00:00:00:00"), std::set<std::string>{"192.168.3.3"});
    EXPECT_EQ(vteps("gone", "02:00:02:00:00:2a"), std::set<std::string>{});
    EXPECT_EQ(OverlayCounts(run.GetTables(), "sent", "42").Get("1 r1 unicast multicast"), 4);
    const std::string transcript = ReadText(run.GetPath("transcript.txt"));
    EXPECT_NE(
        transcript.find("02:00:02:00:00:2a dev vxlan42 dst 192.168.3.3 self sticky permanent\n"),
        std::string::npos)
        << transcript;
}

TEST(TenantOverlay, BridgeFdbShowAsIproute2)
{
    const LabProgram run("control: {evpn: {reflectors: [c3]}}\n" +
                         Story("control: evpn", "", ", announce: garp") +
                         "  - {at: 60s, show: {node: r1, what: evpn mac vni 42}}\n"
                         "  - {at: 60s, show: {node: r1, what: bridge fdb show}}\n");
    const std::string transcript = ReadText(run.GetPath("transcript.txt"));
    for (const char* line : {"02:00:01:00:00:2a local        t1p  ",
                             "02:00:01:00:00:2a dev t1p master br42 \n",
                             "02:00:02:00:00:2a dev vxlan42 extern_learn master br42 \n",
                             "02:00:02:00:00:2a dev vxlan42 dst 192.168.2.2 self extern_learn \n",
                             "00:00:00:00:00:00 dev vxlan42 dst 192.168.2.2 self permanent\n"})
    {
        EXPECT_NE(transcript.find(line), std::string::npos) << line << transcript;
    }
}

TEST(TenantOverlay, FlowsFromHostToHost)
{
    const LabProgram run(Story(
        REMOTES,
        "  - {at: 60s, send: {node: t1, to: 192.168.99.2, interval: 100ms, packets: 20, size: 500, "
        "name: u}}\n"
        "  - {at: 60s, send: {node: t1, to: 192.168.99.3, transport: tcp, rate: 1Mbps, size: 1000, "
        "until: 70s, name: web}}\n"
        "  - {at: 60s, send: {node: t3, to: 192.168.99.77, interval: 1s, packets: 3, name: "
        "nobody}}\n"
        "  - {at: 60s, send: {node: r1, to: 192.168.2.2, interval: 1s, packets: 3, name: under}}\n"
        "  - {at: 65s, move: {tenant: t3, to: r2, announce: garp}}\n"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto cell = [&](const std::string& flow, const std::string& column) {
        return run->GetCell("deliveries", {{"flow", flow}}, column);
    };
    EXPECT_EQ(cell("u", "receiver"), "t2");
    EXPECT_EQ(cell("u", "source"), "192.168.99.1");
    EXPECT_EQ(cell("u", "group"), "192.168.99.2");
    EXPECT_EQ(cell("u", "sent"), "20");
    EXPECT_EQ(cell("u", "received"), "20");
    EXPECT_EQ(cell("web", "sent"), "1250"); // over the move: TCP repeats what is lost
    EXPECT_EQ(cell("web", "received"), "1250");
    EXPECT_EQ(cell("web", "duplicates"), "0");
    EXPECT_EQ(cell("nobody", "receiver"), "");
    EXPECT_EQ(cell("nobody", "lost"), "3");
    EXPECT_EQ(cell("under", "receiver"), "r2");
    EXPECT_EQ(cell("under", "received"), "3");
}

TEST(TenantOverlay, LightTenantsAnswerAndPing)
{
    const LabProgram run(Story(REMOTES, OVERLAY_PINGS, ", light: true"));
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    EXPECT_EQ(CountAnswers(run), 3u);
    OverlayCounts expected;
    expected.Add("r1 r2", "arp-request", 1).Add("r1 r3", "arp-request", 1);
    expected.Add("r2 r1", "arp-reply", 1);
    expected.Add("r1 r2", "unicast", 3).Add("r2 r1", "unicast", 3);
    EXPECT_EQ(OverlayCounts(run.GetTables(), "pinged", "42").ToText(), expected.ToText());
    EXPECT_EQ(Overlay(run, "unicast", "bytes"), "402");
    const LabProgram wrong(
        Story(REMOTES, "  - {at: 60s, join: {node: t1, group: 239.1.1.1}}\n", ", light: true"));
    EXPECT_EQ(wrong.GetStatus(), 2);
    EXPECT_NE(wrong.GetErr().find("t1 is light"), std::string::npos) << wrong.GetErr();
}

TEST(TenantOverlay, AStickyTenantDoesNotMove)
{
    const LabProgram run("control: {evpn: {reflectors: [c3]}}\n" +
                         Story("control: evpn", "", ", announce: garp, sticky: true") +
                         "  - {at: 60s, snapshot: still}\n"
                         "  - {at: 61s, move: {tenant: t2, to: r3, announce: garp}}\n"
                         "  - {at: 65s, snapshot: moved}\n");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    const auto hop = [&](const std::string& snapshot) {
        return run->GetCells(
            "fdb", {{"snapshot", snapshot}, {"node", "r1"}, {"mac", "02:00:02:00:00:2a"}}, "vtep");
    };
    EXPECT_EQ(hop("still"), std::set<std::string>{"192.168.2.2"});
    EXPECT_EQ(hop("moved"), std::set<std::string>{"192.168.2.2"});
    EXPECT_FALSE(run->GetRows("events", {{"event", "sticky-mac"}}).empty());
}

TEST(TenantOverlay, WrongKeysAreRefused)
{
    const auto check =
        [](const std::string& keys, const std::string& events, const std::string& error) {
            const LabProgram run(Story(keys, events));
            EXPECT_EQ(run.GetStatus(), 2) << keys << events;
            EXPECT_NE(run.GetErr().find(error), std::string::npos) << run.GetErr();
        };
    check(REMOTES + ", encapsulation: geneve", "", "encapsulation");
    check(REMOTES + ", local: eth9", "", "no interface or address 'eth9'");
    const std::string fdb = "  - {at: 60s, fdb: {node: r1, device: vxlan42, mac: ";
    check(REMOTES, fdb + "\"02:00:02:00:00:2a\", vtep: 192.168.2.2, op: append}}\n", "one VTEP");
    check(REMOTES, fdb + "\"ff:ff:ff:ff:ff:ff\", vtep: 192.168.2.2, op: add}}\n", "is not right");
    check(REMOTES, fdb + "\"02:00:02:00:00:2a\", vtep: 239.1.1.1, op: add}}\n", "host");
    check(REMOTES,
          fdb + "\"00:00:00:00:00:00\", vtep: 192.168.2.2, op: add, sticky: true}}\n",
          "sticky goes with");
    check(REMOTES, "  - {at: 60s, send: {node: t1, interval: 1s}}\n", "either group");
    check(REMOTES,
          "  - {at: 60s, send: {node: t1, group: 239.1.1.1, transport: tcp, interval: 1s}}\n",
          "TCP goes to a host");
}

} // namespace
