// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-keys.h"

#include "ns3/topology-builder.h"
#include "ns3/topology-values.h"

#include <functional>
#include <limits>
#include <stdexcept>

namespace ns3
{

namespace
{

[[noreturn]] void
Refuse(const std::string& key, const std::string& value, const std::string& expected)
{
    throw std::invalid_argument(key + " is '" + value + "', expected " + expected);
}

/** One key: its name, what a value should be, and how to set it (false: it is not that). */
struct Setter
{
    const char* key;
    const char* expected;
    std::function<bool(const std::string&)> set;
};

/** Offers \p keys to \p setters and returns the keys that none of them knows. */
TopologyKeys
Apply(const TopologyKeys& keys, const std::vector<Setter>& setters)
{
    TopologyKeys rest = keys;
    for (const Setter& setter : setters)
    {
        auto it = rest.find(setter.key);
        if (it == rest.end())
        {
            continue;
        }
        if (!it->second.empty() && !setter.set(it->second))
        {
            Refuse(setter.key, it->second, setter.expected);
        }
        rest.erase(it);
    }
    return rest;
}

template <typename T>
bool
SetNumber(const std::string& text, uint64_t min, uint64_t max, T& out)
{
    const auto number = ParseNumber(text, min, max);
    if (number)
    {
        out = static_cast<T>(*number);
    }
    return number.has_value();
}

template <typename T, typename U>
bool
SetParsed(const std::optional<T>& value, U& out)
{
    if (value)
    {
        out = *value;
    }
    return value.has_value();
}

bool
SetText(const std::string& text, std::string& out)
{
    out = text;
    return text.find_first_of(" \t\r\n,;:/\"") == std::string::npos;
}

bool
IsMulticast(const TopologyPrefix& prefix)
{
    return TopologyPrefix{224u << 24, 4}.Contains(prefix.address) && prefix.length >= 4;
}

bool
SetGroups(const std::string& text, std::vector<TopologyPrefix>& out)
{
    out.clear();
    for (const std::string& word : SplitWords(text))
    {
        const auto prefix = ParsePrefix(word);
        if (!prefix || !IsMulticast(*prefix))
        {
            return false;
        }
        out.push_back(*prefix);
    }
    return true;
}

/** `address prefix`, or several such pairs. */
bool
SetStaticRps(const std::string& text, std::vector<StaticRpSpec>& out)
{
    const std::vector<std::string> words = SplitWords(text);
    for (std::size_t i = 0; i + 1 < words.size(); i += 2)
    {
        const auto address = ParseAddress(words[i]);
        const auto groups = ParsePrefix(words[i + 1]);
        if (!address || !groups || !IsMulticast(*groups))
        {
            return false;
        }
        out.push_back({*address, *groups});
    }
    return !words.empty() && words.size() % 2 == 0;
}

bool
SetKind(const std::string& text, NodeKind& out)
{
    static const std::map<std::string, NodeKind> kinds{{"router", NodeKind::Router},
                                                       {"vtep", NodeKind::Vtep},
                                                       {"host", NodeKind::Host},
                                                       {"controller", NodeKind::Controller}};
    auto it = kinds.find(text);
    if (it != kinds.end())
    {
        out = it->second;
    }
    return it != kinds.end();
}

const char* const NAME_EXPECTED = "a name without blanks or any of , ; : / \"";
const char* const ADDRESS_EXPECTED = "an IPv4 address such as 192.168.1.11";
const char* const BYTE_EXPECTED = "a number from 0 to 255";

std::vector<Setter>
NetworkSetters(TopologyNetwork& network)
{
    return {{"network",
             "a prefix such as 192.168.1.0/24, no bit set beyond its length",
             [&](const auto& v) { return SetParsed(ParsePrefix(v), network.prefix); }},
            {"dataRate",
             "a data rate such as 1Gbps",
             [&](const auto& v) {
                 network.dataRate = v;
                 return IsDataRate(v);
             }},
            {"delay",
             "a time such as 10us",
             [&](const auto& v) {
                 network.delay = v;
                 return IsDelay(v);
             }},
            {"mtu", "a number of bytes from 68 to 65535", [&](const auto& v) {
                 return SetNumber(v, 68, 65535, network.mtu);
             }}};
}

Setter
CostSetter(std::function<void(uint32_t)> set)
{
    return {"cost", "a number from 1 to 65535", [set](const auto& v) {
                uint32_t cost = 0;
                const bool good = SetNumber(v, 1, 65535, cost);
                set(cost);
                return good;
            }};
}

/** What both ends of an edge take from it. */
std::vector<Setter>
AttachmentSetters(TopologyAttachment& attachment)
{
    return {{"area",
             "an OSPF area such as 0.0.0.0",
             [&](const auto& v) {
                 return SetParsed(ParseAddress(v), attachment.area) ||
                        SetNumber(v, 0, std::numeric_limits<uint32_t>::max(), attachment.area);
             }},
            {"ospfPriority",
             BYTE_EXPECTED,
             [&](const auto& v) { return SetNumber(v, 0, 255, attachment.ospfPriority); }},
            {"drPriority",
             "a number from 0 to 4294967295",
             [&](const auto& v) {
                 return SetNumber(
                     v, 0, std::numeric_limits<uint32_t>::max(), attachment.drPriority);
             }},
            {"igmpVersion",
             "2 or 3",
             [&](const auto& v) { return SetNumber(v, 2, 3, attachment.igmpVersion); }},
            {"scopeBorder", "multicast prefixes such as 239.192.0.0/14", [&](const auto& v) {
                 return SetGroups(v, attachment.scopeBorder);
             }}};
}

std::vector<Setter>
EndSetters(const char* interfaceKey, const char* addressKey, TopologyAttachment& attachment)
{
    return {{interfaceKey,
             NAME_EXPECTED,
             [&](const auto& v) { return SetText(v, attachment.interface); }},
            {addressKey, ADDRESS_EXPECTED, [&](const auto& v) {
                 return SetParsed(ParseAddress(v), attachment.address);
             }}};
}

} // namespace

void
ApplyNodeKeys(const TopologyKeys& keys, TopologyNode& node)
{
    std::vector<Setter> setters{
        {"name", NAME_EXPECTED, [&](const auto& v) { return SetText(v, node.name); }},
        {"kind",
         "router, vtep, host, lan or controller",
         [&](const auto& v) { return SetKind(v, node.kind); }},
        {"tier",
         "free text",
         [&](const auto& v) {
             node.tier = v;
             return true;
         }},
        {"routerId",
         "a dotted quad such as 1.0.0.1",
         [&](const auto& v) { return SetParsed(ParseAddress(v), node.routerId); }},
        {"candidateBsr",
         "the name of an interface",
         [&](const auto& v) { return SetText(v, node.candidateBsr); }},
        {"candidateBsrPriority",
         BYTE_EXPECTED,
         [&](const auto& v) { return SetNumber(v, 0, 255, node.candidateBsrPriority); }},
        {"candidateRp",
         "the name of an interface",
         [&](const auto& v) { return SetText(v, node.candidateRp); }},
        {"candidateRpPriority",
         BYTE_EXPECTED,
         [&](const auto& v) { return SetNumber(v, 0, 255, node.candidateRpPriority); }},
        {"candidateRpGroups",
         "multicast prefixes such as 239.0.0.0/8",
         [&](const auto& v) { return SetGroups(v, node.candidateRpGroups); }},
        {"staticRp",
         "an address and a multicast prefix such as '192.168.1.11 239.0.0.0/8'",
         [&](const auto& v) { return SetStaticRps(v, node.staticRps); }},
        {"bidirRp",
         "an address and a multicast prefix such as '192.168.1.11 239.0.0.0/8'",
         [&](const auto& v) { return SetStaticRps(v, node.bidirRps); }},
        {"x", "a number", [&](const auto& v) { return SetParsed(ParseReal(v), node.x); }},
        {"y", "a number", [&](const auto& v) { return SetParsed(ParseReal(v), node.y); }}};
    node.other = Apply(keys, setters);
    if (!node.candidateRp.empty() && node.candidateRpGroups.empty())
    {
        node.candidateRpGroups.push_back(DefaultRpGroups());
    }
}

void
ApplyNetworkKeys(const TopologyKeys& keys, TopologyNetwork& network)
{
    std::vector<Setter> setters = NetworkSetters(network);
    setters.push_back(CostSetter([&](uint32_t cost) { network.cost = cost; }));
    setters.push_back(
        {"name", NAME_EXPECTED, [&](const auto& v) { return SetText(v, network.name); }});
    setters.push_back(
        {"x", "a number", [&](const auto& v) { return SetParsed(ParseReal(v), network.x); }});
    setters.push_back(
        {"y", "a number", [&](const auto& v) { return SetParsed(ParseReal(v), network.y); }});
    network.other = Apply(keys, setters);
    network.other.erase("kind");
}

void
ApplyLanEdgeKeys(const TopologyKeys& keys, TopologyAttachment& attachment, TopologyNetwork& network)
{
    std::vector<Setter> setters = AttachmentSetters(attachment);
    for (const Setter& setter : EndSetters("interface", "address", attachment))
    {
        setters.push_back(setter);
    }
    setters.push_back(CostSetter([&](uint32_t cost) { attachment.cost = cost; }));
    for (const Setter& setter : NetworkSetters(network))
    {
        setters.push_back(setter);
    }
    Apply(keys, setters);
}

void
ApplyLinkKeys(const TopologyKeys& keys,
              TopologyAttachment& source,
              TopologyAttachment& target,
              TopologyNetwork& network)
{
    for (const char* key : {"interface", "address"})
    {
        if (keys.count(key) != 0)
        {
            throw std::invalid_argument(std::string(key) +
                                        " on an edge between two nodes, expected " +
                                        (key[0] == 'i' ? "sourceInterface or targetInterface"
                                                       : "sourceAddress or targetAddress"));
        }
    }
    TopologyKeys rest = Apply(keys, EndSetters("sourceInterface", "sourceAddress", source));
    rest = Apply(rest, EndSetters("targetInterface", "targetAddress", target));
    Apply(rest, AttachmentSetters(source));
    rest = Apply(rest, AttachmentSetters(target));
    ApplyNetworkKeys(rest, network);
}

} // namespace ns3
