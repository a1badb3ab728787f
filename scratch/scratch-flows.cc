// SPDX-License-Identifier: GPL-2.0-only
// scratch/ is for programs of your own: each .cc here becomes build/bin/NAME at the next build. This
// one counts what VXLAN adds to a stream, by FlowMonitor where ns-3 has it; start yours as a copy.
#include "ns3/applications-module.h"
#include "ns3/core-module.h"
#include "ns3/csma-module.h"
#include "ns3/internet-module.h"
#include "ns3/vxlan-multicast-module.h"

#if __has_include("ns3/flow-monitor-module.h")
#include "ns3/flow-monitor-module.h"
#define HAVE_FLOW_MONITOR
#endif

using namespace ns3;

int
main(int argc, char* argv[])
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

    PacketSinkHelper("ns3::UdpSocketFactory", InetSocketAddress(Ipv4Address::GetAny(), 9))
        .Install(vteps.Get(1));
    OnOffHelper stream("ns3::UdpSocketFactory", InetSocketAddress("192.168.99.2", 9));
    stream.SetConstantRate(DataRate("1Mbps"), 1000);
    stream.Install(vteps.Get(0)).Start(Seconds(1));

    Simulator::Stop(Seconds(11));
#ifdef HAVE_FLOW_MONITOR
    FlowMonitorHelper helper;
    Ptr<FlowMonitor> monitor = helper.InstallAll();
    Simulator::Run();
    auto classifier = DynamicCast<Ipv4FlowClassifier>(helper.GetClassifier());
    for (const auto& [id, flow] : monitor->GetFlowStats())
    {
        const Ipv4FlowClassifier::FiveTuple ends = classifier->FindFlow(id);
        std::cout << ends.sourceAddress << " to " << ends.destinationAddress << ": "
                  << flow.rxPackets << " packets, " << flow.rxBytes << " bytes\n";
    }
#else
    Simulator::Run();
    std::cout << "ns-3 was installed without flow-monitor\n";
#endif
    Simulator::Destroy();
}
