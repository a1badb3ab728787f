// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4: a VNI's device on a VTEP. An address may be put on it, or it may be a port of
// BridgeNetDevice. Names and defaults are Linux's (`ip link add type vxlan`), but the port is 4789
// and the source ports are those that RFC 7348 §5 recommends, 49152-65535.
#ifndef VXLAN_MULTICAST_VXLAN_NET_DEVICE_H
#define VXLAN_MULTICAST_VXLAN_NET_DEVICE_H

#include "ns3/class-log.h"
#include "ns3/ip-sizes.h"
#include "ns3/traced-callback.h"
#include "ns3/virtual-net-device.h"
#include "ns3/vxlan-config.h"
#include "ns3/vxlan-control-plane.h"
#include "ns3/vxlan-encapsulation.h"
#include "ns3/vxlan-endpoint.h"
#include "ns3/vxlan-fdb.h"
#include "ns3/vxlan-local-addresses.h"
#include "ns3/vxlan-storm-control.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * One VXLAN segment's device. Give it an underlay device and a group, a list of remotes, or another
 * VxlanControlPlane, and add it to a node: it starts when the simulation does, or at once if
 * that runs already.
 */
class VxlanNetDevice : public VirtualNetDevice, public VxlanSegment
{
  public:
    /** Of VXLAN: outer IPv4, UDP and VXLAN headers and the inner Ethernet header, in bytes (RFC 7348 §5). */
    static constexpr uint16_t OVERHEAD =
        IPV4_HEADER_SIZE + UDP_HEADER_SIZE + VXLAN_HEADER_SIZE + ETHERNET_HEADER_SIZE;

    static TypeId GetTypeId();
    VxlanNetDevice();
    ~VxlanNetDevice() override;

    /**
     * \param underlay the device that groups are joined on and sent through; unless Mtu was set on
     * the finished device, the MTU becomes the underlay's less the
     * encapsulation's overhead, 50 or 42. (Of values given to the
     * construction, ns-3's default, 1500, cannot be told from none.)
     */
    void SetUnderlay(Ptr<NetDevice> underlay);
    Ptr<NetDevice> GetUnderlay() const;
    /** Head-end replication to \p remotes instead of a group. Before Start. */
    void SetRemotes(std::vector<Ipv4Address> remotes);
    /** Another control plane than those of group and remotes, of this device alone. Before Start.
     */
    void SetControlPlane(Ptr<VxlanControlPlane> control);
    /** \returns the control plane; null before Start unless one was set. */
    Ptr<VxlanControlPlane> GetControlPlane() const;

    /** Opens the tunnel: joins the group, takes frames. */
    void Start() override;
    /** Closes it, leaves the group, and forgets what was learned. */
    void Stop() override;
    bool IsStarted() const;

    uint32_t GetVni() const override;
    /** \returns the attributes. */
    const VxlanConfig& GetConfig() const;
    /** \returns the outer source address: Local, else the underlay's first; any if it has none. */
    Ipv4Address GetVtepAddress() const;
    /** \returns the table; valid from the time the device has a node. */
    VxlanFdb& GetFdb();
    /** \returns the device's last name in ns3::Names, else "vxlan" and the VNI. */
    std::string GetName() const;
    /** \returns how many frames were sent to default destinations: unknown, broadcast, multicast.
     */
    uint64_t GetFlooded() const;

    /** The port of \p mac on this side is down: notifies the control plane. */
    void ForgetLocalAddress(Mac48Address mac);
    /** \param forgotten called with each address that is not on this side any more, as its port or
     * the control plane says; a bridge that holds the device forgets it, too */
    void SetForgotten(std::function<void(Mac48Address mac)> forgotten);

    // VxlanSegment
    std::optional<VxlanDropReason> ReceiveFrame(Ptr<Packet> frame, Ipv4Address vtep) override;

    // VirtualNetDevice
    void SetNode(Ptr<Node> node) override;
    bool SetMtu(const uint16_t mtu) override;
    bool IsMulticast() const override;
    Address GetMulticast(Ipv4Address group) const override;
    Address GetMulticast(Ipv6Address group) const override;

  protected:
    void NotifyConstructionCompleted() override;
    void DoInitialize() override;
    void DoDispose() override;

  private:
    NS_LOG_CLASS_DECLARE;

    bool SendFrame(Ptr<Packet> packet,
                   const Address& source,
                   const Address& destination,
                   uint16_t protocol);
    VxlanVtep MakeVtep();
    void StartLocalAddresses();
    bool Forward(Ptr<const Packet> frame, const EthernetHeader& header);
    /** \returns whether storm control drops a frame. \param isKnown its destination is in the FDB */
    bool IsStorm(Ptr<const Packet> frame, Mac48Address destination, bool isKnown);
    void SendTo(Ptr<const Packet> frame, Ipv4Address destination);
    bool SendToEach(Ptr<const Packet> frame, const std::vector<Ipv4Address>& destinations);
    void Deliver(Ptr<Packet> packet, const EthernetHeader& header);
    bool Learn(Mac48Address source, Ipv4Address vtep);
    /** Without split horizon: \p frame came from \p vtep and may go to others. */
    void Relay(Ptr<const Packet> frame, const EthernetHeader& header, Ipv4Address vtep);
    void SetAgeing(Time ageing);
    Time GetAgeing() const;
    void SetFdbLimit(uint32_t limit);
    uint32_t GetFdbLimit() const;

    Ptr<VxlanEndpoint> m_endpoint;
    std::unique_ptr<VxlanFdb> m_fdb;
    std::unique_ptr<VxlanLocalAddresses> m_locals; //!< if the control plane needs them
    std::function<void(Mac48Address)> m_forgotten;
    Ptr<VxlanControlPlane> m_control;
    Ptr<NetDevice> m_underlay;
    std::vector<Ipv4Address> m_remotes;
    VxlanConfig m_config;
    bool m_constructed{false};
    bool m_mtuSet{false};
    bool m_started{false};
    VxlanStormControl m_broadcasts;
    VxlanStormControl m_multicasts;
    VxlanStormControl m_unknownUnicasts;
    uint64_t m_flooded{0};
    TracedCallback<Ptr<const Packet>> m_frameTrace;
};

/** \returns the started VXLAN devices of \p node by port and VNI. */
std::vector<Ptr<VxlanNetDevice>> GetVxlanDevices(Ptr<Node> node);

} // namespace ns3

#endif
