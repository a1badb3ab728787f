// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §5 and §6.4: what a flow table does with flows and frames.
#include "openflow-golden.h"

#include "support/fake-clock.h"

#include "ns3/openflow-flow-table.h"
#include "ns3/openflow-text.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

class OpenflowFlowTableTest : public ::testing::Test
{
  protected:
    OpenflowError Add(const std::string& text, uint16_t flags = 0)
    {
        OpenflowFlowMod mod = ParseOpenflowFlow(text);
        mod.flags = flags;
        return m_table.Apply(mod);
    }

    OpenflowError Change(OpenflowCommand command, const std::string& text)
    {
        OpenflowFlowMod mod = ParseOpenflowFlow(text);
        mod.command = command;
        return m_table.Apply(mod);
    }

    /** \returns the actions for the ARP request or the ping of the captures. */
    std::string Match(const std::string& packetIn, uint32_t port = 1)
    {
        OpenflowMessage message;
        ReadMessage(FromHex(packetIn), message);
        const auto& bytes = std::get<OpenflowPacketIn>(message.body).frame;
        OpenflowFrame frame(Create<Packet>(bytes.data(), uint32_t(bytes.size())), port);
        const OpenflowFlow* flow = m_table.Match(frame);
        return flow ? ToString(flow->actions) : "miss";
    }

    FakeClock m_clock;
    std::vector<std::pair<uint16_t, OpenflowRemovedReason>> m_removed;
    OpenflowFlowTable m_table{m_clock, [this](const OpenflowFlow& flow, OpenflowRemovedReason why) {
                                  m_removed.emplace_back(flow.priority, why);
                              }};
};

} // namespace

TEST_F(OpenflowFlowTableTest, TheHighestPriorityWins)
{
    EXPECT_EQ(Match(golden::PACKET_IN_PING), "miss");
    Add("priority=0,actions=drop");
    Add("priority=10,dl_dst=02:00:02:00:00:2a,actions=output:12");
    Add("priority=20,ip,nw_dst=192.168.99.0/24,actions=output:7");
    Add("priority=30,in_port=2,actions=output:9");
    EXPECT_EQ(Match(golden::PACKET_IN_PING), "output:7");
    EXPECT_EQ(Match(golden::PACKET_IN_PING, 2), "output:9");
    EXPECT_EQ(Match(golden::PACKET_IN_ARP), "drop");
    const auto flows = m_table.GetFlows();
    ASSERT_EQ(flows.size(), 4u);
    EXPECT_EQ(flows[1]->packets, 1u);
    EXPECT_EQ(flows[1]->bytes, 98u);
    EXPECT_EQ(m_table.GetLookups(), std::make_pair(uint64_t(4), uint64_t(3)));
}

TEST_F(OpenflowFlowTableTest, MasksAndProtocols)
{
    Add("priority=5,dl_dst=01:00:00:00:00:00/01:00:00:00:00:00,actions=output:3");
    Add("priority=6,arp,arp_tpa=192.168.99.2,arp_op=1,actions=in_port");
    Add("priority=7,icmp,icmp_type=8,actions=output:4");
    Add("priority=8,tcp,tp_dst=80,actions=output:5");
    EXPECT_EQ(Match(golden::PACKET_IN_ARP), "IN_PORT");
    EXPECT_EQ(Match(golden::PACKET_IN_PING), "output:4");
    Change(OpenflowCommand::DELETE, "arp,actions=drop");
    EXPECT_EQ(Match(golden::PACKET_IN_ARP), "output:3");
}

TEST_F(OpenflowFlowTableTest, AddReplacesAndKeepsCounters)
{
    Add("priority=1,actions=output:1");
    Match(golden::PACKET_IN_ARP);
    Add("priority=1,actions=output:2");
    EXPECT_EQ(m_table.GetSize(), 1u);
    EXPECT_EQ(m_table.GetFlows().front()->packets, 1u);
    EXPECT_TRUE(m_removed.empty());
    Add("priority=1,actions=output:3", OFPFF_RESET_COUNTS);
    EXPECT_EQ(m_table.GetFlows().front()->packets, 0u);
    EXPECT_EQ(ToString(Add("priority=1,in_port=1,actions=drop", OFPFF_CHECK_OVERLAP)),
              "OFPFMFC_OVERLAP");
    EXPECT_FALSE(Add("priority=2,in_port=1,actions=drop", OFPFF_CHECK_OVERLAP));
    EXPECT_FALSE(Add("priority=2,in_port=2,actions=drop", OFPFF_CHECK_OVERLAP));
}

TEST_F(OpenflowFlowTableTest, ModifyChangesActionsAlone)
{
    Add("priority=1,in_port=1,idle_timeout=9,actions=output:1");
    Add("priority=2,in_port=1,dl_dst=02:00:02:00:00:2a,actions=output:1");
    Add("priority=3,in_port=2,actions=output:1");
    Change(OpenflowCommand::MODIFY, "in_port=1,actions=output:8");
    Change(OpenflowCommand::MODIFY_STRICT, "priority=4,in_port=2,actions=output:8");
    EXPECT_EQ(ToString(m_table.GetFlows()[0]->actions), "output:1");
    EXPECT_EQ(ToString(m_table.GetFlows()[1]->actions), "output:8");
    EXPECT_EQ(ToString(m_table.GetFlows()[2]->actions), "output:8");
    EXPECT_EQ(m_table.GetFlows()[2]->idleTimeout, 9);
    Change(OpenflowCommand::MODIFY_STRICT, "priority=3,in_port=2,actions=output:8");
    EXPECT_EQ(ToString(m_table.GetFlows()[0]->actions), "output:8");
}

TEST_F(OpenflowFlowTableTest, DeletionsFilter)
{
    Add("priority=1,in_port=1,actions=output:1");
    Add("priority=2,in_port=1,actions=output:2");
    Add("priority=3,in_port=3,actions=output:2");
    OpenflowFlowMod mod = ParseOpenflowFlow("in_port=1,actions=drop");
    mod.command = OpenflowCommand::DELETE;
    mod.outPort = 2;
    m_table.Apply(mod);
    ASSERT_EQ(m_removed.size(), 1u);
    EXPECT_EQ(m_removed[0], std::make_pair(uint16_t(2), OpenflowRemovedReason::DELETE));
    Change(OpenflowCommand::DELETE_STRICT, "priority=2,in_port=3,actions=drop");
    EXPECT_EQ(m_table.GetSize(), 2u);
    Change(OpenflowCommand::DELETE_STRICT, "priority=3,in_port=3,actions=drop");
    EXPECT_EQ(m_table.GetSize(), 1u);
    mod = ParseOpenflowFlow("actions=drop");
    mod.command = OpenflowCommand::DELETE;
    mod.table = OFPTT_ALL;
    mod.cookie = 5;
    mod.cookieMask = 0xff;
    m_table.Apply(mod);
    EXPECT_EQ(m_table.GetSize(), 1u);
    mod.cookieMask = 0;
    m_table.Apply(mod);
    EXPECT_EQ(m_table.GetSize(), 0u);
}

TEST_F(OpenflowFlowTableTest, AFullTableRefusesNewFlowsOnly)
{
    m_table.SetCapacity(2);
    EXPECT_FALSE(Add("priority=1,actions=drop"));
    EXPECT_FALSE(Add("priority=2,actions=drop"));
    EXPECT_EQ(ToString(Add("priority=3,actions=drop")), "OFPFMFC_TABLE_FULL");
    EXPECT_FALSE(Add("priority=2,actions=output:1"));
    EXPECT_EQ(m_table.GetSize(), 2u);
    OpenflowFlowMod mod = ParseOpenflowFlow("table=1,actions=drop");
    EXPECT_EQ(ToString(m_table.Apply(mod)), "OFPFMFC_BAD_TABLE_ID");
}

TEST_F(OpenflowFlowTableTest, Timeouts)
{
    Add("priority=1,in_port=1,idle_timeout=10,actions=drop");
    Add("priority=2,in_port=2,hard_timeout=15,actions=drop");
    Add("priority=3,in_port=3,idle_timeout=10,hard_timeout=25,actions=drop");
    m_clock.Advance(Seconds(9));
    EXPECT_EQ(Match(golden::PACKET_IN_ARP, 3), "drop");
    m_clock.Advance(Seconds(1));
    ASSERT_EQ(m_removed.size(), 1u);
    EXPECT_EQ(m_removed[0], std::make_pair(uint16_t(1), OpenflowRemovedReason::IDLE_TIMEOUT));
    m_clock.Advance(Seconds(5));
    ASSERT_EQ(m_removed.size(), 2u);
    EXPECT_EQ(m_removed[1], std::make_pair(uint16_t(2), OpenflowRemovedReason::HARD_TIMEOUT));
    EXPECT_EQ(Match(golden::PACKET_IN_ARP, 3), "drop");
    m_clock.Advance(Seconds(9));
    EXPECT_EQ(Match(golden::PACKET_IN_ARP, 3), "drop");
    m_clock.Advance(Seconds(1));
    ASSERT_EQ(m_removed.size(), 3u);
    EXPECT_EQ(m_removed[2], std::make_pair(uint16_t(3), OpenflowRemovedReason::HARD_TIMEOUT));
}

TEST_F(OpenflowFlowTableTest, SettingFieldsKeepsTheRestOfTheFrame)
{
    OpenflowMessage message;
    ReadMessage(FromHex(golden::PACKET_IN_PING), message);
    const auto& bytes = std::get<OpenflowPacketIn>(message.body).frame;
    Ptr<const Packet> packet = Create<Packet>(bytes.data(), uint32_t(bytes.size()));
    OpenflowFrame frame(packet, 1);
    EXPECT_EQ(frame.GetPacket(), packet);
    frame.Set(OpenflowField::IPV4_DST, 0xc0a86303);
    frame.Set(OpenflowField::ARP_OP, 2); // no ARP: no change
    const auto changed = frame.GetBytes(200);
    ASSERT_EQ(changed.size(), bytes.size());
    EXPECT_EQ(InternetChecksum(changed.data() + 14, 20), 0);
    EXPECT_EQ(frame.GetPacket()->GetSize(), bytes.size());
    std::vector<uint8_t> whole(bytes.size());
    frame.GetPacket()->CopyData(whole.data(), uint32_t(whole.size()));
    EXPECT_EQ(whole, changed);
    EXPECT_TRUE(std::equal(bytes.begin() + 34, bytes.end(), whole.begin() + 34));
}

TEST(OpenflowText, MatchesAndActionsAsDumpFlows)
{
    const auto again = [](const std::string& text) {
        const OpenflowFlowMod mod = ParseOpenflowFlow(text);
        return ToString(mod.match) + " actions=" + ToString(mod.actions);
    };
    EXPECT_EQ(again("arp,in_port=1,arp_op=1,arp_tpa=192.168.99.2,actions=IN_PORT"),
              "arp,in_port=1,arp_tpa=192.168.99.2,arp_op=1 actions=IN_PORT");
    EXPECT_EQ(again("in_port=1,dl_dst=02:00:02:00:00:2a,actions=set_field:42->tun_id,output:12"),
              "in_port=1,dl_dst=02:00:02:00:00:2a actions=set_field:0x2a->tun_id,output:12");
    EXPECT_EQ(again("actions=controller"), " actions=CONTROLLER:65535");
    EXPECT_EQ(again("udp,tp_dst=4789,nw_src=10.0.0.0/8,actions=NORMAL"),
              "udp,nw_src=10.0.0.0/8,tp_dst=4789 actions=NORMAL");
    EXPECT_EQ(again("dl_type=0x88cc,tun_id=42,actions=drop"),
              "tun_id=0x2a,dl_type=0x88cc actions=drop");
    EXPECT_EQ(again("ip,nw_proto=2,actions=output:3"), "ip,nw_proto=2 actions=output:3");
    EXPECT_EQ(again("ip,nw_src=0.0.0.0/0,dl_dst=02:00:02:00:00:2a/0:0:0:0:0:0,actions=drop"),
              "ip actions=drop");
    EXPECT_EQ(again("actions=note:0a.FF,output:3"), " actions=note:0a.ff.00.00.00.00,output:3");
    const auto resolve = [](const std::string& name) {
        return name == "192.168.2.2" ? std::optional<uint32_t>(12) : std::nullopt;
    };
    EXPECT_EQ(ToString(ParseOpenflowActions("output:192.168.2.2", resolve)), "output:12");
}

TEST(OpenflowText, WhatIsWrongIsNamed)
{
    for (const char* text : {"in_port=1",
                             "foo=1,actions=drop",
                             "dl_dst=02:00,actions=drop",
                             "arp_op=1,actions=drop",
                             "tp_dst=80,actions=drop",
                             "nw_proto=300,ip,actions=drop",
                             "in_port=1/1,actions=drop",
                             "priority=70000,actions=drop",
                             "table=256,actions=drop",
                             "tcp,=5,actions=drop",
                             "dl_dst=02:00:02:00:00:-1,actions=drop",
                             "dl_dst=02:00: 2:00:00:01,actions=drop",
                             "dl_dst=02:00:02:00:00:01:07,actions=drop",
                             "ip,nw_dst=1.2.3.4/33,actions=drop",
                             "actions=",
                             "actions=output:192.168.2.2",
                             "actions=set_field:1->dl_type",
                             "actions=move:NXM_OF_ETH_SRC[]->NXM_OF_ARP_OP[]",
                             "actions=output:0",
                             "actions=note:1",
                             "actions=note:01.",
                             "actions=note:01-02",
                             "actions=note:xy",
                             "actions=controller:x"})
    {
        EXPECT_THROW(ParseOpenflowFlow(text), std::invalid_argument) << text;
    }
}
