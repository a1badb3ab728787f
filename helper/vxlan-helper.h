// SPDX-License-Identifier: GPL-2.0-only
// Puts VXLAN devices on nodes, with their membership in the underlay's groups.
#ifndef VXLAN_MULTICAST_VXLAN_HELPER_H
#define VXLAN_MULTICAST_VXLAN_HELPER_H

#include "ns3/attribute.h"
#include "ns3/ipv4-address.h"
#include "ns3/net-device-container.h"
#include "ns3/node-container.h"
#include "ns3/object-factory.h"
#include "ns3/trace-helper.h"
#include "ns3/vxlan-net-device.h"

#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * As `ip link add NAME type vxlan id VNI group GROUP dev DEV ...`, on each node:
 *
 * \code
 *   VxlanHelper vxlan(42);
 *   vxlan.SetGroup("239.0.0.42");
 *   vxlan.SetUnderlay("eth0");
 *   vxlan.Set("Ttl", UintegerValue(10));
 *   NetDeviceContainer devices = vxlan.Install(vteps);
 *   Ipv4AddressHelper("192.168.99.0", "255.255.255.0").Assign(devices);
 * \endcode
 *
 * With an IgmpProtocol on the node, groups are joined by IGMP; without, nothing is announced.
 */
class VxlanHelper : public PcapHelperForDevice, public AsciiTraceHelperForDevice
{
  public:
    /** For Set("Vni", …). */
    VxlanHelper();
    /** \param vni the VXLAN network identifier, 0 to 2^24 - 1 */
    explicit VxlanHelper(uint32_t vni);

    /** Sets an attribute of the devices: Ttl, Port, Ageing, Mtu, … */
    void Set(const std::string& name, const AttributeValue& value);
    /**
     * Sets an MTU that may be more than the underlay carries, which Set("Mtu", …) refuses. Larger
     * packets are dropped on the way out (RFC 7348 §4.3) and counted as `mtu`.
     */
    void SetOversizedMtu(uint16_t mtu);
    /** The group of the VNI's VTEPs. */
    void SetGroup(Ipv4Address group);
    /** Head-end replication to these VTEPs, instead of a group; a node's own address is left out.
     */
    void SetRemotes(std::vector<Ipv4Address> remotes);
    /** Another control plane: each device gets an object of its own from \p factory. */
    void SetControlPlane(const ObjectFactory& factory);
    /** The underlay interface, by its name (see interface-names.h). Default: the node's first. */
    void SetUnderlay(const std::string& interface);
    /**
     * The devices' name in ns3::Names, below the node's. Default: "vxlan" and the VNI.
     * \throws std::invalid_argument when it is empty or has a slash
     */
    void SetName(const std::string& name);

    /**
     * Devices start when the simulation does or, if it runs, at once.
     * \throws std::invalid_argument when a node has no such interface, or has the VNI already, or
     * when the MTU is more than the underlay's less the overhead
     */
    NetDeviceContainer Install(const NodeContainer& nodes) const;
    Ptr<VxlanNetDevice> Install(Ptr<Node> node) const;

    /** Puts an address on a device and the device up. \returns its Ipv4 interface number */
    static uint32_t AddAddress(Ptr<NetDevice> device, Ipv4Address address, Ipv4Mask mask);

  private:
    void EnablePcapInternal(std::string prefix,
                            Ptr<NetDevice> device,
                            bool promiscuous,
                            bool explicitFilename) override;
    void EnableAsciiInternal(Ptr<OutputStreamWrapper> stream,
                             std::string prefix,
                             Ptr<NetDevice> device,
                             bool explicitFilename) override;

    ObjectFactory m_factory;
    std::string m_name; //!< empty: vxlan and the VNI
    std::string m_underlay;
    std::vector<Ipv4Address> m_remotes;
    std::optional<ObjectFactory> m_control;
    Ptr<AttributeValue> m_mtu; //!< null: the underlay's less the overhead
    bool m_isMtuForced{false};
};

} // namespace ns3

#endif
