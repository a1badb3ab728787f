// SPDX-License-Identifier: GPL-2.0-only
// OpenflowHelper, MapServerHelper and what `show` prints of both.
#include "vxlan/vxlan-lan-fixture.h"

#include "ns3/map-server-helper.h"
#include "ns3/map-server-show.h"
#include "ns3/openflow-helper.h"
#include "ns3/openflow-show.h"
#include "ns3/openflow-text.h"
#include "ns3/vxlan-helper.h"

#include <gtest/gtest.h>

#include <sstream>
#include <stdexcept>

using namespace ns3;

namespace
{

class ControlPlaneHelpersTest : public VxlanLanTest
{
  protected:
    ControlPlaneHelpersTest()
    {
        Build(3);
        m_vteps.Add(m_nodes.Get(0));
        m_vteps.Add(m_nodes.Get(1));
    }

    void InstallVxlan(const ObjectFactory& control)
    {
        VxlanHelper vxlan(42);
        vxlan.SetControlPlane(control);
        m_devices = vxlan.Install(m_vteps);
        for (uint32_t i = 0; i < 2; ++i)
        {
            AddAddress(m_devices.Get(i), i);
        }
    }

    Mac48Address GetMac(uint32_t i) const
    {
        return Mac48Address::ConvertFrom(m_devices.Get(i)->GetAddress());
    }

    NodeContainer m_vteps;
    NetDeviceContainer m_devices;
};

} // namespace

TEST_F(ControlPlaneHelpersTest, ShowOfASwitchIsOpenVswitchs)
{
    OpenflowHelper openflow;
    openflow.SetController("IdleTimeout", UintegerValue(100));
    Ptr<OpenflowController> controller = openflow.Install(m_vteps, m_nodes.Get(2));
    EXPECT_EQ(openflow.Install(m_vteps, m_nodes.Get(2)), controller);
    InstallVxlan(OpenflowHelper::MakeControlPlane());
    for (uint32_t i = 0; i < 2; ++i)
    {
        OpenflowTenant tenant;
        tenant.vni = 42;
        tenant.mac = GetMac(i);
        tenant.ip = Ipv4Address(0xc0a86301 + i);
        tenant.vtep = Ipv4Address(0x0a000001 + i);
        controller->SetTenant(tenant);
    }
    RunUntil(Seconds(1));
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(3));
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
    std::ostringstream flows;
    ShowOvsFlows(flows, m_nodes.Get(0));
    std::ostringstream mac;
    mac << GetMac(1);
    EXPECT_NE(flows.str().find(", table=0, n_packets=0, n_bytes=0, priority=90,ip,nw_proto=2 "
                               "actions=CONTROLLER:65535\n"),
              std::string::npos)
        << flows.str();
    EXPECT_NE(flows.str().find("idle_timeout=100, send_flow_rem priority=10,dl_dst=" + mac.str() +
                               " actions=output:12\n"),
              std::string::npos)
        << flows.str();
    std::ostringstream show;
    ShowOvsVsctl(show, m_nodes.Get(0));
    EXPECT_EQ(show.str().substr(show.str().find('\n') + 1),
              "    Bridge br0\n"
              "        Controller \"tcp:10.0.0.3:6653\"\n"
              "            is_connected: true\n"
              "        fail_mode: secure\n"
              "        Port vni42\n"
              "            Interface vni42\n"
              "                type: internal\n"
              "        Port vx2\n"
              "            Interface vx2\n"
              "                type: vxlan\n"
              "                options: {key=\"flow\", local_ip=\"10.0.0.1\", "
              "remote_ip=\"10.0.0.2\"}\n");
    std::ostringstream none;
    ShowOvsVsctl(none, m_nodes.Get(2));
    ShowOvsFlows(none, m_nodes.Get(2));
    EXPECT_EQ(none.str(), "");
}

TEST_F(ControlPlaneHelpersTest, ATunnelOfAStaticFlowIsShown)
{
    OpenflowHelper openflow;
    Ptr<OpenflowSwitch> one = openflow.InstallSwitch(m_nodes.Get(0), Ipv4Address::GetAny());
    RunUntil(Seconds(1));
    one->AddFlow(
        ParseOpenflowFlow("priority=10,actions=output:10.0.0.2",
                          [one](const std::string& name) { return one->ResolvePort(name); }));
    std::ostringstream show;
    ShowOvsVsctl(show, m_nodes.Get(0));
    EXPECT_NE(show.str().find("type: vxlan\n                options: {key=\"flow\", "
                              "local_ip=\"10.0.0.1\", remote_ip=\"10.0.0.2\"}\n"),
              std::string::npos)
        << show.str();
    EXPECT_EQ(show.str().find("Controller"), std::string::npos);
}

TEST_F(ControlPlaneHelpersTest, WhatCannotBeInstalledIsRefused)
{
    EXPECT_THROW(MapServerHelper().Install(m_vteps, m_nodes.Get(0)), std::invalid_argument);
    EXPECT_THROW(MapServerHelper().Install(m_vteps, CreateObject<Node>()), std::invalid_argument);
    EXPECT_THROW(OpenflowHelper().Install(m_vteps, CreateObject<Node>()), std::invalid_argument);
}

TEST_F(ControlPlaneHelpersTest, MapServerHelperAndItsShow)
{
    MapServerHelper maps;
    maps.SetXtr("RequestRetries", UintegerValue(2));
    maps.Install(m_vteps, m_nodes.Get(2));
    EXPECT_EQ(MapServerHelper::AssignStreams(m_nodes, 10), 3);
    InstallVxlan(MapServerHelper::MakeControlPlane());
    RunUntil(Seconds(1));
    Ping(1, "192.168.99.1", Seconds(0));
    RunUntil(Seconds(3));
    Ping(0, "192.168.99.2", Seconds(0));
    RunUntil(Seconds(4));
    EXPECT_EQ(m_answers["192.168.99.2"], 1);
    std::ostringstream cache;
    ShowMapCache(cache, m_nodes.Get(0));
    std::ostringstream entry;
    entry << GetMac(1) << "/48, expires: 00:04:5";
    EXPECT_NE(cache.str().find(entry.str()), std::string::npos) << cache.str();
    EXPECT_NE(cache.str().find(", mapped\n  10.0.0.2, up, 1/100\n"), std::string::npos)
        << cache.str();
    std::ostringstream server;
    ShowMapCache(server, m_nodes.Get(2));
    EXPECT_NE(server.str().find("[42] ff:ff:ff:ff:ff:ff/48, merged\n  10.0.0.1, up, 1/100\n  "
                                "10.0.0.2, up, 1/100\n"),
              std::string::npos)
        << server.str();
}
