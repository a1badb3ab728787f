// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §6.1 to §6.3, RFC 4760 §7, RFC 5492 §3: each field that can be wrong, and the
// NOTIFICATION's code, subcode and data.
#include "bgp-bytes.h"

#include <gtest/gtest.h>

using namespace ns3;

namespace
{

BgpError
ReadError(const Bytes& bytes)
{
    WireReader reader(bytes.data(), bytes.size());
    BgpMessage message;
    return BgpMessage::Parse(reader, true, message);
}

BgpError
HeaderError(uint8_t subcode, Bytes data = {})
{
    return MakeBgpError(BgpError::MESSAGE_HEADER, subcode, std::move(data));
}

BgpError
OpenError(uint8_t subcode, Bytes data = {})
{
    return MakeBgpError(BgpError::OPEN_MESSAGE, subcode, std::move(data));
}

BgpError
UpdateError(uint8_t subcode, const std::string& data = "")
{
    return MakeBgpError(BgpError::UPDATE_MESSAGE, subcode, FromHex(data));
}

/** \p bytes with one byte changed. */
Bytes
With(Bytes bytes, std::size_t at, uint8_t value)
{
    bytes[at] = value;
    return bytes;
}

Bytes
Open(const std::string& parameters, const std::string& fixed = "04 fde8 00b4 c0a80101")
{
    Bytes body = FromHex(fixed);
    const Bytes tail = FromHex(parameters);
    body.push_back(static_cast<uint8_t>(tail.size()));
    body.insert(body.end(), tail.begin(), tail.end());
    return MakeMessage(BgpMessage::OPEN, body);
}

/** An UPDATE of attributes and IPv4 routes, by hexadecimal digits. */
Bytes
Update(const std::string& attributes, const std::string& routes = "", const std::string& gone = "")
{
    WireWriter body;
    const Bytes withdrawn = FromHex(gone);
    const Bytes list = FromHex(attributes);
    body.WriteU16(static_cast<uint16_t>(withdrawn.size()));
    body.WriteBytes(withdrawn);
    body.WriteU16(static_cast<uint16_t>(list.size()));
    body.WriteBytes(list);
    body.WriteBytes(FromHex(routes));
    return MakeMessage(BgpMessage::UPDATE, body.GetBytes());
}

const std::string MAC = "02 21 0001c0a801010002 00000000000000000000 00000000 30 02000100002a 00 "
                        "00002a";
const std::string REACH = "900e 002c 001946 04 c0a80101 00" + MAC;
const std::string REST = "400101 00 400200 400504 00000064";

TEST(BgpError, S6_1_Marker)
{
    const Bytes good = FromHex(frr::KEEPALIVE);
    for (std::size_t i = 0; i < 16; ++i)
    {
        EXPECT_EQ(ReadError(With(good, i, 0xfe)), HeaderError(BgpError::NOT_SYNCHRONIZED));
    }
}

TEST(BgpError, S6_1_Length)
{
    const Bytes good = FromHex(frr::KEEPALIVE);
    EXPECT_EQ(ReadError(With(good, 17, 18)), HeaderError(BgpError::BAD_LENGTH, {0, 18}));
    EXPECT_EQ(ReadError(With(good, 17, 20)), HeaderError(BgpError::BAD_LENGTH, {0, 20}));
    EXPECT_EQ(ReadError(With(With(good, 16, 0x10), 17, 1)),
              HeaderError(BgpError::BAD_LENGTH, {0x10, 1}));
    EXPECT_EQ(ReadError(MakeMessage(BgpMessage::OPEN, Bytes(9))),
              HeaderError(BgpError::BAD_LENGTH, {0, 28}));
    EXPECT_EQ(ReadError(MakeMessage(BgpMessage::UPDATE, Bytes(3))),
              HeaderError(BgpError::BAD_LENGTH, {0, 22}));
    EXPECT_EQ(ReadError(MakeMessage(BgpMessage::NOTIFICATION, Bytes(1))),
              HeaderError(BgpError::BAD_LENGTH, {0, 20}));
    EXPECT_EQ(ReadError(Bytes(5, 0xff)).code, BgpError::MESSAGE_HEADER);
    Bytes cut = FromHex(frr::MAC_R1);
    cut.pop_back();
    EXPECT_EQ(ReadError(cut), HeaderError(BgpError::BAD_LENGTH, {0, 105}));
}

TEST(BgpError, S6_1_Type)
{
    const Bytes good = FromHex(frr::KEEPALIVE);
    for (uint8_t type : {0, 5, 255}) // 5: ROUTE-REFRESH, which is not offered
    {
        EXPECT_EQ(ReadError(With(good, 18, type)), HeaderError(BgpError::BAD_TYPE, {type}));
    }
}

TEST(BgpError, S6_2_Open)
{
    EXPECT_EQ(ReadError(Open("")), BgpError{});
    EXPECT_EQ(ReadError(Open("", "03 fde8 00b4 c0a80101")),
              OpenError(BgpError::UNSUPPORTED_VERSION, {0, 4}));
    for (const char* identifier : {"00000000", "e0000001", "ffffffff"})
    {
        EXPECT_EQ(ReadError(Open("", std::string("04 fde8 00b4") + identifier)),
                  OpenError(BgpError::BAD_IDENTIFIER));
    }
    EXPECT_EQ(ReadError(Open("", "04 fde8 0001 c0a80101")),
              OpenError(BgpError::UNACCEPTABLE_HOLD_TIME));
    EXPECT_EQ(ReadError(Open("", "04 fde8 0002 c0a80101")),
              OpenError(BgpError::UNACCEPTABLE_HOLD_TIME));
    EXPECT_EQ(ReadError(Open("", "04 fde8 0000 c0a80101")), BgpError{});
    EXPECT_EQ(ReadError(Open("", "04 fde8 0003 c0a80101")), BgpError{});
    EXPECT_EQ(ReadError(Open("01 02 0000")), OpenError(BgpError::UNSUPPORTED_PARAMETER));
}

TEST(BgpError, S6_2_OptionalParametersThatRunPastTheEnd)
{
    EXPECT_EQ(ReadError(Open("02 06 0104 001900")), OpenError(BgpError::OPEN_UNSPECIFIC));
    EXPECT_EQ(ReadError(Open("02 04 0104 0019")), OpenError(BgpError::OPEN_UNSPECIFIC));
    EXPECT_EQ(ReadError(Open("02")), OpenError(BgpError::OPEN_UNSPECIFIC));
    Bytes message = Open("02 06 0104 00190046");
    message[28] = 9; // the length of the parameters
    EXPECT_EQ(ReadError(message), OpenError(BgpError::OPEN_UNSPECIFIC));
    message[28] = 7;
    EXPECT_EQ(ReadError(message), OpenError(BgpError::OPEN_UNSPECIFIC));
}

TEST(BgpError, S6_3_LengthsOfTheLists)
{
    EXPECT_EQ(ReadError(Update(REACH + REST)), BgpError{});
    EXPECT_EQ(ReadError(Update("")), BgpError{}); // End-of-RIB of IPv4 unicast
    EXPECT_EQ(ReadError(MakeMessage(BgpMessage::UPDATE, FromHex("0001 0000"))),
              UpdateError(BgpError::MALFORMED_ATTRIBUTE_LIST));
    EXPECT_EQ(ReadError(MakeMessage(BgpMessage::UPDATE, FromHex("0000 0001"))),
              UpdateError(BgpError::MALFORMED_ATTRIBUTE_LIST));
    EXPECT_EQ(ReadError(Update("400101")), UpdateError(BgpError::MALFORMED_ATTRIBUTE_LIST));
    EXPECT_EQ(ReadError(Update("40")), UpdateError(BgpError::MALFORMED_ATTRIBUTE_LIST));
    EXPECT_EQ(ReadError(Update("5002 00")), UpdateError(BgpError::MALFORMED_ATTRIBUTE_LIST));
    EXPECT_EQ(ReadError(Update(REACH + REST + "400101 00")),
              UpdateError(BgpError::MALFORMED_ATTRIBUTE_LIST)); // twice
}

TEST(BgpError, S6_3_AttributeFlags)
{
    // Optional or not, transitive or not, partial where that may not be.
    for (const char* attribute : {"c00101 00",
                                  "000101 00",
                                  "600101 00",
                                  "800200",
                                  "c00404 00000000",
                                  "a00404 00000000",
                                  "c00504 00000064",
                                  "c00904 c0a80101",
                                  "c00a04 c0a80101",
                                  "d00e 0003 001946",
                                  "c00f03 001946",
                                  "801008 0002fde80000002a",
                                  "801609 000600002ac0a80101"})
    {
        EXPECT_EQ(ReadError(Update(attribute)), UpdateError(BgpError::ATTRIBUTE_FLAGS, attribute));
    }
}

TEST(BgpError, S6_3_AttributeLength)
{
    for (const char* attribute : {"400100",
                                  "400102 0000",
                                  "400303 c0a801",
                                  "800403 000000",
                                  "400505 0000000064",
                                  "400601 00",
                                  "c00706 fde8c0a80101", // AS numbers have four octets here
                                  "800905 c0a8010101",
                                  "800a03 c0a801",
                                  "c01007 0002fde8000000"})
    {
        EXPECT_EQ(ReadError(Update(attribute)), UpdateError(BgpError::ATTRIBUTE_LENGTH, attribute));
    }
}

TEST(BgpError, S6_3_MissingWellKnown)
{
    EXPECT_EQ(ReadError(Update(REACH)), UpdateError(BgpError::MISSING_WELL_KNOWN, "01"));
    EXPECT_EQ(ReadError(Update(REACH + "400101 00")),
              UpdateError(BgpError::MISSING_WELL_KNOWN, "02"));
    EXPECT_EQ(ReadError(Update(REACH + "400101 00 400200")),
              UpdateError(BgpError::MISSING_WELL_KNOWN, "05"));
    EXPECT_EQ(ReadError(Update(REST, "180a0000")), UpdateError(BgpError::MISSING_WELL_KNOWN, "03"));
}

TEST(BgpError, S6_3_UnrecognizedWellKnown)
{
    EXPECT_EQ(ReadError(Update("406301 00")),
              UpdateError(BgpError::UNRECOGNIZED_WELL_KNOWN, "406301 00"));
    EXPECT_EQ(ReadError(Update("c06301 00")), BgpError{});
}

TEST(BgpError, S6_3_Values)
{
    EXPECT_EQ(ReadError(Update("400101 03")), UpdateError(BgpError::INVALID_ORIGIN, "400101 03"));
    EXPECT_EQ(ReadError(Update("400304 00000000")),
              UpdateError(BgpError::INVALID_NEXT_HOP, "400304 00000000"));
    EXPECT_EQ(ReadError(Update("400304 e0000001")),
              UpdateError(BgpError::INVALID_NEXT_HOP, "400304 e0000001"));
    EXPECT_EQ(ReadError(Update("400206 0301 0000fde8")), UpdateError(BgpError::MALFORMED_AS_PATH));
    EXPECT_EQ(ReadError(Update("400206 0001 0000fde8")), UpdateError(BgpError::MALFORMED_AS_PATH));
    EXPECT_EQ(ReadError(Update("400206 0202 0000fde8")), UpdateError(BgpError::MALFORMED_AS_PATH));
    EXPECT_EQ(ReadError(Update("400202 0200")), UpdateError(BgpError::MALFORMED_AS_PATH));
}

TEST(BgpError, S6_3_PmsiTunnel)
{
    for (const char* attribute : {"c01604 00060000",
                                  "c01608 000600002ac0a801",
                                  "c01609 000400002ac0a80101",
                                  "c01609 000000002ac0a80101"})
    {
        EXPECT_EQ(ReadError(Update(attribute)),
                  UpdateError(BgpError::OPTIONAL_ATTRIBUTE, attribute));
    }
    EXPECT_EQ(ReadError(Update("c01609 000100002ac0a80101")), BgpError{}); // RSVP-TE: passed on
}

TEST(BgpError, S6_3_NetworkField)
{
    EXPECT_EQ(ReadError(Update(REST + "400304 c0a80101", "210a000000")),
              UpdateError(BgpError::INVALID_NETWORK));
    EXPECT_EQ(ReadError(Update(REST + "400304 c0a80101", "180a00")),
              UpdateError(BgpError::INVALID_NETWORK));
    EXPECT_EQ(ReadError(Update("", "", "21 0a000000")), UpdateError(BgpError::INVALID_NETWORK));
    EXPECT_EQ(ReadError(Update(REST + "400304 c0a80101", "180a0000")), BgpError{});
}

TEST(BgpError, Rfc4760S7_MalformedReach)
{
    const auto check = [](const std::string& value) {
        const Bytes bytes = FromHex(value);
        WireWriter attribute;
        WriteBgpAttributeHeader(
            attribute, BGP_OPTIONAL, BgpAttributeType::MP_REACH_NLRI, bytes.size());
        attribute.WriteBytes(bytes);
        const std::string hex = ToHex(attribute.GetBytes());
        EXPECT_EQ(ReadError(Update(hex + REST)), UpdateError(BgpError::OPTIONAL_ATTRIBUTE, hex))
            << value;
    };
    check("");
    check("0019");
    check("001946 04 c0a801");
    check("001946 04 c0a80101");
    check("001946 05 c0a8010101 00" + MAC);
    check("001946 04 00000000 00" + MAC);
    check("001946 04 e0000001 00" + MAC);
    check("001946 04 c0a80101 00 02");
    check("001946 04 c0a80101 00 0221");
    const std::string rd = "0001c0a801010002";
    const std::string esi = "00000000000000000000";
    // MAC length, IP length, a label too short, bytes too many, an originator's address length.
    check("001946 04 c0a80101 00 0221" + rd + esi + "00000000 2f 02000100002a 00 00002a");
    check("001946 04 c0a80101 00 0225" + rd + esi + "00000000 30 02000100002a 21 c0a86301 00002a");
    check("001946 04 c0a80101 00 0220" + rd + esi + "00000000 30 02000100002a 00 0000");
    check("001946 04 c0a80101 00 0225" + rd + esi + "00000000 30 02000100002a 00 00002a 00000000");
    check("001946 04 c0a80101 00 0311" + rd + "00000000 18 c0a80101");
    check("001946 04 c0a80101 00 0312" + rd + "00000000 20 c0a80101 00");
}

TEST(BgpError, Rfc4760S7_MalformedUnreach)
{
    EXPECT_EQ(ReadError(Update("800f02 0019")),
              UpdateError(BgpError::OPTIONAL_ATTRIBUTE, "800f02 0019"));
    EXPECT_EQ(ReadError(Update("800f05 001946 0221")),
              UpdateError(BgpError::OPTIONAL_ATTRIBUTE, "800f05 001946 0221"));
    EXPECT_EQ(ReadError(Update("800f04 000101 21")), BgpError{}); // another family: not looked at
}

TEST(BgpError, NamesAreWords)
{
    EXPECT_EQ(UpdateError(BgpError::ATTRIBUTE_LENGTH).GetName(), "attribute-length");
    EXPECT_EQ(BgpError{}.GetName(), "");
    EXPECT_EQ(MakeBgpError(9, 9).GetName(), "9-9");
}

} // namespace
