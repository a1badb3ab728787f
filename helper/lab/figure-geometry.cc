// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace ns3
{

FigurePoint
Between(FigurePoint a, FigurePoint b, double part)
{
    return {a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part};
}

double
GetDistance(FigurePoint a, FigurePoint b)
{
    return std::hypot(a.x - b.x, a.y - b.y);
}

FigurePoint
GetNormal(FigurePoint a, FigurePoint b)
{
    const double length = std::max(GetDistance(a, b), 1e-9);
    return {(b.y - a.y) / length, (a.x - b.x) / length};
}

FigurePoint
Move(FigurePoint from, FigurePoint direction, double length)
{
    return {from.x + direction.x * length, from.y + direction.y * length};
}

bool
FigureBox::Overlaps(const FigureBox& other) const
{
    return std::abs(middle.x - other.middle.x) * 2 < width + other.width &&
           std::abs(middle.y - other.middle.y) * 2 < height + other.height;
}

bool
FigureBox::IsCrossedBy(FigurePoint a, FigurePoint b) const
{
    // Liang and Barsky: the part of the line that is inside each pair of sides.
    double first = 0;
    double last = 1;
    const auto cut = [&](double step, double room) {
        if (step == 0)
        {
            return room >= 0;
        }
        const double part = room / step;
        step < 0 ? first = std::max(first, part) : last = std::min(last, part);
        return first <= last;
    };
    const double left = middle.x - width / 2;
    const double top = middle.y - height / 2;
    return cut(a.x - b.x, a.x - left) && cut(b.x - a.x, left + width - a.x) &&
           cut(a.y - b.y, a.y - top) && cut(b.y - a.y, top + height - a.y);
}

void
LabelPlacer::Block(const FigureBox& box)
{
    m_blocked.push_back(box);
}

void
LabelPlacer::AddLine(const FigureLine& line)
{
    m_lines.push_back(line);
}

bool
LabelPlacer::IsFree(const FigureBox& box) const
{
    return std::none_of(m_blocked.begin(), m_blocked.end(), [&](const FigureBox& other) {
        return other.Overlaps(box);
    });
}

int
LabelPlacer::CountLines(const FigureBox& box) const
{
    return static_cast<int>(
        std::count_if(m_lines.begin(), m_lines.end(), [&](const FigureLine& line) {
            return box.IsCrossedBy(line.from, line.to);
        }));
}

std::optional<FigurePoint>
LabelPlacer::PlaceBeside(const FigureLine& line, double part, double width, double height)
{
    constexpr double GAP = 3;
    constexpr double LINE_COST = 0.4;
    constexpr int MOST_LINES = 1; // more, and nobody can tell whose label it is
    static constexpr double shifts[] = {
        0, -0.06, 0.06, -0.12, 0.12, -0.18, 0.18, -0.25, 0.25, -0.32, 0.32, -0.4, 0.4};
    const FigurePoint normal = GetNormal(line.from, line.to);
    const double away = std::abs(normal.x) * width / 2 + std::abs(normal.y) * height / 2 + GAP;
    std::optional<FigurePoint> best;
    double least = std::numeric_limits<double>::infinity();
    for (double shift : shifts)
    {
        const double at = part + shift;
        for (double side : {1.0, -1.0})
        {
            const FigurePoint on = Between(line.from, line.to, at);
            const FigurePoint middle = Move(on, normal, away * side);
            const FigureBox box = {middle, width, height};
            const int crossed = CountLines(box);
            if (at < 0.08 || at > 0.92 || crossed > MOST_LINES || !IsFree(box))
            {
                continue;
            }
            const double cost = std::abs(shift) + LINE_COST * crossed;
            if (cost < least)
            {
                least = cost;
                best = middle;
            }
        }
    }
    best ? Block({*best, width, height}) : void();
    return best;
}

} // namespace ns3
