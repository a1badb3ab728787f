// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.4 to §4.5.7: the upstream machines, which join and prune towards the RP and the
// source, override and are suppressed by others on the upstream LAN.
// Departure: the first periodic Join of an entry may come before t_periodic is over, so that all
// entries towards one neighbour are refreshed together, in as few messages as they fit.
#ifndef VXLAN_MULTICAST_PIM_JOIN_PRUNE_UPSTREAM_H
#define VXLAN_MULTICAST_PIM_JOIN_PRUNE_UPSTREAM_H

#include "ns3/pim-context.h"

#include <map>

namespace ns3
{

/** The upstream machines of all entries. */
class PimJoinPruneUpstream
{
  public:
    explicit PimJoinPruneUpstream(PimContext& context);

    /** Looks at JoinDesired(*,G) and RPF'(*,G), and does what their changes call for. */
    void Update(PimGroup& g);
    /** The same for (S,G) and, with PruneDesired and RPF'(S,G,rpt), for (S,G,rpt). */
    void Update(PimGroup& g, PimSource& s);

    /** A message from \p interface to another upstream neighbour, \p neighbor. */
    void SeeJoinStarG(Ipv4Address group,
                      Ipv4Address rp,
                      uint32_t interface,
                      Ipv4Address neighbor,
                      uint16_t holdtime);
    void SeePruneStarG(Ipv4Address group, uint32_t interface, Ipv4Address neighbor);
    void SeeJoinSg(SourceGroup key, uint32_t interface, Ipv4Address neighbor, uint16_t holdtime);
    void SeePruneSg(SourceGroup key, uint32_t interface, Ipv4Address neighbor);
    void SeeJoinSgRpt(SourceGroup key, uint32_t interface, Ipv4Address neighbor);
    void SeePruneSgRpt(SourceGroup key, uint32_t interface, Ipv4Address neighbor);

    /** RPF' GenID changes: \p neighbor restarted, and has to be told again. */
    void NeighborRestarted(uint32_t interface, Ipv4Address neighbor);
    /** JT or OT of an entry has expired. */
    void Expire(const PimTimerKey& key);

  private:
    void Update(SourceGroup key, PimTreeState& entry, bool desired, Ipv4Address neighbor);
    void UpdateRpt(PimGroup& g, PimSource& s);
    void Move(SourceGroup key, PimTreeState& entry, const PimUpstreamNeighbor& to);
    void SendJoin(SourceGroup key, const PimTreeState& entry);
    void SendPrune(SourceGroup key, const PimUpstreamNeighbor& to);
    void SendRpt(bool join, const PimGroup& g, const PimSource& s);
    void StartJoinTimer(SourceGroup key, const PimTreeState& entry);
    void Suppress(SourceGroup key, const PimTreeState& entry, uint16_t holdtime);
    void Override(SourceGroup key, const PimTreeState& entry);
    void OverrideRpt(const PimGroup& g, SourceGroup key, uint32_t interface, Ipv4Address neighbor);
    bool IsJoinedTo(const PimTreeState& entry, uint32_t interface, Ipv4Address neighbor) const;
    Time GetPeriodicDelay(const PimUpstreamNeighbor& neighbor);
    void Report(const char* event, SourceGroup key, Ipv4Address neighbor) const;

    PimContext& m_context;
    /** When the periodic Joins to a neighbour go out: this plus any number of periods. */
    std::map<PimJoinPruneQueue::Destination, Time> m_phases;
};

} // namespace ns3

#endif
