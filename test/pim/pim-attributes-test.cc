// SPDX-License-Identifier: GPL-2.0-only
// Attributes of PIM whose texts have a form of their own.
#include "ns3/pim-sm-routing.h"
#include "ns3/string.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

bool
IsTaken(const std::string& attribute, const std::string& text)
{
    TypeId::AttributeInformation information;
    EXPECT_TRUE(PimSmRouting::GetTypeId().LookupAttributeByName(attribute, &information));
    return information.checker->CreateValidValue(StringValue(text)) != nullptr;
}

} // namespace

TEST(PimAttributes, TextsOfTheRightFormAreTaken)
{
    for (const char* threshold : {"SptThreshold", "RegisterSwitchThreshold"})
    {
        for (const char* text : {"infinity", "0", "20000B/10s", "500p/10s", "100kbps"})
        {
            EXPECT_TRUE(IsTaken(threshold, text)) << text;
        }
        EXPECT_TRUE(IsTaken(threshold + std::string("Ranges"), ""));
        EXPECT_TRUE(IsTaken(threshold + std::string("Ranges"), "239.1.0.0/16=infinity"));
    }
    EXPECT_TRUE(IsTaken("RpfEcmp", "sg-hash"));
    EXPECT_TRUE(IsTaken("SsmRange", "224.0.0.0/4"));
    EXPECT_TRUE(IsTaken("CapacityPolicy", "fallback-star-g"));
}

TEST(PimAttributes, OthersAreRefusedBeforeAnObjectIsMade)
{
    for (const char* threshold : {"SptThreshold", "RegisterSwitchThreshold"})
    {
        for (const char* text : {"", "never", "20kB", "500p", "-1", "100"})
        {
            EXPECT_FALSE(IsTaken(threshold, text)) << text;
        }
        EXPECT_FALSE(IsTaken(threshold + std::string("Ranges"), "239.1.0.0/16"));
    }
    EXPECT_FALSE(IsTaken("RpfEcmp", "lowest"));
    EXPECT_FALSE(IsTaken("SsmRange", "232.0.0.0"));
    EXPECT_FALSE(IsTaken("CapacityPolicy", "drop"));
}
