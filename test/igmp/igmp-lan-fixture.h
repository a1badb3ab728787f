// SPDX-License-Identifier: GPL-2.0-only
// Nodes with IGMP on one Ethernet, 192.168.1.0/24: the first has host part .1, and so on. The LAN
// is interface 1 of each.
#ifndef VXLAN_MULTICAST_TEST_IGMP_LAN_FIXTURE_H
#define VXLAN_MULTICAST_TEST_IGMP_LAN_FIXTURE_H

#include "ns3/csma-helper.h"
#include "ns3/csma-net-device.h"
#include "ns3/igmp-protocol.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/node-container.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/unicast-rib-routing.h"
#include "ns3/wire-header.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

/** A LAN, and what was sent on it. */
class IgmpLanTest : public testing::Test
{
  protected:
    /** One message: when, from which node, and what. */
    struct Sent
    {
        double time;
        uint32_t node;
        IgmpMessage message;
    };

    static constexpr uint32_t LAN = 1;

    void TearDown() override
    {
        Simulator::Destroy();
    }

    /** Makes \p count nodes; \p queriers of them, the first ones, are routers. */
    void Build(uint32_t count, uint32_t queriers, uint8_t version = 3)
    {
        nodes.Create(count);
        CsmaHelper csma;
        csma.SetChannelAttribute("DataRate", StringValue("100Mbps"));
        csma.SetChannelAttribute("Delay", TimeValue(MicroSeconds(10)));
        devices = csma.Install(nodes);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(nodes);
        Ipv4AddressHelper addresses("192.168.1.0", "255.255.255.0");
        addresses.Assign(devices);
        for (uint32_t i = 0; i < count; ++i)
        {
            auto igmp = CreateObject<IgmpProtocol>();
            nodes.Get(i)->AggregateObject(igmp);
            igmp->AssignStreams(100 + i);
            igmp->SetInterfaceSettings(LAN, {version, i < queriers});
            Watch(i, igmp);
        }
    }

    void Watch(uint32_t node, Ptr<IgmpProtocol> igmp)
    {
        igmp->TraceConnectWithoutContext(
            "Tx",
            Callback<void, Ptr<const Packet>, uint32_t>(
                [this, node](Ptr<const Packet> packet, uint32_t) {
                    IgmpMessage message;
                    EXPECT_EQ(FromPacket(packet, message), "");
                    sent.push_back({Simulator::Now().GetSeconds(), node, message});
                }));
        igmp->TraceConnectWithoutContext(
            "Event",
            Callback<void, std::string, std::string>(
                [this, node](const std::string& event, const std::string& detail) {
                    std::ostringstream text;
                    text << node << " " << event << " " << detail;
                    events.emplace_back(Simulator::Now().GetSeconds(), text.str());
                }));
    }

    Ptr<IgmpProtocol> Igmp(uint32_t node) const
    {
        return nodes.Get(node)->GetObject<IgmpProtocol>();
    }

    void Join(double time, uint32_t node, Ipv4Address group)
    {
        Simulator::Schedule(Seconds(time),
                            [this, node, group] { EXPECT_TRUE(Igmp(node)->Join(LAN, group)); });
    }

    void Leave(double time, uint32_t node, Ipv4Address group)
    {
        Simulator::Schedule(Seconds(time), [this, node, group] { Igmp(node)->Leave(LAN, group); });
    }

    /** Runs on to \p seconds. */
    void RunTo(double seconds)
    {
        Simulator::Stop(Seconds(seconds) - Simulator::Now());
        Simulator::Run();
    }

    bool HasMember(uint32_t router, Ipv4Address group) const
    {
        return Igmp(router)->LocalReceiverInclude(group, LAN);
    }

    /** \returns when \p event (of node, name, detail) happened first at or after \p from; -1:
     * never. */
    double TimeOf(const std::string& event, double from = 0) const
    {
        for (const auto& [time, text] : events)
        {
            if (text == event && time >= from)
            {
                return time;
            }
        }
        return -1;
    }

    std::size_t CountSent(uint8_t type, double from, double to) const
    {
        std::size_t count = 0;
        for (const Sent& message : sent)
        {
            count += message.message.type == type && message.time >= from && message.time < to;
        }
        return count;
    }

    NodeContainer nodes;
    NetDeviceContainer devices;
    std::vector<Sent> sent;
    std::vector<std::pair<double, std::string>> events;
};

} // namespace ns3

#endif
