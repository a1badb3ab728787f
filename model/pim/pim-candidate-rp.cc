// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §3.2, §3.3.
#include "ns3/pim-candidate-rp.h"

#include <algorithm>

namespace ns3
{

NS_LOG_CLASS_DEFINE(PimCandidateRpAdvertiser);

namespace
{

constexpr uint32_t WITHDRAWN_MESSAGES = 3;
constexpr std::size_t MAX_RPS_OF_RANGE = 255;

} // namespace

PimCandidateRpAdvertiser::PimCandidateRpAdvertiser(
    PimEnvironment& environment,
    const PimCandidateRpTimes& times,
    std::function<Offers()> offers,
    std::function<void(const PimCandidateRpAdvertisement&)> deliver)
    : m_environment(environment),
      m_times(times),
      m_offers(std::move(offers)),
      m_deliver(std::move(deliver)),
      m_timer(environment.GetClock(), [this] { TimerExpired(); })
{
}

void
PimCandidateRpAdvertiser::SetBsr(Ipv4Address bsr)
{
    m_bsr = bsr;
    m_advertised.clear();
    m_isUnsent = false;
    if (bsr == Ipv4Address::GetAny())
    {
        m_timer.Cancel();
        return;
    }
    m_toBurst = m_times.burst;
    m_timer.Start(m_environment.GetRandom().Uniform(Seconds(0), m_times.backoff));
}

void
PimCandidateRpAdvertiser::OffersChanged()
{
    if (m_bsr != Ipv4Address::GetAny())
    {
        m_toBurst = m_times.burst;
        TimerExpired();
    }
}

void
PimCandidateRpAdvertiser::RoutesChanged()
{
    if (m_isUnsent)
    {
        m_isUnsent = false;
        m_toBurst = m_times.burst;
        m_timer.Start(m_environment.GetRandom().Uniform(Seconds(0), m_times.backoff));
    }
}

void
PimCandidateRpAdvertiser::Withdraw()
{
    WithdrawAllBut({});
}

void
PimCandidateRpAdvertiser::TimerExpired()
{
    const Offers offers = m_offers();
    WithdrawAllBut(offers);
    SendAll(offers);
    m_toBurst -= m_toBurst > 0 ? 1 : 0;
    m_timer.Start(m_toBurst > 0 ? m_environment.GetRandom().Uniform(Seconds(0), m_times.backoff)
                                : m_times.period);
}

void
PimCandidateRpAdvertiser::SendAll(const Offers& offers)
{
    for (PimCandidateRpAdvertisement offer : offers)
    {
        offer.holdtime = m_times.holdtime;
        for (const PimEncodedGroup& group : offer.groups)
        {
            m_advertised[offer.rpAddress].insert(group.GetPrefix());
        }
        SendInParts(offer, offer.rpAddress);
    }
}

/** Cut to the MTU: a lost packet takes less with it than a lost IP fragment. */
void
PimCandidateRpAdvertiser::SendInParts(const PimCandidateRpAdvertisement& whole, Ipv4Address source)
{
    constexpr uint32_t headers = 20 + PimCandidateRpAdvertisement::HEADER_SIZE;
    const uint32_t mtu = std::max(m_environment.GetLeastMtu(), headers + PimEncodedGroup::SIZE);
    const std::size_t most = std::min<std::size_t>((mtu - headers) / PimEncodedGroup::SIZE,
                                                   PimCandidateRpAdvertisement::MAX_GROUPS);
    PimCandidateRpAdvertisement part = whole;
    for (std::size_t sent = 0; sent < whole.groups.size(); sent += part.groups.size())
    {
        const auto first = whole.groups.begin() + static_cast<std::ptrdiff_t>(sent);
        const auto count = std::min(most, whole.groups.size() - sent);
        part.groups.assign(first, first + static_cast<std::ptrdiff_t>(count));
        Send(part, source);
    }
}

void
PimCandidateRpAdvertiser::WithdrawAllBut(const Offers& offers)
{
    std::map<Ipv4Address, std::set<Ipv4Prefix>> gone;
    gone.swap(m_advertised);
    for (const PimCandidateRpAdvertisement& offer : offers)
    {
        for (const PimEncodedGroup& group : offer.groups)
        {
            gone[offer.rpAddress].erase(group.GetPrefix());
        }
    }
    for (const auto& [rp, ranges] : gone)
    {
        PimCandidateRpAdvertisement farewell;
        farewell.rpAddress = rp;
        farewell.holdtime = 0;
        for (const Ipv4Prefix& range : ranges)
        {
            farewell.groups.push_back({range.GetAddress(), range.GetLength(), false, false});
        }
        // The RP's own address may be the one that is gone.
        SendInParts(farewell, Ipv4Address::GetAny());
    }
}

void
PimCandidateRpAdvertiser::Send(const PimCandidateRpAdvertisement& advertisement, Ipv4Address source)
{
    if (m_environment.IsOwnAddress(m_bsr))
    {
        m_deliver(advertisement);
    }
    else if (!m_environment.SendUnicast(advertisement, source, m_bsr))
    {
        NS_LOG_INFO("no route to BSR " << m_bsr);
        m_isUnsent = true;
    }
}

PimCandidateRpTable::PimCandidateRpTable(ProtocolClock& clock)
    : m_expiry(clock, [this](const Key& key) { Expire(key); })
{
}

void
PimCandidateRpTable::Update(const PimCandidateRpAdvertisement& advertisement,
                            const std::vector<PimEncodedGroup>& groups)
{
    bool isChanged = false;
    for (const PimEncodedGroup& group : groups)
    {
        const Key key{group.GetPrefix(), advertisement.rpAddress};
        if (advertisement.holdtime == 0)
        {
            isChanged = Remove(key) || isChanged;
            continue;
        }
        const auto first = m_candidates.lower_bound(Key{key.first, Ipv4Address::GetAny()});
        const auto last = m_candidates.upper_bound(Key{key.first, Ipv4Address::GetBroadcast()});
        if (m_candidates.count(key) == 0 &&
            static_cast<std::size_t>(std::distance(first, last)) >= MAX_RPS_OF_RANGE)
        {
            continue;
        }
        const auto [it, isNew] = m_candidates.try_emplace(key);
        isChanged = isChanged || isNew || it->second.priority != advertisement.priority ||
                    it->second.bidirectional != group.bidirectional;
        it->second = {advertisement.priority, advertisement.holdtime, group.bidirectional};
        m_expiry.Set(key, Seconds(advertisement.holdtime));
        m_withdrawn.erase(key.first);
    }
    if (isChanged && changed)
    {
        changed();
    }
}

bool
PimCandidateRpTable::Remove(const Key& key)
{
    if (m_candidates.erase(key) == 0)
    {
        return false;
    }
    m_expiry.Remove(key);
    const auto next = m_candidates.lower_bound(Key{key.first, Ipv4Address::GetAny()});
    if (next == m_candidates.end() || next->first.first != key.first)
    {
        m_withdrawn[key.first] = WITHDRAWN_MESSAGES;
    }
    return true;
}

void
PimCandidateRpTable::Expire(const Key& key)
{
    Remove(key);
    if (changed)
    {
        changed();
    }
}

std::vector<PimBootstrapRange>
PimCandidateRpTable::TakeRanges()
{
    std::map<Ipv4Prefix, PimBootstrapRange> ranges;
    for (const auto& [key, candidate] : m_candidates)
    {
        PimBootstrapRange& range = ranges[key.first];
        range.group = {key.first.GetAddress(),
                       key.first.GetLength(),
                       range.group.bidirectional || candidate.bidirectional,
                       false};
        range.rps.push_back({key.second, candidate.holdtime, candidate.priority});
    }
    for (auto it = m_withdrawn.begin(); it != m_withdrawn.end();)
    {
        ranges[it->first].group = {it->first.GetAddress(), it->first.GetLength(), false, false};
        it = --it->second == 0 ? m_withdrawn.erase(it) : std::next(it);
    }
    std::vector<PimBootstrapRange> list;
    for (auto& [prefix, range] : ranges)
    {
        std::stable_sort(range.rps.begin(), range.rps.end(), [](const auto& a, const auto& b) {
            return a.priority < b.priority;
        });
        range.rpCount = static_cast<uint8_t>(range.rps.size());
        list.push_back(std::move(range));
    }
    return list;
}

void
PimCandidateRpTable::Clear()
{
    m_candidates.clear();
    m_withdrawn.clear();
    m_expiry.Clear();
}

} // namespace ns3
