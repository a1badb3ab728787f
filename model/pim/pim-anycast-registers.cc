// SPDX-License-Identifier: GPL-2.0-only
// RFC 4610 §3, §4.
#include "ns3/pim-anycast-registers.h"

#include <algorithm>

namespace ns3
{

PimAnycastRegisters::PimAnycastRegisters(PimContext& context, PimDataPlane& dataPlane)
    : m_context(context),
      m_dataPlane(dataPlane)
{
}

const PimAnycastRp*
PimAnycastRegisters::FindSet(Ipv4Address rp) const
{
    return FindPimAnycastRp(m_context.config.anycastRps, rp, m_context.environment);
}

void
PimAnycastRegisters::Send(const PimAnycastRp& set,
                          const MulticastArrival& arrival,
                          bool nullRegister,
                          uint8_t ttl)
{
    const Ipv4Address own = set.FindOwnAddress(m_context.environment);
    const auto stopped = m_stopped.find(arrival.GetKey());
    for (const Ipv4Address member : set.members)
    {
        const bool wants =
            nullRegister || stopped == m_stopped.end() || stopped->second.count(member) == 0;
        if (member != own && wants && ttl > 0)
        {
            m_dataPlane.SendRegisterCopy(arrival, nullRegister, own, member, ttl);
        }
    }
    if (nullRegister && stopped != m_stopped.end())
    {
        // The answers tell who still has the source; another that restarted gets data again.
        m_stopped.erase(stopped);
    }
}

void
PimAnycastRegisters::StopReceived(SourceGroup key, Ipv4Address member)
{
    if (m_stopped.size() >= 2 * m_sizeAfterPurge + 1024)
    {
        ForgetSources();
    }
    m_stopped[key].insert(member);
}

bool
PimAnycastRegisters::HaveAllStopped(const PimAnycastRp& set, SourceGroup key) const
{
    const Ipv4Address own = set.FindOwnAddress(m_context.environment);
    const auto stopped = m_stopped.find(key);
    return std::all_of(set.members.begin(), set.members.end(), [&](Ipv4Address member) {
        return member == own ||
               (stopped != m_stopped.end() && stopped->second.count(member) != 0) ||
               m_context.environment.GetRib().Lookup(member) == nullptr;
    });
}

void
PimAnycastRegisters::Forget(SourceGroup key)
{
    m_stopped.erase(key);
}

void
PimAnycastRegisters::ForgetSources()
{
    for (auto it = m_stopped.begin(); it != m_stopped.end();)
    {
        it = m_context.tib.FindSource(it->first) == nullptr ? m_stopped.erase(it) : std::next(it);
    }
    m_sizeAfterPurge = m_stopped.size();
}

} // namespace ns3
