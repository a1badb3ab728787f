// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.2.
#include "ns3/pim-dr-election.h"

#include <algorithm>

namespace ns3
{

Ipv4Address
ElectPimDr(const std::vector<PimDrCandidate>& candidates)
{
    const bool byPriority = std::all_of(candidates.begin(), candidates.end(), [](const auto& one) {
        return one.priority.has_value();
    });
    const auto isWorse = [byPriority](const PimDrCandidate& a, const PimDrCandidate& b) {
        return byPriority && *a.priority != *b.priority ? *a.priority < *b.priority
                                                        : a.address < b.address;
    };
    return std::max_element(candidates.begin(), candidates.end(), isWorse)->address;
}

PimDrElection::PimDrElection(PimEnvironment& environment,
                             PimNeighborTable& table,
                             const PimHelloConfig& config)
    : m_environment(environment),
      m_table(table),
      m_config(config)
{
}

void
PimDrElection::HandleEvent(PimDrEvent event, uint32_t interface)
{
    PimNeighborTable::Link& link = *m_table.FindLink(interface);
    const Ipv4Address dr = Elect(link, Ipv4Address::GetAny());
    if (dr == link.dr)
    {
        return;
    }
    const PimDrState before = link.wasDr ? PimDrState::DR : PimDrState::NOT_DR;
    link.dr = dr;
    link.wasDr = m_table.IAmDr(interface);
    const PimDrState after = link.wasDr ? PimDrState::DR : PimDrState::NOT_DR;
    if (before != after)
    {
        m_environment.ReportStep("dr", link.seen.name, before, event, after);
    }
    m_table.Report(PimNotice::DR, interface, dr);
    if (changed)
    {
        changed(interface);
    }
}

Ipv4Address
PimDrElection::GetDrWithout(uint32_t interface, Ipv4Address absent) const
{
    const PimNeighborTable::Link* link = m_table.FindLink(interface);
    return link == nullptr ? Ipv4Address::GetAny() : Elect(*link, absent);
}

Ipv4Address
PimDrElection::Elect(const PimNeighborTable::Link& link, Ipv4Address absent) const
{
    const auto own = m_config.sendDrPriority ? std::make_optional(link.seen.drPriority)
                                             : std::optional<uint32_t>();
    std::vector<PimDrCandidate> candidates{{link.seen.address, own}};
    for (const auto& [address, neighbor] : link.neighbors)
    {
        if (address != absent)
        {
            candidates.push_back({address, neighbor.drPriority});
        }
    }
    return ElectPimDr(candidates);
}

} // namespace ns3
