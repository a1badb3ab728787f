// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of the controller: OpenFlow on TCP port 6653, OVSDB sessions to port 6640 of the
// VTEPs. On any node with an Internet stack. What the operator says is kept while the controller is
// stopped or hangs, as in the operator's own database.
#ifndef VXLAN_MULTICAST_OPENFLOW_CONTROLLER_H
#define VXLAN_MULTICAST_OPENFLOW_CONTROLLER_H

#include "ns3/class-log.h"
#include "ns3/ipv4.h"
#include "ns3/object.h"
#include "ns3/openflow-controller-instance.h"
#include "ns3/ovsdb-reports.h"
#include "ns3/pausable-clock.h"
#include "ns3/protocol-traces.h"
#include "ns3/tcp-stream.h"
#include "ns3/traced-environment.h"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace ns3
{

/**
 * A controller on a node. Trace sources are those of ProtocolTraces: Tx and Rx show what is sent
 * and received over TCP, without its header. Reasons of Drop: names of OpenFlow and OVSDB errors,
 * waiting-frames, unknown-port, packet-in, refused, unknown reply.
 */
class OpenflowController : public Object, private CountedEnvironment<OpenflowControllerEnvironment>
{
  public:
    static TypeId GetTypeId();
    OpenflowController();
    ~OpenflowController() override;

    void Start();
    /** A killed process: its sessions end with FIN, its memory is gone. */
    void Stop();
    /** Hangs or goes on: nothing is read, sent or decided, but TCP lives and all is kept. */
    void SetHanging(bool isHanging);
    bool IsRunning() const;

    /** The operator: a tenant is new, or has moved. */
    void SetTenant(const OpenflowTenant& tenant);
    void RemoveTenant(uint32_t vni, Mac48Address mac);
    /** The operator: whom a shared MAC reaches. */
    void SetService(const OpenflowService& service);

    const OpenflowKnowledge& GetKnowledge() const;
    /** \returns the controller's sessions; only while it runs. */
    const OpenflowControllerInstance& GetInstance() const;
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

    // OpenflowControllerEnvironment
    ProtocolClock& GetClock() override;
    void SendToSwitch(uint32_t connection, const std::vector<uint8_t>& bytes) override;
    void CloseSwitch(uint32_t connection) override;
    void ConnectOvsdb(Ipv4Address vtep) override;
    void SendOvsdb(Ipv4Address vtep, const std::string& text) override;
    void CloseOvsdb(Ipv4Address vtep) override;
    ProtocolObserver& GetOvsdbObserver() override;

    void Accept(Ptr<Socket> socket, Ipv4Address remote);
    static void TraceRx(ProtocolTraces& traces, const std::vector<uint8_t>& bytes);
    static void TraceTx(ProtocolTraces& traces, const std::vector<uint8_t>& bytes);
    /** Tells the instance, or keeps it until the controller goes on. */
    void Do(std::function<void()> action);

    PausableClock m_clock;
    OpenflowControllerConfig m_config;
    uint16_t m_port{OPENFLOW_PORT};
    OpenflowKnowledge m_knowledge;
    Ptr<Ipv4> m_ipv4;
    bool m_isHanging{false};
    std::vector<std::function<void()>> m_deferred; //!< what came while hanging
    ControlMessageCounts m_counts;
    ProtocolTraces m_traces{g_log};
    ProtocolTraces m_ovsdbTraces{g_log};
    OvsdbReports m_ovsdbReports{m_ovsdbTraces};
    std::unique_ptr<OpenflowControllerInstance> m_instance;
    std::unique_ptr<TcpAcceptor> m_acceptor;
    std::map<uint32_t, std::unique_ptr<TcpStream>> m_switches;
    std::map<Ipv4Address, std::unique_ptr<TcpStream>> m_ovsdb;
    uint32_t m_lastConnection{0};
};

} // namespace ns3

#endif
