// SPDX-License-Identifier: GPL-2.0-only
// What a scenario says of a figure. Plain data.
#ifndef VXLAN_MULTICAST_FIGURE_SPEC_H
#define VXLAN_MULTICAST_FIGURE_SPEC_H

#include "ns3/enum-names.h"
#include "ns3/ipv4-address.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/** What a figure shows. */
enum class FigureKind
{
    Topology,
    RpElection,
    RpTree,
    ViaRp,
    Spt,
    Overlay
};

template <>
struct EnumNames<FigureKind>
{
    static constexpr const char* NAMES[] =
        {"topology", "rp-election", "rp-tree", "via-rp", "spt", "overlay"};
};

/** A figure of the state at some time. */
struct FigureSpec
{
    FigureKind kind{FigureKind::Topology};
    std::string name; //!< the file's name without `.svg`
    Ipv4Address group{Ipv4Address::GetAny()};
    Ipv4Address source{Ipv4Address::GetAny()}; //!< any: every source
    std::optional<uint32_t> vni{};             //!< of an overlay; none: all
};

} // namespace ns3

#endif
