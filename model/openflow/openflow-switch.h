// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of the switch on a VTEP: OpenFlow to the controller's TCP port 6653, OVSDB on its
// own TCP port 6640. Each VNI of the node is an access port, "vniN"; behind it is the bridge that
// holds the VXLAN device, which switches frames between its own tenants by itself. Tunnels leave
// through the VXLAN devices.
#ifndef VXLAN_MULTICAST_OPENFLOW_SWITCH_H
#define VXLAN_MULTICAST_OPENFLOW_SWITCH_H

#include "ns3/class-log.h"
#include "ns3/ipv4.h"
#include "ns3/object.h"
#include "ns3/openflow-switch-instance.h"
#include "ns3/ovsdb-reports.h"
#include "ns3/ovsdb-server.h"
#include "ns3/pausable-clock.h"
#include "ns3/protocol-traces.h"
#include "ns3/tcp-stream.h"
#include "ns3/traced-environment.h"
#include "ns3/unicast-rib.h"

#include <functional>
#include <map>
#include <memory>
#include <string>

namespace ns3
{

/** One VNI's device, as the switch uses it. */
class OpenflowVniPort
{
  public:
    virtual ~OpenflowVniPort() = default;
    /** Hands a frame to the tenants' side. */
    virtual void DeliverFrame(Ptr<const Packet> frame) = 0;
    /** Sends a frame to a VTEP. */
    virtual void TunnelFrame(Ptr<const Packet> frame, Ipv4Address remote) = 0;
    /** A flow sends \p mac to \p remote: for tables that users look at. */
    virtual void ShowRemote(Mac48Address mac, Ipv4Address remote) = 0;
    virtual void HideRemote(Mac48Address mac) = 0;
};

/**
 * The switch of a node. Aggregate it to a node with an Internet stack; it starts with the
 * simulation. Trace sources are those of ProtocolTraces: Tx and Rx show what is sent and received
 * over TCP, without its header. Reasons of Drop: names of OpenFlow errors (OFPBRC_BAD_LEN, …) and
 * OVSDB errors (syntax error, …) for messages; no-flow, flow-drop, no-tunnel, no-port, port-down,
 * no-vni, no-controller for frames.
 */
class OpenflowSwitch : public Object,
                       private CountedEnvironment<OpenflowSwitchEnvironment>,
                       private OvsdbServerOwner
{
  public:
    static TypeId GetTypeId();
    OpenflowSwitch();
    ~OpenflowSwitch() override;

    /** Starts with an empty flow table; called by DoInitialize, or after Stop. */
    void Start();
    /** A killed process: its connections end, its flows and tunnels are gone. */
    void Stop();
    /** Hangs or goes on: the connections live and nothing is read or sent; flows go on. */
    void SetHanging(bool isHanging);
    bool IsRunning() const;

    /** A device's VNI begins. \param address the VTEP's, or any \param port valid until DetachVni
     */
    void AttachVni(uint32_t vni, Ipv4Address address, OpenflowVniPort& port);
    void DetachVni(uint32_t vni);
    /** Its device goes with the node: nobody is told. */
    void AbandonVni(uint32_t vni);
    /** Tenants of \p vni send a frame. */
    void ReceiveFrame(uint32_t vni, Ptr<const Packet> frame);
    /** A frame came from a VTEP. */
    void ReceiveTunnelFrame(uint32_t vni, Ipv4Address remote, Ptr<const Packet> frame);

    /**
     * Changes a flow as ovs-ofctl does. Ports may be called by name or by the address of a VTEP, to
     * which a tunnel is made if there is none.
     * \throws std::invalid_argument with the name of the OpenFlow error when the table refuses it
     */
    void AddFlow(const OpenflowFlowMod& flow);
    /** \returns the number of a port called by name or VTEP address, made if it is a VTEP's. */
    std::optional<uint32_t> ResolvePort(const std::string& name);

    /** \returns the switch's tables; only while it runs. */
    const OpenflowSwitchInstance& GetInstance() const;
    /** \returns its OVSDB; only while it runs. */
    const OvsdbServer& GetOvsdb() const;
    Ipv4Address GetLocalAddress() const;
    Ipv4Address GetController() const;
    OpenflowFailMode GetFailMode() const;
    /** \returns the messages so far; they outlive Stop. */
    const ControlMessageCounts& GetMessageCounts() const;
    const std::map<std::string, uint64_t>& GetDrops() const;
    const std::map<std::string, uint64_t>& GetOvsdbDrops() const;

  protected:
    void NotifyNewAggregate() override;
    void DoInitialize() override;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    // OpenflowSwitchEnvironment
    ProtocolClock& GetClock() override;
    void Connect() override;
    void Disconnect() override;
    void SendToController(const std::vector<uint8_t>& bytes) override;
    void Output(const OpenflowSwitchPort& port, Ptr<const Packet> frame, uint64_t key) override;
    void NotifyFlowsChanged() override;
    void ReportDrop(const std::string& reason) override;
    // OvsdbServerOwner
    uint32_t AddTunnel(const OvsdbTunnel& tunnel) override;
    void RemoveTunnel(const std::string& name) override;
    void SendOvsdb(uint32_t connection, const std::string& text) override;
    void CloseOvsdb(uint32_t connection) override;

    void AcceptOvsdb(Ptr<Socket> socket, Ipv4Address remote);
    void AddAccessPort(uint32_t vni);
    void RoutesChanged();
    void ShowFlows();
    Ipv4Address FindAddress() const;
    uint32_t GetInterface() const;

    PausableClock m_clock;
    OpenflowSwitchConfig m_config;
    Ipv4Address m_controller{Ipv4Address::GetAny()};
    Ipv4Address m_localAddress{Ipv4Address::GetAny()};
    uint16_t m_controllerPort{OPENFLOW_PORT};
    Ptr<Ipv4> m_ipv4;
    UnicastRib* m_rib{nullptr};
    bool m_isReachable{false};
    bool m_isHanging{false};
    Ipv4Address m_address{Ipv4Address::GetAny()}; //!< in use
    std::map<uint32_t, OpenflowVniPort*> m_vnis;
    std::map<std::pair<uint32_t, Mac48Address>, Ipv4Address> m_shown;
    Ptr<const Packet> m_frame; //!< in the pipeline now: what drops are about
    ControlMessageCounts m_counts;
    ProtocolTraces m_traces{g_log};
    ProtocolTraces m_ovsdbTraces{g_log};
    OvsdbReports m_ovsdbReports{m_ovsdbTraces};
    ProtocolTimer m_showTimer;
    std::unique_ptr<OpenflowSwitchInstance> m_instance;
    std::unique_ptr<OvsdbServer> m_ovsdb;
    std::unique_ptr<TcpStream> m_stream;
    std::unique_ptr<TcpAcceptor> m_acceptor;
    std::map<uint32_t, std::unique_ptr<TcpStream>> m_ovsdbStreams;
    uint32_t m_lastConnection{0};
};

} // namespace ns3

#endif
