// SPDX-License-Identifier: GPL-2.0-only
// The R/E/C lab: the RP tree, the path by Registers, the RP's switch to native, the last hops'
// switch to the shortest-path tree; who forwards what, and that no packet is lost on the way.
#include "pim-rec-lab.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const Ipv4Address R1("192.168.1.1");

class PimRecLab : public testing::Test
{
  protected:
    PimRecLab()
    {
        AddRecLab(lab);
        lab.ComputeRoutes();
        for (const auto& [name, pim] : lab.GetRouters())
        {
            pim->AddStaticRp(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8),
                             Ipv4Address("192.168.101.133"));
            pim->TraceConnectWithoutContext(
                "Event",
                Callback<void, std::string, std::string>(
                    [this, name = name](std::string event, std::string detail) {
                        ++events[name + " " + event];
                        last[name + " " + event] = detail;
                    }));
        }
    }

    void SetAll(const char* attribute, const char* value)
    {
        for (const auto& [name, pim] : lab.GetRouters())
        {
            pim->SetAttribute(attribute, StringValue(value));
        }
    }

    /** Counts data packets that are put onto a LAN. */
    std::shared_ptr<uint32_t> CountData(uint32_t lan)
    {
        auto packets = std::make_shared<uint32_t>(0);
        lab.CountLan(lan, [packets](const Ipv4Header& header, Ptr<const Packet>) {
            *packets += header.GetDestination() == GROUP ? 1 : 0;
        });
        return packets;
    }

    void JoinBoth()
    {
        lab.Join(2, GROUP);
        lab.Join(3, GROUP);
    }

    PimLab lab;
    std::map<std::string, uint32_t> events;
    std::map<std::string, std::string> last;
};

TEST_F(PimRecLab, RpTreeWithoutSource)
{
    lab.RunUntil(20);
    JoinBoth();
    lab.RunUntil(30);
    EXPECT_EQ(lab.Row("e2", ANY, GROUP), "12>2");
    EXPECT_EQ(lab.Row("e3", ANY, GROUP), "23>3");
    EXPECT_EQ(lab.Row("c1", ANY, GROUP), "101>12");
    EXPECT_EQ(lab.Row("c3", ANY, GROUP), "R>23 101");
    EXPECT_EQ(lab.Row("e1", ANY, GROUP), "");
    EXPECT_EQ(lab.Row("c2", ANY, GROUP), "");
}

TEST_F(PimRecLab, SharedTreeWithNativeRp)
{
    SetAll("SptThreshold", "infinity");
    LabReceipt& r2 = lab.Receive("r2", GROUP);
    LabReceipt& r3 = lab.Receive("r3", GROUP);
    lab.RunUntil(20);
    JoinBoth();
    lab.RunUntil(30);
    lab.Send("r1", 1, GROUP, 40, Seconds(1.176));
    std::map<uint32_t, std::shared_ptr<uint32_t>> counts;
    lab.RunUntil(50);
    for (uint32_t lan : {1, 2, 3, 11, 12, 13, 21, 22, 23, 101, 102, 103})
    {
        counts[lan] = CountData(lan);
    }
    lab.RunUntil(100);
    EXPECT_EQ(r2.GetLost(40), 0u);
    EXPECT_EQ(r3.GetLost(40), 0u);
    EXPECT_LE(r2.GetDuplicates(), 1u);
    EXPECT_LE(r3.GetDuplicates(), 1u);
    EXPECT_EQ(r2.lastTtl, 6);
    EXPECT_EQ(r3.lastTtl, 7);
    EXPECT_EQ(events["e1 register-start"], 1u);
    EXPECT_EQ(events["e1 register-stop"], 1u);
    EXPECT_EQ(lab.Row("e1", R1, GROUP), "1>21");
    EXPECT_EQ(lab.Row("c3", R1, GROUP), "21>23 101");
    for (const char* name : {"c1", "e2", "e3"})
    {
        EXPECT_EQ(lab.Row(name, R1, GROUP), "") << name;
        EXPECT_NE(lab.Row(name, ANY, GROUP), "") << name;
    }
    const uint32_t packets = *counts[1];
    EXPECT_GT(packets, 10u);
    for (uint32_t lan : {21, 23, 101, 12, 2, 3})
    {
        EXPECT_EQ(*counts[lan], packets) << lan;
    }
    for (uint32_t lan : {11, 13, 22, 102, 103})
    {
        EXPECT_EQ(*counts[lan], 0u) << lan;
    }
}

TEST_F(PimRecLab, ShortestPathTreeFromTheFirstPacket)
{
    LabReceipt& r2 = lab.Receive("r2", GROUP);
    LabReceipt& r3 = lab.Receive("r3", GROUP);
    lab.RunUntil(20);
    JoinBoth();
    lab.RunUntil(30);
    lab.Send("r1", 1, GROUP, 400, MilliSeconds(100));
    lab.RunUntil(31);
    std::map<uint32_t, std::shared_ptr<uint32_t>> counts;
    for (uint32_t lan : {1, 2, 3, 11, 12, 13, 21, 22, 23, 101, 102, 103})
    {
        counts[lan] = CountData(lan);
    }
    lab.RunUntil(69);
    EXPECT_EQ(lab.Row("e1", R1, GROUP), "1>11 21");
    EXPECT_EQ(lab.Row("c1", R1, GROUP), "11>12");
    EXPECT_EQ(lab.Row("c3", R1, GROUP), "21>23");
    EXPECT_EQ(lab.Row("e2", R1, GROUP), "12>2");
    EXPECT_EQ(lab.Row("e3", R1, GROUP), "23>3");
    EXPECT_EQ(lab.Row("c2", R1, GROUP), "");
    const uint32_t packets = *counts[1];
    for (uint32_t lan : {11, 12, 21, 23, 2, 3})
    {
        EXPECT_EQ(*counts[lan], packets) << lan;
    }
    for (uint32_t lan : {13, 22, 101, 102, 103})
    {
        EXPECT_EQ(*counts[lan], 0u) << lan;
    }
    lab.RunUntil(75);
    EXPECT_EQ(r2.GetLost(400), 0u);
    EXPECT_EQ(r3.GetLost(400), 0u);
    EXPECT_LE(r2.GetDuplicates(), 1u);
    EXPECT_LE(r3.GetDuplicates(), 1u);
    EXPECT_EQ(r2.lastTtl, 7);
    EXPECT_EQ(r3.lastTtl, 7);
    EXPECT_EQ(events["e1 register-stop"], 1u);
}

TEST_F(PimRecLab, NoPacketIsLostAtAnyRate)
{
    for (double interval : {0.5, 0.01, 0.001, 0.0002})
    {
        const Ipv4Address group(GROUP.Get() + static_cast<uint32_t>(1 / interval));
        LabReceipt& r2 = lab.Receive("r2", group);
        LabReceipt& r3 = lab.Receive("r3", group);
        const double start = Simulator::Now().GetSeconds() + 20;
        lab.RunUntil(start);
        lab.Join(2, group);
        lab.Join(3, group);
        lab.RunUntil(start + 1);
        lab.Send("r1", 1, group, 100, Seconds(interval));
        lab.RunUntil(start + 1 + 100 * interval + 5);
        EXPECT_EQ(r2.GetLost(100), 0u) << interval;
        EXPECT_EQ(r3.GetLost(100), 0u) << interval;
        EXPECT_LE(r2.GetDuplicates(), 1u) << interval;
        EXPECT_LE(r3.GetDuplicates(), 1u) << interval;
    }
}

} // namespace
