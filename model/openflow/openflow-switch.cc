// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/openflow-switch.h"

#include "ns3/node.h"
#include "ns3/openflow-text.h"
#include "ns3/printed.h"

#include <stdexcept>

namespace ns3
{

NS_LOG_CLASS_DEFINE(OpenflowSwitch);

OpenflowSwitch::OpenflowSwitch()
    : CountedEnvironment(m_traces, m_counts),
      m_showTimer(m_clock, [this] { ShowFlows(); })
{
}

OpenflowSwitch::~OpenflowSwitch() = default;

void
OpenflowSwitch::NotifyNewAggregate()
{
    Object::NotifyNewAggregate();
    if (!m_ipv4)
    {
        m_ipv4 = GetObject<Ipv4>();
    }
}

void
OpenflowSwitch::DoInitialize()
{
    Object::DoInitialize();
    Start();
}

void
OpenflowSwitch::DoDispose()
{
    // The stack may be gone already.
    if (m_stream)
    {
        m_stream->Abandon();
    }
    if (m_acceptor)
    {
        m_acceptor->Abandon();
    }
    for (auto& [connection, stream] : m_ovsdbStreams)
    {
        stream->Abandon();
    }
    m_vnis.clear();
    m_shown.clear();
    Stop();
    m_frame = nullptr;
    m_ipv4 = nullptr;
    Object::DoDispose();
}

Ipv4Address
OpenflowSwitch::FindAddress() const
{
    if (!m_localAddress.IsAny())
    {
        return m_localAddress;
    }
    for (uint32_t i = 0; i < m_ipv4->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; j < m_ipv4->GetNAddresses(i); ++j)
        {
            const Ipv4Address address = m_ipv4->GetAddress(i, j).GetLocal();
            if (!address.IsLocalhost())
            {
                return address;
            }
        }
    }
    return Ipv4Address::GetAny();
}

void
OpenflowSwitch::Start()
{
    if (m_instance || !m_ipv4)
    {
        return;
    }
    if (!m_rib && (m_rib = FindUnicastRib(m_ipv4)))
    {
        m_rib->AddChangeListener([this] { RoutesChanged(); });
    }
    if (m_address.IsAny())
    {
        m_address = FindAddress();
    }
    OpenflowSwitchConfig config = m_config;
    config.datapathId = m_address.Get();
    config.controller = ToText(m_controller);
    OpenflowSwitchEnvironment& environment = *this;
    OvsdbServerOwner& owner = *this;
    m_instance = std::make_unique<OpenflowSwitchInstance>(environment, config);
    m_ovsdb = std::make_unique<OvsdbServer>(
        owner, m_ovsdbReports, environment, "br0", config.datapathId, EnumName(config.failMode));
    for (const auto& [vni, port] : m_vnis)
    {
        AddAccessPort(vni);
    }
    m_acceptor = std::make_unique<TcpAcceptor>(
        m_ipv4->GetObject<Node>(), OVSDB_PORT, [this](Ptr<Socket> socket, Ipv4Address remote) {
            AcceptOvsdb(socket, remote);
        });
    m_isReachable = !m_rib || m_rib->Lookup(m_controller);
    m_instance->Start(!m_controller.IsAny());
}

void
OpenflowSwitch::Stop()
{
    m_isHanging = false;
    m_stream.reset();
    m_acceptor.reset();
    m_ovsdbStreams.clear();
    m_instance.reset();
    m_ovsdb.reset();
    m_showTimer.Cancel();
    for (const auto& [key, remote] : m_shown)
    {
        const auto vni = m_vnis.find(key.first);
        if (vni != m_vnis.end())
        {
            vni->second->HideRemote(key.second);
        }
    }
    m_shown.clear();
    m_clock.Resume();
}

void
OpenflowSwitch::SetHanging(bool isHanging)
{
    if (!m_instance || isHanging == m_isHanging)
    {
        return;
    }
    m_isHanging = isHanging;
    isHanging ? m_clock.Pause() : m_clock.Resume();
    if (m_stream)
    {
        m_stream->SetPaused(isHanging);
    }
    for (uint32_t connection = 1; connection <= m_lastConnection; ++connection)
    {
        const auto it = m_ovsdbStreams.find(connection);
        if (it != m_ovsdbStreams.end())
        {
            it->second->SetPaused(isHanging);
        }
    }
}

bool
OpenflowSwitch::IsRunning() const
{
    return m_instance != nullptr;
}

void
OpenflowSwitch::AddAccessPort(uint32_t vni)
{
    OpenflowSwitchPort port;
    port.name = "vni" + std::to_string(vni);
    port.segment = vni;
    m_ovsdb->AddPort(port.name, m_instance->AddPort(port));
}

void
OpenflowSwitch::AttachVni(uint32_t vni, Ipv4Address address, OpenflowVniPort& port)
{
    m_vnis[vni] = &port;
    if (m_instance && m_vnis.size() == 1 && m_localAddress.IsAny() && !address.IsAny() &&
        address != m_address)
    {
        // The datapath id is the VTEP's address: known only now.
        Stop();
        m_address = address;
        Start();
        return;
    }
    if (m_instance)
    {
        AddAccessPort(vni);
    }
    else if (m_localAddress.IsAny() && !address.IsAny())
    {
        m_address = address;
    }
}

void
OpenflowSwitch::AbandonVni(uint32_t vni)
{
    m_vnis.erase(vni);
    m_shown.erase(m_shown.lower_bound({vni, Mac48Address("00:00:00:00:00:00")}),
                  m_shown.lower_bound({vni + 1, Mac48Address("00:00:00:00:00:00")}));
}

void
OpenflowSwitch::DetachVni(uint32_t vni)
{
    AbandonVni(vni);
    const std::string name = "vni" + std::to_string(vni);
    if (const OpenflowSwitchPort* port = m_instance ? m_instance->FindPort(name) : nullptr)
    {
        m_instance->RemovePort(port->number);
        m_ovsdb->RemovePort(name);
    }
}

void
OpenflowSwitch::ReceiveFrame(uint32_t vni, Ptr<const Packet> frame)
{
    const OpenflowSwitchPort* port =
        m_instance ? m_instance->FindPort("vni" + std::to_string(vni)) : nullptr;
    const Ptr<const Packet> outer = m_frame;
    m_frame = frame;
    port ? m_instance->ReceiveFrame(port->number, frame) : ReportDrop("no-port");
    m_frame = outer;
}

void
OpenflowSwitch::ReceiveTunnelFrame(uint32_t vni, Ipv4Address remote, Ptr<const Packet> frame)
{
    const Ptr<const Packet> outer = m_frame;
    m_frame = frame;
    m_instance ? void(m_instance->ReceiveTunnelFrame(remote, m_address, vni, frame))
               : ReportDrop("no-port");
    m_frame = outer;
}

void
OpenflowSwitch::AddFlow(const OpenflowFlowMod& flow)
{
    if (!m_instance)
    {
        throw std::invalid_argument("the switch does not run");
    }
    if (const OpenflowError error = m_instance->ApplyFlow(flow))
    {
        throw std::invalid_argument("the flow is refused: " + ToString(error));
    }
}

std::optional<uint32_t>
OpenflowSwitch::ResolvePort(const std::string& name)
{
    if (!m_instance)
    {
        return std::nullopt;
    }
    if (const OpenflowSwitchPort* port = m_instance->FindPort(name))
    {
        return port->number;
    }
    unsigned b[4];
    char rest;
    if (std::sscanf(name.c_str(), "%3u.%3u.%3u.%3u%c", &b[0], &b[1], &b[2], &b[3], &rest) != 4 ||
        b[0] > 255 || b[1] > 255 || b[2] > 255 || b[3] > 255)
    {
        return std::nullopt;
    }
    OvsdbTunnel tunnel;
    tunnel.remote = Ipv4Address(b[0] << 24 | b[1] << 16 | b[2] << 8 | b[3]);
    tunnel.local = m_address;
    tunnel.name = "vx" + name;
    tunnel.type = "vxlan";
    if (const OpenflowSwitchPort* port = m_instance->FindTunnel(tunnel.remote, 0))
    {
        return port->number;
    }
    // Above the access ports, as those that a controller makes.
    tunnel.request = 11;
    while (m_instance->FindPort(tunnel.request))
    {
        ++tunnel.request;
    }
    const uint32_t number = AddTunnel(tunnel);
    m_ovsdb->AddTunnelPort(tunnel, number);
    return number;
}

const OpenflowSwitchInstance&
OpenflowSwitch::GetInstance() const
{
    return *m_instance;
}

const OvsdbServer&
OpenflowSwitch::GetOvsdb() const
{
    return *m_ovsdb;
}

Ipv4Address
OpenflowSwitch::GetLocalAddress() const
{
    return m_address;
}

Ipv4Address
OpenflowSwitch::GetController() const
{
    return m_controller;
}

OpenflowFailMode
OpenflowSwitch::GetFailMode() const
{
    return m_config.failMode;
}

const ControlMessageCounts&
OpenflowSwitch::GetMessageCounts() const
{
    return m_counts;
}

const std::map<std::string, uint64_t>&
OpenflowSwitch::GetDrops() const
{
    return m_traces.GetDrops();
}

const std::map<std::string, uint64_t>&
OpenflowSwitch::GetOvsdbDrops() const
{
    return m_ovsdbTraces.GetDrops();
}

ProtocolClock&
OpenflowSwitch::GetClock()
{
    return m_clock;
}

void
OpenflowSwitch::Connect()
{
    TcpStream::Handlers handlers;
    handlers.connected = [this] { m_instance->NotifyConnected(); };
    handlers.received = [this](const std::vector<uint8_t>& bytes) {
        m_traces.NotifyRx(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                          GetInterface());
        m_instance->ReceiveFromController(bytes);
    };
    handlers.closed = [this] {
        m_stream.reset();
        m_instance->NotifyClosed();
    };
    m_stream = std::make_unique<TcpStream>(
        m_ipv4->GetObject<Node>(), m_address, m_controller, m_controllerPort, handlers);
}

void
OpenflowSwitch::Disconnect()
{
    m_stream.reset();
}

void
OpenflowSwitch::SendToController(const std::vector<uint8_t>& bytes)
{
    if (m_stream)
    {
        m_traces.NotifyTx(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                          GetInterface());
        m_stream->Send(bytes);
    }
}

void
OpenflowSwitch::RoutesChanged()
{
    const bool reachable = m_rib->Lookup(m_controller) != nullptr;
    const bool appeared = reachable && !m_isReachable;
    m_isReachable = reachable;
    if (appeared && m_instance && !m_isHanging)
    {
        // After the routes' other listeners.
        m_clock.Schedule(Seconds(0), [this] {
            if (m_instance)
            {
                m_instance->NotifyReachable();
            }
        });
    }
}

void
OpenflowSwitch::Output(const OpenflowSwitchPort& port, Ptr<const Packet> frame, uint64_t key)
{
    const auto vni = m_vnis.find(port.tunnel ? static_cast<uint32_t>(key) : port.segment);
    if (vni == m_vnis.end())
    {
        ReportDrop("no-vni");
        return;
    }
    port.tunnel ? vni->second->TunnelFrame(frame, port.remote) : vni->second->DeliverFrame(frame);
}

void
OpenflowSwitch::NotifyFlowsChanged()
{
    if (!m_showTimer.IsRunning())
    {
        m_showTimer.Start(Seconds(0));
    }
}

void
OpenflowSwitch::ShowFlows()
{
    std::map<std::pair<uint32_t, Mac48Address>, Ipv4Address> shown;
    for (const OpenflowFlow* flow : m_instance->GetTable().GetFlows())
    {
        const OpenflowOxm* to = flow->match.Find(OpenflowField::ETH_DST);
        const OpenflowOxm* in = flow->match.Find(OpenflowField::IN_PORT);
        const OpenflowSwitchPort* from =
            in ? m_instance->FindPort(static_cast<uint32_t>(in->value)) : nullptr;
        const OpenflowSwitchPort* tunnel = nullptr;
        std::size_t outputs = 0;
        for (const OpenflowAction& action : flow->actions)
        {
            if (const auto output = std::get_if<OpenflowOutput>(&action))
            {
                tunnel = m_instance->FindPort(output->port);
                ++outputs;
            }
        }
        if (!to || outputs != 1 || !tunnel || !tunnel->tunnel || (to->value >> 40 & 1) != 0)
        {
            continue;
        }
        uint8_t bytes[6];
        for (int i = 0; i < 6; ++i)
        {
            bytes[i] = static_cast<uint8_t>(to->value >> (40 - 8 * i));
        }
        Mac48Address mac;
        mac.CopyFrom(bytes);
        for (const auto& [vni, port] : m_vnis)
        {
            if (from ? from->segment == vni : m_vnis.size() == 1)
            {
                shown[{vni, mac}] = tunnel->remote;
            }
        }
    }
    for (const auto& [key, remote] : m_shown)
    {
        if (shown.count(key) == 0)
        {
            m_vnis.at(key.first)->HideRemote(key.second);
        }
    }
    for (const auto& [key, remote] : shown)
    {
        const auto old = m_shown.find(key);
        if (old == m_shown.end() || old->second != remote)
        {
            m_vnis.at(key.first)->ShowRemote(key.second, remote);
        }
    }
    m_shown = std::move(shown);
}

uint32_t
OpenflowSwitch::AddTunnel(const OvsdbTunnel& tunnel)
{
    OpenflowSwitchPort port;
    port.number = tunnel.request;
    port.name = tunnel.name;
    port.tunnel = true;
    port.remote = tunnel.remote;
    port.key = tunnel.key;
    return m_instance->AddPort(port);
}

void
OpenflowSwitch::RemoveTunnel(const std::string& name)
{
    if (const OpenflowSwitchPort* port = m_instance->FindPort(name))
    {
        m_instance->RemovePort(port->number);
    }
}

void
OpenflowSwitch::AcceptOvsdb(Ptr<Socket> socket, Ipv4Address remote)
{
    const uint32_t connection = ++m_lastConnection;
    TcpStream::Handlers handlers;
    handlers.received = [this, connection](const std::vector<uint8_t>& bytes) {
        const Ptr<const Packet> packet =
            Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size()));
        m_ovsdbTraces.NotifyRx(packet, GetInterface());
        m_ovsdbTraces.SetSubject({packet, GetInterface()});
        m_ovsdb->Receive(connection, std::string(bytes.begin(), bytes.end()));
    };
    handlers.closed = [this, connection] {
        m_ovsdb->NotifyClosed(connection);
        m_ovsdbStreams.erase(connection);
    };
    m_ovsdb->NotifyConnected(connection, ToText(remote));
    auto& stream = m_ovsdbStreams[connection];
    stream = std::make_unique<TcpStream>(socket, handlers);
    stream->SetPaused(m_isHanging);
}

void
OpenflowSwitch::SendOvsdb(uint32_t connection, const std::string& text)
{
    const auto it = m_ovsdbStreams.find(connection);
    if (it != m_ovsdbStreams.end())
    {
        const std::vector<uint8_t> bytes(text.begin(), text.end());
        m_ovsdbTraces.NotifyTx(Create<Packet>(bytes.data(), static_cast<uint32_t>(bytes.size())),
                               GetInterface());
        it->second->Send(bytes);
    }
}

void
OpenflowSwitch::CloseOvsdb(uint32_t connection)
{
    m_ovsdbStreams.erase(connection);
}

uint32_t
OpenflowSwitch::GetInterface() const
{
    const int32_t interface = m_ipv4 ? m_ipv4->GetInterfaceForAddress(m_address) : -1;
    return interface < 0 ? 0 : static_cast<uint32_t>(interface);
}

void
OpenflowSwitch::ReportDrop(const std::string& reason)
{
    m_traces.NotifyDrop(
        m_frame ? m_frame : Ptr<const Packet>(Create<Packet>()), GetInterface(), reason);
}

} // namespace ns3
