// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 (data packet forwarding), §4.2.1 (last-hop switchover), §4.2.2 (SPTbit), §4.4.2
// (what comes out of Registers); RFC 5015 §3.3: what the forwarder asks.
#include "ns3/pim-router.h"

#include <sstream>

namespace ns3
{

void
PimRouter::Receive(const MulticastArrival& arrival,
                   bool nullRegister,
                   Ipv4Address outerSource,
                   Ipv4Address outerDestination)
{
    const PimEntryKey key{arrival.header.GetDestination(), arrival.header.GetSource()};
    if (!IsRoutable(key.group, MulticastRow::REGISTER_INTERFACE))
    {
        m_environment.ReportDrop("group");
        return;
    }
    const PimRegisterMachine::Verdict verdict =
        m_register.Receive(key, arrival.GetIpSize(), nullRegister, outerSource, outerDestination);
    Drain();
    if (verdict == PimRegisterMachine::Verdict::Drop)
    {
        return;
    }
    const PimGroup* g = m_context.tib.FindGroup(key.group);
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

bool
PimRouter::Arrived(PimEntryKey key, uint32_t interface)
{
    if (interface == MulticastRow::REGISTER_INTERFACE || !IsRoutable(key.group, interface) ||
        GetMode(key.group) == PimMode::Bidirectional)
    {
        return false;
    }
    PimSource* s = m_context.tib.FindSource(key);
    if (s == nullptr)
    {
        const PimRpfState rpf = FindRpf(key.source, key.source, key.group);
        if (!rpf.directlyConnected || rpf.interface != interface)
        {
            return false;
        }
        s = &m_context.MakeSource(key);
    }
    if (interface != s->rpf.interface)
    {
        return false;
    }
    const PimGroup& g = *m_context.tib.FindGroup(key.group);
    bool changed = false;
    if (m_context.macros.RestartsKeepalive(g, *s, interface))
    {
        changed = !s->keepalive;
        m_context.StartKeepalive(key, *s, m_context.values.keepalivePeriod);
    }
    Drain();
    s = m_context.tib.FindSource(key);
    if (s != nullptr && !s->sptBit &&
        m_context.macros.UpdateSptBit(*m_context.tib.FindGroup(key.group), *s, interface))
    {
        s->sptBit = true;
        changed = true;
        if (!s->rpf.directlyConnected && GetMode(key.group) != PimMode::Ssm)
        {
            std::ostringstream detail;
            detail << key;
            m_environment.ReportEvent("spt-switch", detail.str());
        }
        m_context.Touch(key);
        Drain();
    }
    return changed;
}

bool
PimRouter::ArrivedBidirectional(Ipv4Address group, uint32_t interface)
{
    // A sender-only branch: what comes in on a DF interface goes up to the RP address (§3.3).
    PimGroup& g = m_context.MakeGroup(group);
    const bool sends = IsRoutable(group, interface) && m_context.macros.IAmDf(g, interface);
    const bool news = sends && !g.hasSenders;
    g.hasSenders = g.hasSenders || sends;
    m_context.Touch({group, Ipv4Address::GetAny()});
    Drain();
    return news;
}

MulticastUpcalls::Verdict
PimRouter::NoEntry(const MulticastArrival& arrival)
{
    const Ipv4Address group = arrival.header.GetDestination();
    if (GetMode(group) == PimMode::Bidirectional)
    {
        return ArrivedBidirectional(group, arrival.interface) ? Verdict::Retry : Verdict::Drop;
    }
    return Arrived({arrival.header.GetDestination(), arrival.header.GetSource()}, arrival.interface)
               ? Verdict::Retry
               : Verdict::Drop;
}

MulticastUpcalls::Verdict
PimRouter::WrongInterface(const MulticastArrival& arrival, const MulticastKey&)
{
    const PimEntryKey key{arrival.header.GetDestination(), arrival.header.GetSource()};
    if (Arrived(key, arrival.interface))
    {
        return Verdict::Retry;
    }
    PimGroup* g = m_context.tib.FindGroup(key.group);
    if (g != nullptr && arrival.interface != MulticastRow::REGISTER_INTERFACE)
    {
        m_assert.DataArrived(*g, key.source, arrival.interface);
        Drain();
    }
    return Verdict::Drop;
}

void
PimRouter::SourceSeen(const MulticastKey& sourceGroup, uint32_t interface)
{
    Arrived({sourceGroup.group, sourceGroup.source}, interface);
}

void
PimRouter::ThresholdCrossed(const MulticastKey& sourceGroup, uint32_t)
{
    // CheckSwitchToSpt(S,G): restarting the KAT brings about the switch.
    const PimEntryKey key{sourceGroup.group, sourceGroup.source};
    if (!m_context.canForwardBySource(key))
    {
        m_forwarder.Rearm(sourceGroup);
        return;
    }
    PimSource& s = m_context.MakeSource(key);
    m_context.Touch(key);
    if (!m_context.macros.LastHopInterfaces(*m_context.tib.FindGroup(key.group), s).IsEmpty())
    {
        m_context.StartKeepalive(key, s, m_context.values.keepalivePeriod);
    }
    Drain();
}

void
PimRouter::Idle(const MulticastKey& row)
{
    if (PimGroup* g = m_context.tib.FindGroup(row.group))
    {
        g->hasSenders = false;
        m_context.Touch({row.group, Ipv4Address::GetAny()});
        Drain();
    }
}

void
PimRouter::Displaced(const MulticastKey& row)
{
    // Where the policy is to fall back to (*,G), a source's tree that is here for this router's own
    // members is left again.
    const PimEntryKey key{row.group, row.source};
    PimSource* s = row.IsStarG() ? nullptr : m_context.tib.FindSource(key);
    if (s != nullptr && s->keepalive && !s->rpf.directlyConnected &&
        GetMode(row.group) == PimMode::Sparse &&
        m_forwarder.GetCache().GetPolicy() == MulticastOverflowPolicy::FallbackStarG)
    {
        s->keepalive = false;
        m_context.timers.Remove({key, PimTimer::Keepalive});
        m_context.Touch(key);
        DrainLater();
    }
}

void
PimRouter::RegisterTunnel(const MulticastArrival& arrival)
{
    m_register.Encapsulate(arrival);
}

} // namespace ns3
