// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/control-planes.h"

#include "ns3/boolean.h"
#include "ns3/evpn-helper.h"
#include "ns3/map-server-helper.h"
#include "ns3/openflow-helper.h"
#include "ns3/uinteger.h"

#include <algorithm>
#include <functional>
#include <stdexcept>

namespace ns3
{

namespace
{

/** A control plane of the lab. */
struct LabControlPlane
{
    std::string name;
    bool named; //!< by the key `control`; else by a key of its own
    std::function<void(VxlanHelper& helper, const VxlanSpec& vxlan)> configure;
};

/** \returns the tunnel type of RFC 8365 §11. */
uint16_t
GetTunnelType(VxlanEncapsulationType encapsulation)
{
    switch (encapsulation)
    {
    case VxlanEncapsulationType::GRE:
        return 2;
    case VxlanEncapsulationType::NVGRE:
        return 9;
    case VxlanEncapsulationType::VXLAN:
        break;
    }
    return 8;
}

const std::vector<LabControlPlane>&
GetControlPlanes()
{
    static const std::vector<LabControlPlane> planes = {
        {"group",
         false,
         [](VxlanHelper& helper, const VxlanSpec& vxlan) { helper.SetGroup(vxlan.group); }},
        {"head-end",
         false,
         [](VxlanHelper& helper, const VxlanSpec& vxlan) { helper.SetRemotes(vxlan.remotes); }},
        {"evpn",
         true,
         [](VxlanHelper& helper, const VxlanSpec& vxlan) {
             ObjectFactory factory = EvpnHelper::MakeControlPlane();
             factory.Set("Suppress", BooleanValue(vxlan.suppress.value_or(false)));
             factory.Set("Group", Ipv4AddressValue(vxlan.group));
             factory.Set("SourceSpecific", BooleanValue(vxlan.isSourceSpecific));
             factory.Set("Learning", BooleanValue(vxlan.learning.value_or(false)));
             factory.Set("TunnelType", UintegerValue(GetTunnelType(vxlan.encapsulation)));
             helper.SetControlPlane(factory);
         }},
        {"controller",
         true,
         [](VxlanHelper& helper, const VxlanSpec&) {
             helper.SetControlPlane(OpenflowHelper::MakeControlPlane());
         }},
        {"map-server",
         true,
         [](VxlanHelper& helper, const VxlanSpec& vxlan) {
             ObjectFactory factory = MapServerHelper::MakeControlPlane();
             factory.Set("Suppress", BooleanValue(vxlan.suppress.value_or(true)));
             helper.SetControlPlane(factory);
         }},
    };
    return planes;
}

} // namespace

std::vector<std::string>
GetScenarioControlPlanes()
{
    std::vector<std::string> names;
    for (const LabControlPlane& plane : GetControlPlanes())
    {
        if (plane.named)
        {
            names.push_back(plane.name);
        }
    }
    return names;
}

void
ConfigureControlPlane(VxlanHelper& helper, const VxlanSpec& vxlan)
{
    const std::vector<LabControlPlane>& planes = GetControlPlanes();
    const auto plane = std::find_if(
        planes.begin(), planes.end(), [&](const auto& each) { return each.name == vxlan.control; });
    if (plane == planes.end())
    {
        throw std::invalid_argument("unknown control plane '" + vxlan.control + "'");
    }
    plane->configure(helper, vxlan);
}

} // namespace ns3
