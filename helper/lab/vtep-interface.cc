// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vtep-interface.h"

#include "ns3/topology-address.h"

#include <algorithm>

namespace ns3
{

std::string
FindVtepInterface(const TopologyGraph& topology, std::size_t node, const std::string& local)
{
    const auto address = ParseAddress(local);
    // First the loopbacks, whose addresses unnumbered interfaces borrow.
    for (const TopologyLoopback& loopback : topology.nodes[node].loopbacks)
    {
        const auto isIt = [&address](const LoopbackAddress& each) {
            return address && each.address == *address;
        };
        if (loopback.name == local ||
            std::any_of(loopback.addresses.begin(), loopback.addresses.end(), isIt))
        {
            return loopback.name;
        }
    }
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
