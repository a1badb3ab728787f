// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-layout.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>

#include <unistd.h>

namespace ns3
{

namespace
{

constexpr std::size_t MANY_NODES = 24;
constexpr double NODES_APART = 200;      //!< the two closest
constexpr double MANY_NODES_APART = 104; //!< in a row of a large topology
constexpr double ROWS_APART = 290;       //!< of a large topology

bool
HasPlaces(const TopologyGraph& graph)
{
    return std::all_of(graph.nodes.begin(), graph.nodes.end(), [](const TopologyNode& node) {
        return node.x && node.y;
    });
}

/** \returns the least difference of two numbers that is more than nothing; 1 if there is none. */
double
GetLeastStep(std::vector<double> numbers)
{
    std::sort(numbers.begin(), numbers.end());
    double least = 0;
    for (std::size_t i = 1; i < numbers.size(); ++i)
    {
        const double step = numbers[i] - numbers[i - 1];
        least = step > 1e-9 && (least == 0 || step < least) ? step : least;
    }
    return least == 0 ? 1 : least;
}

/** \returns the least step in x of any row, and that from row to row. */
FigurePoint
GetLeastSteps(const TopologyGraph& graph)
{
    constexpr double SAME_ROW = 1e6; // a millionth apart is one row
    std::map<int64_t, std::vector<double>> rows;
    std::vector<double> heights;
    FigurePoint least;
    for (const TopologyNode& node : graph.nodes)
    {
        rows[std::llround(*node.y * SAME_ROW)].push_back(*node.x);
        heights.push_back(*node.y);
    }
    for (const auto& [height, row] : rows)
    {
        const double step = row.size() > 1 ? GetLeastStep(row) : 0;
        least.x = step != 0 && (least.x == 0 || step < least.x) ? step : least.x;
    }
    least.x = least.x == 0 ? 1 : least.x;
    least.y = GetLeastStep(heights);
    return least;
}

double
GetLeastDistance(const TopologyGraph& graph)
{
    double least = 0;
    for (const TopologyNode& a : graph.nodes)
    {
        for (const TopologyNode& b : graph.nodes)
        {
            const double distance = std::hypot(*a.x - *b.x, *a.y - *b.y);
            least = distance > 0 && (least == 0 || distance < least) ? distance : least;
        }
    }
    return least == 0 ? 1 : least;
}

/** \returns points per unit of x and y. */
FigurePoint
GetFigureScale(const TopologyGraph& graph)
{
    if (graph.nodes.size() <= MANY_NODES)
    {
        const double scale = NODES_APART / GetLeastDistance(graph);
        return {scale, scale};
    }
    const FigurePoint steps = GetLeastSteps(graph);
    return {MANY_NODES_APART / steps.x, ROWS_APART / steps.y};
}

/** \returns the topology in Graphviz's words, nodes by number. */
std::string
ToDot(const TopologyGraph& graph)
{
    std::ostringstream os;
    os << "graph g { graph [start=1, overlap=scale]; node [width=1.3, height=0.6]; edge "
          "[len=2.8];\n";
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        os << "n" << i << ";\n";
    }
    for (std::size_t i = 0; i < graph.networks.size(); ++i)
    {
        const std::vector<std::size_t>& attachments = graph.networks[i].attachments;
        const auto node = [&](std::size_t end) {
            return "n" + std::to_string(graph.attachments[attachments[end]].node);
        };
        for (std::size_t end = 0; attachments.size() != 2 && end < attachments.size(); ++end)
        {
            os << node(end) << " -- l" << i << " [len=1.6];\n";
        }
        if (attachments.size() == 2)
        {
            os << node(0) << " -- " << node(1) << ";\n";
        }
    }
    os << "}\n";
    return os.str();
}

/** A file that is gone with the object. */
class TemporaryFile
{
  public:
    /** \throws std::runtime_error if there is no place for it */
    TemporaryFile()
    {
        const int file = mkstemp(m_path.data());
        if (file < 0)
        {
            throw std::runtime_error("no temporary file can be made as " + m_path);
        }
        close(file);
    }

    ~TemporaryFile()
    {
        std::remove(m_path.c_str());
    }

    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    const std::string& GetPath() const
    {
        return m_path;
    }

  private:
    std::string m_path = std::filesystem::temp_directory_path() / "figure-layout-XXXXXX";
};

/** Has Graphviz place nodes and LANs. */
FigureLayout
AskGraphviz(const TopologyGraph& graph)
{
    constexpr double POINTS_PER_INCH = 72;
    const TemporaryFile file;
    const std::string command = "neato -Tplain -o '" + file.GetPath() + "' 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "w");
    const std::string dot = ToDot(graph);
    const bool isWritten = pipe && std::fwrite(dot.data(), 1, dot.size(), pipe) == dot.size();
    if (!pipe || pclose(pipe) != 0 || !isWritten)
    {
        throw std::runtime_error("Graphviz cannot lay out the figures");
    }
    FigureLayout layout;
    layout.nodes.resize(graph.nodes.size());
    layout.networks.resize(graph.networks.size());
    std::ifstream in(file.GetPath());
    for (std::string line; std::getline(in, line);)
    {
        std::istringstream words(line);
        std::string kind;
        std::string name;
        FigurePoint at;
        words >> kind >> name >> at.x >> at.y;
        if (kind != "node" || name.size() < 2)
        {
            continue;
        }
        std::vector<FigurePoint>& places = name[0] == 'n' ? layout.nodes : layout.networks;
        const std::size_t number = std::strtoul(name.c_str() + 1, nullptr, 10);
        if (number < places.size())
        {
            places[number] = {at.x * POINTS_PER_INCH, -at.y * POINTS_PER_INCH};
        }
    }
    return layout;
}

/** Links of two stand in the middle of their ends, and LANs without a place in that of all. */
void
PlaceNetworks(const TopologyGraph& graph, FigurePoint scale, bool hasPlaces, FigureLayout& layout)
{
    for (std::size_t i = 0; i < graph.networks.size(); ++i)
    {
        const TopologyNetwork& network = graph.networks[i];
        if (network.attachments.size() != 2 && !hasPlaces)
        {
            continue; // where Graphviz put it
        }
        if (network.attachments.size() != 2 && network.x && network.y)
        {
            layout.networks[i] = {*network.x * scale.x, -*network.y * scale.y};
            continue;
        }
        layout.networks[i] = {};
        for (std::size_t attachment : network.attachments)
        {
            const FigurePoint node = layout.nodes[graph.attachments[attachment].node];
            const auto count = static_cast<double>(network.attachments.size());
            layout.networks[i].x += node.x / count;
            layout.networks[i].y += node.y / count;
        }
    }
}

} // namespace

bool
CanLayOutFigures(const TopologyGraph& graph)
{
    return HasPlaces(graph) || std::system("neato -V >/dev/null 2>&1") == 0;
}

FigureLayout
LayOutFigure(const TopologyGraph& graph)
{
    const bool hasPlaces = HasPlaces(graph);
    const FigurePoint scale = hasPlaces ? GetFigureScale(graph) : FigurePoint{1, 1};
    FigureLayout layout = hasPlaces ? FigureLayout() : AskGraphviz(graph);
    layout.networks.resize(graph.networks.size());
    for (std::size_t i = 0; hasPlaces && i < graph.nodes.size(); ++i)
    {
        layout.nodes.push_back({*graph.nodes[i].x * scale.x, -*graph.nodes[i].y * scale.y});
    }
    PlaceNetworks(graph, scale, hasPlaces, layout);
    return layout;
}

} // namespace ns3
