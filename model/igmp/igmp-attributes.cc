// SPDX-License-Identifier: GPL-2.0-only
// RFC 3376 section 8 and RFC 2236 section 8 as attributes, and the trace sources.
#include "ns3/attribute-path.h"
#include "ns3/boolean.h"
#include "ns3/igmp-protocol.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(IgmpProtocol);

TypeId
IgmpProtocol::GetTypeId()
{
    static TypeId tid = ProtocolTraces::AddTo(
        TypeId("ns3::IgmpProtocol")
            .SetParent<Object>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<IgmpProtocol>()
            .AddAttribute("Version",
                          "The version spoken on interfaces whose settings name none.",
                          UintegerValue(3),
                          MakeUintegerAccessor(&IgmpProtocol::m_version),
                          MakeUintegerChecker<uint8_t>(1, 3))
            .AddAttribute(
                "Robustness",
                "The Robustness Variable (RFC 3376 8.1).",
                UintegerValue(2),
                MakeAttributePath<UintegerValue>(&IgmpProtocol::m_config, &IgmpConfig::robustness),
                MakeUintegerChecker<uint8_t>(1))
            .AddAttribute(
                "QueryInterval",
                "Between General Queries (RFC 3376 8.2).",
                TimeValue(Seconds(125)),
                MakeAttributePath<TimeValue>(&IgmpProtocol::m_config, &IgmpConfig::queryInterval),
                MakeTimeChecker(Seconds(1), Seconds(31744)))
            .AddAttribute("QueryResponseInterval",
                          "The Max Response Time of General Queries (RFC 3376 8.3).",
                          TimeValue(Seconds(10)),
                          MakeAttributePath<TimeValue>(&IgmpProtocol::m_config,
                                                       &IgmpConfig::queryResponseInterval),
                          MakeTimeChecker(MilliSeconds(100), MilliSeconds(3174400)))
            .AddAttribute("StartupQueryInterval",
                          "Between General Queries on start-up (RFC 3376 8.6); "
                          "0 stands for a quarter of QueryInterval: 31.25 s.",
                          TimeValue(Seconds(0)),
                          MakeAttributePath<TimeValue>(&IgmpProtocol::m_config,
                                                       &IgmpConfig::startupQueryInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("StartupQueryCount",
                          "General Queries on start-up (RFC 3376 8.7); 0 stands for Robustness.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&IgmpProtocol::m_config,
                                                           &IgmpConfig::startupQueryCount),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("LastMemberQueryInterval",
                          "The Max Response Time of specific Queries, and the time between them "
                          "(RFC 3376 8.8).",
                          TimeValue(Seconds(1)),
                          MakeAttributePath<TimeValue>(&IgmpProtocol::m_config,
                                                       &IgmpConfig::lastMemberQueryInterval),
                          MakeTimeChecker(MilliSeconds(100), MilliSeconds(3174400)))
            .AddAttribute("LastMemberQueryCount",
                          "Specific Queries before a group or source is given up (RFC 3376 8.9); "
                          "0 stands for Robustness.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&IgmpProtocol::m_config,
                                                           &IgmpConfig::lastMemberQueryCount),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute(
                "UnsolicitedReportInterval",
                "Within which a version 3 state-change report is repeated (RFC 3376 8.11).",
                TimeValue(Seconds(1)),
                MakeAttributePath<TimeValue>(&IgmpProtocol::m_config,
                                             &IgmpConfig::unsolicitedReportInterval),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute("UnsolicitedReportIntervalV2",
                          "Within which a first report of version 1 or 2 is repeated "
                          "(RFC 2236 8.10).",
                          TimeValue(Seconds(10)),
                          MakeAttributePath<TimeValue>(&IgmpProtocol::m_config,
                                                       &IgmpConfig::unsolicitedReportIntervalV2),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "Version1RouterPresentTimeout",
                "For which a version 2 host remembers a version 1 router (RFC 2236 8.11).",
                TimeValue(Seconds(400)),
                MakeAttributePath<TimeValue>(&IgmpProtocol::m_config,
                                             &IgmpConfig::version1RouterPresentTimeout),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "FastLeave",
                "Leaves take effect at once, without a Query; for links with one member.",
                BooleanValue(false),
                MakeAttributePath<BooleanValue>(&IgmpProtocol::m_config, &IgmpConfig::fastLeave),
                MakeBooleanChecker())
            .AddAttribute("MembershipLimit",
                          "Groups that a querier tracks on one interface; 0: no limit.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&IgmpProtocol::m_config,
                                                           &IgmpConfig::membershipLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "SourceLimit",
                "Sources of one group that a querier tracks on one interface; 0: no limit.",
                UintegerValue(0),
                MakeAttributePath<UintegerValue>(&IgmpProtocol::m_config, &IgmpConfig::sourceLimit),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute("HostMembershipLimit",
                          "Groups that the node may join on one interface; 0: no limit.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&IgmpProtocol::m_config,
                                                           &IgmpConfig::hostMembershipLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "SsmPrefix",
                "The SSM range (RFC 4604).",
                Ipv4AddressValue("232.0.0.0"),
                MakeIpv4AddressAccessor(&IgmpProtocol::SetSsmPrefix, &IgmpProtocol::GetSsmPrefix),
                MakeIpv4AddressChecker())
            .AddAttribute(
                "SsmMask",
                "The mask of the SSM range.",
                Ipv4MaskValue("255.0.0.0"),
                MakeIpv4MaskAccessor(&IgmpProtocol::SetSsmMask, &IgmpProtocol::GetSsmMask),
                MakeIpv4MaskChecker()),
        &IgmpProtocol::m_traces,
        {"without its IP header", "querier, join, leave; with the interface and an address"});
    return tid;
}

void
IgmpProtocol::SetSsmPrefix(Ipv4Address prefix)
{
    m_ssmPrefix = prefix;
    m_config.ssmRange = Ipv4Prefix::FromMask(m_ssmPrefix, m_ssmMask).value_or(Ipv4Prefix());
}

Ipv4Address
IgmpProtocol::GetSsmPrefix() const
{
    return m_ssmPrefix;
}

bool
IgmpProtocol::SetSsmMask(Ipv4Mask mask)
{
    const std::optional<Ipv4Prefix> range = Ipv4Prefix::FromMask(m_ssmPrefix, mask);
    if (range)
    {
        m_ssmMask = mask;
        m_config.ssmRange = *range;
    }
    return range.has_value();
}

Ipv4Mask
IgmpProtocol::GetSsmMask() const
{
    return m_ssmMask;
}

} // namespace ns3
