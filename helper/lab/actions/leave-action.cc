// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/leave-action.h"

#include "ns3/igmp-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/simulator.h"

namespace ns3
{

ScenarioActionPtr
LeaveAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<LeaveAction>();
    action->membership = ReadMembership(reader);
    return action;
}

void
LeaveAction::Check(ScenarioHistory& history) const
{
    for (const std::string& node : membership.nodes)
    {
        history.CheckJoined(node, membership.group);
    }
}

void
LeaveAction::Run(ScenarioRun& run) const
{
    for (const std::string& node : membership.nodes)
    {
        Leave(run, node);
    }
}

void
LeaveAction::Leave(ScenarioRun& run, const std::string& node) const
{
    const LabHost host = run.GetHost(node);
    for (uint32_t i = 1; i < host.node->GetObject<Ipv4>()->GetNInterfaces(); ++i)
    {
        if (membership.interface.empty() || GetInterfaceName(host.node, i) == membership.interface)
        {
            host.igmp->Leave(i,
                             membership.group,
                             IgmpSourceSet(membership.sources.begin(), membership.sources.end()));
        }
    }
    run.GetTraffic().GetLedger().Leave(
        node, membership.group, membership.interface, membership.sources, Simulator::Now());
}

} // namespace ns3
