// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tcpdump-command.h"

#include "ns3/ethertype.h"
#include "ns3/gre-header.h"
#include "ns3/ip-protocol.h"
#include "ns3/ospf-packet.h"
#include "ns3/pim-message.h"
#include "ns3/text.h"

#include <algorithm>
#include <map>
#include <stdexcept>

namespace ns3
{

namespace
{

constexpr uint32_t MOST_WATCHED = 1000000;

/** The words of a command line, one after another. */
class TcpdumpWords
{
  public:
    explicit TcpdumpWords(const std::string& text)
        : m_words(SplitWords(text, " "))
    {
    }

    bool IsAtEnd() const
    {
        return m_next == m_words.size();
    }

    const std::string& Peek() const
    {
        return m_words[m_next];
    }

    /** \returns the next word. \throws std::invalid_argument if there is none after \p before */
    const std::string& Take(const std::string& before)
    {
        if (IsAtEnd())
        {
            throw std::invalid_argument("tcpdump: nothing follows '" + before + "'");
        }
        return m_words[m_next++];
    }

    /** \returns whether the next word is \p word, and steps over it. */
    bool Skip(const std::string& word)
    {
        const bool isNext = !IsAtEnd() && Peek() == word;
        m_next += isNext ? 1 : 0;
        return isNext;
    }

  private:
    std::vector<std::string> m_words;
    std::size_t m_next{0};
};

uint32_t
ReadTcpdumpNumber(const std::string& text, uint32_t least, uint32_t most)
{
    const auto number = ParseNumber(text, least, most);
    if (!number)
    {
        throw std::invalid_argument("tcpdump: '" + text + "' is no number from " +
                                    std::to_string(least) + " to " + std::to_string(most));
    }
    return static_cast<uint32_t>(*number);
}

/** Reads a word such as -pni, with the words that its letters take. */
void
ReadTcpdumpOptions(TcpdumpWords& words, TcpdumpCommand& command)
{
    const std::string option = words.Take("tcpdump");
    for (std::size_t i = 1; i < option.size(); ++i)
    {
        const std::string rest = option.substr(i + 1);
        switch (option[i])
        {
        case 'n':
        case 'l':
            break; // names are never looked up, lines never wait
        case 'p':
            command.isPromiscuous = false;
            break;
        case 'q':
            command.isQuick = true;
            break;
        case 'i':
            command.interface = rest.empty() ? words.Take(option) : rest;
            return;
        case 'c':
            command.count =
                ReadTcpdumpNumber(rest.empty() ? words.Take(option) : rest, 1, MOST_WATCHED);
            return;
        default:
            throw std::invalid_argument("tcpdump: unknown option -" + std::string(1, option[i]) +
                                        ", known are -i INTERFACE, -c COUNT, -n, -p, -q");
        }
    }
}

const std::map<std::string, TcpdumpPrimitive>&
GetTcpdumpProtocols()
{
    static const std::map<std::string, TcpdumpPrimitive> protocols = {
        {"ip", {TcpdumpField::ETHER_TYPE, ETHERTYPE_IPV4, {}, {}}},
        {"arp", {TcpdumpField::ETHER_TYPE, ETHERTYPE_ARP, {}, {}}},
        {"icmp", {TcpdumpField::PROTOCOL, IP_PROTOCOL_ICMP, {}, {}}},
        {"igmp", {TcpdumpField::PROTOCOL, IP_PROTOCOL_IGMP, {}, {}}},
        {"tcp", {TcpdumpField::PROTOCOL, IP_PROTOCOL_TCP, {}, {}}},
        {"udp", {TcpdumpField::PROTOCOL, IP_PROTOCOL_UDP, {}, {}}},
        {"gre", {TcpdumpField::PROTOCOL, GreFields::PROTOCOL, {}, {}}},
        {"ospf", {TcpdumpField::PROTOCOL, OspfPacket::PROTOCOL, {}, {}}},
        {"pim", {TcpdumpField::PROTOCOL, PimMessage::PROTOCOL, {}, {}}},
    };
    return protocols;
}

TcpdumpPrimitive
ReadTcpdumpAddress(const std::string& word, TcpdumpEnd end)
{
    const auto address = ParseDottedQuad(word);
    if (!address)
    {
        throw std::invalid_argument("tcpdump: '" + word + "' is no address");
    }
    return {TcpdumpField::HOST, *address, end, false};
}

/** \returns the primitive that \p words go on with. */
TcpdumpPrimitive
ReadTcpdumpPrimitive(TcpdumpWords& words)
{
    const std::string word = words.Take("and");
    const auto protocol = GetTcpdumpProtocols().find(word);
    if (protocol != GetTcpdumpProtocols().end())
    {
        return protocol->second;
    }
    if (word == "proto")
    {
        const std::string name = words.Take(word);
        const auto named = GetTcpdumpProtocols().find(name);
        return named != GetTcpdumpProtocols().end()
                   ? named->second
                   : TcpdumpPrimitive{
                         TcpdumpField::PROTOCOL, ReadTcpdumpNumber(name, 0, 255), {}, false};
    }
    const TcpdumpEnd end = word == "src"   ? TcpdumpEnd::SOURCE
                           : word == "dst" ? TcpdumpEnd::DESTINATION
                                           : TcpdumpEnd::EITHER;
    const std::string kind = end == TcpdumpEnd::EITHER ? word : words.Take(word);
    if (kind == "port")
    {
        return {TcpdumpField::PORT, ReadTcpdumpNumber(words.Take(kind), 0, 65535), end, false};
    }
    if (kind == "host")
    {
        return ReadTcpdumpAddress(words.Take(kind), end);
    }
    if (end != TcpdumpEnd::EITHER)
    {
        return ReadTcpdumpAddress(kind, end);
    }
    throw std::invalid_argument("tcpdump: '" + word +
                                "' is not known, filters are ip, arp, icmp, igmp, tcp, udp, gre, "
                                "ospf, pim, [src|dst] host ADDRESS, [src|dst] port NUMBER, proto "
                                "NUMBER, with and and not");
}

/** \returns whether \p matches accepts the end that \p end means, or either. */
template <typename T, typename F>
bool
IsAtTcpdumpEnd(TcpdumpEnd end, const T& source, const T& destination, F matches)
{
    return (end != TcpdumpEnd::DESTINATION && matches(source)) ||
           (end != TcpdumpEnd::SOURCE && matches(destination));
}

} // namespace

bool
TcpdumpPrimitive::Passes(const PacketFields& fields) const
{
    const auto compare = [&] {
        switch (field)
        {
        case TcpdumpField::ETHER_TYPE:
            return fields.etherType == value;
        case TcpdumpField::PROTOCOL:
            return fields.isIp && fields.protocol == value;
        case TcpdumpField::HOST:
            return IsAtTcpdumpEnd(end, fields.source, fields.destination, [&](Ipv4Address address) {
                return address.Get() == value;
            });
        case TcpdumpField::PORT:
            return IsAtTcpdumpEnd(
                end,
                fields.sourcePort,
                fields.destinationPort,
                [&](const std::optional<uint16_t>& port) { return port && *port == value; });
        }
        return false;
    };
    return compare() != isNegated;
}

bool
TcpdumpCommand::Passes(const PacketFields& fields) const
{
    return std::all_of(filter.begin(), filter.end(), [&](const TcpdumpPrimitive& primitive) {
        return primitive.Passes(fields);
    });
}

TcpdumpCommand
ParseTcpdump(const std::string& text)
{
    TcpdumpCommand command;
    TcpdumpWords words(text);
    words.Skip("tcpdump");
    while (!words.IsAtEnd() && words.Peek().size() > 1 && words.Peek()[0] == '-')
    {
        ReadTcpdumpOptions(words, command);
    }
    for (bool isFirst = true; !words.IsAtEnd(); isFirst = false)
    {
        if (!isFirst && !words.Skip("and"))
        {
            throw std::invalid_argument("tcpdump: '" + words.Peek() +
                                        "' where 'and' is wanted; 'or' is not known");
        }
        const bool isNegated = words.Skip("not");
        command.filter.push_back(ReadTcpdumpPrimitive(words));
        command.filter.back().isNegated = isNegated;
    }
    return command;
}

} // namespace ns3
