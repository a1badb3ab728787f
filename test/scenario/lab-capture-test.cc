// SPDX-License-Identifier: GPL-2.0-only
// Captures of every interface, decoded by tshark: nothing malformed, every checksum right.
#include "support/lab-program.h"

#include <sstream>

using namespace ns3;

namespace
{

class LabCapture : public testing::Test
{
  protected:
    void SetUp() override
    {
        if (RunCommand("tshark --version").status != 0)
        {
            GTEST_SKIP() << "tshark is not installed";
        }
    }

    /** What tshark says of a capture, all checksums looked at. */
    static std::string Decode(const std::string& file, const std::string& options)
    {
        return RunCommand("tshark -r " + file +
                          " -o ip.check_checksum:TRUE -o udp.check_checksum:TRUE " + options)
            .out;
    }

    static int Count(const std::string& file, const std::string& filter)
    {
        const std::string lines = Decode(file, "-Y '" + filter + "'");
        return static_cast<int>(std::count(lines.begin(), lines.end(), '\n'));
    }

    /** How often something stands in the lines of a decoded capture. */
    struct Tally
    {
        int headers{0}; //!< of IPv4
        int goodHeaders{0};
        int messages{0}; //!< of UDP, ICMP, IGMP, PIM
        int goodMessages{0};
        int ospf{0};
        int goodOspf{0};
        std::string faults;
    };

    static Tally Examine(const std::string& file)
    {
        Tally tally;
        std::istringstream lines(Decode(file, "-V"));
        for (std::string line; std::getline(lines, line);)
        {
            const auto starts = [&line](const char* text) { return line.rfind(text, 0) == 0; };
            const auto has = [&line](const char* text) {
                return line.find(text) != std::string::npos;
            };
            tally.headers += starts("Internet Protocol Version 4");
            tally.goodHeaders += has("[Header checksum status: Good]");
            tally.messages += starts("User Datagram Protocol") || starts("Internet Control Mess") ||
                              starts("Internet Group Man") || starts("Protocol Independent Mul");
            tally.goodMessages += has("[Checksum Status: Good]");
            tally.ospf += starts("Open Shortest Path First");
            tally.goodOspf += starts("        Checksum: 0x") && has("[correct]");
            if (has("Malformed") || has("[incorrect") || has("Expert Info") || has("Status: Bad"))
            {
                tally.faults += line + "\n";
            }
        }
        return tally;
    }

    /** Expects every packet of every capture of a run to be decoded to its end. */
    static void ExpectClean(const LabProgram& run, std::size_t captures)
    {
        std::size_t seen = 0;
        for (const std::string& name : run.GetFiles())
        {
            if (name.find(".pcap") == std::string::npos)
            {
                continue;
            }
            ++seen;
            const Tally tally = Examine(run.GetPath(name));
            EXPECT_EQ(tally.faults, "") << name;
            EXPECT_GT(tally.headers, 0) << name;
            EXPECT_EQ(tally.headers, tally.goodHeaders) << name;
            EXPECT_EQ(tally.messages, tally.goodMessages) << name;
            EXPECT_EQ(tally.ospf, tally.goodOspf) << name;
        }
        EXPECT_EQ(seen, captures);
    }
};

TEST_F(LabCapture, EveryPacketOfTheArticleIsSound)
{
    const LabProgram run(ExampleScenario("article"), REC_LAB, "--pcap='*:*'");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetOut();
    ExpectClean(run, 24 + 3); // 12 networks of two, and the VXLAN devices
}

TEST_F(LabCapture, EveryKindOfMessageIsThere)
{
    const LabProgram run(ExampleScenario("article"), REC_LAB, "--pcap=c1:*,e1:eth0,r1:*");
    const std::string toEdge = run.GetPath("c1-eth0.pcap");
    const std::string toRp = run.GetPath("c1-eth2.pcap");
    const std::string toVtep = run.GetPath("e1-eth0.pcap");
    for (const std::string type : {"0", "1", "3", "4"}) // Hello, Register, Join/Prune, Bootstrap
    {
        EXPECT_GT(Count(toEdge, "pim.type == " + type), 0) << "PIM type " << type;
    }
    EXPECT_GT(Count(toRp, "pim.type == 8"), 0);    // Candidate-RP-Advertisement
    EXPECT_EQ(Count(toEdge, "ospf.msg == 1"), 60); // each side every 10 s
    for (const std::string type : {"2", "3", "4", "5"})
    {
        EXPECT_GT(Count(toEdge, "ospf.msg == " + type), 0) << "OSPF type " << type;
    }
    EXPECT_GT(Count(toVtep, "igmp.type == 0x22"), 0);
    EXPECT_GT(Count(toVtep, "igmp.type == 0x11"), 0);
    EXPECT_EQ(Count(toVtep, "igmp && ip.opt.ra && ip.ttl == 1 && ip.dsfield == 0xc0"),
              Count(toVtep, "igmp"));
    EXPECT_EQ(Count(toVtep, "vxlan"), Count(toVtep, "vxlan.flag_i == 1 && vxlan.vni == 42"));
    EXPECT_EQ(Count(toVtep, "vxlan && arp && ip.dst == 239.0.0.42 && ip.ttl == 10"), 1);
    EXPECT_EQ(Count(run.GetPath("r1-vxlan42.pcap"), "icmp.type == 8 && !ip.dst == 192.168.99.255"),
              6);
}

TEST_F(LabCapture, RegistersArriveInFragmentsThatReassemble)
{
    const LabProgram run(ExampleScenario("registers"), REC_LAB, "--pcap=c1:*");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetOut();
    ExpectClean(run, 4);
    // The checksum of a Register is over its first 8 bytes; the packet inside is whole.
    const std::string file = run.GetPath("c1-eth0.pcap");
    EXPECT_EQ(Count(file, "pim.type == 1 && udp.length == 1478"), 43);
    EXPECT_EQ(Count(file, "ip.flags.mf == 1"), 43);
    EXPECT_EQ(Count(file, "ip.frag_offset > 0"), 43);
}

TEST_F(LabCapture, PointToPointLinksAndCrashesAreSoundToo)
{
    const LabProgram run("duration: 150s\nevents:\n"
                         "  - {at: 60s, join: {node: vtep0, group: 239.0.0.10}}\n"
                         "  - {at: 70s, send: {node: vtep1, group: 239.0.0.10, rate: 100kbps, "
                         "ttl: 10}}\n"
                         "  - {at: 80s, node: {name: router1, state: down}}\n"
                         "  - {at: 100s, node: {name: router1, state: up}}\n",
                         "chain:n=4",
                         "--pcap='*:*'");
    ASSERT_EQ(run.GetStatus(), 0) << run.GetErr();
    ExpectClean(run, 10);
}

} // namespace
