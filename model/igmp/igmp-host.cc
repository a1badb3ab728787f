// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §5 and §7.2, the host of version 3. See the header for departures.
#include "ns3/igmp-host.h"

#include <algorithm>
#include <utility>

namespace ns3
{

namespace
{

const Ipv4Address ALL_IGMPV3_ROUTERS(0xe0000016);

std::vector<Ipv4Address>
ToVector(const IgmpSourceSet& sources)
{
    return {sources.begin(), sources.end()};
}

} // namespace

IgmpHost::IgmpHost(IgmpEnvironment& environment,
                   uint32_t interface,
                   const IgmpConfig& config,
                   IgmpReceptionState& requests)
    : m_environment(environment),
      m_interface(interface),
      m_config(config),
      m_requests(requests),
      m_flush(environment.GetClock(), [this] { Flush(); }),
      m_retransmissions(environment.GetClock(),
                        [this](Ipv4Address group) { ScheduleFlush(group); }),
      m_generalAnswer(environment.GetClock(), [this] { AnswerGeneralQuery(); }),
      m_answers(environment.GetClock(), [this](Ipv4Address group) { AnswerGroupQuery(group); }),
      m_version1QuerierPresent(environment.GetClock(), [this] { UpdateMode(); }),
      m_version2QuerierPresent(environment.GetClock(), [this] { UpdateMode(); })
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

bool
IgmpHost::Listen(uint64_t socket, Ipv4Address group, const IgmpFilter& filter)
{
    const IgmpReceptionChange change = m_requests.Listen(socket, group, filter, m_config);
    if (!change.accepted || change.before == change.after)
    {
        return change.accepted;
    }
    Announce(group, change.before, change.after);
    if (change.IsJoin() || change.IsLeave())
    {
        m_environment.ReportReception(m_interface, group, change.IsJoin());
    }
    return true;
}

void
IgmpHost::Start()
{
    if (m_running)
    {
        return;
    }
    m_running = true;
    for (const auto& [group, filter] : m_requests.GetFilters())
    {
        Announce(group, IgmpFilter(), filter);
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
IgmpHost::Announce(Ipv4Address group, const IgmpFilter& old, const IgmpFilter& now)
{
    if (m_running && m_mode == 3)
    {
        AnnounceChange(group, old, now);
    }
    else if (m_running && old.IsEmpty())
    {
        HandleEvent(IgmpHostState::NON_MEMBER, IgmpHostEvent::JOIN_GROUP, group);
    }
    else if (m_running && now.IsEmpty())
    {
        const bool delaying = m_answers.Contains(group);
        HandleEvent(delaying ? IgmpHostState::DELAYING_MEMBER : IgmpHostState::IDLE_MEMBER,
                    IgmpHostEvent::LEAVE_GROUP,
                    group);
    }
    else if (!m_running)
    {
        ForgetIfIdle(group);
    }
}

/** RFC 3376 §5.1: notes what differs and how often it is still to be reported. */
void
IgmpHost::AnnounceChange(Ipv4Address group, const IgmpFilter& old, const IgmpFilter& now)
{
    Pending& state = m_pending[group];
    const uint8_t times = m_config.robustness;
    if (now.mode != old.mode)
    {
        state.modeRetransmissions = times;
    }
    else
    {
        for (Ipv4Address source : now.sources)
        {
            if (old.sources.count(source) == 0)
            {
                state.sourceRetransmissions[source] = times;
            }
        }
        for (Ipv4Address source : old.sources)
        {
            if (now.sources.count(source) == 0)
            {
                state.sourceRetransmissions[source] = times;
            }
        }
    }
    ScheduleFlush(group);
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
        auto it = m_pending.find(group);
        if (it == m_pending.end())
        {
            continue;
        }
        AppendStateChange(group, it->second, records);
        m_retransmissions.Remove(group);
        if (it->second.modeRetransmissions != 0 || !it->second.sourceRetransmissions.empty())
        {
            if (!delay)
            {
                delay = m_environment.GetRandom().Uniform(Seconds(0),
                                                          m_config.unsolicitedReportInterval);
            }
            m_retransmissions.Set(group, *delay);
        }
        ForgetIfIdle(group);
    }
    SendReports(records);
}

/** RFC 3376 §5.1, the table of what a (repeated) report holds. */
void
IgmpHost::AppendStateChange(Ipv4Address group,
                            Pending& state,
                            std::vector<IgmpGroupRecord>& records)
{
    const IgmpFilter filter = m_requests.Merge(group);
    if (state.modeRetransmissions != 0)
    {
        --state.modeRetransmissions;
        const bool include = filter.mode == IgmpFilterMode::INCLUDE;
        records.push_back({include ? IgmpRecordType::TO_IN : IgmpRecordType::TO_EX,
                           group,
                           ToVector(filter.sources)});
    }
    else
    {
        IgmpGroupRecord allow{IgmpRecordType::ALLOW, group, {}};
        IgmpGroupRecord block{IgmpRecordType::BLOCK, group, {}};
        for (const auto& [source, times] : state.sourceRetransmissions)
        {
            (filter.Passes(source) ? allow : block).sources.push_back(source);
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
                                           ? m_config.GetOlderVersionQuerierPresentTimeout()
                                           : m_config.version1RouterPresentTimeout);
    }
    else if (query.version == 2 && general)
    {
        m_version2QuerierPresent.Start(m_config.GetOlderVersionQuerierPresentTimeout());
    }
    UpdateMode();
    const Time maxResponseTime = GetMaxResponseTime(query);
    if (m_mode != 3)
    {
        if (!general)
        {
            HandleEvent(GetMemberState(query.group),
                        IgmpHostEvent::QUERY_RECEIVED,
                        query.group,
                        maxResponseTime);
            return;
        }
        for (const auto& [group, filter] : m_requests.GetFilters())
        {
            HandleEvent(
                GetMemberState(group), IgmpHostEvent::QUERY_RECEIVED, group, maxResponseTime);
        }
        return;
    }
    if (m_requests.GetSize() == 0)
    {
        return;
    }
    const Time delay = m_environment.GetRandom().Uniform(Seconds(0), maxResponseTime);
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
    if (GetFilter(query.group).IsEmpty())
    {
        return;
    }
    IgmpSourceSet& recorded = m_pending[query.group].queriedSources;
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
    ForgetIfIdle(query.group);
}

void
IgmpHost::AnswerGeneralQuery()
{
    std::vector<IgmpGroupRecord> records;
    records.reserve(m_requests.GetSize());
    for (const auto& [group, filter] : GetFilters())
    {
        const bool include = filter.mode == IgmpFilterMode::INCLUDE;
        records.push_back({include ? IgmpRecordType::IS_IN : IgmpRecordType::IS_EX,
                           group,
                           ToVector(filter.sources)});
    }
    SendReports(records);
}

void
IgmpHost::AnswerGroupQuery(Ipv4Address group)
{
    const IgmpFilter filter = GetFilter(group);
    if (filter.IsEmpty())
    {
        return;
    }
    if (m_mode != 3)
    {
        HandleEvent(IgmpHostState::DELAYING_MEMBER, IgmpHostEvent::TIMER_EXPIRED, group);
        return;
    }
    IgmpSourceSet queried;
    if (auto it = m_pending.find(group); it != m_pending.end())
    {
        queried = std::exchange(it->second.queriedSources, {});
        ForgetIfIdle(group);
    }
    const bool include = filter.mode == IgmpFilterMode::INCLUDE;
    IgmpGroupRecord record{include ? IgmpRecordType::IS_IN : IgmpRecordType::IS_EX, group, {}};
    if (queried.empty())
    {
        record.sources = ToVector(filter.sources);
    }
    else
    {
        record.type = IgmpRecordType::IS_IN;
        for (Ipv4Address source : queried)
        {
            if (filter.Passes(source))
            {
                record.sources.push_back(source);
            }
        }
        if (record.sources.empty())
        {
            return;
        }
    }
    SendReports({record});
}

/** RFC 3376 §7.2.1: the oldest querier heard of lately sets the version. */
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
    for (const auto& [group, filter] : GetFilters())
    {
        // Nobody need have reported in the new version yet, so a leave must be sent.
        if (m_mode != 3 && ReportsOld(group))
        {
            m_pending[group].lastReporter = true;
        }
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
    m_pending.clear();
}

/** Drops what is kept of a group when nothing more is to report. */
void
IgmpHost::ForgetIfIdle(Ipv4Address group)
{
    const auto it = m_pending.find(group);
    const bool isKept = it != m_pending.end();
    if (isKept &&
        (it->second.modeRetransmissions != 0 || !it->second.sourceRetransmissions.empty()))
    {
        return;
    }
    const bool isMember = !GetFilter(group).IsEmpty();
    if (!isMember)
    {
        m_answers.Remove(group);
    }
    if (isKept && (!isMember || (!it->second.lastReporter && it->second.queriedSources.empty())))
    {
        m_pending.erase(it);
    }
}

void
IgmpHost::SendReports(const std::vector<IgmpGroupRecord>& records)
{
    for (const IgmpMessage& report :
         PackIgmpReports(records, m_environment.GetMaxMessageSize(m_interface)))
    {
        m_environment.Send(m_interface, report, ALL_IGMPV3_ROUTERS);
    }
}

/** RFC 3376 §4.1.1 and §7.2.1; to a version 2 host the code is linear, whatever version sent it. */
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
    return m_requests.Merge(group);
}

std::vector<std::pair<Ipv4Address, IgmpFilter>>
IgmpHost::GetFilters() const
{
    return m_requests.GetFilters();
}

bool
IgmpHost::IsMember(Ipv4Address source, Ipv4Address group) const
{
    if (group == IgmpAllSystems())
    {
        return true;
    }
    return m_requests.Merge(group).Passes(source);
}

} // namespace ns3
