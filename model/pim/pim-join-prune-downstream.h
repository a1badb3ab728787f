// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.1 to §4.5.3: the per-interface machines that listen to Joins and Prunes from
// downstream: (*,G), (S,G) and (S,G,rpt).
#ifndef VXLAN_MULTICAST_PIM_JOIN_PRUNE_DOWNSTREAM_H
#define VXLAN_MULTICAST_PIM_JOIN_PRUNE_DOWNSTREAM_H

#include "ns3/pim-context.h"

#include <vector>

namespace ns3
{

/** The downstream machines of all entries. */
class PimJoinPruneDownstream
{
  public:
    explicit PimJoinPruneDownstream(PimContext& context);

    /** Receive Join(*,G) on \p interface. \param holdtime of the message */
    void JoinStarG(Ipv4Address group, uint32_t interface, uint16_t holdtime);
    /** Receive Prune(*,G). */
    void PruneStarG(Ipv4Address group, uint32_t interface);
    /** Receive Join(S,G). */
    void JoinSg(SourceGroup key, uint32_t interface, uint16_t holdtime);
    /** Receive Prune(S,G). */
    void PruneSg(SourceGroup key, uint32_t interface);
    /** Receive Join(S,G,rpt). */
    void JoinSgRpt(SourceGroup key, uint32_t interface);
    /** Receive Prune(S,G,rpt). */
    void PruneSgRpt(SourceGroup key, uint32_t interface, uint16_t holdtime);
    /** The message that began with the calls above has been read to its end. */
    void EndOfMessage();

    /** ET or PPT of any of the machines has expired. */
    void Expire(const PimTimerKey& key);
    /** Stop being DF on the interface (RFC 5015 §3.4.1): joins of the group there are void. */
    void StopBeingDf(Ipv4Address group, uint32_t interface);
    /** All state on \p interface is void: the interface went down, or is no more PIM's. */
    void ForgetInterface(uint32_t interface);

  private:
    void Join(SourceGroup key, PimTreeState& entry, uint32_t interface, uint16_t holdtime);
    void Prune(SourceGroup key, PimTreeState& entry, uint32_t interface);
    void ReachNoInfo(SourceGroup key, PimTreeState& entry, uint32_t interface);
    void SetRpt(SourceGroup key, PimSource& s, uint32_t interface, PimRptPruneState state);
    void SetExpiry(const PimTimerKey& key, uint16_t holdtime, bool extendOnly);
    void ExpireJoin(const PimTimerKey& key);
    void ExpireRptPrune(const PimTimerKey& key);
    void SendPruneEcho(SourceGroup key, uint32_t interface);
    Time GetJoinPruneOverrideInterval(uint32_t interface) const;

    PimContext& m_context;
    /** Entries in Prune-Tmp or Prune-Pending-Tmp, until the end of the message. */
    std::vector<std::pair<SourceGroup, uint32_t>> m_temporary;
};

} // namespace ns3

#endif
