// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of PIM (RFC 7761 PIM-SM, RFC 5059 BSR, RFC 5015 bidirectional PIM, RFC 4610
// Anycast-RP): a multicast routing protocol beside the unicast one of the node. The protocol is in
// PimInstance, what it asks of the node in PimNodeEnvironment, the path of data packets in
// PimPacketPath.
#ifndef VXLAN_MULTICAST_PIM_SM_ROUTING_H
#define VXLAN_MULTICAST_PIM_SM_ROUTING_H

#include "ns3/active-sources.h"
#include "ns3/class-log.h"
#include "ns3/ipv4-protocol-receiver.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ns3-compat.h"
#include "ns3/pim-instance.h"
#include "ns3/pim-node-environment.h"
#include "ns3/pim-packet-path.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/**
 * PIM-SM with BSR on a node. It goes into the node's Ipv4ListRouting, before the unicast protocol,
 * which must be a UnicastRib; PimSmHelper does so.
 *
 * Trace sources: Tx, Rx (packet, interface; 0: by the routing table), Drop (packet, interface,
 * reason), Event (name, detail), Transition (machine, key, old state, event, new state). Reasons of
 * Drop: those of PimMessage::Read, and interface-down, destination, not-a-neighbor, group, source,
 * register-inner, not-rp, no-route, and Bootstrap's; socket-buffer while it hangs.
 */
class PimSmRouting : public Ipv4RoutingProtocol, public ActiveSources
{
  public:
    static TypeId GetTypeId();
    PimSmRouting();

    /** Fixes the random streams. \returns how many are used: 1. */
    int64_t AssignStreams(int64_t stream);

    /** \param membership what IGMP knows on this node; outlives this object. At any time. */
    void SetMembership(GroupMembership* membership);
    /** \param isMember whether this node's own applications take a packet. */
    void SetOwnMembership(PimPacketPath::OwnMembership isMember);

    /** Neighbours are lost when \p liveness (BFD) says so, too; it outlives this object. */
    void SetLiveness(NeighborLiveness* liveness);

    /** Settings of one interface; take effect at once. */
    void SetInterfaceSettings(uint32_t interface, const PimInterfaceSettings& settings);
    const PimInterfaceSettings& GetInterfaceSettings(uint32_t interface) const;
    /** Makes this router a candidate BSR. */
    void SetCandidateBsr(const PimCandidateBsr& candidate);
    /** Makes this router a candidate RP. */
    void SetCandidateRp(const PimCandidateRp& candidate);
    /** This router offers itself on \p interface no longer, as a BSR or as an RP. */
    void RemoveCandidates(uint32_t interface);
    /** Adds a static RP. */
    void AddStaticRp(const Ipv4Prefix& range, Ipv4Address rp);
    /** Takes back what AddStaticRp or AddBidirRp set; no error if there is none. */
    void RemoveStaticRp(const Ipv4Prefix& range, Ipv4Address rp);
    /** Adds a static RP address of a bidirectional range. */
    void AddBidirRp(const Ipv4Prefix& range, Ipv4Address rp);

    /**
     * Makes this router a member of an Anycast-RP set (RFC 4610), which its other members are told
     * alike; a second set of the same RP address replaces the first.
     * \throws std::invalid_argument when an address is no unicast address or stands there twice
     */
    void SetAnycastRp(const PimAnycastRp& set);

    /** Starts PIM; after Stop: a reboot. */
    void Start();
    /** A crash: all state is lost, without a notification. */
    void Stop();
    /** An orderly end: takes back what this router offers as an RP, says goodbye, stops. */
    void Leave();
    /**
     * Hangs or goes on, as by SIGSTOP and SIGCONT: nothing is read, sent or decided, but all is
     * kept. The forwarding entries go on as the kernel's do, those that take Registers at an RP
     * among them; this router's own Registers are the process's work and stop. What is set
     * meanwhile takes effect when it goes on.
     */
    void SetHanging(bool isHanging);

    bool IsRunning() const;
    /** \returns the protocol, which must be running. */
    PimInstance& GetInstance();
    const PimInstance& GetInstance() const;
    /** \returns the interfaces that PIM may run on, by index. */
    const std::map<uint32_t, PimInterface>& GetInterfaces() const;
    /** \returns what tib.csv shows. */
    std::vector<PimTibRow> GetTib() const;
    /** \returns the installed entries of the forwarding cache, by group and source. */
    std::vector<const MulticastForwardingEntry*> GetForwardingEntries() const;
    /** \returns the messages refused so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;

    // ActiveSources
    std::vector<SourceGroup> GetRegisteredSources() const override;
    void AddSourceListener(Listener listener) override;
    void AddExternalSource(const SourceGroup& key) override;
    void RemoveExternalSource(const SourceGroup& key) override;

    // Ipv4RoutingProtocol
    Ptr<Ipv4Route> RouteOutput(Ptr<Packet> packet,
                               const Ipv4Header& header,
                               Ptr<NetDevice> oif,
                               Socket::SocketErrno& error) override;
    bool RouteInput(Ptr<const Packet> packet,
                    const Ipv4Header& header,
                    Ptr<const NetDevice> idev,
                    RouteInputTypes::Ucb ucb,
                    RouteInputTypes::Mcb mcb,
                    RouteInputTypes::Lcb lcb,
                    RouteInputTypes::Ecb ecb) override;
    void NotifyInterfaceUp(uint32_t interface) override;
    void NotifyInterfaceDown(uint32_t interface) override;
    void NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress address) override;
    void SetIpv4(Ptr<Ipv4> ipv4) override;
    void PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const override;

  protected:
    void DoInitialize() override;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    void Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    void Read(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    /** Does \p action of the running instance, now or when the process goes on. */
    void Do(std::function<void(PimInstance&)> action);
    void UpdateInterface(uint32_t interface);

    PimConfig m_config;
    ProtocolTraces m_traces{g_log};
    Ptr<Ipv4> m_ipv4;
    Ptr<Ipv4ProtocolReceiver> m_l4;
    PimNodeEnvironment m_environment;
    PimPacketPath m_path;
    GroupMembership* m_membership{nullptr};
    std::vector<Listener> m_sourceListeners;
    std::set<SourceGroup> m_externalSources; //!< what MSDP knows; kept while PIM is stopped
    std::map<uint32_t, PimInterfaceSettings> m_settings;
    std::unique_ptr<PimInstance> m_instance; //!< while PIM runs
};

} // namespace ns3

#endif
