// SPDX-License-Identifier: GPL-2.0-only
// OpenFlow on the nodes of a lab: a controller and the switches of VTEPs, from the start.
#include "ns3/enum-attribute.h"
#include "ns3/lab-network.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-helper.h"
#include "ns3/openflow-switch.h"
#include "ns3/string.h"
#include "ns3/uinteger.h"

namespace ns3
{

namespace
{

/** Sets an attribute of words, unless it is left to defaults. */
template <typename T>
void
SetWord(OpenflowHelper& helper,
        void (OpenflowHelper::*set)(const std::string&, const AttributeValue&),
        const char* name,
        const std::optional<T>& value)
{
    if (value)
    {
        (helper.*set)(name, StringValue(EnumName(*value)));
    }
}

template <typename T>
void
SetNumber(OpenflowHelper& helper,
          void (OpenflowHelper::*set)(const std::string&, const AttributeValue&),
          const char* name,
          const std::optional<T>& value)
{
    if (value)
    {
        (helper.*set)(name, UintegerValue(*value));
    }
}

} // namespace

void
LabNetwork::AddController(const ControllerSpec& spec)
{
    OpenflowHelper helper;
    SetWord(helper, &OpenflowHelper::SetController, "Mode", spec.mode);
    SetWord(helper, &OpenflowHelper::SetController, "Unknown", spec.unknown);
    SetNumber(helper, &OpenflowHelper::SetController, "IdleTimeout", spec.idle);
    SetNumber(helper, &OpenflowHelper::SetController, "HardTimeout", spec.hard);
    SetWord(helper, &OpenflowHelper::SetSwitch, "FailMode", spec.fail);
    SetNumber(helper, &OpenflowHelper::SetSwitch, "Capacity", spec.capacity);
    Ipv4Address address = Ipv4Address::GetAny();
    if (!spec.node.empty())
    {
        const ScopedAttributes scope(m_settings.nodes[spec.node]);
        LabNode& lab = GetNode(spec.node);
        lab.controller = helper.InstallController(lab.node);
        address = GetServerAddress(spec.node);
    }
    for (const auto& [node, dev] : spec.vteps)
    {
        const ScopedAttributes scope(m_settings.nodes[node]);
        LabNode& lab = GetNode(node);
        // The datapath id, known from the start: a switch that learns it later starts again.
        helper.SetSwitch("LocalAddress", Ipv4AddressValue(GetVtepAddress(node, dev)));
        lab.openflowSwitch = helper.InstallSwitch(lab.node, address);
    }
}

Ptr<OpenflowController>
LabNetwork::FindController() const
{
    for (const LabNode& lab : m_nodes)
    {
        if (lab.controller)
        {
            return lab.controller;
        }
    }
    return nullptr;
}

void
LabNetwork::TellController(const LabNode& lab, const VxlanSpec& vxlan, Ipv4Address address)
{
    Ptr<OpenflowController> controller = FindController();
    if (!controller || !lab.openflowSwitch)
    {
        return;
    }
    OpenflowTenant tenant;
    tenant.name = lab.name + "/" + vxlan.name;
    tenant.vni = vxlan.vni;
    tenant.mac = Mac48Address::ConvertFrom(lab.vxlans.at(vxlan.name)->GetAddress());
    tenant.ip = address;
    tenant.vtep = lab.openflowSwitch->GetLocalAddress();
    controller->SetTenant(tenant);
}

} // namespace ns3
