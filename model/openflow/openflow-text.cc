// SPDX-License-Identifier: GPL-2.0-only
// ovs-ofctl's words for flows.
#include "ns3/openflow-text.h"

#include "ns3/ethertype.h"
#include "ns3/ip-protocol.h"
#include "ns3/text.h"

#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <stdexcept>

namespace ns3
{

namespace
{

using F = OpenflowField;

struct Protocol
{
    const char* name;
    uint64_t type;
    std::optional<uint64_t> proto;
};

const Protocol PROTOCOLS[] = {{"icmp", ETHERTYPE_IPV4, IP_PROTOCOL_ICMP},
                              {"tcp", ETHERTYPE_IPV4, IP_PROTOCOL_TCP},
                              {"udp", ETHERTYPE_IPV4, IP_PROTOCOL_UDP},
                              {"ip", ETHERTYPE_IPV4, std::nullopt},
                              {"arp", ETHERTYPE_ARP, std::nullopt}};

struct PortName
{
    const char* name;
    uint32_t number;
};

const PortName PORT_NAMES[] = {{"in_port", OFPP_IN_PORT},
                               {"normal", OFPP_NORMAL},
                               {"flood", OFPP_FLOOD},
                               {"all", OFPP_ALL},
                               {"controller", OFPP_CONTROLLER},
                               {"local", OFPP_LOCAL}};

const char* const HEX_DIGITS = "0123456789abcdefABCDEF";

bool
IsMac(F field)
{
    return GetOpenflowFieldInfo(field).bytes == 6;
}

bool
IsAddress(F field)
{
    switch (field)
    {
    case F::IPV4_SRC:
    case F::IPV4_DST:
    case F::ARP_SPA:
    case F::ARP_TPA:
    case F::TUN_IPV4_SRC:
    case F::TUN_IPV4_DST:
        return true;
    default:
        return false;
    }
}

std::string
FormatMac(uint64_t value)
{
    char text[18];
    std::snprintf(text,
                  sizeof(text),
                  "%02x:%02x:%02x:%02x:%02x:%02x",
                  unsigned(value >> 40 & 0xff),
                  unsigned(value >> 32 & 0xff),
                  unsigned(value >> 24 & 0xff),
                  unsigned(value >> 16 & 0xff),
                  unsigned(value >> 8 & 0xff),
                  unsigned(value & 0xff));
    return text;
}

std::string
FormatAddress(uint64_t value)
{
    return std::to_string(value >> 24 & 0xff) + "." + std::to_string(value >> 16 & 0xff) + "." +
           std::to_string(value >> 8 & 0xff) + "." + std::to_string(value & 0xff);
}

std::string
FormatHex(uint64_t value)
{
    char text[24];
    std::snprintf(text, sizeof(text), "0x%llx", static_cast<unsigned long long>(value));
    return text;
}

std::string
FormatValue(F field, uint64_t value)
{
    if (IsMac(field))
    {
        return FormatMac(value);
    }
    if (IsAddress(field))
    {
        return FormatAddress(value);
    }
    if (field == F::TUNNEL_ID || field == F::ETH_TYPE)
    {
        return field == F::TUNNEL_ID && value == 0 ? "0" : FormatHex(value);
    }
    return field == F::IN_PORT ? OpenflowPortToString(static_cast<uint32_t>(value))
                               : std::to_string(value);
}

[[noreturn]] void
Refuse(const std::string& text)
{
    throw std::invalid_argument(text);
}

/** \returns the number as C writes it: decimal, 0x…, 0…. */
std::optional<uint64_t>
ParseInteger(const std::string& text)
{
    if (text.empty() || !std::isdigit(static_cast<unsigned char>(text[0])))
    {
        return std::nullopt;
    }
    char* end = nullptr;
    errno = 0;
    const uint64_t value = std::strtoull(text.c_str(), &end, 0);
    return *end == '\0' && errno == 0 ? std::optional<uint64_t>(value) : std::nullopt;
}

std::optional<uint64_t>
ParseMac(const std::string& text)
{
    const std::vector<std::string> bytes = SplitAt(text, ':');
    uint64_t value = 0;
    for (const std::string& byte : bytes)
    {
        const bool isByte = !byte.empty() && byte.size() <= 2 &&
                            byte.find_first_not_of(HEX_DIGITS) == std::string::npos;
        if (!isByte || bytes.size() != 6)
        {
            return std::nullopt;
        }
        value = value << 8 | std::stoul(byte, nullptr, 16);
    }
    return value;
}

std::optional<uint32_t>
ParsePort(const std::string& text, const OpenflowPortResolver& resolve)
{
    if (const auto number = ParseInteger(text))
    {
        return *number > 0 && *number <= UINT32_MAX
                   ? std::optional<uint32_t>(static_cast<uint32_t>(*number))
                   : std::nullopt;
    }
    const std::string lower = ToLower(text);
    for (const PortName& known : PORT_NAMES)
    {
        if (lower == known.name)
        {
            return known.number;
        }
    }
    return resolve ? resolve(text) : std::nullopt;
}

uint64_t
ParseValue(const OpenflowFieldInfo& info,
           const std::string& text,
           const OpenflowPortResolver& resolve)
{
    std::optional<uint64_t> value;
    if (info.field == F::IN_PORT)
    {
        value = ParsePort(text, resolve);
    }
    else if (IsMac(info.field))
    {
        value = ParseMac(text);
    }
    else if (IsAddress(info.field))
    {
        value = ParseDottedQuad(text);
    }
    else
    {
        value = ParseInteger(text);
    }
    if (!value || *value > info.GetFullMask())
    {
        Refuse("'" + text + "' is no value of " + info.name);
    }
    return *value;
}

uint64_t
ParseMask(const OpenflowFieldInfo& info, const std::string& text)
{
    const auto bits = ParseInteger(text);
    if (IsAddress(info.field) && bits && text.find('.') == std::string::npos)
    {
        if (*bits > 32)
        {
            Refuse("'/" + text + "' is no prefix length of " + std::string(info.name));
        }
        return *bits == 0 ? 0 : 0xffffffffu << (32 - *bits) & 0xffffffffu;
    }
    return ParseValue(info, text, nullptr);
}

void
ParseCondition(OpenflowMatch& match,
               const std::string& name,
               const std::string& value,
               const OpenflowPortResolver& resolve)
{
    for (const Protocol& protocol : PROTOCOLS)
    {
        if (name == protocol.name && (value.empty() || value == "true"))
        {
            match.Set(F::ETH_TYPE, protocol.type);
            if (protocol.proto)
            {
                match.Set(F::IP_PROTO, *protocol.proto);
            }
            return;
        }
    }
    std::string known = name;
    if (name == "tp_src" || name == "tp_dst")
    {
        const OpenflowOxm* proto = match.Find(F::IP_PROTO);
        if (!proto || (proto->value != 6 && proto->value != 17))
        {
            Refuse("'" + name + "' needs tcp or udp before it");
        }
        known = (proto->value == 6 ? "tcp" : "udp") + name.substr(2);
    }
    const OpenflowFieldInfo* info = FindOpenflowField(known);
    if (!info)
    {
        Refuse("'" + name + "' is no field of a match");
    }
    const std::size_t slash = value.find('/');
    const uint64_t number = ParseValue(*info, value.substr(0, slash), resolve);
    if (slash == std::string::npos)
    {
        match.Set(info->field, number);
        return;
    }
    if (!info->maskable)
    {
        Refuse("'" + name + "' takes no mask");
    }
    match.Set(info->field, number, ParseMask(*info, value.substr(slash + 1)));
}

std::string
StripRange(const std::string& text)
{
    return HasEnding(text, "[]") ? text.substr(0, text.size() - 2) : text;
}

/** Reads hexadecimal bytes with dots between; on the wire a note has 6, 14, 22, … of them. */
OpenflowNote
ParseNote(const std::string& text, const std::string& argument)
{
    constexpr std::size_t LEAST = 6;
    constexpr std::size_t UNIT = 8;
    constexpr std::size_t MOST = 200;
    const auto isDigit = [](unsigned char c) { return std::isxdigit(c) != 0; };
    OpenflowNote note;
    for (std::size_t at = 0; at < argument.size(); at += 3)
    {
        const bool isByte =
            at + 2 <= argument.size() && isDigit(argument[at]) && isDigit(argument[at + 1]) &&
            (at + 2 == argument.size() || argument[at + 2] == '.') && at + 3 != argument.size();
        if (!isByte || note.bytes.size() == MOST)
        {
            Refuse("'" + text + "' is no note: give bytes such as note:66.6f.6f");
        }
        note.bytes.push_back(static_cast<uint8_t>(std::stoul(argument.substr(at, 2), nullptr, 16)));
    }
    while (note.bytes.size() < LEAST || (note.bytes.size() - LEAST) % UNIT != 0)
    {
        note.bytes.push_back(0);
    }
    return note;
}

/** \returns "note:66.6f.6f", after ovs-ofctl. */
std::string
FormatNote(const OpenflowNote& note)
{
    std::string text = "note:";
    for (std::size_t i = 0; i < note.bytes.size(); ++i)
    {
        char byte[4];
        std::snprintf(byte, sizeof(byte), i == 0 ? "%02x" : ".%02x", note.bytes[i]);
        text += byte;
    }
    return text;
}

OpenflowAction
ParseAction(const std::string& text, const OpenflowPortResolver& resolve)
{
    const std::size_t colon = text.find(':');
    const std::string name = text.substr(0, colon);
    const std::string argument = colon == std::string::npos ? "" : text.substr(colon + 1);
    const std::size_t arrow = argument.find("->");
    if (name == "set_field" && arrow != std::string::npos)
    {
        const OpenflowFieldInfo* info = FindOpenflowField(StripRange(argument.substr(arrow + 2)));
        if (!info || !info->settable)
        {
            Refuse("'" + text + "' sets no field that can be set");
        }
        return OpenflowSetField{info->field, ParseValue(*info, argument.substr(0, arrow), nullptr)};
    }
    if (name == "move" && arrow != std::string::npos)
    {
        const OpenflowFieldInfo* from = FindOpenflowField(StripRange(argument.substr(0, arrow)));
        const OpenflowFieldInfo* to = FindOpenflowField(StripRange(argument.substr(arrow + 2)));
        if (!from || !to || !to->settable || from->bytes != to->bytes)
        {
            Refuse("'" + text + "' moves no field to another of its width");
        }
        return OpenflowMove{from->field, to->field};
    }
    if (name == "note")
    {
        return ParseNote(text, argument);
    }
    const std::string lower = ToLower(name);
    if (lower == "controller")
    {
        const auto length = argument.empty() ? uint64_t(OFPCML_NO_BUFFER) : ParseInteger(argument);
        if (!length || *length > 0xffff)
        {
            Refuse("'" + text + "' has no number of bytes");
        }
        return OpenflowOutput{OFPP_CONTROLLER, static_cast<uint16_t>(*length)};
    }
    const auto port = ParsePort(name == "output" ? argument : text, resolve);
    if (!port)
    {
        Refuse("'" + text + "' is no action, or names no port");
    }
    return OpenflowOutput{*port, *port == OFPP_CONTROLLER ? OFPCML_NO_BUFFER : uint16_t(0)};
}

/** \returns the parts of \p text between commas, trimmed, none of them empty. */
std::vector<std::string>
Split(const std::string& text)
{
    std::vector<std::string> parts;
    for (const std::string& piece : SplitAt(text, ','))
    {
        if (const std::string part = Trim(piece); !part.empty())
        {
            parts.push_back(part);
        }
    }
    return parts;
}

/** \returns the number in \p text as \p T has room for it. */
template <typename T>
T
ParseSetting(const std::string& name, const std::string& text)
{
    const auto number = ParseInteger(text);
    if (!number || *number > std::numeric_limits<T>::max())
    {
        Refuse("'" + text + "' is no " + name);
    }
    return static_cast<T>(*number);
}

} // namespace

OpenflowMatch
ParseOpenflowMatch(const std::vector<std::pair<std::string, std::string>>& words,
                   const OpenflowPortResolver& resolve)
{
    OpenflowMatch match;
    // Prerequisites first, whatever the order of the words.
    for (const auto& [name, value] : words)
    {
        if (name == "dl_type" || name == "eth_type" || value.empty() || value == "true")
        {
            ParseCondition(match, name, value, resolve);
        }
    }
    for (const auto& [name, value] : words)
    {
        if (name == "nw_proto" || name == "ip_proto")
        {
            ParseCondition(match, name, value, resolve);
        }
    }
    OpenflowMatch ordered;
    for (const auto& [name, value] : words)
    {
        ParseCondition(match, name, value, resolve);
    }
    if (match.CheckPrerequisites())
    {
        Refuse("a field of the match needs a protocol (arp, ip, tcp, …) beside it");
    }
    // The wire's order is Open vSwitch's: by field number.
    for (const OpenflowOxm& oxm : match.GetSorted())
    {
        if (oxm.mask != 0) // "nw_src=0.0.0.0/0" is no condition
        {
            ordered.Set(oxm.field, oxm.value, oxm.mask);
        }
    }
    return ordered;
}

OpenflowActions
ParseOpenflowActions(const std::string& text, const OpenflowPortResolver& resolve)
{
    OpenflowActions actions;
    const std::vector<std::string> parts = Split(text);
    if (parts.size() == 1 && parts.front() == "drop")
    {
        return actions;
    }
    for (const std::string& part : parts)
    {
        actions.push_back(ParseAction(part, resolve));
    }
    if (actions.empty())
    {
        Refuse("no actions: 'drop' is the word for none");
    }
    return actions;
}

OpenflowFlowMod
ParseOpenflowFlow(const std::string& text, const OpenflowPortResolver& resolve)
{
    const std::size_t at = text.find("actions=");
    if (at == std::string::npos)
    {
        Refuse("a flow needs actions=");
    }
    OpenflowFlowMod mod;
    mod.priority = 0x8000; // ovs-ofctl's default
    mod.outPort = OFPP_ANY;
    mod.outGroup = OFPG_ANY;
    std::vector<std::pair<std::string, std::string>> words;
    for (const std::string& part : Split(text.substr(0, at)))
    {
        const std::size_t equal = part.find('=');
        const std::string name = part.substr(0, equal);
        const std::string value = equal == std::string::npos ? "" : part.substr(equal + 1);
        if (name == "priority")
        {
            mod.priority = ParseSetting<uint16_t>(name, value);
        }
        else if (name == "idle_timeout")
        {
            mod.idleTimeout = ParseSetting<uint16_t>(name, value);
        }
        else if (name == "hard_timeout")
        {
            mod.hardTimeout = ParseSetting<uint16_t>(name, value);
        }
        else if (name == "table")
        {
            mod.table = ParseSetting<uint8_t>(name, value);
        }
        else
        {
            words.emplace_back(name, value);
        }
    }
    mod.match = ParseOpenflowMatch(words, resolve);
    mod.actions = ParseOpenflowActions(text.substr(at + 8), resolve);
    return mod;
}

std::string
OpenflowPortToString(uint32_t port)
{
    for (const PortName& known : PORT_NAMES)
    {
        if (port == known.number)
        {
            return ToUpper(known.name);
        }
    }
    return std::to_string(port);
}

std::string
ToString(const OpenflowMatch& match)
{
    // match_format's order.
    static const F order[] = {
        F::TUNNEL_ID, F::TUN_IPV4_SRC, F::TUN_IPV4_DST, F::IN_PORT,     F::ETH_SRC,     F::ETH_DST,
        F::ETH_TYPE,  F::IPV4_SRC,     F::IPV4_DST,     F::IP_PROTO,    F::ARP_SPA,     F::ARP_TPA,
        F::ARP_OP,    F::ARP_SHA,      F::ARP_THA,      F::ICMPV4_TYPE, F::ICMPV4_CODE, F::TCP_SRC,
        F::TCP_DST,   F::UDP_SRC,      F::UDP_DST};
    std::string text;
    const auto append = [&text](const std::string& word) {
        text += (text.empty() ? "" : ",") + word;
    };
    const OpenflowOxm* type = match.Find(F::ETH_TYPE);
    const OpenflowOxm* proto = match.Find(F::IP_PROTO);
    const Protocol* named = nullptr;
    for (const Protocol& protocol : PROTOCOLS)
    {
        if (!named && type && type->value == protocol.type &&
            (!protocol.proto || (proto && proto->value == *protocol.proto)))
        {
            named = &protocol;
            append(protocol.name);
        }
    }
    for (F field : order)
    {
        const OpenflowOxm* oxm = match.Find(field);
        if (!oxm || oxm->mask == 0 || (named && field == F::ETH_TYPE) ||
            (named && named->proto && field == F::IP_PROTO))
        {
            continue;
        }
        const OpenflowFieldInfo& info = GetOpenflowFieldInfo(field);
        std::string name = info.name;
        if (name.rfind("tcp_", 0) == 0 || name.rfind("udp_", 0) == 0)
        {
            name = "tp" + name.substr(3);
        }
        std::string word = name + "=" + FormatValue(field, oxm->value);
        if (oxm->mask != info.GetFullMask())
        {
            const uint64_t inverse = ~oxm->mask & 0xffffffffu;
            const bool prefix = IsAddress(field) && (inverse & (inverse + 1)) == 0;
            word += "/" + (prefix ? std::to_string(__builtin_popcountll(oxm->mask))
                           : field == F::TUNNEL_ID || IsMac(field) || IsAddress(field)
                               ? FormatValue(field, oxm->mask)
                               : FormatHex(oxm->mask));
        }
        append(word);
    }
    return text;
}

std::string
ToString(const OpenflowActions& actions)
{
    std::string text;
    for (const OpenflowAction& action : actions)
    {
        text += text.empty() ? "" : ",";
        if (const auto output = std::get_if<OpenflowOutput>(&action))
        {
            if (output->port == OFPP_CONTROLLER)
            {
                text += "CONTROLLER:" + std::to_string(output->maxLength);
            }
            else
            {
                text +=
                    (output->port > OFPP_MAX ? "" : "output:") + OpenflowPortToString(output->port);
            }
        }
        else if (const auto set = std::get_if<OpenflowSetField>(&action))
        {
            const OpenflowFieldInfo& info = GetOpenflowFieldInfo(set->field);
            const char* name = set->field == F::TUNNEL_ID ? info.name : info.setName;
            text += "set_field:" + FormatValue(set->field, set->value) + "->" + name;
        }
        else if (const auto move = std::get_if<OpenflowMove>(&action))
        {
            text += "move:" + std::string(GetOpenflowFieldInfo(move->source).nxmName) + "[]->" +
                    GetOpenflowFieldInfo(move->destination).nxmName + "[]";
        }
        else if (const auto note = std::get_if<OpenflowNote>(&action))
        {
            text += FormatNote(*note);
        }
    }
    return text.empty() ? "drop" : text;
}

} // namespace ns3
