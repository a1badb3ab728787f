// SPDX-License-Identifier: GPL-2.0-only
// The interface of an IGMP machine in a test: 192.168.1.11/24, MTU 1500; what is sent is kept as
// text.
#ifndef VXLAN_MULTICAST_TEST_FAKE_IGMP_LINK_H
#define VXLAN_MULTICAST_TEST_FAKE_IGMP_LINK_H

#include "support/fake-clock.h"

#include "ns3/igmp-parameters.h"

#include <sstream>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** Keeps every message as "SECONDS DESTINATION MESSAGE". */
class FakeIgmpLink : public IgmpLink
{
  public:
    explicit FakeIgmpLink(const FakeClock& clock)
        : m_clock(clock)
    {
    }

    void Send(const IgmpMessage& message, Ipv4Address destination) override
    {
        std::ostringstream text;
        text << m_clock.Now().GetSeconds() << " " << destination << " ";
        message.Print(text);
        sent.push_back(text.str());
        messages.push_back(message);
    }

    Ipv4Address GetAddress() const override
    {
        return address;
    }

    bool IsOnLink(Ipv4Address other) const override
    {
        return Ipv4Mask("/24").IsMatch(address, other);
    }

    uint32_t GetMaxMessageSize() const override
    {
        return maxMessageSize;
    }

    /** \returns what was sent since the last call. */
    std::vector<std::string> Take()
    {
        messages.clear();
        return std::exchange(sent, {});
    }

    Ipv4Address address{"192.168.1.11"};
    uint32_t maxMessageSize{1476};
    std::vector<std::string> sent;
    std::vector<IgmpMessage> messages;

  private:
    const FakeClock& m_clock;
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
