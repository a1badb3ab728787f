// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 and RFC 5015 §3.3 as entries of a forwarding cache: which packets an entry accepts
// and where it sends them, as a pure function of the state of group and source.
//
// A (*,G) entry exists where (*,G) forwards anywhere. An (S,G) entry exists where the (S,G) state,
// or an (S,G,rpt) state that forwards otherwise than (*,G), forwards anywhere (the Register tunnel
// counts); an empty (S,G) entry only keeps the (*,G) entry from forwarding the source's packets.
// The entry of a bidirectional group also serves packets on their way up, and lives while any such
// come.
#ifndef VXLAN_MULTICAST_PIM_FORWARDING_ENTRIES_H
#define VXLAN_MULTICAST_PIM_FORWARDING_ENTRIES_H

#include "ns3/multicast-forwarding-cache.h"
#include "ns3/pim-config.h"
#include "ns3/pim-macros.h"

#include <optional>

namespace ns3
{

/** Derives entries; keeps nothing. */
class PimForwardingEntries
{
  public:
    /** All arguments outlive this. */
    PimForwardingEntries(const PimEnvironment& environment,
                         const PimMacros& macros,
                         const PimConfig& config);

    /** \returns the (*,G) entry, or nothing. */
    std::optional<MulticastEntrySpec> Make(const PimGroup& g) const;
    /**
     * \param star the (*,G) entry that there is now; nullptr: none
     * \returns the (S,G) entry, or nothing where \p star serves the source, or no entry is needed
     */
    std::optional<MulticastEntrySpec> Make(const PimGroup& g,
                                           const PimSource& s,
                                           const MulticastEntrySpec* star) const;

  private:
    std::optional<MulticastEntrySpec> MakeBidirectional(const PimGroup& g) const;
    bool CanYield(const PimGroup& g, const PimSource& s) const;

    const PimEnvironment& m_environment;
    const PimMacros& m_macros;
    const PimConfig& m_config;
};

} // namespace ns3

#endif
