// SPDX-License-Identifier: GPL-2.0-only
// The tree information base (RFC 7761 §4.1) as tib.csv shows it.
#ifndef VXLAN_MULTICAST_PIM_TIB_ROWS_H
#define VXLAN_MULTICAST_PIM_TIB_ROWS_H

#include "ns3/interface-set.h"
#include "ns3/ipv4-address.h"
#include "ns3/pim-tree-information-base.h"

#include <string>
#include <vector>

namespace ns3
{

class PimMacros;

/** A row of tib.csv. */
struct PimTibRow
{
    /** What the row is about. */
    enum class Kind : uint8_t
    {
        STAR_G,
        SG,
        SG_RPT
    };

    Kind kind{Kind::STAR_G};
    Ipv4Address source{Ipv4Address::GetAny()}; //!< any in a (*,G) row
    Ipv4Address group{Ipv4Address::GetAny()};
    Ipv4Address rp{Ipv4Address::GetAny()};               //!< any: none known
    uint32_t upstreamInterface = PIM_NO_INTERFACE;       //!< none at the RP
    Ipv4Address upstreamNeighbor{Ipv4Address::GetAny()}; //!< any: none, or directly connected
    std::string upstreamState;
    InterfaceSet outgoing;     //!< inherited; the Register tunnel is not among them
    std::string registerState; //!< of an (S,G) that registers, else empty
};

/** \returns the rows by group, source and kind. */
std::vector<PimTibRow> MakePimTibRows(const PimTreeInformationBase& tib, const PimMacros& macros);

} // namespace ns3

#endif
