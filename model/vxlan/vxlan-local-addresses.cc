// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-local-addresses.h"

#include <algorithm>
#include <utility>

namespace ns3
{

VxlanLocalAddresses::VxlanLocalAddresses(ProtocolClock& clock, Added added, Gone gone)
    : m_clock(clock),
      m_added(std::move(added)),
      m_gone(std::move(gone)),
      m_deadlines(clock, [this](Mac48Address mac) { Expire(mac); })
{
}

void
VxlanLocalAddresses::SetAgeing(Time ageing)
{
    m_ageing = ageing;
    m_deadlines.Clear();
    for (const auto& [mac, entry] : m_entries)
    {
        if (!entry.own && ageing.IsStrictlyPositive())
        {
            m_deadlines.Set(mac, std::max(entry.seen + ageing - m_clock.Now(), Time(0)));
        }
    }
}

void
VxlanLocalAddresses::AddOwn(Mac48Address mac, Ipv4Address ip)
{
    Add(mac, ip, true);
}

void
VxlanLocalAddresses::See(Mac48Address mac, Ipv4Address ip)
{
    Add(mac, ip, false);
}

void
VxlanLocalAddresses::Add(Mac48Address mac, Ipv4Address ip, bool own)
{
    const auto [it, isNew] = m_entries.try_emplace(mac);
    Entry& entry = it->second;
    entry.seen = m_clock.Now();
    entry.own = entry.own || own;
    const bool isNewIp = !ip.IsAny() && entry.ips.insert(ip).second;
    if (isNew && !own && m_ageing.IsStrictlyPositive())
    {
        m_deadlines.Set(mac, m_ageing);
    }
    if (isNew || isNewIp)
    {
        m_added(mac, ip);
    }
}

bool
VxlanLocalAddresses::Remove(Mac48Address mac)
{
    if (m_entries.erase(mac) == 0)
    {
        return false;
    }
    m_deadlines.Remove(mac);
    m_gone(mac);
    return true;
}

bool
VxlanLocalAddresses::Has(Mac48Address mac) const
{
    return m_entries.count(mac) != 0;
}

void
VxlanLocalAddresses::Expire(Mac48Address mac)
{
    const auto it = m_entries.find(mac);
    if (it->second.own)
    {
        return;
    }
    const Time left = it->second.seen + m_ageing - m_clock.Now();
    if (left.IsStrictlyPositive())
    {
        m_deadlines.Set(mac, left);
        return;
    }
    m_entries.erase(it);
    m_gone(mac);
}

} // namespace ns3
