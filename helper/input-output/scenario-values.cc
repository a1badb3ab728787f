// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/scenario-values.h"

#include "ns3/data-rate.h"
#include "ns3/string.h"
#include "ns3/text.h"
#include "ns3/topology-address.h"
#include "ns3/topology-values.h"
#include "ns3/type-id.h"

#include <cerrno>
#include <cmath>
#include <csignal>
#include <exception>
#include <map>
#include <set>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace ns3
{

std::optional<Time>
ParseDuration(const std::string& text)
{
    static const std::map<std::string, double> units = {{"", 1},
                                                        {"s", 1},
                                                        {"ms", 1e-3},
                                                        {"us", 1e-6},
                                                        {"ns", 1e-9},
                                                        {"min", 60},
                                                        {"h", 3600},
                                                        {"d", 86400}};
    const std::size_t digits = text.find_first_not_of("+-.0123456789");
    const auto number = ParseReal(text.substr(0, digits));
    const auto unit = units.find(digits == std::string::npos ? "" : text.substr(digits));
    if (!number || unit == units.end() || std::abs(*number * unit->second) > 1e9)
    {
        return std::nullopt;
    }
    return NanoSeconds(std::llround(*number * unit->second * 1e9));
}

std::optional<uint64_t>
ParseRate(const std::string& text)
{
    const std::string rate =
        text.find_first_not_of(".0123456789") == std::string::npos ? text + "bps" : text;
    if (!IsDataRate(rate) || DataRate(rate).GetBitRate() == 0)
    {
        return std::nullopt;
    }
    return DataRate(rate).GetBitRate();
}

std::optional<Ipv4Address>
ParseIpv4(const std::string& text)
{
    const auto address = ParseAddress(text);
    return address ? std::optional<Ipv4Address>(Ipv4Address(*address)) : std::nullopt;
}

std::optional<std::pair<Ipv4Address, Ipv4Mask>>
ParseInterfaceAddress(const std::string& text)
{
    const std::vector<std::string> parts = SplitAt(text, '/');
    if (parts.size() != 2)
    {
        return std::nullopt;
    }
    const auto address = ParseIpv4(parts[0]);
    const auto length = ParseNumber(parts[1], 1, 32);
    if (!address || !length)
    {
        return std::nullopt;
    }
    return std::make_pair(*address, Ipv4Mask(~uint32_t(0) << (32 - *length)));
}

bool
IsHostAddress(Ipv4Address address, Ipv4Mask mask)
{
    const uint32_t host = address.Get() & ~mask.Get();
    const uint32_t first = address.Get() >> 24;
    const bool special = first == 0 || first == 127 || first >= 224;
    // /31 and /32 have no network and broadcast address (RFC 3021).
    return !special && (mask.GetPrefixLength() >= 31 || (host != 0 && host != ~mask.Get()));
}

std::optional<Mac48Address>
ParseMac(const std::string& text)
{
    const std::vector<std::string> parts = SplitAt(text, ':');
    uint8_t bytes[6];
    for (std::size_t i = 0; i < 6; ++i)
    {
        const bool isOctet =
            parts.size() == 6 && parts[i].size() == 2 &&
            parts[i].find_first_not_of("0123456789abcdefABCDEF") == std::string::npos;
        if (!isOctet)
        {
            return std::nullopt;
        }
        bytes[i] = static_cast<uint8_t>(std::stoul(parts[i], nullptr, 16));
    }
    Mac48Address mac;
    mac.CopyFrom(bytes);
    return mac;
}

namespace
{

/**
 * \returns what a text of that ns-3 value type looks like, if ns-3's parser must not see \p value.
 */
std::string
CheckValueText(const std::string& type, const std::string& value)
{
    if (type == "TimeValue")
    {
        const auto time = ParseDuration(value);
        return time && !time->IsStrictlyNegative() ? "" : "a time such as 30s";
    }
    if (type == "UintegerValue")
    {
        return ParseNumber(value, 0, ~uint64_t(0)) ? "" : "a number from 0";
    }
    if (type == "IntegerValue")
    {
        const bool negative = !value.empty() && value.front() == '-';
        return ParseNumber(value.substr(negative ? 1 : 0), 0, INT64_MAX) ? "" : "a whole number";
    }
    if (type == "DoubleValue")
    {
        return ParseReal(value) ? "" : "a number";
    }
    if (type == "DataRateValue")
    {
        return ParseRate(value) ? "" : "a rate such as 10kbps";
    }
    if (type == "Ipv4AddressValue")
    {
        return ParseIpv4(value) ? "" : "an address";
    }
    return "";
}

/** \returns whether texts of that value type are all either right or refused by CheckValueText. */
bool
IsChecked(const std::string& type)
{
    static const std::set<std::string> checked{"TimeValue",
                                               "UintegerValue",
                                               "IntegerValue",
                                               "DoubleValue",
                                               "DataRateValue",
                                               "Ipv4AddressValue"};
    return checked.count(type) != 0;
}

/**
 * \returns whether ns-3 can read \p value at all. Asked in a process of its own: some of ns-3's
 *          parsers abort at a text that they do not know.
 */
bool
IsReadable(const AttributeChecker& checker, const std::string& value)
{
    const pid_t child = fork();
    if (child == 0)
    {
        const rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
        std::signal(SIGABRT, SIG_DFL);
        close(STDERR_FILENO);
        bool valid = false;
        try
        {
            valid = checker.CreateValidValue(StringValue(value)) != nullptr;
        }
        catch (const std::exception&)
        {
        }
        _exit(valid ? 0 : 1);
    }
    int status = 0;
    if (child < 0)
    {
        return true; // the answer then comes from ns-3 itself
    }
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
    {
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/** \returns whether an attribute takes \p value, which CheckValueText has let pass. */
bool
IsValid(const AttributeChecker& checker, const std::string& type, const std::string& value)
{
    if (checker.Check(StringValue(value)))
    {
        return true; // a text is taken as it is
    }
    return (IsChecked(type) || IsReadable(checker, value)) &&
           checker.CreateValidValue(StringValue(value));
}

/** \returns what a value of that type looks like, in words. */
std::string
DescribeValue(const AttributeChecker& checker, const std::string& type)
{
    if (type == "PointerValue" || type == "ObjectFactoryValue")
    {
        return "a class such as ns3::ConstantRandomVariable[Constant=0]";
    }
    return checker.HasUnderlyingTypeInformation() ? checker.GetUnderlyingTypeInformation()
                                                  : "a value of " + type;
}

} // namespace

std::string
CheckAttribute(const std::string& name, const std::string& value)
{
    const std::size_t colons = name.rfind("::");
    TypeId tid;
    if (colons == std::string::npos || !TypeId::LookupByNameFailSafe(name.substr(0, colons), &tid))
    {
        return "no attribute '" + name + "', write ns3::Class::Attribute of a class that there is";
    }
    const std::string attribute = name.substr(colons + 2);
    std::vector<std::string> known;
    for (std::size_t i = 0; i < tid.GetAttributeN(); ++i)
    {
        const TypeId::AttributeInformation information = tid.GetAttribute(i);
        known.push_back(information.name);
        if (information.name != attribute)
        {
            continue;
        }
        if ((information.flags & TypeId::ATTR_CONSTRUCT) == 0)
        {
            return name + " has no default to set, choose another attribute";
        }
        // Some are called ns3::TimeValue, others StringValue.
        std::string type = information.checker->GetValueTypeName();
        type = type.substr(type.rfind(':') + 1);
        std::string right = CheckValueText(type, value);
        if (right.empty() && !IsValid(*information.checker, type, value))
        {
            right = DescribeValue(*information.checker, type);
        }
        return right.empty() ? "" : "'" + value + "' is no value for " + name + ", give " + right;
    }
    return "no attribute '" + attribute + "' in " + tid.GetName() + ", it has " + JoinWords(known);
}

} // namespace ns3
