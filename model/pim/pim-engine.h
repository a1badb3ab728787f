// SPDX-License-Identifier: GPL-2.0-only
// The PIM engine: the state machines of RFC 7761 around one tree information base.
//
// An event (a message, a timer, a change of neighbours, routes or members, a data packet that the
// forwarder cannot place) changes state and marks entries dirty. When it has been dealt with whole,
// the dirty entries are recomputed, (*,G) before its (S,G): path to RP and source, asserts,
// register state, upstream state, forwarding entry. Outgoing interfaces are never edited: they
// follow from the macros, and the forwarding cache is handed the difference. Join/Prune messages
// are read in PimJoinPruneReceiver, data packets in PimDataEvents, entries made in
// PimForwardingEntries.
#ifndef VXLAN_MULTICAST_PIM_ENGINE_H
#define VXLAN_MULTICAST_PIM_ENGINE_H

#include "ns3/pim-assert.h"
#include "ns3/pim-context.h"
#include "ns3/pim-data-events.h"
#include "ns3/pim-forwarding-entries.h"
#include "ns3/pim-join-prune-downstream.h"
#include "ns3/pim-join-prune-receiver.h"
#include "ns3/pim-join-prune-upstream.h"
#include "ns3/pim-register.h"
#include "ns3/pim-rp-set.h"
#include "ns3/pim-tib-rows.h"

#include <functional>
#include <map>
#include <optional>
#include <vector>

namespace ns3
{

/** The PIM-SM engine of one router. */
class PimEngine
{
  public:
    /** All arguments outlive the engine. The config is read whenever it is needed. */
    PimEngine(PimEnvironment& environment,
              PimHelloMachine& hellos,
              const PimRpSet& rpSet,
              PimDataPlane& dataPlane,
              const PimConfig& config);

    /** \param membership what IGMP knows; may be nullptr. It must call MembershipChanged. */
    void SetMembership(const GroupMembership* membership);
    /** \param forwarders the DF election of bidirectional PIM, which must call DfChanged. */
    void SetDesignatedForwarders(const PimDesignatedForwarders* forwarders);
    /** Takes in the members that IGMP knows already. */
    void Start();
    /** The config has other limits of the forwarding cache, or another polling interval. */
    void ApplyForwardingConfig();

    // Events
    /** A Join/Prune, from a neighbour. */
    void Receive(const PimJoinPrune& message, uint32_t interface, Ipv4Address source);
    /** An Assert, from a neighbour. */
    void Receive(const PimAssert& message, uint32_t interface, Ipv4Address source);
    /** \param from whoever has stopped this router's Registers */
    void Receive(const PimRegisterStop& message, Ipv4Address from);
    /**
     * A Register.
     * \param arrival the packet inside, with its interface MulticastEntrySpec::REGISTER_INTERFACE
     */
    void Receive(const MulticastArrival& arrival,
                 bool nullRegister,
                 Ipv4Address outerSource,
                 Ipv4Address outerDestination,
                 uint8_t outerTtl = 64);
    /** The unicast routes have changed. */
    void RoutesChanged();
    /** RP(G) may be another, or have other members of its Anycast-RP set, for groups of these ranges. */
    void RpSetChanged(const std::vector<Ipv4Prefix>& ranges);
    /** The members of \p group on \p interface have changed. */
    void MembershipChanged(uint32_t interface, Ipv4Address group);
    /** MembershipChanged for each group that has a member. */
    void ReadMemberships();
    /** The interface came, went, or changed address; the neighbour table knows it already. */
    void InterfaceChanged(uint32_t interface);
    void NeighborUp(uint32_t interface, Ipv4Address neighbor);
    void NeighborDown(uint32_t interface, Ipv4Address neighbor);
    void GenerationIdChanged(uint32_t interface, Ipv4Address neighbor);
    void DrChanged(uint32_t interface);
    /** DF(RPA,I) is another router, or this one, than before (RFC 5015 §3.5). */
    void DfChanged(Ipv4Address rp, uint32_t interface);

    /** Another RP has the source, or no longer (RFC 3618 §3). */
    void SetExternalSource(const SourceGroup& key, bool active);
    /** \returns the sources that register with this router, in order. */
    std::vector<SourceGroup> GetRegisteredSources() const;
    /** Called when the above changes. May be empty. */
    std::function<void(const SourceGroup& key, bool active)> registeredSourceChanged;

    /** \returns the forwarder: packets go through it, tables are read from it. */
    MulticastForwarder& GetForwarder();
    const MulticastForwarder& GetForwarder() const;
    const PimTreeInformationBase& GetTib() const;
    const PimMacros& GetMacros() const;
    /** \returns what tib.csv shows, by group, source and kind. */
    std::vector<PimTibRow> GetTibRows() const;
    /** \returns the time left on a timer; 0 when it does not run. */
    Time GetTimer(const PimTimerKey& key) const;
    /** \returns how the group is routed. */
    PimMode GetMode(Ipv4Address group) const;

  private:
    void Expire(const PimTimerKey& key);
    void ExpireKeepalive(SourceGroup key);
    void Drain();
    void DrainLater();
    void Process(SourceGroup key);
    void ProcessGroup(PimGroup& g);
    void ProcessSource(PimGroup& g, PimSource& s);
    void TouchSources(const PimGroup& g);
    void TouchEqualCostPaths(uint32_t interface);
    void SetForwardingEntry(const SourceGroup& key, const std::optional<MulticastEntrySpec>& spec);
    void ReportRegistered(const PimGroup& g, PimSource& s);
    void IndexSource(const PimGroup& g, PimSource& s);

    PimContext m_context;
    PimJoinPruneDownstream m_downstream;
    PimJoinPruneUpstream m_upstream;
    PimAssertMachine m_assert;
    PimRegisterMachine m_register;
    PimJoinPruneReceiver m_joinPruneReceiver;
    PimDataEvents m_data;
    PimForwardingEntries m_entries;
    ProtocolTimer m_drainTimer;
    const GroupMembership* m_membership{nullptr};
    bool m_draining{false};
    /** The routes by which the RPF of entries was last found, by target. */
    std::map<uint32_t, std::optional<UnicastRoute>> m_routes;
};

} // namespace ns3

#endif
