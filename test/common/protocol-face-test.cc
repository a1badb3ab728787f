// SPDX-License-Identifier: GPL-2.0-only
// What every face is made of: attributes of nested members, enum attributes, the common traces.
#include "ns3/attribute-path.h"
#include "ns3/enum-attribute.h"
#include "ns3/nstime.h"
#include "ns3/object-factory.h"
#include "ns3/object.h"
#include "ns3/protocol-traces.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

#include <gtest/gtest.h>

#include <iostream>
#include <sstream>
#include <string>
#include <vector>

namespace ns3
{

namespace
{

enum class Colour : uint8_t
{
    RED,
    GREEN
};

} // namespace

template <>
struct EnumNames<Colour>
{
    static constexpr const char* NAMES[] = {"red", "green"};
};

namespace
{

struct InnerConfig
{
    Time period{Seconds(60)};
    uint8_t count{2};
    Colour colour{Colour::RED};
};

struct OuterConfig
{
    InnerConfig inner;
};

class SampleFace : public Object
{
  public:
    static TypeId GetTypeId()
    {
        static TypeId tid = ProtocolTraces::AddTo(
            TypeId("ns3::SampleFace")
                .SetParent<Object>()
                .AddConstructor<SampleFace>()
                .AddAttribute("Period",
                              "A time.",
                              TimeValue(Seconds(60)),
                              MakeAttributePath<TimeValue>(
                                  &SampleFace::m_config, &OuterConfig::inner, &InnerConfig::period),
                              MakeTimeChecker(Seconds(1)))
                .AddAttribute("Count",
                              "A number.",
                              UintegerValue(2),
                              MakeAttributePath<UintegerValue>(
                                  &SampleFace::m_config, &OuterConfig::inner, &InnerConfig::count),
                              MakeUintegerChecker<uint8_t>(1, 7))
                .AddAttribute("Colour",
                              "A word.",
                              MakeEnumAttribute(Colour::GREEN),
                              MakeEnumAttributePath<Colour>(
                                  &SampleFace::m_config, &OuterConfig::inner, &InnerConfig::colour),
                              MakeEnumAttributeChecker<Colour>()),
            &SampleFace::m_traces,
            {"as it is", "start, stop"});
        return tid;
    }

    NS_LOG_CLASS_DECLARE;
    OuterConfig m_config;
    ProtocolTraces m_traces{g_log};
};

NS_LOG_CLASS_DEFINE(SampleFace);

/** An observer that forwards transitions to the traces, as faces do. */
class SampleObserver : public ProtocolObserver
{
  public:
    explicit SampleObserver(ProtocolTraces& traces)
        : m_traces(traces)
    {
    }

    void ReportEvent(const std::string& name, const std::string& detail) override
    {
        m_traces.NotifyEvent(name, detail);
    }

    void ReportDrop(const std::string& reason) override
    {
        m_traces.NotifyDrop(nullptr, 0, reason);
    }

    bool TracesTransitions() const override
    {
        return m_traces.TracesTransitions();
    }

    void ReportTransition(const ProtocolTransition& step) override
    {
        ++steps;
        m_traces.NotifyTransition(step);
    }

    int steps{0};

  private:
    ProtocolTraces& m_traces;
};

std::vector<std::string> g_heard;

void
HearEvent(std::string event, std::string detail)
{
    g_heard.push_back(event + "|" + detail);
}

void
HearTransition(std::string machine,
               std::string key,
               std::string oldState,
               std::string event,
               std::string newState)
{
    g_heard.push_back(machine + "|" + key + "|" + oldState + "|" + event + "|" + newState);
}

void
HearDrop(std::string context, Ptr<const Packet>, uint32_t interface, std::string reason)
{
    g_heard.push_back(context + "|" + std::to_string(interface) + "|" + reason);
}

} // namespace

TEST(AttributePathTest, DefaultsSettersAndGettersReachTheMember)
{
    Ptr<SampleFace> face = CreateObject<SampleFace>();
    EXPECT_EQ(face->m_config.inner.period, Seconds(60));
    EXPECT_EQ(face->m_config.inner.colour, Colour::GREEN);
    face->SetAttribute("Period", StringValue("5s"));
    face->SetAttribute("Count", UintegerValue(7));
    EXPECT_EQ(face->m_config.inner.period, Seconds(5));
    EXPECT_EQ(face->m_config.inner.count, 7);
    TimeValue period;
    face->GetAttribute("Period", period);
    EXPECT_EQ(period.Get(), Seconds(5));
}

TEST(AttributePathTest, TheCheckerStillRefuses)
{
    Ptr<SampleFace> face = CreateObject<SampleFace>();
    EXPECT_FALSE(face->SetAttributeFailSafe("Count", UintegerValue(8)));
    EXPECT_FALSE(face->SetAttributeFailSafe("Period", StringValue("0s")));
    EXPECT_EQ(face->m_config.inner.count, 2);
}

TEST(EnumAttributeTest, TakesWords)
{
    Ptr<SampleFace> face = CreateObject<SampleFace>();
    EXPECT_TRUE(face->SetAttributeFailSafe("Colour", StringValue("red")));
    EXPECT_EQ(face->m_config.inner.colour, Colour::RED);
    EXPECT_FALSE(face->SetAttributeFailSafe("Colour", StringValue("blue")));
    EXPECT_EQ(face->m_config.inner.colour, Colour::RED);
    StringValue word;
    face->GetAttribute("Colour", word);
    EXPECT_EQ(word.Get(), "red");
}

TEST(ProtocolTracesTest, ConnectDisconnectAndCount)
{
    g_heard.clear();
    Ptr<SampleFace> face = CreateObject<SampleFace>();
    face->m_traces.NotifyDrop(nullptr, 3, "checksum");
    EXPECT_TRUE(face->TraceConnect("Drop", "here", MakeCallback(&HearDrop)));
    EXPECT_TRUE(face->TraceConnectWithoutContext("Event", MakeCallback(&HearEvent)));
    EXPECT_FALSE(face->TraceConnectWithoutContext("Nothing", MakeCallback(&HearEvent)));
    face->m_traces.NotifyDrop(nullptr, 3, "checksum");
    face->m_traces.NotifyEvent("start", "now");
    EXPECT_TRUE(face->TraceDisconnectWithoutContext("Event", MakeCallback(&HearEvent)));
    EXPECT_TRUE(face->TraceDisconnect("Drop", "here", MakeCallback(&HearDrop)));
    face->m_traces.NotifyEvent("stop", "later");
    face->m_traces.NotifyDrop(nullptr, 3, "length");
    EXPECT_EQ(g_heard, (std::vector<std::string>{"here|3|checksum", "start|now"}));
    EXPECT_EQ(face->m_traces.GetDrops().at("checksum"), 2u);
    EXPECT_EQ(face->m_traces.GetDrops().at("length"), 1u);
}

#ifdef NS3_LOG_ENABLE
TEST(ProtocolTracesTest, TheLogOfTheFaceTellsTheSame)
{
    std::ostringstream log;
    std::streambuf* const before = std::clog.rdbuf(log.rdbuf());
    LogComponentEnable("SampleFace", LOG_LEVEL_LOGIC);
    Ptr<SampleFace> face = CreateObject<SampleFace>();
    SampleObserver observer(face->m_traces);
    face->m_traces.NotifyEvent("start", "now");
    face->m_traces.NotifyDrop(nullptr, 3, "checksum");
    face->m_traces.NotifyRx(Create<Packet>(7), 2);
    observer.ReportStep("light", 7, Colour::RED, Colour::GREEN, Colour::GREEN);
    LogComponentDisable("SampleFace", LOG_LEVEL_LOGIC);
    face->m_traces.NotifyEvent("stop", "later");
    std::clog.rdbuf(before);
    EXPECT_EQ(log.str(),
              "start now\ndropped on interface 3: checksum\nreceives 7 bytes on interface 2\n"
              "light 7: red, green -> green\n");
}
#endif

TEST(ProtocolTracesTest, TransitionsAreDescribedOnlyForListeners)
{
    g_heard.clear();
    Ptr<SampleFace> face = CreateObject<SampleFace>();
    SampleObserver observer(face->m_traces);
    observer.ReportStep("light", 7, Colour::RED, Colour::GREEN, Colour::GREEN);
    EXPECT_EQ(observer.steps, 0);
    face->TraceConnectWithoutContext("Transition", MakeCallback(&HearTransition));
    observer.ReportStep("light", 7, Colour::RED, Colour::GREEN, Colour::GREEN);
    EXPECT_EQ(observer.steps, 1);
    EXPECT_EQ(g_heard, (std::vector<std::string>{"light|7|red|green|green"}));
}

} // namespace ns3
