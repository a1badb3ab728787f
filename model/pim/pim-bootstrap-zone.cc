// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §3.1.1, §3.1.2, §3.1.4, §3.1.5, §3.3, §5.
#include "ns3/pim-bootstrap-zone.h"

#include "ns3/pim-words.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ns3
{

NS_LOG_CLASS_DEFINE(PimBootstrapZone);

namespace
{

/** \returns true if two fragments of one message are the same. */
bool
HaveSameRanges(const PimBootstrap& a, const PimBootstrap& b)
{
    return std::equal(a.ranges.begin(),
                      a.ranges.end(),
                      b.ranges.begin(),
                      b.ranges.end(),
                      [](const PimBootstrapRange& one, const PimBootstrapRange& other) {
                          return one.group == other.group && one.rpCount == other.rpCount &&
                                 one.rps == other.rps;
                      });
}

} // namespace

PimBootstrapZone::PimBootstrapZone(const PimScopeZone& zone, const Surroundings& surroundings)
    : m_zone(zone),
      m_surroundings(surroundings),
      m_candidateRps(surroundings.environment.GetClock()),
      m_advertiser(
          surroundings.environment,
          surroundings.config.candidateRpTimes,
          [this] { return m_surroundings.offers(m_zone); },
          [this](const auto& advertisement) {
              ReceiveCandidateRp(advertisement, advertisement.groups);
          }),
      m_tag(static_cast<uint16_t>(surroundings.environment.GetRandom().Uniform(0, 65536.0))),
      m_bootstrapTimer(surroundings.environment.GetClock(),
                       [this] { HandleEvent(Event::BOOTSTRAP_TIMER_EXPIRES, {}); }),
      m_scopeZoneTimer(surroundings.environment.GetClock(),
                       [this] { HandleEvent(Event::SCOPE_ZONE_TIMER_EXPIRES, {}); })
{
    m_candidateRps.changed = [this] { OriginateSoon(); };
    m_surroundings.rpSet.AddZone(zone);
}

// ---- §3.1.1 and §3.1.2: the tables ----

void
PimBootstrapZone::HandleEvent(Event event, const Cause& cause)
{
    const State old = m_state;
    switch (old)
    {
    case State::ACCEPT_ANY:
        HandleAcceptAny(event, cause);
        break;
    case State::ACCEPT_PREFERRED:
        HandleAcceptPreferred(event, cause);
        break;
    case State::CANDIDATE:
        HandleCandidate(event, cause);
        break;
    case State::PENDING:
        HandlePending(event, cause);
        break;
    case State::ELECTED:
        HandleElected(event, cause);
        break;
    }
    if (m_state != old)
    {
        m_surroundings.environment.ReportStep("bsr", m_zone.range, old, event, m_state);
    }
}

void
PimBootstrapZone::HandleCandidate(Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_PREFERRED_BSM:
        Accept(*cause.message);
        break;
    case Event::RECEIVE_NON_PREFERRED_BSM:
    case Event::SCOPE_ZONE_TIMER_EXPIRES:
        break;
    case Event::RECEIVE_NON_PREFERRED_BSM_FROM_BSR:
        Forward(*cause.message);
        EnterPending(GetRandOverride());
        break;
    case Event::BOOTSTRAP_TIMER_EXPIRES:
        EnterPending(GetRandOverride());
        break;
    case Event::BECOME_CANDIDATE:
        EnterPending(cause.pending);
        break;
    case Event::CEASE_CANDIDATE:
        SetState(State::ACCEPT_PREFERRED);
        RestartScopeZoneTimer();
        break;
    }
}

void
PimBootstrapZone::HandlePending(Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_PREFERRED_BSM:
        Accept(*cause.message);
        break;
    case Event::RECEIVE_NON_PREFERRED_BSM:
    case Event::RECEIVE_NON_PREFERRED_BSM_FROM_BSR:
        Forward(*cause.message);
        break;
    case Event::BOOTSTRAP_TIMER_EXPIRES:
        BecomeElected();
        break;
    case Event::SCOPE_ZONE_TIMER_EXPIRES:
        break;
    case Event::BECOME_CANDIDATE:
        EnterPending(cause.pending);
        break;
    case Event::CEASE_CANDIDATE:
        EnterAcceptAny();
        break;
    }
}

void
PimBootstrapZone::HandleElected(Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_PREFERRED_BSM:
        Accept(*cause.message);
        break;
    case Event::RECEIVE_NON_PREFERRED_BSM:
    case Event::RECEIVE_NON_PREFERRED_BSM_FROM_BSR:
        OriginateSoon();
        break;
    case Event::BOOTSTRAP_TIMER_EXPIRES:
        Originate();
        break;
    case Event::SCOPE_ZONE_TIMER_EXPIRES:
        break;
    case Event::BECOME_CANDIDATE:
        EnterPending(cause.pending);
        break;
    case Event::CEASE_CANDIDATE:
        EnterAcceptAny();
        break;
    }
}

void
PimBootstrapZone::HandleAcceptAny(Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_PREFERRED_BSM:
        Accept(*cause.message);
        break;
    case Event::RECEIVE_NON_PREFERRED_BSM:
    case Event::RECEIVE_NON_PREFERRED_BSM_FROM_BSR:
    case Event::BOOTSTRAP_TIMER_EXPIRES:
    case Event::CEASE_CANDIDATE:
        break;
    case Event::SCOPE_ZONE_TIMER_EXPIRES:
        expired ? expired() : void();
        break;
    case Event::BECOME_CANDIDATE:
        EnterPending(cause.pending);
        break;
    }
}

void
PimBootstrapZone::HandleAcceptPreferred(Event event, const Cause& cause)
{
    switch (event)
    {
    case Event::RECEIVE_PREFERRED_BSM:
        Accept(*cause.message);
        break;
    case Event::RECEIVE_NON_PREFERRED_BSM:
    case Event::RECEIVE_NON_PREFERRED_BSM_FROM_BSR:
    case Event::SCOPE_ZONE_TIMER_EXPIRES:
    case Event::CEASE_CANDIDATE:
        break;
    case Event::BOOTSTRAP_TIMER_EXPIRES:
        EnterAcceptAny();
        break;
    case Event::BECOME_CANDIDATE:
        EnterPending(cause.pending);
        break;
    }
}

// ---- What happens ----

void
PimBootstrapZone::SetCandidate(const std::optional<PimBsr>& own, bool isStart)
{
    if (own && m_own && own->GetRank() == m_own->GetRank())
    {
        SetHashMaskLength(own->hashMaskLength);
        return;
    }
    m_own = own;
    if (own)
    {
        const Time fixed = m_surroundings.config.initialPending;
        const bool isFixed = isStart && fixed.IsStrictlyPositive();
        HandleEvent(Event::BECOME_CANDIDATE, {nullptr, isFixed ? fixed : GetRandOverride()});
    }
    else
    {
        HandleEvent(Event::CEASE_CANDIDATE, {});
    }
}

/** Another length calls for no other BSR: it goes out with the next message. */
void
PimBootstrapZone::SetHashMaskLength(uint8_t length)
{
    if (length == m_own->hashMaskLength)
    {
        return;
    }
    m_own->hashMaskLength = length;
    if (m_state == State::ELECTED)
    {
        SetBsr(*m_own);
        m_surroundings.rpSet.SetHashMaskLength(m_zone, length);
        OriginateSoon();
    }
}

void
PimBootstrapZone::Receive(const PimBootstrap& message)
{
    HandleEvent(Classify(message), {&message, {}});
}

PimBsrEvent
PimBootstrapZone::Classify(const PimBootstrap& message) const
{
    if (IsPreferred(message))
    {
        return Event::RECEIVE_PREFERRED_BSM;
    }
    return message.bsrAddress == m_bsr.address ? Event::RECEIVE_NON_PREFERRED_BSM_FROM_BSR
                                               : Event::RECEIVE_NON_PREFERRED_BSM;
}

/** The event "Receive Preferred BSM" of §3.1.4; in Accept Any, any. */
bool
PimBootstrapZone::IsPreferred(const PimBootstrap& message) const
{
    const PimBsr::Rank rank = PimBsr::RankOf(message);
    switch (m_state)
    {
    case State::ACCEPT_ANY:
        return true;
    case State::PENDING:
    case State::ELECTED:
        return rank >= m_own->GetRank();
    case State::ACCEPT_PREFERRED:
    case State::CANDIDATE:
        // The present BSR may lower its rank, but not below this candidate's own.
        return rank >= m_bsr.GetRank() ||
               (message.bsrAddress == m_bsr.address && (!m_own || rank >= m_own->GetRank()));
    }
    return false;
}

void
PimBootstrapZone::Forward(const PimBootstrap& message) const
{
    if (!message.noForward)
    {
        m_surroundings.flood(m_zone, message);
    }
}

void
PimBootstrapZone::Accept(const PimBootstrap& message)
{
    const PimBootstrapConfig& config = m_surroundings.config;
    Forward(message);
    m_hasAccepted = true;
    SetState(m_own ? State::CANDIDATE : State::ACCEPT_PREFERRED);
    SetBsr({message.bsrAddress, message.bsrPriority, message.hashMaskLength});
    m_bootstrapTimer.Start(config.bsTimeout);
    RestartScopeZoneTimer();
    RetainUnnamed(message);
    Keep(message);
    m_surroundings.rpSet.SetHashMaskLength(m_zone, message.hashMaskLength);
    for (const PimBootstrapRange& range : m_assembly.Add(message))
    {
        m_surroundings.rpSet.Store(m_zone, range.group, range.rps);
        m_unnamed[range.group.GetPrefix()] = 0;
    }
}

/**
 * §4.1: what a lost fragment would have said stays as it was. When the next message begins, ranges
 * that the last one did not name are kept for another holdtime, a few messages long.
 */
void
PimBootstrapZone::RetainUnnamed(const PimBootstrap& message)
{
    if (m_stored.empty() || m_stored.front().bsrAddress != message.bsrAddress)
    {
        m_unnamed.clear();
        m_isFragmented = false;
        return;
    }
    m_isFragmented = m_isFragmented || m_stored.size() > 1;
    if (!m_isFragmented || m_stored.front().fragmentTag == message.fragmentTag)
    {
        return;
    }
    for (auto& [range, messages] : m_unnamed)
    {
        if (messages > 0 && messages <= m_surroundings.config.retainedMessages)
        {
            m_surroundings.rpSet.Refresh(m_zone, range);
        }
        ++messages;
    }
}

void
PimBootstrapZone::EnterPending(Time delay)
{
    SetState(State::PENDING);
    m_bootstrapTimer.Start(delay);
    m_scopeZoneTimer.Cancel();
    m_surroundings.rpSet.Refresh(m_zone);
    SetBsr(PimBsr());
}

void
PimBootstrapZone::EnterAcceptAny()
{
    const bool wasCandidate = m_state != State::ACCEPT_PREFERRED;
    SetState(State::ACCEPT_ANY);
    m_bootstrapTimer.Cancel();
    if (wasCandidate)
    {
        RestartScopeZoneTimer();
    }
    m_surroundings.rpSet.Refresh(m_zone);
    SetBsr(PimBsr());
}

/** The Scope-Zone Expiry Timer runs in scope zones that this router is no candidate of. */
void
PimBootstrapZone::RestartScopeZoneTimer()
{
    if (m_zone.scoped && !m_own)
    {
        m_scopeZoneTimer.Start(m_surroundings.config.scopeZoneTimeout);
    }
}

void
PimBootstrapZone::BecomeElected()
{
    SetState(State::ELECTED);
    SetBsr(*m_own);
    m_surroundings.rpSet.SetHashMaskLength(m_zone, m_own->hashMaskLength);
    Originate();
}

void
PimBootstrapZone::Originate()
{
    PimBootstrap message;
    message.fragmentTag = ++m_tag;
    message.hashMaskLength = m_own->hashMaskLength;
    message.bsrPriority = m_own->priority;
    message.bsrAddress = m_own->address;
    message.ranges = m_candidateRps.TakeRanges();
    if (m_zone.scoped)
    {
        auto own =
            std::find_if(message.ranges.begin(), message.ranges.end(), [this](const auto& r) {
                return r.group.GetPrefix() == m_zone.range;
            });
        if (own == message.ranges.end())
        {
            PimBootstrapRange range;
            range.group.address = m_zone.range.GetAddress();
            range.group.maskLength = m_zone.range.GetLength();
            own = message.ranges.insert(message.ranges.begin(), range);
        }
        own->group.scopeZone = true;
        std::rotate(message.ranges.begin(), own, own + 1);
    }
    const uint32_t mtu = m_surroundings.environment.GetLeastMtu();
    m_bootstrapTimer.Start(m_surroundings.config.bsPeriod);
    m_lastOriginated = m_surroundings.environment.GetClock().Now();
    for (const PimBootstrap& fragment : FragmentBootstrap(message, mtu))
    {
        Keep(fragment);
        m_surroundings.flood(m_zone, fragment);
    }
    for (const PimBootstrapRange& range : message.ranges)
    {
        m_surroundings.rpSet.Store(m_zone, range.group, range.rps);
    }
}

/** Originates now, or as soon as BS_Min_Interval allows. */
void
PimBootstrapZone::OriginateSoon()
{
    if (m_state != State::ELECTED)
    {
        return;
    }
    const Time since = m_surroundings.environment.GetClock().Now() - *m_lastOriginated;
    const Time delay = std::max(Seconds(0), m_surroundings.config.bsMinInterval - since);
    if (m_bootstrapTimer.GetRemaining() > delay)
    {
        m_bootstrapTimer.Start(delay);
    }
}

void
PimBootstrapZone::ReceiveCandidateRp(const PimCandidateRpAdvertisement& advertisement,
                                     const std::vector<PimEncodedGroup>& groups)
{
    m_candidateRps.Update(advertisement, groups);
}

void
PimBootstrapZone::OffersChanged()
{
    m_advertiser.OffersChanged();
}

void
PimBootstrapZone::RoutesChanged()
{
    m_advertiser.RoutesChanged();
}

void
PimBootstrapZone::Withdraw()
{
    m_advertiser.Withdraw();
}

/** Keeps the fragments of the BSR's last message. */
void
PimBootstrapZone::Keep(const PimBootstrap& fragment)
{
    if (!m_stored.empty() && (m_stored.front().fragmentTag != fragment.fragmentTag ||
                              m_stored.front().bsrAddress != fragment.bsrAddress))
    {
        m_stored.clear();
    }
    const bool isKnown = std::any_of(m_stored.begin(), m_stored.end(), [&](const auto& other) {
        return HaveSameRanges(other, fragment);
    });
    if (!isKnown)
    {
        m_stored.push_back(fragment);
    }
}

void
PimBootstrapZone::SetState(State state)
{
    if (state != m_state)
    {
        NS_LOG_INFO("zone " << m_zone.range << ": " << EnumName(m_state) << " -> "
                            << EnumName(state));
        if (m_state == State::ELECTED)
        {
            m_candidateRps.Clear();
        }
        m_state = state;
    }
}

void
PimBootstrapZone::SetBsr(const PimBsr& bsr)
{
    const bool isOther = bsr.address != m_bsr.address;
    const bool isChanged = isOther || bsr.priority != m_bsr.priority;
    m_bsr = bsr;
    if (bsr.address == Ipv4Address::GetAny())
    {
        m_stored.clear();
        m_assembly.Clear();
    }
    if (isChanged)
    {
        std::ostringstream detail;
        if (bsr.address == Ipv4Address::GetAny())
        {
            detail << "none";
        }
        else
        {
            detail << bsr.address << " priority " << +bsr.priority;
        }
        if (m_zone.scoped)
        {
            detail << " zone " << m_zone.range;
        }
        m_surroundings.environment.ReportEvent(EnumName(PimNotice::BSR), detail.str());
    }
    if (isOther)
    {
        m_advertiser.SetBsr(bsr.address);
    }
}

/** BS_Rand_Override, §5; logarithms of a base of 2. */
Time
PimBootstrapZone::GetRandOverride() const
{
    const uint32_t myAddress = m_own->address.Get();
    const uint32_t myPriority = m_own->priority;
    const uint32_t bestPriority = std::max<uint32_t>(m_bsr.priority, myPriority);
    double addressDelay = 0;
    if (bestPriority == myPriority)
    {
        const uint32_t bestAddress = std::max(m_bsr.address.Get(), myAddress);
        addressDelay = std::log2(1.0 + bestAddress - myAddress) / 16;
    }
    else
    {
        addressDelay = 2 - myAddress / 2147483648.0;
    }
    const double priorityDelay = 2 * std::log2(1.0 + bestPriority - myPriority);
    return Seconds(5 + priorityDelay + addressDelay);
}

bool
PimBootstrapZone::HasAcceptedBesides(const PimBootstrap& message) const
{
    const bool isOther = m_stored.empty() || m_stored.front().fragmentTag != message.fragmentTag ||
                         m_stored.front().bsrAddress != message.bsrAddress;
    return m_hasAccepted && isOther;
}

} // namespace ns3
