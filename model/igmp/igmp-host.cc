// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §5, §7.2; RFC 2236 §3, §6 (host). See the header for departures.
#include "ns3/igmp-host.h"

#include <algorithm>

namespace ns3
{

namespace
{

const Ipv4Address ALL_ROUTERS(0xe0000002);
const Ipv4Address ALL_IGMPV3_ROUTERS(0xe0000016);

std::vector<Ipv4Address>
ToVector(const IgmpSourceSet& sources)
{
    return {sources.begin(), sources.end()};
}

} // namespace

IgmpHost::IgmpHost(ProtocolClock& clock,
                   ProtocolRandom& random,
                   IgmpLink& link,
                   const IgmpParameters& parameters)
    : m_random(random),
      m_link(link),
      m_parameters(parameters),
      m_flush(clock, [this] { Flush(); }),
      m_retransmissions(clock, [this](Ipv4Address group) { ScheduleFlush(group); }),
      m_generalAnswer(clock, [this] { AnswerGeneralQuery(); }),
      m_answers(clock, [this](Ipv4Address group) { AnswerGroupQuery(group); }),
      m_version1QuerierPresent(clock, [this] { UpdateMode(); }),
      m_version2QuerierPresent(clock, [this] { UpdateMode(); })
{
}

void
IgmpHost::SetVersion(uint8_t version)
{
    const bool running = m_running;
    Stop();
    m_version = version;
    m_mode = version;
    if (running)
    {
        Start();
    }
}

void
IgmpHost::SetListener(std::function<void(Ipv4Address, bool)> listener)
{
    m_listener = std::move(listener);
}

bool
IgmpHost::Listen(uint64_t socket, Ipv4Address group, const IgmpFilter& filter)
{
    if (!group.IsMulticast() || group == IgmpAllSystems())
    {
        return false;
    }
    if (filter.mode == IgmpFilterMode::EXCLUDE && m_parameters.IsSsm(group))
    {
        return false;
    }
    const IgmpFilter old = GetFilter(group);
    const uint32_t limit = m_parameters.hostMembershipLimit;
    if (old.IsEmpty() && !filter.IsEmpty() && limit != 0 && m_memberships >= limit)
    {
        return false;
    }
    m_reception.Set(socket, group, filter);
    IgmpFilter merged = m_reception.Merge(group);
    if (merged == old)
    {
        return true;
    }
    Group& state = m_groups[group];
    state.filter = std::move(merged);
    const bool joined = old.IsEmpty();
    const bool left = state.filter.IsEmpty();
    m_memberships += joined ? 1 : 0;
    m_memberships -= left ? 1 : 0;
    Announce(group, state, old);
    if ((joined || left) && m_listener)
    {
        m_listener(group, joined);
    }
    return true;
}

IgmpFilter
IgmpHost::GetRequest(uint64_t socket, Ipv4Address group) const
{
    return m_reception.Get(socket, group);
}

void
IgmpHost::Start()
{
    if (m_running)
    {
        return;
    }
    m_running = true;
    for (auto& [group, state] : m_groups)
    {
        Announce(group, state, IgmpFilter());
    }
}

void
IgmpHost::Stop()
{
    m_running = false;
    m_version1QuerierPresent.Cancel();
    m_version2QuerierPresent.Cancel();
    m_mode = m_version;
    CancelPending();
}

void
IgmpHost::Announce(Ipv4Address group, Group& state, const IgmpFilter& old)
{
    if (m_running && m_mode == 3)
    {
        AnnounceChange(group, state, old);
    }
    else if (m_running)
    {
        AnnounceOld(group, state, old);
    }
    else
    {
        ForgetIfIdle(group);
    }
}

/** RFC 3376 §5.1: notes what differs and how often it is still to be told. */
void
IgmpHost::AnnounceChange(Ipv4Address group, Group& state, const IgmpFilter& old)
{
    const uint8_t times = m_parameters.robustness;
    if (state.filter.mode != old.mode)
    {
        state.modeRetransmissions = times;
    }
    else
    {
        for (Ipv4Address source : state.filter.sources)
        {
            if (old.sources.count(source) == 0)
            {
                state.sourceRetransmissions[source] = times;
            }
        }
        for (Ipv4Address source : old.sources)
        {
            if (state.filter.sources.count(source) == 0)
            {
                state.sourceRetransmissions[source] = times;
            }
        }
    }
    ScheduleFlush(group);
}

/** RFC 2236 §6: events "join group" and "leave group"; source lists have no meaning there. */
void
IgmpHost::AnnounceOld(Ipv4Address group, Group& state, const IgmpFilter& old)
{
    if (old.IsEmpty() && ReportsOld(group))
    {
        SendOldReport(group, state);
        m_answers.Set(group,
                      m_random.Uniform(Seconds(0), m_parameters.unsolicitedReportIntervalV2));
    }
    else if (state.filter.IsEmpty())
    {
        const bool tell = m_mode == 2 && state.lastReporter;
        m_answers.Remove(group);
        ForgetIfIdle(group);
        if (tell)
        {
            IgmpMessage leave;
            leave.type = IgmpMessage::LEAVE;
            leave.group = group;
            m_link.Send(leave, ALL_ROUTERS);
        }
    }
}

void
IgmpHost::ScheduleFlush(Ipv4Address group)
{
    m_due.insert(group);
    if (!m_flush.IsRunning())
    {
        m_flush.Start(Seconds(0));
    }
}

void
IgmpHost::Flush()
{
    std::vector<IgmpGroupRecord> records;
    std::optional<Time> delay;
    const std::set<Ipv4Address> due = std::move(m_due);
    m_due.clear();
    for (Ipv4Address group : due)
    {
        auto it = m_groups.find(group);
        if (it == m_groups.end())
        {
            continue;
        }
        AppendStateChange(group, it->second, records);
        m_retransmissions.Remove(group);
        if (it->second.modeRetransmissions != 0 || !it->second.sourceRetransmissions.empty())
        {
            if (!delay)
            {
                delay = m_random.Uniform(Seconds(0), m_parameters.unsolicitedReportInterval);
            }
            m_retransmissions.Set(group, *delay);
        }
        ForgetIfIdle(group);
    }
    SendReports(records);
}

/** RFC 3376 §5.1, the table of what a (repeated) report holds. */
void
IgmpHost::AppendStateChange(Ipv4Address group, Group& state, std::vector<IgmpGroupRecord>& records)
{
    if (state.modeRetransmissions != 0)
    {
        --state.modeRetransmissions;
        const bool include = state.filter.mode == IgmpFilterMode::INCLUDE;
        records.push_back({include ? IgmpRecordType::TO_IN : IgmpRecordType::TO_EX,
                           group,
                           ToVector(state.filter.sources)});
    }
    else
    {
        IgmpGroupRecord allow{IgmpRecordType::ALLOW, group, {}};
        IgmpGroupRecord block{IgmpRecordType::BLOCK, group, {}};
        for (const auto& [source, times] : state.sourceRetransmissions)
        {
            (state.filter.Passes(source) ? allow : block).sources.push_back(source);
        }
        for (IgmpGroupRecord* record : {&allow, &block})
        {
            if (!record->sources.empty())
            {
                records.push_back(std::move(*record));
            }
        }
    }
    for (auto it = state.sourceRetransmissions.begin(); it != state.sourceRetransmissions.end();)
    {
        it = --it->second == 0 ? state.sourceRetransmissions.erase(it) : std::next(it);
    }
}

void
IgmpHost::HandleQuery(const IgmpMessage& query)
{
    if (!m_running)
    {
        return;
    }
    const bool general = query.group == Ipv4Address::GetAny();
    if (query.version == 1)
    {
        m_version1QuerierPresent.Start(m_version == 3
                                           ? m_parameters.GetOlderVersionQuerierPresentTimeout()
                                           : m_parameters.version1RouterPresentTimeout);
    }
    else if (query.version == 2 && general)
    {
        m_version2QuerierPresent.Start(m_parameters.GetOlderVersionQuerierPresentTimeout());
    }
    UpdateMode();
    const Time maxResponseTime = GetMaxResponseTime(query);
    if (m_mode != 3)
    {
        for (const auto& [group, state] : m_groups)
        {
            if (general || group == query.group)
            {
                ScheduleOldReport(group, maxResponseTime);
            }
        }
        return;
    }
    if (m_memberships == 0)
    {
        return;
    }
    const Time delay = m_random.Uniform(Seconds(0), maxResponseTime);
    if (m_generalAnswer.IsRunning() && m_generalAnswer.GetRemaining() <= delay)
    {
        return;
    }
    if (general)
    {
        m_generalAnswer.Start(delay);
    }
    else
    {
        ScheduleGroupAnswer(query, delay);
    }
}

/** RFC 3376 §5.2, rules 3 to 5. */
void
IgmpHost::ScheduleGroupAnswer(const IgmpMessage& query, Time delay)
{
    auto it = m_groups.find(query.group);
    if (it == m_groups.end() || it->second.filter.IsEmpty())
    {
        return;
    }
    IgmpSourceSet& recorded = it->second.queriedSources;
    const bool pending = m_answers.Contains(query.group);
    if (query.sources.empty() || (pending && recorded.empty()))
    {
        recorded.clear();
    }
    else
    {
        recorded.insert(query.sources.begin(), query.sources.end());
    }
    if (!pending || m_answers.GetRemaining(query.group) > delay)
    {
        m_answers.Set(query.group, delay);
    }
}

/** RFC 2236 §3: a running delay is drawn anew only when the Query leaves less time. */
void
IgmpHost::ScheduleOldReport(Ipv4Address group, Time maxResponseTime)
{
    if (ReportsOld(group) &&
        (!m_answers.Contains(group) || m_answers.GetRemaining(group) > maxResponseTime))
    {
        m_answers.Set(group, m_random.Uniform(Seconds(0), maxResponseTime));
    }
}

void
IgmpHost::HandleReport(const IgmpMessage& report)
{
    if (m_running && m_mode != 3 && m_answers.Contains(report.group))
    {
        m_answers.Remove(report.group);
        m_groups[report.group].lastReporter = false;
    }
}

void
IgmpHost::AnswerGeneralQuery()
{
    std::vector<IgmpGroupRecord> records;
    for (const auto& [group, state] : m_groups)
    {
        if (!state.filter.IsEmpty())
        {
            const bool include = state.filter.mode == IgmpFilterMode::INCLUDE;
            records.push_back({include ? IgmpRecordType::IS_IN : IgmpRecordType::IS_EX,
                               group,
                               ToVector(state.filter.sources)});
        }
    }
    SendReports(records);
}

void
IgmpHost::AnswerGroupQuery(Ipv4Address group)
{
    auto it = m_groups.find(group);
    if (it == m_groups.end() || it->second.filter.IsEmpty())
    {
        return;
    }
    Group& state = it->second;
    if (m_mode != 3)
    {
        SendOldReport(group, state);
        return;
    }
    const bool include = state.filter.mode == IgmpFilterMode::INCLUDE;
    IgmpGroupRecord record{include ? IgmpRecordType::IS_IN : IgmpRecordType::IS_EX, group, {}};
    if (state.queriedSources.empty())
    {
        record.sources = ToVector(state.filter.sources);
    }
    else
    {
        record.type = IgmpRecordType::IS_IN;
        for (Ipv4Address source : state.queriedSources)
        {
            if (state.filter.Passes(source))
            {
                record.sources.push_back(source);
            }
        }
        state.queriedSources.clear();
        if (record.sources.empty())
        {
            return;
        }
    }
    SendReports({record});
}

/** RFC 3376 §7.2.1: the oldest querier heard of late sets the version. */
void
IgmpHost::UpdateMode()
{
    uint8_t mode = m_version;
    if (m_version1QuerierPresent.IsRunning())
    {
        mode = 1;
    }
    else if (m_version2QuerierPresent.IsRunning())
    {
        mode = std::min<uint8_t>(m_version, 2);
    }
    if (mode == m_mode)
    {
        return;
    }
    m_mode = mode;
    CancelPending();
    for (auto& [group, state] : m_groups)
    {
        // Nobody need have reported in the new version yet, so a leave must be told.
        state.lastReporter = ReportsOld(group);
    }
}

void
IgmpHost::CancelPending()
{
    m_flush.Cancel();
    m_due.clear();
    m_retransmissions.Clear();
    m_generalAnswer.Cancel();
    m_answers.Clear();
    for (auto it = m_groups.begin(); it != m_groups.end();)
    {
        const Ipv4Address group = it->first;
        it->second.modeRetransmissions = 0;
        it->second.sourceRetransmissions.clear();
        it->second.queriedSources.clear();
        it->second.lastReporter = false;
        ++it;
        ForgetIfIdle(group);
    }
}

/** Drops the record of a group that is left and has nothing more to tell. */
void
IgmpHost::ForgetIfIdle(Ipv4Address group)
{
    auto it = m_groups.find(group);
    if (it != m_groups.end() && it->second.filter.IsEmpty() &&
        it->second.modeRetransmissions == 0 && it->second.sourceRetransmissions.empty())
    {
        m_answers.Remove(group);
        m_groups.erase(it);
    }
}

/** RFC 4604 §2.2.3: versions 1 and 2 cannot say what an SSM group needs. */
bool
IgmpHost::ReportsOld(Ipv4Address group) const
{
    return !m_parameters.IsSsm(group);
}

void
IgmpHost::SendOldReport(Ipv4Address group, Group& state)
{
    state.lastReporter = true;
    IgmpMessage report;
    report.type = m_mode == 1 ? IgmpMessage::V1_REPORT : IgmpMessage::V2_REPORT;
    report.group = group;
    m_link.Send(report, group);
}

void
IgmpHost::SendReports(const std::vector<IgmpGroupRecord>& records)
{
    for (const IgmpMessage& report : PackIgmpReports(records, m_link.GetMaxMessageSize()))
    {
        m_link.Send(report, ALL_IGMPV3_ROUTERS);
    }
}

/** RFC 3376 §4.1.1 and §7.2.1; to a version 2 host the code is linear, whoever wrote it. */
Time
IgmpHost::GetMaxResponseTime(const IgmpMessage& query) const
{
    if (query.version == 1)
    {
        return Seconds(10);
    }
    const bool isFloat = query.version == 3 && m_version == 3;
    const uint32_t tenths = isFloat ? DecodeIgmpFloat(query.maxRespCode) : query.maxRespCode;
    return MilliSeconds(100 * static_cast<int64_t>(tenths));
}

uint8_t
IgmpHost::GetCompatibilityMode() const
{
    return m_mode;
}

IgmpHost::MemberState
IgmpHost::GetMemberState(Ipv4Address group) const
{
    if (GetFilter(group).IsEmpty())
    {
        return MemberState::NON_MEMBER;
    }
    return m_answers.Contains(group) ? MemberState::DELAYING_MEMBER : MemberState::IDLE_MEMBER;
}

IgmpFilter
IgmpHost::GetFilter(Ipv4Address group) const
{
    auto it = m_groups.find(group);
    return it == m_groups.end() ? IgmpFilter() : it->second.filter;
}

std::vector<std::pair<Ipv4Address, IgmpFilter>>
IgmpHost::GetFilters() const
{
    std::vector<std::pair<Ipv4Address, IgmpFilter>> filters;
    for (const auto& [group, state] : m_groups)
    {
        if (!state.filter.IsEmpty())
        {
            filters.emplace_back(group, state.filter);
        }
    }
    return filters;
}

bool
IgmpHost::IsMember(Ipv4Address source, Ipv4Address group) const
{
    if (group == IgmpAllSystems())
    {
        return true;
    }
    auto it = m_groups.find(group);
    return it != m_groups.end() && it->second.filter.Passes(source);
}

} // namespace ns3
