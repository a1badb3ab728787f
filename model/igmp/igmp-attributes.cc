// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 section 8 and RFC 2236 section 8 as attributes, and the trace sources.
#include "ns3/boolean.h"
#include "ns3/igmp-protocol.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(IgmpProtocol);

TypeId
IgmpProtocol::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::IgmpProtocol")
            .SetParent<IpL4Protocol>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<IgmpProtocol>()
            .AddAttribute("Version",
                          "The version spoken on interfaces that SetVersion does not name.",
                          UintegerValue(3),
                          MakeUintegerAccessor(&IgmpProtocol::m_version),
                          MakeUintegerChecker<uint8_t>(1, 3))
            .AddAttribute("Robustness",
                          "The Robustness Variable (RFC 3376 8.1).",
                          UintegerValue(2),
                          MakeUintegerAccessor(Own(&IgmpParameters::robustness)),
                          MakeUintegerChecker<uint8_t>(1))
            .AddAttribute("QueryInterval",
                          "Between General Queries (RFC 3376 8.2).",
                          TimeValue(Seconds(125)),
                          MakeTimeAccessor(Own(&IgmpParameters::queryInterval)),
                          MakeTimeChecker(Seconds(1), Seconds(31744)))
            .AddAttribute("QueryResponseInterval",
                          "The Max Response Time of General Queries (RFC 3376 8.3).",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(Own(&IgmpParameters::queryResponseInterval)),
                          MakeTimeChecker(MilliSeconds(100), MilliSeconds(3174400)))
            .AddAttribute("StartupQueryInterval",
                          "Between General Queries on start-up (RFC 3376 8.6); "
                          "0 stands for a quarter of QueryInterval: 31.25 s.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(Own(&IgmpParameters::startupQueryInterval)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("StartupQueryCount",
                          "General Queries on start-up (RFC 3376 8.7); 0 stands for Robustness.",
                          UintegerValue(0),
                          MakeUintegerAccessor(Own(&IgmpParameters::startupQueryCount)),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("LastMemberQueryInterval",
                          "The Max Response Time of specific Queries, and the time between them "
                          "(RFC 3376 8.8).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(Own(&IgmpParameters::lastMemberQueryInterval)),
                          MakeTimeChecker(MilliSeconds(100), MilliSeconds(3174400)))
            .AddAttribute("LastMemberQueryCount",
                          "Specific Queries before a group or source is given up (RFC 3376 8.9); "
                          "0 stands for Robustness.",
                          UintegerValue(0),
                          MakeUintegerAccessor(Own(&IgmpParameters::lastMemberQueryCount)),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute(
                "UnsolicitedReportInterval",
                "Within which a version 3 state-change report is repeated (RFC 3376 8.11).",
                TimeValue(Seconds(1)),
                MakeTimeAccessor(Own(&IgmpParameters::unsolicitedReportInterval)),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute("UnsolicitedReportIntervalV2",
                          "Within which a first report of version 1 or 2 is repeated "
                          "(RFC 2236 8.10).",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(Own(&IgmpParameters::unsolicitedReportIntervalV2)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "Version1RouterPresentTimeout",
                "For which a version 2 host remembers a version 1 router (RFC 2236 8.11).",
                TimeValue(Seconds(400)),
                MakeTimeAccessor(Own(&IgmpParameters::version1RouterPresentTimeout)),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute("FastLeave",
                          "Leaves take effect at once, without a Query; for links with one member.",
                          BooleanValue(false),
                          MakeBooleanAccessor(Own(&IgmpParameters::fastLeave)),
                          MakeBooleanChecker())
            .AddAttribute("MembershipLimit",
                          "Groups that a querier tracks on one interface; 0: no limit.",
                          UintegerValue(0),
                          MakeUintegerAccessor(Own(&IgmpParameters::membershipLimit)),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("HostMembershipLimit",
                          "Groups that the node may join on one interface; 0: no limit.",
                          UintegerValue(0),
                          MakeUintegerAccessor(Own(&IgmpParameters::hostMembershipLimit)),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("SsmPrefix",
                          "The SSM range (RFC 4604).",
                          Ipv4AddressValue("232.0.0.0"),
                          MakeIpv4AddressAccessor(Own(&IgmpParameters::ssmPrefix)),
                          MakeIpv4AddressChecker())
            .AddAttribute("SsmMask",
                          "The mask of the SSM range.",
                          Ipv4MaskValue("255.0.0.0"),
                          MakeIpv4MaskAccessor(Own(&IgmpParameters::ssmMask)),
                          MakeIpv4MaskChecker())
            .AddTraceSource("Tx",
                            "An IGMP message was sent: message, interface.",
                            MakeTraceSourceAccessor(&IgmpProtocol::m_txTrace),
                            "ns3::IgmpProtocol::PacketTracedCallback")
            .AddTraceSource("Rx",
                            "An IGMP message came: message, interface.",
                            MakeTraceSourceAccessor(&IgmpProtocol::m_rxTrace),
                            "ns3::IgmpProtocol::PacketTracedCallback")
            .AddTraceSource("Drop",
                            "A message, or part of it, was ignored: message, interface, reason.",
                            MakeTraceSourceAccessor(&IgmpProtocol::m_dropTrace),
                            "ns3::IgmpProtocol::DropTracedCallback")
            .AddTraceSource("Event",
                            "A change of state: querier, join or leave; interface and address.",
                            MakeTraceSourceAccessor(&IgmpProtocol::m_eventTrace),
                            "ns3::IgmpProtocol::EventTracedCallback");
    return tid;
}

} // namespace ns3
