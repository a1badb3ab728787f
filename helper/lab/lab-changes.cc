// SPDX-License-Identifier: GPL-2.0-only
// What events change on the links and interfaces of a lab. An interface is up while its node is, it
// is not shut, and it has a carrier.
#include "ns3/ipv4.h"
#include "ns3/lab-network.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/pointer.h"

namespace ns3
{

namespace
{

// Random streams: fixed, so that one link's losses do not depend on another's.
constexpr int64_t STREAMS_OF_LOSSES = int64_t(1) << 41;
constexpr int64_t STREAMS_OF_LOSSES_BY_SENDER = int64_t(1) << 42;

void
SetIpUp(Ptr<Ipv4> ipv4, uint32_t interface, bool up)
{
    if (up != ipv4->IsUp(interface))
    {
        up ? ipv4->SetUp(interface) : ipv4->SetDown(interface);
    }
}

} // namespace

bool
LabNetwork::IsAttachmentUp(std::size_t attachment) const
{
    const TopologyAttachment& end = m_graph.attachments[attachment];
    return m_nodes[end.node].up && m_shut.count({end.node, end.interface}) == 0 &&
           HasCarrier(attachment);
}

const std::map<std::size_t, double>&
LabNetwork::GetLossRates() const
{
    return m_lossRates;
}

bool
LabNetwork::HasCarrier(std::size_t attachment) const
{
    const std::size_t number = m_graph.attachments[attachment].network;
    if (m_networksDown.count(number) != 0 || m_attachmentsDown.count(attachment) != 0)
    {
        return false;
    }
    const TopologyNetwork& network = m_graph.networks[number];
    if (!network.pointToPoint)
    {
        return true; // a switch holds it
    }
    for (std::size_t other : network.attachments)
    {
        const TopologyAttachment& end = m_graph.attachments[other];
        const bool isDead = !m_nodes[end.node].up && m_silent.count(end.node) == 0;
        if (other != attachment && (isDead || m_shut.count({end.node, end.interface}) != 0))
        {
            return false;
        }
    }
    return true;
}

void
LabNetwork::UpdateInterface(std::size_t attachment)
{
    const TopologyAttachment& end = m_graph.attachments[attachment];
    SetIpUp(m_nodes[end.node].node->GetObject<Ipv4>(),
            m_interfaces[attachment],
            m_nodes[end.node].up && m_shut.count({end.node, end.interface}) == 0 &&
                HasCarrier(attachment));
}

void
LabNetwork::UpdateLoopbacks(std::size_t number)
{
    const std::vector<TopologyLoopback>& loopbacks = m_graph.nodes[number].loopbacks;
    for (std::size_t i = 0; i < loopbacks.size(); ++i)
    {
        SetIpUp(m_nodes[number].node->GetObject<Ipv4>(),
                m_loopbacks[number][i],
                m_nodes[number].up && m_shut.count({number, loopbacks[i].name}) == 0);
    }
}

/** Updates what is at the other ends of a node's links. */
void
LabNetwork::UpdatePeers(std::size_t number)
{
    for (std::size_t own : m_graph.nodes[number].attachments)
    {
        for (std::size_t other : m_graph.networks[m_graph.attachments[own].network].attachments)
        {
            other != own ? UpdateInterface(other) : void();
        }
    }
}

void
LabNetwork::SetNetworkUp(std::size_t network, bool up)
{
    up ? (void)m_networksDown.erase(network) : (void)m_networksDown.insert(network);
    for (std::size_t attachment : m_graph.networks[network].attachments)
    {
        UpdateInterface(attachment);
    }
}

void
LabNetwork::SetAttachmentUp(std::size_t attachment, bool up)
{
    up ? (void)m_attachmentsDown.erase(attachment) : (void)m_attachmentsDown.insert(attachment);
    UpdateInterface(attachment);
}

void
LabNetwork::SetInterfaceUp(const std::string& node, const std::string& interface, bool up)
{
    const std::size_t number = m_index.at(node);
    up ? (void)m_shut.erase({number, interface}) : (void)m_shut.insert({number, interface});
    if (const auto attachment = m_graph.FindInterface(number, interface))
    {
        UpdateInterface(*attachment);
    }
    UpdateLoopbacks(number);
    UpdatePeers(number);
}

void
LabNetwork::SetLoss(std::size_t network, double rate, std::optional<std::size_t> from)
{
    rate > 0 ? void(m_lossRates[network] = rate) : void(m_lossRates.erase(network));
    Address sender;
    for (std::size_t attachment : m_graph.networks[network].attachments)
    {
        if (from && m_graph.attachments[attachment].node == *from)
        {
            sender = m_devices[attachment]->GetAddress();
        }
    }
    for (std::size_t attachment : m_graph.networks[network].attachments)
    {
        if (from && m_graph.attachments[attachment].node == *from)
        {
            continue;
        }
        Ptr<LinkLoss>& model = m_losses[attachment];
        if (!model)
        {
            const auto stream = static_cast<int64_t>(attachment);
            model = CreateObject<LinkLoss>(STREAMS_OF_LOSSES + stream,
                                           STREAMS_OF_LOSSES_BY_SENDER + stream);
            m_devices[attachment]->SetAttribute("ReceiveErrorModel", PointerValue(model));
        }
        if (!from)
        {
            model->SetRate(rate);
        }
        else if (m_graph.networks[network].pointToPoint)
        {
            model->SetRateOfPeer(rate);
        }
        else
        {
            model->SetRateOf(sender, rate);
        }
    }
}

void
LabNetwork::SetStaticRp(const std::string& node, const Ipv4Prefix& range, Ipv4Address rp, bool up)
{
    PimSmRouting& pim = *GetNode(node).pim;
    if (!up)
    {
        pim.RemoveStaticRp(range, rp);
        return;
    }
    m_settings.bidirectional ? pim.AddBidirRp(range, rp) : pim.AddStaticRp(range, rp);
}

} // namespace ns3
