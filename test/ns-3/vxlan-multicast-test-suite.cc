// SPDX-License-Identifier: GPL-2.0-only
// What `./test.py -s vxlan-multicast` runs in an ns-3 tree: that the module works there, on its
// helpers and with a scenario. The project's own tests, of which run-suite-test.cc is one, are
// GoogleTest programs.
#include "ns3/csma-helper.h"
#include "ns3/igmp-helper.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/multicast-sink-helper.h"
#include "ns3/on-off-helper.h"
#include "ns3/ospf-helper.h"
#include "ns3/ospf-packet.h"
#include "ns3/packet-sink.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/scenario-reader.h"
#include "ns3/scenario-runner.h"
#include "ns3/simulator.h"
#include "ns3/test.h"
#include "ns3/topology-loader.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-helper.h"
#include "ns3/vxlan-show.h"

#include <sstream>
#include <stdexcept>
#include <vector>

using namespace ns3;

namespace
{

/** Two VTEPs find each other by multicast and learn. */
class OverlayTestCase : public TestCase
{
  public:
    OverlayTestCase()
        : TestCase("an echo crosses VXLAN 42, and the VTEPs learn")
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer vteps(2);
        InternetStackHelper().Install(vteps);
        NetDeviceContainer lan = CsmaHelper().Install(vteps);
        Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(lan);
        for (uint32_t i = 0; i < 2; ++i)
        {
            Ipv4StaticRoutingHelper().SetDefaultMulticastRoute(vteps.Get(i), lan.Get(i));
        }
        VxlanHelper vxlan(42);
        vxlan.SetGroup("239.0.0.42");
        Ipv4AddressHelper("192.168.99.0", "255.255.255.0").Assign(vxlan.Install(vteps));
        UdpEchoServerHelper(7).Install(vteps.Get(1));
        UdpEchoClientHelper echo(Ipv4Address("192.168.99.2"), 7);
        echo.SetAttribute("MaxPackets", UintegerValue(1));
        echo.Install(vteps.Get(0)).Start(Seconds(1));
        Simulator::Stop(Seconds(5));
        Simulator::Run();
        std::ostringstream table;
        ShowBridgeFdb(table, vteps.Get(0));
        Simulator::Destroy();
        NS_TEST_ASSERT_MSG_NE(
            table.str().find("dst 10.0.0.2"), std::string::npos, "not learned: " << table.str());
    }
};

/** Source, two routers, receiver: OSPF, IGMP and PIM with a static RP. */
class TreeTestCase : public TestCase
{
  public:
    TreeTestCase()
        : TestCase("a multicast stream crosses two routers")
    {
    }

  private:
    void DoRun() override
    {
        NodeContainer chain(4);
        NodeContainer routers(chain.Get(1), chain.Get(2));
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.SetRoutingHelper(OspfHelper());
        stack.Install(chain);
        Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
        for (uint32_t i = 0; i + 1 < chain.GetN(); ++i)
        {
            addresses.Assign(CsmaHelper().Install(NodeContainer(chain.Get(i), chain.Get(i + 1))));
            addresses.NewNetwork();
        }
        PimSmHelper().Install(routers);
        IgmpHelper().Install(NodeContainer(routers, chain.Get(3)));
        IgmpHelper::EnableQuerier(routers.Get(1), 2);
        PimSmHelper::SetStaticRp(routers, "239.0.0.0/8", Ipv4Address("10.0.1.1"));
        ApplicationContainer sink = MulticastSinkHelper("239.1.1.1", 9).Install(chain.Get(3));
        sink.Start(Seconds(60));
        OnOffHelper stream("ns3::UdpSocketFactory", InetSocketAddress("239.1.1.1", 9));
        stream.SetConstantRate(DataRate("8000bps"), 100);
        stream.Install(chain.Get(0)).Start(Seconds(65));
        Simulator::Stop(Seconds(75));
        Simulator::Run();
        const uint64_t received = DynamicCast<PacketSink>(sink.Get(0))->GetTotalRx();
        Simulator::Destroy();
        NS_TEST_ASSERT_MSG_GT(received, 90u * 100, "10 packets a second for 10 s were sent");
    }
};

/** Helpers refuse wrong values by an exception with a sentence. */
class RefusalTestCase : public TestCase
{
  public:
    RefusalTestCase()
        : TestCase("wrong values are refused")
    {
    }

  private:
    void DoRun() override
    {
        bool isRefused = false;
        try
        {
            VxlanHelper(42).SetGroup("10.0.0.1");
        }
        catch (const std::invalid_argument&)
        {
            isRefused = true;
        }
        NS_TEST_ASSERT_MSG_EQ(isRefused, true, "10.0.0.1 is no group");
    }
};

/** ns-3's Ipv4Mask ends the program for a mask with holes since 3.48; a packet must not. */
class MaskTestCase : public TestCase
{
  public:
    MaskTestCase()
        : TestCase("a mask with holes in a packet is no route, and no crash")
    {
    }

  private:
    void DoRun() override
    {
        OspfSummaryLsa lsa;
        const std::vector<uint8_t> body{255, 0, 255, 0, 0, 0, 0, 1};
        NS_TEST_ASSERT_MSG_EQ(OspfSummaryLsa::Decode(body, lsa), "", "it can be read");
        const auto prefix = Ipv4Prefix::FromMask(Ipv4Address("10.0.0.0"), lsa.mask.Get());
        NS_TEST_ASSERT_MSG_EQ(prefix.has_value(), false, "it is no prefix");
        NS_TEST_ASSERT_MSG_EQ((lsa.Encode() == body), true, "it is flooded as it came");
    }
};

/** A scenario as vxlan-lab runs it. */
class ScenarioTestCase : public TestCase
{
  public:
    ScenarioTestCase()
        : TestCase("a scenario on the lab of nine machines meets its expectations")
    {
    }

  private:
    void DoRun() override
    {
        const char* const text = R"(
duration: 110s
trees: spt
events:
  - {at: 60s, join: {node: r2, group: 239.0.0.10}}
  - {at: 92s, send: {node: r1, group: 239.0.0.10, interval: 1s, size: 100, ttl: 10, packets: 10, name: s}}
  - {at: 105s, expect: {table: mfc, where: {node: e1, source: 192.168.1.1}, equals: {outgoing_interfaces: eth1}}}
  - {at: 105s, expect: {table: deliveries, where: {flow: s}, equals: {lost: 0}}}
)";
        const TopologyGraph topology = LoadTopology("rec-lab");
        const Scenario scenario = ReadScenarioText(text, "scenario", topology);
        RunOptions options;
        options.output = CreateTempDirFilename("vxlan-lab");
        std::ostringstream printed;
        const std::size_t failures = ScenarioRunner(topology, scenario, options, printed).Run();
        NS_TEST_ASSERT_MSG_EQ(failures, 0u, printed.str());
    }
};

class VxlanMulticastTestSuite : public TestSuite
{
  public:
    VxlanMulticastTestSuite()
        : TestSuite("vxlan-multicast")
    {
        // Kind of suite and duration are left to their defaults, whose names differ among releases.
        AddTestCase(new OverlayTestCase);
        AddTestCase(new TreeTestCase);
        AddTestCase(new RefusalTestCase);
        AddTestCase(new MaskTestCase);
        AddTestCase(new ScenarioTestCase);
    }
};

const VxlanMulticastTestSuite g_vxlanMulticastTestSuite;

} // namespace
