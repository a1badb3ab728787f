// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.4 (origination), §12.1.6 (sequence numbers), §13.4 (old LSAs of this router), §14.1.
// What this router should advertise is a pure function of its state; the difference to what the
// database holds of it is originated or flushed, at most once per MinLSInterval and LSA.
#ifndef VXLAN_MULTICAST_OSPF_ORIGINATION_H
#define VXLAN_MULTICAST_OSPF_ORIGINATION_H

#include "ns3/ospf-tables.h"

#include <map>
#include <set>

namespace ns3
{

class OspfFlooding;

/** An outside route that this router, as AS boundary router, advertises (§12.4.4). */
struct OspfExternalRoute
{
    Ipv4Prefix prefix;
    bool type2{true};
    uint32_t metric{20};
    Ipv4Address forwardingAddress{Ipv4Address::GetAny()};
    uint32_t tag{0};
};

/** Originates the LSAs of one router. */
class OspfOrigination
{
  public:
    OspfOrigination(OspfTables& tables, OspfFlooding& flooding);

    /** Something that LSAs are made of has changed: compares and originates, once per instant. */
    void Schedule();
    /** An own LSA has reached LSRefreshTime. */
    void Refresh(OspfId area, const OspfLsaKey& key);
    /** An instance of an own LSA is known to be about: the next one bears a higher number (§13.4).
     */
    void NoteSequence(OspfId area, const OspfLsaHeader& header);
    /** An own LSA of MaxSequenceNumber has left all databases: numbers restart (§12.1.6). */
    void RestartSequence(OspfId area, const OspfLsaKey& key);

    void SetExternalRoute(const OspfExternalRoute& route);
    void RemoveExternalRoute(const Ipv4Prefix& prefix);
    /** \returns true when this router is an AS boundary router. */
    bool HasExternalRoutes() const;

  private:
    /** The bodies to advertise in one database. */
    using Wanted = std::map<OspfLsaKey, std::vector<uint8_t>>;
    using ScopedKey = std::pair<OspfId, OspfLsaKey>;

    void Reconcile();
    void Reconcile(OspfId area, OspfLsdb& lsdb, const Wanted& wanted, uint8_t options);
    void Originate(OspfId area,
                   const OspfLsdbEntry* old,
                   const OspfLsaKey& key,
                   const std::vector<uint8_t>& body,
                   uint8_t options);
    void RetryAt(Time time);

    OspfLsaKey MakeKey(OspfLsaType type, OspfId linkStateId) const;
    /** §12.4.1 */
    OspfRouterLsa MakeRouterLsa(const OspfArea& area) const;
    /** §12.4.2 */
    void AddNetworkLsas(const OspfArea& area, Wanted& wanted) const;
    /** §12.4.3 */
    void AddSummaryLsas(const OspfArea& area, Wanted& wanted) const;
    /** §12.4.4 */
    Wanted MakeExternalLsas() const;

    OspfTables& m_tables;
    OspfFlooding& m_flooding;
    std::map<Ipv4Prefix, OspfExternalRoute> m_externalRoutes;
    std::map<ScopedKey, Time> m_lastOriginated;
    /**
     * The highest number used, or met, of each own LSA. It outlives the database copy: one that is
     * flushed, or that came back at MaxAge, may be gone before MinLSInterval allows the next.
     */
    std::map<ScopedKey, int32_t> m_sequences;
    std::set<ScopedKey> m_refresh;
    ProtocolTimer m_now;   //!< rings at once
    ProtocolTimer m_retry; //!< when MinLSInterval allows the next
};

/**
 * Link State IDs for networks (Appendix E): the network's address, with all host bits set where
 * another mask of the same address has the plain one.
 */
std::map<Ipv4Prefix, OspfId> AssignOspfLinkStateIds(const std::set<Ipv4Prefix>& prefixes);

} // namespace ns3

#endif
