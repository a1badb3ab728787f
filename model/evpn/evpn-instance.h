// SPDX-License-Identifier: GPL-2.0-only
// RFC 7432 and RFC 8365 over RFC 4271: one BGP speaker with EVPN, on a VTEP (with VNIs) or a route
// reflector (with clients), without any knowledge of nodes, sockets or a simulator.
//
// Sessions live in BgpPeer; routes of all peers, and the best of each, in EvpnRib; what is sent in
// EvpnAdvertiser; the addresses of a VNI in EvpnMacVrf. A route is imported into the VNI whose
// Route Target and encapsulation it carries. Departures: internal peers alone; no Ethernet segments
// (multihoming), hence no route types 1 and 4; one Ethernet tag, 0; no graceful restart, no
// ROUTE-REFRESH.
#ifndef VXLAN_MULTICAST_EVPN_INSTANCE_H
#define VXLAN_MULTICAST_EVPN_INSTANCE_H

#include "ns3/evpn-advertiser.h"
#include "ns3/evpn-environment.h"
#include "ns3/evpn-mac-vrf.h"
#include "ns3/evpn-rib.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** One BGP speaker. */
class EvpnInstance : private BgpPeerListener, private EvpnMacVrfHost
{
  public:
    using Vrfs = std::map<uint32_t, std::unique_ptr<EvpnMacVrf>>;

    EvpnInstance(EvpnEnvironment& environment, const EvpnConfig& config);
    ~EvpnInstance() override;

    /** Adds a peer and starts its machine; a second one of that address is no error. */
    void AddPeer(const EvpnPeerConfig& peer);
    /** Ends a peer's session with a Cease and forgets the peer. */
    void RemovePeer(Ipv4Address address);
    /** Adds a VNI, with a route of type 3, and imports what is known of it. */
    void AddVni(const EvpnVniConfig& vni);
    void RemoveVni(uint32_t vni);

    /** An address is on this side of a VNI. \param ip an IP address of it, or any */
    void LocalMac(uint32_t vni, Mac48Address mac, Ipv4Address ip, bool isSticky = false);
    void LocalMacGone(uint32_t vni, Mac48Address mac);
    /** The operator lifts a duplicate's ban (RFC 7432 §15.1). */
    void ClearDuplicate(uint32_t vni, Mac48Address mac);

    /** \p peer has opened a connection; one that is no peer is refused. */
    void ConnectionAccepted(Ipv4Address peer, uint64_t connection);
    /** OpenConnection has succeeded. */
    void ConnectionOpened(Ipv4Address peer, uint64_t connection);
    /** A connection, or an attempt at one, has ended. */
    void ConnectionClosed(Ipv4Address peer, uint64_t connection);
    void Receive(Ipv4Address peer, uint64_t connection, const std::vector<uint8_t>& bytes);
    /** The underlay's routes have changed. */
    void UnderlayChanged();

    const EvpnConfig& GetConfig() const
    {
        return m_config;
    }

    const BgpPeers& GetPeers() const
    {
        return m_peers;
    }

    const EvpnRib& GetRib() const
    {
        return m_rib;
    }

    const EvpnAdvertiser& GetAdvertiser() const
    {
        return m_advertiser;
    }

    const Vrfs& GetVrfs() const
    {
        return m_vrfs;
    }

    /** \returns the VNI's MAC-VRF, or nullptr. */
    const EvpnMacVrf* FindVrf(uint32_t vni) const;
    /** \returns the peer of a path; nullptr for an own path. */
    const BgpPeer* FindPeer(uint32_t index) const;

  private:
    // BgpPeerListener
    void PeerUp(BgpPeer& peer) override;
    void PeerDown(BgpPeer& peer, const std::string& reason) override;
    void PeerUpdate(BgpPeer& peer, const BgpUpdate& update) override;
    // EvpnMacVrfHost
    ProtocolClock& GetClock() override;
    void Originate(const EvpnMacVrf& vrf,
                   Mac48Address mac,
                   Ipv4Address ip,
                   uint32_t sequence,
                   bool isSticky) override;
    void Withdraw(const EvpnMacVrf& vrf, Mac48Address mac, Ipv4Address ip) override;
    void ReportMac(const EvpnMacVrf& vrf, const std::string& event, Mac48Address mac) override;

    BgpPeer* FindPeer(Ipv4Address address) const;
    BgpPathAttributes MakeAttributes(const EvpnMacVrf& vrf) const;
    void OriginateInclusiveMulticast(const EvpnMacVrf& vrf);
    bool HasRoom(const BgpPeer& peer, const EvpnRouteKey& key) const;
    /** \returns why routes with \p attributes are not taken; empty: they are. */
    std::string CheckRoutes(const BgpPathAttributes& attributes) const;
    void BestChanged(const EvpnRouteKey& key, const EvpnPath* best);
    /** Hands a destination's best path to the VNIs that import it, and takes it from others. */
    void Import(const EvpnRouteKey& key, const EvpnPath& best);
    void ImportInto(EvpnMacVrf& vrf, const EvpnRouteKey& key, const EvpnPath& path);
    /** This speaker advertises a route. */
    void Announce(const EvpnNlri& nlri, const BgpPathAttributes& attributes);
    static bool IsImported(const EvpnMacVrf& vrf, const EvpnPath& path);

    EvpnEnvironment& m_environment;
    const EvpnConfig m_config;
    EvpnRib m_rib;
    BgpPeers m_peers;
    uint32_t m_lastPeer{0};
    EvpnAdvertiser m_advertiser;
    Vrfs m_vrfs;
    std::map<BgpExtendedCommunity, uint32_t> m_targets;     //!< VNI by Route Target
    std::map<Ipv4Address, uint32_t> m_ownNextHops;          //!< how many VNIs have it
    std::map<uint32_t, uint16_t> m_rdNumbers;               //!< by VNI, kept when it goes
    std::set<std::pair<EvpnRouteKey, uint32_t>> m_imported; //!< route and VNI
};

} // namespace ns3

#endif
