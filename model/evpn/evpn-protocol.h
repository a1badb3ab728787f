// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of BGP EVPN: one speaker on a node, TCP port 179. Its protocol is in EvpnInstance;
// the VNIs of the node's VXLAN devices come to it through EvpnControlPlane.
#ifndef VXLAN_MULTICAST_EVPN_PROTOCOL_H
#define VXLAN_MULTICAST_EVPN_PROTOCOL_H

#include "ns3/bgp-connections.h"
#include "ns3/class-log.h"
#include "ns3/control-messages.h"
#include "ns3/evpn-instance.h"
#include "ns3/evpn-vtep-tables.h"
#include "ns3/ipv4.h"
#include "ns3/object.h"
#include "ns3/pausable-clock.h"
#include "ns3/tcp-ttl-guard.h"
#include "ns3/traced-environment.h"
#include "ns3/unicast-rib.h"

#include <array>
#include <map>
#include <memory>
#include <set>
#include <vector>

namespace ns3
{

/** Messages with one peer, by type (index: BgpMessage::Type less 1). */
struct BgpMessageCounts
{
    std::array<ControlMessageCount, 4> sent;
    std::array<ControlMessageCount, 4> received;
};

/** A device's VNI, and what is on its side: both outlive a speaker's restart. */
class EvpnVni : public EvpnVtepTables
{
  public:
    /** An address on this side. */
    struct Local
    {
        std::set<Ipv4Address> ips;
        bool isSticky{false};
    };

    // EvpnVtepTables
    void SetRemoteMac(Mac48Address mac, Ipv4Address vtep) override;
    void RemoveRemoteMac(Mac48Address mac) override;
    void AddFloodVtep(Ipv4Address vtep) override;
    void RemoveFloodVtep(Ipv4Address vtep) override;
    void ForgetLocalMac(Mac48Address mac) override;

    EvpnVniConfig config;
    EvpnVtepTables* device{nullptr};
    std::map<Mac48Address, Local> locals;
};

/**
 * A BGP speaker on a node. Aggregate it to a node with an Internet stack, add peers, and it starts
 * with the simulation.
 *
 * Trace sources are those of ProtocolTraces: Tx and Rx show whole BGP messages without TCP header,
 * the interface is that of the connection's own address. Reasons of Drop: the names of BgpError
 * (not-synchronized, message-length, message-type, version, peer-as, …, attribute-list,
 * attribute-flags, attribute-length, …) for messages; originator, cluster-loop, own-next-hop,
 * unsupported-route for routes; unknown-peer for a connection.
 */
class EvpnProtocol : public Object,
                     private TracedEnvironment<EvpnEnvironment>,
                     private BgpConnectionListener
{
  public:
    static TypeId GetTypeId();
    EvpnProtocol();
    ~EvpnProtocol() override;

    /**
     * Adds a peer, at any time.
     * \throws std::invalid_argument when the address is none that a peer can have
     */
    void AddPeer(const EvpnPeerConfig& peer);
    void RemovePeer(Ipv4Address address);
    /** \returns the BGP Identifier: the attribute, else the node's highest address. */
    Ipv4Address GetRouterId() const;

    /** Starts with empty tables; called by DoInitialize, or after Stop: a restarted daemon. */
    void Start();
    /** A killed daemon: its sessions end with FIN, without a NOTIFICATION; its routes are taken
     * from the devices. */
    void Stop();
    /** Hangs or goes on: nothing is read, sent or decided, but TCP lives and all is kept. */
    void SetHanging(bool isHanging);
    bool IsRunning() const;
    bool IsHanging() const;

    /** \returns the protocol's tables; only while it runs. */
    const EvpnInstance& GetInstance() const;

    /** A device's VNI begins. \param tables kept until DetachVni */
    void AttachVni(const EvpnVniConfig& config, EvpnVtepTables& tables);
    void DetachVni(uint32_t vni);
    /** An address is on this side. \param ip an address of it, or any */
    void LocalMac(uint32_t vni, Mac48Address mac, Ipv4Address ip, bool isSticky);
    void LocalMacGone(uint32_t vni, Mac48Address mac);
    /** The operator lifts a duplicate's ban (RFC 7432 §15.1). */
    void ClearDuplicate(uint32_t vni, Mac48Address mac);
    /** \returns who has \p ip in a VNI; none while the speaker does not run. */
    std::optional<EvpnNeighbor> FindNeighbor(uint32_t vni, Ipv4Address ip) const;

    /** \returns the messages so far, by peer; they outlive Stop. */
    const std::map<Ipv4Address, BgpMessageCounts>& GetPeerMessageCounts() const;
    /** \returns the same for control.csv: peers by address, protocol "bgp". */
    ControlMessageCounts GetMessageCounts() const;
    /** \returns what was refused so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;
    const EvpnConfig& GetConfig() const;

  protected:
    void NotifyNewAggregate() override;
    void DoInitialize() override;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    // EvpnEnvironment
    ProtocolClock& GetClock() override;
    uint64_t OpenConnection(Ipv4Address peer) override;
    void CloseConnection(uint64_t connection) override;
    void Send(uint64_t connection, Ipv4Address peer, const std::vector<uint8_t>& message) override;
    std::optional<uint32_t> GetMetric(Ipv4Address destination) const override;
    EvpnVtepTables& GetTables(uint32_t vni) override;
    void ReportReceived(Ipv4Address peer, const std::vector<uint8_t>& message) override;
    // BgpConnectionListener
    void ConnectionAccepted(Ipv4Address peer, uint64_t connection) override;
    void ConnectionOpened(Ipv4Address peer, uint64_t connection) override;
    void ConnectionClosed(Ipv4Address peer, uint64_t connection) override;
    void BytesReceived(Ipv4Address peer,
                       uint64_t connection,
                       const std::vector<uint8_t>& bytes) override;

    void SetHoldTime(Time holdTime);
    Time GetHoldTime() const;
    Ipv4Address GetSourceAddress() const;
    uint32_t GetInterface() const;
    void UnderlayChanged();
    /** RFC 5082: BGP's segments may have come \p hops links at most. */
    void GuardTtl(uint8_t hops);
    /** Runs \p action on the instance: now, or when the speaker goes on. */
    void Do(std::function<void(EvpnInstance&)> action);

    PausableClock m_clock;
    EvpnConfig m_config;
    Ipv4Address m_localAddress{Ipv4Address::GetAny()};
    Ptr<Ipv4> m_ipv4;
    UnicastRib* m_rib{nullptr};
    bool m_isHanging{false};
    std::vector<EvpnPeerConfig> m_peers;
    std::map<uint32_t, EvpnVni> m_vnis;
    std::vector<std::function<void()>> m_deferred; //!< what came while hanging
    std::map<Ipv4Address, BgpMessageCounts> m_counts;
    ProtocolTraces m_traces{g_log};
    ProtocolTimer m_underlayTimer; //!< rings at once: after the routes' own listeners
    Ptr<TcpTtlGuard> m_guard;      //!< while the process runs with TtlSecurity
    std::unique_ptr<BgpConnections> m_connections;
    std::unique_ptr<EvpnInstance> m_instance;
};

} // namespace ns3

#endif
