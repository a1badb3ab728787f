// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/failure-spread.h"

#include "ns3/state-random.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** Apart from the streams of VNIs and of tenants. */
constexpr uint64_t PART_STREAM = uint64_t(1) << 48;

} // namespace

FailureSpread::FailureSpread(const ModelNetwork& network, uint64_t seed)
    : m_network(network),
      m_seed(seed)
{
    uint32_t pods = 0;
    for (const ModelVtep& vtep : network.GetVteps())
    {
        pods = std::max(pods, vtep.pod + 1);
    }
    m_pods.resize(pods);
}

void
FailureSpread::Add(const GroupMembers& group)
{
    ++m_groups;
    StateRandom random(m_seed, PART_STREAM + m_groups);
    m_used.clear();
    uint32_t senders = 0;
    for (uint32_t member : group.GetMembers())
    {
        const uint32_t number = m_network.GetVteps()[member].pod;
        Pod& pod = m_pods[number];
        if (pod.group != m_groups)
        {
            pod = {m_groups, 0, 0};
            m_used.push_back(number);
        }
        const uint32_t part = random.Below(3); // sends, receives, both
        pod.senders += part != 1 ? 1 : 0;
        pod.receivers += part != 0 ? 1 : 0;
        senders += part != 1 ? 1 : 0;
    }
    m_coreGroups += m_used.size() > 1 && senders > 0 ? 1 : 0;
    if (group.GetLeaves().size() > 1)
    {
        for (uint32_t number : m_used)
        {
            const Pod& pod = m_pods[number];
            const bool isTouched = pod.senders > 0 || (pod.receivers > 0 && senders > pod.senders);
            m_spineGroups += isTouched ? 1 : 0;
        }
    }
}

double
FailureSpread::GetSpineGroups() const
{
    return m_pods.empty() ? 0
                          : static_cast<double>(m_spineGroups) / static_cast<double>(m_pods.size());
}

} // namespace ns3
