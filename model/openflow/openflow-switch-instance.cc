// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5: ports (§4), the pipeline (§5), and failing open (§6.3.2).
#include "ns3/openflow-switch-instance.h"

#include "ns3/openflow-text.h"
#include "ns3/vxlan-flood-tag.h"

namespace ns3
{

OpenflowSwitchInstance::OpenflowSwitchInstance(OpenflowSwitchEnvironment& environment,
                                               const OpenflowSwitchConfig& config)
    : m_environment(environment),
      m_config(config),
      m_table(environment.GetClock(),
              [this](const OpenflowFlow& flow, OpenflowRemovedReason reason) {
                  FlowRemoved(flow, reason);
              }),
      m_channel(environment.GetClock(),
                environment,
                environment,
                *this,
                config.channel,
                true,
                config.controller),
      m_failOpenTimer(environment.GetClock(), [this] {
          m_failOpen = true;
          m_environment.ReportEvent("fail-open", "standalone");
      })
{
    m_table.SetCapacity(config.capacity);
}

OpenflowSwitchInstance::~OpenflowSwitchInstance() = default;

void
OpenflowSwitchInstance::Start(bool hasController)
{
    if (m_config.failMode == OpenflowFailMode::STANDALONE)
    {
        m_failOpenTimer.Start(hasController ? m_config.failOpenDelay : Seconds(0));
    }
    if (hasController)
    {
        m_channel.HandleEvent(OpenflowChannelEvent::START);
    }
}

uint32_t
OpenflowSwitchInstance::AddPort(OpenflowSwitchPort port)
{
    if (port.number == 0 || port.number > OFPP_MAX || m_ports.count(port.number) != 0)
    {
        port.number = 1;
        while (m_ports.count(port.number) != 0)
        {
            ++port.number;
        }
    }
    const uint32_t number = port.number;
    m_ports[number] = std::move(port);
    ReportPort(OpenflowPortReason::ADD, m_ports.at(number));
    return number;
}

void
OpenflowSwitchInstance::RemovePort(uint32_t number)
{
    const auto it = m_ports.find(number);
    if (it != m_ports.end())
    {
        const OpenflowSwitchPort gone = it->second;
        m_ports.erase(it);
        ReportPort(OpenflowPortReason::DELETE, gone);
    }
}

void
OpenflowSwitchInstance::SetPortUp(uint32_t number, bool up)
{
    const auto it = m_ports.find(number);
    if (it != m_ports.end() && it->second.up != up)
    {
        it->second.up = up;
        ReportPort(OpenflowPortReason::MODIFY, it->second);
    }
}

const OpenflowSwitchPort*
OpenflowSwitchInstance::FindPort(uint32_t number) const
{
    const auto it = m_ports.find(number);
    return it == m_ports.end() ? nullptr : &it->second;
}

const OpenflowSwitchPort*
OpenflowSwitchInstance::FindPort(const std::string& name) const
{
    for (const auto& [number, port] : m_ports)
    {
        if (port.name == name)
        {
            return &port;
        }
    }
    return nullptr;
}

const OpenflowSwitchPort*
OpenflowSwitchInstance::FindTunnel(Ipv4Address remote, uint64_t key) const
{
    const OpenflowSwitchPort* any = nullptr;
    for (const auto& [number, port] : m_ports)
    {
        if (port.tunnel && port.remote == remote && port.key == key)
        {
            return &port;
        }
        if (port.tunnel && port.remote == remote && port.key == 0)
        {
            any = &port;
        }
    }
    return any;
}

void
OpenflowSwitchInstance::ReportPort(OpenflowPortReason reason, const OpenflowSwitchPort& port)
{
    m_channel.Send(OpenflowPortStatus{reason, Describe(port)}, 0);
}

OpenflowPort
OpenflowSwitchInstance::Describe(const OpenflowSwitchPort& port) const
{
    OpenflowPort description;
    description.number = port.number;
    description.address = port.address;
    description.name = port.name;
    description.state = port.up ? OFPPS_LIVE : OFPPS_LINK_DOWN;
    return description;
}

void
OpenflowSwitchInstance::ReceiveFrame(uint32_t number, Ptr<const Packet> packet)
{
    const OpenflowSwitchPort* port = FindPort(number);
    if (port && port->up)
    {
        OpenflowFrame frame(packet, number);
        Process(frame);
    }
}

bool
OpenflowSwitchInstance::ReceiveTunnelFrame(Ipv4Address remote,
                                           Ipv4Address local,
                                           uint64_t key,
                                           Ptr<const Packet> packet)
{
    const OpenflowSwitchPort* port = FindTunnel(remote, key);
    if (!port)
    {
        m_environment.ReportDrop("no-tunnel");
        return false;
    }
    OpenflowFrame frame(packet, port->number);
    frame.SetTunnel(key, remote, local);
    Process(frame);
    return true;
}

void
OpenflowSwitchInstance::Process(OpenflowFrame& frame)
{
    if (m_failOpen)
    {
        Normal(frame);
        return;
    }
    const OpenflowFlow* flow = m_table.Match(frame);
    if (!flow)
    {
        // §5.4: without a table-miss flow, unmatched packets are dropped.
        m_environment.ReportDrop("no-flow");
        return;
    }
    const bool miss = flow->priority == 0 && flow->match.GetFields().empty();
    // A copy: what an action causes may change the table.
    const OpenflowActions actions = flow->actions;
    if (actions.empty())
    {
        m_environment.ReportDrop("flow-drop");
    }
    Execute(frame,
            actions,
            miss ? OpenflowPacketInReason::NO_MATCH : OpenflowPacketInReason::ACTION,
            flow->cookie);
}

void
OpenflowSwitchInstance::Execute(OpenflowFrame& frame,
                                const OpenflowActions& actions,
                                OpenflowPacketInReason reason,
                                uint64_t cookie)
{
    for (const OpenflowAction& action : actions)
    {
        if (const auto output = std::get_if<OpenflowOutput>(&action))
        {
            OutputTo(frame, *output, reason, cookie);
        }
        else if (const auto set = std::get_if<OpenflowSetField>(&action))
        {
            frame.Set(set->field, set->value);
        }
        else if (const auto move = std::get_if<OpenflowMove>(&action))
        {
            if (const auto value = frame.Get(move->source))
            {
                frame.Set(move->destination, *value);
            }
        }
        else if (const auto note = std::get_if<OpenflowNote>(&action))
        {
            frame.SetFlooded(frame.IsFlooded() || *note == MakeOpenflowFloodNote());
        }
    }
}

void
OpenflowSwitchInstance::OutputTo(OpenflowFrame& frame,
                                 const OpenflowOutput& output,
                                 OpenflowPacketInReason reason,
                                 uint64_t cookie)
{
    switch (output.port)
    {
    case OFPP_CONTROLLER:
        SendPacketIn(frame, reason, cookie);
        return;
    case OFPP_IN_PORT:
        if (const OpenflowSwitchPort* port = FindPort(frame.GetInPort()))
        {
            SendOut(*port, frame);
        }
        return;
    case OFPP_NORMAL:
        Normal(frame);
        return;
    case OFPP_FLOOD:
    case OFPP_ALL:
        Flood(frame);
        return;
    default:
        // §4.5: only IN_PORT sends a packet back.
        const OpenflowSwitchPort* port = FindPort(output.port);
        if (port && port->number != frame.GetInPort())
        {
            SendOut(*port, frame);
        }
        else if (!port)
        {
            m_environment.ReportDrop("no-port");
        }
    }
}

uint32_t
OpenflowSwitchInstance::GetSegment(const OpenflowFrame& frame) const
{
    const OpenflowSwitchPort* in = FindPort(frame.GetInPort());
    return in && !in->tunnel ? in->segment : static_cast<uint32_t>(frame.GetTunnelId());
}

void
OpenflowSwitchInstance::SendOut(const OpenflowSwitchPort& port, const OpenflowFrame& frame)
{
    if (!port.up)
    {
        m_environment.ReportDrop("port-down");
        return;
    }
    uint64_t key = port.key;
    if (key == 0)
    {
        key = frame.GetTunnelId() != 0 ? frame.GetTunnelId() : GetSegment(frame);
    }
    Ptr<const Packet> packet = frame.GetPacket();
    if (port.tunnel && frame.IsFlooded() && !frame.GetDestination().IsGroup())
    {
        packet = packet->Copy(); // the frame itself may be a tenant's here
        MarkFlooded(packet);
    }
    m_environment.Output(port, packet, key);
}

void
OpenflowSwitchInstance::Flood(OpenflowFrame& frame)
{
    const bool wasFlooded = frame.IsFlooded();
    frame.SetFlooded(true);
    const uint32_t segment = GetSegment(frame);
    const OpenflowSwitchPort* in = FindPort(frame.GetInPort());
    const bool fromTunnel = in && in->tunnel;
    for (const auto& [number, port] : m_ports)
    {
        const bool here = port.tunnel ? !fromTunnel && (port.key == 0 || port.key == segment)
                                      : segment == 0 || port.segment == segment;
        if (number != frame.GetInPort() && port.up && here)
        {
            SendOut(port, frame);
        }
    }
    frame.SetFlooded(wasFlooded);
}

void
OpenflowSwitchInstance::Normal(OpenflowFrame& frame)
{
    const Time now = m_environment.GetClock().Now();
    const uint32_t segment = GetSegment(frame);
    if (!frame.GetSource().IsGroup())
    {
        m_learned[{segment, frame.GetSource()}] = {frame.GetInPort(), now};
    }
    const auto it = m_learned.find({segment, frame.GetDestination()});
    if (it != m_learned.end() && now - it->second.seen >= m_config.learningAgeing)
    {
        m_learned.erase(it);
    }
    else if (it != m_learned.end())
    {
        const OpenflowSwitchPort* port = FindPort(it->second.port);
        if (port && port->number != frame.GetInPort())
        {
            SendOut(*port, frame);
        }
        return;
    }
    Flood(frame);
}

OpenflowError
OpenflowSwitchInstance::ApplyFlow(const OpenflowFlowMod& mod)
{
    return HandleFlowMod(mod);
}

const OpenflowFlowTable&
OpenflowSwitchInstance::GetTable() const
{
    return m_table;
}

OpenflowChannelState
OpenflowSwitchInstance::GetChannelState() const
{
    return m_channel.GetState();
}

bool
OpenflowSwitchInstance::IsFailOpen() const
{
    return m_failOpen;
}

} // namespace ns3
