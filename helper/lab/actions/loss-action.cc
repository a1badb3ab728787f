// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/loss-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/simulator.h"

#include <algorithm>

namespace ns3
{

namespace
{

bool
IsOn(const TopologyGraph& topology, std::size_t node, std::size_t network)
{
    const std::vector<std::size_t>& own = topology.nodes[node].attachments;
    return std::any_of(own.begin(), own.end(), [&](std::size_t attachment) {
        return topology.attachments[attachment].network == network;
    });
}

} // namespace

ScenarioActionPtr
LossAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<LossAction>();
    const YamlFields fields = reader.GetFields("network between rate until from");
    action->networks = reader.GetNetworks(fields);
    if (fields.Has("from"))
    {
        action->from = *reader.GetTopology().FindNode(reader.GetNode(fields, "from"));
        for (std::size_t network : action->networks)
        {
            if (!IsOn(reader.GetTopology(), *action->from, network))
            {
                fields.Fail("from",
                            fields.GetText("from") + " is not on " +
                                reader.GetTopology().networks[network].name +
                                ", give a node that is");
            }
        }
    }
    action->rate = fields.GetReal("rate", 0, 1);
    if (fields.Has("until"))
    {
        action->until = fields.GetTime("until");
        if (*action->until <= reader.GetTime())
        {
            fields.Fail("until", "until is not after at, give a later time");
        }
    }
    return action;
}

void
LossAction::Run(ScenarioRun& run) const
{
    LabNetwork& lab = run.GetNetwork();
    for (std::size_t network : networks)
    {
        lab.SetLoss(network, rate, from);
        if (until)
        {
            Simulator::Schedule(*until - Simulator::Now(), [&lab, network, sender = from] {
                lab.SetLoss(network, 0, sender);
            });
        }
    }
}

} // namespace ns3
