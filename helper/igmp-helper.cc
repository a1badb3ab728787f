// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/igmp-helper.h"

#include "ns3/address-checks.h"
#include "ns3/igmp-member.h"
#include "ns3/interface-names.h"
#include "ns3/names.h"
#include "ns3/node.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/uinteger.h"

#include <stdexcept>

namespace ns3
{

namespace
{

/** Changes one field of an interface's settings. */
template <typename Change>
void
ChangeIgmpSettings(Ptr<Node> node, uint32_t interface, Change change)
{
    Ptr<IgmpProtocol> igmp = node->GetObject<IgmpProtocol>();
    if (!igmp)
    {
        throw std::invalid_argument(GetNodeName(node) + " has no IGMP, install it first");
    }
    RequireInterface(node, interface);
    IgmpInterfaceSettings settings = igmp->GetInterfaceSettings(interface);
    change(settings);
    igmp->SetInterfaceSettings(interface, settings);
}

} // namespace

IgmpHelper::IgmpHelper()
{
    m_factory.SetTypeId("ns3::IgmpProtocol");
}

void
IgmpHelper::Set(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

Ptr<IgmpProtocol>
IgmpHelper::Install(Ptr<Node> node) const
{
    Ptr<IgmpProtocol> igmp = node->GetObject<IgmpProtocol>();
    if (!igmp)
    {
        igmp = m_factory.Create<IgmpProtocol>();
        node->AggregateObject(igmp);
        PimSmHelper::ConnectMembership(node);
    }
    return igmp;
}

Ptr<IgmpProtocol>
IgmpHelper::Install(const std::string& nodeName) const
{
    return Install(Names::Find<Node>(nodeName));
}

void
IgmpHelper::Install(const NodeContainer& nodes) const
{
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        Install(*node);
    }
}

void
IgmpHelper::EnableQuerier(Ptr<Node> node, uint32_t interface)
{
    ChangeIgmpSettings(node, interface, [](IgmpInterfaceSettings& s) { s.querier = true; });
}

void
IgmpHelper::SetVersion(Ptr<Node> node, uint32_t interface, uint8_t version)
{
    ChangeIgmpSettings(
        node, interface, [version](IgmpInterfaceSettings& s) { s.version = version; });
}

void
IgmpHelper::EnableQuerier(const Ipv4InterfaceContainer& interfaces)
{
    for (auto entry = interfaces.Begin(); entry != interfaces.End(); ++entry)
    {
        EnableQuerier(entry->first->GetObject<Node>(), entry->second);
    }
}

ApplicationContainer
IgmpHelper::JoinAt(const NodeContainer& nodes,
                   Ipv4Address group,
                   Time start,
                   Time stop,
                   uint32_t interface)
{
    RequireMulticast(group);
    ApplicationContainer applications;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        Ptr<IgmpMember> member = CreateObject<IgmpMember>();
        member->SetAttribute("Group", Ipv4AddressValue(group));
        member->SetAttribute("Interface", UintegerValue(interface));
        member->SetStartTime(start);
        if (stop != Time::Max())
        {
            member->SetStopTime(stop);
        }
        (*node)->AddApplication(member);
        applications.Add(member);
    }
    return applications;
}

int64_t
IgmpHelper::AssignStreams(const NodeContainer& nodes, int64_t stream)
{
    const int64_t first = stream;
    for (auto node = nodes.Begin(); node != nodes.End(); ++node)
    {
        if (Ptr<IgmpProtocol> igmp = (*node)->GetObject<IgmpProtocol>())
        {
            stream += igmp->AssignStreams(stream);
        }
    }
    return stream - first;
}

} // namespace ns3
