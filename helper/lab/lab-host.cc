// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-host.h"

#include "ns3/igmp-protocol.h"

namespace ns3
{

LabHost
GetLabHost(const LabNetwork& network, const LabTenants& tenants, const std::string& name)
{
    if (const LabTenant* tenant = tenants.Find(name))
    {
        EchoSource* light = tenant->light.get();
        return {name, tenant->node, tenant->igmp, light ? light : PeekPointer(tenant->echo)};
    }
    const LabNode& node = network.GetNode(name);
    return {name, node.node, node.igmp, PeekPointer(node.echo)};
}

} // namespace ns3
