// SPDX-License-Identifier: GPL-2.0-only
// A limit on how often a message is repeated: Registers of one (S,G), Register-Stops for one (S,G)
// to one DR (RFC 7761 §4.4.2 lets an RP limit them).
#ifndef VXLAN_MULTICAST_PIM_RATE_LIMIT_H
#define VXLAN_MULTICAST_PIM_RATE_LIMIT_H

#include "ns3/nstime.h"

#include <cstddef>
#include <iterator>
#include <map>

namespace ns3
{

/**
 * Lets so many messages of each key per second pass. The first message of a key is never held
 * back, whatever was sent for others.
 */
template <typename Key>
class PimRateLimit
{
  public:
    /**
     * \param rate messages per second; 0: no limit
     * \returns whether a message of \p key may leave now, which counts as sent
     */
    bool Pass(const Key& key, Time now, double rate)
    {
        if (rate <= 0)
        {
            return true;
        }
        const Time interval = Seconds(1 / rate);
        auto it = m_last.find(key);
        if (it != m_last.end() && now < it->second + interval)
        {
            return false;
        }
        if (it == m_last.end() && m_last.size() >= 2 * m_sizeAfterPurge + 1024)
        {
            Purge(now - interval);
        }
        m_last[key] = now;
        return true;
    }

    /** The next message of \p key is a first one. */
    void Forget(const Key& key)
    {
        m_last.erase(key);
    }

  private:
    /** Drops what limits nothing any more. */
    void Purge(Time before)
    {
        for (auto it = m_last.begin(); it != m_last.end();)
        {
            it = it->second <= before ? m_last.erase(it) : std::next(it);
        }
        m_sizeAfterPurge = m_last.size();
    }

    std::map<Key, Time> m_last;
    std::size_t m_sizeAfterPurge{0};
};

} // namespace ns3

#endif
