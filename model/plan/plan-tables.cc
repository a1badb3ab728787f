// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-tables.h"

#include "ns3/vni-mapping.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** Adds the entries of replication lists, and the copies, of VNIs at the head-end. */
void
CountHeadEnd(const ModelNetwork& network, const std::vector<VniTraffic>& vnis, PlanTableUse& use)
{
    PlanTierUse& tier = use.tiers["vtep"];
    tier.routers = network.GetVteps().size();
    std::vector<uint64_t> lists(network.GetVteps().size(), 0);
    for (const VniTraffic& vni : vnis)
    {
        for (uint32_t member : vni.members)
        {
            lists[member] += vni.members.size() - 1;
        }
    }
    tier.replication = *std::max_element(lists.begin(), lists.end());
}

} // namespace

TopologyAddress
GetPlanAddress(uint32_t group)
{
    return VniMapping::FIRST_GROUP + group;
}

PlanTableUse
CountPlanTables(const ModelNetwork& network,
                TreePolicy tree,
                const std::vector<VniTraffic>& vnis,
                const std::vector<uint32_t>& groupOf)
{
    uint32_t count = 0;
    GroupTraffic headEnd;
    for (std::size_t v = 0; v < vnis.size(); ++v)
    {
        if (groupOf[v] == PLAN_HEAD_END)
        {
            headEnd.vnis.push_back(vnis[v]);
        }
        else
        {
            count = std::max(count, groupOf[v] + 1);
        }
    }
    std::vector<GroupTraffic> groups(count);
    for (std::size_t v = 0; v < vnis.size(); ++v)
    {
        if (groupOf[v] != PLAN_HEAD_END)
        {
            groups[groupOf[v]].vnis.push_back(vnis[v]);
        }
    }
    TreeStateModel trees(network, tree);
    TreeStateModel copies(network, TreePolicy::HeadEnd);
    for (uint32_t g = 0; g < count; ++g)
    {
        groups[g].address = GetPlanAddress(g);
        if (!groups[g].vnis.empty())
        {
            trees.Add(groups[g]);
        }
    }
    if (!headEnd.vnis.empty())
    {
        copies.Add(headEnd);
    }
    PlanTableUse use;
    for (std::size_t r = 0; r < trees.GetRouters().size(); ++r)
    {
        const RouterState& state = trees.GetRouters()[r];
        PlanTierUse& tier = use.tiers[network.GetRouters()[r].tier];
        ++tier.routers;
        tier.sum = std::max(tier.sum, state.mfc);
        tier.starG = std::max(tier.starG, state.mfcStarG);
        tier.sg = std::max(tier.sg, state.mfc - state.mfcStarG);
        use.entries += state.mfc;
    }
    CountHeadEnd(network, headEnd.vnis, use);
    const TreeTotals& shared = trees.GetTotals();
    const TreeTotals& single = copies.GetTotals();
    const double frames = static_cast<double>(shared.frames + single.frames);
    use.copies = static_cast<double>(shared.copies + single.copies) / frames;
    use.waste = static_cast<double>(shared.unwanted + single.unwanted) / frames;
    use.wanted = static_cast<double>(shared.wanted + single.wanted) / frames;
    return use;
}

std::vector<PlanMargin>
ComputeMargins(const PlanTableUse& use, const PlanLimits& limits)
{
    std::vector<PlanMargin> margins;
    for (const auto& [name, limit] : limits.GetTiers())
    {
        auto found = use.tiers.find(name);
        const PlanTierUse tier = found == use.tiers.end() ? PlanTierUse() : found->second;
        const std::pair<const std::optional<uint64_t>*, std::pair<PlanKind, uint64_t>> kinds[] = {
            {&limit.sum, {PlanKind::SUM, tier.sum}},
            {&limit.starG, {PlanKind::STAR_G, tier.starG}},
            {&limit.sg, {PlanKind::SG, tier.sg}},
            {&limit.replication, {PlanKind::REPLICATION, tier.replication}}};
        for (const auto& [most, kind] : kinds)
        {
            if (*most)
            {
                margins.push_back({name, kind.first, kind.second, **most});
            }
        }
    }
    std::stable_sort(margins.begin(), margins.end(), [](const PlanMargin& a, const PlanMargin& b) {
        return a.GetShare() > b.GetShare();
    });
    return margins;
}

} // namespace ns3
