// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761's macros as pure functions of state, by the RFC's names: §4.1.5 (state summarization),
// §4.2.2 (Update_SPTbit), §4.4.1 (CouldRegister), §4.5 (JoinDesired, PruneDesired), §4.6 (asserts).
// The Register tunnel counts in joins(S,G) (§4.4.1), but is kept apart from real interfaces.
// RFC 5015 §3.2.1 and §3.3.1 for bidirectional groups: olist(G) is ImmediateOlist and the interface to
// the RP address together. Departure: at the RP, RPF_interface(RP(G)) is no interface, and no
// (S,G,rpt) is pruned upstream.
#ifndef VXLAN_MULTICAST_PIM_MACROS_H
#define VXLAN_MULTICAST_PIM_MACROS_H

#include "ns3/group-membership.h"
#include "ns3/interface-set.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-neighbor-table.h"
#include "ns3/pim-tree-information-base.h"

namespace ns3
{

/** Who is Designated Forwarder (RFC 5015 §3.5): what the election answers. */
class PimDesignatedForwarders
{
  public:
    virtual ~PimDesignatedForwarders() = default;
    /** I_am_DF(RPA,I) */
    virtual bool IAmDf(Ipv4Address rp, uint32_t interface) const = 0;
    /** \returns DF(RPA,I) by primary address, or any while there is none. */
    virtual Ipv4Address GetDf(Ipv4Address rp, uint32_t interface) const = 0;
};

/** Answers of the RFC's macros on the state of one router. \c g and \c s are G's and S's state. */
class PimMacros
{
  public:
    PimMacros(PimEnvironment& environment, const PimNeighborTable& neighbors);

    /** \param membership what IGMP knows; nullptr: no group has a member */
    void SetMembership(const GroupMembership* membership);
    /** \param forwarders the election of bidirectional PIM; nullptr: no link has a DF */
    void SetDesignatedForwarders(const PimDesignatedForwarders* forwarders);

    // Neighbours
    bool IAmDr(uint32_t interface) const;
    /** I_am_DF(RP(G),I) */
    bool IAmDf(const PimGroup& g, uint32_t interface) const;
    /** NBR(I,A): the primary address of the neighbour that has \p address; any: NULL. */
    Ipv4Address Nbr(uint32_t interface, Ipv4Address address) const;

    // Outgoing interface lists
    InterfaceSet Joins(const PimTreeState& entry) const;
    InterfaceSet Prunes(const PimSource& s) const;
    InterfaceSet PimInclude(const PimGroup& g) const;
    InterfaceSet PimInclude(const PimGroup& g, const PimSource& s) const;
    InterfaceSet PimExclude(const PimGroup& g, const PimSource& s) const;
    InterfaceSet ImmediateOlist(const PimGroup& g) const;
    InterfaceSet ImmediateOlist(const PimGroup& g, const PimSource& s) const;
    /** inherited_olist(S,G,rpt) */
    InterfaceSet InheritedOlistRpt(const PimGroup& g, const PimSource& s) const;
    /** inherited_olist(S,G) */
    InterfaceSet InheritedOlist(const PimGroup& g, const PimSource& s) const;

    // Reverse path
    /** RPF'(*,G); any: NULL */
    Ipv4Address RpfNeighbor(const PimGroup& g) const;
    /** RPF'(S,G); any: NULL */
    Ipv4Address RpfNeighbor(const PimGroup& g, const PimSource& s) const;
    /** RPF'(S,G,rpt); any: NULL */
    Ipv4Address RpfNeighborRpt(const PimGroup& g, const PimSource& s) const;

    // Upstream
    bool JoinDesired(const PimGroup& g) const;
    bool JoinDesired(const PimGroup& g, const PimSource& s) const;
    bool RptJoinDesired(const PimGroup& g) const;
    /** PruneDesired(S,G,rpt) */
    bool PruneDesired(const PimGroup& g, const PimSource& s) const;
    /** \returns true if a Join(*,G) must carry a Prune(S,G,rpt), §4.5.6. */
    bool PeriodicPrune(const PimGroup& g, const PimSource& s) const;
    bool CouldRegister(const PimGroup& g, const PimSource& s) const;
    /** \returns true if data of S on \p interface sets KeepaliveTimer(S,G), §4.2. */
    bool RestartsKeepalive(const PimGroup& g, const PimSource& s, uint32_t interface) const;
    /** \returns true if Update_SPTbit(S,G,iif) would set the bit. */
    bool UpdateSptBit(const PimGroup& g, const PimSource& s, uint32_t interface) const;
    /** The interfaces for whose members CheckSwitchToSpt(S,G) would switch, §4.2.1. */
    InterfaceSet LastHopInterfaces(const PimGroup& g, const PimSource& s) const;

    // Assert
    bool LostAssert(const PimGroup& g, uint32_t interface) const;
    bool LostAssert(const PimGroup& g, const PimSource& s, uint32_t interface) const;
    bool LostAssertRpt(const PimGroup& g, const PimSource& s, uint32_t interface) const;
    bool CouldAssert(const PimGroup& g, uint32_t interface) const;
    bool CouldAssert(const PimGroup& g, const PimSource& s, uint32_t interface) const;
    bool AssertTrackingDesired(const PimGroup& g, uint32_t interface) const;
    bool AssertTrackingDesired(const PimGroup& g, const PimSource& s, uint32_t interface) const;
    PimAssertMetric SptAssertMetric(const PimSource& s, uint32_t interface) const;
    PimAssertMetric RptAssertMetric(const PimGroup& g, uint32_t interface) const;
    /** my_assert_metric(*,G,I) */
    PimAssertMetric MyAssertMetric(const PimGroup& g, uint32_t interface) const;
    /** my_assert_metric(S,G,I) */
    PimAssertMetric MyAssertMetric(const PimGroup& g, const PimSource& s, uint32_t interface) const;
    /** \returns the record of \p entry on \p interface; the default one if there is none. */
    static const PimAssertRecord& FindAssert(const PimTreeState& entry, uint32_t interface);

    /** local_receiver_include(*,G,I) */
    bool LocalReceiverInclude(const PimGroup& g, uint32_t interface) const;
    /** local_receiver_include(S,G,I) */
    bool LocalReceiverInclude(const PimGroup& g, const PimSource& s, uint32_t interface) const;
    /** local_receiver_exclude(S,G,I) */
    bool LocalReceiverExclude(const PimGroup& g, const PimSource& s, uint32_t interface) const;

  private:
    bool ActsForMembers(const PimTreeState& entry, bool lostAssert, uint32_t interface) const;
    Ipv4Address NeighborOf(const PimTreeState& entry) const;
    InterfaceSet AssertCandidates(const PimGroup& g, const PimSource& s) const;

    PimEnvironment& m_environment;
    const PimNeighborTable& m_neighbors;
    const GroupMembership* m_membership{nullptr};
    const PimDesignatedForwarders* m_forwarders{nullptr};
};

} // namespace ns3

#endif
