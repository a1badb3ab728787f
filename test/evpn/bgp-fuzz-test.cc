// SPDX-License-Identifier: GPL-2.0-only
// Damaged messages: each is read to a message or to an error that a NOTIFICATION can carry; what
// was read is written and read again to the same; and speakers that are fed with them go on.
#include "evpn-lab.h"

#include <random>

using namespace ns3;

namespace
{

const char* const SAMPLES[] = {frr::OPEN_R1,
                               frr::KEEPALIVE,
                               frr::END_OF_RIB,
                               frr::TYPE_3_R1,
                               frr::TYPE_3_R2_REFLECTED,
                               frr::MAC_R1,
                               frr::MAC_R2_REFLECTED,
                               frr::MAC_R3_SEQUENCE_1,
                               frr::MAC_IP_R2_SEQUENCE_2,
                               frr::WITHDRAW_R2,
                               frr::WITHDRAW_R3};

class BgpFuzz : public testing::Test
{
  public:
    uint32_t Draw(uint32_t count)
    {
        return static_cast<uint32_t>(random() % count);
    }

    /** A message with bytes changed, cut off or added; half of them with a right header. */
    Bytes Damage(std::size_t from = 0)
    {
        Bytes bytes =
            FromHex(SAMPLES[from + Draw(static_cast<uint32_t>(std::size(SAMPLES) - from))]);
        const bool isFramed = Draw(8) != 0;
        for (uint32_t i = Draw(4) + 1; i > 0; --i)
        {
            const std::size_t first = isFramed ? 19 : 0;
            const auto at = first + Draw(static_cast<uint32_t>(bytes.size() - first + 1));
            switch (Draw(4))
            {
            case 0:
                bytes.resize(std::max<std::size_t>(at, 1));
                break;
            case 1:
                bytes.insert(bytes.begin() + static_cast<std::ptrdiff_t>(at),
                             static_cast<uint8_t>(Draw(256)));
                break;
            default:
                if (at < bytes.size())
                {
                    bytes[at] =
                        static_cast<uint8_t>(Draw(2) ? Draw(256) : bytes[at] ^ 1 << Draw(8));
                }
            }
            if (bytes.size() < 20)
            {
                break;
            }
        }
        if (isFramed && bytes.size() >= 19)
        {
            bytes[16] = static_cast<uint8_t>(bytes.size() >> 8);
            bytes[17] = static_cast<uint8_t>(bytes.size());
        }
        return bytes;
    }

    std::mt19937 random{7};
};

TEST_F(BgpFuzz, EachByteStringIsAMessageOrAnError)
{
    std::map<std::string, int> outcomes;
    for (int i = 0; i < 50000; ++i)
    {
        const Bytes bytes = Damage();
        for (bool fourOctetAs : {true, false})
        {
            WireReader reader(bytes.data(), bytes.size());
            BgpMessage message;
            const BgpError error = BgpMessage::Parse(reader, fourOctetAs, message);
            ++outcomes[error.GetName()];
            ASSERT_GE(error.code, 0);
            ASSERT_LE(error.code, BgpError::UPDATE_MESSAGE);
            if (error || !fourOctetAs)
            {
                continue;
            }
            const Bytes again = message.GetBytes();
            WireReader second(again.data(), again.size());
            BgpMessage copy;
            ASSERT_EQ(BgpMessage::Parse(second, true, copy), BgpError{}) << ToHex(bytes);
            ASSERT_EQ(ToHex(copy.GetBytes()), ToHex(again)) << ToHex(bytes);
        }
    }
    // The damage reaches every check but a few.
    for (const char* name : {"",
                             "not-synchronized",
                             "message-length",
                             "message-type",
                             "open-malformed",
                             "version",
                             "identifier",
                             "optional-parameter",
                             "attribute-list",
                             "unrecognized-well-known",
                             "missing-well-known",
                             "attribute-flags",
                             "attribute-length",
                             "origin",
                             "optional-attribute",
                             "network",
                             "as-path"})
    {
        EXPECT_GT(outcomes[name], 0) << name;
    }
}

TEST_F(BgpFuzz, SpeakersGoOn)
{
    RecEvpnLab lab;
    lab.StartAll();
    int refused = 0;
    for (int i = 0; i < 3000; ++i)
    {
        lab.sent.clear();
        EvpnSpeaker& from = *lab.vteps[Draw(3)];
        const auto& peer = lab.c3.instance->GetPeers().at(from.address);
        if (!peer->IsEstablished())
        {
            lab.clock.Advance(Seconds(6));
            continue;
        }
        // As if the VTEP had sent it: the reflector takes it, and hands on what is good.
        for (const auto& [end, what] : lab.ends)
        {
            if (what.address == lab.c3.address && what.peer == from.address)
            {
                lab.c3.instance->Receive(from.address, end, Damage(2));
                break;
            }
        }
        lab.clock.Advance(MilliSeconds(200));
        refused += peer->IsEstablished() ? 0 : 1;
    }
    EXPECT_GT(refused, 500);
    EXPECT_GT(lab.c3.drops.size(), 5u);
    // A fresh reflector: all is as it was.
    lab.c3.Stop();
    lab.clock.Advance(Seconds(10));
    lab.c3.Start();
    lab.clock.Advance(Seconds(20));
    for (EvpnSpeaker* vtep : lab.vteps)
    {
        EXPECT_EQ(vtep->floods[42].size(), 2u);
        EXPECT_TRUE(vtep->fdb.empty());
    }
}

} // namespace
