// SPDX-License-Identifier: GPL-2.0-only
// VxlanHelper, and what iproute2 prints, against a real kernel's output.
#include "ns3/boolean.h"
#include "ns3/bridge-helper.h"
#include "ns3/csma-helper.h"
#include "ns3/igmp-protocol.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"
#include "ns3/vxlan-helper.h"
#include "ns3/vxlan-show.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace ns3
{

class VxlanHelperTest : public testing::Test
{
  protected:
    /** r1 and r2 on one LAN, 192.168.1.1 and .2, interface eth0. */
    VxlanHelperTest()
    {
        m_nodes.Create(2);
        InternetStackHelper internet;
        internet.SetIpv6StackInstall(false);
        internet.Install(m_nodes);
        m_lan = CsmaHelper().Install(m_nodes);
        Ipv4AddressHelper("192.168.1.0", "255.255.255.0").Assign(m_lan);
        for (uint32_t i = 0; i < 2; ++i)
        {
            const std::string name = "r" + std::to_string(i + 1);
            Names::Add(name, m_nodes.Get(i));
            Names::Add(name + "/eth0", m_lan.Get(i));
        }
    }

    ~VxlanHelperTest() override
    {
        Simulator::Destroy();
        Names::Clear();
    }

    void RunFor(Time time)
    {
        Simulator::Stop(time);
        Simulator::Run();
    }

    std::string Fdb(uint32_t i, const std::string& device = "")
    {
        std::ostringstream os;
        ShowBridgeFdb(os, m_nodes.Get(i), device);
        return os.str();
    }

    std::string Link(uint32_t i, const std::string& device = "")
    {
        std::ostringstream os;
        ShowLink(os, m_nodes.Get(i), device);
        return os.str();
    }

    NodeContainer m_nodes;
    NetDeviceContainer m_lan;
};

TEST_F(VxlanHelperTest, ShowsWhatIproute2Shows)
{
    VxlanHelper helper(42);
    helper.SetGroup(Ipv4Address("239.0.0.42"));
    helper.SetUnderlay("eth0");
    helper.Set("Ttl", UintegerValue(10));
    helper.Set("Port", UintegerValue(8472));
    const NetDeviceContainer devices = helper.Install(m_nodes);
    devices.Get(0)->SetAddress(Mac48Address("02:42:00:00:00:01"));
    devices.Get(1)->SetAddress(Mac48Address("02:42:00:00:00:02"));
    RunFor(Seconds(1));
    EXPECT_EQ(Link(0, "vxlan42"),
              "3: vxlan42: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue state UNKNOWN "
              "mode DEFAULT group default qlen 1000\n"
              "    link/ether 02:42:00:00:00:01 brd ff:ff:ff:ff:ff:ff promiscuity 0  allmulti 0 "
              "minmtu 68 maxmtu 65535 \n"
              "    vxlan id 42 group 239.0.0.42 dev eth0 srcport 0 0 dstport 8472 ttl 10 ageing "
              "300 udpcsum noudp6zerocsumtx noudp6zerocsumrx addrgenmode eui64 numtxqueues 1 "
              "numrxqueues 1 gso_max_size 65536 gso_max_segs 65535 tso_max_size 524280 "
              "tso_max_segs 65535 gro_max_size 65536\n");
    EXPECT_EQ(Fdb(0, "vxlan42"), "00:00:00:00:00:00 dst 239.0.0.42 via eth0 self permanent\n");
    devices.Get(1)->Send(Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5);
    RunFor(Seconds(1));
    EXPECT_EQ(Fdb(0, "vxlan42"),
              "02:42:00:00:00:02 dst 192.168.1.2 self \n"
              "00:00:00:00:00:00 dst 239.0.0.42 via eth0 self permanent\n");
    EXPECT_EQ(Fdb(0),
              "02:42:00:00:00:02 dev vxlan42 dst 192.168.1.2 self \n"
              "00:00:00:00:00:00 dev vxlan42 dst 239.0.0.42 via eth0 self permanent\n");
    EXPECT_EQ(Fdb(0, "vxlan43"), "");
}

TEST_F(VxlanHelperTest, ShowsAllLinks)
{
    VxlanHelper helper(7);
    helper.SetRemotes({Ipv4Address("192.168.1.1"), Ipv4Address("192.168.1.2")});
    helper.Set("Learning", BooleanValue(false));
    helper.Set("Ageing", TimeValue(Seconds(0)));
    helper.Set("Local", Ipv4AddressValue(Ipv4Address("192.168.1.1")));
    Ptr<VxlanNetDevice> device = helper.Install(m_nodes.Get(0));
    Ptr<NetDevice> bridge =
        BridgeHelper().Install(m_nodes.Get(0), NetDeviceContainer(device)).Get(0);
    Names::Add("r1/br0", bridge);
    RunFor(Seconds(1));
    const std::string all = Link(0);
    EXPECT_NE(all.find("1: lo: <LOOPBACK,UP,LOWER_UP> mtu 65536 qdisc noqueue state UNKNOWN "),
              std::string::npos);
    EXPECT_NE(all.find("2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state "
                       "UP "),
              std::string::npos);
    EXPECT_NE(all.find("3: vxlan7: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1450 qdisc noqueue "
                       "master br0 state UNKNOWN "),
              std::string::npos);
    // A node's own address is no remote of it.
    EXPECT_NE(all.find("vxlan id 7 remote 192.168.1.2 local 192.168.1.1 dev eth0 srcport 0 0 "
                       "dstport 4789 nolearning ttl auto ageing none udpcsum"),
              std::string::npos);
    EXPECT_EQ(Fdb(0), "00:00:00:00:00:00 dev vxlan7 dst 192.168.1.2 self permanent\n");
    device->Stop();
    EXPECT_NE(Link(0, "vxlan7")
                  .find("<BROADCAST,MULTICAST> mtu 1450 qdisc noqueue master br0 "
                        "state DOWN "),
              std::string::npos);
}

TEST_F(VxlanHelperTest, GivesEachDeviceAControlPlaneOfItsOwn)
{
    ObjectFactory factory("ns3::VxlanHeadEndControl");
    factory.Set("Remotes", StringValue("192.168.1.1,192.168.1.2"));
    VxlanHelper helper(7);
    helper.SetControlPlane(factory);
    std::vector<Ptr<VxlanNetDevice>> devices = {helper.Install(m_nodes.Get(0)),
                                                helper.Install(m_nodes.Get(1))};
    RunFor(Seconds(1));
    EXPECT_NE(devices[0]->GetControlPlane(), devices[1]->GetControlPlane());
    // A node's own address is no remote of it.
    EXPECT_EQ(devices[0]->GetFdb().GetDefaults(),
              std::vector<Ipv4Address>{Ipv4Address("192.168.1.2")});
    EXPECT_EQ(devices[1]->GetFdb().GetDefaults(),
              std::vector<Ipv4Address>{Ipv4Address("192.168.1.1")});
}

TEST_F(VxlanHelperTest, JoinsByIgmpOncePerGroup)
{
    Ptr<IgmpProtocol> igmp = CreateObject<IgmpProtocol>();
    m_nodes.Get(0)->AggregateObject(igmp);
    std::vector<Ptr<VxlanNetDevice>> devices;
    for (uint32_t vni : {42, 43})
    {
        VxlanHelper helper(vni);
        helper.SetGroup(Ipv4Address("239.0.0.42"));
        devices.push_back(helper.Install(m_nodes.Get(0)));
    }
    RunFor(Seconds(1));
    const auto joined = igmp->GetJoinedGroups();
    ASSERT_EQ(joined.size(), 1u);
    EXPECT_EQ(std::get<0>(joined[0]), 1u);
    EXPECT_EQ(std::get<1>(joined[0]), Ipv4Address("239.0.0.42"));
    devices[0]->Stop();
    EXPECT_EQ(igmp->GetJoinedGroups().size(), 1u);
    devices[1]->Stop();
    EXPECT_EQ(igmp->GetJoinedGroups().size(), 0u);
}

TEST_F(VxlanHelperTest, RefusesWhatCannotBe)
{
    VxlanHelper helper(42);
    helper.SetUnderlay("eth7");
    EXPECT_THROW(helper.Install(m_nodes.Get(0)), std::invalid_argument);
    helper.SetUnderlay("eth0");
    helper.Install(m_nodes.Get(0));
    RunFor(Seconds(1));
    EXPECT_THROW(helper.Install(m_nodes.Get(0)), std::invalid_argument);
    helper.Set("Port", UintegerValue(8472));
    helper.Install(m_nodes.Get(0));
}

TEST_F(VxlanHelperTest, RefusesNamesThatNs3CannotHold)
{
    VxlanHelper helper(42);
    EXPECT_THROW(helper.SetName("vx/1"), std::invalid_argument);
    EXPECT_THROW(helper.SetName(""), std::invalid_argument);
}

TEST_F(VxlanHelperTest, MtuIsTheUnderlaysUnlessSet)
{
    m_lan.Get(0)->SetMtu(9000);
    EXPECT_EQ(VxlanHelper(1).Install(m_nodes.Get(0))->GetMtu(), 8950);
    VxlanHelper helper(2);
    helper.Set("Mtu", UintegerValue(1400));
    EXPECT_EQ(helper.Install(m_nodes.Get(0))->GetMtu(), 1400);
    VxlanHelper likeNs3(3); // the default of ns-3's devices is a value as any other
    likeNs3.Set("Mtu", UintegerValue(1500));
    EXPECT_EQ(likeNs3.Install(m_nodes.Get(0))->GetMtu(), 1500);
}

TEST_F(VxlanHelperTest, PcapHoldsInnerFrames)
{
    const std::string file = testing::TempDir() + "vxlan-helper-test.pcap";
    {
        VxlanHelper helper(42);
        helper.SetGroup(Ipv4Address("239.0.0.42"));
        const NetDeviceContainer devices = helper.Install(m_nodes);
        helper.EnablePcap(file, devices.Get(0), false, true);
        RunFor(Seconds(1));
        devices.Get(0)->Send(Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5);
        RunFor(Seconds(1));
    }
    // The file is closed with the device that writes it.
    Simulator::Destroy();
    Names::Clear();
    m_nodes = NodeContainer();
    m_lan = NetDeviceContainer();
    std::ifstream in(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    // File header, one record header, Ethernet header and 46 bytes.
    ASSERT_EQ(bytes.size(), 24u + 16u + 60u);
    EXPECT_EQ(bytes[20], 1); // DLT_EN10MB
    EXPECT_EQ(bytes.substr(40, 6), "\xff\xff\xff\xff\xff\xff");
}

} // namespace ns3
