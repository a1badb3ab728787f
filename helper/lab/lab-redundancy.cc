// SPDX-License-Identifier: GPL-2.0-only
// What the topology keys anycastRp, msdp and bfd put on a node.
#include "ns3/bfd-helper.h"
#include "ns3/bfd-protocol.h"
#include "ns3/lab-network.h"
#include "ns3/msdp-helper.h"
#include "ns3/msdp-protocol.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/pim-sm-routing.h"

namespace ns3
{

namespace
{

MsdpPeerConfig
MakePeer(const MsdpPeerSpec& spec)
{
    MsdpPeerConfig peer;
    peer.local = Ipv4Address(spec.local);
    peer.address = Ipv4Address(spec.peer);
    peer.meshGroup = spec.meshGroup;
    for (const Ipv4Prefix& prefix : spec.in)
    {
        peer.in.Permit(prefix);
    }
    for (const Ipv4Prefix& prefix : spec.out)
    {
        peer.out.Permit(prefix);
    }
    return peer;
}

} // namespace

void
LabNetwork::AddAnycastRps(std::size_t number)
{
    for (const AnycastRpSpec& spec : m_graph.nodes[number].anycastRps)
    {
        PimAnycastRp set;
        set.rp = Ipv4Address(spec.address);
        for (TopologyAddress member : spec.members)
        {
            set.members.emplace_back(member);
        }
        m_nodes[number].pim->SetAnycastRp(set);
    }
}

void
LabNetwork::AddMsdp(std::size_t number)
{
    const std::vector<MsdpPeerSpec>& peers = m_graph.nodes[number].msdp;
    if (peers.empty())
    {
        return;
    }
    m_nodes[number].msdp = MsdpHelper().Install(m_nodes[number].node);
    for (const MsdpPeerSpec& spec : peers)
    {
        m_nodes[number].msdp->AddPeer(MakePeer(spec));
    }
}

/** A node has BFD where one of its links has it. */
void
LabNetwork::AddBfd(std::size_t number)
{
    LabNode& lab = m_nodes[number];
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        const std::string& time = m_graph.attachments[attachment].bfd;
        if (!time.empty() && (lab.ospf || lab.pim))
        {
            lab.bfd = BfdHelper().Install(lab.node);
            lab.bfd->EnableInterface(m_interfaces[attachment], Time(time));
        }
    }
}

} // namespace ns3
