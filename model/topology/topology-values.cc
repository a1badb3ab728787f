// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-values.h"

#include "ns3/text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

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
IsBfdTime(const std::string& text)
{
    static const std::map<std::string, double> microseconds{
        {"s", 1e6}, {"ms", 1e3}, {"us", 1}, {"min", 6e7}, {"h", 3.6e9}};
    const auto parts = SplitUnit(text);
    if (!parts)
    {
        return false;
    }
    const auto unit = microseconds.find(parts->second);
    constexpr double LEAST = 3; // three intervals of a microsecond
    constexpr double MOST = 3.6e9;
    return unit != microseconds.end() && parts->first * unit->second >= LEAST &&
           parts->first * unit->second <= MOST;
}

bool
IsName(const std::string& text)
{
    return !text.empty() && text.find_first_of(" ,;:/\"") == std::string::npos &&
           std::none_of(text.begin(), text.end(), IsControlCharacter);
}

} // namespace ns3
