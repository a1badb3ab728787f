// SPDX-License-Identifier: GPL-2.0-only
// What colours mean, the same in every figure: Okabe and Ito's palette, which colour-blind readers can
// distinguish.
#ifndef VXLAN_MULTICAST_FIGURE_PALETTE_H
#define VXLAN_MULTICAST_FIGURE_PALETTE_H

#include <cstddef>

namespace ns3
{

/** What a colour says of a node or of a line. */
enum class FigureMeaning
{
    SOURCE,
    RECEIVER,
    RP,
    LOSER,
    BSR,
    VTEP,
    TREE,
    REGISTERED,
    TUNNEL,
    FAILED,
    LOSSY
};

/** How a meaning is drawn and what the legend says of it. */
struct FigureStyle
{
    const char* colour;
    bool isLine;        //!< else it fills nodes
    const char* dashes; //!< of a line; empty: solid
    const char* legend;
};

/** \returns the style of \p meaning. No two have one colour, but for lines that are failures. */
inline const FigureStyle&
GetFigureStyle(FigureMeaning meaning)
{
    static const FigureStyle styles[] = {
        {"#F0E442", false, "", "sends to the group"},
        {"#9ADBC5", false, "", "member of the group"},
        {"#F3B98A", false, "", "rendezvous point (RP)"},
        {"#FFFFFF", false, "", "candidate that lost the election"},
        {"#DDA9C9", false, "", "bootstrap router (BSR)"},
        {"#BBD9F2", false, "", "VTEP"},
        {"#0072B2", true, "", "data of the group, the way it goes"},
        {"#D55E00", true, "", "data inside PIM Registers, to the RP"},
        {"#009E73", true, "", "learned: unicast between VTEPs goes this way"},
        {"#000000", true, "7 5", "failed: down, with a cross"},
        {"#000000", true, "2 4", "loses packets"},
    };
    return styles[static_cast<std::size_t>(meaning)];
}

} // namespace ns3

#endif
