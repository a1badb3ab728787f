// SPDX-License-Identifier: GPL-2.0-only
// The figures of sweeps with control planes: what each plane costs, against VTEPs and tenants.
#ifndef VXLAN_MULTICAST_PLOT_CONTROL_H
#define VXLAN_MULTICAST_PLOT_CONTROL_H

#include "ns3/plot-curves.h"
#include "ns3/plot-figure.h"

#include <vector>

namespace ns3
{

/** \returns whether the sweep compares control planes. */
bool HasControlPlanes(const PlotRows& rows);

/** \returns `control-planes-tenants`, `-vteps` and `-members`: of these, what was varied. */
std::vector<PlotFigure> MakeControlFigures(const PlotRows& rows);

} // namespace ns3

#endif
