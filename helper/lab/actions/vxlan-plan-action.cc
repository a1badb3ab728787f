// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/vxlan-plan-action.h"

#include "ns3/action-reader.h"
#include "ns3/plan-file.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/text.h"
#include "ns3/vtep-interface.h"
#include "ns3/vxlan-action.h"

#include <algorithm>
#include <filesystem>
#include <set>

namespace ns3
{

namespace
{

/** \returns the file as it is named from the scenario's folder, or else from the working one. */
std::string
FindPlan(const YamlFields& fields)
{
    const std::filesystem::path file = fields.GetText("plan");
    const std::filesystem::path beside =
        std::filesystem::path(fields.GetFile()).parent_path() / file;
    std::error_code error;
    return std::filesystem::exists(beside, error) ? beside.string() : file.string();
}

/** \returns the VNIs at the key `vnis`, such as [1, 4-9]; empty: all. */
std::set<uint32_t>
ReadVnis(const YamlFields& fields)
{
    std::set<uint32_t> vnis;
    if (!fields.Has("vnis"))
    {
        return vnis;
    }
    constexpr uint32_t MAX_VNI = 16777215;
    for (const std::string& text : fields.GetList("vnis"))
    {
        const std::vector<std::string> ends = SplitAt(text, '-');
        const auto first = ParseNumber(ends.front(), 0, MAX_VNI);
        const auto last = ParseNumber(ends.back(), 0, MAX_VNI);
        if (!first || !last || ends.size() > 2 || *last < *first)
        {
            fields.Fail("vnis", "'" + text + "' is no VNI, give numbers or ranges as [1, 4-9]");
        }
        for (uint64_t vni = *first; vni <= *last; ++vni)
        {
            vnis.insert(static_cast<uint32_t>(vni));
        }
    }
    return vnis;
}

/** \returns the address of each node, by which others reach its devices. */
std::vector<Ipv4Address>
FindAddresses(const YamlFields& fields, const VxlanSpec& vxlan, const TopologyGraph& topology)
{
    std::vector<Ipv4Address> addresses;
    for (const std::string& name : vxlan.nodes)
    {
        const std::size_t node = *topology.FindNode(name);
        if (topology.nodes[node].attachments.empty())
        {
            fields.Fail("nodes", name + " is on no link, give nodes that are");
        }
        const std::string interface = !vxlan.local.empty()
                                          ? FindVtepInterface(topology, node, vxlan.local)
                                      : vxlan.dev.empty() ? topology.GetVtepInterface(node)
                                                          : vxlan.dev;
        addresses.emplace_back(topology.GetAddress(node, interface));
    }
    return addresses;
}

} // namespace

ScenarioActionPtr
VxlanPlanAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<VxlanPlanAction>();
    const YamlFields fields =
        reader.GetFields("plan nodes vnis name ttl dev local port ageing learning mtu srcport "
                         "encapsulation split-horizon");
    VxlanSpec shared;
    shared.nodes = fields.GetList("nodes");
    for (const std::string& name : shared.nodes)
    {
        CheckNodeName(reader.GetTopology(), fields, "nodes", name);
    }
    const std::string prefix = fields.GetText("name", "vxlan");
    ReadVxlanOptions(fields, shared);
    std::set<uint32_t> vnis = ReadVnis(fields);
    const bool all = vnis.empty();
    const std::string file = FindPlan(fields);
    for (const PlanFileRow& row : ReadPlanFile(file))
    {
        if (!all && vnis.erase(row.vni) == 0)
        {
            continue;
        }
        VxlanSpec vxlan = shared;
        vxlan.vni = row.vni;
        vxlan.name = prefix + std::to_string(row.vni);
        CheckVxlanNodes(fields, vxlan, reader.GetTopology());
        vxlan.control = row.group ? "group" : "head-end";
        if (row.group)
        {
            vxlan.group = Ipv4Address(*row.group);
        }
        else
        {
            vxlan.remotes = FindAddresses(fields, vxlan, reader.GetTopology());
        }
        action->specs.push_back(std::move(vxlan));
    }
    if (!vnis.empty())
    {
        fields.Fail("vnis", "VNI " + std::to_string(*vnis.begin()) + " is not in " + file);
    }
    return action;
}

void
VxlanPlanAction::Check(ScenarioHistory& history) const
{
    for (const VxlanSpec& spec : specs)
    {
        history.AddVxlan(spec);
    }
}

void
VxlanPlanAction::Run(ScenarioRun& run) const
{
    for (const VxlanSpec& spec : specs)
    {
        VxlanAction single;
        single.spec = spec;
        single.Run(run);
    }
}

} // namespace ns3
