// SPDX-License-Identifier: GPL-2.0-only
// LANs with several PIM routers: asserts between forwarders, override and suppression of joins, a
// change of DR, a restart.
#include "pim-lab.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

void
SetAll(PimLab& lab, const char* attribute, const char* value)
{
    for (const auto& [name, pim] : lab.GetRouters())
    {
        pim->SetAttribute(attribute, StringValue(value));
    }
}

void
SetRp(PimLab& lab, Ipv4Address rp)
{
    for (const auto& [name, pim] : lab.GetRouters())
    {
        pim->AddStaticRp(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), rp);
    }
}

/** Two upstream (u1, u2) and two downstream routers (d1, d2) on LAN 30; the RP is s. */
class PimAssertLan : public testing::TestWithParam<const char*>
{
  protected:
    PimAssertLan()
    {
        lab.AddLan(1, {{"h1", 1}, {"s", 11}});
        lab.AddLan(10, {{"s", 11}, {"u1", 21}});
        lab.AddLan(20, {{"s", 11}, {"u2", 22}});
        lab.AddLan(30, {{"u1", 21}, {"u2", 22}, {"d1", 31}, {"d2", 32}});
        lab.AddLan(41, {{"d1", 31}, {"h2", 2}});
        lab.AddLan(42, {{"d2", 32}, {"h3", 3}});
        lab.ComputeRoutes();
        lab.Prefer("d1", lab.Address("u1", 30));
        lab.Prefer("d2", lab.Address("u2", 30));
        SetRp(lab, lab.Address("s", 1));
        SetAll(lab, "SptThreshold", GetParam());
        h2 = &lab.Receive("h2", GROUP);
        h3 = &lab.Receive("h3", GROUP);
        lab.CountLan(30, [this](const Ipv4Header& header, Ptr<const Packet>) {
            if (header.GetDestination() == GROUP)
            {
                ++copies;
                lastCopy = Simulator::Now();
            }
        });
        lab.CountPim(30, [this](const Ipv4Header&, const PimMessage& message) {
            asserts += message.As<PimAssert>() != nullptr ? 1 : 0;
        });
    }

    /** Runs for so long. \returns copies on the LAN beyond one per packet at 10 packets per second.
     */
    int64_t Extra(double seconds)
    {
        const uint32_t before = copies;
        lab.RunUntil(Simulator::Now().GetSeconds() + seconds);
        return int64_t(copies - before) - std::llround(seconds * 10);
    }

    PimLab lab;
    LabReceipt* h2;
    LabReceipt* h3;
    uint32_t copies{0};
    uint32_t asserts{0};
    Time lastCopy;
};

TEST_P(PimAssertLan, OneCopyWithinASecondAndForHalfAnHour)
{
    lab.RunUntil(20);
    lab.Join(41, GROUP);
    lab.Join(42, GROUP);
    lab.RunUntil(29.95);
    lab.Send("h1", 1, GROUP, 18100, MilliSeconds(100), 100);
    EXPECT_LE(Extra(2), 10) << "the first contest";
    EXPECT_EQ(Extra(60), 0);
    EXPECT_LE(Extra(1730), 10) << "half an hour";
    EXPECT_GE(asserts, 10u) << "refreshed at 177 s";
    EXPECT_LE(asserts, 60u);
    EXPECT_EQ(h2->GetLost(17900), 0u);
    EXPECT_EQ(h3->GetLost(17900), 0u);
    EXPECT_LE(h2->GetDuplicates(), 10u);
    EXPECT_LE(h3->GetDuplicates(), 10u);
}

TEST_P(PimAssertLan, EachLaterChangeOpensTheContestOnce)
{
    lab.RunUntil(20);
    lab.Join(41, GROUP);
    lab.RunUntil(29.95);
    lab.Send("h1", 1, GROUP, 4000, MilliSeconds(100), 100);
    EXPECT_LE(Extra(10), 1);
    for (int round = 0; round < 3; ++round)
    {
        lab.Join(42, GROUP);
        EXPECT_LE(Extra(1.5), 10) << round;
        EXPECT_LE(Extra(30), 0) << round;
        lab.Join(42, GROUP, false);
        EXPECT_LE(Extra(30), 0) << round;
    }
    EXPECT_EQ(h2->GetLost(1900), 0u);
}

TEST_P(PimAssertLan, TheLoserTakesOverFromADeadWinner)
{
    lab.RunUntil(20);
    lab.Join(41, GROUP);
    lab.Join(42, GROUP);
    lab.RunUntil(29.95);
    lab.Send("h1", 1, GROUP, 4000, MilliSeconds(100), 100);
    lab.RunUntil(60);
    // u2, with the higher address, has won; its links go, and the routes with them.
    lab.SetUp("u2", 20, false);
    lab.SetUp("u2", 30, false);
    lab.ComputeRoutes({20});
    lab.Prefer("d2", lab.Address("u1", 30));
    lab.Prefer("d1", lab.Address("u1", 30));
    lab.RunUntil(300);
    const uint32_t sent = 2600;
    EXPECT_GT(h3->count.count(sent), 0u) << "traffic is back";
    EXPECT_LE(h2->GetLost(sent), 1200u);
    EXPECT_LE(Extra(30), 0);
}

INSTANTIATE_TEST_SUITE_P(Trees, PimAssertLan, testing::Values("infinity", "0"));

/** One upstream router (u), three downstream (d1, d2, d3) on LAN 30. */
class PimSharedLan : public testing::Test
{
  protected:
    PimSharedLan()
    {
        lab.AddLan(1, {{"h1", 1}, {"u", 21}});
        lab.AddLan(30, {{"u", 21}, {"d1", 31}, {"d2", 32}, {"d3", 33}});
        for (uint32_t i = 1; i <= 3; ++i)
        {
            const std::string n = std::to_string(i);
            lab.AddLan(40 + i, {{"d" + n, 30 + i}, {"h" + std::to_string(i + 1), 2}});
        }
        lab.ComputeRoutes();
        SetRp(lab, lab.Address("u", 1));
        lab.CountPim(30, [this](const Ipv4Header& header, const PimMessage& message) {
            if (const auto* body = message.As<PimJoinPrune>())
            {
                for (const PimJoinPruneGroup& set : body->groups)
                {
                    joins += set.joins.size();
                    prunes += set.prunes.size();
                    lastPrune = set.prunes.empty() ? lastPrune : Simulator::Now();
                    lastJoin = set.joins.empty() ? lastJoin : Simulator::Now();
                    joiners.insert(header.GetSource());
                }
            }
        });
    }

    PimLab lab;
    std::size_t joins{0};
    std::size_t prunes{0};
    Time lastPrune;
    Time lastJoin;
    std::set<Ipv4Address> joiners;
};

TEST_F(PimSharedLan, AnotherOverridesThePrune)
{
    SetAll(lab, "SptThreshold", "infinity");
    LabReceipt& h3 = lab.Receive("h3", GROUP);
    lab.RunUntil(20);
    for (uint32_t lan : {41, 42, 43})
    {
        lab.Join(lan, GROUP);
    }
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 1000, MilliSeconds(20), 100);
    lab.RunUntil(35);
    joins = prunes = 0;
    lab.Join(41, GROUP, false);
    lab.RunUntil(38);
    EXPECT_EQ(prunes, 1u);
    EXPECT_GE(joins, 1u);
    EXPECT_LE(lastJoin - lastPrune, Seconds(2.5));
    lab.RunUntil(60);
    EXPECT_EQ(h3.GetLost(1000), 0u);
    EXPECT_EQ(lab.Row("u", Ipv4Address("192.168.1.1"), GROUP), "1>30");
}

TEST_F(PimSharedLan, SuppressionLeavesOneJoinPerPeriod)
{
    lab.RunUntil(20);
    for (uint32_t lan : {41, 42, 43})
    {
        lab.Join(lan, GROUP);
        lab.RunUntil(Simulator::Now().GetSeconds() + 7);
    }
    lab.RunUntil(200);
    joins = 0;
    joiners.clear();
    lab.RunUntil(200 + 20 * 60);
    EXPECT_GE(joins, 16u);
    EXPECT_LE(joins, 24u);
}

TEST_F(PimSharedLan, WithoutSuppressionEveryoneJoins)
{
    for (const auto& [name, pim] : lab.GetRouters())
    {
        pim->SetAttribute("TrackingSupport", BooleanValue(true));
    }
    lab.RunUntil(20);
    for (uint32_t lan : {41, 42, 43})
    {
        lab.Join(lan, GROUP);
        lab.RunUntil(Simulator::Now().GetSeconds() + 7);
    }
    lab.RunUntil(200);
    joins = 0;
    lab.RunUntil(200 + 10 * 60);
    EXPECT_GE(joins, 29u);
    EXPECT_LE(joins, 31u);
}

TEST_F(PimSharedLan, TheLastPruneStopsTheTraffic)
{
    SetAll(lab, "SptThreshold", "infinity");
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.RunUntil(20);
    lab.Join(41, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 500, MilliSeconds(20), 100);
    lab.RunUntil(32);
    lab.Join(41, GROUP, false);
    lab.RunUntil(36);
    EXPECT_EQ(lab.Row("u", Ipv4Address::GetAny(), GROUP), "");
    EXPECT_LE(h2.count.size(), 101u) << "at the last hop the member's leave works at once";
}

TEST_F(PimSharedLan, AnUpstreamThatRestartsIsToldAtOnce)
{
    SetAll(lab, "SptThreshold", "infinity");
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.RunUntil(20);
    lab.Join(41, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 2000, MilliSeconds(20), 100);
    lab.RunUntil(40);
    lab.GetPim("u")->Stop();
    lab.GetPim("u")->Start();
    lab.RunUntil(75);
    // Triggered_Hello_Delay (5 s), then t_override (2.5 s).
    EXPECT_LE(h2.GetLost(2000), (5 + 2.5) * 50 + 2);
    EXPECT_GT(h2.GetLost(2000), 0u);
    EXPECT_LE(h2.GetDuplicates(), 1u);
}

/** Two last hops (d1, d2) on the members' LAN 40; the one with the higher address is the DR. */
class PimTwoDrs : public testing::Test
{
  protected:
    PimTwoDrs()
    {
        lab.AddLan(1, {{"h1", 1}, {"u", 21}});
        lab.AddLan(30, {{"u", 21}, {"d1", 31}, {"d2", 32}});
        lab.AddLan(40, {{"d1", 31}, {"d2", 32}, {"h2", 2}});
        lab.ComputeRoutes();
        SetRp(lab, lab.Address("u", 1));
        SetAll(lab, "SptThreshold", "infinity");
    }

    PimLab lab;
};

TEST_F(PimTwoDrs, OnlyTheDrForwards)
{
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.RunUntil(20);
    lab.Join(40, GROUP);
    lab.RunUntil(30);
    EXPECT_EQ(lab.Row("d2", Ipv4Address::GetAny(), GROUP), "30>40");
    EXPECT_EQ(lab.Row("d1", Ipv4Address::GetAny(), GROUP), "");
    lab.Send("h1", 1, GROUP, 100, MilliSeconds(20), 100);
    lab.RunUntil(40);
    EXPECT_EQ(h2.GetLost(100), 0u);
    EXPECT_EQ(h2.GetDuplicates(), 0u);
}

TEST_F(PimTwoDrs, TheDrDiesSilently)
{
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.RunUntil(20);
    lab.Join(40, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 200 * 20, MilliSeconds(50), 100);
    lab.RunUntil(50);
    lab.GetPim("d2")->Stop();
    lab.RunUntil(230);
    // Detection takes the Hello holdtime, 105 s.
    EXPECT_LE(h2.GetLost(200 * 20), 20 * 106u);
    EXPECT_GT(h2.GetLost(200 * 20), 20 * 70u);
    EXPECT_LE(h2.GetDuplicates(), 1u);
    EXPECT_EQ(lab.Row("d1", Ipv4Address::GetAny(), GROUP), "30>40");
}

TEST_F(PimTwoDrs, AChangeOfPriorityMovesTheTraffic)
{
    LabReceipt& h2 = lab.Receive("h2", GROUP);
    lab.RunUntil(20);
    lab.Join(40, GROUP);
    lab.RunUntil(30);
    lab.Send("h1", 1, GROUP, 1000, MilliSeconds(20), 100);
    lab.RunUntil(40);
    PimInterfaceSettings settings;
    settings.drPriority = 10;
    lab.GetPim("d1")->SetInterfaceSettings(lab.Interface("d1", 40), settings);
    lab.RunUntil(60);
    EXPECT_EQ(lab.Row("d1", Ipv4Address::GetAny(), GROUP), "30>40");
    EXPECT_LE(h2.GetLost(1000), 5 * 50u);
    EXPECT_LE(h2.GetDuplicates(), 1u);
}

} // namespace
