// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.4.1 (DR), §4.4.2 (RP); RFC 4610 §3.
#include "ns3/pim-register.h"

#include "ns3/ip-sizes.h"
#include "ns3/pim-words.h"

#include <algorithm>
#include <sstream>

namespace ns3
{

PimRegisterMachine::PimRegisterMachine(PimContext& context, PimDataPlane& dataPlane)
    : m_context(context),
      m_dataPlane(dataPlane),
      m_anycast(context, dataPlane)
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
PimRegisterMachine::HandleEvent(PimRegisterEvent event, PimGroup& g, PimSource& s)
{
    const PimRegisterState old = s.registerState;
    switch (old)
    {
    case PimRegisterState::NO_INFO:
        if (event == PimRegisterEvent::COULD_REGISTER)
        {
            AddTunnel(g, s);
        }
        break;
    case PimRegisterState::JOIN:
        if (event == PimRegisterEvent::COULD_NOT_REGISTER)
        {
            RemoveTunnel(g, s, PimRegisterState::NO_INFO);
        }
        else if (event == PimRegisterEvent::REGISTER_STOP_RECEIVED)
        {
            Suppress(g, s);
        }
        else if (event == PimRegisterEvent::RP_CHANGED)
        {
            AddTunnel(g, s);
        }
        break;
    case PimRegisterState::JOIN_PENDING:
        if (event == PimRegisterEvent::REGISTER_STOP_TIMER_EXPIRES ||
            event == PimRegisterEvent::RP_CHANGED)
        {
            AddTunnel(g, s);
        }
        else if (event == PimRegisterEvent::COULD_NOT_REGISTER)
        {
            RemoveTunnel(g, s, PimRegisterState::NO_INFO);
        }
        else if (event == PimRegisterEvent::REGISTER_STOP_RECEIVED)
        {
            Suppress(g, s);
        }
        break;
    case PimRegisterState::PRUNE:
        if (event == PimRegisterEvent::REGISTER_STOP_TIMER_EXPIRES)
        {
            Probe(g, s);
        }
        else if (event == PimRegisterEvent::COULD_NOT_REGISTER)
        {
            RemoveTunnel(g, s, PimRegisterState::NO_INFO);
        }
        else if (event == PimRegisterEvent::RP_CHANGED)
        {
            AddTunnel(g, s);
        }
        break;
    }
    if (s.registerState != old || event == PimRegisterEvent::RP_CHANGED)
    {
        const SourceGroup key{s.source, g.group};
        m_context.environment.ReportStep("register", key, old, event, s.registerState);
    }
}

/** To Join: "add" or "update reg tunnel". */
void
PimRegisterMachine::AddTunnel(PimGroup& g, PimSource& s)
{
    const SourceGroup key{s.source, g.group};
    if (s.registerState == PimRegisterState::NO_INFO || s.registerRp != g.rp)
    {
        m_anycast.Forget(key); // what members answered to an earlier flow, or for another RP
    }
    s.registerState = PimRegisterState::JOIN;
    s.registerRp = g.rp;
    m_registerLimits.Forget(key);
    m_context.timers.Remove({key, PimTimer::REGISTER_STOP});
    m_context.Touch(key);
    Report("register-start", key, g.rp);
}

/** To NoInfo or Prune: "remove reg tunnel". */
void
PimRegisterMachine::RemoveTunnel(PimGroup& g, PimSource& s, PimRegisterState to)
{
    const SourceGroup key{s.source, g.group};
    m_context.timers.Remove({key, PimTimer::REGISTER_STOP});
    if (s.registerState == PimRegisterState::JOIN)
    {
        Report("register-stop", key, s.registerRp);
    }
    s.registerState = to;
    m_context.Touch(key);
}

/** To Prune: "set Register-Stop Timer" to (0.5 to 1.5) * Register_Suppression_Time, less the probe.
 */
void
PimRegisterMachine::Suppress(PimGroup& g, PimSource& s)
{
    const Time suppression = m_context.values.registerSuppressionTime;
    const Time delay =
        m_context.environment.GetRandom().Uniform(0.5 * suppression, 1.5 * suppression) -
        m_context.values.registerProbeTime;
    RemoveTunnel(g, s, PimRegisterState::PRUNE);
    m_context.timers.Set({SourceGroup(s.source, g.group), PimTimer::REGISTER_STOP},
                         std::max<Time>(delay, Seconds(0)));
}

/** To Join-Pending: "set Register-Stop Timer" to Register_Probe_Time, "send Null-Register". */
void
PimRegisterMachine::Probe(PimGroup& g, PimSource& s)
{
    s.registerState = PimRegisterState::JOIN_PENDING;
    m_context.timers.Set({SourceGroup(s.source, g.group), PimTimer::REGISTER_STOP},
                         m_context.values.registerProbeTime);
    SendNull(g, s);
}

void
PimRegisterMachine::Update(PimGroup& g, PimSource& s)
{
    const bool could = m_context.macros.CouldRegister(g, s);
    if (s.registerState == PimRegisterState::NO_INFO)
    {
        could ? HandleEvent(PimRegisterEvent::COULD_REGISTER, g, s) : void();
    }
    else if (!could)
    {
        HandleEvent(PimRegisterEvent::COULD_NOT_REGISTER, g, s);
    }
    else if (s.registerRp != g.rp)
    {
        HandleEvent(PimRegisterEvent::RP_CHANGED, g, s);
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
        m_context.hellos.EnsureHelloSent(s->rpf.interface);
    }
    Ipv4Header inner = arrival.header;
    inner.SetTtl(ttl - 1);
    if (const PimAnycastRp* set = m_anycast.FindSet(s->registerRp))
    {
        m_anycast.Send(
            *set, {inner, arrival.packet, arrival.interface}, false, m_context.config.unicastTtl);
        return;
    }
    m_dataPlane.SendRegister(
        {inner, arrival.packet, arrival.interface}, own->address, s->registerRp);
}

/** RFC 7761 §6.2: whether \p from is an address at which an RP of the group answers Registers. */
bool
PimRegisterMachine::MayStop(const PimGroup& g, Ipv4Address from) const
{
    if (from == g.rp || from == Ipv4Address::GetAny())
    {
        return from != Ipv4Address::GetAny();
    }
    const PimAnycastRp* set = g.hasAnycastPeers ? m_anycast.FindSet(g.rp) : nullptr;
    return (set != nullptr && set->IsMember(from)) ||
           std::any_of(g.sources.begin(), g.sources.end(), [from](const auto& item) {
               return item.second.registerRp == from;
           });
}

void
PimRegisterMachine::ReceiveStop(const PimRegisterStop& message, Ipv4Address from)
{
    PimGroup* g = m_context.tib.FindGroup(message.group);
    if (g == nullptr)
    {
        return;
    }
    if (!MayStop(*g, from))
    {
        m_context.environment.ReportDrop(EnumName(PimDropReason::REGISTER_STOP_SOURCE));
        return;
    }
    const PimAnycastRp* set = g->hasAnycastPeers ? m_anycast.FindSet(g->rp) : nullptr;
    for (auto& [address, s] : g->sources)
    {
        if (message.source == Ipv4Address::GetAny() || message.source == s.source)
        {
            const SourceGroup key{s.source, g->group};
            if (set != nullptr && set->IsMember(from))
            {
                m_anycast.StopReceived(key, from);
            }
            if (set != nullptr && !m_anycast.HaveAllStopped(*set, key))
            {
                continue; // the others still take Registers
            }
            HandleEvent(PimRegisterEvent::REGISTER_STOP_RECEIVED, *g, s);
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
    if (const PimAnycastRp* set = m_anycast.FindSet(s.registerRp))
    {
        Ipv4Header header;
        header.SetSource(s.source);
        header.SetDestination(g.group);
        header.SetTtl(64);
        header.SetProtocol(PimMessage::PROTOCOL);
        m_anycast.Send(
            *set, {header, Create<Packet>(), s.rpf.interface}, true, m_context.config.unicastTtl);
        return;
    }
    constexpr uint16_t ipHeader = IPV4_HEADER_SIZE;
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
    HandleEvent(PimRegisterEvent::REGISTER_STOP_TIMER_EXPIRES,
                m_context.tib.GetGroup(key.entry.GetGroup()),
                m_context.tib.GetSource(key.entry));
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
        const Time interval =
            m_context.config.registerSwitchPolicy.Get(it->first.GetGroup()).interval;
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
    const MulticastThreshold threshold = m_context.config.registerSwitchPolicy.Get(key.GetGroup());
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

bool
PimRegisterMachine::IsForThisRp(Ipv4Address group,
                                Ipv4Address source,
                                Ipv4Address destination) const
{
    if (const PimGroup* known = m_context.tib.FindGroup(group))
    {
        return IsForThisRp(*known, source, destination);
    }
    PimGroup unknown; // a Register to somebody else is to leave no entry
    unknown.group = group;
    m_context.resolver.Resolve(unknown);
    return IsForThisRp(unknown, source, destination);
}

/** The RP address itself, or, from another member of the Anycast-RP set, this member's own. */
bool
PimRegisterMachine::IsForThisRp(const PimGroup& g,
                                Ipv4Address source,
                                Ipv4Address destination) const
{
    if (!g.iAmRp || g.mode != PimMode::SPARSE)
    {
        return false;
    }
    const PimAnycastRp* set = g.hasAnycastPeers ? m_anycast.FindSet(g.rp) : nullptr;
    return destination == g.rp || (set != nullptr && set->IsMember(source) &&
                                   destination == set->FindOwnAddress(m_context.environment));
}

/** \returns whether a Register may make state: its sender is accepted, and there is room. */
bool
PimRegisterMachine::Admits(const SourceGroup& key, Ipv4Address sender)
{
    if (!m_context.config.access.registers.Accepts(sender))
    {
        m_context.environment.ReportDrop(EnumName(PimDropReason::REGISTER_FILTER));
        return false;
    }
    return m_context.HasRoom(key);
}

PimRegisterMachine::Verdict
PimRegisterMachine::Receive(const MulticastArrival& arrival,
                            bool nullRegister,
                            Ipv4Address outerSource,
                            Ipv4Address outerDestination,
                            uint8_t outerTtl)
{
    const SourceGroup key = arrival.GetKey();
    if (!IsForThisRp(key.GetGroup(), outerSource, outerDestination))
    {
        m_context.environment.ReportDrop("not-rp");
        SendStop(key, outerDestination, outerSource);
        return Verdict::DROP;
    }
    if (!Admits(key, outerSource))
    {
        return Verdict::DROP;
    }
    PimGroup& g = m_context.GetOrAddGroup(key.GetGroup());
    PimSource* s = m_context.tib.FindSource(key);
    const bool sptBit = s != nullptr && s->sptBit;
    const bool wanted = !(s == nullptr ? m_context.macros.ImmediateOlist(g)
                                       : m_context.macros.InheritedOlist(g, *s))
                             .IsEmpty();
    const bool sptDesired = SwitchToSptDesired(key, arrival.GetIpSize(), nullRegister, wanted);
    const bool stop = sptBit || (sptDesired && !wanted);
    // RFC 4610 §3: a Register from outside the set goes on to the other members.
    const PimAnycastRp* set = g.hasAnycastPeers ? m_anycast.FindSet(g.rp) : nullptr;
    const bool copies = set != nullptr && !set->IsMember(outerSource);
    if (copies && (s == nullptr || !s->registered))
    {
        // A flow that begins; its own packets or a Prune(S,G,rpt) may have made the entry before.
        m_anycast.Forget(key);
    }
    const bool othersStopped = !copies || m_anycast.HaveAllStopped(*set, key);
    if (copies)
    {
        m_anycast.Send(*set, arrival, nullRegister, outerTtl - 1);
    }
    if (stop && othersStopped)
    {
        SendStop(key, outerDestination, outerSource);
    }
    if (sptBit || sptDesired)
    {
        PimSource& source = m_context.GetOrAddSource(key);
        if (set == nullptr || copies)
        {
            source.registered = true;
            m_context.Touch(key);
        }
        m_context.StartKeepalive(key,
                                 source,
                                 stop ? m_context.values.GetRpKeepalivePeriod()
                                      : m_context.values.keepalivePeriod);
    }
    return sptBit || nullRegister ? Verdict::DROP : Verdict::FORWARD;
}

} // namespace ns3
