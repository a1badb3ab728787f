// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ospf-helper.h"

#include "ns3/interface-names.h"
#include "ns3/node.h"

#include <stdexcept>

namespace ns3
{

namespace
{

/** Changes one field of an interface's settings. */
template <typename Change>
void
ChangeOspfSettings(Ptr<Node> node, uint32_t interface, Change change)
{
    Ptr<OspfRouting> ospf = OspfHelper::GetOspf(node);
    RequireInterface(node, interface);
    OspfInterfaceSettings settings = ospf->GetInterfaceSettings(interface);
    change(settings);
    ospf->SetInterfaceSettings(interface, settings);
}

} // namespace

OspfHelper::OspfHelper()
{
    m_factory.SetTypeId("ns3::OspfRouting");
}

OspfHelper*
OspfHelper::Copy() const
{
    return new OspfHelper(*this);
}

Ptr<Ipv4RoutingProtocol>
OspfHelper::Create(Ptr<Node> node) const
{
    Ptr<OspfRouting> ospf = m_factory.Create<OspfRouting>();
    node->AggregateObject(ospf);
    return ospf;
}

void
OspfHelper::Set(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

Ptr<OspfRouting>
OspfHelper::FindOspf(Ptr<Node> node)
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    return ipv4 ? Ptr<OspfRouting>(dynamic_cast<OspfRouting*>(FindUnicastRib(ipv4))) : nullptr;
}

Ptr<OspfRouting>
OspfHelper::GetOspf(Ptr<Node> node)
{
    Ptr<OspfRouting> ospf = FindOspf(node);
    if (!ospf)
    {
        throw std::invalid_argument(GetNodeName(node) + " has no OSPF, install it first");
    }
    return ospf;
}

void
OspfHelper::SetRouterId(Ptr<Node> node, Ipv4Address routerId)
{
    GetOspf(node)->SetRouterId(OspfId(routerId));
}

void
OspfHelper::SetInterfaceCost(Ptr<Node> node, uint32_t interface, uint16_t cost)
{
    Ptr<OspfRouting> ospf = GetOspf(node);
    RequireInterface(node, interface);
    if (cost == 0)
    {
        throw std::invalid_argument("an OSPF cost is 1 to 65535 (RFC 2328 §C.3), not 0");
    }
    ospf->SetInterfaceCost(interface, cost);
}

void
OspfHelper::SetInterfaceArea(Ptr<Node> node, uint32_t interface, Ipv4Address area)
{
    ChangeOspfSettings(
        node, interface, [area](OspfInterfaceSettings& s) { s.area = OspfId(area); });
}

void
OspfHelper::SetInterfacePriority(Ptr<Node> node, uint32_t interface, uint8_t priority)
{
    ChangeOspfSettings(
        node, interface, [priority](OspfInterfaceSettings& s) { s.priority = priority; });
}

void
OspfHelper::SetInterfaceNetworkType(Ptr<Node> node, uint32_t interface, OspfNetworkType type)
{
    ChangeOspfSettings(node, interface, [type](OspfInterfaceSettings& s) { s.type = type; });
}

void
OspfHelper::SetInterfacePassive(Ptr<Node> node, uint32_t interface, bool passive)
{
    ChangeOspfSettings(
        node, interface, [passive](OspfInterfaceSettings& s) { s.passive = passive; });
}

void
OspfHelper::SetInterfaceMtu(Ptr<Node> node, uint32_t interface, uint16_t mtu)
{
    ChangeOspfSettings(node, interface, [mtu](OspfInterfaceSettings& s) { s.mtu = mtu; });
}

void
OspfHelper::ExcludeInterface(Ptr<Node> node, uint32_t interface)
{
    GetOspf(node)->ExcludeInterface(interface);
}

void
OspfHelper::SetStubArea(const NodeContainer& nodes, Ipv4Address area, bool summaries)
{
    OspfAreaConfig config;
    config.id = OspfId(area);
    config.stub = true;
    config.importSummaries = summaries;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        GetOspf(*node)->ConfigureArea(config);
    }
}

int64_t
OspfHelper::AssignStreams(const NodeContainer& nodes, int64_t stream)
{
    int64_t used = 0;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        used += GetOspf(*node)->AssignStreams(stream + used);
    }
    return used;
}

} // namespace ns3
