// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §6.2: the text of a list of whom a router believes.
#include "ns3/pim-access.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/string.h"

#include <gtest/gtest.h>

#include <stdexcept>

using namespace ns3;

namespace
{

PimAccessList
MakeList(const std::string& text)
{
    PimAccessList list;
    list.Set(text);
    return list;
}

/** \returns the sentence with which \p text is refused; empty if it is taken. */
std::string
GetRefusal(const std::string& text)
{
    try
    {
        MakeList(text);
    }
    catch (const std::invalid_argument& refusal)
    {
        return refusal.what();
    }
    return "";
}

} // namespace

TEST(PimAccessList, WithoutPrefixesEverybodyIsAcceptedAndNobodyHeld)
{
    for (const char* text : {"", " ", " \t "})
    {
        const PimAccessList list = MakeList(text);
        EXPECT_TRUE(list.Accepts(Ipv4Address("192.168.1.1")));
        EXPECT_FALSE(list.Holds(Ipv4Address("192.168.1.1")));
        EXPECT_EQ(list.GetText(), "");
    }
}

TEST(PimAccessList, AddressesAndPrefixes)
{
    const PimAccessList list = MakeList("  192.168.1.0/24,\t10.0.0.1 ");
    EXPECT_TRUE(list.Accepts(Ipv4Address("192.168.1.0")));
    EXPECT_TRUE(list.Accepts(Ipv4Address("192.168.1.255")));
    EXPECT_FALSE(list.Accepts(Ipv4Address("192.168.0.255")));
    EXPECT_FALSE(list.Accepts(Ipv4Address("192.168.2.0")));
    EXPECT_TRUE(list.Accepts(Ipv4Address("10.0.0.1"))) << "an address is a /32";
    EXPECT_FALSE(list.Accepts(Ipv4Address("10.0.0.2")));
    EXPECT_FALSE(list.Accepts(Ipv4Address("10.0.0.0")));
}

TEST(PimAccessList, LengthsAtTheirBounds)
{
    EXPECT_TRUE(MakeList("0.0.0.0/0").Holds(Ipv4Address("255.255.255.255")));
    EXPECT_TRUE(MakeList("10.0.0.4/32").Holds(Ipv4Address("10.0.0.4")));
    EXPECT_FALSE(MakeList("10.0.0.4/32").Holds(Ipv4Address("10.0.0.5")));
    EXPECT_TRUE(MakeList("10.0.0.4/31").Holds(Ipv4Address("10.0.0.5")));
    EXPECT_FALSE(MakeList("10.0.0.4/31").Holds(Ipv4Address("10.0.0.6")));
    EXPECT_TRUE(MakeList("128.0.0.0/1").Holds(Ipv4Address("255.0.0.1")));
    EXPECT_TRUE(MakeList("10.1.2.3/8").Holds(Ipv4Address("10.9.9.9"))) << "host bits do not count";
}

TEST(PimAccessList, ItsTextIsTakenAgain)
{
    const PimAccessList list = MakeList("192.168.1.7/24 10.0.0.1");
    EXPECT_EQ(list.GetText(), "192.168.1.0/24 10.0.0.1/32");
    EXPECT_EQ(MakeList(list.GetText()).GetText(), list.GetText());
}

TEST(PimAccessList, WhatIsNoPrefixIsRefusedWithASentence)
{
    for (const char* text : {"10.0.0.1/33",
                             "10.0.0.1/-1",
                             "10.0.0.1/",
                             "/24",
                             "10.0.0.1/8/8",
                             "10.0.0/24",
                             "10.0.0.256",
                             "10.0.0.1.2",
                             "10.0.0.0/255.255.255.0",
                             "10.0.0.1-10.0.0.2",
                             "all",
                             "::1"})
    {
        EXPECT_EQ(GetRefusal(text),
                  text + std::string(" is no prefix, write 192.168.1.0/24 or 10.0.0.1"));
    }
    EXPECT_EQ(GetRefusal("10.0.0.1 x"), "x is no prefix, write 192.168.1.0/24 or 10.0.0.1")
        << "the word that is wrong";
}

TEST(PimAccessList, AListThatIsRefusedChangesNothing)
{
    PimAccessList list = MakeList("10.0.0.0/8");
    EXPECT_THROW(list.Set("192.168.0.0/16 x"), std::invalid_argument);
    EXPECT_EQ(list.GetText(), "10.0.0.0/8");
    list.Set("");
    EXPECT_TRUE(list.Accepts(Ipv4Address("192.168.1.1")));
}

TEST(PimAccessList, AsAttributes)
{
    for (const char* name : {"NeighborFilter", "RegisterFilter", "CandidateRpFilter", "BsrBorder"})
    {
        TypeId::AttributeInformation information;
        ASSERT_TRUE(PimSmRouting::GetTypeId().LookupAttributeByName(name, &information)) << name;
        const auto takes = [&](const char* text) {
            return information.checker->CreateValidValue(StringValue(text)) != nullptr;
        };
        EXPECT_TRUE(takes("")) << name;
        EXPECT_TRUE(takes("192.168.1.0/24 10.0.0.1")) << name;
        EXPECT_FALSE(takes("192.168.1.0/33")) << name;
        const Ptr<PimSmRouting> router = CreateObject<PimSmRouting>();
        router->SetAttribute(name, StringValue("192.168.1.9/24"));
        StringValue value;
        router->GetAttribute(name, value);
        EXPECT_EQ(value.Get(), "192.168.1.0/24") << name;
    }
}
