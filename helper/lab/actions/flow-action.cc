// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/flow-action.h"

#include "ns3/action-reader.h"
#include "ns3/number-format.h"
#include "ns3/openflow-switch.h"
#include "ns3/openflow-text.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"
#include "ns3/simulator.h"

#include <stdexcept>

namespace ns3
{

namespace
{

/** \returns the conditions in ovs-ofctl's words, each with a comma after it. */
std::string
ReadMatch(const YamlFields& fields)
{
    std::string words;
    for (const auto& [name, value] : fields.GetPairs("match"))
    {
        words += value.empty() ? name + "," : name + "=" + value + ",";
    }
    return words;
}

std::string
ReadTimeout(const YamlFields& fields, const std::string& key)
{
    if (!fields.Has(key))
    {
        return "";
    }
    return key + "_timeout=" + std::to_string(fields.GetWholeSeconds(key, 65535)) + ",";
}

/** \returns a number for any port that a switch may have: what there is, the switch knows later. */
std::optional<uint32_t>
ResolveAny(const std::string& name)
{
    const bool isAccess = name.rfind("vni", 0) == 0 && name.size() > 3;
    const bool isTunnel = name.rfind("vx", 0) == 0 && name.size() > 2;
    return isAccess || isTunnel || ParseIpv4(name) ? std::make_optional(1u) : std::nullopt;
}

} // namespace

ScenarioActionPtr
FlowAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<FlowAction>();
    const YamlFields fields = reader.GetFields("node priority match actions idle hard");
    action->node = reader.GetNode(fields, "node");
    std::string& flow = action->flow;
    flow = "priority=" + std::to_string(fields.GetNumber("priority", 0, 65535, 32768)) + ",";
    flow += ReadTimeout(fields, "idle") + ReadTimeout(fields, "hard");
    flow += fields.Has("match") ? ReadMatch(fields) : "";
    flow += "actions=";
    for (const std::string& word : fields.GetList("actions"))
    {
        flow += word + ",";
    }
    flow.pop_back();
    try
    {
        ParseOpenflowFlow(flow, [&reader](const std::string& name) {
            return reader.IsTenant(name) ? std::make_optional(1u) : ResolveAny(name);
        });
    }
    catch (const std::invalid_argument& error)
    {
        fields.Fail("actions", std::string(error.what()) + ", give words after ovs-ofctl");
    }
    return action;
}

void
FlowAction::Check(ScenarioHistory& history) const
{
    history.CheckSwitch(node);
}

void
FlowAction::Run(ScenarioRun& run) const
{
    Ptr<OpenflowSwitch> one = run.GetNetwork().GetNode(node).openflowSwitch;
    try
    {
        one->AddFlow(ParseOpenflowFlow(flow, [&run, one](const std::string& name) {
            // Tenants are behind the access port of their VNI.
            const LabTenant* tenant = run.GetTenants().Find(name);
            return one->ResolvePort(tenant ? "vni" + std::to_string(tenant->vni) : name);
        }));
    }
    catch (const std::invalid_argument& error)
    {
        // As the command would say; the scenario goes on.
        run.Print("[" + FormatSeconds(Simulator::Now()) + "s] " + node +
                  "# ovs-ofctl add-flow: " + error.what() + "\n\n");
    }
}

} // namespace ns3
