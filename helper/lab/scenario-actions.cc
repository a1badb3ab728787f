// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-actions.h"

#include "ns3/control-planes.h"
#include "ns3/csv-writer.h"
#include "ns3/lab-show.h"
#include "ns3/scenario-checks.h"
#include "ns3/scenario-values.h"
#include "ns3/table-formats.h"
#include "ns3/topology-values.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace ns3
{

ScenarioActionReader::ScenarioActionReader(const std::string& file, const TopologyGraph& topology)
    : m_file(file),
      m_topology(topology)
{
}

const std::vector<std::string>&
ScenarioActionReader::GetActions()
{
    static const std::vector<std::string> actions =
        SplitWords("join leave send vxlan ping flood link node loss show snapshot expect figure");
    return actions;
}

YamlFields
ScenarioActionReader::Fields(const YAML::Node& node,
                             const std::string& what,
                             const std::string& known) const
{
    return YamlFields(m_file, node, what, SplitWords(known));
}

Action
ScenarioActionReader::Read(const std::string& name, const YamlFields& event, Time at) const
{
    if (name == "snapshot")
    {
        return SnapshotAction{event.GetText("snapshot")};
    }
    const YAML::Node node = event.GetNode(name);
    const std::map<std::string, std::function<Action()>> readers = {
        {"join", [&] { return ReadMembership<JoinAction>(node, name); }},
        {"leave", [&] { return ReadMembership<LeaveAction>(node, name); }},
        {"send", [&] { return ReadSend(node, at); }},
        {"vxlan", [&] { return ReadVxlan(node); }},
        {"ping", [&] { return ReadPing(node); }},
        {"flood", [&] { return ReadFlood(node); }},
        {"link", [&] { return ReadLink(node); }},
        {"node", [&] { return ReadNode(node); }},
        {"loss", [&] { return ReadLoss(node, at); }},
        {"show", [&] { return ReadShow(node); }},
        {"expect", [&] { return ReadExpect(node); }},
        {"figure", [&] { return ReadFigure(node); }},
    };
    return readers.at(name)();
}

std::string
ScenarioActionReader::CheckNode(const YamlFields& fields,
                                const std::string& key,
                                const std::string& name) const
{
    if (!m_topology.FindNode(name))
    {
        std::vector<std::string> some;
        for (const TopologyNode& node : m_topology.nodes)
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

std::string
ScenarioActionReader::GetNodeName(const YamlFields& fields, const std::string& key) const
{
    return CheckNode(fields, key, fields.GetText(key));
}

std::string
ScenarioActionReader::GetInterface(const YamlFields& fields, const std::string& node) const
{
    if (!fields.Has("interface"))
    {
        return "";
    }
    const std::string interface = fields.GetText("interface");
    const std::size_t index = *m_topology.FindNode(node);
    if (!m_topology.FindInterface(index, interface))
    {
        std::vector<std::string> names;
        for (std::size_t attachment : m_topology.nodes[index].attachments)
        {
            names.push_back(m_topology.attachments[attachment].interface);
        }
        fields.Fail("interface",
                    node + " has no interface '" + interface + "', it has " + JoinWords(names));
    }
    return interface;
}

std::vector<std::size_t>
ScenarioActionReader::GetNetworks(const YamlFields& fields) const
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
ScenarioActionReader::GetNetworksBetween(const YamlFields& fields) const
{
    const std::vector<std::string> ends = fields.GetList("between");
    if (ends.size() != 2 || ends[0] == ends[1])
    {
        fields.Fail("between", "between wants two nodes, [NODE, NODE]");
    }
    const std::size_t a = *m_topology.FindNode(CheckNode(fields, "between", ends[0]));
    const std::size_t b = *m_topology.FindNode(CheckNode(fields, "between", ends[1]));
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

template <typename T>
Action
ScenarioActionReader::ReadMembership(const YAML::Node& node, const std::string& what) const
{
    const YamlFields fields = Fields(node, what, "node group interface source");
    T action;
    action.node = GetNodeName(fields, "node");
    action.group = fields.GetGroup("group");
    action.interface = GetInterface(fields, action.node);
    if (fields.Has("source"))
    {
        action.sources = fields.GetHosts("source");
    }
    return action;
}

Action
ScenarioActionReader::ReadSend(const YAML::Node& node, Time at) const
{
    const YamlFields fields =
        Fields(node, "send", "node group rate size ttl until packets name interface interval port");
    SendAction send;
    send.node = GetNodeName(fields, "node");
    send.group = fields.GetGroup("group");
    send.interface = GetInterface(fields, send.node);
    send.size = static_cast<uint32_t>(fields.GetNumber("size", 8, 65507, send.size));
    send.ttl = static_cast<uint8_t>(fields.GetNumber("ttl", 1, 255, send.ttl));
    send.port = static_cast<uint16_t>(fields.GetNumber("port", 1, 65535, send.port));
    send.name = fields.GetText("name", send.node + "-" + fields.GetText("group"));
    if (fields.Has("rate") == fields.Has("interval"))
    {
        fields.Fail("rate", "give either rate: 10kbps or interval: 1s");
    }
    if (fields.Has("rate"))
    {
        const auto rate = ParseRate(fields.GetText("rate"));
        if (!rate)
        {
            fields.Fail("rate",
                        "rate '" + fields.GetText("rate") +
                            "' is not right, give one such as 10kbps");
        }
        send.interval = NanoSeconds(std::max<int64_t>(1, std::llround(8e9 * send.size / *rate)));
    }
    else
    {
        send.interval = fields.GetInterval("interval");
    }
    if (fields.Has("until"))
    {
        send.until = fields.GetTime("until");
        if (*send.until <= at)
        {
            fields.Fail("until",
                        "until " + fields.GetText("until") + " is not after at " +
                            FormatSeconds(at) + "s, give a later time");
        }
    }
    if (fields.Has("packets"))
    {
        send.packets = fields.GetNumber("packets", 1, 1000000000);
    }
    return send;
}

Action
ScenarioActionReader::ReadVxlan(const YAML::Node& node) const
{
    const YamlFields fields = Fields(node,
                                     "vxlan",
                                     "nodes name id group remotes control ttl dev port addresses "
                                     "ageing learning mtu srcport");
    VxlanAction vxlan;
    vxlan.nodes = fields.GetList("nodes");
    for (const std::string& name : vxlan.nodes)
    {
        CheckNode(fields, "nodes", name);
    }
    vxlan.name = fields.GetText("name");
    vxlan.vni = static_cast<uint32_t>(fields.GetNumber("id", 0, 16777215));
    ReadVxlanControl(fields, vxlan);
    ReadVxlanOptions(fields, vxlan);
    CheckVxlan(vxlan, m_topology, fields);
    return vxlan;
}

void
ScenarioActionReader::ReadVxlanControl(const YamlFields& fields, VxlanAction& vxlan) const
{
    if (fields.Has("control"))
    {
        const std::vector<std::string> names = GetScenarioControlPlanes();
        if (names.empty())
        {
            fields.Fail("control", "control planes are not simulated, give group or remotes");
        }
        vxlan.control = names[fields.GetChoice("control", names)];
        return;
    }
    if (fields.Has("group") == fields.Has("remotes"))
    {
        fields.Fail("group", "give either group: ADDRESS or remotes: [ADDRESS, …]");
    }
    if (fields.Has("group"))
    {
        vxlan.control = "group";
        vxlan.group = fields.GetGroup("group");
    }
    else
    {
        vxlan.control = "head-end";
        vxlan.remotes = fields.GetHosts("remotes");
    }
}

void
ScenarioActionReader::ReadVxlanOptions(const YamlFields& fields, VxlanAction& vxlan) const
{
    if (fields.Has("ttl"))
    {
        vxlan.ttl = static_cast<uint8_t>(fields.GetNumber("ttl", 1, 255));
    }
    vxlan.dev = fields.GetText("dev", "");
    vxlan.port = static_cast<uint16_t>(fields.GetNumber("port", 1, 65535, vxlan.port));
    if (fields.Has("addresses"))
    {
        for (const std::string& text : fields.GetList("addresses"))
        {
            const auto address = ParseInterfaceAddress(text);
            if (!address)
            {
                fields.Fail("addresses",
                            "'" + text + "' is no address, give one such as 192.168.99.1/24");
            }
            vxlan.addresses.push_back(*address);
        }
    }
    if (fields.Has("ageing"))
    {
        vxlan.ageing = fields.GetTime("ageing");
    }
    if (fields.Has("learning"))
    {
        vxlan.learning = fields.GetBoolean("learning");
    }
    if (fields.Has("mtu"))
    {
        vxlan.mtu = static_cast<uint16_t>(fields.GetNumber("mtu", 68, 65485));
    }
    if (fields.Has("srcport"))
    {
        const std::vector<std::string> range = fields.GetList("srcport");
        const auto low = ParseNumber(range.front(), 1, 65535);
        const auto high = ParseNumber(range.back(), 1, 65535);
        if (range.size() != 2 || !low || !high || *low > *high)
        {
            fields.Fail("srcport", "srcport wants [LOW, HIGH], from 1 to 65535");
        }
        vxlan.sourcePorts = {static_cast<uint16_t>(*low), static_cast<uint16_t>(*high)};
    }
}

Action
ScenarioActionReader::ReadPing(const YAML::Node& node) const
{
    const YamlFields fields = Fields(node, "ping", "node to count interval size");
    PingAction ping;
    ping.node = GetNodeName(fields, "node");
    ping.to = fields.GetAddress("to");
    if (ping.to.IsMulticast() || ping.to.IsAny())
    {
        fields.Fail("to", "to " + fields.GetText("to") + ": ping a host or a broadcast address");
    }
    ping.count = static_cast<uint32_t>(fields.GetNumber("count", 1, 65535, ping.count));
    ping.size = static_cast<uint32_t>(fields.GetNumber("size", 0, 65000, ping.size));
    if (fields.Has("interval"))
    {
        ping.interval = fields.GetInterval("interval");
    }
    return ping;
}

Action
ScenarioActionReader::ReadFlood(const YAML::Node& node) const
{
    const YamlFields fields = Fields(node, "flood", "node device frames interval kind");
    FloodAction flood;
    flood.node = GetNodeName(fields, "node");
    flood.device = fields.GetText("device");
    flood.frames = fields.GetNumber("frames", 1, 1000000000, flood.frames);
    if (fields.Has("interval"))
    {
        flood.interval = fields.GetInterval("interval");
    }
    flood.kind = static_cast<FloodKind>(
        fields.GetChoice("kind", {"arp", "unknown-unicast", "broadcast", "multicast"}));
    return flood;
}

Action
ScenarioActionReader::ReadLink(const YAML::Node& node) const
{
    const YamlFields fields = Fields(node, "link", "network between state");
    return LinkAction{GetNetworks(fields), fields.GetChoice("state", {"down", "up"}) == 1};
}

Action
ScenarioActionReader::ReadNode(const YAML::Node& node) const
{
    const YamlFields fields = Fields(node, "node", "name state");
    return NodeAction{GetNodeName(fields, "name"), fields.GetChoice("state", {"down", "up"}) == 1};
}

Action
ScenarioActionReader::ReadLoss(const YAML::Node& node, Time at) const
{
    const YamlFields fields = Fields(node, "loss", "network between rate until");
    LossAction loss;
    loss.networks = GetNetworks(fields);
    loss.rate = fields.GetReal("rate", 0, 1);
    if (fields.Has("until"))
    {
        loss.until = fields.GetTime("until");
        if (*loss.until <= at)
        {
            fields.Fail("until", "until is not after at, give a later time");
        }
    }
    return loss;
}

Action
ScenarioActionReader::ReadShow(const YAML::Node& node) const
{
    const YamlFields fields = Fields(node, "show", "node what");
    ShowAction show;
    show.node = GetNodeName(fields, "node");
    show.what = fields.GetText("what");
    const std::vector<std::string>& known = GetShowCommands();
    if (std::find(known.begin(), known.end(), show.what) == known.end())
    {
        fields.Fail("what", "cannot show '" + show.what + "', known are " + JoinWords(known));
    }
    return show;
}

void
ScenarioActionReader::CheckColumns(const YamlFields& fields, const std::string& key) const
{
    const TableFormat* format = FindTableFormat(fields.GetText("table"));
    const YamlFields inner = Fields(fields.GetNode(key), key);
    for (const std::string& column : inner.GetKeys())
    {
        if (std::find(format->columns.begin(), format->columns.end(), column) ==
            format->columns.end())
        {
            inner.Fail(column,
                       "table " + format->name + " has no column '" + column + "', it has " +
                           JoinWords(format->columns));
        }
    }
}

std::vector<std::pair<std::string, double>>
ScenarioActionReader::GetLimits(const YamlFields& fields, const std::string& key) const
{
    std::vector<std::pair<std::string, double>> limits;
    if (!fields.Has(key))
    {
        return limits;
    }
    CheckColumns(fields, key);
    for (const auto& [column, text] : fields.GetPairs(key))
    {
        const auto number = ParseReal(text);
        if (!number)
        {
            fields.Fail(key, column + " '" + text + "' is no number, give one");
        }
        limits.emplace_back(column, *number);
    }
    return limits;
}

Action
ScenarioActionReader::ReadExpect(const YAML::Node& node) const
{
    const YamlFields fields = Fields(node, "expect", "table where equals at-least at-most rows");
    std::vector<std::string> names;
    for (const TableFormat& format : GetTableFormats())
    {
        names.push_back(format.name);
    }
    ExpectAction expect;
    expect.table = names[fields.GetChoice("table", names)];
    if (fields.Has("where"))
    {
        CheckColumns(fields, "where");
        expect.where = fields.GetPairs("where");
    }
    if (fields.Has("equals"))
    {
        CheckColumns(fields, "equals");
        expect.equals = fields.GetPairs("equals");
    }
    expect.atLeast = GetLimits(fields, "at-least");
    expect.atMost = GetLimits(fields, "at-most");
    if (fields.Has("rows"))
    {
        expect.rows = fields.GetNumber("rows", 0, 1000000000);
    }
    if (expect.where.empty() && expect.equals.empty() && expect.atLeast.empty() &&
        expect.atMost.empty() && !expect.rows)
    {
        fields.Fail("table", "nothing to expect, give where, equals, at-least, at-most or rows");
    }
    return expect;
}

Action
ScenarioActionReader::ReadFigure(const YAML::Node& node) const
{
    const YamlFields fields = Fields(node, "figure", "kind name group source");
    FigureAction figure;
    const std::vector<std::string> kinds = {"topology", "rp-election", "rp-tree", "via-rp", "spt"};
    figure.kind = static_cast<FigureKind>(fields.GetChoice("kind", kinds));
    figure.name = fields.GetText("name", fields.GetText("kind"));
    if (figure.name.find('/') != std::string::npos)
    {
        fields.Fail("name", "name '" + figure.name + "' has a slash, give a file's name alone");
    }
    if (figure.kind == FigureKind::RpTree || figure.kind == FigureKind::ViaRp ||
        figure.kind == FigureKind::Spt)
    {
        figure.group = fields.GetGroup("group");
    }
    if (fields.Has("source"))
    {
        figure.source = fields.GetAddress("source");
    }
    return figure;
}

} // namespace ns3
