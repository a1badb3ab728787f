// SPDX-License-Identifier: GPL-2.0-only
// A point-to-point link in one event a frame: what is seen of it is what ns-3's device shows.
#include "ns3/cable-channel.h"
#include "ns3/cable-device.h"
#include "ns3/drop-tail-queue.h"
#include "ns3/error-model.h"
#include "ns3/point-to-point-channel.h"
#include "ns3/point-to-point-net-device.h"
#include "ns3/pointer.h"
#include "ns3/simulator.h"
#include "ns3/string.h"
#include "ns3/switched-lan-channel.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <functional>
#include <string>
#include <type_traits>
#include <vector>

namespace ns3
{

namespace
{

constexpr uint16_t IPV4 = 0x0800;
constexpr uint16_t IPV6 = 0x86dd;

/** Two ends of a link at 8 Mbit/s, a byte takes 1 us, and a list of all that is seen at them. */
template <typename Device, typename LinkChannel>
class Link
{
  public:
    explicit Link(const std::string& delay, const std::string& gap = "0us")
    {
        Ptr<LinkChannel> channel = CreateObject<LinkChannel>();
        channel->SetAttribute("Delay", StringValue(delay));
        for (Ptr<Device>& device : m_ends)
        {
            device = CreateObject<Device>();
            device->SetAttribute("DataRate", StringValue("8Mbps"));
            device->SetAttribute("InterframeGap", StringValue(gap));
            device->SetAddress(Mac48Address::Allocate());
            if constexpr (std::is_same_v<Device, PointToPointNetDevice>)
            {
                device->SetQueue(CreateObject<DropTailQueue<Packet>>());
            }
            device->Attach(channel);
            CreateObject<Node>()->AddDevice(device);
        }
        for (int end = 0; end < 2; ++end)
        {
            m_ends[end]->SetReceiveCallback([this, end](Ptr<NetDevice>,
                                                        Ptr<const Packet> packet,
                                                        uint16_t protocol,
                                                        const Address& sender) {
                EXPECT_EQ(sender, m_ends[1 - end]->GetAddress());
                Note(end, "up " + std::to_string(protocol), packet);
                return true;
            });
        }
    }

    void Listen(const std::vector<std::string>& traces)
    {
        for (int end = 0; end < 2; ++end)
        {
            for (const std::string& trace : traces)
            {
                m_ends[end]->TraceConnectWithoutContext(
                    trace,
                    Callback<void, Ptr<const Packet>>(
                        [this, end, trace](Ptr<const Packet> frame) { Note(end, trace, frame); }));
            }
        }
    }

    /** \p end sends \p bytes of payload, 2 more on the line, at a time in us. */
    void SendAt(int64_t time, int end, uint32_t bytes, uint16_t protocol = IPV4)
    {
        Simulator::Schedule(MicroSeconds(time), [this, end, bytes, protocol] {
            const std::vector<uint8_t> payload(bytes, static_cast<uint8_t>(bytes));
            m_ends[end]->Send(Create<Packet>(payload.data(), bytes), Address(), protocol);
        });
    }

    Ptr<Device> GetEnd(int end) const
    {
        return m_ends[end];
    }

    const std::vector<std::string>& GetSeen() const
    {
        return m_seen;
    }

    void Note(int end, const std::string& what, Ptr<const Packet> packet)
    {
        std::string text = std::to_string(Simulator::Now().GetNanoSeconds()) + " " +
                           std::to_string(end) + " " + what + ":";
        std::vector<uint8_t> bytes(packet->GetSize());
        packet->CopyData(bytes.data(), packet->GetSize());
        for (uint8_t byte : bytes)
        {
            text += " " + std::to_string(byte);
        }
        m_seen.push_back(text);
    }

  private:
    Ptr<Device> m_ends[2];
    std::vector<std::string> m_seen;
};

using Cable = Link<CableDevice, CableChannel>;
using StockLink = Link<PointToPointNetDevice, PointToPointChannel>;

/** \returns what is seen of a link that \p use has been made of. */
template <typename AnyLink>
std::vector<std::string>
See(const std::vector<std::string>& traces,
    const std::string& gap,
    const std::function<void(AnyLink&)>& use)
{
    AnyLink link("30us", gap);
    link.Listen(traces);
    use(link);
    Simulator::Run();
    const std::vector<std::string> seen = link.GetSeen();
    Simulator::Destroy();
    return seen;
}

/** Frames alone, in bursts, from both ends, of different lengths and protocols. */
template <typename AnyLink>
void
Use(AnyLink& link)
{
    link.SendAt(5, 0, 98);
    link.SendAt(40, 0, 10);
    link.SendAt(41, 1, 20, IPV6);
    link.SendAt(41, 0, 48);
    link.SendAt(700, 1, 1);
    link.SendAt(701, 1, 2);
    link.SendAt(702, 1, 3);
    link.SendAt(702, 0, 0);
    link.SendAt(1000, 0, 100);
}

/** \returns what is seen of \p link: time in ns, end and trace, without the bytes. */
std::vector<std::string>
GetTimes(const Cable& link)
{
    std::vector<std::string> times;
    for (const std::string& seen : link.GetSeen())
    {
        times.push_back(seen.substr(0, seen.find(':')));
    }
    return times;
}

} // namespace

TEST(CableTest, FramesTimesAndTracesAreThoseOfThePointToPointDevice)
{
    const std::vector<std::string> all{"MacTx",
                                       "MacTxDrop",
                                       "MacRx",
                                       "MacPromiscRx",
                                       "PhyTxBegin",
                                       "PhyTxEnd",
                                       "PhyTxDrop",
                                       "PhyRxEnd",
                                       "PhyRxDrop",
                                       "Sniffer",
                                       "PromiscSniffer"};
    for (const std::string gap : {"0us", "7us"})
    {
        const auto cable = See<Cable>(all, gap, Use<Cable>);
        EXPECT_EQ(cable, See<StockLink>(all, gap, Use<StockLink>));
        EXPECT_GT(cable.size(), 9u * 8);
    }
}

TEST(CableTest, AFrameTakesOneEvent)
{
    const auto count = [](const std::vector<std::string>& traces, int frames) {
        Cable link("30us");
        link.Listen(traces);
        Simulator::Run(); // nodes are initialized
        const uint64_t before = Simulator::GetEventCount();
        for (int i = 0; i < frames; ++i)
        {
            link.GetEnd(0)->Send(Create<Packet>(10), Address(), IPV4);
        }
        Simulator::Run();
        const uint64_t events = Simulator::GetEventCount() - before;
        EXPECT_EQ(link.GetSeen().size(), frames * (1 + traces.size()));
        Simulator::Destroy();
        return events;
    };
    EXPECT_EQ(count({}, 1), 1u);
    EXPECT_EQ(count({"PhyTxEnd"}, 1), 2u); // who listens to it is told in time
    EXPECT_EQ(count({}, 5), 5u + 4u);      // four have waited
}

TEST(CableTest, AQueueThatSomebodyLooksAtSeesAllFrames)
{
    const std::string gap = "0us";
    const auto look = [](auto& link) {
        PointerValue queue;
        link.GetEnd(0)->GetAttribute("TxQueue", queue);
        queue.Get<Queue<Packet>>()->TraceConnectWithoutContext(
            "Enqueue", Callback<void, Ptr<const Packet>>([&link](Ptr<const Packet> frame) {
                link.Note(0, "Enqueue", frame);
            }));
        Use(link);
    };
    const auto cable = See<Cable>({"Sniffer"}, gap, look);
    EXPECT_EQ(cable, See<StockLink>({"Sniffer"}, gap, look));
    EXPECT_EQ(std::count_if(cable.begin(),
                            cable.end(),
                            [](const std::string& seen) {
                                return seen.find("Enqueue") != std::string::npos;
                            }),
              5);
}

TEST(CableTest, TellsWhenAFrameWillHaveBeenSent)
{
    Cable link("30us", "5us");
    std::vector<int64_t> ends;
    link.GetEnd(0)->TraceConnectWithoutContext(
        "Transmission",
        Callback<void, Ptr<const Packet>, Time>([&ends](Ptr<const Packet>, Time end) {
            ends.push_back(Simulator::Now().GetMicroSeconds());
            ends.push_back(end.GetMicroSeconds());
        }));
    link.SendAt(10, 0, 98);
    link.SendAt(20, 0, 98);
    Simulator::Run();
    EXPECT_EQ(ends, (std::vector<int64_t>{10, 115, 115, 220}));
    Simulator::Destroy();
}

TEST(CableTest, AFrameAtTheTimeAtWhichTheLineBecomesFreeDoesNotWait)
{
    Cable link("30us");
    for (int64_t i = 0; i < 3; ++i)
    {
        link.SendAt(100 * i, 0, 98);
    }
    link.SendAt(250, 0, 98);
    link.SendAt(300, 0, 98); // but not before those that do
    link.SendAt(300, 0, 10);
    Simulator::Run();
    std::vector<std::string> times;
    for (const std::string& seen : link.GetSeen())
    {
        times.push_back(seen.substr(0, seen.find(' ')));
    }
    EXPECT_EQ(
        times,
        (std::vector<std::string>{"130000", "230000", "330000", "430000", "530000", "542000"}));
    Simulator::Destroy();
}

TEST(CableTest, FramesAreLostInAFullQueueInAFlushAndByTheErrorModel)
{
    Cable link("30us");
    link.Listen({"MacTxDrop", "PhyTxDrop", "PhyRxDrop"});
    Ptr<DropTailQueue<Packet>> queue = CreateObject<DropTailQueue<Packet>>();
    queue->SetMaxSize(QueueSize("2p"));
    link.GetEnd(0)->SetQueue(queue);
    const auto send = [&link](uint32_t bytes) {
        return link.GetEnd(0)->Send(Create<Packet>(bytes), Address(), IPV4);
    };
    EXPECT_TRUE(send(1)); // on the line at once
    EXPECT_TRUE(send(2));
    EXPECT_TRUE(send(3));
    EXPECT_FALSE(send(4));
    link.GetEnd(0)->Flush();
    Simulator::Run();
    EXPECT_TRUE(send(5));
    Ptr<RateErrorModel> model = CreateObject<RateErrorModel>();
    model->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
    model->SetRate(1);
    link.GetEnd(1)->SetAttribute("ReceiveErrorModel", PointerValue(model));
    Simulator::Run();
    EXPECT_EQ(GetTimes(link),
              (std::vector<std::string>{"0 0 MacTxDrop",
                                        "0 0 PhyTxDrop",
                                        "0 0 PhyTxDrop",
                                        "33000 1 up 2048",
                                        "70000 1 PhyRxDrop"}));
    Simulator::Destroy();
}

TEST(CableTest, SendsNothingWithoutACableOrOfUnknownProtocols)
{
    Ptr<CableDevice> device = CreateObject<CableDevice>();
    EXPECT_FALSE(device->IsLinkUp());
    EXPECT_FALSE(device->Send(Create<Packet>(1), Address(), IPV4));
    Ptr<CableChannel> channel = CreateObject<CableChannel>();
    device->Attach(channel);
    EXPECT_TRUE(device->IsLinkUp());
    EXPECT_FALSE(device->Send(Create<Packet>(1), Address(), IPV4)); // to nobody
    EXPECT_FALSE(device->Send(Create<Packet>(1), Address(), 0x0806));
    EXPECT_FALSE(device->SendFrom(Create<Packet>(1), Address(), Address(), IPV4));
    Simulator::Run();
    EXPECT_EQ(channel->GetNDevices(), 1u);
    device->Dispose(); // on no node, which would do it
    Simulator::Destroy();
}

TEST(CableTest, AnEndThatIsDisposedOfLosesWhatIsOnItsWay)
{
    Cable link("30us");
    link.Listen({"MacTxDrop", "PhyTxDrop"});
    link.SendAt(0, 0, 98);
    link.SendAt(0, 0, 98); // waits
    link.SendAt(0, 1, 98);
    link.SendAt(0, 1, 98); // waits
    Simulator::Schedule(MicroSeconds(50), [&link] { link.GetEnd(1)->Dispose(); });
    link.SendAt(300, 1, 98);
    Simulator::Run();
    EXPECT_EQ(
        GetTimes(link),
        (std::vector<std::string>{"100000 0 PhyTxDrop", "130000 0 up 2048", "300000 1 MacTxDrop"}));
    EXPECT_FALSE(link.GetEnd(1)->IsLinkUp());
    Simulator::Destroy();
}

TEST(CableTest, AQueueMayBeTakenAwayAndBroughtWithFrames)
{
    Cable link("30us");
    Ptr<Queue<Packet>> queue = CreateObject<DropTailQueue<Packet>>();
    link.GetEnd(0)->SetQueue(queue);
    link.SendAt(0, 0, 98);
    link.SendAt(0, 0, 98); // waits
    Simulator::Schedule(MicroSeconds(50), [&link] { link.GetEnd(0)->SetQueue(nullptr); });
    Simulator::Schedule(MicroSeconds(150), [&link, queue] { link.GetEnd(0)->SetQueue(queue); });
    link.SendAt(200, 0, 8); // after the one that waited
    Simulator::Run();
    EXPECT_EQ(
        GetTimes(link),
        (std::vector<std::string>{"130000 1 up 2048", "330000 1 up 2048", "340000 1 up 2048"}));
    Simulator::Destroy();
}

TEST(CableTest, ACopyHasAQueueOfItsOwn)
{
    Ptr<CableDevice> one = CreateObject<CableDevice>();
    one->SetAttribute("DataRate", StringValue("8Mbps"));
    one->SetAttribute("InterframeGap", StringValue("7us"));
    one->SetAttribute("Mtu", StringValue("9000"));
    const Ptr<Queue<Packet>> queue = one->GetQueue();
    Ptr<CableDevice> copy = CopyObject(one);
    EXPECT_NE(copy->GetQueue(), queue);
    EXPECT_EQ(one->GetQueue(), queue);
    EXPECT_EQ(copy->GetDataRate(), DataRate("8Mbps"));
    EXPECT_EQ(copy->GetMtu(), 9000u);
    TimeValue gap;
    copy->GetAttribute("InterframeGap", gap);
    EXPECT_EQ(gap.Get(), MicroSeconds(7));
    one->Dispose();
    copy->Dispose();
}

TEST(CableTest, AListenerToPhyTxEndHearsOfTheFramesThatBeginLater)
{
    Cable link("30us");
    link.SendAt(0, 0, 98);
    link.SendAt(0, 0, 98); // waits
    Simulator::Schedule(MicroSeconds(50), [&link] { link.Listen({"PhyTxEnd"}); });
    Simulator::Run();
    EXPECT_EQ(
        GetTimes(link),
        (std::vector<std::string>{"130000 1 up 2048", "200000 0 PhyTxEnd", "230000 1 up 2048"}));
    Simulator::Destroy();
}

TEST(CableTest, HasTheRateOfALanUnlessItIsSet)
{
    Ptr<CableDevice> device = CreateObject<CableDevice>();
    EXPECT_EQ(device->GetDataRate(), DataRate("1Gbps"));
    EXPECT_EQ(device->GetDataRate(), CreateObject<SwitchedLanChannel>()->GetDataRate());
    device->Dispose();
}

TEST(CableTest, WhoKeepsAFrameKeepsItWhole)
{
    Cable link("30us");
    std::vector<Ptr<const Packet>> kept;
    for (const char* trace : {"MacTx", "PhyTxBegin"})
    {
        link.GetEnd(0)->TraceConnectWithoutContext(
            trace, Callback<void, Ptr<const Packet>>([&kept](Ptr<const Packet> frame) {
                kept.push_back(frame);
            }));
    }
    link.SendAt(0, 0, 10);
    Simulator::Run();
    for (const Ptr<const Packet>& frame : kept)
    {
        EXPECT_EQ(frame->GetSize(), 12u);
    }
    Simulator::Destroy();
}

} // namespace ns3
