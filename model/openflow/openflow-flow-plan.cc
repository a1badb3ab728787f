// SPDX-License-Identifier: GPL-2.0-only
// Flows as functions of knowledge.
#include "ns3/openflow-flow-plan.h"

#include "ns3/ethertype.h"
#include "ns3/ip-protocol.h"

namespace ns3
{

namespace
{

using F = OpenflowField;

uint64_t
ToNumber(Mac48Address mac)
{
    uint8_t bytes[6];
    mac.CopyTo(bytes);
    uint64_t number = 0;
    for (uint8_t byte : bytes)
    {
        number = number << 8 | byte;
    }
    return number;
}

Mac48Address
ToMac(uint64_t number)
{
    uint8_t bytes[6];
    for (int i = 5; i >= 0; --i)
    {
        bytes[i] = static_cast<uint8_t>(number);
        number >>= 8;
    }
    Mac48Address mac;
    mac.CopyFrom(bytes);
    return mac;
}

OpenflowFlowMod
MakeFlow(uint16_t priority, OpenflowMatch match, OpenflowActions actions)
{
    OpenflowFlowMod mod;
    mod.priority = priority;
    mod.match = std::move(match);
    mod.actions = std::move(actions);
    return mod;
}

OpenflowActions
ToController()
{
    return {OpenflowOutput{OFPP_CONTROLLER, OFPCML_NO_BUFFER}};
}

OpenflowPlan
PlanBase(const OpenflowControllerConfig& config)
{
    OpenflowMatch igmp;
    igmp.Set(F::ETH_TYPE, ETHERTYPE_IPV4).Set(F::IP_PROTO, IP_PROTOCOL_IGMP);
    // What is pushed and does not time out needs no questions about the rest.
    const bool quiet = config.mode == OpenflowMode::PROACTIVE &&
                       config.unknown == OpenflowUnknown::DROP && config.idleTimeout == 0 &&
                       config.hardTimeout == 0;
    OpenflowPlan plan;
    plan.flows.push_back(MakeFlow(OPENFLOW_PRIORITY_IGMP, igmp, ToController()));
    plan.flows.push_back(MakeFlow(0, {}, quiet ? OpenflowActions() : ToController()));
    return plan;
}

OpenflowPlan
PlanArp(const OpenflowPlanSwitch& target,
        const OpenflowKnowledge& knowledge,
        const OpenflowFlowKey& key)
{
    OpenflowPlan plan;
    const auto mac = knowledge.FindMac(key.vni, key.ip);
    const auto access = target.access.find(key.vni);
    // A tenant on this side hears the request itself.
    const bool here = mac && !knowledge.IsShared(key.vni, *mac) &&
                      knowledge.GetVteps(key.vni, *mac).count(target.vtep) != 0;
    if (!mac || here || access == target.access.end())
    {
        return plan;
    }
    OpenflowMatch match;
    match.Set(F::IN_PORT, access->second)
        .Set(F::ETH_TYPE, ETHERTYPE_ARP)
        .Set(F::ARP_OP, 1)
        .Set(F::ARP_TPA, key.ip.Get());
    plan.flows.push_back(MakeFlow(OPENFLOW_PRIORITY_ARP,
                                  match,
                                  {OpenflowMove{F::ETH_SRC, F::ETH_DST},
                                   OpenflowSetField{F::ETH_SRC, ToNumber(*mac)},
                                   OpenflowSetField{F::ARP_OP, 2},
                                   OpenflowMove{F::ARP_SHA, F::ARP_THA},
                                   OpenflowMove{F::ARP_SPA, F::ARP_TPA},
                                   OpenflowSetField{F::ARP_SHA, ToNumber(*mac)},
                                   OpenflowSetField{F::ARP_SPA, key.ip.Get()},
                                   OpenflowOutput{OFPP_IN_PORT, 0}}));
    return plan;
}

/** Outputs to \p vteps but the switch's own; \c missing of \p plan gets those without a tunnel. */
OpenflowActions
OutputToVteps(const OpenflowPlanSwitch& target,
              const std::set<Ipv4Address>& vteps,
              uint32_t vni,
              OpenflowPlan& plan)
{
    OpenflowActions actions;
    const bool several = target.access.size() > 1;
    for (Ipv4Address vtep : vteps)
    {
        if (vtep == target.vtep)
        {
            continue;
        }
        const auto port = target.tunnel(vtep);
        if (!port)
        {
            plan.missing.insert(vtep);
            continue;
        }
        if (several && actions.empty())
        {
            actions.push_back(OpenflowSetField{F::TUNNEL_ID, vni});
        }
        actions.push_back(OpenflowOutput{*port, OFPCML_MAX});
    }
    return actions;
}

OpenflowPlan
PlanAddress(const OpenflowPlanSwitch& target,
            const OpenflowKnowledge& knowledge,
            const OpenflowControllerConfig& config,
            const OpenflowFlowKey& key)
{
    OpenflowPlan plan;
    const auto access = target.access.find(key.vni);
    const bool flood = key.kind == OpenflowFlowKey::Kind::FLOOD;
    const bool shared = flood || knowledge.IsShared(key.vni, key.mac);
    const std::set<Ipv4Address> vteps =
        flood ? knowledge.GetVteps(key.vni) : knowledge.GetVteps(key.vni, key.mac);
    const bool nobody = vteps.empty();
    // Frames to a group that nobody joined are dropped here, where they are to be dropped.
    const bool silenced = nobody && OpenflowKnowledge::IsMulticast(key.mac) &&
                          config.unknown == OpenflowUnknown::DROP && !IsLinkLocalGroup(key.mac);
    if (access == target.access.end() || (nobody && !silenced))
    {
        return plan;
    }
    const bool several = target.access.size() > 1;
    const bool here = vteps.count(target.vtep) != 0;
    const OpenflowActions local{OpenflowOutput{access->second, OFPCML_MAX}};
    OpenflowMatch toHere;
    OpenflowMatch toThere;
    if (several)
    {
        toHere.Set(F::TUNNEL_ID, key.vni);
        toThere.Set(F::IN_PORT, access->second);
    }
    if (!flood)
    {
        toHere.Set(F::ETH_DST, ToNumber(key.mac));
        toThere.Set(F::ETH_DST, ToNumber(key.mac));
    }
    if (!shared)
    {
        OpenflowActions there = OutputToVteps(target, vteps, key.vni, plan);
        plan.flows.push_back(here ? MakeFlow(OPENFLOW_PRIORITY_DESTINATION, toHere, local)
                                  : MakeFlow(OPENFLOW_PRIORITY_DESTINATION, toThere, there));
    }
    else
    {
        toHere.Set(F::TUN_IPV4_DST, target.vtep.Get());
        OpenflowActions there = OutputToVteps(target, vteps, key.vni, plan);
        plan.flows.push_back(
            MakeFlow(OPENFLOW_PRIORITY_FROM_TUNNEL, toHere, here ? local : OpenflowActions()));
        plan.flows.push_back(MakeFlow(OPENFLOW_PRIORITY_DESTINATION, toThere, there));
    }
    for (OpenflowFlowMod& flow : plan.flows)
    {
        flow.idleTimeout = config.idleTimeout;
        flow.hardTimeout = config.hardTimeout;
        flow.flags = config.idleTimeout != 0 || config.hardTimeout != 0 ? OFPFF_SEND_FLOW_REM : 0;
    }
    return plan;
}

} // namespace

bool
IsLinkLocalGroup(Mac48Address group)
{
    return ToNumber(group) >> 8 == 0x01005e0000;
}

OpenflowPlan
PlanOpenflowFlows(const OpenflowPlanSwitch& target,
                  const OpenflowKnowledge& knowledge,
                  const OpenflowControllerConfig& config,
                  const OpenflowFlowKey& key)
{
    switch (key.kind)
    {
    case OpenflowFlowKey::Kind::BASE:
        return PlanBase(config);
    case OpenflowFlowKey::Kind::ARP:
        return PlanArp(target, knowledge, key);
    case OpenflowFlowKey::Kind::DESTINATION:
    case OpenflowFlowKey::Kind::FLOOD:
        return PlanAddress(target, knowledge, config, key);
    }
    return {};
}

OpenflowFlowKey
FindOpenflowFlowKey(const OpenflowPlanSwitch& target, const OpenflowMatch& match)
{
    OpenflowFlowKey key;
    const OpenflowOxm* destination = match.Find(F::ETH_DST);
    const OpenflowOxm* asked = match.Find(F::ARP_TPA);
    const OpenflowOxm* tunnel = match.Find(F::TUNNEL_ID);
    const OpenflowOxm* in = match.Find(F::IN_PORT);
    if (tunnel)
    {
        key.vni = static_cast<uint32_t>(tunnel->value);
    }
    else
    {
        for (const auto& [vni, port] : target.access)
        {
            if (in ? port == in->value : target.access.size() == 1)
            {
                key.vni = vni;
            }
        }
    }
    if (asked)
    {
        key.kind = OpenflowFlowKey::Kind::ARP;
        key.ip = Ipv4Address(static_cast<uint32_t>(asked->value));
    }
    else if (destination)
    {
        key.kind = OpenflowFlowKey::Kind::DESTINATION;
        key.mac = ToMac(destination->value);
    }
    else
    {
        key.vni = 0;
    }
    return key;
}

} // namespace ns3
