// SPDX-License-Identifier: GPL-2.0-only
// Soft state is cheap: deadlines are stored, and one alarm per table looks at the earliest.
#ifndef VXLAN_MULTICAST_DEADLINE_HEAP_H
#define VXLAN_MULTICAST_DEADLINE_HEAP_H

#include "ns3/key-hash.h"
#include "ns3/number-index.h"
#include "ns3/protocol-clock.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace ns3
{

/**
 * Deadlines by key, with one alarm for them all. Keys that fall due at one moment expire in the
 * order of the keys. An expired key is removed before \c expire is called, which may set it again.
 *
 * A deadline that moves back, as those of refreshed state do, stays where it is in the heap until
 * it comes up there. An owner may keep deadlines with its own state, and move them back there without
 * a call here: what was set here is then a lower bound, and SetNoLater moves one forward. The hash
 * decides where a key is found, but no order.
 * \tparam Key has == and <, and a KeyHash
 */
template <typename Key>
class DeadlineHeap
{
  public:
    /** The deadline of a key that its owner keeps; of others any time that has passed. */
    using OwnersDeadline = std::function<Time(const Key&)>;

    DeadlineHeap(ProtocolClock& clock,
                 std::function<void(const Key&)> expire,
                 OwnersDeadline ownersDeadline = nullptr)
        : m_clock(clock),
          m_expire(std::move(expire)),
          m_ownersDeadline(std::move(ownersDeadline)),
          m_alarm(clock, [this] { Expire(); })
    {
    }

    /** Sets or moves the deadline of \p key to \p delay from now. */
    void Set(const Key& key, Time delay)
    {
        const Time due = m_clock.Now() + delay;
        const uint64_t hash = KeyHash()(key);
        const uint32_t known = Find(key, hash);
        if (known == NumberIndex::NONE)
        {
            Add(key, hash, due);
        }
        else
        {
            Deadline& deadline = m_deadlines[known];
            deadline.due = due;
            if (due < m_heap[deadline.position].due)
            {
                m_heap[deadline.position].due = due;
                Rise(deadline.position);
            }
        }
        Arm();
    }

    /** Sets the deadline of \p key to \p delay from now, unless it has an earlier one. */
    void SetNoLater(const Key& key, Time delay)
    {
        const uint32_t known = Find(key, KeyHash()(key));
        if (known == NumberIndex::NONE || m_deadlines[known].due > m_clock.Now() + delay)
        {
            Set(key, delay);
        }
    }

    /** Moves the deadline of \p key back to \p delay from now; not forward, and none is made. */
    void Extend(const Key& key, Time delay)
    {
        const uint32_t known = Find(key, KeyHash()(key));
        const Time due = m_clock.Now() + delay;
        if (known != NumberIndex::NONE && m_deadlines[known].due < due)
        {
            m_deadlines[known].due = due;
            Arm();
        }
    }

    void Remove(const Key& key)
    {
        const uint32_t known = Find(key, KeyHash()(key));
        if (known != NumberIndex::NONE)
        {
            Erase(known);
            Arm();
        }
    }

    void Clear()
    {
        Release();
        Arm();
    }

    bool Contains(const Key& key) const
    {
        return Find(key, KeyHash()(key)) != NumberIndex::NONE;
    }

    /**
     * \returns the time until \p key expires; 0 if it has no deadline. Of one that its owner keeps,
     * it may expire later.
     */
    Time GetRemaining(const Key& key) const
    {
        const uint32_t known = Find(key, KeyHash()(key));
        return known == NumberIndex::NONE ? Time() : m_deadlines[known].due - m_clock.Now();
    }

    std::size_t GetSize() const
    {
        return m_heap.size();
    }

  private:
    struct Deadline
    {
        Key key;
        uint32_t position{0}; //!< in the heap; of a free place the number of the next one
        Time due;
    };

    /** A place in the heap. */
    struct Place
    {
        Time due; //!< the deadline's, or earlier
        uint32_t number{0};
    };

    uint32_t Find(const Key& key, uint64_t hash) const
    {
        return m_index.Find(hash, [&](uint32_t number) { return m_deadlines[number].key == key; });
    }

    uint64_t HashOf(uint32_t number) const
    {
        return KeyHash()(m_deadlines[number].key);
    }

    void Add(const Key& key, uint64_t hash, Time due)
    {
        uint32_t number = m_free;
        if (number == NumberIndex::NONE)
        {
            number = static_cast<uint32_t>(m_deadlines.size());
            GrowBy(m_deadlines, {key, 0, due});
        }
        else
        {
            m_free = m_deadlines[number].position;
            m_deadlines[number] = {key, 0, due};
        }
        m_index.Add(hash, number, [this](uint32_t old) { return HashOf(old); });
        GrowBy(m_heap, {due, number});
        Rise(m_heap.size() - 1);
    }

    /** Appends; there are many small tables and some large ones, whose rest would be idle. */
    template <typename T>
    static void GrowBy(std::vector<T>& values, T value)
    {
        if (values.size() == values.capacity())
        {
            values.reserve(values.size() + values.size() / 4 + 1);
        }
        values.push_back(std::move(value));
    }

    void Erase(uint32_t number)
    {
        const std::size_t position = m_deadlines[number].position;
        m_index.Remove(HashOf(number), number, [this](uint32_t other) { return HashOf(other); });
        m_deadlines[number].position = m_free;
        m_free = number;
        const Place last = m_heap.back();
        m_heap.pop_back();
        if (position < m_heap.size())
        {
            Put(last, position);
            Sink(position);
            Rise(position);
        }
        else if (m_heap.empty())
        {
            Release();
        }
    }

    /** Gives the memory back: what is kept for the moments after a change is often nothing. */
    void Release()
    {
        m_deadlines = {};
        m_free = NumberIndex::NONE;
        m_index = {};
        m_heap = {};
    }

    bool IsBefore(const Place& a, const Place& b) const
    {
        return a.due != b.due ? a.due < b.due
                              : m_deadlines[a.number].key < m_deadlines[b.number].key;
    }

    void Put(const Place& place, std::size_t position)
    {
        m_heap[position] = place;
        m_deadlines[place.number].position = static_cast<uint32_t>(position);
    }

    /** Moves what is at \p position, and may be too early for it, to its place. */
    void Rise(std::size_t position)
    {
        const Place place = m_heap[position];
        while (position > 0 && IsBefore(place, m_heap[(position - 1) / 2]))
        {
            Put(m_heap[(position - 1) / 2], position);
            position = (position - 1) / 2;
        }
        Put(place, position);
    }

    /** The same of what may be too late. */
    void Sink(std::size_t position)
    {
        const Place place = m_heap[position];
        for (std::size_t child = 2 * position + 1; child < m_heap.size(); child = 2 * position + 1)
        {
            if (child + 1 < m_heap.size() && IsBefore(m_heap[child + 1], m_heap[child]))
            {
                ++child;
            }
            if (!IsBefore(m_heap[child], place))
            {
                break;
            }
            Put(m_heap[child], position);
            position = child;
        }
        Put(place, position);
    }

    /** Moves deadlines that have come up, but have moved back meanwhile, to where they are due. */
    void Settle()
    {
        while (!m_heap.empty())
        {
            Deadline& deadline = m_deadlines[m_heap.front().number];
            if (m_ownersDeadline)
            {
                deadline.due = std::max(deadline.due, m_ownersDeadline(deadline.key));
            }
            if (m_heap.front().due == deadline.due)
            {
                return;
            }
            m_heap.front().due = deadline.due;
            Sink(0);
        }
    }

    void Arm()
    {
        // An alarm that rings too early only re-arms itself, so a deadline that moved back costs
        // nothing now.
        const auto isEarlyEnough = [this] {
            return m_alarm.IsRunning() &&
                   m_alarm.GetRemaining() <= m_heap.front().due - m_clock.Now();
        };
        if (!m_heap.empty() && isEarlyEnough())
        {
            return;
        }
        Settle();
        if (m_heap.empty())
        {
            m_alarm.Cancel();
        }
        else if (!isEarlyEnough())
        {
            m_alarm.Start(m_heap.front().due - m_clock.Now());
        }
    }

    void Expire()
    {
        for (Settle(); !m_heap.empty() && m_heap.front().due <= m_clock.Now(); Settle())
        {
            const uint32_t number = m_heap.front().number;
            const Key key = m_deadlines[number].key;
            Erase(number);
            m_expire(key);
        }
        Arm();
    }

    ProtocolClock& m_clock;
    std::function<void(const Key&)> m_expire;
    OwnersDeadline m_ownersDeadline;
    std::vector<Deadline> m_deadlines;  //!< by number
    uint32_t m_free{NumberIndex::NONE}; //!< of its places, the first that is not in use
    NumberIndex m_index;                //!< of the deadlines, by key
    std::vector<Place> m_heap;          //!< binary; the earliest is the first
    ProtocolTimer m_alarm;
};

} // namespace ns3

#endif
