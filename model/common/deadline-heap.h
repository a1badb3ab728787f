// SPDX-License-Identifier: GPL-2.0-only
// Soft state is cheap: entries store deadlines, and one alarm per table looks at the earliest.
#ifndef VXLAN_MULTICAST_DEADLINE_HEAP_H
#define VXLAN_MULTICAST_DEADLINE_HEAP_H

#include "ns3/protocol-clock.h"

#include <map>
#include <set>
#include <utility>

namespace ns3
{

/**
 * Deadlines by key, with one alarm for them all. Keys that fall due at one moment expire in the
 * order of the keys. An expired key is removed before \c expire is called, which may set it again.
 */
template <typename Key>
class DeadlineHeap
{
  public:
    DeadlineHeap(ProtocolClock& clock, std::function<void(const Key&)> expire)
        : m_clock(clock),
          m_expire(std::move(expire)),
          m_alarm(clock, [this] { Expire(); })
    {
    }

    /** Sets or moves the deadline of \p key to \p delay from now. */
    void Set(const Key& key, Time delay)
    {
        const Time deadline = m_clock.Now() + delay;
        auto [it, added] = m_deadlines.emplace(key, deadline);
        if (!added)
        {
            m_order.erase({it->second, key});
            it->second = deadline;
        }
        m_order.insert({deadline, key});
        Arm();
    }

    void Remove(const Key& key)
    {
        auto it = m_deadlines.find(key);
        if (it != m_deadlines.end())
        {
            m_order.erase({it->second, key});
            m_deadlines.erase(it);
            Arm();
        }
    }

    void Clear()
    {
        m_deadlines.clear();
        m_order.clear();
        Arm();
    }

    bool Contains(const Key& key) const
    {
        return m_deadlines.count(key) != 0;
    }

    /** \returns the time until \p key expires; 0 if it has no deadline. */
    Time GetRemaining(const Key& key) const
    {
        auto it = m_deadlines.find(key);
        return it == m_deadlines.end() ? Seconds(0) : it->second - m_clock.Now();
    }

    std::size_t GetSize() const
    {
        return m_deadlines.size();
    }

  private:
    void Arm()
    {
        if (m_order.empty())
        {
            m_alarm.Cancel();
            return;
        }
        // An alarm that rings too early only re-arms itself, so a deadline that moved back costs
        // nothing now.
        const Time delay = m_order.begin()->first - m_clock.Now();
        if (!m_alarm.IsRunning() || m_alarm.GetRemaining() > delay)
        {
            m_alarm.Start(delay);
        }
    }

    void Expire()
    {
        while (!m_order.empty() && m_order.begin()->first <= m_clock.Now())
        {
            const Key key = m_order.begin()->second;
            m_order.erase(m_order.begin());
            m_deadlines.erase(key);
            m_expire(key);
        }
        Arm();
    }

    ProtocolClock& m_clock;
    std::function<void(const Key&)> m_expire;
    std::map<Key, Time> m_deadlines;
    std::set<std::pair<Time, Key>> m_order;
    ProtocolTimer m_alarm;
};

} // namespace ns3

#endif
