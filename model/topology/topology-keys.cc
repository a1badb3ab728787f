// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-keys.h"

#include "ns3/text.h"
#include "ns3/topology-builder.h"
#include "ns3/topology-values.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <set>
#include <stdexcept>

namespace ns3
{

namespace
{

[[noreturn]] void
Refuse(const std::string& key, const std::string& value, const std::string& expected)
{
    throw std::invalid_argument(ToOneLine(key + " is '" + value + "', expected " + expected));
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
    return IsName(text);
}

bool
IsMulticast(const Ipv4Prefix& prefix)
{
    return Ipv4Prefix(224u << 24, 4).Contains(prefix);
}

bool
SetGroups(const std::string& text, std::vector<Ipv4Prefix>& out)
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
SetArea(const std::string& text, TopologyAddress& out)
{
    return SetParsed(ParseAddress(text), out) ||
           SetNumber(text, 0, std::numeric_limits<uint32_t>::max(), out);
}

/** Pairs of an interface name and `address/length`; a name may come again with another address. */
bool
SetLoopbacks(const std::string& text, std::vector<TopologyLoopback>& out)
{
    out.clear();
    const std::vector<std::string> words = SplitWords(text);
    for (std::size_t i = 0; i + 1 < words.size(); i += 2)
    {
        const std::size_t slash = words[i + 1].find('/');
        const auto address = ParseAddress(words[i + 1].substr(0, slash));
        const auto length = slash == std::string::npos
                                ? std::optional<uint64_t>(Ipv4Prefix::MAX_LENGTH)
                                : ParseNumber(words[i + 1].substr(slash + 1), 8, 32);
        if (!IsName(words[i]) || !address || !length)
        {
            return false;
        }
        const LoopbackAddress one{*address, static_cast<uint8_t>(*length)};
        const auto known = std::find_if(
            out.begin(), out.end(), [&](const auto& other) { return other.name == words[i]; });
        known == out.end() ? out.push_back({words[i], {one}}) : known->addresses.push_back(one);
    }
    return !words.empty() && words.size() % 2 == 0;
}

/** An area, and `no-summary` where it is one of default routes only; several with `;` between. */
bool
SetStubAreas(const std::string& text, std::vector<StubAreaSpec>& out)
{
    out.clear();
    for (const std::string& part : SplitAt(text, ';'))
    {
        const std::vector<std::string> words = SplitWords(part);
        const bool hasOption = words.size() == 2 && words[1] == "no-summary";
        StubAreaSpec spec;
        spec.summaries = !hasOption;
        if ((words.size() != 1 && !hasOption) || !SetArea(words[0], spec.area) || spec.area == 0)
        {
            return false;
        }
        out.push_back(spec);
    }
    return true;
}

bool
SetFlag(const std::string& text, bool& out)
{
    out = text == "true";
    return out || text == "false";
}

bool
SetNetworkType(const std::string& text, std::optional<TopologyNetworkType>& out)
{
    out = text == "broadcast" ? TopologyNetworkType::Broadcast : TopologyNetworkType::PointToPoint;
    return text == "broadcast" || text == "point-to-point";
}

/** An RP's address and those of its members; several such lists with `;` between. */
bool
SetAnycastRps(const std::string& text, std::vector<AnycastRpSpec>& out)
{
    out.clear();
    for (const std::string& part : SplitAt(text, ';'))
    {
        AnycastRpSpec spec;
        for (const std::string& word : SplitWords(part))
        {
            const auto address = ParseAddress(word);
            if (!address || *address == 0)
            {
                return false;
            }
            spec.address == 0 ? (void)(spec.address = *address) : spec.members.push_back(*address);
        }
        if (spec.members.empty())
        {
            return false;
        }
        out.push_back(std::move(spec));
    }
    return true;
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
const char* const FLAG_EXPECTED = "true or false";
const char* const NETWORK_TYPE_EXPECTED = "broadcast or point-to-point";
const char* const BYTE_EXPECTED = "a number from 0 to 255";

std::vector<Setter>
NetworkSetters(TopologyNetwork& network)
{
    return {{"network",
             "a prefix such as 192.168.1.0/24, no bit set beyond its length",
             [&](const auto& v) {
                 return SetParsed(ParsePrefix(v), network.prefix) &&
                        network.prefix.GetLength() != 0;
             }},
            {"dataRate",
             "a data rate such as 1Gbps",
             [&](const auto& v) {
                 network.dataRate = v;
                 return IsDataRate(v);
             }},
            {"delay", "a time such as 10us", [&](const auto& v) {
                 network.delay = v;
                 return IsDelay(v);
             }}};
}

template <typename T>
Setter
MtuSetter(T& mtu)
{
    return {"mtu", "a number of bytes from 68 to 65535", [&mtu](const auto& v) {
                uint32_t bytes = 0;
                const bool good = SetNumber(v, 68, 65535, bytes);
                mtu = bytes;
                return good;
            }};
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
             [&](const auto& v) { return SetArea(v, attachment.area); }},
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
             "1, 2 or 3",
             [&](const auto& v) { return SetNumber(v, 1, 3, attachment.igmpVersion); }},
            {"networkType",
             NETWORK_TYPE_EXPECTED,
             [&](const auto& v) { return SetNetworkType(v, attachment.networkType); }},
            {"passive",
             FLAG_EXPECTED,
             [&](const auto& v) {
                 bool passive = false;
                 const bool good = SetFlag(v, passive);
                 attachment.passive = passive;
                 return good;
             }},
            {"bfd",
             "a detection time from 3us to 1h, such as 150ms",
             [&](const auto& v) {
                 attachment.bfd = v;
                 return IsBfdTime(v);
             }},
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
                 // 0 means "not numbered yet" inside, and is no host's address.
                 return SetParsed(ParseAddress(v), attachment.address) && attachment.address != 0;
             }}};
}

/** Appends the setters \p more to \p setters. */
void
Append(std::vector<Setter>& setters, const std::vector<Setter>& more)
{
    setters.insert(setters.end(), more.begin(), more.end());
}

std::vector<Setter>
NodeSetters(TopologyNode& node)
{
    return {{"name", NAME_EXPECTED, [&](const auto& v) { return SetText(v, node.name); }},
            {"kind",
             "router, vtep, host, lan or controller",
             [&](const auto& v) { return SetKind(v, node.kind); }},
            {"tier",
             "text without control characters",
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
            {"loopbacks",
             "names and addresses such as 'lo 10.255.0.1/32 lo1 10.254.0.1/32', masks of 8 to 32",
             [&](const auto& v) { return SetLoopbacks(v, node.loopbacks); }},
            {"anycastRp",
             "the RP's address and every member's own, such as "
             "'10.254.0.1 10.255.0.1 10.255.0.2'",
             [&](const auto& v) { return SetAnycastRps(v, node.anycastRps); }},
            {"msdp",
             "peerings such as '10.255.0.1 > 10.255.0.2 mesh=A in=239.1.0.0/16', several with ; "
             "between",
             [&](const auto& v) { return SetParsed(ParseMsdpPeers(v), node.msdp); }},
            {"stubAreas",
             "an OSPF area other than 0.0.0.0, such as 0.0.0.1 or '0.0.0.1 no-summary', several "
             "with ; between",
             [&](const auto& v) { return SetStubAreas(v, node.stubAreas); }},
            {"maxMetric", FLAG_EXPECTED, [&](const auto& v) { return SetFlag(v, node.maxMetric); }},
            {"x", "a number", [&](const auto& v) { return SetParsed(ParseReal(v), node.x); }},
            {"y", "a number", [&](const auto& v) { return SetParsed(ParseReal(v), node.y); }}};
}

/** The keys of a LAN, or of a link as a whole. */
std::vector<Setter>
WholeNetworkSetters(TopologyNetwork& network)
{
    std::vector<Setter> setters = NetworkSetters(network);
    Append(setters,
           {MtuSetter(network.mtu),
            CostSetter([&](uint32_t cost) { network.cost = cost; }),
            {"name", NAME_EXPECTED, [&](const auto& v) { return SetText(v, network.name); }},
            {"x", "a number", [&](const auto& v) { return SetParsed(ParseReal(v), network.x); }},
            {"y", "a number", [&](const auto& v) { return SetParsed(ParseReal(v), network.y); }}});
    return setters;
}

/** The keys of a vertex that is a LAN. */
std::vector<Setter>
LanSetters(TopologyNetwork& network)
{
    std::vector<Setter> setters = WholeNetworkSetters(network);
    Append(
        setters,
        {{"networkType",
          NETWORK_TYPE_EXPECTED,
          [&](const auto& v) { return SetNetworkType(v, network.networkType); }},
         {"passive", FLAG_EXPECTED, [&](const auto& v) { return SetFlag(v, network.passive); }}});
    return setters;
}

/** The key of an edge between two nodes that makes both interfaces borrow an address. */
Setter
UnnumberedSetter(TopologyAttachment& attachment)
{
    return {"unnumbered", "the name of a loopback of both nodes", [&](const auto& v) {
                return SetText(v, attachment.unnumbered);
            }};
}

/** The keys of an edge between a node and a LAN. */
std::vector<Setter>
LanEdgeSetters(TopologyAttachment& attachment, TopologyNetwork& network)
{
    std::vector<Setter> setters = AttachmentSetters(attachment);
    Append(setters, EndSetters("interface", "address", attachment));
    setters.push_back(CostSetter([&](uint32_t cost) { attachment.cost = cost; }));
    setters.push_back(MtuSetter(attachment.mtu));
    Append(setters, NetworkSetters(network));
    return setters;
}

/** What a key may stand on. */
enum class Element
{
    NODE,
    LAN,
    LAN_EDGE,
    LINK
};

/** \returns the names of the keys that have a meaning on \p element. */
std::set<std::string>
GetKnownKeys(Element element)
{
    TopologyNode node;
    TopologyNetwork network;
    TopologyAttachment attachment;
    std::vector<Setter> setters;
    switch (element)
    {
    case Element::NODE:
        setters = NodeSetters(node);
        break;
    case Element::LAN:
        setters = LanSetters(network);
        // Its kind makes a vertex a LAN, and it may have a tier as a node has.
        Append(setters, {{"kind", "", nullptr}, {"tier", "", nullptr}});
        break;
    case Element::LAN_EDGE:
        setters = LanEdgeSetters(attachment, network);
        break;
    case Element::LINK:
        setters = WholeNetworkSetters(network);
        Append(setters, AttachmentSetters(attachment));
        Append(setters, EndSetters("sourceInterface", "sourceAddress", attachment));
        Append(setters, EndSetters("targetInterface", "targetAddress", attachment));
        setters.push_back(UnnumberedSetter(attachment));
        break;
    }
    std::set<std::string> keys;
    for (const Setter& setter : setters)
    {
        keys.insert(setter.key);
    }
    return keys;
}

const std::map<Element, std::set<std::string>>&
GetKnownKeys()
{
    static const std::map<Element, std::set<std::string>> known{
        {Element::NODE, GetKnownKeys(Element::NODE)},
        {Element::LAN, GetKnownKeys(Element::LAN)},
        {Element::LAN_EDGE, GetKnownKeys(Element::LAN_EDGE)},
        {Element::LINK, GetKnownKeys(Element::LINK)}};
    return known;
}

const char*
Describe(Element element)
{
    switch (element)
    {
    case Element::NODE:
        return "a node";
    case Element::LAN:
        return "a LAN";
    case Element::LAN_EDGE:
        return "an edge to a LAN";
    case Element::LINK:
        break;
    }
    return "an edge between two nodes";
}

/**
 * Refuses keys that have no meaning on \p element but were probably meant to: keys of another
 * element, and misspelt ones. What other programs write is ignored.
 * \throws std::invalid_argument
 */
void
CheckOthers(const TopologyKeys& others, Element element)
{
    for (const auto& [key, value] : others)
    {
        std::string places;
        for (const auto& [place, known] : GetKnownKeys())
        {
            places += known.count(key) != 0
                          ? (places.empty() ? "" : " or ") + std::string(Describe(place))
                          : "";
        }
        const auto near = FindNearMiss(key, GetKnownKeys().at(element));
        if (!places.empty() && GetKnownKeys().at(element).count(key) == 0)
        {
            const auto better = near ? "the key '" + *near + "', or '" + key + "' on " : "it on ";
            throw std::invalid_argument(ToOneLine("key '" + key + "' on " + Describe(element) +
                                                  ", expected " + better + places));
        }
        if (near)
        {
            throw std::invalid_argument(ToOneLine("unknown key '" + key + "' on " +
                                                  Describe(element) + ", expected '" + *near +
                                                  "'"));
        }
    }
}

} // namespace

bool
IsTopologyKey(const std::string& key)
{
    const auto& all = GetKnownKeys();
    return std::any_of(
        all.begin(), all.end(), [&key](const auto& known) { return known.second.count(key) != 0; });
}

void
ApplyNodeKeys(const TopologyKeys& keys, TopologyNode& node)
{
    node.other = Apply(keys, NodeSetters(node));
    CheckOthers(node.other, Element::NODE);
    if (!node.candidateRp.empty() && node.candidateRpGroups.empty())
    {
        node.candidateRpGroups.push_back(DefaultRpGroups());
    }
}

void
ApplyNetworkKeys(const TopologyKeys& keys, TopologyNetwork& network)
{
    network.other = Apply(keys, LanSetters(network));
    CheckOthers(network.other, Element::LAN);
    network.other.erase("kind");
}

void
ApplyLanEdgeKeys(const TopologyKeys& keys, TopologyAttachment& attachment, TopologyNetwork& network)
{
    CheckOthers(Apply(keys, LanEdgeSetters(attachment, network)), Element::LAN_EDGE);
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
    Apply(rest, {UnnumberedSetter(source)});
    rest = Apply(rest, {UnnumberedSetter(target)});
    for (const char* key : {"network", "sourceAddress", "targetAddress"})
    {
        if (!source.unnumbered.empty() && keys.count(key) != 0)
        {
            throw std::invalid_argument(std::string(key) +
                                        " on an unnumbered edge, expected one of the two");
        }
    }
    Apply(rest, AttachmentSetters(source));
    rest = Apply(rest, AttachmentSetters(target));
    network.other = Apply(rest, WholeNetworkSetters(network));
    CheckOthers(network.other, Element::LINK);
}

} // namespace ns3
