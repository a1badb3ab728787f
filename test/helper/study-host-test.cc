// SPDX-License-Identifier: GPL-2.0-only
// The tenants of a study on a bridge: ARP and echo, announcements, moves.
#include "ns3/access-bridge.h"
#include "ns3/simulator.h"
#include "ns3/study-host.h"

#include <gtest/gtest.h>

#include <memory>
#include <vector>

using namespace ns3;

namespace
{

class StudyHostTest : public ::testing::Test
{
  protected:
    StudyHostTest()
    {
        for (uint8_t i = 1; i <= 3; ++i)
        {
            const uint8_t bytes[6] = {2, 0, 0, 0, 0, i};
            Mac48Address mac;
            mac.CopyFrom(bytes);
            m_hosts.push_back(std::make_unique<StudyHost>(mac, Ipv4Address(0x0a000000u + i)));
            m_bridge->AddPort(m_hosts.back()->Plug(m_node));
        }
    }

    ~StudyHostTest() override
    {
        Simulator::Destroy();
        m_hosts.clear();
    }

    StudyHost& Host(std::size_t i)
    {
        return *m_hosts[i - 1];
    }

    int Ping(std::size_t from, Ipv4Address to)
    {
        int answered = 0;
        Host(from).Ping(to, [&](Time rtt) {
            ++answered;
            m_rtt = rtt;
        });
        Simulator::Stop(Seconds(10));
        Simulator::Run();
        return answered;
    }

    Ptr<Node> m_node{CreateObject<Node>()};
    Ptr<AccessBridge> m_bridge{CreateObject<AccessBridge>()};
    std::vector<std::unique_ptr<StudyHost>> m_hosts;
    Time m_rtt;
};

const Time RESOLVED_FIRST = MicroSeconds(4); // request, reply, echo, answer: a cable each
const Time KNOWN = MicroSeconds(2);

} // namespace

TEST_F(StudyHostTest, PingResolvesTheAddressOnceAndTellsTheOtherSide)
{
    EXPECT_EQ(Ping(1, Host(2).GetAddress()), 1);
    EXPECT_EQ(m_rtt, RESOLVED_FIRST);
    EXPECT_EQ(Ping(1, Host(2).GetAddress()), 1);
    EXPECT_EQ(m_rtt, KNOWN);
    EXPECT_EQ(Ping(2, Host(1).GetAddress()), 1);
    EXPECT_EQ(m_rtt, KNOWN); // RFC 826: it learned from the request
    EXPECT_EQ(Ping(3, Host(2).GetAddress()), 1);
    EXPECT_EQ(m_rtt, RESOLVED_FIRST); // what was not for it taught nothing
    EXPECT_EQ(Ping(3, Ipv4Address("10.0.0.99")), 0);
}

TEST_F(StudyHostTest, AnnouncementCorrectsWhatIsKnown)
{
    EXPECT_EQ(Ping(1, Host(2).GetAddress()), 1);
    // Another one takes over the address of host 2.
    StudyHost heir(Mac48Address("02:00:00:00:00:09"), Host(2).GetAddress());
    m_bridge->AddPort(heir.Plug(m_node));
    m_bridge->SetPortUp(Host(2).GetPort(), false);
    EXPECT_EQ(Ping(1, Host(2).GetAddress()), 0);
    heir.Announce();
    Simulator::Stop(MilliSeconds(1)); // on its way
    Simulator::Run();
    EXPECT_EQ(Ping(1, heir.GetAddress()), 1);
    EXPECT_EQ(m_rtt, RESOLVED_FIRST); // the heir asks for who asks it
}

TEST_F(StudyHostTest, MovesToAnotherPortAndLeavesTheOldOneDead)
{
    EXPECT_EQ(Ping(1, Host(2).GetAddress()), 1);
    m_bridge->AddPort(Host(2).Plug(m_node));
    EXPECT_EQ(Ping(1, Host(2).GetAddress()), 0); // the bridge knows the old port
    Host(2).Announce();
    EXPECT_EQ(Ping(1, Host(2).GetAddress()), 1);
}

TEST_F(StudyHostTest, HasNoPortBeforeItIsPlugged)
{
    StudyHost loose(Mac48Address("02:00:00:00:00:09"), Ipv4Address("10.0.0.9"));
    EXPECT_EQ(loose.GetPort(), nullptr);
    int answered = 0;
    loose.Ping(Host(1).GetAddress(), [&](Time) { ++answered; });
    Simulator::Stop(Seconds(10));
    Simulator::Run();
    EXPECT_EQ(answered, 0);
}
