// SPDX-License-Identifier: GPL-2.0-only
// What a control plane is told and may decide, and the addresses on a device's side.
#include "support/fake-clock.h"
#include "vxlan-lan-fixture.h"

#include "ns3/arp-header.h"
#include "ns3/vxlan-control-plane.h"
#include "ns3/vxlan-head-end-control.h"

namespace ns3
{

namespace
{

/** Writes down what it is told; decides as it was told to. */
class RecordingControl : public VxlanControlPlane
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = TypeId("ns3::RecordingControl")
                                .SetParent<VxlanControlPlane>()
                                .AddConstructor<RecordingControl>();
        return tid;
    }

    void Start(const VxlanVtep& vtep) override
    {
        m_vtep = vtep;
        m_log << "start " << vtep.deviceName << ' ' << vtep.vni << ' ' << vtep.address << '\n';
    }

    void Stop() override
    {
        m_log << "stop\n";
    }

    bool NeedsLocalAddresses() const override
    {
        return true;
    }

    void NotifyLocalAddress(Mac48Address mac, Ipv4Address ip) override
    {
        m_log << "local " << mac << ' ' << ip << '\n';
    }

    void NotifyLocalAddressGone(Mac48Address mac) override
    {
        m_log << "gone " << mac << '\n';
    }

    VxlanVerdict Intercept(Ptr<const Packet> frame, const EthernetHeader& header) override
    {
        ++m_intercepted;
        EXPECT_EQ(frame->GetSize(), 14u + 46u);
        EXPECT_EQ(header.GetLengthType(), 0x88b5);
        return m_verdict;
    }

    bool Admit(Ptr<const Packet>, const EthernetHeader&, Ipv4Address vtep) override
    {
        return vtep != m_refused;
    }

    std::string TakeLog()
    {
        std::string text = m_log.str();
        m_log.str("");
        return text;
    }

    VxlanVtep m_vtep;
    VxlanVerdict m_verdict;
    Ipv4Address m_refused{Ipv4Address::GetAny()};
    int m_intercepted{0};

  private:
    std::ostringstream m_log;
};

} // namespace

class VxlanControlPlaneTest : public VxlanDeviceTest
{
  protected:
    /** Three VTEPs of VNI 42; node 0 has the recording control plane. */
    void SetUp() override
    {
        Build(3);
        m_device = AddDevice(0, 42, "");
        m_device->SetControlPlane(m_control);
        for (uint32_t i : {1, 2})
        {
            m_others.push_back(AddDevice(i, 42, "239.0.0.42"));
            m_others.back()->TraceConnectWithoutContext(
                "Frame",
                Callback<void, Ptr<const Packet>>([this, i](Ptr<const Packet>) { ++m_frames[i]; }));
        }
    }

    /** Sends 46 bytes from \p source through node 0's device. */
    bool Send(const char* source, const char* destination)
    {
        return m_device->SendFrom(
            Create<Packet>(46), Mac48Address(source), Mac48Address(destination), 0x88b5);
    }

    void RunFor(Time time)
    {
        RunUntil(Simulator::Now() + time);
    }

    Ptr<RecordingControl> m_control{CreateObject<RecordingControl>()};
    Ptr<VxlanNetDevice> m_device;
    std::vector<Ptr<VxlanNetDevice>> m_others;
    std::map<uint32_t, int> m_frames; //!< that have come out of the tunnel, by node
};

TEST_F(VxlanControlPlaneTest, IsToldOfTheVtepAndOfLocalAddresses)
{
    AddAddress(m_device, 0);
    RunFor(Seconds(1));
    EXPECT_EQ(m_control->TakeLog(),
              "start vxlan42 42 10.0.0.1\n"
              "local 02:42:00:00:2a:01 192.168.99.1\n");
    EXPECT_EQ(m_control->m_vtep.node, m_nodes.Get(0));
    EXPECT_EQ(m_control->m_vtep.fdb, &m_device->GetFdb());

    // A host behind the device: its first frame, then its first ARP packet.
    Send("02:00:00:00:00:07", "ff:ff:ff:ff:ff:ff");
    Send("02:00:00:00:00:07", "ff:ff:ff:ff:ff:ff");
    EXPECT_EQ(m_control->TakeLog(), "local 02:00:00:00:00:07 0.0.0.0\n");
    m_control->m_verdict.action = VxlanVerdict::Action::CONSUMED;
    m_device->Stop();
    EXPECT_EQ(m_control->TakeLog(), "stop\n");
}

TEST_F(VxlanControlPlaneTest, LearnsLocalIpAddressesFromAnyArpPacket)
{
    RunFor(Seconds(1));
    m_control->TakeLog();
    ArpHeader arp;
    arp.SetReply(Mac48Address("02:00:00:00:00:07"),
                 Ipv4Address("192.168.99.7"),
                 Mac48Address("02:00:00:00:00:08"),
                 Ipv4Address("192.168.99.8"));
    m_device->GetFdb().Set(
        Mac48Address("02:00:00:00:00:08"), Ipv4Address("10.0.0.2"), VxlanFdbOrigin::EVPN);
    for (int i = 0; i < 2; ++i)
    {
        Ptr<Packet> packet = Create<Packet>();
        packet->AddHeader(arp);
        m_device->SendFrom(
            packet, Mac48Address("02:00:00:00:00:07"), Mac48Address("02:00:00:00:00:08"), 0x0806);
    }
    EXPECT_EQ(m_control->TakeLog(), "local 02:00:00:00:00:07 192.168.99.7\n");
    EXPECT_EQ(m_control->m_intercepted, 0); // a unicast entry covers it
    RunFor(Seconds(299));
    EXPECT_EQ(m_control->TakeLog(), "");
    RunFor(Seconds(1));
    EXPECT_EQ(m_control->TakeLog(), "gone 02:00:00:00:00:07\n");
    Send("02:00:00:00:00:07", "02:00:00:00:00:08");
    m_device->ForgetLocalAddress(Mac48Address("02:00:00:00:00:07"));
    EXPECT_EQ(m_control->TakeLog(), "local 02:00:00:00:00:07 0.0.0.0\ngone 02:00:00:00:00:07\n");
    EXPECT_EQ(TakeSent(), (Counts{{0, 3}}));
}

TEST_F(VxlanControlPlaneTest, DecidesBeforeAFrameIsFlooded)
{
    RunFor(Seconds(1));
    const char* const everybody = "ff:ff:ff:ff:ff:ff";
    // No default destination: a flood goes nowhere.
    EXPECT_FALSE(Send("02:00:00:00:00:07", everybody));
    EXPECT_EQ(Drops(0, "no-remote"), 1u);

    m_control->m_verdict = {VxlanVerdict::Action::SEND, {Ipv4Address("10.0.0.3")}};
    EXPECT_TRUE(Send("02:00:00:00:00:07", everybody));
    EXPECT_TRUE(Send("02:00:00:00:00:07", "02:00:00:00:00:08")); // unknown unicast
    EXPECT_TRUE(Send("02:00:00:00:00:07", "01:00:5e:01:02:03"));
    RunFor(Seconds(1));
    EXPECT_EQ(m_frames, (std::map<uint32_t, int>{{2, 3}}));

    m_control->m_verdict = {VxlanVerdict::Action::CONSUMED, {}};
    EXPECT_TRUE(Send("02:00:00:00:00:07", everybody));
    RunFor(Seconds(1));
    EXPECT_EQ(m_frames, (std::map<uint32_t, int>{{2, 3}}));
    EXPECT_EQ(m_control->m_intercepted, 5);
    EXPECT_EQ(m_device->GetFlooded(), 0u);
    EXPECT_EQ(TakeSent(), (Counts{{0, 3}}));
}

TEST_F(VxlanControlPlaneTest, SetsDestinationsByInnerGroup)
{
    RunFor(Seconds(1));
    VxlanFdb& fdb = m_device->GetFdb();
    const Mac48Address group("01:00:5e:01:02:03");
    fdb.AddDefault(Ipv4Address("10.0.0.2"));
    fdb.AddDefault(Ipv4Address("10.0.0.3"));
    fdb.SetGroup(group, {Ipv4Address("10.0.0.3")}, VxlanFdbOrigin::CONTROLLER);
    EXPECT_TRUE(Send("02:00:00:00:00:07", "01:00:5e:01:02:03"));
    RunFor(Seconds(1));
    EXPECT_EQ(m_frames, (std::map<uint32_t, int>{{2, 1}}));
    EXPECT_TRUE(Send("02:00:00:00:00:07", "01:00:5e:01:02:04")); // another group
    RunFor(Seconds(1));
    EXPECT_EQ(m_frames, (std::map<uint32_t, int>{{1, 1}, {2, 2}}));
    fdb.SetGroup(group, {}, VxlanFdbOrigin::CONTROLLER); // no member
    EXPECT_FALSE(Send("02:00:00:00:00:07", "01:00:5e:01:02:03"));
    ASSERT_EQ(fdb.GetGroups().size(), 1u);
    EXPECT_EQ(fdb.GetGroups()[0].mac, group);
    EXPECT_TRUE(fdb.RemoveGroup(group));
    EXPECT_FALSE(fdb.RemoveGroup(group));
    EXPECT_TRUE(Send("02:00:00:00:00:07", "01:00:5e:01:02:03"));
    EXPECT_EQ(TakeSent(), (Counts{{0, 5}}));
}

TEST_F(VxlanControlPlaneTest, AnswersIntoItsOwnSideAndThroughTheTunnel)
{
    RunFor(Seconds(1));
    std::vector<std::string> received;
    m_device->SetPromiscReceiveCallback([&](Ptr<NetDevice>,
                                            Ptr<const Packet> packet,
                                            uint16_t protocol,
                                            const Address& from,
                                            const Address&,
                                            NetDevice::PacketType) {
        std::ostringstream os;
        os << Mac48Address::ConvertFrom(from) << ' ' << protocol << ' ' << packet->GetSize();
        received.push_back(os.str());
        return true;
    });
    EthernetHeader header(false);
    header.SetSource(Mac48Address("02:00:00:00:00:08"));
    header.SetDestination(Mac48Address("02:00:00:00:00:07"));
    header.SetLengthType(0x88b5);
    Ptr<Packet> frame = Create<Packet>(46);
    frame->AddHeader(header);
    m_control->m_vtep.deliverLocally(frame);
    EXPECT_EQ(received, (std::vector<std::string>{"02:00:00:00:00:08 34997 46"}));
    EXPECT_EQ(m_device->GetFdb().GetSize(), 0u); // nothing is learned from it

    m_control->m_vtep.sendTo(frame, Ipv4Address("10.0.0.2"));
    RunFor(Seconds(1));
    EXPECT_EQ(m_frames, (std::map<uint32_t, int>{{1, 1}}));
    EXPECT_EQ(TakeSent(), (Counts{{0, 1}}));
}

TEST_F(VxlanControlPlaneTest, MayRefuseAFrameFromTheTunnelAndLearnsNothing)
{
    RunFor(Seconds(1));
    m_control->m_refused = Ipv4Address("10.0.0.2");
    for (const Ptr<VxlanNetDevice>& device : m_others)
    {
        device->GetFdb().AddDefault(Ipv4Address("10.0.0.1"));
        device->Send(Create<Packet>(46), Mac48Address::GetBroadcast(), 0x88b5);
    }
    RunFor(Seconds(1));
    EXPECT_EQ(Drops(0, "refused"), 1u);
    EXPECT_EQ(m_device->GetFdb().GetSize(), 0u);
    EXPECT_EQ(TakeSent(), (Counts{{1, 2}, {2, 2}})); // to the group, too
}

TEST(VxlanHeadEndControlTest, TakesItsListAsAnAttribute)
{
    Ptr<VxlanHeadEndControl> control = CreateObject<VxlanHeadEndControl>();
    EXPECT_TRUE(control->SetAttributeFailSafe("Remotes", StringValue("10.0.0.1,10.0.0.2")));
    EXPECT_FALSE(control->SetAttributeFailSafe("Remotes", StringValue("10.0.0.1,10.0.0")));
    StringValue text;
    control->GetAttribute("Remotes", text);
    EXPECT_EQ(text.Get(), "10.0.0.1,10.0.0.2");
}

TEST(VxlanLocalAddressesTest, SilentAddressesAgeButTheDevicesOwnStays)
{
    FakeClock clock;
    std::ostringstream log;
    VxlanLocalAddresses table(
        clock,
        [&](Mac48Address mac, Ipv4Address ip) { log << '+' << mac << ' ' << ip << '\n'; },
        [&](Mac48Address mac) { log << '-' << mac << '\n'; });
    const Mac48Address own("02:00:00:00:00:01");
    const Mac48Address host("02:00:00:00:00:02");
    table.AddOwn(own, Ipv4Address("10.0.0.1"));
    table.See(host, Ipv4Address::GetAny());
    table.See(host, Ipv4Address("10.0.0.2"));
    table.See(host, Ipv4Address("10.0.0.3"));
    clock.Advance(Seconds(200));
    table.See(host, Ipv4Address("10.0.0.2"));
    clock.Advance(Seconds(299));
    EXPECT_TRUE(table.Has(host));
    clock.Advance(Seconds(1));
    EXPECT_FALSE(table.Has(host));
    EXPECT_TRUE(table.Has(own));
    table.SetAgeing(Seconds(10));
    table.See(host, Ipv4Address("10.0.0.2"));
    clock.Advance(Seconds(10));
    EXPECT_FALSE(table.Remove(host));
    EXPECT_TRUE(table.Remove(own));
    EXPECT_EQ(log.str(),
              "+02:00:00:00:00:01 10.0.0.1\n"
              "+02:00:00:00:00:02 0.0.0.0\n"
              "+02:00:00:00:00:02 10.0.0.2\n"
              "+02:00:00:00:00:02 10.0.0.3\n"
              "-02:00:00:00:00:02\n"
              "+02:00:00:00:00:02 10.0.0.2\n"
              "-02:00:00:00:00:02\n"
              "-02:00:00:00:00:01\n");
}

} // namespace ns3
