// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-problem.h"

#include <algorithm>

namespace ns3
{

void
PlanProblem::Add(uint32_t vni,
                 const std::vector<uint32_t>& members,
                 double rate,
                 const std::vector<uint32_t>& senders)
{
    PlanItem item;
    item.senders = senders;
    std::sort(item.senders.begin(), item.senders.end());
    item.members = PlanMembers(m_vteps);
    for (uint32_t vtep : members)
    {
        item.members.Insert(vtep);
    }
    item.size = item.members.Count();
    m_wanted += rate * static_cast<double>(item.size);
    // Items stay sorted by their members, so that an equal one is found at once.
    auto place = std::lower_bound(
        m_items.begin(), m_items.end(), item, [](const PlanItem& a, const PlanItem& b) {
            return a.members == b.members ? a.senders < b.senders : a.members < b.members;
        });
    if (place == m_items.end() || !(place->members == item.members) ||
        place->senders != item.senders)
    {
        place = m_items.insert(place, std::move(item));
    }
    place->rate += rate;
    place->vnis.push_back(vni);
}

double
ComputeWaste(const PlanProblem& problem, const PlanGrouping& grouping)
{
    const std::vector<PlanItem>& items = problem.GetItems();
    uint32_t groups = 0;
    for (uint32_t group : grouping)
    {
        groups = std::max(groups, group + 1);
    }
    std::vector<PlanMembers> unions(groups, PlanMembers(problem.GetVteps()));
    std::vector<double> rates(groups, 0);
    for (std::size_t i = 0; i < items.size(); ++i)
    {
        unions[grouping[i]].Unite(items[i].members);
        rates[grouping[i]] += items[i].rate;
    }
    double delivered = 0;
    for (uint32_t group = 0; group < groups; ++group)
    {
        delivered += rates[group] * static_cast<double>(unions[group].Count());
    }
    return delivered - problem.GetWantedRate();
}

} // namespace ns3
