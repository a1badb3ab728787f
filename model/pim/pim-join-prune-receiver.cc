// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5; RFC 5015 §3.4.
#include "ns3/pim-join-prune-receiver.h"

namespace ns3
{

PimJoinPruneReceiver::PimJoinPruneReceiver(PimContext& context,
                                           PimJoinPruneDownstream& downstream,
                                           PimJoinPruneUpstream& upstream,
                                           PimAssertMachine& asserts)
    : m_context(context),
      m_downstream(downstream),
      m_upstream(upstream),
      m_assert(asserts)
{
}

void
PimJoinPruneReceiver::ReceiveEntry(bool join,
                                   const PimEncodedSource& entry,
                                   const PimEncodedGroup& set,
                                   PimGroup* known,
                                   uint32_t interface,
                                   Time expiry)
{
    const StoredIpv4Address group = set.address;
    const SourceGroup key{entry.address, group};
    if (entry.wildcard && join)
    {
        PimGroup& g = known != nullptr ? *known : m_context.GetOrAddGroup(group);
        const StoredIpv4Address rp = g.rp;
        if (m_context.resolver.AcceptsRp(g, entry.address, set.bidirectional) &&
            (g.mode != PimMode::BIDIRECTIONAL || m_context.macros.IAmDf(g, interface)))
        {
            m_downstream.JoinStarG(g, interface, expiry);
            m_assert.JoinReceived(SourceGroup::StarG(group), g, interface);
        }
        if (g.rp != rp) // learned from this Join
        {
            m_context.Touch(SourceGroup::StarG(group));
        }
    }
    else if (entry.wildcard)
    {
        m_downstream.PruneStarG(group, interface);
    }
    else if (entry.rpt && join)
    {
        m_downstream.JoinSgRpt(key, interface);
    }
    else if (entry.rpt)
    {
        m_downstream.PruneSgRpt(key, interface, expiry);
    }
    else if (join)
    {
        PimSource& s = m_context.GetOrAddSource(key);
        m_downstream.JoinSg(key, s, interface, expiry);
        m_assert.JoinReceived(key, s, interface);
    }
    else
    {
        m_downstream.PruneSg(key, interface);
    }
}

void
PimJoinPruneReceiver::OverhearEntry(bool join,
                                    const PimEncodedSource& entry,
                                    Ipv4Address group,
                                    uint32_t interface,
                                    Ipv4Address neighbor,
                                    uint16_t holdtime)
{
    const SourceGroup key{entry.address, group};
    if (entry.wildcard)
    {
        join ? m_upstream.OverhearJoinStarG(group, entry.address, interface, neighbor, holdtime)
             : m_upstream.OverhearPruneStarG(group, interface, neighbor);
    }
    else if (entry.rpt)
    {
        join ? m_upstream.OverhearJoinSgRpt(key, interface, neighbor)
             : m_upstream.OverhearPruneSgRpt(key, interface, neighbor);
    }
    else
    {
        join ? m_upstream.OverhearJoinSg(key, interface, neighbor, holdtime)
             : m_upstream.OverhearPruneSg(key, interface, neighbor);
    }
}

void
PimJoinPruneReceiver::ReceiveSet(const PimJoinPruneGroup& set,
                                 const PimJoinPrune& message,
                                 const PimInterface& interface,
                                 Ipv4Address upstream,
                                 bool forMe,
                                 Time expiry)
{
    const StoredIpv4Address group = set.group.address;
    if (set.group.maskLength != 32 || !m_context.resolver.IsRoutable(group, interface))
    {
        m_context.environment.ReportDrop("group");
        return;
    }
    PimGroup* known = m_context.tib.FindGroup(group);
    const PimMode mode = m_context.resolver.GetMode(group, known);
    auto take = [&](bool join, const PimEncodedSource& entry) {
        const bool starOnly = mode == PimMode::BIDIRECTIONAL && !entry.wildcard;
        const bool sourceOnly = mode == PimMode::SSM && (entry.wildcard || entry.rpt);
        if (entry.maskLength != 32 || entry.address.IsAny() || entry.address.IsMulticast() ||
            starOnly || sourceOnly)
        {
            m_context.environment.ReportDrop("source");
        }
        else if (forMe)
        {
            const SourceGroup key =
                entry.wildcard ? SourceGroup::StarG(group) : SourceGroup(entry.address, group);
            if ((join || entry.rpt) && !m_context.HasRoom(key))
            {
                return;
            }
            ReceiveEntry(join, entry, set.group, known, interface.index, expiry);
        }
        else
        {
            OverhearEntry(join, entry, group, interface.index, upstream, message.holdtime);
        }
    };
    // A Join(*,G) comes before the Prunes(S,G,rpt) that qualify it.
    for (bool wildcard : {true, false})
    {
        for (const PimEncodedSource& entry : set.joins)
        {
            if (entry.wildcard == wildcard)
            {
                take(true, entry);
            }
        }
    }
    for (const PimEncodedSource& entry : set.prunes)
    {
        take(false, entry);
    }
}

void
PimJoinPruneReceiver::Receive(const PimJoinPrune& message, uint32_t interface, Ipv4Address source)
{
    const PimInterface* own = m_context.environment.FindInterface(interface);
    if (own == nullptr || !own->IsActive() || m_context.macros.Nbr(interface, source) != source)
    {
        m_context.environment.ReportDrop("not-a-neighbor");
        return;
    }
    const bool forMe = message.upstreamNeighbor == own->address ||
                       message.upstreamNeighbor == Ipv4Address::GetAny();
    const Ipv4Address upstream = m_context.macros.Nbr(interface, message.upstreamNeighbor);
    const Time expiry = message.holdtime == PimJoinPrune::HOLDTIME_FOREVER
                            ? Time::Max()
                            : m_context.environment.GetClock().Now() + Seconds(message.holdtime);
    for (const PimJoinPruneGroup& set : message.groups)
    {
        ReceiveSet(set, message, *own, upstream, forMe, expiry);
    }
    m_downstream.EndOfMessage();
    m_context.drain();
}

} // namespace ns3
