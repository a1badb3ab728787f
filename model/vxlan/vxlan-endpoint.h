// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4 and §5: the tunnel endpoint that all VNIs of a node share: one UDP port each way,
// demultiplexed by VNI; or IP protocol 47, by key. Outer packets are never fragmented (§4.3). Departure: a packet whose
// destination is a group that this node has not joined is ignored here, because ns-3 delivers every
// group to every host.
#ifndef VXLAN_MULTICAST_VXLAN_ENDPOINT_H
#define VXLAN_MULTICAST_VXLAN_ENDPOINT_H

#include "ns3/class-log.h"
#include "ns3/ipv4-header.h"
#include "ns3/ipv4-protocol-receiver.h"
#include "ns3/ipv4.h"
#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/protocol-traces.h"
#include "ns3/simulator-clock.h"
#include "ns3/vxlan-encapsulation.h"
#include "ns3/vxlan-header.h"
#include "ns3/vxlan-reports.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

class Ipv4EndPoint;

/** What the endpoint needs to know of a VNI's device. */
class VxlanSegment
{
  public:
    virtual ~VxlanSegment() = default;

    virtual uint32_t GetVni() const = 0;
    /**
     * Takes a frame out of the tunnel.
     * \param frame the inner Ethernet frame
     * \param vtep the outer source
     * \returns nothing, or why it is dropped
     */
    virtual std::optional<VxlanDropReason> ReceiveFrame(Ptr<Packet> frame, Ipv4Address vtep) = 0;
    /** Opens the tunnel. */
    virtual void Start() = 0;
    /** Closes it and forgets what was learned. */
    virtual void Stop() = 0;
};

/** Where and how an encapsulated frame goes. */
struct VxlanTunnel
{
    Ipv4Address destination{Ipv4Address::GetAny()};
    Ipv4Address source{Ipv4Address::GetAny()}; //!< any: that of the route
    uint16_t sourcePort{0};
    uint16_t destinationPort{0};
    uint8_t ttl{0};   //!< 0: 1 for a group, else 64
    uint32_t hash{0}; //!< of the frame's flow
    VxlanEncapsulationType encapsulation{VxlanEncapsulationType::VXLAN};
    Ptr<NetDevice> device; //!< groups leave by this one; unicast is routed
};

/**
 * The VXLAN endpoint of a node, made by Get. It owns the UDP ports, the memberships and the traces
 * of all VXLAN devices of the node:
 *
 * - `Tx`, `Rx` (packet, interface): VXLAN header and inner frame, at the underlay's Ipv4 interface;
 *   `Rx` also shows packets that are dropped later, those of unknown VNIs among them.
 * - `Drop` (packet, interface, reason): the words of VxlanDropReason, and reasons of the control
 *   planes' own.
 * - `Event` (event, detail): the words of VxlanEvent, and events of the control planes' own.
 */
class VxlanEndpoint : public Object
{
  public:
    /** Joins or leaves \p group on Ipv4 interface \p interface: IGMP, wired by the helper. */
    using MembershipHook = std::function<void(uint32_t interface, Ipv4Address group, bool join)>;
    /** The sources of \p group that are wanted from now on; none: the group is left. */
    using SourceHook = std::function<
        void(uint32_t interface, Ipv4Address group, const std::set<Ipv4Address>& sources)>;

    static TypeId GetTypeId();
    /** \returns the endpoint of \p node, made if there is none. */
    static Ptr<VxlanEndpoint> Get(Ptr<Node> node);

    VxlanEndpoint();
    ~VxlanEndpoint() override;

    void SetMembershipHook(MembershipHook hook);
    void SetSourceHook(SourceHook hook);

    /**
     * \param segment the device
     * \param port the UDP port of VXLAN; of no meaning without ports
     * \param type the encapsulation
     * \returns false when another device has this VNI there
     */
    bool Register(VxlanSegment* segment,
                  uint16_t port,
                  VxlanEncapsulationType type = VxlanEncapsulationType::VXLAN);
    void Unregister(uint16_t port,
                    uint32_t vni,
                    VxlanEncapsulationType type = VxlanEncapsulationType::VXLAN);
    /** \returns the device of \p vni, or nullptr. */
    VxlanSegment* Find(uint16_t port,
                       uint32_t vni,
                       VxlanEncapsulationType type = VxlanEncapsulationType::VXLAN) const;
    /** \returns the devices by encapsulation, port and VNI. */
    std::vector<VxlanSegment*> GetSegments() const;

    /** One more device needs \p group from \p underlay: the first joins. */
    void Join(Ipv4Address group, Ptr<NetDevice> underlay);
    /** One device less needs it: the last leaves. */
    void Leave(Ipv4Address group, Ptr<NetDevice> underlay);
    /** The same for one source of a group that no device needs from any source. */
    void JoinSource(Ipv4Address group, Ipv4Address source, Ptr<NetDevice> underlay);
    void LeaveSource(Ipv4Address group, Ipv4Address source, Ptr<NetDevice> underlay);
    /** \returns whether any device needs \p group. */
    bool IsMember(Ipv4Address group) const;
    /** \returns whether any device needs \p group from \p interface. */
    bool IsMember(Ipv4Address group, uint32_t interface) const;

    /** Encapsulates \p frame, a whole Ethernet frame, which is not changed. */
    void Send(Ptr<const Packet> frame, uint32_t vni, const VxlanTunnel& tunnel);

    /** Crash: the devices stop and send nothing; nothing is remembered. */
    void Stop();
    /** Reboot: the devices that Stop stopped start again. */
    void Start();

    /** \returns dropped packets by reason. */
    const std::map<std::string, uint64_t>& GetDrops() const;
    /** \returns how many packets came for VNIs that this node does not have. */
    uint64_t GetUnwanted() const;

    /** The simulator's clock, one for the tables of all devices. */
    ProtocolClock& GetClock();
    /** Counts and traces a dropped packet. */
    void ReportDrop(Ptr<const Packet> packet, uint32_t interface, VxlanDropReason reason);
    /** The same for a reason of a control plane's own. */
    void ReportDrop(Ptr<const Packet> packet, uint32_t interface, const std::string& reason);
    void ReportEvent(VxlanEvent event, const std::string& detail);
    /** The same for an event of a control plane's own. */
    void ReportEvent(const std::string& event, const std::string& detail);

  protected:
    void NotifyNewAggregate() override;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    struct Port
    {
        Ipv4EndPoint* endPoint{nullptr}; //!< of UDP, which owns it; null where a port is another's
        std::unordered_map<uint32_t, VxlanSegment*> segments; //!< by VNI
    };

    using PortKey = std::pair<VxlanEncapsulationType, uint16_t>;

    static PortKey MakeKey(VxlanEncapsulationType type, uint16_t port);
    const Ptr<Ipv4>& GetIpv4() const;
    uint32_t GetInterface(Ptr<NetDevice> device) const;
    void NotifySources(Ipv4Address group, uint32_t interface) const;
    void Open(uint16_t number, Port& port);
    void OpenGre();
    void
    Receive(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface, const Port& port);
    void ReceiveGre(Ptr<Packet> packet, const Ipv4Header& header, uint32_t interface);
    /** Hands over the frame of \p packet, or counts why not. \param segment null: unknown VNI */
    void Deliver(Ptr<const Packet> packet,
                 Ptr<Packet> frame,
                 Ipv4Address from,
                 uint32_t interface,
                 VxlanSegment* segment);
    bool IsOwnAddress(Ipv4Address address) const;
    Ptr<Ipv4Route> Route(const VxlanTunnel& tunnel) const;
    /** As in Linux, an explicit device makes a route to the group unnecessary. */
    Ptr<Ipv4Route> RouteThrough(Ptr<NetDevice> device, Ipv4Address group) const;

    Ptr<Node> m_node;
    mutable Ptr<Ipv4> m_ipv4; //!< the node's, looked for once
    SimulatorClock m_clock;
    MembershipHook m_hook;
    SourceHook m_sourceHook;
    std::map<PortKey, Port> m_ports;
    Ptr<Ipv4ProtocolReceiver> m_gre; //!< GRE and NVGRE; null until a device needs it
    /** Devices that need a group, by group and underlay interface. */
    std::map<std::pair<Ipv4Address, uint32_t>, uint32_t> m_memberships;
    /** Devices that need a source of a group, by the same and source. */
    std::map<std::pair<Ipv4Address, uint32_t>, std::map<Ipv4Address, uint32_t>> m_sources;
    std::vector<VxlanSegment*> m_stopped; //!< by Stop, to be started again
    bool m_crashing{false};
    ProtocolTraces m_traces{g_log};
};

} // namespace ns3

#endif
