// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/msdp-helper.h"

#include "ns3/interface-names.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/tcp-l4-protocol.h"

#include <stdexcept>
#include <string>

namespace ns3
{

MsdpHelper::MsdpHelper()
{
    m_factory.SetTypeId(MsdpProtocol::GetTypeId());
}

void
MsdpHelper::Set(const std::string& name, const AttributeValue& value)
{
    m_factory.Set(name, value);
}

Ptr<MsdpProtocol>
MsdpHelper::Install(Ptr<Node> node) const
{
    Ptr<MsdpProtocol> msdp = Get(node);
    if (msdp)
    {
        return msdp;
    }
    Ptr<PimSmRouting> pim = PimSmHelper::Get(node);
    if (!pim)
    {
        throw std::invalid_argument(GetNodeName(node) + " has no PIM, which MSDP needs");
    }
    if (!node->GetObject<TcpL4Protocol>())
    {
        node->AggregateObject(CreateObject<TcpL4Protocol>());
    }
    msdp = m_factory.Create<MsdpProtocol>();
    msdp->SetSources(PeekPointer(pim));
    node->AggregateObject(msdp);
    return msdp;
}

void
MsdpHelper::InstallMesh(const NodeContainer& nodes,
                        const std::vector<Ipv4Address>& addresses,
                        const std::string& group) const
{
    if (nodes.GetN() != addresses.size())
    {
        throw std::invalid_argument("a mesh group of " + std::to_string(nodes.GetN()) +
                                    " nodes needs as many addresses, not " +
                                    std::to_string(addresses.size()));
    }
    for (uint32_t i = 0; i < nodes.GetN(); ++i)
    {
        Ptr<MsdpProtocol> msdp = Install(nodes.Get(i));
        for (uint32_t j = 0; j < nodes.GetN(); ++j)
        {
            if (i != j)
            {
                MsdpPeerConfig peer;
                peer.local = addresses[i];
                peer.address = addresses[j];
                peer.meshGroup = group;
                msdp->AddPeer(peer);
            }
        }
    }
}

Ptr<MsdpProtocol>
MsdpHelper::Get(Ptr<Node> node)
{
    return node->GetObject<MsdpProtocol>();
}

} // namespace ns3
