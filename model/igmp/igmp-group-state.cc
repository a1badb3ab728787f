// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §6.2 to §6.5. A and B, X and Y below are the RFC's sets: X the sources whose timers run
// in EXCLUDE mode, Y those whose timers do not.
#include "ns3/igmp-group-state.h"

#include <algorithm>

namespace ns3
{

IgmpQueryAction
IgmpGroupState::Apply(IgmpRecordType type,
                      const IgmpSourceSet& list,
                      Time now,
                      Time membershipInterval)
{
    const Time membershipEnd = now + membershipInterval;
    return mode == IgmpFilterMode::INCLUDE ? ApplyInInclude(type, list, membershipEnd)
                                           : ApplyInExclude(type, list, membershipEnd);
}

IgmpQueryAction
IgmpGroupState::ApplyInInclude(IgmpRecordType type, const IgmpSourceSet& list, Time membershipEnd)
{
    IgmpQueryAction query;
    switch (type)
    {
    case IgmpRecordType::IS_IN:
    case IgmpRecordType::ALLOW: // INCLUDE (A+B); (B)=GMI
        Refresh(list, membershipEnd);
        break;
    case IgmpRecordType::TO_IN: // INCLUDE (A+B); (B)=GMI, Send Q(G,A-B)
        for (const auto& [source, record] : sources)
        {
            if (list.count(source) == 0)
            {
                query.sources.insert(source);
            }
        }
        Refresh(list, membershipEnd);
        break;
    case IgmpRecordType::BLOCK: // INCLUDE (A); Send Q(G,A*B)
        for (Ipv4Address source : list)
        {
            if (sources.count(source) != 0)
            {
                query.sources.insert(source);
            }
        }
        break;
    case IgmpRecordType::IS_EX:
    case IgmpRecordType::TO_EX: // EXCLUDE (A*B,B-A); (B-A)=0, Delete (A-B), Group Timer=GMI
        for (auto it = sources.begin(); it != sources.end();)
        {
            it = list.count(it->first) == 0 ? sources.erase(it) : std::next(it);
        }
        if (type == IgmpRecordType::TO_EX) // Send Q(G,A*B)
        {
            query.sources = GetRunning();
        }
        for (Ipv4Address source : list)
        {
            sources.emplace(source, Source());
        }
        mode = IgmpFilterMode::EXCLUDE;
        groupDeadline = membershipEnd;
        break;
    }
    return query;
}

IgmpQueryAction
IgmpGroupState::ApplyInExclude(IgmpRecordType type, const IgmpSourceSet& list, Time membershipEnd)
{
    IgmpQueryAction query;
    Source fresh; // of A-X-Y
    fresh.deadline = type == IgmpRecordType::IS_EX ? membershipEnd : groupDeadline;
    switch (type)
    {
    case IgmpRecordType::IS_IN:
    case IgmpRecordType::ALLOW: // EXCLUDE (X+A,Y-A); (A)=GMI
        Refresh(list, membershipEnd);
        break;
    case IgmpRecordType::TO_IN: // EXCLUDE (X+A,Y-A); (A)=GMI, Send Q(G,X-A), Send Q(G)
        for (Ipv4Address source : GetRunning())
        {
            if (list.count(source) == 0)
            {
                query.sources.insert(source);
            }
        }
        query.group = true;
        Refresh(list, membershipEnd);
        break;
    case IgmpRecordType::IS_EX: // EXCLUDE (A-Y,Y*A); (A-X-Y)=GMI, Delete (X-A), Delete (Y-A)
    case IgmpRecordType::TO_EX: // the same, but (A-X-Y)=Group Timer, Send Q(G,A-Y)
        for (auto it = sources.begin(); it != sources.end();)
        {
            it = list.count(it->first) == 0 ? sources.erase(it) : std::next(it);
        }
        [[fallthrough]];
    case IgmpRecordType::BLOCK: // EXCLUDE (X+(A-Y),Y); (A-X-Y)=Group Timer, Send Q(G,A-Y)
        for (Ipv4Address source : list)
        {
            const bool running = sources.emplace(source, fresh).first->second.IsRunning();
            if (running && type != IgmpRecordType::IS_EX)
            {
                query.sources.insert(source);
            }
        }
        if (type != IgmpRecordType::BLOCK)
        {
            groupDeadline = membershipEnd;
        }
        break;
    }
    return query;
}

void
IgmpGroupState::Refresh(const IgmpSourceSet& list, Time deadline)
{
    for (Ipv4Address source : list)
    {
        Source& record = sources[source];
        record.deadline = deadline;
        record.named = true;
    }
}

void
IgmpGroupState::Expire(Time now)
{
    for (auto it = sources.begin(); it != sources.end();)
    {
        const bool expired = it->second.IsRunning() && it->second.deadline <= now;
        if (expired && mode == IgmpFilterMode::INCLUDE)
        {
            it = sources.erase(it);
            continue;
        }
        if (expired)
        {
            it->second = Source();
        }
        ++it;
    }
    if (mode == IgmpFilterMode::EXCLUDE && groupDeadline <= now)
    {
        mode = IgmpFilterMode::INCLUDE;
        groupDeadline = IgmpNoDeadline();
        retransmissions = 0;
        for (auto it = sources.begin(); it != sources.end();)
        {
            // Now the sole reason to forward it, so it counts as asked for.
            it->second.named = true;
            it = it->second.IsRunning() ? std::next(it) : sources.erase(it);
        }
    }
}

void
IgmpGroupState::Lower(const IgmpQueryAction& action, Time until)
{
    if (action.group && mode == IgmpFilterMode::EXCLUDE)
    {
        groupDeadline = std::min(groupDeadline, until);
    }
    for (Ipv4Address source : action.sources)
    {
        auto it = sources.find(source);
        if (it != sources.end() && it->second.IsRunning())
        {
            it->second.deadline = std::min(it->second.deadline, until);
        }
    }
}

uint8_t
IgmpGroupState::GetCompatibilityMode(Time now) const
{
    return version1HostUntil > now ? 1 : version2HostUntil > now ? 2 : 3;
}

bool
IgmpGroupState::IsWanted(Ipv4Address source) const
{
    auto it = sources.find(source);
    return it != sources.end() && it->second.IsRunning() && it->second.named;
}

bool
IgmpGroupState::IsExcluded(Ipv4Address source) const
{
    auto it = sources.find(source);
    return it != sources.end() && !it->second.IsRunning();
}

bool
IgmpGroupState::IsEmpty() const
{
    return mode == IgmpFilterMode::INCLUDE && sources.empty();
}

bool
IgmpGroupState::IsCheckingMembership(Time now) const
{
    if (lastMemberUntil <= now)
    {
        return false;
    }
    // An answer moves a timer beyond the end of the query time.
    const auto isWaning = [this](const auto& item) {
        return item.second.IsRunning() && item.second.deadline <= lastMemberUntil;
    };
    return (mode == IgmpFilterMode::EXCLUDE && groupDeadline <= lastMemberUntil) ||
           std::any_of(sources.begin(), sources.end(), isWaning);
}

Time
IgmpGroupState::GetNextDeadline() const
{
    Time next = groupDeadline;
    auto take = [&next](Time deadline) {
        if (IsIgmpDeadline(deadline) && (!IsIgmpDeadline(next) || deadline < next))
        {
            next = deadline;
        }
    };
    take(nextQuery);
    for (const auto& [source, record] : sources)
    {
        take(record.deadline);
    }
    return next;
}

IgmpGroupState::View
IgmpGroupState::GetView() const
{
    View view;
    view.mode = mode;
    for (const auto& [source, record] : sources)
    {
        if (record.IsRunning() && record.named)
        {
            view.wanted.insert(source);
        }
        else if (!record.IsRunning())
        {
            view.excluded.insert(source);
        }
    }
    return view;
}

IgmpSourceSet
IgmpGroupState::GetRunning() const
{
    IgmpSourceSet running;
    for (const auto& [source, record] : sources)
    {
        if (record.IsRunning())
        {
            running.insert(source);
        }
    }
    return running;
}

} // namespace ns3
