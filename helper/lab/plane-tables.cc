// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/plane-tables.h"

#include "ns3/evpn-protocol.h"
#include "ns3/map-server.h"
#include "ns3/map-xtr.h"
#include "ns3/msdp-protocol.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-switch.h"
#include "ns3/openflow-text.h"

namespace ns3
{

namespace
{

/** \returns the MAC address in the low 48 bits. */
Mac48Address
ToMac(uint64_t number)
{
    uint8_t bytes[6];
    for (int i = 0; i < 6; ++i)
    {
        bytes[i] = static_cast<uint8_t>(number >> (40 - 8 * i));
    }
    Mac48Address mac;
    mac.CopyFrom(bytes);
    return mac;
}

/** \returns the VTEP, if there is one and no more. */
std::optional<Ipv4Address>
FindOnly(const std::set<Ipv4Address>& vteps)
{
    return vteps.size() == 1 ? std::make_optional(*vteps.begin()) : std::nullopt;
}

void
AppendKnowledge(const LabNode& node, std::vector<NeighborRow>& rows)
{
    const OpenflowKnowledge& knowledge = node.controller->GetKnowledge();
    for (uint32_t vni : knowledge.GetVnis())
    {
        for (Ipv4Address ip : knowledge.GetIps(vni))
        {
            const Mac48Address mac = *knowledge.FindMac(vni, ip);
            rows.push_back({node.name,
                            vni,
                            ip,
                            mac,
                            FindOnly(knowledge.GetVteps(vni, mac)),
                            VxlanFdbOrigin::CONTROLLER});
        }
    }
}

/** \returns the VTEP to which the node's device of \p vni sends \p mac. */
std::optional<Ipv4Address>
FindVtep(const LabNode& node, uint32_t vni, Mac48Address mac)
{
    for (const auto& [name, device] : node.vxlans)
    {
        if (device->GetVni() == vni)
        {
            const VxlanFdbEntry* entry = device->GetFdb().Find(mac);
            return entry ? std::make_optional(entry->vtep) : std::nullopt;
        }
    }
    return std::nullopt;
}

/** \returns the MAC address that a flow answers ARP requests with; none if it answers none. */
std::optional<Mac48Address>
FindAnswer(const OpenflowFlow& flow)
{
    for (const OpenflowAction& action : flow.actions)
    {
        const auto set = std::get_if<OpenflowSetField>(&action);
        if (set && set->field == OpenflowField::ARP_SHA)
        {
            return ToMac(set->value);
        }
    }
    return std::nullopt;
}

/** ARP responders among the flows, the controller's and others. */
void
AppendResponders(const LabNode& node, std::vector<NeighborRow>& rows)
{
    const OpenflowSwitchInstance& instance = node.openflowSwitch->GetInstance();
    std::map<std::pair<uint32_t, Ipv4Address>, NeighborRow> sorted;
    for (const OpenflowFlow* flow : instance.GetTable().GetFlows())
    {
        const OpenflowOxm* target = flow->match.Find(OpenflowField::ARP_TPA);
        const OpenflowOxm* in = flow->match.Find(OpenflowField::IN_PORT);
        const OpenflowSwitchPort* port =
            in ? instance.FindPort(static_cast<uint32_t>(in->value)) : nullptr;
        const auto mac = FindAnswer(*flow);
        if (target && port && mac)
        {
            const Ipv4Address ip(static_cast<uint32_t>(target->value));
            sorted.insert({{port->segment, ip},
                           {node.name,
                            port->segment,
                            ip,
                            *mac,
                            FindVtep(node, port->segment, *mac),
                            VxlanFdbOrigin::CONTROLLER}});
        }
    }
    for (const auto& [key, row] : sorted)
    {
        rows.push_back(row);
    }
}

void
AppendCache(const LabNode& node, std::vector<NeighborRow>& rows)
{
    const MapXtrInstance::Cache& cache = node.mapXtr->GetInstance().GetCache();
    for (const auto& [eid, entry] : cache)
    {
        if (eid.kind == MapEid::Kind::MAC || !entry.locator || !entry.locator->isMac)
        {
            continue;
        }
        const Mac48Address mac = entry.locator->GetMac();
        rows.push_back({node.name,
                        eid.instance,
                        eid.GetIpv4(),
                        mac,
                        FindVtep(node, eid.instance, mac),
                        VxlanFdbOrigin::MAP});
    }
}

template <typename T>
void
AddCounts(Ptr<T> process, ControlMessageCounts& counts)
{
    if (!process)
    {
        return;
    }
    for (const auto& [key, count] : process->GetMessageCounts())
    {
        counts[key].messages += count.messages;
        counts[key].bytes += count.bytes;
    }
}

} // namespace

std::vector<FlowRow>
GetFlowRows(const LabNode& node)
{
    std::vector<FlowRow> rows;
    if (!node.openflowSwitch || !node.openflowSwitch->IsRunning())
    {
        return rows;
    }
    for (const OpenflowFlow* flow : node.openflowSwitch->GetInstance().GetTable().GetFlows())
    {
        rows.push_back({node.name,
                        0,
                        flow->priority,
                        ToString(flow->match),
                        ToString(flow->actions),
                        flow->packets,
                        flow->bytes});
    }
    return rows;
}

std::vector<NeighborRow>
GetPlaneNeighborRows(const LabNode& node)
{
    std::vector<NeighborRow> rows;
    if (node.controller && node.controller->IsRunning())
    {
        AppendKnowledge(node, rows);
    }
    if (node.openflowSwitch && node.openflowSwitch->IsRunning())
    {
        AppendResponders(node, rows);
    }
    if (node.mapXtr && node.mapXtr->IsRunning())
    {
        AppendCache(node, rows);
    }
    return rows;
}

ControlMessageCounts
GetControlCounts(const LabNode& node)
{
    ControlMessageCounts counts;
    AddCounts(node.evpn, counts);
    AddCounts(node.msdp, counts);
    AddCounts(node.controller, counts);
    AddCounts(node.openflowSwitch, counts);
    AddCounts(node.mapServer, counts);
    AddCounts(node.mapXtr, counts);
    return counts;
}

} // namespace ns3
