// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2.1.
#include "ns3/pim-spt-policy.h"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <stdexcept>

namespace ns3
{

namespace
{

/** Splits "20000B" into 20000 and "B". \returns false unless a number leads. */
bool
SplitNumber(const std::string& text, double& number, std::string& unit)
{
    if (text.empty() || !(std::isdigit(static_cast<unsigned char>(text[0])) || text[0] == '.'))
    {
        return false;
    }
    char* end = nullptr;
    number = std::strtod(text.c_str(), &end);
    unit = end;
    return std::isfinite(number);
}

[[noreturn]] void
Refuse(const std::string& text)
{
    throw std::invalid_argument("'" + text +
                                "' is no threshold: infinity, 0, 20000B/10s, 500p/10s or 100kbps");
}

Time
ParseInterval(const std::string& text, const std::string& whole)
{
    static const std::map<std::string, double> units{
        {"", 1}, {"s", 1}, {"ms", 1e-3}, {"min", 60}, {"h", 3600}};
    double number = 0;
    std::string unit;
    if (!SplitNumber(text, number, unit) || units.count(unit) == 0 || number <= 0)
    {
        Refuse(whole);
    }
    return Seconds(number * units.at(unit));
}

} // namespace

std::optional<Ipv4Prefix>
PimSptPolicy::ParseRange(const std::string& text)
{
    unsigned int part[5];
    char rest = 0;
    const int read = std::sscanf(text.c_str(),
                                 "%3u.%3u.%3u.%3u/%2u%c",
                                 &part[0],
                                 &part[1],
                                 &part[2],
                                 &part[3],
                                 &part[4],
                                 &rest);
    if (read != 5 || part[4] > 32 || *std::max_element(part, part + 4) > 255)
    {
        return std::nullopt;
    }
    return Ipv4Prefix(Ipv4Address(part[0] << 24 | part[1] << 16 | part[2] << 8 | part[3]),
                      static_cast<uint8_t>(part[4]));
}

MulticastThreshold
PimSptPolicy::ParseThreshold(const std::string& text)
{
    if (text == "infinity")
    {
        return {};
    }
    const std::size_t slash = text.find('/');
    double number = 0;
    std::string unit;
    if (!SplitNumber(text.substr(0, slash), number, unit))
    {
        Refuse(text);
    }
    if (slash != std::string::npos)
    {
        if ((unit != "B" && unit != "p") || number < 1)
        {
            Refuse(text);
        }
        return {unit == "B" ? MulticastThreshold::Unit::BYTES : MulticastThreshold::Unit::PACKETS,
                static_cast<uint64_t>(number),
                ParseInterval(text.substr(slash + 1), text)};
    }
    if (unit.empty() && number == 0)
    {
        return MulticastThreshold::FirstPacket();
    }
    static const std::map<std::string, double> rates{
        {"bps", 1}, {"kbps", 1e3}, {"Mbps", 1e6}, {"Gbps", 1e9}};
    if (rates.count(unit) == 0 || number <= 0)
    {
        Refuse(text);
    }
    const double bytes = number * rates.at(unit) / 8 * RATE_INTERVAL.GetSeconds();
    return {MulticastThreshold::Unit::BYTES,
            std::max<uint64_t>(1, static_cast<uint64_t>(std::llround(bytes))),
            RATE_INTERVAL};
}

void
PimSptPolicy::SetDefault(const std::string& text)
{
    m_default = ParseThreshold(text);
    m_defaultText = text;
}

void
PimSptPolicy::SetRanges(const std::string& text)
{
    std::vector<Range> ranges;
    std::size_t start = 0;
    while ((start = text.find_first_not_of(" ,", start)) != std::string::npos)
    {
        const std::size_t end = std::min(text.find_first_of(" ,", start), text.size());
        const std::string item = text.substr(start, end - start);
        const std::size_t equals = item.find('=');
        const auto prefix =
            equals == std::string::npos ? std::nullopt : ParseRange(item.substr(0, equals));
        if (!prefix)
        {
            throw std::invalid_argument("'" + item + "' is no RANGE=THRESHOLD");
        }
        ranges.push_back({*prefix, ParseThreshold(item.substr(equals + 1))});
        start = end;
    }
    std::stable_sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) {
        return a.prefix.GetLength() > b.prefix.GetLength();
    });
    m_ranges = std::move(ranges);
    m_rangesText = text;
}

MulticastThreshold
PimSptPolicy::Get(Ipv4Address group) const
{
    for (const Range& range : m_ranges)
    {
        if (range.prefix.Contains(group))
        {
            return range.threshold;
        }
    }
    return m_default;
}

} // namespace ns3
