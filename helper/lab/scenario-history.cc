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
ScenarioHistory::AddSpeakers(const std::vector<std::string>& nodes)
{
    m_speakers.insert(nodes.begin(), nodes.end());
}

void
ScenarioHistory::CheckSpeaker(const std::string& node) const
{
    if (m_speakers.count(node) == 0)
    {
        Fail(node + " does not speak BGP, give a reflector or a VTEP with control: evpn");
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
    if (m_flowPorts.count(vxlan.port) != 0)
    {
        Fail("port " + std::to_string(vxlan.port) + " is that of a send event, choose another");
    }
    m_vxlanPorts.insert(vxlan.port);
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
    CheckTwins(tenant);
    m_tenants[tenant.name] = tenant;
}

void
ScenarioHistory::CheckTwins(const LabTenantSpec& tenant) const
{
    const uint32_t vni = m_vniOfDevice.at({tenant.node, tenant.device});
    for (const auto& [name, other] : m_tenants)
    {
        const bool isNeighbor = name != tenant.name && m_removed.count(name) == 0 &&
                                m_vniOfDevice.at({other.node, other.device}) == vni;
        if (isNeighbor && other.mac == tenant.mac)
        {
            Fail(name + " has the MAC address of " + tenant.name + ", give each its own");
        }
        // The members of a service share its addresses.
        const bool isShared = tenant.answers && tenant.answers == other.answers;
        if (isNeighbor && !isShared && tenant.address && other.address &&
            tenant.address->first == other.address->first)
        {
            Fail(name + " has the address of " + tenant.name + ", give each its own");
        }
    }
    if (tenant.address && m_vniAddresses.count({vni, tenant.address->first}) != 0)
    {
        Fail("address " + ToText(tenant.address->first) +
             " is that of a VXLAN device, give each its own");
    }
}

LabTenantSpec&
ScenarioHistory::GetTenant(const std::string& name)
{
    CheckHost(name, false);
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
    GetTenant(tenant);
    m_removed.insert(tenant);
}

void
ScenarioHistory::CheckHost(const std::string& name, bool address) const
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
    if (address && !tenant->second.address)
    {
        Fail("tenant " + name + " has no address, give it one");
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
