// SPDX-License-Identifier: GPL-2.0-only
// What the show commands of PIM print, column by column as xorpsh and iproute2 do.
#include "pim/pim-lab.h"

#include "ns3/names.h"
#include "ns3/pim-show.h"

#include <gtest/gtest.h>

#include <regex>
#include <sstream>

namespace ns3
{
namespace
{

/**
 * Host h1, routers a and b, host h2 in a row. b is candidate BSR and RP on the middle network; h1's
 * network has a member of 239.0.0.10, and h2 sends to it.
 */
class PimShowTest : public ::testing::Test
{
  protected:
    PimShowTest()
    {
        m_lab.AddLan(1, {{"a", 1}, {"h1", 9}});
        m_lab.AddLan(12, {{"a", 1}, {"b", 2}});
        m_lab.AddLan(2, {{"b", 2}, {"h2", 9}});
        m_lab.ComputeRoutes();
        for (const char* name : {"a", "b"})
        {
            Ptr<Node> node = m_lab.GetNode(name);
            Names::Add(name, node);
            for (uint32_t i = 1; i <= 2; ++i)
            {
                Names::Add(std::string(name) + "/eth" + std::to_string(i - 1),
                           node->GetObject<Ipv4>()->GetNetDevice(i));
            }
        }
        PimCandidateBsr bsr;
        bsr.interface = m_lab.Interface("b", 12);
        bsr.priority = 10;
        m_lab.GetPim("b")->SetCandidateBsr(bsr);
        PimCandidateRp rp;
        rp.interface = bsr.interface;
        rp.priority = 100;
        rp.ranges = {Ipv4Prefix(Ipv4Address("239.0.0.0"), 8)};
        m_lab.GetPim("b")->SetCandidateRp(rp);
        m_lab.Join(1, GROUP);
    }

    ~PimShowTest() override
    {
        Names::Clear();
    }

    /** \returns true when some line of \p shown matches \p pattern as a whole. */
    static bool HasLine(const std::string& shown, const std::string& pattern)
    {
        std::istringstream lines(shown);
        for (std::string line; std::getline(lines, line);)
        {
            if (std::regex_match(line, std::regex(pattern)))
            {
                return true;
            }
        }
        return false;
    }

    Ptr<Node> GetNode(const char* name)
    {
        return m_lab.GetNode(name);
    }

    static inline const Ipv4Address GROUP{"239.0.0.10"};

    PimLab m_lab;
};

TEST_F(PimShowTest, Neighbors)
{
    m_lab.RunUntil(40);
    const std::string shown = ShowPimNeighbors(GetNode("a"));
    EXPECT_TRUE(HasLine(shown, "Interface    DRpriority NeighborAddr    V Mode   Holdtime Timeout"))
        << shown;
    EXPECT_TRUE(HasLine(shown,
                        "eth1                  1 192\\.168\\.12\\.2    2 Sparse      105"
                        " +\\d+"))
        << shown;
    EXPECT_EQ(std::count(shown.begin(), shown.end(), '\n'), 2);
}

TEST_F(PimShowTest, Interface)
{
    m_lab.RunUntil(40);
    const std::string shown = ShowPimInterface(GetNode("a"));
    EXPECT_TRUE(HasLine(shown, "eth0 +UP +Sparse 2 DR +1 192\\.168\\.1\\.1 +0")) << shown;
    EXPECT_TRUE(HasLine(shown, "eth1 +UP +Sparse 2 NotDR +1 192\\.168\\.12\\.2 +1")) << shown;
    m_lab.SetUp("a", 1, false);
    EXPECT_TRUE(HasLine(ShowPimInterface(GetNode("a")), "eth0 +DOWN .*"));
}

TEST_F(PimShowTest, Bootstrap)
{
    m_lab.RunUntil(40);
    EXPECT_TRUE(HasLine(ShowPimBootstrap(GetNode("a")),
                        "192\\.168\\.12\\.2 +10 0\\.0\\.0\\.0 +0 AcceptPreferred +\\d+ +-1"))
        << ShowPimBootstrap(GetNode("a"));
    const std::string shown = ShowPimBootstrap(GetNode("b"));
    EXPECT_TRUE(HasLine(shown, "192\\.168\\.12\\.2 +10 192\\.168\\.12\\.2 +10 Elected +\\d+ +-1"))
        << shown;
    for (const char* head : {"Active zones:", "Expiring zones:", "Configured zones:"})
    {
        EXPECT_TRUE(HasLine(shown, head));
    }
}

TEST_F(PimShowTest, CandidatesOfAnInterfaceCanBeRemoved)
{
    const char elected[] = "192\\.168\\.12\\.2 +10 192\\.168\\.12\\.2 +10 Elected +\\d+ +-1";
    const char rp[] = "192\\.168\\.12\\.2 +bootstrap 100 +150 +\\d+ +1 239\\.0\\.0\\.0/8";
    m_lab.RunUntil(40);
    m_lab.GetPim("b")->RemoveCandidates(m_lab.Interface("b", 2)); // it has none
    EXPECT_TRUE(HasLine(ShowPimBootstrap(GetNode("b")), elected));
    m_lab.GetPim("b")->RemoveCandidates(m_lab.Interface("b", 12));
    EXPECT_FALSE(HasLine(ShowPimBootstrap(GetNode("b")), ".* Elected .*"))
        << ShowPimBootstrap(GetNode("b"));
    EXPECT_TRUE(HasLine(ShowPimRps(GetNode("a")), rp)) << ShowPimRps(GetNode("a"));
    // RFC 5059 §3.1.3: the BSR is given up after 130 s, its RPs 150 s later.
    m_lab.RunUntil(400);
    EXPECT_FALSE(HasLine(ShowPimBootstrap(GetNode("a")), "192\\.168\\.12\\.2 .*"))
        << ShowPimBootstrap(GetNode("a"));
    EXPECT_FALSE(HasLine(ShowPimRps(GetNode("a")), ".* bootstrap .*")) << ShowPimRps(GetNode("a"));
}

TEST_F(PimShowTest, Rps)
{
    m_lab.GetPim("a")->AddStaticRp(Ipv4Prefix(Ipv4Address("238.0.0.0"), 8),
                                   Ipv4Address("10.0.0.1"));
    m_lab.RunUntil(40);
    const std::string shown = ShowPimRps(GetNode("a"));
    EXPECT_TRUE(HasLine(shown, "192\\.168\\.12\\.2 +bootstrap 100 +150 +\\d+ +1 239\\.0\\.0\\.0/8"))
        << shown;
    EXPECT_TRUE(HasLine(shown, "10\\.0\\.0\\.1 +static +0 +-1 +-1 +0 238\\.0\\.0\\.0/8")) << shown;
}

TEST_F(PimShowTest, Join)
{
    m_lab.RunUntil(40);
    const std::string shown = ShowPimJoin(GetNode("a"));
    EXPECT_TRUE(HasLine(shown, "Group +Source +RP +Flags"));
    EXPECT_TRUE(HasLine(shown, "239\\.0\\.0\\.10 +0\\.0\\.0\\.0 +192\\.168\\.12\\.2 +WC")) << shown;
    EXPECT_TRUE(HasLine(shown, " +Upstream interface \\(RP\\): +eth1"));
    EXPECT_TRUE(HasLine(shown, " +Upstream RPF'\\(\\*,G\\): +192\\.168\\.12\\.2"));
    EXPECT_TRUE(HasLine(shown, " +Upstream state: +Joined"));
    EXPECT_TRUE(HasLine(shown, " +Local receiver include WC: +O\\.\\."));
    EXPECT_TRUE(HasLine(shown, " +Immediate olist WC: +O\\.\\."));

    const std::string atRp = ShowPimJoin(GetNode("b"));
    EXPECT_TRUE(HasLine(atRp, " +Upstream interface \\(RP\\): +register_vif")) << atRp;
    EXPECT_TRUE(HasLine(atRp, " +Joins WC: +O\\.\\."));
}

TEST_F(PimShowTest, MfcAndMroute)
{
    m_lab.RunUntil(40);
    m_lab.Send("h2", 2, GROUP, 20, Seconds(1));
    m_lab.RunUntil(50);
    const std::string mfc = ShowPimMfc(GetNode("b"));
    EXPECT_TRUE(HasLine(mfc, "239\\.0\\.0\\.10 +192\\.168\\.2\\.9 +192\\.168\\.12\\.2")) << mfc;
    EXPECT_TRUE(HasLine(mfc, "    Incoming interface : +eth1"));
    EXPECT_TRUE(HasLine(mfc, "    Outgoing interfaces: +O\\.\\."));
    EXPECT_TRUE(
        HasLine(ShowIpMroute(GetNode("b")),
                "\\(192\\.168\\.2\\.9, 239\\.0\\.0\\.10\\)        Iif: eth1       Oifs: eth0"))
        << ShowIpMroute(GetNode("b"));
    EXPECT_TRUE(
        HasLine(ShowIpMroute(GetNode("a")),
                "\\(192\\.168\\.2\\.9, 239\\.0\\.0\\.10\\)        Iif: eth1       Oifs: eth0"))
        << ShowIpMroute(GetNode("a"));
}

TEST_F(PimShowTest, SaysSoWherePimDoesNotRun)
{
    m_lab.RunUntil(1);
    EXPECT_EQ(ShowPimJoin(GetNode("h1")).find("PIM is not running on "), 0U);
    m_lab.GetPim("a")->Stop();
    using Show = std::string (*)(Ptr<Node>);
    for (const Show show : {Show(ShowPimNeighbors),
                            Show(ShowPimInterface),
                            Show(ShowPimBootstrap),
                            Show(ShowIpMroute)})
    {
        EXPECT_EQ(show(GetNode("a")), "PIM is not running on a\n");
    }
    using ShowOfGroup = std::string (*)(Ptr<Node>, Ipv4Address);
    for (const ShowOfGroup show :
         {ShowOfGroup(ShowPimRps), ShowOfGroup(ShowPimJoin), ShowOfGroup(ShowPimMfc)})
    {
        EXPECT_EQ(show(GetNode("a"), GROUP), "PIM is not running on a\n");
    }
}

} // namespace
} // namespace ns3
