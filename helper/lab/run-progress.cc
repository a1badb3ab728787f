// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/run-progress.h"

#include "ns3/number-format.h"
#include "ns3/simulator.h"

#include <iostream>

namespace ns3
{

RunProgress::RunProgress(Time duration)
    : m_duration(duration),
      m_last(std::chrono::steady_clock::now())
{
    Show();
}

void
RunProgress::Show()
{
    constexpr int64_t REPORTS = 1000; // at most, of a whole run
    const auto now = std::chrono::steady_clock::now();
    if (now - m_last > std::chrono::milliseconds(500))
    {
        m_last = now;
        std::cerr << "\r" << FormatDecimal(Simulator::Now().GetSeconds(), 0) << " of "
                  << FormatSeconds(m_duration) << " s simulated " << std::flush;
    }
    Simulator::Schedule(m_duration / REPORTS, &RunProgress::Show, this);
}

} // namespace ns3
