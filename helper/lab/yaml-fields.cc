// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/yaml-fields.h"

#include "ns3/number-format.h"
#include "ns3/scenario-values.h"
#include "ns3/text.h"

#include <algorithm>

namespace ns3
{

YamlFields::YamlFields(const std::string& file,
                       const YamlNode& node,
                       const std::string& what,
                       const std::vector<std::string>& known)
    : m_file(file),
      m_what(what),
      m_line(node.GetLine())
{
    if (!node.IsMap())
    {
        throw InputError(m_file, m_line, what + " is no mapping, write {key: value, …}");
    }
    for (std::size_t i = 0; i < node.GetSize(); ++i)
    {
        const auto [name, value] = node.GetPair(i);
        const int line = name.GetLine();
        if (!name.IsScalar())
        {
            throw InputError(m_file, line, what + ": a key must be a word");
        }
        const std::string key = name.GetText();
        if (!known.empty() && std::find(known.begin(), known.end(), key) == known.end())
        {
            throw InputError(
                m_file, line, what + ": unknown key '" + key + "', known are " + JoinWords(known));
        }
        if (Has(key))
        {
            throw InputError(m_file, line, what + ": key '" + key + "' twice, keep one");
        }
        m_fields.push_back({key, line, value});
    }
}

const YamlFields::Field*
YamlFields::Find(const std::string& key) const
{
    for (const Field& field : m_fields)
    {
        if (field.key == key)
        {
            return &field;
        }
    }
    return nullptr;
}

bool
YamlFields::Has(const std::string& key) const
{
    return Find(key) != nullptr;
}

int
YamlFields::GetLine(const std::string& key) const
{
    const Field* field = Find(key);
    return field ? field->line : m_line;
}

std::vector<std::string>
YamlFields::GetKeys() const
{
    std::vector<std::string> keys;
    for (const Field& field : m_fields)
    {
        keys.push_back(field.key);
    }
    return keys;
}

void
YamlFields::Fail(const std::string& key, const std::string& message) const
{
    throw InputError(m_file, GetLine(key), m_what + ": " + message);
}

void
YamlFields::FailValue(const std::string& key,
                      const std::string& value,
                      const std::string& right) const
{
    Fail(key, key + " '" + value + "' is not right, give " + right);
}

void
YamlFields::FailChoice(const std::string& key, const std::string& known) const
{
    Fail(key, "unknown " + key + " '" + GetText(key) + "', known are " + known);
}

YamlNode
YamlFields::GetNode(const std::string& key) const
{
    const Field* field = Find(key);
    if (!field)
    {
        Fail(key, "no '" + key + "', give one");
    }
    return field->value;
}

YamlFields
YamlFields::GetMapping(const std::string& key, const std::vector<std::string>& known) const
{
    return YamlFields(m_file, GetNode(key), key, known);
}

std::string
YamlFields::GetText(const std::string& key) const
{
    const YamlNode node = GetNode(key);
    std::string text = node.GetText();
    if (text.empty())
    {
        Fail(key, key + " has no value, give a single one");
    }
    CheckText(key, text);
    return text;
}

void
YamlFields::CheckText(const std::string& key, const std::string& text) const
{
    if (std::any_of(text.begin(), text.end(), IsControlCharacter))
    {
        FailValue(key, text, "text without control characters");
    }
}

std::string
YamlFields::GetText(const std::string& key, const std::string& fallback) const
{
    return Has(key) ? GetText(key) : fallback;
}

std::vector<std::pair<std::string, std::string>>
YamlFields::GetPairs(const std::string& key) const
{
    const YamlFields inner = GetMapping(key);
    std::vector<std::pair<std::string, std::string>> pairs;
    for (const Field& field : inner.m_fields)
    {
        if (!field.value.IsScalar() && !field.value.IsNull())
        {
            inner.Fail(field.key, field.key + " must be a single value");
        }
        inner.CheckText(field.key, field.key);
        inner.CheckText(field.key, field.value.GetText());
        pairs.emplace_back(field.key, field.value.GetText());
    }
    return pairs;
}

bool
YamlFields::IsEmptyList(const std::string& key) const
{
    const YamlNode node = GetNode(key);
    return node.IsSequence() && node.GetSize() == 0;
}

std::vector<std::string>
YamlFields::GetList(const std::string& key) const
{
    const YamlNode node = GetNode(key);
    if (node.IsScalar())
    {
        return {GetText(key)};
    }
    if (!node.IsSequence() || node.GetSize() == 0)
    {
        Fail(key, key + " is no list, write [a, b, …]");
    }
    std::vector<std::string> list;
    for (std::size_t i = 0; i < node.GetSize(); ++i)
    {
        const std::string text = node.GetItem(i).GetText();
        if (text.empty())
        {
            Fail(key, key + " has an item that is no single value, write [a, b, …]");
        }
        CheckText(key, text);
        list.push_back(text);
    }
    return list;
}

std::size_t
YamlFields::GetChoice(const std::string& key, const std::vector<std::string>& words) const
{
    const std::string text = GetText(key);
    const auto it = std::find(words.begin(), words.end(), text);
    if (it == words.end())
    {
        FailChoice(key, JoinWords(words));
    }
    return static_cast<std::size_t>(it - words.begin());
}

bool
YamlFields::GetBoolean(const std::string& key) const
{
    return GetChoice(key, {"false", "true"}) == 1;
}

bool
YamlFields::GetBoolean(const std::string& key, bool fallback) const
{
    return Has(key) ? GetBoolean(key) : fallback;
}

uint64_t
YamlFields::GetNumber(const std::string& key, uint64_t min, uint64_t max) const
{
    const std::string text = GetText(key);
    const auto number = ParseNumber(text, min, max);
    if (!number)
    {
        FailValue(key, text, "a number from " + std::to_string(min) + " to " + std::to_string(max));
    }
    return *number;
}

uint64_t
YamlFields::GetNumber(const std::string& key, uint64_t min, uint64_t max, uint64_t fallback) const
{
    return Has(key) ? GetNumber(key, min, max) : fallback;
}

double
YamlFields::GetReal(const std::string& key, double min, double max) const
{
    const std::string text = GetText(key);
    const auto number = ParseReal(text);
    if (!number || *number < min || *number > max)
    {
        FailValue(key, text, "a number from " + FormatDecimal(min) + " to " + FormatDecimal(max));
    }
    return *number;
}

Time
YamlFields::GetTime(const std::string& key) const
{
    const std::string text = GetText(key);
    const auto time = ParseDuration(text);
    if (!time)
    {
        FailValue(key, text, "a time such as 60s, 1.5s or 200ms");
    }
    if (time->IsStrictlyNegative())
    {
        Fail(key, key + " '" + text + "' is negative, give a time from 0s on");
    }
    return *time;
}

Time
YamlFields::GetInterval(const std::string& key) const
{
    Time time = GetTime(key);
    if (time.IsZero())
    {
        FailValue(key, GetText(key), "a time of more than 0s");
    }
    return time;
}

uint32_t
YamlFields::GetWholeSeconds(const std::string& key, uint32_t max) const
{
    const Time time = GetTime(key);
    const int64_t seconds = time.ToInteger(Time::S);
    if (time != Seconds(seconds) || seconds > max)
    {
        FailValue(key, GetText(key), "whole seconds from 0s to " + std::to_string(max) + "s");
    }
    return static_cast<uint32_t>(seconds);
}

Ipv4Address
YamlFields::GetAddress(const std::string& key) const
{
    const std::string text = GetText(key);
    const auto address = ParseIpv4(text);
    if (!address)
    {
        FailValue(key, text, "an IPv4 address");
    }
    return *address;
}

Ipv4Address
YamlFields::GetGroup(const std::string& key) const
{
    const Ipv4Address group = GetAddress(key);
    if (!group.IsMulticast())
    {
        Fail(key,
             "group " + GetText(key) +
                 " is not multicast, give one from 224.0.0.0 to 239.255.255.255");
    }
    return group;
}

Mac48Address
YamlFields::GetMac(const std::string& key) const
{
    const auto mac = ParseMac(GetText(key));
    if (!mac || mac->IsGroup() || *mac == Mac48Address())
    {
        FailValue(key, GetText(key), "the MAC address of a host, such as 02:00:01:00:00:2a");
    }
    return *mac;
}

std::vector<Ipv4Address>
YamlFields::GetHosts(const std::string& key) const
{
    std::vector<Ipv4Address> hosts;
    for (const std::string& text : GetList(key))
    {
        const auto address = ParseIpv4(text);
        if (!address || address->IsMulticast() || address->IsAny() || address->IsBroadcast())
        {
            FailValue(key, text, "the IPv4 address of a host");
        }
        hosts.push_back(*address);
    }
    return hosts;
}

} // namespace ns3
