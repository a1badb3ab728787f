// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/group-members.h"

namespace ns3
{

GroupMembers::GroupMembers(const ModelNetwork& network)
    : m_network(network),
      m_memberRound(network.GetVteps().size(), 0),
      m_senderRound(network.GetVteps().size(), 0),
      m_senderIndex(network.GetVteps().size(), 0)
{
    const std::size_t networks = network.GetGraph().networks.size() + network.GetRouters().size();
    m_countRound.assign(networks, 0);
    m_count.assign(networks, 0);
}

void
GroupMembers::Set(const GroupTraffic& traffic)
{
    ++m_round;
    m_address = traffic.address;
    m_members.clear();
    m_senders.clear();
    for (const VniTraffic& vni : traffic.vnis)
    {
        for (uint32_t vtep : vni.members)
        {
            if (m_memberRound[vtep] == m_round)
            {
                continue;
            }
            m_memberRound[vtep] = m_round;
            m_members.push_back(vtep);
            const uint32_t access = m_network.GetVteps()[vtep].access;
            m_count[access] = CountOn(access) + 1;
            m_countRound[access] = m_round;
        }
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
}

} // namespace ns3
