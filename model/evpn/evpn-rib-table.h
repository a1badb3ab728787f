// SPDX-License-Identifier: GPL-2.0-only
// The destinations of an EvpnRib. A speaker of a large fabric holds tens of thousands, and each
// VTEP of a simulation holds them all; so an entry is a pointer to the shared route and little
// more, in one array.
#ifndef VXLAN_MULTICAST_EVPN_RIB_TABLE_H
#define VXLAN_MULTICAST_EVPN_RIB_TABLE_H

#include "ns3/evpn-route.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace ns3
{

/** A route as one peer, or this speaker, advertises it. */
struct EvpnPath
{
    EvpnRoutePtr route;
    uint32_t peer{0}; //!< the peer's index; 0: originated here

    const BgpPathAttributes& GetAttributes() const
    {
        return *route->attributes;
    }

    friend bool operator==(const EvpnPath& a, const EvpnPath& b)
    {
        return a.peer == b.peer && a.route == b.route;
    }
};

/** All paths to one destination, by peer. A single one is held in place. */
class EvpnRibEntry
{
  public:
    const EvpnPath* begin() const
    {
        return m_paths ? m_paths->data() : &m_path;
    }

    const EvpnPath* end() const
    {
        return begin() + GetSize();
    }

    std::size_t GetSize() const
    {
        return m_paths ? m_paths->size() : (m_path.route ? 1 : 0);
    }

    const EvpnPath& operator[](std::size_t index) const
    {
        return begin()[index];
    }

    /** \returns the destination, the same of all paths. */
    const EvpnRouteKey& GetKey() const
    {
        return begin()->route->nlri.key;
    }

    /** \returns the best path, or nullptr while none is feasible. */
    const EvpnPath* FindBest() const
    {
        return m_best == NONE ? nullptr : begin() + m_best;
    }

    /** \returns the path of \p peer, or nullptr. */
    const EvpnPath* FindPath(uint32_t peer) const
    {
        const EvpnPath* path =
            std::find_if(begin(), end(), [peer](const EvpnPath& p) { return p.peer == peer; });
        return path == end() ? nullptr : path;
    }

    /** \param index a path, or BGP_NO_ROUTE. \returns whether another was the best */
    bool SetBest(std::size_t index)
    {
        const auto best = static_cast<uint32_t>(index);
        return std::exchange(m_best, best) != best;
    }

    /**
     * A path is new, or replaces the one of the same peer; the best one stays the best.
     * \returns whether it has replaced the best one
     */
    bool Set(EvpnPath path);
    /** Takes a path out. \returns whether it was the best one: there is none then */
    bool Remove(const EvpnPath* path);

  private:
    friend class EvpnRibTable;

    static constexpr uint32_t NONE = UINT32_MAX; //!< BGP_NO_ROUTE

    EvpnPath m_path;                                //!< the only one
    std::unique_ptr<std::vector<EvpnPath>> m_paths; //!< where there have been several
    uint32_t m_best{NONE};
    uint32_t m_hash{0}; //!< of the key; the table's
};

/**
 * Entries by destination: open addressing with linear probing, without gaps. What it returns is
 * valid until an entry is added or erased.
 */
class EvpnRibTable
{
  public:
    EvpnRibTable();

    EvpnRibEntry* Find(const EvpnRouteKey& key);
    const EvpnRibEntry* Find(const EvpnRouteKey& key) const;
    /** \returns the entry of the path's destination, made if there was none; the path is not added.
     * Whoever makes an entry gives it a path before it uses the table again. */
    EvpnRibEntry& GetOrAdd(const EvpnRouteKey& key);
    /** Erases an entry, with paths or just without. */
    void Erase(EvpnRibEntry& entry);

    std::size_t GetSize() const
    {
        return m_size;
    }

    /** \returns the entries for which \p condition is true, by destination. */
    template <typename Condition>
    std::vector<const EvpnRibEntry*> Select(Condition condition) const
    {
        std::vector<const EvpnRibEntry*> entries;
        for (const EvpnRibEntry& entry : m_slots)
        {
            if (entry.GetSize() != 0 && condition(entry))
            {
                entries.push_back(&entry);
            }
        }
        std::sort(entries.begin(), entries.end(), [](const EvpnRibEntry* a, const EvpnRibEntry* b) {
            return a->GetKey() < b->GetKey();
        });
        return entries;
    }

  private:
    std::size_t Home(uint32_t hash) const
    {
        return hash & (m_slots.size() - 1);
    }

    std::size_t Next(std::size_t slot) const
    {
        return (slot + 1) & (m_slots.size() - 1);
    }

    /** \returns the slot of \p key, or the free one where it would be. */
    std::size_t FindSlot(const EvpnRouteKey& key, uint32_t hash) const;
    void Grow();

    std::vector<EvpnRibEntry> m_slots; //!< a power of two of them
    std::size_t m_size{0};
};

} // namespace ns3

#endif
