// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.2 and RFC 5015 §3.3 at the forwarder: which entry, which interfaces, which upcalls.
#include "forwarder-fixture.h"

namespace ns3
{

using MulticastForwarderTest = ForwarderFixture;

TEST_F(MulticastForwarderTest, SourceEntryWinsOverStarG)
{
    m_forwarder.Set(Any("239.1.1.1"), Spec(1, {2, 3}));
    m_forwarder.Set(Key("10.0.0.1", "239.1.1.1"), Spec(4, {2}));
    EXPECT_EQ(Out(Send(Key("10.0.0.1", "239.1.1.1"), 4)), InterfaceSet({2}));
    EXPECT_EQ(Out(Send(Key("10.0.0.2", "239.1.1.1"), 1)), InterfaceSet({2, 3}));
    EXPECT_EQ(m_upcalls.Take(), "");
    EXPECT_EQ(m_forwarder.GetCache().Find(Any("239.1.1.1"))->packets, 1u);
    EXPECT_EQ(m_forwarder.GetCache().Find(Any("239.1.1.1"))->bytes, 120u);
}

TEST_F(MulticastForwarderTest, MissTellsAndDrops)
{
    EXPECT_EQ(Send(Key("10.0.0.1", "239.1.1.1"), 1).outcome, Outcome::NO_ENTRY);
    EXPECT_EQ(m_upcalls.Take(), "no-entry 10.0.0.1 239.1.1.1 1\n");
}

TEST_F(MulticastForwarderTest, PacketThatMadeTheRowIsForwarded)
{
    m_upcalls.react = [&](const std::string&, const SourceGroup& key) {
        m_forwarder.Set(key, Spec(1, {5}));
        return Verdict::RETRY;
    };
    const MulticastDecision decision = Send(Key("10.0.0.1", "239.1.1.1"), 1);
    EXPECT_EQ(decision.outcome, Outcome::FORWARDED);
    EXPECT_EQ(Out(decision), InterfaceSet({5}));
    EXPECT_EQ(m_upcalls.Take(), "no-entry 10.0.0.1 239.1.1.1 1\n");
}

TEST_F(MulticastForwarderTest, RetryWithoutChangeEnds)
{
    m_upcalls.react = [](const std::string&, const SourceGroup&) { return Verdict::RETRY; };
    EXPECT_EQ(Send(Key("10.0.0.1", "239.1.1.1"), 1).outcome, Outcome::NO_ENTRY);
    m_forwarder.Set(Any("239.1.1.1"), Spec(2, {3}));
    EXPECT_EQ(Send(Key("10.0.0.1", "239.1.1.1"), 1).outcome, Outcome::WRONG_INTERFACE);
    EXPECT_EQ(m_upcalls.Take(),
              "no-entry 10.0.0.1 239.1.1.1 1\nwrong-interface 0.0.0.0 239.1.1.1 1\n");
}

TEST_F(MulticastForwarderTest, WrongInterfaceMovesToTheSourceTree)
{
    // RFC 7761 §4.2.2: the first packet on the source's own path sets the SPT bit.
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    m_forwarder.Set(key, Spec(1, {3}));
    m_upcalls.react = [&](const std::string&, const SourceGroup& entry) {
        m_forwarder.Set(entry, Spec(2, {3}));
        return Verdict::RETRY;
    };
    EXPECT_EQ(Out(Send(key, 2)), InterfaceSet({3}));
    EXPECT_EQ(m_upcalls.Take(), "wrong-interface 10.0.0.1 239.1.1.1 2\n");
    m_upcalls.react = nullptr;
    EXPECT_EQ(Send(key, 1).outcome, Outcome::WRONG_INTERFACE);
    EXPECT_EQ(m_forwarder.GetCache().Find(key)->wrongInterfacePackets, 2u);
    EXPECT_EQ(m_forwarder.GetCache().Find(key)->packets, 1u);
}

TEST_F(MulticastForwarderTest, UpcallMayRemoveTheEntry)
{
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    m_forwarder.Set(key, Spec(1, {3}));
    m_upcalls.react = [&](const std::string&, const SourceGroup& entry) {
        m_forwarder.Remove(entry);
        return Verdict::RETRY;
    };
    EXPECT_EQ(Send(key, 2).outcome, Outcome::NO_ENTRY);
}

TEST_F(MulticastForwarderTest, NeverBackToWhereItCameFrom)
{
    m_forwarder.Set(Any("239.1.1.1"), Spec(1, {1, 2}));
    EXPECT_EQ(Out(Send(Key("10.0.0.1", "239.1.1.1"), 1)), InterfaceSet({2}));
}

TEST_F(MulticastForwarderTest, BidirectionalEntryAcceptsFromItsTree)
{
    // RFC 5015 §3.3: from the RPF interface and wherever this router is the DF.
    MulticastEntrySpec spec = Spec(1, {1, 2, 3});
    spec.accepting = {2, 3, 4};
    m_forwarder.Set(Any("239.1.1.1"), spec);
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    EXPECT_EQ(Out(Send(key, 1)), InterfaceSet({2, 3}));
    EXPECT_EQ(Out(Send(key, 2)), InterfaceSet({1, 3}));
    EXPECT_EQ(Out(Send(key, 4)), InterfaceSet({1, 2, 3}));
    EXPECT_EQ(Send(key, 5).outcome, Outcome::WRONG_INTERFACE);
    // The routes are kept, not made anew.
    EXPECT_EQ(Send(key, 2).route, Send(key, 2).route);
    EXPECT_EQ(Send(key, 4).route, Send(key, 4).route);
    // A changed entry makes new ones.
    spec.outgoing = {2};
    m_forwarder.Set(Any("239.1.1.1"), spec);
    EXPECT_EQ(Send(key, 2).outcome, Outcome::FORWARDED);
    EXPECT_EQ(Send(key, 2).route, nullptr);
}

TEST_F(MulticastForwarderTest, EntriesToTheSameInterfacesShareARoute)
{
    const SourceGroup one = Key("10.0.0.1", "239.1.1.1");
    const SourceGroup other = Key("10.0.0.2", "239.1.1.2");
    m_forwarder.Set(one, Spec(1, {2, 3}));
    m_forwarder.Set(other, Spec(4, {2, 3}));
    const Ptr<Ipv4MulticastRoute> route = Send(one, 1).route;
    EXPECT_EQ(route->GetOrigin(), one.GetSource());
    EXPECT_EQ(Send(other, 4).route, route);
    EXPECT_EQ(route->GetGroup(), other.GetGroup());
    EXPECT_EQ(route->GetOrigin(), other.GetSource());
    EXPECT_EQ(route->GetParent(), 4u);
    m_forwarder.Set(one, Spec(1, {2}));
    EXPECT_EQ(Out(Send(one, 1)), InterfaceSet({2}));
    EXPECT_EQ(Out(Send(other, 4)), InterfaceSet({2, 3}));
}

TEST(MulticastRoutePoolTest, LetsGoOfRoutesThatNobodyHas)
{
    MulticastRoutePool pool;
    const Ptr<Ipv4MulticastRoute> kept = pool.Get({1, 70});
    EXPECT_EQ(kept->GetOutputTtlMap(), (std::map<uint32_t, uint32_t>{{1, 1}, {70, 1}}));
    for (uint32_t i = 2; i < 1000; ++i)
    {
        pool.Get({i});
    }
    EXPECT_LE(pool.GetSize(), 64u);
    EXPECT_EQ(pool.Get({1, 70}), kept);
}

TEST_F(MulticastForwarderTest, RegisterTunnelIsAnOutgoingAndAnIncomingInterface)
{
    MulticastEntrySpec spec = Spec(1, {});
    spec.registerTunnel = true;
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    m_forwarder.Set(key, spec);
    const MulticastDecision decision = Send(key, 1);
    EXPECT_EQ(decision.outcome, Outcome::FORWARDED);
    EXPECT_EQ(decision.route, nullptr);
    EXPECT_EQ(m_upcalls.Take(), "register 10.0.0.1 239.1.1.1 10\n");

    m_forwarder.Set(Any("239.1.1.2"), Spec(MulticastEntrySpec::REGISTER_INTERFACE, {2, 3}));
    EXPECT_EQ(Out(Send(Key("10.0.0.1", "239.1.1.2"), MulticastEntrySpec::REGISTER_INTERFACE)),
              InterfaceSet({2, 3}));
    EXPECT_EQ(Send(Key("10.0.0.1", "239.1.1.2"), 1).outcome, Outcome::WRONG_INTERFACE);
}

TEST_F(MulticastForwarderTest, WhileItsProcessHangsEntriesForwardWithoutUpcalls)
{
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    MulticastEntrySpec spec = Spec(1, {2});
    spec.registerTunnel = true;
    spec.notifySources = true;
    spec.threshold = MulticastThreshold::FirstPacket();
    m_forwarder.Set(Any("239.1.1.1"), spec);
    m_forwarder.SetProcessHanging(true);
    EXPECT_EQ(Out(Send(key, 1)), InterfaceSet({2}));
    EXPECT_EQ(Send(key, 3).outcome, Outcome::WRONG_INTERFACE);
    EXPECT_EQ(Send(Key("10.0.0.1", "239.9.9.9"), 1).outcome, Outcome::NO_ENTRY);
    EXPECT_EQ(m_upcalls.Take(), "");
    EXPECT_EQ(m_forwarder.GetCache().Find(Any("239.1.1.1"))->packets, 1u);
    // What was not told comes with the next packet.
    m_forwarder.SetProcessHanging(false);
    EXPECT_EQ(Out(Send(key, 1)), InterfaceSet({2}));
    EXPECT_EQ(m_upcalls.Take(),
              "source 10.0.0.1 239.1.1.1 1\nthreshold 10.0.0.1 239.1.1.1 1\n"
              "register 10.0.0.1 239.1.1.1 10\n");
}

TEST_F(MulticastForwarderTest, MoreThan32Interfaces)
{
    InterfaceSet many;
    for (uint32_t i = 1; i <= 200; ++i)
    {
        many.Add(i);
    }
    m_forwarder.Set(Any("239.1.1.1"), Spec(201, many));
    EXPECT_EQ(Out(Send(Key("10.0.0.1", "239.1.1.1"), 201)), many);
}

TEST_F(MulticastForwarderTest, FirstPacketThreshold)
{
    MulticastEntrySpec spec = Spec(1, {2});
    spec.threshold = MulticastThreshold::FirstPacket();
    m_forwarder.Set(Any("239.1.1.1"), spec);
    m_upcalls.react = [&](const std::string&, const SourceGroup& key) {
        m_forwarder.Set(key, Spec(1, {3}));
        return Verdict::RETRY;
    };
    // The packet that crossed is forwarded by the entry that it made.
    EXPECT_EQ(Out(Send(Key("10.0.0.1", "239.1.1.1"), 1)), InterfaceSet({3}));
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
    Send(Key("10.0.0.1", "239.1.1.1"), 1);
    EXPECT_EQ(m_upcalls.Take(), "");
    // Once the source's entry is gone, its next packet counts as its first.
    m_forwarder.Remove(Key("10.0.0.1", "239.1.1.1"));
    Send(Key("10.0.0.1", "239.1.1.1"), 1);
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
}

TEST_F(MulticastForwarderTest, ThresholdIsToldOnceIfNothingCameOfIt)
{
    MulticastEntrySpec spec = Spec(1, {2});
    spec.threshold = MulticastThreshold::FirstPacket();
    m_forwarder.Set(Any("239.1.1.1"), spec);
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    Send(key, 1);
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
    m_forwarder.Rearm(key);
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
    // A new entry of the group remembers nothing of the old one.
    m_forwarder.Remove(Any("239.1.1.1"));
    m_clock.Advance(Seconds(1));
    m_forwarder.Set(Any("239.1.1.1"), spec);
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
    // Nor is a source remembered that has been silent for long.
    m_clock.Advance(Seconds(421));
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
}

TEST_F(MulticastForwarderTest, BytesPerIntervalCrossExactly)
{
    MulticastEntrySpec spec = Spec(1, {2});
    spec.threshold = {MulticastThreshold::Unit::BYTES, 20000, Seconds(10)};
    m_forwarder.Set(Any("239.1.1.1"), spec);
    // 10 kbit/s of 1470-byte payloads never reaches it.
    for (int i = 0; i < 510; ++i)
    {
        Send(Key("10.0.0.1", "239.1.1.1"), 1, 1498);
        m_clock.Advance(MilliSeconds(1176));
    }
    EXPECT_EQ(m_upcalls.Take(), "");
    // 100 kbit/s does, at its 14th packet; each source is counted apart.
    for (int i = 1; i <= 14; ++i)
    {
        EXPECT_EQ(m_upcalls.Take(), "") << i;
        Send(Key("10.0.0.2", "239.1.1.1"), 1, 1498);
        m_clock.Advance(MicroSeconds(117600));
    }
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.2 239.1.1.1 1\n");
}

TEST_F(MulticastForwarderTest, WindowSlides)
{
    MulticastEntrySpec spec = Spec(1, {2});
    spec.threshold = {MulticastThreshold::Unit::PACKETS, 4, Seconds(10)};
    m_forwarder.Set(Any("239.1.1.1"), spec);
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    // Three at 9 s and three at 11 s: no window that starts at a multiple of 10 s holds four.
    m_clock.Advance(Seconds(9));
    for (int i = 0; i < 3; ++i)
    {
        Send(key, 1);
    }
    m_clock.Advance(Seconds(2));
    EXPECT_EQ(m_upcalls.Take(), "");
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
}

TEST_F(MulticastForwarderTest, CountGoesOnWhenTheSourceGetsItsOwnRow)
{
    MulticastEntrySpec spec = Spec(1, {2});
    spec.threshold = {MulticastThreshold::Unit::PACKETS, 4, Seconds(10)};
    m_forwarder.Set(Any("239.1.1.1"), spec);
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    Send(key, 1);
    Send(key, 1);
    m_forwarder.Set(key, spec);
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "");
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
}

TEST_F(MulticastForwarderTest, PollingTellsOnlyAtItsTicks)
{
    m_forwarder.SetPollInterval(Seconds(5));
    MulticastEntrySpec spec = Spec(1, {2});
    spec.threshold = MulticastThreshold::FirstPacket();
    m_forwarder.Set(Any("239.1.1.1"), spec);
    m_clock.Advance(Seconds(1));
    Send(Key("10.0.0.2", "239.1.1.1"), 1);
    Send(Key("10.0.0.1", "239.1.1.1"), 1);
    m_clock.Advance(MilliSeconds(3999));
    EXPECT_EQ(m_upcalls.Take(), "");
    m_clock.Advance(MilliSeconds(1));
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\nthreshold 10.0.0.2 239.1.1.1 1\n");
    spec.threshold = {MulticastThreshold::Unit::PACKETS, 3, Seconds(10)};
    m_forwarder.Set(Any("239.1.1.2"), spec);
    for (int i = 0; i < 3; ++i)
    {
        Send(Key("10.0.0.1", "239.1.1.2"), 1);
    }
    EXPECT_EQ(m_upcalls.Take(), "");
    m_clock.Advance(Seconds(5));
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.2 1\n");
}

TEST_F(MulticastForwarderTest, TellsEachSourceOnce)
{
    MulticastEntrySpec spec = Spec(1, {2});
    spec.notifySources = true;
    spec.threshold = {MulticastThreshold::Unit::PACKETS, 2, Seconds(10)};
    m_forwarder.Set(Any("239.1.1.1"), spec);
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    EXPECT_EQ(Send(key, 1).outcome, Outcome::FORWARDED);
    EXPECT_EQ(m_upcalls.Take(), "source 10.0.0.1 239.1.1.1 1\n");
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "threshold 10.0.0.1 239.1.1.1 1\n");
    Send(key, 1);
    EXPECT_EQ(m_upcalls.Take(), "");
    EXPECT_EQ(m_forwarder.GetCache().Find(Any("239.1.1.1"))->packets, 3u);
}

TEST_F(MulticastForwarderTest, IdleByData)
{
    MulticastEntrySpec spec = Spec(1, {2});
    spec.idleAfter = Seconds(210);
    const SourceGroup key = Key("10.0.0.1", "239.1.1.1");
    m_forwarder.Set(key, spec);
    m_clock.Advance(Seconds(100));
    Send(key, 1);
    Send(key, 9); // a wrong interface is no use
    m_clock.Advance(Seconds(209));
    EXPECT_EQ(*m_forwarder.GetIdleRemaining(key), Seconds(1));
    m_upcalls.Take();
    m_clock.Advance(MilliSeconds(999));
    EXPECT_EQ(m_upcalls.Take(), "");
    m_clock.Advance(MilliSeconds(1));
    EXPECT_EQ(m_upcalls.Take(), "idle 10.0.0.1 239.1.1.1 0\n");
    // Kept, it is watched on.
    m_clock.Advance(Seconds(210));
    EXPECT_EQ(m_upcalls.Take(), "idle 10.0.0.1 239.1.1.1 0\n");
    m_clock.Advance(Seconds(100));
    m_forwarder.RestartIdle(key);
    m_clock.Advance(Seconds(209));
    EXPECT_EQ(m_upcalls.Take(), "");
    m_forwarder.Remove(key);
    EXPECT_FALSE(m_forwarder.GetIdleRemaining(key));
    m_clock.Advance(Seconds(1000));
    EXPECT_EQ(m_upcalls.Take(), "");
}

TEST_F(MulticastForwarderTest, ANewOneKnowsNothingOfTheOld)
{
    MulticastEntrySpec spec = Spec(1, {2});
    spec.idleAfter = Seconds(10);
    spec.threshold = MulticastThreshold::FirstPacket();
    m_forwarder.Set(Key("10.0.0.1", "239.1.1.1"), spec);
    Send(Key("10.0.0.1", "239.1.1.1"), 1);
    m_upcalls.Take();
    Replace();
    EXPECT_EQ(m_forwarder.GetCache().GetSize(), 0u);
    EXPECT_EQ(m_clock.GetPending(), 0u);
    EXPECT_EQ(Send(Key("10.0.0.1", "239.1.1.1"), 1).outcome, Outcome::NO_ENTRY);
}

} // namespace ns3
