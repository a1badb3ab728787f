// SPDX-License-Identifier: GPL-2.0-only
// The costs of control planes against counts by hand: the R/E/C lab's three VTEPs, and what its
// reference with real daemons shows.
#include "ns3/control-plane-rules.h"
#include "ns3/flood-model.h"
#include "ns3/topology-loader.h"

#include <gtest/gtest.h>

#include <numeric>

using namespace ns3;

namespace
{

constexpr TopologyAddress GROUP = 239u << 24 | 10;

/** Three VTEPs, one VNI on all of them; t0 behind VTEP 0, t1 behind VTEP 1. */
struct ThreeVteps
{
    explicit ThreeVteps(ControlPlane plane, const std::vector<uint32_t>& talkative = {})
        : model(MakeControlPlaneModel(plane, 3))
    {
        model->AddVni({0, 1, 2}, talkative);
        t0 = model->Boot(0, 0);
        t1 = model->Boot(0, 1);
        boot = model->GetMessages();
    }

    uint64_t Talk(uint32_t from, uint32_t to)
    {
        const uint64_t before = model->GetMessages();
        model->Talk(from, to);
        return model->GetMessages() - before;
    }

    uint64_t Move(uint32_t tenant, uint32_t vtep)
    {
        const uint64_t before = model->GetMessages();
        model->Move(tenant, vtep);
        return model->GetMessages() - before;
    }

    std::unique_ptr<ControlPlaneModel> model;
    uint32_t t0;
    uint32_t t1;
    uint64_t boot;
};

} // namespace

TEST(ControlPlaneModel, LearningFloodsAnnouncementsAndEachPairsFirstRequest)
{
    for (const ControlPlane plane : {ControlPlane::Multicast, ControlPlane::HeadEnd})
    {
        ThreeVteps lab(plane);
        EXPECT_EQ(lab.model->GetFlooded(), 2u);
        EXPECT_EQ(lab.Talk(lab.t0, lab.t1), 0u);
        EXPECT_EQ(lab.model->GetFlooded(), 3u);
        EXPECT_EQ(lab.Talk(lab.t1, lab.t0), 0u); // each has learned the other
        EXPECT_EQ(lab.model->GetFlooded(), 3u);
        const uint64_t defaults = plane == ControlPlane::Multicast ? 1 : 2;
        EXPECT_EQ(lab.model->CountEntries(0), 1 + defaults);
        EXPECT_EQ(lab.model->CountEntries(2), 2 + defaults);
        EXPECT_EQ(lab.Move(lab.t1, 2), 0u);
        EXPECT_EQ(lab.model->GetFlooded(), 4u);
        EXPECT_EQ(lab.model->CountServerEntries(), 0u);
    }
}

TEST(ControlPlaneModel, LoneVtepHasNobodyToFloodTo)
{
    for (const auto& [plane, flooded] :
         {std::make_pair(ControlPlane::HeadEnd, 0u), std::make_pair(ControlPlane::Multicast, 1u)})
    {
        const auto model = MakeControlPlaneModel(plane, 2);
        model->AddVni({1}, {1});
        model->Boot(0, 1);
        EXPECT_EQ(model->GetFlooded(), flooded);
        EXPECT_EQ(model->CountEntries(0), 0u);
    }
}

TEST(ControlPlaneModel, DevicesThatFloodAreLearnedToo)
{
    const auto model = MakeControlPlaneModel(ControlPlane::HeadEnd, 3);
    model->AddVni({0, 1, 2}, {0, 1});
    EXPECT_EQ(model->CountEntries(0), 2u + 1u);
    EXPECT_EQ(model->CountEntries(2), 2u + 2u);
}

TEST(ControlPlaneModel, EvpnTellsEveryVtepOfEachBootAndMoveAndFloodsNothing)
{
    for (const ControlPlane plane : {ControlPlane::Evpn, ControlPlane::EvpnGroup})
    {
        ThreeVteps lab(plane, {0, 1, 2});
        // To the reflector, and from there to two others.
        EXPECT_EQ(lab.boot, 2u * 3u);
        EXPECT_EQ(lab.Talk(lab.t0, lab.t1), 0u);
        EXPECT_EQ(lab.model->GetFlooded(), 0u);
        // The new routes and the withdrawal.
        EXPECT_EQ(lab.Move(lab.t1, 2), 2u * 3u);
        const uint64_t floods = plane == ControlPlane::Evpn ? 2 : 1;
        // Two devices, both tenants behind others.
        EXPECT_EQ(lab.model->CountEntries(1), 2 + floods + 2);
        EXPECT_EQ(lab.model->CountEntries(0), 2 + floods + 1);
        // Per tenant and per device two routes.
        EXPECT_EQ(lab.model->CountServerEntries(), 2u * 2u + 3u * 2u);
    }
}

TEST(ControlPlaneModel, DevicesThatNeverSentAreNotAnnounced)
{
    // Where floods go is announced by all three, its own address by the one device that sent.
    const ThreeVteps evpn(ControlPlane::Evpn, {1});
    EXPECT_EQ(evpn.model->CountEntries(0), 1u + 2u + 1u);
    EXPECT_EQ(evpn.model->CountEntries(1), 2u + 1u);
    EXPECT_EQ(evpn.model->CountServerEntries(), 2u * 2u + 3u + 1u);
    const ThreeVteps map(ControlPlane::MapServer, {1});
    EXPECT_EQ(map.model->CountServerEntries(), 2u * 2u + 1u + 1u);
}

TEST(ControlPlaneModel, ReactiveControllerIsAskedAsInTheReferenceLab)
{
    ThreeVteps lab(ControlPlane::Controller);
    EXPECT_EQ(lab.boot, 2u); // announcements
    // At each switch 3 PACKET_IN (ARP, ping, what came out of the tunnel), 3 PACKET_OUT and
    // 2 FLOW_MOD; and both ends of a tunnel: an OVSDB session of 6 messages, a transaction of 4, a
    // PORT_STATUS.
    EXPECT_EQ(lab.Talk(lab.t0, lab.t1), 2u * 8u + 2u * (6u + 4u + 1u));
    EXPECT_EQ(lab.Talk(lab.t0, lab.t1), 0u);
    EXPECT_EQ(lab.Talk(lab.t1, lab.t0), 0u);
    EXPECT_EQ(lab.model->GetFlooded(), 0u);
    EXPECT_EQ(lab.model->CountEntries(0), 2u + 2u);
    EXPECT_EQ(lab.model->CountEntries(2), 2u);
    // PACKET_IN of the announcement, BARRIER and answer; a flow changes at VTEP 0, which needs a
    // tunnel to VTEP 2 (whose session is new), and one at VTEP 1, which needs another.
    EXPECT_EQ(lab.Move(lab.t1, 2), 1u + 2u + 1u + (5u + 11u) + 1u + (5u + 5u));
}

TEST(ControlPlaneModel, NeighborsBehindOneVtepCostTheReactiveControllerTheirRequestAlone)
{
    const auto model = MakeControlPlaneModel(ControlPlane::Controller, 2);
    model->AddVni({0, 1}, {});
    const uint32_t a = model->Boot(0, 0);
    const uint32_t b = model->Boot(0, 0);
    model->Talk(a, b);
    EXPECT_EQ(model->GetMessages(), 2u + 1u);
    EXPECT_EQ(model->CountEntries(0), 2u);
}

TEST(ControlPlaneModel, ProactiveControllerPushesEveryTenantToItsVnisSwitches)
{
    ThreeVteps lab(ControlPlane::ControllerProactive);
    // t0: an address on 3 switches, an ARP responder on 2, tunnels 0-1 and 0-2: 4 ends, 3 sessions.
    // t1 needs 1-2 beside them.
    EXPECT_EQ(lab.boot, 2u * 5u + 6u * 5u + 3u * 6u);
    EXPECT_EQ(lab.Talk(lab.t0, lab.t1), 0u);
    EXPECT_EQ(lab.model->CountEntries(0), 2u + 1u + 2u);
    EXPECT_EQ(lab.model->CountEntries(2), 2u + 2u + 2u);
    // BARRIER and answer; one flow changes at each, and at both ends a responder comes or goes.
    EXPECT_EQ(lab.Move(lab.t1, 2), 2u + 2u + 2u + 1u);
}

TEST(ControlPlaneModel, SwitchesWithSeveralVnisSwapTheFlowOfATenantThatMoves)
{
    const auto model = MakeControlPlaneModel(ControlPlane::ControllerProactive, 2);
    model->AddVni({0, 1}, {});
    model->AddVni({0}, {});
    const uint32_t t = model->Boot(0, 0);
    const uint64_t before = model->GetMessages();
    model->Move(t, 1);
    // Flows of VTEP 0 match its access port and tunnel id, those of VTEP 1 the address alone.
    EXPECT_EQ(model->GetMessages() - before, 2u + (2u + 1u) + (1u + 1u));
}

TEST(ControlPlaneModel, MapServerIsAskedForEachAddressOnceByEachVtep)
{
    ThreeVteps lab(ControlPlane::MapServer, {0, 1, 2});
    EXPECT_EQ(lab.boot, 2u * 2u); // Map-Register, Map-Notify
    // Each side asks for an IP address and for a MAC.
    EXPECT_EQ(lab.Talk(lab.t0, lab.t1), 2u * 4u);
    EXPECT_EQ(lab.Talk(lab.t1, lab.t0), 0u);
    const uint32_t t2 = lab.model->Boot(0, 0);
    EXPECT_EQ(lab.Talk(t2, lab.t1), 4u); // VTEP 0 knows t1, VTEP 1 not t2
    EXPECT_EQ(lab.model->CountEntries(0), 2u + 2u);
    EXPECT_EQ(lab.model->CountEntries(1), 4u + 2u);
    // Map-Register and Map-Notify; the old VTEP's Map-Notify and acknowledgement, for two EIDs.
    EXPECT_EQ(lab.Move(lab.t1, 2), 2u + 4u);
    // An SMR, a question and its answer; the new VTEP does not know t0.
    EXPECT_EQ(lab.Talk(lab.t0, lab.t1), 3u + 2u);
    EXPECT_EQ(lab.Talk(t2, lab.t1), 2u);
    EXPECT_EQ(lab.model->GetFlooded(), 0u);
    // Three tenants with two EIDs, three devices, the broadcast address.
    EXPECT_EQ(lab.model->CountServerEntries(), 6u + 3u + 1u);
}

TEST(FloodModel, CopiesOfABroadcastInTheLab)
{
    const TopologyGraph graph = LoadTopology("rec-lab");
    const ModelNetwork network(graph, RpfEcmp::HIGHEST);
    const auto vtep = [&](const std::string& name) {
        return network.FindVtep(graph.FindNode(name).value());
    };
    const uint32_t r1 = vtep("r1");
    const GroupTraffic group{GROUP, {{{r1, vtep("r2"), vtep("r3")}, {r1}}}};
    const auto count = [&](ControlPlane plane, TenantFlood kind) {
        const FloodedFrame frame =
            CountFloodedFrame(network, plane, TreePolicy::Spt, group, 0, r1, kind, {vtep("r2")});
        return std::make_pair(frame.replicas, frame.copies);
    };
    using Counts = std::pair<uint64_t, uint64_t>;
    // r1-e1-c1-e2-r2 and r1-e1-c3-e3-r3, each on its own or the first link shared.
    EXPECT_EQ(count(ControlPlane::HeadEnd, TenantFlood::Broadcast), Counts(2, 8));
    EXPECT_EQ(count(ControlPlane::Evpn, TenantFlood::Broadcast), Counts(2, 8));
    EXPECT_EQ(count(ControlPlane::MapServer, TenantFlood::Broadcast), Counts(2, 8));
    EXPECT_EQ(count(ControlPlane::Multicast, TenantFlood::Broadcast), Counts(1, 7));
    EXPECT_EQ(count(ControlPlane::EvpnGroup, TenantFlood::Broadcast), Counts(1, 7));
    EXPECT_EQ(count(ControlPlane::Controller, TenantFlood::Broadcast), Counts(0, 0));
    // Tenants' multicast: IGMP tells the controller who wants it.
    EXPECT_EQ(count(ControlPlane::Controller, TenantFlood::TenantMulticast), Counts(1, 4));
    EXPECT_EQ(count(ControlPlane::HeadEnd, TenantFlood::TenantMulticast), Counts(2, 8));
}

TEST(FloodModel, ThreeListenersAmongSixtyFourVteps)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=4,leaves=16,hosts=4");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    std::vector<uint32_t> all(64);
    std::iota(all.begin(), all.end(), 0);
    const GroupTraffic group{GROUP, {{all, {0}}}};
    const std::vector<uint32_t> listeners{5, 20, 40}; // on three other leaves
    const auto count = [&](ControlPlane plane) {
        return CountFloodedFrame(
            network, plane, TreePolicy::Spt, group, 0, 0, TenantFlood::TenantMulticast, listeners);
    };
    EXPECT_EQ(count(ControlPlane::Controller).replicas, 3u);
    EXPECT_EQ(count(ControlPlane::Controller).copies, 3u * 4u);
    EXPECT_EQ(count(ControlPlane::HeadEnd).replicas, 63u);
    // Three behind the sender's own leaf at two links, the others at four.
    EXPECT_EQ(count(ControlPlane::HeadEnd).copies, 3u * 2u + 60u * 4u);
    // Each link of the tree once: up, to a spine, down to 15 leaves, to 63 VTEPs.
    EXPECT_EQ(count(ControlPlane::Multicast).replicas, 1u);
    EXPECT_EQ(count(ControlPlane::Multicast).copies, 1u + 1u + 15u + 63u);
}

TEST(FloodModel, ControllerFloodsNothingOfAWholeWorkload)
{
    TreeTotals totals;
    totals.frames = 12;
    totals.copies = 100;
    totals.wanted = 40;
    EXPECT_EQ(ToFloodTotals(ControlPlane::HeadEnd, totals).copies, 100u);
    const TreeTotals none = ToFloodTotals(ControlPlane::Controller, totals);
    EXPECT_EQ(none.frames, 12u);
    EXPECT_EQ(none.copies, 0u);
    EXPECT_EQ(none.wanted, 0u);
    EXPECT_EQ(GetFloodTree(ControlPlane::EvpnGroup, TreePolicy::Bidir), TreePolicy::Bidir);
    EXPECT_EQ(GetFloodTree(ControlPlane::Evpn, TreePolicy::Bidir), TreePolicy::HeadEnd);
}
