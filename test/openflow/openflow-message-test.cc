// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow messages against captures of real ones, byte for byte, and every field malformed.
#include "openflow-golden.h"

#include "ns3/openflow-text.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

/** Reads \p hex, compares what is written again, and returns the message. */
OpenflowMessage
RoundTrip(const std::string& hex, std::size_t size)
{
    const std::vector<uint8_t> bytes = FromHex(hex);
    EXPECT_EQ(bytes.size(), size);
    OpenflowMessage message;
    EXPECT_EQ(ToString(ReadMessage(bytes, message)), "");
    EXPECT_EQ(ToHex(message.ToBytes()), hex);
    return message;
}

/** \returns the name of the error that \p bytes get. */
std::string
ErrorOf(std::vector<uint8_t> bytes, bool fixLength = true)
{
    if (fixLength)
    {
        bytes[2] = static_cast<uint8_t>(bytes.size() >> 8);
        bytes[3] = static_cast<uint8_t>(bytes.size());
    }
    OpenflowMessage message;
    return ToString(ReadMessage(bytes, message));
}

/** \returns the name of the error of \p hex with the bytes at \p offset replaced. */
std::string
ErrorWith(const std::string& hex, std::size_t offset, const std::vector<uint8_t>& change)
{
    std::vector<uint8_t> bytes = FromHex(hex);
    std::copy(change.begin(), change.end(), bytes.begin() + offset);
    return ErrorOf(bytes);
}

/** Offsets inside a FLOW_MOD. */
constexpr std::size_t COMMAND = 25;
constexpr std::size_t FLAGS = 44;
constexpr std::size_t MATCH = 48;

} // namespace

TEST(OpenflowMessage, SessionSetUpAsOsKenAndOpenVswitch)
{
    const auto hello = RoundTrip(golden::HELLO_BITMAP, 16);
    EXPECT_EQ(std::get<OpenflowHello>(hello.body).versions, std::vector<uint32_t>{0x10});
    RoundTrip(golden::FEATURES_REQUEST, 8);
    const auto features = RoundTrip(golden::FEATURES_REPLY, 32);
    const auto& reply = std::get<OpenflowFeaturesReply>(features.body);
    EXPECT_EQ(reply.datapathId, 1u);
    EXPECT_EQ(reply.tables, 254);
    EXPECT_EQ(reply.capabilities, 0x4fu);
    RoundTrip(golden::PORT_DESC_REQUEST, 16);
    const auto ports = RoundTrip(golden::PORT_DESC_REPLY, 272);
    const auto& list = std::get<OpenflowMultipartReply>(ports.body).ports;
    ASSERT_EQ(list.size(), 4u);
    EXPECT_EQ(list[2].number, 1u);
    EXPECT_EQ(list[2].name, "t1p");
    EXPECT_EQ(list[1].number, uint32_t(OFPP_LOCAL));
}

TEST(OpenflowMessage, AHelloOfAnotherVersionIsRead)
{
    OpenflowMessage message;
    EXPECT_FALSE(ReadMessage(FromHex("0600000800000005"), message));
    EXPECT_EQ(message.version, 6);
    EXPECT_EQ(message.xid, 5u);
}

TEST(OpenflowMessage, FlowModsAsOsKen)
{
    const auto miss = RoundTrip(golden::TABLE_MISS, 80);
    EXPECT_EQ(ToString(std::get<OpenflowFlowMod>(miss.body).actions), "CONTROLLER:65535");
    const auto flow = RoundTrip(golden::FLOW_TO_TUNNEL, 88);
    EXPECT_EQ(ToString(std::get<OpenflowFlowMod>(flow.body).match), "dl_dst=02:00:02:00:00:2a");
    EXPECT_EQ(std::get<OpenflowFlowMod>(flow.body).priority, 10);
}

TEST(OpenflowMessage, FlowModsAsOvsOfctl)
{
    struct Case
    {
        std::string hex;
        std::size_t size;
        std::string text;
    };

    const Case cases[] = {
        {golden::OFCTL_ACCESS,
         96,
         "priority=50,in_port=12,dl_dst=02:00:01:00:00:2a,actions=output:1"},
        {golden::OFCTL_TUNNEL,
         112,
         "priority=50,in_port=1,dl_dst=02:00:02:00:00:2a,actions=set_field:42->tun_id,output:12"},
        {golden::OFCTL_ARP_RESPONDER,
         240,
         "table=0,priority=100,in_port=1,arp,arp_op=1,arp_tpa=192.168.99.2,actions="
         "move:NXM_OF_ETH_SRC[]->NXM_OF_ETH_DST[],set_field:02:00:02:00:00:2a->eth_src,"
         "set_field:2->arp_op,move:NXM_NX_ARP_SHA[]->NXM_NX_ARP_THA[],"
         "move:NXM_OF_ARP_SPA[]->NXM_OF_ARP_TPA[],set_field:02:00:02:00:00:2a->arp_sha,"
         "set_field:192.168.99.2->arp_spa,in_port"},
        {golden::OFCTL_DROP, 56, "table=0,priority=0,actions=drop"},
    };
    for (const Case& one : cases)
    {
        const auto read = RoundTrip(one.hex, one.size);
        OpenflowMessage written;
        written.xid = read.xid;
        written.body = ParseOpenflowFlow(one.text);
        EXPECT_EQ(ToHex(written.ToBytes()), one.hex) << one.text;
    }
}

TEST(OpenflowMessage, PacketsAsOpenVswitch)
{
    const auto arp = RoundTrip(golden::PACKET_IN_ARP, 84);
    EXPECT_EQ(std::get<OpenflowPacketIn>(arp.body).frame.size(), 42u);
    RoundTrip(golden::PACKET_IN_PING, 140);
    const auto tunnel = RoundTrip(golden::PACKET_IN_TUNNEL, 164);
    EXPECT_EQ(ToString(std::get<OpenflowPacketIn>(tunnel.body).match),
              "tun_id=0x2a,tun_src=192.168.2.2,tun_dst=192.168.1.1,in_port=12");
    RoundTrip(golden::PACKET_OUT_ARP, 100);
    const auto out = RoundTrip(golden::PACKET_OUT_PING, 138);
    EXPECT_EQ(std::get<OpenflowPacketOut>(out.body).inPort, 1u);
}

TEST(OpenflowMessage, OthersComeBack)
{
    OpenflowMatch match;
    match.Set(OpenflowField::ETH_DST, 0x010000000000, 0x010000000000)
        .Set(OpenflowField::ETH_TYPE, 0x0800)
        .Set(OpenflowField::IPV4_DST, 0xc0a80000, 0xffff0000);
    OpenflowFlowRemoved removed;
    removed.cookie = 7;
    removed.reason = OpenflowRemovedReason::HARD_TIMEOUT;
    removed.packets = uint64_t(1) << 40;
    removed.match = match;
    OpenflowPortStatus status;
    status.reason = OpenflowPortReason::MODIFY;
    status.port.number = 3;
    status.port.name = "a-name-that-is-too-long";
    OpenflowMultipartReply flows;
    OpenflowFlowStats stats;
    stats.priority = 9;
    stats.match = match;
    stats.actions = ParseOpenflowActions("set_field:42->tun_id,output:3");
    flows.flows = {stats, stats};
    OpenflowMultipartReply aggregate;
    aggregate.type = OpenflowMultipartType::AGGREGATE;
    aggregate.flowCount = 5;
    OpenflowMultipartReply tables;
    tables.type = OpenflowMultipartType::TABLE;
    tables.tables = {{0, 3, 100, 90}};
    OpenflowMultipartReply description;
    description.type = OpenflowMultipartType::DESC;
    description.software = "ns-3";
    OpenflowMultipartRequest request;
    request.filter.match = match;
    const OpenflowMessage::Body bodies[] = {removed,
                                            status,
                                            flows,
                                            aggregate,
                                            tables,
                                            description,
                                            request,
                                            OpenflowSwitchConfigMessage{false, 0, 0xffff},
                                            OpenflowSwitchConfigMessage{true, 0, 128},
                                            OpenflowGetConfigRequest{},
                                            OpenflowBarrier{false},
                                            OpenflowBarrier{true},
                                            OpenflowEcho{false, {1, 2, 3}},
                                            OpenflowEcho{true, {}},
                                            OpenflowErrorReport{1, 6, {4}}};
    const std::size_t sizes[] = {88, 80, 272, 40, 40, 1072, 88, 12, 12, 8, 8, 8, 11, 8, 13};
    for (std::size_t i = 0; i < std::size(bodies); ++i)
    {
        OpenflowMessage message;
        message.xid = 99;
        message.body = bodies[i];
        const auto bytes = message.ToBytes();
        EXPECT_EQ(bytes.size(), sizes[i]) << ToString(message.GetType());
        OpenflowMessage again;
        EXPECT_EQ(ToString(ReadMessage(bytes, again)), "");
        EXPECT_EQ(again.ToBytes(), bytes) << ToString(message.GetType());
    }
}

TEST(OpenflowMessage, EveryCutIsAnError)
{
    for (const std::string& hex : {golden::FEATURES_REPLY,
                                   golden::TABLE_MISS,
                                   golden::PACKET_IN_TUNNEL,
                                   golden::OFCTL_ARP_RESPONDER,
                                   golden::PORT_DESC_REPLY,
                                   golden::PACKET_OUT_PING})
    {
        const auto whole = FromHex(hex);
        for (std::size_t size = 0; size < whole.size(); ++size)
        {
            // The length field tells more than there is.
            std::vector<uint8_t> cut(whole.begin(), whole.begin() + size);
            EXPECT_EQ(ErrorOf(cut, false), "OFPBRC_BAD_LEN") << hex << " at " << size;
            if (size >= 8 && whole[1] == 14 && size != MATCH + 8 && size != MATCH + 32)
            {
                EXPECT_NE(ErrorOf(cut), "") << hex << " at " << size;
            }
        }
    }
}

TEST(OpenflowMessage, HeaderFaults)
{
    EXPECT_EQ(ErrorWith(golden::FEATURES_REQUEST, 0, {1}), "OFPBRC_BAD_VERSION");
    EXPECT_EQ(ErrorWith(golden::FEATURES_REQUEST, 1, {22}), "OFPBRC_BAD_TYPE");
    EXPECT_EQ(ErrorWith(golden::FEATURES_REQUEST, 1, {15}), "OFPBRC_BAD_TYPE");
    EXPECT_EQ(ErrorWith(golden::FEATURES_REQUEST, 1, {4}), "OFPBRC_BAD_EXPERIMENTER");
    EXPECT_EQ(ErrorOf(FromHex(golden::FEATURES_REQUEST + "00")), "OFPBRC_BAD_LEN");
    EXPECT_EQ(ErrorWith(golden::PORT_DESC_REQUEST, 9, {99}), "OFPBRC_BAD_MULTIPART");
    EXPECT_EQ(ErrorOf(FromHex("0409000c0000000000080080")), "OFPSCFC_BAD_FLAGS");
    EXPECT_EQ(ErrorOf(FromHex("0400000c0000000100010003")), "OFPHFC_INCOMPATIBLE");
    EXPECT_EQ(FindOpenflowMessage(FromHex("04020007")), 0u);
    EXPECT_EQ(FindOpenflowMessage(FromHex("0402000700000000")), SIZE_MAX);
    EXPECT_EQ(FindOpenflowMessage(FromHex("040200080000000004")), 8u);
}

TEST(OpenflowMessage, FlowModFaults)
{
    const std::string& access = golden::OFCTL_ACCESS;
    EXPECT_EQ(ErrorWith(access, COMMAND, {5}), "OFPFMFC_BAD_COMMAND");
    EXPECT_EQ(ErrorWith(access, FLAGS, {0, 0x20}), "OFPFMFC_BAD_FLAGS");
    EXPECT_EQ(ErrorWith(access, MATCH, {0, 0}), "OFPBMC_BAD_TYPE");
    EXPECT_EQ(ErrorWith(access, MATCH + 2, {0, 3}), "OFPBMC_BAD_LEN");
    EXPECT_EQ(ErrorWith(access, MATCH + 2, {1, 3}), "OFPBMC_BAD_LEN");
    EXPECT_EQ(ErrorWith(access, MATCH + 4, {0x80, 0x00, 0x7e, 4}), "OFPBMC_BAD_FIELD");
    EXPECT_EQ(ErrorWith(access, MATCH + 4, {0x12, 0x34}), "OFPBMC_BAD_FIELD");
    EXPECT_EQ(ErrorWith(access, MATCH + 4, {0x80, 0x00, 0x00, 5}), "OFPBMC_BAD_LEN");
    EXPECT_EQ(ErrorWith(access, MATCH + 8, {0, 0, 0, 0}), "OFPBMC_BAD_VALUE");
    // eth_dst becomes ipv4_src and what follows: no eth_type.
    EXPECT_EQ(ErrorWith(golden::OFCTL_ARP_RESPONDER, MATCH + 16, {0x08, 0x00}),
              "OFPBMC_BAD_PREREQ");
    EXPECT_EQ(ErrorWith(access, MATCH + 24, {0, 9}), "OFPBIC_UNKNOWN_INST");
    EXPECT_EQ(ErrorWith(access, MATCH + 24, {0, 1}), "OFPBIC_UNSUP_INST");
    EXPECT_EQ(ErrorWith(access, MATCH + 26, {0, 7}), "OFPBIC_BAD_LEN");
    EXPECT_EQ(ErrorWith(access, MATCH + 26, {0, 32}), "OFPBIC_BAD_LEN");
    EXPECT_EQ(ErrorWith(access, MATCH + 32, {0, 22}), "OFPBAC_BAD_TYPE");
    EXPECT_EQ(ErrorWith(access, MATCH + 34, {0, 24}), "OFPBAC_BAD_LEN");
    EXPECT_EQ(ErrorWith(access, MATCH + 34, {0, 8}), "OFPBAC_BAD_LEN");
    EXPECT_EQ(ErrorWith(access, MATCH + 36, {0, 0, 0, 0}), "OFPBAC_BAD_OUT_PORT");
}

TEST(OpenflowMessage, MatchFaults)
{
    const auto error = [](const std::string& oxms) {
        const auto fields = FromHex(oxms);
        WireWriter writer;
        writer.WriteU16(1);
        writer.WriteU16(static_cast<uint16_t>(4 + fields.size()));
        writer.WriteBytes(fields);
        while (writer.GetSize() % 8 != 0)
        {
            writer.WriteU8(0);
        }
        WireReader reader(writer.GetBytes().data(), writer.GetSize());
        OpenflowMatch match;
        return ToString(OpenflowMatch::Read(reader, match));
    };
    EXPECT_EQ(error("8000010800000001ffffffff"), "OFPBMC_BAD_MASK");
    EXPECT_EQ(error("8000070c020001000001ffffffffff00"), "OFPBMC_BAD_WILDCARDS");
    EXPECT_EQ(error("8000060602000100002a8000060602000100002a"), "OFPBMC_DUP_FIELD");
    EXPECT_EQ(error("80001604c0a80101"), "OFPBMC_BAD_PREREQ");
    EXPECT_EQ(error("80000a020800"
                    "80001604c0a80101"),
              "");
    EXPECT_EQ(error("80000a02080680001604c0a80101"), "OFPBMC_BAD_PREREQ");
    EXPECT_EQ(error("80000a02080080001a020050"), "OFPBMC_BAD_PREREQ");
    EXPECT_EQ(error("80000a0208008000140106"
                    "80001a020050"),
              "");
    // NXM's header of eth_dst is read as well.
    EXPECT_EQ(error("0000020602000100002a"), "");
    EXPECT_EQ(error("800006"), "OFPBMC_BAD_LEN");
}

TEST(OpenflowMessage, ActionFaults)
{
    const auto error = [](const std::string& hex) {
        const auto bytes = FromHex(hex);
        WireReader reader(bytes.data(), bytes.size());
        OpenflowActions actions;
        return ToString(ReadOpenflowActions(reader, actions));
    };
    EXPECT_EQ(error("001900108000080602000200002a0000"), "");
    EXPECT_EQ(error("0019001080000a020800000000000000"), "OFPBAC_BAD_SET_TYPE");
    EXPECT_EQ(error("001900078000080600000000"), "OFPBAC_BAD_LEN");
    EXPECT_EQ(error("0019000880000806"), "OFPBAC_BAD_SET_LEN");
    EXPECT_EQ(error("001900188000080602000200002a00000000000000000000"), "OFPBAC_BAD_SET_LEN");
    EXPECT_EQ(error("ffff00180000232000060030000000000000040600000206"), "");
    EXPECT_EQ(error("ffff00180000232100060030000000000000040600000206"), "OFPBAC_BAD_EXPERIMENTER");
    EXPECT_EQ(error("ffff00180000232000070030000000000000040600000206"), "OFPBAC_BAD_EXP_TYPE");
    EXPECT_EQ(error("ffff00180000232000060020000000000000040600000206"), "OFPBAC_BAD_ARGUMENT");
    EXPECT_EQ(error("ffff00180000232000060030000800000000040600000206"), "OFPBAC_BAD_ARGUMENT");
    EXPECT_EQ(error("ffff001800002320000600300000000000000406000020ff"), "OFPBAC_BAD_ARGUMENT");
    EXPECT_EQ(error("ffff00100000232000060030000000000"), "OFPBAC_BAD_LEN");
    EXPECT_EQ(error("ffff0010000023200008666c6f6f6400"), "");
    EXPECT_EQ(error("ffff000800002320"), "OFPBAC_BAD_EXP_TYPE");
}

TEST(OpenflowMessage, ANoteIsOfSixBytesAndThenOfEights)
{
    WireWriter writer;
    WriteOpenflowActions(writer, {MakeOpenflowFloodNote()});
    EXPECT_EQ(ToHex(writer.GetBytes()), "ffff0010000023200008666c6f6f6400");
    WireReader reader(writer.GetBytes().data(), writer.GetSize());
    OpenflowActions read;
    EXPECT_FALSE(ReadOpenflowActions(reader, read));
    EXPECT_EQ(ToString(read), "note:66.6c.6f.6f.64.00");
    EXPECT_TRUE(read == OpenflowActions{MakeOpenflowFloodNote()});
    WireWriter longer;
    WriteOpenflowActions(longer, ParseOpenflowActions("note:01.02.03.04.05.06.07"));
    EXPECT_EQ(ToHex(longer.GetBytes()), "ffff00180000232000080102030405060700000000000000");
}

TEST(OpenflowMessage, AnErrorCarriesWhatWasWrong)
{
    const auto bytes = FromHex(golden::OFCTL_ARP_RESPONDER);
    const auto message = MakeOpenflowError(
        {OpenflowErrorType::FLOW_MOD_FAILED, OFPFMFC_TABLE_FULL}, 6, bytes.data(), bytes.size());
    EXPECT_EQ(ToHex(message.ToBytes()),
              "040100fc0000000600050001" + std::string(golden::OFCTL_ARP_RESPONDER));
}
