// SPDX-License-Identifier: GPL-2.0-only
// What a scenario types: show commands with arguments, ping, tcpdump, and what `print` adds.
#include "support/lab-program.h"

#include <regex>

using namespace ns3;

namespace
{

/** A run of the R/E/C lab with static routes, whose transcript is looked at. */
std::string
GetTranscript(const std::string& events, const std::string& keys = "")
{
    const LabProgram run("duration: 20s\nunderlay: static\n" + keys + "events:\n" + events);
    EXPECT_EQ(run.GetStatus(), 0) << run.GetErr();
    return ReadText(run.GetPath("transcript.txt"));
}

/** \returns what a refused scenario prints. */
std::string
GetRefusal(const std::string& event)
{
    const LabProgram run("duration: 20s\nevents:\n  - {at: 5s, " + event + "}\n");
    EXPECT_EQ(run.GetStatus(), 2) << event;
    return run.GetErr();
}

void
ExpectMatch(const std::string& text, const std::string& pattern)
{
    EXPECT_TRUE(std::regex_search(text, std::regex(pattern))) << pattern << "\nin\n" << text;
}

} // namespace

TEST(LabShell, PingPrintsItsReplies)
{
    const std::string shown =
        GetTranscript("  - {at: 5s, ping: {node: r1, to: 192.168.2.2, count: 2, print: true}}\n");
    ExpectMatch(shown,
                "^\\[5s to 7s\\] r1# ping -c 2 192\\.168\\.2\\.2\n"
                "PING 192\\.168\\.2\\.2 \\(192\\.168\\.2\\.2\\) 56\\(84\\) bytes of data\\.\n"
                "64 bytes from 192\\.168\\.2\\.2: icmp_seq=1 ttl=61 time=0\\.\\d{3} ms\n"
                "64 bytes from 192\\.168\\.2\\.2: icmp_seq=2 ttl=61 time=0\\.\\d{3} ms\n\n"
                "--- 192\\.168\\.2\\.2 ping statistics ---\n"
                "2 packets transmitted, 2 received, 0% packet loss, time 100\\dms\n"
                "rtt min/avg/max/mdev = 0\\.\\d{3}/0\\.\\d{3}/0\\.\\d{3}/0\\.\\d{3} ms\n\n$");
}

TEST(LabShell, ShowOfPingPings)
{
    const std::string shown = GetTranscript(
        "  - {at: 5s, show: {node: r1, what: ping -c 1 -s 100 -i 0.5 10.9.9.9}}\n"
        "  - {at: 9s, expect: {table: pings, rows: 1, equals: {to: 10.9.9.9, rtt_ms: \"\"}}}\n");
    ExpectMatch(shown,
                "\\[5s to 6s\\] r1# ping -c 1 -i 0\\.5 -s 100 10\\.9\\.9\\.9\n"
                "PING 10\\.9\\.9\\.9 \\(10\\.9\\.9\\.9\\) 100\\(128\\) bytes of data\\.\n\n"
                "--- 10\\.9\\.9\\.9 ping statistics ---\n"
                "1 packets transmitted, 0 received, 100% packet loss, time 0ms\n");
}

TEST(LabShell, BroadcastPingCountsDuplicates)
{
    const std::string shown = GetTranscript(
        "  - {at: 1s, vxlan: {nodes: [r1, r2, r3], name: v, id: 7, remotes: [192.168.1.1, "
        "192.168.2.2, "
        "192.168.3.3], print: true, addresses: [192.168.99.1/24, 192.168.99.2/24, "
        "192.168.99.3/24]}}\n"
        "  - {at: 5s, ping: {node: r1, to: 192.168.99.255, count: 1, print: true}}\n");
    ExpectMatch(
        shown,
        "r1# ping -b -c 1 192\\.168\\.99\\.255\nWARNING: pinging broadcast address\nPING .*\n"
        "64 bytes from 192\\.168\\.99\\.[23]: icmp_seq=1 ttl=64 time=.* ms\n"
        "64 bytes from 192\\.168\\.99\\.[23]: icmp_seq=1 ttl=64 time=.* ms \\(DUP!\\)\n");
    ExpectMatch(shown, "1 packets transmitted, 1 received, \\+1 duplicates, 0% packet loss");
    ExpectMatch(shown,
                "\\[1s\\] r1# ip link add v type vxlan id 7 dstport 4789\n"
                "\\[1s\\] r1# bridge fdb append 00:00:00:00:00:00 dev v dst 192\\.168\\.1\\.1\n");
}

TEST(LabShell, TcpdumpEndsAtItsCountItsTimeOrTheRun)
{
    const std::string ping = "  - {at: 6s, ping: {node: r1, to: 192.168.2.2, count: 3}}\n";
    ExpectMatch(
        GetTranscript("  - {at: 5s, show: {node: e1, what: tcpdump -c 2 -pni eth0 icmp}}\n" + ping),
        "\\[5s to 6\\.\\d+s\\] e1# tcpdump -c 2 -pni eth0 icmp\n"
        "00:00:06\\.\\d{6} IP 192\\.168\\.1\\.1 > 192\\.168\\.2\\.2: ICMP echo request, id 1, seq "
        "1, length 64\n"
        "00:00:06\\.\\d{6} IP 192\\.168\\.2\\.2 > 192\\.168\\.1\\.1: ICMP echo reply, id 1, seq 1, "
        "length 64\n\n");
    ExpectMatch(
        GetTranscript("  - {at: 5s, show: {node: e1, what: tcpdump -i eth0 icmp, until: 7s}}\n" +
                      ping),
        "\\[5s to 7s\\] e1# tcpdump -i eth0 icmp\n(.*seq 1, .*\n){2}");
    ExpectMatch(
        GetTranscript("  - {at: 5s, show: {node: e1, what: tcpdump -c 9 -i eth0 icmp}}\n" + ping),
        "\\[5s to 20s\\] e1# tcpdump -c 9 -i eth0 icmp\n(.*length 64\n){6}\n");
}

TEST(LabShell, CommandsTakeADeviceOrAGroup)
{
    const std::string shown = GetTranscript(
        "  - {at: 1s, vxlan: {nodes: [r1], name: v, id: 7, group: 239.0.0.7, ttl: 9, dev: eth0, "
        "print: true}}\n"
        "  - {at: 1s, vxlan: {nodes: [r1], name: w, id: 8, group: 239.0.0.8, ttl: 9}}\n"
        "  - {at: 9s, show: {node: r1, what: bridge fdb show v}}\n"
        "  - {at: 9s, show: {node: r1, what: bridge fdb show dev w}}\n"
        "  - {at: 9s, show: {node: r1, what: bridge fdb show x}}\n"
        "  - {at: 9s, show: {node: r1, what: ip -d link show v}}\n"
        "  - {at: 9s, show: {node: e1, what: show igmp group 239.0.0.8}}\n"
        "  - {at: 9s, show: {node: r1, what: ip route}}\n");
    ExpectMatch(shown,
                "\\[1s\\] r1# ip link add v type vxlan id 7 group 239\\.0\\.0\\.7 ttl 9 dev eth0 "
                "dstport 4789\n");
    ExpectMatch(shown,
                "r1# bridge fdb show v\n00:00:00:00:00:00 dev v dst 239\\.0\\.0\\.7 via eth0 self "
                "permanent\n\n");
    ExpectMatch(shown,
                "r1# bridge fdb show dev w\n00:00:00:00:00:00 dst 239\\.0\\.0\\.8 via eth0 self "
                "permanent\n\n");
    ExpectMatch(shown, "r1# bridge fdb show x\nCannot find device \"x\"\n\n");
    ExpectMatch(shown,
                "r1# ip -d link show v\n\\d: v: <.*\n    link/ether .*\n    vxlan id 7 .*\n\n");
    ExpectMatch(shown,
                "e1> show igmp group 239\\.0\\.0\\.8\nInterface .*\neth0 +239\\.0\\.0\\.8 .*\n\n");
    ExpectMatch(shown,
                "r1# ip route\n192\\.168\\.1\\.0/24 dev eth0 proto kernel scope link src "
                "192\\.168\\.1\\.1 \n"
                "192\\.168\\.2\\.0/24 via 192\\.168\\.1\\.11 dev eth0 proto static metric \\d \n");
}

TEST(LabShell, IperfsWords)
{
    const std::string shown =
        GetTranscript("  - {at: 5s, join: {node: r2, group: 239.0.0.10, print: true}}\n"
                      "  - {at: 6s, send: {node: r1, group: 239.0.0.10, rate: 100kbps, size: 1000, "
                      "ttl: 9, port: 6000, until: 8s, print: true}}\n");
    ExpectMatch(shown,
                "\\[5s\\] r2# iperf -u -s -l 1000 -i 1 -B 239\\.0\\.0\\.10\n-{60}\n"
                "Server listening on UDP port 5001\nBinding to local address 239\\.0\\.0\\.10\n"
                "Joining multicast group  239\\.0\\.0\\.10\nReceiving 1000 byte datagrams\n"
                "UDP buffer size:  128 KByte \\(default\\)\n-{60}\n\n");
    ExpectMatch(
        shown,
        "\\[6s\\] r1# iperf -c 239\\.0\\.0\\.10 -u -b 100k -l 1000 -t 2 -T 9 -p 6000\n-{60}\n"
        "Client connecting to 239\\.0\\.0\\.10, UDP port 6000\nSending 1000 byte datagrams\n"
        "Setting multicast TTL to 9\nUDP buffer size:  128 KByte \\(default\\)\n-{60}\n\n");
}

TEST(LabShell, RefusesWithASentence)
{
    const auto has = [](const std::string& text, const char* words) {
        return text.find(words) != std::string::npos;
    };
    EXPECT_TRUE(
        has(GetRefusal("show: {node: e1, what: tcpdump -i eth0}"), "tcpdump never ends by itself"));
    EXPECT_TRUE(has(GetRefusal("show: {node: e1, what: tcpdump -c 1 -i eth9}"),
                    "e1 has no VXLAN device 'eth9' by then"));
    EXPECT_TRUE(
        has(GetRefusal("show: {node: e1, what: tcpdump -c 1 smtp}"), "'smtp' is not known"));
    EXPECT_TRUE(has(GetRefusal("show: {node: e1, what: tcpdump -i eth0, until: 4s}"),
                    "is not after at 5s"));
    EXPECT_TRUE(has(GetRefusal("show: {node: r1, what: ping 192.168.2.2}"),
                    "ping never ends without a count"));
    EXPECT_TRUE(
        has(GetRefusal("show: {node: r1, what: ping -c 1 -x 192.168.2.2}"), "'-x' is not right"));
    EXPECT_TRUE(has(GetRefusal("show: {node: e1, what: pim join 10.0.0.1}"), "pim join [GROUP]"));
    EXPECT_TRUE(has(GetRefusal("join: {node: r2, group: 239.0.0.1, print: maybe}"), "print"));
    EXPECT_TRUE(has(GetRefusal("vxlan: {nodes: [r1], name: v, id: 7, group: 239.0.0.7, "
                               "encapsulation: gre, print: true}"),
                    "encapsulation: vxlan"));
}
