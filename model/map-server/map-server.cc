// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/map-server.h"

#include "ns3/attribute-path.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(MapServer);
NS_OBJECT_ENSURE_REGISTERED(MapServer);

TypeId
MapServer::GetTypeId()
{
    static TypeId tid =
        TypeId("ns3::MapServer")
            .SetParent<MapFace>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<MapServer>()
            .AddAttribute("RegistrationTimeout",
                          "A registration that is not repeated is forgotten.",
                          TimeValue(Seconds(180)),
                          MakeAttributePath<TimeValue>(&MapServer::m_config,
                                                       &MapServerConfig::registrationTimeout),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("Ttl",
                          "TTL of mappings in Map-Replies; in whole minutes.",
                          TimeValue(Seconds(300)),
                          MakeAttributePath<TimeValue>(&MapServer::m_config, &MapServerConfig::ttl),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("NegativeTtl",
                          "TTL of negative Map-Replies, minutes.",
                          UintegerValue(1),
                          MakeAttributePath<UintegerValue>(&MapServer::m_config,
                                                           &MapServerConfig::negativeTtl),
                          MakeUintegerChecker<uint32_t>(1, 525600))
            .AddAttribute("NotifyRetryTime",
                          "An unsolicited Map-Notify without acknowledgement is repeated.",
                          TimeValue(Seconds(3)),
                          MakeAttributePath<TimeValue>(&MapServer::m_config,
                                                       &MapServerConfig::notifyRetryTime),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("NotifyRetries",
                          "How often it is repeated.",
                          UintegerValue(3),
                          MakeAttributePath<UintegerValue>(&MapServer::m_config,
                                                           &MapServerConfig::notifyRetries),
                          MakeUintegerChecker<uint32_t>());
    return tid;
}

MapServer::MapServer()
    : MapFace(g_log),
      CountedEnvironment(m_traces, m_counts)
{
}

MapServer::~MapServer() = default;

const MapServerInstance&
MapServer::GetInstance() const
{
    return *m_instance;
}

void
MapServer::StartInstance()
{
    MapServerConfig config = m_config;
    config.key = m_key;
    MapEnvironment& environment = *this;
    m_instance = std::make_unique<MapServerInstance>(environment, config, m_nonces);
}

void
MapServer::StopInstance()
{
    m_instance.reset();
}

bool
MapServer::HasInstance() const
{
    return m_instance != nullptr;
}

void
MapServer::Receive(Ipv4Address source, uint16_t port, const std::vector<uint8_t>& bytes)
{
    m_instance->Receive(source, port, bytes);
}

ProtocolClock&
MapServer::GetClock()
{
    return m_clock;
}

ProtocolRandom&
MapServer::GetRandom()
{
    return m_random;
}

void
MapServer::SendMap(Ipv4Address destination, uint16_t port, const std::vector<uint8_t>& bytes)
{
    SendDatagram(destination, port, bytes);
}

} // namespace ns3
