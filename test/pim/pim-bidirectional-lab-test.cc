// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 in the simulator: the R/E/C lab and LANs with bidirectional groups.
#include "pim-rec-lab.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const Ipv4Address GROUP("239.0.0.10");
const Ipv4Address ANY = Ipv4Address::GetAny();

class PimBidirectionalLab : public testing::Test
{
  protected:
    PimBidirectionalLab()
    {
        AddRecLab(lab);
        lab.ComputeRoutes();
    }

    void SetRp(Ipv4Address rp)
    {
        for (const auto& [name, pim] : lab.GetRouters())
        {
            pim->AddBidirRp(Ipv4Prefix(Ipv4Address("239.0.0.0"), 8), rp);
        }
    }

    std::size_t CountTib(PimTibRow::Kind kind)
    {
        std::size_t count = 0;
        for (const auto& [name, pim] : lab.GetRouters())
        {
            for (const PimTibRow& row : pim->GetTib())
            {
                count += row.kind == kind ? 1 : 0;
            }
        }
        return count;
    }

    PimLab lab;
};

TEST_F(PimBidirectionalLab, EveryoneSendsAndReceives)
{
    // An address on the link c1 - c3 that belongs to no router.
    SetRp(Ipv4Address("192.168.101.1"));
    std::map<std::string, LabReceipt*> receipts;
    for (const char* host : {"r1", "r2", "r3"})
    {
        receipts[host] = &lab.Receive(host, GROUP);
    }
    std::map<uint32_t, uint32_t> copies;
    for (uint32_t lan : {1, 2, 3, 11, 12, 13, 21, 22, 23, 101, 102, 103})
    {
        lab.CountLan(lan, [&copies, lan](const Ipv4Header& header, Ptr<const Packet>) {
            copies[lan] += header.GetDestination() == GROUP ? 1 : 0;
        });
    }
    lab.RunUntil(30);
    for (uint32_t lan : {1, 2, 3})
    {
        lab.Join(lan, GROUP);
    }
    lab.RunUntil(40);
    for (uint32_t i = 1; i <= 3; ++i)
    {
        copies.clear();
        lab.Send("r" + std::to_string(i), i, GROUP, 50, MilliSeconds(20), 200);
        lab.RunUntil(40 + 10 * i);
        for (uint32_t lan : {1, 2, 3, 101})
        {
            EXPECT_EQ(copies[lan], 50u) << "from r" << i << " on " << lan;
        }
        for (const auto& [lan, count] : copies)
        {
            EXPECT_LE(count, 50u) << "from r" << i << " on " << lan;
        }
    }
    for (const auto& [host, receipt] : receipts)
    {
        uint32_t received = 0;
        for (const auto& [sequence, times] : receipt->count)
        {
            received += times;
        }
        EXPECT_EQ(received, 100u) << host << ": of the two others, each packet once";
    }
    EXPECT_EQ(CountTib(PimTibRow::Kind::SG), 0u);
    EXPECT_EQ(CountTib(PimTibRow::Kind::SG_RPT), 0u);
    EXPECT_GE(CountTib(PimTibRow::Kind::STAR_G), 4u);
}

TEST_F(PimBidirectionalLab, ASenderWithoutMembersAroundIt)
{
    SetRp(lab.Address("c3", 101));
    LabReceipt& r2 = lab.Receive("r2", GROUP);
    lab.RunUntil(30);
    lab.Join(2, GROUP);
    lab.RunUntil(40);
    lab.Send("r1", 1, GROUP, 100, MilliSeconds(20), 200);
    lab.RunUntil(50);
    EXPECT_EQ(r2.GetLost(100), 0u) << "the first packet, too";
    EXPECT_EQ(r2.GetDuplicates(), 0u);
    EXPECT_EQ(lab.Row("e1", ANY, GROUP).substr(0, 3), "21>");
    EXPECT_TRUE(lab.GetPim("e1")->GetTib().empty());
    lab.RunUntil(300);
    EXPECT_EQ(lab.Row("e1", ANY, GROUP), "") << "forgotten 210 s after the last packet";
}

TEST_F(PimBidirectionalLab, NobodyRegistersOrAsserts)
{
    SetRp(lab.Address("c3", 101));
    uint32_t others = 0;
    for (uint32_t lan : {1, 2, 3, 11, 12, 13, 21, 22, 23, 101, 102, 103})
    {
        lab.CountPim(lan, [&](const Ipv4Header&, const PimMessage& message) {
            others += message.As<PimRegister>() || message.As<PimRegisterStop>() ||
                              message.As<PimAssert>()
                          ? 1
                          : 0;
        });
    }
    lab.RunUntil(30);
    lab.Join(2, GROUP);
    lab.Join(3, GROUP);
    lab.RunUntil(40);
    lab.Send("r1", 1, GROUP, 100, MilliSeconds(20), 200);
    lab.RunUntil(50);
    EXPECT_EQ(others, 0u);
}

TEST_F(PimBidirectionalLab, AMemberAndASenderOnTheRpLink)
{
    lab.AddLan(101, {{"h4", 4}});
    lab.ComputeRoutes();
    SetRp(Ipv4Address("192.168.101.1"));
    LabReceipt& h4 = lab.Receive("h4", GROUP);
    LabReceipt& r3 = lab.Receive("r3", GROUP);
    lab.RunUntil(30);
    lab.Join(101, GROUP);
    lab.Join(3, GROUP);
    lab.RunUntil(40);
    lab.Send("r1", 1, GROUP, 50, MilliSeconds(20), 200);
    lab.RunUntil(45);
    EXPECT_EQ(h4.GetLost(50), 0u);
    EXPECT_EQ(h4.GetDuplicates(), 0u);
    lab.Send("h4", 101, Ipv4Address(GROUP), 50, MilliSeconds(20), 200);
    lab.RunUntil(50);
    EXPECT_EQ(r3.count.at(0), 2u) << "one of each sender";
}

TEST_F(PimBidirectionalLab, ReroutesAround)
{
    SetRp(lab.Address("c3", 101));
    LabReceipt& r3 = lab.Receive("r3", GROUP);
    lab.RunUntil(30);
    lab.Join(3, GROUP);
    lab.RunUntil(40);
    lab.Send("r1", 1, GROUP, 3000, MilliSeconds(20), 200);
    lab.RunUntil(50);
    lab.SetUp("e3", 23, false);
    lab.SetUp("c3", 23, false);
    lab.ComputeRoutes({23});
    lab.RunUntil(110);
    EXPECT_EQ(r3.count.count(2999), 1u) << "traffic is back";
    EXPECT_LE(r3.GetLost(3000), 250u) << "within an election";
    EXPECT_LE(r3.GetDuplicates(), 5u);
}

} // namespace
