// SPDX-License-Identifier: GPL-2.0-only
// RFC 7432 §9, §10 and §15, RFC 8365 §5: one VNI on one VTEP, a MAC-VRF. It holds the addresses on
// this side and those of imported routes, and decides who has an address: mobility by sequence
// number (§15), duplicates (§15.1), static addresses (§15.2).
//
// An address that is learned here while a route of another VTEP is held is a move: its sequence
// number is that route's and one. A route of a higher number, or of the same number and a lower
// VTEP address, takes the address away from here; its routes are withdrawn. A route that is gone
// leaves no number behind.
#ifndef VXLAN_MULTICAST_EVPN_MAC_VRF_H
#define VXLAN_MULTICAST_EVPN_MAC_VRF_H

#include "ns3/evpn-config.h"
#include "ns3/evpn-nlri.h"
#include "ns3/evpn-vtep-tables.h"
#include "ns3/protocol-clock.h"

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

class EvpnMacVrf;

/** What a MAC-VRF brings about. */
class EvpnMacVrfHost
{
  public:
    virtual ~EvpnMacVrfHost() = default;
    virtual ProtocolClock& GetClock() = 0;
    /** Advertises an address of this side. \param ip any: a route with the MAC alone */
    virtual void Originate(const EvpnMacVrf& vrf,
                           Mac48Address mac,
                           Ipv4Address ip,
                           uint32_t sequence,
                           bool isSticky) = 0;
    virtual void Withdraw(const EvpnMacVrf& vrf, Mac48Address mac, Ipv4Address ip) = 0;
    /** `mac-move`, `duplicate-mac`, `sticky-mac`. */
    virtual void ReportMac(const EvpnMacVrf& vrf, const std::string& event, Mac48Address mac) = 0;
};

/** An address behind another VTEP, as one route has it. */
struct EvpnRemoteMac
{
    Ipv4Address vtep{Ipv4Address::GetAny()};
    uint32_t sequence{0};
    bool isSticky{false};
};

/** All that is known of one address. */
struct EvpnMacEntry
{
    bool isLocal{false};
    bool isSticky{false};       //!< of the local address
    uint32_t sequence{0};       //!< of the local address
    uint32_t remoteSequence{0}; //!< of the last route of another VTEP; for show
    std::set<uint32_t> ips;     //!< of the local address
    std::map<EvpnRouteKey, EvpnRemoteMac> remotes;
    std::optional<EvpnRemoteMac> active; //!< what the forwarding database holds
    uint32_t moves{0};                   //!< since firstMove
    Time firstMove;
    bool isDuplicate{false}; //!< §15.1: neither advertised nor taken from others

    bool IsUnused() const
    {
        return !isLocal && remotes.empty() && !isDuplicate && moves == 0;
    }
};

/** Who has an IP address: what ARP is answered from. */
struct EvpnNeighbor
{
    Mac48Address mac;
    Ipv4Address vtep{Ipv4Address::GetAny()}; //!< any: on this side
    uint32_t sequence{0};
};

/** The MAC-VRF of one VNI. */
class EvpnMacVrf
{
  public:
    /** All references outlive it. */
    EvpnMacVrf(EvpnMacVrfHost& host,
               EvpnVtepTables& tables,
               const EvpnConfig& config,
               const EvpnVniConfig& vni,
               RouteDistinguisher rd);

    /**
     * An address is on this side.
     * \param ip an address of it, or any
     */
    void LocalMac(Mac48Address mac, Ipv4Address ip, bool isSticky);
    /** An address is no longer on this side. */
    void LocalMacGone(Mac48Address mac);

    /** A route of type 2 is imported, or another than before. */
    void ImportMac(const EvpnRouteKey& key, const EvpnRemoteMac& remote);
    /** A route of type 3 is imported. \param vtep where flooded frames go; any: nowhere */
    void ImportFlood(const EvpnRouteKey& key, Ipv4Address vtep);
    /** A route is gone. */
    void Unimport(const EvpnRouteKey& key);

    /** The operator's corrective action (§15.1): the address is treated as others again. */
    void ClearDuplicate(Mac48Address mac);
    /** Withdraws all routes and empties the tables. */
    void Close();

    const EvpnVniConfig& GetConfig() const
    {
        return m_vni;
    }

    RouteDistinguisher GetRd() const
    {
        return m_rd;
    }

    BgpExtendedCommunity GetRouteTarget() const;

    /** By packed address. */
    const std::map<uint64_t, EvpnMacEntry>& GetMacs() const
    {
        return m_macs;
    }

    /** \returns who has \p ip, or none. */
    std::optional<EvpnNeighbor> FindNeighbor(Ipv4Address ip) const;
    /** \returns the addresses that FindNeighbor finds, in order. */
    std::set<uint32_t> GetNeighbors() const;

  private:
    static const EvpnRemoteMac* FindBest(const EvpnMacEntry& entry);
    /** \returns whether \p remote takes a local address away. */
    bool IsTakenBy(const EvpnMacEntry& entry, const EvpnRemoteMac& remote) const;
    void AddIp(Mac48Address mac, EvpnMacEntry& entry, Ipv4Address ip);
    void Advertise(Mac48Address mac, const EvpnMacEntry& entry);
    void Release(Mac48Address mac, EvpnMacEntry& entry);
    /** \returns whether the address is a duplicate now. */
    bool CountMove(Mac48Address mac, EvpnMacEntry& entry);
    void Reconsider(Mac48Address mac);
    void UpdateForwarding(Mac48Address mac, EvpnMacEntry& entry);

    EvpnMacVrfHost& m_host;
    EvpnVtepTables& m_tables;
    const EvpnConfig& m_config;
    const EvpnVniConfig m_vni;
    const RouteDistinguisher m_rd;
    std::map<uint64_t, EvpnMacEntry> m_macs;
    std::map<uint32_t, uint64_t> m_localIps; //!< packed MAC by IP address
    /** Routes with an IP address, by that address. */
    std::map<uint32_t, std::map<EvpnRouteKey, EvpnRemoteMac>> m_remoteIps;
    std::map<EvpnRouteKey, Ipv4Address> m_floods;
    std::map<Ipv4Address, uint32_t> m_floodVteps; //!< routes by VTEP
};

} // namespace ns3

#endif
