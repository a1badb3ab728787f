// SPDX-License-Identifier: GPL-2.0-only
// RFC 3618: the key msdp of a router, how it is read and what it may name.
#include "ns3/topology-address.h"
#include "ns3/topology-loader.h"
#include "ns3/topology-msdp.h"

#include "topology/temporary-file.h"

#include <gtest/gtest.h>

#include <sstream>

using namespace ns3;

namespace
{

/** \returns the peerings in \p text, one a line: "LOCAL PEER mesh in … out …"; "none" if refused. */
std::string
ReadPeers(const std::string& text)
{
    const auto peers = ParseMsdpPeers(text);
    std::ostringstream lines;
    for (const MsdpPeerSpec& spec : peers.value_or(std::vector<MsdpPeerSpec>()))
    {
        lines << FormatAddress(spec.local) << ' ' << FormatAddress(spec.peer) << ' '
              << spec.meshGroup << " in";
        for (const Ipv4Prefix& prefix : spec.in)
        {
            lines << ' ' << prefix;
        }
        lines << " out";
        for (const Ipv4Prefix& prefix : spec.out)
        {
            lines << ' ' << prefix;
        }
        lines << '\n';
    }
    return peers ? lines.str() : "none";
}

/** \returns what is said of routers a and b, and host h, where a node's key msdp is \p text. */
std::string
ErrorOfPeers(const std::string& node, const std::string& text)
{
    const auto line = [&](const std::string& name, const std::string& keys) {
        return "node " + name + keys + (name == node ? " msdp=\"" + text + "\"" : "") + "\n";
    };
    const TemporaryFile file(line("a", " loopbacks=\"lo 10.255.0.1\"") +
                                 line("b", " loopbacks=\"lo 10.255.0.2\"") +
                                 line("h", " kind=host") + "edge a b\nedge b h\n",
                             ".topo");
    try
    {
        LoadTopology(file.GetName());
    }
    catch (const TopologyError& error)
    {
        return std::string(error.what()).substr(file.GetName().size() + 1);
    }
    return "loaded";
}

} // namespace

TEST(TopologyMsdp, PeeringsAreRead)
{
    EXPECT_EQ(ReadPeers("10.255.0.1 > 10.255.0.2"), "10.255.0.1 10.255.0.2  in out\n");
    EXPECT_EQ(ReadPeers("10.255.0.1 > 10.255.0.2 mesh=A in=239.1.0.0/16,10.0.0.0/8; "
                        "10.255.0.1 > 10.255.0.3 out=239.2.0.0/16"),
              "10.255.0.1 10.255.0.2 A in 239.1.0.0/16 10.0.0.0/8 out\n"
              "10.255.0.1 10.255.0.3  in out 239.2.0.0/16\n");
}

TEST(TopologyMsdp, WhatIsNoPeeringIsRefused)
{
    for (const char* text : {"10.255.0.1 >",
                             "10.255.0.1 10.255.0.2 10.255.0.3",
                             "10.255.0.1 < 10.255.0.2",
                             "a > 10.255.0.2",
                             "10.255.0.1 > b",
                             "10.255.0.1 > 10.255.0.1",
                             "10.255.0.1 > 10.255.0.2 mesh",
                             "10.255.0.1 > 10.255.0.2 mesh=",
                             "10.255.0.1 > 10.255.0.2 through=239.0.0.0/8",
                             "10.255.0.1 > 10.255.0.2 in=239.0.0.0/33",
                             "10.255.0.1 > 10.255.0.2 out=239.1.0.0/16,x"})
    {
        EXPECT_EQ(ReadPeers(text), "none") << text;
    }
}

TEST(TopologyMsdp, PeersAreAddressesOfTheirOwn)
{
    EXPECT_EQ(ErrorOfPeers("a", "10.255.0.1 > 10.255.0.2"), "loaded");
    EXPECT_EQ(ErrorOfPeers("a", "10.255.0.2 > 10.255.0.1"),
              "1: MSDP peering 10.255.0.2 > 10.255.0.1 on 'a', expected an address of its own, "
              "then one of another router");
    EXPECT_EQ(ErrorOfPeers("a", "10.255.0.1 > 10.255.0.2; 10.255.0.1 > 10.255.0.2 mesh=A"),
              "1: MSDP peering 10.255.0.1 > 10.255.0.2 is the second with that peer on 'a', "
              "expected one");
    EXPECT_EQ(ErrorOfPeers("h", "10.255.0.1 > 10.255.0.2"),
              "3: MSDP peering 10.255.0.1 > 10.255.0.2 on 'h', expected kind router");
}
