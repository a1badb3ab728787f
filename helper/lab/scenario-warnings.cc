// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.2 (groups of the underlay, TTL) and §4.3 (MTU).
#include "ns3/scenario-warnings.h"

#include "ns3/map-config.h"
#include "ns3/number-format.h"
#include "ns3/topology-address.h"
#include "ns3/vtep-interface.h"
#include "ns3/vxlan-action.h"
#include "ns3/vxlan-encapsulation.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <sstream>

namespace ns3
{

namespace
{

/** \returns the value that the scenario gives an attribute on all nodes, or \p fallback. */
std::string
FindDefault(const Scenario& scenario, const std::string& name, const std::string& fallback)
{
    std::string value = fallback;
    for (const AttributeSetting& setting : scenario.defaults)
    {
        value = setting.name == name ? setting.value : value;
    }
    return value;
}

constexpr uint32_t FIRST_VSID = 0x1000; //!< those below may be taken for VLANs

/** Looks at one vxlan event after the other. */
class WarningFinder
{
  public:
    WarningFinder(const Scenario& scenario, const TopologyGraph& topology)
        : m_topology(topology)
    {
        const std::string range =
            FindDefault(scenario,
                        "ns3::PimSmRouting::SsmRange",
                        scenario.trees == TreePolicy::Ssm ? "224.0.0.0/4" : "232.0.0.0/8");
        m_ssm = ParsePrefix(range).value_or(Ipv4Prefix(232u << 24, 8));
        m_ttl = FindDefault(scenario, "ns3::VxlanNetDevice::Ttl", "0");
        for (const ScenarioEvent& event : scenario.events)
        {
            const auto* vxlan = FindAction<VxlanAction>(event);
            for (const std::string& node : vxlan ? vxlan->spec.nodes : std::vector<std::string>())
            {
                m_networks[vxlan->spec.group].insert(FindNetwork(node, vxlan->spec));
            }
        }
    }

    void Look(const VxlanSpec& vxlan, int line)
    {
        m_line = line;
        if (!vxlan.group.IsAny() && m_networks[vxlan.group].size() > 1)
        {
            LookAtGroup(vxlan);
        }
        LookAtMtu(vxlan);
        if (vxlan.encapsulation == VxlanEncapsulationType::NVGRE && vxlan.vni < FIRST_VSID)
        {
            Warn("id " + std::to_string(vxlan.vni) +
                 " is a reserved VSID (RFC 7637 §3.2); give one from " +
                 std::to_string(FIRST_VSID));
        }
        if (!vxlan.splitHorizon && vxlan.control != "group" && vxlan.nodes.size() > 2)
        {
            Warn("split-horizon: false among " + std::to_string(vxlan.nodes.size()) +
                 " VTEPs: each flooded frame goes round without end; give it to two");
        }
    }

    std::vector<ScenarioWarning> warnings;

  private:
    std::string FindInterface(std::size_t node, const VxlanSpec& vxlan) const
    {
        if (vxlan.dev.empty() && !vxlan.local.empty())
        {
            return FindVtepInterface(m_topology, node, vxlan.local);
        }
        return vxlan.dev.empty() ? m_topology.GetVtepInterface(node) : vxlan.dev;
    }

    /** \returns the network that \p node is on with its device; a loopback is one of its own. */
    std::size_t FindNetwork(const std::string& node, const VxlanSpec& vxlan) const
    {
        const std::size_t number = *m_topology.FindNode(node);
        const auto attachment = m_topology.FindInterface(number, FindInterface(number, vxlan));
        return attachment ? m_topology.attachments[*attachment].network
                          : m_topology.networks.size() + number;
    }

    /** \returns the MTU of \p interface; that of a loopback is the least of the node's links. */
    uint32_t FindMtu(std::size_t node, const std::string& interface) const
    {
        const auto attachment = m_topology.FindInterface(node, interface);
        uint32_t least = std::numeric_limits<uint32_t>::max();
        for (std::size_t each : m_topology.nodes[node].attachments)
        {
            least = std::min(least, m_topology.GetMtu(attachment.value_or(each)));
        }
        return least;
    }

    void Warn(const std::string& text, std::optional<Ipv4Address> group = std::nullopt)
    {
        warnings.push_back({m_line, text, group});
    }

    void LookAtGroup(const VxlanSpec& vxlan)
    {
        std::ostringstream group;
        group << "VXLAN group " << vxlan.group;
        const bool hasOneHop = vxlan.ttl ? *vxlan.ttl == 1 : m_ttl == "0" || m_ttl == "1";
        if (vxlan.group.IsLocalMulticast())
        {
            Warn(group.str() + " is link-local, no router forwards it; give one such as 239.0.0.42",
                 vxlan.group);
        }
        else if (m_ssm.Contains(vxlan.group.Get()) && !vxlan.isSourceSpecific)
        {
            Warn(group.str() + " is in the SSM range " + m_ssm.ToString() +
                     ", where members must name sources and VTEPs name none; give a group outside, "
                     "or remotes",
                 vxlan.group);
        }
        else if (hasOneHop)
        {
            Warn(group.str() +
                     " lies behind routers, and packets to a group start with TTL 1; give such as "
                     "ttl: 10",
                 vxlan.group);
        }
    }

    void LookAtMtu(const VxlanSpec& vxlan)
    {
        if (!vxlan.mtu)
        {
            return; // the underlay's less the overhead
        }
        for (const std::string& node : vxlan.nodes)
        {
            const std::size_t number = *m_topology.FindNode(node);
            const std::string interface = FindInterface(number, vxlan);
            const uint32_t underlay = FindMtu(number, interface);
            const uint32_t overhead = GetVxlanEncapsulation(vxlan.encapsulation).GetOverhead();
            const uint32_t needed = *vxlan.mtu + overhead;
            if (underlay < needed)
            {
                Warn("mtu " + std::to_string(*vxlan.mtu) + " of " + vxlan.name + " on " + node +
                     " needs an underlay of " + std::to_string(needed) + ", " + interface +
                     " has " + std::to_string(underlay) +
                     ": larger packets are dropped (RFC 7348 §4.3); give such as mtu: " +
                     std::to_string(underlay - overhead) + ", or the network mtu " +
                     std::to_string(needed));
                return;
            }
        }
    }

    const TopologyGraph& m_topology;
    Ipv4Prefix m_ssm;
    std::string m_ttl;                                       //!< of devices without their own
    std::map<Ipv4Address, std::set<std::size_t>> m_networks; //!< of VTEPs, by group
    int m_line{0};
};

/** RFC 9301 §5.4: a record's TTL is in minutes. */
void
LookAtTtl(const MapServerSpec& server, std::vector<ScenarioWarning>& warnings)
{
    if (server.ttl && *server.ttl != Minutes(ToMapTtl(*server.ttl)))
    {
        const std::string minutes = std::to_string(ToMapTtl(*server.ttl));
        warnings.push_back({server.ttlLine,
                            "ttl " + FormatSeconds(*server.ttl) + "s is " + minutes +
                                " minutes in LISP's messages; give such as " + minutes + "min",
                            std::nullopt});
    }
}

} // namespace

std::vector<ScenarioWarning>
FindScenarioWarnings(const Scenario& scenario, const TopologyGraph& topology)
{
    WarningFinder finder(scenario, topology);
    if (scenario.mapServer)
    {
        LookAtTtl(*scenario.mapServer, finder.warnings);
    }
    for (const ScenarioEvent& event : scenario.events)
    {
        if (const auto* vxlan = FindAction<VxlanAction>(event))
        {
            finder.Look(vxlan->spec, event.line);
        }
    }
    return std::move(finder.warnings);
}

} // namespace ns3
