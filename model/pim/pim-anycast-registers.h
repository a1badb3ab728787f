// SPDX-License-Identifier: GPL-2.0-only
// RFC 4610 §3, §4: a member of an Anycast-RP set copies each Register from outside the set to the other
// members and keeps in mind who has answered with a Register-Stop (the option of §3): those get no
// copies of data until the next Null-Register.
// Departures: the copy's TTL is that of the Register less one, so that two neighbouring RPs with
// inconsistent sets cannot send a Register to and fro for ever (§4 asks for the TTL to be copied);
// members without a route are not waited for; where RegisterSwitchThreshold is never reached no
// (S,G) state is made, and Registers go on. Interaction with MSDP inside the set (§5) is left out.
#ifndef VXLAN_MULTICAST_PIM_ANYCAST_REGISTERS_H
#define VXLAN_MULTICAST_PIM_ANYCAST_REGISTERS_H

#include "ns3/pim-anycast-rp.h"
#include "ns3/pim-context.h"
#include "ns3/pim-data-plane.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>

namespace ns3
{

/** A member's copies of Registers. */
class PimAnycastRegisters
{
  public:
    /** The arguments outlive this. */
    PimAnycastRegisters(PimContext& context, PimDataPlane& dataPlane);

    /** \returns the set of \p rp that this router is a member of; or nullptr. */
    const PimAnycastRp* FindSet(Ipv4Address rp) const;
    /**
     * Sends a Register to each other member that wants one.
     * \param arrival the packet inside
     * \param ttl of the copies; 0: none leaves
     */
    void
    Send(const PimAnycastRp& set, const MulticastArrival& arrival, bool nullRegister, uint8_t ttl);
    /** \p member has answered with a Register-Stop. */
    void StopReceived(SourceGroup key, Ipv4Address member);
    /** \returns whether every other member that can be reached has answered so. */
    bool HaveAllStopped(const PimAnycastRp& set, SourceGroup key) const;
    /** A source that was not there before. */
    void Forget(SourceGroup key);

  private:
    void ForgetSources();

    PimContext& m_context;
    PimDataPlane& m_dataPlane;
    std::map<SourceGroup, std::set<Ipv4Address>> m_stopped;
    std::size_t m_sizeAfterPurge{0};
};

} // namespace ns3

#endif
