// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of OSPFv2 (RFC 2328): a unicast routing protocol whose machines are in
// OspfInstance.
#ifndef VXLAN_MULTICAST_OSPF_ROUTING_H
#define VXLAN_MULTICAST_OSPF_ROUTING_H

#include "ns3/data-rate.h"
#include "ns3/ipv4-protocol-receiver.h"
#include "ns3/ipv4-protocol-sender.h"
#include "ns3/ospf-instance.h"
#include "ns3/simulator-clock.h"
#include "ns3/traced-callback.h"
#include "ns3/unicast-rib-routing.h"

#include <map>
#include <optional>
#include <set>

namespace ns3
{

/** What a user may set of one interface; what is unset follows the attributes or the device. */
struct OspfInterfaceSettings
{
    std::optional<uint16_t> cost;           //!< default: ReferenceBandwidth / data rate
    std::optional<Ipv4Address> area;        //!< default: 0.0.0.0
    std::optional<uint8_t> priority;        //!< default: 1
    std::optional<OspfNetworkType> type;    //!< default: as the device says
    std::optional<uint16_t> mtu;            //!< bytes; default: the device's
    std::optional<Time> helloInterval;      //!< default: attribute HelloInterval
    std::optional<Time> routerDeadInterval; //!< default: attribute RouterDeadInterval
    bool passive{false};                    //!< advertised, but no neighbours
};

/**
 * OSPFv2 on a node. It runs on every interface that has an address when it starts, except loopback,
 * virtual devices (VXLAN) and those excluded; EnableInterface adds later ones.
 *
 * Trace sources: Tx, Rx (packet, interface), Drop (packet, interface, reason), Event (name,
 * detail). Reasons of Drop: truncated, version, length, checksum, authentication, type;
 * no-ospf-interface, interface-down, passive, own-address, wrong-subnet, wrong-area,
 * duplicate-router-id, unknown-neighbor, neighbor-state; wrong-mask, wrong-hello-interval,
 * wrong-dead-interval, wrong-options; mtu, sequence-mismatch, bad-request; lsa-checksum, lsa-type,
 * lsa-malformed, lsa-in-stub-area.
 */
class OspfRouting : public UnicastRibRouting, private OspfOutput
{
  public:
    /** Signatures of the trace sources. */
    typedef void (*PacketTracedCallback)(Ptr<const Packet> packet, uint32_t interface);
    typedef void (*DropTracedCallback)(Ptr<const Packet> packet,
                                       uint32_t interface,
                                       std::string reason);
    typedef void (*EventTracedCallback)(std::string event, std::string detail);

    static TypeId GetTypeId();
    OspfRouting();
    ~OspfRouting() override;

    /** Sets the router id; any: the highest address. Takes effect at the next Start. */
    void SetRouterId(Ipv4Address routerId);
    /** \returns the router id in use; the one set, or any, before Start. */
    Ipv4Address GetRouterId() const;

    /** Settings of an interface, applied at once when it runs (its neighbours are lost then). */
    void SetInterfaceSettings(uint32_t interface, const OspfInterfaceSettings& settings);
    OspfInterfaceSettings GetInterfaceSettings(uint32_t interface) const;
    /** Keeps OSPF off an interface: neither packets nor a route to its network. */
    void ExcludeInterface(uint32_t interface);
    /** Runs OSPF on an interface that would not be taken by itself. */
    void EnableInterface(uint32_t interface);
    /** Sets the cost of an interface without losing its neighbours. */
    void SetInterfaceCost(uint32_t interface, uint16_t cost);

    /** Area parameters (stub, ranges, …); before Start. */
    void ConfigureArea(const OspfAreaConfig& config);
    /** Advertises a route from outside; makes this an AS boundary router (§12.4.4). */
    void AddExternalRoute(const OspfExternalRoute& route);
    void RemoveExternalRoute(const OspfPrefix& prefix);

    /** Starts with empty tables; called by DoInitialize, or after Stop: a reboot. */
    void Start();
    /** A crash: all protocol state is lost, nothing is sent any more. */
    void Stop();
    bool IsRunning() const;

    /** \returns the protocol's tables; only while it runs. */
    const OspfInstance& GetInstance() const;

    /** Fixes the random streams. \returns how many were used. */
    int64_t AssignStreams(int64_t stream);

    // Ipv4RoutingProtocol
    void SetIpv4(Ptr<Ipv4> ipv4) override;

  protected:
    void DoInitialize() override;
    void DoDispose() override;
    uint32_t GetConnectedMetric(uint32_t interface) const override;
    void InterfaceChanged(uint32_t interface, bool up) override;

  private:
    // OspfOutput
    void SendOspf(uint32_t interface, Ipv4Address destination, const OspfPacket& packet) override;
    void OspfRoutesChanged(const OspfRoutingTable& table) override;
    void OspfEvent(const std::string& event, const std::string& detail) override;

    void Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    void PublishRoutes();
    OspfConstants MakeConstants() const;
    bool IsTaken(uint32_t interface) const;
    /** Adds the interface to the running instance if OSPF takes it. */
    void AddToInstance(uint32_t interface);
    /** \returns the interface's parameters: settings, then attributes, then the device. */
    OspfInterfaceConfig MakeConfig(uint32_t interface) const;
    uint16_t GetCost(uint32_t interface) const;
    Ipv4Address GetHighestAddress() const;

    SimulatorClock m_clock;
    StreamRandom m_random;
    Ipv4ProtocolSender m_sender;
    Ptr<Ipv4ProtocolReceiver> m_l4;
    std::unique_ptr<OspfInstance> m_instance;
    std::map<uint32_t, OspfInterfaceSettings> m_settings;
    std::set<uint32_t> m_excluded;
    std::set<uint32_t> m_enabled;
    std::map<Ipv4Address, OspfAreaConfig> m_areas;
    std::map<OspfPrefix, OspfExternalRoute> m_externalRoutes;

    Ipv4Address m_routerId{Ipv4Address::GetAny()};
    // Attributes: constants of OspfConstants and OspfInterfaceConfig under their RFC names.
    Time m_helloInterval;
    Time m_deadInterval;
    Time m_rxmtInterval;
    Time m_transmitDelay;
    Time m_lsRefreshTime;
    Time m_minLsInterval;
    Time m_minLsArrival;
    Time m_maxAge;
    Time m_maxAgeDiff;
    Time m_spfDelay;
    Time m_spfHold;
    Time m_spfMaxHold;
    Time m_ackDelay;
    Time m_helloJitter;
    uint32_t m_maxPaths;
    bool m_rfc1583Compatibility;
    bool m_stubRouter;
    DataRate m_referenceBandwidth;
    uint32_t m_preference{110};

    TracedCallback<Ptr<const Packet>, uint32_t> m_txTrace;
    TracedCallback<Ptr<const Packet>, uint32_t> m_rxTrace;
    TracedCallback<Ptr<const Packet>, uint32_t, std::string> m_dropTrace;
    TracedCallback<std::string, std::string> m_eventTrace;
};

} // namespace ns3

#endif
