// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/pim-join-timers.h"

#include <algorithm>

namespace ns3
{

PimJoinTimers::PimJoinTimers(ProtocolClock& clock,
                             Timers& timers,
                             PimTreeInformationBase& tib,
                             const PimTimerValues& values)
    : m_clock(clock),
      m_timers(timers),
      m_tib(tib),
      m_values(values)
{
}

PimTimerKey
PimJoinTimers::KeyOf(uint16_t number)
{
    return {SourceGroup(), PimTimer::UPSTREAM_JOIN, number};
}

PimJoinTimers::Neighbor
PimJoinTimers::ToNeighbor(const PimUpstreamNeighbor& neighbor)
{
    return {neighbor.interface, neighbor.address.Get()};
}

uint16_t
PimJoinTimers::GetOrAddList(const PimUpstreamNeighbor& neighbor)
{
    const auto known = m_numbers.find(ToNeighbor(neighbor));
    if (known != m_numbers.end())
    {
        return known->second;
    }
    if (m_lists.size() < MAX_LISTS)
    {
        List& list = m_lists.emplace_back();
        list.neighbor = ToNeighbor(neighbor);
        list.phase = m_clock.Now();
        const auto number = static_cast<uint16_t>(FIRST_LIST + m_lists.size() - 1);
        m_numbers.emplace(list.neighbor, number);
    }
    return static_cast<uint16_t>(FIRST_LIST + m_lists.size() - 1);
}

/** Has the list ring when its Joins go out next. */
void
PimJoinTimers::Start(uint16_t number)
{
    List& list = m_lists[number - FIRST_LIST];
    const Time delay = GetPeriodicDelay(list);
    list.due = m_clock.Now() + delay;
    list.period = m_values.joinPrunePeriod;
    list.isRunning = true;
    m_timers.Set(KeyOf(number), delay);
}

Time
PimJoinTimers::GetPeriodicDelay(const List& list) const
{
    const Time period = m_values.joinPrunePeriod;
    const Time sincePhase = m_clock.Now() - list.phase;
    return period - TimeStep(sincePhase.GetTimeStep() % period.GetTimeStep());
}

/** \returns whether JT has been set to the next Joins to the entry's neighbour already. */
bool
PimJoinTimers::IsPeriodic(const PimTreeState& entry) const
{
    if (entry.joinTimer < FIRST_LIST)
    {
        return false;
    }
    const List& list = m_lists[entry.joinTimer - FIRST_LIST];
    return list.neighbor == ToNeighbor(entry.neighbor) && list.due != m_clock.Now() &&
           list.period == m_values.joinPrunePeriod;
}

void
PimJoinTimers::StartPeriodic(SourceGroup key, PimTreeState& entry)
{
    if (IsPeriodic(entry))
    {
        return;
    }
    if (entry.neighbor.address.IsAny())
    {
        Stop(key, entry);
        return;
    }
    const uint16_t number = GetOrAddList(entry.neighbor);
    List& list = m_lists[number - FIRST_LIST];
    const Time delay = GetPeriodicDelay(list);
    const Time due = m_clock.Now() + delay;
    if (!list.isRunning)
    {
        Start(number);
    }
    if (list.due != due)
    {
        // The list is about to ring in this instant, or t_periodic was another when it rang last.
        m_timers.Set({key, PimTimer::UPSTREAM_JOIN}, delay);
        entry.joinTimer = OWN;
    }
    else if (entry.joinTimer != number)
    {
        Stop(key, entry);
        list.entries.push_back(key);
        entry.joinTimer = number;
    }
}

void
PimJoinTimers::Stop(SourceGroup key, PimTreeState& entry)
{
    if (entry.joinTimer == OWN)
    {
        m_timers.Remove({key, PimTimer::UPSTREAM_JOIN});
    }
    entry.joinTimer = STOPPED;
}

void
PimJoinTimers::Decrease(SourceGroup key, PimTreeState& entry, Time delay)
{
    if (entry.joinTimer == STOPPED || GetRemaining(key, entry) > delay)
    {
        m_timers.Set({key, PimTimer::UPSTREAM_JOIN}, delay);
        entry.joinTimer = OWN;
    }
}

void
PimJoinTimers::Increase(SourceGroup key, PimTreeState& entry, Time delay)
{
    if (GetRemaining(key, entry) < delay)
    {
        m_timers.Set({key, PimTimer::UPSTREAM_JOIN}, delay);
        entry.joinTimer = OWN;
    }
}

Time
PimJoinTimers::GetRemaining(SourceGroup key, const PimTreeState& entry) const
{
    switch (entry.joinTimer)
    {
    case STOPPED:
        return Time();
    case OWN:
        return m_timers.GetRemaining({key, PimTimer::UPSTREAM_JOIN});
    default:
        return m_lists[entry.joinTimer - FIRST_LIST].due - m_clock.Now();
    }
}

void
PimJoinTimers::Expire(const PimTimerKey& timer,
                      const std::function<void(SourceGroup, PimTreeState&)>& expire)
{
    if (timer.entry == SourceGroup())
    {
        ExpireList(static_cast<uint16_t>(timer.interface), expire);
        return;
    }
    PimTreeState& entry = m_tib.GetEntry(timer.entry);
    entry.joinTimer = STOPPED;
    expire(timer.entry, entry);
}

/** Brings what was appended to its place; what has left and come back is there once. */
void
PimJoinTimers::Sort(std::vector<SourceGroup>& entries)
{
    const auto isInPlace = [](SourceGroup a, SourceGroup b) { return a < b; };
    if (std::adjacent_find(entries.begin(), entries.end(), std::not_fn(isInPlace)) != entries.end())
    {
        std::sort(entries.begin(), entries.end());
        entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
    }
}

void
PimJoinTimers::ExpireList(uint16_t number,
                          const std::function<void(SourceGroup, PimTreeState&)>& expire)
{
    // What comes meanwhile is appended: the list may be another place in memory afterwards.
    std::vector<SourceGroup> due = std::move(m_lists[number - FIRST_LIST].entries);
    m_lists[number - FIRST_LIST].entries.clear();
    Sort(due);
    Start(number);
    std::size_t kept = 0;
    for (SourceGroup key : due)
    {
        PimTreeState* entry = m_tib.FindEntry(key);
        if (entry != nullptr && entry->joinTimer == number)
        {
            due[kept++] = key;
            expire(key, *entry);
        }
    }
    due.resize(kept);
    List& list = m_lists[number - FIRST_LIST];
    due.insert(due.end(), list.entries.begin(), list.entries.end());
    list.entries = std::move(due);
    if (list.entries.empty())
    {
        list.entries = {}; // gives the memory back
        list.isRunning = false;
        m_timers.Remove(KeyOf(number));
    }
}

} // namespace ns3
