// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-figures.h"

#include "ns3/figure-renderer.h"
#include "ns3/lab-figures.h"
#include "ns3/lab-tables.h"
#include "ns3/simulator.h"

#include <set>
#include <stdexcept>

namespace ns3
{

RunFigures::RunFigures(const RunState& state, const RunOutput& output, bool enabled)
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
    const std::string dot = DrawFigure(figure,
                                       {network.GetGraph(),
                                        Simulator::Now(),
                                        GetRowsOfAll(network, GetRpRows),
                                        GetRowsOfAll(network, GetIgmpRows),
                                        GetRowsOfAll(network, GetTibRows),
                                        GetRowsOfAll(network, GetMfcRows),
                                        m_state.meter.GetGroupCounts(figure.group)});
    const std::string path = m_output.GetPath(figure.name + ".svg");
    if (!RenderFigure(dot, path))
    {
        throw std::runtime_error(path + ": Graphviz cannot draw it");
    }
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
        Draw({kind, snapshot + "-" + name, group, Ipv4Address::GetAny()});
    };
    draw(FigureKind::RpElection, "rp-election", Ipv4Address::GetAny());
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
