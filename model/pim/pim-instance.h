// SPDX-License-Identifier: GPL-2.0-only
// PIM as a whole (RFC 7761 PIM-SM, RFC 5059 BSR, RFC 5015 bidirectional PIM): one router, without
// any knowledge of nodes, sockets or a simulator. It owns the parts and wires them: neighbours
// (PimHelloMachine), RPs (PimRpSet, PimBootstrapMachine), Designated Forwarders (PimDfTable),
// trees and data (PimEngine). An instance lives from start to stop; a crash destroys it.
#ifndef VXLAN_MULTICAST_PIM_INSTANCE_H
#define VXLAN_MULTICAST_PIM_INSTANCE_H

#include "ns3/pim-bootstrap.h"
#include "ns3/pim-config.h"
#include "ns3/pim-df-table.h"
#include "ns3/pim-engine.h"
#include "ns3/pim-hello.h"
#include "ns3/pim-rp-set.h"

namespace ns3
{

/** One PIM router. */
class PimInstance
{
  public:
    /**
     * All arguments outlive the instance. The config is read whenever it is needed.
     * \param membership what IGMP knows; nullptr: no group has a member
     */
    PimInstance(PimEnvironment& environment,
                PimDataPlane& dataPlane,
                const PimConfig& config,
                const GroupMembership* membership);
    PimInstance(const PimInstance&) = delete;
    PimInstance& operator=(const PimInstance&) = delete;

    /** Begins, when the interfaces are known. */
    void Start();
    /** Before an orderly end: takes back what this router offers as an RP, and says goodbye. */
    void Leave();

    // Events
    /** The interface came, went, or changed address or settings. */
    void InterfaceChanged(uint32_t interface);
    /** The unicast routes have changed. */
    void RoutesChanged();
    /** The members of \p group on \p interface have changed. */
    /** Takes another source of memberships while running. */
    void SetMembership(const GroupMembership* membership);
    void MembershipChanged(uint32_t interface, Ipv4Address group);
    /** The config names other candidate BSRs or RPs than before. */
    void CandidatesChanged();
    /** The config has other Anycast-RP sets than before. */
    void AnycastRpsChanged();
    /** A static mapping has come into the config. */
    void AddStaticRp(const PimStaticRp& mapping);
    void RemoveStaticRp(const Ipv4Prefix& range, Ipv4Address rp);
    /**
     * Any message but a Register. Reasons of refusal: interface-down, destination, and those of the
     * part that the message is for.
     */
    void Receive(const PimMessage& message,
                 uint32_t interface,
                 Ipv4Address source,
                 Ipv4Address destination);
    /** A Register, with the packet inside as an arrival on MulticastEntrySpec::REGISTER_INTERFACE. */
    void ReceiveRegister(const MulticastArrival& arrival,
                         bool nullRegister,
                         Ipv4Address outerSource,
                         Ipv4Address outerDestination,
                         uint8_t outerTtl);

    PimHelloMachine& GetHellos();
    const PimHelloMachine& GetHellos() const;
    const PimNeighborTable& GetNeighbors() const;
    PimRpSet& GetRpSet();
    const PimRpSet& GetRpSet() const;
    PimBootstrapMachine& GetBootstrap();
    const PimBootstrapMachine& GetBootstrap() const;
    /** \returns the Designated Forwarders of bidirectional PIM. */
    const PimDfTable& GetDfTable() const;
    /** \returns trees, macros and forwarder. */
    PimEngine& GetEngine();
    const PimEngine& GetEngine() const;

  private:
    void Connect();
    void ReceiveOnLink(const PimMessage& message, uint32_t interface, Ipv4Address source);

    PimEnvironment& m_environment;
    const PimAccessConfig& m_access;
    PimHelloMachine m_hellos;
    PimRpSet m_rpSet;
    PimBootstrapMachine m_bootstrap;
    PimDfTable m_dfTable;
    PimEngine m_engine;
};

} // namespace ns3

#endif
