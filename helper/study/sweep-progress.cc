// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-progress.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace ns3
{

double
EstimateSeconds(const SweepPoint& point, std::size_t vteps)
{
    constexpr double SECONDS_PER_CROSSING = 12e-6;
    constexpr double SECONDS_AT_LEAST = 1;
    constexpr double WARM_UP = 5; // rounds
    const double part = point.senders == "all" ? 1 : std::atof(point.senders.c_str());
    const double frames = point.vnis * std::max(1.0, point.members * part);
    const double all = static_cast<double>(vteps);
    const double ratio = static_cast<double>(point.vnis) / std::max<uint32_t>(point.groups, 1);
    // Members of a group, were they independent; each is reached by some two links.
    const double members = all * (1 - std::pow(1 - point.members / all, ratio));
    const double links = point.tree == TreePolicy::HeadEnd ? 4.0 * point.members : 1.8 * members;
    return SECONDS_AT_LEAST + SECONDS_PER_CROSSING * frames * links * (WARM_UP + point.frames);
}

std::string
FormatTimeLeft(double seconds)
{
    const long whole = std::lround(seconds);
    if (whole < 60)
    {
        return std::to_string(whole) + " s";
    }
    if (whole < 3600)
    {
        return std::to_string(whole / 60) + " min " + std::to_string(whole % 60) + " s";
    }
    return std::to_string(whole / 3600) + " h " + std::to_string(whole / 60 % 60) + " min";
}

SweepProgress::SweepProgress(std::size_t total, std::size_t before)
    : m_total(total),
      m_before(before),
      m_terminal(isatty(STDERR_FILENO) == 1),
      m_start(Clock::now()),
      m_last(m_terminal ? m_start - std::chrono::seconds(1) : m_start)
{
}

SweepProgress::~SweepProgress()
{
    if (m_shown && m_terminal)
    {
        std::fprintf(stderr, "\n");
    }
}

void
SweepProgress::Advance()
{
    ++m_done;
    m_last -= std::chrono::seconds(m_terminal ? 1 : 0);
    Show();
}

void
SweepProgress::Show()
{
    const Clock::time_point now = Clock::now();
    if (now - m_last >= (m_terminal ? std::chrono::seconds(1) : LINE_INTERVAL))
    {
        m_last = now;
        m_shown = true;
        const double elapsed = std::chrono::duration<double>(now - m_start).count();
        const char* format = m_terminal ? "\r\033[K%s" : "%s\n";
        std::fprintf(stderr, format, GetLine(elapsed).c_str());
        std::fflush(stderr);
    }
}

std::string
SweepProgress::GetLine(double elapsed) const
{
    const std::size_t done = m_before + m_done;
    std::string line = std::to_string(done) + " of " + std::to_string(m_total) + " points";
    if (m_done > 0 && done < m_total)
    {
        line += ", " +
                FormatTimeLeft(elapsed / static_cast<double>(m_done) *
                               static_cast<double>(m_total - done)) +
                " left";
    }
    return line;
}

} // namespace ns3
