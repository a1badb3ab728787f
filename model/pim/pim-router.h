// SPDX-License-Identifier: GPL-2.0-only
// The PIM engine: state machines of RFC 7761 around one tree information base, §4.2 (data packet
// forwarding) by rows of a forwarding cache and the forwarder's upcalls.
//
// What comes in (a message, a timer, a change of neighbours, routes or members, a packet that the
// forwarder cannot place) changes state and marks entries dirty. When it has been dealt with whole,
// the dirty entries are recomputed, (*,G) before its (S,G): way to RP and source, asserts, register
// state, upstream state, forwarding row. Outgoing interfaces are never edited: they follow from the
// macros, and the forwarding cache is handed the difference.
#ifndef VXLAN_MULTICAST_PIM_ROUTER_H
#define VXLAN_MULTICAST_PIM_ROUTER_H

#include "ns3/pim-assert.h"
#include "ns3/pim-context.h"
#include "ns3/pim-data-plane.h"
#include "ns3/pim-join-prune-downstream.h"
#include "ns3/pim-join-prune-upstream.h"
#include "ns3/pim-register.h"
#include "ns3/pim-rp-set.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** A row of tib.csv. */
struct PimTibRow
{
    /** What the row is about. */
    enum class Kind : uint8_t
    {
        STAR_G,
        SG,
        SG_RPT
    };

    Kind kind{Kind::STAR_G};
    Ipv4Address source{Ipv4Address::GetAny()}; //!< any in a (*,G) row
    Ipv4Address group{Ipv4Address::GetAny()};
    Ipv4Address rp{Ipv4Address::GetAny()};               //!< any: none known
    uint32_t upstreamInterface = PIM_NO_INTERFACE;       //!< none at the RP
    Ipv4Address upstreamNeighbor{Ipv4Address::GetAny()}; //!< any: none, or directly connected
    std::string upstreamState;
    InterfaceSet outgoing;     //!< inherited; the Register tunnel is not among them
    std::string registerState; //!< of an (S,G) that registers, else empty
};

/** The PIM-SM engine of one router. */
class PimRouter : public MulticastUpcalls
{
  public:
    /** All arguments outlive the router. */
    PimRouter(PimEnvironment& environment,
              PimNeighborTable& neighbors,
              PimRpSet& rpSet,
              PimDataPlane& dataPlane,
              const PimTimerValues& values);

    // Settings, before any state is made
    /** SwitchToSptDesired(S,G) at the last hop. */
    PimSptPolicy& GetSptPolicy();
    const PimSptPolicy& GetSptPolicy() const;
    /** SwitchToSptDesired(S,G) at the RP. */
    PimSptPolicy& GetRegisterSwitchPolicy();
    const PimSptPolicy& GetRegisterSwitchPolicy() const;
    /** The range of source-specific groups, §4.8. Default: 232.0.0.0/8. */
    void SetSsmRange(const Ipv4Prefix& range);
    /** \param membership what IGMP knows; may be nullptr. It has to call MembershipChanged. */
    void SetMembership(const GroupMembership* membership);

    /** \param forwarders the DF election of bidirectional PIM, which has to call DfChanged. */
    void SetDesignatedForwarders(const PimDesignatedForwarders* forwarders);

    /** Takes up the members that IGMP knows already. */
    void Start();
    /** Forgets all state without a word, as a crash does. */
    void Clear();

    // What happens
    /** A Join/Prune, from a neighbour. */
    void Receive(const PimJoinPrune& message, uint32_t interface, Ipv4Address source);
    /** An Assert, from a neighbour. */
    void Receive(const PimAssert& message, uint32_t interface, Ipv4Address source);
    void Receive(const PimRegisterStop& message);
    /**
     * A Register.
     * \param arrival the packet inside, with its interface MulticastRow::REGISTER_INTERFACE
     */
    void Receive(const MulticastArrival& arrival,
                 bool nullRegister,
                 Ipv4Address outerSource,
                 Ipv4Address outerDestination);
    /** The unicast routes have changed. */
    void RoutesChanged();
    /** RP(G) may be another for groups of these ranges. */
    void RpSetChanged(const std::vector<Ipv4Prefix>& ranges);
    /** The members of \p group on \p interface have changed. */
    void MembershipChanged(uint32_t interface, Ipv4Address group);
    /** The interface came, went, or changed address; neighbours have been told. */
    void InterfaceChanged(uint32_t interface);
    void NeighborUp(uint32_t interface, Ipv4Address neighbor);
    void NeighborDown(uint32_t interface, Ipv4Address neighbor);
    void GenerationIdChanged(uint32_t interface, Ipv4Address neighbor);
    void DrChanged(uint32_t interface);
    /** DF(RPA,I) is another router, or this one, than before (RFC 5015 §3.5). */
    void DfChanged(Ipv4Address rp, uint32_t interface);

    // MulticastUpcalls
    Verdict NoEntry(const MulticastArrival& arrival) override;
    Verdict WrongInterface(const MulticastArrival& arrival, const SourceGroup& row) override;
    void SourceSeen(const SourceGroup& sourceGroup, uint32_t interface) override;
    void ThresholdCrossed(const SourceGroup& sourceGroup, uint32_t interface) override;
    void Idle(const SourceGroup& row) override;
    void RegisterTunnel(const MulticastArrival& arrival) override;
    void Displaced(const SourceGroup& row) override;

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
    void ResolveGroup(PimGroup& g) const;
    void ResolveSource(const PimGroup& g, PimSource& s) const;
    PimRpfState FindRpf(Ipv4Address target, Ipv4Address source, Ipv4Address group) const;
    bool IsRoutable(Ipv4Address group, uint32_t interface) const;

    void ReceiveSet(const PimJoinPruneGroup& set,
                    const PimJoinPrune& message,
                    uint32_t interface,
                    Ipv4Address upstream,
                    bool forMe);
    void ReceiveEntry(bool join,
                      const PimEncodedSource& entry,
                      const PimEncodedGroup& set,
                      uint32_t interface,
                      uint16_t holdtime);
    void SeeEntry(bool join,
                  const PimEncodedSource& entry,
                  Ipv4Address group,
                  uint32_t interface,
                  Ipv4Address neighbor,
                  uint16_t holdtime);
    bool AcceptsRp(PimGroup& g, Ipv4Address rp, uint32_t interface, bool bidirectional);

    void Expire(const PimTimerKey& key);
    void ExpireKeepalive(SourceGroup key);
    void Drain();
    void DrainLater();
    void Process(SourceGroup key);
    void ProcessGroup(PimGroup& g);
    void ProcessSource(PimGroup& g, PimSource& s);
    void TouchSources(const PimGroup& g);
    void TouchInterface(uint32_t interface);
    void TouchEqualCostPaths(uint32_t interface);
    bool Arrived(SourceGroup key, uint32_t interface);
    bool ArrivedBidirectional(Ipv4Address group, uint32_t interface);

    std::optional<MulticastRow> MakeRow(const PimGroup& g) const;
    std::optional<MulticastRow> MakeBidirectionalRow(const PimGroup& g) const;
    std::optional<MulticastRow> MakeRow(const PimGroup& g, const PimSource& s) const;
    void SetRow(const SourceGroup& key, const std::optional<MulticastRow>& row);
    std::optional<Time> GetKeepaliveByData(const PimSource& s,
                                           const MulticastForwardingEntry* entry) const;
    void IndexSource(const PimGroup& g, PimSource& s);

    PimEnvironment& m_environment;
    PimRpSet& m_rpSet;
    PimDataPlane& m_dataPlane;
    PimContext m_context;
    PimJoinPruneDownstream m_downstream;
    PimJoinPruneUpstream m_upstream;
    PimAssertMachine m_assert;
    PimRegisterMachine m_register;
    MulticastForwarder m_forwarder;
    ProtocolTimer m_drainTimer;
    const GroupMembership* m_membership{nullptr};
    Ipv4Prefix m_ssmRange{Ipv4Address(0xe8000000), 8};
    bool m_draining{false};
    /** The routes by which the RPF of entries was last found, by target. */
    std::map<uint32_t, std::optional<UnicastRoute>> m_routes;
};

} // namespace ns3

#endif
