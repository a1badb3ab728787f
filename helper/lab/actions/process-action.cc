// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/process-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

namespace ns3
{

namespace
{

const std::vector<std::string> PROTOCOLS{"evpn", "ospf", "pim", "igmp"};

/** Stops or starts a protocol that cannot hang. */
template <typename T>
void
SetRunning(Ptr<T> protocol, bool isRunning)
{
    if (protocol)
    {
        isRunning ? protocol->Start() : protocol->Stop();
    }
}

void
SetState(EvpnProtocol& speaker, ProcessAction::State state)
{
    switch (state)
    {
    case ProcessAction::State::STOP:
        return speaker.Stop();
    case ProcessAction::State::HANG:
        return speaker.SetHanging(true);
    case ProcessAction::State::RUN:
        return speaker.IsRunning() ? speaker.SetHanging(false) : speaker.Start();
    }
}

/** \returns whether \p kind of node runs \p protocol, apart from control planes. */
bool
Runs(NodeKind kind, const std::string& protocol)
{
    if (protocol == "pim")
    {
        return kind == NodeKind::Router;
    }
    return protocol != "ospf" || kind == NodeKind::Router || kind == NodeKind::Vtep;
}

} // namespace

ScenarioActionPtr
ProcessAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<ProcessAction>();
    const YamlFields fields = reader.GetFields("node protocol state");
    action->node = reader.GetNode(fields, "node");
    action->protocol = PROTOCOLS[fields.GetChoice("protocol", PROTOCOLS)];
    action->state = static_cast<State>(fields.GetChoice("state", {"stop", "hang", "run"}));
    if (action->state == State::HANG && action->protocol != "evpn")
    {
        fields.Fail("state", action->protocol + " cannot hang, give stop or run");
    }
    const TopologyGraph& topology = reader.GetTopology();
    if (!Runs(topology.nodes[*topology.FindNode(action->node)].kind, action->protocol))
    {
        fields.Fail("protocol",
                    action->node + " does not run " + action->protocol + ", give another node");
    }
    return action;
}

void
ProcessAction::Check(ScenarioHistory& history) const
{
    if (protocol == "evpn")
    {
        history.CheckSpeaker(node);
    }
}

void
ProcessAction::Run(ScenarioRun& run) const
{
    const LabNode& lab = run.GetNetwork().GetNode(node);
    if (!lab.up)
    {
        return; // there is no process on a node that is down
    }
    if (protocol == "evpn")
    {
        SetState(*lab.evpn, state);
    }
    else if (protocol == "ospf")
    {
        SetRunning(lab.ospf, state == State::RUN);
    }
    else if (protocol == "pim")
    {
        SetRunning(lab.pim, state == State::RUN);
    }
    else
    {
        SetRunning(lab.igmp, state == State::RUN);
    }
}

} // namespace ns3
