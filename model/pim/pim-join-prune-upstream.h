// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.4 to §4.5.7: the upstream machines, which join and prune towards the RP and the
// source, override and are suppressed by others on the upstream LAN.
// Departure: the first periodic Join of an entry may come before t_periodic is over, so that all
// entries towards one neighbour are refreshed together, in as few messages as they fit.
#ifndef VXLAN_MULTICAST_PIM_JOIN_PRUNE_UPSTREAM_H
#define VXLAN_MULTICAST_PIM_JOIN_PRUNE_UPSTREAM_H

#include "ns3/pim-context.h"
#include "ns3/pim-words.h"

namespace ns3
{

/** The events of the (*,G) machine (§4.5.4) and of the (S,G) machine (§4.5.5). */
enum class PimUpstreamEvent : uint8_t
{
    JOIN_DESIRED_TRUE,
    JOIN_DESIRED_FALSE,
    JOIN_TIMER_EXPIRES,
    SEE_JOIN,              //!< to RPF'
    SEE_PRUNE,             //!< to RPF'; for (S,G) also a Prune(S,G,rpt) or Prune(*,G)
    RPF_CHANGES_BY_ASSERT, //!< RPF' does
    RPF_CHANGES,           //!< RPF' does, not due to an Assert
    RPF_GEN_ID_CHANGES     //!< RPF' has restarted
};

template <>
struct EnumNames<PimUpstreamEvent>
{
    static constexpr const char* NAMES[] = {"JoinDesiredTrue",
                                            "JoinDesiredFalse",
                                            "JoinTimerExpires",
                                            "SeeJoin",
                                            "SeePrune",
                                            "RPF'ChangesByAssert",
                                            "RPF'Changes",
                                            "RPF'GenIDChanges"};
};

/** The events of the (S,G,rpt) machine (§4.5.7). */
enum class PimRptUpstreamEvent : uint8_t
{
    PRUNE_DESIRED_TRUE,
    PRUNE_DESIRED_FALSE,
    RPT_JOIN_DESIRED_TRUE,
    RPT_JOIN_DESIRED_FALSE,
    OVERRIDE_TIMER_EXPIRES,
    SEE_PRUNE,             //!< Prune(S,G,rpt) or Prune(S,G) to RPF'(S,G,rpt)
    SEE_JOIN,              //!< Join(S,G,rpt) to RPF'(S,G,rpt)
    RPF_BECOMES_RPF_STAR_G //!< RPF'(S,G,rpt) becomes RPF'(*,G)
};

template <>
struct EnumNames<PimRptUpstreamEvent>
{
    static constexpr const char* NAMES[] = {"PruneDesiredTrue",
                                            "PruneDesiredFalse",
                                            "RPTJoinDesiredTrue",
                                            "RPTJoinDesiredFalse",
                                            "OverrideTimerExpires",
                                            "SeePrune",
                                            "SeeJoin",
                                            "RPF'(S,G,rpt)BecomesRPF'(*,G)"};
};

/** The upstream machines of all entries. */
class PimJoinPruneUpstream
{
  public:
    explicit PimJoinPruneUpstream(PimContext& context);

    /** Recomputes JoinDesired(*,G) and RPF'(*,G), and does what their changes call for. */
    void Update(PimGroup& g);
    /** The same for (S,G) and, with PruneDesired and RPF'(S,G,rpt), for (S,G,rpt). */
    void Update(PimGroup& g, PimSource& s);

    /** A message from \p interface to another upstream neighbour, \p neighbor. */
    void OverhearJoinStarG(Ipv4Address group,
                           Ipv4Address rp,
                           uint32_t interface,
                           Ipv4Address neighbor,
                           uint16_t holdtime);
    void OverhearPruneStarG(Ipv4Address group, uint32_t interface, Ipv4Address neighbor);
    void
    OverhearJoinSg(SourceGroup key, uint32_t interface, Ipv4Address neighbor, uint16_t holdtime);
    void OverhearPruneSg(SourceGroup key, uint32_t interface, Ipv4Address neighbor);
    void OverhearJoinSgRpt(SourceGroup key, uint32_t interface, Ipv4Address neighbor);
    void OverhearPruneSgRpt(SourceGroup key, uint32_t interface, Ipv4Address neighbor);

    /** RPF' GenID changes: \p neighbor has restarted, and needs the Joins again. */
    void NeighborRestarted(uint32_t interface, Ipv4Address neighbor);
    /** JT or OT of an entry has expired. */
    void Expire(const PimTimerKey& key);

  private:
    using State = PimUpstreamState;
    using Event = PimUpstreamEvent;
    using RptState = PimRptUpstreamState;
    using RptEvent = PimRptUpstreamEvent;

    /** A (*,G) or (S,G) machine. */
    struct Instance
    {
        SourceGroup key;
        PimTreeState& entry;
    };

    /** An (S,G,rpt) machine. */
    struct RptInstance
    {
        const PimGroup& g;
        PimSource& s;
    };

    /** What came with an event. */
    struct Cause
    {
        PimUpstreamNeighbor neighbor{}; //!< the present RPF'
        uint16_t holdtime{0};           //!< of a Join overheard
    };

    /** §4.5.4 and §4.5.5. */
    void HandleEvent(const Instance& at, PimUpstreamEvent event, const Cause& cause);
    void HandleNotJoined(const Instance& at, PimUpstreamEvent event, const Cause& cause);
    void HandleJoined(const Instance& at, PimUpstreamEvent event, const Cause& cause);
    void FollowAssert(const Instance& at, const PimUpstreamNeighbor& to);
    void Follow(const Instance& at, const PimUpstreamNeighbor& to);
    void SendPeriodicJoin(const Instance& at);

    /** §4.5.7. */
    void HandleRptEvent(const RptInstance& at, PimRptUpstreamEvent event);
    void HandleRptNotJoined(const RptInstance& at, PimRptUpstreamEvent event);
    void HandlePruned(const RptInstance& at, PimRptUpstreamEvent event);
    void HandleNotPruned(const RptInstance& at, PimRptUpstreamEvent event);

    void Update(const Instance& at, bool desired, Ipv4Address neighbor);
    void UpdateRpt(PimGroup& g, PimSource& s);
    void SendJoin(const Instance& at);
    void SendPrune(SourceGroup key, const PimUpstreamNeighbor& to);
    void SendRpt(bool join, const PimGroup& g, const PimSource& s);
    void Suppress(const Instance& at, uint16_t holdtime);
    void Override(const Instance& at);
    void OverrideRpt(const RptInstance& at);
    void OverhearRptPrune(SourceGroup key, uint32_t interface, Ipv4Address neighbor);
    bool IsJoinedTo(const PimTreeState& entry, uint32_t interface, Ipv4Address neighbor) const;
    void Report(PimNotice notice, SourceGroup key, Ipv4Address neighbor) const;

    PimContext& m_context;
};

} // namespace ns3

#endif
