// SPDX-License-Identifier: GPL-2.0-only
// A tenant moves from VTEP b to VTEP c and keeps its MAC and IP address. VTEP a learns where it is
// from frames alone, so nothing reaches it until it announces itself (a gratuitous ARP), as
// hypervisors do.
//
//   client - a ═══╤═══ b - tenant, until 5 s
//                 ╘═══ c - tenant, from 5 s on; it announces itself at 8.5 s
#include "ns3/bridge-helper.h"
#include "ns3/command-line.h"
#include "ns3/csma-helper.h"
#include "ns3/gratuitous-arp.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/mac48-address.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-helper.h"
#include "ns3/vxlan-show.h"

#include <iostream>

using namespace ns3;

static uint32_t g_answers = 0;

static void
Answered(Ptr<const Packet>)
{
    ++g_answers;
}

static void
GiveAddress(Ptr<Ipv4> ipv4)
{
    ipv4->AddAddress(1, Ipv4InterfaceAddress("192.168.99.2", "255.255.255.0"));
    ipv4->SetUp(1);
}

static void
TakeAddress(Ptr<Ipv4> ipv4)
{
    ipv4->RemoveAddress(1, 0);
    ipv4->SetDown(1);
}

static void
Print(Ptr<Node> vtep)
{
    std::cout << "\n[" << Simulator::Now().As(Time::S) << "] " << g_answers << " answers; "
              << Names::FindName(vtep) << "# bridge fdb show\n";
    ShowBridgeFdb(std::cout, vtep);
}

int
main(int argc, char* argv[])
{
    CommandLine cmd(__FILE__);
    cmd.Usage("A tenant moves to another VTEP: what the others learn, and when.");
    cmd.Parse(argc, argv);

    NodeContainer vteps(3);
    NodeContainer hosts(3); // client; the tenant here and there
    for (uint32_t i = 0; i < 3; ++i)
    {
        Names::Add(std::string(1, static_cast<char>('a' + i)), vteps.Get(i));
    }
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(NodeContainer(vteps, hosts));
    NetDeviceContainer lan = CsmaHelper().Install(vteps);
    Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(lan);
    VxlanHelper vxlan(42);
    vxlan.SetGroup("239.0.0.42");
    NetDeviceContainer ports; // of the hosts
    for (uint32_t i = 0; i < 3; ++i)
    {
        Ipv4StaticRoutingHelper().SetDefaultMulticastRoute(vteps.Get(i), lan.Get(i));
        NetDeviceContainer link = CsmaHelper().Install(NodeContainer(hosts.Get(i), vteps.Get(i)));
        NetDeviceContainer bridged(link.Get(1));
        bridged.Add(vxlan.Install(vteps.Get(i)));
        BridgeHelper().Install(vteps.Get(i), bridged);
        ports.Add(link.Get(0));
        ports.Get(i)->SetMtu(1450); // VXLAN takes 50 bytes
    }
    ports.Get(2)->SetAddress(ports.Get(1)->GetAddress());
    Ipv4AddressHelper("192.168.99.0", "255.255.255.0", "0.0.0.1").Assign(ports.Get(0));
    Ptr<Ipv4> here = hosts.Get(1)->GetObject<Ipv4>();
    Ptr<Ipv4> there = hosts.Get(2)->GetObject<Ipv4>();
    here->AddInterface(ports.Get(1));
    there->AddInterface(ports.Get(2));
    GiveAddress(here);

    UdpEchoServerHelper(7).Install(NodeContainer(hosts.Get(1), hosts.Get(2)));
    UdpEchoClientHelper echo(Ipv4Address("192.168.99.2"), 7);
    echo.SetAttribute("MaxPackets", UintegerValue(100));
    ApplicationContainer client = echo.Install(hosts.Get(0));
    client.Start(Seconds(1));
    client.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Answered));

    Simulator::Schedule(Seconds(4), &Print, vteps.Get(0));
    Simulator::Schedule(Seconds(5), &TakeAddress, here);
    Simulator::Schedule(Seconds(5), &GiveAddress, there);
    Simulator::Schedule(Seconds(8), &Print, vteps.Get(0)); // still b; no answers since
    Simulator::Schedule(
        Seconds(8.5), &SendGratuitousArp, ports.Get(2), Ipv4Address("192.168.99.2"));
    Simulator::Schedule(Seconds(12), &Print, vteps.Get(0));
    Simulator::Stop(Seconds(13));
    Simulator::Run();
    Simulator::Destroy();
}
