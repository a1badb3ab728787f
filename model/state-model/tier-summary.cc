// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tier-summary.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>

namespace ns3
{

SizeSummary
Summarize(std::vector<uint64_t> numbers)
{
    SizeSummary summary;
    if (numbers.empty())
    {
        return summary;
    }
    std::sort(numbers.begin(), numbers.end());
    const uint64_t sum = std::accumulate(numbers.begin(), numbers.end(), uint64_t(0));
    summary.mean = static_cast<double>(sum) / static_cast<double>(numbers.size());
    summary.max = numbers.back();
    const double rank = 0.95 * static_cast<double>(numbers.size() - 1);
    const auto below = static_cast<std::size_t>(rank);
    const std::size_t above = std::min(below + 1, numbers.size() - 1);
    summary.p95 =
        static_cast<double>(numbers[below]) +
        (rank - static_cast<double>(below)) * static_cast<double>(numbers[above] - numbers[below]);
    return summary;
}

std::vector<TierSummary>
SummarizeTiers(const ModelNetwork& network, const std::vector<RouterState>& states)
{
    std::map<std::string, std::vector<RouterState>> tiers;
    for (std::size_t router = 0; router < states.size(); ++router)
    {
        tiers[network.GetRouters()[router].tier].push_back(states[router]);
    }
    const auto column = [](const std::vector<RouterState>& rows, auto field) {
        std::vector<uint64_t> numbers;
        numbers.reserve(rows.size());
        for (const RouterState& row : rows)
        {
            numbers.push_back(std::invoke(field, row));
        }
        return Summarize(std::move(numbers));
    };
    std::vector<TierSummary> summaries;
    summaries.reserve(tiers.size());
    for (const auto& [tier, rows] : tiers)
    {
        summaries.push_back({tier,
                             rows.size(),
                             column(rows, &RouterState::starG),
                             column(rows, &RouterState::sg),
                             column(rows, &RouterState::sgRpt),
                             column(rows, &RouterState::mfc),
                             column(rows, &RouterState::mfcStarG),
                             column(rows, &RouterState::GetMfcSg)});
    }
    return summaries;
}

} // namespace ns3
