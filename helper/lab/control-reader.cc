// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/control-reader.h"

#include "ns3/action-reader.h"
#include "ns3/flow-action.h"
#include "ns3/vxlan-action.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** \returns the node at \p key, which the topology has. */
std::string
ReadNode(const YamlFields& fields, const TopologyGraph& topology, const std::string& key)
{
    return CheckNodeName(topology, fields, key, fields.GetText(key));
}

EvpnSpec
ReadEvpn(const YamlFields& fields, const TopologyGraph& topology)
{
    EvpnSpec evpn;
    evpn.as = static_cast<uint32_t>(fields.GetNumber("as", 1, 0xffffffff, evpn.as));
    if (fields.Has("reflectors") && !fields.IsEmptyList("reflectors"))
    {
        evpn.reflectors = fields.GetList("reflectors");
    }
    std::set<std::string> seen;
    for (const std::string& name : evpn.reflectors)
    {
        CheckNodeName(topology, fields, "reflectors", name);
        if (!seen.insert(name).second)
        {
            fields.Fail("reflectors", "node " + name + " twice, name each once");
        }
    }
    return evpn;
}

/** \returns a flow's timeout, if it is given. */
std::optional<uint16_t>
ReadFlowTimeout(const YamlFields& fields, const std::string& key)
{
    return fields.Has(key)
               ? std::make_optional(static_cast<uint16_t>(fields.GetWholeSeconds(key, 65535)))
               : std::nullopt;
}

ControllerSpec
ReadController(const YamlFields& fields, const TopologyGraph& topology)
{
    ControllerSpec controller;
    controller.node = ReadNode(fields, topology, "node");
    if (fields.Has("mode"))
    {
        controller.mode = fields.GetEnum<OpenflowMode>("mode");
    }
    if (fields.Has("unknown"))
    {
        controller.unknown = fields.GetEnum<OpenflowUnknown>("unknown");
    }
    if (fields.Has("fail"))
    {
        controller.fail = fields.GetEnum<OpenflowFailMode>("fail");
    }
    controller.idle = ReadFlowTimeout(fields, "idle");
    controller.hard = ReadFlowTimeout(fields, "hard");
    if (fields.Has("capacity"))
    {
        controller.capacity = static_cast<uint32_t>(fields.GetNumber("capacity", 1, 0xffffffff));
    }
    return controller;
}

MapServerSpec
ReadMapServer(const YamlFields& fields, const TopologyGraph& topology)
{
    MapServerSpec server;
    server.node = ReadNode(fields, topology, "node");
    if (fields.Has("ttl"))
    {
        server.ttl = fields.GetInterval("ttl");
        server.ttlLine = fields.GetLine("ttl");
    }
    return server;
}

/** \returns whether an event adds a flow: a switch may do without a controller then. */
bool
HasFlowEvents(const Scenario& scenario)
{
    return std::any_of(scenario.events.begin(), scenario.events.end(), [](const auto& event) {
        return FindAction<FlowAction>(event) != nullptr;
    });
}

/** \returns the interface, or the address, that is the VTEPs'; empty: the first. */
const std::string&
GetPlace(const VxlanSpec& vxlan)
{
    return vxlan.local.empty() ? vxlan.dev : vxlan.local;
}

/** The control planes of a scenario take its VTEPs. */
class VtepCollector
{
  public:
    explicit VtepCollector(Scenario& scenario)
        : m_scenario(scenario)
    {
    }

    void Add(const VxlanSpec& vxlan, int line)
    {
        m_line = line;
        if (vxlan.control == "evpn")
        {
            AddSpeakers(vxlan);
        }
        else if (vxlan.control == "controller")
        {
            AddSwitches(vxlan);
        }
        else if (vxlan.control == "map-server")
        {
            AddXtrs(vxlan);
        }
    }

  private:
    [[noreturn]] void Fail(const std::string& message) const
    {
        throw InputError(m_scenario.file, m_line, message);
    }

    void AddSpeakers(const VxlanSpec& vxlan)
    {
        if (!m_scenario.evpn)
        {
            Fail("control: evpn without speakers, give control: {evpn: {…}} at the top");
        }
        std::vector<std::string>& vteps = m_scenario.evpn->vteps;
        vteps.insert(vteps.end(), vxlan.nodes.begin(), vxlan.nodes.end());
        std::sort(vteps.begin(), vteps.end());
        vteps.erase(std::unique(vteps.begin(), vteps.end()), vteps.end());
    }

    void AddSwitches(const VxlanSpec& vxlan)
    {
        if (!m_scenario.controller)
        {
            if (!HasFlowEvents(m_scenario))
            {
                Fail("control: controller without a controller, give control: {controller: "
                     "{node: NAME}} at the top, or flow events");
            }
            m_scenario.controller = ControllerSpec();
        }
        for (const std::string& node : vxlan.nodes)
        {
            m_scenario.controller->vteps.insert({node, GetPlace(vxlan)});
        }
    }

    void AddXtrs(const VxlanSpec& vxlan)
    {
        if (!m_scenario.mapServer)
        {
            Fail("control: map-server without a server, give control: {map-server: {node: NAME}} "
                 "at the top");
        }
        for (const std::string& node : vxlan.nodes)
        {
            if (node == m_scenario.mapServer->node)
            {
                Fail("a map server cannot be on a VTEP, both take UDP port 4342: put it on "
                     "another node than " +
                     node);
            }
            m_scenario.mapServer->vteps.insert({node, GetPlace(vxlan)});
        }
    }

    Scenario& m_scenario;
    int m_line{0};
};

} // namespace

void
ReadControlPlanes(const YamlFields& top, const TopologyGraph& topology, Scenario& scenario)
{
    const YamlFields control = top.GetMapping("control", {"evpn", "controller", "map-server"});
    if (control.Has("evpn"))
    {
        scenario.evpn = ReadEvpn(control.GetMapping("evpn", {"as", "reflectors"}), topology);
    }
    if (control.Has("controller"))
    {
        scenario.controller = ReadController(
            control.GetMapping("controller",
                               {"node", "mode", "unknown", "fail", "idle", "hard", "capacity"}),
            topology);
    }
    if (control.Has("map-server"))
    {
        scenario.mapServer =
            ReadMapServer(control.GetMapping("map-server", {"node", "ttl"}), topology);
    }
}

void
AddControlVteps(Scenario& scenario)
{
    VtepCollector collector(scenario);
    for (const ScenarioEvent& event : scenario.events)
    {
        if (const auto vxlan = FindAction<VxlanAction>(event))
        {
            collector.Add(vxlan->spec, event.line);
        }
    }
}

void
AddControlProcesses(const Scenario& scenario, ScenarioHistory& history)
{
    if (scenario.evpn)
    {
        for (const std::string& node : scenario.evpn->reflectors)
        {
            history.AddProcess("evpn", node);
        }
        for (const std::string& node : scenario.evpn->vteps)
        {
            history.AddProcess("evpn", node);
        }
    }
    if (scenario.controller)
    {
        if (!scenario.controller->node.empty())
        {
            history.AddController(scenario.controller->node);
        }
        for (const auto& [node, dev] : scenario.controller->vteps)
        {
            history.AddProcess("controller", node);
            history.AddSwitch(node);
        }
    }
    if (scenario.mapServer)
    {
        history.AddProcess("map-server", scenario.mapServer->node);
        for (const auto& [node, dev] : scenario.mapServer->vteps)
        {
            history.AddProcess("map-server", node);
        }
    }
}

} // namespace ns3
