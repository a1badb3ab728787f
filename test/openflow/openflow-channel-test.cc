// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §6.3: the channel's machine, walked state by state, and what each end answers to
// messages that are malformed, too early or not its own.
#include "openflow-fake-lab.h"

#include <gtest/gtest.h>

#include <random>

using namespace ns3;

namespace
{

/** A switch's end of a channel, whose other end is the test. */
class OpenflowChannelTest : public ::testing::Test
{
  protected:
    /** Records what the switch does with its connection. */
    class Switch : public FakeSwitch
    {
      public:
        using FakeSwitch::FakeSwitch;

        void Connect() override
        {
            ++connects;
        }

        void Disconnect() override
        {
            ++disconnects;
        }

        void SendToController(const std::vector<uint8_t>& bytes) override
        {
            sent.push_back(bytes);
        }

        int connects{0};
        int disconnects{0};
        std::vector<std::vector<uint8_t>> sent;
    };

    OpenflowChannelTest()
        : m_switch(m_lab, Ipv4Address("10.0.0.1"), MakeConfig())
    {
        FakeOpenflowLab::AddAccess(m_switch, 42);
        m_switch.instance->Start(true);
    }

    static OpenflowSwitchConfig MakeConfig()
    {
        OpenflowSwitchConfig config;
        config.datapathId = 1;
        return config;
    }

    void Receive(const std::string& hex)
    {
        m_switch.instance->ReceiveFromController(FromHex(hex));
    }

    void Establish()
    {
        m_switch.instance->NotifyConnected();
        Receive("0400000800000001");
        m_switch.sent.clear();
        m_switch.record.steps.clear();
    }

    /** \returns the error that the last message sent is, or "". */
    std::string LastError() const
    {
        if (m_switch.sent.empty() || m_switch.sent.back()[1] != 1)
        {
            return "";
        }
        const auto& bytes = m_switch.sent.back();
        return ToString(OpenflowError(static_cast<OpenflowErrorType>(bytes[8] << 8 | bytes[9]),
                                      static_cast<uint16_t>(bytes[10] << 8 | bytes[11])));
    }

    /** \returns the error that a message in an established session gets. */
    std::string Answer(const std::string& hex)
    {
        m_switch.sent.clear();
        Receive(hex);
        return LastError();
    }

    OpenflowChannelState GetState() const
    {
        return m_switch.instance->GetChannelState();
    }

    FakeOpenflowLab m_lab;
    Switch m_switch;
};

} // namespace

TEST_F(OpenflowChannelTest, WalkOfASession)
{
    EXPECT_EQ(GetState(), OpenflowChannelState::CONNECTING);
    m_switch.instance->NotifyClosed();
    EXPECT_EQ(GetState(), OpenflowChannelState::BACKOFF);
    m_lab.Run(4.9);
    EXPECT_EQ(m_switch.connects, 1);
    m_lab.Run(0.2);
    EXPECT_EQ(m_switch.connects, 2);
    // TCP hangs: the next attempt all the same.
    m_lab.Run(5);
    EXPECT_EQ(m_switch.connects, 3);
    EXPECT_EQ(m_switch.disconnects, 1);
    m_switch.instance->NotifyConnected();
    EXPECT_EQ(GetState(), OpenflowChannelState::HELLO_WAIT);
    ASSERT_EQ(m_switch.sent.size(), 1u);
    EXPECT_EQ(ToHex(m_switch.sent[0]).substr(0, 8), "04000008");
    Receive("0400000800000001");
    EXPECT_EQ(GetState(), OpenflowChannelState::ACTIVE);
    m_lab.Run(5.1);
    EXPECT_EQ(GetState(), OpenflowChannelState::PROBING);
    EXPECT_EQ(ToHex(m_switch.sent.back()), "0402000800000000");
    Receive("0403000800000000");
    EXPECT_EQ(GetState(), OpenflowChannelState::ACTIVE);
    Receive("0402000a000000070102");
    EXPECT_EQ(ToHex(m_switch.sent.back()), "0403000a000000070102");
    m_lab.Run(10.1);
    EXPECT_EQ(GetState(), OpenflowChannelState::BACKOFF);
    EXPECT_EQ(m_switch.disconnects, 2);
    m_switch.instance->NotifyReachable();
    EXPECT_EQ(GetState(), OpenflowChannelState::CONNECTING);
    EXPECT_EQ(m_switch.record.steps,
              (std::vector<std::string>{"closed start connecting",
                                        "connecting disconnected backoff",
                                        "backoff retry-timer connecting",
                                        "connecting retry-timer connecting",
                                        "connecting connected hello-wait",
                                        "hello-wait hello active",
                                        "active echo-timer probing",
                                        "probing message active",
                                        "active echo-timer probing",
                                        "probing echo-timer backoff",
                                        "backoff reachable connecting"}));
}

TEST_F(OpenflowChannelTest, VersionsAreNegotiated)
{
    const std::pair<const char*, OpenflowChannelState> hellos[] = {
        {"0600000800000005", OpenflowChannelState::ACTIVE},  // the smaller of 6 and 4
        {"0100000800000005", OpenflowChannelState::BACKOFF}, // OpenFlow 1.0 alone
        {"06000010000000050001000800000050", OpenflowChannelState::ACTIVE}, // 1.3 and 1.5
        {"06000010000000050001000800000042", OpenflowChannelState::BACKOFF},
        {"0400000c0000000500010003", OpenflowChannelState::BACKOFF}, // an element that cannot be
        {"0405000800000005", OpenflowChannelState::BACKOFF},         // no HELLO
        {"0401000c0000000500000000", OpenflowChannelState::BACKOFF}, // its refusal
        {"0400000000000005", OpenflowChannelState::BACKOFF},         // no message
    };
    for (const auto& [hex, state] : hellos)
    {
        m_lab.Run(5.1);
        m_switch.instance->NotifyConnected();
        Receive(hex);
        EXPECT_EQ(GetState(), state) << hex;
        m_switch.instance->NotifyClosed();
    }
    m_lab.Run(5.1);
    m_switch.instance->NotifyConnected();
    m_switch.sent.clear();
    Receive("0100000800000005");
    EXPECT_EQ(LastError(), "OFPHFC_INCOMPATIBLE");
}

TEST_F(OpenflowChannelTest, RequestsAreAnswered)
{
    Establish();
    const auto answer = [this](const std::string& hex) {
        m_switch.sent.clear();
        Receive(hex);
        return m_switch.sent.empty() ? "" : ToHex(m_switch.sent.back());
    };
    EXPECT_EQ(answer("0405000800000009"),
              "0406002000000009000000000000000100000000010000000000000300000000");
    EXPECT_EQ(answer("0414000800000003"), "0415000800000003");
    EXPECT_EQ(answer("0407000800000004"), "0408000c0000000400000080");
    EXPECT_EQ(answer("0409000c000000050000ffff"), "");
    EXPECT_EQ(answer("0407000800000006"), "0408000c000000060000ffff");
    EXPECT_EQ(answer("0412001000000007000d000000000000").size(), 2u * 80);
    EXPECT_EQ(answer("0412001000000007"
                     "0000000000000000")
                  .size(),
              2u * 1072);
    EXPECT_EQ(answer("0412001000000008"
                     "0003000000000000")
                  .size(),
              2u * 40);
}

TEST_F(OpenflowChannelTest, WhatIsWrongGetsItsErrorAndTheSessionGoesOn)
{
    Establish();
    EXPECT_EQ(Answer("0106000800000001"), "OFPBRC_BAD_VERSION");
    EXPECT_EQ(Answer("041e000800000001"), "OFPBRC_BAD_TYPE");
    EXPECT_EQ(Answer("040f000800000001"), "OFPBRC_BAD_TYPE");
    EXPECT_EQ(Answer("0404001000000001"
                     "0000232000000000"),
              "OFPBRC_BAD_EXPERIMENTER");
    EXPECT_EQ(Answer("0405000900000001"
                     "00"),
              "OFPBRC_BAD_LEN");
    EXPECT_EQ(Answer("0412001000000001"
                     "0063000000000000"),
              "OFPBRC_BAD_MULTIPART");
    // What a switch sends is nothing to send to a switch.
    EXPECT_EQ(Answer(golden::PACKET_IN_ARP), "OFPBRC_BAD_TYPE");
    EXPECT_EQ(Answer(golden::FEATURES_REPLY), "OFPBRC_BAD_TYPE");
    EXPECT_EQ(Answer("0415000800000003"), "OFPBRC_BAD_TYPE");
    // PACKET_OUT: a buffer, a port, a frame that are not there.
    EXPECT_EQ(Answer("040d001800000001"
                     "00000007fffffffd0000000000000000"),
              "OFPBRC_BUFFER_UNKNOWN");
    EXPECT_EQ(Answer("040d001800000001"
                     "ffffffff000000630000000000000000"),
              "OFPBRC_BAD_PORT");
    EXPECT_EQ(Answer("040d001800000001"
                     "fffffffffffffffd0000000000000000"),
              "OFPBRC_BAD_PACKET");
    EXPECT_EQ(Answer("040d001800000001"
                     "fffffffffffffffd0010000000000000"),
              "OFPBRC_BAD_LEN");
    // FLOW_MOD: a table, a buffer, a port.
    std::string mod = golden::TABLE_MISS;
    EXPECT_EQ(Answer(mod.replace(48, 2, "05")), "OFPFMFC_BAD_TABLE_ID");
    mod = golden::TABLE_MISS;
    EXPECT_EQ(Answer(mod.replace(64, 8, "00000007")), "OFPBRC_BUFFER_UNKNOWN");
    mod = golden::TABLE_MISS;
    EXPECT_EQ(Answer(mod.replace(136, 8, "ffffff10")), "OFPBAC_BAD_OUT_PORT");
    // An error is never answered.
    EXPECT_EQ(Answer("0401000a000000010001"), "");
    EXPECT_EQ(GetState(), OpenflowChannelState::ACTIVE);
    EXPECT_EQ(m_switch.record.drops.size(), 17u);
    // A length that no message has ends it.
    Receive("0405000200000001");
    EXPECT_EQ(GetState(), OpenflowChannelState::BACKOFF);
}

TEST_F(OpenflowChannelTest, MessagesMayComeInPiecesOrTogether)
{
    Establish();
    const auto bytes = FromHex(golden::TABLE_MISS + golden::FLOW_TO_TUNNEL + "0414000800000003");
    for (uint8_t byte : bytes)
    {
        m_switch.instance->ReceiveFromController({byte});
    }
    EXPECT_EQ(m_switch.GetFlows().size(), 2u);
    EXPECT_EQ(m_switch.sent.size(), 1u);
    m_switch.instance->ReceiveFromController(bytes);
    EXPECT_EQ(m_switch.sent.size(), 2u);
}

TEST_F(OpenflowChannelTest, NothingThatIsReceivedCrashes)
{
    const std::string seeds[] = {golden::TABLE_MISS,
                                 golden::FLOW_TO_TUNNEL,
                                 golden::OFCTL_ARP_RESPONDER,
                                 golden::PACKET_OUT_ARP,
                                 golden::PACKET_OUT_PING,
                                 golden::PORT_DESC_REQUEST,
                                 golden::FEATURES_REPLY,
                                 golden::PORT_DESC_REPLY,
                                 golden::PACKET_IN_TUNNEL,
                                 golden::HELLO_BITMAP};
    std::mt19937 random(20260101);
    Establish();
    for (int i = 0; i < 60000; ++i)
    {
        std::vector<uint8_t> bytes = FromHex(seeds[random() % std::size(seeds)]);
        for (uint32_t changes = 1 + random() % 4; changes > 0; --changes)
        {
            bytes[random() % bytes.size()] = static_cast<uint8_t>(random());
        }
        if (random() % 4 == 0)
        {
            bytes.resize(random() % (bytes.size() + 8));
        }
        if (bytes.size() >= 4 && random() % 8 != 0)
        {
            bytes[2] = static_cast<uint8_t>(bytes.size() >> 8);
            bytes[3] = static_cast<uint8_t>(bytes.size());
        }
        OpenflowMessage message;
        if (!OpenflowMessage::Read(bytes.data(), bytes.size(), message))
        {
            // What is read can be written, and reads again as the same.
            const auto again = message.ToBytes();
            OpenflowMessage copy;
            ASSERT_FALSE(ReadMessage(again, copy));
            ASSERT_EQ(copy.ToBytes(), again);
        }
        m_switch.instance->ReceiveFromController(bytes);
        m_switch.FromTenant(42, FromHex(golden::PACKET_IN_PING.substr(84)));
        if (GetState() != OpenflowChannelState::ACTIVE &&
            GetState() != OpenflowChannelState::PROBING)
        {
            m_switch.instance->NotifyReachable();
            m_switch.instance->NotifyConnected();
            Receive("0400000800000001");
        }
        m_switch.sent.clear();
    }
    EXPECT_GT(m_switch.record.drops.size(), 10000u);
}

TEST(OpenflowControllerFuzz, NothingThatASwitchSendsCrashes)
{
    const std::string seeds[] = {golden::PACKET_IN_ARP,
                                 golden::PACKET_IN_PING,
                                 golden::PACKET_IN_TUNNEL,
                                 golden::FEATURES_REPLY,
                                 golden::PORT_DESC_REPLY,
                                 "0401000c0000000100050001",
                                 "0415000800000003",
                                 "0413001000000003"
                                 "0001000000000000"};
    FakeOpenflowLab lab;
    FakeSwitch& one = lab.AddSwitch("10.0.0.1", {42});
    OpenflowTenant tenant;
    tenant.vni = 42;
    tenant.mac = Mac48Address("02:00:02:00:00:2a");
    tenant.ip = Ipv4Address("192.168.99.2");
    tenant.vtep = Ipv4Address("10.0.0.2");
    lab.controller->SetTenant(tenant);
    lab.Run(1);
    std::mt19937 random(20260102);
    for (int i = 0; i < 20000; ++i)
    {
        std::vector<uint8_t> bytes = FromHex(seeds[random() % std::size(seeds)]);
        for (uint32_t changes = random() % 4; changes > 0; --changes)
        {
            bytes[4 + random() % (bytes.size() - 4)] = static_cast<uint8_t>(random());
        }
        if (one.connection == 0)
        {
            lab.Run(6);
        }
        lab.controller->ReceiveFromSwitch(one.connection, bytes);
        lab.Run(0.002);
    }
    lab.Run(20);
    EXPECT_EQ(lab.controller->CountReady(), 1u);
}
