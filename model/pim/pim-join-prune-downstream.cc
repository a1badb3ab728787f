// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.1 to §4.5.3. A Join(*,G) or Join(S,G) also ends a lost assert (§4.6.1, §4.6.2);
// that is the assert machine's business.
#include "ns3/pim-join-prune-downstream.h"

namespace ns3
{

PimJoinPruneDownstream::PimJoinPruneDownstream(PimContext& context)
    : m_context(context)
{
}

Time
PimJoinPruneDownstream::GetJoinPruneOverrideInterval(uint32_t interface) const
{
    // One neighbour has nobody to override it.
    return m_context.neighbors.GetNeighbors(interface).size() > 1
               ? m_context.neighbors.GetJoinPruneOverrideInterval(interface)
               : Seconds(0);
}

void
PimJoinPruneDownstream::SetExpiry(const PimTimerKey& key, uint16_t holdtime, bool extendOnly)
{
    const bool forEver = extendOnly && !m_context.timers.Contains(key);
    if (holdtime == PimJoinPrune::HOLDTIME_FOREVER || forEver)
    {
        m_context.timers.Remove(key);
        return;
    }
    if (!extendOnly || m_context.timers.GetRemaining(key) < Seconds(holdtime))
    {
        m_context.timers.Set(key, Seconds(holdtime));
    }
}

void
PimJoinPruneDownstream::Join(SourceGroup key,
                             PimTreeState& entry,
                             uint32_t interface,
                             uint16_t holdtime)
{
    PimJoinState& state = entry.downstream[interface];
    switch (state)
    {
    case PimJoinState::NO_INFO:
        state = PimJoinState::JOIN;
        SetExpiry({key, PimTimer::EXPIRY, interface}, holdtime, false);
        m_context.Touch(key);
        break;
    case PimJoinState::JOIN:
        SetExpiry({key, PimTimer::EXPIRY, interface}, holdtime, true);
        break;
    case PimJoinState::PRUNE_PENDING:
        state = PimJoinState::JOIN;
        m_context.timers.Remove({key, PimTimer::PRUNE_PENDING, interface});
        SetExpiry({key, PimTimer::EXPIRY, interface}, holdtime, true);
        break;
    }
}

void
PimJoinPruneDownstream::Prune(SourceGroup key, PimTreeState& entry, uint32_t interface)
{
    auto it = entry.downstream.find(interface);
    if (it != entry.downstream.end() && it->second == PimJoinState::JOIN)
    {
        it->second = PimJoinState::PRUNE_PENDING;
        m_context.timers.Set({key, PimTimer::PRUNE_PENDING, interface},
                             GetJoinPruneOverrideInterval(interface));
    }
}

void
PimJoinPruneDownstream::ReachNoInfo(SourceGroup key, PimTreeState& entry, uint32_t interface)
{
    entry.downstream.erase(interface);
    m_context.timers.Remove({key, PimTimer::EXPIRY, interface});
    m_context.timers.Remove({key, PimTimer::PRUNE_PENDING, interface});
    m_context.Touch(key);
}

void
PimJoinPruneDownstream::JoinStarG(Ipv4Address group, uint32_t interface, uint16_t holdtime)
{
    PimGroup& g = m_context.GetOrAddGroup(group);
    Join(SourceGroup::StarG(group), g, interface, holdtime);
    for (auto& [address, s] : g.sources)
    {
        auto it = s.rptDownstream.find(interface);
        if (it == s.rptDownstream.end())
        {
            continue;
        }
        const SourceGroup key{s.source, group};
        if (it->second == PimRptPruneState::PRUNE)
        {
            it->second = PimRptPruneState::PRUNE_TMP;
            m_temporary.emplace_back(key, interface);
        }
        else if (it->second == PimRptPruneState::PRUNE_PENDING)
        {
            it->second = PimRptPruneState::PRUNE_PENDING_TMP;
            m_temporary.emplace_back(key, interface);
        }
    }
}

void
PimJoinPruneDownstream::PruneStarG(Ipv4Address group, uint32_t interface)
{
    if (PimGroup* g = m_context.tib.FindGroup(group))
    {
        Prune(SourceGroup::StarG(group), *g, interface);
    }
}

void
PimJoinPruneDownstream::JoinSg(SourceGroup key, uint32_t interface, uint16_t holdtime)
{
    Join(key, m_context.GetOrAddSource(key), interface, holdtime);
}

void
PimJoinPruneDownstream::PruneSg(SourceGroup key, uint32_t interface)
{
    if (PimSource* s = m_context.tib.FindSource(key))
    {
        Prune(key, *s, interface);
    }
}

void
PimJoinPruneDownstream::SetRpt(SourceGroup key,
                               PimSource& s,
                               uint32_t interface,
                               PimRptPruneState state)
{
    if (state == PimRptPruneState::NO_INFO)
    {
        s.rptDownstream.erase(interface);
        m_context.timers.Remove({key, PimTimer::RPT_EXPIRY, interface});
    }
    else
    {
        s.rptDownstream[interface] = state;
    }
    if (state != PimRptPruneState::PRUNE_PENDING)
    {
        m_context.timers.Remove({key, PimTimer::RPT_PRUNE_PENDING, interface});
    }
    m_context.Touch(key);
}

void
PimJoinPruneDownstream::JoinSgRpt(SourceGroup key, uint32_t interface)
{
    PimSource* s = m_context.tib.FindSource(key);
    if (s == nullptr)
    {
        return;
    }
    auto it = s->rptDownstream.find(interface);
    if (it != s->rptDownstream.end() &&
        (it->second == PimRptPruneState::PRUNE || it->second == PimRptPruneState::PRUNE_PENDING))
    {
        SetRpt(key, *s, interface, PimRptPruneState::NO_INFO);
    }
}

void
PimJoinPruneDownstream::PruneSgRpt(SourceGroup key, uint32_t interface, uint16_t holdtime)
{
    PimSource& s = m_context.GetOrAddSource(key);
    const PimTimerKey expiry{key, PimTimer::RPT_EXPIRY, interface};
    auto it = s.rptDownstream.find(interface);
    switch (it == s.rptDownstream.end() ? PimRptPruneState::NO_INFO : it->second)
    {
    case PimRptPruneState::NO_INFO:
        SetRpt(key, s, interface, PimRptPruneState::PRUNE_PENDING);
        SetExpiry(expiry, holdtime, false);
        m_context.timers.Set({key, PimTimer::RPT_PRUNE_PENDING, interface},
                             GetJoinPruneOverrideInterval(interface));
        break;
    case PimRptPruneState::PRUNE:
        SetExpiry(expiry, holdtime, true);
        break;
    case PimRptPruneState::PRUNE_PENDING:
        break;
    case PimRptPruneState::PRUNE_TMP:
        it->second = PimRptPruneState::PRUNE;
        SetExpiry(expiry, holdtime, true);
        break;
    case PimRptPruneState::PRUNE_PENDING_TMP:
        it->second = PimRptPruneState::PRUNE_PENDING;
        SetExpiry(expiry, holdtime, true);
        break;
    }
}

void
PimJoinPruneDownstream::EndOfMessage()
{
    for (const auto& [key, interface] : m_temporary)
    {
        PimSource* s = m_context.tib.FindSource(key);
        const auto it = s->rptDownstream.find(interface);
        // The message may have pruned and joined the same source.
        if (it != s->rptDownstream.end() && (it->second == PimRptPruneState::PRUNE_TMP ||
                                             it->second == PimRptPruneState::PRUNE_PENDING_TMP))
        {
            SetRpt(key, *s, interface, PimRptPruneState::NO_INFO);
        }
    }
    m_temporary.clear();
}

void
PimJoinPruneDownstream::SendPruneEcho(SourceGroup key, uint32_t interface)
{
    const PimInterface* own = m_context.environment.FindInterface(interface);
    if (own == nullptr || m_context.neighbors.GetNeighbors(interface).size() <= 1)
    {
        return;
    }
    const PimJoinPruneQueue::Destination self{interface, own->address};
    if (key.IsStarG())
    {
        const Ipv4Address rp = m_context.tib.GetGroup(key.GetGroup()).rp;
        m_context.queue.Add(false, PimJoinPruneQueue::Kind::STAR_G, self, key.GetGroup(), rp);
    }
    else
    {
        m_context.queue.Add(
            false, PimJoinPruneQueue::Kind::SG, self, key.GetGroup(), key.GetSource());
    }
}

void
PimJoinPruneDownstream::ExpireJoin(const PimTimerKey& key)
{
    if (key.timer == PimTimer::PRUNE_PENDING)
    {
        SendPruneEcho(key.entry, key.interface);
    }
    ReachNoInfo(key.entry, m_context.tib.GetEntry(key.entry), key.interface);
}

void
PimJoinPruneDownstream::ExpireRptPrune(const PimTimerKey& key)
{
    SetRpt(key.entry,
           m_context.tib.GetSource(key.entry),
           key.interface,
           key.timer == PimTimer::RPT_PRUNE_PENDING ? PimRptPruneState::PRUNE
                                                    : PimRptPruneState::NO_INFO);
}

void
PimJoinPruneDownstream::Expire(const PimTimerKey& key)
{
    if (key.timer == PimTimer::EXPIRY || key.timer == PimTimer::PRUNE_PENDING)
    {
        ExpireJoin(key);
    }
    else
    {
        ExpireRptPrune(key);
    }
}

void
PimJoinPruneDownstream::StopBeingDf(Ipv4Address group, uint32_t interface)
{
    PimGroup* g = m_context.tib.FindGroup(group);
    if (g != nullptr && g->downstream.count(interface) != 0)
    {
        ReachNoInfo(SourceGroup::StarG(group), *g, interface);
    }
}

void
PimJoinPruneDownstream::ForgetInterface(uint32_t interface)
{
    const std::set<SourceGroup> entries = m_context.tib.GetEntriesOfInterface(interface);
    for (const SourceGroup& key : entries)
    {
        PimSource* s = m_context.tib.FindSource(key);
        PimTreeState& entry = m_context.tib.GetEntry(key);
        if (entry.downstream.count(interface) != 0)
        {
            ReachNoInfo(key, entry, interface);
        }
        if (s != nullptr && s->rptDownstream.count(interface) != 0)
        {
            SetRpt(key, *s, interface, PimRptPruneState::NO_INFO);
        }
    }
}

} // namespace ns3
