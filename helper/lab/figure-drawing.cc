// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-drawing.h"

#include "ns3/text.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ns3
{

namespace
{

std::string
PrefixText(const TopologyNetwork& network)
{
    return network.prefix.GetLength() == 0 ? "unnumbered" : network.prefix.ToString();
}

} // namespace

FigureDrawing::FigureDrawing(const TopologyGraph& graph)
    : m_graph(graph),
      m_placed(std::all_of(graph.nodes.begin(), graph.nodes.end(), [](const TopologyNode& node) {
          return node.x && node.y;
      }))
{
}

void
FigureDrawing::SetTitle(const std::string& title)
{
    m_title = title;
}

void
FigureDrawing::ShowNetworks()
{
    m_showNetworks = true;
}

bool
FigureDrawing::IsDrawnAsEdge(std::size_t network) const
{
    return m_graph.networks[network].attachments.size() == 2;
}

std::string
FigureDrawing::LanId(std::size_t network) const
{
    return "network " + m_graph.networks[network].name;
}

const std::string&
FigureDrawing::EndName(const TopologyNetwork& network, std::size_t end) const
{
    return m_graph.nodes[m_graph.attachments[network.attachments[end]].node].name;
}

std::optional<std::size_t>
FigureDrawing::FindOwner(Ipv4Address address) const
{
    for (const TopologyAttachment& attachment : m_graph.attachments)
    {
        if (attachment.address == address.Get())
        {
            return attachment.node;
        }
    }
    for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
    {
        for (const LoopbackAddress& each : GetLoopbackAddresses(m_graph.nodes[node]))
        {
            if (each.address == address.Get())
            {
                return node;
            }
        }
    }
    return std::nullopt;
}

void
FigureDrawing::MarkNode(const std::string& node, const std::string& fill, const std::string& note)
{
    Mark& mark = m_marks[node];
    mark.fill = mark.fill.empty() ? fill : mark.fill;
    mark.note += (mark.note.empty() || note.empty() ? "" : "\\n") + note;
}

void
FigureDrawing::MarkNodeOnce(const std::string& node,
                            const std::string& fill,
                            const std::string& note)
{
    const auto mark = m_marks.find(node);
    if (mark == m_marks.end() || mark->second.note.find(note) == std::string::npos)
    {
        MarkNode(node, fill, note);
    }
}

void
FigureDrawing::FillNode(const std::string& node, const std::string& fill)
{
    m_marks[node].fill = fill;
}

void
FigureDrawing::AddArrow(std::size_t network,
                        std::size_t from,
                        const std::string& colour,
                        const std::string& label,
                        bool dashed)
{
    std::string to = LanId(network);
    if (IsDrawnAsEdge(network))
    {
        for (std::size_t attachment : m_graph.networks[network].attachments)
        {
            const std::size_t node = m_graph.attachments[attachment].node;
            to = node == from ? to : m_graph.nodes[node].name;
        }
    }
    m_arrows.push_back({m_graph.nodes[from].name, to, colour, label, dashed});
}

void
FigureDrawing::AddTreeArrows(const std::string& node, const std::string& interfaces)
{
    const auto index = m_graph.FindNode(node);
    for (const std::string& interface : SplitWords(interfaces))
    {
        const auto attachment = index ? m_graph.FindInterface(*index, interface) : std::nullopt;
        if (attachment)
        {
            const std::size_t network = m_graph.attachments[*attachment].network;
            AddArrow(network, *index, FIGURE_TREE_COLOUR);
        }
    }
}

bool
FigureDrawing::HasArrow(const std::string& a, const std::string& b) const
{
    return std::any_of(m_arrows.begin(), m_arrows.end(), [&](const Arrow& arrow) {
        return (arrow.from == a && arrow.to == b) || (arrow.from == b && arrow.to == a);
    });
}

/** \returns points per unit of x and y, so that the two closest nodes do not touch. */
double
FigureDrawing::GetScale() const
{
    constexpr double POINTS_APART = 190;
    double closest = 1e9;
    for (const TopologyNode& a : m_graph.nodes)
    {
        for (const TopologyNode& b : m_graph.nodes)
        {
            const double distance =
                a.x && b.x && &a != &b ? std::hypot(*a.x - *b.x, *a.y - *b.y) : 0;
            closest = distance > 0 ? std::min(closest, distance) : closest;
        }
    }
    return POINTS_APART / closest;
}

namespace
{

std::string
Quote(const std::string& text)
{
    std::string quoted = "\"";
    for (char c : text)
    {
        quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    }
    return quoted + '"';
}

/** \returns the label of an edge: on white, so that it can be read where edges run under it. */
std::string
EdgeLabel(const std::string& first, const std::string& second = "")
{
    if (first.empty())
    {
        return Quote("");
    }
    std::string html;
    for (char c : second.empty() ? first : first + '\n' + second)
    {
        static const std::map<char, std::string> entities = {
            {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'\n', "<br/>"}};
        const auto entity = entities.find(c);
        html += entity == entities.end() ? std::string(1, c) : entity->second;
    }
    return "<<table border=\"0\" cellspacing=\"0\" cellpadding=\"1\" bgcolor=\"white\"><tr><td>" +
           html + "</td></tr></table>>";
}

} // namespace

void
FigureDrawing::WriteNodes(std::ostream& os) const
{
    const double scale = GetScale();
    for (const TopologyNode& node : m_graph.nodes)
    {
        const auto mark = m_marks.find(node.name);
        std::string label = Quote(node.name);
        std::string fill = FIGURE_PLAIN_FILL;
        if (mark != m_marks.end())
        {
            fill = mark->second.fill;
            label.insert(label.size() - 1,
                         mark->second.note.empty() ? "" : "\\n" + mark->second.note);
        }
        os << "  " << Quote(node.name) << " [label=" << label << ", fillcolor=\"" << fill
           << "\", shape=" << (node.kind == NodeKind::Router ? "ellipse" : "box");
        if (m_placed)
        {
            os << ", pos=\"" << *node.x * scale << ',' << *node.y * scale << "\"";
        }
        os << "];\n";
    }
}

void
FigureDrawing::WriteNetworks(std::ostream& os) const
{
    const double scale = GetScale();
    for (std::size_t i = 0; i < m_graph.networks.size(); ++i)
    {
        const TopologyNetwork& network = m_graph.networks[i];
        if (!IsDrawnAsEdge(i))
        {
            WriteLan(os, i, scale);
        }
        else if (!HasArrow(EndName(network, 0), EndName(network, 1)))
        {
            WriteEdge(os, network);
        }
    }
}

void
FigureDrawing::WriteEdge(std::ostream& os, const TopologyNetwork& network) const
{
    os << "  " << Quote(EndName(network, 0)) << " -> " << Quote(EndName(network, 1))
       << " [arrowhead=none, label="
       << (m_showNetworks ? EdgeLabel(network.name, PrefixText(network)) : EdgeLabel("")) << "];\n";
}

void
FigureDrawing::WriteLan(std::ostream& os, std::size_t number, double scale) const
{
    const TopologyNetwork& network = m_graph.networks[number];
    double x = 0;
    double y = 0;
    for (std::size_t attachment : network.attachments)
    {
        const TopologyNode& node = m_graph.nodes[m_graph.attachments[attachment].node];
        x += node.x.value_or(0) / static_cast<double>(network.attachments.size());
        y += node.y.value_or(0) / static_cast<double>(network.attachments.size());
    }
    os << "  " << Quote(LanId(number));
    if (m_showNetworks)
    {
        os << " [shape=plain, style=\"\", fontsize=10, label="
           << Quote(network.name + " " + PrefixText(network));
    }
    else
    {
        os << " [shape=point";
    }
    if (m_placed)
    {
        os << ", pos=\"" << network.x.value_or(x) * scale << ',' << network.y.value_or(y) * scale
           << '"';
    }
    os << "];\n";
    for (std::size_t end = 0; end < network.attachments.size(); ++end)
    {
        os << "  " << Quote(EndName(network, end)) << " -> " << Quote(LanId(number))
           << " [arrowhead=none];\n";
    }
}

void
FigureDrawing::WriteArrows(std::ostream& os) const
{
    for (const Arrow& arrow : m_arrows)
    {
        os << "  " << Quote(arrow.from) << " -> " << Quote(arrow.to) << " [color=\"" << arrow.colour
           << "\", fontcolor=\"" << arrow.colour
           << "\", penwidth=2.5, label=" << EdgeLabel(arrow.label)
           << (arrow.dashed ? ", style=dashed" : "") << "];\n";
    }
}

std::string
FigureDrawing::ToDot(const std::string& time) const
{
    std::ostringstream os;
    os << "digraph figure {\n"
       << "  graph [label=" << Quote(m_title + ", at " + time + " s")
       << ", labelloc=t, fontname=Helvetica, splines=true, start=1, overlap=scale, "
          "outputorder=edgesfirst];\n"
       << "  node [style=filled, fontname=Helvetica, fontsize=12, margin=\"0.06,0.04\"];\n"
       << "  edge [len=2.5, color=\"#999999\", fontname=Helvetica, fontsize=10];\n";
    WriteNodes(os);
    WriteNetworks(os);
    WriteArrows(os);
    os << "}\n";
    return os.str();
}

} // namespace ns3
