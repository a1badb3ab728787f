// SPDX-License-Identifier: GPL-2.0-only
// The figure of a failure study: how long members missed a sender, by kind of failure.
#ifndef VXLAN_MULTICAST_PLOT_FAILURES_H
#define VXLAN_MULTICAST_PLOT_FAILURES_H

#include "ns3/failure-table.h"
#include "ns3/plot-figure.h"

#include <vector>

namespace ns3
{

/** What it is called. */
constexpr const char* FAILURE_FIGURE = "failure-silence";

/** \returns the figure: a panel per kind, RPs and trees side by side, a point per detection. */
PlotFigure MakeFailureFigure(const std::vector<FailureRow>& rows);

} // namespace ns3

#endif
