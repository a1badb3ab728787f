// SPDX-License-Identifier: GPL-2.0-only
// Two VTEPs on one LAN, VXLAN 42 over group 239.0.0.42, and an echo across it. What a tenant's host
// would see, and what the VTEPs have learned, is printed.
//
//   10.0.0.1 a ───────────── LAN ───────────── b 10.0.0.2
//   192.168.99.1 vxlan42                 vxlan42 192.168.99.2
#include "ns3/command-line.h"
#include "ns3/csma-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/names.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/vxlan-helper.h"
#include "ns3/vxlan-show.h"

#include <iostream>

using namespace ns3;

static void
Received(Ptr<const Packet> packet)
{
    std::cout << Simulator::Now().As(Time::S) << ": a has " << packet->GetSize()
              << " bytes back from b\n";
}

int
main(int argc, char* argv[])
{
    CommandLine cmd(__FILE__);
    cmd.Usage("Two VTEPs on one LAN: an echo through VXLAN 42, and what the VTEPs have learned.");
    cmd.Parse(argc, argv);

    // The underlay: plain ns-3.
    NodeContainer vteps(2);
    Names::Add("a", vteps.Get(0));
    Names::Add("b", vteps.Get(1));
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.Install(vteps);
    NetDeviceContainer lan = CsmaHelper().Install(vteps);
    Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(lan);
    for (uint32_t i = 0; i < 2; ++i)
    {
        Ipv4StaticRoutingHelper().SetDefaultMulticastRoute(vteps.Get(i), lan.Get(i));
    }

    // The overlay: a VXLAN device on each, found by multicast.
    VxlanHelper vxlan(42);
    vxlan.SetGroup("239.0.0.42");
    NetDeviceContainer overlay = vxlan.Install(vteps);
    Ipv4AddressHelper("192.168.99.0", "255.255.255.0").Assign(overlay);

    // Its ARP request goes to the group; the answer and the echo go from VTEP to VTEP.
    ApplicationContainer server = UdpEchoServerHelper(7).Install(vteps.Get(1));
    UdpEchoClientHelper echo(Ipv4Address("192.168.99.2"), 7);
    ApplicationContainer client = echo.Install(vteps.Get(0));
    client.Start(Seconds(1));
    client.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Received));

    Simulator::Stop(Seconds(10));
    Simulator::Run();
    for (uint32_t i = 0; i < 2; ++i)
    {
        std::cout << "\n" << Names::FindName(vteps.Get(i)) << "# bridge fdb show\n";
        ShowBridgeFdb(std::cout, vteps.Get(i));
    }
    Simulator::Destroy();
}
