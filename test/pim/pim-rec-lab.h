// SPDX-License-Identifier: GPL-2.0-only
// The links of the R/E/C lab, with its addresses.
#ifndef VXLAN_MULTICAST_TEST_PIM_REC_LAB_H
#define VXLAN_MULTICAST_TEST_PIM_REC_LAB_H

#include "pim-lab.h"

namespace ns3
{

/** Interfaces come in the order of the article: e1 1,11,21; c1 11,12,101,102; … */
inline void
AddRecLab(PimLab& lab)
{
    lab.AddLan(1, {{"r1", 1}, {"e1", 11}});
    lab.AddLan(2, {{"r2", 2}, {"e2", 22}});
    lab.AddLan(3, {{"r3", 3}, {"e3", 33}});
    lab.AddLan(11, {{"e1", 11}, {"c1", 111}});
    lab.AddLan(12, {{"e2", 22}, {"c1", 111}});
    lab.AddLan(13, {{"e3", 33}, {"c2", 122}});
    lab.AddLan(21, {{"e1", 11}, {"c3", 133}});
    lab.AddLan(22, {{"e2", 22}, {"c2", 122}});
    lab.AddLan(23, {{"e3", 33}, {"c3", 133}});
    lab.AddLan(101, {{"c1", 111}, {"c3", 133}});
    lab.AddLan(102, {{"c1", 111}, {"c2", 122}});
    lab.AddLan(103, {{"c2", 122}, {"c3", 133}});
}

} // namespace ns3

#endif
