// SPDX-License-Identifier: GPL-2.0-only
// CPU per forwarded copy on a chain of routers, point-to-point, no queue discs: the forwarding
// cache against ns-3's own static multicast routes. Both run in turn, in one program; the ratio
// counts.
#include "ns3/data-rate.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/multicast-forwarder.h"
#include "ns3/ns3-compat.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator-clock.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/traffic-control-helper.h"
#include "ns3/udp-socket-factory.h"

#include <benchmark/benchmark.h>

#include <ctime>
#include <limits>

namespace ns3
{
namespace
{

constexpr uint32_t ROUTERS = 8;
constexpr uint32_t PACKETS = 4000;
constexpr uint16_t PORT = 9;

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

/** A source, ROUTERS routers and a sink in a row. */
NodeContainer
BuildChain(bool ours)
{
    NodeContainer nodes(ROUTERS + 2);
    InternetStackHelper internet;
    internet.SetIpv6StackInstall(false);
    Ipv4ListRoutingHelper list;
    list.Add(Ipv4StaticRoutingHelper(), 0);
    if (ours)
    {
        list.Add(HandMadeMulticastHelper(), 10);
    }
    internet.SetRoutingHelper(list);
    internet.Install(nodes);
    PointToPointHelper link;
    link.SetDeviceAttribute("DataRate", StringValue("10Gbps"));
    link.SetChannelAttribute("Delay", StringValue("10us"));
    Ipv4AddressHelper addresses("10.0.0.0", "255.255.255.0");
    for (uint32_t i = 0; i + 1 < nodes.GetN(); ++i)
    {
        const NetDeviceContainer devices = link.Install(nodes.Get(i), nodes.Get(i + 1));
        addresses.Assign(devices);
        addresses.NewNetwork();
        TrafficControlHelper().Uninstall(devices);
    }
    return nodes;
}

void
InstallRows(const NodeContainer& nodes, bool ours, uint32_t groups)
{
    const Ipv4Address source("10.0.0.1");
    Ipv4StaticRoutingHelper helper;
    helper.GetStaticRouting(nodes.Get(0)->GetObject<Ipv4>())->SetDefaultMulticastRoute(1);
    for (uint32_t i = 1; i <= ROUTERS; ++i)
    {
        const Ptr<Ipv4StaticRouting> routes =
            helper.GetStaticRouting(nodes.Get(i)->GetObject<Ipv4>());
        for (uint32_t n = 0; n < groups; ++n)
        {
            if (ours)
            {
                MulticastEntrySpec spec;
                spec.incoming = 1;
                spec.outgoing = {2};
                nodes.Get(i)->GetObject<HandMadeMulticastRouting>()->GetForwarder().Set(
                    SourceGroup(source, Group(n)), spec);
            }
            else
            {
                routes->AddMulticastRoute(source, Group(n), 1, {2});
            }
        }
    }
}

/** \returns CPU seconds per forwarded copy; NaN if a packet was lost. */
double
RunChain(bool ours, uint32_t groups)
{
    const NodeContainer nodes = BuildChain(ours);
    InstallRows(nodes, ours, groups);
    uint32_t received = 0;
    Ptr<Socket> sink = Socket::CreateSocket(nodes.Get(ROUTERS + 1), UdpSocketFactory::GetTypeId());
    sink->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
    sink->SetRecvCallback([&received](Ptr<Socket> socket) {
        while (socket->Recv())
        {
            ++received;
        }
    });
    Ptr<Socket> socket = Socket::CreateSocket(nodes.Get(0), UdpSocketFactory::GetTypeId());
    socket->SetAttribute("IpMulticastTtl", StringValue("64"));
    for (uint32_t n = 0; n < PACKETS; ++n)
    {
        Simulator::Schedule(MicroSeconds(10 * n), [socket, n, groups] {
            socket->SendTo(Create<Packet>(1000), 0, InetSocketAddress(Group(n % groups), PORT));
        });
    }
    const std::clock_t start = std::clock();
    Simulator::Run();
    const double seconds = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    Simulator::Destroy();
    return received == PACKETS ? seconds / (double(PACKETS) * ROUTERS)
                               : std::numeric_limits<double>::quiet_NaN();
}

void
ForwardedCopy(benchmark::State& state)
{
    const uint32_t groups = static_cast<uint32_t>(state.range(0));
    double best[2] = {1, 1};
    for (auto _ : state)
    {
        double last = 0;
        for (bool ours : {false, true})
        {
            last = RunChain(ours, groups);
            if (!(last > 0))
            {
                state.SkipWithError("packets were lost");
                return;
            }
            best[ours] = std::min(best[ours], last);
        }
        state.SetIterationTime(last);
    }
    state.counters["static_ns_per_copy"] = best[0] * 1e9;
    state.counters["ours_ns_per_copy"] = best[1] * 1e9;
    state.counters["ratio"] = best[1] / best[0];
}

BENCHMARK(ForwardedCopy)->Arg(1)->Arg(100)->Arg(1000)->UseManualTime()->Iterations(5);

} // namespace
} // namespace ns3

BENCHMARK_MAIN();
