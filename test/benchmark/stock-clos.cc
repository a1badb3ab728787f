// SPDX-License-Identifier: GPL-2.0-only
// The Clos of doc/performance.md in stock ns-3, for comparison: its helpers, static multicast
// routes set by hand along one tree per group through a core, and no protocol at all.
//
//     stock-clos --pods=12 --leaves=48 --hosts=48 --spines=4 --cores=4 --list=FILE --packets=10
//
// FILE is what fabric-scenario.py --list writes. Prints the packets received.
#include "ns3/command-line.h"
#include "ns3/data-rate.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4-static-routing.h"
#include "ns3/ipv4.h"
#include "ns3/node-container.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/simulator.h"
#include "ns3/socket.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/udp-socket.h"
#include "ns3/uinteger.h"

#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t PORT = 5001;

/** What the command line says of the fabric. */
struct Shape
{
    uint32_t pods{12};
    uint32_t leaves{48};
    uint32_t hosts{48};
    uint32_t spines{4};
    uint32_t cores{4};
};

/** A group and the hosts that are in it; the first one sends. */
struct Group
{
    std::string address;
    std::vector<uint32_t> hosts;
};

std::vector<Group>
ReadGroups(const std::string& file)
{
    std::vector<Group> groups;
    std::ifstream stream(file);
    for (std::string line; std::getline(stream, line);)
    {
        std::istringstream words(line);
        Group group;
        words >> group.address;
        for (uint32_t host = 0; words >> host;)
        {
            group.hosts.push_back(host);
        }
        groups.push_back(group);
    }
    return groups;
}

class Fabric
{
  public:
    explicit Fabric(const Shape& shape)
        : m_shape(shape)
    {
        m_cores.Create(shape.cores);
        m_spines.Create(shape.pods * shape.spines);
        m_leaves.Create(shape.pods * shape.leaves);
        m_hosts.Create(shape.pods * shape.leaves * shape.hosts);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        Ipv4ListRoutingHelper list; // which delivers groups to the node itself
        list.Add(Ipv4StaticRoutingHelper(), 0);
        stack.SetRoutingHelper(list);
        for (const NodeContainer& tier : {m_cores, m_spines, m_leaves, m_hosts})
        {
            stack.Install(tier);
        }
        m_link.SetDeviceAttribute("DataRate", StringValue("1Gbps"));
        m_link.SetChannelAttribute("Delay", StringValue("10us"));
        for (uint32_t spine = 0; spine < m_spines.GetN(); ++spine)
        {
            for (uint32_t core = 0; core < shape.cores; ++core)
            {
                Connect(m_spines.Get(spine), m_cores.Get(core));
            }
        }
        for (uint32_t leaf = 0; leaf < m_leaves.GetN(); ++leaf)
        {
            for (uint32_t spine = 0; spine < shape.spines; ++spine)
            {
                Connect(m_leaves.Get(leaf), m_spines.Get(GetSpine(leaf, spine)));
            }
        }
        for (uint32_t host = 0; host < m_hosts.GetN(); ++host)
        {
            Connect(m_hosts.Get(host), m_leaves.Get(host / shape.hosts));
        }
    }

    /** Sets the routes of one group: up from its sender to a core, and down to its members. */
    void AddTree(uint32_t number, const Group& group)
    {
        const uint32_t core = number % m_shape.cores;
        const uint32_t plane = number % m_shape.spines;
        std::map<Ptr<Node>, std::set<uint32_t>> down;
        std::map<Ptr<Node>, Ptr<Node>> above;
        const auto descend = [&](Ptr<Node> upper, Ptr<Node> lower) {
            down[upper].insert(m_interfaces.at({upper->GetId(), lower->GetId()}));
            above[lower] = upper;
        };
        for (std::size_t i = 1; i < group.hosts.size(); ++i)
        {
            const uint32_t leaf = group.hosts[i] / m_shape.hosts;
            Ptr<Node> spine = m_spines.Get(GetSpine(leaf, plane));
            descend(m_cores.Get(core), spine);
            descend(spine, m_leaves.Get(leaf));
            descend(m_leaves.Get(leaf), m_hosts.Get(group.hosts[i]));
        }
        const uint32_t leaf = group.hosts.front() / m_shape.hosts;
        Ptr<Node> path[] = {m_hosts.Get(group.hosts.front()),
                            m_leaves.Get(leaf),
                            m_spines.Get(GetSpine(leaf, plane)),
                            m_cores.Get(core)};
        const Ipv4Address address(group.address.c_str());
        for (std::size_t i = 1; i < 4; ++i)
        {
            std::set<uint32_t> out = down[path[i]];
            if (i < 3)
            {
                // Down from here at once; what comes back from the core goes no further.
                out.insert(m_interfaces.at({path[i]->GetId(), path[i + 1]->GetId()}));
            }
            AddRoute(
                path[i], address, m_interfaces.at({path[i]->GetId(), path[i - 1]->GetId()}), out);
            down[path[i]].clear();
            if (i < 3)
            {
                down[path[i + 1]].erase(m_interfaces.at({path[i + 1]->GetId(), path[i]->GetId()}));
            }
        }
        for (const auto& [node, out] : down)
        {
            if (!out.empty())
            {
                const uint32_t in = m_interfaces.at({node->GetId(), above.at(node)->GetId()});
                AddRoute(node, address, in, out);
            }
        }
    }

    Ptr<Node> GetHost(uint32_t number) const
    {
        return m_hosts.Get(number);
    }

  private:
    uint32_t GetSpine(uint32_t leaf, uint32_t plane) const
    {
        return leaf / m_shape.leaves * m_shape.spines + plane;
    }

    void Connect(Ptr<Node> a, Ptr<Node> b)
    {
        const NetDeviceContainer devices = m_link.Install(a, b);
        for (uint32_t end = 0; end < 2; ++end)
        {
            Ptr<Ipv4> ipv4 = devices.Get(end)->GetNode()->GetObject<Ipv4>();
            const uint32_t interface = ipv4->AddInterface(devices.Get(end));
            ipv4->AddAddress(interface,
                             Ipv4InterfaceAddress(Ipv4Address(m_next + 1 + end), Ipv4Mask("/30")));
            ipv4->SetUp(interface);
            m_interfaces[{devices.Get(end)->GetNode()->GetId(),
                          devices.Get(1 - end)->GetNode()->GetId()}] = interface;
        }
        m_next += 4;
    }

    void AddRoute(Ptr<Node> node, Ipv4Address group, uint32_t in, const std::set<uint32_t>& out)
    {
        if (out.empty())
        {
            return;
        }
        Ipv4StaticRoutingHelper helper;
        helper.GetStaticRouting(node->GetObject<Ipv4>())
            ->AddMulticastRoute(
                Ipv4Address::GetAny(), group, in, std::vector<uint32_t>(out.begin(), out.end()));
    }

    const Shape m_shape;
    NodeContainer m_cores;
    NodeContainer m_spines;
    NodeContainer m_leaves;
    NodeContainer m_hosts;
    PointToPointHelper m_link;
    uint32_t m_next{0x0a000000};
    /** By node and neighbour. */
    std::map<std::pair<uint32_t, uint32_t>, uint32_t> m_interfaces;
};

void
SendPacket(Ptr<Socket> socket, Ipv4Address group, uint32_t left)
{
    socket->SendTo(Create<Packet>(100), 0, InetSocketAddress(group, PORT));
    if (left > 1)
    {
        Simulator::Schedule(Seconds(1), &SendPacket, socket, group, left - 1);
    }
}

} // namespace

int
main(int argc, char* argv[])
{
    Shape shape;
    std::string list;
    uint32_t packets = 10;
    double duration = 100;
    CommandLine command(__FILE__);
    command.AddValue("pods", "pods", shape.pods);
    command.AddValue("leaves", "leaves of a pod", shape.leaves);
    command.AddValue("hosts", "hosts of a leaf", shape.hosts);
    command.AddValue("spines", "spines of a pod", shape.spines);
    command.AddValue("cores", "cores", shape.cores);
    command.AddValue("list", "file of groups, by fabric-scenario.py", list);
    command.AddValue("packets", "packets that each group's sender sends", packets);
    command.AddValue("duration", "simulated seconds", duration);
    command.Parse(argc, argv);

    Fabric fabric(shape);
    const std::vector<Group> groups = ReadGroups(list);
    uint64_t received = 0;
    std::map<uint32_t, Ptr<Socket>> sinks;
    for (uint32_t i = 0; i < groups.size(); ++i)
    {
        fabric.AddTree(i, groups[i]);
        for (std::size_t m = 1; m < groups[i].hosts.size(); ++m)
        {
            Ptr<Socket>& sink = sinks[groups[i].hosts[m]];
            if (!sink)
            {
                sink = Socket::CreateSocket(fabric.GetHost(groups[i].hosts[m]),
                                            UdpSocketFactory::GetTypeId());
                sink->Bind(InetSocketAddress(Ipv4Address::GetAny(), PORT));
                sink->SetRecvCallback([&received](Ptr<Socket> socket) {
                    while (socket->Recv())
                    {
                        ++received;
                    }
                });
            }
        }
        Ptr<Node> sender = fabric.GetHost(groups[i].hosts.front());
        Ipv4StaticRoutingHelper().SetDefaultMulticastRoute(
            sender, sender->GetObject<Ipv4>()->GetNetDevice(1));
        Ptr<Socket> socket = Socket::CreateSocket(sender, UdpSocketFactory::GetTypeId());
        socket->Bind();
        DynamicCast<UdpSocket>(socket)->SetAttribute("IpMulticastTtl", UintegerValue(16));
        Simulator::Schedule(Seconds(40 + double(i) / double(groups.size())),
                            &SendPacket,
                            socket,
                            Ipv4Address(groups[i].address.c_str()),
                            packets);
    }
    Simulator::Stop(Seconds(duration));
    Simulator::Run();
    std::cout << "received " << received << " events " << Simulator::GetEventCount() << '\n';
    Simulator::Destroy();
    return 0;
}
