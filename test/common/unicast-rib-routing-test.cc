// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/csma-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/unicast-rib-routing.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

class RibHelper : public Ipv4RoutingHelper
{
  public:
    RibHelper* Copy() const override
    {
        return new RibHelper(*this);
    }

    Ptr<Ipv4RoutingProtocol> Create(Ptr<Node>) const override
    {
        return CreateObject<StaticUnderlayRouting>();
    }
};

/** a -- b -- c, and b's table in the hand of the test. */
struct ThreeNodes
{
    ThreeNodes()
    {
        nodes.Create(3);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        Ipv4ListRoutingHelper list;
        list.Add(RibHelper(), 0);
        stack.SetRoutingHelper(list);
        stack.Install(nodes);
        Ipv4AddressHelper address;
        CsmaHelper csma;
        address.SetBase("10.0.1.0", "255.255.255.0");
        address.Assign(csma.Install(NodeContainer(nodes.Get(0), nodes.Get(1))));
        address.SetBase("10.0.2.0", "255.255.255.0");
        address.Assign(csma.Install(NodeContainer(nodes.Get(1), nodes.Get(2))));
    }

    ~ThreeNodes()
    {
        Simulator::Destroy();
    }

    StaticUnderlayRouting& Rib(uint32_t node)
    {
        return dynamic_cast<StaticUnderlayRouting&>(
            *FindUnicastRib(nodes.Get(node)->GetObject<Ipv4>()));
    }

    static UnicastRoute Route(const char* prefix, std::vector<UnicastNextHop> nextHops)
    {
        UnicastRoute route;
        route.prefix = Ipv4Prefix(Ipv4Address(prefix), 24);
        route.metric = 7;
        route.protocol = UnicastProtocol::STATIC;
        route.nextHops = std::move(nextHops);
        return route;
    }

    NodeContainer nodes;
};

} // namespace

TEST(UnicastRibRouting, LooksUpTheLongestMatchAndSortsNextHops)
{
    ThreeNodes lab;
    UnicastRoute wide = ThreeNodes::Route("10.9.0.0", {{1, "10.0.1.2"}});
    wide.prefix = Ipv4Prefix(Ipv4Address("10.9.0.0"), 16);
    lab.Rib(0).SetRoutes({wide, ThreeNodes::Route("10.9.3.0", {{1, "10.0.1.9"}, {1, "10.0.1.2"}})});
    const UnicastRoute* narrow = lab.Rib(0).Lookup("10.9.3.4");
    ASSERT_NE(narrow, nullptr);
    EXPECT_EQ(narrow->prefix.GetLength(), 24);
    EXPECT_EQ(narrow->nextHops.front().gateway, Ipv4Address("10.0.1.2"));
    EXPECT_EQ(lab.Rib(0).Lookup("10.9.4.4")->prefix.GetLength(), 16);
    EXPECT_EQ(lab.Rib(0).Lookup("11.0.0.1"), nullptr);
    EXPECT_TRUE(lab.Rib(0).Lookup("10.0.1.77")->IsConnected());
}

TEST(UnicastRibRouting, TellsOfChangesOnceAndOnlyOfChanges)
{
    ThreeNodes lab;
    int changes = 0;
    lab.Rib(0).AddChangeListener([&] { ++changes; });
    const std::vector<UnicastRoute> routes = {ThreeNodes::Route("10.0.2.0", {{1, "10.0.1.2"}})};
    lab.Rib(0).SetRoutes(routes);
    EXPECT_EQ(changes, 1);
    lab.Rib(0).SetRoutes(routes);
    EXPECT_EQ(changes, 1);
    lab.nodes.Get(0)->GetObject<Ipv4>()->SetDown(1);
    EXPECT_EQ(changes, 2);
    EXPECT_EQ(lab.Rib(0).Lookup("10.0.1.2"), nullptr);
    lab.nodes.Get(0)->GetObject<Ipv4>()->SetUp(1);
    EXPECT_NE(lab.Rib(0).Lookup("10.0.1.2"), nullptr);
}

TEST(UnicastRibRouting, ConnectedRoutesHideOthersToTheirPrefixWithoutNotice)
{
    ThreeNodes lab;
    int changes = 0;
    lab.Rib(0).AddChangeListener([&] { ++changes; });
    lab.Rib(0).SetRoutes({ThreeNodes::Route("10.0.1.0", {{1, "10.0.1.2"}})});
    EXPECT_EQ(changes, 0);
    EXPECT_TRUE(lab.Rib(0).Lookup("10.0.1.77")->IsConnected());
    lab.nodes.Get(0)->GetObject<Ipv4>()->SetDown(1);
    EXPECT_EQ(changes, 1);
    EXPECT_FALSE(lab.Rib(0).Lookup("10.0.1.77")->IsConnected());
}

TEST(UnicastRibRouting, ForwardsUnicastAndLetsASocketSendToAGroup)
{
    ThreeNodes lab;
    lab.Rib(0).SetRoutes({ThreeNodes::Route("10.0.2.0", {{1, "10.0.1.2"}})});
    lab.Rib(2).SetRoutes({ThreeNodes::Route("10.0.1.0", {{1, "10.0.2.1"}})});
    int unicast = 0;
    int group = 0;
    auto listen = [](Ptr<Node> node, int& count) {
        Ptr<Socket> socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
        socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), 99));
        socket->SetRecvCallback(Callback<void, Ptr<Socket>>([&count](Ptr<Socket> s) {
            while (s->Recv())
            {
                ++count;
            }
        }));
        return socket;
    };
    Ptr<Socket> far = listen(lab.nodes.Get(2), unicast);
    Ptr<Socket> near = listen(lab.nodes.Get(1), group);
    Ptr<Socket> sender = Socket::CreateSocket(lab.nodes.Get(0), UdpSocketFactory::GetTypeId());
    sender->Bind();
    auto send = [&sender](const char* to) {
        return sender->SendTo(Create<Packet>(10), 0, InetSocketAddress(to, 99));
    };
    Simulator::Schedule(Seconds(1), [&] {
        EXPECT_EQ(send("10.0.2.2"), 10);
        EXPECT_EQ(send("239.1.1.1"), 10);
        EXPECT_EQ(send("10.77.0.1"), -1);
    });
    Simulator::Stop(Seconds(2));
    Simulator::Run();
    EXPECT_EQ(unicast, 1);
    EXPECT_EQ(group, 1);
}

TEST(UnicastRibRouting, APreferredSourceIsForPacketsWithoutOne)
{
    ThreeNodes lab;
    lab.Rib(0).SetRoutes({ThreeNodes::Route("10.0.2.0", {{1, "10.0.1.2"}})});
    Ptr<Ipv4> ipv4 = lab.nodes.Get(0)->GetObject<Ipv4>();
    ipv4->AddAddress(1, Ipv4InterfaceAddress("10.255.0.1", "255.255.255.255"));
    const auto sourceOf = [&](const char* destination, const char* source = nullptr) {
        Ipv4Header header;
        header.SetDestination(destination);
        source != nullptr ? header.SetSource(source) : void();
        Socket::SocketErrno error;
        Ptr<Ipv4Route> route = lab.Rib(0).RouteOutput(nullptr, header, nullptr, error);
        return route ? route->GetSource() : Ipv4Address();
    };
    EXPECT_EQ(sourceOf("10.0.2.2"), Ipv4Address("10.0.1.1"));
    lab.Rib(0).SetPreferredSource("10.0.2.2", "10.255.0.1");
    EXPECT_EQ(sourceOf("10.0.2.2"), Ipv4Address("10.255.0.1"));
    EXPECT_EQ(sourceOf("10.0.2.2", "0.0.0.0"), Ipv4Address("10.255.0.1"));
    // One that is set stays, as in Linux; so do other destinations.
    EXPECT_EQ(sourceOf("10.0.2.2", "10.0.1.1"), Ipv4Address("10.0.1.1"));
    EXPECT_EQ(sourceOf("10.0.2.3"), Ipv4Address("10.0.1.1"));
    EXPECT_EQ(sourceOf("10.0.1.2"), Ipv4Address("10.0.1.1"));
    lab.Rib(0).SetPreferredSource("10.0.2.2", "10.0.1.1");
    EXPECT_EQ(sourceOf("10.0.2.2"), Ipv4Address("10.0.1.1"));
}

TEST(UnicastRibRouting, OwnAddressesAreReachedThroughTheLoopbackDevice)
{
    ThreeNodes lab;
    Ptr<Ipv4> ipv4 = lab.nodes.Get(1)->GetObject<Ipv4>();
    int received = 0;
    Ptr<Socket> listener = Socket::CreateSocket(lab.nodes.Get(1), UdpSocketFactory::GetTypeId());
    listener->Bind(InetSocketAddress(Ipv4Address::GetAny(), 99));
    listener->SetRecvCallback(Callback<void, Ptr<Socket>>([&received](Ptr<Socket> socket) {
        Address from;
        while (socket->RecvFrom(from))
        {
            ++received;
            EXPECT_EQ(InetSocketAddress::ConvertFrom(from).GetIpv4(), Ipv4Address("10.0.2.1"));
        }
    }));
    int onLinks = 0;
    for (uint32_t i = 1; i <= 2; ++i)
    {
        ipv4->GetNetDevice(i)->TraceConnectWithoutContext(
            "MacTx",
            Callback<void, Ptr<const Packet>>([&onLinks](Ptr<const Packet>) { ++onLinks; }));
    }
    Ptr<Socket> sender = Socket::CreateSocket(lab.nodes.Get(1), UdpSocketFactory::GetTypeId());
    sender->Bind();
    Simulator::Schedule(Seconds(1), [&] {
        EXPECT_EQ(sender->SendTo(Create<Packet>(10), 0, InetSocketAddress("10.0.2.1", 99)), 10);
    });
    // An interface that is down has no address.
    Simulator::Schedule(Seconds(2), [&] {
        ipv4->SetDown(2);
        EXPECT_EQ(sender->SendTo(Create<Packet>(10), 0, InetSocketAddress("10.0.2.1", 99)), -1);
    });
    Simulator::Stop(Seconds(3));
    Simulator::Run();
    EXPECT_EQ(received, 1);
    EXPECT_EQ(onLinks, 0);
}

} // namespace ns3
