// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.4 (the Keepalive Timer), §4.5.6 (periodic Prunes).
#include "ns3/pim-context.h"

#include "ns3/pim-words.h"

namespace ns3
{

PimContext::PimContext(PimEnvironment& theEnvironment,
                       PimHelloMachine& theHellos,
                       const PimRpSet& rpSet,
                       const PimConfig& theConfig,
                       std::function<void(const PimTimerKey&)> expire,
                       std::function<Time(const PimTimerKey&)> getExpiry)
    : environment(theEnvironment),
      hellos(theHellos),
      neighbors(theHellos.GetTable()),
      config(theConfig),
      values(theConfig.timers),
      resolver(theEnvironment, neighbors, rpSet, tib, theConfig),
      macros(theEnvironment, neighbors),
      timers(theEnvironment.GetClock(),
             std::move(expire),
             [getExpiry = std::move(getExpiry)](const PimTimerKey& key) {
                 return key.timer == PimTimer::EXPIRY ? getExpiry(key) : Time();
             }),
      joinTimers(theEnvironment.GetClock(), timers, tib, values),
      queue(theEnvironment, theHellos, [this](Ipv4Address group) {
          return GetPeriodicPrunes(group);
      })
{
}

void
PimContext::Touch(SourceGroup key)
{
    dirty.insert(key);
}

void
PimContext::TouchInterface(uint32_t interface)
{
    for (const SourceGroup& key : tib.GetEntriesOfInterface(interface))
    {
        Touch(key);
    }
}

void
PimContext::TouchTargets(const std::set<uint32_t>& targets)
{
    for (const SourceGroup& key : tib.GetEntriesOfTargets(targets))
    {
        Touch(key);
    }
}

bool
PimContext::HasRoom(const SourceGroup& key)
{
    if (config.entryLimit == 0)
    {
        return true;
    }
    // An (S,G) entry brings the (*,G) one with it.
    const std::size_t needed = tib.FindGroup(key.GetGroup()) == nullptr && !key.IsStarG() ? 2 : 1;
    if (tib.GetSize() + needed <= config.entryLimit || tib.FindEntry(key) != nullptr)
    {
        return true;
    }
    environment.ReportDrop(EnumName(PimDropReason::ENTRY_LIMIT));
    return false;
}

PimGroup&
PimContext::GetOrAddGroup(Ipv4Address group)
{
    if (PimGroup* found = tib.FindGroup(group))
    {
        return *found;
    }
    PimGroup& g = tib.GetOrAddGroup(group);
    resolver.Resolve(g);
    Touch(SourceGroup::StarG(group));
    return g;
}

PimSource&
PimContext::GetOrAddSource(SourceGroup key)
{
    if (PimSource* found = tib.FindSource(key))
    {
        return *found;
    }
    const PimGroup& g = GetOrAddGroup(key.GetGroup());
    PimSource& s = tib.GetOrAddSource(key);
    resolver.Resolve(g, s);
    if (g.upstream == PimUpstreamState::JOINED && g.mode == PimMode::SPARSE && !g.iAmRp)
    {
        s.rptUpstream = PimRptUpstreamState::NOT_PRUNED;
    }
    Touch(key);
    return s;
}

void
PimContext::StartKeepalive(SourceGroup key, PimSource& s, Time period)
{
    timers.Set({key, PimTimer::KEEPALIVE}, period);
    if (!s.keepalive)
    {
        s.keepalive = true;
        Touch(key);
    }
}

void
PimContext::Decrease(const PimTimerKey& key, Time delay)
{
    timers.SetNoLater(key, delay);
}

void
PimContext::Increase(const PimTimerKey& key, Time delay)
{
    if (timers.GetRemaining(key) < delay)
    {
        timers.Set(key, delay);
    }
}

std::vector<Ipv4Address>
PimContext::GetPeriodicPrunes(Ipv4Address group) const
{
    std::vector<Ipv4Address> prunes;
    if (const PimGroup* g = tib.GetSourceCount() == 0 ? nullptr : tib.FindGroup(group))
    {
        for (const auto& [address, s] : g->sources)
        {
            if (macros.PeriodicPrune(*g, s))
            {
                prunes.push_back(s.source);
            }
        }
    }
    return prunes;
}

} // namespace ns3
