// SPDX-License-Identifier: GPL-2.0-only
// The lab of nine machines, built on the helpers: what vxlan-lab does from files. Network N
// is 192.168.N.0/24 and a LAN of two. OSPF routes everywhere; E and C are multicast routers, C1-C3
// candidate BSRs and RPs; R1-R3 are VTEPs of VXLAN 42. R1 then talks to R2 through the overlay.
//
//   r1 --1-- e1 --11-- c1 --12-- e2 --2-- r2         c1 --102-- c2 --103-- c3 --101-- c1
//            e1 --21-- c3 --23-- e3 --3-- r3         e2 --22-- c2 --13-- e3
#include "ns3/command-line.h"
#include "ns3/csma-helper.h"
#include "ns3/igmp-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/names.h"
#include "ns3/node-container.h"
#include "ns3/ospf-helper.h"
#include "ns3/ospf-show.h"
#include "ns3/pim-show.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-helper.h"
#include "ns3/vxlan-show.h"

#include <iostream>
#include <sstream>
#include <string>

using namespace ns3;

namespace
{

/** Adds the device to the node, with name and address as in the topology. */
void
Attach(const TopologyGraph& lab, const TopologyAttachment& end, Ptr<NetDevice> device)
{
    const std::string& name = lab.nodes[end.node].name;
    Ptr<Ipv4> ipv4 = Names::Find<Node>(name)->GetObject<Ipv4>();
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(interface, Ipv4InterfaceAddress(Ipv4Address(end.address), Ipv4Mask("/24")));
    ipv4->SetUp(interface);
    Names::Add(name + "/" + end.interface, device);
}

/** Each network is a LAN of two. */
void
AddNetworks(const TopologyGraph& lab)
{
    for (const TopologyNetwork& network : lab.networks)
    {
        const TopologyAttachment& left = lab.attachments[network.attachments[0]];
        const TopologyAttachment& right = lab.attachments[network.attachments[1]];
        NodeContainer ends(lab.nodes[left.node].name);
        ends.Add(lab.nodes[right.node].name);
        NetDeviceContainer devices = CsmaHelper().Install(ends);
        Attach(lab, left, devices.Get(0));
        Attach(lab, right, devices.Get(1));
    }
}

/** C1, C2 and C3 offer themselves as BSR and RP on eth2. */
void
OfferAsRp(const std::string& name, uint8_t bsrPriority, uint8_t rpPriority)
{
    constexpr uint32_t eth2 = 3; // after lo
    Ptr<PimSmRouting> pim = PimSmHelper::Get(Names::Find<Node>(name));
    PimCandidateBsr bsr;
    bsr.interface = eth2;
    bsr.priority = bsrPriority;
    pim->SetCandidateBsr(bsr);
    PimCandidateRp rp;
    rp.interface = eth2;
    rp.priority = rpPriority;
    rp.ranges = {Ipv4Prefix("239.0.0.0", 8)};
    pim->SetCandidateRp(rp);
}

void
Print(const std::string& node, const std::string& command, const std::string& text)
{
    std::cout << "\n[" << Simulator::Now().As(Time::S) << "] " << node
              << (command.rfind("show", 0) == 0 ? "> " : "# ") << command << "\n"
              << text;
}

void
PrintTables()
{
    std::ostringstream neighbors;
    ShowOspfNeighbor(neighbors, Names::Find<Node>("c1"));
    Print("c1", "show ospf4 neighbor", neighbors.str());
    Print("e1", "show pim rps", ShowPimRps(Names::Find<Node>("e1")));
    Print("e1", "ip mroute", ShowIpMroute(Names::Find<Node>("e1")));
    Print("c3", "ip mroute", ShowIpMroute(Names::Find<Node>("c3")));
    Print("r1", "bridge fdb show", "");
    ShowBridgeFdb(std::cout, Names::Find<Node>("r1"));
}

void
Answered(Ptr<const Packet> packet)
{
    std::cout << "[" << Simulator::Now().As(Time::S) << "] r1 has " << packet->GetSize()
              << " bytes back from r2\n";
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string sptThreshold = "0";
    CommandLine cmd(__FILE__);
    cmd.Usage(
        "The lab of the article on the C++ helpers: OSPF, IGMP, PIM with BSR, VXLAN. R1 talks\n"
        "to R2 through the overlay; then some tables are printed.");
    cmd.AddValue("sptThreshold", "when last hops switch: infinity, 0, 20000B/10s, …", sptThreshold);
    cmd.Parse(argc, argv);

    NodeContainer vteps;
    NodeContainer routers;
    const TopologyGraph lab = LoadTopology("rec-lab");
    for (const TopologyNode& vertex : lab.nodes)
    {
        Ptr<Node> node = CreateObject<Node>();
        Names::Add(vertex.name, node);
        (vertex.kind == NodeKind::Vtep ? vteps : routers).Add(node);
    }

    // OSPF on all nine; IGMP hosts on the VTEPs, queriers on the routers, and PIM there.
    NodeContainer all(vteps, routers);
    InternetStackHelper stack;
    stack.SetIpv6StackInstall(false);
    stack.SetRoutingHelper(OspfHelper());
    stack.Install(all);
    IgmpHelper().Install(all);
    PimSmHelper pim;
    pim.Set("SptThreshold", StringValue(sptThreshold));
    pim.Install(routers);
    AddNetworks(lab);
    for (auto router = routers.Begin(); router != routers.End(); ++router)
    {
        for (uint32_t i = 1; i < (*router)->GetObject<Ipv4>()->GetNInterfaces(); ++i)
        {
            IgmpHelper::EnableQuerier(*router, i);
        }
    }
    OfferAsRp("c1", 1, 192);
    OfferAsRp("c2", 1, 192);
    OfferAsRp("c3", 10, 100);

    VxlanHelper vxlan(42);
    vxlan.SetGroup("239.0.0.42");
    vxlan.SetUnderlay("eth0");
    vxlan.Set("Ttl", UintegerValue(10));
    NetDeviceContainer overlay = vxlan.Install(vteps);
    Ipv4AddressHelper("192.168.99.0", "255.255.255.0").Assign(overlay);

    ApplicationContainer server = UdpEchoServerHelper(7).Install("r2");
    UdpEchoClientHelper echo(Ipv4Address("192.168.99.2"), 7);
    echo.SetAttribute("MaxPackets", UintegerValue(3));
    ApplicationContainer client = echo.Install("r1");
    client.Start(Seconds(150)); // OSPF and the BSR have settled
    client.Get(0)->TraceConnectWithoutContext("Rx", MakeCallback(&Answered));

    Simulator::Schedule(Seconds(160), &PrintTables);
    Simulator::Stop(Seconds(161));
    Simulator::Run();
    Simulator::Destroy();
}
