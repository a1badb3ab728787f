// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-tables.h"

#include "ns3/igmp-protocol.h"
#include "ns3/interface-names.h"
#include "ns3/msdp-protocol.h"
#include "ns3/number-format.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/plane-tables.h"
#include "ns3/simulator.h"
#include "ns3/unicast-rib.h"

namespace ns3
{

namespace
{

/** \returns the address, or nothing for 0.0.0.0. */
std::optional<Ipv4Address>
UnlessAny(Ipv4Address address)
{
    return address.IsAny() ? std::nullopt : std::make_optional(address);
}

/** \returns the interfaces that an entry sends to; the Register tunnel is called `register`. */
std::string
JoinOutgoing(const LabNode& node, const MulticastEntrySpec& entry)
{
    const std::string names = JoinInterfaceNames(node.node, entry.outgoing);
    return names + (entry.registerTunnel ? (names.empty() ? "register" : " register") : "");
}

/** \returns the BSR that \p node has elected in \p zone; without an address if there is none. */
PimBsr
FindBsr(const LabNode& node, const PimScopeZone& zone)
{
    const PimBootstrapZone* machine = node.pim->GetInstance().GetBootstrap().FindZone(zone);
    return machine ? machine->GetBsr() : PimBsr();
}

RpRow
MakeRpRow(const LabNode& node, const PimBsr& bsr)
{
    RpRow row;
    row.node = node.name;
    if (!bsr.address.IsAny())
    {
        row.bsr = bsr.address;
        row.bsrPriority = bsr.priority;
    }
    return row;
}

} // namespace

std::vector<RouteRow>
GetRouteRows(const LabNode& node)
{
    std::vector<RouteRow> rows;
    for (const UnicastRoute& route : FindUnicastRib(node.node->GetObject<Ipv4>())->GetRoutes())
    {
        for (const UnicastNextHop& hop : route.nextHops)
        {
            rows.push_back({node.name,
                            ToText(route.prefix),
                            route.metric,
                            UnlessAny(hop.gateway),
                            GetInterfaceName(node.node, hop.interface),
                            EnumName(route.protocol)});
        }
    }
    return rows;
}

std::vector<RpRow>
GetRpRows(const LabNode& node)
{
    std::vector<RpRow> rows;
    if (!node.pim || !node.pim->IsRunning())
    {
        return rows;
    }
    for (const PimRpMapping& mapping : node.pim->GetInstance().GetRpSet().GetMappings())
    {
        RpRow row = MakeRpRow(node, mapping.isStatic ? PimBsr() : FindBsr(node, mapping.zone));
        row.rp = mapping.rp;
        row.groupPrefix = mapping.range.ToString();
        row.rpPriority = mapping.priority;
        if (!mapping.isStatic)
        {
            row.holdtime = mapping.holdtime;
        }
        rows.push_back(row);
    }
    const PimBsr bsr = FindBsr(node, PimScopeZone());
    if (rows.empty() && !bsr.address.IsAny())
    {
        rows.push_back(MakeRpRow(node, bsr));
    }
    return rows;
}

std::vector<IgmpRow>
GetIgmpRows(const LabNode& node)
{
    std::vector<IgmpRow> rows;
    for (const IgmpMembership& membership : node.igmp->GetMemberships())
    {
        rows.push_back({node.name,
                        GetInterfaceName(node.node, membership.interface),
                        membership.group,
                        membership.mode,
                        membership.GetFilterSources(),
                        membership.lastReporter});
    }
    return rows;
}

std::vector<TibRow>
GetTibRows(const LabNode& node)
{
    std::vector<TibRow> rows;
    if (!node.pim)
    {
        return rows;
    }
    for (const PimTibRow& entry : node.pim->GetTib())
    {
        rows.push_back({node.name,
                        entry.kind,
                        UnlessAny(entry.source),
                        entry.group,
                        UnlessAny(entry.rp),
                        entry.upstreamInterface == PIM_NO_INTERFACE
                            ? ""
                            : GetInterfaceName(node.node, entry.upstreamInterface),
                        UnlessAny(entry.upstreamNeighbor),
                        entry.upstreamState,
                        JoinInterfaceNames(node.node, entry.outgoing),
                        entry.registerState});
    }
    return rows;
}

std::vector<MfcRow>
GetMfcRows(const LabNode& node)
{
    std::vector<MfcRow> rows;
    if (!node.pim)
    {
        return rows;
    }
    for (const MulticastForwardingEntry* entry : node.pim->GetForwardingEntries())
    {
        const uint32_t incoming = entry->spec.incoming;
        const bool isInterface = incoming != MulticastEntrySpec::NO_INTERFACE &&
                                 incoming != MulticastEntrySpec::REGISTER_INTERFACE;
        rows.push_back(
            {node.name,
             entry->key.IsStarG() ? std::nullopt : std::make_optional(entry->key.GetSource()),
             entry->key.GetGroup(),
             isInterface ? GetInterfaceName(node.node, incoming) : "",
             JoinOutgoing(node, entry->spec),
             entry->packets,
             entry->bytes});
    }
    return rows;
}

std::vector<FdbRow>
GetFdbRows(const LabNode& node)
{
    std::vector<FdbRow> rows;
    for (const auto& [name, device] : node.vxlans)
    {
        const uint32_t vni = device->GetVni();
        for (const VxlanFdbEntry& entry : device->GetFdb().GetEntries())
        {
            rows.push_back({node.name,
                            name,
                            vni,
                            entry.mac,
                            entry.vtep,
                            entry.IsPermanent(),
                            Simulator::Now() - entry.seen,
                            entry.origin});
        }
        for (const VxlanGroupEntry& group : device->GetFdb().GetGroups())
        {
            for (Ipv4Address destination : group.destinations)
            {
                rows.push_back({node.name,
                                name,
                                vni,
                                group.mac,
                                destination,
                                true,
                                std::nullopt,
                                group.origin});
            }
        }
        for (Ipv4Address destination : device->GetFdb().GetDefaults())
        {
            rows.push_back({node.name,
                            name,
                            vni,
                            Mac48Address(),
                            destination,
                            true,
                            std::nullopt,
                            device->GetFdb().GetDefaultOrigin(destination)});
        }
    }
    return rows;
}

std::vector<EvpnRow>
GetEvpnRows(const LabNode& node)
{
    std::vector<EvpnRow> rows;
    for (const EvpnRouteRow& route : GetEvpnRouteRows(node.node))
    {
        rows.push_back({node.name, route});
    }
    return rows;
}

std::vector<MsdpRow>
GetMsdpRows(const LabNode& node)
{
    std::vector<MsdpRow> rows;
    if (!node.msdp || !node.msdp->IsRunning())
    {
        return rows;
    }
    const MsdpInstance& instance = node.msdp->GetInstance();
    for (const SourceGroup& key : node.msdp->GetOwnSources())
    {
        rows.push_back(
            {node.name, key.GetSource(), key.GetGroup(), instance.GetOriginatorId(), std::nullopt});
    }
    for (const auto& [key, entry] : instance.GetSaCache().GetEntries())
    {
        rows.push_back({node.name, key.key.GetSource(), key.key.GetGroup(), key.rp, entry.peer});
    }
    return rows;
}

std::vector<NeighborRow>
GetNeighborRows(const LabNode& node)
{
    std::vector<NeighborRow> rows;
    for (const EvpnNeighborRow& neighbor : GetEvpnNeighborRows(node.node))
    {
        if (neighbor.vtep) // those of this side answer themselves
        {
            rows.push_back({node.name,
                            neighbor.vni,
                            neighbor.ip,
                            neighbor.mac,
                            *neighbor.vtep,
                            VxlanFdbOrigin::EVPN});
        }
    }
    const std::vector<NeighborRow> others = GetPlaneNeighborRows(node);
    rows.insert(rows.end(), others.begin(), others.end());
    for (const auto& [name, device] : node.vxlans)
    {
        const Ptr<VxlanControlPlane> control = device->GetControlPlane();
        for (const VxlanNeighbor& heard :
             control ? control->GetLearnedNeighbors() : std::vector<VxlanNeighbor>())
        {
            rows.push_back({node.name,
                            device->GetVni(),
                            heard.ip,
                            heard.mac,
                            heard.vtep,
                            VxlanFdbOrigin::LEARNED});
        }
    }
    return rows;
}

} // namespace ns3
