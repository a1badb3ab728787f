// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1.
#include "ns3/pim-tib-rows.h"

#include "ns3/pim-macros.h"

namespace ns3
{

std::vector<PimTibRow>
MakePimTibRows(const PimTreeInformationBase& tib, const PimMacros& macros)
{
    std::vector<PimTibRow> rows;
    for (const auto& [address, g] : tib.GetGroups())
    {
        PimTibRow row;
        row.group = g.group;
        row.rp = g.rp;
        if (g.HasStarState())
        {
            row.upstreamInterface = g.rpf.interface;
            row.upstreamNeighbor = g.neighbor.address;
            row.upstreamState = EnumName(g.upstream);
            row.outgoing = macros.ImmediateOlist(g);
            rows.push_back(row);
        }
        for (const auto& [source, s] : g.sources)
        {
            row.source = s.source;
            if (s.HasSgState())
            {
                row.kind = PimTibRow::Kind::SG;
                row.upstreamInterface = s.rpf.interface;
                row.upstreamNeighbor = s.neighbor.address;
                row.upstreamState = EnumName(s.upstream);
                row.outgoing = macros.InheritedOlist(g, s);
                row.registerState =
                    s.registerState == PimRegisterState::NO_INFO ? "" : EnumName(s.registerState);
                rows.push_back(row);
            }
            if (s.HasRptState())
            {
                row.kind = PimTibRow::Kind::SG_RPT;
                row.upstreamInterface = g.rpf.interface;
                row.upstreamNeighbor = macros.RpfNeighborRpt(g, s);
                row.upstreamState = EnumName(s.rptUpstream);
                row.outgoing = macros.InheritedOlistRpt(g, s);
                row.registerState.clear();
                rows.push_back(row);
            }
        }
    }
    return rows;
}

} // namespace ns3
