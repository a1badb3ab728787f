// SPDX-License-Identifier: GPL-2.0-only
// What FRR 8.4.4 as a route reflector, 192.168.101.133, sent to the VTEP r1, stage by stage, and what
// `show bgp l2vpn evpn` printed on r1 (also FRR) then.
#ifndef VXLAN_MULTICAST_TEST_FRR_SESSION_H
#define VXLAN_MULTICAST_TEST_FRR_SESSION_H

namespace ns3
{

namespace frr
{

/** The OPEN, a KEEPALIVE, the End-of-RIB marker and three routes of type 3. */
const char* const SESSION_COLD =
    "ffffffffffffffffffffffffffffffff005e0104fde800b4c0a8658541020601040019004602028000020202"
    "0002024600020641040000fde8020206000206450400194601020649040263330002044002c0780209470700"
    "194680000000ffffffffffffffffffffffffffffffff001304ffffffffffffffffffffffffffffffff001d02"
    "00000006800f03001946ffffffffffffffffffffffffffffffff007a0200000063900e001c00194604c0a801"
    "010003110001c0a8010100020000000020c0a801014001010050020000800404000000004005040000006480"
    "0904c0a80101800a04c0a86585c010100002fde80000002a030c000000000008c01609000600002ac0a80101"
    "ffffffffffffffffffffffffffffffff007a0200000063900e001c00194604c0a802020003110001c0a80202"
    "00020000000020c0a8020240010100500200008004040000000040050400000064800904c0a80202800a04c0"
    "a86585c010100002fde80000002a030c000000000008c01609000600002ac0a80202ffffffffffffffffffff"
    "ffffffffffff007a0200000063900e001c00194604c0a803030003110001c0a8030300020000000020c0a803"
    "0340010100500200008004040000000040050400000064800904c0a80303800a04c0a86585c010100002fde8"
    "0000002a030c000000000008c01609000600002ac0a80303";

/** Each tenant announces itself. */
const char* const SESSION_BOOT =
    "ffffffffffffffffffffffffffffffff00a5020000008e900e005300194604c0a801010002210001c0a80101"
    "000200000000000000000000000000003002000100002a0000002a02250001c0a80101000200000000000000"
    "000000000000003002000100002a20c0a8630100002a40010100500200008004040000000040050400000064"
    "800904c0a80101800a04c0a86585c010100002fde80000002a030c000000000008ffffffffffffffffffffff"
    "ffffffffff00a5020000008e900e005300194604c0a802020002210001c0a802020002000000000000000000"
    "00000000003002000200002a0000002a02250001c0a802020002000000000000000000000000000030020002"
    "00002a20c0a8630200002a40010100500200008004040000000040050400000064800904c0a80202800a04c0"
    "a86585c010100002fde80000002a030c000000000008ffffffffffffffffffffffffffffffff00a502000000"
    "8e900e005300194604c0a803030002210001c0a8030300020000000000000000000000000000300200030000"
    "2a0000002a02250001c0a80303000200000000000000000000000000003002000300002a20c0a8630300002a"
    "40010100500200008004040000000040050400000064800904c0a80303800a04c0a86585c010100002fde800"
    "00002a030c000000000008";

/** T2 moves to r3, back, and to r3 again. */
const char* const SESSION_THREE_MOVES =
    "ffffffffffffffffffffffffffffffff0086020000006f900e002c00194604c0a803030002210001c0a80303"
    "000200000000000000000000000000003002000200002a0000002a4001010050020000800404000000004005"
    "0400000064800904c0a80303800a04c0a86585c010180002fde80000002a030c000000000008060000000000"
    "0001ffffffffffffffffffffffffffffffff00680200000051900f004d00194602210001c0a8020200020000"
    "0000000000000000000000003002000200002a0000000002250001c0a8020200020000000000000000000000"
    "0000003002000200002a20c0a86302000000ffffffffffffffffffffffffffffffff00ad0200000096900e00"
    "5300194604c0a802020002210001c0a80202000200000000000000000000000000003002000200002a000000"
    "2a02250001c0a80202000200000000000000000000000000003002000200002a20c0a8630200002a40010100"
    "500200008004040000000040050400000064800904c0a80202800a04c0a86585c010180002fde80000002a03"
    "0c0000000000080600000000000002ffffffffffffffffffffffffffffffff0041020000002a900f00260019"
    "4602210001c0a80303000200000000000000000000000000003002000200002a00000000ffffffffffffffff"
    "ffffffffffffffff0086020000006f900e002c00194604c0a803030002210001c0a803030002000000000000"
    "00000000000000003002000200002a0000002a40010100500200008004040000000040050400000064800904"
    "c0a80303800a04c0a86585c010180002fde80000002a030c0000000000080600000000000003ffffffffffff"
    "ffffffffffffffffffff00680200000051900f004d00194602210001c0a80202000200000000000000000000"
    "000000003002000200002a0000000002250001c0a80202000200000000000000000000000000003002000200"
    "002a20c0a86302000000";

/** T2's port goes down at r3, and it comes back at r2. */
const char* const SESSION_LAST_MOVE =
    "ffffffffffffffffffffffffffffffff0041020000002a900f002600194602210001c0a80303000200000000"
    "000000000000000000003002000200002a00000000ffffffffffffffffffffffffffffffff00ad0200000096"
    "900e005300194604c0a802020002210001c0a80202000200000000000000000000000000003002000200002a"
    "0000002a02250001c0a80202000200000000000000000000000000003002000200002a20c0a8630200002a40"
    "010100500200008004040000000040050400000064800904c0a80202800a04c0a86585c010180002fde80000"
    "002a030c0000000000080600000000000002";

/** R2's speaker is killed. */
const char* const SESSION_KILL =
    "ffffffffffffffffffffffffffffffff007b0200000064900f006000194602210001c0a80202000200000000"
    "000000000000000000003002000200002a0000000002250001c0a80202000200000000000000000000000000"
    "003002000200002a20c0a8630200000003110001c0a8020200020000000020c0a80202";

/** And started again. */
const char* const SESSION_RESTART =
    "ffffffffffffffffffffffffffffffff00a5020000008e900e005300194604c0a802020002210001c0a80202"
    "000200000000000000000000000000003002000200002a0000002a02250001c0a80202000200000000000000"
    "000000000000003002000200002a20c0a8630200002a40010100500200008004040000000040050400000064"
    "800904c0a80202800a04c0a86585c010100002fde80000002a030c000000000008ffffffffffffffffffffff"
    "ffffffffff007a0200000063900e001c00194604c0a802020003110001c0a8020200020000000020c0a80202"
    "40010100500200008004040000000040050400000064800904c0a80202800a04c0a86585c010100002fde800"
    "00002a030c000000000008c01609000600002ac0a80202";

const char* const TABLE_COLD = R"(BGP table version is 1, local router ID is 192.168.1.1
Status codes: s suppressed, d damped, h history, * valid, > best, i - internal
Origin codes: i - IGP, e - EGP, ? - incomplete
EVPN type-1 prefix: [1]:[EthTag]:[ESI]:[IPlen]:[VTEP-IP]:[Frag-id]
EVPN type-2 prefix: [2]:[EthTag]:[MAClen]:[MAC]:[IPlen]:[IP]
EVPN type-3 prefix: [3]:[EthTag]:[IPlen]:[OrigIP]
EVPN type-4 prefix: [4]:[ESI]:[IPlen]:[OrigIP]
EVPN type-5 prefix: [5]:[EthTag]:[IPlen]:[IP]

   Network          Next Hop            Metric LocPrf Weight Path
Route Distinguisher: 192.168.1.1:2
*> [3]:[0]:[32]:[192.168.1.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
Route Distinguisher: 192.168.2.2:2
*>i[3]:[0]:[32]:[192.168.2.2]
                    192.168.2.2              0    100      0 i
                    RT:65000:42 ET:8
Route Distinguisher: 192.168.3.3:2
*>i[3]:[0]:[32]:[192.168.3.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8

Displayed 3 out of 3 total prefixes
)";

const char* const TABLE_BOOT = R"(BGP table version is 3, local router ID is 192.168.1.1
Status codes: s suppressed, d damped, h history, * valid, > best, i - internal
Origin codes: i - IGP, e - EGP, ? - incomplete
EVPN type-1 prefix: [1]:[EthTag]:[ESI]:[IPlen]:[VTEP-IP]:[Frag-id]
EVPN type-2 prefix: [2]:[EthTag]:[MAClen]:[MAC]:[IPlen]:[IP]
EVPN type-3 prefix: [3]:[EthTag]:[IPlen]:[OrigIP]
EVPN type-4 prefix: [4]:[ESI]:[IPlen]:[OrigIP]
EVPN type-5 prefix: [5]:[EthTag]:[IPlen]:[IP]

   Network          Next Hop            Metric LocPrf Weight Path
Route Distinguisher: 192.168.1.1:2
*> [2]:[0]:[48]:[02:00:01:00:00:2a]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
*> [2]:[0]:[48]:[02:00:01:00:00:2a]:[32]:[192.168.99.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
*> [3]:[0]:[32]:[192.168.1.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
Route Distinguisher: 192.168.2.2:2
*>i[2]:[0]:[48]:[02:00:02:00:00:2a]
                    192.168.2.2              0    100      0 i
                    RT:65000:42 ET:8
*>i[2]:[0]:[48]:[02:00:02:00:00:2a]:[32]:[192.168.99.2]
                    192.168.2.2              0    100      0 i
                    RT:65000:42 ET:8
*>i[3]:[0]:[32]:[192.168.2.2]
                    192.168.2.2              0    100      0 i
                    RT:65000:42 ET:8
Route Distinguisher: 192.168.3.3:2
*>i[2]:[0]:[48]:[02:00:03:00:00:2a]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8
*>i[2]:[0]:[48]:[02:00:03:00:00:2a]:[32]:[192.168.99.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8
*>i[3]:[0]:[32]:[192.168.3.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8

Displayed 9 out of 9 total prefixes
)";

const char* const TABLE_THREE_MOVES = R"(BGP table version is 3, local router ID is 192.168.1.1
Status codes: s suppressed, d damped, h history, * valid, > best, i - internal
Origin codes: i - IGP, e - EGP, ? - incomplete
EVPN type-1 prefix: [1]:[EthTag]:[ESI]:[IPlen]:[VTEP-IP]:[Frag-id]
EVPN type-2 prefix: [2]:[EthTag]:[MAClen]:[MAC]:[IPlen]:[IP]
EVPN type-3 prefix: [3]:[EthTag]:[IPlen]:[OrigIP]
EVPN type-4 prefix: [4]:[ESI]:[IPlen]:[OrigIP]
EVPN type-5 prefix: [5]:[EthTag]:[IPlen]:[IP]

   Network          Next Hop            Metric LocPrf Weight Path
Route Distinguisher: 192.168.1.1:2
*> [2]:[0]:[48]:[02:00:01:00:00:2a]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
*> [2]:[0]:[48]:[02:00:01:00:00:2a]:[32]:[192.168.99.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
*> [3]:[0]:[32]:[192.168.1.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
Route Distinguisher: 192.168.2.2:2
*>i[3]:[0]:[32]:[192.168.2.2]
                    192.168.2.2              0    100      0 i
                    RT:65000:42 ET:8
Route Distinguisher: 192.168.3.3:2
*>i[2]:[0]:[48]:[02:00:02:00:00:2a]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8 MM:3
*>i[2]:[0]:[48]:[02:00:03:00:00:2a]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8
*>i[2]:[0]:[48]:[02:00:03:00:00:2a]:[32]:[192.168.99.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8
*>i[3]:[0]:[32]:[192.168.3.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8

Displayed 8 out of 8 total prefixes
)";

const char* const TABLE_LAST_MOVE = R"(BGP table version is 3, local router ID is 192.168.1.1
Status codes: s suppressed, d damped, h history, * valid, > best, i - internal
Origin codes: i - IGP, e - EGP, ? - incomplete
EVPN type-1 prefix: [1]:[EthTag]:[ESI]:[IPlen]:[VTEP-IP]:[Frag-id]
EVPN type-2 prefix: [2]:[EthTag]:[MAClen]:[MAC]:[IPlen]:[IP]
EVPN type-3 prefix: [3]:[EthTag]:[IPlen]:[OrigIP]
EVPN type-4 prefix: [4]:[ESI]:[IPlen]:[OrigIP]
EVPN type-5 prefix: [5]:[EthTag]:[IPlen]:[IP]

   Network          Next Hop            Metric LocPrf Weight Path
Route Distinguisher: 192.168.1.1:2
*> [2]:[0]:[48]:[02:00:01:00:00:2a]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
*> [2]:[0]:[48]:[02:00:01:00:00:2a]:[32]:[192.168.99.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
*> [3]:[0]:[32]:[192.168.1.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
Route Distinguisher: 192.168.2.2:2
*>i[2]:[0]:[48]:[02:00:02:00:00:2a]
                    192.168.2.2              0    100      0 i
                    RT:65000:42 ET:8 MM:2
*>i[2]:[0]:[48]:[02:00:02:00:00:2a]:[32]:[192.168.99.2]
                    192.168.2.2              0    100      0 i
                    RT:65000:42 ET:8 MM:2
*>i[3]:[0]:[32]:[192.168.2.2]
                    192.168.2.2              0    100      0 i
                    RT:65000:42 ET:8
Route Distinguisher: 192.168.3.3:2
*>i[2]:[0]:[48]:[02:00:03:00:00:2a]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8
*>i[2]:[0]:[48]:[02:00:03:00:00:2a]:[32]:[192.168.99.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8
*>i[3]:[0]:[32]:[192.168.3.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8

Displayed 9 out of 9 total prefixes
)";

const char* const TABLE_KILL = R"(BGP table version is 3, local router ID is 192.168.1.1
Status codes: s suppressed, d damped, h history, * valid, > best, i - internal
Origin codes: i - IGP, e - EGP, ? - incomplete
EVPN type-1 prefix: [1]:[EthTag]:[ESI]:[IPlen]:[VTEP-IP]:[Frag-id]
EVPN type-2 prefix: [2]:[EthTag]:[MAClen]:[MAC]:[IPlen]:[IP]
EVPN type-3 prefix: [3]:[EthTag]:[IPlen]:[OrigIP]
EVPN type-4 prefix: [4]:[ESI]:[IPlen]:[OrigIP]
EVPN type-5 prefix: [5]:[EthTag]:[IPlen]:[IP]

   Network          Next Hop            Metric LocPrf Weight Path
Route Distinguisher: 192.168.1.1:2
*> [2]:[0]:[48]:[02:00:01:00:00:2a]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
*> [2]:[0]:[48]:[02:00:01:00:00:2a]:[32]:[192.168.99.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
*> [3]:[0]:[32]:[192.168.1.1]
                    192.168.1.1                        32768 i
                    ET:8 RT:65000:42
Route Distinguisher: 192.168.3.3:2
*>i[2]:[0]:[48]:[02:00:03:00:00:2a]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8
*>i[2]:[0]:[48]:[02:00:03:00:00:2a]:[32]:[192.168.99.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8
*>i[3]:[0]:[32]:[192.168.3.3]
                    192.168.3.3              0    100      0 i
                    RT:65000:42 ET:8

Displayed 6 out of 6 total prefixes
)";

} // namespace frr

} // namespace ns3

#endif
