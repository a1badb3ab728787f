// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/link-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
LinkAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<LinkAction>();
    const YamlFields fields = reader.GetFields("network between state");
    action->networks = reader.GetNetworks(fields);
    action->up = fields.GetChoice("state", {"down", "up"}) == 1;
    return action;
}

void
LinkAction::Run(ScenarioRun& run) const
{
    for (std::size_t network : networks)
    {
        run.GetNetwork().SetNetworkUp(network, up);
    }
}

} // namespace ns3
