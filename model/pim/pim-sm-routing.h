// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of PIM (RFC 7761 PIM-SM, RFC 5059 BSR, RFC 5015 bidirectional PIM): a multicast
// routing protocol beside the unicast one of the node. The machines are in PimRouter,
// PimNeighborTable, PimBootstrapMachine and PimDfTable.
#ifndef VXLAN_MULTICAST_PIM_SM_ROUTING_H
#define VXLAN_MULTICAST_PIM_SM_ROUTING_H

#include "ns3/ipv4-protocol-receiver.h"
#include "ns3/ipv4-protocol-sender.h"
#include "ns3/ipv4-routing-protocol.h"
#include "ns3/ns3-compat.h"
#include "ns3/pim-bootstrap.h"
#include "ns3/pim-df-table.h"
#include "ns3/pim-router.h"
#include "ns3/simulator-clock.h"
#include "ns3/traced-callback.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** What a user may set of one interface; what is unset follows the attributes. */
struct PimInterfaceSettings
{
    std::optional<bool> enabled;          //!< default: yes, but not on virtual devices (VXLAN)
    std::optional<uint32_t> drPriority;   //!< default: attribute DrPriority
    std::vector<Ipv4Prefix> scopeBorders; //!< admin-scope ranges that end here
};

/**
 * PIM-SM with BSR on a node. It goes into the node's Ipv4ListRouting, before the unicast protocol,
 * which has to be a UnicastRib; PimSmHelper does so.
 *
 * A source on the node itself (a VTEP on a leaf) sends out of an interface of its own: the packet
 * goes through the loopback device, then out on that interface's link as it is, and to PIM as if it
 * had come in there. Members on the node itself get a copy of what is forwarded onto the link that
 * they joined on; SetOwnMembership says where they are.
 *
 * Trace sources: Tx, Rx (packet, interface; 0: by the routing table), Drop (packet, interface,
 * reason), Event (name, detail). Reasons of Drop: those of PimMessage::Read, and interface-down,
 * destination, not-a-neighbor, group, source, register-inner, not-rp, no-route, and Bootstrap's.
 */
class PimSmRouting : public Ipv4RoutingProtocol,
                     private PimEnvironment,
                     private PimDataPlane,
                     private PimHelloConfig,
                     private PimTimerValues,
                     private PimBootstrapConfig,
                     private PimCandidateRpTimes,
                     private PimDfConfig
{
  public:
    /** Signatures of the trace sources. */
    typedef void (*PacketTracedCallback)(Ptr<const Packet> packet, uint32_t interface);
    typedef void (*DropTracedCallback)(Ptr<const Packet> packet,
                                       uint32_t interface,
                                       std::string reason);
    typedef void (*EventTracedCallback)(std::string event, std::string detail);

    static TypeId GetTypeId();
    PimSmRouting();
    ~PimSmRouting() override;

    /** Fixes the random streams. \returns how many are used: 1. */
    int64_t AssignStreams(int64_t stream);

    /** \param membership what IGMP knows on this node; outlives this object. */
    void SetMembership(GroupMembership* membership);
    /** \param isMember (interface, source, group): this node's own applications want the packet. */
    void SetOwnMembership(std::function<bool(uint32_t, Ipv4Address, Ipv4Address)> isMember);

    /** Settings of one interface; take effect at once. */
    void SetInterfaceSettings(uint32_t interface, const PimInterfaceSettings& settings);
    const PimInterfaceSettings& GetInterfaceSettings(uint32_t interface) const;
    /** Makes this router a candidate BSR. */
    void SetCandidateBsr(const PimCandidateBsr& candidate);
    /** Makes this router a candidate RP. */
    void SetCandidateRp(const PimCandidateRp& candidate);
    /** This router offers itself on \p interface no longer, as a BSR or as an RP. */
    void RemoveCandidates(uint32_t interface);
    /** Sets an RP by hand. */
    void AddStaticRp(const Ipv4Prefix& range, Ipv4Address rp);
    /** Sets the RP address of a bidirectional range by hand. */
    void AddBidirRp(const Ipv4Prefix& range, Ipv4Address rp);

    /** Starts PIM; after Stop: a reboot. */
    void Start();
    /** A crash: all state is lost, without a word to anyone. */
    void Stop();
    /** An orderly end: takes back what this router offers as an RP, says goodbye, stops. */
    void Leave();

    bool IsRunning() const;
    /** \returns the engine: trees, macros, forwarder. */
    PimRouter& GetRouter();
    const PimRouter& GetRouter() const;
    const PimNeighborTable& GetNeighborTable() const;
    const PimRpSet& GetRpSet() const;
    const PimBootstrapMachine& GetBootstrap() const;
    /** \returns the Designated Forwarders of bidirectional PIM. */
    const PimDfTable& GetForwarders() const;
    /** \returns the interfaces that PIM may run on, by index. */
    const std::map<uint32_t, PimInterface>& GetInterfaces() const override;
    /** \returns what tib.csv shows. */
    std::vector<PimTibRow> GetTib() const;
    /** \returns the rows of the forwarding cache that are installed, by group and source. */
    std::vector<const MulticastForwardingEntry*> GetForwardingEntries() const;
    /** \returns the messages refused so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;
    /** \returns the time as the machines know it. */
    Time Now() const;

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
    /** A Register that leaves when the packet inside it has been sent natively. */
    struct PendingRegister
    {
        Ptr<Packet> packet;
        Ipv4Address source;
        Ipv4Address rp;
        uint8_t tos;
    };

    // PimEnvironment
    ProtocolClock& GetClock() override;
    ProtocolRandom& GetRandom() override;
    UnicastRib& GetRib() override;
    RpfEcmp GetRpfEcmp() const override;
    void Send(const PimMessage& message,
              uint32_t interface,
              Ipv4Address destination,
              Ipv4Address source) override;
    bool SendUnicast(const PimMessage& message,
                     Ipv4Address source,
                     Ipv4Address destination) override;
    void ReportEvent(const std::string& name, const std::string& detail) override;
    void ReportDrop(const std::string& reason) override;

    // PimDataPlane
    bool SendRegister(const MulticastArrival& arrival, Ipv4Address source, Ipv4Address rp) override;
    void SendAlong(Ptr<const Ipv4MulticastRoute> route, const MulticastArrival& arrival) override;

    // Attributes
    /** An attribute's place in one of the private bases, as a place in this class. */
    template <typename Base, typename Value>
    static Value PimSmRouting::*Own(Value Base::*member)
    {
        return static_cast<Value PimSmRouting::*>(member);
    }

    bool SetRpfEcmpName(std::string name);
    std::string GetRpfEcmpName() const;
    bool SetSptThreshold(std::string text);
    std::string GetSptThreshold() const;
    bool SetSptThresholdRanges(std::string text);
    std::string GetSptThresholdRanges() const;
    bool SetRegisterSwitchThreshold(std::string text);
    std::string GetRegisterSwitchThreshold() const;
    bool SetRegisterSwitchThresholdRanges(std::string text);
    std::string GetRegisterSwitchThresholdRanges() const;
    bool SetSsmRange(std::string text);
    std::string GetSsmRange() const;
    void SetPollInterval(Time interval);
    Time GetPollInterval() const;
    void SetCapacity(uint32_t capacity);
    uint32_t GetCapacity() const;
    bool SetCapacityPolicy(std::string name);
    std::string GetCapacityPolicy() const;
    void SetPuntRate(double packetsPerSecond);
    double GetPuntRate() const;

    void ApplyCapacity();
    void Connect();
    void Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    void Dispatch(const PimMessage& message,
                  Ptr<const Packet> packet,
                  const Ipv4Header& header,
                  uint32_t interface);
    void ReceiveRegister(const PimRegister& message,
                         Ptr<const Packet> packet,
                         const Ipv4Header& header);
    PimInterface Describe(uint32_t interface) const;
    void UpdateInterface(uint32_t interface);
    void Forward(Ptr<const Packet> packet,
                 const Ipv4Header& header,
                 uint32_t interface,
                 const RouteInputTypes::Mcb& mcb);
    void SendOnOwnLink(Ptr<const Packet> packet, const Ipv4Header& header, uint32_t interface);
    void DeliverToOwnMembers(Ptr<const Packet> packet,
                             Ipv4Header header,
                             Ptr<const Ipv4MulticastRoute> route);
    void FlushRegisters();

    Ptr<Ipv4> m_ipv4;
    Ptr<Ipv4ProtocolReceiver> m_l4;
    Ipv4ProtocolSender m_sender;
    SimulatorClock m_clock;
    StreamRandom m_random;
    UnicastRib* m_rib{nullptr};
    GroupMembership* m_membership{nullptr};
    std::function<bool(uint32_t, Ipv4Address, Ipv4Address)> m_isOwnMember;
    bool m_running{false};
    bool m_delivering{false}; //!< a packet goes to members on this node, and not further
    std::map<uint32_t, PimInterface> m_interfaces;
    std::map<uint32_t, PimInterfaceSettings> m_settings;
    uint32_t m_drPriority{1};
    uint8_t m_unicastTtl{64};
    RpfEcmp m_rpfEcmp{RpfEcmp::HIGHEST};
    Ipv4Prefix m_ssmRange{Ipv4Address(0xe8000000), 8};
    uint32_t m_capacity{0}; //!< 0: unlimited
    MulticastOverflowPolicy m_capacityPolicy{MulticastOverflowPolicy::REFUSE};
    double m_puntRate{70};
    PimNeighborTable m_neighbors;
    PimRpSet m_rpSet;
    PimBootstrapMachine m_bootstrap;
    PimDfTable m_forwarders;
    PimRouter m_router;
    std::vector<PendingRegister> m_pendingRegisters;
    std::map<std::string, uint64_t> m_drops;
    Ptr<const Packet> m_receiving; //!< the message being read
    uint32_t m_receivingOn{0};
    TracedCallback<Ptr<const Packet>, uint32_t> m_txTrace;
    TracedCallback<Ptr<const Packet>, uint32_t> m_rxTrace;
    TracedCallback<Ptr<const Packet>, uint32_t, std::string> m_dropTrace;
    TracedCallback<std::string, std::string> m_eventTrace;
};

} // namespace ns3

#endif
