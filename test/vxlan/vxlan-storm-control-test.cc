// SPDX-License-Identifier: GPL-2.0-only
// Storm control: each kind of flooded frame has a bound of its own, exact in each second.
#include "vxlan-lan-fixture.h"

namespace ns3
{

namespace
{

const Mac48Address GROUP_MAC("01:00:5e:01:02:03");
const Mac48Address STRANGER_MAC("02:99:00:00:00:01");

class VxlanStormControlTest : public VxlanDeviceTest
{
  protected:
    /** Two VTEPs; node 0's device has the three bounds. */
    void Prepare(uint32_t broadcasts, uint32_t multicasts, uint32_t unknown)
    {
        Build(2);
        m_device = AddDevice(0, 42, "239.0.0.42");
        m_device->SetAttribute("BroadcastLimit", UintegerValue(broadcasts));
        m_device->SetAttribute("MulticastLimit", UintegerValue(multicasts));
        m_device->SetAttribute("UnknownUnicastLimit", UintegerValue(unknown));
        m_other = AddDevice(1, 42, "239.0.0.42");
    }

    /** \returns how many of \p count frames to \p destination leave node 0 at \p when. */
    int Send(int count, Mac48Address destination, Time when)
    {
        Simulator::Schedule(when - Simulator::Now(), [this, count, destination] {
            for (int i = 0; i < count; ++i)
            {
                m_device->Send(Create<Packet>(46), destination, 0x88b5);
            }
        });
        RunUntil(when + MilliSeconds(20));
        return TakeSent()[0];
    }

    static Time At(int64_t milliseconds)
    {
        return MilliSeconds(milliseconds);
    }

    Ptr<VxlanNetDevice> m_device;
    Ptr<VxlanNetDevice> m_other;
};

} // namespace

TEST_F(VxlanStormControlTest, MulticastHasABoundOfItsOwn)
{
    Prepare(0, 3, 0);
    EXPECT_EQ(Send(3, GROUP_MAC, At(1100)), 3) << "the bound itself passes";
    EXPECT_EQ(Drops(0, "storm-control"), 0u);
    EXPECT_EQ(Send(4, GROUP_MAC, At(1200)), 0);
    EXPECT_EQ(Send(1, Mac48Address("01:00:5e:7f:00:01"), At(1300)), 0) << "of all groups together";
    EXPECT_EQ(Drops(0, "storm-control"), 5u);
    EXPECT_EQ(Send(10, Mac48Address::GetBroadcast(), At(1400)), 10);
    EXPECT_EQ(Send(10, STRANGER_MAC, At(1500)), 10);
    EXPECT_EQ(Send(5, GROUP_MAC, At(2000)), 3) << "another second";
    EXPECT_EQ(Drops(0, "storm-control"), 7u);
}

TEST_F(VxlanStormControlTest, UnknownUnicastHasABoundOfItsOwn)
{
    Prepare(0, 0, 2);
    EXPECT_EQ(Send(5, STRANGER_MAC, At(1100)), 2);
    EXPECT_EQ(Send(1, Mac48Address("02:99:00:00:00:02"), At(1200)), 0) << "of all together";
    EXPECT_EQ(Drops(0, "storm-control"), 4u);
    EXPECT_EQ(Send(10, GROUP_MAC, At(1300)), 10);
    EXPECT_EQ(Send(10, Mac48Address::GetBroadcast(), At(1400)), 10);
    EXPECT_EQ(Send(2, STRANGER_MAC, At(2100)), 2);
    EXPECT_EQ(Drops(0, "storm-control"), 4u);
}

TEST_F(VxlanStormControlTest, KnownUnicastIsNoStorm)
{
    Prepare(1, 1, 1);
    const Mac48Address known = Mac48Address::ConvertFrom(m_other->GetAddress());
    EXPECT_EQ(Send(4, known, At(1100)), 1) << "not yet known";
    Simulator::Schedule(At(100), [this] {
        m_other->Send(Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5);
    });
    RunUntil(At(1500));
    EXPECT_EQ(TakeSent(), (Counts{{1, 1}}));
    EXPECT_EQ(Send(50, known, At(1600)), 50);
    EXPECT_EQ(Drops(0, "storm-control"), 3u);
}

TEST_F(VxlanStormControlTest, TheKindsDoNotShareTheirBounds)
{
    Prepare(1, 2, 3);
    EXPECT_EQ(Send(5, Mac48Address::GetBroadcast(), At(1100)), 1);
    EXPECT_EQ(Send(5, GROUP_MAC, At(1200)), 2);
    EXPECT_EQ(Send(5, STRANGER_MAC, At(1300)), 3);
    EXPECT_EQ(Drops(0, "storm-control"), 4u + 3u + 2u);
    EXPECT_EQ(Drops(1, "storm-control"), 0u) << "it is the sender's";
}

} // namespace ns3
