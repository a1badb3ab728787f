// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.3.1: sending and receiving Hellos. The RFC has no figure and no states here: the events
// are those of its text, in its order. A triggered Hello leaves the periodic Hello Timer alone.
// Departure: the DR, and the only other router of a link, answer a newcomer without random delay.
#ifndef VXLAN_MULTICAST_PIM_HELLO_H
#define VXLAN_MULTICAST_PIM_HELLO_H

#include "ns3/class-log.h"
#include "ns3/deadline-heap.h"
#include "ns3/pim-dr-election.h"
#include "ns3/pim-neighbor-table.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <utility>

namespace ns3
{

/** What makes this router send a Hello on an interface, or end doing so. */
enum class PimHelloEvent : uint8_t
{
    INTERFACE_STARTS,        //!< the first Hello is due within Triggered_Hello_Delay
    HELLO_TIMER_EXPIRES,     //!< HT(I)
    NEWCOMER,                //!< a new neighbour, or one with a new Generation ID, was dealt with
    TRIGGERED_DELAY_EXPIRES, //!< the Hello for a newcomer is due
    MESSAGE_DUE,             //!< another message must not be the first from this router
    OPTIONS_CHANGE,          //!< secondary addresses or DR priority
    ADDRESS_CHANGES,         //!< the primary address: a goodbye under the old one
    INTERFACE_STOPS          //!< or PIM on it: a goodbye
};

/** What happens to a neighbour. */
enum class PimNeighborEvent : uint8_t
{
    FIRST_HELLO,
    HELLO,
    NEW_GENERATION_ID, //!< it restarted: it has lost the Joins it received (§4.3.1, §4.5.6)
    GOODBYE,           //!< a Hello of Holdtime 0
    LOST,              //!< found dead by other means, such as BFD
    LIVENESS_EXPIRES   //!< NLT(N,I)
};

/** The Hellos of one router on all its interfaces; owns the neighbours that they make known. */
class PimHelloMachine
{
  public:
    /** All arguments outlive this. */
    PimHelloMachine(PimEnvironment& environment, const PimHelloConfig& config);

    // Called for the engine, after the table has changed. Any may be empty.
    std::function<void(uint32_t interface, const PimNeighbor&)> neighborUp;
    std::function<void(uint32_t interface, const PimNeighbor&)> neighborDown;
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
     * To be called after the environment's interface came, went, or changed address or DR priority.
     */
    void InterfaceChanged(uint32_t interface);
    /** Says goodbye (Holdtime 0) on an interface that is about to go down. */
    void SendGoodbye(uint32_t interface);

    void ReceiveHello(const PimHello& hello, uint32_t interface, Ipv4Address source);
    /** The neighbour was found dead by other means; no error if there is none. */
    void NeighborLost(uint32_t interface, Ipv4Address address);

    /**
     * A Join/Prune or Assert must not be the first message from this router (§4.3.1);
     * and a router that registers a LAN's sources must have announced itself as the DR.
     */
    void EnsureHelloSent(uint32_t interface);

    PimNeighborTable& GetTable();
    const PimNeighborTable& GetTable() const;
    const PimDrElection& GetDrElection() const;
    /** \returns the time until the neighbour with this primary address expires; 0: never. */
    Time GetRemaining(uint32_t interface, Ipv4Address address) const;

  private:
    NS_LOG_CLASS_DECLARE;

    /** The sending side of an interface. */
    struct Sender
    {
        Sender(ProtocolClock& clock,
               std::function<void()> helloTimerExpires,
               std::function<void()> triggeredDelayExpires)
            : helloTimer(clock, std::move(helloTimerExpires)),
              triggeredTimer(clock, std::move(triggeredDelayExpires))
        {
        }

        bool helloSent{false};        //!< from the present address
        bool hasNewcomer{false};      //!< a neighbour that has not been sent one yet
        ProtocolTimer helloTimer;     //!< Hello Timer, HT(I)
        ProtocolTimer triggeredTimer; //!< a Hello for a newcomer is due when it rings
    };

    Sender* FindSender(uint32_t interface) const;
    /** \param now the interface as it is, where the event is one of its changes */
    void HandleEvent(PimHelloEvent event, uint32_t interface, const PimInterface* now = nullptr);
    void HandleEvent(PimNeighborEvent event, uint32_t interface, const PimNeighbor& neighbor);
    void StartInterface(const PimInterface& interface);
    void StopInterface(uint32_t interface);
    void SendHello(uint32_t interface);
    void AnswerNewcomer(uint32_t interface);
    void Remove(uint32_t interface, Ipv4Address address);
    static bool Describe(PimNeighbor& neighbor, const PimHello& hello);
    void NotifyIfDelayChanged(uint32_t interface, const PimLanDelay& before);

    PimEnvironment& m_environment;
    const PimHelloConfig& m_config;
    PimNeighborTable m_table;
    PimDrElection m_drElection;
    std::map<uint32_t, std::unique_ptr<Sender>> m_senders;
    DeadlineHeap<std::pair<uint32_t, Ipv4Address>> m_liveness; //!< NLT(N,I)
};

} // namespace ns3

#endif
