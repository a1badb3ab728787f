// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/process-action.h"

#include "ns3/action-reader.h"
#include "ns3/bfd-protocol.h"
#include "ns3/evpn-protocol.h"
#include "ns3/igmp-protocol.h"
#include "ns3/map-server.h"
#include "ns3/map-xtr.h"
#include "ns3/msdp-protocol.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-switch.h"
#include "ns3/ospf-routing.h"
#include "ns3/pim-sm-routing.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

#include <algorithm>

namespace ns3
{

namespace
{

const std::vector<std::string>
    PROTOCOLS{"evpn", "controller", "map-server", "ospf", "pim", "igmp", "bfd", "msdp"};

/** \returns whether \p protocol is a control plane: of the nodes that the scenario says. */
bool
IsControlPlane(const std::string& protocol)
{
    return protocol == "evpn" || protocol == "controller" || protocol == "map-server";
}

/** \param process null where the node has none: OSPF over a static underlay */
template <typename T>
void
SetState(Ptr<T> process, ProcessAction::State state)
{
    if (!process)
    {
        return;
    }
    switch (state)
    {
    case ProcessAction::State::STOP:
        return process->Stop();
    case ProcessAction::State::HANG:
        return process->SetHanging(true);
    case ProcessAction::State::RUN:
        return process->IsRunning() ? process->SetHanging(false) : process->Start();
    }
}

/** On a node that has both ends of a control plane, the servers' end is meant. */
void
SetControlPlaneState(const LabNode& lab, const std::string& protocol, ProcessAction::State state)
{
    if (protocol == "evpn")
    {
        SetState(lab.evpn, state);
    }
    else if (protocol == "controller")
    {
        lab.controller ? SetState(lab.controller, state) : SetState(lab.openflowSwitch, state);
    }
    else
    {
        lab.mapServer ? SetState(lab.mapServer, state) : SetState(lab.mapXtr, state);
    }
}

/** \returns false for BFD and MSDP on a node whose topology keys do not ask for them. */
bool
IsConfigured(const TopologyGraph& topology, std::size_t number, const std::string& protocol)
{
    const TopologyNode& node = topology.nodes[number];
    if (protocol == "msdp")
    {
        return !node.msdp.empty();
    }
    return protocol != "bfd" ||
           std::any_of(node.attachments.begin(),
                       node.attachments.end(),
                       [&topology](std::size_t attachment) {
                           return !topology.attachments[attachment].bfd.empty();
                       });
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
    const TopologyGraph& topology = reader.GetTopology();
    if (!Runs(topology.nodes[*topology.FindNode(action->node)].kind, action->protocol))
    {
        fields.Fail("protocol",
                    action->node + " does not run " + action->protocol + ", give another node");
    }
    if (!IsConfigured(topology, *topology.FindNode(action->node), action->protocol))
    {
        fields.Fail("protocol",
                    action->node + " has no key " + action->protocol +
                        " in the topology, give another node");
    }
    return action;
}

void
ProcessAction::Check(ScenarioHistory& history) const
{
    if (IsControlPlane(protocol))
    {
        history.CheckProcess(protocol, node);
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
    if (IsControlPlane(protocol))
    {
        SetControlPlaneState(lab, protocol, state);
    }
    else if (protocol == "ospf")
    {
        SetState(lab.ospf, state);
    }
    else if (protocol == "pim")
    {
        SetState(lab.pim, state);
    }
    else if (protocol == "bfd")
    {
        SetState(lab.bfd, state);
    }
    else if (protocol == "msdp")
    {
        SetState(lab.msdp, state);
    }
    else
    {
        SetState(lab.igmp, state);
    }
}

} // namespace ns3
