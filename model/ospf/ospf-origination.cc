// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §12.4 and Appendix E; RFC 6987.
#include "ns3/ospf-origination.h"

#include "ns3/ospf-flooding.h"

#include <algorithm>

namespace ns3
{

namespace
{

OspfRouterLink
MakeStub(const OspfInterfaceConfig& config)
{
    return {OspfId(config.address.CombineMask(config.mask)),
            Ipv4Address(config.mask.Get()),
            OspfRouterLink::STUB,
            config.cost};
}

bool
IsFull(const OspfNeighbor& neighbor)
{
    return neighbor.GetState() == OspfNeighborState::FULL;
}

/** \returns whether a transit link stands for the interface: it is Full with the DR (§12.4.1.2). */
bool
IsTransit(const OspfInterface& interface)
{
    const auto& neighbors = interface.GetNeighbors();
    return std::any_of(neighbors.begin(), neighbors.end(), [&interface](const auto& item) {
        return IsFull(*item.second) &&
               (interface.GetState() == OspfInterfaceState::DR ||
                item.second->GetAddress() == interface.GetDesignatedRouter());
    });
}

void
AddLinks(const OspfInterface& interface, std::vector<OspfRouterLink>& links)
{
    const OspfInterfaceConfig& config = interface.GetConfig();
    switch (interface.GetState())
    {
    case OspfInterfaceState::DOWN:
        return;
    case OspfInterfaceState::LOOPBACK:
        if (config.type != OspfNetworkType::LOOPBACK)
        {
            links.push_back(
                {OspfId(config.address), Ipv4Address(0xffffffff), OspfRouterLink::STUB, 0});
        }
        for (const Ipv4Prefix& prefix : config.loopback)
        {
            // A shorter mask keeps its length: phantom RPs are chosen by it.
            links.push_back({OspfId(prefix.GetBits()),
                             Ipv4Address(prefix.GetMaskBits()),
                             OspfRouterLink::STUB,
                             config.cost});
        }
        return;
    case OspfInterfaceState::POINT_TO_POINT:
        for (const auto& [key, neighbor] : interface.GetNeighbors())
        {
            if (IsFull(*neighbor))
            {
                links.push_back({neighbor->GetRouterId(),
                                 GetOspfLinkData(config),
                                 OspfRouterLink::POINT_TO_POINT,
                                 config.cost});
            }
        }
        if (!config.unnumbered) // whose address is advertised where it stands
        {
            links.push_back(MakeStub(config));
        }
        return;
    default:
        if (IsTransit(interface))
        {
            links.push_back({OspfId(interface.GetDesignatedRouter()),
                             config.address,
                             OspfRouterLink::TRANSIT,
                             config.cost});
        }
        else
        {
            links.push_back(MakeStub(config));
        }
    }
}

/** \returns what an area border router advertises into an area, ranges applied (§12.4.3). */
std::map<Ipv4Prefix, uint32_t>
SelectSummaries(const OspfTables& tables, const OspfArea& to)
{
    std::map<Ipv4Prefix, uint32_t> metrics;
    const OspfRoutingTable table = tables.GetRoutes();
    for (const auto& [prefix, route] : table.networks)
    {
        const bool internal =
            route.type == OspfPathType::INTRA_AREA ||
            (route.type == OspfPathType::INTER_AREA && to.config.id != OspfId::BACKBONE);
        if (!internal || route.area == to.config.id || route.path.cost >= OSPF_LS_INFINITY ||
            tables.LeadsInto(route.path, to))
        {
            continue;
        }
        const OspfAreaRange* range =
            route.type == OspfPathType::INTRA_AREA ? tables.FindRange(route.area, prefix) : nullptr;
        if (range && !range->advertise)
        {
            continue;
        }
        uint32_t& metric = metrics[range ? range->prefix : prefix];
        metric = std::max(metric, route.path.cost);
    }
    return metrics;
}

} // namespace

std::map<Ipv4Prefix, OspfId>
AssignOspfLinkStateIds(const std::set<Ipv4Prefix>& prefixes)
{
    std::map<Ipv4Prefix, OspfId> ids;
    for (const Ipv4Prefix& prefix : prefixes)
    {
        // A host route has no bits to set, so it takes the plain address before all others.
        const bool host = prefixes.count(Ipv4Prefix::Host(prefix.GetAddress())) != 0;
        const auto previous = ids.empty() ? ids.end() : std::prev(ids.end());
        const bool shared = previous != ids.end() && previous->first.GetBits() == prefix.GetBits();
        const bool plain = host ? prefix.GetLength() == Ipv4Prefix::MAX_LENGTH : !shared;
        ids[prefix] = OspfId(plain ? prefix.GetBits() : prefix.GetBits() | ~prefix.GetMaskBits());
    }
    return ids;
}

OspfOrigination::OspfOrigination(OspfTables& tables, OspfFlooding& flooding)
    : m_tables(tables),
      m_flooding(flooding),
      m_now(tables.clock, [this] { Reconcile(); }),
      m_retry(tables.clock, [this] { Reconcile(); })
{
}

void
OspfOrigination::Schedule()
{
    if (!m_now.IsRunning())
    {
        m_now.Start(Seconds(0));
    }
}

void
OspfOrigination::Refresh(OspfId area, const OspfLsaKey& key)
{
    m_refresh.insert({area, key});
    Schedule();
}

void
OspfOrigination::NoteSequence(OspfId area, const OspfLsaHeader& header)
{
    auto [it, added] = m_sequences.emplace(ScopedKey(area, header.GetKey()), header.sequence);
    if (!added)
    {
        it->second = std::max(it->second, header.sequence);
    }
}

void
OspfOrigination::RestartSequence(OspfId area, const OspfLsaKey& key)
{
    m_sequences.erase({area, key});
}

void
OspfOrigination::SetExternalRoute(const OspfExternalRoute& route)
{
    m_externalRoutes[route.prefix] = route;
    Schedule();
}

void
OspfOrigination::RemoveExternalRoute(const Ipv4Prefix& prefix)
{
    m_externalRoutes.erase(prefix);
    Schedule();
}

bool
OspfOrigination::HasExternalRoutes() const
{
    return !m_externalRoutes.empty();
}

void
OspfOrigination::Reconcile()
{
    bool anyExternalArea = false;
    for (const auto& [id, area] : m_tables.areas)
    {
        Wanted wanted;
        if (!area->interfaces.empty())
        {
            wanted[MakeKey(OspfLsaType::ROUTER, m_tables.routerId)] = MakeRouterLsa(*area).Encode();
            AddNetworkLsas(*area, wanted);
        }
        if (m_tables.IsAreaBorderRouter() && m_tables.IsAttached(*area))
        {
            AddSummaryLsas(*area, wanted);
        }
        anyExternalArea = anyExternalArea || !area->config.stub;
        Reconcile(id, area->lsdb, wanted, m_tables.GetOptions(id));
    }
    Reconcile(OspfId::BACKBONE,
              m_tables.GetLsdb(OspfId::BACKBONE, OspfLsaType::AS_EXTERNAL),
              anyExternalArea ? MakeExternalLsas() : Wanted(),
              OSPF_OPTION_E);
}

void
OspfOrigination::Reconcile(OspfId area, OspfLsdb& lsdb, const Wanted& wanted, uint8_t options)
{
    for (const auto& [key, body] : wanted)
    {
        const OspfLsdbEntry* old = lsdb.Find(key);
        if (!old || old->received || lsdb.IsMaxAge(*old) || old->GetHeader().options != options ||
            old->GetBody() != body || m_refresh.count({area, key}))
        {
            Originate(area, old, key, body, options);
        }
    }
    std::vector<OspfLsaKey> unwanted;
    for (const auto& [key, entry] : lsdb.GetEntries())
    {
        if (m_tables.IsSelfOriginated(entry.GetHeader()) && !lsdb.IsMaxAge(entry) &&
            !wanted.count(key))
        {
            unwanted.push_back(key);
        }
    }
    for (const OspfLsaKey& key : unwanted)
    {
        m_flooding.Flush(area, key);
    }
}

void
OspfOrigination::Originate(OspfId area,
                           const OspfLsdbEntry* old,
                           const OspfLsaKey& key,
                           const std::vector<uint8_t>& body,
                           uint8_t options)
{
    const Time now = m_tables.clock.Now();
    const auto last = m_lastOriginated.find({area, key});
    if (last != m_lastOriginated.end() && now - last->second < m_tables.config.minLsInterval)
    {
        RetryAt(last->second + m_tables.config.minLsInterval);
        return;
    }
    if (old && old->GetHeader().sequence == OSPF_MAX_SEQUENCE_NUMBER)
    {
        // §12.1.6: the LSA must be gone everywhere before its numbers restart; the purge
        // schedules the rest.
        m_flooding.Flush(area, key);
        return;
    }
    OspfLsa lsa;
    lsa.header.options = options;
    lsa.header.type = static_cast<uint8_t>(key.type);
    lsa.header.linkStateId = key.linkStateId;
    lsa.header.advertisingRouter = key.advertisingRouter;
    const auto used = m_sequences.find({area, key});
    const bool restart =
        used == m_sequences.end() || used->second == OSPF_MAX_SEQUENCE_NUMBER; // gone everywhere
    lsa.header.sequence = restart ? OSPF_INITIAL_SEQUENCE_NUMBER : used->second + 1;
    lsa.body = body;
    lsa.Seal();
    m_lastOriginated[{area, key}] = now;
    m_refresh.erase({area, key});
    m_flooding.Originate(area, lsa);
}

void
OspfOrigination::RetryAt(Time time)
{
    const Time delay = time - m_tables.clock.Now();
    if (!m_retry.IsRunning() || m_retry.GetRemaining() > delay)
    {
        m_retry.Start(delay);
    }
}

OspfLsaKey
OspfOrigination::MakeKey(OspfLsaType type, OspfId linkStateId) const
{
    return {type, linkStateId, m_tables.routerId};
}

OspfRouterLsa
OspfOrigination::MakeRouterLsa(const OspfArea& area) const
{
    OspfRouterLsa lsa;
    lsa.areaBorder = m_tables.IsAreaBorderRouter();
    lsa.asBoundary = HasExternalRoutes() && !area.config.stub;
    for (const OspfInterface* interface : area.interfaces)
    {
        AddLinks(*interface, lsa.links);
    }
    for (OspfRouterLink& link : lsa.links)
    {
        // RFC 6987 §2: the networks of stub links are this router's own, and stay as near.
        if (m_tables.config.stubRouter && link.type != OspfRouterLink::STUB)
        {
            link.metric = OSPF_MAX_LINK_METRIC;
        }
    }
    return lsa;
}

void
OspfOrigination::AddNetworkLsas(const OspfArea& area, Wanted& wanted) const
{
    for (const OspfInterface* interface : area.interfaces)
    {
        if (interface->GetState() != OspfInterfaceState::DR)
        {
            continue;
        }
        OspfNetworkLsa lsa{interface->GetConfig().mask, {m_tables.routerId}};
        for (const auto& [address, neighbor] : interface->GetNeighbors())
        {
            if (IsFull(*neighbor))
            {
                lsa.attachedRouters.push_back(neighbor->GetRouterId());
            }
        }
        if (lsa.attachedRouters.size() > 1)
        {
            wanted[MakeKey(OspfLsaType::NETWORK, OspfId(interface->GetConfig().address))] =
                lsa.Encode();
        }
    }
}

void
OspfOrigination::AddSummaryLsas(const OspfArea& area, Wanted& wanted) const
{
    std::map<Ipv4Prefix, uint32_t> metrics;
    if (!area.config.stub || area.config.importSummaries)
    {
        metrics = SelectSummaries(m_tables, area);
    }
    if (area.config.stub)
    {
        metrics[Ipv4Prefix()] = area.config.stubDefaultCost;
    }
    std::set<Ipv4Prefix> prefixes;
    for (const auto& [prefix, metric] : metrics)
    {
        prefixes.insert(prefix);
    }
    for (const auto& [prefix, id] : AssignOspfLinkStateIds(prefixes))
    {
        wanted[MakeKey(OspfLsaType::SUMMARY_NETWORK, id)] =
            OspfSummaryLsa{prefix.GetMask(), metrics[prefix]}.Encode();
    }
    if (area.config.stub)
    {
        return;
    }
    for (const auto& [id, route] : m_tables.beyondAreas.asBoundaryRouters)
    {
        const bool fitting =
            route.type == OspfPathType::INTRA_AREA || area.config.id != OspfId::BACKBONE;
        if (fitting && route.area != area.config.id && route.path.cost < OSPF_LS_INFINITY &&
            !m_tables.LeadsInto(route.path, area))
        {
            wanted[MakeKey(OspfLsaType::SUMMARY_ASBR, id)] =
                OspfSummaryLsa{OspfMask(), route.path.cost}.Encode();
        }
    }
}

OspfOrigination::Wanted
OspfOrigination::MakeExternalLsas() const
{
    std::set<Ipv4Prefix> prefixes;
    for (const auto& [prefix, route] : m_externalRoutes)
    {
        prefixes.insert(prefix);
    }
    Wanted wanted;
    for (const auto& [prefix, id] : AssignOspfLinkStateIds(prefixes))
    {
        const OspfExternalRoute& route = m_externalRoutes.at(prefix);
        wanted[MakeKey(OspfLsaType::AS_EXTERNAL, id)] =
            OspfExternalLsa{
                prefix.GetMask(), route.type2, route.metric, route.forwardingAddress, route.tag}
                .Encode();
    }
    return wanted;
}

} // namespace ns3
