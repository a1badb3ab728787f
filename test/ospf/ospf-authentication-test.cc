// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 Appendix D and RFC 5709 on bytes: what is sealed opens with the same key and nothing else.
#include "ns3/ospf-authentication.h"
#include "ns3/ospf-packet.h"

#include <gtest/gtest.h>

#include <iomanip>
#include <map>
#include <sstream>
#include <stdexcept>

using namespace ns3;

namespace
{

using Type = OspfAuthenticationType;
using Error = OspfAuthenticationError;
using Bytes = std::vector<uint8_t>;

Bytes
MakePacket()
{
    OspfPacket packet;
    packet.routerId = OspfId(Ipv4Address("1.1.1.1"));
    OspfHello hello;
    hello.networkMask = Ipv4Mask("255.255.255.0");
    hello.options = OSPF_OPTION_E;
    hello.designatedRouter = Ipv4Address("10.0.0.1");
    hello.neighbors = {OspfId(Ipv4Address("2.2.2.2"))};
    packet.body = hello;
    WireWriter writer;
    packet.Write(writer);
    return writer.GetBytes();
}

OspfAuthenticationConfig
MakeConfig(Type type, const std::string& keys = "1=secret")
{
    return {type, ParseOspfAuthenticationKeys(keys)};
}

Bytes
Seal(const OspfAuthenticationConfig& config, uint32_t sequence = 77)
{
    Bytes bytes = MakePacket();
    SealOspfPacket(bytes, config, sequence);
    return bytes;
}

std::string
ToHex(const Bytes& bytes)
{
    std::ostringstream text;
    for (uint8_t byte : bytes)
    {
        text << std::hex << std::setw(2) << std::setfill('0') << int(byte);
    }
    return text.str();
}

Error
Open(Bytes bytes, const OspfAuthenticationConfig& config, uint32_t least = 0)
{
    return OpenOspfPacket(bytes, config, least);
}

class OspfAuthenticationTypes : public ::testing::TestWithParam<Type>
{
};

INSTANTIATE_TEST_SUITE_P(All,
                         OspfAuthenticationTypes,
                         ::testing::Values(Type::SIMPLE,
                                           Type::MD5,
                                           Type::HMAC_SHA_1,
                                           Type::HMAC_SHA_256,
                                           Type::HMAC_SHA_384,
                                           Type::HMAC_SHA_512));

} // namespace

TEST_P(OspfAuthenticationTypes, D4_D5_WhatIsSealedOpens)
{
    const OspfAuthenticationConfig config = MakeConfig(GetParam());
    Bytes bytes = Seal(config);
    EXPECT_EQ(bytes.size(), MakePacket().size() + GetOspfTrailerSize(config.type));
    EXPECT_EQ(bytes[3], MakePacket().size()); // the trailer is not counted
    EXPECT_EQ(bytes[15], GetParam() == Type::SIMPLE ? 1 : 2);
    uint32_t least = 0;
    EXPECT_EQ(OpenOspfPacket(bytes, config, least), Error::NONE);
    EXPECT_EQ(bytes, MakePacket());
    EXPECT_EQ(least, GetParam() == Type::SIMPLE ? 0u : 77u);
}

TEST_P(OspfAuthenticationTypes, D5_EveryBitCounts)
{
    const OspfAuthenticationConfig config = MakeConfig(GetParam());
    const Bytes sealed = Seal(config);
    for (std::size_t i = 0; i < sealed.size() * 8; ++i)
    {
        Bytes bytes = sealed;
        bytes[i / 8] ^= static_cast<uint8_t>(1 << i % 8);
        EXPECT_NE(Open(bytes, config), Error::NONE) << "bit " << i;
    }
    for (std::size_t size = 0; size < sealed.size(); ++size)
    {
        EXPECT_NE(
            Open(Bytes(sealed.begin(), sealed.begin() + static_cast<std::ptrdiff_t>(size)), config),
            Error::NONE)
            << size;
    }
}

TEST_P(OspfAuthenticationTypes, D3_AnotherKeyIsRefused)
{
    const Bytes sealed = Seal(MakeConfig(GetParam()));
    const bool isSimple = GetParam() == Type::SIMPLE;
    EXPECT_EQ(Open(sealed, MakeConfig(GetParam(), "1=secreT")),
              isSimple ? Error::KEY : Error::DIGEST);
    EXPECT_EQ(Open(sealed, MakeConfig(GetParam(), "2=secret")),
              isSimple ? Error::NONE : Error::KEY);
}

TEST_P(OspfAuthenticationTypes, D3_KeysAreChangedWithoutLoss)
{
    const OspfAuthenticationConfig before = MakeConfig(GetParam(), "1=old");
    const OspfAuthenticationConfig between = MakeConfig(GetParam(), "1=old 2=new");
    const OspfAuthenticationConfig after = MakeConfig(GetParam(), "2=new");
    EXPECT_EQ(Open(Seal(before), between), Error::NONE);
    EXPECT_EQ(Open(Seal(between), after), Error::NONE);
    EXPECT_NE(Open(Seal(between), before), Error::NONE);
}

TEST_P(OspfAuthenticationTypes, S8_2_TheTypeIsThatOfTheInterface)
{
    EXPECT_EQ(Open(MakePacket(), MakeConfig(GetParam())), Error::TYPE);
    OspfPacket packet;
    const Bytes sealed = Seal(MakeConfig(GetParam()));
    WireReader reader(sealed.data(), sealed.size());
    EXPECT_EQ(OspfPacket::Read(reader, packet), "authentication"); // none is configured
}

TEST(OspfAuthentication, D3_TheSequenceNumberDoesNotDecrease)
{
    const OspfAuthenticationConfig config = MakeConfig(Type::MD5);
    EXPECT_EQ(Open(Seal(config, 77), config, 77), Error::NONE);
    EXPECT_EQ(Open(Seal(config, 78), config, 77), Error::NONE);
    EXPECT_EQ(Open(Seal(config, 76), config, 77), Error::SEQUENCE);
    // A digest that is wrong moves nothing.
    Bytes bytes = Seal(config, 1000);
    bytes.back() ^= 1;
    uint32_t least = 77;
    EXPECT_EQ(OpenOspfPacket(bytes, config, least), Error::DIGEST);
    EXPECT_EQ(least, 77u);
}

TEST(OspfAuthentication, D4_1_NullAuthenticationLeavesThePacketAsItIs)
{
    EXPECT_EQ(Seal({}), MakePacket());
    EXPECT_EQ(Open(MakePacket(), {}), Error::NONE);
}

// Worked out with Python's hashlib and hmac from the words of D.4.3 and RFC 5709 §3.3.
TEST(OspfAuthentication, D4_3_TheDigestsAreThoseOfTheRfcs)
{
    const std::map<Type, std::string> digests = {
        {Type::MD5, "cbb8f9247c60a8b6bc883f9dd000aad4"},
        {Type::HMAC_SHA_1, "7304fb08c2022cae74b713822b0ae2a2802deb5a"},
        {Type::HMAC_SHA_256, "04ab854033354ba324e2605557e931e346fe1b72bd33398a2341f669446f2d33"},
        {Type::HMAC_SHA_384,
         "e8630e2fec2ca68342ba2a97dd39920df7605ca86b6494841da8a6ca1f46dc15"
         "a3b46963fe6e634de0980189b47f72be"},
        {Type::HMAC_SHA_512,
         "87b32819ac516e223168d2ddfa5c799bf83e238eece5af2b95731a53a81a0570"
         "5ed683acda87646a298ccf7e76fdf97562fcee6c7ca15c776251abc77a55a85f"}};
    for (const auto& [type, digest] : digests)
    {
        const Bytes sealed = Seal(MakeConfig(type));
        const auto end = sealed.begin() + static_cast<std::ptrdiff_t>(MakePacket().size());
        EXPECT_EQ(ToHex(Bytes(end, sealed.end())), digest) << EnumName(type);
        EXPECT_EQ(ToHex(Bytes(sealed.begin() + 12, sealed.begin() + 14)), "0000");
        EXPECT_EQ(ToHex(Bytes(sealed.begin() + 20, sealed.begin() + 24)), "0000004d");
    }
}

TEST(OspfAuthentication, S3_3_LongKeysAreHashed)
{
    const std::string secret(100, 'x');
    const Bytes sealed = Seal(MakeConfig(Type::HMAC_SHA_1, "9=" + secret));
    EXPECT_EQ(ToHex(Bytes(sealed.end() - 20, sealed.end())),
              "958e9d9b3dcba230e593b6b3f216e20f4a063ae9");
    for (Type type : {Type::HMAC_SHA_1, Type::HMAC_SHA_256, Type::HMAC_SHA_512})
    {
        const OspfAuthenticationConfig config = MakeConfig(type, "9=" + secret);
        EXPECT_EQ(Open(Seal(config), config), Error::NONE);
        EXPECT_EQ(Open(Seal(config), MakeConfig(type, "9=" + secret + "x")), Error::DIGEST);
    }
}

TEST(OspfAuthentication, KeysAreChecked)
{
    EXPECT_EQ(FormatOspfAuthenticationKeys(ParseOspfAuthenticationKeys("1=a  255=b=c")),
              "1=a 255=b=c");
    for (const char* wrong : {"secret", "1=", "256=a", "=a", "1=a b"})
    {
        EXPECT_THROW(ParseOspfAuthenticationKeys(wrong), std::invalid_argument) << wrong;
    }
    EXPECT_THROW(MakeConfig(Type::MD5, "").Check(), std::invalid_argument);
    EXPECT_THROW(MakeConfig(Type::SIMPLE, "1=123456789").Check(), std::invalid_argument);
    EXPECT_THROW(MakeConfig(Type::MD5, "1=12345678901234567").Check(), std::invalid_argument);
    EXPECT_THROW(MakeConfig(Type::MD5, "1=a 1=b").Check(), std::invalid_argument);
    EXPECT_THROW(MakeConfig(Type::HMAC_SHA_512, "1=a 2=b 1=c").Check(), std::invalid_argument);
    EXPECT_NO_THROW(MakeConfig(Type::SIMPLE, "1=a 1=b").Check()) << "a password has no number";
    EXPECT_NO_THROW(MakeConfig(Type::HMAC_SHA_1, "1=12345678901234567").Check());
    EXPECT_NO_THROW(MakeConfig(Type::NONE, "").Check());
}
