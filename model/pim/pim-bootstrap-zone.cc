// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §3.1.1, §3.1.2, §3.1.4, §3.1.5, §3.3, §5.
#include "ns3/pim-bootstrap-zone.h"

#include "ns3/log.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace ns3
{

NS_LOG_COMPONENT_DEFINE("PimBootstrapZone");

const char*
ToString(PimBsrState state)
{
    switch (state)
    {
    case PimBsrState::ACCEPT_ANY:
        return "AcceptAny";
    case PimBsrState::ACCEPT_PREFERRED:
        return "AcceptPreferred";
    case PimBsrState::CANDIDATE:
        return "Candidate";
    case PimBsrState::PENDING:
        return "Pending";
    case PimBsrState::ELECTED:
        return "Elected";
    }
    return "";
}

namespace
{

/** \returns true if two fragments of one message say the same. */
bool
SayTheSame(const PimBootstrap& a, const PimBootstrap& b)
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
      m_bootstrapTimer(surroundings.environment.GetClock(), [this] { BootstrapTimerExpired(); }),
      m_scopeZoneTimer(surroundings.environment.GetClock(), [this] {
          if (m_state == PimBsrState::ACCEPT_ANY && expired)
          {
              expired();
          }
      })
{
    m_candidateRps.changed = [this] { OriginateSoon(); };
    m_surroundings.rpSet.AddZone(zone);
}

void
PimBootstrapZone::SetCandidate(const std::optional<PimBsr>& own, bool isStart)
{
    if (own && m_own && own->GetWeight() == m_own->GetWeight())
    {
        SetHashMaskLength(own->hashMaskLength);
        return;
    }
    m_own = own;
    if (own)
    {
        const Time fixed = m_surroundings.config.initialPending;
        EnterPending(isStart && fixed.IsStrictlyPositive() ? fixed : GetRandOverride());
    }
    else if (m_state == PimBsrState::CANDIDATE)
    {
        SetState(PimBsrState::ACCEPT_PREFERRED);
        RestartScopeZoneTimer();
    }
    else if (m_state == PimBsrState::PENDING || m_state == PimBsrState::ELECTED)
    {
        EnterAcceptAny();
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
    if (m_state == PimBsrState::ELECTED)
    {
        SetBsr(*m_own);
        m_surroundings.rpSet.SetHashMaskLength(m_zone, length);
        OriginateSoon();
    }
}

void
PimBootstrapZone::Receive(const PimBootstrap& message)
{
    if (IsPreferred(message))
    {
        Accept(message);
    }
    else
    {
        ReceiveNonPreferred(message);
    }
}

/** The event "Receive Preferred BSM" of §3.1.4; in Accept Any, any. */
bool
PimBootstrapZone::IsPreferred(const PimBootstrap& message) const
{
    const uint64_t weight = PimBsr::WeightOf(message);
    switch (m_state)
    {
    case PimBsrState::ACCEPT_ANY:
        return true;
    case PimBsrState::PENDING:
    case PimBsrState::ELECTED:
        return weight >= m_own->GetWeight();
    case PimBsrState::ACCEPT_PREFERRED:
    case PimBsrState::CANDIDATE:
        // The present BSR may lower its weight, but not below this candidate's own.
        return weight >= m_bsr.GetWeight() ||
               (message.bsrAddress == m_bsr.address && (!m_own || weight >= m_own->GetWeight()));
    }
    return false;
}

void
PimBootstrapZone::Accept(const PimBootstrap& message)
{
    const PimBootstrapConfig& config = m_surroundings.config;
    if (!message.noForward)
    {
        m_surroundings.flood(m_zone, message);
    }
    m_hasAccepted = true;
    SetState(m_own ? PimBsrState::CANDIDATE : PimBsrState::ACCEPT_PREFERRED);
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
 * that the last one did not name live on for another holdtime, a few messages long.
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
PimBootstrapZone::ReceiveNonPreferred(const PimBootstrap& message)
{
    switch (m_state)
    {
    case PimBsrState::ELECTED:
        OriginateSoon();
        break;
    case PimBsrState::PENDING:
        if (!message.noForward)
        {
            m_surroundings.flood(m_zone, message);
        }
        break;
    case PimBsrState::CANDIDATE:
        if (message.bsrAddress == m_bsr.address)
        {
            if (!message.noForward)
            {
                m_surroundings.flood(m_zone, message);
            }
            EnterPending(GetRandOverride());
        }
        break;
    case PimBsrState::ACCEPT_ANY:
    case PimBsrState::ACCEPT_PREFERRED:
        break;
    }
}

void
PimBootstrapZone::BootstrapTimerExpired()
{
    switch (m_state)
    {
    case PimBsrState::CANDIDATE:
        EnterPending(GetRandOverride());
        break;
    case PimBsrState::PENDING:
        BecomeElected();
        break;
    case PimBsrState::ELECTED:
        Originate();
        break;
    case PimBsrState::ACCEPT_PREFERRED:
        EnterAcceptAny();
        break;
    case PimBsrState::ACCEPT_ANY:
        NS_LOG_LOGIC("Bootstrap Timer in Accept Any");
        break;
    }
}

void
PimBootstrapZone::EnterPending(Time delay)
{
    SetState(PimBsrState::PENDING);
    m_bootstrapTimer.Start(delay);
    m_scopeZoneTimer.Cancel();
    m_surroundings.rpSet.Refresh(m_zone);
    SetBsr(PimBsr());
}

void
PimBootstrapZone::EnterAcceptAny()
{
    const bool wasCandidate = m_state != PimBsrState::ACCEPT_PREFERRED;
    SetState(PimBsrState::ACCEPT_ANY);
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
    SetState(PimBsrState::ELECTED);
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
    if (m_state != PimBsrState::ELECTED)
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
        return SayTheSame(other, fragment);
    });
    if (!isKnown)
    {
        m_stored.push_back(fragment);
    }
}

void
PimBootstrapZone::SetState(PimBsrState state)
{
    if (state != m_state)
    {
        NS_LOG_INFO("zone " << m_zone.range << ": " << ToString(m_state) << " -> "
                            << ToString(state));
        if (m_state == PimBsrState::ELECTED)
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
        m_surroundings.environment.ReportEvent("bsr", detail.str());
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

const PimScopeZone&
PimBootstrapZone::GetZone() const
{
    return m_zone;
}

PimBsrState
PimBootstrapZone::GetState() const
{
    return m_state;
}

const PimBsr&
PimBootstrapZone::GetBsr() const
{
    return m_bsr;
}

const std::optional<PimBsr>&
PimBootstrapZone::GetOwn() const
{
    return m_own;
}

Time
PimBootstrapZone::GetBootstrapTimer() const
{
    return m_bootstrapTimer.GetRemaining();
}

Time
PimBootstrapZone::GetScopeZoneTimer() const
{
    return m_scopeZoneTimer.GetRemaining();
}

bool
PimBootstrapZone::HasAcceptedBesides(const PimBootstrap& message) const
{
    const bool isOther = m_stored.empty() || m_stored.front().fragmentTag != message.fragmentTag ||
                         m_stored.front().bsrAddress != message.bsrAddress;
    return m_hasAccepted && isOther;
}

const std::vector<PimBootstrap>&
PimBootstrapZone::GetStoredMessage() const
{
    return m_stored;
}

} // namespace ns3
