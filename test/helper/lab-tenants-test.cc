// SPDX-License-Identifier: GPL-2.0-only
// Tenants: hosts on access ports behind VTEPs, from boot to removal.
#include "ns3/config.h"
#include "ns3/lab-tenants.h"
#include "ns3/names.h"
#include "ns3/simulator.h"
#include "ns3/topology-loader.h"
#include "ns3/vxlan-helper.h"
#include "support/paths.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>

namespace ns3
{

class LabTenantsTest : public testing::Test
{
  protected:
    using Counts = std::map<std::string, int>;

    /** Two VTEPs, left and right, with devices "vx" of VNI 42 that know each other. */
    LabTenantsTest()
    {
        SetLabDefaults();
        LabSettings settings;
        settings.staticUnderlay = true;
        m_network = std::make_unique<LabNetwork>(m_topology, settings);
        m_tenants = std::make_unique<LabTenants>(*m_network);
        VxlanHelper helper(42);
        helper.SetName("vx");
        helper.SetRemotes({Underlay("left"), Underlay("right")});
        for (const std::string name : {"left", "right"})
        {
            LabNode& node = m_network->GetNode(name);
            node.vxlans["vx"] = helper.Install(node.node);
            node.endpoint->TraceConnectWithoutContext(
                "Tx",
                Callback<void, Ptr<const Packet>, uint32_t>(
                    [this, name](Ptr<const Packet>, uint32_t) { ++m_sent[name]; }));
        }
        RunFor(Seconds(1));
    }

    ~LabTenantsTest() override
    {
        Simulator::Destroy();
        Names::Clear();
        Config::Reset();
    }

    void TearDown() override
    {
        EXPECT_EQ(TakeSent(), Counts{}) << "a VTEP has sent what the test does not expect";
    }

    Ipv4Address Underlay(const std::string& node)
    {
        return m_network->GetNode(node).node->GetObject<Ipv4>()->GetAddress(1, 0).GetLocal();
    }

    /** A tenant t\p i, 02:00:00:00:00:0i and 192.168.99.i. */
    LabTenant& Add(uint8_t i, const std::string& node, bool announces = false)
    {
        LabTenantSpec spec;
        spec.name = "t" + std::to_string(i);
        spec.node = node;
        spec.device = "vx";
        spec.mac = Mac(i);
        spec.address = {Ipv4Address(0xc0a86300 + i), Ipv4Mask("/24")};
        spec.announces = announces;
        return m_tenants->Add(spec);
    }

    static Mac48Address Mac(uint8_t i)
    {
        const uint8_t bytes[6] = {2, 0, 0, 0, 0, i};
        Mac48Address mac;
        mac.CopyFrom(bytes);
        return mac;
    }

    /** \returns how many of \p count pings, 100 ms apart, are answered. */
    int Ping(LabTenant& from, const LabTenant& to, int count)
    {
        int answered = 0;
        const uint16_t series = from.echo->Open([&](const EchoReply&) { ++answered; });
        for (int i = 0; i < count; ++i)
        {
            from.echo->SendRequest(series, static_cast<uint16_t>(i), to.spec.address->first, 56);
            RunFor(MilliSeconds(100));
        }
        return answered;
    }

    void RunFor(Time time)
    {
        Simulator::Stop(time);
        Simulator::Run();
    }

    /** \returns the encapsulated frames that VTEPs have sent since the last call. */
    Counts TakeSent()
    {
        return std::exchange(m_sent, {});
    }

    /** \returns the VTEP that \p node has learned an address from, any if none. */
    Ipv4Address Learned(const std::string& node, uint8_t i)
    {
        const VxlanFdbEntry* entry =
            m_network->GetNode(node).vxlans.at("vx")->GetFdb().Find(Mac(i));
        return entry ? entry->vtep : Ipv4Address::GetAny();
    }

    const TopologyGraph m_topology{LoadTopology(SOURCE_DIR "/topologies/two-vteps.graphml")};
    std::unique_ptr<LabNetwork> m_network;
    std::unique_ptr<LabTenants> m_tenants;
    Counts m_sent;
};

TEST_F(LabTenantsTest, PingThroughTheOverlayAfterOneRequest)
{
    LabTenant& t1 = Add(1, "left");
    LabTenant& t2 = Add(2, "right");
    RunFor(Seconds(1));
    EXPECT_EQ(TakeSent(), Counts{}); // silent until they have something to send
    EXPECT_EQ(Ping(t1, t2, 3), 3);
    // The request and three pings; the answer and three. t2 has learned t1 from the request.
    EXPECT_EQ(TakeSent(), (Counts{{"left", 4}, {"right", 4}}));
    EXPECT_EQ(Learned("left", 2), Underlay("right"));
    EXPECT_EQ(Learned("right", 1), Underlay("left"));
    EXPECT_EQ(t1.device->GetMtu(), 1450);
}

TEST_F(LabTenantsTest, TenantsOfOneVtepMeetAtItsBridge)
{
    LabTenant& t1 = Add(1, "left");
    LabTenant& t2 = Add(2, "left");
    EXPECT_EQ(Ping(t1, t2, 3), 3);
    EXPECT_EQ(TakeSent(), (Counts{{"left", 1}})); // the request alone is flooded
    EXPECT_EQ(m_tenants->FindBridge("left", "vx")->Find(Mac(2)), Ptr<NetDevice>(t2.port));
    EXPECT_EQ(m_tenants->FindBridge("right", "vx"), nullptr);
}

TEST_F(LabTenantsTest, ABootMayBeAnnounced)
{
    Add(1, "left", true);
    RunFor(Seconds(1));
    EXPECT_EQ(TakeSent(), (Counts{{"left", 1}}));
    EXPECT_EQ(Learned("right", 1), Underlay("left"));
}

TEST_F(LabTenantsTest, AMoveThatIsAnnouncedLosesNothing)
{
    LabTenant& t1 = Add(1, "left");
    LabTenant& t2 = Add(2, "right");
    EXPECT_EQ(Ping(t1, t2, 1), 1);
    TakeSent();
    m_tenants->Move("t2", "left", true, Seconds(0));
    RunFor(MilliSeconds(100));
    EXPECT_EQ(t2.spec.node, "left");
    EXPECT_EQ(TakeSent(), (Counts{{"left", 1}}));
    EXPECT_EQ(Learned("right", 2), Underlay("left"));
    EXPECT_EQ(Ping(t1, t2, 3), 3);
    EXPECT_EQ(TakeSent(), Counts{}); // they are neighbours now
}

TEST_F(LabTenantsTest, ASilentMoveLosesUntilTheTenantSpeaks)
{
    LabTenant& t1 = Add(1, "left");
    LabTenant& t2 = Add(2, "right");
    LabTenant& t3 = Add(3, "right");
    EXPECT_EQ(Ping(t1, t2, 1), 1);
    EXPECT_EQ(Ping(t3, t2, 1), 1);
    TakeSent();
    m_tenants->Move("t2", "left", false, Seconds(0));
    // Left's bridge believes that t2 is behind the tunnel, right's that its port is still alive.
    EXPECT_EQ(Ping(t1, t2, 2), 0);
    EXPECT_EQ(Ping(t3, t2, 2), 0);
    EXPECT_EQ(TakeSent(), (Counts{{"left", 2}}));
    EXPECT_EQ(Ping(t2, t1, 1), 1);
    EXPECT_EQ(Ping(t1, t2, 2), 2);
    EXPECT_EQ(TakeSent(), Counts{});
}

TEST_F(LabTenantsTest, LossOfCarrierIsForgottenAtOnce)
{
    LabTenant& t2 = Add(2, "right");
    LabTenant& t3 = Add(3, "right");
    EXPECT_EQ(Ping(t3, t2, 1), 1);
    TakeSent();
    m_tenants->Move("t2", "left", false, Seconds(1));
    EXPECT_EQ(m_tenants->FindBridge("right", "vx")->Find(Mac(2)), nullptr);
    EXPECT_EQ(Ping(t3, t2, 2), 0);
    EXPECT_EQ(TakeSent(), (Counts{{"right", 2}})); // unknown now: flooded
    RunFor(Seconds(1));
    EXPECT_EQ(Ping(t3, t2, 2), 2); // flooded to the new place
    EXPECT_EQ(TakeSent(), (Counts{{"right", 2}, {"left", 2}}));
    m_tenants->Remove("t2");
    m_tenants->Remove("t2"); // does no harm
    EXPECT_EQ(Ping(t3, t2, 2), 0);
    EXPECT_EQ(TakeSent(), (Counts{{"right", 2}}));
}

/** Writes down what it hears. */
struct TenantLog : LabTenantObserver
{
    void OnTenant(const LabTenant& tenant) override
    {
        text += "+" + tenant.spec.name + "@" + tenant.spec.node + (tenant.port ? "!" : "") + " ";
    }

    void OnMove(const LabTenant& tenant, const std::string& to) override
    {
        text += tenant.spec.name + "@" + tenant.spec.node + ">" + to + " ";
    }

    void OnRemove(const LabTenant& tenant) override
    {
        text += "-" + tenant.spec.name + "@" + tenant.spec.node + " ";
    }

    std::string text;
};

TEST_F(LabTenantsTest, ObserversHearBeforeAnythingHappens)
{
    TenantLog log;
    m_tenants->AddObserver(log);
    Add(1, "left");
    m_tenants->Move("t1", "right", false, Seconds(5));
    EXPECT_EQ(log.text, "+t1@left t1@left>right ");
    m_tenants->Remove("t1");
    RunFor(Seconds(10)); // it does not arrive any more
    EXPECT_EQ(log.text, "+t1@left t1@left>right -t1@left ");
    EXPECT_EQ(m_tenants->Find("t1")->port, nullptr);
}

TEST_F(LabTenantsTest, ABridgeThatIsDownForwardsNothing)
{
    LabTenant& t1 = Add(1, "left");
    LabTenant& t2 = Add(2, "left");
    EXPECT_EQ(Ping(t1, t2, 1), 1);
    m_tenants->SetNodeUp("left", false);
    EXPECT_EQ(Ping(t1, t2, 1), 0);
    m_tenants->SetNodeUp("left", true);
    EXPECT_EQ(m_tenants->FindBridge("left", "vx")->Find(Mac(1)), nullptr);
    EXPECT_EQ(Ping(t1, t2, 1), 1);
    TakeSent();
}

TEST_F(LabTenantsTest, APortIsUsedAgain)
{
    LabTenant& t1 = Add(1, "left");
    const Ptr<SwitchedLanDevice> port = t1.port;
    m_tenants->Move("t1", "right", false, Seconds(1));
    RunFor(Seconds(2));
    EXPECT_NE(t1.port, port);
    m_tenants->Move("t1", "left", false, Seconds(0));
    EXPECT_EQ(t1.port, port);
    LabTenant& t2 = Add(2, "right");
    EXPECT_EQ(Ping(t1, t2, 1), 1);
    TakeSent();
}

TEST_F(LabTenantsTest, AnAnswerMayNameAnAddressThatNeverSends)
{
    LabTenantSpec spec;
    spec.name = "n2";
    spec.node = "right";
    spec.device = "vx";
    spec.mac = Mac(2);
    spec.address = {Ipv4Address("192.168.99.2"), Ipv4Mask("/24")};
    spec.answers = Mac(200);
    LabTenant& t1 = Add(1, "left");
    LabTenant& n2 = m_tenants->Add(spec);
    EXPECT_EQ(Ping(t1, n2, 2), 2);
    EXPECT_EQ(Learned("left", 2), Underlay("right"));
    EXPECT_EQ(Learned("left", 200), Ipv4Address::GetAny()); // flooded for ever
    TakeSent();
}

TEST_F(LabTenantsTest, ALightTenantCostsWhatOneWithAStackDoes)
{
    LabTenantSpec spec;
    spec.device = "vx";
    spec.isLight = true;
    const auto add = [&](uint8_t i, const std::string& node) -> LabTenant& {
        spec.name = "t" + std::to_string(i);
        spec.node = node;
        spec.mac = Mac(i);
        spec.address = {Ipv4Address(0xc0a86300 + i), Ipv4Mask("/24")};
        return m_tenants->Add(spec);
    };
    LabTenant& t1 = add(1, "left");
    add(2, "right");
    EXPECT_EQ(t1.node->GetObject<Ipv4>(), nullptr);
    int answered = 0;
    const uint16_t series = t1.light->Open([&](const EchoReply&) { ++answered; });
    for (uint16_t i = 0; i < 3; ++i)
    {
        EXPECT_TRUE(t1.light->SendRequest(series, i, Ipv4Address("192.168.99.2"), 56));
        RunFor(MilliSeconds(100));
    }
    EXPECT_EQ(answered, 3);
    EXPECT_EQ(TakeSent(), (Counts{{"left", 4}, {"right", 4}}));
    // Nobody has it: three requests, a second apart, as from ns-3's ARP.
    t1.light->SendRequest(series, 9, Ipv4Address("192.168.99.77"), 56);
    RunFor(Seconds(10));
    EXPECT_EQ(TakeSent(), (Counts{{"left", 3}}));
    EXPECT_FALSE(t1.light->SendRequest(series, 9, Ipv4Address("10.0.0.1"), 56)); // no router
    t1.light->SendRequest(series, 10, Ipv4Address("192.168.99.255"), 56);
    RunFor(Seconds(1));
    EXPECT_EQ(answered, 4);
    TakeSent();
}

TEST_F(LabTenantsTest, RefusesWhatCannotBe)
{
    Add(1, "left");
    EXPECT_THROW(Add(1, "right"), std::invalid_argument);
    LabTenantSpec twin = m_tenants->Find("t1")->spec;
    twin.name = "twin";
    EXPECT_THROW(m_tenants->Add(twin), std::invalid_argument);
    twin.mac = Mac(9);
    twin.device = "vx9";
    EXPECT_THROW(m_tenants->Add(twin), std::invalid_argument);
    twin.name = "left"; // a node
    twin.device = "vx";
    EXPECT_THROW(m_tenants->Add(twin), std::invalid_argument);
    EXPECT_EQ(m_tenants->Find("twin"), nullptr);
    EXPECT_THROW(m_tenants->Move("t9", "left", false, Seconds(0)), std::invalid_argument);
    EXPECT_THROW(m_tenants->Move("t1", "middle", false, Seconds(0)), std::invalid_argument);
    EXPECT_EQ(m_tenants->Find("t1")->spec.node, "left");
    EXPECT_THROW(m_tenants->Remove("t9"), std::invalid_argument);
}

} // namespace ns3
