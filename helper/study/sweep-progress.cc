// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/sweep-progress.h"

#include <cmath>
#include <cstdio>
#include <unistd.h>

namespace ns3
{

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
      m_last(m_start - std::chrono::seconds(1))
{
}

SweepProgress::~SweepProgress()
{
    if (m_shown)
    {
        std::fprintf(stderr, "\n");
    }
}

void
SweepProgress::Advance()
{
    ++m_done;
    m_last -= std::chrono::seconds(1);
    Show();
}

void
SweepProgress::Show()
{
    const Clock::time_point now = Clock::now();
    if (m_terminal && now - m_last >= std::chrono::seconds(1))
    {
        m_last = now;
        m_shown = true;
        const double elapsed = std::chrono::duration<double>(now - m_start).count();
        std::fprintf(stderr, "\r\033[K%s", GetLine(elapsed).c_str());
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
