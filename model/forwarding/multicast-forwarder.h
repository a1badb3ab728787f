// SPDX-License-Identifier: GPL-2.0-only
// What a switch chip does with a multicast packet, and what it tells the routing protocol.
// RFC 7761 §4.2 (data packet forwarding), §4.2.1 (last-hop switchover), §4.1 (Keepalive Timer by
// data); RFC 5015 §3.3 (bidirectional forwarding). It knows no protocol: its upcalls have names.
// Departure: Linux limits wrong-interface upcalls to one per 3 s; here each packet tells.
#ifndef VXLAN_MULTICAST_MULTICAST_FORWARDER_H
#define VXLAN_MULTICAST_MULTICAST_FORWARDER_H

#include "ns3/deadline-heap.h"
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
    uint32_t interface;       //!< Ipv4 interface number, or MulticastRow::REGISTER_INTERFACE

    /** \returns (S,G) of the packet. */
    SourceGroup GetKey() const
    {
        return {header.GetSource(), header.GetDestination()};
    }

    /** \returns the bytes of the packet with its IP header. */
    uint32_t GetIpSize() const
    {
        return packet->GetSize() + header.GetSerializedSize();
    }
};

/** What the forwarder tells a routing protocol. Each upcall may change rows at once. */
class MulticastUpcalls
{
  public:
    enum class Verdict
    {
        DROP, //!< nothing has changed for this packet
        RETRY //!< look the packet up again: rows have changed
    };

    virtual ~MulticastUpcalls() = default;

    /** Neither (S,G) nor (*,G) has a row. */
    virtual Verdict NoEntry(const MulticastArrival& arrival) = 0;
    /** The row \p row does not accept from the packet's interface. Every such packet tells. */
    virtual Verdict WrongInterface(const MulticastArrival& arrival, const SourceGroup& row) = 0;
    /**
     * The first accepted packet of a source on a row with \c tellSources, while none of the source
     * is remembered; the packet is looked up again afterwards.
     */
    virtual void SourceSeen(const SourceGroup& sourceGroup, uint32_t interface) = 0;
    /**
     * A source's traffic has reached its row's threshold. Told once, then not again until the
     * source's own (S,G) row is removed, Rearm is called, or the source is silent for
     * SOURCE_MEMORY. The packet that crossed it, if not found by polling, is looked up again.
     */
    virtual void ThresholdCrossed(const SourceGroup& sourceGroup, uint32_t interface) = 0;
    /** No packet was accepted on \p row for its \c idleAfter; told again after each further one. */
    virtual void Idle(const SourceGroup& row) = 0;
    /** The packet goes into the Register tunnel, too. Its TTL is as it came in. */
    virtual void RegisterTunnel(const MulticastArrival& arrival) = 0;
    /**
     * \p row has lost its place in the full table; it stays wanted until removed. Rows must not
     * change inside this upcall.
     */
    virtual void Displaced(const SourceGroup& row);
};

/** What became of a packet. */
struct MulticastDecision
{
    enum class Outcome
    {
        FORWARDED,       //!< a row accepted it (perhaps with nowhere to send it)
        NO_ENTRY,        //!< no row
        WRONG_INTERFACE, //!< the row accepts from elsewhere
        NO_ROOM          //!< the row is not in the full table, or the slow path is busy
    };

    Outcome outcome{Outcome::NO_ENTRY};
    /** For ns-3's IpMulticastForward or SendAlong; null: nothing to send natively. */
    Ptr<Ipv4MulticastRoute> route;
};

/** Decides on each multicast packet by a forwarding cache, and tells the protocol what it sees. */
class MulticastForwarder
{
  public:
    /** Sources without an own row are forgotten when silent for this long. */
    static inline const Time SOURCE_MEMORY = Seconds(210);

    /** \param clock, upcalls outlive the forwarder */
    MulticastForwarder(ProtocolClock& clock, MulticastUpcalls& upcalls);

    /** Limits the table. */
    void SetCapacity(std::size_t capacity, MulticastOverflowPolicy policy);
    /** The slow path of MulticastOverflowPolicy::PUNT, in packets per second. Default: 70. */
    void SetPuntRate(double packetsPerSecond);
    /**
     * Looks at thresholds only every \p interval, as daemons do that poll kernel counters.
     * 0 (the default): at each packet.
     */
    void SetPollInterval(Time interval);

    /** Adds or changes a row. \returns whether it is in the table (it may be full). */
    bool Set(const SourceGroup& key, const MulticastRow& row);
    /** Removes a row. Without one it does nothing. */
    void Remove(const SourceGroup& key);
    /** Forgets everything but the settings. */
    void Clear();
    /** Starts a row's idle time anew, as if a packet had come, without counting one. */
    void RestartIdle(const SourceGroup& key);
    /** \returns the time until Idle; nothing if there is no such row or it is not watched. */
    std::optional<Time> GetIdleRemaining(const SourceGroup& key) const;
    /** Lets ThresholdCrossed and SourceSeen be told anew of \p sourceGroup. */
    void Rearm(const SourceGroup& sourceGroup);

    /** Decides on a packet, with its upcalls. The caller sends it along the route of the decision.
     */
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
    /** What is remembered of a source while a row watches it. */
    struct SourceRecord
    {
        bool seen{false};
        bool crossed{false};
        uint32_t interface {
            0
        };
        Time created{0};
        Time lastUse{0};
        MulticastRateWindow window;
    };

    /** What a packet has done so far: each at most once, however often it is looked up. */
    struct Told
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
        bool missed{false}; //!< a better row is wanted, but not installed
        bool slow{false};   //!< the row itself is not installed: the slow path serves it
    };

    Found Lookup(const SourceGroup& key);
    bool TellSource(const MulticastArrival& arrival,
                    const MulticastForwardingEntry& entry,
                    Told& told);
    MulticastDecision Accept(const MulticastArrival& arrival, const Found& found);
    SourceRecord& FindSource(const SourceGroup& key, Time rowCreated);
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
    double m_puntRate{70};
    double m_puntTokens{70};
    Time m_puntFilled{0};
};

} // namespace ns3

#endif
