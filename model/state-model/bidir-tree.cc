// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/bidir-tree.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace ns3
{

BidirTree::BidirTree(const ModelNetwork& network)
    : m_network(network),
      m_states(network.GetRouters().size()),
      m_routerRound(network.GetRouters().size(), 0),
      m_joinRound(network.GetAttachmentCount(), 0)
{
}

bool
BidirTree::IsOnRpLink(uint32_t router) const
{
    return std::any_of(m_rp->link.begin(), m_rp->link.end(), [router](const ModelPort& port) {
        return port.router == router;
    });
}

uint32_t
BidirTree::GetRpfInterface(uint32_t router) const
{
    for (const ModelPort& port : m_rp->link)
    {
        if (port.router == router)
        {
            return port.attachment;
        }
    }
    return m_network.GetHop(router, m_rp->target, 0, m_group->GetAddress()).attachment;
}

BidirTree::State&
BidirTree::Find(uint32_t router)
{
    const std::size_t index = m_states.Find(router);
    if (index != m_states.NONE)
    {
        return m_states[index];
    }
    State& state = m_states[m_states.Add(router)];
    state.rpf = GetRpfInterface(router);
    state.climbed = false;
    state.joins.clear();
    state.members.clear();
    return state;
}

/** The least metric to the RP address, then the highest address. */
ModelPort
BidirTree::FindForwarder(const std::vector<ModelPort>& link) const
{
    if (link.size() == 1)
    {
        return link.front();
    }
    return *std::min_element(
        link.begin(), link.end(), [this](const ModelPort& a, const ModelPort& b) {
            const uint32_t metricA = m_network.GetMetric(a.router, m_rp->target);
            const uint32_t metricB = m_network.GetMetric(b.router, m_rp->target);
            const auto& attachments = m_network.GetGraph().attachments;
            return metricA != metricB
                       ? metricA < metricB
                       : attachments[a.attachment].address > attachments[b.attachment].address;
        });
}

/** \returns where \p router, which is not on the RP link, sends its Join(*,G): the link's
 * forwarder. */
ModelPort
BidirTree::FindUpstream(uint32_t router) const
{
    const RpfHop& hop = m_network.GetHop(router, m_rp->target, 0, m_group->GetAddress());
    return FindForwarder(m_network.GetNeighbors(hop.attachment));
}

void
BidirTree::Climb(uint32_t router)
{
    while (!IsOnRpLink(router) && !Find(router).climbed)
    {
        Find(router).climbed = true;
        const ModelPort up = FindUpstream(router);
        Find(up.router).joins.insert(up.attachment);
        router = up.router;
    }
}

void
BidirTree::Begin(const GroupMembers& group)
{
    m_group = &group;
    m_rp = &m_network.GetRp(group.GetAddress());
    if (m_rp->members.size() > 1)
    {
        // Each part of the network would have a tree of its own (RFC 5015 §2.1: one RP link).
        throw std::invalid_argument("RP " + FormatAddress(m_rp->address) +
                                    " is on several routers, which bidirectional groups cannot "
                                    "have, expected prefixes of different length (rp=phantom)");
    }
    m_rpLink = m_network.GetNetwork(m_rp->port.attachment);
    m_states.Truncate(0);
}

void
BidirTree::SetGroup(const GroupMembers& group, TreeOutcome& outcome)
{
    Begin(group);
    for (uint32_t member : group.GetMembers())
    {
        const ModelVtep& vtep = m_network.GetVteps()[member];
        if (vtep.access != m_rpLink)
        {
            const ModelPort gateway = FindForwarder(vtep.gateways);
            Find(gateway.router).members.insert(gateway.attachment);
            Climb(gateway.router);
        }
    }
    for (std::size_t i = 0; i < m_states.GetSize(); ++i)
    {
        const State& state = m_states[i];
        OifSet outgoing = state.joins;
        outgoing.insert(state.members.begin(), state.members.end());
        for (TreeRow::Kind kind : {TreeRow::Kind::StarG, TreeRow::Kind::Forwarding})
        {
            outcome.Add(kind, state.router, 0, group.GetAddress(), state.rpf, outgoing);
        }
    }
}

uint32_t
BidirTree::CountGroup(const GroupMembers& group, TreeOutcome& outcome)
{
    Begin(group);
    ++m_round;
    const auto isFirst = [this](uint32_t& round) {
        return std::exchange(round, m_round) != m_round;
    };
    const bool haveLinks =
        m_network.GetVteps()[group.GetMembers().front()].attachment != MODEL_NONE;
    std::size_t copies = haveLinks ? group.GetMembers().size() : 0;
    for (uint32_t leaf : group.GetLeaves())
    {
        for (uint32_t router = leaf; isFirst(m_routerRound[router]);)
        {
            outcome.starG.push_back(router);
            if (IsOnRpLink(router))
            {
                break;
            }
            const ModelPort up = FindUpstream(router);
            copies += isFirst(m_joinRound[up.attachment]) ? 1 : 0;
            router = up.router;
        }
    }
    outcome.mfcStarG = outcome.starG;
    // A link with a VTEP has no second router here, and has been counted if the VTEP is a member.
    const bool counted = m_network.IsLoopback(m_rp->port.attachment) ||
                         (m_rp->link.size() == 1 && group.CountOn(m_rpLink) > 0);
    return static_cast<uint32_t>(copies + (counted ? 0 : 1));
}

/** One copy from \p attachment onto its network. */
void
BidirTree::Cross(uint32_t attachment, TreeOutcome& outcome)
{
    outcome.copies.push_back(attachment);
    outcome.delivered += m_group->CountOn(m_network.GetNetwork(attachment));
    m_queue.insert(m_queue.end(),
                   m_network.GetNeighbors(attachment).begin(),
                   m_network.GetNeighbors(attachment).end());
}

void
BidirTree::Forward(const State& state, uint32_t incoming, TreeOutcome& outcome)
{
    OifSet outgoing = state.joins;
    outgoing.insert(state.members.begin(), state.members.end());
    outgoing.insert(state.rpf);
    outgoing.erase(incoming);
    for (uint32_t oif : outgoing)
    {
        // A loopback of the router itself is no link.
        if (m_network.IsLoopback(oif))
        {
            outcome.delivered += m_group->CountOn(m_network.GetNetwork(oif));
            continue;
        }
        Cross(oif, outcome);
    }
}

void
BidirTree::Send(uint32_t vtep, TreeOutcome& outcome)
{
    const ModelVtep& source = m_network.GetVteps()[vtep];
    m_queue.clear();
    if (source.attachment != MODEL_NONE)
    {
        Cross(source.attachment, outcome);
        --outcome.delivered;
    }
    else
    {
        m_queue.push_back(source.gateways.front());
    }
    for (std::size_t i = 0; i < m_queue.size(); ++i)
    {
        const ModelPort port = m_queue[i];
        const std::size_t index = m_states.Find(port.router);
        if (index == m_states.NONE)
        {
            continue;
        }
        const State& state = m_states[index];
        std::vector<ModelPort> link{port};
        const auto& others = m_network.GetNeighbors(port.attachment);
        link.insert(link.end(), others.begin(), others.end());
        const bool forwarder = m_network.GetNetwork(port.attachment) != m_rpLink &&
                               FindForwarder(link).router == port.router;
        if (port.attachment == state.rpf || forwarder)
        {
            Forward(state, port.attachment, outcome);
        }
    }
}

} // namespace ns3
