// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/map-face.h"

#include "ns3/attribute-path.h"
#include "ns3/node.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{

NS_OBJECT_ENSURE_REGISTERED(MapFace);

TypeId
MapFace::GetTypeId()
{
    static TypeId tid = ProtocolTraces::AddTo(
        TypeId("ns3::MapFace")
            .SetParent<Object>()
            .SetGroupName("VxlanMulticast")
            .AddAttribute("Algorithm",
                          "Algorithm ID of authentication (RFC 9301 12.5): 0 none, 1 "
                          "HMAC-SHA-1-96, 2 HMAC-SHA-256-128, 3 HMAC-SHA-256-128 with "
                          "HKDF-SHA256.",
                          UintegerValue(MAP_HMAC_SHA256_128),
                          MakeUintegerAccessor(&MapFace::SetAlgorithm, &MapFace::GetAlgorithm),
                          MakeUintegerChecker<uint8_t>(0, 3))
            .AddAttribute("KeyId",
                          "Key ID in messages.",
                          UintegerValue(1),
                          MakeAttributePath<UintegerValue>(&MapFace::m_key, &MapKeyConfig::keyId),
                          MakeUintegerChecker<uint8_t>())
            .AddAttribute("Key",
                          "The shared secret.",
                          StringValue("vxlan"),
                          MakeAttributePath<StringValue>(&MapFace::m_key, &MapKeyConfig::key),
                          MakeStringChecker()),
        &MapFace::m_traces,
        {"without its UDP header", "register, withdraw, move, timeout, moved-away"});
    return tid;
}

MapFace::MapFace(LogComponent& log)
    : m_traces(log)
{
}

MapFace::~MapFace() = default;

uint16_t
MapFace::GetAlgorithm() const
{
    return m_key.algorithm;
}

void
MapFace::SetAlgorithm(uint16_t algorithm)
{
    m_key.algorithm = static_cast<uint8_t>(algorithm);
}

void
MapFace::NotifyNewAggregate()
{
    Object::NotifyNewAggregate();
    if (!m_ipv4)
    {
        m_ipv4 = GetObject<Ipv4>();
    }
}

void
MapFace::DoInitialize()
{
    Object::DoInitialize();
    Start();
}

void
MapFace::DoDispose()
{
    Stop();
    m_ipv4 = nullptr;
    Object::DoDispose();
}

void
MapFace::Start()
{
    if (HasInstance() || !m_ipv4)
    {
        return;
    }
    m_socket = std::make_unique<MapSocket>(
        m_ipv4->GetObject<Node>(),
        [this](Ipv4Address source, uint16_t port, const std::vector<uint8_t>& bytes) {
            const Ptr<const Packet> packet =
                Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
            m_traces.NotifyRx(packet, GetInterface());
            m_traces.SetSubject({packet, GetInterface()});
            Receive(source, port, bytes);
        });
    StartInstance();
}

void
MapFace::Stop()
{
    m_isHanging = false;
    m_deferred.clear();
    m_socket.reset();
    StopInstance();
    m_clock.Resume();
}

void
MapFace::SetHanging(bool isHanging)
{
    if (!HasInstance() || isHanging == m_isHanging)
    {
        return;
    }
    m_isHanging = isHanging;
    if (isHanging)
    {
        m_clock.Pause();
        m_socket->SetPaused(true);
        return;
    }
    m_clock.Resume();
    m_socket->SetPaused(false);
    std::vector<std::function<void()>> deferred;
    deferred.swap(m_deferred);
    for (const auto& action : deferred)
    {
        action();
    }
}

bool
MapFace::IsRunning() const
{
    return HasInstance();
}

void
MapFace::Do(std::function<void()> action)
{
    if (HasInstance() && m_isHanging)
    {
        m_deferred.push_back(std::move(action));
    }
    else if (HasInstance())
    {
        action();
    }
}

const ControlMessageCounts&
MapFace::GetMessageCounts() const
{
    return m_counts;
}

const std::map<std::string, uint64_t>&
MapFace::GetDrops() const
{
    return m_traces.GetDrops();
}

int64_t
MapFace::AssignStreams(int64_t stream)
{
    return m_random.AssignStreams(stream);
}

uint32_t
MapFace::GetInterface() const
{
    return 0; // the route's: a datagram is sent by address
}

void
MapFace::SendDatagram(Ipv4Address destination, uint16_t port, const std::vector<uint8_t>& bytes)
{
    if (m_socket && !m_isHanging)
    {
        m_traces.NotifyTx(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                          GetInterface());
        m_socket->Send(destination, port, bytes);
    }
}

} // namespace ns3
