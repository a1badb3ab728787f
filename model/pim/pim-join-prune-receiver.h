// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5 and RFC 5015 §3.4: reading Join/Prune messages. What is addressed to this router
// goes to the downstream machines, what is addressed to others to the upstream machines, which
// override and are suppressed.
#ifndef VXLAN_MULTICAST_PIM_JOIN_PRUNE_RECEIVER_H
#define VXLAN_MULTICAST_PIM_JOIN_PRUNE_RECEIVER_H

#include "ns3/pim-assert.h"
#include "ns3/pim-context.h"
#include "ns3/pim-join-prune-downstream.h"
#include "ns3/pim-join-prune-upstream.h"

namespace ns3
{

/** Reads Join/Prune messages, entry by entry. */
class PimJoinPruneReceiver
{
  public:
    /** All arguments outlive the receiver. */
    PimJoinPruneReceiver(PimContext& context,
                         PimJoinPruneDownstream& downstream,
                         PimJoinPruneUpstream& upstream,
                         PimAssertMachine& asserts);

    /** Reasons of refusal: not-a-neighbor, group, source. */
    void Receive(const PimJoinPrune& message, uint32_t interface, Ipv4Address source);

  private:
    void ReceiveSet(const PimJoinPruneGroup& set,
                    const PimJoinPrune& message,
                    const PimInterface& interface,
                    Ipv4Address upstream,
                    bool forMe,
                    Time expiry);
    /** \param known the group; nullptr if it was not there when its set began */
    void ReceiveEntry(bool join,
                      const PimEncodedSource& entry,
                      const PimEncodedGroup& set,
                      PimGroup* known,
                      uint32_t interface,
                      Time expiry);
    void OverhearEntry(bool join,
                       const PimEncodedSource& entry,
                       Ipv4Address group,
                       uint32_t interface,
                       Ipv4Address neighbor,
                       uint16_t holdtime);

    PimContext& m_context;
    PimJoinPruneDownstream& m_downstream;
    PimJoinPruneUpstream& m_upstream;
    PimAssertMachine& m_assert;
};

} // namespace ns3

#endif
