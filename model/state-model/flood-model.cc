// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/flood-model.h"

namespace ns3
{

TreePolicy
GetFloodTree(ControlPlane plane, TreePolicy tree)
{
    return UsesGroups(plane) ? tree : TreePolicy::HeadEnd;
}

TreeTotals
ToFloodTotals(ControlPlane plane, const TreeTotals& totals)
{
    if (!UsesController(plane))
    {
        return totals;
    }
    TreeTotals none;
    none.groups = totals.groups;
    none.frames = totals.frames;
    return none;
}

FloodedFrame
CountFloodedFrame(const ModelNetwork& network,
                  ControlPlane plane,
                  TreePolicy tree,
                  const GroupTraffic& group,
                  std::size_t vni,
                  uint32_t sender,
                  TenantFlood kind,
                  const std::vector<uint32_t>& listeners)
{
    FloodedFrame frame;
    if (UsesGroups(plane))
    {
        GroupTraffic traffic = group;
        for (VniTraffic& other : traffic.vnis)
        {
            other.senders.clear();
        }
        traffic.vnis.at(vni).senders = {sender};
        TreeStateModel model(network, tree);
        model.Add(traffic);
        frame.replicas = 1;
        frame.copies = model.GetTotals().copies;
        return frame;
    }
    const bool isChosen = UsesController(plane);
    if (isChosen && kind == TenantFlood::Broadcast)
    {
        return frame;
    }
    for (uint32_t member : isChosen ? listeners : group.vnis.at(vni).members)
    {
        if (member != sender)
        {
            ++frame.replicas;
            frame.copies += network.CountLinks(sender, member);
        }
    }
    return frame;
}

} // namespace ns3
