// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §3.2 and §9.1: Adj-RIBs-In and Loc-RIB of EVPN routes in one table. An entry holds what
// each peer has advertised (the paths: the Adj-RIBs-In) and which of them is best (the Loc-RIB).
#ifndef VXLAN_MULTICAST_EVPN_RIB_H
#define VXLAN_MULTICAST_EVPN_RIB_H

#include "ns3/bgp-decision.h"
#include "ns3/evpn-nlri.h"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace ns3
{

/** Path attributes that many routes share. */
using BgpAttributesPtr = std::shared_ptr<const BgpPathAttributes>;

/** Keeps equal path attributes once. */
class BgpAttributePool
{
  public:
    BgpAttributesPtr Get(const BgpPathAttributes& attributes);

  private:
    struct Less
    {
        bool operator()(const BgpAttributesPtr& a, const BgpAttributesPtr& b) const
        {
            return *a < *b;
        }
    };

    std::set<BgpAttributesPtr, Less> m_pool;
    std::size_t m_purgeAt{64};
};

/** A route as one peer, or this speaker, advertises it. */
struct EvpnPath
{
    uint32_t peer{0}; //!< the peer's index; 0: originated here
    BgpAttributesPtr attributes;
    std::array<uint8_t, 10> esi{};
    uint32_t label{0};
    uint32_t label2{EvpnNlri::NO_LABEL};

    EvpnNlri MakeNlri(const EvpnRouteKey& key) const
    {
        return {key, esi, label, label2};
    }

    friend bool operator==(const EvpnPath& a, const EvpnPath& b)
    {
        return a.peer == b.peer && a.attributes == b.attributes && a.esi == b.esi &&
               a.label == b.label && a.label2 == b.label2;
    }
};

/** All paths to one destination. */
struct EvpnRibEntry
{
    std::vector<EvpnPath> paths;    //!< by peer
    std::size_t best{BGP_NO_ROUTE}; //!< index, or BGP_NO_ROUTE

    const EvpnPath* FindBest() const
    {
        return best == BGP_NO_ROUTE ? nullptr : &paths[best];
    }
};

/** The table of EVPN routes of one speaker. */
class EvpnRib
{
  public:
    using Entries = std::map<EvpnRouteKey, EvpnRibEntry>;
    using MetricLookup = std::function<std::optional<uint32_t>(Ipv4Address)>;

    /**
     * \param lookup the underlay's metric to a next hop, none if it is not resolvable (§9.1.2.1)
     * \param bestChanged called after the best path of a destination has changed, appeared or gone
     */
    EvpnRib(MetricLookup lookup, std::function<void(const EvpnRouteKey&)> bestChanged);

    /** What step f and g of §9.1.2.2 compare. */
    void SetPeer(uint32_t peer, Ipv4Address routerId, Ipv4Address address);

    /** A path is new, or replaces the one of the same peer (§3.1, implicit withdrawal). */
    void Set(const EvpnRouteKey& key, EvpnPath path);
    /** A path is withdrawn; no error if there is none. */
    void Remove(const EvpnRouteKey& key, uint32_t peer);
    /** Withdraws all paths of a peer: its session is down. */
    void RemovePeer(uint32_t peer);
    /** Looks all next hops up again. */
    void UpdateNextHops();

    const Entries& GetEntries() const
    {
        return m_entries;
    }

    /** \returns how often a best path of that Route Distinguisher has changed. */
    uint64_t GetVersion(RouteDistinguisher rd) const;
    /** \returns how many paths \p peer has advertised, feasible or not. */
    std::size_t CountPaths(uint32_t peer) const;
    /** \returns the best path to \p key, or nullptr. */
    const EvpnPath* FindBest(const EvpnRouteKey& key) const;
    /** \returns whether \p path can be used (§9.1.2.1). */
    bool IsFeasible(const EvpnPath& path) const;

  private:
    struct PeerInfo
    {
        uint32_t routerId{0};
        uint32_t address{0};
    };

    std::optional<uint32_t> GetMetric(Ipv4Address nextHop) const;
    BgpCandidate MakeCandidate(const EvpnPath& path) const;
    std::size_t Select(const EvpnRibEntry& entry) const;
    /** Decides again. \param touched the best path itself is another. */
    void Decide(Entries::iterator it, bool touched);

    MetricLookup m_lookup;
    std::function<void(const EvpnRouteKey&)> m_bestChanged;
    Entries m_entries;
    std::map<RouteDistinguisher, uint64_t> m_versions;
    std::vector<PeerInfo> m_peers;
    mutable std::map<uint32_t, std::optional<uint32_t>> m_metrics; //!< by next hop
};

} // namespace ns3

#endif
