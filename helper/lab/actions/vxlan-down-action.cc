// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-down-action.h"

#include "ns3/action-reader.h"
#include "ns3/ipv4.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
VxlanDownAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<VxlanDownAction>();
    const YamlFields fields = reader.GetFields("nodes name");
    action->nodes = fields.GetList("nodes");
    for (const std::string& node : action->nodes)
    {
        CheckNodeName(reader.GetTopology(), fields, "nodes", node);
    }
    action->name = fields.GetText("name");
    return action;
}

void
VxlanDownAction::Check(ScenarioHistory& history) const
{
    for (const std::string& node : nodes)
    {
        history.CheckDevice(node, name);
    }
}

void
VxlanDownAction::Run(ScenarioRun& run) const
{
    for (const std::string& node : nodes)
    {
        Ptr<VxlanNetDevice> device = run.GetNetwork().GetNode(node).vxlans.at(name);
        device->Stop();
        Ptr<Ipv4> ipv4 = device->GetNode()->GetObject<Ipv4>();
        const int32_t interface = ipv4->GetInterfaceForDevice(device);
        interface < 0 ? void() : ipv4->SetDown(static_cast<uint32_t>(interface));
    }
}

} // namespace ns3
