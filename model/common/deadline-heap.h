// SPDX-License-Identifier: GPL-2.0-only
// Soft state is cheap: entries store deadlines, and one alarm per table looks at the earliest.
#ifndef VXLAN_MULTICAST_DEADLINE_HEAP_H
#define VXLAN_MULTICAST_DEADLINE_HEAP_H

#include "ns3/protocol-clock.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

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
        const auto [it, added] = m_deadlines.try_emplace(key);
        it->second.time = m_clock.Now() + delay;
        if (added)
        {
            m_heap.push_back(nullptr);
            Place(&*it, m_heap.size() - 1);
        }
        Restore(it->second.position);
        Arm();
    }

    void Remove(const Key& key)
    {
        auto it = m_deadlines.find(key);
        if (it != m_deadlines.end())
        {
            Erase(it);
            Arm();
        }
    }

    void Clear()
    {
        m_deadlines.clear();
        m_heap.clear();
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
        return it == m_deadlines.end() ? Seconds(0) : it->second.time - m_clock.Now();
    }

    std::size_t GetSize() const
    {
        return m_deadlines.size();
    }

  private:
    struct Deadline
    {
        Time time;
        uint32_t position{0}; //!< in the heap
    };

    using Deadlines = std::map<Key, Deadline>;
    using Item = typename Deadlines::value_type;

    static bool IsBefore(const Item* a, const Item* b)
    {
        return a->second.time != b->second.time ? a->second.time < b->second.time
                                                : a->first < b->first;
    }

    void Place(Item* item, std::size_t position)
    {
        m_heap[position] = item;
        item->second.position = static_cast<uint32_t>(position);
    }

    /** Moves the item at \p position, the only one out of order, to its place. */
    void Restore(std::size_t position)
    {
        Item* const item = m_heap[position];
        while (position > 0 && IsBefore(item, m_heap[(position - 1) / 2]))
        {
            Place(m_heap[(position - 1) / 2], position);
            position = (position - 1) / 2;
        }
        for (std::size_t child = 2 * position + 1; child < m_heap.size(); child = 2 * position + 1)
        {
            if (child + 1 < m_heap.size() && IsBefore(m_heap[child + 1], m_heap[child]))
            {
                ++child;
            }
            if (!IsBefore(m_heap[child], item))
            {
                break;
            }
            Place(m_heap[child], position);
            position = child;
        }
        Place(item, position);
    }

    void Erase(typename Deadlines::iterator it)
    {
        const std::size_t position = it->second.position;
        Item* const last = m_heap.back();
        m_heap.pop_back();
        if (position < m_heap.size())
        {
            Place(last, position);
            Restore(position);
        }
        m_deadlines.erase(it);
    }

    void Arm()
    {
        if (m_heap.empty())
        {
            m_alarm.Cancel();
            return;
        }
        // An alarm that rings too early only re-arms itself, so a deadline that moved back costs
        // nothing now.
        const Time delay = m_heap.front()->second.time - m_clock.Now();
        if (!m_alarm.IsRunning() || m_alarm.GetRemaining() > delay)
        {
            m_alarm.Start(delay);
        }
    }

    void Expire()
    {
        while (!m_heap.empty() && m_heap.front()->second.time <= m_clock.Now())
        {
            const Key key = m_heap.front()->first;
            Erase(m_deadlines.find(key));
            m_expire(key);
        }
        Arm();
    }

    ProtocolClock& m_clock;
    std::function<void(const Key&)> m_expire;
    Deadlines m_deadlines;
    std::vector<Item*> m_heap; //!< binary; the earliest is the first
    ProtocolTimer m_alarm;
};

} // namespace ns3

#endif
