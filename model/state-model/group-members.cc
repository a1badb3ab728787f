// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/group-members.h"

namespace ns3
{

GroupMembers::GroupMembers(const ModelNetwork& network)
    : m_network(network),
      m_leafRound(network.GetRouters().size(), 0),
      m_memberRound(network.GetVteps().size(), 0),
      m_isMemberRound(network.GetVteps().size(), 0),
      m_senderRound(network.GetVteps().size(), 0),
      m_senderIndex(network.GetVteps().size(), 0)
{
    const std::size_t networks = network.GetNetworkCount();
    m_countRound.assign(networks, 0);
    m_count.assign(networks, 0);
}

void
GroupMembers::Set(const GroupTraffic& traffic)
{
    m_traffic = &traffic;
    ++m_round;
    m_members = &traffic.vnis.front().members;
    if (traffic.vnis.size() > 1)
    {
        m_union.clear();
        for (const VniTraffic& vni : traffic.vnis)
        {
            for (uint32_t vtep : vni.members)
            {
                if (m_memberRound[vtep] != m_round)
                {
                    m_memberRound[vtep] = m_round;
                    m_union.push_back(vtep);
                }
            }
        }
        m_members = &m_union;
    }
    m_leaves.clear();
    for (uint32_t vtep : *m_members)
    {
        const uint32_t leaf = m_network.GetLeaf(vtep);
        if (m_leafRound[leaf] != m_round)
        {
            m_leafRound[leaf] = m_round;
            m_leaves.push_back(leaf);
        }
    }
}

const std::vector<GroupSender>&
GroupMembers::GetSenders() const
{
    if (m_sendersRound == m_round)
    {
        return m_senders;
    }
    m_sendersRound = m_round;
    m_senders.clear();
    for (const VniTraffic& vni : m_traffic->vnis)
    {
        for (uint32_t vtep : vni.senders)
        {
            if (m_senderRound[vtep] != m_round)
            {
                m_senderRound[vtep] = m_round;
                m_senderIndex[vtep] = static_cast<uint32_t>(m_senders.size());
                m_senders.push_back({vtep, 0});
            }
            ++m_senders[m_senderIndex[vtep]].vnis;
        }
    }
    return m_senders;
}

void
GroupMembers::CountMembers() const
{
    if (m_countedRound == m_round)
    {
        return;
    }
    m_countedRound = m_round;
    for (uint32_t vtep : *m_members)
    {
        const uint32_t access = m_network.GetVteps()[vtep].access;
        m_count[access] = m_countRound[access] == m_round ? m_count[access] + 1 : 1;
        m_countRound[access] = m_round;
        m_isMemberRound[vtep] = m_round;
    }
}

uint32_t
GroupMembers::CountOn(uint32_t network) const
{
    CountMembers();
    return m_countRound[network] == m_round ? m_count[network] : 0;
}

bool
GroupMembers::IsMember(uint32_t vtep) const
{
    CountMembers();
    return m_isMemberRound[vtep] == m_round;
}

} // namespace ns3
