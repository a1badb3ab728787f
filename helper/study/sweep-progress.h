// SPDX-License-Identifier: GPL-2.0-only
// The progress of a sweep and the estimated time left: one line on a terminal, elsewhere a line now
// and then.
#ifndef VXLAN_MULTICAST_SWEEP_PROGRESS_H
#define VXLAN_MULTICAST_SWEEP_PROGRESS_H

#include "ns3/sweep-point.h"

#include <chrono>
#include <cstddef>
#include <string>

namespace ns3
{

/**
 * \returns how long a point takes in packets, within a factor of three or so. Most of it goes into
 *          the links that frames cross: six rounds of them, and those that are counted.
 * \param vteps of its topology
 */
double EstimateSeconds(const SweepPoint& point, std::size_t vteps);

/** \returns \p seconds in readable units: "45 s", "3 min 20 s", "2 h 5 min". */
std::string FormatTimeLeft(double seconds);

/** Rewrites its line on stderr, if that is a terminal; elsewhere writes one each half minute. */
class SweepProgress
{
  public:
    /**
     * \param total points in the grid
     * \param before those that an earlier run has done, which do not count for the estimate
     */
    SweepProgress(std::size_t total, std::size_t before);
    ~SweepProgress();
    SweepProgress(const SweepProgress&) = delete;
    SweepProgress& operator=(const SweepProgress&) = delete;

    /** A point is done. */
    void Advance();
    /** Shows the line, at most once per second; without a terminal each LINE_INTERVAL. */
    void Show();
    /** \returns the line as it would be \p elapsed seconds after the start. */
    std::string GetLine(double elapsed) const;

  private:
    using Clock = std::chrono::steady_clock;

    static constexpr std::chrono::seconds LINE_INTERVAL{30};

    std::size_t m_total;
    std::size_t m_before;
    std::size_t m_done{0};
    bool m_terminal;
    bool m_shown{false};
    Clock::time_point m_start;
    Clock::time_point m_last;
};

} // namespace ns3

#endif
