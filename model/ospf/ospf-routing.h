// SPDX-License-Identifier: GPL-2.0-only
// The ns-3 face of OSPFv2 (RFC 2328): a unicast routing protocol whose machines are in
// OspfInstance.
#ifndef VXLAN_MULTICAST_OSPF_ROUTING_H
#define VXLAN_MULTICAST_OSPF_ROUTING_H

#include "ns3/class-log.h"
#include "ns3/data-rate.h"
#include "ns3/ipv4-protocol-receiver.h"
#include "ns3/ipv4-protocol-sender.h"
#include "ns3/neighbor-liveness.h"
#include "ns3/ospf-instance.h"
#include "ns3/process-pause.h"
#include "ns3/simulator-clock.h"
#include "ns3/traced-environment.h"
#include "ns3/unicast-rib-routing.h"

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace ns3
{

/** What a user may set of one interface; what is unset follows the attributes or the device. */
struct OspfInterfaceSettings
{
    std::optional<uint16_t> cost;    //!< default: ReferenceBandwidth / data rate, or 0 (loopback)
    std::optional<OspfId> area;      //!< default: 0.0.0.0
    std::optional<uint8_t> priority; //!< default: 1
    std::optional<OspfNetworkType> type;                    //!< default: as the device says
    std::optional<uint16_t> mtu;                            //!< bytes; default: the device's
    std::optional<OspfAuthenticationConfig> authentication; //!< default: the attributes
    std::optional<Time> helloInterval;                      //!< default: attribute HelloInterval
    std::optional<Time> routerDeadInterval; //!< default: attribute RouterDeadInterval
    bool passive{false};                    //!< advertised, but no neighbours
    bool unnumbered{false}; //!< point-to-point: its address is another interface's (RFC 2328 §8.1)
};

/**
 * OSPFv2 on a node. It runs on every interface that has an address when it starts, except ns-3's
 * 127.0.0.1, virtual devices (VXLAN) and those excluded; EnableInterface adds others. Interfaces of
 * type LOOPBACK are advertised with all their addresses (§12.4.1), and look for no neighbours.
 *
 * Trace sources: see ProtocolTraces. Reasons of Drop: truncated, version, length, checksum,
 * ip-length, type; those of OspfAuthenticationError and OspfDropReason; socket-buffer while it hangs.
 */
class OspfRouting : public UnicastRibRouting, private TracedEnvironment<OspfEnvironment>
{
  public:
    static TypeId GetTypeId();
    OspfRouting();
    ~OspfRouting() override;

    /** Sets the router id; 0: the highest address. Takes effect at the next Start. */
    void SetRouterId(OspfId routerId);
    /** \returns the router id in use; the one set, or 0, before Start. */
    OspfId GetRouterId() const;

    /**
     * Settings of an interface, applied at once when it runs (its neighbours are lost then).
     * \throws std::invalid_argument if its authentication has no key or a wrong one
     */
    void SetInterfaceSettings(uint32_t interface, const OspfInterfaceSettings& settings);
    OspfInterfaceSettings GetInterfaceSettings(uint32_t interface) const;
    /** Keeps OSPF off an interface: neither packets nor a route to its network. */
    void ExcludeInterface(uint32_t interface);
    /** Runs OSPF on an interface that would not be taken by itself. */
    void EnableInterface(uint32_t interface);
    /** Sets the cost of an interface without losing its neighbours. */
    void SetInterfaceCost(uint32_t interface, uint16_t cost);
    /** Sets the Router Priority of an interface without losing its neighbours. */
    void SetInterfacePriority(uint32_t interface, uint8_t priority);

    /** Area parameters (stub, ranges, …); before Start. */
    void ConfigureArea(const OspfAreaConfig& config);
    /** Advertises a route from outside; makes this an AS boundary router (§12.4.4). */
    void AddExternalRoute(const OspfExternalRoute& route);
    void RemoveExternalRoute(const Ipv4Prefix& prefix);

    /** Neighbours are lost when \p liveness (BFD) says so, too; it outlives this object. */
    void SetLiveness(NeighborLiveness* liveness);

    /** Starts with empty tables; called by DoInitialize, or after Stop: a reboot. */
    void Start();
    /** A crash: all protocol state is lost, nothing is sent any more. */
    void Stop();
    /**
     * Hangs or goes on, as by SIGSTOP and SIGCONT: nothing is read, sent or decided, but all is
     * kept, the routes in use among it. What is set meanwhile takes effect when it goes on.
     */
    void SetHanging(bool isHanging);
    bool IsRunning() const;

    /** \returns the packets refused so far, by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;
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
    NS_LOG_CLASS_DECLARE;

    // OspfEnvironment
    ProtocolClock& GetClock() override;
    ProtocolRandom& GetRandom() override;
    void Send(uint32_t interface, Ipv4Address destination, const OspfPacket& packet) override;
    void WatchNeighbor(uint32_t interface, Ipv4Address neighbor, bool watch) override;
    void ReportRoutes(const OspfRoutingTable& table) override;

    // Ids are written as addresses are, so the attribute is one.
    void SetRouterIdAttribute(Ipv4Address routerId);
    Ipv4Address GetRouterIdAttribute() const;

    void Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    void Read(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    /** Verifies and parses. \returns empty, or why the packet is refused */
    std::string
    Parse(Ptr<Packet> packet, Ipv4Address source, uint32_t interface, OspfPacket& message);
    /** Does \p action of the running instance, now or when the process goes on. */
    void Do(std::function<void(OspfInstance&)> action);
    void FollowInterface(uint32_t interface, bool up);
    void PublishRoutes();
    void Publish(const OspfRoutingTable& table);
    bool IsTaken(uint32_t interface) const;
    /** Adds the interface to the running instance if OSPF takes it. */
    void AddToInstance(uint32_t interface);
    /** \returns the interface's parameters: settings, then attributes, then the device. */
    OspfInterfaceConfig MakeConfig(uint32_t interface) const;
    uint16_t GetCost(uint32_t interface) const;
    Ipv4Address GetHighestAddress() const;

    ProcessPause m_pause;
    StreamRandom m_random;
    Ipv4ProtocolSender m_sender;
    Ptr<Ipv4ProtocolReceiver> m_l4;
    std::unique_ptr<OspfInstance> m_instance;
    /** Cryptographic Sequence Numbers (RFC 2328 D.3) of neighbours, by interface and address. */
    std::map<std::pair<uint32_t, Ipv4Address>, uint32_t> m_sequences;
    std::map<uint32_t, OspfInterfaceSettings> m_settings;
    std::set<uint32_t> m_excluded;
    std::set<uint32_t> m_enabled;
    std::map<OspfId, OspfAreaConfig> m_areas;
    std::map<Ipv4Prefix, OspfExternalRoute> m_externalRoutes;

    NeighborLiveness* m_liveness{nullptr};
    OspfId m_routerId;
    OspfConfig m_config;
    OspfInterfaceConfig m_interfaceConfig; //!< what interfaces have that settings do not name
    DataRate m_referenceBandwidth;
    uint32_t m_preference{110};
    ProtocolTraces m_traces{g_log};
};

} // namespace ns3

#endif
