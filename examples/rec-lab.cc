// SPDX-License-Identifier: GPL-2.0-only
// The lab of nine machines, built by hand on the helpers: what vxlan-lab does from files. Network N
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
#include "ns3/udp-echo-helper.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-helper.h"
#include "ns3/vxlan-show.h"

#include <iostream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

struct Network
{
    int number;
    const char* left;
    const char* right;
};

/** In the order of each node's interfaces. */
const std::vector<Network> NETWORKS = {{1, "r1", "e1"},
                                       {2, "r2", "e2"},
                                       {3, "r3", "e3"},
                                       {11, "e1", "c1"},
                                       {12, "e2", "c1"},
                                       {13, "e3", "c2"},
                                       {21, "e1", "c3"},
                                       {22, "e2", "c2"},
                                       {23, "e3", "c3"},
                                       {101, "c1", "c3"},
                                       {102, "c1", "c2"},
                                       {103, "c2", "c3"}};

/** The host part of each node's addresses. */
const std::map<std::string, int> HOSTS = {{"r1", 1},
                                          {"r2", 2},
                                          {"r3", 3},
                                          {"e1", 11},
                                          {"e2", 22},
                                          {"e3", 33},
                                          {"c1", 111},
                                          {"c2", 122},
                                          {"c3", 133}};

/** Adds the device to the node as its next ethN, with its address. */
void
Attach(const std::string& name, Ptr<NetDevice> device, int network)
{
    Ptr<Ipv4> ipv4 = Names::Find<Node>(name)->GetObject<Ipv4>();
    const std::string prefix = "192.168." + std::to_string(network) + ".";
    const uint32_t interface = ipv4->AddInterface(device);
    ipv4->AddAddress(
        interface,
        Ipv4InterfaceAddress(Ipv4Address((prefix + std::to_string(HOSTS.at(name))).c_str()),
                             Ipv4Mask("/24")));
    ipv4->SetUp(interface);
    Names::Add(name + "/eth" + std::to_string(interface - 1), device);
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
    for (const auto& [name, host] : HOSTS)
    {
        Ptr<Node> node = CreateObject<Node>();
        Names::Add(name, node);
        (name[0] == 'r' ? vteps : routers).Add(node);
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
    for (const Network& network : NETWORKS)
    {
        NodeContainer ends(std::string(network.left));
        ends.Add(std::string(network.right));
        NetDeviceContainer devices = CsmaHelper().Install(ends);
        Attach(network.left, devices.Get(0), network.number);
        Attach(network.right, devices.Get(1), network.number);
    }
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
