// SPDX-License-Identifier: GPL-2.0-only
// Hosts behind VTEPs: each on an access port of the bridge that holds a VXLAN device, with ns-3's
// Internet stack; they boot, move to other VTEPs and go.
#ifndef VXLAN_MULTICAST_LAB_TENANTS_H
#define VXLAN_MULTICAST_LAB_TENANTS_H

#include "ns3/access-bridge.h"
#include "ns3/igmp-protocol.h"
#include "ns3/lab-network.h"
#include "ns3/light-host.h"
#include "ns3/mac48-address.h"
#include "ns3/switched-lan-channel.h"
#include "ns3/switched-lan-device.h"

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** A host to be: its place, its addresses. */
struct LabTenantSpec
{
    std::string name;   //!< in ns3::Names, as those of nodes
    std::string node;   //!< the VTEP
    std::string device; //!< the VXLAN device there
    Mac48Address mac;
    std::optional<std::pair<Ipv4Address, Ipv4Mask>> address; //!< none: it speaks no IP
    /** It answers ARP with this MAC address and never sends from it: NLB in unicast mode. */
    std::optional<Mac48Address> answers;
    bool announces{false}; //!< gratuitous ARP when it boots
    bool isLight{false};   //!< no IP stack: it answers ARP and pings
    bool isSticky{false};  //!< it does not move (RFC 7432 §15.2)
};

/** A host on an access port. */
struct LabTenant
{
    LabTenantSpec spec; //!< `node` is where it is now
    uint32_t vni{0};    //!< of its device
    Ptr<Node> node;
    Ptr<SwitchedLanDevice> device;
    uint32_t moves{0};           //!< and removals, to tell an arrival that no longer holds
    Ptr<SwitchedLanDevice> port; //!< the VTEP's; null while it is on none
    std::map<std::string, Ptr<SwitchedLanDevice>> ports; //!< all it has ever had, by VTEP
    Ptr<SwitchedLanChannel> cable;                       //!< from device to port
    Ptr<IcmpEchoProtocol> echo;                          //!< null of a light one
    Ptr<IgmpProtocol> igmp;                              //!< null of a light one
    std::shared_ptr<LightHost> light;                    //!< null of one with a stack
};

/**
 * Hears of tenants at the time of their events, before a frame of theirs. What a control plane is
 * told, rather than learns from frames, it is told here.
 */
class LabTenantObserver
{
  public:
    virtual ~LabTenantObserver() = default;

    /** \p tenant boots: it has its stack, but no port yet. */
    virtual void OnTenant(const LabTenant& tenant)
    {
        (void)tenant;
    }

    /** \p tenant, still at its old place, leaves for the VTEP \p to. */
    virtual void OnMove(const LabTenant& tenant, const std::string& to)
    {
        (void)tenant;
        (void)to;
    }

    /** \p tenant, still at its port, goes. */
    virtual void OnRemove(const LabTenant& tenant)
    {
        (void)tenant;
    }
};

/**
 * The tenants of a lab. Frames at their ports are not padded, so that an ARP packet is 42 bytes. A
 * tenant takes the sender's address from an ARP request for its own (RFC 826). Departure: its
 * switch port has 10 Gbit/s and 1 us.
 */
class LabTenants
{
  public:
    /** \param network must outlive the tenants */
    explicit LabTenants(LabNetwork& network);
    LabTenants(const LabTenants&) = delete;
    LabTenants& operator=(const LabTenants&) = delete;

    /** \param observer outlives the tenants; hears of all from now on */
    void AddObserver(LabTenantObserver& observer);

    /**
     * Boots a tenant.
     * \throws std::invalid_argument when its name is taken, its VTEP has no such device, or the
     * device has its MAC address already
     */
    LabTenant& Add(const LabTenantSpec& spec);
    /**
     * Takes a tenant to the device of the same name on another VTEP.
     * \param announces whether it sends a gratuitous ARP there
     * \param downtime 0: the old port keeps its carrier, so that the old VTEP hears of the move
     * from the overlay alone; more: the old port loses its carrier now, the new one comes up so
     * much later \throws std::invalid_argument when there is no such tenant or device
     */
    void Move(const std::string& name, const std::string& to, bool announces, Time downtime);
    /** The bridges of \p node go down or up with it; its tenants stay, cut off meanwhile. */
    void SetNodeUp(const std::string& node, bool up);
    /** Its port goes down for good. \throws std::invalid_argument when there is no such tenant */
    void Remove(const std::string& name);

    /** \returns the tenant called \p name, also one that was removed, or nullptr. */
    LabTenant* Find(const std::string& name);
    const LabTenant* Find(const std::string& name) const;
    /** \returns the name of the tenant of \p vni that has \p address; empty if none has. One that was
     * removed counts if no other has it. */
    std::string FindOwner(uint32_t vni, Ipv4Address address) const;
    /** \returns all tenants that there ever were, by name. */
    const std::map<std::string, LabTenant>& GetAll() const;
    /** \returns the bridge that holds a VXLAN device, or null if no tenant was on it. */
    Ptr<AccessBridge> FindBridge(const std::string& node, const std::string& device) const;

  private:
    LabTenant& Get(const std::string& name);
    Ptr<VxlanNetDevice> GetVxlan(const std::string& node, const std::string& device);
    Ptr<AccessBridge> GetOrAddBridge(const std::string& node, const std::string& device);
    void AddHost(LabTenant& tenant, uint16_t mtu);
    static void AddDevice(LabTenant& tenant, uint16_t mtu);
    void AddStack(LabTenant& tenant, uint16_t mtu);
    /** Plugs a tenant into its VTEP. */
    void Plug(LabTenant& tenant);
    /** Pulls its plug. \param losesCarrier whether the VTEP sees it */
    void Unplug(LabTenant& tenant, bool losesCarrier);

    LabNetwork& m_network;
    std::vector<LabTenantObserver*> m_observers;
    std::map<std::string, LabTenant> m_tenants;
    std::set<std::pair<uint32_t, Mac48Address>> m_macs; //!< by VNI, of those not removed
    std::map<std::pair<std::string, std::string>, Ptr<AccessBridge>> m_bridges;
};

/** \returns what the port of \p tenant is called on its VTEP. */
std::string GetPortName(const std::string& tenant);
/** Sends an ARP request of a tenant for its own address, as after a boot or a move. */
void AnnounceTenant(const LabTenant& tenant);

} // namespace ns3

#endif
