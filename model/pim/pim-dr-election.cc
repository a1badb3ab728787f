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

} // namespace ns3
