// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vtep-interface.h"

#include "ns3/topology-address.h"

namespace ns3
{

std::string
FindVtepInterface(const TopologyGraph& topology, std::size_t node, const std::string& local)
{
    const auto address = ParseAddress(local);
    for (std::size_t number : topology.nodes[node].attachments)
    {
        const TopologyAttachment& attachment = topology.attachments[number];
        if (attachment.interface == local || (address && attachment.address == *address))
        {
            return attachment.interface;
        }
    }
    return "";
}

} // namespace ns3
