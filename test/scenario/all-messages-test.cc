// SPDX-License-Identifier: GPL-2.0-only
// Every type of IGMP, OSPF and VXLAN message on the wire, as tshark reads it: nothing malformed,
// every checksum right. RFC 1112, 2236 §2, 3376 §4; RFC 2328 A.3 and A.4; RFC 7348 §5.
#include "support/capture.h"
#include "support/lab-run.h"

#include "ns3/igmp-protocol.h"
#include "ns3/ospf-helper.h"

#include <gtest/gtest.h>

#include <cstdint>

using namespace ns3;

namespace
{

class AllMessages : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (!Capture::HasTshark())
        {
            GTEST_SKIP() << "tshark is not installed";
        }
    }
};

const std::string ONE_LAN = R"(
node r
node h1 kind=host
node h2 kind=host
node h3 kind=host
lan 1 network=192.168.1.0/24
edge r 1 address=192.168.1.11
edge h1 1 address=192.168.1.1
edge h2 1 address=192.168.1.2
edge h3 1 address=192.168.1.3
)";

TEST_F(AllMessages, Igmp)
{
    LabRun run(ONE_LAN,
               R"(
duration: 160
nodes:
  h2: {ns3::IgmpProtocol::Version: 2}
  h3: {ns3::IgmpProtocol::Version: 1}
events:
  - {at: 10, join: {node: h1, group: 239.0.0.10}}
  - {at: 10, join: {node: h1, group: 239.0.0.11, source: 10.0.0.1}}
  - {at: 15, join: {node: h1, group: 239.0.0.11, source: 10.0.0.2}}
  - {at: 50, leave: {node: h1, group: 239.0.0.11, source: 10.0.0.1}}
  - {at: 60, join: {node: h2, group: 239.0.0.20}}
  - {at: 70, leave: {node: h2, group: 239.0.0.20}}
  - {at: 80, join: {node: h3, group: 239.0.0.30}}
  - {at: 90, leave: {node: h1, group: 239.0.0.10}}
)",
               "r:eth0");
    run.Run();
    run.Close();
    const Capture capture(run.GetPath("r-eth0.pcap"),
                          {"igmp.type",
                           "igmp.version",
                           "igmp.maddr",
                           "igmp.record_type",
                           "igmp.num_src",
                           "igmp.saddr",
                           "igmp.s",
                           "igmp.qrv",
                           "igmp.qqic",
                           "ip.dst",
                           "ip.ttl",
                           "ip.dsfield",
                           "ip.opt.ra"});
    EXPECT_EQ(capture.FindFaults(), "");
    const std::size_t all = capture.Count({{"igmp.checksum.status", "1"}});
    EXPECT_GT(all, 20u);
    EXPECT_EQ(capture.Count({{"ip.ttl", "1"}, {"ip.dsfield", "0xc0"}, {"ip.opt.ra", "0"}}), all);
    const std::vector<std::pair<const char*, Capture::Values>> kinds{
        {"general Query",
         {{"igmp.type", "0x11"}, {"igmp.version", "3"}, {"igmp.maddr", "0.0.0.0"}}},
        {"group-specific Query",
         {{"igmp.type", "0x11"}, {"igmp.maddr", "239.0.0.20"}, {"igmp.num_src", "0"}}},
        {"group-and-source-specific Query",
         {{"igmp.type", "0x11"}, {"igmp.maddr", "239.0.0.11"}, {"igmp.saddr", "10.0.0.1"}}},
        {"version 1 report", {{"igmp.type", "0x12"}, {"igmp.maddr", "239.0.0.30"}}},
        {"version 2 report", {{"igmp.type", "0x16"}, {"igmp.maddr", "239.0.0.20"}}},
        {"leave", {{"igmp.type", "0x17"}, {"ip.dst", "224.0.0.2"}}},
        {"MODE_IS_INCLUDE", {{"igmp.type", "0x22"}, {"igmp.record_type", "1"}}},
        {"MODE_IS_EXCLUDE", {{"igmp.type", "0x22"}, {"igmp.record_type", "2"}}},
        {"CHANGE_TO_INCLUDE_MODE", {{"igmp.type", "0x22"}, {"igmp.record_type", "3"}}},
        {"CHANGE_TO_EXCLUDE_MODE", {{"igmp.type", "0x22"}, {"igmp.record_type", "4"}}},
        {"ALLOW_NEW_SOURCES",
         {{"igmp.type", "0x22"}, {"igmp.record_type", "5"}, {"igmp.saddr", "10.0.0.2"}}},
        {"BLOCK_OLD_SOURCES",
         {{"igmp.type", "0x22"}, {"igmp.record_type", "6"}, {"ip.dst", "224.0.0.22"}}}};
    for (const auto& [name, values] : kinds)
    {
        EXPECT_GE(capture.Count(values), 1u) << name;
    }
    EXPECT_EQ(capture.Count({{"igmp.type", "0x11"}, {"igmp.qrv", "2"}, {"igmp.qqic", "125"}}),
              capture.Count({{"igmp.type", "0x11"}}));
}

/** Area 1, the backbone, area 2: a boundary router in area 2, so that area 1 hears of it. */
const std::string AREAS = R"(
node a
node b
node c
node d
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
lan 3 network=192.168.3.0/24
edge a 1 address=192.168.1.1 area=0.0.0.1
edge b 1 address=192.168.1.2 area=0.0.0.1
edge b 2 address=192.168.2.2
edge c 2 address=192.168.2.3
edge c 3 address=192.168.3.3 area=0.0.0.2
edge d 3 address=192.168.3.4 area=0.0.0.2
)";

/** \returns whether the LSA at \p bytes has a right checksum, by ISO 8473 from its third byte on.
 */
bool
HasRightChecksum(const uint8_t* bytes, std::size_t length)
{
    uint32_t sum = 0;
    uint32_t sums = 0;
    for (std::size_t i = 2; i < length; ++i)
    {
        sum = (sum + bytes[i]) % 255;
        sums = (sums + sum) % 255;
    }
    return sum == 0 && sums == 0;
}

/** \returns the LSAs of all updates in a capture file, tshark 4.0 does not check their checksums.
 */
std::vector<std::vector<uint8_t>>
ReadLsas(const std::string& file)
{
    std::ifstream input(file, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(input)), {});
    const auto* data = reinterpret_cast<const uint8_t*>(bytes.data());
    std::vector<std::vector<uint8_t>> lsas;
    std::size_t frame = 24;
    while (frame + 16 <= bytes.size())
    {
        const uint32_t size = data[frame + 8] | data[frame + 9] << 8 | data[frame + 10] << 16;
        const uint8_t* ip = data + frame + 16 + 14;
        const uint8_t* ospf = ip + (ip[0] & 15) * 4;
        frame += 16 + size;
        if (ip[-2] != 0x08 || ip[-1] != 0x00 || ip[9] != 89 || ospf[1] != 4)
        {
            continue;
        }
        const uint8_t* lsa = ospf + 28;
        for (unsigned number = ospf[27] | ospf[26] << 8; number > 0; --number)
        {
            const std::size_t length = lsa[18] << 8 | lsa[19];
            lsas.emplace_back(lsa, lsa + length);
            lsa += length;
        }
    }
    return lsas;
}

TEST_F(AllMessages, Ospf)
{
    LabRun run(AREAS, "duration: 90\n", "a:eth0");
    OspfExternalRoute outside;
    outside.prefix = Ipv4Prefix(Ipv4Address("172.16.0.0"), 16);
    OspfHelper::GetOspf(Names::Find<Node>("d"))->AddExternalRoute(outside);
    run.Run();
    run.Close();
    const std::string file = run.GetPath("a-eth0.pcap");
    const Capture capture(file, {"ospf.msg", "ospf.lsa", "ip.ttl", "ip.dsfield", "ip.proto"});
    EXPECT_EQ(capture.FindFaults(), "");
    for (const char* type : {"1", "2", "3", "4", "5"})
    {
        EXPECT_GT(capture.Count({{"ospf.msg", type}}), 0u) << "packet " << type;
        EXPECT_GT(capture.Count({{"ospf.msg", "4"}, {"ospf.lsa", type}}), 0u) << "LSA " << type;
    }
    EXPECT_EQ(capture.Count({{"ip.proto", "89"}, {"ip.ttl", "1"}, {"ip.dsfield", "0xc0"}}),
              capture.Count({{"ip.proto", "89"}}));
    // tshark writes only into the text whether an OSPF packet's own checksum is right.
    FILE* decoded = popen(("tshark -r " + file + " -Y ospf -V 2>/dev/null").c_str(), "r");
    ASSERT_NE(decoded, nullptr);
    std::size_t right = 0;
    for (char line[1024]; fgets(line, sizeof line, decoded) != nullptr;)
    {
        right += std::string(line).find("[correct]") != std::string::npos ? 1 : 0;
    }
    pclose(decoded);
    EXPECT_EQ(right, capture.Count({{"ip.proto", "89"}}));
    std::set<int> types;
    for (const std::vector<uint8_t>& lsa : ReadLsas(file))
    {
        types.insert(lsa[3]);
        EXPECT_TRUE(HasRightChecksum(lsa.data(), lsa.size())) << "LSA " << int(lsa[3]);
    }
    EXPECT_EQ(types, (std::set<int>{1, 2, 3, 4, 5}));
}

const std::string THREE_VTEPS = R"(
node r candidateBsr=eth0 candidateRp=eth0
node v1 kind=vtep
node v2 kind=vtep
node v3 kind=vtep
lan 1 network=192.168.1.0/24
lan 2 network=192.168.2.0/24
edge v1 1 address=192.168.1.1
edge v2 1 address=192.168.1.2
edge r 1 address=192.168.1.11
edge r 2 address=192.168.2.11
edge v3 2 address=192.168.2.3
)";

TEST_F(AllMessages, Vxlan)
{
    LabRun run(THREE_VTEPS,
               R"(
duration: 100
events:
  - {at: 60, vxlan: {nodes: [v1, v2, v3], name: vxlan42, id: 42, group: 239.0.0.42, ttl: 10, dev: eth0, addresses: [10.42.0.1/24, 10.42.0.2/24, 10.42.0.3/24]}}
  - {at: 60, vxlan: {nodes: [v1, v3], name: vxlan43, id: 43, remotes: [192.168.1.1, 192.168.2.3], dev: eth0, addresses: [10.43.0.1/24, 10.43.0.3/24]}}
  - {at: 80, ping: {node: v1, to: 10.42.0.3, count: 3}}
  - {at: 90, ping: {node: v1, to: 10.43.0.3, count: 3}}
)",
               "v1:eth0,r:eth1,v3:vxlan42");
    run.Run();
    run.Close();
    const std::vector<std::string> fields{"vxlan.vni",
                                          "vxlan.flag_i",
                                          "vxlan.flags",
                                          "ip.dst",
                                          "ip.ttl",
                                          "udp.dstport",
                                          "arp.opcode",
                                          "icmp.type",
                                          "eth.type"};
    for (const char* name : {"v1-eth0", "r-eth1"})
    {
        const Capture capture(run.GetPath(std::string(name) + ".pcap"), fields);
        EXPECT_EQ(capture.FindFaults(), "");
        const bool atSender = name == std::string("v1-eth0");
        EXPECT_EQ(capture.Count({{"vxlan.flags", "0x0800"}, {"udp.dstport", "4789"}}),
                  capture.Count({{"vxlan.flag_i", "1"}}));
        EXPECT_EQ(capture.Count({{"vxlan.vni", "42"},
                                 {"arp.opcode", "1"},
                                 {"ip.dst", "239.0.0.42"},
                                 {"ip.ttl", atSender ? "10" : "9"}}),
                  1u)
            << "a broadcast goes to the group";
        for (const char* vni : {"42", "43"})
        {
            EXPECT_EQ(capture.Count({{"vxlan.vni", vni},
                                     {"icmp.type", "8"},
                                     {"ip.dst", "192.168.2.3"},
                                     {"ip.dst", std::string("10.") + vni + ".0.3"}}),
                      3u)
                << "what is known goes to its VTEP";
            EXPECT_EQ(capture.Count({{"vxlan.vni", vni}, {"icmp.type", "0"}}), 3u);
        }
        EXPECT_EQ(
            capture.Count({{"vxlan.vni", "43"}, {"arp.opcode", "1"}, {"ip.dst", "192.168.2.3"}}),
            1u)
            << "head-end replication";
    }
    const Capture inner(run.GetPath("v3-vxlan42.pcap"), fields);
    EXPECT_EQ(inner.FindFaults(), "");
    EXPECT_EQ(inner.Count({{"icmp.type", "8"}, {"vxlan.vni", ""}}), 3u);
    EXPECT_EQ(inner.Count({{"arp.opcode", "1"}}), 1u);
}

} // namespace
