// SPDX-License-Identifier: GPL-2.0-only
// VTEPs on one CSMA LAN, 10.0.0.0/24, with a record of what they send, drop and learn.
#ifndef VXLAN_MULTICAST_TEST_VXLAN_LAN_FIXTURE_H
#define VXLAN_MULTICAST_TEST_VXLAN_LAN_FIXTURE_H

#include "ns3/csma-helper.h"
#include "ns3/icmpv4.h"
#include "ns3/inet-socket-address.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/ipv4-list-routing-helper.h"
#include "ns3/ipv4-raw-socket-factory.h"
#include "ns3/ipv4-static-routing-helper.h"
#include "ns3/ipv4.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/udp-socket-factory.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-net-device.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>
#include <utility>

namespace ns3
{

class VxlanLanTest : public testing::Test
{
  protected:
    ~VxlanLanTest() override
    {
        Simulator::Destroy();
    }

    /** Packets that VTEPs have sent, by node; a node that has sent none is absent. */
    using Counts = std::map<uint32_t, int>;

    /** \returns what VTEPs have sent since the last call. */
    Counts TakeSent()
    {
        return std::exchange(m_sent, {});
    }

    /** What a test has not taken was not to be sent. */
    void ExpectNothingElse()
    {
        EXPECT_EQ(TakeSent(), Counts{}) << "a VTEP has sent what the test does not expect";
    }

    /** Makes \p count VTEPs: node i has 10.0.0.(i+1). */
    void Build(uint32_t count)
    {
        m_nodes.Create(count);
        InternetStackHelper internet;
        internet.SetIpv6StackInstall(false);
        internet.Install(m_nodes);
        CsmaHelper csma;
        csma.SetChannelAttribute("DataRate", StringValue("1Gbps"));
        csma.SetChannelAttribute("Delay", StringValue("10us"));
        m_lan = csma.Install(m_nodes);
        Ipv4AddressHelper("10.0.0.0", "255.255.255.0").Assign(m_lan);
        for (uint32_t i = 0; i < count; ++i)
        {
            Ipv4StaticRoutingHelper()
                .GetStaticRouting(m_nodes.Get(i)->GetObject<Ipv4>())
                ->SetDefaultMulticastRoute(1);
            Ptr<VxlanEndpoint> endpoint = VxlanEndpoint::Get(m_nodes.Get(i));
            endpoint->TraceConnectWithoutContext(
                "Tx",
                Callback<void, Ptr<const Packet>, uint32_t>(
                    [this, i](Ptr<const Packet>, uint32_t) { ++m_sent[i]; }));
            endpoint->TraceConnectWithoutContext(
                "Event",
                Callback<void, std::string, std::string>(
                    [this, i](std::string event, std::string detail) {
                        m_events << i << ' ' << event << ' ' << detail << '\n';
                    }));
        }
    }

    /** A device on node \p i; its MAC address is 02:42:00:00:VV:(i+1). */
    Ptr<VxlanNetDevice> AddDevice(uint32_t i,
                                  uint32_t vni,
                                  const std::string& group,
                                  uint16_t port = VxlanConfig::DEFAULT_PORT)
    {
        Ptr<VxlanNetDevice> device = CreateObject<VxlanNetDevice>();
        device->SetAttribute("Vni", UintegerValue(vni));
        device->SetAttribute("Port", UintegerValue(port));
        if (!group.empty())
        {
            device->SetAttribute("Group", Ipv4AddressValue(Ipv4Address(group.c_str())));
        }
        device->SetUnderlay(m_lan.Get(i));
        const uint8_t mac[6] = {2, 0x42, 0, 0, uint8_t(vni), uint8_t(i + 1)};
        Mac48Address address;
        address.CopyFrom(mac);
        device->SetAddress(address);
        m_nodes.Get(i)->AddDevice(device);
        return device;
    }

    /** Puts 192.168.99.(i+1)/24 on a device of node \p i. */
    static void AddAddress(Ptr<NetDevice> device, uint32_t i)
    {
        Ptr<Ipv4> ipv4 = device->GetNode()->GetObject<Ipv4>();
        const uint32_t interface = ipv4->AddInterface(device);
        ipv4->AddAddress(interface,
                         Ipv4InterfaceAddress(Ipv4Address(0xc0a86301 + i), Ipv4Mask("/24")));
        ipv4->SetUp(interface);
    }

    /** Node \p i sends one echo request at \p when; answers go to m_answers. */
    void Ping(uint32_t i, const char* to, Time when)
    {
        Ptr<Socket>& socket = m_sockets[i];
        if (!socket)
        {
            socket = Socket::CreateSocket(m_nodes.Get(i), Ipv4RawSocketFactory::GetTypeId());
            socket->SetAttribute("Protocol", UintegerValue(1));
            socket->SetAllowBroadcast(true);
            socket->SetRecvCallback([this](Ptr<Socket> from) { ReadAnswers(from); });
        }
        const Ipv4Address address(to);
        Simulator::Schedule(when, [socket = socket, address] {
            Icmpv4Echo echo;
            echo.SetIdentifier(1);
            echo.SetSequenceNumber(1);
            echo.SetData(Create<Packet>(56));
            Ptr<Packet> packet = Create<Packet>();
            packet->AddHeader(echo);
            Icmpv4Header header;
            header.SetType(Icmpv4Header::ICMPV4_ECHO);
            packet->AddHeader(header);
            socket->SendTo(packet, 0, InetSocketAddress(address, 0));
        });
    }

    void ReadAnswers(Ptr<Socket> socket)
    {
        Address from;
        while (Ptr<Packet> packet = socket->RecvFrom(from))
        {
            Ipv4Header ip;
            Icmpv4Header icmp;
            packet->RemoveHeader(ip);
            packet->RemoveHeader(icmp);
            if (icmp.GetType() == Icmpv4Header::ICMPV4_ECHO_REPLY)
            {
                std::ostringstream address;
                address << ip.GetSource();
                ++m_answers[address.str()];
            }
        }
    }

    void RunUntil(Time when)
    {
        Simulator::Stop(when - Simulator::Now());
        Simulator::Run();
    }

    /** \returns what happened since the last call: "node event device mac vtep" lines. */
    std::string TakeEvents()
    {
        std::string text = m_events.str();
        m_events.str("");
        return text;
    }

    Ptr<VxlanEndpoint> Endpoint(uint32_t i)
    {
        return VxlanEndpoint::Get(m_nodes.Get(i));
    }

    uint64_t Drops(uint32_t i, const std::string& reason)
    {
        const auto& drops = Endpoint(i)->GetDrops();
        auto it = drops.find(reason);
        return it == drops.end() ? 0 : it->second;
    }

    NodeContainer m_nodes;
    NetDeviceContainer m_lan;
    std::map<uint32_t, Ptr<Socket>> m_sockets; //!< for echo requests, by node
    std::map<std::string, int> m_answers;
    Counts m_sent;
    std::ostringstream m_events;
};

/** Fails a test in which a VTEP sends more than the test takes. */
class VxlanDeviceTest : public VxlanLanTest
{
  protected:
    void TearDown() override
    {
        ExpectNothingElse();
    }
};

} // namespace ns3

#endif
