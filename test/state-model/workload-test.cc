// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/group-stream.h"
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"
#include "ns3/vni-clustering.h"
#include "ns3/vni-mapping.h"
#include "ns3/workload.h"

#include "topology/temporary-file.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>

using namespace ns3;

namespace
{

class SmallClos : public ::testing::Test
{
  protected:
    SmallClos()
        : m_graph(LoadTopology("clos:pods=3,leaves=4,hosts=5,spines=2,cores=2")),
          m_network(m_graph, RpfEcmp::SG_HASH)
    {
    }

    WorkloadOptions Options(const std::string& placement, uint32_t members) const
    {
        WorkloadOptions options;
        options.vnis = 200;
        options.members = members;
        options.placement = *ParsePlacement(placement);
        return options;
    }

    /** \returns how many leaves and pods the members of \p traffic are on. */
    std::pair<std::size_t, std::size_t> Spread(const VniTraffic& traffic) const
    {
        std::set<uint32_t> leaves;
        std::set<uint32_t> pods;
        for (uint32_t vtep : traffic.members)
        {
            leaves.insert(m_network.GetLeaf(vtep));
            pods.insert(m_network.GetVteps()[vtep].pod);
        }
        return {leaves.size(), pods.size()};
    }

    std::string MappingError(const std::string& text, uint32_t groups) const
    {
        Workload workload(m_network, Options("uniform", 4));
        try
        {
            VniMapping(text, groups, workload);
        }
        catch (const WorkloadError& error)
        {
            return error.what();
        }
        return "";
    }

    TopologyGraph m_graph;
    ModelNetwork m_network;
};

} // namespace

TEST_F(SmallClos, MembersAreDifferentAndTheSameAtEveryCall)
{
    for (const char* placement : {"uniform", "pod-uniform", "fill-leaf", "cap:2"})
    {
        for (uint32_t members : {1u, 7u, 33u, 60u})
        {
            Workload workload(m_network, Options(placement, members));
            Workload other(m_network, Options(placement, members));
            VniTraffic forth;
            VniTraffic back;
            for (uint32_t vni = 200; vni >= 1; --vni)
            {
                other.GetVni(vni, back);
                if (vni % 3 == 0)
                {
                    workload.GetVni(vni, forth);
                    EXPECT_EQ(forth.members, back.members);
                }
                EXPECT_EQ(std::set<uint32_t>(back.members.begin(), back.members.end()).size(),
                          members);
            }
        }
    }
}

TEST_F(SmallClos, PlacementsSpreadAsTheySay)
{
    Workload fill(m_network, Options("fill-leaf", 7));
    Workload pod(m_network, Options("pod-uniform", 7));
    Workload cap(m_network, Options("cap:2", 7));
    Workload wide(m_network, Options("cap:1", 36));
    VniTraffic traffic;
    double podLeaves = 0;
    for (uint32_t vni = 1; vni <= 200; ++vni)
    {
        fill.GetVni(vni, traffic);
        EXPECT_EQ(Spread(traffic), std::make_pair(std::size_t(2), std::size_t(1)));
        pod.GetVni(vni, traffic);
        EXPECT_EQ(Spread(traffic).second, 1u);
        podLeaves += static_cast<double>(Spread(traffic).first) / 200;
        cap.GetVni(vni, traffic);
        EXPECT_EQ(Spread(traffic), std::make_pair(std::size_t(4), std::size_t(1)));
        // Every leaf has its one: three rounds of twelve.
        wide.GetVni(vni, traffic);
        std::map<uint32_t, int> perLeaf;
        for (uint32_t vtep : traffic.members)
        {
            ++perLeaf[m_network.GetLeaf(vtep)];
        }
        EXPECT_EQ(perLeaf.size(), 12u);
        for (const auto& [leaf, count] : perLeaf)
        {
            EXPECT_EQ(count, 3);
        }
    }
    EXPECT_GT(podLeaves, 3.2);
}

TEST_F(SmallClos, SendersAreAPartOfTheMembers)
{
    WorkloadOptions options = Options("uniform", 10);
    options.senders = 0.3;
    Workload workload(m_network, options);
    VniTraffic traffic;
    workload.GetVni(5, traffic);
    EXPECT_EQ(traffic.senders.size(), 3u);
    for (uint32_t sender : traffic.senders)
    {
        EXPECT_EQ(std::count(traffic.members.begin(), traffic.members.end(), sender), 1);
    }
    options.senders = 0.01;
    Workload one(m_network, options);
    one.GetVni(5, traffic);
    EXPECT_EQ(traffic.senders.size(), 1u);
}

TEST_F(SmallClos, TenantsFitTheirPlaces)
{
    WorkloadOptions options = Options("fill-leaf", 0);
    options.tenants = 4;
    options.distribution = SizeDistribution::Wve;
    options.vnis = 300;
    Workload workload(m_network, options);
    EXPECT_GT(workload.GetVniCount(), 290u);
    EXPECT_LE(workload.GetVniCount(), 300u);
    VniTraffic traffic;
    for (uint32_t vni = 1; vni <= workload.GetVniCount(); ++vni)
    {
        workload.GetVni(vni, traffic);
        EXPECT_GE(traffic.members.size(), 1u);
        EXPECT_EQ(std::set<uint32_t>(traffic.members.begin(), traffic.members.end()).size(),
                  traffic.members.size());
    }
    options.tenants = 1000;
    EXPECT_THROW(Workload(m_network, options), WorkloadError);
}

TEST_F(SmallClos, OptionsThatDoNotFit)
{
    EXPECT_THROW(Workload(m_network, Options("uniform", 0)), WorkloadError);
    EXPECT_THROW(Workload(m_network, Options("uniform", 61)), WorkloadError);
    WorkloadOptions options = Options("uniform", 4);
    options.senders = 0;
    EXPECT_THROW(Workload(m_network, options), WorkloadError);
    options.senders = 1;
    options.vnis = 0;
    EXPECT_THROW(Workload(m_network, options), WorkloadError);
    EXPECT_FALSE(ParsePlacement("cap:0"));
    EXPECT_FALSE(ParsePlacement("anywhere"));
}

TEST_F(SmallClos, MappingsCoverEveryVniOnce)
{
    Workload workload(m_network, Options("uniform", 4));
    for (const char* text : {"one-to-one", "modulo:7", "hash:7", "last-octet", "cluster:7"})
    {
        const VniMapping mapping(text, 0, workload);
        std::set<uint32_t> seen;
        std::vector<uint32_t> vnis;
        for (uint32_t group = 0; group < mapping.GetGroupCount(); ++group)
        {
            mapping.GetVnis(group, vnis);
            for (uint32_t vni : vnis)
            {
                EXPECT_EQ(mapping.GetGroup(vni), group) << text;
                EXPECT_TRUE(seen.insert(vni).second) << text;
            }
        }
        EXPECT_EQ(seen.size(), 200u) << text;
        EXPECT_EQ(*seen.begin(), 1u);
    }
    const VniMapping octet("last-octet", 0, workload);
    EXPECT_EQ(octet.GetGroupCount(), 256u);
    EXPECT_EQ(FormatAddress(octet.GetAddress(octet.GetGroup(42))), "239.1.0.42");
    EXPECT_EQ(VniMapping("modulo", 9, workload).GetGroupCount(), 9u);
}

TEST_F(SmallClos, ExplicitMapping)
{
    WorkloadOptions options = Options("uniform", 4);
    options.vnis = 3;
    Workload workload(m_network, options);
    const TemporaryFile file("vni,group\n# a comment\n1,239.9.9.9\n3,239.9.9.9\n2,5\n");
    const VniMapping mapping("explicit:" + file.GetName(), 0, workload);
    EXPECT_EQ(mapping.GetGroupCount(), 2u);
    EXPECT_EQ(mapping.GetGroup(1), mapping.GetGroup(3));
    EXPECT_EQ(FormatAddress(mapping.GetAddress(mapping.GetGroup(1))), "239.9.9.9");
    EXPECT_EQ(FormatAddress(mapping.GetAddress(mapping.GetGroup(2))), "239.1.0.5");

    for (const auto& [text, error] :
         std::map<std::string, std::string>{{"1,1\n2,x\n", ":2: group is 'x'"},
                                            {"1,1\n4,1\n", ":2: '4,1'"},
                                            {"1,1\n1,1\n", ":2: VNI 1 for the second time"},
                                            {"1,1\n2,1\n", ":1: no line for VNI 3"}})
    {
        const TemporaryFile bad(text);
        try
        {
            VniMapping("explicit:" + bad.GetName(), 0, workload);
            ADD_FAILURE() << text;
        }
        catch (const WorkloadError& e)
        {
            EXPECT_EQ(std::string(e.what()).find(bad.GetName() + error), 0u) << e.what();
            EXPECT_EQ(e.GetOption(), "");
        }
    }
}

TEST_F(SmallClos, MappingsThatDoNotFit)
{
    EXPECT_NE(MappingError("modulo:201", 0), "");
    EXPECT_NE(MappingError("modulo:0", 0), "");
    EXPECT_NE(MappingError("modulo", 0), "");
    EXPECT_NE(MappingError("modulo:5", 6), "");
    EXPECT_NE(MappingError("cluster:x", 0), "");
    EXPECT_NE(MappingError("explicit:/no/such/file", 0), "");
    EXPECT_NE(MappingError("random", 0), "");
    EXPECT_NE(MappingError("one-to-one", 50), "");
    EXPECT_EQ(MappingError("modulo:5", 5), "");
}

TEST(Clustering, FindsVnisOfEqualMembers)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=2,leaves=8,hosts=4");
    const ModelNetwork network(graph, RpfEcmp::SG_HASH);
    WorkloadOptions options;
    options.vnis = 64;
    options.members = 4;
    options.placement = *ParsePlacement("fill-leaf");
    Workload workload(network, options);
    // Each VNI is one leaf whole, so that eight groups suffice without any waste.
    const VniMapping mapping("cluster:8", 0, workload);
    TreeStateModel model(network, TreePolicy::Bidir);
    ForEachGroup(network, workload, mapping, [&](const GroupMembers& group) { model.Add(group); });
    EXPECT_EQ(model.GetTotals().unwanted, 0u);
}

TEST(Clustering, SeveralNumbersOfGroupsShareTheMerging)
{
    std::vector<VniTraffic> vnis(60);
    for (uint32_t v = 0; v < vnis.size(); ++v)
    {
        vnis[v].members = {v % 70, 70 + v * 7 % 60, 130 + v * v % 11};
        vnis[v].senders.assign(vnis[v].members.begin(), vnis[v].members.begin() + v % 4);
    }
    const auto always = [] { return true; };
    VniClustering clustering(vnis);
    for (uint32_t groups : {20u, 3u, 41u, 1u, 60u})
    {
        EXPECT_EQ(clustering.FindGroups(groups, always), ClusterVnis(vnis, groups)) << groups;
    }
    int calls = 0;
    VniClustering stopped(vnis);
    const std::vector<uint32_t> early =
        stopped.FindGroups(20, [&calls] { return ++calls % 30 != 0; });
    EXPECT_LT(calls, 100);
    EXPECT_EQ(std::set<uint32_t>(early.begin(), early.end()).size(), 20u) << "no group is empty";
    EXPECT_EQ(stopped.FindGroups(20, always), ClusterVnis(vnis, 20)) << "goes on where it was";
}
