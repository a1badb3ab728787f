// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5, §4.2, and RFC 5015 §3.3: entries of the tree information base recomputed whole,
// and the rows of the forwarding cache that follow from them.
//
// A (*,G) row exists where (*,G) forwards anywhere. An (S,G) row exists where the (S,G) entry, or
// an (S,G,rpt) entry that forwards otherwise than (*,G), forwards anywhere (the Register tunnel
// counts); an empty (S,G) row only keeps the (*,G) row from forwarding the source's packets. The
// row of a bidirectional group also serves packets on their way up, and lives while any such come.
#include "ns3/pim-router.h"
#include "ns3/pim-rpf.h"

namespace ns3
{

PimMode
PimRouter::GetMode(Ipv4Address group) const
{
    if (m_ssmRange.Contains(group))
    {
        return PimMode::SSM;
    }
    if (const PimGroup* g = m_context.tib.FindGroup(group))
    {
        return g->mode;
    }
    const std::optional<PimRpMapping> mapping = m_rpSet.Lookup(group);
    if (!mapping)
    {
        return m_rpSet.IsSparseWithoutRp(group) ? PimMode::NO_RP : PimMode::UNKNOWN;
    }
    return mapping->bidirectional ? PimMode::BIDIRECTIONAL : PimMode::SPARSE;
}

PimRpfState
PimRouter::FindRpf(Ipv4Address target, Ipv4Address source, Ipv4Address group) const
{
    const std::optional<PimRpf> way =
        FindPimRpf(m_environment, m_context.neighbors, target, source, group);
    if (!way || !IsRoutable(group, way->interface))
    {
        return {};
    }
    return {way->interface, way->nextHop, way->metric, way->preference, way->nextHop == target};
}

void
PimRouter::ResolveGroup(PimGroup& g) const
{
    g.rp = Ipv4Address::GetAny();
    g.iAmRp = false;
    g.rpf = {};
    if (m_ssmRange.Contains(g.group))
    {
        g.mode = PimMode::SSM;
        return;
    }
    const std::optional<PimRpMapping> mapping = m_rpSet.Lookup(g.group);
    if (mapping)
    {
        g.rp = mapping->rp;
        g.learnedRp = Ipv4Address::GetAny();
    }
    else if (m_rpSet.GetMappings().empty())
    {
        g.rp = g.learnedRp;
    }
    if (g.rp == Ipv4Address::GetAny())
    {
        g.mode = m_rpSet.IsSparseWithoutRp(g.group) ? PimMode::NO_RP : PimMode::UNKNOWN;
        return;
    }
    g.mode = mapping && mapping->bidirectional ? PimMode::BIDIRECTIONAL : PimMode::SPARSE;
    // The RP address of a bidirectional group is a place on a link, not a router.
    g.iAmRp = g.mode == PimMode::SPARSE && m_environment.IsOwnAddress(g.rp);
    if (!g.iAmRp)
    {
        g.rpf = FindRpf(g.rp, Ipv4Address::GetAny(), g.group);
    }
    else
    {
        g.rpf.metric = 0;
        g.rpf.preference = 0;
    }
}

void
PimRouter::ResolveSource(const PimGroup& g, PimSource& s) const
{
    s.rpf = FindRpf(s.source, s.source, g.group);
}

void
PimRouter::Expire(const PimTimerKey& key)
{
    switch (key.timer)
    {
    case PimTimer::EXPIRY:
    case PimTimer::PRUNE_PENDING:
    case PimTimer::RPT_EXPIRY:
    case PimTimer::RPT_PRUNE_PENDING:
        m_downstream.Expire(key);
        break;
    case PimTimer::ASSERT:
        m_assert.Expire(key);
        break;
    case PimTimer::ASSERT_LIMIT:
        return;
    case PimTimer::UPSTREAM_JOIN:
    case PimTimer::OVERRIDE:
        m_upstream.Expire(key);
        break;
    case PimTimer::KEEPALIVE:
        ExpireKeepalive(key.entry);
        break;
    case PimTimer::REGISTER_STOP:
        m_register.Expire(key);
        break;
    }
    DrainLater();
}

std::optional<Time>
PimRouter::GetKeepaliveByData(const PimSource& s, const MulticastForwardingEntry* entry) const
{
    if (entry == nullptr || entry->packets == 0 || entry->row.incoming != s.rpf.interface)
    {
        return std::nullopt;
    }
    // The olist may be the link where the data comes in, for members there: the row leaves it out.
    const bool wanted =
        !entry->row.outgoing.IsEmpty() ||
        !m_context.macros.InheritedOlist(m_context.tib.GetGroup(entry->key.GetGroup()), s)
             .IsEmpty();
    if (!s.rpf.directlyConnected && (s.upstream != PimUpstreamState::JOINED || !wanted))
    {
        return std::nullopt;
    }
    const Time left =
        entry->lastUse + m_context.values.keepalivePeriod - m_environment.GetClock().Now();
    return left.IsStrictlyPositive() ? std::optional<Time>(left) : std::nullopt;
}

void
PimRouter::ExpireKeepalive(SourceGroup key)
{
    PimSource& s = m_context.tib.GetSource(key);
    if (const auto left = GetKeepaliveByData(s, m_forwarder.GetCache().Find(key)))
    {
        m_context.timers.Set({key, PimTimer::KEEPALIVE}, *left);
        return;
    }
    s.keepalive = false;
    m_forwarder.Rearm(key);
    m_context.Touch(key);
}

void
PimRouter::DrainLater()
{
    // Timers that ring at one moment are drained together, so that their joins go out together.
    if (!m_drainTimer.IsRunning())
    {
        m_drainTimer.Start(Seconds(0));
    }
}

void
PimRouter::Drain()
{
    if (m_draining)
    {
        return;
    }
    m_draining = true;
    while (!m_context.dirty.empty())
    {
        const SourceGroup key = *m_context.dirty.begin();
        m_context.dirty.erase(m_context.dirty.begin());
        Process(key);
    }
    m_context.queue.Flush();
    m_draining = false;
}

void
PimRouter::Process(SourceGroup key)
{
    PimGroup* g = m_context.tib.FindGroup(key.GetGroup());
    if (g == nullptr)
    {
        return;
    }
    if (key.IsStarG())
    {
        ProcessGroup(*g);
    }
    else if (PimSource* s = m_context.tib.FindSource(key))
    {
        ProcessSource(*g, *s);
    }
}

void
PimRouter::TouchSources(const PimGroup& g)
{
    for (const auto& [address, s] : g.sources)
    {
        m_context.Touch({s.source, g.group});
    }
}

void
PimRouter::ProcessGroup(PimGroup& g)
{
    ResolveGroup(g);
    m_assert.Update(g);
    m_upstream.Update(g);
    const PimMacros& macros = m_context.macros;
    PimInherited now{macros.Joins(g),
                     macros.PimInclude(g),
                     macros.ImmediateOlist(g),
                     g.mode,
                     g.rpf,
                     g.neighbor,
                     g.upstream,
                     g.rp};
    if (!(g.inherited == now))
    {
        if (g.iAmRp || now.neighbor.address != Ipv4Address::GetAny())
        {
            // Another router that still takes itself for the DR serves the same members.
            now.include.ForEach([this](uint32_t i) { m_context.neighbors.EnsureHelloSent(i); });
        }
        g.inherited = std::move(now);
        TouchSources(g);
    }
    const std::optional<MulticastRow> row = MakeRow(g);
    // Senders alone are forgotten by their row, which tells when none of them sends.
    g.hasSenders = g.hasSenders && g.mode == PimMode::BIDIRECTIONAL && row;
    SetRow(SourceGroup::StarG(g.group), row);
    if (!g.HasStarState() && g.members.IsEmpty() && g.sources.empty() && !g.hasSenders)
    {
        m_context.tib.EraseGroup(g.group);
        return;
    }
    InterfaceSet interfaces = g.members;
    for (const auto& [interface, state] : g.downstream)
    {
        interfaces.Add(interface);
    }
    for (const auto& [interface, record] : g.asserts)
    {
        interfaces.Add(interface);
    }
    if (g.rpf.interface != PIM_NO_INTERFACE)
    {
        interfaces.Add(g.rpf.interface);
    }
    m_context.tib.Index(SourceGroup::StarG(g.group), g, interfaces, g.rp);
}

void
PimRouter::ProcessSource(PimGroup& g, PimSource& s)
{
    const SourceGroup key{s.source, g.group};
    if (s.keepalive)
    {
        // What has been forwarded by the row so far counts for the Keepalive Timer.
        if (const auto left = GetKeepaliveByData(s, m_forwarder.GetCache().Find(key)))
        {
            m_context.Increase({key, PimTimer::KEEPALIVE}, *left);
        }
    }
    ResolveSource(g, s);
    m_assert.Update(g, s);
    m_register.Update(g, s);
    m_upstream.Update(g, s);
    if (!s.HasSgState() && !s.HasRptState() && !s.named &&
        !m_context.timers.Contains({key, PimTimer::OVERRIDE}))
    {
        SetRow(key, std::nullopt);
        m_context.dirty.erase(key);
        m_context.Touch(SourceGroup::StarG(g.group));
        m_context.tib.EraseSource(key);
        return;
    }
    SetRow(key, MakeRow(g, s));
    IndexSource(g, s);
}

void
PimRouter::IndexSource(const PimGroup& g, PimSource& s)
{
    InterfaceSet interfaces;
    for (const auto& [interface, state] : s.downstream)
    {
        interfaces.Add(interface);
    }
    for (const auto& [interface, state] : s.rptDownstream)
    {
        interfaces.Add(interface);
    }
    for (const auto& [interface, record] : s.asserts)
    {
        interfaces.Add(interface);
    }
    if (s.named)
    {
        interfaces += g.members;
    }
    if (s.rpf.interface != PIM_NO_INTERFACE)
    {
        interfaces.Add(s.rpf.interface);
    }
    m_context.tib.Index({s.source, g.group}, s, interfaces, s.source);
}

std::optional<MulticastRow>
PimRouter::MakeBidirectionalRow(const PimGroup& g) const
{
    const InterfaceSet down = m_context.macros.ImmediateOlist(g);
    if (g.rpf.interface == PIM_NO_INTERFACE || (down.IsEmpty() && !g.hasSenders))
    {
        return std::nullopt;
    }
    MulticastRow row;
    row.incoming = g.rpf.interface;
    for (const auto& [index, interface] : m_environment.GetInterfaces())
    {
        if (m_context.macros.IAmDf(g, index))
        {
            row.accepting.Add(index);
        }
    }
    row.outgoing = down;
    row.outgoing.Add(g.rpf.interface);
    row.idleAfter = down.IsEmpty() ? m_context.values.keepalivePeriod : Seconds(0);
    return row;
}

std::optional<MulticastRow>
PimRouter::MakeRow(const PimGroup& g) const
{
    if (g.mode == PimMode::BIDIRECTIONAL)
    {
        return MakeBidirectionalRow(g);
    }
    if (g.mode != PimMode::SPARSE || (!g.iAmRp && g.rpf.interface == PIM_NO_INTERFACE))
    {
        return std::nullopt;
    }
    MulticastRow row;
    row.incoming = g.iAmRp ? MulticastRow::REGISTER_INTERFACE : g.rpf.interface;
    row.outgoing = m_context.macros.ImmediateOlist(g);
    row.outgoing.Remove(g.rpf.interface);
    if (row.outgoing.IsEmpty())
    {
        return std::nullopt;
    }
    if (!m_context.macros.PimInclude(g).IsEmpty())
    {
        row.threshold = m_context.sptPolicy.Get(g.group);
    }
    if (const PimInterface* incoming = m_environment.FindInterface(g.rpf.interface))
    {
        // A source on the way to the RP itself starts its Keepalive Timer here, too (§4.2).
        row.localMask = incoming->mask;
        row.localNetwork = incoming->address.CombineMask(incoming->mask);
    }
    return row;
}

std::optional<MulticastRow>
PimRouter::MakeRow(const PimGroup& g, const PimSource& s) const
{
    if (g.mode == PimMode::BIDIRECTIONAL)
    {
        return std::nullopt;
    }
    const PimMacros& macros = m_context.macros;
    const InterfaceSet inheritedRpt = macros.InheritedOlistRpt(g, s);
    MulticastRow row;
    if (s.sptBit || inheritedRpt.IsEmpty())
    {
        row.incoming = s.rpf.interface;
    }
    else
    {
        row.incoming = g.iAmRp ? MulticastRow::REGISTER_INTERFACE : g.rpf.interface;
    }
    const bool startsKeepalive = macros.RestartsKeepalive(g, s, row.incoming) && !s.keepalive;
    const bool setsSptBit = !s.sptBit && (macros.UpdateSptBit(g, s, row.incoming) ||
                                          (s.rpf.directlyConnected && startsKeepalive));
    row.tellSources = setsSptBit || startsKeepalive;
    // A packet that will set the SPTbit is forwarded as if it were set.
    row.outgoing = s.sptBit || setsSptBit ? macros.InheritedOlist(g, s) : inheritedRpt;
    row.outgoing.Remove(row.incoming);
    row.registerTunnel = s.registerState == PimRegisterState::JOIN;
    if (!s.sptBit && !s.keepalive && g.mode == PimMode::SPARSE &&
        !macros.LastHopInterfaces(g, s).IsEmpty())
    {
        row.threshold = m_context.sptPolicy.Get(g.group);
    }
    const MulticastForwardingEntry* star = m_forwarder.GetCache().Find(SourceGroup::StarG(g.group));
    // Only this router's own members want the source's tree: they can stay on the shared one.
    row.yields = g.mode == PimMode::SPARSE && !g.iAmRp && star != nullptr &&
                 !s.rpf.directlyConnected && macros.Joins(s).IsEmpty() && !s.named;
    if (!s.HasSgState() && star != nullptr && star->row.outgoing == row.outgoing)
    {
        return std::nullopt;
    }
    const bool forwards = !row.outgoing.IsEmpty() || row.registerTunnel;
    if (!forwards && (g.iAmRp || star == nullptr))
    {
        return std::nullopt;
    }
    return row;
}

void
PimRouter::SetRow(const SourceGroup& key, const std::optional<MulticastRow>& row)
{
    const MulticastForwardingEntry* entry = m_forwarder.GetCache().Find(key);
    if (!row)
    {
        if (entry != nullptr)
        {
            m_forwarder.Remove(key);
        }
        return;
    }
    if (entry != nullptr && entry->row == *row)
    {
        return;
    }
    if (row->tellSources && (entry == nullptr || !entry->row.tellSources))
    {
        m_forwarder.Rearm(key);
    }
    if (!m_forwarder.Set(key, *row) && row->yields)
    {
        Displaced(key);
    }
}

std::vector<PimTibRow>
PimRouter::GetTibRows() const
{
    const PimMacros& macros = m_context.macros;
    std::vector<PimTibRow> rows;
    for (const auto& [address, g] : m_context.tib.GetGroups())
    {
        PimTibRow row;
        row.group = g.group;
        row.rp = g.rp;
        if (g.HasStarState())
        {
            row.upstreamInterface = g.rpf.interface;
            row.upstreamNeighbor = g.neighbor.address;
            row.upstreamState = EnumName(g.upstream);
            row.outgoing = macros.ImmediateOlist(g);
            rows.push_back(row);
        }
        for (const auto& [source, s] : g.sources)
        {
            row.source = s.source;
            if (s.HasSgState())
            {
                row.kind = PimTibRow::Kind::SG;
                row.upstreamInterface = s.rpf.interface;
                row.upstreamNeighbor = s.neighbor.address;
                row.upstreamState = EnumName(s.upstream);
                row.outgoing = macros.InheritedOlist(g, s);
                row.registerState =
                    s.registerState == PimRegisterState::NO_INFO ? "" : EnumName(s.registerState);
                rows.push_back(row);
            }
            if (s.HasRptState())
            {
                row.kind = PimTibRow::Kind::SG_RPT;
                row.upstreamInterface = g.rpf.interface;
                row.upstreamNeighbor = macros.RpfNeighborRpt(g, s);
                row.upstreamState = EnumName(s.rptUpstream);
                row.outgoing = macros.InheritedOlistRpt(g, s);
                row.registerState.clear();
                rows.push_back(row);
            }
        }
    }
    return rows;
}

} // namespace ns3
