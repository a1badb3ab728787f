// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-figures.h"

#include "ns3/number-format.h"

#include <algorithm>
#include <map>
#include <optional>
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

    void DrawOverlay(std::optional<uint32_t> vni);
    /** Every figure shows what is broken. */
    void DrawFailures();

    const FigureDrawing& GetDrawing() const
    {
        return m_drawing;
    }

  private:
    void SetTitle(const std::string& title);
    std::string NameOwner(const std::optional<Ipv4Address>& address) const;
    void DrawBsr();
    void DrawRps();
    void DrawIgnorance();
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
            m_drawing.MarkNode(m_graph.nodes[*owner].name, FigureMeaning::RP);
            m_drawing.AddNote(m_graph.nodes[*owner].name, "RP");
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
            m_drawing.MarkNode(m_graph.nodes[*owner].name, FigureMeaning::RECEIVER);
            m_drawing.AddNote(m_graph.nodes[*owner].name, "receiver");
        }
    }
}

void
LabFigure::MarkSource(Ipv4Address address)
{
    if (const auto owner = m_drawing.FindOwner(address))
    {
        m_drawing.MarkNode(m_graph.nodes[*owner].name, FigureMeaning::SOURCE);
        m_drawing.AddNote(m_graph.nodes[*owner].name, "source");
    }
}

void
LabFigure::SetTitle(const std::string& title)
{
    m_drawing.SetTitle(title + ", at " + FormatSeconds(m_state.now) + " s");
}

void
LabFigure::DrawFailures()
{
    for (std::size_t node : m_state.failures.nodes)
    {
        m_drawing.FailNode(node);
    }
    for (std::size_t attachment : m_state.failures.attachments)
    {
        m_drawing.FailAttachment(attachment);
    }
    for (const auto& [network, rate] : m_state.failures.lossyNetworks)
    {
        m_drawing.MarkLossy(network, "loses " + FormatDecimal(rate * 100, 1) + " %");
    }
}

void
LabFigure::DrawTopology()
{
    const std::size_t slash = m_graph.name.rfind('/');
    const bool isFile = m_graph.name.find('=') == std::string::npos;
    SetTitle("Topology " + (isFile && slash != std::string::npos ? m_graph.name.substr(slash + 1)
                                                                 : m_graph.name));
    m_drawing.AddCaption(
        "Boxes: hosts and VTEPs; ellipses: routers. At each end of a link its interface "
        "and the end of its address.");
    m_drawing.ShowNetworks();
}

/** Marks who is BSR, and says whom he has beaten. */
void
LabFigure::DrawBsr()
{
    std::map<std::string, uint8_t> elected;
    for (const RpRow& row : m_state.rps)
    {
        if (row.bsr)
        {
            elected[NameOwner(row.bsr)] = row.bsrPriority.value_or(0);
        }
    }
    for (const auto& [name, priority] : elected)
    {
        m_drawing.MarkNode(name, FigureMeaning::BSR);
        m_drawing.AddNote(name, "BSR: priority " + std::to_string(priority));
        std::string losers;
        bool isTie = false;
        for (const TopologyNode& node : m_graph.nodes)
        {
            if (!node.candidateBsr.empty() && elected.count(node.name) == 0)
            {
                losers += (losers.empty() ? "" : ", ") + node.name + " " +
                          std::to_string(node.candidateBsrPriority);
                isTie = isTie || node.candidateBsrPriority == priority;
            }
        }
        m_drawing.AddCaption(
            "Bootstrap router: " + name + ", priority " + std::to_string(priority) +
            (losers.empty() ? ", the only candidate."
                            : ". The others have " + losers + "; the highest value wins" +
                                  (isTie ? ", then the highest address." : ".")));
    }
}

/** Marks who is RP of each range, and who has lost to whom. */
void
LabFigure::DrawRps()
{
    std::map<std::string, std::map<std::string, uint8_t>> ranges; // range, node: priority
    for (const RpRow& row : m_state.rps)
    {
        if (row.rp)
        {
            ranges[row.groupPrefix][NameOwner(row.rp)] = row.rpPriority.value_or(0);
        }
    }
    for (const auto& [range, candidates] : ranges)
    {
        uint8_t least = 255;
        for (const auto& [name, priority] : candidates)
        {
            least = std::min(least, priority);
        }
        std::string winners;
        std::string losers;
        std::size_t count = 0;
        for (const auto& [name, priority] : candidates)
        {
            const bool isWinner = priority == least;
            std::string& list = isWinner ? winners : losers;
            list += (list.empty() ? "" : ", ") + name +
                    (isWinner ? "" : " " + std::to_string(priority));
            count += isWinner ? 1 : 0;
            m_drawing.MarkNode(name, isWinner ? FigureMeaning::RP : FigureMeaning::LOSER);
            m_drawing.AddNote(name,
                              (isWinner ? "RP: priority " : "candidate RP: priority ") +
                                  std::to_string(priority));
        }
        m_drawing.AddCaption(
            "RP of " + range + ": " + winners + ", priority " + std::to_string(least) +
            (losers.empty() ? (count > 1 ? ", all alike." : ", the only candidate.")
                            : ". The others have " + losers + "; the lowest value wins.") +
            (count > 1 ? " A hash of the group chooses among equals." : ""));
    }
}

/** Says which routers know less, or something else, than most do. */
void
LabFigure::DrawIgnorance()
{
    std::map<std::string, std::string> known; // by node
    for (const RpRow& row : m_state.rps)
    {
        known[row.node] += " " + ToCell(row.bsr) + "/" + ToCell(row.rp) + "/" + row.groupPrefix;
    }
    std::map<std::string, std::size_t> counts;
    for (const auto& [node, text] : known)
    {
        ++counts[text];
    }
    const auto most = std::max_element(
        counts.begin(), counts.end(), [](auto& a, auto& b) { return a.second < b.second; });
    for (const auto& [node, text] : known)
    {
        if (text != most->first)
        {
            m_drawing.AddNote(node, "knows something else");
        }
    }
    if (!known.empty())
    {
        m_drawing.AddCaption(std::to_string(most->second) + " of " + std::to_string(known.size()) +
                             " routers know this.");
    }
}

void
LabFigure::DrawElection()
{
    SetTitle("Who has been elected BSR and RP");
    DrawBsr();
    DrawRps();
    DrawIgnorance();
}

void
LabFigure::DrawRpTree(Ipv4Address group)
{
    SetTitle("RP tree of " + ToText(group));
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
    SetTitle("Packets to " + ToText(group) + " by link");
    m_drawing.AddCaption(
        "Each number counts packets since the previous snapshot. A Register that is too long for a "
        "link counts as two: its fragments.");
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
            m_drawing.MarkNode(count.node, FigureMeaning::SOURCE);
            m_drawing.AddNote(count.node, "source");
        }
        if (count.registers != 0)
        {
            m_drawing.AddArrow(
                *network, *node, FigureMeaning::REGISTERED, std::to_string(count.registers));
        }
        if (count.native != 0)
        {
            m_drawing.AddArrow(*network, *node, FigureMeaning::TREE, std::to_string(count.native));
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
        m_drawing.AddArrow(network, node, FigureMeaning::TREE);
    }
    const std::string what =
        sources.size() > 1 ? "Shortest-path trees of " : "Shortest-path tree of ";
    SetTitle(what + (sources.size() == 1
                         ? "(" + ToText(*sources.begin()) + ", " + ToText(group) + ")"
                         : ToText(group)));
}

/** VTEPs with what they learned; blue: where floods to their groups go. */
void
LabFigure::DrawOverlay(std::optional<uint32_t> vni)
{
    SetTitle(vni ? "Overlay of VNI " + std::to_string(*vni) : "The overlay");
    std::set<Ipv4Address> groups;
    for (const FdbRow& row : m_state.fdb)
    {
        if (vni && row.vni != *vni)
        {
            continue;
        }
        m_drawing.MarkNode(row.node, FigureMeaning::VTEP);
        m_drawing.AddNote(row.node, row.device + ", VNI " + std::to_string(row.vni));
        const bool isFlood = row.mac == Mac48Address("00:00:00:00:00:00");
        if (isFlood && row.vtep.IsMulticast())
        {
            m_drawing.AddNote(row.node, "floods to " + ToText(row.vtep));
            groups.insert(row.vtep);
            continue;
        }
        const auto from = m_graph.FindNode(row.node);
        const auto to = m_drawing.FindOwner(row.vtep);
        m_drawing.AddNote(
            row.node, (isFlood ? "floods to " : ToText(row.mac) + " is at ") + NameOwner(row.vtep));
        from&& to ? m_drawing.AddTunnel(*from, *to) : void();
    }
    for (const MfcRow& entry : m_state.entries)
    {
        if (groups.count(entry.group) == 0)
        {
            continue;
        }
        m_drawing.AddTreeArrows(entry.node, entry.outgoingInterfaces);
        if (const auto hop = entry.source ? FindFirstHop(entry) : std::nullopt)
        {
            m_drawing.AddArrow(hop->first, hop->second, FigureMeaning::TREE);
        }
    }
    m_drawing.AddCaption(
        "Broadcast, multicast and frames to unknown addresses go to the group; a frame to "
        "an address that was learned goes to its VTEP alone.");
}

} // namespace

FigureDrawing
DrawLabFigure(const FigureSpec& figure, const FigureState& state)
{
    LabFigure drawing(state);
    drawing.DrawFailures();
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
    case FigureKind::Overlay:
        drawing.DrawOverlay(figure.vni);
        break;
    }
    return drawing.GetDrawing();
}

} // namespace ns3
