// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.5 and §4.7, RFC 5015 §3.1: how a group is routed, its RP, and the paths to RP and
// source. §4.8: source-specific groups have no RP.
#ifndef VXLAN_MULTICAST_PIM_GROUP_RESOLVER_H
#define VXLAN_MULTICAST_PIM_GROUP_RESOLVER_H

#include "ns3/pim-config.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-neighbor-table.h"
#include "ns3/pim-rp-set.h"
#include "ns3/pim-tree-information-base.h"

namespace ns3
{

/** Fills in what an entry takes from the RP set and the MRIB. */
class PimGroupResolver
{
  public:
    /** All arguments outlive the resolver. */
    PimGroupResolver(PimEnvironment& environment,
                     const PimNeighborTable& neighbors,
                     const PimRpSet& rpSet,
                     const PimTreeInformationBase& tib,
                     const PimConfig& config);

    /** \returns how the group is routed. */
    PimMode GetMode(Ipv4Address group) const;
    /** The same. \param known its state, or nullptr without any */
    PimMode GetMode(StoredIpv4Address group, const PimGroup* known) const;
    /** \returns whether packets and messages of \p group may pass \p interface. */
    bool IsRoutable(Ipv4Address group, uint32_t interface) const;
    bool IsRoutable(StoredIpv4Address group, const PimInterface& interface) const;
    /** \returns RPF_interface and MRIB.next_hop of \p target; \p source any: it is the RP. */
    PimRpfState FindRpf(Ipv4Address target, Ipv4Address source, Ipv4Address group) const;
    /** Sets mode, RP and RPF of the group. */
    void Resolve(PimGroup& g) const;
    /** Sets the RPF of the source. */
    void Resolve(const PimGroup& g, PimSource& s) const;
    /**
     * \returns whether a Join(*,G) or Prune(*,G) that names \p rp is for the group's tree, §4.5.1.
     * A router that knows no RP at all takes the RP from the message.
     */
    bool AcceptsRp(PimGroup& g, StoredIpv4Address rp, bool bidirectional) const;

  private:
    PimEnvironment& m_environment;
    const PimNeighborTable& m_neighbors;
    const PimRpSet& m_rpSet;
    const PimTreeInformationBase& m_tib;
    const PimConfig& m_config;
};

} // namespace ns3

#endif
