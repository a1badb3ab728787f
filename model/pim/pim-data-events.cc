// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2, §4.2.1, §4.2.2, §4.4.2; RFC 5015 §3.3.
#include "ns3/pim-data-events.h"

#include <sstream>

namespace ns3
{

PimDataEvents::PimDataEvents(PimContext& context,
                             PimAssertMachine& asserts,
                             PimRegisterMachine& registers,
                             PimDataPlane& dataPlane)
    : m_context(context),
      m_assert(asserts),
      m_register(registers),
      m_dataPlane(dataPlane),
      m_forwarder(context.environment.GetClock(), *this)
{
}

MulticastForwarder&
PimDataEvents::GetForwarder()
{
    return m_forwarder;
}

const MulticastForwarder&
PimDataEvents::GetForwarder() const
{
    return m_forwarder;
}

void
PimDataEvents::ReceiveRegister(const MulticastArrival& arrival,
                               bool nullRegister,
                               Ipv4Address outerSource,
                               Ipv4Address outerDestination,
                               uint8_t outerTtl)
{
    const SourceGroup key = arrival.GetKey();
    if (!m_context.resolver.IsRoutable(key.GetGroup(), MulticastEntrySpec::REGISTER_INTERFACE))
    {
        m_context.environment.ReportDrop("group");
        return;
    }
    const PimRegisterMachine::Verdict verdict =
        m_register.Receive(arrival, nullRegister, outerSource, outerDestination, outerTtl);
    m_context.drain();
    if (verdict == PimRegisterMachine::Verdict::DROP)
    {
        return;
    }
    const PimGroup* g = m_context.tib.FindGroup(key.GetGroup());
    const PimSource* s = m_context.tib.FindSource(key);
    if (g == nullptr || (s != nullptr && m_context.macros.InheritedOlistRpt(*g, *s).IsEmpty()))
    {
        return;
    }
    if (const Ptr<Ipv4MulticastRoute> route = m_forwarder.Forward(arrival).route)
    {
        m_dataPlane.SendAlong(route, arrival);
    }
}

std::optional<Time>
PimDataEvents::GetKeepaliveByData(SourceGroup key, const PimSource& s) const
{
    const MulticastForwardingEntry* entry = m_forwarder.GetCache().Find(key);
    if (entry == nullptr || entry->packets == 0 || entry->spec.incoming != s.rpf.interface)
    {
        return std::nullopt;
    }
    // The olist may be the link where the data comes in, for members there; the entry leaves it out.
    const bool wanted =
        !entry->spec.outgoing.IsEmpty() ||
        !m_context.macros.InheritedOlist(m_context.tib.GetGroup(key.GetGroup()), s).IsEmpty();
    if (!s.rpf.directlyConnected && (s.upstream != PimUpstreamState::JOINED || !wanted))
    {
        return std::nullopt;
    }
    const Time left =
        entry->lastUse + m_context.values.keepalivePeriod - m_context.environment.GetClock().Now();
    return left.IsStrictlyPositive() ? std::optional<Time>(left) : std::nullopt;
}

bool
PimDataEvents::Arrived(SourceGroup key, uint32_t interface)
{
    if (interface == MulticastEntrySpec::REGISTER_INTERFACE ||
        !m_context.resolver.IsRoutable(key.GetGroup(), interface) ||
        m_context.resolver.GetMode(key.GetGroup()) == PimMode::BIDIRECTIONAL)
    {
        return false;
    }
    PimSource* s = m_context.tib.FindSource(key);
    if (s == nullptr)
    {
        const PimRpfState rpf =
            m_context.resolver.FindRpf(key.GetSource(), key.GetSource(), key.GetGroup());
        if (!rpf.directlyConnected || rpf.interface != interface || !m_context.HasRoom(key))
        {
            return false;
        }
        s = &m_context.GetOrAddSource(key);
    }
    if (interface != s->rpf.interface)
    {
        return false;
    }
    const PimGroup& g = m_context.tib.GetGroup(key.GetGroup());
    bool changed = false;
    if (m_context.macros.RestartsKeepalive(g, *s, interface))
    {
        changed = !s->keepalive;
        m_context.StartKeepalive(key, *s, m_context.values.keepalivePeriod);
    }
    m_context.drain();
    s = m_context.tib.FindSource(key);
    if (s != nullptr && !s->sptBit &&
        m_context.macros.UpdateSptBit(m_context.tib.GetGroup(key.GetGroup()), *s, interface))
    {
        s->sptBit = true;
        changed = true;
        if (!s->rpf.directlyConnected && m_context.resolver.GetMode(key.GetGroup()) != PimMode::SSM)
        {
            std::ostringstream detail;
            detail << key;
            m_context.environment.ReportEvent("spt-switch", detail.str());
        }
        m_context.Touch(key);
        m_context.drain();
    }
    return changed;
}

bool
PimDataEvents::ArrivedBidirectional(Ipv4Address group, uint32_t interface)
{
    // A sender-only branch: what arrives on a DF interface goes up to the RP address.
    if (!m_context.HasRoom(SourceGroup::StarG(group)))
    {
        return false;
    }
    PimGroup& g = m_context.GetOrAddGroup(group);
    const bool sends =
        m_context.resolver.IsRoutable(group, interface) && m_context.macros.IAmDf(g, interface);
    const bool isNew = sends && !g.hasSenders;
    g.hasSenders = g.hasSenders || sends;
    m_context.Touch(SourceGroup::StarG(group));
    m_context.drain();
    return isNew;
}

MulticastUpcalls::Verdict
PimDataEvents::NoEntry(const MulticastArrival& arrival)
{
    const Ipv4Address group = arrival.header.GetDestination();
    if (m_context.resolver.GetMode(group) == PimMode::BIDIRECTIONAL)
    {
        return ArrivedBidirectional(group, arrival.interface) ? Verdict::RETRY : Verdict::DROP;
    }
    return Arrived(arrival.GetKey(), arrival.interface) ? Verdict::RETRY : Verdict::DROP;
}

MulticastUpcalls::Verdict
PimDataEvents::WrongInterface(const MulticastArrival& arrival, const SourceGroup&)
{
    const SourceGroup key = arrival.GetKey();
    if (Arrived(key, arrival.interface))
    {
        return Verdict::RETRY;
    }
    PimGroup* g = m_context.tib.FindGroup(key.GetGroup());
    if (g != nullptr && arrival.interface != MulticastEntrySpec::REGISTER_INTERFACE)
    {
        m_assert.DataArrived(*g, key.GetSource(), arrival.interface);
        m_context.drain();
    }
    return Verdict::DROP;
}

void
PimDataEvents::SourceSeen(const SourceGroup& key, uint32_t interface)
{
    Arrived(key, interface);
}

void
PimDataEvents::ThresholdCrossed(const SourceGroup& key, uint32_t)
{
    // CheckSwitchToSpt(S,G): restarting the KAT brings about the switch.
    if (!m_context.canForwardBySource(key) || !m_context.HasRoom(key))
    {
        m_forwarder.Rearm(key);
        return;
    }
    PimSource& s = m_context.GetOrAddSource(key);
    m_context.Touch(key);
    if (!m_context.macros.LastHopInterfaces(m_context.tib.GetGroup(key.GetGroup()), s).IsEmpty())
    {
        m_context.StartKeepalive(key, s, m_context.values.keepalivePeriod);
    }
    m_context.drain();
}

void
PimDataEvents::Idle(const SourceGroup& key)
{
    if (PimGroup* g = m_context.tib.FindGroup(key.GetGroup()))
    {
        g->hasSenders = false;
        m_context.Touch(key.ToStarG());
        m_context.drain();
    }
}

void
PimDataEvents::Displaced(const SourceGroup& key)
{
    // Under the policy that falls back to (*,G), the source's tree that only this router's members
    // use is left again.
    PimSource* s = key.IsStarG() ? nullptr : m_context.tib.FindSource(key);
    if (s != nullptr && s->keepalive && !s->rpf.directlyConnected &&
        m_context.resolver.GetMode(key.GetGroup()) == PimMode::SPARSE &&
        m_forwarder.GetCache().GetPolicy() == MulticastOverflowPolicy::FALLBACK_STAR_G)
    {
        s->keepalive = false;
        m_context.timers.Remove({key, PimTimer::KEEPALIVE});
        m_context.Touch(key);
        m_context.drainLater();
    }
}

void
PimDataEvents::RegisterTunnel(const MulticastArrival& arrival)
{
    m_register.Encapsulate(arrival);
}

} // namespace ns3
