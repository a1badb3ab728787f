// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.11, RFC 5059 §5 and RFC 5015 §3.6 as attributes, and the trace sources.
#include "ns3/boolean.h"
#include "ns3/double.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/string.h"
#include "ns3/text-checker.h"
#include "ns3/uinteger.h"

#include <stdexcept>

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(PimSmRouting);

namespace
{

/** \returns whether \p set took the text: what an attribute's setter says of bad input. */
template <typename F>
bool
Accepts(F set)
{
    try
    {
        set();
        return true;
    }
    catch (const std::invalid_argument&)
    {
        return false;
    }
}

Ptr<const AttributeChecker>
MakeThresholdChecker()
{
    return Create<TextChecker>([](const std::string& text) { PimSptPolicy().SetDefault(text); },
                               "infinity, 0 (the first packet), 20000B/10s, 500p/10s or 100kbps");
}

Ptr<const AttributeChecker>
MakeThresholdRangesChecker()
{
    return Create<TextChecker>([](const std::string& text) { PimSptPolicy().SetRanges(text); },
                               "ranges such as '239.1.0.0/16=infinity 239.1.2.0/24=0'");
}

/** \throws std::invalid_argument */
RpfEcmp
ParseRpfEcmp(const std::string& name)
{
    if (name != "highest" && name != "sg-hash")
    {
        throw std::invalid_argument(name);
    }
    return name == "highest" ? RpfEcmp::HIGHEST : RpfEcmp::SG_HASH;
}

/** \throws std::invalid_argument */
Ipv4Prefix
ParseSsmRange(const std::string& text)
{
    const std::optional<Ipv4Prefix> range = PimSptPolicy::ParseRange(text);
    if (!range)
    {
        throw std::invalid_argument(text);
    }
    return *range;
}

} // namespace

bool
PimSmRouting::SetRpfEcmpName(std::string name)
{
    return Accepts([&] { m_rpfEcmp = ParseRpfEcmp(name); });
}

std::string
PimSmRouting::GetRpfEcmpName() const
{
    return m_rpfEcmp == RpfEcmp::HIGHEST ? "highest" : "sg-hash";
}

bool
PimSmRouting::SetSptThreshold(std::string text)
{
    return Accepts([&] { m_router.GetSptPolicy().SetDefault(text); });
}

std::string
PimSmRouting::GetSptThreshold() const
{
    return m_router.GetSptPolicy().GetDefaultText();
}

bool
PimSmRouting::SetSptThresholdRanges(std::string text)
{
    return Accepts([&] { m_router.GetSptPolicy().SetRanges(text); });
}

std::string
PimSmRouting::GetSptThresholdRanges() const
{
    return m_router.GetSptPolicy().GetRangesText();
}

bool
PimSmRouting::SetRegisterSwitchThreshold(std::string text)
{
    return Accepts([&] { m_router.GetRegisterSwitchPolicy().SetDefault(text); });
}

std::string
PimSmRouting::GetRegisterSwitchThreshold() const
{
    return m_router.GetRegisterSwitchPolicy().GetDefaultText();
}

bool
PimSmRouting::SetRegisterSwitchThresholdRanges(std::string text)
{
    return Accepts([&] { m_router.GetRegisterSwitchPolicy().SetRanges(text); });
}

std::string
PimSmRouting::GetRegisterSwitchThresholdRanges() const
{
    return m_router.GetRegisterSwitchPolicy().GetRangesText();
}

bool
PimSmRouting::SetSsmRange(std::string text)
{
    return Accepts([&] { m_ssmRange = ParseSsmRange(text); });
}

std::string
PimSmRouting::GetSsmRange() const
{
    return m_ssmRange.ToString();
}

void
PimSmRouting::SetPollInterval(Time interval)
{
    pollInterval = interval;
    m_router.GetForwarder().SetPollInterval(interval);
}

Time
PimSmRouting::GetPollInterval() const
{
    return pollInterval;
}

void
PimSmRouting::ApplyCapacity()
{
    m_router.GetForwarder().SetCapacity(
        m_capacity == 0 ? MulticastForwardingCache::UNLIMITED : m_capacity, m_capacityPolicy);
}

void
PimSmRouting::SetCapacity(uint32_t capacity)
{
    m_capacity = capacity;
    ApplyCapacity();
}

uint32_t
PimSmRouting::GetCapacity() const
{
    return m_capacity;
}

bool
PimSmRouting::SetCapacityPolicy(std::string name)
{
    return Accepts([&] {
        m_capacityPolicy = ParseMulticastOverflowPolicy(name);
        ApplyCapacity();
    });
}

std::string
PimSmRouting::GetCapacityPolicy() const
{
    return GetMulticastOverflowPolicyName(m_capacityPolicy);
}

void
PimSmRouting::SetPuntRate(double packetsPerSecond)
{
    m_puntRate = packetsPerSecond;
    m_router.GetForwarder().SetPuntRate(packetsPerSecond);
}

double
PimSmRouting::GetPuntRate() const
{
    return m_puntRate;
}

TypeId
PimSmRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::PimSmRouting")
            .SetParent<Ipv4RoutingProtocol>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<PimSmRouting>()
            // Hellos
            .AddAttribute("HelloPeriod",
                          "Hello_Period (RFC 7761 4.11).",
                          TimeValue(Seconds(30)),
                          MakeTimeAccessor(Own(&PimHelloConfig::helloPeriod)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("TriggeredHelloDelay",
                          "Triggered_Hello_Delay: the first Hello comes within this.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(Own(&PimHelloConfig::triggeredHelloDelay)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("HelloHoldtime",
                          "Holdtime in Hellos, in seconds; 65535: for ever.",
                          UintegerValue(105),
                          MakeUintegerAccessor(Own(&PimHelloConfig::holdtime)),
                          MakeUintegerChecker<uint16_t>())
            .AddAttribute("PropagationDelay",
                          "Propagation_delay(I), as sent in the LAN Prune Delay option.",
                          TimeValue(MilliSeconds(500)),
                          MakeTimeAccessor(Own(&PimHelloConfig::propagationDelay)),
                          MakeTimeChecker(Seconds(0), MilliSeconds(32767)))
            .AddAttribute("OverrideInterval",
                          "Override_Interval(I), as sent in the LAN Prune Delay option.",
                          TimeValue(MilliSeconds(2500)),
                          MakeTimeAccessor(Own(&PimHelloConfig::overrideInterval)),
                          MakeTimeChecker(Seconds(0), MilliSeconds(65535)))
            .AddAttribute("TrackingSupport",
                          "T bit: join suppression is off where every router sends it.",
                          BooleanValue(false),
                          MakeBooleanAccessor(Own(&PimHelloConfig::trackingSupport)),
                          MakeBooleanChecker())
            .AddAttribute("SendLanPruneDelay",
                          "Hellos carry the LAN Prune Delay option.",
                          BooleanValue(true),
                          MakeBooleanAccessor(Own(&PimHelloConfig::sendLanPruneDelay)),
                          MakeBooleanChecker())
            .AddAttribute("SendDrPriority",
                          "Hellos carry the DR Priority option.",
                          BooleanValue(true),
                          MakeBooleanAccessor(Own(&PimHelloConfig::sendDrPriority)),
                          MakeBooleanChecker())
            .AddAttribute("SendGenerationId",
                          "Hellos carry the Generation ID option.",
                          BooleanValue(true),
                          MakeBooleanAccessor(Own(&PimHelloConfig::sendGenerationId)),
                          MakeBooleanChecker())
            .AddAttribute("BidirectionalCapable",
                          "Hellos carry the Bidirectional Capable option (RFC 5015 3.7.4), without "
                          "which neighbours do no bidirectional PIM.",
                          BooleanValue(true),
                          MakeBooleanAccessor(Own(&PimHelloConfig::bidirectionalCapable)),
                          MakeBooleanChecker())
            .AddAttribute("DrPriority",
                          "DR priority on interfaces that have none set.",
                          UintegerValue(1),
                          MakeUintegerAccessor(&PimSmRouting::m_drPriority),
                          MakeUintegerChecker<uint32_t>())
            // Joins and Prunes, Asserts
            .AddAttribute("JoinPrunePeriod",
                          "t_periodic.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(Own(&PimTimerValues::joinPrunePeriod)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("JoinPruneHoldtime",
                          "J/P_Holdtime.",
                          TimeValue(Seconds(210)),
                          MakeTimeAccessor(Own(&PimTimerValues::joinPruneHoldtime)),
                          MakeTimeChecker(Seconds(0), Seconds(65535)))
            .AddAttribute("AssertTime",
                          "Assert_Time.",
                          TimeValue(Seconds(180)),
                          MakeTimeAccessor(Own(&PimTimerValues::assertTime)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("AssertOverrideInterval",
                          "Assert_Override_Interval.",
                          TimeValue(Seconds(3)),
                          MakeTimeAccessor(Own(&PimTimerValues::assertOverrideInterval)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("AssertDataInterval",
                          "Least time between Asserts that data on the wrong interface calls for.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(Own(&PimTimerValues::assertDataInterval)),
                          MakeTimeChecker(Seconds(0)))
            // Sources and Registers
            .AddAttribute("KeepalivePeriod",
                          "Keepalive_Period.",
                          TimeValue(Seconds(210)),
                          MakeTimeAccessor(Own(&PimTimerValues::keepalivePeriod)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("RegisterSuppressionTime",
                          "Register_Suppression_Time.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(Own(&PimTimerValues::registerSuppressionTime)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("RegisterProbeTime",
                          "Register_Probe_Time.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(Own(&PimTimerValues::registerProbeTime)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "RegisterRate",
                "Most Registers per second that a DR sends for one (S,G); 0: no limit. The "
                "first is never held back.",
                DoubleValue(0),
                MakeDoubleAccessor(Own(&PimTimerValues::registerRate)),
                MakeDoubleChecker<double>(0))
            .AddAttribute("RegisterStopRate",
                          "Most Register-Stops per second for one (S,G) to one DR; 0: no limit.",
                          DoubleValue(0),
                          MakeDoubleAccessor(Own(&PimTimerValues::registerStopRate)),
                          MakeDoubleChecker<double>(0))
            .AddAttribute("UnicastTtl",
                          "TTL of Registers, Register-Stops and Candidate-RP-Advertisements.",
                          UintegerValue(64),
                          MakeUintegerAccessor(&PimSmRouting::m_unicastTtl),
                          MakeUintegerChecker<uint8_t>(1))
            // Policies
            .AddAttribute(
                "SptThreshold",
                "Traffic that makes a last hop join the source: infinity, 0 (the first "
                "packet), 20000B/10s, 500p/10s, 100kbps.",
                StringValue("0"),
                MakeStringAccessor(&PimSmRouting::SetSptThreshold, &PimSmRouting::GetSptThreshold),
                MakeThresholdChecker())
            .AddAttribute("SptThresholdRanges",
                          "SptThreshold by group, the longest range counts: "
                          "'239.1.0.0/16=infinity 239.1.2.0/24=0'.",
                          StringValue(""),
                          MakeStringAccessor(&PimSmRouting::SetSptThresholdRanges,
                                             &PimSmRouting::GetSptThresholdRanges),
                          MakeThresholdRangesChecker())
            .AddAttribute("RegisterSwitchThreshold",
                          "Registers of a source that make the RP join it, as SptThreshold.",
                          StringValue("0"),
                          MakeStringAccessor(&PimSmRouting::SetRegisterSwitchThreshold,
                                             &PimSmRouting::GetRegisterSwitchThreshold),
                          MakeThresholdChecker())
            .AddAttribute("RegisterSwitchThresholdRanges",
                          "RegisterSwitchThreshold by group, as SptThresholdRanges.",
                          StringValue(""),
                          MakeStringAccessor(&PimSmRouting::SetRegisterSwitchThresholdRanges,
                                             &PimSmRouting::GetRegisterSwitchThresholdRanges),
                          MakeThresholdRangesChecker())
            .AddAttribute(
                "PollInterval",
                "How often thresholds are looked at, as by daemons that poll kernel "
                "counters; 0: at each packet.",
                TimeValue(Seconds(0)),
                MakeTimeAccessor(&PimSmRouting::SetPollInterval, &PimSmRouting::GetPollInterval),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "RpfEcmp",
                "The choice among equal-cost next hops: highest, or sg-hash.",
                StringValue("highest"),
                MakeStringAccessor(&PimSmRouting::SetRpfEcmpName, &PimSmRouting::GetRpfEcmpName),
                Create<TextChecker>(ParseRpfEcmp, "highest or sg-hash"))
            .AddAttribute(
                "SsmRange",
                "Source-specific groups: no RP, no Registers, no (*,G) (4.8).",
                StringValue("232.0.0.0/8"),
                MakeStringAccessor(&PimSmRouting::SetSsmRange, &PimSmRouting::GetSsmRange),
                Create<TextChecker>(ParseSsmRange, "a range such as 232.0.0.0/8"))
            // The forwarding cache
            .AddAttribute(
                "Capacity",
                "Rows that the forwarding cache holds; 0: no limit.",
                UintegerValue(0),
                MakeUintegerAccessor(&PimSmRouting::SetCapacity, &PimSmRouting::GetCapacity),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute("CapacityPolicy",
                          "What happens to new rows when it is full: refuse, evict, punt, "
                          "fallback-star-g.",
                          StringValue("refuse"),
                          MakeStringAccessor(&PimSmRouting::SetCapacityPolicy,
                                             &PimSmRouting::GetCapacityPolicy),
                          Create<TextChecker>(ParseMulticastOverflowPolicy,
                                              "refuse, evict, punt or fallback-star-g"))
            .AddAttribute(
                "PuntRate",
                "Packets per second that the slow path of policy punt carries.",
                DoubleValue(70),
                MakeDoubleAccessor(&PimSmRouting::SetPuntRate, &PimSmRouting::GetPuntRate),
                MakeDoubleChecker<double>(0))
            // RFC 5059
            .AddAttribute("BsPeriod",
                          "BS_Period (RFC 5059 5).",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(Own(&PimBootstrapConfig::bsPeriod)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("BsTimeout",
                          "BS_Timeout.",
                          TimeValue(Seconds(130)),
                          MakeTimeAccessor(Own(&PimBootstrapConfig::bsTimeout)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("BsMinInterval",
                          "BS_Min_Interval.",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(Own(&PimBootstrapConfig::bsMinInterval)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("ScopeZoneTimeout",
                          "SZ_Timeout.",
                          TimeValue(Seconds(1300)),
                          MakeTimeAccessor(Own(&PimBootstrapConfig::scopeZoneTimeout)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("InitialPending",
                          "How long a candidate BSR waits at its start; 0: BS_Rand_Override; "
                          "XORP: 130 s.",
                          TimeValue(Seconds(0)),
                          MakeTimeAccessor(Own(&PimBootstrapConfig::initialPending)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("AcceptUnicastBootstrap",
                          "Bootstrap messages sent to this router alone are taken (3.5).",
                          BooleanValue(true),
                          MakeBooleanAccessor(Own(&PimBootstrapConfig::acceptUnicast)),
                          MakeBooleanChecker())
            .AddAttribute("RetainedBootstraps",
                          "For how many Bootstrap messages a range lives on whose fragments get "
                          "lost; 0: for its holdtime alone.",
                          UintegerValue(4),
                          MakeUintegerAccessor(Own(&PimBootstrapConfig::retainedMessages)),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("HoldBootstrapForRoute",
                          "Bootstrap messages that come before the route to their BSR wait for it, "
                          "for BS_Period at most.",
                          BooleanValue(true),
                          MakeBooleanAccessor(Own(&PimBootstrapConfig::holdForRoute)),
                          MakeBooleanChecker())
            .AddAttribute("CandidateRpPeriod",
                          "C_RP_Adv_Period.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(Own(&PimCandidateRpTimes::period)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("CandidateRpBackoff",
                          "C_RP_Adv_Backoff.",
                          TimeValue(Seconds(3)),
                          MakeTimeAccessor(Own(&PimCandidateRpTimes::backoff)),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("CandidateRpHoldtime",
                          "Holdtime in Candidate-RP-Advertisements, in seconds.",
                          UintegerValue(150),
                          MakeUintegerAccessor(Own(&PimCandidateRpTimes::holdtime)),
                          MakeUintegerChecker<uint16_t>())
            // RFC 5015
            .AddAttribute("OfferPeriod",
                          "Offer_Period (RFC 5015 3.6).",
                          TimeValue(MilliSeconds(100)),
                          MakeTimeAccessor(Own(&PimDfConfig::offerPeriod)),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("BackoffPeriod",
                          "Backoff_Period.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(Own(&PimDfConfig::backoffPeriod)),
                          MakeTimeChecker(MilliSeconds(1), MilliSeconds(65535)))
            .AddAttribute("ElectionRobustness",
                          "Election_Robustness: Offers before a router wins.",
                          UintegerValue(3),
                          MakeUintegerAccessor(Own(&PimDfConfig::robustness)),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("DfWinnerPeriod",
                          "Period of the Winner messages by which a Designated Forwarder announces "
                          "itself (RFC 5015 3.5.4.2); 0: none.",
                          TimeValue(Seconds(60)),
                          MakeTimeAccessor(Own(&PimDfConfig::winnerPeriod)),
                          MakeTimeChecker(Seconds(0)))
            .AddTraceSource("Tx",
                            "A message is sent, without its IP header, on an interface "
                            "(0: by the routing table).",
                            MakeTraceSourceAccessor(&PimSmRouting::m_txTrace),
                            "ns3::PimSmRouting::PacketTracedCallback")
            .AddTraceSource("Rx",
                            "A message arrives, without its IP header, on an interface.",
                            MakeTraceSourceAccessor(&PimSmRouting::m_rxTrace),
                            "ns3::PimSmRouting::PacketTracedCallback")
            .AddTraceSource("Drop",
                            "A message, or an entry of it, is refused for a reason.",
                            MakeTraceSourceAccessor(&PimSmRouting::m_dropTrace),
                            "ns3::PimSmRouting::DropTracedCallback")
            .AddTraceSource(
                "Event",
                "neighbor-up, neighbor-down, dr, bsr, rp, join, prune, register-start, "
                "register-stop, spt-switch, assert-won, assert-lost, df; with a detail.",
                MakeTraceSourceAccessor(&PimSmRouting::m_eventTrace),
                "ns3::PimSmRouting::EventTracedCallback");
    return tid;
}

} // namespace ns3
