// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-history.h"

#include "ns3/input-error.h"
#include "ns3/row-columns.h"

namespace ns3
{

ScenarioHistory::ScenarioHistory(const std::string& file, const std::set<std::string>& tenants)
    : m_file(file),
      m_tenantNames(tenants)
{
}

void
ScenarioHistory::SetLine(int line)
{
    m_line = line;
}

void
ScenarioHistory::Fail(const std::string& message) const
{
    throw InputError(m_file, m_line, message);
}

void
ScenarioHistory::SetStaticUnderlay(bool isStatic)
{
    m_staticUnderlay = isStatic;
}

void
ScenarioHistory::CheckOspfUnderlay(const std::string& action) const
{
    if (m_staticUnderlay)
    {
        Fail(action + " with underlay: static, which has no OSPF, give underlay: ospf");
    }
}

void
ScenarioHistory::AddProcess(const std::string& protocol, const std::string& node)
{
    m_processes.insert({protocol, node});
}

void
ScenarioHistory::CheckProcess(const std::string& protocol, const std::string& node) const
{
    static const std::map<std::string, std::pair<const char*, const char*>> words = {
        {"evpn", {"does not speak BGP", "a reflector"}},
        {"controller", {"has neither a controller nor a switch", "the controller's node"}},
        {"map-server", {"has no part in the mapping system", "the map server's node"}}};
    if (m_processes.count({protocol, node}) == 0)
    {
        const auto& [wrong, right] = words.at(protocol);
        Fail(node + " " + wrong + ", give " + right + " or a VTEP with control: " + protocol);
    }
}

void
ScenarioHistory::AddController(const std::string& node)
{
    m_hasController = true;
    AddProcess("controller", node);
}

void
ScenarioHistory::CheckController() const
{
    if (!m_hasController)
    {
        Fail("there is no controller, give control: {controller: {node: NAME}} at the top");
    }
}

void
ScenarioHistory::AddSwitch(const std::string& node)
{
    m_switches.insert(node);
}

void
ScenarioHistory::CheckSwitch(const std::string& node) const
{
    if (m_switches.count(node) == 0)
    {
        Fail(node + " has no switch, give a VTEP with control: controller");
    }
}

void
ScenarioHistory::CheckControlled(const std::string& device, const std::string& control) const
{
    if (m_controlled.count({device, control}) == 0)
    {
        Fail("no VXLAN device '" + device + "' with control: " + control +
             " by then, add a vxlan event before");
    }
}

void
ScenarioHistory::AddVxlan(const VxlanSpec& vxlan)
{
    for (std::size_t i = 0; i < vxlan.nodes.size(); ++i)
    {
        const std::string& node = vxlan.nodes[i];
        if (!m_vnis.insert({node, vxlan.vni}).second)
        {
            Fail("two devices with VNI " + std::to_string(vxlan.vni) + " on " + node +
                 ", give each its own id");
        }
        if (!m_devices.insert({node, vxlan.name}).second)
        {
            Fail("two devices called " + vxlan.name + " on " + node + ", give each its own name");
        }
        m_vniOfDevice[{node, vxlan.name}] = vxlan.vni;
        if (vxlan.addresses.empty())
        {
            continue;
        }
        const Ipv4Address address = vxlan.addresses[i].first;
        if (!m_nodeAddresses.insert({node, address}).second ||
            !m_vniAddresses.insert({vxlan.vni, address}).second)
        {
            Fail("address " + ToText(address) + " twice, give each device its own");
        }
    }
    if (vxlan.encapsulation == VxlanEncapsulationType::VXLAN)
    {
        AddVxlanPort(vxlan.port);
    }
    m_controlled.insert({vxlan.name, vxlan.control});
}

void
ScenarioHistory::AddVxlanPort(uint16_t port)
{
    if (m_flowPorts.count(port) != 0)
    {
        Fail("port " + std::to_string(port) + " is that of a send event, choose another");
    }
    m_vxlanPorts.insert(port);
}

void
ScenarioHistory::CheckDevice(const std::string& node, const std::string& device) const
{
    if (m_devices.count({node, device}) == 0)
    {
        Fail(node + " has no VXLAN device '" + device + "' by then, add a vxlan event before");
    }
}

const std::set<std::pair<std::string, std::string>>&
ScenarioHistory::GetDevices() const
{
    return m_devices;
}

void
ScenarioHistory::AddTenant(const LabTenantSpec& tenant)
{
    CheckDevice(tenant.node, tenant.device);
    if (m_tenants.count(tenant.name) != 0)
    {
        Fail("tenant " + tenant.name + " twice, give each its own name");
    }
    AddAddresses(tenant);
    m_tenants[tenant.name] = tenant;
}

void
ScenarioHistory::AddAddresses(const LabTenantSpec& tenant)
{
    const uint32_t vni = m_vniOfDevice.at({tenant.node, tenant.device});
    const auto [mac, isNewMac] = m_tenantOfMac.insert({{vni, tenant.mac}, tenant.name});
    if (!isNewMac)
    {
        Fail(mac->second + " has the MAC address of " + tenant.name + ", give each its own");
    }
    if (!tenant.address)
    {
        return;
    }
    const Ipv4Address address = tenant.address->first;
    const auto [owner, isNew] = m_tenantOfAddress.insert({{vni, address}, tenant.name});
    // The members of a service share its addresses.
    if (!isNew && !(tenant.answers && tenant.answers == m_tenants.at(owner->second).answers))
    {
        Fail(owner->second + " has the address of " + tenant.name + ", give each its own");
    }
    if (m_vniAddresses.count({vni, address}) != 0)
    {
        Fail("address " + ToText(address) + " is that of a VXLAN device, give each its own");
    }
}

LabTenantSpec&
ScenarioHistory::GetTenant(const std::string& name)
{
    CheckHost(name, HostNeed::PRESENCE);
    if (m_removed.count(name) != 0)
    {
        Fail("tenant " + name + " is removed by then, choose another");
    }
    return m_tenants.at(name);
}

void
ScenarioHistory::MoveTenant(const std::string& tenant, const std::string& node)
{
    LabTenantSpec& spec = GetTenant(tenant);
    CheckDevice(node, spec.device);
    if (m_vniOfDevice.at({node, spec.device}) != m_vniOfDevice.at({spec.node, spec.device}))
    {
        Fail(spec.device + " on " + node + " has another VNI than on " + spec.node +
             ", a tenant keeps its own");
    }
    spec.node = node;
}

void
ScenarioHistory::RemoveTenant(const std::string& tenant)
{
    const LabTenantSpec& spec = GetTenant(tenant);
    const uint32_t vni = m_vniOfDevice.at({spec.node, spec.device});
    m_removed.insert(tenant);
    m_tenantOfMac.erase({vni, spec.mac});
    const auto owner =
        spec.address ? m_tenantOfAddress.find({vni, spec.address->first}) : m_tenantOfAddress.end();
    if (owner != m_tenantOfAddress.end() && owner->second == tenant)
    {
        m_tenantOfAddress.erase(owner);
    }
}

void
ScenarioHistory::CheckMember(const std::string& tenant, const std::string& device)
{
    const LabTenantSpec& spec = GetTenant(tenant);
    if (spec.device != device)
    {
        Fail("tenant " + tenant + " is on " + spec.device + ", not on " + device +
             ", give members of one device");
    }
}

void
ScenarioHistory::CheckHost(const std::string& name, HostNeed need) const
{
    if (m_tenantNames.count(name) == 0)
    {
        return; // a node, there from the start
    }
    const auto tenant = m_tenants.find(name);
    if (tenant == m_tenants.end())
    {
        Fail("there is no tenant " + name + " by then, add a tenant event before");
    }
    if (need != HostNeed::PRESENCE && !tenant->second.address)
    {
        Fail("tenant " + name + " has no address, give it one");
    }
    if (need == HostNeed::STACK && tenant->second.isLight)
    {
        Fail("tenant " + name + " is light and only answers and pings, give light: false");
    }
}

void
ScenarioHistory::AddJoin(const std::string& node, Ipv4Address group)
{
    m_joins.insert({node, group});
}

void
ScenarioHistory::CheckJoined(const std::string& node, Ipv4Address group) const
{
    if (m_joins.count({node, group}) == 0)
    {
        Fail(node + " has not joined " + ToText(group) + " by then, add a join event before");
    }
}

void
ScenarioHistory::AddFlowPort(uint16_t port)
{
    if (m_vxlanPorts.count(port) != 0)
    {
        Fail("port " + std::to_string(port) + " is a VXLAN device's, choose another");
    }
    m_flowPorts.insert(port);
}

} // namespace ns3
