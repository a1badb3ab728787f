// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/config.h"
#include "ns3/flood-action.h"
#include "ns3/input-error.h"
#include "ns3/join-action.h"
#include "ns3/link-action.h"
#include "ns3/note-action.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-values.h"
#include "ns3/send-action.h"
#include "ns3/snapshot-action.h"
#include "ns3/string.h"
#include "ns3/topology-loader.h"
#include "ns3/type-id.h"
#include "ns3/vxlan-action.h"

#include <gtest/gtest.h>

#include <fstream>

using namespace ns3;

namespace
{

const TopologyGraph&
Lab()
{
    static const TopologyGraph lab = LoadTopology("rec-lab");
    return lab;
}

Scenario
Read(const std::string& text)
{
    return ReadScenarioText(text, "s.yaml", Lab());
}

/** \returns what is wrong with \p text; empty if nothing is. */
std::string
Error(const std::string& text)
{
    try
    {
        Read(text);
        return "";
    }
    catch (const InputError& error)
    {
        return error.what();
    }
}

/** A scenario whose only event stands in line 3. */
std::string
EventError(const std::string& event)
{
    return Error("duration: 100s\nevents:\n  - {" + event + "}\n");
}

/** \returns the action of an event, which is a T. */
template <typename T>
const T&
Get(const Scenario& scenario, std::size_t event)
{
    return dynamic_cast<const T&>(*scenario.events.at(event).action);
}

void
ExpectPrefix(const std::string& text, const std::string& prefix)
{
    EXPECT_EQ(text.substr(0, prefix.size()), prefix);
    EXPECT_EQ(text.find('\n'), std::string::npos);
}

TEST(ScenarioReader, ReadsEveryAction)
{
    const Scenario scenario = Read(R"(
duration: 300s
defaults:
  ns3::ArpCache::AliveTimeout: 60s
nodes:
  c1: {ns3::ArpCache::PendingQueueSize: 5}
trees: rpt
underlay: static
events:
  - {at: 95s, snapshot: steady}
  - {at: 60s, join:  {node: r2, group: 239.0.0.10, interface: eth0, source: 192.168.1.1}}
  - {at: 90s, leave: {node: r2, group: 239.0.0.10}}
  - {at: 70s, send:  {node: r1, group: 239.0.0.10, rate: 10kbps, size: 1470, ttl: 10, until: 100s, name: iperf}}
  - {at: 40s, vxlan: {nodes: [r1, r2, r3], name: vxlan42, id: 42, group: 239.0.0.42, ttl: 10, dev: eth0, port: 4789, addresses: [192.168.99.1/24, 192.168.99.2/24, 192.168.99.3/24]}}
  - {at: 41s, vxlan: {nodes: [r1, r2], name: vxlan43, id: 43, remotes: [192.168.2.2, 192.168.1.1]}}
  - {at: 80s, ping:  {node: r1, to: 192.168.99.255, count: 3, interval: 1s}}
  - {at: 85s, flood: {node: r1, device: vxlan42, frames: 100, interval: 10ms, kind: unknown-unicast}}
  - {at: 120, link: {network: 11, state: down}}
  - {at: 121s, link: {between: [e1, c1], state: up}}
  - {at: 150s, node: {name: c3, state: down}}
  - {at: 160s, loss: {network: 101, rate: 0.1, until: 170s}}
  - {at: 92s, show:  {node: e1, what: "pim join"}}
  - {at: 95s, expect: {table: mfc, where: {node: e1, source: 192.168.1.1}, equals: {outgoing_interfaces: "eth1 eth2"}}}
  - {at: 95s, expect: {table: links, where: {network: 11, class: multicast}, rows: 0}}
  - {at: 99s, figure: {kind: spt, group: 239.0.0.10}}
  - {at: 100s, note: "R1 begins to send"}
)");
    EXPECT_EQ(scenario.duration, Seconds(300));
    EXPECT_EQ(scenario.defaults.at(0).value, "60s");
    EXPECT_EQ(scenario.nodes.at("c1").at(0).value, "5");
    EXPECT_EQ(scenario.trees, TreePolicy::Rpt);
    EXPECT_TRUE(scenario.staticUnderlay);
    ASSERT_EQ(scenario.events.size(), 17u);
    const auto& vxlan = Get<VxlanAction>(scenario, 0).spec;
    EXPECT_EQ(vxlan.vni, 42u);
    EXPECT_EQ(vxlan.addresses.at(2).first, Ipv4Address("192.168.99.3"));
    EXPECT_EQ(Get<VxlanAction>(scenario, 1).spec.control, "head-end");
    const auto& join = Get<JoinAction>(scenario, 2).membership;
    EXPECT_EQ(join.sources, std::vector<Ipv4Address>{Ipv4Address("192.168.1.1")});
    const auto& send = Get<SendAction>(scenario, 3).spec;
    EXPECT_EQ(send.interval, MilliSeconds(1176)); // 10 kbit/s counts UDP payload
    EXPECT_EQ(send.until, Seconds(100));
    EXPECT_EQ(Get<FloodAction>(scenario, 5).spec.kind, FloodKind::UnknownUnicast);
    EXPECT_EQ(scenario.events[8].at, Seconds(95)); // the order of the file at one time
    EXPECT_TRUE(FindAction<SnapshotAction>(scenario.events[8]));
    EXPECT_EQ(Lab().networks[Get<LinkAction>(scenario, 14).networks.at(0)].name, "11");
    EXPECT_EQ(Get<NoteAction>(scenario, 12).text, "R1 begins to send");
    EXPECT_EQ(scenario.events[13].at, Seconds(120));
    EXPECT_EQ(scenario.events[13].line, 18);
}

TEST(ScenarioReader, NamesFileLineFaultAndRemedy)
{
    ExpectPrefix(EventError("at: 1s, join: {node: r9, group: 239.0.0.10}"),
                 "s.yaml:3: join: unknown node 'r9', the topology has ");
    ExpectPrefix(EventError("at: 1s, join: {node: r2, grp: 239.0.0.10}"),
                 "s.yaml:3: join: unknown key 'grp', known are node, group, interface, source");
    ExpectPrefix(EventError("at: 1s, jump: {node: r2}"),
                 "s.yaml:3: event: unknown action 'jump', known are join, ");
    ExpectPrefix(EventError("at: -1s, snapshot: a"), "s.yaml:3: event: at '-1s' is negative, ");
    ExpectPrefix(EventError("at: 101s, snapshot: a"), "s.yaml:3: event: at 101s is after the end");
    ExpectPrefix(EventError("at: soon, snapshot: a"), "s.yaml:3: event: at 'soon' is not right");
    ExpectPrefix(EventError("at: 1s, join: {node: r2, group: 192.168.1.1}"),
                 "s.yaml:3: join: group 192.168.1.1 is not multicast, give one from 224.0.0.0");
    ExpectPrefix(EventError("at: 1s"), "s.yaml:3: event: no action, ");
    ExpectPrefix(EventError("at: 1s, snapshot: a, show: {node: r1, what: pim join}"),
                 "s.yaml:3: event: two actions, ");
    ExpectPrefix(EventError("snapshot: a"), "s.yaml:3: event: no 'at', ");
    ExpectPrefix(EventError("at: 1s, at: 2s, snapshot: a"), "s.yaml:3: event: key 'at' twice");
    ExpectPrefix(EventError("at: 1s, join: {node: r2}"), "s.yaml:3: join: no 'group', ");
    ExpectPrefix(EventError("at: 1s, join: {node: r2, group: 239.0.0.1, interface: eth7}"),
                 "s.yaml:3: join: r2 has no interface 'eth7', it has eth0");
    ExpectPrefix(EventError("at: 1s, show: {node: r2, what: pim everything}"),
                 "s.yaml:3: show: cannot show 'pim everything', known are ");
    ExpectPrefix(EventError("at: 1s, expect: {table: mfc, where: {nod: r2}}"),
                 "s.yaml:3: where: table mfc has no column 'nod', it has ");
    ExpectPrefix(EventError("at: 1s, expect: {table: mcf, rows: 1}"),
                 "s.yaml:3: expect: unknown table 'mcf', known are ");
    ExpectPrefix(EventError("at: 1s, link: {network: 99, state: down}"),
                 "s.yaml:3: link: unknown network '99'");
    ExpectPrefix(EventError("at: 1s, link: {between: [r1, r2], state: down}"),
                 "s.yaml:3: link: r1 and r2 share no network");
    ExpectPrefix(EventError("at: 1s, send: {node: r1, group: 239.0.0.1, rate: fast}"),
                 "s.yaml:3: send: rate 'fast' is not right");
    ExpectPrefix(EventError("at: 9s, send: {node: r1, group: 239.0.0.1, rate: 1kbps, until: 5s}"),
                 "s.yaml:3: send: until 5s is not after at 9s");
    ExpectPrefix(EventError("at: 1s, loss: {network: 11, rate: 2}"), "s.yaml:3: loss: rate '2'");
    ExpectPrefix(EventError("at: 1s, leave: {node: r2, group: 239.0.0.1}"),
                 "s.yaml:3: r2 has not joined 239.0.0.1 by then");
    ExpectPrefix(EventError("at: 1s, join: {node: r1, nodes: [r2], group: 239.0.0.1}"),
                 "s.yaml:3: join: node beside nodes, give one of them");
    ExpectPrefix(EventError("at: 1s, join: {nodes: [r2, r9], group: 239.0.0.1}"),
                 "s.yaml:3: join: unknown node 'r9'");
    ExpectPrefix(EventError("at: 1s, join: {nodes: [r2, r2], group: 239.0.0.1}"),
                 "s.yaml:3: join: node r2 twice, name each once");
    ExpectPrefix(EventError("at: 1s, join: {nodes: [], group: 239.0.0.1}"),
                 "s.yaml:3: join: nodes is no list");
    ExpectPrefix(EventError("at: 1s, join: {group: 239.0.0.1}"), "s.yaml:3: join: no 'node', give");
    ExpectPrefix(EventError("at: 1s, flood: {node: r2, device: vxlan42, kind: arp}"),
                 "s.yaml:3: r2 has no VXLAN device 'vxlan42' by then");
}

/** Two VXLAN events in lines 3 and 4. */
std::string
VxlanError(const std::string& first, const std::string& second)
{
    return Error("duration: 9\nevents:\n  - {at: 1s, vxlan: {" + first +
                 ", group: 239.0.0.1}}\n  - {at: 2s, vxlan: {" + second + ", group: 239.0.0.1}}\n");
}

TEST(ScenarioReader, ChecksVxlanDevicesAgainstEachOther)
{
    ExpectPrefix(VxlanError("nodes: [r1, r2], name: a, id: 42", "nodes: [r2], name: b, id: 42"),
                 "s.yaml:4: two devices with VNI 42 on r2, ");
    ExpectPrefix(VxlanError("nodes: [r1, r2], name: a, id: 42", "nodes: [r2], name: a, id: 43"),
                 "s.yaml:4: two devices called a on r2, ");
    ExpectPrefix(VxlanError("nodes: [r1], name: a, id: 42, addresses: [10.0.0.1/24]",
                            "nodes: [r2], name: a, id: 42, addresses: [10.0.0.1/24]"),
                 "s.yaml:4: address 10.0.0.1 twice, ");
    ExpectPrefix(
        VxlanError("nodes: [r1, r2], name: a, id: 42, addresses: [10.0.0.1/24, 10.0.0.1/24]",
                   "nodes: [r3], name: a, id: 42"),
        "s.yaml:3: address 10.0.0.1 twice, ");
    ExpectPrefix(VxlanError("nodes: [r1], name: a, id: 42, addresses: [192.168.2.9/24]",
                            "nodes: [r3], name: a, id: 42"),
                 "s.yaml:3: vxlan: 192.168.2.9 belongs to network 2 of the topology");
    ExpectPrefix(VxlanError("nodes: [r1], name: eth0, id: 42", "nodes: [r3], name: a, id: 42"),
                 "s.yaml:3: vxlan: r1 has an interface eth0");
    ExpectPrefix(VxlanError("nodes: [r1, r1], name: a, id: 42", "nodes: [r3], name: a, id: 42"),
                 "s.yaml:3: vxlan: node r1 twice");
    ExpectPrefix(VxlanError("nodes: [r1], name: a, id: 16777216", "nodes: [r3], name: a, id: 42"),
                 "s.yaml:3: vxlan: id '16777216' is not right, give a number from 0 to 16777215");
    ExpectPrefix(VxlanError("nodes: [r1, r2], name: a, id: 42, addresses: [10.0.0.1/24]",
                            "nodes: [r3], name: a, id: 42"),
                 "s.yaml:3: vxlan: 1 addresses for 2 nodes");
    EXPECT_EQ(VxlanError("nodes: [r1], name: a, id: 42, addresses: [10.0.0.1/24]",
                         "nodes: [r2], name: a, id: 43, addresses: [10.0.0.1/24]"),
              ""); // two tenants may use one address on different nodes
}

TEST(ScenarioReader, ChecksTheTopLevel)
{
    ExpectPrefix(Error("events: []\n"), "s.yaml:1: scenario: no 'duration'");
    ExpectPrefix(Error("duration: 0s\n"), "s.yaml:1: scenario: duration '0s' is not right");
    ExpectPrefix(Error("duration: 9s\nspeed: 3\n"), "s.yaml:2: scenario: unknown key 'speed'");
    ExpectPrefix(Error("duration: 9s\ntrees: oak\n"), "s.yaml:2: scenario: unknown trees 'oak'");
    ExpectPrefix(Error("duration: 9s\nevents: {at: 1s}\n"),
                 "s.yaml:2: scenario: events is no list");
    ExpectPrefix(Error(""), "s.yaml:1: scenario is no mapping");
    ExpectPrefix(Error("- a\n- b\n"), "s.yaml:1: scenario is no mapping");
    ExpectPrefix(Error("duration: 9s\nevents: [{at: 1s\n"), "s.yaml:");
    ExpectPrefix(Error("duration: 9s\nnodes:\n  x9: {}\n"), "s.yaml:3: nodes: unknown node 'x9'");
    ExpectPrefix(Error(std::string(100000, '[')), "s.yaml:1: ");
    ExpectPrefix(Error(std::string("\0\1\2\xff garbage", 12)), "s.yaml:1: ");
}

TEST(ScenarioReader, ChecksAttributes)
{
    const auto error = [](const std::string& setting) {
        return Error("duration: 9s\ndefaults:\n  " + setting + "\n");
    };
    ExpectPrefix(error("ns3::NoSuch::Thing: 1"), "s.yaml:3: defaults: no attribute 'ns3::NoSuch::");
    ExpectPrefix(error("ns3::ArpCache::NoSuch: 1"),
                 "s.yaml:3: defaults: no attribute 'NoSuch' in ns3::ArpCache, it has AliveTimeout");
    ExpectPrefix(error("AliveTimeout: 1"), "s.yaml:3: defaults: no attribute 'AliveTimeout'");
    for (const std::string value : {"soon", "10 apples", "1e", "''"})
    {
        ExpectPrefix(error("ns3::ArpCache::AliveTimeout: " + value), "s.yaml:3: defaults: ");
    }
    ExpectPrefix(error("ns3::ArpCache::PendingQueueSize: -3"), "s.yaml:3: defaults: '-3' is no");
    ExpectPrefix(error("ns3::ArpL3Protocol::RequestJitter: ns3::Nothing"), "s.yaml:3: defaults: ");
    ExpectPrefix(error("ns3::CsmaChannel::DataRate: fast"), "s.yaml:3: defaults: 'fast' is no");
    EXPECT_EQ(error("ns3::ArpL3Protocol::RequestJitter: ns3::ConstantRandomVariable[Constant=1]"),
              "");
    EXPECT_EQ(error("ns3::ArpCache::AliveTimeout: 10"), "");
}

TEST(ScenarioReader, NamesAFileThatCannotBeRead)
{
    try
    {
        ReadScenario("no/such.yaml", Lab());
        FAIL();
    }
    catch (const InputError& error)
    {
        ExpectPrefix(error.what(), "no/such.yaml:1: cannot be read (");
    }
    EXPECT_THROW(ReadScenario("/", Lab()), InputError);
}

TEST(ScenarioValues, ParsesTimesAndRates)
{
    EXPECT_EQ(ParseDuration("300s"), Seconds(300));
    EXPECT_EQ(ParseDuration("90"), Seconds(90));
    EXPECT_EQ(ParseDuration("1.5ms"), MicroSeconds(1500));
    EXPECT_EQ(ParseDuration("2min"), Seconds(120));
    EXPECT_EQ(ParseDuration("-5s"), Seconds(-5));
    for (const std::string bad : {"", "s", "5 s", "5x", "nan", "inf", "0x10", "1e9999s", "1e12d"})
    {
        EXPECT_FALSE(ParseDuration(bad)) << bad;
    }
    EXPECT_EQ(ParseRate("10kbps"), 10000u);
    EXPECT_EQ(ParseRate("20kB/s"), 160000u);
    EXPECT_EQ(ParseRate("5000"), 5000u);
    for (const std::string bad : {"", "kbps", "0bps", "-1kbps", "10 kbps", "10kbp"})
    {
        EXPECT_FALSE(ParseRate(bad)) << bad;
    }
}

/** What ns-3 aborts at is refused before, whatever class and attribute. */
TEST(ScenarioValues, NoTextOfAnAttributeAborts)
{
    const std::vector<std::string> texts = {"",
                                            "0",
                                            "-1",
                                            "1.5",
                                            "1e400",
                                            "x",
                                            "true",
                                            "perhaps",
                                            " 1",
                                            "1 ",
                                            "1x",
                                            "10kbps",
                                            "0bps",
                                            "3s",
                                            "-3s",
                                            "3p",
                                            "1.2.3.4",
                                            "1.2.3",
                                            "1.2.3.4/24",
                                            "::1",
                                            "00:00:00:00:00:01",
                                            "1:2:3",
                                            "ns3::Node",
                                            "ns3::NoSuchClass",
                                            "ns3::ConstantRandomVariable",
                                            "ns3::ConstantRandomVariable[Constant=1]",
                                            "ns3::ConstantRandomVariable[Constant=x]",
                                            "ns3::ConstantRandomVariable[Constant",
                                            "ns3::ConstantRandomVariable[NoSuch=1]",
                                            "[",
                                            "|",
                                            "1|2|3",
                                            "99999999999999999999"};
    std::size_t accepted = 0;
    std::size_t refused = 0;
    for (uint16_t i = 0; i < TypeId::GetRegisteredN(); ++i)
    {
        const TypeId tid = TypeId::GetRegistered(i);
        for (std::size_t j = 0; j < tid.GetAttributeN(); ++j)
        {
            const std::string name = tid.GetName() + "::" + tid.GetAttribute(j).name;
            const Ptr<const AttributeChecker> checker = tid.GetAttribute(j).checker;
            static std::map<std::string, int> seen; // a few of each kind of value are enough
            if (tid.GetName().rfind("ns3::", 0) != 0 || ++seen[checker->GetValueTypeName()] > 3)
            {
                continue;
            }
            for (const std::string& text : texts)
            {
                const std::string error = CheckAttribute(name, text);
                if (error.empty())
                {
                    ++accepted;
                    EXPECT_TRUE(Config::SetDefaultFailSafe(name, StringValue(text))) << name;
                }
                else
                {
                    ++refused;
                    EXPECT_EQ(error.find('\n'), std::string::npos) << error;
                }
            }
        }
    }
    Config::Reset();
    EXPECT_GT(accepted, 100u);
    EXPECT_GT(refused, 500u);
}

} // namespace
