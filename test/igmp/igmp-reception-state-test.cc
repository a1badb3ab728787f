// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/igmp-reception-state.h"

#include <gtest/gtest.h>

namespace ns3
{

namespace
{

const Ipv4Address GROUP("239.0.0.10");
const Ipv4Address A("10.0.0.1");
const Ipv4Address B("10.0.0.2");
const Ipv4Address C("10.0.0.3");
const Ipv4Address D("10.0.0.4");
constexpr auto INCLUDE = IgmpFilterMode::INCLUDE;
constexpr auto EXCLUDE = IgmpFilterMode::EXCLUDE;

TEST(Igmp3376, S3_2_AllIncludeGivesTheUnion)
{
    IgmpReceptionState state;
    state.Set(1, GROUP, {INCLUDE, {A, B}});
    state.Set(2, GROUP, {INCLUDE, {B, C}});
    EXPECT_EQ(state.Merge(GROUP), (IgmpFilter{INCLUDE, {A, B, C}}));
}

TEST(Igmp3376, S3_2_ExcludeIsTheIntersectionLessTheIncluded)
{
    IgmpReceptionState state;
    state.Set(1, GROUP, {EXCLUDE, {A, B, C, D}});
    state.Set(2, GROUP, {EXCLUDE, {B, C, D}});
    state.Set(3, GROUP, {INCLUDE, {D, A}});
    EXPECT_EQ(state.Merge(GROUP), (IgmpFilter{EXCLUDE, {B, C}}));
    state.Set(4, GROUP, {EXCLUDE, {}});
    EXPECT_EQ(state.Merge(GROUP), (IgmpFilter{EXCLUDE, {}}));
    state.Set(4, GROUP, {});
    EXPECT_EQ(state.Merge(GROUP), (IgmpFilter{EXCLUDE, {B, C}}));
}

TEST(Igmp3376, S3_1_ARequestReplacesTheEarlierOneAndIncludeNoneDeletesIt)
{
    IgmpReceptionState state;
    state.Set(1, GROUP, {INCLUDE, {A}});
    state.Set(1, GROUP, {INCLUDE, {B}});
    EXPECT_EQ(state.Get(1, GROUP), (IgmpFilter{INCLUDE, {B}}));
    EXPECT_EQ(state.Get(2, GROUP), IgmpFilter());
    state.Set(1, GROUP, {});
    EXPECT_TRUE(state.Merge(GROUP).IsEmpty());
}

TEST(IgmpFilter, Passes)
{
    EXPECT_TRUE((IgmpFilter{INCLUDE, {A}}.Passes(A)));
    EXPECT_FALSE((IgmpFilter{INCLUDE, {A}}.Passes(B)));
    EXPECT_FALSE((IgmpFilter{EXCLUDE, {A}}.Passes(A)));
    EXPECT_TRUE((IgmpFilter{EXCLUDE, {A}}.Passes(B)));
}

} // namespace

} // namespace ns3
