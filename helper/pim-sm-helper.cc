// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/pim-sm-helper.h"

#include "ns3/abort.h"
#include "ns3/igmp-protocol.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4.h"
#include "ns3/names.h"
#include "ns3/node.h"

namespace ns3
{

PimSmHelper::PimSmHelper()
{
    m_factory.SetTypeId(PimSmRouting::GetTypeId());
}

void
PimSmHelper::Set(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

PimSmHelper*
PimSmHelper::Copy() const
{
    return new PimSmHelper(*this);
}

Ptr<Ipv4RoutingProtocol>
PimSmHelper::Create(Ptr<Node> node) const
{
    Ptr<PimSmRouting> pim = m_factory.Create<PimSmRouting>();
    node->AggregateObject(pim);
    return pim;
}

Ptr<PimSmRouting>
PimSmHelper::Install(Ptr<Node> node) const
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    NS_ABORT_MSG_IF(!ipv4 || !ipv4->GetRoutingProtocol(),
                    "PIM needs a node with IPv4 and a unicast routing protocol");
    Ptr<Ipv4ListRouting> list = DynamicCast<Ipv4ListRouting>(ipv4->GetRoutingProtocol());
    if (!list)
    {
        Ptr<Ipv4RoutingProtocol> unicast = ipv4->GetRoutingProtocol();
        list = CreateObject<Ipv4ListRouting>();
        ipv4->SetRoutingProtocol(list);
        list->AddRoutingProtocol(unicast, 0);
    }
    Ptr<Ipv4RoutingProtocol> pim = Create(node);
    list->AddRoutingProtocol(pim, PRIORITY);
    ConnectMembership(node);
    return DynamicCast<PimSmRouting>(pim);
}

void
PimSmHelper::ConnectMembership(Ptr<Node> node)
{
    Ptr<PimSmRouting> pim = Get(node);
    IgmpProtocol* igmp = PeekPointer(node->GetObject<IgmpProtocol>());
    if (pim && igmp)
    {
        pim->SetMembership(igmp);
        pim->SetOwnMembership([igmp](uint32_t interface, Ipv4Address source, Ipv4Address group) {
            return igmp->IsMember(interface, source, group);
        });
    }
}

void
PimSmHelper::Install(const NodeContainer& nodes) const
{
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        Install(*node);
    }
}

Ptr<PimSmRouting>
PimSmHelper::Install(const std::string& name) const
{
    return Install(Names::Find<Node>(name));
}

void
PimSmHelper::SetAnycastRp(const NodeContainer& nodes,
                          Ipv4Address rp,
                          const std::vector<Ipv4Address>& members)
{
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        Ptr<PimSmRouting> pim = Get(*node);
        NS_ABORT_MSG_UNLESS(pim, "node " << (*node)->GetId() << " has no PIM");
        pim->SetAnycastRp({rp, members});
    }
}

Ptr<PimSmRouting>
PimSmHelper::Get(Ptr<Node> node)
{
    return node->GetObject<PimSmRouting>();
}

int64_t
PimSmHelper::AssignStreams(const NodeContainer& nodes, int64_t stream)
{
    int64_t used = 0;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (Ptr<PimSmRouting> pim = Get(*node))
        {
            used += pim->AssignStreams(stream + used);
        }
    }
    return used;
}

} // namespace ns3
