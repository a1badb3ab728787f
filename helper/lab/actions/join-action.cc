// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/join-action.h"

#include "ns3/igmp-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/shell-words.h"
#include "ns3/simulator.h"

namespace ns3
{

ScenarioActionPtr
JoinAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<JoinAction>();
    action->membership = ReadMembership(reader, " print");
    action->isPrinted = ReadPrint(reader);
    return action;
}

void
JoinAction::Check(ScenarioHistory& history) const
{
    for (const std::string& node : membership.nodes)
    {
        history.CheckHost(node, HostNeed::STACK);
        history.AddJoin(node, membership.group);
    }
}

void
JoinAction::Prepare(ScenarioRun& run) const
{
    for (const std::string& node : membership.nodes)
    {
        run.GetTraffic().AddReceiver(node);
    }
}

void
JoinAction::Run(ScenarioRun& run) const
{
    for (const std::string& node : membership.nodes)
    {
        Join(run, node);
    }
}

void
JoinAction::Join(ScenarioRun& run, const std::string& node) const
{
    const LabHost host = run.GetHost(node);
    const uint32_t interface = GetInterfaceOrFirst(host.node, membership.interface);
    host.igmp->Join(interface,
                    membership.group,
                    IgmpSourceSet(membership.sources.begin(), membership.sources.end()));
    run.GetTraffic().GetLedger().Join(node,
                                      membership.group,
                                      GetInterfaceName(host.node, interface),
                                      membership.sources,
                                      Simulator::Now());
    if (isPrinted)
    {
        run.Print(FormatShellText(
            Simulator::Now(), Simulator::Now(), node, DescribeIperfServer(membership)));
    }
}

} // namespace ns3
