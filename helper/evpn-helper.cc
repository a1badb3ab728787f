// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/evpn-helper.h"

#include "ns3/evpn-control-plane.h"
#include "ns3/tcp-l4-protocol.h"

namespace ns3
{

EvpnHelper::EvpnHelper()
{
    m_factory.SetTypeId("ns3::EvpnProtocol");
}

void
EvpnHelper::Set(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

Ptr<EvpnProtocol>
EvpnHelper::Install(Ptr<Node> node) const
{
    Ptr<EvpnProtocol> speaker = Get(node);
    if (!node->GetObject<TcpL4Protocol>())
    {
        node->AggregateObject(CreateObject<TcpL4Protocol>());
    }
    if (!speaker)
    {
        speaker = m_factory.Create<EvpnProtocol>();
        node->AggregateObject(speaker);
    }
    return speaker;
}

void
EvpnHelper::Install(const NodeContainer& vteps) const
{
    for (uint32_t i = 0; i < vteps.GetN(); ++i)
    {
        Ptr<EvpnProtocol> speaker = Install(vteps.Get(i));
        for (uint32_t j = 0; j < i; ++j)
        {
            Connect(Get(vteps.Get(j)), speaker, false);
        }
    }
}

void
EvpnHelper::Install(const NodeContainer& vteps, const NodeContainer& reflectors) const
{
    Install(reflectors);
    for (uint32_t i = 0; i < vteps.GetN(); ++i)
    {
        Ptr<EvpnProtocol> speaker = Install(vteps.Get(i));
        for (uint32_t j = 0; j < reflectors.GetN(); ++j)
        {
            Ptr<EvpnProtocol> reflector = Get(reflectors.Get(j));
            if (speaker != reflector)
            {
                Connect(speaker, reflector, true);
            }
        }
    }
}

ObjectFactory
EvpnHelper::MakeControlPlane()
{
    ObjectFactory factory;
    factory.SetTypeId(EvpnControlPlane::GetTypeId());
    return factory;
}

Ptr<EvpnProtocol>
EvpnHelper::Get(Ptr<Node> node)
{
    return node->GetObject<EvpnProtocol>();
}

void
EvpnHelper::Connect(Ptr<EvpnProtocol> from, Ptr<EvpnProtocol> to, bool isClient)
{
    // A reflector waits for its clients, so that its sessions come up when theirs do.
    from->AddPeer({to->GetRouterId(), false, false});
    to->AddPeer({from->GetRouterId(), isClient, isClient});
}

} // namespace ns3
