// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-drawing.h"

#include "ns3/text.h"

#include <algorithm>

namespace ns3
{

FigureDrawing::FigureDrawing(const TopologyGraph& graph)
    : m_graph(graph)
{
}

void
FigureDrawing::SetTitle(const std::string& title)
{
    m_title = title;
}

void
FigureDrawing::AddCaption(const std::string& line)
{
    m_captions.push_back(line);
}

void
FigureDrawing::ShowNetworks()
{
    m_showNetworks = true;
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
FigureDrawing::MarkNode(const std::string& node, FigureMeaning meaning)
{
    if (const auto index = m_graph.FindNode(node))
    {
        std::vector<FigureMeaning>& meanings = m_marks[*index].meanings;
        if (std::find(meanings.begin(), meanings.end(), meaning) == meanings.end())
        {
            meanings.push_back(meaning);
        }
    }
}

void
FigureDrawing::AddNote(const std::string& node, const std::string& note)
{
    if (const auto index = m_graph.FindNode(node))
    {
        std::vector<std::string>& notes = m_marks[*index].notes;
        if (std::find(notes.begin(), notes.end(), note) == notes.end())
        {
            notes.push_back(note);
        }
    }
}

void
FigureDrawing::AddArrow(std::size_t network,
                        std::size_t from,
                        FigureMeaning meaning,
                        const std::string& label)
{
    FigureArrow arrow = {from, std::nullopt, network, meaning, label};
    const std::vector<std::size_t>& attachments = m_graph.networks[network].attachments;
    for (std::size_t attachment : attachments)
    {
        const std::size_t node = m_graph.attachments[attachment].node;
        if (attachments.size() == 2 && node != from)
        {
            arrow.to = node;
        }
    }
    const bool isThere =
        std::any_of(m_arrows.begin(), m_arrows.end(), [&](const FigureArrow& each) {
            return each.from == from && each.network == arrow.network && each.meaning == meaning &&
                   each.label == label;
        });
    isThere ? void() : m_arrows.push_back(arrow);
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
            AddArrow(m_graph.attachments[*attachment].network, *index, FigureMeaning::TREE);
        }
    }
}

void
FigureDrawing::AddTunnel(std::size_t from, std::size_t to)
{
    const bool isThere =
        std::any_of(m_arrows.begin(), m_arrows.end(), [&](const FigureArrow& each) {
            return !each.network && each.from == from && each.to == to;
        });
    if (!isThere && from != to)
    {
        m_arrows.push_back({from, to, std::nullopt, FigureMeaning::TUNNEL, ""});
    }
}

void
FigureDrawing::FailNode(std::size_t node)
{
    m_dead.insert(node);
}

void
FigureDrawing::FailAttachment(std::size_t attachment)
{
    m_down.insert(attachment);
}

void
FigureDrawing::MarkLossy(std::size_t network, const std::string& label)
{
    m_loss[network] = label;
}

const TopologyGraph&
FigureDrawing::GetGraph() const
{
    return m_graph;
}

const std::string&
FigureDrawing::GetTitle() const
{
    return m_title;
}

const std::vector<std::string>&
FigureDrawing::GetCaptions() const
{
    return m_captions;
}

bool
FigureDrawing::HasNetworks() const
{
    return m_showNetworks;
}

FigureMark
FigureDrawing::GetMark(std::size_t node) const
{
    const auto mark = m_marks.find(node);
    return mark == m_marks.end() ? FigureMark() : mark->second;
}

const std::vector<FigureArrow>&
FigureDrawing::GetArrows() const
{
    return m_arrows;
}

bool
FigureDrawing::IsDead(std::size_t node) const
{
    return m_dead.count(node) != 0;
}

bool
FigureDrawing::IsDown(std::size_t attachment) const
{
    return m_down.count(attachment) != 0;
}

std::string
FigureDrawing::GetLoss(std::size_t network) const
{
    const auto loss = m_loss.find(network);
    return loss == m_loss.end() ? "" : loss->second;
}

std::set<FigureMeaning>
FigureDrawing::GetMeanings() const
{
    std::set<FigureMeaning> all;
    for (const auto& [node, mark] : m_marks)
    {
        all.insert(mark.meanings.begin(), mark.meanings.end());
    }
    for (const FigureArrow& arrow : m_arrows)
    {
        all.insert(arrow.meaning);
    }
    if (!m_dead.empty() || !m_down.empty())
    {
        all.insert(FigureMeaning::FAILED);
    }
    if (!m_loss.empty())
    {
        all.insert(FigureMeaning::LOSSY);
    }
    return all;
}

} // namespace ns3
