// SPDX-License-Identifier: GPL-2.0-only
// Figures: what they say, and that their labels can be read.
#include "ns3/figure-canvas.h"
#include "ns3/figure-svg.h"
#include "ns3/lab-figures.h"
#include "ns3/plot-failures.h"
#include "ns3/plot-figure.h"
#include "ns3/plot-overlap.h"
#include "ns3/topology-loader.h"

#include "support/lab-program.h"

#include <cmath>
#include <regex>

using namespace ns3;

namespace
{

/** A text of a picture and the box around it. */
struct ShownText
{
    std::string text;
    FigureBox box;
};

/** \returns the texts of a picture. */
std::vector<ShownText>
GetTexts(const std::string& svg)
{
    static const std::regex pattern(
        "<text x=\"([-0-9.]+)\" y=\"([-0-9.]+)\" font-size=\"([0-9.]+)\"( text-anchor=\"middle\")?"
        "[^>]*>([^<]*)</text>");
    std::vector<ShownText> texts;
    for (std::sregex_iterator it(svg.begin(), svg.end(), pattern), end; it != end; ++it)
    {
        const double size = std::stod((*it)[3]);
        const double width = GetTextWidth((*it)[5], size);
        const bool isCentred = (*it)[4].matched;
        const double x = std::stod((*it)[1]) + (isCentred ? 0 : width / 2);
        texts.push_back({(*it)[5], {{x, std::stod((*it)[2]) - 0.35 * size}, width, size * 0.9}});
    }
    return texts;
}

void
ExpectNoOverlap(const std::string& svg, const std::string& what)
{
    const std::vector<ShownText> texts = GetTexts(svg);
    EXPECT_GT(texts.size(), 10u) << what;
    for (std::size_t i = 0; i < texts.size(); ++i)
    {
        for (std::size_t j = i + 1; j < texts.size(); ++j)
        {
            EXPECT_FALSE(texts[i].box.Overlaps(texts[j].box))
                << what << ": " << texts[i].text << " / " << texts[j].text;
        }
    }
}

/** \returns the figure of an idle state on \p topology, with \p change made to the state. */
template <typename F>
std::string
Draw(const TopologyGraph& topology, const FigureSpec& spec, F change)
{
    FigureState state{topology, Seconds(60), {}, {}, {}, {}, {}, {}, {}};
    change(state);
    return DrawFigureSvg(DrawLabFigure(spec, state), LayOutFigure(topology));
}

std::string
DrawTopology(const std::string& topology)
{
    return Draw(LoadTopology(topology),
                {FigureKind::Topology, "t", Ipv4Address::GetAny(), Ipv4Address::GetAny(), {}},
                [](FigureState&) {});
}

bool
Has(const std::string& svg, const std::string& text)
{
    return svg.find(text) != std::string::npos;
}

/** Draws a figure of one point, y logarithmic. \returns gnuplot's script */
std::string
DrawPoint(const PlotPoint& point)
{
    PlotFigure figure;
    figure.name = "point";
    figure.panels.emplace_back();
    figure.panels[0].logY = true;
    figure.panels[0].series.emplace_back();
    figure.panels[0].series[0].points.push_back(point);
    const ScratchFolder folder;
    const std::string error = DrawFigure(figure, folder.GetPath(""));
    EXPECT_TRUE(error.empty() || !HasGnuplot()) << error;
    return ReadText(folder.GetPath("point.gnuplot"));
}

} // namespace

TEST(FigureGeometry, BoxesAndLines)
{
    const FigureBox box = {{0, 0}, 10, 4};
    EXPECT_TRUE(box.Overlaps({{9, 0}, 10, 4}));
    EXPECT_FALSE(box.Overlaps({{11, 0}, 10, 4}));
    EXPECT_TRUE(box.IsCrossedBy({-10, -10}, {10, 10}));
    EXPECT_TRUE(box.IsCrossedBy({0, 0}, {1, 1}));
    EXPECT_FALSE(box.IsCrossedBy({-10, 5}, {10, 5}));
    EXPECT_FALSE(box.IsCrossedBy({6, -10}, {6, 10}));
}

TEST(FigureGeometry, LabelsKeepOffOneAnother)
{
    LabelPlacer placer;
    const FigureLine line = {{0, 0}, {200, 0}};
    std::vector<FigureBox> placed;
    while (const auto middle = placer.PlaceBeside(line, 0.5, 60, 12))
    {
        for (const FigureBox& other : placed)
        {
            EXPECT_FALSE(other.Overlaps({*middle, 60, 12}));
        }
        placed.push_back({*middle, 60, 12});
        ASSERT_LT(placed.size(), 20u);
    }
    EXPECT_GE(placed.size(), 4u);
}

TEST(FigureGeometry, LabelsStandOnAtMostOneOtherLine)
{
    LabelPlacer placer;
    const FigureLine line = {{0, 0}, {200, 0}};
    placer.AddLine({{100, -50}, {100, 50}});
    EXPECT_TRUE(placer.PlaceBeside(line, 0.5, 190, 12).has_value());
    placer.AddLine({{110, -50}, {110, 50}});
    EXPECT_FALSE(placer.PlaceBeside(line, 0.5, 190, 12).has_value());
}

TEST(Figure, TopologyHasInterfacesAndAddresses)
{
    const std::string svg = DrawTopology(REC_LAB);
    EXPECT_TRUE(Has(svg, ">Topology rec-lab.graphml, at 60 s</text>"));
    EXPECT_EQ(svg.find("/topologies/"), std::string::npos);
    for (const char* text :
         {">eth1</text>", ">.111</text>", ">192.168.12.0/24</text>", ">12</text>"})
    {
        EXPECT_TRUE(Has(svg, text)) << text;
    }
    EXPECT_TRUE(
        Has(svg, "network 12 192.168.12.0/24\ne2 eth1 192.168.12.22\nc1 eth1 192.168.12.111"));
    EXPECT_FALSE(Has(svg, "labels have no room"));
    ExpectNoOverlap(svg, "rec-lab");
}

TEST(Figure, LabelsOfLargeTopologiesDoNotCollide)
{
    for (const std::string topology : {"leaf-spine:spines=4,leaves=16,hosts=1",
                                       "leaf-spine:spines=4,leaves=16,hosts=4",
                                       "leaf-spine:spines=4,leaves=8,hosts=2",
                                       "fat-tree:k=4"})
    {
        ExpectNoOverlap(DrawTopology(topology), topology);
    }
}

TEST(Figure, FailuresAreDashedAndCrossed)
{
    const TopologyGraph topology = LoadTopology(REC_LAB);
    const FigureSpec spec{
        FigureKind::Topology, "t", Ipv4Address::GetAny(), Ipv4Address::GetAny(), {}};
    const auto countCrosses = [](const std::string& svg) {
        const std::regex cross("stroke=\"#000000\" stroke-width=\"3\"/>");
        return std::distance(std::sregex_iterator(svg.begin(), svg.end(), cross), {}) / 2;
    };
    const std::string whole = Draw(topology, spec, [](FigureState&) {});
    EXPECT_EQ(countCrosses(whole), 0);
    EXPECT_FALSE(Has(whole, "failed"));
    const std::string broken = Draw(topology, spec, [&](FigureState& state) {
        const std::size_t node = *topology.FindNode("c1");
        state.failures.nodes = {node};
        state.failures.attachments = topology.nodes[node].attachments;
        state.failures.lossyNetworks = {{*topology.FindNetwork("13"), 0.1}};
    });
    EXPECT_EQ(countCrosses(broken), 5); // c1 and its four links
    EXPECT_TRUE(Has(broken, ">failed: down, with a cross</text>"));
    EXPECT_TRUE(Has(broken, ">loses 10 %</text>"));
    EXPECT_TRUE(Has(broken, "c1 eth0 192.168.11.111, down"));
}

TEST(Figure, ElectionSaysWhoWonAndWhy)
{
    const TopologyGraph topology = LoadTopology(REC_LAB);
    const std::string svg =
        Draw(topology,
             {FigureKind::RpElection, "e", Ipv4Address::GetAny(), Ipv4Address::GetAny(), {}},
             [](FigureState& state) {
                 for (const char* node : {"c1", "c2", "c3", "e1"})
                 {
                     for (const auto& [rp, priority] :
                          {std::pair("192.168.101.111", 192), std::pair("192.168.101.133", 100)})
                     {
                         RpRow row;
                         row.node = node;
                         row.bsr = Ipv4Address("192.168.101.133");
                         row.bsrPriority = 10;
                         row.rp = Ipv4Address(rp);
                         row.groupPrefix = "239.0.0.0/8";
                         row.rpPriority = static_cast<uint8_t>(priority);
                         state.rps.push_back(row);
                     }
                 }
                 RpRow ignorant;
                 ignorant.node = "e3";
                 state.rps.push_back(ignorant);
             });
    EXPECT_TRUE(Has(
        svg,
        "Bootstrap router: c3, priority 10. The others have c1 1, c2 1; the highest value wins."));
    EXPECT_TRUE(
        Has(svg,
            "RP of 239.0.0.0/8: c3, priority 100. The others have c1 192; the lowest value wins."));
    EXPECT_TRUE(Has(svg, "4 of 5 routers know this."));
    EXPECT_TRUE(Has(svg, ">knows something else</text>"));
    EXPECT_TRUE(Has(svg, ">candidate RP: priority 192</text>"));
    EXPECT_TRUE(Has(svg, ">rendezvous point (RP)</text>"));
    EXPECT_FALSE(Has(svg, ">sends to the group</text>"));
}

TEST(Figure, OverlayShowsVtepsAndWhatTheyLearned)
{
    const TopologyGraph topology = LoadTopology(REC_LAB);
    const std::string svg =
        Draw(topology,
             {FigureKind::Overlay, "o", Ipv4Address::GetAny(), Ipv4Address::GetAny(), 42},
             [](FigureState& state) {
                 const auto add =
                     [&](const char* node, uint32_t vni, const char* mac, const char* vtep) {
                         FdbRow row;
                         row.node = node;
                         row.device = "vxlan" + std::to_string(vni);
                         row.vni = vni;
                         row.mac = Mac48Address(mac);
                         row.vtep = Ipv4Address(vtep);
                         state.fdb.push_back(row);
                     };
                 add("r1", 42, "00:00:00:00:00:00", "239.0.0.42");
                 add("r1", 42, "02:00:02:00:00:2a", "192.168.2.2");
                 add("r3", 7, "02:00:02:00:00:07", "192.168.2.2");
                 MfcRow entry;
                 entry.node = "e1";
                 entry.source = Ipv4Address("192.168.1.1");
                 entry.group = Ipv4Address("239.0.0.42");
                 entry.incomingInterface = "eth0";
                 entry.outgoingInterfaces = "eth1 eth2";
                 state.entries.push_back(entry);
             });
    EXPECT_TRUE(Has(svg, ">Overlay of VNI 42, at 60 s</text>"));
    EXPECT_TRUE(Has(svg, ">vxlan42, VNI 42</text>"));
    EXPECT_TRUE(Has(svg, ">floods to 239.0.0.42</text>"));
    EXPECT_TRUE(Has(svg, ">02:00:02:00:00:2a is at r2</text>"));
    EXPECT_FALSE(Has(svg, "VNI 7"));
    const std::regex tunnel("<path d=\"M [^\"]*\" fill=\"none\" stroke=\"#009E73\"");
    EXPECT_EQ(std::distance(std::sregex_iterator(svg.begin(), svg.end(), tunnel), {}), 1);
    const std::regex tree("stroke=\"#0072B2\" stroke-width=\"2.6\" marker-end");
    EXPECT_EQ(std::distance(std::sregex_iterator(svg.begin(), svg.end(), tree), {}), 3);
}

TEST(Figure, ColoursHaveOneMeaning)
{
    std::set<std::string> fills;
    std::set<std::pair<std::string, std::string>> lines;
    for (int i = 0; i <= static_cast<int>(FigureMeaning::LOSSY); ++i)
    {
        const FigureStyle& style = GetFigureStyle(static_cast<FigureMeaning>(i));
        EXPECT_TRUE(style.isLine ? lines.insert({style.colour, style.dashes}).second
                                 : fills.insert(style.colour).second)
            << style.legend;
    }
}

TEST(PlotOverlap, CurvesThatLieOnOneAnotherTakeTurns)
{
    const auto curve = [](std::initializer_list<double> heights) {
        PlotSeries series;
        for (double height : heights)
        {
            series.line.push_back(
                {static_cast<double>(series.line.size() + 1), height, height, height, ""});
        }
        return series;
    };
    PlotPanel panel;
    panel.series = {
        curve({1, 10, 20}), curve({5, 7, 9}), curve({1, 10.1, 20}), curve({1, 10, 20}), curve({})};
    const auto overlaps = FindOverlaps(panel);
    ASSERT_TRUE(overlaps[0] && overlaps[2] && overlaps[3]);
    EXPECT_FALSE(overlaps[1] || overlaps[4]);
    EXPECT_EQ(GetOverlapDashes(*overlaps[0]), "1");
    EXPECT_EQ(GetOverlapDashes(*overlaps[2]), "(16,8)");
    EXPECT_EQ(GetOverlapDashes(*overlaps[3]), "(8,16)");
}

TEST(PlotFailures, PointsAreTheMediansOfTheTable)
{
    FailureRow row;
    row.kind = "link";
    row.detection = "carrier";
    row.tree = "bidir";
    for (uint32_t ms : {10, 0, 30, 90})
    {
        FailureOutcome outcome;
        outcome.longest = MilliSeconds(ms);
        row.outcomes.push_back(outcome);
    }
    EXPECT_EQ(MakeFailureCells(row).at(6), "20"); // ms_median
    const PlotFigure figure = MakeFailureFigure({row});
    ASSERT_EQ(figure.panels.size(), 1u);
    ASSERT_EQ(figure.panels[0].series.size(), 1u);
    ASSERT_EQ(figure.panels[0].series[0].points.size(), 1u);
    const PlotPoint& point = figure.panels[0].series[0].points[0];
    EXPECT_EQ(point.y, 20);
    EXPECT_EQ(point.low, 1); // nothing missed
    EXPECT_EQ(point.high, 90);
}

TEST(PlotFigure, LabelsOfPointsThatCannotBeShownAreLeftOut)
{
    const std::string script = DrawPoint({1, 0, 0, 0, "a label"});
    EXPECT_EQ(script.find("with labels"), std::string::npos);
    EXPECT_NE(script.find("no data"), std::string::npos);
}

// gnuplot 5.4 crashes where a plot consists of labels of which none is to be shown.
TEST(PlotFigure, LabelsAreAskedForOnlyOnTheSideWhereThereAreAny)
{
    const std::string script = DrawPoint({0, 11, 11, 11, "1"});
    const std::size_t first = script.find("with labels");
    ASSERT_NE(first, std::string::npos);
    EXPECT_EQ(script.find("with labels", first + 1), std::string::npos);
}
