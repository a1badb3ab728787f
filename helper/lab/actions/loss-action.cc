// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/loss-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"
#include "ns3/simulator.h"

namespace ns3
{

ScenarioActionPtr
LossAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<LossAction>();
    const YamlFields fields = reader.GetFields("network between rate until");
    action->networks = reader.GetNetworks(fields);
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
        lab.SetLoss(network, rate);
        if (until)
        {
            Simulator::Schedule(*until - Simulator::Now(),
                                [&lab, network] { lab.SetLoss(network, 0); });
        }
    }
}

} // namespace ns3
