// SPDX-License-Identifier: GPL-2.0-only
// What a switch chip does with a multicast packet, and what it notifies the routing protocol of.
// RFC 7761 §4.2 (data packet forwarding), §4.2.1 (last-hop switchover), §4.1 (Keepalive Timer by
// data); RFC 5015 §3.3 (bidirectional forwarding). It knows no protocol: its upcalls have names.
// Departure: Linux limits wrong-interface upcalls to one per 3 s; here each packet is one.
#ifndef VXLAN_MULTICAST_MULTICAST_FORWARDER_H
#define VXLAN_MULTICAST_MULTICAST_FORWARDER_H

#include "ns3/class-log.h"
#include "ns3/deadline-heap.h"
#include "ns3/flat-key-map.h"
#include "ns3/ipv4-header.h"
#include "ns3/multicast-forwarding-cache.h"
#include "ns3/multicast-rate-window.h"
#include "ns3/packet.h"
#include "ns3/protocol-clock.h"

#include <optional>

namespace ns3
{

class Ipv4;

/** A multicast packet as it came in. */
struct MulticastArrival
{
    const Ipv4Header& header; //!< source and group are in it
    Ptr<const Packet> packet; //!< what follows the header
    uint32_t interface;       //!< Ipv4 interface number, or MulticastEntrySpec::REGISTER_INTERFACE

    /** \returns (S,G) of the packet. */
    SourceGroup GetKey() const
    {
        return SourceGroup(header.GetSource(), header.GetDestination());
    }

    /** \returns the bytes of the packet with its IP header. */
    uint32_t GetIpSize() const
    {
        return packet->GetSize() + header.GetSerializedSize();
    }
};

/** What the forwarder notifies a routing protocol of. Each upcall may change entries at once. */
class MulticastUpcalls
{
  public:
    enum class Verdict
    {
        DROP, //!< nothing has changed for this packet
        RETRY //!< look the packet up again: entries have changed
    };

    virtual ~MulticastUpcalls() = default;

    /** Neither (S,G) nor (*,G) has an entry. */
    virtual Verdict NoEntry(const MulticastArrival& arrival) = 0;
    /** \p entry does not accept from the packet's interface. An upcall for every such packet. */
    virtual Verdict WrongInterface(const MulticastArrival& arrival, const SourceGroup& entry) = 0;
    /**
     * The first accepted packet of a source on an entry with \c notifySources, while none of the
     * source is remembered; the packet is looked up again afterwards.
     */
    virtual void SourceSeen(const SourceGroup& sourceGroup, uint32_t interface) = 0;
    /**
     * A source's traffic has reached its entry's threshold. One upcall, then none until the
     * source's own (S,G) entry is removed, Rearm is called, or the source is silent for
     * SOURCE_MEMORY. The packet that crossed it, if not found by polling, is looked up again.
     */
    virtual void ThresholdCrossed(const SourceGroup& sourceGroup, uint32_t interface) = 0;
    /** No packet was accepted on \p entry for its \c idleAfter; again after each further one. */
    virtual void Idle(const SourceGroup& entry) = 0;
    /** The packet also goes into the Register tunnel. Its TTL is as it came in. */
    virtual void RegisterTunnel(const MulticastArrival& arrival) = 0;
    /**
     * \p entry has lost its place in the full table; it stays wanted until removed. Entries must
     * not change inside this upcall.
     */
    virtual void Displaced(const SourceGroup& entry);
};

/** What became of a packet. */
struct MulticastDecision
{
    enum class Outcome
    {
        FORWARDED,       //!< an entry accepted it (perhaps with nowhere to send it)
        NO_ENTRY,        //!< no entry
        WRONG_INTERFACE, //!< the entry accepts from elsewhere
        NO_ROOM          //!< the entry is not in the full table, or the slow path is busy
    };

    Outcome outcome{Outcome::NO_ENTRY};
    /** For ns-3's IpMulticastForward or SendAlong; null: nothing to send natively. */
    Ptr<Ipv4MulticastRoute> route;
};

/** Decides on each multicast packet by a forwarding cache, with upcalls to the protocol. */
class MulticastForwarder
{
  public:
    /** Sources without an own entry are forgotten when silent for this long. */
    static inline const Time SOURCE_MEMORY = Seconds(210);

    /** \param clock, upcalls outlive the forwarder */
    MulticastForwarder(ProtocolClock& clock, MulticastUpcalls& upcalls);

    /** Limits the table. */
    void SetCapacity(std::size_t capacity, MulticastOverflowPolicy policy);
    /** \copydoc MulticastForwardingCache::SetKindCapacities */
    void SetKindCapacities(std::size_t starG, std::size_t source);
    /** The slow path of MulticastOverflowPolicy::PUNT, in packets per second. Default: 70. */
    void SetPuntRate(double packetsPerSecond);
    /**
     * Looks at thresholds only every \p interval, as daemons do that poll kernel counters.
     * 0 (the default): at each packet.
     */
    void SetPollInterval(Time interval);

    /**
     * Whether the protocol's process hangs: entries stay and forward, no upcall is made, and what
     * would have been one comes back with the next packet afterwards. Timers are the clock's.
     */
    void SetProcessHanging(bool isHanging);

    /** Adds or changes an entry. \returns whether it is in the table (it may be full). */
    bool Set(const SourceGroup& key, const MulticastEntrySpec& spec);
    /** Removes an entry. Without one it does nothing. */
    void Remove(const SourceGroup& key);
    /** Restarts an entry's idle time as a packet would, without counting one. */
    void RestartIdle(const SourceGroup& key);
    /** \returns the time until Idle; nothing if there is no such entry or it is not watched. */
    std::optional<Time> GetIdleRemaining(const SourceGroup& key) const;
    /** Allows another ThresholdCrossed and SourceSeen for \p sourceGroup. */
    void Rearm(const SourceGroup& sourceGroup);

    /** Decides on a packet, with its upcalls. The caller sends it along the decision's route. */
    MulticastDecision Forward(const MulticastArrival& arrival);
    /**
     * Sends a packet that did not come through Ipv4RoutingProtocol::RouteInput (out of a Register)
     * along a route: TTL − 1, nothing at 0.
     */
    static void SendAlong(Ptr<Ipv4> ipv4,
                          Ptr<const Ipv4MulticastRoute> route,
                          Ptr<const Packet> packet,
                          Ipv4Header header);

    const MulticastForwardingCache& GetCache() const;

  private:
    NS_LOG_CLASS_DECLARE;

    /** What is remembered of a source while an entry watches it. */
    struct SourceRecord
    {
        bool seen{false};
        bool crossed{false};
        uint32_t interface = 0;
        Time created{0};
        Time lastUse{0};
        MulticastRateWindow window;
    };

    /** Upcalls of a packet so far: each at most once, however often it is looked up. */
    struct UpcallsDone
    {
        bool noEntry{false};
        bool wrongInterface{false};
        bool sourceSeen{false};
        bool counted{false};
    };

    /** A look-up's answer. */
    struct Found
    {
        MulticastForwardingEntry* entry{nullptr};
        bool missed{false}; //!< a better entry is wanted, but not installed
        bool slow{false};   //!< the entry itself is not installed: the slow path serves it
    };

    Found Lookup(const SourceGroup& key);
    bool NotifySource(const MulticastArrival& arrival,
                      const MulticastForwardingEntry& entry,
                      UpcallsDone& done);
    MulticastDecision Accept(const MulticastArrival& arrival, const Found& found);
    SourceRecord& FindSource(const SourceGroup& key, Time entryCreated);
    bool PassSlowPath();
    void SetIdleDeadline(const MulticastForwardingEntry& entry);
    void IdleExpired(const SourceGroup& key);
    void ForgetSilentSources();
    void Poll();

    ProtocolClock& m_clock;
    MulticastUpcalls& m_upcalls;
    MulticastForwardingCache m_cache;
    FlatKeyMap<std::unique_ptr<SourceRecord>> m_sources;
    DeadlineHeap<SourceGroup> m_idle;
    ProtocolTimer m_forgetTimer;
    ProtocolTimer m_pollTimer;
    Time m_pollInterval{0};
    bool m_isProcessHanging{false};
    double m_puntRate{70};
    double m_puntTokens{70};
    Time m_puntFilled{0};
};

} // namespace ns3

#endif
