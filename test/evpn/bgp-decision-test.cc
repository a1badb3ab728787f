// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §9.1.2.2 and RFC 4456 §9, step by step: each step decides before those after it.
#include "ns3/bgp-decision.h"
#include "ns3/evpn-rib.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

class BgpDecision4271 : public testing::Test
{
  public:
    /** Two routes that are equal in all. */
    BgpDecision4271()
    {
        for (std::size_t i = 0; i < 2; ++i)
        {
            attributes[i].localPref = 100;
            candidates.push_back({&attributes[i], false, 5, 0x0a000001, 0x0a000001});
        }
    }

    std::size_t Select() const
    {
        return SelectBestBgpRoute(candidates);
    }

    BgpPathAttributes attributes[2];
    std::vector<BgpCandidate> candidates;
};

TEST_F(BgpDecision4271, S9_1_2_2_EachStepOverrulesTheNext)
{
    // From the last step to the first: the route that lost wins by the step before.
    candidates[1].address -= 1; // g
    EXPECT_EQ(Select(), 1u);
    attributes[1].clusterList = {Ipv4Address("1.1.1.1")}; // RFC 4456 §9: the shorter one
    EXPECT_EQ(Select(), 0u);
    attributes[1].originatorId = Ipv4Address("9.9.9.9"); // f, the originator's identifier
    EXPECT_EQ(Select(), 1u);
    candidates[0].metric = 4; // e
    EXPECT_EQ(Select(), 0u);
    attributes[0].med = 1; // c
    EXPECT_EQ(Select(), 1u);
    attributes[1].origin = BgpOrigin::EGP; // b
    EXPECT_EQ(Select(), 0u);
    attributes[0].asPath = {{BgpAsSegment::AS_SEQUENCE, {1, 2}}};
    attributes[1].asPath = {{BgpAsSegment::AS_SET, {1, 2, 3}}}; // a: a set counts as one
    EXPECT_EQ(Select(), 1u);
    attributes[0].localPref = 101; // §9.1.1
    EXPECT_EQ(Select(), 0u);
    attributes[1].communities = {BgpExtendedCommunity::MakeMacMobility(false, 1)}; // RFC 7432 §15
    EXPECT_EQ(Select(), 1u);
    candidates[0].isOwn = true;
    EXPECT_EQ(Select(), 0u);
}

TEST_F(BgpDecision4271, S9_1_2_1_NextHopMustBeResolvable)
{
    candidates[0].metric.reset();
    EXPECT_EQ(SelectBestBgpRoute(candidates), 1u);
    candidates[1].metric.reset();
    EXPECT_EQ(SelectBestBgpRoute(candidates), BGP_NO_ROUTE);
    EXPECT_EQ(SelectBestBgpRoute({}), BGP_NO_ROUTE);
}

TEST_F(BgpDecision4271, S9_1_2_2_MedComparesRoutesOfOneNeighbouringAs)
{
    attributes[0].asPath = {{BgpAsSegment::AS_SEQUENCE, {1}}};
    attributes[1].asPath = {{BgpAsSegment::AS_SEQUENCE, {1}}};
    attributes[0].med = 10;
    EXPECT_EQ(SelectBestBgpRoute(candidates), 1u); // a missing one is the lowest
    attributes[1].med = 20;
    EXPECT_EQ(SelectBestBgpRoute(candidates), 0u);
    attributes[0].asPath[0].numbers = {2};
    candidates[1].metric = 1;
    EXPECT_EQ(SelectBestBgpRoute(candidates), 1u);
}

TEST(EvpnRib, BestPathsFollowWhatPeersSay)
{
    std::map<Ipv4Address, std::optional<uint32_t>> metrics;
    std::vector<EvpnRouteKey> changed;
    EvpnRib rib([&](Ipv4Address nextHop) { return metrics[nextHop]; },
                [&](const EvpnRouteKey& key, const EvpnPath*) { changed.push_back(key); });
    const Ipv4Address nextHop("10.0.0.9");
    const EvpnRouteKey key =
        EvpnRouteKey::MakeMac(RouteDistinguisher::MakeIpv4(nextHop, 2), "02:00:00:00:00:01");
    BgpPathAttributes attributes;
    attributes.nextHop = nextHop;
    attributes.localPref = 100;
    rib.SetPeer(1, "10.0.0.1", "10.0.0.1");
    rib.SetPeer(2, "10.0.0.2", "10.0.0.2");
    const auto path = [&](uint32_t peer) {
        EvpnNlri nlri;
        nlri.key = key;
        return EvpnPath{MakeEvpnRoute(nlri, ShareBgpAttributes(attributes)), peer};
    };
    rib.Set(path(2));
    EXPECT_EQ(changed.size(), 0u); // not resolvable yet
    EXPECT_EQ(rib.FindBest(key), nullptr);
    metrics[nextHop] = 3;
    rib.UpdateNextHops();
    ASSERT_EQ(changed.size(), 1u);
    rib.UpdateNextHops();
    EXPECT_EQ(changed.size(), 1u);
    rib.Set(path(1)); // the lower identifier
    EXPECT_EQ(changed.size(), 2u);
    EXPECT_EQ(rib.FindBest(key)->peer, 1u);
    rib.Set(path(1)); // nothing new
    EXPECT_EQ(changed.size(), 2u);
    attributes.med = 7;
    rib.Set(path(1)); // another best path all the same: 2's has no MED
    EXPECT_EQ(changed.size(), 3u);
    EXPECT_EQ(rib.FindBest(key)->peer, 2u);
    rib.Remove(key, 1);
    EXPECT_EQ(changed.size(), 3u);
    EXPECT_EQ(rib.CountPaths(2), 1u);
    rib.RemovePeer(2);
    EXPECT_EQ(changed.size(), 4u);
    EXPECT_TRUE(rib.GetEntries().empty());
    EXPECT_EQ(rib.GetVersion(key.rd), 4u);
    rib.Remove(key, 2); // no error
}

} // namespace
