// SPDX-License-Identifier: GPL-2.0-only
// BGP messages as FRR 8.4.4 sends them, by what is in them; and bytes from hexadecimal digits.
#ifndef VXLAN_MULTICAST_TEST_BGP_BYTES_H
#define VXLAN_MULTICAST_TEST_BGP_BYTES_H

#include "ns3/bgp-message.h"

#include <ostream>
#include <string>
#include <vector>

namespace ns3
{

using Bytes = std::vector<uint8_t>;

inline Bytes
FromHex(const std::string& text)
{
    Bytes bytes;
    std::string digits;
    for (char c : text)
    {
        if (c == ' ')
        {
            continue;
        }
        digits += c;
        if (digits.size() == 2)
        {
            bytes.push_back(static_cast<uint8_t>(std::stoul(digits, nullptr, 16)));
            digits.clear();
        }
    }
    return bytes;
}

inline std::string
ToHex(const Bytes& bytes)
{
    static const char* DIGITS = "0123456789abcdef";
    std::string text;
    for (uint8_t byte : bytes)
    {
        text += DIGITS[byte >> 4];
        text += DIGITS[byte & 15];
    }
    return text;
}

/** A marker, the length and \p type before \p body. */
inline Bytes
MakeMessage(uint8_t type, const Bytes& body)
{
    Bytes bytes(16, 0xff);
    const std::size_t size = body.size() + 19;
    bytes.push_back(static_cast<uint8_t>(size >> 8));
    bytes.push_back(static_cast<uint8_t>(size));
    bytes.push_back(type);
    bytes.insert(bytes.end(), body.begin(), body.end());
    return bytes;
}

inline void
PrintTo(const BgpError& error, std::ostream* os)
{
    *os << int(error.code) << "/" << int(error.subcode) << " " << ToHex(error.data);
}

namespace frr
{

/** r1's OPEN, 94 bytes. */
const char* const OPEN_R1 =
    "ffffffffffffffffffffffffffffffff005e0104fde800b4c0a8010141020601040019004602028000020202000202"
    "4600020641040000fde8020206000206450400194601020649040272310002044002c078020947070019468000000"
    "0";
/** c3's OPEN, 94 bytes. */
const char* const OPEN_C3 =
    "ffffffffffffffffffffffffffffffff005e0104fde800b4c0a8658541020601040019004602028000020202000202"
    "4600020641040000fde8020206000206450400194601020649040263330002044002c078020947070019468000000"
    "0";
const char* const KEEPALIVE = "ffffffffffffffffffffffffffffffff001304";
const char* const END_OF_RIB = "ffffffffffffffffffffffffffffffff001d0200000006800f03001946";
/** r1's type 3, 101 bytes. */
const char* const TYPE_3_R1 =
    "ffffffffffffffffffffffffffffffff0065020000004e900e001c00194604c0a801010003110001c0a80101000200"
    "00000020c0a80101400101005002000040050400000064c01010030c0000000000080002fde80000002ac016090006"
    "00002ac0a80101";
/** r2's type 3 as c3 reflects it, 122 bytes: MED 0, communities sorted. */
const char* const TYPE_3_R2_REFLECTED =
    "ffffffffffffffffffffffffffffffff007a0200000063900e001c00194604c0a802020003110001c0a80202000200"
    "00000020c0a8020240010100500200008004040000000040050400000064800904c0a80202800a04c0a86585c01010"
    "0002fde80000002a030c000000000008c01609000600002ac0a80202";
/** r1's type 2 with the MAC alone, 105 bytes. */
const char* const MAC_R1 =
    "ffffffffffffffffffffffffffffffff00690200000052900e002c00194604c0a801010002210001c0a80101000200"
    "000000000000000000000000003002000100002a0000002a400101005002000040050400000064c01010030c000000"
    "0000080002fde80000002a";
/** r2's type 2 as c3 reflects it, 126 bytes. */
const char* const MAC_R2_REFLECTED =
    "ffffffffffffffffffffffffffffffff007e0200000067900e002c00194604c0a802020002210001c0a80202000200"
    "000000000000000000000000003002000200002a0000002a4001010050020000800404000000004005040000006480"
    "0904c0a80202800a04c0a86585c010100002fde80000002a030c000000000008";
/** The same address at r3, sequence 1, 134 bytes. */
const char* const MAC_R3_SEQUENCE_1 =
    "ffffffffffffffffffffffffffffffff0086020000006f900e002c00194604c0a803030002210001c0a80303000200"
    "000000000000000000000000003002000200002a0000002a4001010050020000800404000000004005040000006480"
    "0904c0a80303800a04c0a86585c010180002fde80000002a030c0000000000080600000000000001";
/** r2's MAC and MAC/IP routes withdrawn, 104 bytes. */
const char* const WITHDRAW_R2 =
    "ffffffffffffffffffffffffffffffff00680200000051900f004d00194602210001c0a80202000200000000000000"
    "000000000000003002000200002a0000000002250001c0a80202000200000000000000000000000000003002000200"
    "002a20c0a86302000000";
/** r2's MAC and MAC/IP routes, sequence 2, 173 bytes. */
const char* const MAC_IP_R2_SEQUENCE_2 =
    "ffffffffffffffffffffffffffffffff00ad0200000096900e005300194604c0a802020002210001c0a80202000200"
    "000000000000000000000000003002000200002a0000002a02250001c0a80202000200000000000000000000000000"
    "003002000200002a20c0a8630200002a40010100500200008004040000000040050400000064800904c0a80202800a"
    "04c0a86585c010180002fde80000002a030c0000000000080600000000000002";
/** r3's MAC route withdrawn, 65 bytes. */
const char* const WITHDRAW_R3 =
    "ffffffffffffffffffffffffffffffff0041020000002a900f002600194602210001c0a80303000200000000000000"
    "000000000000003002000200002a00000000";

} // namespace frr

} // namespace ns3

#endif
