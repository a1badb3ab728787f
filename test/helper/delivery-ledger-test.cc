// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/delivery-ledger.h"

#include <gtest/gtest.h>

#include <algorithm>

using namespace ns3;

namespace
{

const Ipv4Address GROUP("239.0.0.10");
const Ipv4Address SOURCE("192.168.1.1");

class DeliveryLedgerTest : public testing::Test
{
  protected:
    DeliveryLedgerTest()
        : m_flow(m_ledger.AddFlow("iperf", "r1", GROUP))
    {
        m_ledger.SetSource(m_flow, SOURCE);
    }

    void Pass(int sentAt, const std::string& receiver = "r2", double latency = 0.001)
    {
        const uint32_t sequence = m_ledger.Sent(m_flow, Seconds(sentAt));
        m_ledger.Received(m_flow, receiver, "eth0", sequence, 7, Seconds(sentAt + latency));
    }

    static std::string GetCell(const DeliveryRow& row, const std::string& column)
    {
        const TableCells names = GetColumnNames<DeliveryRow>();
        const auto position = std::find(names.begin(), names.end(), column) - names.begin();
        return MakeCells(row).at(static_cast<std::size_t>(position));
    }

    /** \returns the cell of \p column in the row of \p receiver. */
    std::string Cell(const std::string& receiver, const std::string& column)
    {
        for (const DeliveryRow& row : m_ledger.GetRows())
        {
            if (row.receiver == receiver)
            {
                return GetCell(row, column);
            }
        }
        return "no row";
    }

    DeliveryLedger m_ledger;
    uint32_t m_flow;
};

TEST_F(DeliveryLedgerTest, CountsFromTheJoinUpToTheLeave)
{
    Pass(9);
    m_ledger.Join("r2", GROUP, "eth0", {}, Seconds(10));
    Pass(10);
    Pass(11);
    m_ledger.Leave("r2", GROUP, "", {}, Seconds(12));
    Pass(12);
    EXPECT_EQ(Cell("r2", "sent"), "2");
    EXPECT_EQ(Cell("r2", "received"), "2");
    EXPECT_EQ(Cell("r2", "lost"), "0");
    EXPECT_EQ(Cell("r2", "outside"), "1");
    EXPECT_EQ(Cell("r2", "first_s"), "10.001");
    EXPECT_EQ(Cell("r2", "last_s"), "11.001");
    EXPECT_EQ(Cell("r2", "latency_mean_s"), "0.001");
    EXPECT_EQ(Cell("r2", "ttl_min"), "7");
}

TEST_F(DeliveryLedgerTest, ASourceThatIsLeftOutOfAllIsNotDue)
{
    const uint32_t other = m_ledger.AddFlow("other", "r3", GROUP);
    m_ledger.SetSource(other, Ipv4Address("192.168.1.9"));
    auto pass = [&](int time) {
        Pass(time);
        m_ledger.Sent(other, Seconds(time));
    };
    m_ledger.Join("r2", GROUP, "eth0", {}, Seconds(10));
    pass(10);
    m_ledger.Leave("r2", GROUP, "", {SOURCE}, Seconds(20));
    pass(20);
    pass(21);
    m_ledger.Join("r2", GROUP, "eth0", {SOURCE}, Seconds(30));
    pass(30);
    m_ledger.Leave("r2", GROUP, "eth0", {SOURCE}, Seconds(40));
    pass(40);
    m_ledger.Join("r2", GROUP, "eth0", {}, Seconds(50));
    pass(50);
    m_ledger.Leave("r2", GROUP, "", {SOURCE}, Seconds(60));
    m_ledger.Leave("r2", GROUP, "", {}, Seconds(70));
    pass(70);
    const std::vector<DeliveryRow> rows = m_ledger.GetRows();
    ASSERT_EQ(rows.size(), 2u);
    EXPECT_EQ(rows[0].sent, 3u) << "at 10, 30, 50";
    EXPECT_EQ(rows[1].sent, 6u) << "another source is due all the time";
    EXPECT_EQ(Cell("r2", "outside"), "4");
}

TEST_F(DeliveryLedgerTest, SeparatesDuplicatesLossesAndReordering)
{
    m_ledger.Join("r2", GROUP, "eth0", {}, Seconds(0));
    for (int i = 0; i < 4; ++i)
    {
        m_ledger.Sent(m_flow, Seconds(i));
    }
    for (uint32_t sequence : {0, 2, 1, 1})
    {
        m_ledger.Received(m_flow, "r2", "eth0", sequence, 7, Seconds(5));
    }
    EXPECT_EQ(Cell("r2", "sent"), "4");
    EXPECT_EQ(Cell("r2", "received"), "3");
    EXPECT_EQ(Cell("r2", "duplicates"), "1");
    EXPECT_EQ(Cell("r2", "lost"), "1");
    EXPECT_EQ(Cell("r2", "reordered"), "1");
}

TEST_F(DeliveryLedgerTest, TakesOnlyNamedSources)
{
    m_ledger.Join("r2", GROUP, "eth0", {Ipv4Address("192.168.3.3")}, Seconds(0));
    m_ledger.Join("r3", GROUP, "eth0", {SOURCE}, Seconds(0));
    Pass(1, "r2");
    EXPECT_EQ(Cell("r2", "sent"), "0");
    EXPECT_EQ(Cell("r2", "outside"), "1");
    EXPECT_EQ(Cell("r3", "sent"), "1");
    EXPECT_EQ(Cell("r3", "lost"), "1");
    EXPECT_EQ(Cell("r3", "first_s"), "");
    m_ledger.Leave("r3", GROUP, "", {Ipv4Address("192.168.3.3")}, Seconds(2));
    Pass(3, "r3");
    EXPECT_EQ(Cell("r3", "received"), "1");
    m_ledger.Leave("r3", GROUP, "eth0", {SOURCE}, Seconds(4));
    Pass(5, "r3");
    EXPECT_EQ(Cell("r3", "sent"), "2");
}

TEST_F(DeliveryLedgerTest, TakesOnlyWhatComesWhereItHasJoined)
{
    m_ledger.Join("e2", GROUP, "eth0", {}, Seconds(0));
    const uint32_t sequence = m_ledger.Sent(m_flow, Seconds(1));
    m_ledger.Received(m_flow, "e2", "eth1", sequence, 8, Seconds(1));
    EXPECT_EQ(Cell("e2", "lost"), "1");
    EXPECT_EQ(Cell("e2", "outside"), "0");
    m_ledger.Received(m_flow, "e2", "eth0", sequence, 7, Seconds(1));
    EXPECT_EQ(Cell("e2", "received"), "1");
    EXPECT_EQ(Cell("e2", "duplicates"), "0");
}

TEST_F(DeliveryLedgerTest, SenderIsNoReceiverOfItsOwn)
{
    m_ledger.Join("r1", GROUP, "eth0", {}, Seconds(0));
    Pass(1, "r1");
    EXPECT_EQ(Cell("r1", "sent"), "no row");
}

TEST_F(DeliveryLedgerTest, PacketThatDidNotLeaveDoesNotCount)
{
    m_ledger.Join("r2", GROUP, "eth0", {}, Seconds(0));
    m_ledger.Sent(m_flow, Seconds(1));
    m_ledger.Unsent(m_flow);
    m_ledger.Received(m_flow, "r2", "eth0", 0, 7, Seconds(2));
    m_ledger.Received(m_flow + 1, "r2", "eth0", 0, 7, Seconds(2));
    EXPECT_EQ(Cell("r2", "sent"), "0");
    EXPECT_EQ(Cell("r2", "received"), "0");
}

TEST_F(DeliveryLedgerTest, AFlowToOneHostHasOneRow)
{
    const uint32_t flow = m_ledger.AddFlow("web", "t1", Ipv4Address("192.168.99.2"));
    m_ledger.SetReceiver(flow, "");
    for (int i = 0; i < 3; ++i)
    {
        m_ledger.Sent(flow, Seconds(i));
    }
    EXPECT_EQ(Cell("", "lost"), "3"); // nobody has the address
    m_ledger.SetReceiver(flow, "t2");
    m_ledger.ReceivedUnicast(flow, "t2", 0, 64, Seconds(1));
    m_ledger.ReceivedUnicast(flow, "t2", 0, 64, Seconds(1));
    m_ledger.ReceivedUnicast(flow, "t3", 1, 64, Seconds(1)); // not for it
    m_ledger.ReceivedUnicast(flow, "t2", 9, 64, Seconds(1)); // never sent
    EXPECT_EQ(Cell("t2", "group"), "192.168.99.2");
    EXPECT_EQ(Cell("t2", "sent"), "3");
    EXPECT_EQ(Cell("t2", "received"), "1");
    EXPECT_EQ(Cell("t2", "duplicates"), "1");
    EXPECT_EQ(Cell("t2", "ttl_min"), "64");
    EXPECT_EQ(Cell("t3", "sent"), "no row");
}

} // namespace
