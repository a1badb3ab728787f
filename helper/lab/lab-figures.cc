// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-figures.h"

#include "ns3/topology-values.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <set>
#include <sstream>

namespace ns3
{

namespace
{

// Okabe and Ito's palette: told apart by colour-blind readers, too.
const char* const TREE_COLOUR = "#0072B2";
const char* const REGISTER_COLOUR = "#D55E00";
const char* const SOURCE_FILL = "#F0E442";
const char* const RECEIVER_FILL = "#9ADBC5";
const char* const RP_FILL = "#F3B98A";
const char* const PLAIN_FILL = "#EEEEEE";

std::string
ToText(Ipv4Address address)
{
    std::ostringstream os;
    address.Print(os);
    return os.str();
}

/** Rows of a table by column name. */
class Rows
{
  public:
    explicit Rows(const CsvTable& table)
        : m_table(table)
    {
    }

    /** Calls f(cell) for each row, where cell(column) gives the row's cell. */
    template <typename F>
    void ForEach(F f) const
    {
        for (const auto& row : m_table.GetRows())
        {
            f([&](const char* column) { return row[*m_table.FindColumn(column)]; });
        }
    }

  private:
    const CsvTable& m_table;
};

/** One figure being drawn: the topology, with what a figure marks on it. */
class Drawing
{
  public:
    explicit Drawing(const FigureState& state)
        : m_state(state),
          m_graph(state.topology),
          m_placed(std::all_of(m_graph.nodes.begin(),
                               m_graph.nodes.end(),
                               [](const TopologyNode& node) { return node.x && node.y; }))
    {
    }

    void DrawTopology();
    void DrawElection();
    void DrawRpTree(Ipv4Address group);
    void DrawViaRp(Ipv4Address group);
    void DrawSpt(Ipv4Address group, Ipv4Address source);

    std::string ToDot() const;

  private:
    struct Mark
    {
        std::string fill;
        std::string note; //!< a line under the node's name
    };

    struct Arrow
    {
        std::string from;
        std::string to;
        std::string colour;
        std::string label;
        bool dashed;
    };

    bool IsDrawnAsEdge(std::size_t network) const
    {
        return m_graph.networks[network].attachments.size() == 2;
    }

    std::string LanId(std::size_t network) const
    {
        return "network " + m_graph.networks[network].name;
    }

    std::optional<std::size_t> FindOwner(const std::string& address) const;
    void MarkNode(const std::string& node, const std::string& fill, const std::string& note);
    void MarkRps(Ipv4Address group);
    void MarkReceivers(Ipv4Address group);
    void MarkSource(const std::string& address);
    void AddArrow(std::size_t network,
                  std::size_t from,
                  const std::string& colour,
                  const std::string& label,
                  bool dashed);
    void AddTreeArrows(const std::string& node, const std::string& interfaces);
    bool HasArrow(const std::string& a, const std::string& b) const;
    double GetScale() const;
    void WriteNodes(std::ostream& os) const;
    void WriteNetworks(std::ostream& os) const;

    const FigureState& m_state;
    const TopologyGraph& m_graph;
    bool m_placed; //!< every node has a position; else Graphviz places all
    std::string m_title;
    std::map<std::string, Mark> m_marks;
    std::vector<Arrow> m_arrows;
    bool m_showNetworks{false};
};

std::optional<std::size_t>
Drawing::FindOwner(const std::string& address) const
{
    const auto wanted = ParseAddress(address);
    for (const TopologyAttachment& attachment : m_graph.attachments)
    {
        if (wanted && attachment.address == *wanted)
        {
            return attachment.node;
        }
    }
    return std::nullopt;
}

void
Drawing::MarkNode(const std::string& node, const std::string& fill, const std::string& note)
{
    Mark& mark = m_marks[node];
    mark.fill = mark.fill.empty() ? fill : mark.fill;
    mark.note += (mark.note.empty() || note.empty() ? "" : "\\n") + note;
}

void
Drawing::MarkRps(Ipv4Address group)
{
    std::set<std::string> rps;
    Rows(m_state.tib).ForEach([&](auto cell) {
        if (cell("group") == ToText(group) && cell("kind") == "*,G")
        {
            rps.insert(cell("rp"));
        }
    });
    for (const std::string& rp : rps)
    {
        if (const auto owner = FindOwner(rp))
        {
            MarkNode(m_graph.nodes[*owner].name, RP_FILL, "RP");
        }
    }
}

void
Drawing::MarkReceivers(Ipv4Address group)
{
    Rows(m_state.igmp).ForEach([&](auto cell) {
        const auto owner = FindOwner(cell("last_reporter"));
        if (owner && cell("group") == ToText(group))
        {
            const std::string& name = m_graph.nodes[*owner].name;
            if (m_marks.count(name) == 0 ||
                m_marks[name].note.find("receiver") == std::string::npos)
            {
                MarkNode(name, RECEIVER_FILL, "receiver");
            }
        }
    });
}

void
Drawing::MarkSource(const std::string& address)
{
    const auto owner = FindOwner(address);
    if (owner && m_marks[m_graph.nodes[*owner].name].note.find("source") == std::string::npos)
    {
        MarkNode(m_graph.nodes[*owner].name, SOURCE_FILL, "source");
        m_marks[m_graph.nodes[*owner].name].fill = SOURCE_FILL;
    }
}

void
Drawing::AddArrow(std::size_t network,
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
Drawing::AddTreeArrows(const std::string& node, const std::string& interfaces)
{
    const auto index = m_graph.FindNode(node);
    for (const std::string& interface : SplitWords(interfaces))
    {
        const auto attachment = index ? m_graph.FindInterface(*index, interface) : std::nullopt;
        if (attachment)
        {
            const std::size_t network = m_graph.attachments[*attachment].network;
            AddArrow(network, *index, TREE_COLOUR, "", false);
        }
    }
}

void
Drawing::DrawTopology()
{
    m_title = "Topology " + m_graph.name;
    m_showNetworks = true;
    for (const TopologyNode& node : m_graph.nodes)
    {
        MarkNode(node.name, PLAIN_FILL, node.routerId ? FormatAddress(*node.routerId) : "");
    }
}

void
Drawing::DrawElection()
{
    m_title = "BSR and RPs as the routers know them";
    std::map<std::string, std::set<std::string>> bsrs;
    std::map<std::string, std::string> rps;
    std::map<std::string, std::pair<std::string, std::set<std::string>>> known;
    const auto name = [&](const std::string& address) {
        const auto owner = FindOwner(address);
        return owner ? m_graph.nodes[*owner].name : address;
    };
    Rows(m_state.rp).ForEach([&](auto cell) {
        bsrs[name(cell("bsr"))].insert(cell("bsr_priority"));
        if (!cell("rp").empty())
        {
            rps[name(cell("rp"))] = cell("rp_priority");
            known[cell("node")].second.insert(name(cell("rp")));
        }
        known[cell("node")].first = name(cell("bsr"));
    });
    for (const auto& [node, priorities] : bsrs)
    {
        if (!node.empty())
        {
            MarkNode(node, SOURCE_FILL, "elected BSR (" + *priorities.begin() + ")");
        }
    }
    for (const auto& [node, priority] : rps)
    {
        MarkNode(node, RP_FILL, "RP (" + priority + ")");
    }
    for (const auto& [node, knowledge] : known)
    {
        std::string list;
        for (const std::string& rp : knowledge.second)
        {
            list += " " + rp;
        }
        MarkNode(node, PLAIN_FILL, "knows BSR " + knowledge.first + "\\nand RPs" + list);
    }
}

void
Drawing::DrawRpTree(Ipv4Address group)
{
    m_title = "RP tree of " + ToText(group);
    MarkRps(group);
    MarkReceivers(group);
    Rows(m_state.tib).ForEach([&](auto cell) {
        if (cell("group") == ToText(group) && cell("kind") == "*,G")
        {
            AddTreeArrows(cell("node"), cell("outgoing_interfaces"));
        }
    });
}

void
Drawing::DrawViaRp(Ipv4Address group)
{
    m_title = "Packets to " + ToText(group) + " by link (dashed: inside Registers)";
    MarkRps(group);
    MarkReceivers(group);
    for (const LinkMeter::GroupCount& count : m_state.counts)
    {
        const auto node = m_graph.FindNode(count.node);
        const auto network = m_graph.FindNetwork(count.network);
        if (!node || !network)
        {
            continue;
        }
        if (m_graph.nodes[*node].kind != NodeKind::Router && count.native != 0)
        {
            MarkNode(count.node, SOURCE_FILL, "source");
        }
        if (count.registers != 0)
        {
            AddArrow(*network, *node, REGISTER_COLOUR, std::to_string(count.registers), true);
        }
        if (count.native != 0)
        {
            AddArrow(*network, *node, TREE_COLOUR, std::to_string(count.native), false);
        }
    }
}

void
Drawing::DrawSpt(Ipv4Address group, Ipv4Address source)
{
    std::set<std::string> sources;
    MarkRps(group);
    MarkReceivers(group);
    std::set<std::pair<std::size_t, std::size_t>> firstHops;
    Rows(m_state.mfc).ForEach([&](auto cell) {
        const bool wanted = source.IsAny() || cell("source") == ToText(source);
        if (cell("group") != ToText(group) || cell("source") == "*" || !wanted)
        {
            return;
        }
        AddTreeArrows(cell("node"), cell("outgoing_interfaces"));
        MarkSource(cell("source"));
        sources.insert(cell("source"));
        const auto owner = FindOwner(cell("source"));
        const auto node = m_graph.FindNode(cell("node"));
        const auto incoming =
            node ? m_graph.FindInterface(*node, cell("incoming_interface")) : std::nullopt;
        for (std::size_t attachment :
             owner ? m_graph.nodes[*owner].attachments : std::vector<std::size_t>())
        {
            const std::size_t network = m_graph.attachments[attachment].network;
            if (incoming && m_graph.attachments[*incoming].network == network)
            {
                firstHops.insert({network, *owner});
            }
        }
    });
    for (const auto& [network, node] : firstHops)
    {
        AddArrow(network, node, TREE_COLOUR, "", false);
    }
    m_title = sources.size() > 1 ? "Shortest-path trees of " : "Shortest-path tree of ";
    m_title +=
        sources.size() == 1 ? "(" + *sources.begin() + ", " + ToText(group) + ")" : ToText(group);
}

bool
Drawing::HasArrow(const std::string& a, const std::string& b) const
{
    return std::any_of(m_arrows.begin(), m_arrows.end(), [&](const Arrow& arrow) {
        return (arrow.from == a && arrow.to == b) || (arrow.from == b && arrow.to == a);
    });
}

/** \returns points per unit of x and y, so that the two closest nodes do not touch. */
double
Drawing::GetScale() const
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

void
Drawing::WriteNodes(std::ostream& os) const
{
    const double scale = GetScale();
    for (const TopologyNode& node : m_graph.nodes)
    {
        const auto mark = m_marks.find(node.name);
        std::string label = Quote(node.name);
        std::string fill = PLAIN_FILL;
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
Drawing::WriteNetworks(std::ostream& os) const
{
    const double scale = GetScale();
    for (std::size_t i = 0; i < m_graph.networks.size(); ++i)
    {
        const TopologyNetwork& network = m_graph.networks[i];
        const std::string prefix = FormatPrefix(network.prefix);
        const auto name = [&](std::size_t end) -> const std::string& {
            return m_graph.nodes[m_graph.attachments[network.attachments[end]].node].name;
        };
        if (IsDrawnAsEdge(i) && HasArrow(name(0), name(1)))
        {
            continue;
        }
        if (IsDrawnAsEdge(i))
        {
            os << "  " << Quote(name(0)) << " -> " << Quote(name(1)) << " [arrowhead=none, label="
               << (m_showNetworks ? EdgeLabel(network.name, prefix) : EdgeLabel("")) << "];\n";
            continue;
        }
        double x = 0;
        double y = 0;
        for (std::size_t attachment : network.attachments)
        {
            const TopologyNode& node = m_graph.nodes[m_graph.attachments[attachment].node];
            x += node.x.value_or(0) / static_cast<double>(network.attachments.size());
            y += node.y.value_or(0) / static_cast<double>(network.attachments.size());
        }
        os << "  " << Quote(LanId(i));
        if (m_showNetworks)
        {
            os << " [shape=plain, style=\"\", fontsize=10, label="
               << Quote(network.name + " " + prefix);
        }
        else
        {
            os << " [shape=point";
        }
        if (m_placed)
        {
            os << ", pos=\"" << network.x.value_or(x) * scale << ','
               << network.y.value_or(y) * scale << '"';
        }
        os << "];\n";
        for (std::size_t end = 0; end < network.attachments.size(); ++end)
        {
            os << "  " << Quote(name(end)) << " -> " << Quote(LanId(i)) << " [arrowhead=none];\n";
        }
    }
}

std::string
Drawing::ToDot() const
{
    std::ostringstream os;
    os << "digraph figure {\n"
       << "  graph [label=" << Quote(m_title + ", at " + FormatSeconds(m_state.now) + " s")
       << ", labelloc=t, fontname=Helvetica, splines=true, start=1, overlap=scale, "
          "outputorder=edgesfirst];\n"
       << "  node [style=filled, fontname=Helvetica, fontsize=12, margin=\"0.06,0.04\"];\n"
       << "  edge [len=2.5, color=\"#999999\", fontname=Helvetica, fontsize=10];\n";
    WriteNodes(os);
    WriteNetworks(os);
    for (const Arrow& arrow : m_arrows)
    {
        os << "  " << Quote(arrow.from) << " -> " << Quote(arrow.to) << " [color=\"" << arrow.colour
           << "\", fontcolor=\"" << arrow.colour
           << "\", penwidth=2.5, label=" << EdgeLabel(arrow.label)
           << (arrow.dashed ? ", style=dashed" : "") << "];\n";
    }
    os << "}\n";
    return os.str();
}

std::string
QuoteForShell(const std::string& text)
{
    std::string quoted = "'";
    for (char c : text)
    {
        quoted += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return quoted + "'";
}

} // namespace

std::string
DrawFigure(const FigureAction& figure, const FigureState& state)
{
    Drawing drawing(state);
    switch (figure.kind)
    {
    case FigureKind::Topology:
        drawing.DrawTopology();
        break;
    case FigureKind::RpElection:
        drawing.DrawElection();
        break;
    case FigureKind::RpTree:
        drawing.DrawRpTree(figure.group);
        break;
    case FigureKind::ViaRp:
        drawing.DrawViaRp(figure.group);
        break;
    case FigureKind::Spt:
        drawing.DrawSpt(figure.group, figure.source);
        break;
    }
    return drawing.ToDot();
}

bool
CanRenderFigures()
{
    return std::system("neato -V >/dev/null 2>&1") == 0;
}

bool
RenderFigure(const std::string& dot, const std::string& path)
{
    // With positions, -n2 keeps them; without, neato lays the graph out.
    const bool placed = dot.find("pos=") != std::string::npos;
    const std::string command = std::string("neato ") + (placed ? "-n2" : "") + " -Tsvg -o " +
                                QuoteForShell(path) + " 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "w");
    if (!pipe)
    {
        return false;
    }
    const bool written = std::fwrite(dot.data(), 1, dot.size(), pipe) == dot.size();
    return pclose(pipe) == 0 && written;
}

} // namespace ns3
