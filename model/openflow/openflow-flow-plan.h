// SPDX-License-Identifier: GPL-2.0-only
// Which flows a switch should have, as a function of what the controller knows. A flow is never
// edited: what it should be is computed again and compared with what is installed.
//
// A switch that serves one VNI gets the flows of the reference lab, on the destination address
// alone; with several, flows also match the VNI: the port on the tenants' side, the tunnel id on
// the other.
#ifndef VXLAN_MULTICAST_OPENFLOW_FLOW_PLAN_H
#define VXLAN_MULTICAST_OPENFLOW_FLOW_PLAN_H

#include "ns3/openflow-config.h"
#include "ns3/openflow-knowledge.h"
#include "ns3/openflow-message.h"

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

namespace ns3
{

constexpr uint16_t OPENFLOW_PRIORITY_ARP = 100;        //!< ARP responders
constexpr uint16_t OPENFLOW_PRIORITY_IGMP = 90;        //!< IGMP to the controller
constexpr uint16_t OPENFLOW_PRIORITY_FROM_TUNNEL = 11; //!< shared addresses, frames from tunnels
constexpr uint16_t OPENFLOW_PRIORITY_DESTINATION = 10; //!< addresses

/** What flows are for. */
struct OpenflowFlowKey
{
    enum class Kind
    {
        BASE,        //!< table miss and IGMP
        DESTINATION, //!< a unicast, shared or group address
        ARP,         //!< the answer for an IP address
        FLOOD        //!< every VTEP of a VNI; for single frames, never installed
    };

    Kind kind{Kind::BASE};
    uint32_t vni{0};
    Mac48Address mac{"00:00:00:00:00:00"}; //!< DESTINATION
    Ipv4Address ip{Ipv4Address::GetAny()}; //!< ARP

    friend bool operator<(const OpenflowFlowKey& a, const OpenflowFlowKey& b)
    {
        return std::tie(a.kind, a.vni, a.mac, a.ip) < std::tie(b.kind, b.vni, b.mac, b.ip);
    }
};

/** The switch for which flows are planned. */
struct OpenflowPlanSwitch
{
    Ipv4Address vtep;
    const std::map<uint32_t, uint32_t>& access; //!< port by VNI
    /** \returns the port of the tunnel to a VTEP, once frames can cross it, or nothing. */
    std::function<std::optional<uint32_t>(Ipv4Address remote)> tunnel;
};

/** The flows of one key. */
struct OpenflowPlan
{
    std::vector<OpenflowFlowMod> flows; //!< by falling priority
    std::set<Ipv4Address> missing;      //!< VTEPs to which tunnels are needed first
};

/** \returns the flows that \p target should have for \p key. */
OpenflowPlan PlanOpenflowFlows(const OpenflowPlanSwitch& target,
                               const OpenflowKnowledge& knowledge,
                               const OpenflowControllerConfig& config,
                               const OpenflowFlowKey& key);

/** \returns the key that a flow found on a switch was made for. */
OpenflowFlowKey FindOpenflowFlowKey(const OpenflowPlanSwitch& target, const OpenflowMatch& match);

/** \returns whether \p group is of 224.0.0.0/24, whose frames everybody is to get (RFC 4541). */
bool IsLinkLocalGroup(Mac48Address group);

} // namespace ns3

#endif
