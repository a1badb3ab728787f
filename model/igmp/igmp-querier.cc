// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 §6, §7.3; RFC 2236 §3, §7 (router). See the header for departures.
#include "ns3/igmp-querier.h"

#include <algorithm>

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

IgmpQuerier::IgmpQuerier(ProtocolClock& clock, IgmpLink& link, const IgmpParameters& parameters)
    : m_clock(clock),
      m_link(link),
      m_parameters(parameters),
      m_generalQuery(clock, [this] { SendGeneralQuery(); }),
      m_otherQuerierPresent(clock, [this] { BecomeQuerier(0); }),
      m_deadlines(clock, [this](Ipv4Address group) { ExpireGroup(group); })
{
}

void
IgmpQuerier::SetVersion(uint8_t version)
{
    m_version = version;
}

void
IgmpQuerier::SetMembershipListener(std::function<void(Ipv4Address, Change)> listener)
{
    m_membershipListener = std::move(listener);
}

void
IgmpQuerier::SetQuerierListener(std::function<void(Ipv4Address)> listener)
{
    m_querierListener = std::move(listener);
}

void
IgmpQuerier::Start()
{
    if (m_state == State::INITIAL)
    {
        BecomeQuerier(m_parameters.GetStartupQueryCount());
    }
}

void
IgmpQuerier::Stop()
{
    m_state = State::INITIAL;
    m_querier = Ipv4Address::GetAny();
    m_generalQuery.Cancel();
    m_otherQuerierPresent.Cancel();
    m_deadlines.Clear();
    const std::map<Ipv4Address, IgmpGroupState> gone = std::move(m_groups);
    m_groups.clear();
    for (const auto& [group, state] : gone)
    {
        if (m_membershipListener)
        {
            m_membershipListener(group, Change::LEFT);
        }
    }
}

/** RFC 2236 §7, figure 2: from Initial with start-up Queries, from Non-Querier with one at once. */
void
IgmpQuerier::BecomeQuerier(uint8_t startupQueries)
{
    m_state = State::QUERIER;
    m_robustness = m_parameters.robustness;
    m_queryInterval = m_parameters.queryInterval;
    m_startupQueries = startupQueries;
    SetQuerier(m_link.GetAddress());
    SendGeneralQuery();
}

void
IgmpQuerier::SetQuerier(Ipv4Address address)
{
    if (m_querier != address)
    {
        m_querier = address;
        if (m_querierListener)
        {
            m_querierListener(address);
        }
    }
}

void
IgmpQuerier::SendGeneralQuery()
{
    m_startupQueries -= m_startupQueries != 0 ? 1 : 0;
    m_generalQuery.Start(m_startupQueries != 0 ? m_parameters.GetStartupQueryInterval()
                                               : m_queryInterval);
    m_link.Send(MakeQuery(Ipv4Address::GetAny(), m_parameters.queryResponseInterval),
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

std::string
IgmpQuerier::Receive(Ipv4Address source, const IgmpMessage& message)
{
    if (m_state == State::INITIAL)
    {
        return "";
    }
    const std::string reason = message.type == IgmpMessage::QUERY ? HandleQuery(source, message)
                                                                  : HandleReports(source, message);
    const std::map<Ipv4Address, Change> changes = std::move(m_changes);
    m_changes.clear();
    for (const auto& [group, change] : changes)
    {
        if (m_membershipListener)
        {
            m_membershipListener(group, change);
        }
    }
    return reason;
}

/** RFC 3376 §6.6.1 and §6.6.2. */
std::string
IgmpQuerier::HandleQuery(Ipv4Address source, const IgmpMessage& query)
{
    if (!m_link.IsOnLink(source))
    {
        return "source-not-on-link";
    }
    if (source == m_link.GetAddress())
    {
        return "own-address";
    }
    if (source < m_link.GetAddress() && !IsAskingForLastMembers())
    {
        YieldTo(source, query);
    }
    if (query.group != Ipv4Address::GetAny() && !query.suppress)
    {
        LowerTimers(query);
    }
    return "";
}

/** RFC 2236 §3: no transition to Non-Querier meanwhile; RFC 3376 §6.6.2 elects in the same way. */
bool
IgmpQuerier::IsAskingForLastMembers() const
{
    return m_state == State::QUERIER &&
           std::any_of(m_groups.begin(), m_groups.end(), [now = m_clock.Now()](const auto& item) {
               return item.second.IsCheckingMembership(now);
           });
}

void
IgmpQuerier::YieldTo(Ipv4Address source, const IgmpMessage& query)
{
    m_state = State::NON_QUERIER;
    m_generalQuery.Cancel();
    // An older Query names neither: what a version 3 querier said before no longer holds.
    const bool told = query.version == 3;
    const uint32_t interval = told ? DecodeIgmpFloat(query.queryIntervalCode) : 0;
    m_robustness = told && query.robustness != 0 ? query.robustness : m_parameters.robustness;
    m_queryInterval = interval != 0 ? Seconds(interval) : m_parameters.queryInterval;
    m_otherQuerierPresent.Start(GetOtherQuerierPresentInterval());
    SetQuerier(source);
}

void
IgmpQuerier::LowerTimers(const IgmpMessage& query)
{
    auto it = m_groups.find(query.group);
    if (it == m_groups.end())
    {
        return;
    }
    Time time = m_parameters.GetLastMemberQueryTime();
    if (query.version == 2)
    {
        // RFC 2236 §3: a version 2 querier says how long it waits.
        time = MilliSeconds(100 * int64_t(query.maxRespCode)) *
               int64_t(m_parameters.GetLastMemberQueryCount());
    }
    IgmpQueryAction queried;
    queried.group = query.sources.empty();
    queried.sources.insert(query.sources.begin(), query.sources.end());
    it->second.Lower(queried, m_clock.Now() + time);
    m_deadlines.Set(query.group, it->second.GetNextDeadline() - m_clock.Now());
}

/** Turns version 1 and 2 messages into records, RFC 3376 §7.3.2, and applies each record. */
std::string
IgmpQuerier::HandleReports(Ipv4Address source, const IgmpMessage& message)
{
    const bool isLeave = message.type == IgmpMessage::LEAVE;
    if ((message.type == IgmpMessage::V3_REPORT && m_version < 3) || (isLeave && m_version < 2))
    {
        return "version";
    }
    if (source != Ipv4Address::GetAny() && !m_link.IsOnLink(source))
    {
        return "source-not-on-link";
    }
    if (message.type != IgmpMessage::V3_REPORT)
    {
        const IgmpRecordType type = isLeave ? IgmpRecordType::TO_IN : IgmpRecordType::IS_EX;
        const uint8_t version = message.type == IgmpMessage::V1_REPORT ? 1 : 2;
        return HandleRecord(source, {type, message.group, {}}, version);
    }
    std::string reason;
    for (const IgmpGroupRecord& record : message.records)
    {
        const std::string refused = HandleRecord(source, record, 3);
        reason = reason.empty() ? refused : reason;
    }
    return reason;
}

std::string
IgmpQuerier::HandleRecord(Ipv4Address source, const IgmpGroupRecord& record, uint8_t version)
{
    using Type = IgmpRecordType;
    const Ipv4Address group = record.group;
    if (!group.IsMulticast() || group.IsLocalMulticast())
    {
        return "";
    }
    const Type type = record.type;
    const bool excludes = type == Type::IS_EX || type == Type::TO_EX;
    const bool includes = type == Type::IS_IN || type == Type::TO_IN || type == Type::ALLOW;
    const bool wants = excludes || (includes && !record.sources.empty());
    if (m_parameters.IsSsm(group) && (version < 3 || excludes))
    {
        return "ssm-range";
    }
    const auto found = m_groups.find(group);
    const bool existed = found != m_groups.end();
    if (!existed && wants && m_parameters.membershipLimit != 0 &&
        m_groups.size() >= m_parameters.membershipLimit)
    {
        return "membership-limit";
    }
    const Time now = m_clock.Now();
    IgmpGroupState& state = existed ? found->second : m_groups[group];
    const IgmpGroupState::View before = state.GetView();
    if (version == 1)
    {
        state.version1HostUntil = now + GetOlderHostPresentInterval();
    }
    else if (version == 2 && excludes)
    {
        state.version2HostUntil = now + GetOlderHostPresentInterval();
    }
    const uint8_t mode = state.GetCompatibilityMode(now);
    IgmpSourceSet sources(record.sources.begin(), record.sources.end());
    if (mode < 3 && type == Type::TO_EX)
    {
        sources.clear();
    }
    const bool ignored = (mode < 3 && type == Type::BLOCK) || (mode < 2 && type == Type::TO_IN);
    if (!ignored)
    {
        state.lastReporter = wants ? source : state.lastReporter;
        const IgmpQueryAction action =
            state.Apply(type, sources, now, GetGroupMembershipInterval());
        StartQueries(group, state, action);
    }
    Settle(group, existed, before);
    return "";
}

/** RFC 3376 §6.6.3: the actions "Send Q(G)" and "Send Q(G,X)". */
void
IgmpQuerier::StartQueries(Ipv4Address group, IgmpGroupState& state, const IgmpQueryAction& action)
{
    const Time now = m_clock.Now();
    if (m_parameters.fastLeave)
    {
        state.Lower(action, now);
        state.Expire(now);
        return;
    }
    if (m_state != State::QUERIER)
    {
        return;
    }
    const Time until = now + m_parameters.GetLastMemberQueryTime();
    const uint8_t count = m_parameters.GetLastMemberQueryCount();
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
    const Time until = m_clock.Now() + m_parameters.GetLastMemberQueryTime();
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
        more ? m_clock.Now() + m_parameters.lastMemberQueryInterval : IgmpNoDeadline();
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
    IgmpMessage query = MakeQuery(group, m_parameters.lastMemberQueryInterval);
    query.suppress = suppress;
    m_link.Send(query, group);
}

/** RFC 3376 §4.1.8: the MTU bounds the list, so a long one goes in several Queries. */
void
IgmpQuerier::SendSourceQueries(Ipv4Address group,
                               const std::vector<Ipv4Address>& sources,
                               bool suppress)
{
    const std::size_t fitting =
        (m_link.GetMaxMessageSize() - IGMP_V3_QUERY_SIZE) / IGMP_SOURCE_SIZE;
    for (std::size_t from = 0; from < sources.size(); from += fitting)
    {
        const std::size_t to = std::min(from + fitting, sources.size());
        IgmpMessage query = MakeQuery(group, m_parameters.lastMemberQueryInterval);
        query.suppress = suppress;
        query.sources.assign(sources.begin() + static_cast<std::ptrdiff_t>(from),
                             sources.begin() + static_cast<std::ptrdiff_t>(to));
        m_link.Send(query, group);
    }
}

void
IgmpQuerier::ExpireGroup(Ipv4Address group)
{
    IgmpGroupState& state = m_groups[group];
    const IgmpGroupState::View before = state.GetView();
    const Time now = m_clock.Now();
    state.Expire(now);
    if (IsIgmpDeadline(state.nextQuery) && state.nextQuery <= now)
    {
        SendSpecificQueries(group, state);
    }
    Settle(group, true, before);
    const auto changed = m_changes.find(group);
    if (changed != m_changes.end())
    {
        const Change change = changed->second;
        m_changes.erase(changed);
        if (m_membershipListener)
        {
            m_membershipListener(group, change);
        }
    }
}

/** Forgets an empty record, sets the next deadline of another, and notes what listeners must hear.
 */
void
IgmpQuerier::Settle(Ipv4Address group, bool existed, const IgmpGroupState::View& before)
{
    auto it = m_groups.find(group);
    if (it->second.IsEmpty())
    {
        m_groups.erase(it);
        m_deadlines.Remove(group);
        if (existed)
        {
            m_changes[group] = Change::LEFT;
        }
        return;
    }
    m_deadlines.Set(group, it->second.GetNextDeadline() - m_clock.Now());
    if (!existed)
    {
        m_changes[group] = Change::JOINED;
    }
    else if (before != it->second.GetView())
    {
        m_changes.emplace(group, Change::CHANGED);
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

const std::map<Ipv4Address, IgmpGroupState>&
IgmpQuerier::GetGroups() const
{
    return m_groups;
}

const IgmpGroupState*
IgmpQuerier::FindGroup(Ipv4Address group) const
{
    auto it = m_groups.find(group);
    return it == m_groups.end() ? nullptr : &it->second;
}

Time
IgmpQuerier::GetGroupMembershipInterval() const
{
    return m_queryInterval * int64_t(m_robustness) + m_parameters.queryResponseInterval;
}

Time
IgmpQuerier::GetOtherQuerierPresentInterval() const
{
    return m_queryInterval * int64_t(m_robustness) + m_parameters.queryResponseInterval / 2;
}

Time
IgmpQuerier::GetOlderHostPresentInterval() const
{
    return m_queryInterval * int64_t(m_robustness) + m_parameters.queryResponseInterval;
}

} // namespace ns3
