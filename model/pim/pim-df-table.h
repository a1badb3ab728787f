// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5 as a whole router runs it: an election on each link for each RP address of a
// bidirectional range. None takes place on the RP link itself (§3.1), nor on a link with a
// neighbour that is not Bidirectional Capable (§3.7.4).
#ifndef VXLAN_MULTICAST_PIM_DF_TABLE_H
#define VXLAN_MULTICAST_PIM_DF_TABLE_H

#include "ns3/class-log.h"
#include "ns3/pim-df-election.h"
#include "ns3/pim-hello.h"
#include "ns3/pim-macros.h"
#include "ns3/pim-rp-set.h"
#include "ns3/pim-rpf.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>

namespace ns3
{

/** The elections of one router. */
class PimDfTable : public PimDesignatedForwarders
{
  public:
    /** All arguments outlive the table. The config is read whenever it is needed. */
    PimDfTable(PimEnvironment& environment,
               PimHelloMachine& hellos,
               const PimRpSet& rpSet,
               const PimDfConfig& config);

    /** DF(RPA,I) has changed. May be empty. */
    std::function<void(Ipv4Address rp, uint32_t interface)> changed;

    // What happens
    /** Elections begin for RP addresses that are new, and end for those that are gone. */
    void RpSetChanged();
    void RoutesChanged();
    /** The interface came, went, or changed address; the neighbour table knows. */
    void InterfaceChanged(uint32_t interface);
    void NeighborUp(uint32_t interface);
    void NeighborDown(uint32_t interface, Ipv4Address neighbor);
    void GenerationIdChanged(uint32_t interface, Ipv4Address neighbor);
    /** A Hello has come from a neighbour. */
    void HelloReceived(uint32_t interface, Ipv4Address neighbor);
    /** Reasons of refusal: not-a-neighbor, not-bidirectional (no election for this RP here). */
    void Receive(const PimDfElection& message, uint32_t interface, Ipv4Address source);
    /** A Join/Prune message, for whomever it is. */
    void SeeJoinPrune(const PimJoinPrune& message, uint32_t interface, Ipv4Address source);

    // PimDesignatedForwarders
    bool IAmDf(Ipv4Address rp, uint32_t interface) const override;
    Ipv4Address GetDf(Ipv4Address rp, uint32_t interface) const override;

    /** \returns the election, or nullptr if there is none. */
    const PimDfElectionMachine* Find(Ipv4Address rp, uint32_t interface) const;
    /** \returns the RP addresses that elections are held for, ascending. */
    std::vector<Ipv4Address> GetRps() const;

  private:
    NS_LOG_CLASS_DECLARE;

    /** What is known of an RP address. */
    struct Rp
    {
        std::optional<PimRpf> rpf; //!< the route to it; none: there is none
        /** Interface and next hop of rpf, and of all with which a hash of the group shares it. */
        std::set<std::pair<uint32_t, Ipv4Address>> ways;
        std::map<uint32_t, std::unique_ptr<PimDfElectionMachine>> elections; //!< by interface
    };

    void FindRoute(Ipv4Address address, Rp& rp) const;
    bool HoldsElection(const Rp& rp, const PimInterface& interface) const;
    PimDfMetric GetMetric(const Rp& rp, const PimInterface& interface) const;
    bool NeedsDf(const Rp& rp, uint32_t interface) const;
    void Update(Ipv4Address address, Rp& rp);
    void UpdateAll();
    void Begin(Ipv4Address address, Rp& rp, const PimInterface& interface);
    void End(Ipv4Address address, Rp& rp, uint32_t interface);
    void Notify(Ipv4Address rp, uint32_t interface) const;

    PimEnvironment& m_environment;
    PimHelloMachine& m_hellos;
    const PimNeighborTable& m_neighbors;
    const PimRpSet& m_rpSet;
    const PimDfConfig& m_config;
    std::map<Ipv4Address, Rp> m_rps;
};

} // namespace ns3

#endif
