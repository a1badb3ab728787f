// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.9.5: how joins and prunes share messages.
#include "support/pim-test-router.h"

#include "ns3/pim-join-prune-message.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

using Kind = PimJoinPruneQueue::Kind;

class PimJoinPruneQueueTest : public testing::Test
{
  protected:
    PimJoinPruneQueueTest()
        : hellos(environment, hello),
          queue(environment, hellos, [this](Ipv4Address) { return periodic; })
    {
        environment.AddInterface(1, "10.0.1.1");
        environment.AddInterface(2, "10.0.2.1");
        hellos.InterfaceChanged(1);
        hellos.InterfaceChanged(2);
    }

    void Add(bool join, Kind kind, uint32_t group, uint32_t address = 0x0a080808)
    {
        queue.Add(join,
                  kind,
                  {1, Ipv4Address("10.0.1.2")},
                  Ipv4Address(0xef000000 + group),
                  Ipv4Address(address));
    }

    std::vector<PimJoinPrune> Flush()
    {
        environment.Forget();
        queue.Flush();
        return environment.Of<PimJoinPrune>(1);
    }

    FakePimEnvironment environment;
    PimHelloConfig hello;
    PimHelloMachine hellos;
    std::vector<Ipv4Address> periodic;
    PimJoinPruneQueue queue;
};

TEST_F(PimJoinPruneQueueTest, OneMessagePerNeighbor)
{
    Add(true, Kind::STAR_G, 1);
    Add(true, Kind::SG, 2);
    Add(false, Kind::SG_RPT, 3);
    queue.Add(true,
              Kind::SG,
              {2, Ipv4Address("10.0.2.2")},
              Ipv4Address("239.0.0.1"),
              Ipv4Address("10.8.8.8"));
    const auto messages = Flush();
    ASSERT_EQ(messages.size(), 1u);
    EXPECT_EQ(messages[0].groups.size(), 3u);
    EXPECT_EQ(messages[0].upstreamNeighbor, Ipv4Address("10.0.1.2"));
    EXPECT_EQ(messages[0].holdtime, 210);
    EXPECT_EQ(environment.Of<PimJoinPrune>(2).size(), 1u);
    EXPECT_TRUE(Flush().empty()) << "once";
}

TEST_F(PimJoinPruneQueueTest, BitsOfTheKinds)
{
    Add(true, Kind::STAR_G, 1);
    Add(true, Kind::SG, 2);
    Add(false, Kind::SG_RPT, 3);
    const PimJoinPrune message = Flush().at(0);
    const PimEncodedSource star = message.groups[0].joins[0];
    EXPECT_TRUE(star.sparse && star.wildcard && star.rpt);
    const PimEncodedSource sg = message.groups[1].joins[0];
    EXPECT_TRUE(sg.sparse && !sg.wildcard && !sg.rpt);
    const PimEncodedSource rpt = message.groups[2].prunes[0];
    EXPECT_TRUE(rpt.sparse && !rpt.wildcard && rpt.rpt);
}

TEST_F(PimJoinPruneQueueTest, TheLastWordCounts)
{
    Add(true, Kind::SG, 1);
    Add(false, Kind::SG, 1);
    const auto messages = Flush();
    ASSERT_EQ(messages.size(), 1u);
    EXPECT_TRUE(messages[0].groups[0].joins.empty());
    EXPECT_EQ(messages[0].groups[0].prunes.size(), 1u);
}

TEST_F(PimJoinPruneQueueTest, AJoinStarGCarriesItsPrunesAndNothingElseOfTheSharedTree)
{
    periodic = {Ipv4Address("10.8.8.1"), Ipv4Address("10.8.8.2")};
    Add(true, Kind::STAR_G, 1);
    Add(true, Kind::SG_RPT, 1, 0x0a080803);
    Add(false, Kind::SG_RPT, 1, 0x0a080804);
    const PimJoinPrune message = Flush().at(0);
    ASSERT_EQ(message.groups.size(), 1u);
    EXPECT_EQ(message.groups[0].joins.size(), 1u);
    ASSERT_EQ(message.groups[0].prunes.size(), 2u);
    EXPECT_EQ(message.groups[0].prunes[0].address, Ipv4Address("10.8.8.1"));
}

TEST_F(PimJoinPruneQueueTest, NoNeighborNoMessage)
{
    queue.Add(true,
              Kind::SG,
              {1, Ipv4Address::GetAny()},
              Ipv4Address("239.0.0.1"),
              Ipv4Address("10.8.8.8"));
    EXPECT_TRUE(Flush().empty());
}

TEST_F(PimJoinPruneQueueTest, NothingGoesOutOfADeadInterface)
{
    environment.interfaces[1].up = false;
    Add(true, Kind::SG, 1);
    EXPECT_TRUE(Flush().empty());
}

TEST_F(PimJoinPruneQueueTest, SplitAtTheMtu)
{
    environment.interfaces[1].mtu = 100;
    for (uint32_t i = 0; i < 50; ++i)
    {
        Add(true, Kind::SG, i);
    }
    std::size_t groups = 0;
    for (const PimJoinPrune& message : Flush())
    {
        WireWriter writer;
        PimMessage(message).Write(writer);
        EXPECT_LE(writer.GetSize(), 80u);
        groups += message.groups.size();
    }
    EXPECT_EQ(groups, 50u);
}

TEST_F(PimJoinPruneQueueTest, ManySourcesOfOneGroupAreSplit)
{
    for (uint32_t i = 0; i < 1000; ++i)
    {
        Add(true, Kind::SG, 1, 0x0a080000 + i);
    }
    const auto messages = Flush();
    std::size_t sources = 0;
    for (const PimJoinPrune& message : messages)
    {
        ASSERT_EQ(message.groups.size(), 1u);
        sources += message.groups[0].joins.size();
    }
    EXPECT_EQ(sources, 1000u);
    EXPECT_EQ(messages.size(), 6u) << "181 sources fit a message of 1480 bytes";
}

TEST_F(PimJoinPruneQueueTest, AtMost255Groups)
{
    environment.interfaces[1].mtu = 65535;
    for (uint32_t i = 0; i < 300; ++i)
    {
        Add(true, Kind::SG, i);
    }
    const auto messages = Flush();
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_EQ(messages[0].groups.size(), 255u);
}

TEST_F(PimJoinPruneQueueTest, AHelloGoesFirst)
{
    Add(true, Kind::SG, 1);
    environment.Forget();
    queue.Flush();
    ASSERT_EQ(environment.sent.size(), 2u);
    EXPECT_NE(environment.sent[0].message.As<PimHello>(), nullptr);
}

} // namespace
