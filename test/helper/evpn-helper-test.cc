// SPDX-License-Identifier: GPL-2.0-only
// A session that FRR has recorded, fed into a speaker: its tables print as FRR's did, letter by
// letter. EvpnHelper's sessions, and the other show commands.
#include "support/frr-session.h"

#include "ns3/arp-header.h"
#include "ns3/boolean.h"
#include "ns3/csma-helper.h"
#include "ns3/evpn-helper.h"
#include "ns3/evpn-rows.h"
#include "ns3/evpn-show.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/tcp-socket-factory.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-endpoint.h"
#include "ns3/vxlan-helper.h"
#include "ns3/vxlan-show.h"

#include <gtest/gtest.h>

#include <functional>
#include <sstream>
#include <vector>

using namespace ns3;

namespace
{

/** Nodes on one LAN of 192.168.0.0/16. */
class EvpnHelperTest : public testing::Test
{
  protected:
    ~EvpnHelperTest() override
    {
        Simulator::Destroy();
        Names::Clear();
    }

    Ptr<Node> AddNode(const std::string& name, const char* address)
    {
        Ptr<Node> node = CreateObject<Node>();
        InternetStackHelper internet;
        internet.SetIpv6StackInstall(false);
        internet.Install(node);
        Ptr<NetDevice> device =
            m_lan ? CsmaHelper().Install(node, m_lan).Get(0) : CsmaHelper().Install(node).Get(0);
        m_lan = DynamicCast<CsmaChannel>(device->GetChannel());
        Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(device);
        ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, "255.255.0.0"));
        ipv4->SetUp(interface);
        Names::Add(name, node);
        Names::Add(name + "/eth0", device);
        return node;
    }

    Ptr<VxlanNetDevice> AddVxlan(Ptr<Node> node)
    {
        VxlanHelper vxlan(42);
        vxlan.SetControlPlane(EvpnHelper::MakeControlPlane());
        return vxlan.Install(node);
    }

    /** A tenant's gratuitous ARP on the device's side. */
    static void Announce(Ptr<VxlanNetDevice> device, Mac48Address mac, Ipv4Address ip)
    {
        ArpHeader arp;
        arp.SetRequest(mac, ip, Mac48Address("00:00:00:00:00:00"), ip);
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(arp);
        device->SendFrom(packet, mac, Mac48Address::GetBroadcast(), 0x0806);
    }

    void RunFor(double seconds)
    {
        Simulator::Stop(Seconds(seconds));
        Simulator::Run();
    }

    static std::string Show(const std::function<void(std::ostream&)>& show)
    {
        std::ostringstream os;
        show(os);
        return os.str();
    }

    static std::string ShowEvpn(Ptr<Node> node)
    {
        return Show([&](std::ostream& os) { ShowBgpEvpn(os, node); });
    }

    Ptr<CsmaChannel> m_lan;
};

/** c3 of the reference lab: it accepts one connection and says what it is told to. */
class Recorded
{
  public:
    explicit Recorded(Ptr<Node> node)
        : m_listening(Socket::CreateSocket(node, TcpSocketFactory::GetTypeId()))
    {
        m_listening->Bind(InetSocketAddress(Ipv4Address::GetAny(), 179));
        m_listening->Listen();
        m_listening->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                       MakeCallback(&Recorded::Accept, this));
    }

    void Say(const std::string& hex)
    {
        std::vector<uint8_t> bytes;
        for (std::size_t i = 0; i < hex.size(); i += 2)
        {
            bytes.push_back(static_cast<uint8_t>(std::stoul(hex.substr(i, 2), nullptr, 16)));
        }
        ASSERT_TRUE(m_socket);
        m_socket->Send(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())));
    }

  private:
    void Accept(Ptr<Socket> socket, const Address&)
    {
        m_socket = socket;
    }

    Ptr<Socket> m_listening;
    Ptr<Socket> m_socket;
};

TEST_F(EvpnHelperTest, ARecordedFrrSessionGivesTheSameTables)
{
    Ptr<Node> r1 = AddNode("r1", "192.168.1.1");
    Recorded c3(AddNode("c3", "192.168.101.133"));
    EvpnHelper().Install(r1)->AddPeer({Ipv4Address("192.168.101.133")});
    Ptr<VxlanNetDevice> device = AddVxlan(r1);
    RunFor(1);
    c3.Say(frr::ReadMessages("cold"));
    RunFor(1);
    EXPECT_EQ(ShowEvpn(r1), frr::ReadTable("cold"));
    Announce(device, Mac48Address("02:00:01:00:00:2a"), Ipv4Address("192.168.99.1"));
    c3.Say(frr::ReadMessages("boot"));
    RunFor(1);
    EXPECT_EQ(ShowEvpn(r1), frr::ReadTable("boot"));
    const auto fdb = [&] { return Show([&](std::ostream& os) { ShowBridgeFdb(os, r1); }); };
    EXPECT_NE(fdb().find("02:00:02:00:00:2a dev vxlan42 dst 192.168.2.2"), std::string::npos)
        << fdb();
    c3.Say(frr::ReadMessages("three-moves"));
    RunFor(1);
    EXPECT_EQ(ShowEvpn(r1), frr::ReadTable("three-moves"));
    EXPECT_NE(fdb().find("02:00:02:00:00:2a dev vxlan42 dst 192.168.3.3"), std::string::npos)
        << fdb();
    c3.Say(frr::ReadMessages("last-move"));
    RunFor(1);
    EXPECT_EQ(ShowEvpn(r1), frr::ReadTable("last-move"));
    c3.Say(frr::ReadMessages("kill"));
    RunFor(1);
    EXPECT_EQ(ShowEvpn(r1), frr::ReadTable("kill"));
    EXPECT_EQ(device->GetFdb().GetDefaults(), std::vector<Ipv4Address>{Ipv4Address("192.168.3.3")});
    c3.Say(frr::ReadMessages("restart"));
    RunFor(1);
    EXPECT_EQ(ShowEvpn(r1), frr::ReadTable("boot"));
    // Its own routes, which FRR sends back.
    EXPECT_EQ(EvpnHelper::Get(r1)->GetDrops(),
              (std::map<std::string, uint64_t>{{"originator", 3}}));
}

/** What r2 holds of r1's routes and its own, and what c3 has exchanged with r1. */
void
CheckRows(Ptr<Node> r2, Ptr<Node> c3)
{
    std::ostringstream os;
    for (const EvpnRouteRow& row : GetEvpnRouteRows(r2))
    {
        os << int(row.type) << " " << row.rd << " ";
        row.mac ? os << *row.mac : os << "-";
        os << " ";
        row.ip ? os << *row.ip : os << "-";
        os << " " << row.nextHop << " " << row.label << " " << row.sequence << " ";
        row.from ? os << *row.from : os << "-";
        os << " " << row.isBest << "\n";
    }
    EXPECT_EQ(os.str(),
              "2 192.168.1.1:2 02:00:01:00:00:2a - 192.168.1.1 42 0 192.168.101.133 1\n"
              "2 192.168.1.1:2 02:00:01:00:00:2a 192.168.99.1 192.168.1.1 42 0 192.168.101.133 1\n"
              "3 192.168.1.1:2 - 192.168.1.1 192.168.1.1 42 0 192.168.101.133 1\n"
              "3 192.168.2.2:2 - 192.168.2.2 192.168.2.2 42 0 - 1\n");
    const std::vector<EvpnNeighborRow> neighbors = GetEvpnNeighborRows(r2);
    ASSERT_EQ(neighbors.size(), 1u);
    EXPECT_EQ(neighbors[0].vni, 42u);
    EXPECT_EQ(neighbors[0].ip, Ipv4Address("192.168.99.1"));
    EXPECT_EQ(neighbors[0].vtep, Ipv4Address("192.168.1.1"));
    os.str("");
    for (const auto& [key, count] : EvpnHelper::Get(c3)->GetMessageCounts())
    {
        const auto& [peer, protocol, isSent, message] = key;
        os << peer << " " << protocol << (isSent ? " sent " : " received ") << message << " "
           << count.messages << " " << count.bytes << "\n";
    }
    EXPECT_EQ(os.str(),
              "192.168.1.1 bgp received keepalive 1 19\n192.168.1.1 bgp received open 1 45\n"
              "192.168.1.1 bgp received update 3 274\n192.168.1.1 bgp sent keepalive 1 19\n"
              "192.168.1.1 bgp sent open 1 45\n192.168.1.1 bgp sent update 2 144\n"
              "192.168.2.2 bgp received keepalive 1 19\n192.168.2.2 bgp received open 1 45\n"
              "192.168.2.2 bgp received update 2 130\n192.168.2.2 bgp sent keepalive 1 19\n"
              "192.168.2.2 bgp sent open 1 45\n192.168.2.2 bgp sent update 3 302\n");
}

TEST_F(EvpnHelperTest, ReflectorAndClients)
{
    NodeContainer vteps;
    vteps.Add(AddNode("r1", "192.168.1.1"));
    vteps.Add(AddNode("r2", "192.168.2.2"));
    Ptr<Node> c3 = AddNode("c3", "192.168.101.133");
    EvpnHelper evpn;
    evpn.Set("As", UintegerValue(65001));
    evpn.Install(vteps, NodeContainer(c3));
    Ptr<VxlanNetDevice> device = AddVxlan(vteps.Get(0));
    AddVxlan(vteps.Get(1));
    RunFor(1);
    Announce(device, Mac48Address("02:00:01:00:00:2a"), Ipv4Address("192.168.99.1"));
    RunFor(19);
    EXPECT_EQ(Show([&](std::ostream& os) { ShowBgpSummary(os, c3); }), R"(
L2VPN EVPN Summary (VRF default):
BGP router identifier 192.168.101.133, local AS number 65001 vrf-id 0
BGP table version 0
RIB entries 4
Peers 2

Neighbor        V         AS   MsgRcvd   MsgSent   TblVer  InQ OutQ  Up/Down State/PfxRcd   PfxSnt Desc
192.168.1.1     4      65001         5         4        0    0    0 00:00:19            3        1 N/A
192.168.2.2     4      65001         4         5        0    0    0 00:00:19            1        3 N/A

Total number of neighbors 2
)");
    CheckRows(vteps.Get(1), c3);
    EXPECT_EQ(Show([&](std::ostream& os) { ShowEvpnMac(os, vteps.Get(1), 42); }),
              R"(Number of MACs (local and remote) known for this VNI: 1
Flags: N=sync-neighs, I=local-inactive, P=peer-active, X=peer-proxy
MAC               Type   Flags Intf/Remote ES/VTEP            VLAN  Seq #'s
02:00:01:00:00:2a remote       192.168.1.1                          0/0
)");
    EXPECT_EQ(Show([&](std::ostream& os) { ShowEvpnArpCache(os, vteps.Get(1), 42); }),
              R"(Number of ARPs (local and remote) known for this VNI: 1
Flags: I=local-inactive, P=peer-active, X=peer-proxy
Neighbor        Type   Flags State    MAC               Remote ES/VTEP                 Seq #'s
192.168.99.1    remote       active   02:00:01:00:00:2a 192.168.1.1                    0/0
)");
    EXPECT_EQ(Show([&](std::ostream& os) { ShowEvpnArpCache(os, vteps.Get(0), 42); }),
              R"(Number of ARPs (local and remote) known for this VNI: 1
Flags: I=local-inactive, P=peer-active, X=peer-proxy
Neighbor        Type   Flags State    MAC               Remote ES/VTEP                 Seq #'s
192.168.99.1    local        active   02:00:01:00:00:2a                                0/0
)");
    EXPECT_EQ(Show([&](std::ostream& os) { ShowEvpnMac(os, vteps.Get(0), 43); }),
              "% VNI 43 does not exist\n");
}

TEST_F(EvpnHelperTest, FullMesh)
{
    NodeContainer vteps;
    vteps.Add(AddNode("r1", "192.168.1.1"));
    vteps.Add(AddNode("r2", "192.168.2.2"));
    vteps.Add(AddNode("r3", "192.168.3.3"));
    EvpnHelper().Install(vteps);
    for (uint32_t i = 0; i < 3; ++i)
    {
        AddVxlan(vteps.Get(i));
    }
    RunFor(10);
    for (uint32_t i = 0; i < 3; ++i)
    {
        Ptr<EvpnProtocol> speaker = EvpnHelper::Get(vteps.Get(i));
        EXPECT_EQ(speaker->GetInstance().GetRib().GetSize(), 3u);
        for (const auto& [address, peer] : speaker->GetInstance().GetPeers())
        {
            EXPECT_TRUE(peer->IsEstablished());
            EXPECT_EQ(peer->GetSessions(), 1u);
        }
    }
}

// Objects that are asked for most are disposed of first: the endpoint may go before its devices.
TEST_F(EvpnHelperTest, ANodeMayGoWithItsEndpointFirst)
{
    NodeContainer vteps;
    vteps.Add(AddNode("r1", "192.168.1.1"));
    vteps.Add(AddNode("r2", "192.168.2.2"));
    EvpnHelper().Install(vteps);
    std::vector<Ptr<VxlanNetDevice>> devices;
    for (uint32_t i = 0; i < 2; ++i)
    {
        for (const bool isSourceSpecific : {false, true})
        {
            ObjectFactory control = EvpnHelper::MakeControlPlane();
            control.Set("Group", Ipv4AddressValue(isSourceSpecific ? "232.0.0.1" : "239.0.0.1"));
            control.Set("SourceSpecific", BooleanValue(isSourceSpecific));
            VxlanHelper vxlan(isSourceSpecific ? 43 : 42);
            vxlan.SetControlPlane(control);
            devices.push_back(vxlan.Install(vteps.Get(i)));
        }
    }
    RunFor(10);
    for (int i = 0; i < 100000; ++i)
    {
        vteps.Get(0)->GetObject<VxlanEndpoint>();
    }
    ASSERT_TRUE(devices.front()->IsStarted());
    Simulator::Destroy();
    EXPECT_FALSE(devices.front()->IsStarted());
}

TEST_F(EvpnHelperTest, WithoutASpeaker)
{
    Ptr<Node> r1 = AddNode("r1", "192.168.1.1");
    EXPECT_EQ(ShowEvpn(r1), "BGP is not running on r1\n");
    EvpnHelper().Install(r1);
    RunFor(1);
    EXPECT_EQ(ShowEvpn(r1), "No EVPN prefixes exist\n");
}

} // namespace
