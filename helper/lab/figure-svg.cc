// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-svg.h"

#include "ns3/figure-canvas.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>
#include <vector>

namespace ns3
{

namespace
{

constexpr double NAME_SIZE = 14; // font sizes
constexpr double NOTE_SIZE = 11;
constexpr double TITLE_SIZE = 17;
constexpr double LAN_RADIUS = 5;
constexpr const char* LINK_COLOUR = "#8A8A8A";
constexpr const char* PLAIN_FILL = "#EEEEEE";

/** A label in the making: its lines, which stand in the middle of it. */
void
WriteLabel(FigureCanvas& canvas,
           FigurePoint middle,
           const std::vector<std::string>& lines,
           const std::string& colour)
{
    const double height = NOTE_SIZE * 1.2;
    const double first = middle.y - height * (static_cast<double>(lines.size()) - 1) / 2;
    for (std::size_t i = 0; i < lines.size(); ++i)
    {
        canvas.Text({middle.x, first + height * static_cast<double>(i)},
                    lines[i],
                    NOTE_SIZE,
                    FigureAnchor::MIDDLE,
                    "fill=\"" + colour +
                        "\" stroke=\"white\" stroke-width=\"3\" paint-order=\"stroke\"");
    }
}

/** \returns `…10.11` of an address as long as its network's prefix tells the rest: ".11". */
std::string
GetHostPart(const TopologyAttachment& attachment, const TopologyNetwork& network)
{
    const std::string address = FormatAddress(attachment.address);
    const uint8_t length = network.prefix.GetLength();
    return length >= 24 && length < 31 ? address.substr(address.rfind('.')) : address;
}

/** One picture. */
class SvgFigure
{
  public:
    SvgFigure(const FigureDrawing& drawing, const FigureLayout& layout)
        : m_drawing(drawing),
          m_graph(drawing.GetGraph()),
          m_layout(layout)
    {
    }

    std::string Draw()
    {
        MeasureNodes();
        WriteLinks();
        WriteArrows();
        WriteNodes();
        WriteLabels();
        WriteLegend();
        WriteHead();
        return m_canvas.Finish(m_drawing.GetTitle(), GetDefinitions());
    }

  private:
    /** A label that waits until all lines are known. */
    struct Pending
    {
        FigureLine line;
        double part; //!< of the way
        std::vector<std::string> lines;
        std::string colour;
    };

    bool IsEllipse(std::size_t node) const
    {
        return m_graph.nodes[node].kind == NodeKind::Router;
    }

    void MeasureNodes();
    FigurePoint ClipAtNode(std::size_t node, FigurePoint towards, double gap) const;
    FigureLine GetLinkLine(std::size_t network, std::size_t attachment) const;
    bool IsLinkDown(std::size_t attachment) const;
    std::string DescribeLink(std::size_t network) const;
    void WriteLinks();
    void WriteSpoke(std::size_t network, std::size_t attachment);
    void WriteCross(FigurePoint middle, double width, double height);
    void WriteLan(std::size_t network);
    void AddNetworkLabels(std::size_t network, const FigureLine& line);
    void WriteArrows();
    void WriteArrow(const FigureArrow& arrow, int lane);
    void WriteTunnel(const FigureArrow& arrow);
    void WriteNodes();
    void WriteNode(std::size_t node);
    std::string GetFill(std::size_t node) const;
    void WriteLabels();
    void WriteLegend();
    void WriteHead();
    std::string GetDefinitions() const;

    const FigureDrawing& m_drawing;
    const TopologyGraph& m_graph;
    const FigureLayout& m_layout;
    FigureCanvas m_canvas;
    LabelPlacer m_placer;
    std::vector<FigureBox> m_boxes; //!< by node
    std::vector<Pending> m_labels;
    std::size_t m_left{0}; //!< labels without a place
};

void
SvgFigure::MeasureNodes()
{
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
    {
        const FigureMark mark = m_drawing.GetMark(i);
        double width = GetTextWidth(m_graph.nodes[i].name, NAME_SIZE);
        for (const std::string& note : mark.notes)
        {
            width = std::max(width, GetTextWidth(note, NOTE_SIZE));
        }
        double height = NAME_SIZE * 1.2 + NOTE_SIZE * 1.25 * static_cast<double>(mark.notes.size());
        const double room = IsEllipse(i) ? 1.22 : 1; // around the corners of the text
        width = std::max(42.0, (width + 14) * room);
        height = (height + 12) * (mark.notes.empty() ? 1 : room);
        m_boxes.push_back({m_layout.nodes[i], width, height});
        m_placer.Block(m_boxes.back());
        m_canvas.Reach(m_boxes.back());
    }
}

/** \returns where the way from the middle of \p node leaves it. \param gap how far outside */
FigurePoint
SvgFigure::ClipAtNode(std::size_t node, FigurePoint towards, double gap) const
{
    const FigureBox& box = m_boxes[node];
    const double length = std::max(GetDistance(box.middle, towards), 1e-9);
    const double x = std::abs(towards.x - box.middle.x) / length;
    const double y = std::abs(towards.y - box.middle.y) / length;
    const double reach = IsEllipse(node) ? 1 / std::hypot(x / (box.width / 2), y / (box.height / 2))
                                         : std::min(x > 0 ? box.width / 2 / x : 1e9,
                                                    y > 0 ? box.height / 2 / y : 1e9);
    return Between(box.middle, towards, std::min(1.0, (reach + gap) / length));
}

/** \returns the line of a link of two, or from a node to its LAN. */
FigureLine
SvgFigure::GetLinkLine(std::size_t network, std::size_t attachment) const
{
    const std::vector<std::size_t>& ends = m_graph.networks[network].attachments;
    const std::size_t node = m_graph.attachments[attachment].node;
    if (ends.size() != 2)
    {
        const FigurePoint lan = m_layout.networks[network];
        return {ClipAtNode(node, lan, 0), lan};
    }
    const std::size_t other = m_graph.attachments[ends[0] == attachment ? ends[1] : ends[0]].node;
    return {ClipAtNode(node, m_layout.nodes[other], 0), ClipAtNode(other, m_layout.nodes[node], 0)};
}

/** \returns whether the line of \p attachment is down: of a link of two, at either end. */
bool
SvgFigure::IsLinkDown(std::size_t attachment) const
{
    const std::vector<std::size_t>& ends =
        m_graph.networks[m_graph.attachments[attachment].network].attachments;
    const bool isPeerDown =
        ends.size() == 2 &&
        std::any_of(ends.begin(), ends.end(), [&](auto end) { return m_drawing.IsDown(end); });
    return isPeerDown || m_drawing.IsDown(attachment);
}

/** \returns what a link is, whole: its tooltip. */
std::string
SvgFigure::DescribeLink(std::size_t number) const
{
    const TopologyNetwork& network = m_graph.networks[number];
    std::string text = "network " + network.name;
    text += network.prefix.GetLength() == 0 ? "" : " " + network.prefix.ToString();
    for (std::size_t each : network.attachments)
    {
        const TopologyAttachment& attachment = m_graph.attachments[each];
        text += "\n" + m_graph.nodes[attachment.node].name + " " + attachment.interface + " ";
        text += attachment.unnumbered.empty() ? FormatAddress(attachment.address)
                                              : "unnumbered, of " + attachment.unnumbered;
        text += m_drawing.IsDown(each) ? ", down" : "";
    }
    return text;
}

void
SvgFigure::WriteCross(FigurePoint middle, double width, double height)
{
    const std::string black = "stroke=\"#000000\" stroke-width=\"3\"";
    const double x = width / 2;
    const double y = height / 2;
    m_canvas.Line({middle.x - x, middle.y - y}, {middle.x + x, middle.y + y}, black);
    m_canvas.Line({middle.x - x, middle.y + y}, {middle.x + x, middle.y - y}, black);
    m_placer.Block({middle, width, height});
}

void
SvgFigure::WriteSpoke(std::size_t network, std::size_t attachment)
{
    const FigureLine line = GetLinkLine(network, attachment);
    const std::string loss = m_drawing.GetLoss(network);
    const bool isDown = IsLinkDown(attachment);
    const FigureStyle& style =
        GetFigureStyle(isDown ? FigureMeaning::FAILED : FigureMeaning::LOSSY);
    const bool isPlain = !isDown && loss.empty();
    m_canvas.Line(line.from,
                  line.to,
                  isPlain
                      ? std::string("stroke=\"") + LINK_COLOUR + "\" stroke-width=\"1.2\""
                      : std::string("stroke=\"") + style.colour +
                            "\" stroke-width=\"1.6\" stroke-dasharray=\"" + style.dashes + "\"");
    m_placer.AddLine(line);
    if (isDown)
    {
        constexpr double CROSS = 14;
        WriteCross(Between(line.from, line.to, 0.5), CROSS, CROSS);
    }
    if (!loss.empty())
    {
        m_labels.push_back({line, 0.5, {loss}, style.colour});
    }
}

void
SvgFigure::WriteLan(std::size_t number)
{
    const TopologyNetwork& network = m_graph.networks[number];
    const FigurePoint at = m_layout.networks[number];
    m_canvas.Raw("<circle cx=\"" + FormatLength(at.x) + "\" cy=\"" + FormatLength(at.y) +
                 "\" r=\"" + FormatLength(LAN_RADIUS) + "\" fill=\"" + LINK_COLOUR + "\"/>\n");
    m_placer.Block({at, 2 * LAN_RADIUS, 2 * LAN_RADIUS});
    m_canvas.Reach({at, 2 * LAN_RADIUS, 2 * LAN_RADIUS});
    if (m_drawing.HasNetworks())
    {
        const double reach = NOTE_SIZE * 4;
        m_labels.push_back({{{at.x - reach, at.y}, {at.x + reach, at.y}},
                            0.5,
                            {network.name, network.prefix.ToString()},
                            "#000000"});
    }
}

/** Names a link, its prefix, and the interface and address at each end. */
void
SvgFigure::AddNetworkLabels(std::size_t number, const FigureLine& line)
{
    const TopologyNetwork& network = m_graph.networks[number];
    const std::string prefix =
        network.prefix.GetLength() == 0 ? "unnumbered" : network.prefix.ToString();
    m_labels.push_back({line,
                        0.5,
                        network.pointToPoint ? std::vector<std::string>{prefix}
                                             : std::vector<std::string>{network.name, prefix},
                        "#000000"});
    for (std::size_t end = 0; end < 2; ++end)
    {
        const TopologyAttachment& attachment = m_graph.attachments[network.attachments[end]];
        const std::string address = attachment.unnumbered.empty() ? GetHostPart(attachment, network)
                                                                  : attachment.unnumbered;
        m_labels.push_back(
            {line, end == 0 ? 0.14 : 0.86, {attachment.interface, address}, "#555555"});
    }
}

void
SvgFigure::WriteLinks()
{
    for (std::size_t i = 0; i < m_graph.networks.size(); ++i)
    {
        const TopologyNetwork& network = m_graph.networks[i];
        const bool isPair = network.attachments.size() == 2;
        m_canvas.Raw("<g><title>" + EscapeXml(DescribeLink(i)) + "</title>\n");
        for (std::size_t end = 0; end < (isPair ? 1 : network.attachments.size()); ++end)
        {
            WriteSpoke(i, network.attachments[end]);
        }
        isPair ? void() : WriteLan(i);
        m_canvas.Raw("</g>\n");
        if (isPair && m_drawing.HasNetworks())
        {
            AddNetworkLabels(i, GetLinkLine(i, network.attachments[0]));
        }
    }
}

/** Several arrows of one link stand side by side. */
void
SvgFigure::WriteArrows()
{
    std::map<std::size_t, int> lanes; // by network
    for (const FigureArrow& arrow : m_drawing.GetArrows())
    {
        arrow.network ? WriteArrow(arrow, lanes[*arrow.network]++) : WriteTunnel(arrow);
    }
}

void
SvgFigure::WriteArrow(const FigureArrow& arrow, int lane)
{
    constexpr double LANE = 8;
    constexpr double HEAD = 4;
    const FigurePoint to = arrow.to ? m_layout.nodes[*arrow.to] : m_layout.networks[*arrow.network];
    const FigurePoint start = ClipAtNode(arrow.from, to, 1);
    const FigurePoint end =
        arrow.to ? ClipAtNode(*arrow.to, m_layout.nodes[arrow.from], HEAD)
                 : Between(to, start, (LAN_RADIUS + HEAD) / std::max(GetDistance(to, start), 1.0));
    // 0, 1, -1, 2, -2, …: the first in the middle
    const int offset = (lane + 1) / 2;
    const double away = LANE * double(offset) * (lane % 2 == 0 ? -1 : 1);
    // A link has one direction for its lanes, whichever end an arrow comes from.
    const bool isForward = !arrow.to || arrow.from < *arrow.to;
    const FigurePoint normal = isForward ? GetNormal(start, end) : GetNormal(end, start);
    const FigureLine line = {Move(start, normal, away), Move(end, normal, away)};
    const auto number = static_cast<std::size_t>(arrow.meaning);
    const FigureStyle& style = GetFigureStyle(arrow.meaning);
    m_canvas.Line(line.from,
                  line.to,
                  std::string("stroke=\"") + style.colour +
                      "\" stroke-width=\"2.6\" marker-end=\"url(#head" + std::to_string(number) +
                      ")\"");
    m_placer.AddLine(line);
    if (!arrow.label.empty())
    {
        m_labels.push_back({line, 0.5, {arrow.label}, style.colour});
    }
}

/** A curve over the picture, to the left of the straight way. */
void
SvgFigure::WriteTunnel(const FigureArrow& arrow)
{
    constexpr double BEND = 0.16; // of the distance
    constexpr double HEAD = 4;
    const FigurePoint from = m_layout.nodes[arrow.from];
    const FigurePoint to = m_layout.nodes[*arrow.to];
    const FigurePoint normal = GetNormal(from, to);
    const double away = GetDistance(from, to) * BEND * 2;
    const FigurePoint bend = Move(Between(from, to, 0.5), normal, away);
    const FigurePoint start = ClipAtNode(arrow.from, bend, 1);
    const FigurePoint end = ClipAtNode(*arrow.to, bend, HEAD);
    const auto number = static_cast<std::size_t>(arrow.meaning);
    m_canvas.Raw(
        "<path d=\"M " + FormatLength(start.x) + " " + FormatLength(start.y) + " Q " +
        FormatLength(bend.x) + " " + FormatLength(bend.y) + " " + FormatLength(end.x) + " " +
        FormatLength(end.y) + "\" fill=\"none\" stroke=\"" + GetFigureStyle(arrow.meaning).colour +
        "\" stroke-width=\"2.6\" marker-end=\"url(#head" + std::to_string(number) + ")\"/>\n");
    m_canvas.Reach({Between(Between(start, end, 0.5), bend, 0.5), 8, 8});
}

/** \returns the fill of a node: that of its meaning, or stripes if it has several. */
std::string
SvgFigure::GetFill(std::size_t node) const
{
    const std::vector<FigureMeaning> meanings = m_drawing.GetMark(node).meanings;
    if (m_drawing.IsDead(node))
    {
        return "#FFFFFF";
    }
    if (meanings.size() > 1)
    {
        return "url(#fill" + std::to_string(node) + ")";
    }
    return meanings.empty() ? PLAIN_FILL : GetFigureStyle(meanings.front()).colour;
}

void
SvgFigure::WriteNode(std::size_t number)
{
    const TopologyNode& node = m_graph.nodes[number];
    const FigureBox& box = m_boxes[number];
    const FigureMark mark = m_drawing.GetMark(number);
    const bool isDead = m_drawing.IsDead(number);
    std::string tooltip = node.name;
    for (std::size_t attachment : node.attachments)
    {
        const TopologyAttachment& each = m_graph.attachments[attachment];
        tooltip += "\n" + each.interface + " " + FormatAddress(each.address);
    }
    const std::string pen = " fill=\"" + GetFill(number) +
                            "\" stroke=\"#000000\" stroke-width=\"1.2\"" +
                            (isDead ? " stroke-dasharray=\"5 4\"" : "") + "/>\n";
    m_canvas.Raw("<g><title>" + EscapeXml(tooltip) + "</title>\n");
    m_canvas.Raw(IsEllipse(number)
                     ? "<ellipse cx=\"" + FormatLength(box.middle.x) + "\" cy=\"" +
                           FormatLength(box.middle.y) + "\" rx=\"" + FormatLength(box.width / 2) +
                           "\" ry=\"" + FormatLength(box.height / 2) + "\"" + pen
                     : "<rect x=\"" + FormatLength(box.middle.x - box.width / 2) + "\" y=\"" +
                           FormatLength(box.middle.y - box.height / 2) + "\" width=\"" +
                           FormatLength(box.width) + "\" height=\"" + FormatLength(box.height) +
                           "\"" + pen);
    const double notes = NOTE_SIZE * 1.25 * static_cast<double>(mark.notes.size());
    double y = box.middle.y - notes / 2;
    m_canvas.Text(
        {box.middle.x, y}, node.name, NAME_SIZE, FigureAnchor::MIDDLE, "font-weight=\"bold\"");
    y += NAME_SIZE * 0.6 + NOTE_SIZE * 0.6;
    for (const std::string& note : mark.notes)
    {
        m_canvas.Text({box.middle.x, y}, note, NOTE_SIZE, FigureAnchor::MIDDLE);
        y += NOTE_SIZE * 1.25;
    }
    if (isDead)
    {
        WriteCross(box.middle, box.width * 0.72, box.height * 0.72);
    }
    m_canvas.Raw("</g>\n");
}

void
SvgFigure::WriteNodes()
{
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
    {
        WriteNode(i);
    }
}

/** Networks and counts first, then interfaces: what there is no room for is left to the tooltips. */
void
SvgFigure::WriteLabels()
{
    std::stable_sort(m_labels.begin(), m_labels.end(), [](const Pending& a, const Pending& b) {
        return std::abs(a.part - 0.5) < std::abs(b.part - 0.5);
    });
    for (const Pending& label : m_labels)
    {
        double width = 0;
        for (const std::string& line : label.lines)
        {
            width = std::max(width, GetTextWidth(line, NOTE_SIZE));
        }
        const double height = NOTE_SIZE * 1.2 * static_cast<double>(label.lines.size());
        const auto middle = m_placer.PlaceBeside(label.line, label.part, width, height);
        middle ? WriteLabel(m_canvas, *middle, label.lines, label.colour) : void(++m_left);
    }
}

void
SvgFigure::WriteLegend()
{
    constexpr double ROW = 19;
    constexpr double SWATCH = 30;
    const double x = m_canvas.GetLeft();
    double y = m_canvas.GetBottom() + 2 * ROW;
    std::vector<std::string> more;
    if (m_left != 0)
    {
        more.push_back(std::to_string(m_left) +
                       " labels have no room: point at a link or a node to read them");
    }
    for (FigureMeaning meaning : m_drawing.GetMeanings())
    {
        const FigureStyle& style = GetFigureStyle(meaning);
        const std::string colour = std::string("\"") + style.colour + "\"";
        if (style.isLine)
        {
            const std::string dashes =
                *style.dashes ? std::string(" stroke-dasharray=\"") + style.dashes + "\"" : "";
            m_canvas.Line(
                {x, y}, {x + SWATCH, y}, "stroke=" + colour + " stroke-width=\"2.6\"" + dashes);
        }
        else
        {
            m_canvas.Raw("<rect x=\"" + FormatLength(x) + "\" y=\"" + FormatLength(y - 7) +
                         "\" width=\"" + FormatLength(SWATCH) + "\" height=\"14\" fill=" + colour +
                         " stroke=\"#000000\"/>\n");
        }
        m_canvas.Text({x + SWATCH + 8, y}, style.legend, NOTE_SIZE + 1, FigureAnchor::START);
        y += ROW;
    }
    for (const std::string& line : more)
    {
        m_canvas.Text({x, y}, line, NOTE_SIZE + 1, FigureAnchor::START);
        y += ROW;
    }
}

/** The title and the captions, above everything. */
void
SvgFigure::WriteHead()
{
    constexpr double LINE = 18;
    const double x = m_canvas.GetLeft();
    const double lines = static_cast<double>(m_drawing.GetCaptions().size());
    double y = m_canvas.GetTop() - LINE * (lines + 1) - TITLE_SIZE;
    m_canvas.Text(
        {x, y}, m_drawing.GetTitle(), TITLE_SIZE, FigureAnchor::START, "font-weight=\"bold\"");
    for (const std::string& caption : m_drawing.GetCaptions())
    {
        y += LINE;
        m_canvas.Text({x, y}, caption, NOTE_SIZE + 2, FigureAnchor::START);
    }
}

std::string
SvgFigure::GetDefinitions() const
{
    std::ostringstream os;
    os << "<defs>\n";
    for (FigureMeaning meaning : m_drawing.GetMeanings())
    {
        const FigureStyle& style = GetFigureStyle(meaning);
        if (style.isLine && !*style.dashes)
        {
            os << "<marker id=\"head" << static_cast<int>(meaning)
               << "\" viewBox=\"0 0 10 10\" refX=\"6\" refY=\"5\" markerWidth=\"4.5\" "
                  "markerHeight=\"4.5\" orient=\"auto\"><path d=\"M 0 0 L 10 5 L 0 10 z\" fill=\""
               << style.colour << "\"/></marker>\n";
        }
    }
    for (std::size_t i = 0; i < m_graph.nodes.size(); ++i)
    {
        const std::vector<FigureMeaning> meanings = m_drawing.GetMark(i).meanings;
        if (meanings.size() < 2)
        {
            continue;
        }
        os << "<linearGradient id=\"fill" << i << "\">";
        for (std::size_t j = 0; j < meanings.size(); ++j)
        {
            const auto count = static_cast<double>(meanings.size());
            const char* colour = GetFigureStyle(meanings[j]).colour;
            os << "<stop offset=\"" << FormatLength(100 * static_cast<double>(j) / count)
               << "%\" stop-color=\"" << colour << "\"/><stop offset=\""
               << FormatLength(100 * static_cast<double>(j + 1) / count) << "%\" stop-color=\""
               << colour << "\"/>";
        }
        os << "</linearGradient>\n";
    }
    os << "</defs>\n";
    return os.str();
}

} // namespace

std::string
DrawFigureSvg(const FigureDrawing& drawing, const FigureLayout& layout)
{
    return SvgFigure(drawing, layout).Draw();
}

} // namespace ns3
