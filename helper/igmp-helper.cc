// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/igmp-helper.h"

#include "ns3/names.h"

namespace ns3
{

namespace
{

/** Changes one field of an interface's settings. */
template <typename Change>
void
ChangeSettings(Ptr<Node> node, uint32_t interface, Change change)
{
    Ptr<IgmpProtocol> igmp = node->GetObject<IgmpProtocol>();
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
    ChangeSettings(node, interface, [](IgmpInterfaceSettings& s) { s.querier = true; });
}

void
IgmpHelper::SetVersion(Ptr<Node> node, uint32_t interface, uint8_t version)
{
    ChangeSettings(node, interface, [version](IgmpInterfaceSettings& s) { s.version = version; });
}

void
IgmpHelper::EnableQuerier(const Ipv4InterfaceContainer& interfaces)
{
    for (auto entry = interfaces.Begin(); entry != interfaces.End(); ++entry)
    {
        EnableQuerier(entry->first->GetObject<Node>(), entry->second);
    }
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
