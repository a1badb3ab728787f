// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-history.h"

#include "ns3/input-error.h"
#include "ns3/row-columns.h"

namespace ns3
{

ScenarioHistory::ScenarioHistory(const std::string& file)
    : m_file(file)
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
