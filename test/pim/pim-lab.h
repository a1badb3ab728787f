// SPDX-License-Identifier: GPL-2.0-only
// Routers, hosts and LANs in the simulator, with static routes computed from the graph, members set
// by hand, and flows whose packets are counted one by one.
#ifndef VXLAN_MULTICAST_TEST_PIM_LAB_H
#define VXLAN_MULTICAST_TEST_PIM_LAB_H

#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/csma-channel.h"
#include "ns3/csma-helper.h"
#include "ns3/csma-net-device.h"
#include "ns3/ethernet-header.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/udp-socket.h"
#include "ns3/uinteger.h"
#include "ns3/unicast-rib-routing.h"
#include "ns3/wire-header.h"

#include <limits>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

// Of most labs.
inline const Ipv4Address GROUP("239.0.0.10");
inline const Ipv4Address ANY = Ipv4Address::GetAny();

/** The members of one router's interfaces, as a test sets them. */
class LabMembership : public GroupMembership
{
  public:
    void Set(uint32_t interface, Ipv4Address group, bool there)
    {
        there ? (void)m_groups.insert({interface, group})
              : (void)m_groups.erase({interface, group});
        for (const auto& listener : m_listeners)
        {
            listener(interface, group);
        }
    }

    bool LocalReceiverInclude(Ipv4Address group, uint32_t interface) const override
    {
        return m_groups.count({interface, group}) != 0;
    }

    bool LocalReceiverInclude(Ipv4Address, Ipv4Address, uint32_t) const override
    {
        return false;
    }

    bool LocalReceiverExclude(Ipv4Address, Ipv4Address, uint32_t) const override
    {
        return false;
    }

    std::vector<Ipv4Address> GetNamedSources(Ipv4Address, uint32_t) const override
    {
        return {};
    }

    std::vector<std::pair<uint32_t, Ipv4Address>> GetGroups() const override
    {
        return {m_groups.begin(), m_groups.end()};
    }

    void AddMembershipListener(std::function<void(uint32_t, Ipv4Address)> listener) override
    {
        m_listeners.push_back(std::move(listener));
    }

  private:
    std::set<std::pair<uint32_t, Ipv4Address>> m_groups;
    std::vector<std::function<void(uint32_t, Ipv4Address)>> m_listeners;
};

/** What a receiver got of a flow: how often each sequence number. */
struct LabReceipt
{
    std::map<uint32_t, uint32_t> count;
    std::set<uint8_t> ttls;
    uint8_t lastTtl{0};

    uint32_t GetDuplicates() const
    {
        uint32_t duplicates = 0;
        for (const auto& [sequence, times] : count)
        {
            duplicates += times - 1;
        }
        return duplicates;
    }

    /** \returns how many of the first \p sent packets did not come. */
    uint32_t GetLost(uint32_t sent) const
    {
        return sent - static_cast<uint32_t>(std::distance(count.begin(), count.lower_bound(sent)));
    }
};

/** A network of PIM routers and hosts. Names of hosts begin with "h" or "r". */
class PimLab
{
  public:
    static constexpr uint16_t PORT = 5001;

    PimLab()
    {
        // ns-3's ARP keeps 3 packets by default, fewer than a few fragmented Registers.
        Config::SetDefault("ns3::ArpCache::PendingQueueSize", UintegerValue(1000));
    }

    ~PimLab()
    {
        Config::Reset();
        Simulator::Destroy();
    }

    /** A LAN 192.168.N.0/24, or more attachments to it; attachments are (node, host part). Nodes
     * are made as named. */
    void AddLan(uint32_t number, const std::vector<std::pair<std::string, uint32_t>>& attachments)
    {
        CsmaHelper csma;
        Ptr<CsmaChannel>& channel = m_channels[number];
        if (!channel)
        {
            channel = CreateObject<CsmaChannel>();
            channel->SetAttribute("DataRate", StringValue("1Gbps"));
            channel->SetAttribute("Delay", StringValue("10us"));
        }
        for (const auto& [name, host] : attachments)
        {
            Ptr<Node> node = GetNode(name);
            Ptr<NetDevice> device = csma.Install(node, channel).Get(0);
            Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
            const uint32_t interface = ipv4->AddInterface(device);
            const Ipv4Address address(0xc0a80000 | number << 8 | host);
            ipv4->AddAddress(interface, Ipv4InterfaceAddress(address, Ipv4Mask("/24")));
            ipv4->SetUp(interface);
            m_lans[number].push_back({name, interface, address});
        }
    }

    static bool IsHost(const std::string& name)
    {
        return name[0] == 'h' || name[0] == 'r';
    }

    Ptr<Node> GetNode(const std::string& name)
    {
        Ptr<Node>& node = m_nodes[name];
        if (!node)
        {
            node = CreateObject<Node>();
            InternetStackHelper stack;
            stack.SetIpv6StackInstall(false);
            stack.Install(node);
            Ptr<Ipv4ListRouting> list = CreateObject<Ipv4ListRouting>();
            node->GetObject<Ipv4>()->SetRoutingProtocol(list);
            m_unicast[name] = CreateObject<StaticUnderlayRouting>();
            list->AddRoutingProtocol(m_unicast[name], 0);
            if (!IsHost(name))
            {
                Ptr<PimSmRouting> pim = CreateObject<PimSmRouting>();
                pim->AssignStreams(static_cast<int64_t>(m_pim.size()) + 1);
                list->AddRoutingProtocol(pim, 100);
                node->AggregateObject(pim);
                m_pim[name] = pim;
                m_members[name] = std::make_unique<LabMembership>();
                pim->SetMembership(m_members[name].get());
            }
        }
        return node;
    }

    Ptr<PimSmRouting> GetPim(const std::string& name)
    {
        return m_pim.at(name);
    }

    const std::map<std::string, Ptr<PimSmRouting>>& GetRouters() const
    {
        return m_pim;
    }

    /** \returns the node's interface number on a LAN. */
    uint32_t Interface(const std::string& name, uint32_t lan) const
    {
        for (const Attachment& one : m_lans.at(lan))
        {
            if (one.node == name)
            {
                return one.interface;
            }
        }
        return 0;
    }

    /** \returns the node's address on a LAN. */
    Ipv4Address Address(const std::string& name, uint32_t lan) const
    {
        for (const Attachment& one : m_lans.at(lan))
        {
            if (one.node == name)
            {
                return one.address;
            }
        }
        return Ipv4Address::GetAny();
    }

    /** Sets all routes by hop count, without the LANs that are \p down. */
    void ComputeRoutes(const std::set<uint32_t>& down = {})
    {
        std::map<std::string, std::vector<UnicastRoute>> routes;
        for (const auto& [target, members] : m_lans)
        {
            if (down.count(target) == 0)
            {
                RoutesTo(target, down, routes);
            }
        }
        for (auto& [name, unicast] : m_unicast)
        {
            unicast->SetRoutes(routes[name]);
        }
    }

    /** Takes the next hop \p gateway alone where \p name has it among equal ones. */
    void Prefer(const std::string& name, Ipv4Address gateway)
    {
        std::vector<UnicastRoute> routes;
        for (UnicastRoute route : m_unicast.at(name)->GetRoutes())
        {
            const auto preferred =
                std::find_if(route.nextHops.begin(), route.nextHops.end(), [&](const auto& hop) {
                    return hop.gateway == gateway;
                });
            if (preferred != route.nextHops.end())
            {
                route.nextHops = {*preferred};
            }
            if (!route.IsConnected())
            {
                routes.push_back(route);
            }
        }
        m_unicast.at(name)->SetRoutes(routes);
    }

    /** Sets a node's interface on a LAN up or down. */
    void SetUp(const std::string& name, uint32_t lan, bool up)
    {
        Ptr<Ipv4> ipv4 = GetNode(name)->GetObject<Ipv4>();
        up ? ipv4->SetUp(Interface(name, lan)) : ipv4->SetDown(Interface(name, lan));
    }

    /** Calls \p count for each PIM message that a node sends on a LAN. */
    void CountPim(uint32_t lan, std::function<void(const Ipv4Header&, const PimMessage&)> count)
    {
        CountLan(lan, [count](const Ipv4Header& header, Ptr<const Packet> packet) {
            PimMessage message;
            if (header.GetProtocol() == PimMessage::PROTOCOL && FromPacket(packet, message).empty())
            {
                count(header, message);
            }
        });
    }

    /** A member of \p group on a LAN: all routers there hear of it. */
    void Join(uint32_t lan, Ipv4Address group, bool there = true)
    {
        for (const Attachment& one : m_lans.at(lan))
        {
            if (!IsHost(one.node))
            {
                m_members.at(one.node)->Set(one.interface, group, there);
            }
        }
    }

    /** Counts at \p host what comes to \p group. */
    LabReceipt& Receive(const std::string& host, Ipv4Address group)
    {
        LabReceipt& receipt = m_receipts[{host, group}];
        Ptr<Socket> socket = Socket::CreateSocket(GetNode(host), UdpSocketFactory::GetTypeId());
        socket->Bind(InetSocketAddress(group, PORT));
        socket->SetIpRecvTtl(true);
        socket->SetRecvCallback([&receipt](Ptr<Socket> from) {
            while (Ptr<Packet> packet = from->Recv())
            {
                SocketIpTtlTag tag;
                packet->RemovePacketTag(tag);
                receipt.ttls.insert(tag.GetTtl());
                receipt.lastTtl = tag.GetTtl();
                uint8_t bytes[4];
                packet->CopyData(bytes, 4);
                ++receipt.count[WireReader(bytes, 4).ReadU32()];
            }
        });
        m_sockets.push_back(socket);
        return receipt;
    }

    /** Sends \p count packets of \p size bytes of UDP payload from now on, out of one LAN. */
    void Send(const std::string& host,
              uint32_t lan,
              Ipv4Address group,
              uint32_t count,
              Time interval,
              uint32_t size = 1470)
    {
        Ptr<Socket> socket = Socket::CreateSocket(GetNode(host), UdpSocketFactory::GetTypeId());
        socket->Bind();
        socket->BindToNetDevice(
            GetNode(host)->GetObject<Ipv4>()->GetNetDevice(Interface(host, lan)));
        DynamicCast<UdpSocket>(socket)->SetAttribute("IpMulticastTtl", UintegerValue(10));
        socket->Connect(InetSocketAddress(group, PORT));
        m_sockets.push_back(socket);
        for (uint32_t i = 0; i < count; ++i)
        {
            Simulator::Schedule(static_cast<int64_t>(i) * interval, [socket, i, size] {
                WireWriter writer;
                writer.WriteU32(i);
                std::vector<uint8_t> bytes = writer.GetBytes();
                bytes.resize(size);
                socket->Send(Create<Packet>(bytes.data(), size));
            });
        }
    }

    /** Counts IP packets that nodes put onto a LAN. */
    void CountLan(uint32_t lan, std::function<void(const Ipv4Header&, Ptr<const Packet>)> count)
    {
        for (const Attachment& one : m_lans.at(lan))
        {
            Ptr<NetDevice> device =
                m_nodes.at(one.node)->GetObject<Ipv4>()->GetNetDevice(one.interface);
            device->TraceConnectWithoutContext(
                "MacTx", Callback<void, Ptr<const Packet>>([count](Ptr<const Packet> frame) {
                    Ptr<Packet> packet = frame->Copy();
                    EthernetHeader ethernet;
                    packet->RemoveHeader(ethernet);
                    if (ethernet.GetLengthType() == 0x0800)
                    {
                        Ipv4Header header;
                        packet->RemoveHeader(header);
                        count(header, packet);
                    }
                }));
        }
    }

    void RunUntil(double seconds)
    {
        Simulator::Stop(Seconds(seconds) - Simulator::Now());
        Simulator::Run();
    }

    /**
     * \returns "INCOMING>OUTGOING" of an entry by LAN numbers, as "1>11 21"; "R" is the Register
     *          tunnel, "-" nothing; empty: no such entry
     */
    std::string Row(const std::string& name, Ipv4Address source, Ipv4Address group)
    {
        const MulticastForwardingEntry* entry =
            GetPim(name)->GetInstance().GetEngine().GetForwarder().GetCache().Find(
                SourceGroup(source, group));
        if (entry == nullptr)
        {
            return "";
        }
        const MulticastEntrySpec& spec = entry->spec;
        std::string text = spec.incoming == MulticastEntrySpec::REGISTER_INTERFACE
                               ? "R"
                               : std::to_string(LanOf(name, spec.incoming));
        text += ">";
        std::set<uint32_t> lans;
        spec.outgoing.ForEach([&](uint32_t i) { lans.insert(LanOf(name, i)); });
        const char* separator = "";
        for (uint32_t lan : lans)
        {
            text += separator + std::to_string(lan);
            separator = " ";
        }
        text += spec.registerTunnel ? std::string(separator) + "R" : "";
        return text.back() == '>' ? text + "-" : text;
    }

  private:
    struct Attachment
    {
        std::string node;
        uint32_t interface;
        Ipv4Address address;
    };

    uint32_t LanOf(const std::string& name, uint32_t interface) const
    {
        for (const auto& [number, attachments] : m_lans)
        {
            if (Interface(name, number) == interface)
            {
                return number;
            }
        }
        return 0;
    }

    void RoutesTo(uint32_t target,
                  const std::set<uint32_t>& down,
                  std::map<std::string, std::vector<UnicastRoute>>& routes) const
    {
        constexpr uint32_t far = std::numeric_limits<uint32_t>::max() - 1;
        std::map<std::string, uint32_t> distance;
        for (const Attachment& one : m_lans.at(target))
        {
            distance[one.node] = 1;
        }
        auto of = [&](const std::string& name) {
            auto it = distance.find(name);
            return it == distance.end() ? far : it->second;
        };
        for (std::size_t round = 0; round < m_nodes.size(); ++round)
        {
            ForEachStep(down, [&](const Attachment& from, const Attachment& to) {
                if (of(to.node) + 1 < of(from.node))
                {
                    distance[from.node] = of(to.node) + 1;
                }
            });
        }
        std::map<std::string, UnicastRoute> found;
        ForEachStep(down, [&](const Attachment& from, const Attachment& to) {
            if (of(from.node) == of(to.node) + 1)
            {
                found[from.node].nextHops.Add({from.interface, to.address});
            }
        });
        for (auto& [name, route] : found)
        {
            route.prefix = Ipv4Prefix(0xc0a80000 | target << 8, 24);
            route.metric = of(name);
            route.preference = 110;
            route.protocol = UnicastProtocol::STATIC;
            routes[name].push_back(route);
        }
    }

    /** Calls f(from, to) for each pair of a node and a router on a LAN that is up. */
    template <typename F>
    void ForEachStep(const std::set<uint32_t>& down, F f) const
    {
        for (const auto& [number, attachments] : m_lans)
        {
            for (const Attachment& from : attachments)
            {
                for (const Attachment& to : attachments)
                {
                    if (down.count(number) == 0 && from.node != to.node && !IsHost(to.node))
                    {
                        f(from, to);
                    }
                }
            }
        }
    }

    std::map<std::string, Ptr<Node>> m_nodes;
    std::map<std::string, Ptr<StaticUnderlayRouting>> m_unicast;
    std::map<std::string, Ptr<PimSmRouting>> m_pim;
    std::map<std::string, std::unique_ptr<LabMembership>> m_members;
    std::map<uint32_t, std::vector<Attachment>> m_lans;
    std::map<uint32_t, Ptr<CsmaChannel>> m_channels;
    std::map<std::pair<std::string, Ipv4Address>, LabReceipt> m_receipts;
    std::vector<Ptr<Socket>> m_sockets;
};

} // namespace ns3

#endif
