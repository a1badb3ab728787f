// SPDX-License-Identifier: GPL-2.0-only
// A run's summary.json.
#ifndef VXLAN_MULTICAST_RUN_SUMMARY_H
#define VXLAN_MULTICAST_RUN_SUMMARY_H

#include "ns3/nstime.h"

#include <set>
#include <string>
#include <vector>

namespace ns3
{

/**
 * \param files the captures and figures of the run
 * \param simulated how long was simulated
 * \param wallSeconds how long that took: with the peak of memory, the only figures of a run that
 *        the same seed does not reproduce
 * \returns versions, seed, times, events, memory and files as JSON text
 */
std::string MakeRunSummary(Time simulated, double wallSeconds, const std::set<std::string>& files);

/** \returns the captures and figures that \p summary, of an earlier run, names; none if it names none. */
std::vector<std::string> ReadSummaryFiles(const std::string& summary);

/** \returns the most memory that the process has held so far, in megabytes. */
double GetPeakMemoryMb();

} // namespace ns3

#endif
