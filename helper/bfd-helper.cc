// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bfd-helper.h"

#include "ns3/interface-names.h"
#include "ns3/ospf-helper.h"
#include "ns3/pim-sm-helper.h"

#include <stdexcept>

namespace ns3
{

Ptr<BfdProtocol>
BfdHelper::Install(Ptr<Node> node) const
{
    Ptr<BfdProtocol> bfd = Get(node);
    if (bfd)
    {
        return bfd;
    }
    if (!node->GetObject<Ipv4>())
    {
        throw std::invalid_argument(GetNodeName(node) + " has no IPv4, which BFD needs");
    }
    bfd = CreateObject<BfdProtocol>();
    node->AggregateObject(bfd);
    if (Ptr<OspfRouting> ospf = OspfHelper::FindOspf(node))
    {
        ospf->SetLiveness(PeekPointer(bfd));
    }
    if (Ptr<PimSmRouting> pim = PimSmHelper::Get(node))
    {
        pim->SetLiveness(PeekPointer(bfd));
    }
    return bfd;
}

void
BfdHelper::Install(const NodeContainer& nodes) const
{
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        Install(*node);
    }
}

void
BfdHelper::EnableInterface(Ptr<Node> node, uint32_t interface, Time detectionTime)
{
    Ptr<BfdProtocol> bfd = Get(node);
    if (!bfd)
    {
        throw std::invalid_argument(GetNodeName(node) + " has no BFD, install it first");
    }
    RequireInterface(node, interface);
    bfd->EnableInterface(interface, detectionTime);
}

Ptr<BfdProtocol>
BfdHelper::Get(Ptr<Node> node)
{
    return node->GetObject<BfdProtocol>();
}

int64_t
BfdHelper::AssignStreams(const NodeContainer& nodes, int64_t stream)
{
    int64_t used = 0;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (Ptr<BfdProtocol> bfd = Get(*node))
        {
            used += bfd->AssignStreams(stream + used);
        }
    }
    return used;
}

} // namespace ns3
