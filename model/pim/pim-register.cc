// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.4.1 (DR), §4.4.2 (RP).
#include "ns3/pim-register.h"

#include <sstream>

namespace ns3
{

PimRegisterMachine::PimRegisterMachine(PimContext& context, PimDataPlane& dataPlane)
    : m_context(context),
      m_dataPlane(dataPlane)
{
}

void
PimRegisterMachine::Report(const char* event, SourceGroup key, Ipv4Address rp) const
{
    std::ostringstream detail;
    detail << key << " " << rp;
    m_context.environment.ReportEvent(event, detail.str());
}

void
PimRegisterMachine::Start(PimGroup& g, PimSource& s)
{
    const SourceGroup key{s.source, g.group};
    s.registerState = PimRegisterState::JOIN;
    s.registerRp = g.rp;
    m_registerLimits.Forget(key);
    m_context.timers.Remove({key, PimTimer::REGISTER_STOP});
    m_context.Touch(key);
    Report("register-start", key, g.rp);
}

void
PimRegisterMachine::Leave(SourceGroup key, PimSource& s, PimRegisterState to)
{
    if (s.registerState == PimRegisterState::JOIN)
    {
        Report("register-stop", key, s.registerRp);
    }
    s.registerState = to;
    m_context.Touch(key);
}

void
PimRegisterMachine::Update(PimGroup& g, PimSource& s)
{
    const SourceGroup key{s.source, g.group};
    const bool could = m_context.macros.CouldRegister(g, s);
    if (s.registerState == PimRegisterState::NO_INFO)
    {
        if (could)
        {
            Start(g, s);
        }
    }
    else if (!could)
    {
        m_context.timers.Remove({key, PimTimer::REGISTER_STOP});
        Leave(key, s, PimRegisterState::NO_INFO);
    }
    else if (s.registerRp != g.rp)
    {
        Start(g, s);
    }
}

void
PimRegisterMachine::Encapsulate(const MulticastArrival& arrival)
{
    const SourceGroup key = arrival.GetKey();
    const PimSource* s = m_context.tib.FindSource(key);
    if (s == nullptr || s->registerRp == Ipv4Address::GetAny())
    {
        return;
    }
    const PimInterface* own = m_context.environment.FindInterface(s->rpf.interface);
    const uint8_t ttl = arrival.header.GetTtl();
    const bool leaves = m_context.environment.GetRib().Lookup(s->registerRp) != nullptr;
    const Time now = m_context.environment.GetClock().Now();
    if (own == nullptr || ttl <= 1 ||
        (leaves && !m_registerLimits.Pass(key, now, m_context.values.registerRate)))
    {
        return;
    }
    if (leaves)
    {
        // Another router that still takes itself for the DR registers the same packets.
        m_context.neighbors.EnsureHelloSent(s->rpf.interface);
    }
    Ipv4Header inner = arrival.header;
    inner.SetTtl(ttl - 1);
    m_dataPlane.SendRegister(
        {inner, arrival.packet, arrival.interface}, own->address, s->registerRp);
}

void
PimRegisterMachine::Stop(SourceGroup key, PimSource& s)
{
    if (s.registerState != PimRegisterState::JOIN &&
        s.registerState != PimRegisterState::JOIN_PENDING)
    {
        return;
    }
    const Time suppression = m_context.values.registerSuppressionTime;
    const Time delay =
        m_context.environment.GetRandom().Uniform(0.5 * suppression, 1.5 * suppression) -
        m_context.values.registerProbeTime;
    m_context.timers.Set({key, PimTimer::REGISTER_STOP}, std::max<Time>(delay, Seconds(0)));
    Leave(key, s, PimRegisterState::PRUNE);
}

void
PimRegisterMachine::ReceiveStop(const PimRegisterStop& message)
{
    PimGroup* g = m_context.tib.FindGroup(message.group);
    if (g == nullptr)
    {
        return;
    }
    for (auto& [address, s] : g->sources)
    {
        if (message.source == Ipv4Address::GetAny() || message.source == s.source)
        {
            Stop({s.source, g->group}, s);
        }
    }
}

void
PimRegisterMachine::SendNull(const PimGroup& g, const PimSource& s)
{
    const PimInterface* own = m_context.environment.FindInterface(s.rpf.interface);
    if (own == nullptr || s.registerRp == Ipv4Address::GetAny())
    {
        return;
    }
    constexpr uint16_t ipHeader = 20;
    WireWriter inner;
    inner.WriteU16(0x4500);
    inner.WriteU16(ipHeader);
    inner.WriteU32(0);
    inner.WriteU8(64);
    inner.WriteU8(PimMessage::PROTOCOL);
    inner.WriteU16(0);
    inner.WriteIpv4(s.source);
    inner.WriteIpv4(g.group);
    inner.PatchU16(10, InternetChecksum(inner.GetBytes().data(), ipHeader));
    PimRegister message;
    message.nullRegister = true;
    message.packet = inner.GetBytes();
    m_context.environment.SendUnicast(message, own->address, s.registerRp);
}

void
PimRegisterMachine::Expire(const PimTimerKey& key)
{
    PimGroup& g = m_context.tib.GetGroup(key.entry.GetGroup());
    PimSource& s = m_context.tib.GetSource(key.entry);
    if (s.registerState == PimRegisterState::JOIN_PENDING)
    {
        Start(g, s);
        return;
    }
    s.registerState = PimRegisterState::JOIN_PENDING;
    m_context.timers.Set(key, m_context.values.registerProbeTime);
    SendNull(g, s);
}

void
PimRegisterMachine::SendStop(SourceGroup key, Ipv4Address source, Ipv4Address destination)
{
    if (!m_stopLimits.Pass({key, destination},
                           m_context.environment.GetClock().Now(),
                           m_context.values.registerStopRate))
    {
        return;
    }
    PimRegisterStop message;
    message.group = key.GetGroup();
    message.source = key.GetSource();
    m_context.environment.SendUnicast(message, source, destination);
}

bool
PimRegisterMachine::HasBeenPolledSince(Time crossed) const
{
    const Time interval = m_context.values.pollInterval;
    return !interval.IsStrictlyPositive() ||
           m_context.environment.GetClock().Now().GetTimeStep() / interval.GetTimeStep() >
               crossed.GetTimeStep() / interval.GetTimeStep();
}

void
PimRegisterMachine::ForgetSilentSources()
{
    const Time now = m_context.environment.GetClock().Now();
    for (auto it = m_counts.begin(); it != m_counts.end();)
    {
        const Time interval = m_context.registerSwitchPolicy.Get(it->first.GetGroup()).interval;
        it = it->second.window.GetSum(now, interval) == 0 ? m_counts.erase(it) : std::next(it);
    }
    m_countsAfterPurge = m_counts.size();
}

bool
PimRegisterMachine::SwitchToSptDesired(SourceGroup key,
                                       uint32_t bytes,
                                       bool nullRegister,
                                       bool wanted)
{
    const MulticastThreshold threshold = m_context.registerSwitchPolicy.Get(key.GetGroup());
    if (threshold.unit == MulticastThreshold::Unit::NONE)
    {
        return false;
    }
    const PimSource* s = m_context.tib.FindSource(key);
    if (s != nullptr && s->keepalive)
    {
        return true;
    }
    if (wanted && !m_context.canForwardBySource(key))
    {
        return false;
    }
    const Time now = m_context.environment.GetClock().Now();
    if (m_counts.size() >= 2 * m_countsAfterPurge + 1024)
    {
        ForgetSilentSources();
    }
    Count& count = m_counts[key];
    if (!nullRegister)
    {
        count.window.Add(
            now, threshold.unit == MulticastThreshold::Unit::BYTES ? bytes : 1, threshold.interval);
    }
    if (!count.crossed && count.window.GetSum(now, threshold.interval) >= threshold.amount)
    {
        count.crossed = now;
    }
    if (!count.crossed || !HasBeenPolledSince(*count.crossed))
    {
        return false;
    }
    m_counts.erase(key);
    return true;
}

PimRegisterMachine::Verdict
PimRegisterMachine::Receive(SourceGroup key,
                            uint32_t bytes,
                            bool nullRegister,
                            Ipv4Address outerSource,
                            Ipv4Address outerDestination)
{
    PimGroup& g = m_context.GetOrAddGroup(key.GetGroup());
    if (!g.iAmRp || g.mode != PimMode::SPARSE || outerDestination != g.rp)
    {
        m_context.environment.ReportDrop("not-rp");
        SendStop(key, outerDestination, outerSource);
        return Verdict::DROP;
    }
    PimSource* s = m_context.tib.FindSource(key);
    const bool sptBit = s != nullptr && s->sptBit;
    const bool wanted = !(s == nullptr ? m_context.macros.ImmediateOlist(g)
                                       : m_context.macros.InheritedOlist(g, *s))
                             .IsEmpty();
    const bool sptDesired = SwitchToSptDesired(key, bytes, nullRegister, wanted);
    const bool stop = sptBit || (sptDesired && !wanted);
    if (stop)
    {
        SendStop(key, outerDestination, outerSource);
    }
    if (sptBit || sptDesired)
    {
        m_context.StartKeepalive(key,
                                 m_context.GetOrAddSource(key),
                                 stop ? m_context.values.GetRpKeepalivePeriod()
                                      : m_context.values.keepalivePeriod);
    }
    return sptBit || nullRegister ? Verdict::DROP : Verdict::FORWARD;
}

void
PimRegisterMachine::Clear()
{
    m_counts.clear();
    m_registerLimits.Clear();
    m_stopLimits.Clear();
}

} // namespace ns3
