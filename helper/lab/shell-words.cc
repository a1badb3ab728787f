// SPDX-License-Identifier: GPL-2.0-only
// Wording and spacing are those of iperf 2.0, iputils and iproute2 6.1.
#include "ns3/shell-words.h"

#include "ns3/number-format.h"
#include "ns3/printed.h"
#include "ns3/type-id.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace ns3
{

namespace
{

constexpr uint16_t IPERF_PORT = 5001;
constexpr uint32_t IPERF_SIZE = 1470;

/** \returns the buffer that sockets of ns-3 have, as iperf writes it: " 128 KByte". */
std::string
GetBufferText(const char* socketType)
{
    TypeId::AttributeInformation information;
    TypeId::LookupByName(socketType).LookupAttributeByName("RcvBufSize", &information);
    Ptr<const UintegerValue> value = DynamicCast<const UintegerValue>(information.initialValue);
    char text[32];
    std::snprintf(
        text, sizeof text, "%4.0f KByte", static_cast<double>(value ? value->Get() : 0) / 1024);
    return text;
}

/** \returns what iperf prints between its rulers. */
std::string
FrameIperf(const std::string& lines)
{
    const std::string ruler(60, '-');
    return ruler + "\n" + lines + ruler + "\n";
}

/** \returns a rate in bit/s as iperf's -b takes it: 10k, 2m, 1234. */
std::string
GetRateText(const SendSpec& send)
{
    const auto rate =
        static_cast<uint64_t>(std::llround(8.0 * send.size / send.interval.GetSeconds()));
    if (rate % 1000000 == 0)
    {
        return std::to_string(rate / 1000000) + "m";
    }
    return rate % 1000 == 0 ? std::to_string(rate / 1000) + "k" : std::to_string(rate);
}

std::string
GetPortOption(uint16_t port)
{
    return port == IPERF_PORT ? "" : " -p " + std::to_string(port);
}

double
GetMilliseconds(Time time)
{
    return static_cast<double>(time.GetNanoSeconds()) / 1e6;
}

/** \returns a round-trip time with as many decimals as iputils gives it. */
std::string
GetRoundTripText(Time roundTrip)
{
    const double milliseconds = GetMilliseconds(roundTrip);
    char text[32];
    std::snprintf(text,
                  sizeof text,
                  "%.*f ms",
                  milliseconds >= 99.95    ? 0
                  : milliseconds >= 9.995  ? 1
                  : milliseconds >= 0.9995 ? 2
                                           : 3,
                  milliseconds);
    return text;
}

/** A reply to a ping. */
struct PingReply
{
    Time at;
    std::size_t sequence;
    std::size_t number; //!< among the replies to that request; the first is 0
    EchoReply reply;
    Time roundTrip;
};

std::vector<PingReply>
GetReplies(const PingSeries& series)
{
    std::vector<PingReply> all;
    for (std::size_t i = 0; i < series.GetRequests().size(); ++i)
    {
        const PingSeries::Request& request = series.GetRequests()[i];
        for (std::size_t j = 0; j < request.replies.size(); ++j)
        {
            const auto& [reply, roundTrip] = request.replies[j];
            all.push_back({request.sent + roundTrip, i + 1, j, reply, roundTrip});
        }
    }
    std::stable_sort(
        all.begin(), all.end(), [](const PingReply& a, const PingReply& b) { return a.at < b.at; });
    return all;
}

/** \returns the last lines of a ping. */
std::string
SummarizePing(const PingSeries& series, const std::vector<PingReply>& replies)
{
    const auto& requests = series.GetRequests();
    const auto duplicates = static_cast<std::size_t>(std::count_if(
        replies.begin(), replies.end(), [](const PingReply& reply) { return reply.number > 0; }));
    const std::size_t received = replies.size() - duplicates;
    const Time last = replies.empty() ? requests.back().sent : replies.back().at;
    std::string text = "\n--- " + ToText(series.GetSpec().to) + " ping statistics ---\n" +
                       std::to_string(requests.size()) + " packets transmitted, " +
                       std::to_string(received) + " received, ";
    text += duplicates == 0 ? "" : "+" + std::to_string(duplicates) + " duplicates, ";
    text += std::to_string((requests.size() - received) * 100 / requests.size()) +
            "% packet loss, time " +
            std::to_string((last - requests.front().sent).GetMilliSeconds()) + "ms\n";
    if (replies.empty())
    {
        return text;
    }
    double sum = 0;
    double squares = 0;
    double least = 0;
    double most = 0;
    for (const PingReply& reply : replies)
    {
        const double value = GetMilliseconds(reply.roundTrip);
        least = &reply == &replies.front() ? value : std::min(least, value);
        most = std::max(most, value);
        sum += value;
        squares += value * value;
    }
    const double mean = sum / static_cast<double>(replies.size());
    const double deviation =
        std::sqrt(std::max(0.0, squares / static_cast<double>(replies.size()) - mean * mean));
    char line[128];
    std::snprintf(line,
                  sizeof line,
                  "rtt min/avg/max/mdev = %.3f/%.3f/%.3f/%.3f ms\n",
                  least,
                  mean,
                  most,
                  deviation);
    return text + line;
}

} // namespace

ShellText
DescribeIperfServer(const MembershipSpec& membership)
{
    const std::string group = ToText(membership.group);
    std::string command = "iperf -u -s -l 1000 -i 1 -B " + group;
    for (Ipv4Address source : membership.sources)
    {
        command += " -H " + ToText(source);
    }
    return {command,
            FrameIperf("Server listening on UDP port " + std::to_string(IPERF_PORT) +
                       "\nBinding to local address " + group + "\nJoining multicast group  " +
                       group + "\nReceiving 1000 byte datagrams\nUDP buffer size: " +
                       GetBufferText("ns3::UdpSocketImpl") + " (default)\n")};
}

ShellText
DescribeIperfClient(const SendSpec& send, Time begin)
{
    const bool isUdp = send.transport == FlowTransport::UDP;
    const std::string to = ToText(send.group);
    std::string command = "iperf -c " + to + (isUdp ? " -u -b " : " -b ") + GetRateText(send);
    command += send.size == IPERF_SIZE ? "" : " -l " + std::to_string(send.size);
    command += send.until ? " -t " + FormatSeconds(*send.until - begin) : "";
    command += send.packets ? " -n " + std::to_string(*send.packets * send.size) : "";
    command += send.group.IsMulticast() ? " -T " + std::to_string(send.ttl) : "";
    command += GetPortOption(send.port);
    std::string lines = "Client connecting to " + to + ", " + (isUdp ? "UDP" : "TCP") + " port " +
                        std::to_string(send.port) + "\n";
    if (isUdp)
    {
        lines += "Sending " + std::to_string(send.size) + " byte datagrams\n";
    }
    if (send.group.IsMulticast())
    {
        lines += "Setting multicast TTL to " + std::to_string(send.ttl) + "\n";
    }
    lines += isUdp ? "UDP buffer size: " + GetBufferText("ns3::UdpSocketImpl")
                   : "TCP window size: " + GetBufferText("ns3::TcpSocket");
    return {command, FrameIperf(lines + " (default)\n")};
}

ShellText
DescribePing(const PingSeries& series, bool isBroadcast)
{
    constexpr uint32_t ICMP_HEADER = 8;
    constexpr uint32_t BOTH_HEADERS = 28;
    const PingSpec& spec = series.GetSpec();
    const std::string to = ToText(spec.to);
    std::string command = isBroadcast ? "ping -b" : "ping";
    command += " -c " + std::to_string(spec.count);
    command += spec.interval == Seconds(1) ? "" : " -i " + FormatSeconds(spec.interval);
    command += spec.size == 56 ? "" : " -s " + std::to_string(spec.size);
    std::string output = isBroadcast ? "WARNING: pinging broadcast address\n" : "";
    output += "PING " + to + " (" + to + ") " + std::to_string(spec.size) + "(" +
              std::to_string(spec.size + BOTH_HEADERS) + ") bytes of data.\n";
    const std::vector<PingReply> replies = GetReplies(series);
    for (const PingReply& reply : replies)
    {
        output += std::to_string(spec.size + ICMP_HEADER) + " bytes from " +
                  ToText(reply.reply.from) + ": icmp_seq=" + std::to_string(reply.sequence) +
                  " ttl=" + std::to_string(reply.reply.ttl) +
                  " time=" + GetRoundTripText(reply.roundTrip) +
                  (reply.number > 0 ? " (DUP!)\n" : "\n");
    }
    return {command + " " + to, output + SummarizePing(series, replies)};
}

std::vector<std::string>
DescribeVxlan(const VxlanSpec& vxlan, std::size_t index)
{
    std::string add = "ip link add " + vxlan.name + " type vxlan id " + std::to_string(vxlan.vni);
    add += vxlan.group.IsAny() ? "" : " group " + ToText(vxlan.group);
    add += vxlan.remotes.size() == 1 ? " remote " + ToText(vxlan.remotes.front()) : "";
    add += vxlan.local.empty() ? "" : " local " + vxlan.local;
    add += vxlan.ttl ? " ttl " + std::to_string(*vxlan.ttl) : "";
    add += vxlan.dev.empty() ? "" : " dev " + vxlan.dev;
    if (vxlan.sourcePorts)
    {
        add += " srcport " + std::to_string(vxlan.sourcePorts->first) + " " +
               std::to_string(vxlan.sourcePorts->second);
    }
    add += " dstport " + std::to_string(vxlan.port);
    add += vxlan.ageing ? " ageing " + FormatSeconds(*vxlan.ageing) : "";
    add += vxlan.learning && !*vxlan.learning ? " nolearning" : "";
    std::vector<std::string> commands = {add};
    if (vxlan.mtu)
    {
        commands.push_back("ip link set mtu " + std::to_string(*vxlan.mtu) + " dev " + vxlan.name);
    }
    for (std::size_t i = 0; vxlan.remotes.size() > 1 && i < vxlan.remotes.size(); ++i)
    {
        commands.push_back("bridge fdb append 00:00:00:00:00:00 dev " + vxlan.name + " dst " +
                           ToText(vxlan.remotes[i]));
    }
    commands.push_back("ip link set up dev " + vxlan.name);
    if (index < vxlan.addresses.size())
    {
        const auto& [address, mask] = vxlan.addresses[index];
        commands.push_back("ip addr add " + ToText(address) + "/" +
                           std::to_string(mask.GetPrefixLength()) + " dev " + vxlan.name);
    }
    return commands;
}

std::string
FormatShellText(Time begin, Time end, const std::string& node, const ShellText& text)
{
    return "[" + FormatSeconds(begin) + "s" +
           (end == begin ? "" : " to " + FormatSeconds(end) + "s") + "] " + node + "# " +
           text.command + "\n" + text.output + "\n";
}

} // namespace ns3
