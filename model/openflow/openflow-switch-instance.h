// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §4-§6: a whole switch without ns-3's nodes and sockets: ports, flow table, the
// channel to the controller. Access ports lead to tenants and belong to a segment (VNI); tunnel
// ports lead to VTEPs. Departures: a frame that leaves by a tunnel with key "flow" and without a
// tunnel id set carries the segment of the access port that it came in by; tunnel ports do not
// flood to one another (Open vSwitch's `protected` ports), so that a full mesh has no loop.
#ifndef VXLAN_MULTICAST_OPENFLOW_SWITCH_INSTANCE_H
#define VXLAN_MULTICAST_OPENFLOW_SWITCH_INSTANCE_H

#include "ns3/openflow-channel.h"
#include "ns3/openflow-flow-table.h"

#include <map>
#include <memory>
#include <optional>
#include <string>

namespace ns3
{

/** A port of a switch. */
struct OpenflowSwitchPort
{
    uint32_t number{0};
    std::string name;
    Mac48Address address;
    bool up{true};
    bool tunnel{false};
    uint32_t segment{0};                       //!< access: VNI
    Ipv4Address remote{Ipv4Address::GetAny()}; //!< tunnel: the VTEP at its other end
    uint64_t key{0};                           //!< tunnel: VNI; 0: the flow's tunnel id
};

/** One switch. */
class OpenflowSwitchInstance : private OpenflowChannelOwner
{
  public:
    using Ports = std::map<uint32_t, OpenflowSwitchPort>;

    /** \param environment outlives the instance */
    OpenflowSwitchInstance(OpenflowSwitchEnvironment& environment,
                           const OpenflowSwitchConfig& config);
    ~OpenflowSwitchInstance() override;

    /** \param hasController whether there is one to connect to */
    void Start(bool hasController);

    /**
     * Adds a port.
     * \param port its description; \c number is a request, 0: any
     * \returns the number it got
     */
    uint32_t AddPort(OpenflowSwitchPort port);
    void RemovePort(uint32_t number);
    void SetPortUp(uint32_t number, bool up);
    const OpenflowSwitchPort* FindPort(uint32_t number) const;
    const OpenflowSwitchPort* FindPort(const std::string& name) const;
    /** \returns the tunnel to \p remote that carries \p key, or nullptr. */
    const OpenflowSwitchPort* FindTunnel(Ipv4Address remote, uint64_t key) const;

    /** A frame came in by access port \p number. */
    void ReceiveFrame(uint32_t number, Ptr<const Packet> frame);
    /** A frame came out of a tunnel. \returns false when there is no port for it. */
    bool ReceiveTunnelFrame(Ipv4Address remote,
                            Ipv4Address local,
                            uint64_t key,
                            Ptr<const Packet> frame);

    /** A FLOW_MOD from the management interface, as ovs-ofctl's. \returns the error, or success. */
    OpenflowError ApplyFlow(const OpenflowFlowMod& mod);
    const OpenflowFlowTable& GetTable() const;

    // Connection to the controller.
    void NotifyConnected();
    void NotifyClosed();
    /** A route to the controller has appeared: no waiting for the next attempt. */
    void NotifyReachable();
    void ReceiveFromController(const std::vector<uint8_t>& bytes);
    OpenflowChannelState GetChannelState() const;
    /** \returns whether the switch acts on its own (STANDALONE). */
    bool IsFailOpen() const;

  private:
    /** Where an address was learned while failing open. */
    struct Learned
    {
        uint32_t port;
        Time seen;
    };

    // OpenflowChannelOwner
    void OpenConnection() override;
    void CloseConnection() override;
    void SendBytes(const std::vector<uint8_t>& bytes) override;
    void ChannelActive() override;
    void ChannelDown() override;
    OpenflowError HandleMessage(const OpenflowMessage& message) override;

    OpenflowError HandleFlowMod(const OpenflowFlowMod& mod);
    OpenflowError HandlePacketOut(const OpenflowPacketOut& out);
    void HandleMultipart(const OpenflowMultipartRequest& request, uint32_t xid);
    void SendFlowStats(const OpenflowFlowFilter& filter, uint32_t xid);
    OpenflowError CheckOutputs(const OpenflowActions& actions) const;
    void Process(OpenflowFrame& frame);
    void Execute(OpenflowFrame& frame,
                 const OpenflowActions& actions,
                 OpenflowPacketInReason reason,
                 uint64_t cookie);
    void OutputTo(OpenflowFrame& frame,
                  const OpenflowOutput& output,
                  OpenflowPacketInReason reason,
                  uint64_t cookie);
    void SendOut(const OpenflowSwitchPort& port, const OpenflowFrame& frame);
    void Flood(OpenflowFrame& frame);
    void Normal(OpenflowFrame& frame);
    void SendPacketIn(const OpenflowFrame& frame, OpenflowPacketInReason reason, uint64_t cookie);
    void FlowRemoved(const OpenflowFlow& flow, OpenflowRemovedReason reason);
    void ReportPort(OpenflowPortReason reason, const OpenflowSwitchPort& port);
    uint32_t GetSegment(const OpenflowFrame& frame) const;
    OpenflowPort Describe(const OpenflowSwitchPort& port) const;

    OpenflowSwitchEnvironment& m_environment;
    const OpenflowSwitchConfig m_config;
    Ports m_ports;
    OpenflowFlowTable m_table;
    OpenflowChannel m_channel;
    uint16_t m_missSendLength{128};
    uint16_t m_configFlags{0};
    ProtocolTimer m_failOpenTimer;
    bool m_failOpen{false};
    std::map<std::pair<uint32_t, Mac48Address>, Learned> m_learned;
};

} // namespace ns3

#endif
