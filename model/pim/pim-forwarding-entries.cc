// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2, RFC 5015 §3.3.
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

std::optional<MulticastRow>
PimForwardingEntries::MakeBidirectional(const PimGroup& g) const
{
    const InterfaceSet down = m_macros.ImmediateOlist(g);
    if (g.rpf.interface == PIM_NO_INTERFACE || (down.IsEmpty() && !g.hasSenders))
    {
        return std::nullopt;
    }
    MulticastRow entry;
    entry.incoming = g.rpf.interface;
    for (const auto& [index, interface] : m_environment.GetInterfaces())
    {
        if (m_macros.IAmDf(g, index))
        {
            entry.accepting.Add(index);
        }
    }
    entry.outgoing = down;
    entry.outgoing.Add(g.rpf.interface);
    entry.idleAfter = down.IsEmpty() ? m_config.timers.keepalivePeriod : Seconds(0);
    return entry;
}

std::optional<MulticastRow>
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
    MulticastRow entry;
    entry.incoming = g.iAmRp ? MulticastRow::REGISTER_INTERFACE : g.rpf.interface;
    entry.outgoing = m_macros.ImmediateOlist(g);
    entry.outgoing.Remove(g.rpf.interface);
    if (entry.outgoing.IsEmpty())
    {
        return std::nullopt;
    }
    if (!m_macros.PimInclude(g).IsEmpty())
    {
        entry.threshold = m_config.sptPolicy.Get(g.group);
    }
    if (const PimInterface* incoming = m_environment.FindInterface(g.rpf.interface))
    {
        // A source on the link towards the RP starts its Keepalive Timer here, too (§4.2).
        entry.localMask = incoming->mask;
        entry.localNetwork = incoming->address.CombineMask(incoming->mask);
    }
    return entry;
}

/** Only this router's own members use the source's tree: they can stay on the shared one. */
bool
PimForwardingEntries::CanYield(const PimGroup& g, const PimSource& s) const
{
    return g.mode == PimMode::SPARSE && !g.iAmRp && !s.rpf.directlyConnected &&
           m_macros.Joins(s).IsEmpty() && !s.named;
}

std::optional<MulticastRow>
PimForwardingEntries::Make(const PimGroup& g, const PimSource& s, const MulticastRow* star) const
{
    if (g.mode == PimMode::BIDIRECTIONAL)
    {
        return std::nullopt;
    }
    const InterfaceSet inheritedRpt = m_macros.InheritedOlistRpt(g, s);
    MulticastRow entry;
    if (s.sptBit || inheritedRpt.IsEmpty())
    {
        entry.incoming = s.rpf.interface;
    }
    else
    {
        entry.incoming = g.iAmRp ? MulticastRow::REGISTER_INTERFACE : g.rpf.interface;
    }
    const bool startsKeepalive = !s.keepalive && m_macros.RestartsKeepalive(g, s, entry.incoming);
    const bool setsSptBit = !s.sptBit && (m_macros.UpdateSptBit(g, s, entry.incoming) ||
                                          (s.rpf.directlyConnected && startsKeepalive));
    entry.tellSources = setsSptBit || startsKeepalive;
    // A packet that will set the SPTbit is forwarded as if it were set.
    entry.outgoing = s.sptBit || setsSptBit ? m_macros.InheritedOlist(g, s) : inheritedRpt;
    entry.outgoing.Remove(entry.incoming);
    entry.registerTunnel = s.registerState == PimRegisterState::JOIN;
    if (!s.sptBit && !s.keepalive && g.mode == PimMode::SPARSE &&
        !m_macros.LastHopInterfaces(g, s).IsEmpty())
    {
        entry.threshold = m_config.sptPolicy.Get(g.group);
    }
    entry.yields = star != nullptr && CanYield(g, s);
    if (!s.HasSgState() && star != nullptr && star->outgoing == entry.outgoing)
    {
        return std::nullopt;
    }
    const bool forwards = !entry.outgoing.IsEmpty() || entry.registerTunnel;
    if (!forwards && (g.iAmRp || star == nullptr))
    {
        return std::nullopt;
    }
    return entry;
}

} // namespace ns3
