// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/shortest-paths.h"
#include "ns3/topology-graph.h"
#include "ns3/topology-loader.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

TEST(ShortestPaths, ForthAndBackAgree)
{
    std::mt19937 engine(1);
    for (int i = 0; i < 20; ++i)
    {
        TopologyGraph graph = LoadTopology("random:n=15,degree=3.5,seed=" + std::to_string(i));
        for (TopologyAttachment& attachment : graph.attachments)
        {
            attachment.cost = engine() % 4 + 1;
        }
        const ShortestPaths paths(graph);
        std::vector<std::vector<PathRoute>> to;
        for (std::size_t network = 0; network < graph.networks.size(); ++network)
        {
            to.push_back(paths.To(network));
        }
        for (std::size_t node = 0; node < graph.nodes.size(); ++node)
        {
            const std::vector<PathRoute> from = paths.From(node);
            const ShortestPaths::NodePaths found = paths.Find(node);
            for (std::size_t network = 0; network < graph.networks.size(); ++network)
            {
                EXPECT_EQ(from[network].metric, to[network][node].metric);
                EXPECT_EQ(from[network].nextHops, to[network][node].nextHops);
                EXPECT_EQ(from[network].metric, found.Get(network).metric);
                EXPECT_EQ(from[network].nextHops, found.Get(network).nextHops);
            }
        }
    }
}

TEST(ShortestPaths, WhatIsFoundOneByOneIsWhatIsShownAtOnce)
{
    for (const char* spec : {"leaf-spine:spines=3,leaves=4,hosts=2", "chain:n=5", "ring:n=6"})
    {
        TopologyGraph graph = LoadTopology(spec);
        graph.nodes[graph.nodes.size() / 2].maxMetric = true;
        graph.nodes[1].kind = NodeKind::Vtep; // which leaves something out of reach
        const ShortestPaths paths(graph);
        for (std::size_t node = 0; node < graph.nodes.size(); ++node)
        {
            const std::vector<PathRoute> from = paths.From(node);
            const ShortestPaths::NodePaths found = paths.Find(node);
            for (std::size_t network = 0; network < graph.networks.size(); ++network)
            {
                const PathRoute route = found.Get(network);
                EXPECT_EQ(from[network].nextHops, route.nextHops);
                EXPECT_TRUE(route.nextHops.empty() || from[network].metric == route.metric);
            }
        }
    }
}

TEST(ShortestPaths, ToNodeHasTheNextHopsToItsStub)
{
    const TopologyGraph graph = LoadTopology("leaf-spine:spines=3,leaves=4,hosts=1");
    const ShortestPaths paths(graph);
    const std::size_t leaf = graph.FindNode("leaf2").value();
    const std::size_t stub = graph.FindNetwork("leaf2-vtep2").value();
    const std::vector<PathRoute> toLeaf = paths.ToNode(leaf);
    EXPECT_TRUE(toLeaf[leaf].nextHops.empty());
    for (std::size_t node = 0; node < graph.nodes.size(); ++node)
    {
        if (graph.nodes[node].kind == NodeKind::Router && node != leaf)
        {
            const PathRoute route = paths.From(node)[stub];
            EXPECT_EQ(toLeaf[node].nextHops, route.nextHops);
            EXPECT_EQ(toLeaf[node].metric + 1, route.metric);
        }
    }
}

TEST(ShortestPaths, HostsAndVtepsDoNotForward)
{
    TopologyGraph graph = LoadTopology("ring:n=4");
    graph.nodes[graph.FindNode("router1").value()].kind = NodeKind::Vtep;
    const ShortestPaths paths(graph);
    const std::size_t far = graph.FindNetwork("router2-vtep2").value();
    const PathRoute route = paths.From(graph.FindNode("router0").value())[far];
    EXPECT_EQ(route.metric, 3u);
    ASSERT_EQ(route.nextHops.size(), 1u);
    const std::size_t link = graph.attachments[route.nextHops[0].attachment].network;
    EXPECT_EQ(graph.networks[link].name, "router3-router0");
    // But it has routes of its own, and is reached.
    const std::size_t vtep = graph.FindNode("router1").value();
    EXPECT_EQ(paths.From(vtep)[far].nextHops.size(), 1u);
    EXPECT_EQ(
        paths.From(graph.FindNode("router0").value())[graph.FindNetwork("router1-vtep1").value()]
            .nextHops.size(),
        0u);
}
