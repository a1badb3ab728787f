// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/join-action.h"

#include "ns3/interface-names.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/simulator.h"

namespace ns3
{

ScenarioActionPtr
JoinAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<JoinAction>();
    action->membership = ReadMembership(reader);
    return action;
}

void
JoinAction::Check(ScenarioHistory& history) const
{
    history.AddJoin(membership.node, membership.group);
}

void
JoinAction::Prepare(ScenarioRun& run) const
{
    run.GetTraffic().AddReceiver(membership.node);
}

void
JoinAction::Run(ScenarioRun& run) const
{
    LabNode& node = run.GetNetwork().GetNode(membership.node);
    const uint32_t interface = run.GetNetwork().GetInterface(node, membership.interface);
    node.igmp->Join(interface,
                    membership.group,
                    IgmpSourceSet(membership.sources.begin(), membership.sources.end()));
    run.GetTraffic().GetLedger().Join(membership.node,
                                      membership.group,
                                      GetInterfaceName(node.node, interface),
                                      membership.sources,
                                      Simulator::Now());
}

} // namespace ns3
