// SPDX-License-Identifier: GPL-2.0-only
// A few OSPF routers on CSMA and point-to-point links in the simulator, for the tests of this
// folder.
#ifndef VXLAN_MULTICAST_TEST_OSPF_LAB_H
#define VXLAN_MULTICAST_TEST_OSPF_LAB_H

#include "ns3/csma-helper.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-routing-helper.h"
#include "ns3/node-container.h"
#include "ns3/ospf-routing.h"
#include "ns3/point-to-point-helper.h"
#include "ns3/rng-seed-manager.h"
#include "ns3/simulator.h"
#include "ns3/string.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

class OspfLab : public ::testing::Test
{
  protected:
    struct Event
    {
        Time time;
        std::size_t router;
        std::string name;
        std::string detail;
    };

    OspfLab()
    {
        RngSeedManager::SetSeed(1);
        RngSeedManager::SetRun(1);
    }

    ~OspfLab() override
    {
        Simulator::Destroy();
    }

    /** Routers 0, 1, … with router ids 1.0.0.1, 1.0.0.2, … */
    void MakeRouters(std::size_t count)
    {
        InternetStackHelper internet;
        internet.SetIpv6StackInstall(false);
        internet.SetRoutingHelper(CreateRouting());
        m_nodes.Create(static_cast<uint32_t>(count));
        internet.Install(m_nodes);
        internet.AssignStreams(m_nodes, 1000); // ARP's jitter
        for (std::size_t i = 0; i < count; ++i)
        {
            Ptr<OspfRouting> ospf = Ospf(i);
            ospf->SetRouterId(Id(i));
            ospf->AssignStreams(static_cast<int64_t>(100 + i));
            ospf->TraceConnectWithoutContext("Event",
                                             MakeBoundCallback(&OspfLab::OnEvent, this, i));
            ospf->TraceConnectWithoutContext("Drop", MakeBoundCallback(&OspfLab::OnDrop, this, i));
        }
    }

    static OspfId Id(std::size_t router)
    {
        return OspfId(static_cast<uint32_t>(0x01000001 + router));
    }

    /** \returns 10.0.NETWORK.(ROUTER + 1). */
    static Ipv4Address Address(uint32_t network, std::size_t router)
    {
        return Ipv4Address(static_cast<uint32_t>(0x0a000001 + (network << 8) + router));
    }

    Ptr<OspfRouting> Ospf(std::size_t router) const
    {
        return m_nodes.Get(static_cast<uint32_t>(router))->GetObject<OspfRouting>();
    }

    Ptr<Ipv4> GetIpv4(std::size_t router) const
    {
        return m_nodes.Get(static_cast<uint32_t>(router))->GetObject<Ipv4>();
    }

    /** A LAN 10.0.NETWORK.0/24. */
    void Lan(uint32_t network, const std::vector<std::size_t>& routers)
    {
        CsmaHelper csma;
        csma.SetChannelAttribute("DataRate", StringValue("100Mbps"));
        csma.SetChannelAttribute("Delay", StringValue("10us"));
        const NetDeviceContainer devices = csma.Install(Pick(routers));
        csma.AssignStreams(devices, 2000 + 10 * network);
        Number(network, routers, devices);
    }

    void PointToPoint(uint32_t network, std::size_t a, std::size_t b)
    {
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
        link.SetChannelAttribute("Delay", StringValue("10us"));
        Number(network, {a, b}, link.Install(Pick({a, b})));
    }

    /** \returns ns-3's number of the router's interface on a network. */
    uint32_t If(std::size_t router, uint32_t network) const
    {
        return m_interfaces.at({router, network});
    }

    void Set(std::size_t router, uint32_t network, const OspfInterfaceSettings& settings)
    {
        Ospf(router)->SetInterfaceSettings(If(router, network), settings);
    }

    void SetLink(uint32_t network, bool up)
    {
        for (const auto& [key, interface] : m_interfaces)
        {
            if (key.second == network)
            {
                up ? GetIpv4(key.first)->SetUp(interface) : GetIpv4(key.first)->SetDown(interface);
            }
        }
    }

    void RunUntil(double seconds)
    {
        Simulator::Stop(Seconds(seconds) - Simulator::Now());
        Simulator::Run();
    }

    const UnicastRoute* Route(std::size_t router, uint32_t network) const
    {
        return Ospf(router)->Lookup(Address(network, 200));
    }

    /** \returns "COST: GATEWAY GATEWAY…", "COST: connected" or "none". */
    std::string Describe(const UnicastRoute* route) const
    {
        if (!route)
        {
            return "none";
        }
        std::ostringstream os;
        os << route->metric << ':';
        for (const UnicastNextHop& hop : route->nextHops)
        {
            if (hop.gateway == Ipv4Address::GetAny())
            {
                os << " connected";
            }
            else
            {
                os << ' ' << hop.gateway;
            }
        }
        return os.str();
    }

    std::string Way(std::size_t router, uint32_t network) const
    {
        return Describe(Route(router, network));
    }

    const OspfInterface& Interface(std::size_t router, uint32_t network) const
    {
        return *Ospf(router)->GetInstance().GetInterfaces().at(If(router, network));
    }

    std::size_t CountNeighbors(std::size_t router, uint32_t network, OspfNeighborState state) const
    {
        std::size_t count = 0;
        for (const auto& [key, neighbor] : Interface(router, network).GetNeighbors())
        {
            count += neighbor->GetState() == state;
        }
        return count;
    }

    /** \returns "reason=count …" of what was refused anywhere; "" is as it should be. */
    std::string Drops() const
    {
        std::string text;
        for (const auto& [reason, count] : m_drops)
        {
            text += (text.empty() ? "" : " ") + reason + "=" + std::to_string(count);
        }
        return text;
    }

    std::size_t CountEvents(const std::string& name) const
    {
        std::size_t count = 0;
        for (const Event& event : m_events)
        {
            count += event.name == name;
        }
        return count;
    }

    /** \returns whether all routers' databases of \p area hold the same instances. */
    void ExpectSameDatabases(const std::vector<std::size_t>& routers, OspfId area) const
    {
        const auto list = [&](std::size_t router) {
            std::ostringstream os;
            const OspfInstance& instance = Ospf(router)->GetInstance();
            for (const auto& [key, entry] : instance.GetAreas().at(area)->lsdb.GetEntries())
            {
                os << key << " seq " << entry.GetHeader().sequence << " sum "
                   << entry.GetHeader().checksum << '\n';
            }
            return os.str();
        };
        for (std::size_t router : routers)
        {
            EXPECT_EQ(list(routers.front()), list(router)) << "router " << router;
        }
    }

    NodeContainer m_nodes;
    std::vector<Event> m_events;
    std::map<std::string, std::size_t> m_drops; //!< by reason
    /** ns-3's interface number, by router and network. */
    std::map<std::pair<std::size_t, uint32_t>, uint32_t> m_interfaces;

  private:
    /** The helper proper is tested in test/helper. */
    class RoutingHelper : public Ipv4RoutingHelper
    {
      public:
        RoutingHelper* Copy() const override
        {
            return new RoutingHelper(*this);
        }

        Ptr<Ipv4RoutingProtocol> Create(Ptr<Node> node) const override
        {
            Ptr<OspfRouting> ospf = CreateObject<OspfRouting>();
            node->AggregateObject(ospf);
            return ospf;
        }
    };

    static RoutingHelper CreateRouting()
    {
        return RoutingHelper();
    }

    NodeContainer Pick(const std::vector<std::size_t>& routers) const
    {
        NodeContainer nodes;
        for (std::size_t router : routers)
        {
            nodes.Add(m_nodes.Get(static_cast<uint32_t>(router)));
        }
        return nodes;
    }

    void Number(uint32_t network,
                const std::vector<std::size_t>& routers,
                const NetDeviceContainer& devices)
    {
        for (std::size_t i = 0; i < routers.size(); ++i)
        {
            Ptr<Ipv4> ipv4 = GetIpv4(routers[i]);
            const uint32_t interface = ipv4->AddInterface(devices.Get(static_cast<uint32_t>(i)));
            ipv4->AddAddress(
                interface,
                Ipv4InterfaceAddress(Address(network, routers[i]), Ipv4Mask(0xffffff00)));
            ipv4->SetMetric(interface, 1);
            ipv4->SetUp(interface);
            m_interfaces[{routers[i], network}] = interface;
        }
    }

    static void OnEvent(OspfLab* lab, std::size_t router, std::string name, std::string detail)
    {
        lab->m_events.push_back({Simulator::Now(), router, name, detail});
    }

    static void OnDrop(OspfLab* lab, std::size_t, Ptr<const Packet>, uint32_t, std::string reason)
    {
        ++lab->m_drops[reason];
    }
};

} // namespace ns3

#endif
