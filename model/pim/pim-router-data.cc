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
    const SourceGroup key = arrival.GetKey();
    if (!IsRoutable(key.GetGroup(), MulticastRow::REGISTER_INTERFACE))
    {
        m_environment.ReportDrop("group");
        return;
    }
    const PimRegisterMachine::Verdict verdict =
        m_register.Receive(key, arrival.GetIpSize(), nullRegister, outerSource, outerDestination);
    Drain();
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

bool
PimRouter::Arrived(SourceGroup key, uint32_t interface)
{
    if (interface == MulticastRow::REGISTER_INTERFACE || !IsRoutable(key.GetGroup(), interface) ||
        GetMode(key.GetGroup()) == PimMode::BIDIRECTIONAL)
    {
        return false;
    }
    PimSource* s = m_context.tib.FindSource(key);
    if (s == nullptr)
    {
        const PimRpfState rpf = FindRpf(key.GetSource(), key.GetSource(), key.GetGroup());
        if (!rpf.directlyConnected || rpf.interface != interface)
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
    Drain();
    s = m_context.tib.FindSource(key);
    if (s != nullptr && !s->sptBit &&
        m_context.macros.UpdateSptBit(m_context.tib.GetGroup(key.GetGroup()), *s, interface))
    {
        s->sptBit = true;
        changed = true;
        if (!s->rpf.directlyConnected && GetMode(key.GetGroup()) != PimMode::SSM)
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
    PimGroup& g = m_context.GetOrAddGroup(group);
    const bool sends = IsRoutable(group, interface) && m_context.macros.IAmDf(g, interface);
    const bool news = sends && !g.hasSenders;
    g.hasSenders = g.hasSenders || sends;
    m_context.Touch(SourceGroup::StarG(group));
    Drain();
    return news;
}

MulticastUpcalls::Verdict
PimRouter::NoEntry(const MulticastArrival& arrival)
{
    const Ipv4Address group = arrival.header.GetDestination();
    if (GetMode(group) == PimMode::BIDIRECTIONAL)
    {
        return ArrivedBidirectional(group, arrival.interface) ? Verdict::RETRY : Verdict::DROP;
    }
    return Arrived(arrival.GetKey(), arrival.interface) ? Verdict::RETRY : Verdict::DROP;
}

MulticastUpcalls::Verdict
PimRouter::WrongInterface(const MulticastArrival& arrival, const SourceGroup&)
{
    const SourceGroup key = arrival.GetKey();
    if (Arrived(key, arrival.interface))
    {
        return Verdict::RETRY;
    }
    PimGroup* g = m_context.tib.FindGroup(key.GetGroup());
    if (g != nullptr && arrival.interface != MulticastRow::REGISTER_INTERFACE)
    {
        m_assert.DataArrived(*g, key.GetSource(), arrival.interface);
        Drain();
    }
    return Verdict::DROP;
}

void
PimRouter::SourceSeen(const SourceGroup& sourceGroup, uint32_t interface)
{
    Arrived(sourceGroup, interface);
}

void
PimRouter::ThresholdCrossed(const SourceGroup& sourceGroup, uint32_t)
{
    // CheckSwitchToSpt(S,G): restarting the KAT brings about the switch.
    const SourceGroup key = sourceGroup;
    if (!m_context.canForwardBySource(key))
    {
        m_forwarder.Rearm(sourceGroup);
        return;
    }
    PimSource& s = m_context.GetOrAddSource(key);
    m_context.Touch(key);
    if (!m_context.macros.LastHopInterfaces(m_context.tib.GetGroup(key.GetGroup()), s).IsEmpty())
    {
        m_context.StartKeepalive(key, s, m_context.values.keepalivePeriod);
    }
    Drain();
}

void
PimRouter::Idle(const SourceGroup& row)
{
    if (PimGroup* g = m_context.tib.FindGroup(row.GetGroup()))
    {
        g->hasSenders = false;
        m_context.Touch(row.ToStarG());
        Drain();
    }
}

void
PimRouter::Displaced(const SourceGroup& row)
{
    // Where the policy is to fall back to (*,G), a source's tree that is here for this router's own
    // members is left again.
    const SourceGroup& key = row;
    PimSource* s = row.IsStarG() ? nullptr : m_context.tib.FindSource(key);
    if (s != nullptr && s->keepalive && !s->rpf.directlyConnected &&
        GetMode(row.GetGroup()) == PimMode::SPARSE &&
        m_forwarder.GetCache().GetPolicy() == MulticastOverflowPolicy::FALLBACK_STAR_G)
    {
        s->keepalive = false;
        m_context.timers.Remove({key, PimTimer::KEEPALIVE});
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
