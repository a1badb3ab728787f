// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3: the table of neighbours (pim-neighbor-table.cc) and the Hellos that fill it
// (pim-hello.cc), LAN Prune Delay; §4.9.2's options. The DR is elected by pim-dr-election. A
// triggered Hello leaves the periodic Hello Timer alone (§4.3.1).
#ifndef VXLAN_MULTICAST_PIM_NEIGHBOR_TABLE_H
#define VXLAN_MULTICAST_PIM_NEIGHBOR_TABLE_H

#include "ns3/deadline-heap.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-message.h"
#include "ns3/pim-words.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace ns3
{

/** Constants of RFC 7761 §4.11 that concern Hellos, and which options are sent. */
struct PimHelloConfig
{
    Time helloPeriod{Seconds(30)};
    Time triggeredHelloDelay{Seconds(5)};
    uint16_t holdtime{105};                    //!< seconds
    Time propagationDelay{MilliSeconds(500)};  //!< Propagation_delay(I)
    Time overrideInterval{MilliSeconds(2500)}; //!< Override_Interval(I)
    bool trackingSupport{false};               //!< T bit: able to disable join suppression
    bool sendLanPruneDelay{true};              //!< send the LAN Prune Delay option
    bool sendDrPriority{true};                 //!< send the DR Priority option
    bool sendGenerationId{true};               //!< send the Generation ID option
    bool bidirectionalCapable{true};           //!< send the Bidirectional Capable option
};

/** A PIM neighbour, as its last Hello described it. */
struct PimNeighbor
{
    Ipv4Address address{Ipv4Address::GetAny()}; //!< the primary address
    std::vector<Ipv4Address> secondary;
    uint16_t holdtime{0}; //!< seconds; 0xffff: it never expires
    std::optional<PimLanPruneDelay> lanPruneDelay;
    std::optional<uint32_t> drPriority;
    std::optional<uint32_t> generationId;
    bool bidirectionalCapable{false};
    Time upSince;
};

/** The neighbours on all interfaces of a router, and the Hellos that this router sends them. */
class PimNeighborTable
{
  public:
    using NeighborMap = std::map<Ipv4Address, PimNeighbor>;

    PimNeighborTable(PimEnvironment& environment, const PimHelloConfig& config);

    // Called for the engine, after the table has changed. Any may be empty.
    std::function<void(uint32_t interface, const PimNeighbor&)> neighborUp;
    std::function<void(uint32_t interface, const PimNeighbor&)> neighborDown;
    /** The neighbour restarted: it has lost the Joins it received (§4.3.1, §4.5.6). */
    std::function<void(uint32_t interface, const PimNeighbor&)> generationIdChanged;
    /** DR(I) has changed. */
    std::function<void(uint32_t interface)> drChanged;
    /** Effective delays or suppression on the interface changed. */
    std::function<void(uint32_t interface)> lanDelayChanged;
    /** A Hello has just left the interface: what waits for one may go (RFC 5059 §3.5). */
    std::function<void(uint32_t interface)> helloSent;
    /** A Hello of a neighbour has been dealt with. */
    std::function<void(uint32_t interface, const PimNeighbor&)> helloReceived;

    /**
     * To be called after the environment's interface came, went, or changed address or DR priority:
     * starts and stops Hellos, sends a goodbye for an address lost, drops neighbours.
     */
    void InterfaceChanged(uint32_t interface);
    /** Says goodbye (Holdtime 0) on an interface that is about to go down. */
    void SendGoodbye(uint32_t interface);

    /** Somebody else has found that the neighbour is dead; no error if there is none. */
    void NeighborLost(uint32_t interface, Ipv4Address address);

    void ReceiveHello(const PimHello& hello, uint32_t interface, Ipv4Address source);

    /**
     * A Join/Prune or Assert must not be the first that neighbours hear of this router (§4.3.1);
     * and a router that registers a LAN's sources must have announced itself as the DR.
     */
    void EnsureHelloSent(uint32_t interface);

    /** \returns the neighbour that has \p address, primary or secondary, or nullptr. */
    const PimNeighbor* Find(uint32_t interface, Ipv4Address address) const;
    /** \returns the neighbours by primary address. */
    const NeighborMap& GetNeighbors(uint32_t interface) const;
    /** \returns how many neighbours the interface has. */
    std::size_t GetSize(uint32_t interface) const;
    /** \returns the time until the neighbour with this primary address expires; 0: never. */
    Time GetRemaining(uint32_t interface, Ipv4Address address) const;

    /** \returns DR(I) by primary address; any when PIM does not run on the interface. */
    Ipv4Address GetDr(uint32_t interface) const;
    /** I_am_DR(I) */
    bool IAmDr(uint32_t interface) const;
    /**
     * \returns who would be DR(I) if \p absent were not there: RFC 5059 §3.5 asks it of a router
     * that comes up.
     */
    Ipv4Address GetDrWithout(uint32_t interface, Ipv4Address absent) const;

    /** Effective_Propagation_Delay(I) */
    Time GetEffectivePropagationDelay(uint32_t interface) const;
    /** Effective_Override_Interval(I) */
    Time GetEffectiveOverrideInterval(uint32_t interface) const;
    /** J/P_Override_Interval(I), the sum of the two. */
    Time GetJoinPruneOverrideInterval(uint32_t interface) const;
    /** t_override on the interface: random in [0, Effective_Override_Interval(I)). */
    Time GetTOverride(uint32_t interface);
    /** Suppression_Enabled(I) */
    bool IsSuppressionEnabled(uint32_t interface) const;
    /** \returns true when every neighbour on the interface does bidirectional PIM (RFC 5015
     * §3.7.4). */
    bool AreAllBidirectionalCapable(uint32_t interface) const;
    /**
     * \returns the time until Hellos must have been exchanged with the routers that were there when
     * the interface came up: this router's, and theirs that it triggers
     */
    Time GetTimeToMeet(uint32_t interface) const;
    /** \returns the Generation ID sent on the interface; 0 when PIM does not run there. */
    uint32_t GetGenerationId(uint32_t interface) const;

  private:
    struct Link
    {
        Link(ProtocolClock& clock,
             std::function<void()> helloTimerExpired,
             std::function<void()> sendHello)
            : helloTimer(clock, std::move(helloTimerExpired)),
              triggeredTimer(clock, std::move(sendHello))
        {
        }

        PimInterface seen; //!< the interface as Hellos last described it
        Time since;        //!< when it came up
        uint32_t generationId{0};
        bool helloSent{false};   //!< from the present address
        bool hasNewcomer{false}; //!< a neighbour that has not been sent one yet
        Ipv4Address dr{Ipv4Address::GetAny()};
        NeighborMap neighbors;
        ProtocolTimer helloTimer;     //!< Hello Timer, HT(I)
        ProtocolTimer triggeredTimer; //!< a Hello for a newcomer is due when it rings
    };

    /** What a change of neighbours may change besides. */
    struct LanDelay
    {
        Time propagation;
        Time overrideInterval;
        bool suppression;

        bool operator!=(const LanDelay& other) const
        {
            return propagation != other.propagation || overrideInterval != other.overrideInterval ||
                   suppression != other.suppression;
        }
    };

    Link* FindLink(uint32_t interface) const;
    void Start(const PimInterface& interface);
    void Stop(uint32_t interface, bool goodbye);
    void Follow(Link& link, const PimInterface& now);
    void SendHello(uint32_t interface);
    void AnswerNewcomer(uint32_t interface);
    void Expire(uint32_t interface, Ipv4Address address);
    void Remove(uint32_t interface, Ipv4Address address);
    bool Describe(PimNeighbor& neighbor, const PimHello& hello) const;
    void TakeAddresses(Link& link, const PimNeighbor& owner);
    void UpdateDr(uint32_t interface);
    Ipv4Address ElectDr(const Link& link, Ipv4Address absent) const;
    LanDelay GetLanDelay(const Link& link) const;
    void NotifyIfDelayChanged(uint32_t interface, const LanDelay& before);
    void Report(PimNotice notice, uint32_t interface, Ipv4Address address) const;

    PimEnvironment& m_environment;
    const PimHelloConfig& m_config;
    std::map<uint32_t, std::unique_ptr<Link>> m_links;
    DeadlineHeap<std::pair<uint32_t, Ipv4Address>> m_liveness;
};

} // namespace ns3

#endif
