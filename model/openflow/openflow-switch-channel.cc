// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §6 and §7.3: what a switch answers to its controller.
#include "ns3/openflow-switch-instance.h"

namespace ns3
{

namespace
{

/** OFPC_FLOW_STATS, OFPC_TABLE_STATS: what is offered of §7.3.1's capabilities. */
constexpr uint32_t CAPABILITIES = 0x3;
/** A multipart reply is split before it is this large. */
constexpr std::size_t MULTIPART_BYTES = 60000;

} // namespace

void
OpenflowSwitchInstance::OpenConnection()
{
    m_environment.Connect();
}

void
OpenflowSwitchInstance::CloseConnection()
{
    m_environment.Disconnect();
}

void
OpenflowSwitchInstance::SendBytes(const std::vector<uint8_t>& bytes)
{
    m_environment.SendToController(bytes);
}

void
OpenflowSwitchInstance::ChannelActive()
{
    m_failOpenTimer.Cancel();
    if (m_failOpen)
    {
        m_failOpen = false;
        m_learned.clear();
    }
    m_environment.ReportEvent("session-up", m_config.controller);
}

void
OpenflowSwitchInstance::ChannelDown()
{
    if (m_config.failMode == OpenflowFailMode::STANDALONE)
    {
        m_failOpenTimer.Start(m_config.failOpenDelay);
    }
    m_environment.ReportEvent("session-down", m_config.controller);
}

void
OpenflowSwitchInstance::NotifyConnected()
{
    m_channel.HandleEvent(OpenflowChannelEvent::CONNECTED);
}

void
OpenflowSwitchInstance::NotifyClosed()
{
    m_channel.HandleEvent(OpenflowChannelEvent::DISCONNECTED);
}

void
OpenflowSwitchInstance::NotifyReachable()
{
    m_channel.HandleEvent(OpenflowChannelEvent::REACHABLE);
}

void
OpenflowSwitchInstance::ReceiveFromController(const std::vector<uint8_t>& bytes)
{
    m_channel.Receive(bytes);
}

OpenflowError
OpenflowSwitchInstance::HandleMessage(const OpenflowMessage& message)
{
    const uint32_t xid = message.xid;
    switch (message.GetType())
    {
    case OpenflowType::FEATURES_REQUEST:
        m_channel.Send(OpenflowFeaturesReply{m_config.datapathId, 0, 1, 0, CAPABILITIES}, xid);
        return {};
    case OpenflowType::GET_CONFIG_REQUEST:
        m_channel.Send(OpenflowSwitchConfigMessage{true, m_configFlags, m_missSendLength}, xid);
        return {};
    case OpenflowType::SET_CONFIG: {
        const auto& config = std::get<OpenflowSwitchConfigMessage>(message.body);
        m_configFlags = config.flags;
        m_missSendLength = config.missSendLength;
        return {};
    }
    case OpenflowType::BARRIER_REQUEST:
        // Messages are handled as they come: all before this one are done.
        m_channel.Send(OpenflowBarrier{true}, xid);
        return {};
    case OpenflowType::FLOW_MOD:
        return HandleFlowMod(std::get<OpenflowFlowMod>(message.body));
    case OpenflowType::PACKET_OUT:
        return HandlePacketOut(std::get<OpenflowPacketOut>(message.body));
    case OpenflowType::MULTIPART_REQUEST:
        HandleMultipart(std::get<OpenflowMultipartRequest>(message.body), xid);
        return {};
    case OpenflowType::ERROR: {
        const auto& report = std::get<OpenflowErrorReport>(message.body);
        m_environment.ReportEvent(
            "error",
            ToString(OpenflowError(static_cast<OpenflowErrorType>(report.type), report.code)));
        return {};
    }
    default:
        // What switches send, or what nobody expects.
        return {OpenflowErrorType::BAD_REQUEST, OFPBRC_BAD_TYPE};
    }
}

OpenflowError
OpenflowSwitchInstance::CheckOutputs(const OpenflowActions& actions) const
{
    for (const OpenflowAction& action : actions)
    {
        const auto output = std::get_if<OpenflowOutput>(&action);
        if (output && output->port > OFPP_MAX &&
            (output->port < OFPP_IN_PORT || output->port == OFPP_ANY || output->port == OFPP_LOCAL))
        {
            return {OpenflowErrorType::BAD_ACTION, OFPBAC_BAD_OUT_PORT};
        }
    }
    return {};
}

OpenflowError
OpenflowSwitchInstance::HandleFlowMod(const OpenflowFlowMod& mod)
{
    if (OpenflowError error = CheckOutputs(mod.actions))
    {
        return error;
    }
    if (OpenflowError error = m_table.Apply(mod))
    {
        return error;
    }
    m_environment.NotifyFlowsChanged();
    const bool deletes =
        mod.command == OpenflowCommand::DELETE || mod.command == OpenflowCommand::DELETE_STRICT;
    if (mod.buffer != OFP_NO_BUFFER && !deletes)
    {
        // The flow is in (§6.4); nothing is ever buffered.
        return {OpenflowErrorType::BAD_REQUEST, OFPBRC_BUFFER_UNKNOWN};
    }
    return {};
}

OpenflowError
OpenflowSwitchInstance::HandlePacketOut(const OpenflowPacketOut& out)
{
    if (out.buffer != OFP_NO_BUFFER)
    {
        return {OpenflowErrorType::BAD_REQUEST, OFPBRC_BUFFER_UNKNOWN};
    }
    if (out.inPort != OFPP_CONTROLLER && !FindPort(out.inPort))
    {
        return {OpenflowErrorType::BAD_REQUEST, OFPBRC_BAD_PORT};
    }
    if (out.frame.size() < 14)
    {
        return {OpenflowErrorType::BAD_REQUEST, OFPBRC_BAD_PACKET};
    }
    if (OpenflowError error = CheckOutputs(out.actions))
    {
        return error;
    }
    OpenflowFrame frame(Create<Packet>(out.frame.data(), static_cast<uint32_t>(out.frame.size())),
                        out.inPort);
    for (const OpenflowAction& action : out.actions)
    {
        const auto output = std::get_if<OpenflowOutput>(&action);
        if (output && output->port == OFPP_TABLE)
        {
            Process(frame);
            return {};
        }
    }
    Execute(frame, out.actions, OpenflowPacketInReason::ACTION, 0);
    return {};
}

void
OpenflowSwitchInstance::HandleMultipart(const OpenflowMultipartRequest& request, uint32_t xid)
{
    OpenflowMultipartReply reply;
    reply.type = request.type;
    switch (request.type)
    {
    case OpenflowMultipartType::FLOW:
        SendFlowStats(request.filter, xid);
        return;
    case OpenflowMultipartType::AGGREGATE:
        for (const OpenflowFlow* flow : m_table.GetFlows(request.filter))
        {
            reply.packets += flow->packets;
            reply.bytes += flow->bytes;
            ++reply.flowCount;
        }
        break;
    case OpenflowMultipartType::TABLE: {
        const auto [lookups, matched] = m_table.GetLookups();
        reply.tables.push_back({0, static_cast<uint32_t>(m_table.GetSize()), lookups, matched});
        break;
    }
    case OpenflowMultipartType::PORT_DESC:
        for (const auto& [number, port] : m_ports)
        {
            reply.ports.push_back(Describe(port));
            if (reply.ports.size() * OPENFLOW_PORT_BYTES > MULTIPART_BYTES)
            {
                reply.more = true;
                m_channel.Send(reply, xid);
                reply.more = false;
                reply.ports.clear();
            }
        }
        break;
    case OpenflowMultipartType::DESC:
        reply.software = "ns-3 vxlan-multicast";
        break;
    }
    m_channel.Send(reply, xid);
}

void
OpenflowSwitchInstance::SendFlowStats(const OpenflowFlowFilter& filter, uint32_t xid)
{
    OpenflowMultipartReply reply;
    std::size_t bytes = 0;
    const Time now = m_environment.GetClock().Now();
    for (const OpenflowFlow* flow : m_table.GetFlows(filter))
    {
        const int64_t age = (now - flow->created).GetNanoSeconds();
        OpenflowFlowStats stats;
        stats.durationSeconds = static_cast<uint32_t>(age / 1000000000);
        stats.durationNanoseconds = static_cast<uint32_t>(age % 1000000000);
        stats.priority = flow->priority;
        stats.idleTimeout = flow->idleTimeout;
        stats.hardTimeout = flow->hardTimeout;
        stats.flags = flow->flags;
        stats.cookie = flow->cookie;
        stats.packets = flow->packets;
        stats.bytes = flow->bytes;
        stats.match = flow->match;
        stats.actions = flow->actions;
        WireWriter size;
        stats.match.Write(size);
        WriteOpenflowInstructions(size, stats.actions);
        if (bytes + 48 + size.GetSize() > MULTIPART_BYTES)
        {
            reply.more = true;
            m_channel.Send(reply, xid);
            reply.more = false;
            reply.flows.clear();
            bytes = 0;
        }
        bytes += 48 + size.GetSize();
        reply.flows.push_back(std::move(stats));
    }
    m_channel.Send(reply, xid);
}

void
OpenflowSwitchInstance::SendPacketIn(const OpenflowFrame& frame,
                                     OpenflowPacketInReason reason,
                                     uint64_t cookie)
{
    if (!m_channel.IsActive())
    {
        m_environment.ReportDrop("no-controller");
        return;
    }
    OpenflowPacketIn in;
    in.reason = reason;
    in.cookie = cookie;
    in.match = frame.GetMetadata();
    // Nothing is buffered, so that the whole packet goes whatever max_len is (§7.4.1).
    in.frame = frame.GetBytes(frame.GetSize());
    in.totalLength = static_cast<uint16_t>(in.frame.size());
    m_channel.Send(std::move(in), 0);
}

void
OpenflowSwitchInstance::FlowRemoved(const OpenflowFlow& flow, OpenflowRemovedReason reason)
{
    m_environment.NotifyFlowsChanged();
    if (!(flow.flags & OFPFF_SEND_FLOW_REM))
    {
        return;
    }
    const int64_t age = (m_environment.GetClock().Now() - flow.created).GetNanoSeconds();
    OpenflowFlowRemoved removed;
    removed.cookie = flow.cookie;
    removed.priority = flow.priority;
    removed.reason = reason;
    removed.durationSeconds = static_cast<uint32_t>(age / 1000000000);
    removed.durationNanoseconds = static_cast<uint32_t>(age % 1000000000);
    removed.idleTimeout = flow.idleTimeout;
    removed.hardTimeout = flow.hardTimeout;
    removed.packets = flow.packets;
    removed.bytes = flow.bytes;
    removed.match = flow.match;
    m_channel.Send(std::move(removed), 0);
}

} // namespace ns3
