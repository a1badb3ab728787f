// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.6.1 ((S,G) machine), §4.6.2 ((*,G) machine), §4.6.4 (AssertCancel). The actions A1 to
// A6 of both tables are named where they are taken.
#include "ns3/pim-assert.h"

#include <sstream>

namespace ns3
{

PimAssertMachine::PimAssertMachine(PimContext& context)
    : m_context(context)
{
}

void
PimAssertMachine::Report(const char* event, SourceGroup key, Ipv4Address other) const
{
    std::ostringstream detail;
    detail << key;
    if (other != Ipv4Address::GetAny())
    {
        detail << " to " << other;
    }
    m_context.environment.ReportEvent(event, detail.str());
}

void
PimAssertMachine::Send(SourceGroup key,
                       const PimAssertMetric& metric,
                       uint32_t interface,
                       Ipv4Address source)
{
    const PimInterface* own = m_context.environment.FindInterface(interface);
    if (own == nullptr || !own->IsActive())
    {
        return;
    }
    PimAssert message;
    message.group.address = key.GetGroup();
    message.source = key.IsStarG() ? source : key.GetSource();
    message.rpt = metric.rpt;
    message.metricPreference = metric.preference;
    message.metric = metric.metric;
    m_context.neighbors.EnsureHelloSent(interface);
    m_context.environment.Send(message, interface);
}

void
PimAssertMachine::Win(SourceGroup key,
                      PimTreeState& entry,
                      const PimAssertMetric& mine,
                      uint32_t interface,
                      Ipv4Address source)
{
    // A1 and A3: they differ only in that A1 stores the winner.
    PimAssertRecord& record = entry.asserts[interface];
    const bool news = record.state != PimAssertState::WINNER;
    record = {PimAssertState::WINNER, mine.address, mine, false};
    m_context.timers.Set({key, PimTimer::ASSERT, interface},
                         m_context.values.assertTime - m_context.values.assertOverrideInterval);
    m_context.timers.Set({key, PimTimer::ASSERT_LIMIT, interface},
                         m_context.values.assertDataInterval);
    Send(key, mine, interface, source);
    if (news)
    {
        Report("assert-won", key, Ipv4Address::GetAny());
        m_context.Touch(key);
    }
}

void
PimAssertMachine::Lose(SourceGroup key,
                       PimTreeState& entry,
                       const PimAssertMetric& winner,
                       uint32_t interface)
{
    // A2, and A6 but for the SPTbit.
    PimAssertRecord& record = entry.asserts[interface];
    if (record.state != PimAssertState::LOSER || record.winner != winner.address)
    {
        Report("assert-lost", key, winner.address);
    }
    record = {PimAssertState::LOSER, winner.address, winner, interface == entry.rpf.interface};
    m_context.timers.Set({key, PimTimer::ASSERT, interface}, m_context.values.assertTime);
    m_context.Touch(key);
}

void
PimAssertMachine::Reach(SourceGroup key, PimTreeState& entry, uint32_t interface)
{
    // A5, and the latter half of A4.
    entry.asserts.erase(interface);
    m_context.timers.Remove({key, PimTimer::ASSERT, interface});
    m_context.timers.Remove({key, PimTimer::ASSERT_LIMIT, interface});
    m_context.Touch(key);
}

bool
PimAssertMachine::AsWinner(SourceGroup key,
                           PimTreeState& entry,
                           const PimAssertMetric& metric,
                           const PimAssertMetric& mine,
                           uint32_t interface)
{
    // "Better than our own": the metric of now, not the one that has won.
    if (metric.IsBetterThan(mine))
    {
        Lose(key, entry, metric, interface);
    }
    else
    {
        Win(key, entry, mine, interface);
    }
    return true;
}

bool
PimAssertMachine::AsLoser(SourceGroup key,
                          PimTreeState& entry,
                          const PimAssertMetric& metric,
                          const PimAssertMetric& mine,
                          uint32_t interface)
{
    const PimAssertRecord record = entry.asserts.at(interface);
    const bool fromWinner = metric.address == record.winner;
    const bool acceptable = metric.IsBetterThan(mine) && !metric.IsInfinite();
    const bool counts = metric.rpt == key.IsStarG();
    if (metric.IsBetterThan(record.metric) || (fromWinner && acceptable && counts))
    {
        Lose(key, entry, metric, interface);
        return true;
    }
    if (fromWinner && !acceptable)
    {
        Reach(key, entry, interface);
        return true;
    }
    return false;
}

bool
PimAssertMachine::ReceiveSg(const PimAssertMetric& metric,
                            PimGroup& g,
                            Ipv4Address source,
                            uint32_t interface)
{
    const SourceGroup key{source, g.group};
    PimSource& s = m_context.GetOrAddSource(key);
    const PimAssertMetric mine = m_context.macros.MyAssertMetric(g, s, interface);
    const PimAssertState state = PimMacros::FindAssert(s, interface).state;
    if (state == PimAssertState::WINNER)
    {
        return AsWinner(key, s, metric, mine, interface);
    }
    if (state == PimAssertState::LOSER)
    {
        return AsLoser(key, s, metric, mine, interface);
    }
    if (m_context.macros.CouldAssert(g, s, interface) && (metric.rpt || mine.IsBetterThan(metric)))
    {
        Win(key, s, mine, interface);
        return true;
    }
    if (!metric.rpt && metric.IsBetterThan(mine) &&
        m_context.macros.AssertTrackingDesired(g, s, interface))
    {
        Lose(key, s, metric, interface);
        // A6: what the winner sends comes along the source tree.
        if (interface == s.rpf.interface && s.upstream == PimUpstreamState::JOINED)
        {
            s.sptBit = true;
        }
        return true;
    }
    return false;
}

void
PimAssertMachine::ReceiveStarG(const PimAssertMetric& metric, PimGroup& g, uint32_t interface)
{
    const SourceGroup key = SourceGroup::StarG(g.group);
    const PimAssertMetric mine = m_context.macros.MyAssertMetric(g, interface);
    const PimAssertState state = PimMacros::FindAssert(g, interface).state;
    if (state == PimAssertState::WINNER)
    {
        AsWinner(key, g, metric, mine, interface);
    }
    else if (state == PimAssertState::LOSER)
    {
        AsLoser(key, g, metric, mine, interface);
    }
    else if (m_context.macros.CouldAssert(g, interface) && mine.IsBetterThan(metric))
    {
        Win(key, g, mine, interface);
    }
    else if (!metric.IsInfinite() && metric.IsBetterThan(mine) &&
             m_context.macros.AssertTrackingDesired(g, interface))
    {
        Lose(key, g, metric, interface);
    }
}

void
PimAssertMachine::Receive(const PimAssert& message, uint32_t interface, Ipv4Address source)
{
    PimGroup* g = m_context.tib.FindGroup(message.group.address);
    if (g == nullptr)
    {
        return;
    }
    const PimAssertMetric metric{message.rpt, message.metricPreference, message.metric, source};
    bool spent = false;
    if (message.source != Ipv4Address::GetAny())
    {
        spent = ReceiveSg(metric, *g, message.source, interface);
        const PimSource* s = m_context.tib.FindSource({message.source, g->group});
        spent = spent || PimMacros::FindAssert(*s, interface).state != PimAssertState::NO_INFO;
    }
    // The (*,G) machine listens to Asserts with the RPTbit only.
    if (!spent && metric.rpt && g->mode == PimMode::SPARSE)
    {
        ReceiveStarG(metric, *g, interface);
    }
}

void
PimAssertMachine::DataArrived(PimGroup& g, Ipv4Address source, uint32_t interface)
{
    const PimMacros& macros = m_context.macros;
    const PimSource* s = m_context.tib.FindSource({source, g.group});
    const bool viaSpt = s != nullptr && s->sptBit;
    const InterfaceSet olist = s == nullptr ? macros.ImmediateOlist(g)
                               : viaSpt     ? macros.InheritedOlist(g, *s)
                                            : macros.InheritedOlistRpt(g, *s);
    // On its own tree's interface, data is where it should be, even where others join it, too.
    const uint32_t expected = viaSpt ? s->rpf.interface : g.rpf.interface;
    if (interface == expected || !olist.Contains(interface) ||
        (!viaSpt && g.mode != PimMode::SPARSE))
    {
        return;
    }
    const SourceGroup key{viaSpt ? source : Ipv4Address::GetAny(), g.group};
    PimTreeState& entry = m_context.tib.GetEntry(key);
    const bool couldAssert =
        viaSpt ? macros.CouldAssert(g, *s, interface) : macros.CouldAssert(g, interface);
    const PimAssertMetric mine =
        viaSpt ? macros.SptAssertMetric(*s, interface) : macros.RptAssertMetric(g, interface);
    const PimTimerKey limit{key, PimTimer::ASSERT_LIMIT, interface};
    if (couldAssert && PimMacros::FindAssert(entry, interface).state == PimAssertState::NO_INFO)
    {
        Win(key, entry, mine, interface, source);
    }
    else if (!m_context.timers.Contains(limit))
    {
        // §4.2's wrong-interface branch: the winner repeats its Assert.
        m_context.timers.Set(limit, m_context.values.assertDataInterval);
        Send(key, mine, interface, source);
    }
}

void
PimAssertMachine::Expire(const PimTimerKey& key)
{
    if (key.timer == PimTimer::ASSERT_LIMIT)
    {
        return;
    }
    PimTreeState& entry = m_context.tib.GetEntry(key.entry);
    if (entry.asserts.at(key.interface).state == PimAssertState::LOSER)
    {
        Reach(key.entry, entry, key.interface);
        return;
    }
    const PimGroup& g = m_context.tib.GetGroup(key.entry.GetGroup());
    const PimSource* s = m_context.tib.FindSource(key.entry);
    Win(key.entry,
        entry,
        s == nullptr ? m_context.macros.MyAssertMetric(g, key.interface)
                     : m_context.macros.MyAssertMetric(g, *s, key.interface),
        key.interface);
}

void
PimAssertMachine::Check(SourceGroup key,
                        PimTreeState& entry,
                        uint32_t interface,
                        bool couldAssert,
                        bool trackingDesired,
                        const PimAssertMetric& mine)
{
    const PimAssertRecord record = entry.asserts.at(interface);
    if (record.state == PimAssertState::WINNER)
    {
        if (!couldAssert)
        {
            // A4
            Send(key, PimAssertMetric::Infinite(), interface);
            Reach(key, entry, interface);
        }
    }
    else if (!trackingDesired || mine.IsBetterThan(record.metric) ||
             (record.onRpfInterface && interface != entry.rpf.interface))
    {
        Reach(key, entry, interface);
    }
}

void
PimAssertMachine::Update(PimGroup& g)
{
    const SourceGroup key = SourceGroup::StarG(g.group);
    const auto asserts = g.asserts;
    for (const auto& [interface, record] : asserts)
    {
        Check(key,
              g,
              interface,
              m_context.macros.CouldAssert(g, interface),
              m_context.macros.AssertTrackingDesired(g, interface),
              m_context.macros.MyAssertMetric(g, interface));
    }
}

void
PimAssertMachine::Update(PimGroup& g, PimSource& s)
{
    const SourceGroup key{s.source, g.group};
    const auto asserts = s.asserts;
    for (const auto& [interface, record] : asserts)
    {
        Check(key,
              s,
              interface,
              m_context.macros.CouldAssert(g, s, interface),
              m_context.macros.AssertTrackingDesired(g, s, interface),
              m_context.macros.MyAssertMetric(g, s, interface));
    }
}

void
PimAssertMachine::JoinReceived(SourceGroup key, uint32_t interface)
{
    PimTreeState& entry = m_context.tib.GetEntry(key);
    if (PimMacros::FindAssert(entry, interface).state == PimAssertState::LOSER)
    {
        Reach(key, entry, interface);
    }
}

void
PimAssertMachine::WinnerLost(uint32_t interface, Ipv4Address neighbor)
{
    const std::set<SourceGroup> entries = m_context.tib.GetEntriesOfInterface(interface);
    for (const SourceGroup& key : entries)
    {
        PimTreeState& entry = m_context.tib.GetEntry(key);
        const PimAssertRecord& record = PimMacros::FindAssert(entry, interface);
        if (record.state == PimAssertState::LOSER && record.winner == neighbor)
        {
            Reach(key, entry, interface);
        }
    }
}

void
PimAssertMachine::ForgetInterface(uint32_t interface)
{
    const std::set<SourceGroup> entries = m_context.tib.GetEntriesOfInterface(interface);
    for (const SourceGroup& key : entries)
    {
        PimTreeState& entry = m_context.tib.GetEntry(key);
        if (entry.asserts.count(interface) != 0)
        {
            Reach(key, entry, interface);
        }
    }
}

} // namespace ns3
