// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-unions.h"

#include <algorithm>
#include <unordered_set>

namespace ns3
{

std::vector<PlanMembers>
ListPlanUnions(const PlanProblem& problem, std::size_t most)
{
    std::unordered_set<PlanMembers> known;
    std::vector<PlanMembers> unions;
    const auto add = [&](const PlanMembers& members) {
        if (known.insert(members).second)
        {
            unions.push_back(members);
        }
    };
    for (const PlanItem& item : problem.GetItems())
    {
        const std::size_t before = unions.size();
        add(item.members);
        for (std::size_t i = 0; i < before && unions.size() <= most; ++i)
        {
            if (!item.members.IsSubsetOf(unions[i]))
            {
                PlanMembers both = unions[i];
                both.Unite(item.members);
                add(both);
            }
        }
        if (unions.size() > most)
        {
            return {};
        }
    }
    std::sort(unions.begin(), unions.end());
    return unions;
}

} // namespace ns3
