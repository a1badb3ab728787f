// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/ssm-tree.h"

#include <algorithm>

namespace ns3
{

SsmTree::SsmTree(const ModelNetwork& network)
    : m_network(network),
      m_states(network.GetRouters().size())
{
}

std::size_t
SsmTree::Find(uint32_t router, const ModelVtep& source, TopologyAddress group)
{
    const std::size_t known = m_states.Find(router);
    if (known != m_states.NONE)
    {
        return known;
    }
    const std::size_t index = m_states.Add(router);
    State& state = m_states[index];
    state.outgoing.clear();
    state.connected = false;
    for (const ModelPort& gateway : source.gateways)
    {
        if (gateway.router == router)
        {
            state.connected = true;
            state.rpf = gateway.attachment;
        }
    }
    if (!state.connected)
    {
        const RpfHop& hop = m_network.GetHop(router, source.target, source.address, group);
        m_states[index].rpf = hop.attachment;
        const std::size_t up = Find(hop.upstream.router, source, group);
        m_states[up].outgoing.insert(hop.upstream.attachment);
    }
    return index;
}

void
SsmTree::Send(uint32_t vtep, const GroupTraffic& group, TreeOutcome& outcome)
{
    const ModelVtep& source = m_network.GetVteps()[vtep];
    m_receivers.clear();
    for (const VniTraffic& vni : group.vnis)
    {
        if (std::find(vni.senders.begin(), vni.senders.end(), vtep) != vni.senders.end())
        {
            m_receivers.insert(m_receivers.end(), vni.members.begin(), vni.members.end());
        }
    }
    std::sort(m_receivers.begin(), m_receivers.end());
    m_receivers.erase(std::unique(m_receivers.begin(), m_receivers.end()), m_receivers.end());
    m_states.Truncate(0);
    for (const ModelPort& gateway : source.gateways)
    {
        Find(gateway.router, source, group.address);
    }
    for (uint32_t receiver : m_receivers)
    {
        const ModelVtep& to = m_network.GetVteps()[receiver];
        if (receiver == vtep)
        {
            continue;
        }
        ++outcome.delivered;
        if (to.access != source.access)
        {
            const ModelPort& gateway = to.gateways.front();
            const std::size_t last = Find(gateway.router, source, group.address);
            m_states[last].outgoing.insert(gateway.attachment);
        }
    }
    if (source.attachment != MODEL_NONE)
    {
        outcome.copies.push_back(source.attachment);
    }
    AddRows(source, group.address, outcome);
}

void
SsmTree::AddRows(const ModelVtep& source, TopologyAddress group, TreeOutcome& outcome) const
{
    for (std::size_t i = 0; i < m_states.GetSize(); ++i)
    {
        const State& state = m_states[i];
        outcome.Add(
            TreeRow::Kind::Sg, state.router, source.address, group, state.rpf, state.outgoing);
        if (!state.outgoing.empty())
        {
            outcome.Add(TreeRow::Kind::Forwarding,
                        state.router,
                        source.address,
                        group,
                        state.rpf,
                        state.outgoing);
        }
        for (uint32_t oif : state.outgoing)
        {
            if (!m_network.IsLoopback(oif))
            {
                outcome.copies.push_back(oif);
            }
        }
    }
}

} // namespace ns3
