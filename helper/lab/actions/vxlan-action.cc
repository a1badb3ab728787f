// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-action.h"

#include "ns3/action-reader.h"
#include "ns3/control-planes.h"
#include "ns3/number-format.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"
#include "ns3/shell-words.h"
#include "ns3/simulator.h"
#include "ns3/text.h"
#include "ns3/topology-values.h"
#include "ns3/vtep-interface.h"

#include <sstream>

namespace ns3
{

namespace
{

/** What goes with the key `control`: `suppress`, and `bum: group` or `bum: ssm` with `group`. */
void
ReadControlOptions(const YamlFields& fields, VxlanSpec& vxlan)
{
    if (fields.Has("remotes"))
    {
        fields.Fail("remotes", "give either control or remotes");
    }
    const std::vector<std::string> words = {"vteps", "group", "ssm"};
    const std::string bum = words[fields.Has("bum") ? fields.GetChoice("bum", words) : 0];
    const bool floodsToGroup = bum != "vteps";
    if (floodsToGroup != fields.Has("group"))
    {
        fields.Fail(floodsToGroup ? "bum" : "group",
                    "with control, bum: " + (floodsToGroup ? bum : "group") +
                        " and group: ADDRESS go together");
    }
    if (floodsToGroup && vxlan.control != "evpn")
    {
        fields.Fail("bum", "bum: " + bum + " goes with control: evpn, leave it out");
    }
    vxlan.isSourceSpecific = bum == "ssm";
    if (floodsToGroup)
    {
        vxlan.group = fields.GetGroup("group");
    }
    if (fields.Has("suppress"))
    {
        vxlan.suppress = fields.GetBoolean("suppress");
    }
    if (vxlan.control == "controller" && !vxlan.suppress.value_or(true))
    {
        fields.Fail("suppress", "a controller always answers ARP, leave suppress out");
    }
}

/** How the devices find remote VTEPs: the keys `control`, `group` and `remotes`. */
void
ReadControl(const YamlFields& fields, VxlanSpec& vxlan)
{
    if (fields.Has("control"))
    {
        const std::vector<std::string> names = GetScenarioControlPlanes();
        vxlan.control = names[fields.GetChoice("control", names)];
        ReadControlOptions(fields, vxlan);
        return;
    }
    if (fields.Has("bum"))
    {
        fields.Fail("bum", "bum goes with control: NAME, give that too");
    }
    if (fields.Has("suppress"))
    {
        vxlan.suppress = fields.GetBoolean("suppress");
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
ReadAddresses(const YamlFields& fields, VxlanSpec& vxlan)
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

void
ReadSourcePorts(const YamlFields& fields, VxlanSpec& vxlan)
{
    const std::vector<std::string> range = fields.GetList("srcport");
    const auto low = ParseNumber(range.front(), 1, 65535);
    const auto high = ParseNumber(range.back(), 1, 65535);
    if (range.size() != 2 || !low || !high || *low > *high)
    {
        fields.Fail("srcport", "give srcport as [LOW, HIGH], from 1 to 65535");
    }
    vxlan.sourcePorts = {static_cast<uint16_t>(*low), static_cast<uint16_t>(*high)};
}

void
ReadOptions(const YamlFields& fields, VxlanSpec& vxlan)
{
    if (fields.Has("ttl"))
    {
        vxlan.ttl = static_cast<uint8_t>(fields.GetNumber("ttl", 1, 255));
    }
    vxlan.dev = fields.GetText("dev", "");
    vxlan.local = fields.GetText("local", "");
    if (fields.Has("encapsulation"))
    {
        vxlan.encapsulation = fields.GetEnum<VxlanEncapsulationType>("encapsulation");
    }
    vxlan.splitHorizon = fields.GetBoolean("split-horizon", true);
    vxlan.port = static_cast<uint16_t>(fields.GetNumber("port", 1, 65535, vxlan.port));
    if (fields.Has("addresses"))
    {
        ReadAddresses(fields, vxlan);
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
        ReadSourcePorts(fields, vxlan);
    }
}

/** \throws InputError unless each node can get such a device */
void
CheckNodes(const YamlFields& fields, const VxlanSpec& vxlan, const TopologyGraph& topology)
{
    if (!IsName(vxlan.name))
    {
        fields.Fail("name",
                    "name '" + vxlan.name +
                        "' is not right, give one without blanks or any of , ; "
                        ": / \"");
    }
    CheckEachOnce(fields, "nodes", vxlan.nodes);
    for (const std::string& name : vxlan.nodes)
    {
        const std::size_t node = *topology.FindNode(name);
        if (topology.nodes[node].kind == NodeKind::Controller)
        {
            fields.Fail("nodes", name + " is a controller, a VTEP is a vtep, router or host");
        }
        if (!vxlan.dev.empty() && !topology.HasInterface(node, vxlan.dev))
        {
            fields.Fail("dev",
                        name + " has no interface '" + vxlan.dev + "', give one that it has");
        }
        if (!vxlan.local.empty() && FindVtepInterface(topology, node, vxlan.local).empty())
        {
            fields.Fail("local",
                        name + " has no interface or address '" + vxlan.local +
                            "', give one that each node has");
        }
        if (topology.HasInterface(node, vxlan.name))
        {
            fields.Fail("name", name + " has an interface " + vxlan.name + ", choose another name");
        }
    }
}

/** \throws InputError unless there is an address for each node, outside the underlay */
void
CheckAddresses(const YamlFields& fields, const VxlanSpec& vxlan, const TopologyGraph& topology)
{
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
                        ToText(address) + '/' + std::to_string(mask.GetPrefixLength()) +
                            " is no address of a host, give one such as 192.168.99.1/24");
        }
        for (const TopologyNode& node : topology.nodes)
        {
            for (const LoopbackAddress& each : GetLoopbackAddresses(node))
            {
                if (each.address == address.Get())
                {
                    fields.Fail("addresses",
                                ToText(address) + " is on a loopback of " + node.name +
                                    ", choose another");
                }
            }
        }
        for (const TopologyNetwork& network : topology.networks)
        {
            if (network.prefix.GetLength() != 0 && network.prefix.Contains(address.Get()))
            {
                fields.Fail("addresses",
                            ToText(address) + " belongs to network " + network.name +
                                " of the topology, choose another");
            }
        }
    }
}

} // namespace

void
ReadVxlanOptions(const YamlFields& fields, VxlanSpec& vxlan)
{
    ReadOptions(fields, vxlan);
}

void
CheckVxlanNodes(const YamlFields& fields, const VxlanSpec& vxlan, const TopologyGraph& topology)
{
    CheckNodes(fields, vxlan, topology);
}

ScenarioActionPtr
VxlanAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<VxlanAction>();
    VxlanSpec& vxlan = action->spec;
    const YamlFields fields =
        reader.GetFields("nodes name id group remotes control suppress bum ttl dev local port "
                         "addresses ageing learning mtu srcport encapsulation split-horizon print");
    vxlan.nodes = fields.GetList("nodes");
    for (const std::string& name : vxlan.nodes)
    {
        CheckNodeName(reader.GetTopology(), fields, "nodes", name);
    }
    vxlan.name = fields.GetText("name");
    vxlan.vni = static_cast<uint32_t>(fields.GetNumber("id", 0, 16777215));
    ReadControl(fields, vxlan);
    ReadOptions(fields, vxlan);
    CheckNodes(fields, vxlan, reader.GetTopology());
    CheckAddresses(fields, vxlan, reader.GetTopology());
    action->isPrinted = ReadPrint(reader);
    if (action->isPrinted && vxlan.encapsulation != VxlanEncapsulationType::VXLAN)
    {
        fields.Fail("print", "print: true goes with encapsulation: vxlan, leave it out");
    }
    return action;
}

void
VxlanAction::Check(ScenarioHistory& history) const
{
    history.AddVxlan(spec);
}

void
VxlanAction::Print(ScenarioRun& run) const
{
    for (std::size_t i = 0; i < spec.nodes.size(); ++i)
    {
        for (const std::string& command : DescribeVxlan(spec, i))
        {
            run.Print("[" + FormatSeconds(Simulator::Now()) + "s] " + spec.nodes[i] + "# " +
                      command + "\n");
        }
    }
    run.Print("\n");
}

void
VxlanAction::Run(ScenarioRun& run) const
{
    switch (spec.encapsulation)
    {
    case VxlanEncapsulationType::VXLAN:
        run.GetMeter().AddVxlanPort(spec.port);
        break;
    case VxlanEncapsulationType::GRE:
        run.GetMeter().AddGreKey(spec.vni);
        break;
    case VxlanEncapsulationType::NVGRE:
        run.GetMeter().AddNvgreVsid(spec.vni);
        break;
    }
    run.GetNetwork().AddVxlan(spec);
    isPrinted ? Print(run) : void();
    for (const std::string& name : spec.nodes)
    {
        run.GetCaptures().Start(run.GetNetwork().GetNode(name));
    }
}

} // namespace ns3
