// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/figure-canvas.h"

#include <algorithm>
#include <cstdio>
#include <map>

namespace ns3
{

namespace
{

constexpr double LETTER_WIDTH = 0.58; // of the font size, on the average
constexpr double FIGURE_MARGIN = 24;

/** \returns how many letters a text has: a sequence of UTF-8 counts once. */
std::size_t
CountLetters(const std::string& text)
{
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
    }));
}

} // namespace

double
GetTextWidth(const std::string& text, double size)
{
    return static_cast<double>(CountLetters(text)) * size * LETTER_WIDTH;
}

std::string
EscapeXml(const std::string& text)
{
    static const std::map<char, std::string> entities = {
        {'&', "&amp;"}, {'<', "&lt;"}, {'>', "&gt;"}, {'"', "&quot;"}};
    std::string escaped;
    for (char c : text)
    {
        const auto entity = entities.find(c);
        escaped += entity == entities.end() ? std::string(1, c) : entity->second;
    }
    return escaped;
}

std::string
FormatLength(double value)
{
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    std::string shown = text;
    if (shown.compare(shown.size() - 2, 2, ".0") == 0)
    {
        shown.erase(shown.size() - 2);
    }
    return shown == "-0" ? "0" : shown;
}

void
FigureCanvas::Line(FigurePoint a, FigurePoint b, const std::string& attributes)
{
    m_os << "<line x1=\"" << FormatLength(a.x) << "\" y1=\"" << FormatLength(a.y) << "\" x2=\""
         << FormatLength(b.x) << "\" y2=\"" << FormatLength(b.y) << "\" " << attributes << "/>\n";
}

void
FigureCanvas::Text(FigurePoint at,
                   const std::string& text,
                   double size,
                   FigureAnchor anchor,
                   const std::string& attributes)
{
    constexpr double BASELINE = 0.35; // below the middle of capitals
    const bool isCentred = anchor == FigureAnchor::MIDDLE;
    m_os << "<text x=\"" << FormatLength(at.x) << "\" y=\"" << FormatLength(at.y + size * BASELINE)
         << "\" font-size=\"" << FormatLength(size) << "\""
         << (isCentred ? " text-anchor=\"middle\"" : "") << (attributes.empty() ? "" : " ")
         << attributes << '>' << EscapeXml(text) << "</text>\n";
    const double width = GetTextWidth(text, size);
    Reach({{at.x + (isCentred ? 0 : width / 2), at.y}, width, size * 1.3});
}

void
FigureCanvas::Raw(const std::string& elements)
{
    m_os << elements;
}

void
FigureCanvas::Reach(const FigureBox& box)
{
    m_left = std::min(m_left, box.middle.x - box.width / 2);
    m_right = std::max(m_right, box.middle.x + box.width / 2);
    m_top = std::min(m_top, box.middle.y - box.height / 2);
    m_bottom = std::max(m_bottom, box.middle.y + box.height / 2);
}

double
FigureCanvas::GetLeft() const
{
    return m_left;
}

double
FigureCanvas::GetTop() const
{
    return m_top;
}

double
FigureCanvas::GetBottom() const
{
    return m_bottom;
}

std::string
FigureCanvas::Finish(const std::string& title, const std::string& definitions) const
{
    const std::string left = FormatLength(m_left - FIGURE_MARGIN);
    const std::string top = FormatLength(m_top - FIGURE_MARGIN);
    const std::string width = FormatLength(m_right - m_left + 2 * FIGURE_MARGIN);
    const std::string height = FormatLength(m_bottom - m_top + 2 * FIGURE_MARGIN);
    std::ostringstream os;
    os << "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
       << "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"" << width << "\" height=\"" << height
       << "\" viewBox=\"" << left << ' ' << top << ' ' << width << ' ' << height
       << "\" font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" role=\"img\">\n"
       << "<title>" << EscapeXml(title) << "</title>\n"
       << definitions << "<rect x=\"" << left << "\" y=\"" << top << "\" width=\"" << width
       << "\" height=\"" << height << "\" fill=\"white\"/>\n"
       << m_os.str() << "</svg>\n";
    return os.str();
}

} // namespace ns3
