// SPDX-License-Identifier: GPL-2.0-only
// What runs on the nodes of a lab, as its topology says: OSPF or static routes, IGMP, PIM.
#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/lab-network.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/scope-zones.h"
#include "ns3/shortest-paths.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

void
SetLabDefaults()
{
    GlobalValue::Bind("ChecksumEnabled", BooleanValue(true));
    // Without these, ARP drops the first packets and the fragments of Registers.
    Config::SetDefault("ns3::ArpCache::PendingQueueSize", UintegerValue(10000));
    Config::SetDefault("ns3::ArpL3Protocol::RequestJitter",
                       StringValue("ns3::ConstantRandomVariable[Constant=0]"));
    // RFC 1122 §2.3.2.1 asks for no more than a request a second. ns-3 keeps an address that has
    // not answered three of them silent for another 100 s; as in Linux, the next packet asks again.
    Config::SetDefault("ns3::ArpCache::DeadTimeout", TimeValue(Seconds(0)));
}

void
SetTreePolicy(TreePolicy trees)
{
    const bool staysOnRpTree = trees == TreePolicy::Rpt || trees == TreePolicy::RptRegister;
    Config::SetDefault("ns3::PimSmRouting::SptThreshold",
                       StringValue(staysOnRpTree ? "infinity" : "0"));
    Config::SetDefault("ns3::PimSmRouting::RegisterSwitchThreshold",
                       StringValue(trees == TreePolicy::RptRegister ? "infinity" : "0"));
    if (trees == TreePolicy::Ssm)
    {
        // Every group is source-specific: no RP, no Registers, no members that name no source.
        Config::SetDefault("ns3::PimSmRouting::SsmRange", StringValue("224.0.0.0/4"));
        Config::SetDefault("ns3::IgmpProtocol::SsmPrefix", StringValue("224.0.0.0"));
        Config::SetDefault("ns3::IgmpProtocol::SsmMask", StringValue("240.0.0.0"));
    }
}

void
LabNetwork::AddProtocols(std::size_t number)
{
    LabNode& lab = m_nodes[number];
    lab.igmp = CreateObject<IgmpProtocol>();
    lab.node->AggregateObject(lab.igmp);
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        IgmpInterfaceSettings settings;
        settings.version = m_graph.attachments[attachment].igmpVersion;
        settings.querier = m_graph.nodes[number].kind == NodeKind::Router;
        lab.igmp->SetInterfaceSettings(m_interfaces[attachment], settings);
    }
    if (lab.ospf)
    {
        ConfigureOspf(number);
    }
    if (m_graph.nodes[number].kind == NodeKind::Router)
    {
        ConfigurePim(number);
    }
}

namespace
{

/**
 * \returns whether \p node asks others to keep their transit off it (RFC 6987): a VTEP is an end of
 * paths, as in ShortestPaths. One of a single leg attracts none anyway, and its Router-LSA stays as
 * in the reference lab. The node's own settings come first.
 */
bool
IsStubRouter(const TopologyNode& node, const std::vector<AttributeSetting>& settings)
{
    const bool isSet = std::any_of(settings.begin(), settings.end(), [](const auto& setting) {
        return setting.name == "ns3::OspfRouting::StubRouter";
    });
    return !isSet && node.kind == NodeKind::Vtep && node.attachments.size() > 1;
}

} // namespace

void
LabNetwork::ConfigureOspf(std::size_t number)
{
    const LabNode& lab = m_nodes[number];
    if (m_graph.nodes[number].routerId)
    {
        lab.ospf->SetRouterId(OspfId(*m_graph.nodes[number].routerId));
    }
    if (IsStubRouter(m_graph.nodes[number], m_settings.nodes[lab.name]))
    {
        lab.ospf->SetAttribute("StubRouter", BooleanValue(true));
    }
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        const TopologyAttachment& end = m_graph.attachments[attachment];
        OspfInterfaceSettings settings;
        settings.cost = static_cast<uint16_t>(m_graph.GetCost(attachment));
        settings.area = OspfId(end.area);
        settings.priority = end.ospfPriority;
        settings.type = m_graph.networks[end.network].pointToPoint ? OspfNetworkType::POINT_TO_POINT
                                                                   : OspfNetworkType::BROADCAST;
        lab.ospf->SetInterfaceSettings(m_interfaces[attachment], settings);
    }
}

void
LabNetwork::ConfigurePim(std::size_t number)
{
    const TopologyNode& node = m_graph.nodes[number];
    LabNode& lab = m_nodes[number];
    for (std::size_t attachment : node.attachments)
    {
        const TopologyAttachment& end = m_graph.attachments[attachment];
        PimInterfaceSettings settings;
        settings.drPriority = end.drPriority;
        for (const Ipv4Prefix& border : end.scopeBorder)
        {
            settings.scopeBorders.push_back(border);
        }
        lab.pim->SetInterfaceSettings(m_interfaces[attachment], settings);
    }
    if (!node.candidateBsr.empty())
    {
        PimCandidateBsr candidate;
        candidate.interface = GetInterface(lab, node.candidateBsr);
        candidate.priority = node.candidateBsrPriority;
        lab.pim->SetCandidateBsr(candidate);
        // A candidate BSR is one in every zone that it is in.
        for (const Ipv4Prefix& range : FindScopeZones(m_graph, number))
        {
            candidate.zone = PimScopeZone{true, range};
            lab.pim->SetCandidateBsr(candidate);
        }
    }
    if (!node.candidateRp.empty())
    {
        PimCandidateRp candidate;
        candidate.interface = GetInterface(lab, node.candidateRp);
        candidate.priority = node.candidateRpPriority;
        candidate.bidirectional = m_settings.bidirectional;
        for (const Ipv4Prefix& groups : node.candidateRpGroups)
        {
            candidate.ranges.push_back(groups);
        }
        lab.pim->SetCandidateRp(candidate);
    }
    for (const StaticRpSpec& rp : node.staticRps)
    {
        m_settings.bidirectional ? lab.pim->AddBidirRp(rp.groups, Ipv4Address(rp.address))
                                 : lab.pim->AddStaticRp(rp.groups, Ipv4Address(rp.address));
    }
    for (const StaticRpSpec& rp : node.bidirRps)
    {
        lab.pim->AddBidirRp(rp.groups, Ipv4Address(rp.address));
    }
    PimSmHelper::ConnectMembership(lab.node);
}

void
LabNetwork::AddStaticRoutes()
{
    const ShortestPaths paths(m_graph);
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
    {
        if (m_graph.nodes[i].kind == NodeKind::Host ||
            m_graph.nodes[i].kind == NodeKind::Controller)
        {
            continue;
        }
        const std::vector<PathRoute> found = paths.From(i);
        std::vector<UnicastRoute> routes;
        for (std::size_t network = 0; network < found.size(); ++network)
        {
            const PathRoute& path = found[network];
            if (path.nextHops.empty() || path.nextHops.front().gateway == 0)
            {
                continue;
            }
            const Ipv4Prefix& prefix = m_graph.networks[network].prefix;
            UnicastRoute route;
            route.prefix = prefix.GetAddress();
            route.mask = prefix.GetMask();
            route.metric = path.metric;
            route.preference = 1;
            route.protocol = "static";
            for (const PathNextHop& hop : path.nextHops)
            {
                route.nextHops.push_back({m_interfaces[hop.attachment], Ipv4Address(hop.gateway)});
            }
            routes.push_back(route);
        }
        Ptr<Ipv4> ipv4 = m_nodes[i].node->GetObject<Ipv4>();
        auto& rib = dynamic_cast<StaticUnderlayRouting&>(*FindUnicastRib(ipv4));
        for (std::size_t attachment : m_graph.nodes[i].attachments)
        {
            rib.SetConnectedMetric(m_interfaces[attachment], m_graph.GetCost(attachment));
        }
        rib.SetRoutes(std::move(routes));
    }
}

void
LabNetwork::AddDefaultRoute(std::size_t number)
{
    for (std::size_t own : m_graph.nodes[number].attachments)
    {
        std::set<TopologyAddress> gateways;
        for (std::size_t other : m_graph.networks[m_graph.attachments[own].network].attachments)
        {
            if (m_graph.nodes[m_graph.attachments[other].node].kind == NodeKind::Router)
            {
                gateways.insert(m_graph.attachments[other].address);
            }
        }
        if (gateways.empty())
        {
            continue;
        }
        UnicastRoute route;
        route.metric = 1;
        route.preference = 1;
        route.protocol = "static";
        route.nextHops = {{m_interfaces[own], Ipv4Address(*gateways.begin())}};
        Ptr<Ipv4> ipv4 = m_nodes[number].node->GetObject<Ipv4>();
        dynamic_cast<StaticUnderlayRouting&>(*FindUnicastRib(ipv4)).SetRoutes({route});
        return;
    }
}

} // namespace ns3
