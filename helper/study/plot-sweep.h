// SPDX-License-Identifier: GPL-2.0-only
// The figures of the scaling study, from the rows of sweep.csv and growth.csv.
#ifndef VXLAN_MULTICAST_PLOT_SWEEP_H
#define VXLAN_MULTICAST_PLOT_SWEEP_H

#include "ns3/plot-figure.h"
#include "ns3/sweep-point.h"

#include <string>
#include <vector>

namespace ns3
{

/**
 * \param rows those of sweep.csv, without the header
 * \param samples those of growth.csv, without the header
 * \returns `multicast-table-growth`, `flooding-waste`, `state-versus-waste`, `table-overflow`,
 *          `table-growth-over-time` and `table-overflow-over-time`; of a sweep with control planes
 *          instead those of plot-control.h
 */
std::vector<PlotFigure> MakeSweepFigures(const SweepRows& rows, const SweepRows& samples);

/** \returns the names of all figures that MakeSweepFigures may return. */
const std::vector<std::string>& GetSweepFigureNames();

} // namespace ns3

#endif
