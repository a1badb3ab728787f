// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-checks.h"

#include "ns3/topology-values.h"

#include <set>
#include <sstream>

namespace ns3
{

namespace
{

std::string
ToString(Ipv4Address address)
{
    std::ostringstream os;
    address.Print(os);
    return os.str();
}

/** \returns whether a host can have \p address in a network of \p mask. */
bool
IsHostAddress(Ipv4Address address, Ipv4Mask mask)
{
    const uint32_t host = address.Get() & ~mask.Get();
    const uint32_t first = address.Get() >> 24;
    const bool special = first == 0 || first == 127 || first >= 224;
    // /31 and /32 have no network and broadcast address (RFC 3021).
    return !special && (mask.GetPrefixLength() >= 31 || (host != 0 && host != ~mask.Get()));
}

} // namespace

void
CheckVxlan(const VxlanAction& vxlan, const TopologyGraph& topology, const YamlFields& fields)
{
    if (!IsName(vxlan.name))
    {
        fields.Fail("name",
                    "name '" + vxlan.name +
                        "' is not right, give one without blanks or any of , ; "
                        ": / \"");
    }
    std::set<std::string> seen;
    for (const std::string& name : vxlan.nodes)
    {
        const std::size_t node = *topology.FindNode(name);
        if (!seen.insert(name).second)
        {
            fields.Fail("nodes", "node " + name + " twice, name each once");
        }
        if (topology.nodes[node].kind == NodeKind::Controller)
        {
            fields.Fail("nodes", name + " is a controller, a VTEP is a vtep, router or host");
        }
        if (!vxlan.dev.empty() && !topology.FindInterface(node, vxlan.dev))
        {
            fields.Fail("dev",
                        name + " has no interface '" + vxlan.dev + "', give one that it has");
        }
        if (topology.FindInterface(node, vxlan.name))
        {
            fields.Fail("name", name + " has an interface " + vxlan.name + ", choose another name");
        }
    }
    if (!vxlan.addresses.empty() && vxlan.addresses.size() != vxlan.nodes.size())
    {
        fields.Fail("addresses",
                    std::to_string(vxlan.addresses.size()) + " addresses for " +
                        std::to_string(vxlan.nodes.size()) + " nodes, give one per node");
    }
    for (const auto& [address, mask] : vxlan.addresses)
    {
        if (!IsHostAddress(address, mask))
        {
            fields.Fail("addresses",
                        ToString(address) + '/' + std::to_string(mask.GetPrefixLength()) +
                            " is no address of a host, give one such as 192.168.99.1/24");
        }
        for (const TopologyNetwork& network : topology.networks)
        {
            if (network.prefix.Contains(address.Get()))
            {
                fields.Fail("addresses",
                            ToString(address) + " belongs to network " + network.name +
                                " of the topology, choose another");
            }
        }
    }
}

namespace
{

/** What has been put on the nodes so far, event by event. */
class Ledger
{
  public:
    explicit Ledger(const std::string& file)
        : m_file(file)
    {
    }

    void operator()(const VxlanAction& vxlan)
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
                Fail("two devices called " + vxlan.name + " on " + node +
                     ", give each its own name");
            }
            if (vxlan.addresses.empty())
            {
                continue;
            }
            const Ipv4Address address = vxlan.addresses[i].first;
            if (!m_nodeAddresses.insert({node, address}).second ||
                !m_vniAddresses.insert({vxlan.vni, address}).second)
            {
                Fail("address " + ToString(address) + " twice, give each device its own");
            }
        }
        if (m_sendPorts.count(vxlan.port) != 0)
        {
            Fail("port " + std::to_string(vxlan.port) + " is that of a send event, choose another");
        }
        m_vxlanPorts.insert(vxlan.port);
    }

    void operator()(const FloodAction& flood)
    {
        if (m_devices.count({flood.node, flood.device}) == 0)
        {
            Fail(flood.node + " has no VXLAN device '" + flood.device +
                 "' by then, add a vxlan event before");
        }
    }

    void operator()(const JoinAction& join)
    {
        m_joins.insert({join.node, join.group});
    }

    void operator()(const LeaveAction& leave)
    {
        if (m_joins.count({leave.node, leave.group}) == 0)
        {
            Fail(leave.node + " has not joined " + ToString(leave.group) +
                 " by then, add a join event before");
        }
    }

    void operator()(const SendAction& send)
    {
        if (m_vxlanPorts.count(send.port) != 0)
        {
            Fail("port " + std::to_string(send.port) + " is a VXLAN device's, choose another");
        }
        m_sendPorts.insert(send.port);
    }

    template <typename Other>
    void operator()(const Other&)
    {
    }

    int line{0};

  private:
    [[noreturn]] void Fail(const std::string& message) const
    {
        throw InputError(m_file, line, message);
    }

    std::string m_file;
    std::set<std::pair<std::string, uint32_t>> m_vnis;
    std::set<std::pair<std::string, std::string>> m_devices;
    std::set<std::pair<std::string, Ipv4Address>> m_nodeAddresses;
    std::set<std::pair<uint32_t, Ipv4Address>> m_vniAddresses;
    std::set<std::pair<std::string, Ipv4Address>> m_joins;
    std::set<uint16_t> m_vxlanPorts;
    std::set<uint16_t> m_sendPorts;
};

} // namespace

void
CheckScenario(const Scenario& scenario)
{
    Ledger ledger(scenario.file);
    for (const ScenarioEvent& event : scenario.events)
    {
        ledger.line = event.line;
        std::visit(ledger, event.action);
    }
}

} // namespace ns3
