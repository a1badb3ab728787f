// SPDX-License-Identifier: GPL-2.0-only
// RFC 4271 §10 and RFC 7432 §15.1 as attributes, and the trace sources.
#include "ns3/attribute-path.h"
#include "ns3/boolean.h"
#include "ns3/evpn-protocol.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(EvpnProtocol);

namespace
{

template <typename Value, typename Class, typename Member>
Ptr<const AttributeAccessor>
Bgp(EvpnConfig Class::*config, Member BgpConfig::*member)
{
    return MakeAttributePath<Value>(config, &EvpnConfig::bgp, member);
}

} // namespace

TypeId
EvpnProtocol::GetTypeId()
{
    static TypeId tid = ProtocolTraces::AddTo(
        TypeId("ns3::EvpnProtocol")
            .SetParent<Object>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<EvpnProtocol>()
            .AddAttribute(
                "As",
                "Autonomous System number of this speaker and its peers.",
                UintegerValue(65000),
                MakeAttributePath<UintegerValue>(&EvpnProtocol::m_config, &EvpnConfig::as),
                MakeUintegerChecker<uint32_t>(1))
            .AddAttribute(
                "RouterId",
                "BGP Identifier; 0.0.0.0: the highest address at the start.",
                Ipv4AddressValue(Ipv4Address::GetAny()),
                MakeAttributePath<Ipv4AddressValue>(&EvpnProtocol::m_config, &EvpnConfig::routerId),
                MakeIpv4AddressChecker())
            .AddAttribute("ClusterId",
                          "CLUSTER_ID of a route reflector (RFC 4456); 0.0.0.0: the router id.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeAttributePath<Ipv4AddressValue>(&EvpnProtocol::m_config,
                                                              &EvpnConfig::clusterId),
                          MakeIpv4AddressChecker())
            .AddAttribute("LocalAddress",
                          "Source of connections; 0.0.0.0: the router id if it is an address.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeIpv4AddressAccessor(&EvpnProtocol::m_localAddress),
                          MakeIpv4AddressChecker())
            .AddAttribute(
                "HoldTime",
                "Hold time offered; 0: none (RFC 4271 4.2). KEEPALIVEs every third of it.",
                TimeValue(Seconds(180)),
                MakeTimeAccessor(&EvpnProtocol::SetHoldTime, &EvpnProtocol::GetHoldTime),
                MakeTimeChecker(Seconds(0), Seconds(65535)))
            .AddAttribute("ConnectRetryTime",
                          "Time between attempts at a session (RFC 4271 8).",
                          TimeValue(Seconds(5)),
                          Bgp<TimeValue>(&EvpnProtocol::m_config, &BgpConfig::connectRetryTime),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute(
                "RouteLimit",
                "Routes taken from one peer; further ones are refused; 0: any number.",
                UintegerValue(0),
                MakeAttributePath<UintegerValue>(&EvpnProtocol::m_config, &EvpnConfig::routeLimit),
                MakeUintegerChecker<uint32_t>())
            .AddAttribute("TtlSecurity",
                          "Links that peers are away at most: what has come further is refused, "
                          "what is sent has TTL 255 (RFC 5082); 0: no matter.",
                          UintegerValue(0),
                          Bgp<UintegerValue>(&EvpnProtocol::m_config, &BgpConfig::ttlSecurity),
                          MakeUintegerChecker<uint8_t>(0, 254))
            .AddAttribute("DelayOpenTime",
                          "Time to wait for the peer's OPEN before sending one; 0: none.",
                          TimeValue(Seconds(0)),
                          Bgp<TimeValue>(&EvpnProtocol::m_config, &BgpConfig::delayOpenTime),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("OpenHoldTime",
                          "Hold timer until the peer's OPEN has come (RFC 4271 8.2.2).",
                          TimeValue(Seconds(240)),
                          Bgp<TimeValue>(&EvpnProtocol::m_config, &BgpConfig::openHoldTime),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute(
                "MinRouteAdvertisementInterval",
                "Least time between UPDATEs about one route (RFC 4271 9.2.1.1).",
                TimeValue(Seconds(0)),
                Bgp<TimeValue>(&EvpnProtocol::m_config, &BgpConfig::minRouteAdvertisementInterval),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute(
                "MinASOriginationInterval",
                "Least time between UPDATEs of own routes (RFC 4271 9.2.1.2).",
                TimeValue(Seconds(0)),
                Bgp<TimeValue>(&EvpnProtocol::m_config, &BgpConfig::minAsOriginationInterval),
                MakeTimeChecker(Seconds(0)))
            .AddAttribute("AdvertisementDelay",
                          "From a change to its UPDATE.",
                          TimeValue(MilliSeconds(50)),
                          Bgp<TimeValue>(&EvpnProtocol::m_config, &BgpConfig::advertisementDelay),
                          MakeTimeChecker(Seconds(0)))
            .AddAttribute("LocalPreference",
                          "LOCAL_PREF of own routes.",
                          UintegerValue(100),
                          Bgp<UintegerValue>(&EvpnProtocol::m_config, &BgpConfig::localPreference),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "AdvertiseIp",
                "MAC/IP routes for the addresses that tenants' ARP shows.",
                BooleanValue(true),
                MakeAttributePath<BooleanValue>(&EvpnProtocol::m_config, &EvpnConfig::advertiseIp),
                MakeBooleanChecker())
            .AddAttribute("AutoRouteTarget",
                          "Route Targets of RFC 8365 5.1.2.1's form; false: AS:VNI.",
                          BooleanValue(false),
                          MakeAttributePath<BooleanValue>(&EvpnProtocol::m_config,
                                                          &EvpnConfig::autoRouteTarget),
                          MakeBooleanChecker())
            .AddAttribute("DuplicateMoves",
                          "N: so many moves make a MAC a duplicate (RFC 7432 15.1); 0: never.",
                          UintegerValue(5),
                          MakeAttributePath<UintegerValue>(&EvpnProtocol::m_config,
                                                           &EvpnConfig::duplicateMoves),
                          MakeUintegerChecker<uint32_t>())
            .AddAttribute(
                "DuplicateTime",
                "M: the time within which those moves count (RFC 7432 15.1).",
                TimeValue(Seconds(180)),
                MakeAttributePath<TimeValue>(&EvpnProtocol::m_config, &EvpnConfig::duplicateTime),
                MakeTimeChecker(Seconds(0))),
        &EvpnProtocol::m_traces,
        {"a whole BGP message without its TCP header",
         "session-up, session-down, mac-move, duplicate-mac, sticky-mac"});
    return tid;
}

} // namespace ns3
