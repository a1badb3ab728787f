// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4 and §5: the tunnel endpoint that all VNIs of a node share: one UDP port each way,
// told apart by VNI. Outer packets are never fragmented (§4.3). Departure: a packet whose
// destination is a group that this node has not joined is ignored here, because ns-3 delivers every
// group to every host.
#ifndef VXLAN_MULTICAST_VXLAN_ENDPOINT_H
#define VXLAN_MULTICAST_VXLAN_ENDPOINT_H

#include "ns3/ipv4.h"
#include "ns3/node.h"
#include "ns3/object.h"
#include "ns3/simulator-clock.h"
#include "ns3/socket.h"
#include "ns3/traced-callback.h"
#include "ns3/vxlan-header.h"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace ns3
{

class VxlanNetDevice;

/** Where and how an encapsulated frame goes. */
struct VxlanTunnel
{
    Ipv4Address destination{Ipv4Address::GetAny()};
    Ipv4Address source{Ipv4Address::GetAny()}; //!< any: that of the route
    uint16_t sourcePort{0};
    uint16_t destinationPort{0};
    uint8_t ttl{0};        //!< 0: 1 for a group, else 64
    Ptr<NetDevice> device; //!< groups leave by this one; unicast is routed
};

/**
 * The VXLAN endpoint of a node, made by Get. It owns the sockets, the memberships and the traces of
 * all VXLAN devices of the node:
 *
 * - `Tx`, `Rx` (packet, interface): VXLAN header and inner frame, at the underlay's Ipv4 interface;
 *   `Rx` also shows what is dropped later, the unknown VNIs among it.
 * - `Drop` (packet, interface, reason). On the way in: `truncated`, `no-i-flag`, `unknown-vni`,
 *   `echo` (our own packet came back), `inner-frame` (no Ethernet II frame), `inner-vlan` (RFC 7348
 *   §6.1), `inner-arp` (lengths that are not Ethernet's and IPv4's), `static-entry` (a permanent
 *   address from another VTEP), `refused` (by the control plane). On the way out: `no-route`, `mtu`
 * (the underlay would have to fragment), `no-remote` (nowhere to flood to), `stopped`.
 * - `Event` (event, detail): `learn`, `move`, `age`; the detail is "DEVICE MAC VTEP", for `move`
 *   "DEVICE MAC OLD-VTEP NEW-VTEP".
 */
class VxlanEndpoint : public Object
{
  public:
    /** Signatures of the trace sources. */
    typedef void (*PacketTracedCallback)(Ptr<const Packet> packet, uint32_t interface);
    typedef void (*DropTracedCallback)(Ptr<const Packet> packet,
                                       uint32_t interface,
                                       std::string reason);
    typedef void (*EventTracedCallback)(std::string event, std::string detail);

    /** Joins or leaves \p group on Ipv4 interface \p interface: IGMP, wired by the helper. */
    using MembershipHook = std::function<void(uint32_t interface, Ipv4Address group, bool join)>;

    static TypeId GetTypeId();
    /** \returns the endpoint of \p node, made if there is none. */
    static Ptr<VxlanEndpoint> Get(Ptr<Node> node);

    VxlanEndpoint();
    ~VxlanEndpoint() override;

    void SetMembershipHook(MembershipHook hook);

    /** \returns false when another device has this VNI on this port. */
    bool Register(VxlanNetDevice* device, uint16_t port, uint32_t vni);
    void Unregister(uint16_t port, uint32_t vni);
    /** \returns the device of \p vni, or nullptr. */
    VxlanNetDevice* Find(uint16_t port, uint32_t vni) const;
    /** \returns the devices by port and VNI. */
    std::vector<Ptr<VxlanNetDevice>> GetDevices() const;

    /** One more device wants \p group on \p underlay: the first joins. */
    void Join(Ipv4Address group, Ptr<NetDevice> underlay);
    /** One device less: the last leaves. */
    void Leave(Ipv4Address group, Ptr<NetDevice> underlay);
    /** \returns whether any device wants \p group. */
    bool IsMember(Ipv4Address group) const;
    /** \returns whether any device wants \p group from \p interface. */
    bool IsMember(Ipv4Address group, uint32_t interface) const;

    /** Encapsulates \p frame, a whole Ethernet frame, which is not changed. */
    void Send(Ptr<const Packet> frame, uint32_t vni, const VxlanTunnel& tunnel);

    /** Crash: the devices stop, nobody is told, nothing is remembered. */
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
    void ReportDrop(Ptr<const Packet> packet, uint32_t interface, const std::string& reason);
    void ReportEvent(const std::string& event, const std::string& detail);

  protected:
    void NotifyNewAggregate() override;
    void DoDispose() override;

  private:
    struct Port
    {
        Ptr<Socket> socket;
        std::unordered_map<uint32_t, VxlanNetDevice*> devices; //!< by VNI
    };

    void Open(uint16_t number, Port& port);
    void Receive(Ptr<Socket> socket);
    void ReceivePacket(Ptr<Packet> packet, Ipv4Address from, uint32_t interface, const Port& port);
    bool IsOwnAddress(Ipv4Address address) const;
    Ptr<Ipv4Route> Route(const VxlanTunnel& tunnel) const;
    /** A device that is given needs no route to a group: so in Linux. */
    Ptr<Ipv4Route> RouteThrough(Ptr<NetDevice> device, Ipv4Address group) const;

    Ptr<Node> m_node;
    SimulatorClock m_clock;
    MembershipHook m_hook;
    std::map<uint16_t, Port> m_ports;
    /** Devices that want a group, by group and underlay interface. */
    std::map<std::pair<Ipv4Address, uint32_t>, uint32_t> m_memberships;
    std::vector<Ptr<VxlanNetDevice>> m_stopped;
    bool m_crashing{false};
    std::map<std::string, uint64_t> m_drops;
    TracedCallback<Ptr<const Packet>, uint32_t> m_txTrace;
    TracedCallback<Ptr<const Packet>, uint32_t> m_rxTrace;
    TracedCallback<Ptr<const Packet>, uint32_t, std::string> m_dropTrace;
    TracedCallback<std::string, std::string> m_eventTrace;
};

} // namespace ns3

#endif
