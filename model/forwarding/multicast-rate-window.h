// SPDX-License-Identifier: GPL-2.0-only
// How much passed within the last so-many seconds, exactly.
#ifndef VXLAN_MULTICAST_MULTICAST_RATE_WINDOW_H
#define VXLAN_MULTICAST_MULTICAST_RATE_WINDOW_H

#include "ns3/nstime.h"

#include <boost/circular_buffer.hpp>

#include <cstdint>
#include <utility>

namespace ns3
{

/** A sliding window over samples of (time, amount). Its memory grows with the samples inside. */
class MulticastRateWindow
{
  public:
    void Add(Time now, uint64_t amount, Time interval)
    {
        Slide(now, interval);
        if (m_samples.full())
        {
            m_samples.set_capacity(m_samples.empty() ? 8 : m_samples.capacity() * 2);
        }
        m_samples.push_back({now, amount});
        m_sum += amount;
    }

    /** \returns what was added within \p interval up to \p now, a sample exactly that old excluded.
     */
    uint64_t GetSum(Time now, Time interval)
    {
        Slide(now, interval);
        return m_sum;
    }

    void Clear()
    {
        m_samples.clear();
        m_sum = 0;
    }

  private:
    void Slide(Time now, Time interval)
    {
        while (!m_samples.empty() && m_samples.front().first + interval <= now)
        {
            m_sum -= m_samples.front().second;
            m_samples.pop_front();
        }
    }

    boost::circular_buffer<std::pair<Time, uint64_t>> m_samples;
    uint64_t m_sum{0};
};

} // namespace ns3

#endif
