// SPDX-License-Identifier: GPL-2.0-only
// What the events of a scenario have set up so far, to check each event against those before it.
#ifndef VXLAN_MULTICAST_SCENARIO_HISTORY_H
#define VXLAN_MULTICAST_SCENARIO_HISTORY_H

#include "ns3/ipv4-address.h"
#include "ns3/lab-tenants.h"
#include "ns3/vxlan-spec.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** What an event needs of a host that it names. */
enum class HostNeed
{
    PRESENCE,
    ADDRESS,
    STACK //!< and an address
};

/** The VXLAN devices, memberships and ports of the events so far. Checks throw InputError. */
class ScenarioHistory
{
  public:
    /**
     * \param file the scenario's file, for messages
     * \param tenants the names of all tenants
     */
    ScenarioHistory(const std::string& file, const std::set<std::string>& tenants = {});

    /** Sets the line of the event that is checked next. */
    void SetLine(int line);
    /** \throws InputError at the line of the event */
    [[noreturn]] void Fail(const std::string& message) const;

    /** The routes come from the graph alone: no OSPF runs. */
    void SetStaticUnderlay(bool isStatic);
    /** Checks that OSPF runs, which \p action changes. */
    void CheckOspfUnderlay(const std::string& action) const;

    /** Adds devices; their names, VNIs and addresses must be new where they must be unique. */
    void AddVxlan(const VxlanSpec& vxlan);
    /** Checks that \p node has a VXLAN device called \p device. */
    void CheckDevice(const std::string& node, const std::string& device) const;
    /** \returns node and name of each VXLAN device. */
    const std::set<std::pair<std::string, std::string>>& GetDevices() const;

    /** \p node runs a process of a control plane, from the start. \param protocol as `evpn` */
    void AddProcess(const std::string& protocol, const std::string& node);
    /** Checks that \p node runs a process of the control plane \p protocol. */
    void CheckProcess(const std::string& protocol, const std::string& node) const;
    /** \p node runs the controller, from the start. */
    void AddController(const std::string& node);
    /** Checks that there is a controller. */
    void CheckController() const;
    /** \p node has an OpenFlow switch, from the start. */
    void AddSwitch(const std::string& node);
    /** Checks that \p node has an OpenFlow switch. */
    void CheckSwitch(const std::string& node) const;
    /** Checks that some VXLAN device called \p device has the control plane \p control. */
    void CheckControlled(const std::string& device, const std::string& control) const;

    /** Adds a tenant; its device is there, its name and addresses must be new. */
    void AddTenant(const LabTenantSpec& tenant);
    /** Checks that \p tenant is there by now and can move to \p node. */
    void MoveTenant(const std::string& tenant, const std::string& node);
    void RemoveTenant(const std::string& tenant);
    /** Checks that \p tenant is there by now, on \p device. */
    void CheckMember(const std::string& tenant, const std::string& device);
    /** Checks that \p name, if it is a tenant, is there by now and has what is needed of it. */
    void CheckHost(const std::string& name, HostNeed need) const;

    void AddJoin(const std::string& node, Ipv4Address group);
    /** Checks that \p node has joined \p group. */
    void CheckJoined(const std::string& node, Ipv4Address group) const;
    /** Adds the UDP port of a flow, which must be no VXLAN device's. */
    void AddFlowPort(uint16_t port);

  private:
    /** \returns a tenant that has booted; fails if it has not, or was removed. */
    LabTenantSpec& GetTenant(const std::string& name);
    /** Adds the UDP port of VXLAN devices, which must be no flow's. */
    void AddVxlanPort(uint16_t port);
    /** Enters the addresses of \p tenant, which no other tenant or device of the VNI has. */
    void AddAddresses(const LabTenantSpec& tenant);

    std::string m_file;
    std::set<std::string> m_tenantNames;
    std::map<std::string, LabTenantSpec> m_tenants; //!< where they are now
    std::set<std::string> m_removed;
    std::map<std::pair<uint32_t, Mac48Address>, std::string> m_tenantOfMac;
    std::map<std::pair<uint32_t, Ipv4Address>, std::string> m_tenantOfAddress;
    std::map<std::pair<std::string, std::string>, uint32_t> m_vniOfDevice;
    int m_line{0};
    bool m_staticUnderlay{false};
    std::set<std::pair<std::string, std::string>> m_devices;
    std::set<std::pair<std::string, uint32_t>> m_vnis;
    std::set<std::pair<std::string, Ipv4Address>> m_nodeAddresses;
    std::set<std::pair<uint32_t, Ipv4Address>> m_vniAddresses;
    std::set<std::pair<std::string, std::string>> m_processes; //!< protocol, node
    bool m_hasController{false};
    std::set<std::string> m_switches;                           //!< nodes
    std::set<std::pair<std::string, std::string>> m_controlled; //!< device, control plane
    std::set<uint16_t> m_vxlanPorts;
    std::set<uint16_t> m_flowPorts;
    std::set<std::pair<std::string, Ipv4Address>> m_joins;
};

} // namespace ns3

#endif
