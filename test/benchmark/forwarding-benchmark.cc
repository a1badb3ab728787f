// SPDX-License-Identifier: GPL-2.0-only
// CPU per forwarded copy, on a chain of routers and on one router with many outgoing interfaces,
// point-to-point and CSMA, no queue discs: the forwarding cache against ns-3's own static multicast
// routes; and once more on the links of model/link, which the lab builds its networks of. And the
// chain as a user gets it: the lab's network with all its protocols against what ns-3's helpers
// install, queue discs included. All run in turn, in one program; the ratio counts.
#include "ns3/boolean.h"
#include "ns3/cable-channel.h"
#include "ns3/cable-device.h"
#include "ns3/csma-helper.h"
#include "ns3/data-rate.h"
#include "ns3/global-value.h"
#include "ns3/igmp-protocol.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/lab-network.h"
#include "ns3/multicast-forwarder.h"
#include "ns3/names.h"
#include "ns3/ns3-compat.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator-clock.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/switched-lan-channel.h"
#include "ns3/switched-lan-device.h"
#include "ns3/topology-loader.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/udp-socket-factory.h"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <ctime>
#include <functional>
#include <limits>
#include <string>
#include <vector>

namespace ns3
{
namespace
{

constexpr uint16_t PORT = 9;
constexpr uint32_t STRIDE = 7919; //!< coprime to the numbers of groups: packets spread over all

/** Forwards by rows set by hand. */
class HandMadeMulticastRouting : public Ipv4RoutingProtocol, private MulticastUpcalls
{
  public:
    MulticastForwarder& GetForwarder()
    {
        return m_forwarder;
    }

    Ptr<Ipv4Route>
    RouteOutput(Ptr<Packet>, const Ipv4Header&, Ptr<NetDevice>, Socket::SocketErrno&) override
    {
        return nullptr;
    }

    bool RouteInput(Ptr<const Packet> packet,
                    const Ipv4Header& header,
                    Ptr<const NetDevice> idev,
                    RouteInputTypes::Ucb,
                    RouteInputTypes::Mcb mcb,
                    RouteInputTypes::Lcb,
                    RouteInputTypes::Ecb) override
    {
        if (!header.GetDestination().IsMulticast())
        {
            return false;
        }
        const uint32_t interface = m_ipv4->GetInterfaceForDevice(idev);
        const MulticastDecision decision = m_forwarder.Forward({header, packet, interface});
        if (decision.route)
        {
            mcb(decision.route, packet, header);
        }
        return true;
    }

    void NotifyInterfaceUp(uint32_t) override
    {
    }

    void NotifyInterfaceDown(uint32_t) override
    {
    }

    void NotifyAddAddress(uint32_t, Ipv4InterfaceAddress) override
    {
    }

    void NotifyRemoveAddress(uint32_t, Ipv4InterfaceAddress) override
    {
    }

    void SetIpv4(Ptr<Ipv4> ipv4) override
    {
        m_ipv4 = ipv4;
    }

    void PrintRoutingTable(Ptr<OutputStreamWrapper>, Time::Unit) const override
    {
    }

  private:
    Verdict NoEntry(const MulticastArrival&) override
    {
        return Verdict::DROP;
    }

    Verdict WrongInterface(const MulticastArrival&, const SourceGroup&) override
    {
        return Verdict::DROP;
    }

    void SourceSeen(const SourceGroup&, uint32_t) override
    {
    }

    void ThresholdCrossed(const SourceGroup&, uint32_t) override
    {
    }

    void Idle(const SourceGroup&) override
    {
    }

    void RegisterTunnel(const MulticastArrival&) override
    {
    }

    Ptr<Ipv4> m_ipv4;
    SimulatorClock m_clock;
    MulticastForwarder m_forwarder{m_clock, *this};
};

class HandMadeMulticastHelper : public Ipv4RoutingHelper
{
  public:
    HandMadeMulticastHelper* Copy() const override
    {
        return new HandMadeMulticastHelper(*this);
    }

    Ptr<Ipv4RoutingProtocol> Create(Ptr<Node> node) const override
    {
        Ptr<HandMadeMulticastRouting> routing = CreateObject<HandMadeMulticastRouting>();
        node->AggregateObject(routing);
        return routing;
    }
};

Ipv4Address
Group(uint32_t n)
{
    return Ipv4Address(Ipv4Address("239.1.0.0").Get() + 1 + n);
}

/** A network: a source, routers in a row, and sinks behind the last of them. */
struct Shape
{
    uint32_t routers;
    uint32_t sinks;
    uint32_t packets;
    bool csma;
};

constexpr Shape CHAIN{8, 1, 4000, false};
constexpr Shape CSMA_CHAIN{8, 1, 4000, true};
constexpr Shape STAR{1, 30, 1000, false};
constexpr Shape CSMA_STAR{1, 30, 1000, true};

/** \returns how many copies routers make of \p packets. */
uint64_t
CountCopies(const Shape& shape)
{
    return uint64_t(shape.packets) * (shape.routers - 1 + shape.sinks);
}

/** What forwards, and on what. */
enum class Kind
{
    STOCK,     //!< ns-3's static multicast routes
    FORWARDER, //!< the forwarding cache
    OWN_LINKS  //!< the same, on model/link
};

/** \returns two devices of model/link; a LAN's data rate is the channel's. */
template <typename Device, typename LinkChannel>
NetDeviceContainer
ConnectOwn(const NodeContainer& ends, Ptr<LinkChannel> channel)
{
    channel->SetAttribute("Delay", StringValue("10us"));
    NetDeviceContainer devices;
    for (uint32_t i = 0; i < ends.GetN(); ++i)
    {
        Ptr<Device> device = CreateObject<Device>();
        device->SetAddress(Mac48Address::Allocate());
        device->SetAttributeFailSafe("DataRate", StringValue("10Gbps"));
        device->Attach(channel);
        ends.Get(i)->AddDevice(device);
        devices.Add(device);
    }
    return devices;
}

NetDeviceContainer
Connect(const NodeContainer& ends, bool csma, Kind kind)
{
    if (kind == Kind::OWN_LINKS && csma)
    {
        Ptr<SwitchedLanChannel> lan = CreateObject<SwitchedLanChannel>();
        lan->SetAttribute("DataRate", StringValue("10Gbps"));
        return ConnectOwn<SwitchedLanDevice>(ends, lan);
    }
    if (kind == Kind::OWN_LINKS)
    {
        return ConnectOwn<CableDevice>(ends, CreateObject<CableChannel>());
    }
    if (csma)
    {
        CsmaHelper lan;
        lan.SetChannelAttribute("DataRate", StringValue("10Gbps"));
        lan.SetChannelAttribute("Delay", StringValue("10us"));
        return lan.Install(ends);
    }
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("10Gbps"));
    link.SetChannelAttribute("Delay", StringValue("10us"));
    return link.Install(ends);
}

/** Links \p nodes: interface 1 of a router is towards the source, the others lead away from it. */
void
Link(const NodeContainer& nodes, const Shape& shape, Kind kind, bool queueDiscs)
{
    Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
    for (uint32_t i = 1; i < nodes.GetN(); ++i)
    {
        const uint32_t before = std::min(i - 1, shape.routers);
        const NetDeviceContainer devices =
            Connect({nodes.Get(before), nodes.Get(i)}, shape.csma, kind);
        addresses.Assign(devices);
        addresses.NewNetwork();
        if (!queueDiscs && kind != Kind::OWN_LINKS) // which have none
        {
            TrafficControlHelper().Uninstall(devices);
        }
    }
}

NodeContainer
BuildNetwork(const Shape& shape, Kind kind)
{
    NodeContainer nodes(1 + shape.routers + shape.sinks);
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    Ipv4ListRoutingHelper list;
    list.Add(Ipv4StaticRoutingHelper(), 0);
    if (kind != Kind::STOCK)
    {
        list.Add(HandMadeMulticastHelper(), 10);
    }
    internet.SetRoutingHelper(list);
    internet.Install(nodes);
    Link(nodes, shape, kind, false);
    return nodes;
}

void
InstallRoutes(const NodeContainer& nodes, const Shape& shape, Kind kind, uint32_t groups)
{
    const Ipv4Address source("10.0.0.1");
    Ipv4StaticRoutingHelper helper;
    helper.GetStaticRouting(nodes.Get(0)->GetObject<Ipv4>())->SetDefaultMulticastRoute(1);
    for (uint32_t i = 1; i <= shape.routers; ++i)
    {
        const uint32_t last = i < shape.routers ? 2 : 1 + shape.sinks;
        MulticastEntrySpec spec;
        spec.incoming = 1;
        std::vector<uint32_t> outgoing;
        for (uint32_t interface = 2; interface <= last; ++interface)
        {
            spec.outgoing.Add(interface);
            outgoing.push_back(interface);
        }
        const Ptr<Ipv4StaticRouting> routes =
            helper.GetStaticRouting(nodes.Get(i)->GetObject<Ipv4>());
        for (uint32_t n = 0; n < groups; ++n)
        {
            if (kind != Kind::STOCK)
            {
                nodes.Get(i)->GetObject<HandMadeMulticastRouting>()->GetForwarder().Set(
                    SourceGroup(source, Group(n)), spec);
            }
            else
            {
                routes->AddMulticastRoute(source, Group(n), 1, outgoing);
            }
        }
    }
}

/** Counts what arrives at \p node. */
void
Receive(Ptr<Node> node, uint64_t& received)
{
    Ptr<Socket> sink = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    sink->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
    sink->SetRecvCallback([&received](Ptr<Socket> socket) {
        while (socket->Recv())
        {
            ++received;
        }
    });
}

/** Sends \p packets to one group after another, 50,000 a second: CSMA is busy while they travel. */
void
Send(Ptr<Node> node, uint32_t packets, uint32_t groups, Time start)
{
    Ptr<Socket> socket = Socket::CreateSocket(node, UdpSocketFactory::GetTypeId());
    socket->SetAttribute("IpMulticastTtl", StringValue("64"));
    socket->BindToNetDevice(node->GetObject<Ipv4>()->GetNetDevice(1));
    for (uint32_t n = 0; n < packets; ++n)
    {
        Simulator::Schedule(start + MicroSeconds(20 * n), [socket, n, groups] {
            const Ipv4Address group = Group(n * STRIDE % groups);
            socket->SendTo(Create<Packet>(1000), 0, InetSocketAddress(group, PORT));
        });
    }
}

/** \returns CPU seconds from \p begin, of simulated time, to the end. */
double
Run(Time begin)
{
    std::clock_t start = std::clock();
    Simulator::Schedule(begin, [&start] { start = std::clock(); });
    Simulator::Run();
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    Simulator::Destroy();
    return seconds;
}

/** \returns CPU seconds per forwarded copy; NaN if a packet was lost. */
double
RunRoutes(const Shape& shape, Kind kind, uint32_t groups)
{
    const NodeContainer nodes = BuildNetwork(shape, kind);
    InstallRoutes(nodes, shape, kind, groups);
    uint64_t received = 0;
    for (uint32_t sink = 0; sink < shape.sinks; ++sink)
    {
        Receive(nodes.Get(1 + shape.routers + sink), received);
    }
    Send(nodes.Get(0), shape.packets, groups, Time(0));
    const double seconds = Run(Time(0));
    return received == uint64_t(shape.packets) * shape.sinks
               ? seconds / static_cast<double>(CountCopies(shape))
               : std::numeric_limits<double>::quiet_NaN();
}

/** The chain as ns-3's helpers make it: every protocol, and queue discs. */
double
RunHelpers(uint32_t groups)
{
    NodeContainer nodes(2 + CHAIN.routers);
    InternetStackHelper().Install(nodes);
    Link(nodes, CHAIN, Kind::STOCK, true);
    InstallRoutes(nodes, CHAIN, Kind::STOCK, groups);
    uint64_t received = 0;
    Receive(nodes.Get(1 + CHAIN.routers), received);
    Send(nodes.Get(0), CHAIN.packets, groups, Seconds(1));
    const double seconds = Run(Seconds(1));
    return received == CHAIN.packets ? seconds / static_cast<double>(CountCopies(CHAIN))
                                     : std::numeric_limits<double>::quiet_NaN();
}

/** The chain in the lab: PIM, IGMP, a static underlay. Four rounds set up the sources' trees. */
double
RunLab(uint32_t groups)
{
    SetLabDefaults();
    const TopologyGraph graph = LoadTopology("chain:n=" + std::to_string(CHAIN.routers));
    LabSettings settings;
    settings.staticUnderlay = true;
    LabNetwork network(graph, settings);
    std::vector<const LabNode*> hosts;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        if (graph.nodes[i].kind == NodeKind::Vtep)
        {
            hosts.push_back(&network.GetNodes()[i]);
        }
    }
    uint64_t received = 0;
    Receive(hosts.back()->node, received);
    Simulator::Schedule(Seconds(40), [&] {
        for (uint32_t n = 0; n < groups; ++n)
        {
            hosts.back()->igmp->Join(1, Group(n));
        }
    });
    for (uint32_t round = 0; round < 4; ++round)
    {
        Send(hosts.front()->node, groups, groups, Seconds(60 + 5 * round));
    }
    Simulator::Schedule(Seconds(79), [&received] { received = 0; });
    Send(hosts.front()->node, CHAIN.packets, groups, Seconds(80));
    Simulator::Stop(Seconds(81));
    const double seconds = Run(Seconds(80));
    Names::Clear();
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(false));
    return received == CHAIN.packets ? seconds / static_cast<double>(CountCopies(CHAIN))
                                     : std::numeric_limits<double>::quiet_NaN();
}

/** What is compared: a name, and what gives the CPU seconds of a copy. */
struct Candidate
{
    const char* name;
    std::function<double()> run;
};

/** Runs all by turns, and keeps the best of each. Ratios are to the first one. */
void
Compare(benchmark::State& state, const std::vector<Candidate>& candidates)
{
    std::vector<double> best(candidates.size(), 1);
    for (auto _ : state)
    {
        for (std::size_t i = 0; i < candidates.size(); ++i)
        {
            const double seconds = candidates[i].run();
            if (!(seconds > 0))
            {
                state.SkipWithError("packets were lost");
                return;
            }
            best[i] = std::min(best[i], seconds);
            state.SetIterationTime(seconds);
        }
    }
    for (std::size_t i = 0; i < candidates.size(); ++i)
    {
        state.counters[std::string(candidates[i].name) + "_ns_per_copy"] = best[i] * 1e9;
        state.counters[std::string(candidates[i].name) + "_ratio"] = best[i] / best[0];
    }
}

void
ForwardedCopy(benchmark::State& state, const Shape& shape)
{
    const auto groups = static_cast<uint32_t>(state.range(0));
    const auto run = [&shape, groups](Kind kind) {
        return [&shape, groups, kind] { return RunRoutes(shape, kind, groups); };
    };
    Compare(state,
            {{"stock", run(Kind::STOCK)},
             {"ours", run(Kind::FORWARDER)},
             {"own_links", run(Kind::OWN_LINKS)}});
}

void
AsUserGetsIt(benchmark::State& state)
{
    const auto groups = static_cast<uint32_t>(state.range(0));
    Compare(state, {{"stock", [groups] { return RunHelpers(groups); }}, {"ours", [groups] {
                                                                             return RunLab(groups);
                                                                         }}});
}

void
SetSizes(benchmark::internal::Benchmark* row)
{
    row->Arg(1)->Arg(100)->Arg(1000)->Arg(10000)->UseManualTime()->Iterations(5);
}

BENCHMARK_CAPTURE(ForwardedCopy, chain, CHAIN)->Apply(SetSizes);
BENCHMARK_CAPTURE(ForwardedCopy, csma_chain, CSMA_CHAIN)->Apply(SetSizes);
BENCHMARK_CAPTURE(ForwardedCopy, star, STAR)->Apply(SetSizes);
BENCHMARK_CAPTURE(ForwardedCopy, csma_star, CSMA_STAR)->Apply(SetSizes);
BENCHMARK(AsUserGetsIt)->Arg(1000)->UseManualTime()->Iterations(5);

} // namespace
} // namespace ns3

BENCHMARK_MAIN();
