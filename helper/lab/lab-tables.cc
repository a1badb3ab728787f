// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-tables.h"

#include "ns3/interface-names.h"
#include "ns3/scenario-values.h"
#include "ns3/simulator.h"
#include "ns3/unicast-rib.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

void
SnapshotRows::Add(std::vector<std::string> cells) const
{
    cells.insert(cells.begin(), {snapshot, time});
    table.AddRow(std::move(cells));
}

namespace
{

template <typename T>
std::string
ToText(const T& value)
{
    std::ostringstream os;
    os << value;
    return os.str();
}

/** \returns the address, or nothing for 0.0.0.0. */
std::string
ToTextUnlessAny(Ipv4Address address)
{
    return address.IsAny() ? "" : ToText(address);
}

std::string
ToText(Ipv4Address address, Ipv4Mask mask)
{
    return ToText(address) + "/" + std::to_string(mask.GetPrefixLength());
}

/** \returns the interfaces that a row sends to; the Register tunnel is called `register`. */
std::string
JoinOutgoing(const LabNode& node, const MulticastRow& row)
{
    const std::string names = JoinInterfaceNames(node.node, row.outgoing);
    return names + (row.registerTunnel ? (names.empty() ? "register" : " register") : "");
}

} // namespace

void
AppendRoutes(const LabNode& node, const SnapshotRows& rows)
{
    for (const UnicastRoute& route : FindUnicastRib(node.node->GetObject<Ipv4>())->GetRoutes())
    {
        for (const UnicastNextHop& hop : route.nextHops)
        {
            rows.Add({node.name,
                      ToText(route.prefix, route.mask),
                      std::to_string(route.metric),
                      ToTextUnlessAny(hop.gateway),
                      GetInterfaceName(node.node, hop.interface),
                      route.protocol});
        }
    }
}

void
AppendRp(const LabNode& node, const SnapshotRows& rows)
{
    if (!node.pim || !node.pim->IsRunning())
    {
        return;
    }
    const auto bsrOf = [&node](const PimScopeZone& zone) {
        const PimBootstrapZone* machine = node.pim->GetBootstrap().FindZone(zone);
        return machine ? machine->GetBsr() : PimBsr();
    };
    const auto add = [&](const PimBsr& bsr, std::vector<std::string> rp) {
        const bool known = !bsr.address.IsAny();
        rp.insert(
            rp.begin(),
            {node.name, ToTextUnlessAny(bsr.address), known ? std::to_string(bsr.priority) : ""});
        rows.Add(std::move(rp));
    };
    const std::vector<PimRpMapping> mappings = node.pim->GetRpSet().GetMappings();
    for (const PimRpMapping& mapping : mappings)
    {
        add(mapping.isStatic ? PimBsr() : bsrOf(mapping.zone),
            {ToText(mapping.rp),
             mapping.range.ToString(),
             std::to_string(mapping.priority),
             mapping.isStatic ? "" : std::to_string(mapping.holdtime)});
    }
    // A BSR that has named no RP yet is worth a row, too.
    if (mappings.empty() && !bsrOf(PimScopeZone()).address.IsAny())
    {
        add(bsrOf(PimScopeZone()), {"", "", "", ""});
    }
}

void
AppendTib(const LabNode& node, const SnapshotRows& rows)
{
    if (!node.pim)
    {
        return;
    }
    for (const PimTibRow& row : node.pim->GetTib())
    {
        static const char* const kinds[] = {"*,G", "S,G", "S,G,rpt"};
        rows.Add({node.name,
                  kinds[static_cast<std::size_t>(row.kind)],
                  row.source.IsAny() ? "*" : ToText(row.source),
                  ToText(row.group),
                  ToTextUnlessAny(row.rp),
                  row.upstreamInterface == PIM_NO_INTERFACE
                      ? ""
                      : GetInterfaceName(node.node, row.upstreamInterface),
                  ToTextUnlessAny(row.upstreamNeighbor),
                  row.upstreamState,
                  JoinInterfaceNames(node.node, row.outgoing),
                  row.registerState});
    }
}

void
AppendMfc(const LabNode& node, const SnapshotRows& rows)
{
    if (!node.pim)
    {
        return;
    }
    for (const MulticastForwardingEntry* entry : node.pim->GetForwardingEntries())
    {
        const uint32_t incoming = entry->row.incoming;
        const bool isInterface =
            incoming != MulticastRow::NO_INTERFACE && incoming != MulticastRow::REGISTER_INTERFACE;
        rows.Add({node.name,
                  entry->key.IsStarG() ? "*" : ToText(entry->key.GetSource()),
                  ToText(entry->key.GetGroup()),
                  isInterface ? GetInterfaceName(node.node, incoming) : "",
                  JoinOutgoing(node, entry->row),
                  std::to_string(entry->packets),
                  std::to_string(entry->bytes)});
    }
}

void
AppendIgmp(const LabNode& node, const SnapshotRows& rows)
{
    for (const IgmpMembership& entry : node.igmp->GetMemberships())
    {
        std::string sources;
        for (Ipv4Address source : entry.GetFilterSources())
        {
            sources += (sources.empty() ? "" : " ") + ToText(source);
        }
        rows.Add({node.name,
                  GetInterfaceName(node.node, entry.interface),
                  ToText(entry.group),
                  EnumName(entry.mode),
                  sources,
                  ToText(entry.lastReporter)});
    }
}

void
AppendFdb(const LabNode& node, const SnapshotRows& rows)
{
    for (const auto& [name, device] : node.vxlans)
    {
        const auto add = [&, &deviceName = name, &vxlan = device](const std::string& mac,
                                                                  Ipv4Address vtep,
                                                                  const std::string& state,
                                                                  const std::string& age) {
            rows.Add({node.name,
                      deviceName,
                      std::to_string(vxlan->GetVni()),
                      mac,
                      ToText(vtep),
                      state,
                      age});
        };
        for (const VxlanFdbEntry& entry : device->GetFdb().GetEntries())
        {
            add(ToText(entry.mac),
                entry.vtep,
                entry.IsPermanent() ? "permanent" : "learned",
                FormatSeconds(Simulator::Now() - entry.seen));
        }
        for (Ipv4Address destination : device->GetFdb().GetDefaults())
        {
            add("00:00:00:00:00:00", destination, "permanent", "");
        }
    }
}

} // namespace ns3
