// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.11, RFC 5059 §5 and RFC 5015 §3.6 as attributes, and the trace sources.
#include "ns3/attribute-functions.h"
#include "ns3/attribute-path.h"
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

Ptr<const AttributeChecker>
MakeThresholdChecker()
{
    return Create<TextChecker>([](const std::string& text) { PimSptPolicy().SetDefault(text); },
                               "infinity, 0 (the first packet), 20000B/10s, 500p/10s or 100kbps");
}

/** \p list of \p part of the configuration as an attribute. */
template <typename Part>
Ptr<const AttributeAccessor>
MakeAccessList(PimConfig PimSmRouting::*config, Part PimConfig::*part, PimAccessList Part::*list)
{
    return MakeAttributeFunctions<StringValue, PimSmRouting>(
        [=](PimSmRouting& o, const std::string& text) { (((o.*config).*part).*list).Set(text); },
        [=](const PimSmRouting& o) { return (((o.*config).*part).*list).GetText(); });
}

Ptr<const AttributeChecker>
MakeAccessListChecker()
{
    return Create<TextChecker>([](const std::string& text) { PimAccessList().Set(text); },
                               "prefixes such as '192.168.1.0/24 10.0.0.1', or nothing");
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

/** The forwarding cache of a running instance is to follow the config. */
void
Apply(const std::unique_ptr<PimInstance>& instance)
{
    instance ? instance->GetEngine().ApplyForwardingConfig() : void();
}

/** A member of PimConfig, or of one of its structs, as an attribute. */
template <typename Value, typename... Steps>
Ptr<const AttributeAccessor>
Config(PimConfig PimSmRouting::*config, Steps... steps)
{
    return MakeAttributePath<Value>(config, steps...);
}

} // namespace

TypeId
PimSmRouting::GetTypeId()
{
    constexpr auto config = &PimSmRouting::m_config;
    static TypeId tid =
        TypeId("ns3::PimSmRouting")
            .SetParent<Ipv4RoutingProtocol>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<PimSmRouting>()
            // Hellos
            .AddAttribute(
                "HelloPeriod",
                "Hello_Period (RFC 7761 4.11).",
                TimeValue(Seconds(30)),
                Config<TimeValue>(config, &PimConfig::hello, &PimHelloConfig::helloPeriod),
                MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute(
                "TriggeredHelloDelay",
                "Triggered_Hello_Delay: the first Hello comes within this.",
                TimeValue(Seconds(5)),
                Config<TimeValue>(config, &PimConfig::hello, &PimHelloConfig::triggeredHelloDelay),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "HelloHoldtime",
                "Holdtime in Hellos, in seconds; 65535: permanently.",
                UintegerValue(105),
                Config<UintegerValue>(config, &PimConfig::hello, &PimHelloConfig::holdtime),
                MakeUintegerChecker<uint16_t>())
            .AddAttribute(
                "PropagationDelay",
                "Propagation_delay(I), as sent in the LAN Prune Delay option.",
                TimeValue(MilliSeconds(500)),
                Config<TimeValue>(config, &PimConfig::hello, &PimHelloConfig::propagationDelay),
                MakeTimeChecker(Seconds(0), MilliSeconds(32767)))
            .AddAttribute(
                "OverrideInterval",
                "Override_Interval(I), as sent in the LAN Prune Delay option.",
                TimeValue(MilliSeconds(2500)),
                Config<TimeValue>(config, &PimConfig::hello, &PimHelloConfig::overrideInterval),
                MakeTimeChecker(Seconds(0), MilliSeconds(65535)))
            .AddAttribute(
                "TrackingSupport",
                "T bit: join suppression is off where every router sends it.",
                BooleanValue(false),
                Config<BooleanValue>(config, &PimConfig::hello, &PimHelloConfig::trackingSupport),
                MakeBooleanChecker())
            .AddAttribute(
                "SendLanPruneDelay",
                "Hellos carry the LAN Prune Delay option.",
                BooleanValue(true),
                Config<BooleanValue>(config, &PimConfig::hello, &PimHelloConfig::sendLanPruneDelay),
                MakeBooleanChecker())
            .AddAttribute(
                "SendDrPriority",
                "Hellos carry the DR Priority option.",
                BooleanValue(true),
                Config<BooleanValue>(config, &PimConfig::hello, &PimHelloConfig::sendDrPriority),
                MakeBooleanChecker())
            .AddAttribute(
                "SendGenerationId",
                "Hellos carry the Generation ID option.",
                BooleanValue(true),
                Config<BooleanValue>(config, &PimConfig::hello, &PimHelloConfig::sendGenerationId),
                MakeBooleanChecker())
            .AddAttribute("BidirectionalCapable",
                          "Hellos carry the Bidirectional Capable option (RFC 5015 3.7.4), without "
                          "which neighbours do not run bidirectional PIM.",
                          BooleanValue(true),
                          Config<BooleanValue>(
                              config, &PimConfig::hello, &PimHelloConfig::bidirectionalCapable),
                          MakeBooleanChecker())
            .AddAttribute("DrPriority",
                          "DR priority on interfaces that have none set.",
                          UintegerValue(1),
                          Config<UintegerValue>(config, &PimConfig::drPriority),
                          MakeUintegerChecker<uint32_t>())
            // Joins and Prunes, Asserts
            .AddAttribute(
                "JoinPrunePeriod",
                "t_periodic.",
                TimeValue(Seconds(60)),
                Config<TimeValue>(config, &PimConfig::timers, &PimTimerValues::joinPrunePeriod),
                MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute(
                "JoinPruneHoldtime",
                "J/P_Holdtime.",
                TimeValue(Seconds(210)),
                Config<TimeValue>(config, &PimConfig::timers, &PimTimerValues::joinPruneHoldtime),
                MakeTimeChecker(Seconds(0), Seconds(65535)))
            .AddAttribute(
                "AssertTime",
                "Assert_Time.",
                TimeValue(Seconds(180)),
                Config<TimeValue>(config, &PimConfig::timers, &PimTimerValues::assertTime),
                MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("AssertOverrideInterval",
                          "Assert_Override_Interval.",
                          TimeValue(Seconds(3)),
                          Config<TimeValue>(
                              config, &PimConfig::timers, &PimTimerValues::assertOverrideInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "AssertDataInterval",
                "Minimum time between Asserts that data on the wrong interface triggers.",
                TimeValue(Seconds(1)),
                Config<TimeValue>(config, &PimConfig::timers, &PimTimerValues::assertDataInterval),
                MakeTimeChecker(Seconds(0)))
            // Sources and Registers
            .AddAttribute(
                "KeepalivePeriod",
                "Keepalive_Period.",
                TimeValue(Seconds(210)),
                Config<TimeValue>(config, &PimConfig::timers, &PimTimerValues::keepalivePeriod),
                MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("RegisterSuppressionTime",
                          "Register_Suppression_Time.",
                          TimeValue(Seconds(60)),
                          Config<TimeValue>(
                              config, &PimConfig::timers, &PimTimerValues::registerSuppressionTime),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "RegisterProbeTime",
                "Register_Probe_Time.",
                TimeValue(Seconds(5)),
                Config<TimeValue>(config, &PimConfig::timers, &PimTimerValues::registerProbeTime),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "RegisterRate",
                "Most Registers per second that a DR sends for one (S,G); 0: no limit. The "
                "first is never held back.",
                DoubleValue(0),
                Config<DoubleValue>(config, &PimConfig::timers, &PimTimerValues::registerRate),
                MakeDoubleChecker<double>(0))
            .AddAttribute(
                "RegisterStopRate",
                "Most Register-Stops per second for one (S,G) to one DR; 0: no limit.",
                DoubleValue(0),
                Config<DoubleValue>(config, &PimConfig::timers, &PimTimerValues::registerStopRate),
                MakeDoubleChecker<double>(0))
            .AddAttribute("UnicastTtl",
                          "TTL of Registers, Register-Stops and Candidate-RP-Advertisements.",
                          UintegerValue(64),
                          Config<UintegerValue>(config, &PimConfig::unicastTtl),
                          MakeUintegerChecker<uint8_t>(1))
            // Policies
            .AddAttribute(
                "SptThreshold",
                "Traffic that makes a last hop join the source: infinity, 0 (the first "
                "packet), 20000B/10s, 500p/10s, 100kbps.",
                StringValue("0"),
                MakeAttributeFunctions<StringValue, PimSmRouting>(
                    [](PimSmRouting& o, const std::string& text) {
                        o.m_config.sptPolicy.SetDefault(text);
                    },
                    [](const PimSmRouting& o) { return o.m_config.sptPolicy.GetDefaultText(); }),
                MakeThresholdChecker())
            .AddAttribute(
                "SptThresholdRanges",
                "SptThreshold by group, the longest range counts: "
                "'239.1.0.0/16=infinity 239.1.2.0/24=0'.",
                StringValue(""),
                MakeAttributeFunctions<StringValue, PimSmRouting>(
                    [](PimSmRouting& o, const std::string& text) {
                        o.m_config.sptPolicy.SetRanges(text);
                    },
                    [](const PimSmRouting& o) { return o.m_config.sptPolicy.GetRangesText(); }),
                MakeThresholdRangesChecker())
            .AddAttribute("RegisterSwitchThreshold",
                          "Registers of a source that make the RP join it, as SptThreshold.",
                          StringValue("0"),
                          MakeAttributeFunctions<StringValue, PimSmRouting>(
                              [](PimSmRouting& o, const std::string& text) {
                                  o.m_config.registerSwitchPolicy.SetDefault(text);
                              },
                              [](const PimSmRouting& o) {
                                  return o.m_config.registerSwitchPolicy.GetDefaultText();
                              }),
                          MakeThresholdChecker())
            .AddAttribute("RegisterSwitchThresholdRanges",
                          "RegisterSwitchThreshold by group, as SptThresholdRanges.",
                          StringValue(""),
                          MakeAttributeFunctions<StringValue, PimSmRouting>(
                              [](PimSmRouting& o, const std::string& text) {
                                  o.m_config.registerSwitchPolicy.SetRanges(text);
                              },
                              [](const PimSmRouting& o) {
                                  return o.m_config.registerSwitchPolicy.GetRangesText();
                              }),
                          MakeThresholdRangesChecker())
            .AddAttribute("PollInterval",
                          "Polling interval for thresholds, as of daemons that poll kernel "
                          "counters; 0: check on every packet.",
                          TimeValue(Seconds(0)),
                          MakeAttributeFunctions<TimeValue, PimSmRouting>(
                              [](PimSmRouting& o, Time value) {
                                  o.m_config.timers.pollInterval = value;
                                  Apply(o.m_instance);
                              },
                              [](const PimSmRouting& o) { return o.m_config.timers.pollInterval; }),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("RpfEcmp",
                          "The choice among equal-cost next hops: highest, or sg-hash.",
                          StringValue("highest"),
                          MakeAttributeFunctions<StringValue, PimSmRouting>(
                              [](PimSmRouting& o, const std::string& text) {
                                  o.m_config.rpfEcmp = ParseRpfEcmp(text);
                              },
                              [](const PimSmRouting& o) {
                                  return std::string(o.m_config.rpfEcmp == RpfEcmp::HIGHEST
                                                         ? "highest"
                                                         : "sg-hash");
                              }),
                          Create<TextChecker>(ParseRpfEcmp, "highest or sg-hash"))
            .AddAttribute("SsmRange",
                          "Source-specific groups: no RP, no Registers, no (*,G) (4.8).",
                          StringValue("232.0.0.0/8"),
                          MakeAttributeFunctions<StringValue, PimSmRouting>(
                              [](PimSmRouting& o, const std::string& text) {
                                  o.m_config.ssmRange = ParseSsmRange(text);
                              },
                              [](const PimSmRouting& o) { return o.m_config.ssmRange.ToString(); }),
                          Create<TextChecker>(ParseSsmRange, "a range such as 232.0.0.0/8"))
            .AddAttribute("EntryLimit",
                          "(*,G) and (S,G) entries beyond which messages and data make no new "
                          "ones; 0: any number. Members are bounded by IGMP.",
                          UintegerValue(0),
                          Config<UintegerValue>(config, &PimConfig::entryLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "NeighborLimit",
                "Neighbours on one interface; further ones are refused; 0: any number.",
                UintegerValue(0),
                Config<UintegerValue>(config, &PimConfig::hello, &PimHelloConfig::neighborLimit),
                MakeUintegerChecker<uint32_t>())
            // Whom it believes
            .AddAttribute("NeighborFilter",
                          "Routers whose messages on a link are taken, as prefixes; empty: all "
                          "(RFC 7761 6.2).",
                          StringValue(""),
                          MakeAccessList(config, &PimConfig::access, &PimAccessConfig::neighbors),
                          MakeAccessListChecker())
            .AddAttribute("RegisterFilter",
                          "Routers whose Registers an RP takes, as prefixes; empty: all (6.2).",
                          StringValue(""),
                          MakeAccessList(config, &PimConfig::access, &PimAccessConfig::registers),
                          MakeAccessListChecker())
            .AddAttribute(
                "CandidateRpFilter",
                "RP addresses that a BSR takes from Candidate-RP-Advertisements, as "
                "prefixes; empty: all.",
                StringValue(""),
                MakeAccessList(config, &PimConfig::access, &PimAccessConfig::candidateRps),
                MakeAccessListChecker())
            .AddAttribute(
                "BsrBorder",
                "Interfaces where the BSR's domain ends, by prefixes that hold their "
                "addresses: no Bootstrap message goes out or is taken there.",
                StringValue(""),
                MakeAccessList(config, &PimConfig::bootstrap, &PimBootstrapConfig::border),
                MakeAccessListChecker())
            // The forwarding cache
            .AddAttribute("Capacity",
                          "Entries that the forwarding cache holds; 0: no limit.",
                          UintegerValue(0),
                          MakeAttributeFunctions<UintegerValue, PimSmRouting>(
                              [](PimSmRouting& o, uint64_t value) {
                                  o.m_config.forwarding.capacity = static_cast<uint32_t>(value);
                                  Apply(o.m_instance);
                              },
                              [](const PimSmRouting& o) { return o.m_config.forwarding.capacity; }),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "StarGCapacity",
                "Of them (*,G) entries, where the table holds these apart; 0: no limit.",
                UintegerValue(0),
                MakeAttributeFunctions<UintegerValue, PimSmRouting>(
                    [](PimSmRouting& o, uint64_t value) {
                        o.m_config.forwarding.starGCapacity = static_cast<uint32_t>(value);
                        Apply(o.m_instance);
                    },
                    [](const PimSmRouting& o) { return o.m_config.forwarding.starGCapacity; }),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "SourceCapacity",
                "Of them (S,G) entries, where the table holds these apart; 0: no limit.",
                UintegerValue(0),
                MakeAttributeFunctions<UintegerValue, PimSmRouting>(
                    [](PimSmRouting& o, uint64_t value) {
                        o.m_config.forwarding.sourceCapacity = static_cast<uint32_t>(value);
                        Apply(o.m_instance);
                    },
                    [](const PimSmRouting& o) { return o.m_config.forwarding.sourceCapacity; }),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute("CapacityPolicy",
                          "What happens to new entries when it is full: refuse, evict, punt, "
                          "fallback-star-g.",
                          StringValue("refuse"),
                          MakeAttributeFunctions<StringValue, PimSmRouting>(
                              [](PimSmRouting& o, const std::string& text) {
                                  o.m_config.forwarding.policy = ParseMulticastOverflowPolicy(text);
                                  Apply(o.m_instance);
                              },
                              [](const PimSmRouting& o) {
                                  return GetMulticastOverflowPolicyName(
                                      o.m_config.forwarding.policy);
                              }),
                          Create<TextChecker>(ParseMulticastOverflowPolicy,
                                              "refuse, evict, punt or fallback-star-g"))
            .AddAttribute("PuntRate",
                          "Packets per second that the slow path of policy punt carries.",
                          DoubleValue(70),
                          MakeAttributeFunctions<DoubleValue, PimSmRouting>(
                              [](PimSmRouting& o, double value) {
                                  o.m_config.forwarding.puntRate = value;
                                  Apply(o.m_instance);
                              },
                              [](const PimSmRouting& o) { return o.m_config.forwarding.puntRate; }),
                          MakeDoubleChecker<double>(0))
            // RFC 5059
            .AddAttribute(
                "BsPeriod",
                "BS_Period (RFC 5059 5).",
                TimeValue(Seconds(60)),
                Config<TimeValue>(config, &PimConfig::bootstrap, &PimBootstrapConfig::bsPeriod),
                MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute(
                "BsTimeout",
                "BS_Timeout.",
                TimeValue(Seconds(130)),
                Config<TimeValue>(config, &PimConfig::bootstrap, &PimBootstrapConfig::bsTimeout),
                MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("BsMinInterval",
                          "BS_Min_Interval.",
                          TimeValue(Seconds(10)),
                          Config<TimeValue>(
                              config, &PimConfig::bootstrap, &PimBootstrapConfig::bsMinInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("ScopeZoneTimeout",
                          "SZ_Timeout.",
                          TimeValue(Seconds(1300)),
                          Config<TimeValue>(
                              config, &PimConfig::bootstrap, &PimBootstrapConfig::scopeZoneTimeout),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("InitialPending",
                          "How long a candidate BSR waits at its start; 0: BS_Rand_Override; "
                          "XORP: 130 s.",
                          TimeValue(Seconds(0)),
                          Config<TimeValue>(
                              config, &PimConfig::bootstrap, &PimBootstrapConfig::initialPending),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("AcceptUnicastBootstrap",
                          "Bootstrap messages sent to this router alone are taken (3.5).",
                          BooleanValue(true),
                          Config<BooleanValue>(
                              config, &PimConfig::bootstrap, &PimBootstrapConfig::acceptUnicast),
                          MakeBooleanChecker())
            .AddAttribute("RetainedBootstraps",
                          "For how many Bootstrap messages a range is kept whose fragments get "
                          "lost; 0: for its holdtime alone.",
                          UintegerValue(4),
                          Config<UintegerValue>(
                              config, &PimConfig::bootstrap, &PimBootstrapConfig::retainedMessages),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute("HoldBootstrapForRoute",
                          "Bootstrap messages that come before the route to their BSR wait for it, "
                          "for BS_Period at most.",
                          BooleanValue(true),
                          Config<BooleanValue>(
                              config, &PimConfig::bootstrap, &PimBootstrapConfig::holdForRoute),
                          MakeBooleanChecker())
            .AddAttribute("CandidateRpPeriod",
                          "C_RP_Adv_Period.",
                          TimeValue(Seconds(60)),
                          Config<TimeValue>(config,
                                            &PimConfig::bootstrap,
                                            &PimBootstrapConfig::candidateRpTimes,
                                            &PimCandidateRpTimes::period),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("CandidateRpBackoff",
                          "C_RP_Adv_Backoff.",
                          TimeValue(Seconds(3)),
                          Config<TimeValue>(config,
                                            &PimConfig::bootstrap,
                                            &PimBootstrapConfig::candidateRpTimes,
                                            &PimCandidateRpTimes::backoff),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("CandidateRpHoldtime",
                          "Holdtime in Candidate-RP-Advertisements, in seconds.",
                          UintegerValue(150),
                          Config<UintegerValue>(config,
                                                &PimConfig::bootstrap,
                                                &PimBootstrapConfig::candidateRpTimes,
                                                &PimCandidateRpTimes::holdtime),
                          MakeUintegerChecker<uint16_t>())
            // RFC 5015
            .AddAttribute("OfferPeriod",
                          "Offer_Period (RFC 5015 3.6).",
                          TimeValue(MilliSeconds(100)),
                          Config<TimeValue>(config, &PimConfig::df, &PimDfConfig::offerPeriod),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("BackoffPeriod",
                          "Backoff_Period.",
                          TimeValue(Seconds(1)),
                          Config<TimeValue>(config, &PimConfig::df, &PimDfConfig::backoffPeriod),
                          MakeTimeChecker(MilliSeconds(1), MilliSeconds(65535)))
            .AddAttribute("ElectionRobustness",
                          "Election_Robustness: Offers before a router wins.",
                          UintegerValue(3),
                          Config<UintegerValue>(config, &PimConfig::df, &PimDfConfig::robustness),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("DfWinnerPeriod",
                          "Period of the Winner messages by which a Designated Forwarder announces "
                          "itself (RFC 5015 3.5.4.2); 0: none.",
                          TimeValue(Seconds(60)),
                          Config<TimeValue>(config, &PimConfig::df, &PimDfConfig::winnerPeriod),
                          MakeTimeChecker(Seconds(0)));
    static const ProtocolTraces::Texts texts{
        "without its IP header",
        "neighbor-up, neighbor-down, dr, bsr, rp, join, prune, register-start, register-stop, "
        "spt-switch, assert-won, assert-lost, df"};
    static const TypeId traced = ProtocolTraces::AddTo(tid, &PimSmRouting::m_traces, texts);
    return traced;
}

} // namespace ns3
