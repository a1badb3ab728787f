// SPDX-License-Identifier: GPL-2.0-only
// The node around an IGMP machine in a test: 192.168.1.11/24, MTU 1500; what is sent and reported
// is kept as text.
#ifndef VXLAN_MULTICAST_TEST_FAKE_IGMP_ENVIRONMENT_H
#define VXLAN_MULTICAST_TEST_FAKE_IGMP_ENVIRONMENT_H

#include "support/fake-clock.h"

#include "ns3/igmp-environment.h"

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Keeps every message as "SECONDS DESTINATION MESSAGE", and every report as words. */
class FakeIgmpEnvironment : public IgmpEnvironment
{
  public:
    static constexpr uint32_t INTERFACE = 1;

    explicit FakeIgmpEnvironment(FakeClock& clock)
        : m_clock(clock)
    {
    }

    ProtocolClock& GetClock() override
    {
        return m_clock;
    }

    ProtocolRandom& GetRandom() override
    {
        return random;
    }

    void Send(uint32_t interface, const IgmpMessage& message, Ipv4Address destination) override
    {
        EXPECT_EQ(interface, INTERFACE);
        std::ostringstream text;
        text << m_clock.Now().GetSeconds() << " " << destination << " ";
        message.Print(text);
        sent.push_back(text.str());
        messages.push_back(message);
    }

    Ipv4Address GetAddress(uint32_t) const override
    {
        return address;
    }

    bool IsOnLink(uint32_t, Ipv4Address other) const override
    {
        return Ipv4Mask("/24").IsMatch(address, other);
    }

    uint32_t GetMaxMessageSize(uint32_t) const override
    {
        return maxMessageSize;
    }

    void ReportReception(uint32_t, Ipv4Address group, bool joined) override
    {
        std::ostringstream text;
        text << (joined ? "join " : "leave ") << group;
        heard.push_back(text.str());
    }

    void ReportMembership(uint32_t, Ipv4Address group, IgmpMembershipChange change) override
    {
        std::ostringstream text;
        const char* names[] = {"JOINED ", "CHANGED ", "LEFT "};
        text << names[static_cast<int>(change)] << group;
        heard.push_back(text.str());
    }

    void ReportQuerier(uint32_t, Ipv4Address querier) override
    {
        std::ostringstream text;
        text << querier;
        queriers.push_back(text.str());
    }

    void ReportEvent(const std::string& name, const std::string& detail) override
    {
        heard.push_back(name + " " + detail);
    }

    void ReportDrop(const std::string& reason) override
    {
        heard.push_back("drop " + reason);
    }

    bool TracesTransitions() const override
    {
        return true;
    }

    void ReportTransition(const ProtocolTransition& step) override
    {
        transitions.push_back(std::string(step.machine) + " " + step.key + ": " + step.oldState +
                              ", " + step.event + " -> " + step.newState);
    }

    /** \returns what was sent since the last call. */
    std::vector<std::string> Take()
    {
        messages.clear();
        return std::exchange(sent, {});
    }

    /** Fails if a message was sent that no Take has looked at. */
    void ExpectNothingElse() const
    {
        for (const std::string& message : sent)
        {
            ADD_FAILURE() << "sent, and expected by nobody: " << message;
        }
    }

    FakeRandom random;
    Ipv4Address address{"192.168.1.11"};
    uint32_t maxMessageSize{1476};
    std::vector<std::string> sent;
    std::vector<IgmpMessage> messages;
    std::vector<std::string> heard;
    std::vector<std::string> queriers;
    std::vector<std::string> transitions;

  private:
    FakeClock& m_clock;
};

/** \returns a version 3 report of one record. */
inline IgmpMessage
MakeIgmpReport(IgmpRecordType type, Ipv4Address group, std::vector<Ipv4Address> sources = {})
{
    IgmpMessage report;
    report.type = IgmpMessage::V3_REPORT;
    report.records = {{type, group, std::move(sources)}};
    return report;
}

/** \returns a version 1 or 2 report, or a leave. */
inline IgmpMessage
MakeIgmpOldMessage(IgmpMessage::Type type, Ipv4Address group)
{
    IgmpMessage message;
    message.type = type;
    message.group = group;
    return message;
}

/** \returns a Query; \p code is its Max Resp Code. */
inline IgmpMessage
MakeIgmpQuery(uint8_t version,
              uint8_t code,
              Ipv4Address group = Ipv4Address::GetAny(),
              std::vector<Ipv4Address> sources = {})
{
    IgmpMessage query;
    query.type = IgmpMessage::QUERY;
    query.version = version;
    query.maxRespCode = code;
    query.group = group;
    query.robustness = 2;
    query.queryIntervalCode = 125;
    query.sources = std::move(sources);
    return query;
}

} // namespace ns3

#endif
