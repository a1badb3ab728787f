// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §13 (flooding), §13.7 and §14 (flushing aged LSAs).
#ifndef VXLAN_MULTICAST_OSPF_FLOODING_H
#define VXLAN_MULTICAST_OSPF_FLOODING_H

#include "ns3/ospf-interface.h"
#include "ns3/ospf-lsdb.h"

#include <set>
#include <utility>

namespace ns3
{

class OspfInstance;

/** The flooding procedure of one router. What is flooded at one instant shares packets. */
class OspfFlooding
{
  public:
    explicit OspfFlooding(OspfInstance& instance);

    /** §13. \returns empty, or why the packet or an LSA of it was refused. */
    std::string ReceiveUpdate(OspfNeighbor& from, const OspfLinkStateUpdate& update);
    /** §13.7. \returns empty, or why the packet was refused. */
    std::string ReceiveAck(OspfNeighbor& from, const OspfLinkStateAck& ack);

    /** Installs an LSA that this router originates, and floods it (§12.4). */
    void Originate(Ipv4Address area, const OspfLsa& lsa);
    /** Sets an LSA's age to MaxAge and floods it (§14.1); no error if there is none. */
    void Flush(Ipv4Address area, const OspfLsaKey& key);

    /** As OspfHost::SendLsas. */
    std::size_t SendLsas(OspfInterface& interface,
                         Ipv4Address destination,
                         const std::vector<OspfLsaKey>& keys,
                         std::size_t packets);
    /** Looks, soon, whether LSAs of MaxAge may leave the database (§14). */
    void SchedulePurge();

  private:
    std::string ReceiveLsa(OspfNeighbor& from, const OspfLsa& lsa);
    void AcceptNewer(OspfNeighbor& from, const OspfLsa& lsa);
    void ReceiveSame(OspfNeighbor& from, const OspfLsaHeader& header);
    /** §13 step 8: the neighbour's copy is out of date. */
    void ReceiveOlder(OspfNeighbor& from, const OspfLsaKey& key);
    /** Puts \p lsa into the database, and tells the routes. */
    void Install(Ipv4Address area, const OspfLsa& lsa, bool received);
    /** §13.3. \returns true when it went back out of the interface it came in on. */
    bool Flood(Ipv4Address area, const OspfLsaHeader& header, OspfNeighbor* from);
    /** §13.3 step 1. \returns true when the neighbour takes the LSA. */
    bool AddToNeighbor(OspfNeighbor& neighbor, const OspfLsaHeader& header, OspfNeighbor* from);
    bool IsEligible(const OspfInterface& interface, Ipv4Address area, OspfLsaType type) const;
    void RemoveFromRetransmissionLists(Ipv4Address area, const OspfLsaKey& key);
    bool IsAnyoneLoading() const;
    bool IsUnacknowledged(const OspfLsaKey& key, Ipv4Address area) const;
    void ScheduleFlush();
    void SendPending();
    void Purge();

    OspfInstance& m_instance;
    std::vector<OspfLsaHeader> m_directAcks;             //!< for the update being read
    std::set<std::pair<Ipv4Address, OspfLsaKey>> m_aged; //!< at MaxAge, not yet gone
    ProtocolTimer m_flush;                               //!< rings at once
};

} // namespace ns3

#endif
