// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/msdp-protocol.h"

#include "ns3/abort.h"
#include "ns3/attribute-path.h"
#include "ns3/node.h"
#include "ns3/printed.h"

#include <stdexcept>

namespace ns3
{

NS_LOG_CLASS_DEFINE(MsdpProtocol);
NS_OBJECT_ENSURE_REGISTERED(MsdpProtocol);

TypeId
MsdpProtocol::GetTypeId()
{
    constexpr auto config = &MsdpProtocol::m_config;
    static TypeId tid = ProtocolTraces::AddTo(
        TypeId("ns3::MsdpProtocol")
            .SetParent<Object>()
            .SetGroupName("VxlanMulticast")
            .AddConstructor<MsdpProtocol>()
            .AddAttribute("SaAdvertisementPeriod",
                          "SA-Advertisement-Period (RFC 3618 5.1).",
                          TimeValue(Seconds(60)),
                          MakeAttributePath<TimeValue>(config, &MsdpConfig::saAdvertisementPeriod),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("SgStatePeriod",
                          "SG-State-Period: how long an SA lives in the cache (5.3).",
                          TimeValue(Seconds(150)),
                          MakeAttributePath<TimeValue>(config, &MsdpConfig::sgStatePeriod),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("HoldTimePeriod",
                          "HoldTime-Period: a peer that is silent for so long is gone (5.4).",
                          TimeValue(Seconds(75)),
                          MakeAttributePath<TimeValue>(config, &MsdpConfig::holdTimePeriod),
                          MakeTimeChecker(Seconds(3)))
            .AddAttribute("KeepalivePeriod",
                          "KeepAlive-Period, less than the hold time (5.5).",
                          TimeValue(Seconds(60)),
                          MakeAttributePath<TimeValue>(config, &MsdpConfig::keepalivePeriod),
                          MakeTimeChecker(Seconds(1)))
            .AddAttribute("ConnectRetryPeriod",
                          "ConnectRetry-Period (5.6).",
                          TimeValue(Seconds(30)),
                          MakeAttributePath<TimeValue>(config, &MsdpConfig::connectRetryPeriod),
                          MakeTimeChecker(MilliSeconds(1)))
            .AddAttribute("OriginatorId",
                          "The RP address in own Source-Active messages; 0.0.0.0: the own address "
                          "of the first peering.",
                          Ipv4AddressValue(Ipv4Address::GetAny()),
                          MakeAttributePath<Ipv4AddressValue>(config, &MsdpConfig::originatorId),
                          MakeIpv4AddressChecker()),
        &MsdpProtocol::m_traces,
        {"without its TCP header", "session-up, session-down, source-active, source-gone"});
    return tid;
}

MsdpProtocol::MsdpProtocol()
    : TracedEnvironment(m_traces),
      m_routesTimer(m_clock, [this] { m_instance ? m_instance->RoutesChanged() : void(); })
{
}

MsdpProtocol::~MsdpProtocol() = default;

// ---- Settings ----

void
MsdpProtocol::AddPeer(const MsdpPeerConfig& peer)
{
    peer.Check();
    for (const MsdpPeerConfig& other : m_config.peers)
    {
        if (other.address == peer.address)
        {
            throw std::invalid_argument("an MSDP peer is named twice: " + ToText(peer.address));
        }
    }
    m_config.peers.push_back(peer);
}

void
MsdpProtocol::SetSources(ActiveSources* sources)
{
    m_sources = sources;
    sources->AddSourceListener([this](const SourceGroup& key, bool active) {
        Do([key, active](MsdpInstance& instance) { instance.SourceChanged(key, active); });
    });
}

// ---- Life ----

void
MsdpProtocol::NotifyNewAggregate()
{
    Object::NotifyNewAggregate();
    if (!m_ipv4)
    {
        m_ipv4 = GetObject<Ipv4>();
    }
}

void
MsdpProtocol::DoInitialize()
{
    Object::DoInitialize();
    Start();
}

void
MsdpProtocol::DoDispose()
{
    m_sources = nullptr;
    // The stack may be gone already.
    if (m_acceptor)
    {
        m_acceptor->Abandon();
    }
    for (const auto& [id, stream] : m_streams)
    {
        stream->Abandon();
    }
    Stop();
    m_ipv4 = nullptr;
    Object::DoDispose();
}

void
MsdpProtocol::Start()
{
    if (m_instance || !m_ipv4)
    {
        return;
    }
    if (m_rib == nullptr)
    {
        m_rib = FindUnicastRib(m_ipv4);
        NS_ABORT_MSG_IF(m_rib == nullptr,
                        "MSDP needs unicast routes with metrics: OspfRouting (OspfHelper) or "
                        "StaticUnderlayRouting (StaticUnderlayHelper) among the node's protocols");
        m_rib->AddChangeListener([this] {
            if (m_instance && !m_routesTimer.IsRunning())
            {
                m_routesTimer.Start(Seconds(0));
            }
        });
    }
    m_acceptor = std::make_unique<TcpAcceptor>(
        m_ipv4->GetObject<Node>(),
        MsdpMessage::PORT,
        [this](Ptr<Socket> socket, Ipv4Address remote) { Accept(socket, remote); });
    m_instance = std::make_unique<MsdpInstance>(static_cast<MsdpEnvironment&>(*this), m_config);
}

void
MsdpProtocol::Stop()
{
    if (m_instance && m_sources != nullptr)
    {
        for (const auto& [key, entry] : m_instance->GetSaCache().GetEntries())
        {
            m_sources->RemoveExternalSource(key.key);
        }
    }
    m_instance.reset();
    m_acceptor.reset();
    m_streams.clear();
    m_deferred.clear();
    m_routesTimer.Cancel();
    m_isHanging = false;
    m_clock.Resume();
}

void
MsdpProtocol::SetHanging(bool isHanging)
{
    if (!m_instance || isHanging == m_isHanging)
    {
        return;
    }
    m_isHanging = isHanging;
    if (isHanging)
    {
        m_clock.Pause();
        for (const auto& [id, stream] : m_streams)
        {
            stream->SetPaused(true);
        }
        return;
    }
    m_clock.Resume();
    // What is read may end streams.
    std::vector<uint64_t> ids;
    for (const auto& [id, stream] : m_streams)
    {
        ids.push_back(id);
    }
    for (uint64_t id : ids)
    {
        const auto it = m_streams.find(id);
        it == m_streams.end() ? void() : it->second->SetPaused(false);
    }
    std::vector<std::function<void(MsdpInstance&)>> deferred;
    deferred.swap(m_deferred);
    for (const auto& action : deferred)
    {
        action(*m_instance);
    }
}

bool
MsdpProtocol::IsRunning() const
{
    return m_instance != nullptr;
}

const MsdpInstance&
MsdpProtocol::GetInstance() const
{
    NS_ABORT_MSG_UNLESS(m_instance, "MSDP does not run on this node");
    return *m_instance;
}

std::vector<SourceGroup>
MsdpProtocol::GetOwnSources() const
{
    return m_instance ? GetRegisteredSources() : std::vector<SourceGroup>();
}

const ControlMessageCounts&
MsdpProtocol::GetMessageCounts() const
{
    return m_counts;
}

const std::map<std::string, uint64_t>&
MsdpProtocol::GetDrops() const
{
    return m_traces.GetDrops();
}

void
MsdpProtocol::Do(std::function<void(MsdpInstance&)> action)
{
    if (m_instance && m_isHanging)
    {
        m_deferred.push_back(std::move(action));
    }
    else if (m_instance)
    {
        action(*m_instance);
    }
}

// ---- Connections ----

TcpStream::Handlers
MsdpProtocol::MakeHandlers(Ipv4Address peer, uint64_t connection)
{
    TcpStream::Handlers handlers;
    handlers.connected = [this, peer, connection] {
        Do([=](MsdpInstance& instance) { instance.ConnectionOpened(peer, connection); });
    };
    handlers.received = [this, peer, connection](const std::vector<uint8_t>& bytes) {
        Do([=](MsdpInstance& instance) { instance.Receive(peer, connection, bytes); });
    };
    handlers.closed = [this, peer, connection] {
        m_streams.erase(connection);
        Do([=](MsdpInstance& instance) { instance.ConnectionClosed(peer, connection); });
    };
    return handlers;
}

void
MsdpProtocol::Accept(Ptr<Socket> socket, Ipv4Address remote)
{
    const uint64_t id = ++m_lastStream;
    m_streams[id] = std::make_unique<TcpStream>(socket, MakeHandlers(remote, id));
    m_streams[id]->SetPaused(m_isHanging);
    m_traces.SetSubject({});
    Do([=](MsdpInstance& instance) { instance.ConnectionAccepted(remote, id); });
}

uint64_t
MsdpProtocol::OpenConnection(Ipv4Address local, Ipv4Address peer)
{
    const uint64_t id = ++m_lastStream;
    m_streams[id] = std::make_unique<TcpStream>(
        m_ipv4->GetObject<Node>(), local, peer, MsdpMessage::PORT, MakeHandlers(peer, id));
    return id;
}

void
MsdpProtocol::CloseConnection(uint64_t connection)
{
    m_streams.erase(connection);
}

void
MsdpProtocol::Send(uint64_t connection, Ipv4Address peer, const MsdpMessage& message)
{
    const auto it = m_streams.find(connection);
    if (it == m_streams.end())
    {
        return;
    }
    WireWriter writer;
    message.Write(writer);
    const std::vector<uint8_t>& bytes = writer.GetBytes();
    CountControlMessage(m_counts,
                        {ToText(peer), "msdp", true, MsdpMessage::GetTypeName(message.type)},
                        bytes.size());
    m_traces.NotifyTx(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())), 0);
    it->second->Send(bytes);
}

// ---- MsdpEnvironment ----

ProtocolClock&
MsdpProtocol::GetClock()
{
    return m_clock;
}

const UnicastRoute*
MsdpProtocol::FindRoute(Ipv4Address destination) const
{
    return m_rib->Lookup(destination);
}

std::vector<SourceGroup>
MsdpProtocol::GetRegisteredSources() const
{
    return m_sources == nullptr ? std::vector<SourceGroup>() : m_sources->GetRegisteredSources();
}

void
MsdpProtocol::SetExternalSource(const SourceGroup& key, bool active)
{
    if (m_sources != nullptr)
    {
        active ? m_sources->AddExternalSource(key) : m_sources->RemoveExternalSource(key);
    }
}

void
MsdpProtocol::ReportReceived(Ipv4Address peer, const std::vector<uint8_t>& message)
{
    CountControlMessage(m_counts,
                        {ToText(peer), "msdp", false, MsdpMessage::GetTypeName(message[0])},
                        message.size());
    const Ptr<const Packet> packet =
        Create<Packet>(message.data(), static_cast<uint32_t>(message.size()));
    m_traces.NotifyRx(packet, 0);
    m_traces.SetSubject({packet, 0});
}

} // namespace ns3
