// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2, RFC 5015 §3.3. Departures: nothing goes out on the link of its source (§4.2 relies on
// the SPTbit for that); what comes along RPF_interface(S) goes out to inherited_olist(S,G) even before
// the SPTbit is set.
#include "ns3/pim-forwarding-entries.h"

namespace ns3
{

PimForwardingEntries::PimForwardingEntries(const PimEnvironment& environment,
                                           const PimMacros& macros,
                                           const PimConfig& config)
    : m_environment(environment),
      m_macros(macros),
      m_config(config)
{
}

std::optional<MulticastEntrySpec>
PimForwardingEntries::MakeBidirectional(const PimGroup& g) const
{
    const InterfaceSet down = m_macros.ImmediateOlist(g);
    if (g.rpf.interface == PIM_NO_INTERFACE || (down.IsEmpty() && !g.hasSenders))
    {
        return std::nullopt;
    }
    MulticastEntrySpec spec;
    spec.incoming = g.rpf.interface;
    for (const auto& [index, interface] : m_environment.GetInterfaces())
    {
        if (m_macros.IAmDf(g, index))
        {
            spec.accepting.Add(index);
        }
    }
    spec.outgoing = down;
    spec.outgoing.Add(g.rpf.interface);
    spec.idleAfter = down.IsEmpty() ? m_config.timers.keepalivePeriod : Seconds(0);
    return spec;
}

std::optional<MulticastEntrySpec>
PimForwardingEntries::Make(const PimGroup& g) const
{
    if (g.mode == PimMode::BIDIRECTIONAL)
    {
        return MakeBidirectional(g);
    }
    if (g.mode != PimMode::SPARSE || (!g.iAmRp && g.rpf.interface == PIM_NO_INTERFACE))
    {
        return std::nullopt;
    }
    MulticastEntrySpec spec;
    spec.incoming = g.iAmRp ? MulticastEntrySpec::REGISTER_INTERFACE : g.rpf.interface;
    spec.outgoing = m_macros.ImmediateOlist(g);
    spec.outgoing.Remove(g.rpf.interface);
    if (!m_macros.PimInclude(g).IsEmpty())
    {
        spec.threshold = m_config.sptPolicy.Get(g.group);
    }
    // A last hop whose members are on the link towards the RP forwards nothing, but counts (§4.2.1).
    if (spec.outgoing.IsEmpty() && spec.threshold.unit == MulticastThreshold::Unit::NONE)
    {
        return std::nullopt;
    }
    if (const PimInterface* incoming = m_environment.FindInterface(g.rpf.interface))
    {
        // A source on the link towards the RP starts its Keepalive Timer here, too (§4.2).
        spec.localNetwork = Ipv4Prefix::FromMask(incoming->address, incoming->mask);
    }
    return spec;
}

/** Only this router's own members use the source's tree: they can stay on the shared one. */
bool
PimForwardingEntries::CanYield(const PimGroup& g, const PimSource& s) const
{
    return g.mode == PimMode::SPARSE && !g.iAmRp && !s.rpf.directlyConnected &&
           m_macros.Joins(s).IsEmpty() && !s.named;
}

std::optional<MulticastEntrySpec>
PimForwardingEntries::Make(const PimGroup& g,
                           const PimSource& s,
                           const MulticastEntrySpec* star) const
{
    if (g.mode == PimMode::BIDIRECTIONAL)
    {
        return std::nullopt;
    }
    const InterfaceSet inheritedRpt = m_macros.InheritedOlistRpt(g, s);
    MulticastEntrySpec spec;
    if (s.sptBit || inheritedRpt.IsEmpty())
    {
        spec.incoming = s.rpf.interface;
    }
    else
    {
        spec.incoming = g.iAmRp ? MulticastEntrySpec::REGISTER_INTERFACE : g.rpf.interface;
    }
    const bool startsKeepalive = !s.keepalive && m_macros.RestartsKeepalive(g, s, spec.incoming);
    const bool setsSptBit = !s.sptBit && (m_macros.UpdateSptBit(g, s, spec.incoming) ||
                                          (s.rpf.directlyConnected && startsKeepalive));
    spec.notifySources = setsSptBit || startsKeepalive;
    // What comes along RPF_interface(S) is forwarded as with the SPTbit.
    const bool bySource = spec.incoming != PIM_NO_INTERFACE && spec.incoming == s.rpf.interface;
    spec.outgoing = bySource ? m_macros.InheritedOlist(g, s) : inheritedRpt;
    spec.outgoing.Remove(spec.incoming);
    if (s.rpf.directlyConnected)
    {
        // What the source sends is on its link already. Between a Join and the next packet there,
        // which sets the SPTbit, one that comes back by the shared tree would go round.
        spec.outgoing.Remove(s.rpf.interface);
    }
    spec.registerTunnel = s.registerState == PimRegisterState::JOIN;
    if (!s.sptBit && !s.keepalive && g.mode == PimMode::SPARSE &&
        !m_macros.LastHopInterfaces(g, s).IsEmpty())
    {
        spec.threshold = m_config.sptPolicy.Get(g.group);
    }
    spec.yields = star != nullptr && CanYield(g, s);
    if (!s.HasSgState() && star != nullptr && star->outgoing == spec.outgoing)
    {
        return std::nullopt;
    }
    const bool forwards = !spec.outgoing.IsEmpty() || spec.registerTunnel;
    if (!forwards && (g.iAmRp || star == nullptr))
    {
        return std::nullopt;
    }
    return spec;
}

} // namespace ns3
