// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/link-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"

#include <algorithm>
#include <iterator>

namespace ns3
{

ScenarioActionPtr
LinkAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<LinkAction>();
    const YamlFields fields = reader.GetFields("network between state");
    for (std::size_t number : reader.GetNetworks(fields))
    {
        const TopologyGraph& topology = reader.GetTopology();
        const std::vector<std::size_t>& members = topology.networks[number].attachments;
        if (fields.Has("network") || members.size() == 2)
        {
            action->networks.push_back(number);
            continue;
        }
        const std::vector<std::string> ends = fields.GetList("between");
        std::copy_if(members.begin(),
                     members.end(),
                     std::back_inserter(action->attachments),
                     [&](std::size_t attachment) {
                         const std::string& node =
                             topology.nodes[topology.attachments[attachment].node].name;
                         return node == ends[0] || node == ends[1];
                     });
    }
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
    for (std::size_t attachment : attachments)
    {
        run.GetNetwork().SetAttachmentUp(attachment, up);
    }
}

} // namespace ns3
