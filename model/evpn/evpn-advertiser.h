// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §9.1.3 and §9.2, RFC 4456 §6 and §8: what goes to which peer, and when. A change leaves
// AdvertisementDelay later, not before MinRouteAdvertisementInterval (per destination) and, for own
// routes, MinASOriginationInterval have passed; routes with equal attributes share an UPDATE. A new
// session gets the whole Loc-RIB, then the End-of-RIB marker (RFC 4724 §2).
// The Adj-RIBs-Out are sets of peers per destination: what a peer holds is always the best path.
#ifndef VXLAN_MULTICAST_EVPN_ADVERTISER_H
#define VXLAN_MULTICAST_EVPN_ADVERTISER_H

#include "ns3/bgp-peer.h"
#include "ns3/deadline-heap.h"
#include "ns3/evpn-rib.h"
#include "ns3/interface-set.h"

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace ns3
{

/** The peers of a speaker, by address. */
using BgpPeers = std::map<Ipv4Address, std::unique_ptr<BgpPeer>>;

/** Sends UPDATEs. */
class EvpnAdvertiser
{
  public:
    /** All references outlive it. */
    EvpnAdvertiser(ProtocolClock& clock,
                   const EvpnConfig& config,
                   const EvpnRib& rib,
                   const BgpPeers& peers);

    /** The best path to \p key is another, or gone. \param best nullptr: gone */
    void RouteChanged(const EvpnRouteKey& key, const EvpnPath* best);
    /** A session stands: its peer gets all routes after the delay. */
    void PeerUp(const BgpPeer& peer);
    void PeerDown(const BgpPeer& peer);

    /** \returns how many routes \p peer holds from this speaker. */
    std::size_t GetAdvertised(const BgpPeer& peer) const;

  private:
    /** What has been sent of one destination. */
    struct Advertised
    {
        InterfaceSet peers; //!< indices of those who hold it
        Time last;          //!< when an UPDATE about it went out
    };

    /** Routes that go out together. */
    struct Group
    {
        uint32_t from{0};            //!< the index of the peer they came from
        bool isFromClient{false};    //!< RFC 4456 §6
        BgpAttributesPtr attributes; //!< as they are sent
        std::size_t overhead{0};     //!< bytes of a message beside its routes
        std::vector<EvpnNlri> routes;
    };

    /** The best paths of some destinations, grouped. */
    struct Batch
    {
        std::vector<EvpnRouteKey> keys;
        std::vector<std::size_t> groupOf; //!< by key; BGP_NO_ROUTE: none that may go
        std::vector<Group> groups;
    };

    Time GetDeadline(const EvpnRouteKey& key, const EvpnPath* best) const;
    void Arm();
    void Flush();
    void SendAll(uint32_t index);
    Batch MakeBatch(std::vector<EvpnRouteKey> keys);
    BgpAttributesPtr Export(const EvpnPath& path);
    bool IsAllowed(const Group& group, const BgpPeer& peer) const;
    /** Withdraws what \p peer holds and may not, or what is gone. */
    void SendUnreach(BgpPeer& peer, const Batch& batch);
    /** Sends a group to those of \p peers that may have it. */
    void SendReach(const Group& group, const std::vector<BgpPeer*>& peers);
    static std::vector<BgpUpdate> MakeUpdates(const Group& group);
    BgpPeer* FindPeer(uint32_t index) const;

    ProtocolClock& m_clock;
    const EvpnConfig& m_config;
    const EvpnRib& m_rib;
    const BgpPeers& m_peers;
    std::map<EvpnRouteKey, Advertised> m_advertised;
    std::map<Time, std::set<EvpnRouteKey>> m_queue; //!< by the time they are due
    std::map<EvpnRouteKey, Time> m_due;             //!< the same, by route
    Time m_lastOrigination{Seconds(-1e6)};
    bool m_isReflector{false}; //!< a client has been up (RFC 4456 §6)
    InterfaceSet m_ready;      //!< indices of peers that have had all routes
    ProtocolTimer m_timer;
    DeadlineHeap<uint32_t> m_initial; //!< peers that wait for all routes
};

} // namespace ns3

#endif
