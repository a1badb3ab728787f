// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow 1.3.5 §6.4: the flows of one switch, kept as they should be.
#include "ns3/openflow-frame.h"
#include "ns3/openflow-packets.h"
#include "ns3/openflow-switch-session.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** FLOW_MODs that an error may still come for. */
constexpr std::size_t SENT_LIMIT = 4096;

bool
IsSameFlow(const OpenflowFlowMod& a, const OpenflowFlowMod& b)
{
    return a.priority == b.priority && a.match == b.match;
}

} // namespace

void
OpenflowSwitchSession::HandleFlowRemoved(const OpenflowFlowRemoved& removed)
{
    const OpenflowFlowKey key = FindOpenflowFlowKey(GetPlanSwitch(), removed.match);
    const auto it = m_installed.find(key);
    if (it == m_installed.end())
    {
        return;
    }
    auto& flows = it->second;
    flows.erase(std::remove_if(flows.begin(),
                               flows.end(),
                               [&removed](const OpenflowFlowMod& flow) {
                                   return flow.priority == removed.priority &&
                                          flow.match == removed.match;
                               }),
                flows.end());
    if (flows.empty() && removed.reason != OpenflowRemovedReason::DELETE)
    {
        // It comes back when a frame asks for it.
        m_asked.erase(key);
    }
}

void
OpenflowSwitchSession::HandleError(const OpenflowErrorReport& report, uint32_t xid)
{
    const OpenflowError error(static_cast<OpenflowErrorType>(report.type), report.code);
    m_owner.GetEnvironment().ReportEvent("error", m_peer + " " + ToString(error));
    const auto it = m_sent.find(xid);
    if (it == m_sent.end())
    {
        return;
    }
    // The flow is not there: the next frame asks again.
    const auto [key, refused] = it->second;
    auto& flows = m_installed[key];
    flows.erase(
        std::remove_if(flows.begin(),
                       flows.end(),
                       [&r = refused](const OpenflowFlowMod& flow) { return IsSameFlow(flow, r); }),
        flows.end());
    m_sent.erase(it);
}

void
OpenflowSwitchSession::Synchronize()
{
    for (const OpenflowFlowStats& flow : m_found)
    {
        // Another cookie: a flow that somebody added by hand.
        if (flow.cookie == m_owner.GetConfig().cookie && !Adopt(flow))
        {
            OpenflowFlowMod wrong;
            wrong.priority = flow.priority;
            wrong.match = flow.match;
            SendFlow({}, wrong, OpenflowCommand::DELETE_STRICT);
        }
    }
    m_found.clear();
    AskAll();
    for (const OpenflowFlowKey& key : std::set<OpenflowFlowKey>(m_asked))
    {
        Refresh(key);
    }
}

bool
OpenflowSwitchSession::Adopt(const OpenflowFlowStats& found)
{
    const OpenflowFlowKey key = FindOpenflowFlowKey(GetPlanSwitch(), found.match);
    const OpenflowPlan plan = Plan(key);
    OpenflowFlowMod flow;
    flow.priority = found.priority;
    flow.match = found.match;
    flow.actions = found.actions;
    bool right = !plan.missing.empty();
    for (const OpenflowFlowMod& planned : plan.flows)
    {
        right = right || (IsSameFlow(planned, flow) && planned.actions == flow.actions);
    }
    if (right)
    {
        m_asked.insert(key);
        m_installed[key].push_back(flow);
    }
    return right;
}

void
OpenflowSwitchSession::AskAll()
{
    m_asked.insert(OpenflowFlowKey());
    if (m_owner.GetConfig().mode != OpenflowMode::PROACTIVE)
    {
        return;
    }
    for (const auto& [vni, port] : m_access)
    {
        for (Mac48Address mac : m_owner.GetKnowledge().GetAddresses(vni))
        {
            m_asked.insert({OpenflowFlowKey::Kind::DESTINATION, vni, mac});
        }
        for (Ipv4Address ip : m_owner.GetKnowledge().GetIps(vni))
        {
            m_asked.insert(
                {OpenflowFlowKey::Kind::ARP, vni, Mac48Address("00:00:00:00:00:00"), ip});
        }
    }
}

void
OpenflowSwitchSession::Ask(const OpenflowFlowKey& key)
{
    m_asked.insert(key);
    Refresh(key);
}

void
OpenflowSwitchSession::Refresh(const OpenflowFlowKey& key)
{
    if (!IsReady() || m_asked.count(key) == 0)
    {
        return;
    }
    const OpenflowPlan plan = Plan(key);
    if (!plan.missing.empty())
    {
        m_pending.insert(key);
        for (Ipv4Address remote : plan.missing)
        {
            m_owner.RequestTunnel(*this, remote);
        }
        return;
    }
    m_pending.erase(key);
    Install(key, plan.flows);
    if (plan.flows.empty())
    {
        m_asked.erase(key);
    }
}

void
OpenflowSwitchSession::Install(const OpenflowFlowKey& key,
                               const std::vector<OpenflowFlowMod>& flows)
{
    const std::vector<OpenflowFlowMod> before = m_installed[key];
    const auto find = [](const std::vector<OpenflowFlowMod>& in, const OpenflowFlowMod& flow) {
        return std::find_if(in.begin(), in.end(), [&flow](const OpenflowFlowMod& other) {
            return IsSameFlow(flow, other);
        });
    };
    for (const OpenflowFlowMod& flow : flows)
    {
        const auto old = find(before, flow);
        if (old == before.end() || !(old->actions == flow.actions))
        {
            SendFlow(key, flow, OpenflowCommand::ADD);
        }
    }
    for (const OpenflowFlowMod& old : before)
    {
        if (find(flows, old) == flows.end())
        {
            SendFlow(key, old, OpenflowCommand::DELETE_STRICT);
        }
    }
    m_installed[key] = flows;
    if (flows.empty())
    {
        m_installed.erase(key);
    }
}

void
OpenflowSwitchSession::SendFlow(const OpenflowFlowKey& key,
                                OpenflowFlowMod flow,
                                OpenflowCommand command)
{
    flow.command = command;
    flow.cookie = m_owner.GetConfig().cookie;
    if (command == OpenflowCommand::DELETE_STRICT)
    {
        flow.actions.clear();
        flow.flags = flow.idleTimeout = flow.hardTimeout = 0;
        flow.outPort = OFPP_ANY;
        flow.outGroup = OFPG_ANY;
    }
    const uint32_t xid = m_channel.Send(flow);
    m_sent[xid] = {key, flow};
    if (m_sent.size() > SENT_LIMIT)
    {
        m_sent.erase(m_sent.begin());
    }
}

OpenflowPlanSwitch
OpenflowSwitchSession::GetPlanSwitch() const
{
    return {
        m_vtep, m_access, [this](Ipv4Address remote) { return m_owner.FindTunnel(*this, remote); }};
}

OpenflowPlan
OpenflowSwitchSession::Plan(const OpenflowFlowKey& key) const
{
    return PlanOpenflowFlows(GetPlanSwitch(), m_owner.GetKnowledge(), m_owner.GetConfig(), key);
}

void
OpenflowSwitchSession::RetryPending()
{
    for (const OpenflowFlowKey& key : std::set<OpenflowFlowKey>(m_pending))
    {
        Refresh(key);
    }
    const auto waiting = std::move(m_waiting);
    m_waiting.clear();
    for (const auto& [key, frames] : waiting)
    {
        for (const OpenflowPacketIn& in : frames)
        {
            Forward(key, in);
        }
    }
}

void
OpenflowSwitchSession::Forward(const OpenflowFlowKey& key, const OpenflowPacketIn& in)
{
    const OpenflowPlan plan = Plan(key);
    if (plan.missing.empty())
    {
        SendOut(key, plan, in);
        return;
    }
    for (Ipv4Address remote : plan.missing)
    {
        m_owner.RequestTunnel(*this, remote);
    }
    auto& frames = m_waiting[key];
    if (frames.size() < m_owner.GetConfig().waitingFrames)
    {
        frames.push_back(in);
    }
    else
    {
        m_owner.GetEnvironment().ReportDrop("waiting-frames");
    }
}

void
OpenflowSwitchSession::SendOut(const OpenflowFlowKey& key,
                               const OpenflowPlan& plan,
                               const OpenflowPacketIn& in)
{
    const OpenflowOxm* port = in.match.Find(OpenflowField::IN_PORT);
    const OpenflowOxm* tunnel = in.match.Find(OpenflowField::TUNNEL_ID);
    const OpenflowOxm* source = in.match.Find(OpenflowField::TUN_IPV4_SRC);
    const OpenflowOxm* destination = in.match.Find(OpenflowField::TUN_IPV4_DST);
    OpenflowFrame frame(Create<Packet>(in.frame.data(), static_cast<uint32_t>(in.frame.size())),
                        static_cast<uint32_t>(port->value));
    if (tunnel)
    {
        const auto address = [](const OpenflowOxm* oxm) {
            return Ipv4Address(oxm ? static_cast<uint32_t>(oxm->value) : 0);
        };
        frame.SetTunnel(tunnel->value, address(source), address(destination));
    }
    for (const OpenflowFlowMod& flow : plan.flows)
    {
        if (!frame.Matches(flow.match))
        {
            continue;
        }
        OpenflowActions actions = flow.actions;
        if (actions.empty())
        {
            return;
        }
        if (key.kind == OpenflowFlowKey::Kind::FLOOD && !GetFrameDestination(in.frame).IsGroup())
        {
            actions.insert(actions.begin(), MakeOpenflowFloodNote());
        }
        m_channel.Send(OpenflowPacketOut{OFP_NO_BUFFER, frame.GetInPort(), actions, in.frame});
        return;
    }
}

void
OpenflowSwitchSession::SendFrame(uint32_t port, std::vector<uint8_t> frame)
{
    m_channel.Send(OpenflowPacketOut{
        OFP_NO_BUFFER, OFPP_CONTROLLER, {OpenflowOutput{port, OFPCML_MAX}}, std::move(frame)});
}

void
OpenflowSwitchSession::Barrier(std::function<void()> done)
{
    const uint32_t xid = m_channel.Send(OpenflowBarrier());
    if (xid == 0)
    {
        done();
        return;
    }
    m_barriers[xid] = std::move(done);
}

} // namespace ns3
