// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 Appendices B and C as attributes, and the trace sources.
#include "ns3/boolean.h"
#include "ns3/ospf-routing.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(OspfRouting);

TypeId
OspfRouting::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::OspfRouting")
            .SetParent<UnicastRibRouting>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<OspfRouting>()
            .AddAttribute("RouterId",
                          "Router id; 0.0.0.0: the highest address at the start.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&OspfRouting::m_routerId),
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
            .AddAttribute("MaxPaths",
                          "Equal-cost next hops kept per route.",
                          UintegerValue(16),
                          MakeUintegerAccessor(&OspfRouting::m_maxPaths),
                          MakeUintegerChecker<uint32_t>(1))
            .AddAttribute("Rfc1583Compatibility",
                          "RFC1583Compatibility (C.1).",
                          BooleanValue(true),
                          MakeBooleanAccessor(&OspfRouting::m_rfc1583Compatibility),
                          MakeBooleanChecker())
            .AddAttribute("StubRouter",
                          "Advertises transit links at MaxLinkMetric, so that others send through "
                          "this router only where nothing else is left (RFC 6987). Its own "
                          "networks stay as near, and so do its own routes.",
                          BooleanValue(false),
                          MakeBooleanAccessor(&OspfRouting::m_stubRouter),
                          MakeBooleanChecker())
            .AddTraceSource("Tx",
                            "A packet is sent, without its IP header, on an interface.",
                            MakeTraceSourceAccessor(&OspfRouting::m_txTrace),
                            "ns3::OspfRouting::PacketTracedCallback")
            .AddTraceSource("Rx",
                            "A packet arrives, without its IP header, on an interface.",
                            MakeTraceSourceAccessor(&OspfRouting::m_rxTrace),
                            "ns3::OspfRouting::PacketTracedCallback")
            .AddTraceSource("Drop",
                            "A packet, or an LSA in it, is refused for a reason.",
                            MakeTraceSourceAccessor(&OspfRouting::m_dropTrace),
                            "ns3::OspfRouting::DropTracedCallback")
            .AddTraceSource("Event",
                            "neighbor-full, neighbor-down, dr, spf; with a detail.",
                            MakeTraceSourceAccessor(&OspfRouting::m_eventTrace),
                            "ns3::OspfRouting::EventTracedCallback")
            .AddAttribute("HelloInterval",
                          "Time between Hellos (C.3).",
                          TimeValue(Seconds(10)),
                          MakeTimeAccessor(&OspfRouting::m_helloInterval),
                          MakeTimeChecker(Seconds(1), Seconds(65535)))
            .AddAttribute("RouterDeadInterval",
                          "Silence after which a neighbour is gone (C.3).",
                          TimeValue(Seconds(40)),
                          MakeTimeAccessor(&OspfRouting::m_deadInterval),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("RxmtInterval",
                          "Time between retransmissions (C.3).",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&OspfRouting::m_rxmtInterval),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("InfTransDelay",
                          "Added to the age of an LSA that is sent (C.3).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&OspfRouting::m_transmitDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("LSRefreshTime",
                          "Age at which an own LSA is originated anew (B).",
                          TimeValue(Seconds(1800)),
                          MakeTimeAccessor(&OspfRouting::m_lsRefreshTime),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("MinLSInterval",
                          "Least time between two originations of one LSA (B).",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&OspfRouting::m_minLsInterval),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MinLSArrival",
                          "Least time between two receptions of one LSA (B).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&OspfRouting::m_minLsArrival),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("MaxAge",
                          "Age at which an LSA is flushed (B).",
                          TimeValue(Seconds(3600)),
                          MakeTimeAccessor(&OspfRouting::m_maxAge),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("MaxAgeDiff",
                          "Ages that differ more mean different instances (B).",
                          TimeValue(Seconds(900)),
                          MakeTimeAccessor(&OspfRouting::m_maxAgeDiff),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("SpfDelay",
                          "Time from a change to the calculation of routes.",
                          TimeValue(MilliSeconds(50)),
                          MakeTimeAccessor(&OspfRouting::m_spfDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("SpfHold",
                          "Least time between two calculations; doubles in a storm.",
                          TimeValue(MilliSeconds(200)),
                          MakeTimeAccessor(&OspfRouting::m_spfHold),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("SpfMaxHold",
                          "Where the doubling of SpfHold ends.",
                          TimeValue(Seconds(5)),
                          MakeTimeAccessor(&OspfRouting::m_spfMaxHold),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("AckDelay",
                          "How long delayed acknowledgements wait (13.5).",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&OspfRouting::m_ackDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("HelloJitter",
                          "The first Hello waits a random time up to this.",
                          TimeValue(Seconds(1)),
                          MakeTimeAccessor(&OspfRouting::m_helloJitter),
                          MakeTimeChecker(Seconds(0)));
    return tid;
}

} // namespace ns3
