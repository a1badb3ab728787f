// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §13 (flooding), §13.7 and §14 (flushing aged LSAs).
#ifndef VXLAN_MULTICAST_OSPF_FLOODING_H
#define VXLAN_MULTICAST_OSPF_FLOODING_H

#include "ns3/ospf-tables.h"

#include <set>
#include <utility>

namespace ns3
{

/** Hears what flooding does to the databases. An area of any stands for the AS-external-LSAs'. */
class OspfFloodingListener
{
  public:
    virtual ~OspfFloodingListener() = default;
    /** An LSA of \p type has changed in a way that routes may follow (§13.2). */
    virtual void DatabaseChanged(OspfId area, OspfLsaType type) = 0;
    /** An instance of an LSA under this router's id exists, here or with a neighbour. */
    virtual void OwnLsaSeen(OspfId area, const OspfLsaHeader& header) = 0;
    /** A neighbour has sent a newer instance of an LSA of this router (§13.4). */
    virtual void OwnLsaReceived() = 0;
    /** An LSA of this router has left the database, acknowledged by all (§14). */
    virtual void OwnLsaGone(OspfId area, const OspfLsaHeader& header) = 0;
};

/**
 * The flooding procedure of one router. What is flooded at one instant, or within the pacing time,
 * shares packets.
 */
class OspfFlooding
{
  public:
    OspfFlooding(OspfContext& context, OspfTables& tables, OspfFloodingListener& listener);

    /** §13. \returns why the packet or an LSA of it was refused. */
    OspfDropReason ReceiveUpdate(OspfNeighbor& from, const OspfLinkStateUpdate& update);
    /** §13.7. \returns why the packet was refused. */
    OspfDropReason ReceiveAck(OspfNeighbor& from, const OspfLinkStateAck& ack);

    /** Installs an LSA that this router originates, and floods it (§12.4). */
    void Originate(OspfId area, const OspfLsa& lsa);
    /** Sets an LSA's age to MaxAge and floods it (§14.1); no error if there is none. */
    void Flush(OspfId area, const OspfLsaKey& key);

    /** As OspfContext::SendLsas. */
    std::size_t SendLsas(OspfInterface& interface,
                         Ipv4Address destination,
                         const std::vector<OspfLsaKey>& keys,
                         std::size_t packets);
    /** Puts the database copy of an LSA on the Link state retransmission list of \p neighbor. */
    void AddRetransmission(OspfNeighbor& neighbor, const OspfLsaKey& key);
    /** Looks, soon, whether LSAs of MaxAge may leave the database (§14). */
    void SchedulePurge();

  private:
    OspfDropReason ReceiveLsa(OspfNeighbor& from, const OspfLsa& lsa);
    void AcceptNewer(OspfNeighbor& from, const OspfLsa& lsa);
    void ReceiveSame(OspfNeighbor& from, const OspfLsaHeader& header, OspfLsdbEntry& own);
    /** §13 step 8: the neighbour's copy is out of date. */
    void ReceiveOlder(OspfNeighbor& from, const OspfLsaKey& key);
    /** Puts \p lsa into the database, and notifies the listener. */
    void Install(OspfId area, const OspfLsa& lsa, bool received);
    void NotifyIfOwn(OspfId area, const OspfLsaHeader& header);
    /** §13.3. \returns true when it went back out of the interface it came in on. */
    bool Flood(OspfId area, const OspfLsaHeader& header, OspfNeighbor* from);
    /** §13.3 step 1. \returns true when the neighbour takes the LSA. */
    bool AddToNeighbor(OspfNeighbor& neighbor, const OspfLsaHeader& header, OspfNeighbor* from);
    bool IsEligible(const OspfInterface& interface, OspfId area, OspfLsaType type) const;
    /** \returns whether the LSA of \p entry was on the retransmission list of \p neighbor. */
    static bool RemoveRetransmission(OspfNeighbor& neighbor, OspfLsdbEntry& entry);
    void RemoveFromRetransmissionLists(OspfId area, const OspfLsaKey& key);
    bool IsAnyoneLoading() const;
    bool IsFull() const;
    static OspfDropReason CheckLsa(const OspfLsa& lsa);
    bool IsUnacknowledged(const OspfLsaKey& key, OspfId area) const;
    void ScheduleFlush();
    void SendPending();
    void Purge();

    OspfContext& m_context;
    OspfTables& m_tables;
    OspfFloodingListener& m_listener;
    std::vector<OspfLsaHeader> m_directAcks;        //!< for the update being read
    std::set<std::pair<OspfId, OspfLsaKey>> m_aged; //!< at MaxAge, not yet gone
    ProtocolTimer m_flush;                          //!< rings at once, or when pacing allows
    /** When the floodings so far would have ended, had each waited FloodPacing: a token bucket. */
    Time m_pacedUntil;
};

} // namespace ns3

#endif
