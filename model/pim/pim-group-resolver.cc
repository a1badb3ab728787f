// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5, §4.7, §4.8; RFC 5015 §3.1.
#include "ns3/pim-group-resolver.h"

#include "ns3/multicast-forwarding-cache.h"
#include "ns3/pim-neighbor-table.h"
#include "ns3/pim-rpf.h"

namespace ns3
{

PimGroupResolver::PimGroupResolver(PimEnvironment& environment,
                                   const PimNeighborTable& neighbors,
                                   const PimRpSet& rpSet,
                                   const PimTreeInformationBase& tib,
                                   const PimConfig& config)
    : m_environment(environment),
      m_neighbors(neighbors),
      m_rpSet(rpSet),
      m_tib(tib),
      m_config(config)
{
}

PimMode
PimGroupResolver::GetMode(Ipv4Address group) const
{
    return GetMode(group, m_tib.FindGroup(group));
}

PimMode
PimGroupResolver::GetMode(StoredIpv4Address group, const PimGroup* known) const
{
    if (m_config.ssmRange.Contains(group))
    {
        return PimMode::SSM;
    }
    if (known != nullptr)
    {
        return known->mode;
    }
    const std::optional<PimRpMapping> mapping = m_rpSet.Lookup(group);
    if (!mapping)
    {
        return m_rpSet.IsSparseWithoutRp(group) ? PimMode::NO_RP : PimMode::UNKNOWN;
    }
    return mapping->bidirectional ? PimMode::BIDIRECTIONAL : PimMode::SPARSE;
}

bool
PimGroupResolver::IsRoutable(Ipv4Address group, uint32_t interface) const
{
    if (interface == MulticastEntrySpec::REGISTER_INTERFACE)
    {
        return group.IsMulticast() && !group.IsLocalMulticast();
    }
    const PimInterface* own = m_environment.FindInterface(interface);
    return own != nullptr && IsRoutable(group, *own);
}

bool
PimGroupResolver::IsRoutable(StoredIpv4Address group, const PimInterface& interface) const
{
    return group.IsMulticast() && !group.IsLocalMulticast() && interface.IsActive() &&
           !interface.IsBorderOf(Ipv4Prefix(group, 32));
}

PimRpfState
PimGroupResolver::FindRpf(Ipv4Address target, Ipv4Address source, Ipv4Address group) const
{
    const std::optional<PimRpf> route =
        FindPimRpf(m_environment, m_neighbors, target, source, group);
    if (!route || !IsRoutable(group, route->interface))
    {
        return {};
    }
    return {route->interface, route->nextHop, route->metric, route->preference, route->onLink};
}

void
PimGroupResolver::Resolve(PimGroup& g) const
{
    g.rp = Ipv4Address::GetAny();
    g.iAmRp = false;
    g.hasAnycastPeers = false;
    g.rpf = {};
    if (m_config.ssmRange.Contains(g.group))
    {
        g.mode = PimMode::SSM;
        return;
    }
    const std::optional<PimRpMapping> mapping = m_rpSet.Lookup(g.group);
    if (mapping)
    {
        g.rp = mapping->rp;
        g.learnedRp = Ipv4Address::GetAny();
    }
    else if (m_rpSet.GetMappings().empty())
    {
        g.rp = g.learnedRp;
    }
    if (g.rp == Ipv4Address::GetAny())
    {
        g.mode = m_rpSet.IsSparseWithoutRp(g.group) ? PimMode::NO_RP : PimMode::UNKNOWN;
        return;
    }
    g.mode = mapping && mapping->bidirectional ? PimMode::BIDIRECTIONAL : PimMode::SPARSE;
    // The RP address of a bidirectional group is a place on a link, not a router.
    g.iAmRp = g.mode == PimMode::SPARSE && m_environment.IsOwnAddress(g.rp);
    g.hasAnycastPeers =
        g.iAmRp && FindPimAnycastRp(m_config.anycastRps, g.rp, m_environment) != nullptr;
    if (!g.iAmRp)
    {
        g.rpf = FindRpf(g.rp, Ipv4Address::GetAny(), g.group);
    }
    else
    {
        g.rpf.metric = 0;
        g.rpf.preference = 0;
    }
}

void
PimGroupResolver::Resolve(const PimGroup& g, PimSource& s) const
{
    s.rpf = FindRpf(s.source, s.source, g.group);
}

bool
PimGroupResolver::AcceptsRp(PimGroup& g, StoredIpv4Address rp, bool bidirectional) const
{
    if (g.rp == Ipv4Address::GetAny() && g.mode != PimMode::SSM && !bidirectional &&
        m_rpSet.GetMappings().empty())
    {
        // A sparse tree would close a bidirectional one to a loop, so that is not learned.
        g.learnedRp = rp;
        Resolve(g);
    }
    return g.mode != PimMode::SSM && g.rp == rp;
}

} // namespace ns3
