// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 as a whole router runs it: the zones and their machines, the checks of §3.1.3 on a
// Bootstrap message, its flooding (§3.4), the copy for a neighbour that comes up (§3.5), and which
// zone a candidate RP's range belongs to (§3.2, §3.3).
// Departure: a Bootstrap message for whose BSR there is no RPF neighbour yet waits for a route, for
// BS_Period at most (attribute HoldBootstrapForRoute), so that a cold start need not wait for the
// next one. §3.1.3 lets a router take one No-Forward or unicast message after its start: here all
// fragments of that message.
#ifndef VXLAN_MULTICAST_PIM_BOOTSTRAP_H
#define VXLAN_MULTICAST_PIM_BOOTSTRAP_H

#include "ns3/pim-bootstrap-zone.h"
#include "ns3/pim-hello.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>
#include <vector>

namespace ns3
{

/** The bootstrap router mechanism of one router. */
class PimBootstrapMachine
{
  public:
    /** All arguments outlive the machine. The config is read whenever it is needed. */
    PimBootstrapMachine(PimEnvironment& environment,
                        const PimHelloMachine& hellos,
                        PimRpSet& rpSet,
                        const PimBootstrapConfig& config);

    /** Starts the zones that this router offers itself to or is a border of. */
    void Start();
    /** Withdraws what this router offers as an RP, before it stops in an orderly way. */
    void Withdraw();

    /**
     * A Bootstrap message. Reasons of refusal: not-a-neighbor, bsr-address (no router can have it),
     * scope-border, destination. A copy that did not come from the RPF neighbour, and a
     * No-Forward or unicast one that is no longer needed, are ignored silently: a healthy
     * network is full of them.
     */
    void Receive(const PimBootstrap& message,
                 uint32_t interface,
                 Ipv4Address source,
                 Ipv4Address destination);
    /** A Candidate-RP-Advertisement. Reasons of refusal: not-bsr, rp-address, destination. */
    void Receive(const PimCandidateRpAdvertisement& message, Ipv4Address destination);
    /** A neighbour has come up, or has restarted. */
    void NeighborUp(uint32_t interface, const PimNeighbor& neighbor);
    /** A Hello has left the interface: what waited for it may follow. */
    void HelloSent(uint32_t interface);
    /** The interface came, went, or changed address or borders. */
    void InterfaceChanged(uint32_t interface);
    /** The config names other candidate BSRs or RPs than before. */
    void CandidatesChanged();
    void RoutesChanged();

    /** \returns the zone's machine, or nullptr: state No Info. */
    const PimBootstrapZone* FindZone(const PimScopeZone& zone) const;
    /** \returns all zones, the global one first. */
    std::vector<const PimBootstrapZone*> GetZones() const;

  private:
    /** A neighbour: the interface, and its primary address there. */
    using Hop = std::pair<uint32_t, Ipv4Address>;

    /** A Bootstrap message that waits for a route to its BSR. */
    struct Held
    {
        PimBootstrap message;
        Hop from;
        Time until;
    };

    static PimScopeZone ZoneOf(const PimBootstrap& message);
    PimScopeZone ZoneOf(const Ipv4Prefix& range) const;
    PimBootstrapZone& GetOrAddZone(const PimScopeZone& zone);
    void SetCandidates(bool isStart);
    PimCandidateRpAdvertiser::Offers GetOffers(const PimScopeZone& zone) const;
    void Flood(const PimScopeZone& zone, const PimBootstrap& message) const;
    void SendCut(const PimBootstrap& message, const PimInterface& interface) const;
    bool IsBorder(const PimScopeZone& zone, uint32_t interface) const;
    std::optional<Hop> FindRpfNeighbor(Ipv4Address bsr) const;
    bool MayRefresh(const PimScopeZone& zone, const PimBootstrap& message) const;
    void ReceiveQuickRefresh(const PimBootstrap& message);
    void ReceiveFlooded(const PimBootstrap& message, const Hop& from);
    bool IsConfigured(const PimScopeZone& zone) const;
    void AddBorderZones();
    void ForgetExpired();
    void Hold(const PimBootstrap& message, const Hop& from);
    void Take(const PimBootstrap& message);

    PimEnvironment& m_environment;
    const PimNeighborTable& m_neighbors;
    const PimDrElection& m_drElection;
    PimRpSet& m_rpSet;
    const PimBootstrapConfig& m_config;
    bool m_running{false};
    Time m_started;
    std::map<PimScopeZone, std::unique_ptr<PimBootstrapZone>> m_zones;
    std::set<uint32_t> m_refresh; //!< interfaces with a new neighbour, to which a copy is due
    std::vector<Held> m_held;
    ProtocolTimer m_forgetTimer; //!< zones that have expired go when it rings
    std::set<PimScopeZone> m_expired;
};

} // namespace ns3

#endif
