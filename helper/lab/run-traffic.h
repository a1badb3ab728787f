// SPDX-License-Identifier: GPL-2.0-only
// The traffic of a run: flows and their receivers, pings, floods.
#ifndef VXLAN_MULTICAST_RUN_TRAFFIC_H
#define VXLAN_MULTICAST_RUN_TRAFFIC_H

#include "ns3/delivery-ledger.h"
#include "ns3/lab-network.h"
#include "ns3/lab-tenants.h"
#include "ns3/record-rows.h"
#include "ns3/run-recorder.h"
#include "ns3/tcp-flow.h"
#include "ns3/traffic-apps.h"

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

/** All that the nodes of a run send, apart from protocols. */
class RunTraffic : private LabTenantObserver
{
  public:
    /** \param network, tenants, recorder outlive this object; \p recorder hears of floods */
    RunTraffic(LabNetwork& network, LabTenants& tenants, RunRecorder& recorder);
    RunTraffic(const RunTraffic&) = delete;
    RunTraffic& operator=(const RunTraffic&) = delete;

    /** Before the run: \p node will receive the flows that it joins. */
    void AddReceiver(const std::string& node);
    /** Before the run: adds a flow. \param spec outlives this object */
    void AddFlow(const SendSpec& spec);
    /** After all of these, before the run: receivers listen on the port of every flow; tenants
     * when they boot. */
    void StartReceivers();

    /** Starts a flow that was added. */
    void Send(const SendSpec& spec);
    /** \returns the series, as long as this object lives. */
    const PingSeries& Ping(const PingSpec& spec);
    void Flood(const FloodSpec& spec);

    DeliveryLedger& GetLedger();
    const DeliveryLedger& GetLedger() const;
    /** \returns the rows of pings.csv so far: by time, node and sequence number. */
    std::vector<PingRow> GetPingRows() const;
    /** \returns the rows of flood.csv so far, by number; nothing counted but the frames sent. */
    std::vector<FloodRow> GetFloodRows() const;

  private:
    /** A flood and its columns. */
    struct FloodRecord
    {
        std::unique_ptr<FloodGenerator> generator;
        std::string device;
        uint32_t vni;
    };

    /** A flow to one host. */
    struct UnicastFlow
    {
        const SendSpec* spec;
        std::optional<uint32_t> vni; //!< of a sender that is a tenant
        bool hasReceiver{false};
    };

    void SendToHost(const SendSpec& spec);
    /** Finds the host that has the address a flow goes to, if there is one, and lets it receive. */
    void FindReceiver(UnicastFlow& flow);
    /** \returns the name of the host that has the address \p flow goes to; empty if none has. */
    std::string FindOwner(const UnicastFlow& flow) const;

    // LabTenantObserver
    void OnTenant(const LabTenant& tenant) override;
    /** \p name receives on the port of every flow to a group. */
    void AddReceivers(const std::string& name);
    /** \p name receives on a port, once. */
    void AddReceiver(const std::string& name, FlowTransport transport, uint16_t port);

    LabNetwork& m_network;
    LabTenants& m_tenants;
    RunRecorder& m_recorder;
    DeliveryLedger m_ledger;
    std::set<std::string> m_receiverNodes;
    std::set<uint16_t> m_ports;
    std::map<const SendSpec*, uint32_t> m_flows;
    std::vector<UnicastFlow> m_unicastFlows; //!< those that have begun
    std::set<std::tuple<std::string, FlowTransport, uint16_t>> m_listening; //!< host, port
    std::vector<std::unique_ptr<UdpSender>> m_senders;
    std::vector<std::unique_ptr<UdpReceiver>> m_receivers;
    std::vector<std::unique_ptr<TcpFlowSender>> m_tcpSenders;
    std::vector<std::unique_ptr<TcpFlowReceiver>> m_tcpReceivers;
    std::vector<std::unique_ptr<PingSeries>> m_pings;
    std::vector<FloodRecord> m_floods;
};

} // namespace ns3

#endif
