// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 §4 and §5.3: the SA cache. An entry is an (S,G) of one RP; the same (S,G) may have
// several.
#ifndef VXLAN_MULTICAST_MSDP_SA_CACHE_H
#define VXLAN_MULTICAST_MSDP_SA_CACHE_H

#include "ns3/deadline-heap.h"
#include "ns3/ipv4-address.h"
#include "ns3/source-group.h"

#include <functional>
#include <map>
#include <tuple>

namespace ns3
{

/** What names an entry. */
struct MsdpSaKey
{
    SourceGroup key;
    Ipv4Address rp{Ipv4Address::GetAny()};

    /** \returns what it consists of, for KeyHash. */
    auto GetFields() const
    {
        return std::tie(key, rp);
    }

    friend bool operator==(const MsdpSaKey& a, const MsdpSaKey& b)
    {
        return a.GetFields() == b.GetFields();
    }

    friend bool operator<(const MsdpSaKey& a, const MsdpSaKey& b)
    {
        return a.GetFields() < b.GetFields();
    }
};

/** An entry. */
struct MsdpSaEntry
{
    Ipv4Address peer{Ipv4Address::GetAny()}; //!< who sent it last
    Time since;                              //!< when it came
    Time forwarded;                          //!< when it was last sent on
};

/** The cache, with its SA-State timers. */
class MsdpSaCache
{
  public:
    using Entries = std::map<MsdpSaKey, MsdpSaEntry>;

    /** \param gone called for an (S,G) that no RP has any longer */
    MsdpSaCache(ProtocolClock& clock, std::function<void(const SourceGroup&)> gone);

    /**
     * Stores or refreshes an entry for \p period.
     * \returns the entry, and whether the (S,G) was in no entry before
     */
    std::pair<MsdpSaEntry&, bool> Store(const MsdpSaKey& key, Ipv4Address peer, Time period);

    const Entries& GetEntries() const
    {
        return m_entries;
    }

    /** \returns the time left of an entry. */
    Time GetRemaining(const MsdpSaKey& key) const;

  private:
    bool Contains(const SourceGroup& key) const;
    void Expire(const MsdpSaKey& key);

    ProtocolClock& m_clock;
    std::function<void(const SourceGroup&)> m_gone;
    Entries m_entries;
    DeadlineHeap<MsdpSaKey> m_timers;
};

} // namespace ns3

#endif
