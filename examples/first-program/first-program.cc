// SPDX-License-Identifier: GPL-2.0-only
// Two VTEPs on one LAN. A ping's worth of UDP crosses VXLAN 42, which finds its peers by multicast.
#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/csma-module.h"
#include "ns3/internet-module.h"
#include "ns3/vxlan-multicast-module.h"

#include <iostream>

using namespace ns3;

int
main()
{
    NodeContainer vteps(2);
    InternetStackHelper().Install(vteps);
    NetDeviceContainer lan = CsmaHelper().Install(vteps);
    Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(lan);
    for (uint32_t i = 0; i < vteps.GetN(); ++i)
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

    Simulator::Stop(Seconds(10));
    Simulator::Run();
    ShowBridgeFdb(std::cout, vteps.Get(0));
    Simulator::Destroy();
}
