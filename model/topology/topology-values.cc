// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-values.h"

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <set>

namespace ns3
{

namespace
{

/** Splits "10.5us" into its number and unit; nothing if there is no such number. */
std::optional<std::pair<double, std::string>>
SplitUnit(const std::string& text)
{
    const std::size_t unit = text.find_first_not_of("0123456789.");
    if (unit == std::string::npos)
    {
        return std::nullopt;
    }
    const auto number = ParseReal(text.substr(0, unit));
    if (!number)
    {
        return std::nullopt;
    }
    return std::make_pair(*number, text.substr(unit));
}

} // namespace

std::optional<uint64_t>
ParseNumber(const std::string& text, uint64_t min, uint64_t max)
{
    uint64_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value);
    if (error != std::errc() || stop != end || value < min || value > max)
    {
        return std::nullopt;
    }
    return value;
}

std::optional<double>
ParseReal(const std::string& text)
{
    if (text.empty() || text.find_first_not_of("+-.0123456789eE") != std::string::npos)
    {
        return std::nullopt;
    }
    char* stop = nullptr;
    const double value = std::strtod(text.c_str(), &stop);
    if (*stop != '\0' || stop == text.c_str() || !std::isfinite(value))
    {
        return std::nullopt;
    }
    return value;
}

bool
IsDataRate(const std::string& text)
{
    static const std::set<std::string> units{
        "bps",   "b/s",   "Bps",  "B/s",   "kbps",  "kb/s", "Kbps",  "Kb/s", "kBps",
        "kB/s",  "KBps",  "KB/s", "Kib/s", "KiB/s", "Mbps", "Mb/s",  "MBps", "MB/s",
        "Mib/s", "MiB/s", "Gbps", "Gb/s",  "GBps",  "GB/s", "Gib/s", "GiB/s"};
    const auto parts = SplitUnit(text);
    return parts && parts->first > 0 && units.count(parts->second) != 0;
}

bool
IsDelay(const std::string& text)
{
    static const std::set<std::string> units{"s", "ms", "us", "ns", "ps", "fs", "min", "h"};
    const auto parts = SplitUnit(text);
    return parts && units.count(parts->second) != 0;
}

bool
IsName(const std::string& text)
{
    return !text.empty() && text.find_first_of(" \t\r\n,;:/\"") == std::string::npos;
}

std::vector<std::string>
SplitWords(const std::string& text)
{
    const char* const separators = " \t\r\n,;";
    std::vector<std::string> words;
    std::size_t from = text.find_first_not_of(separators);
    while (from != std::string::npos)
    {
        const std::size_t to = text.find_first_of(separators, from);
        words.push_back(text.substr(from, to == std::string::npos ? to : to - from));
        from = text.find_first_not_of(separators, to);
    }
    return words;
}

std::vector<std::string>
SplitAt(const std::string& text, char separator)
{
    std::vector<std::string> pieces;
    std::size_t from = 0;
    std::size_t to;
    while ((to = text.find(separator, from)) != std::string::npos)
    {
        pieces.push_back(text.substr(from, to - from));
        from = to + 1;
    }
    pieces.push_back(text.substr(from));
    return pieces;
}

} // namespace ns3
