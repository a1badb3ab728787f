// SPDX-License-Identifier: GPL-2.0-only
// The model against what is known of the R/E/C lab: the article's tables, and those of real
// daemons.
#include "ns3/topology-loader.h"
#include "ns3/tree-state-model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

using namespace ns3;

namespace
{

constexpr TopologyAddress LAB_GROUP = 239u << 24 | 10;

class RecLab : public ::testing::Test
{
  protected:
    RecLab()
        : m_graph(LoadTopology("rec-lab")),
          m_network(m_graph, RpfEcmp::HIGHEST)
    {
    }

    uint32_t Vtep(const std::string& name) const
    {
        return m_network.FindVtep(m_graph.FindNode(name).value());
    }

    std::string Interface(uint32_t attachment) const
    {
        return attachment == MODEL_NONE ? "" : m_graph.attachments[attachment].interface;
    }

    /** \returns rows as "c1 S,G r1 eth0: eth1", sorted. */
    std::set<std::string> Rows(const TreeStateModel& model) const
    {
        static const char* const kinds[] = {"*,G", "S,G", "S,G,rpt", "mfc"};
        std::set<std::string> rows;
        for (const TreeRow& row : model.GetRows())
        {
            std::string text = m_graph.nodes[m_network.GetRouters()[row.router].node].name + " " +
                               kinds[static_cast<int>(row.kind)];
            for (const ModelVtep& vtep : m_network.GetVteps())
            {
                text += vtep.address == row.source ? " " + m_graph.nodes[vtep.node].name : "";
            }
            text += " " + Interface(row.incoming) + ":";
            std::set<std::string> names;
            for (uint32_t oif : row.outgoing)
            {
                names.insert(Interface(oif));
            }
            for (const std::string& name : names)
            {
                text += " " + name;
            }
            rows.insert(text);
        }
        return rows;
    }

    /** \returns the links with copies, as "101 1 c1". */
    std::set<std::string> Copies(const std::vector<uint64_t>& copies) const
    {
        std::set<std::string> links;
        for (std::size_t i = 0; i < copies.size(); ++i)
        {
            if (copies[i] > 0)
            {
                const TopologyAttachment& attachment = m_graph.attachments[i];
                links.insert(m_graph.networks[attachment.network].name + " " +
                             m_graph.nodes[attachment.node].name + " " + std::to_string(copies[i]));
            }
        }
        return links;
    }

    /** r1 sends to r2 and r3, which do not send. */
    TreeStateModel OneSource(TreePolicy policy) const
    {
        TreeStateModel model(m_network, policy, TreeDetail::Rows);
        model.Add({LAB_GROUP, {{{Vtep("r2"), Vtep("r3"), Vtep("r1")}, {Vtep("r1")}}}});
        return model;
    }

    /** r1, r2 and r3 are members and send. */
    TreeStateModel AllSources(TreePolicy policy) const
    {
        const std::vector<uint32_t> all{Vtep("r1"), Vtep("r2"), Vtep("r3")};
        TreeStateModel model(m_network, policy, TreeDetail::Rows);
        model.Add({LAB_GROUP, {{all, all}}});
        return model;
    }

    /** \returns how many sources have an (S,G) or (S,G,rpt) entry: daemons do not tell them apart.
     */
    std::size_t CountSources(const TreeStateModel& model, const std::string& name) const
    {
        std::set<TopologyAddress> sources;
        for (const TreeRow& row : model.GetRows())
        {
            if (m_graph.nodes[m_network.GetRouters()[row.router].node].name == name &&
                row.kind != TreeRow::Kind::Forwarding && row.source != 0)
            {
                sources.insert(row.source);
            }
        }
        return sources.size();
    }

    TopologyGraph m_graph;
    ModelNetwork m_network;
};

} // namespace

TEST_F(RecLab, RpIsC3)
{
    const ModelRp& rp = m_network.GetRp(LAB_GROUP);
    EXPECT_EQ(FormatAddress(rp.address), "192.168.101.133");
}

TEST_F(RecLab, RptHasTheArticlesTables)
{
    TreeStateModel model(m_network, TreePolicy::Rpt, TreeDetail::Rows);
    // r1 is no member in the article.
    model.Add({LAB_GROUP, {{{Vtep("r2"), Vtep("r3")}, {Vtep("r1")}}}});
    const std::set<std::string> rows = Rows(model);
    const std::set<std::string> expected{"c1 *,G eth2: eth1",
                                         "c3 *,G : eth1 eth2",
                                         "e2 *,G eth1: eth0",
                                         "e3 *,G eth2: eth0",
                                         "e1 S,G r1 eth0: eth2",
                                         "c3 S,G r1 eth0: eth1 eth2",
                                         "c1 mfc eth2: eth1",
                                         "c3 mfc : eth1 eth2",
                                         "e2 mfc eth1: eth0",
                                         "e3 mfc eth2: eth0",
                                         "e1 mfc r1 eth0: eth2",
                                         "c3 mfc r1 eth0: eth1 eth2"};
    EXPECT_EQ(rows, expected);
    EXPECT_EQ(Copies(model.GetCopies()),
              (std::set<std::string>{
                  "1 r1 1", "21 e1 1", "23 c3 1", "101 c3 1", "12 c1 1", "2 e2 1", "3 e3 1"}));
    EXPECT_EQ(model.GetTotals().unsettled, 1u); // r1, which is no member, is counted as missed
}

TEST_F(RecLab, SptHasTheArticlesTables)
{
    TreeStateModel model(m_network, TreePolicy::Spt, TreeDetail::Rows);
    model.Add({LAB_GROUP, {{{Vtep("r2"), Vtep("r3")}, {Vtep("r1")}}}});
    const std::set<std::string> rows = Rows(model);
    EXPECT_EQ(rows.count("e1 S,G r1 eth0: eth1 eth2"), 1u);
    EXPECT_EQ(rows.count("c1 S,G r1 eth0: eth1"), 1u);
    EXPECT_EQ(rows.count("c3 S,G r1 eth0: eth1"), 1u);
    EXPECT_EQ(rows.count("e2 S,G r1 eth1: eth0"), 1u);
    EXPECT_EQ(rows.count("e3 S,G r1 eth2: eth0"), 1u);
    EXPECT_EQ(rows.count("c1 S,G,rpt r1 eth2: eth1"), 1u);
    EXPECT_EQ(rows.count("c3 S,G,rpt r1 : eth1"), 1u);
    EXPECT_EQ(Copies(model.GetCopies()),
              (std::set<std::string>{
                  "1 r1 1", "11 e1 1", "21 e1 1", "12 c1 1", "23 c3 1", "2 e2 1", "3 e3 1"}));
}

TEST_F(RecLab, SptOfThreeSourcesHasTheEntriesOfRealDaemons)
{
    const TreeStateModel model = AllSources(TreePolicy::Spt);
    for (const char* edge : {"e1", "e2", "e3"})
    {
        EXPECT_EQ(CountSources(model, edge), 3u) << edge;
    }
    EXPECT_EQ(CountSources(model, "c1"), 3u);
    EXPECT_EQ(CountSources(model, "c2"), 2u);
    EXPECT_EQ(CountSources(model, "c3"), 3u);
    EXPECT_EQ(model.GetTotals().unsettled, 0u);
    EXPECT_EQ(model.GetTotals().frames, 3u);
    EXPECT_EQ(model.GetTotals().wanted, 6u);
    EXPECT_EQ(model.GetTotals().unwanted, 0u);
}

TEST_F(RecLab, RptRegisterKeepsRegisters)
{
    TreeStateModel model(m_network, TreePolicy::RptRegister, TreeDetail::Rows);
    model.Add({LAB_GROUP, {{{Vtep("r2"), Vtep("r3")}, {Vtep("r1")}}}});
    const std::set<std::string> rows = Rows(model);
    EXPECT_EQ(rows.count("e1 S,G r1 eth0:"), 1u);
    EXPECT_EQ(rows.count("e1 mfc r1 eth0:"), 1u);
    EXPECT_EQ(model.GetRows().size(), 10u);
    EXPECT_EQ(
        Copies(model.GetCopies()),
        (std::set<std::string>{"1 r1 1", "23 c3 1", "101 c3 1", "12 c1 1", "2 e2 1", "3 e3 1"}));
    // Like the daemons' first of equal next hops, c1, or straight to c3.
    EXPECT_EQ(model.GetTotals().registers, 2u);
}

TEST_F(RecLab, SourceIsPrunedOffTheRpTreeAtItsOwnFirstHop)
{
    const TreeStateModel model = AllSources(TreePolicy::Rpt);
    const std::set<std::string> rows = Rows(model);
    EXPECT_EQ(rows.count("e3 S,G r3 eth0: eth0 eth2"), 1u);
    EXPECT_EQ(rows.count("e3 S,G,rpt r3 eth2: eth0"), 1u);
    EXPECT_EQ(rows.count("c3 S,G,rpt r3 : eth0 eth2"), 1u);
    EXPECT_EQ(model.GetTotals().unsettled, 0u);
}

TEST_F(RecLab, BidirCrossesEveryLinkOfTheTreeOnce)
{
    const TreeStateModel model = AllSources(TreePolicy::Bidir);
    const std::set<std::string> rows = Rows(model);
    // The RP address is on network 101, so that c1 and c3 are both on the RP link.
    const std::set<std::string> expected{"e1 *,G eth2: eth0",
                                         "e2 *,G eth1: eth0",
                                         "e3 *,G eth2: eth0",
                                         "c1 *,G eth2: eth1",
                                         "c3 *,G eth2: eth0 eth1"};
    std::set<std::string> stars;
    std::copy_if(rows.begin(), rows.end(), std::inserter(stars, stars.end()), [](const auto& row) {
        return row.find("*,G") != std::string::npos;
    });
    EXPECT_EQ(stars, expected);
    EXPECT_EQ(model.GetTotals().copies, 3u * 7);
    EXPECT_EQ(model.GetTotals().unsettled, 0u);
}

TEST_F(RecLab, SsmHasNoSharedTree)
{
    const TreeStateModel model = OneSource(TreePolicy::Ssm);
    EXPECT_EQ(Rows(model),
              (std::set<std::string>{"e1 S,G r1 eth0: eth1 eth2",
                                     "c1 S,G r1 eth0: eth1",
                                     "c3 S,G r1 eth0: eth1",
                                     "e2 S,G r1 eth1: eth0",
                                     "e3 S,G r1 eth2: eth0",
                                     "e1 mfc r1 eth0: eth1 eth2",
                                     "c1 mfc r1 eth0: eth1",
                                     "c3 mfc r1 eth0: eth1",
                                     "e2 mfc r1 eth1: eth0",
                                     "e3 mfc r1 eth2: eth0"}));
}

TEST_F(RecLab, HeadEndCountsUnicastLinks)
{
    const TreeStateModel model = OneSource(TreePolicy::HeadEnd);
    EXPECT_EQ(model.GetTotals().copies, 8u);
    EXPECT_EQ(model.GetTotals().wanted, 2u);
    EXPECT_TRUE(model.GetRows().empty());
}
