// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/group-spread.h"

#include <algorithm>

namespace ns3
{

GroupSpread::GroupSpread(const ModelNetwork& network)
    : m_network(network),
      m_published(network.GetGraph().name.compare(0, 5, "clos:") == 0)
{
    uint32_t pods = 0;
    for (const ModelVtep& vtep : network.GetVteps())
    {
        pods = std::max(pods, vtep.pod + 1);
    }
    m_podGroup.assign(pods, 0);
}

void
GroupSpread::Add(const GroupMembers& group)
{
    ++m_groups;
    uint64_t pods = 0;
    for (uint32_t leaf : group.GetLeaves())
    {
        uint64_t& last = m_podGroup[m_network.GetPod(leaf)];
        pods += last == m_groups ? 0 : 1;
        last = m_groups;
    }
    const uint64_t hosts = group.GetMembers().size();
    const uint64_t leaves = group.GetLeaves().size();
    m_leaves += leaves;
    if (m_published)
    {
        m_unicast += static_cast<double>(6 * hosts);
        m_multicast += static_cast<double>(3 + pods + leaves + hosts);
    }
    else
    {
        m_unicast += CountUnicast(group.GetTraffic());
    }
}

/** \returns the links of a frame's unicast copies, averaged over the frames of the group. */
double
GroupSpread::CountUnicast(const GroupTraffic& group)
{
    uint64_t links = 0;
    uint64_t frames = 0;
    for (const VniTraffic& vni : group.vnis)
    {
        frames += vni.senders.size();
        for (uint32_t sender : vni.senders)
        {
            for (uint32_t member : vni.members)
            {
                links += member == sender ? 0 : CountHops(sender, member);
            }
        }
    }
    return frames == 0 ? 0 : static_cast<double>(links) / static_cast<double>(frames);
}

uint32_t
GroupSpread::CountHops(uint32_t from, uint32_t to)
{
    const ModelVtep& a = m_network.GetVteps()[from];
    const ModelVtep& b = m_network.GetVteps()[to];
    if (a.access == b.access || a.gateways.size() > 1 || b.gateways.size() > 1)
    {
        return m_network.CountLinks(from, to);
    }
    const uint64_t key = uint64_t(a.gateways.front().router) << 32 | b.gateways.front().router;
    auto it = m_hops.find(key);
    if (it == m_hops.end())
    {
        it = m_hops.emplace(key, m_network.CountLinks(from, to)).first;
    }
    return it->second;
}

} // namespace ns3
