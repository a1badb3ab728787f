// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-renderer.h"

#include <cstdio>
#include <cstdlib>

namespace ns3
{

namespace
{

std::string
QuoteForShell(const std::string& text)
{
    std::string quoted = "'";
    for (char c : text)
    {
        quoted += c == '\'' ? "'\\''" : std::string(1, c);
    }
    return quoted + "'";
}

} // namespace

bool
CanRenderFigures()
{
    return std::system("neato -V >/dev/null 2>&1") == 0;
}

bool
RenderFigure(const std::string& dot, const std::string& path)
{
    // With positions, -n2 keeps them; without, neato lays the graph out.
    const bool placed = dot.find("pos=") != std::string::npos;
    const std::string command = std::string("neato ") + (placed ? "-n2" : "") + " -Tsvg -o " +
                                QuoteForShell(path) + " 2>/dev/null";
    std::FILE* pipe = popen(command.c_str(), "w");
    if (!pipe)
    {
        return false;
    }
    const bool written = std::fwrite(dot.data(), 1, dot.size(), pipe) == dot.size();
    return pclose(pipe) == 0 && written;
}

} // namespace ns3
