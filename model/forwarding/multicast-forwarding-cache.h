// SPDX-License-Identifier: GPL-2.0-only
// The multicast forwarding cache: the entries that a switch chip (or Linux's ipmr) forwards by.
// It knows no protocol. Serves RFC 7761 §4.2 (data packet forwarding) and RFC 5015 §3.3.
// Departure from both: the table may be limited, as real tables are.
#ifndef VXLAN_MULTICAST_MULTICAST_FORWARDING_CACHE_H
#define VXLAN_MULTICAST_MULTICAST_FORWARDING_CACHE_H

#include "ns3/interface-set.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv4-prefix.h"
#include "ns3/ipv4-route.h"
#include "ns3/keyed-slab.h"
#include "ns3/multicast-route-pool.h"
#include "ns3/nstime.h"
#include "ns3/source-group.h"

#include <boost/intrusive/list.hpp>

#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** How much of one source's traffic passes before ThresholdCrossed (RFC 7761 §4.2.1). */
struct MulticastThreshold
{
    enum class Unit : uint8_t
    {
        NONE,   //!< never crossed ("infinity")
        BYTES,  //!< IP bytes
        PACKETS //!< packets
    };

    Unit unit{Unit::NONE};
    uint64_t amount{0}; //!< reached = crossed; 0: at the first packet
    Time interval{0};   //!< the amount must pass within this time

    /** \returns the threshold that the first packet crosses. */
    static MulticastThreshold FirstPacket()
    {
        return {Unit::PACKETS, 0, Time(0)};
    }

    friend bool operator==(const MulticastThreshold& a, const MulticastThreshold& b)
    {
        return a.unit == b.unit && a.amount == b.amount && a.interval == b.interval;
    }
};

/** What a routing protocol puts into an entry: what becomes of the packets of its key. */
struct MulticastEntrySpec
{
    /** No interface: every packet is one of a wrong interface. */
    static constexpr uint32_t NO_INTERFACE = std::numeric_limits<uint32_t>::max();
    /**
     * The Register tunnel as an incoming interface: packets that the RP has taken out of Registers.
     */
    static constexpr uint32_t REGISTER_INTERFACE = NO_INTERFACE - 1;

    uint32_t incoming{NO_INTERFACE}; //!< the one interface to accept from
    bool registerTunnel{false};      //!< the Register tunnel is an outgoing interface, too
    bool notifySources{false};       //!< notify of each source's first packet (SourceSeen)
    bool yields{false};     //!< the protocol can do with the (*,G) entry instead of this one
    InterfaceSet accepting; //!< further ones (bidirectional trees: the DF interfaces)
    InterfaceSet outgoing;  //!< forward to these, never back to where it came from
    std::optional<Ipv4Prefix> localNetwork; //!< notify of the first packets of sources in it
    MulticastThreshold threshold;           //!< notify when a source's traffic reaches this
    Time idleAfter{0}; //!< notify when no packet was accepted for so long; 0: never

    bool Accepts(uint32_t interface) const
    {
        return interface == incoming || accepting.Contains(interface);
    }

    /** \returns whether the first packet of \p source is an upcall. */
    bool NotifiesOf(Ipv4Address source) const
    {
        return notifySources || (localNetwork && localNetwork->Contains(source));
    }

    friend bool operator==(const MulticastEntrySpec& a, const MulticastEntrySpec& b)
    {
        return a.incoming == b.incoming && a.accepting == b.accepting && a.outgoing == b.outgoing &&
               a.registerTunnel == b.registerTunnel && a.notifySources == b.notifySources &&
               a.localNetwork == b.localNetwork && a.threshold == b.threshold &&
               a.idleAfter == b.idleAfter && a.yields == b.yields;
    }
};

/** An entry in the cache, with what has been counted on it. */
class MulticastForwardingEntry : public boost::intrusive::list_base_hook<
                                     boost::intrusive::link_mode<boost::intrusive::auto_unlink>>
{
  public:
    SourceGroup key;
    MulticastEntrySpec spec;
    bool installed{false}; //!< whether the entry is in the limited table, or only wanted
    uint64_t packets{0};   //!< accepted packets
    uint64_t bytes{0};     //!< their IP bytes
    uint64_t wrongInterfacePackets{0};
    Time created{0};
    Time lastUse{0};   //!< when the last packet was accepted, or when the entry was made
    Time idleStart{0}; //!< idleness counts from here, or from lastUse if that is later

    /** \returns when the entry has been idle for its \c idleAfter. */
    Time GetIdleDeadline() const
    {
        return (lastUse < idleStart ? idleStart : lastUse) + spec.idleAfter;
    }

  private:
    friend class MulticastForwardingCache;

    Ptr<Ipv4MulticastRoute> m_route; //!< to all outgoing interfaces; null until it is needed
};

/** What to do with a new entry when the table is full. */
enum class MulticastOverflowPolicy
{
    REFUSE, //!< do not install it, nor any other until the table is below 95 % (as Dell documents)
    EVICT,  //!< evict the entry that was used least recently
    PUNT,   //!< do not install it; its packets take a slow path of limited rate
    /**
     * An (S,G) entry that yields is not installed, so its packets take the (*,G) entry. Others evict
     * an entry that yields; a (*,G) entry evicts any (S,G) entry if none does.
     */
    FALLBACK_STAR_G
};

/**
 * \returns the policy called "refuse", "evict", "punt" or "fallback-star-g"
 * \throws std::invalid_argument
 */
MulticastOverflowPolicy ParseMulticastOverflowPolicy(const std::string& name);
/** \returns the policy's name. */
std::string GetMulticastOverflowPolicyName(MulticastOverflowPolicy policy);

/** What a limited table cost. */
struct MulticastOverflowCounters
{
    uint64_t refusedEntries{0};  //!< entries that found no place
    uint64_t evictedEntries{0};  //!< entries evicted by others
    uint64_t puntedPackets{0};   //!< packets forwarded by the slow path
    uint64_t fallbackPackets{0}; //!< packets forwarded by (*,G): their (S,G) entry is not installed
    uint64_t lostPackets{0};     //!< packets dropped: not installed, or slow path busy
};

/**
 * Entries by (S,G) and (*,G): all that a protocol has set. Those that are installed are the hardware
 * table, limited by the capacity. Entries that found no place are tried again when the protocol sets
 * them again or a packet looks them up.
 */
class MulticastForwardingCache
{
  public:
    static constexpr std::size_t UNLIMITED = std::numeric_limits<std::size_t>::max();

    /** A refusal ends when fewer than this share of the capacity is installed. */
    static constexpr double RESUME_BELOW = 0.95;

    /** Applies to entries to come; entries that are installed stay. */
    void SetCapacity(std::size_t capacity, MulticastOverflowPolicy policy);
    /**
     * The same for tables that hold (*,G) and (S,G) entries apart. An entry needs room there and in
     * the sum of both.
     */
    void SetKindCapacities(std::size_t starG, std::size_t source);
    /** \p displaced is called for each entry that another evicts; it must not change the cache. */
    void SetDisplacedCallback(std::function<void(const SourceGroup&)> displaced);

    /**
     * Adds or changes an entry; counters of an existing entry go on.
     * \returns the entry; see its `installed`
     */
    MulticastForwardingEntry& Set(const SourceGroup& key, const MulticastEntrySpec& spec, Time now);
    /** \returns whether it was there. */
    bool Remove(const SourceGroup& key);

    /** \returns exactly this entry, wanted or installed, or nullptr. */
    MulticastForwardingEntry* Find(const SourceGroup& key);
    const MulticastForwardingEntry* Find(const SourceGroup& key) const;
    /** Tries to install an entry that is only wanted so far. \returns whether it is installed now. */
    bool Install(MulticastForwardingEntry& entry);
    /**
     * \param interface where the packet came in
     * \returns the route for ns-3's IpMulticastForward; null if there is no outgoing interface but
     *          the Register tunnel. It is shared: of group, source and incoming interface it tells
     *          those of the entry that was the last to be asked for.
     */
    Ptr<Ipv4MulticastRoute> GetRoute(MulticastForwardingEntry& entry, uint32_t interface);
    /** Counts an accepted packet of \p bytes IP bytes. */
    void Use(MulticastForwardingEntry& entry, uint32_t bytes, Time now);

    /** \returns whether a new entry would be installed without another losing its place. */
    bool HasRoom() const;
    /** \returns the same of an entry of the kind of \p key. */
    bool HasRoom(const SourceGroup& key) const;
    /**
     * \returns whether a protocol that could do with the (*,G) entry should ask for the (S,G) entry
     * \p key: not when the policy falls back to (*,G) and there is no room.
     */
    bool IsWorthAsking(const SourceGroup& key) const;
    /** \returns the number of installed entries. */
    std::size_t GetInstalledSize() const;
    /** \returns the number of installed (*,G) entries. */
    std::size_t GetInstalledStarG() const;
    /** \returns the number of entries, installed or not. */
    std::size_t GetSize() const;
    std::size_t GetCapacity() const;
    MulticastOverflowPolicy GetPolicy() const;
    MulticastOverflowCounters& GetCounters();
    const MulticastOverflowCounters& GetCounters() const;
    /** \returns the entries by group and source: all, or only the installed ones. */
    std::vector<const MulticastForwardingEntry*> GetEntries(bool installedOnly = true) const;

  private:
    using UseList = boost::intrusive::list<MulticastForwardingEntry,
                                           boost::intrusive::constant_time_size<false>>;

    /** A table of hardware, or a part of one. */
    struct Table
    {
        std::size_t capacity{UNLIMITED};
        std::size_t installed{0};
        bool refusing{false}; //!< policy REFUSE: until it is emptier

        bool HasRoom() const;
    };

    bool MakeRoom(const MulticastForwardingEntry& entry);
    Table& TableOf(const SourceGroup& key);
    const Table& TableOf(const SourceGroup& key) const;
    MulticastForwardingEntry* FindVictim(const MulticastForwardingEntry& entry);
    void MarkRemoved(MulticastForwardingEntry& entry);
    void Displace(MulticastForwardingEntry& entry);
    UseList& ListOf(const MulticastForwardingEntry& entry);

    bool IsLimited() const;
    void SortByUse(bool wasLimited);

    // The installed entries, least recently used first; in no order while the table is unlimited,
    // for to move an entry is to touch its neighbours, which are in no cache of the processor.
    UseList m_starG;    //!< (*,G) entries
    UseList m_source;   //!< (S,G) entries that do not yield
    UseList m_yielding; //!< (S,G) entries that do
    struct EntryKey
    {
        uint64_t operator()(const MulticastForwardingEntry& entry) const
        {
            return entry.key.GetBits();
        }
    };

    KeyedSlab<MulticastForwardingEntry, EntryKey> m_entries;
    MulticastRoutePool m_routes;
    Table m_all;         //!< all entries together
    Table m_starGTable;  //!< of them the (*,G) entries
    Table m_sourceTable; //!< and the (S,G) entries
    MulticastOverflowPolicy m_policy{MulticastOverflowPolicy::REFUSE};
    std::function<void(const SourceGroup&)> m_displaced;
    MulticastOverflowCounters m_counters;
};

} // namespace ns3

#endif
