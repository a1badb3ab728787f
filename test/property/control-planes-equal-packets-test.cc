// SPDX-License-Identifier: GPL-2.0-only
// On random topologies and workloads, the model of control planes and the packets agree exactly:
// ARP requests flooded, control messages as tenants boot, talk and move, entries of the fullest
// VTEP and of the server. RC_PARAMS sets seed and number of cases.
#include "property/draw.h"

#include "ns3/flood-model.h"
#include "ns3/study-simulation.h"
#include "ns3/tenant-plan.h"
#include "ns3/topology-loader.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <set>
#include <sstream>

using namespace ns3;

namespace
{

/** One case, printable, so that a failure can be told. */
struct ControlCase
{
    std::string topology;
    ControlPlane plane{ControlPlane::Evpn};
    TreePolicy tree{TreePolicy::HeadEnd};
    std::vector<StudySegment> segments;
    uint32_t vms{1};
};

std::ostream&
operator<<(std::ostream& os, const ControlCase& c)
{
    os << c.topology << ' ' << EnumName(c.plane) << ' ' << EnumName(c.tree) << ", " << c.vms
       << " tenants per VNI";
    for (const StudySegment& segment : c.segments)
    {
        os << "\n  VNI " << segment.vni << " group " << segment.group << " members";
        for (std::size_t member : segment.members)
        {
            os << ' ' << member;
        }
        os << " senders " << segment.senders.size();
    }
    return os;
}

std::string
DrawSmallTopology()
{
    switch (Below(5))
    {
    case 0:
        return "chain:n=" + Number(2, 8);
    case 1:
        return "star:n=" + Number(3, 10);
    case 2:
        return "rec-lab";
    case 3:
        return "random:n=" + Number(4, 20) + ",degree=2,seed=" + Number(1, 1000);
    default:
        return "leaf-spine:spines=" + Number(1, 3) + ",leaves=" + Number(2, 5) +
               ",hosts=" + Number(1, 3);
    }
}

ControlCase
DrawCase(ControlPlane plane)
{
    ControlCase c;
    c.plane = plane;
    c.topology = DrawSmallTopology();
    c.tree = UsesGroups(plane)
                 ? *rc::gen::element(TreePolicy::Rpt, TreePolicy::Spt, TreePolicy::Bidir)
                 : TreePolicy::HeadEnd;
    c.vms = 1 + static_cast<uint32_t>(Below(9));
    const TopologyGraph graph = LoadTopology(c.topology);
    std::vector<std::size_t> vteps;
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        graph.IsVtep(node) ? vteps.push_back(node) : void();
    }
    const int vnis = 1 + Below(4);
    for (int i = 0; i < vnis; ++i)
    {
        std::set<std::size_t> members;
        for (int draws = 1 + Below(6); draws > 0; --draws)
        {
            members.insert(vteps[static_cast<std::size_t>(Below(static_cast<int>(vteps.size())))]);
        }
        StudySegment segment;
        segment.vni = static_cast<uint32_t>(i) + 1;
        segment.group = Ipv4Address((239u << 24 | 1u << 16) + static_cast<uint32_t>(Below(vnis)));
        segment.members.assign(members.begin(), members.end());
        segment.senders = segment.members;
        segment.senders.resize(
            1 + static_cast<std::size_t>(Below(static_cast<int>(segment.members.size()))));
        c.segments.push_back(segment);
    }
    return c;
}

void
CheckCase(const ControlCase& c)
{
    const TopologyGraph graph = PrepareStudy(LoadTopology(c.topology), c.tree);
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    const TenantCounts model =
        PredictTenants(MakeTenantPlan(c.segments, c.vms), c.segments, network, c.plane);
    StudySettings settings;
    settings.tree = c.tree;
    settings.control = c.plane;
    settings.vms = c.vms;
    settings.rollOut = Seconds(5);
    settings.sampleInterval = Seconds(0);
    settings.controlWindow = Seconds(1);
    const StudyOutcome packets = RunStudy(graph, c.segments, settings);
    const TenantCounts& counts = packets.tenants->counts;
    std::ostringstream os;
    const auto compare = [&os](const std::string& what, uint64_t predicted, uint64_t measured) {
        if (predicted != measured)
        {
            os << what << ": model " << predicted << ", packets " << measured << "\n";
        }
    };
    compare("ARP requests flooded", model.arpFlooded, counts.arpFlooded);
    compare("messages of boots", model.bootMessages, counts.bootMessages);
    compare("messages of talks", model.talkMessages, counts.talkMessages);
    compare("messages of moves", model.moveMessages, counts.moveMessages);
    compare("entries of a VTEP", model.mostEntries, counts.mostEntries);
    compare("entries of the server", model.serverEntries, counts.serverEntries);
    compare("pings answered", packets.tenants->pings, packets.tenants->answered);
    if (UsesController(c.plane))
    {
        compare("copies of broadcasts",
                0,
                std::accumulate(packets.copies.begin(), packets.copies.end(), uint64_t(0)));
    }
    if (!os.str().empty())
    {
        std::ostringstream text;
        text << c << "\n" << os.str();
        RC_FAIL(text.str());
    }
}

} // namespace

RC_GTEST_PROP(ControlPlanesEqualPackets, WithGroups, ())
{
    CheckCase(DrawCase(*rc::gen::element(ControlPlane::Multicast, ControlPlane::EvpnGroup)));
}

RC_GTEST_PROP(ControlPlanesEqualPackets, HeadEndAndEvpn, ())
{
    CheckCase(DrawCase(*rc::gen::element(ControlPlane::HeadEnd, ControlPlane::Evpn)));
}

RC_GTEST_PROP(ControlPlanesEqualPackets, Controller, ())
{
    CheckCase(
        DrawCase(*rc::gen::element(ControlPlane::Controller, ControlPlane::ControllerProactive)));
}

RC_GTEST_PROP(ControlPlanesEqualPackets, MapServer, ())
{
    CheckCase(DrawCase(ControlPlane::MapServer));
}
