// SPDX-License-Identifier: GPL-2.0-only
// How far a run is, on stderr: one line, rewritten. (ns-3's ShowProgress prints a line per report
// and does not know when the simulation will end.)
#ifndef VXLAN_MULTICAST_RUN_PROGRESS_H
#define VXLAN_MULTICAST_RUN_PROGRESS_H

#include "ns3/nstime.h"

#include <chrono>

namespace ns3
{

/** Reports the simulated time, at most twice per second. */
class RunProgress
{
  public:
    /** Reports from now on. \param duration the simulated time of the whole run */
    explicit RunProgress(Time duration);

  private:
    void Show();

    Time m_duration;
    std::chrono::steady_clock::time_point m_last;
};

} // namespace ns3

#endif
