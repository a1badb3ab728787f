// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 and §4.2.1, RFC 5015 §3.3, as a chip does them.
#include "ns3/multicast-forwarder.h"

#include "ns3/ipv4-route.h"
#include "ns3/ipv4.h"

#include <algorithm>

namespace ns3
{

NS_LOG_CLASS_DEFINE(MulticastForwarder);

void
MulticastUpcalls::Displaced(const SourceGroup&)
{
}

MulticastForwarder::MulticastForwarder(ProtocolClock& clock, MulticastUpcalls& upcalls)
    : m_clock(clock),
      m_upcalls(upcalls),
      m_idle(clock, [this](const SourceGroup& key) { IdleExpired(key); }),
      m_forgetTimer(clock, [this] { ForgetSilentSources(); }),
      m_pollTimer(clock, [this] { Poll(); })
{
    m_cache.SetDisplacedCallback(
        [this](const SourceGroup& key) { m_isProcessHanging ? void() : m_upcalls.Displaced(key); });
}

void
MulticastForwarder::SetCapacity(std::size_t capacity, MulticastOverflowPolicy policy)
{
    m_cache.SetCapacity(capacity, policy);
}

void
MulticastForwarder::SetKindCapacities(std::size_t starG, std::size_t source)
{
    m_cache.SetKindCapacities(starG, source);
}

void
MulticastForwarder::SetPuntRate(double packetsPerSecond)
{
    if (packetsPerSecond == m_puntRate)
    {
        return;
    }
    m_puntRate = packetsPerSecond;
    m_puntTokens = packetsPerSecond;
    m_puntFilled = m_clock.Now();
}

void
MulticastForwarder::SetPollInterval(Time interval)
{
    if (interval == m_pollInterval)
    {
        return;
    }
    m_pollInterval = interval;
    m_pollTimer.Cancel();
    if (interval.IsStrictlyPositive())
    {
        // At multiples of the interval, whenever the router came up.
        const int64_t since = m_clock.Now().GetTimeStep() % interval.GetTimeStep();
        m_pollTimer.Start(interval - TimeStep(since));
    }
}

void
MulticastForwarder::SetProcessHanging(bool isHanging)
{
    m_isProcessHanging = isHanging;
}

bool
MulticastForwarder::Set(const SourceGroup& key, const MulticastEntrySpec& spec)
{
    MulticastForwardingEntry& entry = m_cache.Set(key, spec, m_clock.Now());
    SetIdleDeadline(entry);
    return entry.installed;
}

void
MulticastForwarder::Remove(const SourceGroup& key)
{
    m_cache.Remove(key);
    m_idle.Remove(key);
    m_sources.Erase(key.GetBits());
}

void
MulticastForwarder::RestartIdle(const SourceGroup& key)
{
    if (MulticastForwardingEntry* entry = m_cache.Find(key))
    {
        entry->idleStart = m_clock.Now();
        SetIdleDeadline(*entry);
    }
}

std::optional<Time>
MulticastForwarder::GetIdleRemaining(const SourceGroup& key) const
{
    const MulticastForwardingEntry* entry = m_cache.Find(key);
    if (!entry || !entry->spec.idleAfter.IsStrictlyPositive())
    {
        return std::nullopt;
    }
    return entry->GetIdleDeadline() - m_clock.Now();
}

void
MulticastForwarder::Rearm(const SourceGroup& sourceGroup)
{
    m_sources.Erase(sourceGroup.GetBits());
}

const MulticastForwardingCache&
MulticastForwarder::GetCache() const
{
    return m_cache;
}

MulticastForwarder::Found
MulticastForwarder::Lookup(const SourceGroup& key)
{
    Found found;
    for (const SourceGroup& candidate : {key, key.ToStarG()})
    {
        MulticastForwardingEntry* entry = m_cache.Find(candidate);
        if (!entry)
        {
            continue;
        }
        if (entry->installed || m_cache.Install(*entry))
        {
            found.entry = entry;
            return found;
        }
        found.missed = true;
        if (m_cache.GetPolicy() == MulticastOverflowPolicy::PUNT)
        {
            found.entry = entry;
            found.slow = true;
            return found;
        }
    }
    return found;
}

MulticastDecision
MulticastForwarder::Forward(const MulticastArrival& arrival)
{
    using Verdict = MulticastUpcalls::Verdict;
    using Outcome = MulticastDecision::Outcome;
    const SourceGroup key = arrival.GetKey();
    NS_LOG_LOGIC("(" << key.GetSource() << ", " << key.GetGroup() << ") on interface "
                     << arrival.interface);
    UpcallsDone done;
    while (true)
    {
        const Found found = Lookup(key);
        if (!found.entry && found.missed)
        {
            ++m_cache.GetCounters().lostPackets;
            return {Outcome::NO_ROOM, nullptr};
        }
        if (!found.entry)
        {
            if (done.noEntry || m_isProcessHanging || m_upcalls.NoEntry(arrival) == Verdict::DROP)
            {
                return {Outcome::NO_ENTRY, nullptr};
            }
            done.noEntry = true;
            continue;
        }
        MulticastForwardingEntry& entry = *found.entry;
        if (!entry.spec.Accepts(arrival.interface))
        {
            // The protocol believes in the source's own entry: what a (*,G) entry in its stead
            // refuses is no sign of a changed path.
            if (found.missed && !found.slow)
            {
                ++m_cache.GetCounters().lostPackets;
                return {Outcome::NO_ROOM, nullptr};
            }
            entry.wrongInterfacePackets += done.wrongInterface ? 0 : 1;
            const SourceGroup refusing = entry.key;
            if (done.wrongInterface || m_isProcessHanging ||
                m_upcalls.WrongInterface(arrival, refusing) == Verdict::DROP)
            {
                return {Outcome::WRONG_INTERFACE, nullptr};
            }
            done.wrongInterface = true;
            continue;
        }
        if (NotifySource(arrival, entry, done))
        {
            continue;
        }
        return Accept(arrival, found);
    }
}

MulticastDecision
MulticastForwarder::Accept(const MulticastArrival& arrival, const Found& found)
{
    MulticastOverflowCounters& counters = m_cache.GetCounters();
    if (found.slow && !PassSlowPath())
    {
        ++counters.lostPackets;
        return {MulticastDecision::Outcome::NO_ROOM, nullptr};
    }
    counters.puntedPackets += found.slow ? 1 : 0;
    counters.fallbackPackets += found.missed && !found.slow ? 1 : 0;
    MulticastForwardingEntry& entry = *found.entry;
    m_cache.Use(entry, arrival.GetIpSize(), m_clock.Now());
    MulticastDecision decision{MulticastDecision::Outcome::FORWARDED,
                               m_cache.GetRoute(entry, arrival.interface)};
    // Last, because the upcall may change the entry.
    if (entry.spec.registerTunnel && !m_isProcessHanging)
    {
        m_upcalls.RegisterTunnel(arrival);
    }
    return decision;
}

bool
MulticastForwarder::NotifySource(const MulticastArrival& arrival,
                                 const MulticastForwardingEntry& entry,
                                 UpcallsDone& done)
{
    const MulticastThreshold threshold = entry.spec.threshold;
    const bool counts = threshold.unit != MulticastThreshold::Unit::NONE;
    const SourceGroup key = arrival.GetKey();
    const bool notifies = entry.spec.NotifiesOf(key.GetSource());
    if ((!notifies && !counts) || m_isProcessHanging)
    {
        return false;
    }
    const Time now = m_clock.Now();
    SourceRecord& record = FindSource(key, entry.created);
    record.lastUse = now;
    record.interface = arrival.interface;
    if (notifies && !record.seen && !done.sourceSeen)
    {
        record.seen = true;
        done.sourceSeen = true;
        m_upcalls.SourceSeen(key, arrival.interface);
        return true;
    }
    if (!counts || record.crossed || done.counted)
    {
        return false;
    }
    done.counted = true;
    const bool inBytes = threshold.unit == MulticastThreshold::Unit::BYTES;
    record.window.Add(now, inBytes ? arrival.GetIpSize() : 1, threshold.interval);
    if (m_pollInterval.IsStrictlyPositive() ||
        record.window.GetSum(now, threshold.interval) < threshold.amount)
    {
        return false;
    }
    record.crossed = true;
    record.window.Clear();
    m_upcalls.ThresholdCrossed(key, arrival.interface);
    return true;
}

MulticastForwarder::SourceRecord&
MulticastForwarder::FindSource(const SourceGroup& key, Time entryCreated)
{
    std::unique_ptr<SourceRecord>& slot = m_sources[key.GetBits()];
    // What was remembered under an earlier entry of the group does not count for a new one.
    if (!slot || slot->created < entryCreated)
    {
        slot = std::make_unique<SourceRecord>();
        slot->created = m_clock.Now();
        if (!m_forgetTimer.IsRunning())
        {
            m_forgetTimer.Start(SOURCE_MEMORY);
        }
    }
    return *slot;
}

void
MulticastForwarder::ForgetSilentSources()
{
    const Time now = m_clock.Now();
    m_sources.EraseIf([&](uint64_t key, const std::unique_ptr<SourceRecord>& record) {
        return record->lastUse + SOURCE_MEMORY <= now && !m_cache.Find(SourceGroup::FromBits(key));
    });
    if (m_sources.GetSize() != 0)
    {
        m_forgetTimer.Start(SOURCE_MEMORY);
    }
}

void
MulticastForwarder::Poll()
{
    const Time now = m_clock.Now();
    m_pollTimer.Start(m_pollInterval);
    for (uint64_t number : m_sources.GetKeys())
    {
        const SourceGroup key = SourceGroup::FromBits(number);
        const MulticastForwardingEntry* entry = m_cache.Find(key);
        entry = entry ? entry : m_cache.Find(key.ToStarG());
        std::unique_ptr<SourceRecord>* slot = m_sources.Find(number);
        // An upcall for an earlier key may have removed this one.
        if (!entry || !slot || (*slot)->crossed ||
            entry->spec.threshold.unit == MulticastThreshold::Unit::NONE)
        {
            continue;
        }
        SourceRecord& record = **slot;
        const Time interval = std::max(entry->spec.threshold.interval, m_pollInterval);
        const uint64_t sum = record.window.GetSum(now, interval);
        if (sum != 0 && sum >= entry->spec.threshold.amount)
        {
            record.crossed = true;
            record.window.Clear();
            m_upcalls.ThresholdCrossed(key, record.interface);
        }
    }
}

bool
MulticastForwarder::PassSlowPath()
{
    const Time now = m_clock.Now();
    m_puntTokens =
        std::min(m_puntRate, m_puntTokens + (now - m_puntFilled).GetSeconds() * m_puntRate);
    m_puntFilled = now;
    if (m_puntTokens < 1)
    {
        return false;
    }
    m_puntTokens -= 1;
    return true;
}

void
MulticastForwarder::SetIdleDeadline(const MulticastForwardingEntry& entry)
{
    if (entry.spec.idleAfter.IsStrictlyPositive())
    {
        m_idle.Set(entry.key, std::max(entry.GetIdleDeadline() - m_clock.Now(), Time(0)));
    }
    else
    {
        m_idle.Remove(entry.key);
    }
}

void
MulticastForwarder::IdleExpired(const SourceGroup& key)
{
    MulticastForwardingEntry* entry = m_cache.Find(key);
    const bool idle = entry->GetIdleDeadline() <= m_clock.Now();
    if (idle)
    {
        entry->idleStart = m_clock.Now();
    }
    SetIdleDeadline(*entry);
    if (idle)
    {
        m_upcalls.Idle(key);
    }
}

void
MulticastForwarder::SendAlong(Ptr<Ipv4> ipv4,
                              Ptr<const Ipv4MulticastRoute> route,
                              Ptr<const Packet> packet,
                              Ipv4Header header)
{
    if (!route || header.GetTtl() <= 1)
    {
        return;
    }
    header.SetTtl(header.GetTtl() - 1);
    for (const auto& [interface, ttl] : route->GetOutputTtlMap())
    {
        Ptr<Ipv4Route> hop = Create<Ipv4Route>();
        hop->SetSource(header.GetSource());
        hop->SetDestination(header.GetDestination());
        hop->SetGateway(Ipv4Address::GetAny());
        hop->SetOutputDevice(ipv4->GetNetDevice(interface));
        ipv4->SendWithHeader(packet->Copy(), header, hop);
    }
}

} // namespace ns3
