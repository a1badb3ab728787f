// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plan-tables.h"

#include "ns3/plan-members.h"
#include "ns3/vni-mapping.h"

#include <algorithm>
#include <cmath>

namespace ns3
{

namespace
{

/** Adds the entries of replication lists, and the copies, of VNIs at the head-end. */
void
CountHeadEnd(const ModelNetwork& network,
             const PlanDemand& demand,
             const PlanAssignment& plan,
             PlanTreeCounter& counter,
             PlanTableUse& use)
{
    PlanTierUse& tier = use.tiers[PlanLimits::VTEP];
    tier.routers = network.GetVteps().size();
    std::vector<uint64_t> lists(network.GetVteps().size(), 0);
    GroupTraffic single;
    PlanGroupUse cost;
    for (std::size_t v = 0; v < demand.vnis.size(); ++v)
    {
        if (plan.groupOf[v] != PLAN_HEAD_END)
        {
            continue;
        }
        const VniTraffic& vni = demand.vnis[v];
        for (uint32_t member : vni.members)
        {
            lists[member] += vni.members.size() - 1;
        }
        single.vnis = {vni};
        counter.Count(single, TreePolicy::HeadEnd, cost);
        use.copies += cost.copies * demand.rates[v];
    }
    tier.replication = *std::max_element(lists.begin(), lists.end());
}

/** \returns the deliveries of a group's frames, wanted or not, per unit of time. */
double
CountDeliveries(const std::vector<std::size_t>& vnis, const PlanDemand& demand, std::size_t vteps)
{
    PlanMembers members(vteps);
    double rate = 0;
    for (std::size_t v : vnis)
    {
        for (uint32_t member : demand.vnis[v].members)
        {
            members.Insert(member);
        }
        rate += demand.rates[v];
    }
    return rate * static_cast<double>(members.Count());
}

/** \returns whether each of the VNIs sends as many frames per sender as the others. */
bool
SendAlike(const std::vector<std::size_t>& vnis, const PlanDemand& demand)
{
    const auto frames = [&demand](std::size_t v) {
        const std::size_t senders = demand.vnis[v].senders.size();
        return senders == 0 ? 0 : demand.rates[v] / static_cast<double>(senders);
    };
    return std::all_of(vnis.begin(), vnis.end(), [&](std::size_t v) {
        return demand.vnis[v].senders.empty() ||
               std::abs(frames(v) - frames(vnis.front())) <= 1e-9 * frames(v);
    });
}

/** \returns the copies of a group's frames per unit of time, each VNI's by its own rate. */
double
CountCopies(const GroupTraffic& group,
            const std::vector<std::size_t>& vnis,
            const PlanDemand& demand,
            TreePolicy tree,
            PlanTreeCounter& counter)
{
    GroupTraffic single;
    single.address = group.address;
    single.vnis.resize(1);
    std::vector<uint32_t>& members = single.vnis.front().members;
    for (const VniTraffic& vni : group.vnis)
    {
        members.insert(members.end(), vni.members.begin(), vni.members.end());
    }
    std::sort(members.begin(), members.end());
    members.erase(std::unique(members.begin(), members.end()), members.end());
    PlanGroupUse use;
    double copies = 0;
    for (std::size_t v : vnis)
    {
        single.vnis.front().senders = demand.vnis[v].senders;
        counter.Count(single, tree, use);
        copies += use.copies * demand.rates[v];
    }
    return copies;
}

/** Counts one group of a plan. */
void
CountGroup(const ModelNetwork& network,
           const PlanDemand& demand,
           const std::vector<std::size_t>& vnis,
           TopologyAddress address,
           TreePolicy tree,
           PlanTreeCounter& counter,
           PlanTableUse& use)
{
    GroupTraffic group;
    group.address = address;
    double rate = 0;
    double own = 0;
    for (std::size_t v : vnis)
    {
        group.vnis.push_back(demand.vnis[v]);
        rate += demand.rates[v];
        own += demand.rates[v] * static_cast<double>(demand.vnis[v].members.size());
    }
    PlanGroupUse cost;
    counter.Count(group, tree, cost);
    for (const PlanRouterRows& rows : cost.rows)
    {
        use.routers[rows.router].starG += rows.starG;
        use.routers[rows.router].sg += rows.sg;
    }
    // Of frames to sources that VTEPs name, not all members hear: these are counted alike.
    use.copies += tree == TreePolicy::Ssm || SendAlike(vnis, demand)
                      ? cost.copies * rate
                      : CountCopies(group, vnis, demand, tree, counter);
    // A VTEP that names its sources hears those alone; otherwise all members hear every frame.
    use.waste += tree == TreePolicy::Ssm
                     ? cost.unwanted * rate
                     : CountDeliveries(vnis, demand, network.GetVteps().size()) - own;
}

} // namespace

PlanTreeCounter::PlanTreeCounter(const ModelNetwork& network)
    : m_network(network)
{
}

void
PlanTreeCounter::Count(const GroupTraffic& group, TreePolicy tree, PlanGroupUse& use)
{
    auto found = m_models.find(tree);
    if (found == m_models.end())
    {
        found = m_models.emplace(tree, Model{TreeStateModel(m_network, tree), {}}).first;
        found->second.before = found->second.trees.GetRouters();
    }
    Model& model = found->second;
    const TreeTotals before = model.trees.GetTotals();
    model.trees.Add(group);
    const TreeTotals& after = model.trees.GetTotals();
    use.frames = after.frames - before.frames;
    const double frames = static_cast<double>(std::max<uint64_t>(use.frames, 1));
    use.copies = static_cast<double>(after.copies - before.copies) / frames;
    use.unwanted = static_cast<double>(after.unwanted - before.unwanted) / frames;
    use.rows.clear();
    const std::vector<RouterState>& routers = model.trees.GetRouters();
    for (std::size_t r = 0; r < routers.size(); ++r)
    {
        RouterState& old = model.before[r];
        if (routers[r].mfc != old.mfc)
        {
            use.rows.push_back({static_cast<uint32_t>(r),
                                routers[r].mfcStarG - old.mfcStarG,
                                routers[r].GetMfcSg() - old.GetMfcSg()});
            old = routers[r];
        }
    }
}

TopologyAddress
GetPlanRange(TreePolicy tree)
{
    if (tree == TreePolicy::Ssm)
    {
        return 232u << 24;
    }
    // 239.32.0.0/11, 239.64.0.0/11, …
    return 239u << 24 | (static_cast<uint32_t>(tree) + 1) << 21;
}

TopologyAddress
GetPlanAddress(uint32_t group, TreePolicy tree, bool mixed)
{
    constexpr TopologyAddress OFFSET = 1u << 16;
    if (tree == TreePolicy::Ssm)
    {
        return GetPlanRange(tree) + OFFSET + group;
    }
    return mixed ? GetPlanRange(tree) + OFFSET + group : VniMapping::FIRST_GROUP + group;
}

void
PlanAssignment::SetTree(std::size_t groups, TreePolicy tree, bool mixed)
{
    trees.assign(groups, tree);
    addresses.clear();
    for (std::size_t g = 0; g < groups; ++g)
    {
        addresses.push_back(GetPlanAddress(static_cast<uint32_t>(g), tree, mixed));
    }
}

std::vector<GroupTraffic>
MakePlanGroups(const PlanDemand& demand, const PlanAssignment& plan)
{
    std::vector<GroupTraffic> groups(plan.trees.size());
    for (std::size_t g = 0; g < groups.size(); ++g)
    {
        groups[g].address = plan.addresses[g];
    }
    for (std::size_t v = 0; v < demand.vnis.size(); ++v)
    {
        if (plan.groupOf[v] != PLAN_HEAD_END)
        {
            groups[plan.groupOf[v]].vnis.push_back(demand.vnis[v]);
        }
    }
    return groups;
}

PlanTableUse
CountPlanTables(const ModelNetwork& network, const PlanDemand& demand, const PlanAssignment& plan)
{
    PlanTableUse use;
    double rate = 0;
    std::vector<std::vector<std::size_t>> vnis(plan.trees.size());
    for (std::size_t v = 0; v < demand.vnis.size(); ++v)
    {
        rate += demand.rates[v];
        use.wanted += demand.rates[v] * static_cast<double>(demand.vnis[v].members.size() - 1);
        if (plan.groupOf[v] != PLAN_HEAD_END)
        {
            vnis[plan.groupOf[v]].push_back(v);
        }
    }
    for (uint32_t r = 0; r < network.GetRouters().size(); ++r)
    {
        use.routers.push_back({r, 0, 0});
    }
    PlanTreeCounter counter(network);
    for (std::size_t g = 0; g < vnis.size(); ++g)
    {
        if (!vnis[g].empty())
        {
            CountGroup(network, demand, vnis[g], plan.addresses[g], plan.trees[g], counter, use);
        }
    }
    CountHeadEnd(network, demand, plan, counter, use);
    SummarizePlanTiers(network, use);
    if (rate > 0)
    {
        use.copies /= rate;
        use.waste = std::max(0.0, use.waste / rate);
        use.wanted /= rate;
    }
    return use;
}

void
SummarizePlanTiers(const ModelNetwork& network, PlanTableUse& use)
{
    use.entries = 0;
    for (auto& [name, tier] : use.tiers)
    {
        if (name != PlanLimits::VTEP)
        {
            tier = PlanTierUse();
        }
    }
    for (const PlanRouterRows& rows : use.routers)
    {
        PlanTierUse& tier = use.tiers[network.GetRouters()[rows.router].tier];
        ++tier.routers;
        tier.sum = std::max(tier.sum, rows.starG + rows.sg);
        tier.starG = std::max(tier.starG, rows.starG);
        tier.sg = std::max(tier.sg, rows.sg);
        use.entries += rows.starG + rows.sg;
    }
}

std::vector<PlanMargin>
ComputeMargins(const PlanTableUse& use, const PlanLimits& limits)
{
    std::vector<PlanMargin> margins;
    for (const auto& [name, tier] : use.tiers)
    {
        const PlanTierLimit limit = limits.Get(name);
        for (PlanKind kind : {PlanKind::SUM, PlanKind::STAR_G, PlanKind::SG, PlanKind::REPLICATION})
        {
            if (const auto& most = limit.Get(kind))
            {
                margins.push_back({name, kind, tier.Get(kind), *most});
            }
        }
    }
    std::stable_sort(margins.begin(), margins.end(), [](const PlanMargin& a, const PlanMargin& b) {
        return a.GetShare() > b.GetShare();
    });
    return margins;
}

} // namespace ns3
