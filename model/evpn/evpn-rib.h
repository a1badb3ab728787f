// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §3.2 and §9.1: Adj-RIBs-In and Loc-RIB of EVPN routes in one table. An entry holds what
// each peer has advertised (the paths: the Adj-RIBs-In) and which of them is best (the Loc-RIB).
#ifndef VXLAN_MULTICAST_EVPN_RIB_H
#define VXLAN_MULTICAST_EVPN_RIB_H

#include "ns3/bgp-decision.h"
#include "ns3/evpn-rib-table.h"

#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace ns3
{

/** The table of EVPN routes of one speaker. */
class EvpnRib
{
  public:
    using MetricLookup = std::function<std::optional<uint32_t>(Ipv4Address)>;
    /** \param best valid until the table changes; nullptr: there is no feasible path any more */
    using BestChanged = std::function<void(const EvpnRouteKey& key, const EvpnPath* best)>;

    /**
     * \param lookup the underlay's metric to a next hop, none if it is not resolvable (§9.1.2.1)
     * \param bestChanged called after the best path of a destination has changed, appeared or gone
     */
    EvpnRib(MetricLookup lookup, BestChanged bestChanged);

    /** What step f and g of §9.1.2.2 compare. */
    void SetPeer(uint32_t peer, Ipv4Address routerId, Ipv4Address address);

    /** A path is new, or replaces the one of the same peer (§3.1, implicit withdrawal). */
    void Set(const EvpnPath& path);
    /** A path is withdrawn; no error if there is none. */
    void Remove(const EvpnRouteKey& key, uint32_t peer);
    /** Withdraws all paths of a peer: its session is down. */
    void RemovePeer(uint32_t peer);
    /** Looks all next hops up again. */
    void UpdateNextHops();

    /** \returns the number of destinations. */
    std::size_t GetSize() const
    {
        return m_table.GetSize();
    }

    /** \returns all entries, by destination; valid until the table changes. */
    std::vector<const EvpnRibEntry*> GetEntries() const
    {
        return m_table.Select([](const EvpnRibEntry&) { return true; });
    }

    /** \returns the entries for which \p condition is true, by destination. */
    template <typename Condition>
    std::vector<const EvpnRibEntry*> Select(Condition condition) const
    {
        return m_table.Select(condition);
    }

    /** \returns the entry of \p key, or nullptr; valid until the table changes. */
    const EvpnRibEntry* Find(const EvpnRouteKey& key) const
    {
        return m_table.Find(key);
    }

    /** \returns how often a best path of that Route Distinguisher has changed. */
    uint64_t GetVersion(RouteDistinguisher rd) const;
    /** \returns how many paths \p peer has advertised, feasible or not. */
    std::size_t CountPaths(uint32_t peer) const;
    /** \returns the best path to \p key, or nullptr; valid until the table changes. */
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
    std::size_t SelectBest(const EvpnRibEntry& entry) const;
    /** Decides again. \param touched the best path itself is another. */
    void Decide(EvpnRibEntry& entry, bool touched);
    /** \returns the destinations: what is done to one may take others out of the table. */
    static std::vector<EvpnRouteKey> GetKeys(const std::vector<const EvpnRibEntry*>& entries);

    MetricLookup m_lookup;
    BestChanged m_bestChanged;
    EvpnRibTable m_table;
    std::unordered_map<uint64_t, uint64_t> m_versions; //!< by Route Distinguisher
    std::vector<PeerInfo> m_peers;
    std::vector<std::size_t> m_counts; //!< paths by peer
    /** By next hop; looked up only, and all renewed together. */
    mutable std::unordered_map<uint32_t, std::optional<uint32_t>> m_metrics;
};

} // namespace ns3

#endif
