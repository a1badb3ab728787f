// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/openflow-controller.h"

#include "ns3/node.h"
#include "ns3/printed.h"

namespace ns3
{

NS_LOG_CLASS_DEFINE(OpenflowController);

OpenflowController::OpenflowController()
    : CountedEnvironment(m_traces, m_counts)
{
}

OpenflowController::~OpenflowController() = default;

void
OpenflowController::NotifyNewAggregate()
{
    Object::NotifyNewAggregate();
    if (!m_ipv4)
    {
        m_ipv4 = GetObject<Ipv4>();
    }
}

void
OpenflowController::DoInitialize()
{
    Object::DoInitialize();
    Start();
}

void
OpenflowController::DoDispose()
{
    // The stack may be gone already.
    if (m_acceptor)
    {
        m_acceptor->Abandon();
    }
    for (auto& [connection, stream] : m_switches)
    {
        stream->Abandon();
    }
    for (auto& [vtep, stream] : m_ovsdb)
    {
        stream->Abandon();
    }
    Stop();
    m_ipv4 = nullptr;
    Object::DoDispose();
}

void
OpenflowController::Start()
{
    if (m_instance || !m_ipv4)
    {
        return;
    }
    OpenflowControllerEnvironment& environment = *this;
    m_instance = std::make_unique<OpenflowControllerInstance>(environment, m_config, m_knowledge);
    m_acceptor = std::make_unique<TcpAcceptor>(
        m_ipv4->GetObject<Node>(), m_port, [this](Ptr<Socket> socket, Ipv4Address remote) {
            Accept(socket, remote);
        });
}

void
OpenflowController::Stop()
{
    m_isHanging = false;
    // What the operator said meanwhile changes the database all the same.
    m_acceptor.reset();
    m_switches.clear();
    m_ovsdb.clear();
    m_instance.reset();
    std::vector<std::function<void()>> deferred;
    deferred.swap(m_deferred);
    for (const auto& action : deferred)
    {
        action();
    }
    m_clock.Resume();
}

void
OpenflowController::SetHanging(bool isHanging)
{
    if (!m_instance || isHanging == m_isHanging)
    {
        return;
    }
    m_isHanging = isHanging;
    isHanging ? m_clock.Pause() : m_clock.Resume();
    std::vector<uint32_t> connections;
    for (const auto& [connection, stream] : m_switches)
    {
        connections.push_back(connection);
    }
    for (uint32_t connection : connections)
    {
        const auto it = m_switches.find(connection);
        if (it != m_switches.end())
        {
            it->second->SetPaused(isHanging);
        }
    }
    std::vector<Ipv4Address> vteps;
    for (const auto& [vtep, stream] : m_ovsdb)
    {
        vteps.push_back(vtep);
    }
    for (Ipv4Address vtep : vteps)
    {
        const auto it = m_ovsdb.find(vtep);
        if (it != m_ovsdb.end())
        {
            it->second->SetPaused(isHanging);
        }
    }
    if (!isHanging)
    {
        std::vector<std::function<void()>> deferred;
        deferred.swap(m_deferred);
        for (const auto& action : deferred)
        {
            action();
        }
    }
}

bool
OpenflowController::IsRunning() const
{
    return m_instance != nullptr;
}

void
OpenflowController::Do(std::function<void()> action)
{
    if (m_isHanging)
    {
        m_deferred.push_back(std::move(action));
    }
    else
    {
        action();
    }
}

void
OpenflowController::SetTenant(const OpenflowTenant& tenant)
{
    Do([this, tenant] {
        m_instance ? m_instance->SetTenant(tenant) : m_knowledge.SetTenant(tenant);
    });
}

void
OpenflowController::RemoveTenant(uint32_t vni, Mac48Address mac)
{
    Do([this, vni, mac] {
        m_instance ? m_instance->RemoveTenant(vni, mac) : void(m_knowledge.RemoveTenant(vni, mac));
    });
}

void
OpenflowController::SetService(const OpenflowService& service)
{
    Do([this, service] {
        m_instance ? m_instance->SetService(service) : m_knowledge.SetService(service);
    });
}

const OpenflowKnowledge&
OpenflowController::GetKnowledge() const
{
    return m_knowledge;
}

const OpenflowControllerInstance&
OpenflowController::GetInstance() const
{
    return *m_instance;
}

const ControlMessageCounts&
OpenflowController::GetMessageCounts() const
{
    return m_counts;
}

const std::map<std::string, uint64_t>&
OpenflowController::GetDrops() const
{
    return m_traces.GetDrops();
}

const std::map<std::string, uint64_t>&
OpenflowController::GetOvsdbDrops() const
{
    return m_ovsdbTraces.GetDrops();
}

ProtocolClock&
OpenflowController::GetClock()
{
    return m_clock;
}

void
OpenflowController::Accept(Ptr<Socket> socket, Ipv4Address remote)
{
    const uint32_t connection = ++m_lastConnection;
    TcpStream::Handlers handlers;
    handlers.received = [this, connection](const std::vector<uint8_t>& bytes) {
        TraceRx(m_traces, bytes);
        m_instance->ReceiveFromSwitch(connection, bytes);
    };
    handlers.closed = [this, connection] {
        m_switches.erase(connection);
        m_instance->NotifySwitchClosed(connection);
    };
    auto& stream = m_switches[connection];
    stream = std::make_unique<TcpStream>(socket, handlers);
    stream->SetPaused(m_isHanging);
    // A process that hangs does not accept: the switch waits for its HELLO.
    Do([this, connection, text = ToText(remote)] {
        if (m_instance && m_switches.count(connection) != 0)
        {
            m_instance->NotifySwitchConnected(connection, text);
        }
    });
}

void
OpenflowController::SendToSwitch(uint32_t connection, const std::vector<uint8_t>& bytes)
{
    const auto it = m_switches.find(connection);
    if (it != m_switches.end())
    {
        TraceTx(m_traces, bytes);
        it->second->Send(bytes);
    }
}

void
OpenflowController::CloseSwitch(uint32_t connection)
{
    m_switches.erase(connection);
}

void
OpenflowController::ConnectOvsdb(Ipv4Address vtep)
{
    TcpStream::Handlers handlers;
    handlers.connected = [this, vtep] { m_instance->NotifyOvsdbConnected(vtep); };
    handlers.received = [this, vtep](const std::vector<uint8_t>& bytes) {
        TraceRx(m_ovsdbTraces, bytes);
        m_instance->ReceiveOvsdb(vtep, std::string(bytes.begin(), bytes.end()));
    };
    handlers.closed = [this, vtep] {
        m_ovsdb.erase(vtep);
        m_instance->NotifyOvsdbClosed(vtep);
    };
    m_ovsdb[vtep] = std::make_unique<TcpStream>(
        m_ipv4->GetObject<Node>(), Ipv4Address::GetAny(), vtep, OVSDB_PORT, handlers);
}

void
OpenflowController::SendOvsdb(Ipv4Address vtep, const std::string& text)
{
    const auto it = m_ovsdb.find(vtep);
    if (it != m_ovsdb.end())
    {
        const std::vector<uint8_t> bytes(text.begin(), text.end());
        TraceTx(m_ovsdbTraces, bytes);
        it->second->Send(bytes);
    }
}

void
OpenflowController::CloseOvsdb(Ipv4Address vtep)
{
    m_ovsdb.erase(vtep);
}

ProtocolObserver&
OpenflowController::GetOvsdbObserver()
{
    return m_ovsdbReports;
}

void
OpenflowController::TraceRx(ProtocolTraces& traces, const std::vector<uint8_t>& bytes)
{
    const Ptr<const Packet> packet =
        Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
    traces.NotifyRx(packet, 0);
    traces.SetSubject({packet, 0});
}

void
OpenflowController::TraceTx(ProtocolTraces& traces, const std::vector<uint8_t>& bytes)
{
    traces.NotifyTx(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())), 0);
}

} // namespace ns3
