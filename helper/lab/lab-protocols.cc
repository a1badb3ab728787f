// SPDX-License-Identifier: GPL-2.0-only
// What runs on the nodes of a lab, as its topology says: OSPF or static routes, IGMP, PIM.
#include "ns3/boolean.h"
#include "ns3/config.h"
#include "ns3/global-value.h"
#include "ns3/igmp-protocol.h"
#include "ns3/lab-network.h"
#include "ns3/on-demand-routing.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-sm-helper.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/scope-zones.h"
#include "ns3/shortest-paths.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <memory>
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
    // Most nodes have the default attributes, which ns-3 takes long to set.
    const bool isLikeOthers = m_settings.nodes[lab.name].empty();
    lab.igmp = isLikeOthers && m_igmp ? CopyObject(m_igmp) : CreateObject<IgmpProtocol>();
    m_igmp = isLikeOthers ? lab.igmp : m_igmp;
    lab.node->AggregateObject(lab.igmp);
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        IgmpInterfaceSettings settings;
        settings.version = m_graph.attachments[attachment].igmpVersion;
        settings.querier = m_graph.nodes[number].kind == NodeKind::Router;
        lab.igmp->SetInterfaceSettings(m_interfaces[attachment], settings);
    }
    for (uint32_t loopback : m_loopbacks[number])
    {
        IgmpInterfaceSettings settings;
        settings.querier = m_graph.nodes[number].kind == NodeKind::Router;
        lab.igmp->SetInterfaceSettings(loopback, settings);
    }
    if (lab.ospf)
    {
        ConfigureOspf(number);
    }
    if (m_graph.nodes[number].kind == NodeKind::Router)
    {
        ConfigurePim(number);
        AddAnycastRps(number);
        AddMsdp(number);
    }
    AddBfd(number);
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
    return !isSet &&
           (node.maxMetric || (node.kind == NodeKind::Vtep && node.attachments.size() > 1));
}

/** \returns the lowest of the areas that \p node is in: a loopback makes no router a border router.
 */
OspfId
FindLoopbackArea(const TopologyGraph& graph, const TopologyNode& node)
{
    TopologyAddress area = graph.attachments[node.attachments.front()].area;
    for (std::size_t attachment : node.attachments)
    {
        area = std::min(area, graph.attachments[attachment].area);
    }
    return OspfId(area);
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
    for (const StubAreaSpec& area : m_graph.nodes[number].stubAreas)
    {
        OspfAreaConfig config;
        config.id = OspfId(area.area);
        config.stub = true;
        config.importSummaries = area.summaries;
        lab.ospf->ConfigureArea(config);
    }
    for (std::size_t attachment : m_graph.nodes[number].attachments)
    {
        const TopologyAttachment& end = m_graph.attachments[attachment];
        OspfInterfaceSettings settings;
        settings.cost = static_cast<uint16_t>(m_graph.GetCost(attachment));
        settings.area = OspfId(end.area);
        settings.priority = end.ospfPriority;
        settings.type = m_graph.GetNetworkType(attachment) == TopologyNetworkType::PointToPoint
                            ? OspfNetworkType::POINT_TO_POINT
                            : OspfNetworkType::BROADCAST;
        settings.passive = m_graph.IsPassive(attachment);
        settings.unnumbered = !end.unnumbered.empty();
        lab.ospf->SetInterfaceSettings(m_interfaces[attachment], settings);
    }
    for (uint32_t loopback : m_loopbacks[number])
    {
        OspfInterfaceSettings settings;
        settings.type = OspfNetworkType::LOOPBACK;
        settings.area = FindLoopbackArea(m_graph, m_graph.nodes[number]);
        lab.ospf->SetInterfaceSettings(loopback, settings);
        lab.ospf->EnableInterface(loopback);
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
    for (uint32_t loopback : m_loopbacks[number])
    {
        PimInterfaceSettings settings;
        settings.enabled = true; // RPs and VTEPs may have their addresses there
        lab.pim->SetInterfaceSettings(loopback, settings);
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

namespace
{

/** \param interfaces of attachments, by number */
UnicastNextHops
MakeNextHops(const std::vector<PathNextHop>& nextHops, const std::vector<uint32_t>& interfaces)
{
    UnicastNextHops::List hops;
    for (const PathNextHop& hop : nextHops)
    {
        hops.push_back({interfaces[hop.attachment], Ipv4Address(hop.gateway)});
    }
    return hops;
}

UnicastRoute
MakeStaticRoute(const Ipv4Prefix& prefix, uint32_t metric, const UnicastNextHops& nextHops)
{
    return {prefix, metric, 1, UnicastProtocol::STATIC, nextHops};
}

/** Keeps the nearer of two ways to one prefix, both where they are as near. */
void
Improve(PathRoute& best, const PathRoute& other)
{
    if (best.nextHops.empty() || other.metric < best.metric)
    {
        best = other;
    }
    else if (other.metric == best.metric)
    {
        best.nextHops.insert(best.nextHops.end(), other.nextHops.begin(), other.nextHops.end());
        std::sort(best.nextHops.begin(), best.nextHops.end());
        best.nextHops.erase(std::unique(best.nextHops.begin(), best.nextHops.end()),
                            best.nextHops.end());
    }
}

} // namespace

/** Appends, for each node, routes to the prefixes of the others' loopbacks. */
void
LabNetwork::AddLoopbackRoutes(const ShortestPaths& paths,
                              std::vector<std::vector<UnicastRoute>>& routes) const
{
    std::map<Ipv4Prefix, std::set<std::size_t>> owners;
    for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
    {
        for (const LoopbackAddress& each : GetLoopbackAddresses(m_graph.nodes[node]))
        {
            owners[each.GetPrefix()].insert(node);
        }
    }
    for (const auto& [prefix, nodes] : owners)
    {
        std::vector<std::vector<PathRoute>> toOwners;
        toOwners.reserve(nodes.size());
        for (std::size_t owner : nodes)
        {
            toOwners.push_back(paths.ToNode(owner));
        }
        for (std::size_t node = 0; node < m_graph.nodes.size(); ++node)
        {
            PathRoute best;
            for (const std::vector<PathRoute>& toOwner : toOwners)
            {
                const PathRoute& path = toOwner[node];
                path.nextHops.empty() ? void() : Improve(best, path);
            }
            if (nodes.count(node) != 0 || best.nextHops.empty())
            {
                continue; // its own, or out of reach
            }
            routes[node].push_back(
                MakeStaticRoute(prefix, best.metric, MakeNextHops(best.nextHops, m_interfaces)));
        }
    }
}

namespace
{

/** What the static routes of all nodes are made of. */
struct StaticUnderlayPlan
{
    StaticUnderlayPlan(const TopologyGraph& graph, std::vector<uint32_t> interfaceNumbers)
        : paths(graph),
          interfaces(std::move(interfaceNumbers))
    {
        for (std::size_t network = 0; network < graph.networks.size(); ++network)
        {
            const bool isUnnumbered = graph.IsUnnumbered(network);
            prefixes.push_back(isUnnumbered ? std::nullopt
                                            : std::optional(graph.networks[network].prefix));
            if (!isUnnumbered)
            {
                hasTwins = !networks.emplace(*prefixes.back(), network).second || hasTwins;
                lengths |= uint64_t(1) << prefixes.back()->GetLength();
            }
        }
    }

    ShortestPaths paths;
    std::vector<uint32_t> interfaces;                //!< of attachments
    std::vector<std::optional<Ipv4Prefix>> prefixes; //!< of networks
    std::map<Ipv4Prefix, std::size_t> networks;      //!< by prefix
    uint64_t lengths{0};                             //!< a bit for each mask length
    bool hasTwins{false};                            //!< two networks have one prefix
};

/** Finds single routes of one node; searches the graph when it is first asked. */
class StaticRouteFinder
{
  public:
    StaticRouteFinder(std::shared_ptr<const StaticUnderlayPlan> plan, std::size_t node)
        : m_plan(std::move(plan)),
          m_node(node)
    {
    }

    const UnicastRoute* operator()(Ipv4Address destination)
    {
        for (int length = Ipv4Prefix::MAX_LENGTH; length >= 0; --length)
        {
            const Ipv4Prefix prefix(destination.Get(), static_cast<uint8_t>(length));
            const auto network = (m_plan->lengths >> length & 1) != 0
                                     ? m_plan->networks.find(prefix)
                                     : m_plan->networks.end();
            if (network == m_plan->networks.end())
            {
                continue;
            }
            const auto known = m_found.find(prefix);
            if (known != m_found.end())
            {
                return &known->second;
            }
            m_paths = m_paths ? m_paths : std::make_shared<Paths>(m_plan->paths.Find(m_node));
            const PathRoute route = m_paths->Get(network->second);
            if (!route.nextHops.empty() && route.nextHops.front().gateway != 0)
            {
                const UnicastNextHops hops = MakeNextHops(route.nextHops, m_plan->interfaces);
                return &m_found.emplace(prefix, MakeStaticRoute(prefix, route.metric, hops))
                            .first->second;
            }
        }
        return nullptr;
    }

  private:
    using Paths = ShortestPaths::NodePaths;

    std::shared_ptr<const StaticUnderlayPlan> m_plan;
    std::size_t m_node;
    std::shared_ptr<const Paths> m_paths;
    std::map<Ipv4Prefix, UnicastRoute> m_found;
};

/** \returns \p routes and those of node \p number to the networks that are not its own. */
std::vector<UnicastRoute>
AddNetworkRoutes(std::vector<UnicastRoute> routes,
                 const StaticUnderlayPlan& plan,
                 std::size_t number)
{
    routes.reserve(routes.size() + plan.prefixes.size());
    UnicastNextHops hops;
    const std::vector<PathNextHop>* last = nullptr; // many a network is behind the one before
    plan.paths.Visit(
        number,
        [&](std::size_t network, uint32_t metric, const std::vector<PathNextHop>& nextHops) {
            const std::optional<Ipv4Prefix>& prefix = plan.prefixes[network];
            if (nextHops.empty() || nextHops.front().gateway == 0 || !prefix)
            {
                return;
            }
            if (last == nullptr || (last != &nextHops && *last != nextHops))
            {
                hops = MakeNextHops(nextHops, plan.interfaces);
                last = &nextHops;
            }
            routes.push_back(MakeStaticRoute(*prefix, metric, hops));
        });
    return routes;
}

} // namespace

void
LabNetwork::AddStaticRoutes()
{
    const auto plan = std::make_shared<const StaticUnderlayPlan>(m_graph, m_interfaces);
    std::vector<std::vector<UnicastRoute>> toLoopbacks(m_nodes.size());
    AddLoopbackRoutes(plan->paths, toLoopbacks);
    for (std::size_t i = 0; i < m_nodes.size(); ++i)
    {
        if (m_graph.nodes[i].kind == NodeKind::Host ||
            m_graph.nodes[i].kind == NodeKind::Controller)
        {
            continue;
        }
        UnicastRib* rib = FindUnicastRib(m_nodes[i].node->GetObject<Ipv4>());
        auto& routing = dynamic_cast<StaticUnderlayRouting&>(*rib);
        for (std::size_t attachment : m_graph.nodes[i].attachments)
        {
            routing.SetConnectedMetric(m_interfaces[attachment], m_graph.GetCost(attachment));
        }
        const bool isRouter = m_graph.nodes[i].kind == NodeKind::Router;
        isRouter ? routing.SetRoutes(toLoopbacks[i]) : void();
        auto make = [plan, i, known = std::move(toLoopbacks[i])] {
            return AddNetworkRoutes(known, *plan, i);
        };
        dynamic_cast<OnDemandRouting&>(*rib).SetMaker(
            std::move(make),
            isRouter && !plan->hasTwins ? OnDemandRouting::Finder(StaticRouteFinder(plan, i))
                                        : nullptr);
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
        route.protocol = UnicastProtocol::STATIC;
        route.nextHops = {{m_interfaces[own], Ipv4Address(*gateways.begin())}};
        Ptr<Ipv4> ipv4 = m_nodes[number].node->GetObject<Ipv4>();
        dynamic_cast<StaticUnderlayRouting&>(*FindUnicastRib(ipv4)).SetRoutes({route});
        return;
    }
}

} // namespace ns3
