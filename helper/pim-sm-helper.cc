// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/pim-sm-helper.h"

#include "ns3/address-checks.h"
#include "ns3/bfd-protocol.h"
#include "ns3/igmp-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/ipv4-list-routing.h"
#include "ns3/ipv4.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/pim-spt-policy.h"
#include "ns3/unicast-rib-routing.h"

#include <optional>
#include <stdexcept>

namespace ns3
{

namespace
{

/** \throws std::invalid_argument */
Ptr<PimSmRouting>
GetPim(Ptr<Node> node)
{
    Ptr<PimSmRouting> pim = PimSmHelper::Get(node);
    if (!pim)
    {
        throw std::invalid_argument(GetNodeName(node) + " has no PIM, install it first");
    }
    return pim;
}

/** \throws std::invalid_argument */
Ipv4Prefix
ReadGroupRange(const std::string& text)
{
    const std::optional<Ipv4Prefix> range = PimSptPolicy::ParseRange(text);
    if (!range || !Ipv4Prefix(Ipv4Address("224.0.0.0"), 4).Contains(*range))
    {
        throw std::invalid_argument("'" + text +
                                    "' is no multicast range, give one such as 239.0.0.0/8");
    }
    return *range;
}

} // namespace

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
    ConnectMembership(node);
    if (Ptr<BfdProtocol> bfd = node->GetObject<BfdProtocol>())
    {
        pim->SetLiveness(PeekPointer(bfd));
    }
    return pim;
}

Ptr<PimSmRouting>
PimSmHelper::Install(Ptr<Node> node) const
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    if (!ipv4 || FindUnicastRib(ipv4) == nullptr)
    {
        throw std::invalid_argument("PIM on " + GetNodeName(node) +
                                    " needs IPv4 with OspfRouting or StaticUnderlayRouting "
                                    "(OspfHelper, StaticUnderlayHelper)");
    }
    if (Get(node))
    {
        throw std::invalid_argument(GetNodeName(node) + " has PIM already");
    }
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
PimSmHelper::SetStaticRp(const NodeContainer& nodes, const std::string& range, Ipv4Address rp)
{
    const Ipv4Prefix prefix = ReadGroupRange(range);
    RequireUnicast(rp);
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        GetPim(*node)->AddStaticRp(prefix, rp);
    }
}

void
PimSmHelper::SetBidirRp(const NodeContainer& nodes, const std::string& range, Ipv4Address rp)
{
    const Ipv4Prefix prefix = ReadGroupRange(range);
    RequireUnicast(rp);
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        GetPim(*node)->AddBidirRp(prefix, rp);
    }
}

void
PimSmHelper::SetCandidateRp(Ptr<Node> node,
                            uint32_t interface,
                            const std::string& range,
                            uint8_t priority)
{
    PimCandidateRp candidate;
    candidate.ranges = {ReadGroupRange(range)};
    candidate.priority = priority;
    Ptr<PimSmRouting> pim = GetPim(node);
    RequireInterface(node, interface);
    candidate.interface = interface;
    pim->SetCandidateRp(candidate);
}

void
PimSmHelper::SetCandidateBsr(Ptr<Node> node, uint32_t interface, uint8_t priority)
{
    Ptr<PimSmRouting> pim = GetPim(node);
    RequireInterface(node, interface);
    PimCandidateBsr candidate;
    candidate.interface = interface;
    candidate.priority = priority;
    pim->SetCandidateBsr(candidate);
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
        GetPim(*node)->SetAnycastRp({rp, members});
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
