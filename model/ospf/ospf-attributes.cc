// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 Appendices B and C as attributes, and the trace sources.
#include "ns3/attribute-functions.h"
#include "ns3/attribute-path.h"
#include "ns3/boolean.h"
#include "ns3/enum-attribute.h"
#include "ns3/ospf-routing.h"
#include "ns3/string.h"
#include "ns3/text-checker.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(OspfRouting);

TypeId
OspfRouting::GetTypeId()
{
    static TypeId tid = ProtocolTraces::AddTo(
        TypeId("ns3::OspfRouting")
            .SetParent<UnicastRibRouting>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<OspfRouting>()
            .AddAttribute("RouterId",
                          "Router id; 0.0.0.0: the highest address at the start.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&OspfRouting::SetRouterIdAttribute,
                                                  &OspfRouting::GetRouterIdAttribute),
                          MakeIpv4AddressChecker())
            .AddAttribute("ReferenceBandwidth",
                          "The data rate of cost 1, where no cost is set (C.3).",
                          DataRateValue(DataRate("100Mbps")),
                          MakeDataRateAccessor(&OspfRouting::m_referenceBandwidth),
                          MakeDataRateChecker())
            .AddAttribute("Preference",
                          "Administrative distance of OSPF routes.",
                          UintegerValue(110),
                          MakeUintegerAccessor(&OspfRouting::m_preference),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "MaxPaths",
                "Equal-cost next hops kept per route.",
                UintegerValue(16),
                MakeAttributePath<UintegerValue>(&OspfRouting::m_config, &OspfConfig::maxPaths),
                MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("Rfc1583Compatibility",
                          "RFC1583Compatibility (C.1).",
                          BooleanValue(true),
                          MakeAttributePath<BooleanValue>(&OspfRouting::m_config,
                                                          &OspfConfig::rfc1583Compatibility),
                          MakeBooleanChecker())
            .AddAttribute(
                "StubRouter",
                "Advertises transit links at MaxLinkMetric, so that others send through "
                "this router only where nothing else is left (RFC 6987). Its own "
                "networks stay as near, and so do its own routes.",
                BooleanValue(false),
                MakeAttributePath<BooleanValue>(&OspfRouting::m_config, &OspfConfig::stubRouter),
                MakeBooleanChecker())
            .AddAttribute("HelloInterval",
                          "Time between Hellos (C.3).",
                          TimeValue(Seconds(10)),
                          MakeAttributePath<TimeValue>(&OspfRouting::m_interfaceConfig,
                                                       &OspfInterfaceConfig::helloInterval),
                          MakeTimeChecker(Seconds(1), Seconds(65535)))
            .AddAttribute("RouterDeadInterval",
                          "Silence after which a neighbour is gone (C.3).",
                          TimeValue(Seconds(40)),
                          MakeAttributePath<TimeValue>(&OspfRouting::m_interfaceConfig,
                                                       &OspfInterfaceConfig::deadInterval),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("RxmtInterval",
                          "Time between retransmissions (C.3).",
                          TimeValue(Seconds(5)),
                          MakeAttributePath<TimeValue>(&OspfRouting::m_interfaceConfig,
                                                       &OspfInterfaceConfig::rxmtInterval),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("InfTransDelay",
                          "Added to the age of an LSA that is sent (C.3).",
                          TimeValue(Seconds(1)),
                          MakeAttributePath<TimeValue>(&OspfRouting::m_interfaceConfig,
                                                       &OspfInterfaceConfig::transmitDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("NeighborLimit",
                          "Neighbours on one interface; further ones are refused; 0: any number.",
                          UintegerValue(0),
                          MakeAttributePath<UintegerValue>(&OspfRouting::m_config,
                                                           &OspfConfig::neighborLimit),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "LsaLimit",
                "LSAs in all databases; further ones of other routers are refused; 0: any number.",
                UintegerValue(0),
                MakeAttributePath<UintegerValue>(&OspfRouting::m_config, &OspfConfig::lsaLimit),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "AuthenticationType",
                "How packets are authenticated: none, simple, md5 (RFC 2328 D) or "
                "hmac-sha-1, hmac-sha-256, hmac-sha-384, hmac-sha-512 (RFC 5709).",
                MakeEnumAttribute(OspfAuthenticationType::NONE),
                MakeEnumAttributePath<OspfAuthenticationType>(&OspfRouting::m_interfaceConfig,
                                                              &OspfInterfaceConfig::authentication,
                                                              &OspfAuthenticationConfig::type),
                MakeEnumAttributeChecker<OspfAuthenticationType>())
            .AddAttribute("AuthenticationKeys",
                          "Keys by number, as '1=secret 2=another': all are accepted, the last one "
                          "signs. A simple password is a key of any number.",
                          StringValue(""),
                          MakeAttributeFunctions<StringValue, OspfRouting>(
                              [](OspfRouting& o, const std::string& text) {
                                  o.m_interfaceConfig.authentication.keys =
                                      ParseOspfAuthenticationKeys(text);
                              },
                              [](const OspfRouting& o) {
                                  return FormatOspfAuthenticationKeys(
                                      o.m_interfaceConfig.authentication.keys);
                              }),
                          Create<TextChecker>(ParseOspfAuthenticationKeys,
                                              "keys such as '1=secret 2=another'"))
            .AddAttribute(
                "LSRefreshTime",
                "Age at which an own LSA is originated again (B).",
                TimeValue(Seconds(1800)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::lsRefreshTime),
                MakeTimeChecker(Seconds(1)))
            .AddAttribute(
                "MinLSInterval",
                "Least time between two originations of one LSA (B).",
                TimeValue(Seconds(5)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::minLsInterval),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "MinLSArrival",
                "Least time between two receptions of one LSA (B).",
                TimeValue(Seconds(1)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::minLsArrival),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute("MaxAge",
                          "Age at which an LSA is flushed (B).",
                          TimeValue(Seconds(3600)),
                          MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::maxAge),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute(
                "MaxAgeDiff",
                "Ages that differ more mean different instances (B).",
                TimeValue(Seconds(900)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::maxAgeDiff),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "SpfDelay",
                "Time from a change to the calculation of routes.",
                TimeValue(MilliSeconds(50)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::spfDelay),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "SpfHold",
                "Least time between two calculations; doubles in a storm.",
                TimeValue(MilliSeconds(200)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::spfHold),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "SpfMaxHold",
                "Where the doubling of SpfHold ends.",
                TimeValue(Seconds(5)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::spfMaxHold),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "FloodPacing",
                "Time between two floodings of a router that has more to flood than FloodBurst: "
                "what is to be flooded meanwhile waits and shares packets. 0: no pacing.",
                TimeValue(MilliSeconds(33)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::floodPacing),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "FloodBurst",
                "How many floodings may go at once; each FloodPacing that passes allows one more.",
                UintegerValue(64),
                MakeAttributePath<UintegerValue>(&OspfRouting::m_config, &OspfConfig::floodBurst),
                MakeUintegerChecker<uint32_t>(1, 1000000))
            .AddAttribute(
                "AckDelay",
                "How long delayed acknowledgements wait (13.5).",
                TimeValue(Seconds(1)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::ackDelay),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "HelloJitter",
                "The first Hello waits a random time up to this.",
                TimeValue(Seconds(1)),
                MakeAttributePath<TimeValue>(&OspfRouting::m_config, &OspfConfig::helloJitter),
                MakeTimeChecker(Seconds(0))),
        &OspfRouting::m_traces,
        {"without its IP header", "neighbor-full, neighbor-down, dr, spf"});
    return tid;
}

void
OspfRouting::SetRouterIdAttribute(Ipv4Address routerId)
{
    m_routerId = OspfId(routerId);
}

Ipv4Address
OspfRouting::GetRouterIdAttribute() const
{
    return m_routerId.ToAddress();
}

} // namespace ns3
