// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-figures.h"

#include "ns3/figure-layout.h"
#include "ns3/figure-svg.h"
#include "ns3/lab-figures.h"
#include "ns3/lab-tables.h"
#include "ns3/simulator.h"

#include <set>

namespace ns3
{

namespace
{

/** \returns what of \p network is broken now. */
FigureFailures
FindFailures(const LabNetwork& network)
{
    FigureFailures failures;
    const TopologyGraph& graph = network.GetGraph();
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
    {
        network.GetNodes()[i].up ? void() : failures.nodes.push_back(i);
    }
    for (std::size_t i = 0; i < graph.attachments.size(); ++i)
    {
        network.IsAttachmentUp(i) ? void() : failures.attachments.push_back(i);
    }
    failures.lossyNetworks = network.GetLossRates();
    return failures;
}

} // namespace

RunFigures::RunFigures(const RunState& state, RunOutput& output, bool enabled)
    : m_state(state),
      m_output(output),
      m_enabled(enabled)
{
}

void
RunFigures::Announce(const FigureSpec& figure)
{
    m_snapshots = false;
    if (m_enabled)
    {
        m_output.CheckReplaceable(figure.name + ".svg");
    }
}

void
RunFigures::Draw(const FigureSpec& figure)
{
    if (!m_enabled)
    {
        return;
    }
    const LabNetwork& network = m_state.network;
    const FigureDrawing drawing = DrawLabFigure(figure,
                                                {network.GetGraph(),
                                                 Simulator::Now(),
                                                 GetRowsOfAll(network, GetRpRows),
                                                 GetRowsOfAll(network, GetIgmpRows),
                                                 GetRowsOfAll(network, GetTibRows),
                                                 GetRowsOfAll(network, GetMfcRows),
                                                 GetRowsOfAll(network, GetFdbRows),
                                                 m_state.meter.GetGroupCounts(figure.group),
                                                 FindFailures(network)});
    m_output.StageText(figure.name + ".svg",
                       DrawFigureSvg(drawing, LayOutFigure(network.GetGraph())));
}

void
RunFigures::DrawSnapshot(const std::string& snapshot)
{
    constexpr std::size_t MOST_GROUPS = 8;
    if (!m_enabled || !m_snapshots)
    {
        return;
    }
    const auto draw = [&](FigureKind kind, const std::string& name, Ipv4Address group) {
        Draw({kind, snapshot + "-" + name, group, Ipv4Address::GetAny(), std::nullopt});
    };
    draw(FigureKind::RpElection, "rp-election", Ipv4Address::GetAny());
    if (!GetRowsOfAll(m_state.network, GetFdbRows).empty())
    {
        draw(FigureKind::Overlay, "overlay", Ipv4Address::GetAny());
    }
    std::set<Ipv4Address> groups;
    for (const TibRow& entry : GetRowsOfAll(m_state.network, GetTibRows))
    {
        groups.insert(entry.group);
    }
    if (groups.size() > MOST_GROUPS)
    {
        return;
    }
    for (Ipv4Address group : groups)
    {
        draw(FigureKind::RpTree, "rp-tree-" + ToText(group), group);
        draw(FigureKind::ViaRp, "via-rp-" + ToText(group), group);
        draw(FigureKind::Spt, "spt-" + ToText(group), group);
    }
}

} // namespace ns3
