// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/boolean.h"
#include "ns3/csma-helper.h"
#include "ns3/igmp-helper.h"
#include "ns3/igmp-show.h"
#include "ns3/interface-names.h"
#include "ns3/internet-stack-helper.h"
#include "ns3/ipv4-address-helper.h"
#include "ns3/lab-tables.h"
#include "ns3/names.h"
#include "ns3/nstime.h"
#include "ns3/simulator.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

#include <sstream>

namespace ns3
{

namespace
{

class IgmpHelperTest : public testing::Test
{
  protected:
    IgmpHelperTest()
    {
        nodes.Create(3);
        CsmaHelper csma;
        NetDeviceContainer devices = csma.Install(nodes);
        InternetStackHelper stack;
        stack.Install(nodes);
        Ipv4AddressHelper addresses("192.168.1.0", "255.255.255.0");
        interfaces = addresses.Assign(devices);
        const char* names[] = {"e1", "e2", "r1"};
        for (uint32_t i = 0; i < 3; ++i)
        {
            Names::Add(names[i], nodes.Get(i));
            Names::Add(std::string(names[i]) + "/eth0", devices.Get(i));
        }
    }

    ~IgmpHelperTest() override
    {
        Names::Clear();
        Simulator::Destroy();
    }

    void RunTo(double seconds)
    {
        Simulator::Stop(Seconds(seconds) - Simulator::Now());
        Simulator::Run();
    }

    /** \returns the rows of igmp.csv of a node. */
    std::vector<TableCells> GetCells(uint32_t node) const
    {
        LabNode lab;
        lab.node = nodes.Get(node);
        lab.name = GetNodeName(lab.node);
        lab.igmp = lab.node->GetObject<IgmpProtocol>();
        std::vector<TableCells> cells;
        for (const IgmpRow& row : GetIgmpRows(lab))
        {
            cells.push_back(MakeCells(row));
        }
        return cells;
    }

    NodeContainer nodes;
    Ipv4InterfaceContainer interfaces;
};

TEST_F(IgmpHelperTest, InstallsWithAttributesOnceAndAssignsStreams)
{
    IgmpHelper helper;
    helper.Set("Robustness", UintegerValue(3));
    helper.Install(nodes);
    Ptr<IgmpProtocol> igmp = nodes.Get(0)->GetObject<IgmpProtocol>();
    ASSERT_TRUE(igmp);
    EXPECT_EQ(helper.Install("e1"), igmp);
    UintegerValue robustness;
    igmp->GetAttribute("Robustness", robustness);
    EXPECT_EQ(robustness.Get(), 3u);
    EXPECT_EQ(IgmpHelper::AssignStreams(nodes, 10), 3);
}

TEST_F(IgmpHelperTest, ShowCommandsReadAsXorps)
{
    IgmpHelper helper;
    helper.Install(nodes);
    IgmpHelper::EnableQuerier(nodes.Get(0), 1);
    IgmpHelper::EnableQuerier(nodes.Get(1), 1);
    auto host = nodes.Get(2)->GetObject<IgmpProtocol>();
    RunTo(40);
    host->Join(1, Ipv4Address("239.0.0.10"));
    host->Join(1, Ipv4Address("239.0.0.11"), IgmpFilterMode::EXCLUDE, {Ipv4Address("10.0.0.1")});
    host->Join(1, Ipv4Address("232.0.0.1"), {Ipv4Address("10.0.0.2")});
    RunTo(50);
    std::ostringstream group;
    ShowIgmpGroup(group, nodes.Get(0));
    EXPECT_EQ(group.str(),
              "Interface    Group           Source          LastReported Timeout V State\n"
              "eth0         232.0.0.1       0.0.0.0         192.168.1.3        0 3     I\n"
              "eth0         232.0.0.1       10.0.0.2        192.168.1.3      250 3     F\n"
              "eth0         239.0.0.10      0.0.0.0         192.168.1.3      250 3     E\n"
              "eth0         239.0.0.11      0.0.0.0         192.168.1.3      250 3     E\n"
              "eth0         239.0.0.11      10.0.0.1        192.168.1.3        0 3     D\n");
    std::ostringstream interface;
    ShowIgmpInterface(interface, nodes.Get(0));
    EXPECT_EQ(interface.str(),
              "Interface    State    Querier         Timeout Version Groups\n"
              "eth0         UP       192.168.1.1        None       3      3\n");
    std::ostringstream other;
    ShowIgmpInterface(other, nodes.Get(1));
    EXPECT_EQ(other.str(),
              "Interface    State    Querier         Timeout Version Groups\n"
              "eth0         UP       192.168.1.1         236       3      3\n");
    const std::vector<std::vector<std::string>> rows{
        {"e1", "eth0", "232.0.0.1", "INCLUDE", "10.0.0.2", "192.168.1.3"},
        {"e1", "eth0", "239.0.0.10", "EXCLUDE", "", "192.168.1.3"},
        {"e1", "eth0", "239.0.0.11", "EXCLUDE", "10.0.0.1", "192.168.1.3"}};
    EXPECT_EQ(GetCells(0), rows);
    EXPECT_TRUE(GetCells(2).empty());
}

TEST_F(IgmpHelperTest, EnablesQueriersOfAContainer)
{
    IgmpHelper().Install(nodes);
    IgmpHelper::EnableQuerier(interfaces);
    for (uint32_t i = 0; i < 3; ++i)
    {
        EXPECT_EQ(nodes.Get(i)->GetObject<IgmpProtocol>()->GetInterfaces().size(), 1u);
    }
}

} // namespace

} // namespace ns3
