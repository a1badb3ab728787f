// SPDX-License-Identifier: GPL-2.0-only
// What FRR 8.4.4 as a route reflector, 192.168.101.133, sent to the VTEP r1, stage by stage, and what
// `show bgp l2vpn evpn` printed on r1 (also FRR) then: the files of test/support/frr-session.
#ifndef VXLAN_MULTICAST_TEST_FRR_SESSION_H
#define VXLAN_MULTICAST_TEST_FRR_SESSION_H

#include "support/paths.h"

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

namespace ns3
{

namespace frr
{

/** \returns a file of the session. */
inline std::string
Read(const std::string& name)
{
    std::ifstream file(std::string(SOURCE_DIR "/test/support/frr-session/") + name);
    EXPECT_TRUE(file) << name;
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

/**
 * \param stage "cold": OPEN, a KEEPALIVE, End-of-RIB and three routes of type 3; "boot": each tenant
 *        announces itself; "three-moves": T2 moves to r3, back, and to r3 again; "last-move": T2's
 *        port goes down at r3, and it comes back at r2; "kill": r2's speaker is killed; "restart":
 *        and started again
 * \returns the messages in hexadecimal digits
 */
inline std::string
ReadMessages(const std::string& stage)
{
    std::string digits;
    for (char c : Read(stage + ".hex"))
    {
        digits += c == '\n' ? "" : std::string(1, c);
    }
    return digits;
}

/** \returns what r1 printed after the stage. */
inline std::string
ReadTable(const std::string& stage)
{
    return Read(stage + ".txt");
}

} // namespace frr

} // namespace ns3

#endif
