// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-words.h"

#include "ns3/flood-action.h"
#include "ns3/join-action.h"
#include "ns3/leave-action.h"
#include "ns3/link-action.h"
#include "ns3/loss-action.h"
#include "ns3/move-action.h"
#include "ns3/node-action.h"
#include "ns3/note-action.h"
#include "ns3/number-format.h"
#include "ns3/ping-action.h"
#include "ns3/process-action.h"
#include "ns3/remove-action.h"
#include "ns3/row-columns.h"
#include "ns3/send-action.h"
#include "ns3/tenant-action.h"
#include "ns3/vxlan-action.h"

namespace ns3
{

namespace
{

ReportJson
Describe(const char* kind, const std::string& text)
{
    return {{"kind", kind}, {"text", text}};
}

/** \returns "239.0.0.10" or "239.0.0.10 from 10.0.0.1". */
std::string
GroupOf(const MembershipSpec& membership)
{
    std::string text = ToText(membership.group);
    for (std::size_t i = 0; i < membership.sources.size(); ++i)
    {
        text += (i == 0 ? " from " : ", ") + ToText(membership.sources[i]);
    }
    return text;
}

std::string
ListNetworks(const std::vector<std::size_t>& networks, const TopologyGraph& topology)
{
    std::string text;
    for (std::size_t network : networks)
    {
        text += (text.empty() ? "" : ", ") + topology.networks[network].name;
    }
    return text;
}

ReportJson
DescribeFailure(const ScenarioEvent& event, const TopologyGraph& topology)
{
    if (const auto* link = FindAction<LinkAction>(event))
    {
        ReportJson json = Describe("link",
                                   "link " + ListNetworks(link->networks, topology) +
                                       (link->up ? " comes up" : " goes down"));
        json["up"] = link->up;
        json["networks"] = link->networks;
        return json;
    }
    if (const auto* loss = FindAction<LossAction>(event))
    {
        ReportJson json = Describe("loss",
                                   "receivers on " + ListNetworks(loss->networks, topology) +
                                       " lose " + FormatDecimal(loss->rate * 100) + " %");
        json["rate"] = loss->rate;
        json["networks"] = loss->networks;
        json["until"] = loss->until ? ReportJson(loss->until->GetNanoSeconds()) : ReportJson();
        return json;
    }
    if (const auto* node = FindAction<NodeAction>(event))
    {
        ReportJson json = Describe("node", node->name + (node->up ? " boots" : " crashes"));
        json["up"] = node->up;
        json["nodes"] = ReportJson::array({node->name});
        return json;
    }
    if (const auto* process = FindAction<ProcessAction>(event))
    {
        static const char* const words[] = {" is killed", " hangs", " runs again"};
        return Describe("process",
                        process->protocol + " on " + process->node +
                            words[static_cast<std::size_t>(process->state)]);
    }
    return {};
}

ReportJson
DescribeTenant(const ScenarioEvent& event)
{
    if (const auto* tenant = FindAction<TenantAction>(event))
    {
        return Describe("tenant",
                        "tenant " + tenant->spec.name + " boots behind " + tenant->spec.node +
                            ", " + tenant->spec.device);
    }
    if (const auto* move = FindAction<MoveAction>(event))
    {
        return Describe("move", "tenant " + move->tenant + " moves to " + move->to);
    }
    if (const auto* remove = FindAction<RemoveAction>(event))
    {
        return Describe("remove", "tenant " + remove->tenant + " goes");
    }
    return {};
}

ReportJson
DescribeTraffic(const ScenarioEvent& event)
{
    if (const auto* send = FindAction<SendAction>(event))
    {
        return Describe("send",
                        send->spec.node + " sends to " + ToText(send->spec.group) + ", flow " +
                            send->spec.name);
    }
    if (const auto* ping = FindAction<PingAction>(event))
    {
        return Describe("ping",
                        ping->spec.node + " pings " + ToText(ping->spec.to) + ", " +
                            std::to_string(ping->spec.count) + " times");
    }
    if (const auto* flood = FindAction<FloodAction>(event))
    {
        return Describe("flood",
                        flood->spec.node + " floods " + std::to_string(flood->spec.frames) +
                            " frames from " + flood->spec.device);
    }
    return {};
}

} // namespace

ReportJson
DescribeAction(const ScenarioEvent& event, const TopologyGraph& topology)
{
    if (const auto* note = FindAction<NoteAction>(event))
    {
        return Describe("note", note->text);
    }
    if (const auto* join = FindAction<JoinAction>(event))
    {
        return Describe("join", join->membership.node + " joins " + GroupOf(join->membership));
    }
    if (const auto* leave = FindAction<LeaveAction>(event))
    {
        return Describe("leave", leave->membership.node + " leaves " + GroupOf(leave->membership));
    }
    if (const auto* vxlan = FindAction<VxlanAction>(event))
    {
        std::string nodes;
        for (const std::string& node : vxlan->spec.nodes)
        {
            nodes += (nodes.empty() ? "" : " ") + node;
        }
        return Describe("vxlan",
                        vxlan->spec.name + ", VNI " + std::to_string(vxlan->spec.vni) + ", on " +
                            nodes);
    }
    const ReportJson traffic = DescribeTraffic(event);
    const ReportJson tenant = traffic.is_null() ? DescribeTenant(event) : traffic;
    return tenant.is_null() ? DescribeFailure(event, topology) : tenant;
}

} // namespace ns3
