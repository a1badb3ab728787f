// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.1 to §4.5.3: the per-interface machines that listen to Joins and Prunes from
// downstream: (*,G), (S,G) and (S,G,rpt). The Expiry Timers of (*,G) and (S,G) are in their
// PimDownstreamState; PimContext::timers has one deadline for all of an entry, the earliest or one
// before it. The Prune-Pending Timers and those of (S,G,rpt) are deadlines there, one each.
#ifndef VXLAN_MULTICAST_PIM_JOIN_PRUNE_DOWNSTREAM_H
#define VXLAN_MULTICAST_PIM_JOIN_PRUNE_DOWNSTREAM_H

#include "ns3/pim-context.h"

#include <utility>
#include <vector>

namespace ns3
{

/** The events of the (*,G) machine (§4.5.1) and of the (S,G) machine (§4.5.2). */
enum class PimDownstreamEvent : uint8_t
{
    RECEIVE_JOIN,
    RECEIVE_PRUNE,
    PRUNE_PENDING_TIMER_EXPIRES,
    EXPIRY_TIMER_EXPIRES,
    STOP_BEING_DF, //!< of bidirectional groups: RFC 5015 §3.4.1
    INTERFACE_DOWN //!< or PIM was disabled on it
};

template <>
struct EnumNames<PimDownstreamEvent>
{
    static constexpr const char* NAMES[] = {"ReceiveJoin",
                                            "ReceivePrune",
                                            "PrunePendingTimerExpires",
                                            "ExpiryTimerExpires",
                                            "StopBeingDF",
                                            "InterfaceDown"};
};

/** The events of the (S,G,rpt) machine (§4.5.3). */
enum class PimRptDownstreamEvent : uint8_t
{
    RECEIVE_JOIN_STAR_G,
    RECEIVE_JOIN_SG_RPT,
    RECEIVE_PRUNE_SG_RPT,
    END_OF_MESSAGE,
    PRUNE_PENDING_TIMER_EXPIRES,
    EXPIRY_TIMER_EXPIRES,
    INTERFACE_DOWN
};

template <>
struct EnumNames<PimRptDownstreamEvent>
{
    static constexpr const char* NAMES[] = {"ReceiveJoin(*,G)",
                                            "ReceiveJoin(S,G,rpt)",
                                            "ReceivePrune(S,G,rpt)",
                                            "EndOfMessage",
                                            "PrunePendingTimerExpires",
                                            "ExpiryTimerExpires",
                                            "InterfaceDown"};
};

/** The downstream machines of all entries. */
class PimJoinPruneDownstream
{
  public:
    explicit PimJoinPruneDownstream(PimContext& context);

    /** Receive Join(*,G) on \p interface. \param expiry when its holdtime ends, or Time::Max() */
    void JoinStarG(PimGroup& g, uint32_t interface, Time expiry);
    /** Receive Prune(*,G). */
    void PruneStarG(Ipv4Address group, uint32_t interface);
    /** Receive Join(S,G). */
    void JoinSg(SourceGroup key, PimSource& s, uint32_t interface, Time expiry);
    /** Receive Prune(S,G). */
    void PruneSg(SourceGroup key, uint32_t interface);
    /** Receive Join(S,G,rpt). */
    void JoinSgRpt(SourceGroup key, uint32_t interface);
    /** Receive Prune(S,G,rpt). */
    void PruneSgRpt(SourceGroup key, uint32_t interface, Time expiry);
    /** The message that began with the calls above has been read to its end. */
    void EndOfMessage();

    /** ET or PPT of any of the machines has expired. */
    void Expire(const PimTimerKey& key);
    /** \returns when the first ET of the entry of \p key expires; Time::Max() if none runs. */
    Time GetExpiry(const PimTimerKey& key) const;
    /** \returns the time left on ET of \p entry on \p interface; 0 when it does not run. */
    Time GetExpiryRemaining(const PimTreeState& entry, uint32_t interface) const;
    /** Stop being DF on the interface (RFC 5015 §3.4.1): joins of the group there are void. */
    void StopBeingDf(Ipv4Address group, uint32_t interface);
    /** All state on \p interface is void: it went down, or PIM was disabled on it. */
    void ForgetInterface(uint32_t interface);

  private:
    using State = PimJoinState;
    using Event = PimDownstreamEvent;
    using RptState = PimRptPruneState;
    using RptEvent = PimRptDownstreamEvent;

    /** A (*,G) or (S,G) machine. */
    struct Instance
    {
        SourceGroup key;
        PimTreeState& entry;
        uint32_t interface;
    };

    /** An (S,G,rpt) machine. */
    struct RptInstance
    {
        SourceGroup key;
        PimSource& s;
        uint32_t interface;
    };

    static PimJoinState GetState(const Instance& at);
    static PimRptPruneState GetState(const RptInstance& at);

    /** §4.5.1 and §4.5.2. */
    void HandleEvent(const Instance& at, PimDownstreamEvent event, Time expiry = Time());
    void HandleNoInfo(const Instance& at, PimDownstreamEvent event, Time expiry);
    void HandleJoin(const Instance& at, PimDownstreamEvent event, Time expiry);
    void HandlePrunePending(const Instance& at, PimDownstreamEvent event, Time expiry);

    /** §4.5.3. */
    void HandleRptEvent(const RptInstance& at, PimRptDownstreamEvent event, Time expiry = Time());
    void HandleRptNoInfo(const RptInstance& at, PimRptDownstreamEvent event, Time expiry);
    void HandleRptPrune(const RptInstance& at, PimRptDownstreamEvent event, Time expiry);
    void HandleRptPrunePending(const RptInstance& at, PimRptDownstreamEvent event);
    void HandleRptTemporary(const RptInstance& at,
                            PimRptDownstreamEvent event,
                            Time expiry,
                            PimRptPruneState permanent);

    void EnterNoInfo(const Instance& at);
    void EnterRptNoInfo(const RptInstance& at);
    void EnterTemporary(const RptInstance& at, PimRptPruneState state);
    Time GetDelay(Time expiry) const;
    static Time GetEarliestExpiry(const PimTreeState& entry);
    void StartExpiry(const Instance& at, Time expiry);
    void ExtendExpiry(const Instance& at, Time expiry);
    void ForgetExpiryIfNone(const Instance& at);
    void ExpireJoins(SourceGroup key, PimTreeState& entry);
    void StartRptExpiry(const RptInstance& at, Time expiry);
    void ExtendRptExpiry(const RptInstance& at, Time expiry);
    void SendPruneEcho(SourceGroup key, uint32_t interface);
    Time GetJoinPruneOverrideInterval(uint32_t interface) const;

    PimContext& m_context;
    /** Entries in Prune-Tmp or Prune-Pending-Tmp, until the end of the message. */
    std::vector<std::pair<SourceGroup, uint32_t>> m_temporary;
};

} // namespace ns3

#endif
