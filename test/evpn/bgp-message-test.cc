// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §4, RFC 4760, RFC 7432 §7: messages byte for byte as FRR sends them.
#include "bgp-bytes.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

const Ipv4Address R1("192.168.1.1");
const Ipv4Address C3("192.168.101.133");
const Mac48Address HOST("02:00:01:00:00:2a");

/** Reads a whole message that must be good. */
BgpMessage
ReadGood(const std::string& hex)
{
    const Bytes bytes = FromHex(hex);
    WireReader reader(bytes.data(), bytes.size());
    BgpMessage message;
    EXPECT_EQ(BgpMessage::Parse(reader, true, message), BgpError{});
    EXPECT_EQ(reader.GetRemaining(), 0u);
    return message;
}

/** What a VTEP's own routes carry. */
BgpPathAttributes
MakeOwnAttributes()
{
    BgpPathAttributes attributes;
    attributes.nextHop = R1;
    attributes.localPref = 100;
    attributes.communities = {
        BgpExtendedCommunity::MakeEncapsulation(BgpExtendedCommunity::TUNNEL_VXLAN),
        BgpExtendedCommunity::MakeRouteTarget(65000, 42)};
    return attributes;
}

std::size_t
GetSize(const BgpUpdate& update)
{
    return BgpMessage{update}.GetBytes().size();
}

BgpUpdate
MakeReach(std::vector<EvpnRouteKey> keys)
{
    BgpUpdate update;
    update.attributes = MakeOwnAttributes();
    update.hasReach = true;
    for (const EvpnRouteKey& key : keys)
    {
        EvpnNlri route;
        route.key = key;
        route.label = key.type == EvpnRouteType::MAC_IP ? 42 : 0;
        update.reach.routes.push_back(route);
    }
    return update;
}

TEST(BgpMessage, EachMessageOfFrrIsWrittenAsItWasRead)
{
    for (const char* hex : {frr::OPEN_R1,
                            frr::OPEN_C3,
                            frr::KEEPALIVE,
                            frr::END_OF_RIB,
                            frr::TYPE_3_R1,
                            frr::TYPE_3_R2_REFLECTED,
                            frr::MAC_R1,
                            frr::MAC_R2_REFLECTED,
                            frr::MAC_R3_SEQUENCE_1,
                            frr::MAC_IP_R2_SEQUENCE_2,
                            frr::WITHDRAW_R2,
                            frr::WITHDRAW_R3})
    {
        EXPECT_EQ(ToHex(ReadGood(hex).GetBytes()), hex);
    }
}

TEST(BgpMessage, OpenOfFrr)
{
    const auto open = std::get<BgpOpen>(ReadGood(frr::OPEN_R1).body);
    EXPECT_EQ(open.myAs, 65000);
    EXPECT_EQ(open.GetAs(), 65000u);
    EXPECT_EQ(open.holdTime, 180);
    EXPECT_EQ(open.identifier, R1);
    EXPECT_EQ(open.capabilities.size(), 10u);
    EXPECT_TRUE(open.HasEvpn());
    EXPECT_TRUE(open.HasFourOctetAs());
}

TEST(BgpMessage, OwnOpenHasTwoCapabilities)
{
    const BgpOpen open = BgpOpen::Make(4200000000, 90, C3);
    EXPECT_EQ(open.myAs, BgpOpen::AS_TRANS);
    const Bytes bytes = BgpMessage{open}.GetBytes();
    EXPECT_EQ(bytes.size(), 29u + 2 * 8);
    const auto again = std::get<BgpOpen>(ReadGood(ToHex(bytes)).body);
    EXPECT_EQ(again.GetAs(), 4200000000u);
    EXPECT_TRUE(again.HasEvpn());
    EXPECT_FALSE(BgpOpen().HasEvpn());
    EXPECT_FALSE(BgpOpen().HasFourOctetAs());
}

TEST(BgpMessage, ManyCapabilitiesShareAParameter)
{
    BgpOpen open = BgpOpen::Make(65000, 9, R1);
    for (uint8_t code = 100; code < 180; ++code)
    {
        open.capabilities.push_back({code, {}}); // 4 bytes each in parameters of their own: 320
    }
    const Bytes bytes = BgpMessage{open}.GetBytes();
    EXPECT_EQ(bytes.size(), 29u + 2 + 6 + 6 + 80 * 2);
    WireReader reader(bytes.data(), bytes.size());
    BgpMessage message;
    ASSERT_EQ(BgpMessage::Parse(reader, true, message), BgpError{});
    const BgpOpen& again = std::get<BgpOpen>(message.body);
    ASSERT_EQ(again.capabilities.size(), open.capabilities.size());
    EXPECT_EQ(again.GetAs(), 65000u);
    EXPECT_EQ(again.capabilities.back().code, 179);
    EXPECT_EQ(BgpMessage{again}.GetBytes(), bytes);
}

TEST(BgpMessage, InclusiveMulticastOfFrr)
{
    const auto update = std::get<BgpUpdate>(ReadGood(frr::TYPE_3_R2_REFLECTED).body);
    ASSERT_EQ(update.reach.routes.size(), 1u);
    const EvpnRouteKey& key = update.reach.routes[0].key;
    EXPECT_EQ(key.type, EvpnRouteType::INCLUSIVE_MULTICAST);
    EXPECT_EQ(key.rd, RouteDistinguisher::MakeIpv4("192.168.2.2", 2));
    EXPECT_EQ(key.GetIp(), Ipv4Address("192.168.2.2"));
    const BgpPathAttributes& attributes = update.attributes;
    EXPECT_EQ(attributes.nextHop, Ipv4Address("192.168.2.2"));
    EXPECT_EQ(attributes.originatorId, Ipv4Address("192.168.2.2"));
    EXPECT_EQ(attributes.clusterList, std::vector<Ipv4Address>{C3});
    EXPECT_EQ(attributes.med, 0u);
    EXPECT_EQ(attributes.localPref, 100u);
    EXPECT_TRUE(attributes.HasRouteTarget(BgpExtendedCommunity::MakeRouteTarget(65000, 42)));
    EXPECT_TRUE(attributes.HasEncapsulation(BgpExtendedCommunity::TUNNEL_VXLAN));
    EXPECT_FALSE(attributes.HasEncapsulation(BgpExtendedCommunity::TUNNEL_GRE));
    ASSERT_TRUE(attributes.pmsi);
    EXPECT_EQ(attributes.pmsi->type, BgpPmsiTunnel::INGRESS_REPLICATION);
    EXPECT_EQ(attributes.pmsi->label, 42u);
    EXPECT_EQ(attributes.pmsi->GetEndpoint(), Ipv4Address("192.168.2.2"));
}

TEST(BgpMessage, MacMobilityOfFrr)
{
    const auto update = std::get<BgpUpdate>(ReadGood(frr::MAC_IP_R2_SEQUENCE_2).body);
    EXPECT_EQ(update.attributes.GetSequence(), 2u);
    EXPECT_FALSE(update.attributes.IsSticky());
    ASSERT_EQ(update.reach.routes.size(), 2u);
    EXPECT_EQ(update.reach.routes[1].key,
              EvpnRouteKey::MakeMacIp(RouteDistinguisher::MakeIpv4("192.168.2.2", 2),
                                      "02:00:02:00:00:2a",
                                      "192.168.99.2"));
    EXPECT_EQ(update.reach.routes[1].label, 42u);
}

TEST(BgpMessage, WithdrawalOfFrr)
{
    const auto update = std::get<BgpUpdate>(ReadGood(frr::WITHDRAW_R2).body);
    EXPECT_TRUE(update.hasUnreach);
    EXPECT_FALSE(update.IsEndOfRib());
    ASSERT_EQ(update.unreach.routes.size(), 2u);
    EXPECT_EQ(update.unreach.routes[0].label, 0u);
    EXPECT_TRUE(std::get<BgpUpdate>(ReadGood(frr::END_OF_RIB).body).IsEndOfRib());
}

TEST(BgpMessage, OwnRoutesAreFrrsByteForByte)
{
    const auto rd = RouteDistinguisher::MakeIpv4(R1, 2);
    BgpUpdate type3 = MakeReach({EvpnRouteKey::MakeInclusiveMulticast(rd, R1)});
    type3.attributes.pmsi = BgpPmsiTunnel::MakeIngressReplication(42, R1);
    EXPECT_EQ(ToHex(BgpMessage{type3}.GetBytes()), frr::TYPE_3_R1);
    EXPECT_EQ(ToHex(BgpMessage{MakeReach({EvpnRouteKey::MakeMac(rd, HOST)})}.GetBytes()),
              frr::MAC_R1);
    EXPECT_EQ(ToHex(BgpMessage{BgpUpdate::MakeEndOfRib()}.GetBytes()), frr::END_OF_RIB);
    EXPECT_EQ(ToHex(BgpMessage{BgpKeepalive()}.GetBytes()), frr::KEEPALIVE);
}

TEST(BgpMessage, SizesAreTheReferences)
{
    const auto rd = RouteDistinguisher::MakeIpv4(R1, 2);
    const EvpnRouteKey mac = EvpnRouteKey::MakeMac(rd, HOST);
    const EvpnRouteKey macIp = EvpnRouteKey::MakeMacIp(rd, HOST, "192.168.99.1");
    const EvpnRouteKey multicast = EvpnRouteKey::MakeInclusiveMulticast(rd, R1);
    const auto reflect = [](BgpUpdate update) {
        update.attributes.originatorId = R1;
        update.attributes.clusterList = {C3};
        return update;
    };
    BgpUpdate type3 = MakeReach({multicast});
    type3.attributes.pmsi = BgpPmsiTunnel::MakeIngressReplication(42, R1);
    EXPECT_EQ(GetSize(type3), 101u);
    EXPECT_EQ(GetSize(reflect(type3)), 115u);
    EXPECT_EQ(GetSize(MakeReach({mac})), 105u);
    EXPECT_EQ(GetSize(reflect(MakeReach({mac}))), 119u);
    EXPECT_EQ(GetSize(MakeReach({macIp})), 109u);
    EXPECT_EQ(GetSize(reflect(MakeReach({macIp}))), 123u);
    EXPECT_EQ(GetSize(MakeReach({mac, macIp})), 144u);
    BgpUpdate moved = MakeReach({mac});
    moved.attributes.communities.push_back(BgpExtendedCommunity::MakeMacMobility(false, 1));
    EXPECT_EQ(GetSize(moved), 113u);
    const auto withdraw = [](std::vector<EvpnRouteKey> keys) {
        BgpUpdate update;
        update.hasUnreach = true;
        for (const EvpnRouteKey& key : keys)
        {
            update.unreach.routes.emplace_back();
            update.unreach.routes.back().key = key;
        }
        return update;
    };
    EXPECT_EQ(GetSize(withdraw({mac})), 65u);
    EXPECT_EQ(GetSize(withdraw({macIp})), 69u);
    EXPECT_EQ(GetSize(withdraw({mac, macIp})), 104u);
    EXPECT_EQ(GetSize(withdraw({mac, macIp, multicast})), 123u);
    EXPECT_EQ(BgpUpdate::GetReachOverhead(MakeReach({mac}).attributes) + mac.GetWireSize(), 105u);
    EXPECT_EQ(BgpUpdate::UNREACH_OVERHEAD + mac.GetWireSize(), 65u);
    const BgpError expired = MakeBgpError(BgpError::HOLD_TIMER_EXPIRED, 0);
    EXPECT_EQ(BgpMessage{BgpNotification{expired}}.GetBytes().size(), 21u);
}

TEST(BgpMessage, PimTreeInsteadOfIngressReplication)
{
    const auto rd = RouteDistinguisher::MakeIpv4(R1, 2);
    BgpUpdate update = MakeReach({EvpnRouteKey::MakeInclusiveMulticast(rd, R1)});
    update.attributes.pmsi = BgpPmsiTunnel::MakePimSmTree(42, R1, "239.0.0.42");
    EXPECT_EQ(GetSize(update), 105u); // the identifier has a group more
    const auto again = std::get<BgpUpdate>(ReadGood(ToHex(BgpMessage{update}.GetBytes())).body);
    EXPECT_EQ(again.attributes.pmsi->type, BgpPmsiTunnel::PIM_SM_TREE);
    EXPECT_EQ(again.attributes.pmsi->GetEndpoint(), R1);
    EXPECT_EQ(again.attributes.pmsi->GetGroup(), Ipv4Address("239.0.0.42"));
}

TEST(BgpMessage, UnknownTransitiveAttributesAreKeptAsPartial)
{
    BgpUpdate update =
        MakeReach({EvpnRouteKey::MakeMac(RouteDistinguisher::MakeIpv4(R1, 2), HOST)});
    update.attributes.opaque = {{BGP_OPTIONAL | BGP_TRANSITIVE, 99, {1, 2, 3}},
                                {BGP_OPTIONAL, 100, {4}}};
    const auto again = std::get<BgpUpdate>(ReadGood(ToHex(BgpMessage{update}.GetBytes())).body);
    ASSERT_EQ(again.attributes.opaque.size(), 1u);
    EXPECT_EQ(again.attributes.opaque[0].type, 99);
    EXPECT_EQ(again.attributes.opaque[0].flags, BGP_OPTIONAL | BGP_TRANSITIVE | BGP_PARTIAL);
    EXPECT_EQ(again.attributes.opaque[0].value, (Bytes{1, 2, 3}));
}

TEST(BgpMessage, AsPathsOfTwoAndFourOctets)
{
    BgpUpdate update =
        MakeReach({EvpnRouteKey::MakeMac(RouteDistinguisher::MakeIpv4(R1, 2), HOST)});
    update.attributes.asPath = {{BgpAsSegment::AS_SEQUENCE, {65001, 65002}},
                                {BgpAsSegment::AS_SET, {65003, 65004}}};
    EXPECT_EQ(update.attributes.GetAsPathLength(), 3u);
    for (bool fourOctetAs : {false, true})
    {
        WireWriter writer;
        update.Write(writer, fourOctetAs);
        WireReader reader(writer.GetBytes().data(), writer.GetSize());
        BgpUpdate again;
        EXPECT_EQ(BgpUpdate::Read(reader, fourOctetAs, again), BgpError{});
        EXPECT_EQ(again.attributes.asPath, update.attributes.asPath);
    }
}

TEST(BgpMessage, RoutesOfOtherTypesAndIpv6AreSteppedOver)
{
    const Bytes reach =
        FromHex("001946 04 c0a80101 00"
                "01 19 0001c0a801010002 00000000000000000000 00000000 00002a"
                "02 31 0001c0a801010002 00000000000000000000 00000000 30 02000100002a "
                "80 20010db8000000000000000000000001 00002a"
                "03 1d 0001c0a801010002 00000000 80 20010db8000000000000000000000001"
                "02 24 0001c0a801010002 00000000000000000000 00000000 30 02000100002a "
                "00 00002a 000007");
    WireWriter body;
    body.WriteU16(0);
    body.WriteU16(static_cast<uint16_t>(reach.size() + 4 + 4 + 3 + 7));
    WriteBgpAttributeHeader(body, BGP_OPTIONAL, BgpAttributeType::MP_REACH_NLRI, reach.size());
    body.WriteBytes(reach);
    body.WriteBytes(FromHex("40010100 400200 40050400000064"));
    // The header of MP_REACH_NLRI has an extended length if it is longer than 255 bytes: it is not.
    body.PatchU16(2, static_cast<uint16_t>(body.GetSize() - 4));
    const auto update =
        std::get<BgpUpdate>(ReadGood(ToHex(MakeMessage(BgpMessage::UPDATE, body.GetBytes()))).body);
    EXPECT_EQ(update.reach.ignored, 3u);
    ASSERT_EQ(update.reach.routes.size(), 1u);
    EXPECT_EQ(update.reach.routes[0].label2, 7u);
}

TEST(BgpMessage, Communities)
{
    const auto text = [](BgpExtendedCommunity community) {
        std::ostringstream os;
        os << community;
        return os.str();
    };
    EXPECT_EQ(text(BgpExtendedCommunity::MakeRouteTarget(65000, 42)), "RT:65000:42");
    EXPECT_EQ(text(BgpExtendedCommunity::MakeRouteTarget(4200000000, 42)), "RT:4200000000:42");
    EXPECT_EQ(text(BgpExtendedCommunity::MakeAutoRouteTarget(65000, 42)), "RT:65000:268435498");
    EXPECT_EQ(text(BgpExtendedCommunity::MakeEncapsulation(8)), "ET:8");
    EXPECT_EQ(text(BgpExtendedCommunity::MakeMacMobility(false, 3)), "MM:3");
    EXPECT_TRUE(BgpExtendedCommunity::MakeMacMobility(true, 0).IsSticky());
    std::ostringstream rd;
    rd << RouteDistinguisher{uint64_t(65000) << 32 | 42} << " "
       << RouteDistinguisher::MakeIpv4(R1, 2) << " "
       << RouteDistinguisher{uint64_t(2) << 48 | uint64_t(4200000000) << 16 | 5} << " "
       << RouteDistinguisher{uint64_t(9) << 48};
    EXPECT_EQ(rd.str(), "65000:42 192.168.1.1:2 4200000000:5 0009000000000000");
}

TEST(BgpMessage, AStreamIsCutIntoMessages)
{
    BgpFramer framer;
    const Bytes stream = FromHex(std::string(frr::TYPE_3_R1) + frr::END_OF_RIB + frr::KEEPALIVE);
    std::vector<std::size_t> sizes;
    for (uint8_t byte : stream)
    {
        framer.Append({byte});
        Bytes message;
        EXPECT_EQ(framer.Next(message), BgpError{});
        if (!message.empty())
        {
            sizes.push_back(message.size());
        }
    }
    EXPECT_EQ(sizes, (std::vector<std::size_t>{101, 29, 19}));
}

} // namespace
