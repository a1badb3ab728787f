// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/action-reader.h"

#include "ns3/scenario-values.h"
#include "ns3/text.h"

namespace ns3
{

std::string
CheckNodeName(const TopologyGraph& topology,
              const YamlFields& fields,
              const std::string& key,
              const std::string& name)
{
    if (!topology.FindNode(name))
    {
        std::vector<std::string> some;
        for (const TopologyNode& node : topology.nodes)
        {
            if (some.size() == 12)
            {
                some.push_back("…");
                break;
            }
            some.push_back(node.name);
        }
        fields.Fail(key, "unknown node '" + name + "', the topology has " + JoinWords(some));
    }
    return name;
}

namespace
{

NodeKind
GetKind(const ActionReader& reader, const std::string& node)
{
    return reader.GetTopology().nodes[*reader.GetTopology().FindNode(node)].kind;
}

} // namespace

std::string
GetOspfNode(const ActionReader& reader, const YamlFields& fields)
{
    std::string node = reader.GetNode(fields, "node");
    const NodeKind kind = GetKind(reader, node);
    if (kind != NodeKind::Router && kind != NodeKind::Vtep)
    {
        fields.Fail("node", node + " does not run ospf, give a router or VTEP");
    }
    return node;
}

std::string
GetPimNode(const ActionReader& reader, const YamlFields& fields)
{
    std::string node = reader.GetNode(fields, "node");
    if (GetKind(reader, node) != NodeKind::Router)
    {
        fields.Fail("node", node + " does not run pim, give a router");
    }
    return node;
}

bool
ReadPrint(const ActionReader& reader)
{
    return reader.GetFields("").GetBoolean("print", false);
}

void
CheckEachOnce(const YamlFields& fields,
              const std::string& key,
              const std::vector<std::string>& names)
{
    std::set<std::string> seen;
    for (const std::string& name : names)
    {
        if (!seen.insert(name).second)
        {
            fields.Fail(key, "node " + name + " twice, name each once");
        }
    }
}

ActionReader::ActionReader(const TopologyGraph& topology,
                           const NodeNames& nodes,
                           const std::set<std::string>& tenants,
                           const YamlFields& event,
                           const std::string& name,
                           Time at)
    : m_topology(topology),
      m_nodes(nodes),
      m_tenants(tenants),
      m_event(event),
      m_name(name),
      m_at(at)
{
}

const TopologyGraph&
ActionReader::GetTopology() const
{
    return m_topology;
}

int
ActionReader::GetLine() const
{
    return m_event.GetLine(m_name);
}

Time
ActionReader::GetTime() const
{
    return m_at;
}

YamlFields
ActionReader::GetFields(const std::string& keys) const
{
    return m_event.GetMapping(m_name, SplitWords(keys));
}

std::string
ActionReader::GetText() const
{
    return m_event.GetText(m_name);
}

std::string
ActionReader::GetNode(const YamlFields& fields, const std::string& key) const
{
    return CheckNode(fields, key, fields.GetText(key));
}

std::string
ActionReader::CheckNode(const YamlFields& fields,
                        const std::string& key,
                        const std::string& name) const
{
    return m_nodes.count(name) != 0 ? name : CheckNodeName(m_topology, fields, key, name);
}

std::string
ActionReader::GetHost(const YamlFields& fields, const std::string& key) const
{
    return CheckHost(fields, key, fields.GetText(key));
}

std::string
ActionReader::CheckHost(const YamlFields& fields,
                        const std::string& key,
                        const std::string& name) const
{
    return m_tenants.count(name) != 0 ? name : CheckNode(fields, key, name);
}

std::vector<std::string>
ActionReader::GetHosts(const YamlFields& fields) const
{
    if (!fields.Has("nodes"))
    {
        return {GetHost(fields, "node")};
    }
    if (fields.Has("node"))
    {
        fields.Fail("node", "node beside nodes, give one of them");
    }
    std::vector<std::string> names = fields.GetList("nodes");
    for (const std::string& name : names)
    {
        CheckHost(fields, "nodes", name);
    }
    CheckEachOnce(fields, "nodes", names);
    return names;
}

std::string
ActionReader::GetTenant(const YamlFields& fields, const std::string& key) const
{
    std::string name = fields.GetText(key);
    CheckTenant(fields, key, name);
    return name;
}

std::vector<std::string>
ActionReader::GetTenants(const YamlFields& fields, const std::string& key) const
{
    std::vector<std::string> names = fields.GetList(key);
    for (const std::string& name : names)
    {
        CheckTenant(fields, key, name);
    }
    return names;
}

void
ActionReader::CheckTenant(const YamlFields& fields,
                          const std::string& key,
                          const std::string& name) const
{
    if (m_tenants.count(name) == 0)
    {
        fields.Fail(key,
                    "unknown tenant '" + name +
                        (m_tenants.empty()
                             ? "', add a tenant event"
                             : "', there are " + JoinWords({m_tenants.begin(), m_tenants.end()})));
    }
}

bool
ActionReader::IsTenant(const std::string& name) const
{
    return m_tenants.count(name) != 0;
}

std::string
ActionReader::GetInterface(const YamlFields& fields,
                           const std::string& node,
                           const std::string& key) const
{
    if (!fields.Has(key))
    {
        return "";
    }
    std::string interface = fields.GetText(key);
    if (m_tenants.count(node) != 0)
    {
        if (interface != "eth0")
        {
            fields.Fail(key, node + " is a tenant, its only interface is eth0");
        }
        return interface;
    }
    const std::size_t index = m_nodes.at(node);
    if (!m_topology.HasInterface(index, interface))
    {
        fields.Fail(key,
                    node + " has no interface '" + interface + "', it has " +
                        JoinWords(m_topology.GetInterfaceNames(index)));
    }
    return interface;
}

std::vector<std::size_t>
ActionReader::GetNetworks(const YamlFields& fields) const
{
    if (fields.Has("network") == fields.Has("between"))
    {
        fields.Fail("between", "give either network: NAME or between: [NODE, NODE]");
    }
    if (fields.Has("network"))
    {
        const std::string name = fields.GetText("network");
        const auto network = m_topology.FindNetwork(name);
        if (!network)
        {
            fields.Fail("network", "unknown network '" + name + "', give a LAN's name or a-b");
        }
        return {*network};
    }
    return GetNetworksBetween(fields);
}

std::vector<std::size_t>
ActionReader::GetNetworksBetween(const YamlFields& fields) const
{
    const std::vector<std::string> ends = fields.GetList("between");
    if (ends.size() != 2 || ends[0] == ends[1])
    {
        fields.Fail("between", "give two different nodes, [NODE, NODE]");
    }
    const std::size_t a =
        *m_topology.FindNode(CheckNodeName(m_topology, fields, "between", ends[0]));
    const std::size_t b =
        *m_topology.FindNode(CheckNodeName(m_topology, fields, "between", ends[1]));
    std::vector<std::size_t> networks;
    for (std::size_t i = 0; i < m_topology.networks.size(); ++i)
    {
        bool hasA = false;
        bool hasB = false;
        for (std::size_t attachment : m_topology.networks[i].attachments)
        {
            hasA |= m_topology.attachments[attachment].node == a;
            hasB |= m_topology.attachments[attachment].node == b;
        }
        if (hasA && hasB)
        {
            networks.push_back(i);
        }
    }
    if (networks.empty())
    {
        fields.Fail("between", ends[0] + " and " + ends[1] + " share no network, give neighbours");
    }
    return networks;
}

} // namespace ns3
