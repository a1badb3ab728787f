// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of BFD (RFC 5880, RFC 5881): a process on a node that watches neighbours for its
// clients, OSPF and PIM. Sessions live as long as a client has the neighbour.
#ifndef VXLAN_MULTICAST_BFD_PROTOCOL_H
#define VXLAN_MULTICAST_BFD_PROTOCOL_H

#include "ns3/bfd-instance.h"
#include "ns3/class-log.h"
#include "ns3/ipv4-protocol-sender.h"
#include "ns3/neighbor-liveness.h"
#include "ns3/object.h"
#include "ns3/pausable-clock.h"
#include "ns3/simulator-clock.h"
#include "ns3/socket.h"
#include "ns3/traced-environment.h"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/**
 * BFD on a node, aggregated to it. It watches on interfaces whose settings enable it.
 *
 * Trace sources: see ProtocolTraces. Reasons of Drop: those of BfdPacket::Read, and ttl,
 * no-session, interface.
 */
class BfdProtocol : public Object,
                    public NeighborLiveness,
                    private TracedEnvironment<BfdEnvironment>
{
  public:
    static TypeId GetTypeId();
    BfdProtocol();
    ~BfdProtocol() override;

    /** Settings of an interface, applied to its sessions at once. \throws std::invalid_argument */
    void SetInterfaceSettings(uint32_t interface, const BfdInterfaceSettings& settings);
    BfdInterfaceSettings GetInterfaceSettings(uint32_t interface) const;
    /**
     * Enables an interface with a Detection Time: packets at a third of it (a DetectMult-th).
     * \throws std::invalid_argument
     */
    void EnableInterface(uint32_t interface, Time detectionTime);

    /** Starts with sessions for all neighbours that clients have. */
    void Start();
    /** A crash: nothing is sent any more. */
    void Stop();
    /** Hangs or goes on: nothing is read, sent or decided, but all is kept. */
    void SetHanging(bool hanging);
    bool IsRunning() const;

    /** \returns the sessions; only while it runs. */
    const BfdInstance& GetInstance() const;
    /** \returns the packets refused so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;
    /** Fixes the random stream. \returns the streams used: 1. */
    int64_t AssignStreams(int64_t stream);

    // NeighborLiveness
    void Watch(const std::string& client, uint32_t interface, Ipv4Address neighbor) override;
    void Unwatch(const std::string& client, uint32_t interface, Ipv4Address neighbor) override;
    void UnwatchAll(const std::string& client) override;
    void AddDownListener(DownListener listener) override;

  protected:
    void NotifyNewAggregate() override;
    void DoInitialize() override;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    // BfdEnvironment
    ProtocolClock& GetClock() override;
    ProtocolRandom& GetRandom() override;
    void Send(const BfdSessionKey& session, uint16_t sourcePort, const BfdPacket& packet) override;
    void NeighborDown(const BfdSessionKey& session) override;
    std::string GetInterfaceName(uint32_t interface) const override;

    void Read(Ptr<Socket> socket);
    void Receive(Ptr<Packet> packet, Ipv4Address source);
    void AddSession(const BfdSessionKey& key);
    void FollowInterface(uint32_t interface, bool up);

    PausableClock m_clock;
    StreamRandom m_random;
    Ptr<Ipv4> m_ipv4;
    Ipv4ProtocolSender m_sender;
    Ptr<Socket> m_socket;
    std::unique_ptr<BfdInstance> m_instance;
    std::map<uint32_t, BfdInterfaceSettings> m_settings;
    std::map<BfdSessionKey, std::set<std::string>> m_clients; //!< who watches
    std::vector<DownListener> m_listeners;
    bool m_followsInterfaces{false};
    ProtocolTraces m_traces{g_log};
};

} // namespace ns3

#endif
