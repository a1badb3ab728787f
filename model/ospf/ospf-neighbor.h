// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §10: the neighbour data structure, its state machine (§10.1-10.4, Figures 12 and 13) and
// the database exchange (§10.6-10.9). Departure: no NBMA networks, so no Attempt state and no
// Start.
#ifndef VXLAN_MULTICAST_OSPF_NEIGHBOR_H
#define VXLAN_MULTICAST_OSPF_NEIGHBOR_H

#include "ns3/class-log.h"
#include "ns3/ospf-context.h"
#include "ns3/ospf-link.h"
#include "ns3/ospf-retransmission-list.h"

#include <deque>
#include <map>
#include <set>

namespace ns3
{

/** §10.1, in the RFC's order. */
enum class OspfNeighborState : uint8_t
{
    DOWN,
    INIT,
    TWO_WAY,
    EX_START,
    EXCHANGE,
    LOADING,
    FULL
};

/** §10.2. */
enum class OspfNeighborEvent : uint8_t
{
    HELLO_RECEIVED,
    TWO_WAY_RECEIVED,
    NEGOTIATION_DONE,
    EXCHANGE_DONE,
    BAD_LS_REQ,
    LOADING_DONE,
    ADJ_OK,
    SEQ_NUMBER_MISMATCH,
    ONE_WAY_RECEIVED,
    KILL_NBR,
    INACTIVITY_TIMER,
    LL_DOWN
};

template <>
struct EnumNames<OspfNeighborState>
{
    static constexpr const char* NAMES[] =
        {"Down", "Init", "TwoWay", "ExStart", "Exchange", "Loading", "Full"};
};

template <>
struct EnumNames<OspfNeighborEvent>
{
    static constexpr const char* NAMES[] = {"HelloReceived",
                                            "2-WayReceived",
                                            "NegotiationDone",
                                            "ExchangeDone",
                                            "BadLSReq",
                                            "LoadingDone",
                                            "AdjOK?",
                                            "SeqNumberMismatch",
                                            "1-WayReceived",
                                            "KillNbr",
                                            "InactivityTimer",
                                            "LLDown"};
};

/** One neighbour of an interface. */
class OspfNeighbor
{
  public:
    /**
     * \param context the router
     * \param link the interface it is on
     * \param routerId its router id
     * \param address its interface address: the source of its packets
     */
    OspfNeighbor(OspfContext& context, OspfLink& link, OspfId routerId, Ipv4Address address);

    /** Runs the state machine of §10.3; a pair that it does not name changes nothing. */
    void HandleEvent(OspfNeighborEvent event);

    /** §10.6. \returns why the packet was refused. */
    OspfDropReason ReceiveDatabaseDescription(const OspfDatabaseDescription& description);
    /** §10.7. \returns why the packet was refused. */
    OspfDropReason ReceiveRequest(const OspfLinkStateRequest& request);

    /** An update brought \p header: §13.3 step 1b's look at the request list. */
    enum class RequestMatch
    {
        NOT_LISTED,
        OLDER, //!< than what was asked for
        SAME,  //!< what was asked for
        NEWER
    };

    RequestMatch MatchRequest(const OspfLsaHeader& header) const;
    /** The LSA asked for has come: next request, or LoadingDone. */
    void RemoveRequest(const OspfLsaKey& key);

    /** Puts the database copy on the Link state retransmission list; it has just been sent. */
    void AddRetransmission(const OspfLsaKey& key);
    /** \returns whether \p key was on the list. */
    bool RemoveRetransmission(const OspfLsaKey& key);
    bool IsOnRetransmissionList(const OspfLsaKey& key) const;

    /** \returns the interface it is on. */
    const OspfLink& GetLink() const
    {
        return m_link;
    }

    OspfNeighborState GetState() const
    {
        return m_state;
    }

    OspfId GetRouterId() const
    {
        return m_routerId;
    }

    Ipv4Address GetAddress() const
    {
        return m_address;
    }

    /** \returns whether this router leads the exchange. */
    bool IsMaster() const
    {
        return m_master;
    }

    std::size_t GetRequestListSize() const
    {
        return m_requests.size();
    }

    std::size_t GetRetransmissionListSize() const
    {
        return m_retransmissions.GetSize();
    }

    /** From its last Hello; kept by the interface. */
    uint8_t priority{1};
    Ipv4Address designatedRouter{Ipv4Address::GetAny()};
    Ipv4Address backupDesignatedRouter{Ipv4Address::GetAny()};

  private:
    NS_LOG_CLASS_DECLARE;

    void SetState(OspfNeighborState state);

    // Actions of Figure 13
    void TwoWayReceived();
    void NegotiationDone();
    void ExchangeDone();
    void LoadingDone();
    void AdjOk();
    void RestartExchange();
    void OneWayReceived();
    void Down();
    void HelloReceived();

    void EnterExStart();
    /** Clears the lists and timers of the exchange (§10.3, on every fall below ExStart). */
    void ClearAdjacency();

    bool NegotiateDatabaseDescription(const OspfDatabaseDescription& description);
    OspfDropReason ExchangeDatabaseDescription(const OspfDatabaseDescription& description);
    bool IsDuplicate(const OspfDatabaseDescription& description) const;
    void AcceptDatabaseDescription(const OspfDatabaseDescription& description);
    /** Sends the next packet of the exchange (§10.8). */
    void SendDatabaseDescription();
    void ResendDatabaseDescription();
    void SendRequest();
    void Retransmit();
    void ArmRetransmission();

    OspfContext& m_context;
    OspfLink& m_link;
    const OspfId m_routerId;
    const Ipv4Address m_address;
    OspfNeighborState m_state{OspfNeighborState::DOWN};
    OspfNeighborEvent m_event{OspfNeighborEvent::KILL_NBR}; //!< that is being handled

    bool m_master{false};
    uint32_t m_sequence{0}; //!< DD Sequence Number
    bool m_sequenceChosen{false};
    OspfDatabaseDescription m_lastReceived;
    OspfDatabaseDescription m_lastSent;
    Time m_freeLastSent; //!< when a slave forgets its last packet
    std::deque<OspfLsaHeader> m_summary;
    std::map<OspfLsaKey, OspfLsaHeader> m_requests;
    std::set<OspfLsaKey> m_outstanding; //!< requests on their way
    OspfRetransmissionList m_retransmissions;
    ProtocolTimer m_descriptionTimer;
    ProtocolTimer m_requestTimer;
    ProtocolTimer m_retransmissionTimer;
};

} // namespace ns3

#endif
