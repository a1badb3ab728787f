// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tenant-plan.h"

#include "ns3/control-plane-rules.h"

#include <algorithm>
#include <optional>
#include <stdexcept>

namespace ns3
{

namespace
{

constexpr uint32_t TALKS = 4;

std::vector<uint32_t>
ToVteps(const ModelNetwork& network, const std::vector<std::size_t>& nodes)
{
    std::vector<uint32_t> vteps;
    vteps.reserve(nodes.size());
    for (std::size_t node : nodes)
    {
        vteps.push_back(network.FindVtep(node));
    }
    return vteps;
}

} // namespace

TenantPlan
MakeTenantPlan(const std::vector<StudySegment>& segments, uint32_t vms)
{
    TenantPlan plan;
    // VNIs take turns, so that what one step causes is over before the VNI's next one.
    const auto place = [&segments](std::size_t segment, uint32_t number) {
        return number * segments.size() + segment;
    };
    for (uint32_t number = 0; number < vms; ++number)
    {
        for (std::size_t i = 0; i < segments.size(); ++i)
        {
            const std::vector<std::size_t>& members = segments[i].members;
            plan.tenants.push_back({i, members[number % members.size()], number});
        }
    }
    for (uint32_t distance = 1; distance <= std::min(TALKS, vms - 1); ++distance)
    {
        for (uint32_t number = 0; number < vms; ++number)
        {
            for (std::size_t i = 0; i < segments.size(); ++i)
            {
                const TenantPlan::Talk talk{place(i, number), place(i, (number + distance) % vms)};
                plan.talks.push_back(talk);
                if (segments[i].members.size() > 1 && plan.tenants[talk.to].number == 0)
                {
                    plan.afterMoves.push_back(talk);
                }
            }
        }
    }
    for (std::size_t i = 0; i < segments.size(); ++i)
    {
        if (segments[i].members.size() > 1)
        {
            plan.moves.push_back({place(i, 0), segments[i].members[1]});
        }
    }
    return plan;
}

TenantCounts
PredictTenants(const TenantPlan& plan,
               const std::vector<StudySegment>& segments,
               const ModelNetwork& network,
               ControlPlane plane)
{
    const auto vteps = static_cast<uint32_t>(network.GetVteps().size());
    const auto model = MakeControlPlaneModel(plane, vteps);
    for (const StudySegment& segment : segments)
    {
        model->AddVni(ToVteps(network, segment.members), ToVteps(network, segment.senders));
    }
    TenantCounts counts;
    for (const TenantPlan::Tenant& tenant : plan.tenants)
    {
        model->Boot(static_cast<uint32_t>(tenant.segment), network.FindVtep(tenant.vtep));
    }
    counts.bootMessages = model->GetMessages();
    const auto talk = [&model](const std::vector<TenantPlan::Talk>& talks) {
        for (const auto& [from, to] : talks)
        {
            model->Talk(static_cast<uint32_t>(from), static_cast<uint32_t>(to));
        }
    };
    talk(plan.talks);
    counts.talkMessages = model->GetMessages() - counts.bootMessages;
    for (const auto& [tenant, vtep] : plan.moves)
    {
        model->Move(static_cast<uint32_t>(tenant), network.FindVtep(vtep));
    }
    talk(plan.afterMoves);
    counts.moveMessages = model->GetMessages() - counts.bootMessages - counts.talkMessages;
    counts.arpFlooded = model->GetFlooded();
    for (uint32_t vtep = 0; vtep < vteps; ++vtep)
    {
        counts.mostEntries = std::max(counts.mostEntries, model->CountEntries(vtep));
    }
    counts.serverEntries = model->CountServerEntries();
    counts.moves = plan.moves.size();
    return counts;
}

std::size_t
FindServerNode(const ModelNetwork& network)
{
    std::optional<std::size_t> best;
    uint64_t least = UINT64_MAX;
    for (uint32_t router = 0; router < network.GetRouters().size(); ++router)
    {
        if (network.GetGraph().IsVtep(network.GetRouters()[router].node))
        {
            continue;
        }
        uint64_t sum = 0;
        for (const ModelVtep& vtep : network.GetVteps())
        {
            sum += network.GetMetric(router, vtep.target);
        }
        if (sum < least)
        {
            least = sum;
            best = network.GetRouters()[router].node;
        }
    }
    if (!best)
    {
        throw std::invalid_argument("every router is a VTEP: none is left for the control plane's "
                                    "route reflector, controller or map server");
    }
    return *best;
}

} // namespace ns3
