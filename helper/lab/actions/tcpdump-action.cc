// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tcpdump-action.h"

#include "ns3/action-reader.h"
#include "ns3/interface-names.h"
#include "ns3/number-format.h"
#include "ns3/packet-watch.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/shell-words.h"
#include "ns3/simulator.h"

#include <stdexcept>

namespace ns3
{

ScenarioActionPtr
TcpdumpAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<TcpdumpAction>();
    const YamlFields fields = reader.GetFields("node what until");
    action->node = reader.GetHost(fields, "node");
    action->what = fields.GetText("what");
    try
    {
        action->command = ParseTcpdump(action->what);
    }
    catch (const std::invalid_argument& error)
    {
        fields.Fail("what", error.what());
    }
    if (fields.Has("until"))
    {
        action->until = fields.GetTime("until");
        if (*action->until <= reader.GetTime())
        {
            fields.Fail("until",
                        "until " + fields.GetText("until") + " is not after at " +
                            FormatSeconds(reader.GetTime()) + "s, give a later time");
        }
    }
    else if (!action->command.count)
    {
        fields.Fail("what", "tcpdump never ends by itself, give -c COUNT or the key until: TIME");
    }
    const std::string& interface = action->command.interface;
    const auto number = reader.GetTopology().FindNode(action->node);
    action->isVxlan =
        !interface.empty() &&
        (number ? !reader.GetTopology().FindInterface(*number, interface) : interface != "eth0");
    return action;
}

void
TcpdumpAction::Check(ScenarioHistory& history) const
{
    history.CheckHost(node, HostNeed::PRESENCE);
    isVxlan ? history.CheckDevice(node, command.interface) : void();
}

Ptr<NetDevice>
TcpdumpAction::FindDevice(ScenarioRun& run) const
{
    if (const LabTenant* tenant = run.GetTenants().Find(node))
    {
        return tenant->device;
    }
    const LabNode& lab = run.GetNetwork().GetNode(node);
    const auto vxlan = lab.vxlans.find(command.interface);
    return vxlan != lab.vxlans.end() ? Ptr<NetDevice>(vxlan->second)
                                     : lab.node->GetObject<Ipv4>()->GetNetDevice(
                                           GetInterfaceOrFirst(lab.node, command.interface));
}

void
TcpdumpAction::Run(ScenarioRun& run) const
{
    const Time begin = Simulator::Now();
    Ptr<PacketWatch> watch =
        PacketWatch::Start(FindDevice(run), command, [this, &run, begin](const std::string& lines) {
            run.Print(FormatShellText(begin, Simulator::Now(), node, {what, lines}));
        });
    const Time end = Min(until.value_or(run.GetDuration()), run.GetDuration());
    Simulator::Schedule(end - begin, &PacketWatch::End, watch);
}

} // namespace ns3
