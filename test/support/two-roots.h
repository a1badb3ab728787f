// SPDX-License-Identifier: GPL-2.0-only
// A LAN with two upstream and two downstream routers, where the shared tree and the source's come
// from different ones.
#ifndef VXLAN_MULTICAST_TEST_TWO_ROOTS_H
#define VXLAN_MULTICAST_TEST_TWO_ROOTS_H

#include <string>

namespace ns3
{

/** The LANs of two upstream routers, u1 and u2, and two downstream ones, d1 and d2, with hosts
 * behind.
 */
inline const std::string TWO_BY_TWO_LANS = R"(
lan 10 network=192.168.10.0/24
lan 20 network=192.168.20.0/24
lan 30 network=192.168.30.0/24
lan 41 network=192.168.41.0/24
lan 42 network=192.168.42.0/24
)";

/** Who is where on them. */
inline const std::string TWO_BY_TWO_EDGES = R"(
edge u1 10 address=192.168.10.21
edge u1 30 address=192.168.30.21
edge u2 20 address=192.168.20.22
edge u2 30 address=192.168.30.22
edge d1 30 address=192.168.30.31
edge d1 41 address=192.168.41.31
edge d2 30 address=192.168.30.32
edge d2 42 address=192.168.42.32
edge h2 41 address=192.168.41.1
edge h3 42 address=192.168.42.1
)";

/** The RP p is behind u1, the source's router s behind u2; d1 and d2 have members. */
inline const std::string TWO_ROOTS = R"(
node h1 kind=host
node h2 kind=host
node h3 kind=host
node p staticRp="192.168.10.11 239.0.0.0/8"
node s staticRp="192.168.10.11 239.0.0.0/8"
node u1 staticRp="192.168.10.11 239.0.0.0/8"
node u2 staticRp="192.168.10.11 239.0.0.0/8"
node d1 staticRp="192.168.10.11 239.0.0.0/8"
node d2 staticRp="192.168.10.11 239.0.0.0/8"
lan 1 network=192.168.1.0/24
lan 5 network=192.168.5.0/24
)" + TWO_BY_TWO_LANS + R"(
edge h1 1 address=192.168.1.1
edge s 1 address=192.168.1.11
edge s 5 address=192.168.5.11
edge p 5 address=192.168.5.12
edge p 10 address=192.168.10.11
edge s 20 address=192.168.20.11
)" + TWO_BY_TWO_EDGES;

} // namespace ns3

#endif
