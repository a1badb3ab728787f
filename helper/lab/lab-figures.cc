// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-figures.h"

#include "ns3/figure-drawing.h"
#include "ns3/number-format.h"

#include <map>
#include <set>
#include <utility>

namespace ns3
{

namespace
{

/** One figure: what its kind marks on the topology. */
class LabFigure
{
  public:
    explicit LabFigure(const FigureState& state)
        : m_state(state),
          m_graph(state.topology),
          m_drawing(state.topology)
    {
    }

    void DrawTopology();
    void DrawElection();
    void DrawRpTree(Ipv4Address group);
    void DrawViaRp(Ipv4Address group);
    void DrawSpt(Ipv4Address group, Ipv4Address source);

    std::string ToDot() const
    {
        return m_drawing.ToDot(FormatSeconds(m_state.now));
    }

  private:
    std::string NameOwner(const std::optional<Ipv4Address>& address) const;
    void MarkRps(Ipv4Address group);
    void MarkReceivers(Ipv4Address group);
    void MarkSource(Ipv4Address address);
    std::optional<std::pair<std::size_t, std::size_t>> FindFirstHop(const MfcRow& entry) const;

    const FigureState& m_state;
    const TopologyGraph& m_graph;
    FigureDrawing m_drawing;
};

/** \returns the node that has \p address, or the address itself if none has. */
std::string
LabFigure::NameOwner(const std::optional<Ipv4Address>& address) const
{
    const auto owner = address ? m_drawing.FindOwner(*address) : std::nullopt;
    return owner ? m_graph.nodes[*owner].name : ToCell(address);
}

void
LabFigure::MarkRps(Ipv4Address group)
{
    std::set<Ipv4Address> rps;
    for (const TibRow& entry : m_state.trees)
    {
        if (entry.group == group && entry.kind == PimTibRow::Kind::STAR_G && entry.rp)
        {
            rps.insert(*entry.rp);
        }
    }
    for (Ipv4Address rp : rps)
    {
        if (const auto owner = m_drawing.FindOwner(rp))
        {
            m_drawing.MarkNode(m_graph.nodes[*owner].name, FIGURE_RP_FILL, "RP");
        }
    }
}

void
LabFigure::MarkReceivers(Ipv4Address group)
{
    for (const IgmpRow& membership : m_state.memberships)
    {
        const auto owner = m_drawing.FindOwner(membership.lastReporter);
        if (owner && membership.group == group)
        {
            m_drawing.MarkNodeOnce(m_graph.nodes[*owner].name, FIGURE_RECEIVER_FILL, "receiver");
        }
    }
}

void
LabFigure::MarkSource(Ipv4Address address)
{
    if (const auto owner = m_drawing.FindOwner(address))
    {
        m_drawing.MarkNodeOnce(m_graph.nodes[*owner].name, FIGURE_SOURCE_FILL, "source");
        m_drawing.FillNode(m_graph.nodes[*owner].name, FIGURE_SOURCE_FILL);
    }
}

void
LabFigure::DrawTopology()
{
    m_drawing.SetTitle("Topology " + m_graph.name);
    m_drawing.ShowNetworks();
    for (const TopologyNode& node : m_graph.nodes)
    {
        m_drawing.MarkNode(
            node.name, FIGURE_PLAIN_FILL, node.routerId ? FormatAddress(*node.routerId) : "");
    }
}

void
LabFigure::DrawElection()
{
    m_drawing.SetTitle("BSR and RPs as the routers know them");
    std::map<std::string, std::set<std::string>> bsrs;
    std::map<std::string, std::string> rps;
    std::map<std::string, std::pair<std::string, std::set<std::string>>> known;
    for (const RpRow& row : m_state.rps)
    {
        const std::string bsr = NameOwner(row.bsr);
        bsrs[bsr].insert(ToCell(row.bsrPriority));
        known[row.node].first = bsr;
        if (row.rp)
        {
            rps[NameOwner(row.rp)] = ToCell(row.rpPriority);
            known[row.node].second.insert(NameOwner(row.rp));
        }
    }
    for (const auto& [node, priorities] : bsrs)
    {
        if (!node.empty())
        {
            m_drawing.MarkNode(
                node, FIGURE_SOURCE_FILL, "elected BSR (" + *priorities.begin() + ")");
        }
    }
    for (const auto& [node, priority] : rps)
    {
        m_drawing.MarkNode(node, FIGURE_RP_FILL, "RP (" + priority + ")");
    }
    for (const auto& [node, knowledge] : known)
    {
        std::string list;
        for (const std::string& rp : knowledge.second)
        {
            list += " " + rp;
        }
        m_drawing.MarkNode(
            node, FIGURE_PLAIN_FILL, "knows BSR " + knowledge.first + "\\nand RPs" + list);
    }
}

void
LabFigure::DrawRpTree(Ipv4Address group)
{
    m_drawing.SetTitle("RP tree of " + ToText(group));
    MarkRps(group);
    MarkReceivers(group);
    for (const TibRow& entry : m_state.trees)
    {
        if (entry.group == group && entry.kind == PimTibRow::Kind::STAR_G)
        {
            m_drawing.AddTreeArrows(entry.node, entry.outgoingInterfaces);
        }
    }
}

void
LabFigure::DrawViaRp(Ipv4Address group)
{
    m_drawing.SetTitle("Packets to " + ToText(group) + " by link (dashed: inside Registers)");
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
            m_drawing.MarkNode(count.node, FIGURE_SOURCE_FILL, "source");
        }
        if (count.registers != 0)
        {
            m_drawing.AddArrow(
                *network, *node, FIGURE_REGISTER_COLOUR, std::to_string(count.registers), true);
        }
        if (count.native != 0)
        {
            m_drawing.AddArrow(*network, *node, FIGURE_TREE_COLOUR, std::to_string(count.native));
        }
    }
}

/** \returns network and node of the source of \p entry, if the entry is its first hop's. */
std::optional<std::pair<std::size_t, std::size_t>>
LabFigure::FindFirstHop(const MfcRow& entry) const
{
    const auto owner = m_drawing.FindOwner(*entry.source);
    const auto node = m_graph.FindNode(entry.node);
    const auto incoming =
        node ? m_graph.FindInterface(*node, entry.incomingInterface) : std::nullopt;
    if (!owner || !incoming)
    {
        return std::nullopt;
    }
    const std::size_t network = m_graph.attachments[*incoming].network;
    for (std::size_t attachment : m_graph.nodes[*owner].attachments)
    {
        if (m_graph.attachments[attachment].network == network)
        {
            return std::make_pair(network, *owner);
        }
    }
    return std::nullopt;
}

void
LabFigure::DrawSpt(Ipv4Address group, Ipv4Address source)
{
    MarkRps(group);
    MarkReceivers(group);
    std::set<Ipv4Address> sources;
    std::set<std::pair<std::size_t, std::size_t>> firstHops;
    for (const MfcRow& entry : m_state.entries)
    {
        if (entry.group != group || !entry.source || (!source.IsAny() && *entry.source != source))
        {
            continue;
        }
        m_drawing.AddTreeArrows(entry.node, entry.outgoingInterfaces);
        MarkSource(*entry.source);
        sources.insert(*entry.source);
        if (const auto hop = FindFirstHop(entry))
        {
            firstHops.insert(*hop);
        }
    }
    for (const auto& [network, node] : firstHops)
    {
        m_drawing.AddArrow(network, node, FIGURE_TREE_COLOUR);
    }
    const std::string what =
        sources.size() > 1 ? "Shortest-path trees of " : "Shortest-path tree of ";
    m_drawing.SetTitle(what + (sources.size() == 1
                                   ? "(" + ToText(*sources.begin()) + ", " + ToText(group) + ")"
                                   : ToText(group)));
}

} // namespace

std::string
DrawFigure(const FigureSpec& figure, const FigureState& state)
{
    LabFigure drawing(state);
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

} // namespace ns3
