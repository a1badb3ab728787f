// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-words.h"

#include "ns3/cost-action.h"
#include "ns3/external-action.h"
#include "ns3/fdb-action.h"
#include "ns3/flood-action.h"
#include "ns3/interface-action.h"
#include "ns3/join-action.h"
#include "ns3/leave-action.h"
#include "ns3/link-action.h"
#include "ns3/loss-action.h"
#include "ns3/move-action.h"
#include "ns3/node-action.h"
#include "ns3/note-action.h"
#include "ns3/number-format.h"
#include "ns3/ping-action.h"
#include "ns3/priority-action.h"
#include "ns3/process-action.h"
#include "ns3/remove-action.h"
#include "ns3/row-columns.h"
#include "ns3/rp-action.h"
#include "ns3/send-action.h"
#include "ns3/tenant-action.h"
#include "ns3/vxlan-action.h"
#include "ns3/vxlan-down-action.h"

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

/** \returns "r2 joins 239.0.0.10" or "r2, r3 join 239.0.0.10". */
std::string
DescribeMembership(const MembershipSpec& membership, const std::string& verb)
{
    std::string nodes;
    for (const std::string& node : membership.nodes)
    {
        nodes += (nodes.empty() ? "" : ", ") + node;
    }
    return nodes + ' ' + verb + (membership.nodes.size() == 1 ? "s " : " ") + GroupOf(membership);
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

/** \returns "down" or "up" as a verb. */
std::string
Goes(bool up)
{
    return up ? " comes up" : " goes down";
}

/** \returns node and name of an interface, as the page looks for it. */
ReportJson
InterfaceOf(const TopologyAttachment& attachment, const TopologyGraph& topology)
{
    return ReportJson::array({topology.nodes[attachment.node].name, attachment.interface});
}

ReportJson
DescribeLink(const LinkAction& link, const TopologyGraph& topology)
{
    std::string cut = ListNetworks(link.networks, topology);
    ReportJson interfaces = ReportJson::array();
    for (std::size_t number : link.attachments)
    {
        const TopologyAttachment& attachment = topology.attachments[number];
        interfaces.push_back(InterfaceOf(attachment, topology));
        cut += (cut.empty() ? "" : ", ") + topology.nodes[attachment.node].name + " " +
               attachment.interface;
    }
    ReportJson json = Describe("link", "link " + cut + Goes(link.up));
    json["up"] = link.up;
    json["networks"] = link.networks;
    json["interfaces"] = interfaces;
    return json;
}

ReportJson
DescribeFailure(const ScenarioEvent& event, const TopologyGraph& topology)
{
    if (const auto* link = FindAction<LinkAction>(event))
    {
        return DescribeLink(*link, topology);
    }
    if (const auto* interface = FindAction<InterfaceAction>(event))
    {
        ReportJson json =
            Describe("link", interface->node + " " + interface->interface + Goes(interface->up));
        json["up"] = interface->up;
        json["interfaces"] =
            ReportJson::array({ReportJson::array({interface->node, interface->interface})});
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
DescribeSetting(const ScenarioEvent& event)
{
    if (const auto* cost = FindAction<CostAction>(event))
    {
        return Describe("cost",
                        cost->node + " " + cost->interface + " has OSPF cost " +
                            std::to_string(cost->cost));
    }
    if (const auto* priority = FindAction<PriorityAction>(event))
    {
        return Describe("priority",
                        priority->node + " " + priority->interface + " has " +
                            (priority->isPim ? "PIM" : "OSPF") + " priority " +
                            std::to_string(priority->priority));
    }
    if (const auto* rp = FindAction<RpAction>(event))
    {
        return Describe("rp",
                        rp->node + (rp->up ? " is told RP " : " forgets RP ") +
                            ToText(rp->address) + " for " + rp->range.ToString());
    }
    if (const auto* external = FindAction<ExternalAction>(event))
    {
        return Describe("external",
                        external->node + (external->up ? " announces" : " withdraws") +
                            " an external route");
    }
    if (const auto* fdb = FindAction<FdbAction>(event))
    {
        static const char* const words[] = {" adds ", " appends ", " deletes "};
        return Describe("fdb",
                        fdb->node + words[static_cast<std::size_t>(fdb->operation)] +
                            ToText(fdb->mac) + " to " + ToText(fdb->vtep) + " on " + fdb->device);
    }
    if (const auto* down = FindAction<VxlanDownAction>(event))
    {
        return Describe("vxlan-down", down->name + " goes");
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
        return Describe("join", DescribeMembership(join->membership, "join"));
    }
    if (const auto* leave = FindAction<LeaveAction>(event))
    {
        return Describe("leave", DescribeMembership(leave->membership, "leave"));
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
    const ReportJson setting = tenant.is_null() ? DescribeSetting(event) : tenant;
    return setting.is_null() ? DescribeFailure(event, topology) : setting;
}

} // namespace ns3
