// SPDX-License-Identifier: GPL-2.0-only
// Random problems of grouping, and the best grouping by trying them all.
#ifndef VXLAN_MULTICAST_PLAN_FIXTURES_H
#define VXLAN_MULTICAST_PLAN_FIXTURES_H

#include "ns3/plan-problem.h"
#include "ns3/state-random.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <vector>

namespace ns3
{

/** Never asks a search to stop. */
inline bool
Always()
{
    return true;
}

/** \returns a problem of up to \p vnis VNIs on \p vteps VTEPs; sizes and rates vary with the seed.
 */
inline PlanProblem
MakeRandomProblem(uint32_t vnis, uint32_t vteps, uint64_t seed)
{
    StateRandom random(seed, 7);
    PlanProblem problem(vteps);
    const uint32_t most = seed % 3 == 0 ? vteps / 2 : seed % 3 == 1 ? 4 : vteps - 1;
    for (uint32_t vni = 0; vni < vnis; ++vni)
    {
        std::vector<uint32_t> members(vteps);
        std::iota(members.begin(), members.end(), 0);
        const uint32_t size = random.Between(1, most);
        for (uint32_t i = 0; i < size; ++i)
        {
            std::swap(members[i], members[i + random.Below(vteps - i)]);
        }
        members.resize(size);
        problem.Add(vni, members, seed % 2 == 0 ? size : random.Between(1, 9));
    }
    return problem;
}

/** \returns the least waste over all groupings into at most \p groups groups. */
inline double
FindLeastWaste(const PlanProblem& problem, uint32_t groups)
{
    const std::size_t items = problem.GetItems().size();
    PlanGrouping grouping(items, 0);
    double least = std::numeric_limits<double>::infinity();
    // Groupings as restricted growth strings: each item joins a group used before, or the next.
    while (true)
    {
        least = std::min(least, ComputeWaste(problem, grouping));
        std::size_t i = items;
        while (i-- > 1)
        {
            const uint32_t highest = *std::max_element(
                grouping.begin(), grouping.begin() + static_cast<std::ptrdiff_t>(i));
            if (grouping[i] <= highest && grouping[i] + 1 < groups)
            {
                ++grouping[i];
                std::fill(grouping.begin() + static_cast<std::ptrdiff_t>(i) + 1, grouping.end(), 0);
                break;
            }
        }
        if (i == 0 || i == std::size_t(-1))
        {
            return least;
        }
    }
}

} // namespace ns3

#endif
