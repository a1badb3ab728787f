// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618 as a whole, without any knowledge of nodes or sockets: peers, SA cache, own SAs (§5.1,
// §5.2), flooding with peer-RPF (§10.1) and mesh groups (§10.2), filters (§7).
// Departures: one AS without BGP: of the peer-RPF rules (i), (iii) and (v) are there, and (iii) takes
// of the established peers that the route to the RP passes the nearest to this router; no data
// inside SAs (§8, §14); no TCP MD5 signatures (§18).
#ifndef VXLAN_MULTICAST_MSDP_INSTANCE_H
#define VXLAN_MULTICAST_MSDP_INSTANCE_H

#include "ns3/msdp-environment.h"
#include "ns3/msdp-peer.h"
#include "ns3/msdp-sa-cache.h"

#include <map>
#include <memory>
#include <set>
#include <vector>

namespace ns3
{

/** One speaker. Made when the protocol starts, destroyed when it stops. */
class MsdpInstance : private MsdpPeerHost
{
  public:
    using Peers = std::map<Ipv4Address, std::unique_ptr<MsdpPeer>>;

    /** \param environment outlives the instance */
    MsdpInstance(MsdpEnvironment& environment, const MsdpConfig& config);

    // Events
    void ConnectionAccepted(Ipv4Address peer, uint64_t connection);
    void ConnectionOpened(Ipv4Address peer, uint64_t connection);
    void ConnectionClosed(Ipv4Address peer, uint64_t connection);
    void Receive(Ipv4Address peer, uint64_t connection, const std::vector<uint8_t>& bytes);
    /** A source registers with this router, or no longer. */
    void SourceChanged(const SourceGroup& key, bool active);
    void RoutesChanged();

    const Peers& GetPeers() const
    {
        return m_peers;
    }

    const MsdpSaCache& GetSaCache() const
    {
        return m_cache;
    }

    /** \returns the RP address of own SAs. */
    Ipv4Address GetOriginatorId() const;
    /** \returns the established peer from which SAs of \p rp are taken (§10.1.3); or nullptr. */
    const MsdpPeer* FindRpfPeer(Ipv4Address rp) const;

  private:
    // MsdpPeerHost
    ProtocolClock& GetClock() override;
    const MsdpConfig& GetConfig() const override;
    uint64_t OpenConnection(const MsdpPeer& peer) override;
    void CloseConnection(uint64_t connection) override;
    void Send(const MsdpPeer& peer, const MsdpMessage& message) override;
    void StateChanged(MsdpPeer& peer, MsdpPeerState old, MsdpPeerEvent event) override;

    MsdpPeer* FindPeer(Ipv4Address address, uint64_t connection) const;
    void ReceiveMessage(MsdpPeer& peer, const std::vector<uint8_t>& bytes);
    void ReceiveSourceActive(MsdpPeer& peer, const MsdpMessage& message);
    bool IsAcceptedFrom(const MsdpPeer& peer, Ipv4Address rp) const;
    bool IsForwardedTo(const MsdpPeer& from, const MsdpPeer& to) const;
    void Forward(const MsdpPeer& from, Ipv4Address rp, const std::vector<SourceGroup>& entries);
    /** Sends what the peer's filter lets pass, in as many TLVs as it takes. */
    void SendEntries(MsdpPeer& to, Ipv4Address rp, const std::vector<SourceGroup>& entries);
    void AdvertiseToAll(const std::vector<SourceGroup>& entries);
    void AdvertisePeriodically();
    void SendCache(MsdpPeer& to);
    void Report(MsdpEvent event, const std::string& detail) const;

    MsdpEnvironment& m_environment;
    const MsdpConfig m_config;
    Peers m_peers;
    MsdpSaCache m_cache;
    uint32_t m_slot{0};                 //!< of SA-Advertisement-Period
    ProtocolTimer m_advertisementTimer; //!< rings at each slot
};

} // namespace ns3

#endif
