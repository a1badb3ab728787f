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
PimJoinPruneDownstream::Join(PimEntryKey key,
                             PimTreeState& entry,
                             uint32_t interface,
                             uint16_t holdtime)
{
    PimJoinState& state = entry.downstream[interface];
    switch (state)
    {
    case PimJoinState::NoInfo:
        state = PimJoinState::Join;
        SetExpiry({key, PimTimer::Expiry, interface}, holdtime, false);
        m_context.Touch(key);
        break;
    case PimJoinState::Join:
        SetExpiry({key, PimTimer::Expiry, interface}, holdtime, true);
        break;
    case PimJoinState::PrunePending:
        state = PimJoinState::Join;
        m_context.timers.Remove({key, PimTimer::PrunePending, interface});
        SetExpiry({key, PimTimer::Expiry, interface}, holdtime, true);
        break;
    }
}

void
PimJoinPruneDownstream::Prune(PimEntryKey key, PimTreeState& entry, uint32_t interface)
{
    auto it = entry.downstream.find(interface);
    if (it != entry.downstream.end() && it->second == PimJoinState::Join)
    {
        it->second = PimJoinState::PrunePending;
        m_context.timers.Set({key, PimTimer::PrunePending, interface},
                             GetJoinPruneOverrideInterval(interface));
    }
}

void
PimJoinPruneDownstream::ReachNoInfo(PimEntryKey key, PimTreeState& entry, uint32_t interface)
{
    entry.downstream.erase(interface);
    m_context.timers.Remove({key, PimTimer::Expiry, interface});
    m_context.timers.Remove({key, PimTimer::PrunePending, interface});
    m_context.Touch(key);
}

void
PimJoinPruneDownstream::JoinStarG(Ipv4Address group, uint32_t interface, uint16_t holdtime)
{
    PimGroup& g = m_context.MakeGroup(group);
    Join({group, Ipv4Address::GetAny()}, g, interface, holdtime);
    for (auto& [address, s] : g.sources)
    {
        auto it = s.rptDownstream.find(interface);
        if (it == s.rptDownstream.end())
        {
            continue;
        }
        const PimEntryKey key{group, s.source};
        if (it->second == PimRptPruneState::Prune)
        {
            it->second = PimRptPruneState::PruneTmp;
            m_temporary.emplace_back(key, interface);
        }
        else if (it->second == PimRptPruneState::PrunePending)
        {
            it->second = PimRptPruneState::PrunePendingTmp;
            m_temporary.emplace_back(key, interface);
        }
    }
}

void
PimJoinPruneDownstream::PruneStarG(Ipv4Address group, uint32_t interface)
{
    if (PimGroup* g = m_context.tib.FindGroup(group))
    {
        Prune({group, Ipv4Address::GetAny()}, *g, interface);
    }
}

void
PimJoinPruneDownstream::JoinSg(PimEntryKey key, uint32_t interface, uint16_t holdtime)
{
    Join(key, m_context.MakeSource(key), interface, holdtime);
}

void
PimJoinPruneDownstream::PruneSg(PimEntryKey key, uint32_t interface)
{
    if (PimSource* s = m_context.tib.FindSource(key))
    {
        Prune(key, *s, interface);
    }
}

void
PimJoinPruneDownstream::SetRpt(PimEntryKey key,
                               PimSource& s,
                               uint32_t interface,
                               PimRptPruneState state)
{
    if (state == PimRptPruneState::NoInfo)
    {
        s.rptDownstream.erase(interface);
        m_context.timers.Remove({key, PimTimer::RptExpiry, interface});
    }
    else
    {
        s.rptDownstream[interface] = state;
    }
    if (state != PimRptPruneState::PrunePending)
    {
        m_context.timers.Remove({key, PimTimer::RptPrunePending, interface});
    }
    m_context.Touch(key);
}

void
PimJoinPruneDownstream::JoinSgRpt(PimEntryKey key, uint32_t interface)
{
    PimSource* s = m_context.tib.FindSource(key);
    if (s == nullptr)
    {
        return;
    }
    auto it = s->rptDownstream.find(interface);
    if (it != s->rptDownstream.end() &&
        (it->second == PimRptPruneState::Prune || it->second == PimRptPruneState::PrunePending))
    {
        SetRpt(key, *s, interface, PimRptPruneState::NoInfo);
    }
}

void
PimJoinPruneDownstream::PruneSgRpt(PimEntryKey key, uint32_t interface, uint16_t holdtime)
{
    PimSource& s = m_context.MakeSource(key);
    const PimTimerKey expiry{key, PimTimer::RptExpiry, interface};
    auto it = s.rptDownstream.find(interface);
    switch (it == s.rptDownstream.end() ? PimRptPruneState::NoInfo : it->second)
    {
    case PimRptPruneState::NoInfo:
        SetRpt(key, s, interface, PimRptPruneState::PrunePending);
        SetExpiry(expiry, holdtime, false);
        m_context.timers.Set({key, PimTimer::RptPrunePending, interface},
                             GetJoinPruneOverrideInterval(interface));
        break;
    case PimRptPruneState::Prune:
        SetExpiry(expiry, holdtime, true);
        break;
    case PimRptPruneState::PrunePending:
        break;
    case PimRptPruneState::PruneTmp:
        it->second = PimRptPruneState::Prune;
        SetExpiry(expiry, holdtime, true);
        break;
    case PimRptPruneState::PrunePendingTmp:
        it->second = PimRptPruneState::PrunePending;
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
        if (it != s->rptDownstream.end() && (it->second == PimRptPruneState::PruneTmp ||
                                             it->second == PimRptPruneState::PrunePendingTmp))
        {
            SetRpt(key, *s, interface, PimRptPruneState::NoInfo);
        }
    }
    m_temporary.clear();
}

void
PimJoinPruneDownstream::SendPruneEcho(PimEntryKey key, uint32_t interface)
{
    const PimInterface* own = m_context.environment.FindInterface(interface);
    if (own == nullptr || m_context.neighbors.GetNeighbors(interface).size() <= 1)
    {
        return;
    }
    const PimJoinPruneQueue::Destination self{interface, own->address};
    if (key.IsStarG())
    {
        const Ipv4Address rp = m_context.tib.FindGroup(key.group)->rp;
        m_context.queue.Add(false, PimJoinPruneQueue::Kind::StarG, self, key.group, rp);
    }
    else
    {
        m_context.queue.Add(false, PimJoinPruneQueue::Kind::Sg, self, key.group, key.source);
    }
}

void
PimJoinPruneDownstream::ExpireJoin(const PimTimerKey& key)
{
    if (key.timer == PimTimer::PrunePending)
    {
        SendPruneEcho(key.entry, key.interface);
    }
    ReachNoInfo(key.entry, *m_context.tib.FindEntry(key.entry), key.interface);
}

void
PimJoinPruneDownstream::ExpireRptPrune(const PimTimerKey& key)
{
    SetRpt(key.entry,
           *m_context.tib.FindSource(key.entry),
           key.interface,
           key.timer == PimTimer::RptPrunePending ? PimRptPruneState::Prune
                                                  : PimRptPruneState::NoInfo);
}

void
PimJoinPruneDownstream::Expire(const PimTimerKey& key)
{
    if (key.timer == PimTimer::Expiry || key.timer == PimTimer::PrunePending)
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
        ReachNoInfo({group, Ipv4Address::GetAny()}, *g, interface);
    }
}

void
PimJoinPruneDownstream::ForgetInterface(uint32_t interface)
{
    const std::set<PimEntryKey> entries = m_context.tib.GetEntriesOfInterface(interface);
    for (const PimEntryKey& key : entries)
    {
        PimSource* s = m_context.tib.FindSource(key);
        PimTreeState& entry = *m_context.tib.FindEntry(key);
        if (entry.downstream.count(interface) != 0)
        {
            ReachNoInfo(key, entry, interface);
        }
        if (s != nullptr && s->rptDownstream.count(interface) != 0)
        {
            SetRpt(key, *s, interface, PimRptPruneState::NoInfo);
        }
    }
}

} // namespace ns3
