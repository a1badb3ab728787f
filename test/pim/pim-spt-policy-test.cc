// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/pim-spt-policy.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace ns3;

namespace
{

using Unit = MulticastThreshold::Unit;

TEST(PimSptPolicy, Infinity)
{
    EXPECT_EQ(PimSptPolicy::ParseThreshold("infinity").unit, Unit::NONE);
}

TEST(PimSptPolicy, FirstPacket)
{
    EXPECT_EQ(PimSptPolicy::ParseThreshold("0"), MulticastThreshold::FirstPacket());
}

TEST(PimSptPolicy, BytesWithinAnInterval)
{
    EXPECT_EQ(PimSptPolicy::ParseThreshold("20000B/10s"),
              (MulticastThreshold{Unit::BYTES, 20000, Seconds(10)}));
    EXPECT_EQ(PimSptPolicy::ParseThreshold("1B/500ms").interval, MilliSeconds(500));
    EXPECT_EQ(PimSptPolicy::ParseThreshold("1B/2min").interval, Seconds(120));
}

TEST(PimSptPolicy, PacketsWithinAnInterval)
{
    EXPECT_EQ(PimSptPolicy::ParseThreshold("500p/10s"),
              (MulticastThreshold{Unit::PACKETS, 500, Seconds(10)}));
}

TEST(PimSptPolicy, Rate)
{
    EXPECT_EQ(PimSptPolicy::ParseThreshold("100kbps"),
              (MulticastThreshold{Unit::BYTES, 125000, Seconds(10)}));
    EXPECT_EQ(PimSptPolicy::ParseThreshold("1.5Mbps").amount, 1875000u);
}

TEST(PimSptPolicy, NonsenseIsRefusedByName)
{
    for (const char* text : {"",
                             "never",
                             "-1",
                             "5",
                             "20000B",
                             "20000B/",
                             "20000B/0s",
                             "0B/10s",
                             "B/10s",
                             "10x/10s",
                             "10B/10y",
                             "100kbit",
                             "0kbps",
                             "nan",
                             "1e999B/10s",
                             "Infinity"})
    {
        try
        {
            PimSptPolicy::ParseThreshold(text);
            FAIL() << text;
        }
        catch (const std::invalid_argument& error)
        {
            EXPECT_NE(std::string(error.what()).find(text), std::string::npos);
        }
    }
}

TEST(PimSptPolicy, TheLongestRangeCounts)
{
    PimSptPolicy policy;
    policy.SetDefault("infinity");
    policy.SetRanges("239.0.0.0/8=10p/1s 239.1.0.0/16=0,239.1.2.3/32=infinity");
    EXPECT_EQ(policy.Get(Ipv4Address("239.2.0.1")).amount, 10u);
    EXPECT_EQ(policy.Get(Ipv4Address("239.1.0.1")), MulticastThreshold::FirstPacket());
    EXPECT_EQ(policy.Get(Ipv4Address("239.1.2.3")).unit, Unit::NONE);
    EXPECT_EQ(policy.Get(Ipv4Address("238.1.2.3")).unit, Unit::NONE);
}

TEST(PimSptPolicy, BadRangesChangeNothing)
{
    PimSptPolicy policy;
    policy.SetRanges("239.0.0.0/8=infinity");
    for (const char* text : {"239.0.0.0/8", "239.0.0.0/33=0", "239.0.0/8=0", "256.0.0.0/8=0", "=0"})
    {
        EXPECT_THROW(policy.SetRanges(text), std::invalid_argument) << text;
    }
    EXPECT_EQ(policy.Get(Ipv4Address("239.2.0.1")).unit, Unit::NONE);
}

} // namespace
