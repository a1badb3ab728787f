// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §6, §7.3; RFC 2236 §3, §7 (router). See the header for departures.
#include "ns3/igmp-querier.h"

#include <algorithm>
#include <utility>

namespace ns3
{

namespace
{

/** \returns a code for \p time in tenths of a second: float in version 3, else linear and not 0. */
uint8_t
EncodeMaxResponse(Time time, uint8_t version)
{
    const auto tenths = static_cast<uint32_t>(time.GetMilliSeconds() / 100);
    switch (version)
    {
    case 1:
        return 0;
    case 2:
        return static_cast<uint8_t>(std::clamp<uint32_t>(tenths, 1, 255));
    default:
        return EncodeIgmpFloat(tenths);
    }
}

} // namespace

IgmpQuerier::IgmpQuerier(IgmpEnvironment& environment, uint32_t interface, const IgmpConfig& config)
    : m_environment(environment),
      m_interface(interface),
      m_config(config),
      m_generalQuery(environment.GetClock(),
                     [this] { HandleEvent(IgmpQuerierEvent::GENERAL_QUERY_TIMER_EXPIRED); }),
      m_otherQuerierPresent(
          environment.GetClock(),
          [this] { HandleEvent(IgmpQuerierEvent::OTHER_QUERIER_PRESENT_TIMER_EXPIRED); }),
      m_deadlines(
          environment.GetClock(),
          [this](Ipv4Address group) { ExpireGroup(group); },
          [this](Ipv4Address group) { return m_groups.Find(group.Get())->GetNextDeadline(); })
{
}

void
IgmpQuerier::SetVersion(uint8_t version)
{
    m_version = version;
}

void
IgmpQuerier::Start()
{
    HandleEvent(IgmpQuerierEvent::INTERFACE_UP);
}

void
IgmpQuerier::Stop()
{
    HandleEvent(IgmpQuerierEvent::INTERFACE_DOWN);
}

void
IgmpQuerier::HandleEvent(IgmpQuerierEvent event, Ipv4Address source, const IgmpMessage& query)
{
    using S = IgmpQuerierState;
    using E = IgmpQuerierEvent;
    const S old = m_state;
    switch (old)
    {
    case S::INITIAL:
        if (event == E::INTERFACE_UP) // send general Query, set initial general Query timer
        {
            BecomeQuerier(m_config.GetStartupQueryCount());
        }
        break;
    case S::QUERIER:
        if (event == E::GENERAL_QUERY_TIMER_EXPIRED) // send general Query, set its timer
        {
            SendGeneralQuery();
        }
        else if (event == E::LOWER_QUERY_RECEIVED && !IsAskingForLastMembers()) // set other timer
        {
            m_state = S::NON_QUERIER;
            YieldTo(source, query);
        }
        break;
    case S::NON_QUERIER:
        if (event == E::LOWER_QUERY_RECEIVED) // set Other Querier Present timer
        {
            YieldTo(source, query);
        }
        else if (event == E::OTHER_QUERIER_PRESENT_TIMER_EXPIRED) // as from Initial, but at once
        {
            BecomeQuerier(0);
        }
        break;
    }
    if (event == E::INTERFACE_DOWN)
    {
        m_state = S::INITIAL;
        Forget();
    }
    if (m_state != old)
    {
        const IgmpKey key{m_interface, m_environment.GetAddress(m_interface)};
        m_environment.ReportStep("igmp-querier", key, old, event, m_state);
    }
}

/** RFC 2236 §7, figure 2: from Initial with start-up Queries, from Non-Querier with one at once. */
void
IgmpQuerier::BecomeQuerier(uint8_t startupQueries)
{
    m_state = State::QUERIER;
    m_robustness = m_config.robustness;
    m_queryInterval = m_config.queryInterval;
    m_startupQueries = startupQueries;
    SetQuerier(m_environment.GetAddress(m_interface));
    SendGeneralQuery();
}

/** Loses all state, as with the interface it is for. */
void
IgmpQuerier::Forget()
{
    m_querier = Ipv4Address::GetAny();
    m_generalQuery.Cancel();
    m_otherQuerierPresent.Cancel();
    m_deadlines.Clear();
    const KeyedSlab<IgmpGroupState, GroupKey> gone = std::exchange(m_groups, {});
    for (const IgmpGroupState* state : gone.GetSorted())
    {
        m_environment.ReportMembership(m_interface, state->group, IgmpMembershipChange::LEFT);
    }
}

void
IgmpQuerier::SetQuerier(Ipv4Address address)
{
    if (m_querier != address)
    {
        m_querier = address;
        m_environment.ReportQuerier(m_interface, address);
    }
}

void
IgmpQuerier::SendGeneralQuery()
{
    m_startupQueries -= m_startupQueries != 0 ? 1 : 0;
    m_generalQuery.Start(m_startupQueries != 0 ? m_config.GetStartupQueryInterval()
                                               : m_queryInterval);
    m_environment.Send(m_interface,
                       MakeQuery(Ipv4Address::GetAny(), m_config.queryResponseInterval),
                       IgmpAllSystems());
}

IgmpMessage
IgmpQuerier::MakeQuery(Ipv4Address group, Time maxResponseTime) const
{
    IgmpMessage query;
    query.type = IgmpMessage::QUERY;
    query.version = m_version;
    query.maxRespCode = EncodeMaxResponse(maxResponseTime, m_version);
    query.group = group;
    query.robustness = m_robustness > 7 ? 0 : m_robustness;
    query.queryIntervalCode =
        EncodeIgmpFloat(static_cast<uint32_t>(m_queryInterval.GetMilliSeconds() / 1000));
    return query;
}

IgmpDropReason
IgmpQuerier::Receive(Ipv4Address source, const IgmpMessage& message)
{
    if (m_state == State::INITIAL)
    {
        return IgmpDropReason::NONE;
    }
    const IgmpDropReason reason = message.type == IgmpMessage::QUERY
                                      ? HandleQuery(source, message)
                                      : HandleReports(source, message);
    ReportChanges();
    return reason;
}

void
IgmpQuerier::ReportChanges()
{
    const std::map<Ipv4Address, IgmpMembershipChange> changes = std::move(m_changes);
    m_changes.clear();
    for (const auto& [group, change] : changes)
    {
        m_environment.ReportMembership(m_interface, group, change);
    }
}

/** RFC 3376 §6.6.1 and §6.6.2. */
IgmpDropReason
IgmpQuerier::HandleQuery(Ipv4Address source, const IgmpMessage& query)
{
    if (!m_environment.IsOnLink(m_interface, source))
    {
        return IgmpDropReason::SOURCE_NOT_ON_LINK;
    }
    if (source == m_environment.GetAddress(m_interface))
    {
        return IgmpDropReason::OWN_ADDRESS;
    }
    if (source < m_environment.GetAddress(m_interface))
    {
        HandleEvent(IgmpQuerierEvent::LOWER_QUERY_RECEIVED, source, query);
    }
    if (query.group != Ipv4Address::GetAny() && !query.suppress)
    {
        LowerTimers(query);
    }
    return IgmpDropReason::NONE;
}

/** RFC 2236 §3: no transition to Non-Querier meanwhile; RFC 3376 §6.6.2 elects in the same way. */
bool
IgmpQuerier::IsAskingForLastMembers() const
{
    const Time now = m_environment.GetClock().Now();
    bool isAsking = false;
    m_groups.ForEach([&](const IgmpGroupState& state) {
        isAsking = isAsking || state.IsCheckingMembership(now);
    });
    return isAsking;
}

void
IgmpQuerier::YieldTo(Ipv4Address source, const IgmpMessage& query)
{
    m_generalQuery.Cancel();
    // An older Query names neither: what a version 3 querier said before no longer holds.
    const bool isKnown = query.version == 3;
    const uint32_t interval = isKnown ? DecodeIgmpFloat(query.queryIntervalCode) : 0;
    m_robustness = isKnown && query.robustness != 0 ? query.robustness : m_config.robustness;
    m_queryInterval = interval != 0 ? Seconds(interval) : m_config.queryInterval;
    m_otherQuerierPresent.Start(GetOtherQuerierPresentInterval());
    SetQuerier(source);
}

void
IgmpQuerier::LowerTimers(const IgmpMessage& query)
{
    IgmpGroupState* state = m_groups.Find(query.group.Get());
    if (state == nullptr)
    {
        return;
    }
    Time time = m_config.GetLastMemberQueryTime();
    if (query.version == 2)
    {
        // RFC 2236 §3: a version 2 querier says how long it waits.
        time = MilliSeconds(100 * int64_t(query.maxRespCode)) *
               int64_t(m_config.GetLastMemberQueryCount());
    }
    IgmpQueryAction queried;
    queried.group = query.sources.empty();
    queried.sources.insert(query.sources.begin(), query.sources.end());
    state->Lower(queried, m_environment.GetClock().Now() + time);
    m_deadlines.SetNoLater(query.group, state->GetNextDeadline() - m_environment.GetClock().Now());
}

/** Turns version 1 and 2 messages into records, RFC 3376 §7.3.2, and applies each record. */
IgmpDropReason
IgmpQuerier::HandleReports(Ipv4Address source, const IgmpMessage& message)
{
    const bool isLeave = message.type == IgmpMessage::LEAVE;
    if ((message.type == IgmpMessage::V3_REPORT && m_version < 3) || (isLeave && m_version < 2))
    {
        return IgmpDropReason::VERSION;
    }
    if (source != Ipv4Address::GetAny() && !m_environment.IsOnLink(m_interface, source))
    {
        return IgmpDropReason::SOURCE_NOT_ON_LINK;
    }
    if (message.type != IgmpMessage::V3_REPORT)
    {
        const IgmpRecordType type = isLeave ? IgmpRecordType::TO_IN : IgmpRecordType::IS_EX;
        const uint8_t version = message.type == IgmpMessage::V1_REPORT ? 1 : 2;
        return HandleRecord(source, {type, message.group, {}}, version);
    }
    IgmpDropReason reason = IgmpDropReason::NONE;
    for (const IgmpGroupRecord& record : message.records)
    {
        const IgmpDropReason refused = HandleRecord(source, record, 3);
        reason = reason == IgmpDropReason::NONE ? refused : reason;
    }
    return reason;
}

namespace
{

/** \returns whether a host asks for anything with \p record. */
bool
AsksForSomething(const IgmpGroupRecord& record)
{
    switch (record.type)
    {
    case IgmpRecordType::IS_EX:
    case IgmpRecordType::TO_EX:
        return true;
    case IgmpRecordType::IS_IN:
    case IgmpRecordType::TO_IN:
    case IgmpRecordType::ALLOW:
        return !record.sources.empty();
    default:
        return false;
    }
}

bool
IsExclude(IgmpRecordType type)
{
    return type == IgmpRecordType::IS_EX || type == IgmpRecordType::TO_EX;
}

} // namespace

IgmpDropReason
IgmpQuerier::HandleRecord(Ipv4Address source, const IgmpGroupRecord& record, uint8_t version)
{
    const Ipv4Address group = record.group;
    if (!group.IsMulticast() || group.IsLocalMulticast())
    {
        return IgmpDropReason::NONE;
    }
    if (m_config.IsSsm(group) && (version < 3 || IsExclude(record.type)))
    {
        return IgmpDropReason::SSM_RANGE;
    }
    IgmpGroupState* found = m_groups.Find(group.Get());
    const bool existed = found != nullptr;
    if (!existed && AsksForSomething(record) && m_config.membershipLimit != 0 &&
        m_groups.GetSize() >= m_config.membershipLimit)
    {
        return IgmpDropReason::MEMBERSHIP_LIMIT;
    }
    if (!existed)
    {
        found = &m_groups.Add(group.Get());
    }
    IgmpGroupState& state = *found;
    state.group = group;
    const IgmpGroupState::View before = state.GetView();
    const Time dueBefore = existed ? state.GetNextDeadline() : Time::Max();
    const IgmpDropReason refused = ApplyRecord(source, record, version, state);
    if (before.mode != state.mode)
    {
        const IgmpKey key{m_interface, group};
        m_environment.ReportStep("igmp-group", key, before.mode, record.type, state.mode);
    }
    Conclude(state, existed, before, dueBefore);
    return refused;
}

/** RFC 3376 §6.4 by the Group Compatibility Mode (§7.3.2). */
IgmpDropReason
IgmpQuerier::ApplyRecord(Ipv4Address source,
                         const IgmpGroupRecord& record,
                         uint8_t version,
                         IgmpGroupState& state)
{
    using Type = IgmpRecordType;
    const Type type = record.type;
    const Time now = m_environment.GetClock().Now();
    if (version == 1)
    {
        state.version1HostUntil = now + GetOlderHostPresentInterval();
    }
    else if (version == 2 && IsExclude(type))
    {
        state.version2HostUntil = now + GetOlderHostPresentInterval();
    }
    const uint8_t mode = state.GetCompatibilityMode(now);
    if ((mode < 3 && type == Type::BLOCK) || (mode < 2 && type == Type::TO_IN))
    {
        return IgmpDropReason::NONE;
    }
    IgmpSourceSet sources(record.sources.begin(), record.sources.end());
    if (mode < 3 && type == Type::TO_EX)
    {
        sources.clear();
    }
    const bool isCut = CutToLimit(type, sources, state);
    if (AsksForSomething(record))
    {
        state.lastReporter = source;
    }
    const IgmpQueryAction action = state.Apply(type, sources, now, GetGroupMembershipInterval());
    StartQueries(record.group, state, action);
    return isCut ? IgmpDropReason::SOURCE_LIMIT : IgmpDropReason::NONE;
}

bool
IgmpQuerier::CutToLimit(IgmpRecordType type,
                        IgmpSourceSet& sources,
                        const IgmpGroupState& state) const
{
    using Type = IgmpRecordType;
    const auto& known = state.sources;
    const bool addsNone = type == Type::BLOCK && state.mode == IgmpFilterMode::INCLUDE;
    if (m_config.sourceLimit == 0 || addsNone ||
        known.size() + sources.size() <= m_config.sourceLimit)
    {
        return false;
    }
    const auto isKnown = [&](Ipv4Address source) { return known.count(source) != 0; };
    // Of what is known, IS_EX and TO_EX delete all that they do not name.
    const std::size_t kept =
        type == Type::IS_EX || type == Type::TO_EX
            ? static_cast<std::size_t>(std::count_if(sources.begin(), sources.end(), isKnown))
            : known.size();
    const std::size_t named = sources.size();
    std::size_t room = m_config.sourceLimit - std::min<std::size_t>(kept, m_config.sourceLimit);
    for (auto it = sources.begin(); it != sources.end();)
    {
        if (isKnown(*it))
        {
            ++it;
        }
        else if (room > 0)
        {
            --room;
            ++it;
        }
        else
        {
            it = sources.erase(it);
        }
    }
    return sources.size() < named;
}

/** RFC 3376 §6.6.3: the actions "Send Q(G)" and "Send Q(G,X)". */
void
IgmpQuerier::StartQueries(Ipv4Address group, IgmpGroupState& state, const IgmpQueryAction& action)
{
    const Time now = m_environment.GetClock().Now();
    if (m_config.fastLeave)
    {
        state.Lower(action, now);
        state.Expire(now);
        return;
    }
    if (m_state != State::QUERIER)
    {
        return;
    }
    const Time until = now + m_config.GetLastMemberQueryTime();
    const uint8_t count = m_config.GetLastMemberQueryCount();
    bool any = false;
    if (action.group && state.groupDeadline > until)
    {
        state.retransmissions = count;
        any = true;
    }
    for (Ipv4Address source : action.sources)
    {
        IgmpGroupState::Source& record = state.sources[source];
        if (record.deadline > until)
        {
            record.retransmissions = count;
            any = true;
        }
    }
    state.Lower(action, until);
    if (any)
    {
        state.lastMemberUntil = until;
        SendSpecificQueries(group, state);
    }
}

void
IgmpQuerier::SendSpecificQueries(Ipv4Address group, IgmpGroupState& state)
{
    const Time until = m_environment.GetClock().Now() + m_config.GetLastMemberQueryTime();
    const bool queryGroup = state.retransmissions != 0;
    bool more = state.retransmissions > 1;
    state.retransmissions -= queryGroup ? 1 : 0;
    std::vector<Ipv4Address> wanted; // answered meanwhile
    std::vector<Ipv4Address> waning;
    for (auto& [source, record] : state.sources)
    {
        if (record.retransmissions != 0)
        {
            --record.retransmissions;
            more = more || record.retransmissions != 0;
            (record.deadline > until ? wanted : waning).push_back(source);
        }
    }
    state.nextQuery =
        more ? m_environment.GetClock().Now() + m_config.lastMemberQueryInterval : IgmpNoDeadline();
    if (queryGroup)
    {
        SendGroupQuery(group, state.groupDeadline > until);
    }
    else
    {
        // §6.6.3.2: beside a group-specific Query the suppressed list may be left out.
        SendSourceQueries(group, wanted, true);
    }
    SendSourceQueries(group, waning, false);
}

void
IgmpQuerier::SendGroupQuery(Ipv4Address group, bool suppress)
{
    IgmpMessage query = MakeQuery(group, m_config.lastMemberQueryInterval);
    query.suppress = suppress;
    m_environment.Send(m_interface, query, group);
}

/** RFC 3376 §4.1.8: the MTU bounds the list, so a long one goes in several Queries. */
void
IgmpQuerier::SendSourceQueries(Ipv4Address group,
                               const std::vector<Ipv4Address>& sources,
                               bool suppress)
{
    const std::size_t fitting =
        (m_environment.GetMaxMessageSize(m_interface) - IGMP_V3_QUERY_SIZE) / IGMP_SOURCE_SIZE;
    for (std::size_t from = 0; from < sources.size(); from += fitting)
    {
        const std::size_t to = std::min(from + fitting, sources.size());
        IgmpMessage query = MakeQuery(group, m_config.lastMemberQueryInterval);
        query.suppress = suppress;
        query.sources.assign(sources.begin() + static_cast<std::ptrdiff_t>(from),
                             sources.begin() + static_cast<std::ptrdiff_t>(to));
        m_environment.Send(m_interface, query, group);
    }
}

void
IgmpQuerier::ExpireGroup(Ipv4Address group)
{
    IgmpGroupState& state = *m_groups.Find(group.Get());
    const IgmpGroupState::View before = state.GetView();
    const Time now = m_environment.GetClock().Now();
    state.Expire(now);
    if (IsIgmpDeadline(state.nextQuery) && state.nextQuery <= now)
    {
        SendSpecificQueries(group, state);
    }
    if (before.mode != state.mode)
    {
        m_environment.ReportStep("igmp-group",
                                 IgmpKey{m_interface, group},
                                 before.mode,
                                 IgmpGroupTimerEvent::GROUP_TIMER_EXPIRED,
                                 state.mode);
    }
    Conclude(state, true, before, Time::Max());
    ReportChanges();
}

/**
 * Erases the record if it is empty, else has its alarm ring in time; queues the change for a report.
 * \param dueBefore what the alarm is set for, or earlier than that; Time::Max() if it is not set
 */
void
IgmpQuerier::Conclude(IgmpGroupState& state,
                      bool existed,
                      const IgmpGroupState::View& before,
                      Time dueBefore)
{
    const Ipv4Address group = state.group;
    if (state.IsEmpty())
    {
        m_deadlines.Remove(group);
        m_groups.Erase(group.Get());
        if (existed)
        {
            m_changes[group] = IgmpMembershipChange::LEFT;
        }
        return;
    }
    const Time due = state.GetNextDeadline();
    if (due < dueBefore)
    {
        m_deadlines.SetNoLater(group, due - m_environment.GetClock().Now());
    }
    if (!existed)
    {
        m_changes[group] = IgmpMembershipChange::JOINED;
    }
    else if (before != state.GetView())
    {
        m_changes.emplace(group, IgmpMembershipChange::CHANGED);
    }
}

IgmpQuerier::State
IgmpQuerier::GetState() const
{
    return m_state;
}

uint8_t
IgmpQuerier::GetVersion() const
{
    return m_version;
}

Ipv4Address
IgmpQuerier::GetQuerier() const
{
    return m_querier;
}

Time
IgmpQuerier::GetOtherQuerierPresent() const
{
    return m_otherQuerierPresent.GetRemaining();
}

std::vector<const IgmpGroupState*>
IgmpQuerier::GetGroups() const
{
    return m_groups.GetSorted();
}

std::size_t
IgmpQuerier::GetGroupCount() const
{
    return m_groups.GetSize();
}

const IgmpGroupState*
IgmpQuerier::FindGroup(Ipv4Address group) const
{
    return m_groups.Find(group.Get());
}

Time
IgmpQuerier::GetGroupMembershipInterval() const
{
    return m_queryInterval * int64_t(m_robustness) + m_config.queryResponseInterval;
}

Time
IgmpQuerier::GetOtherQuerierPresentInterval() const
{
    return m_queryInterval * int64_t(m_robustness) + m_config.queryResponseInterval / 2;
}

Time
IgmpQuerier::GetOlderHostPresentInterval() const
{
    return m_queryInterval * int64_t(m_robustness) + m_config.queryResponseInterval;
}

} // namespace ns3
