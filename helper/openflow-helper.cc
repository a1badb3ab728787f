// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/openflow-helper.h"

#include "ns3/controller-control-plane.h"
#include "ns3/tcp-l4-protocol.h"

#include <stdexcept>

namespace ns3
{

namespace
{

void
InstallTcp(Ptr<Node> node)
{
    if (!node->GetObject<TcpL4Protocol>())
    {
        node->AggregateObject(CreateObject<TcpL4Protocol>());
    }
}

} // namespace

OpenflowHelper::OpenflowHelper()
{
    m_switch.SetTypeId("ns3::OpenflowSwitch");
    m_controller.SetTypeId("ns3::OpenflowController");
}

void
OpenflowHelper::SetSwitch(const std::string& name, const AttributeValue& value)
{
    m_switch.Set(name, value);
}

void
OpenflowHelper::SetController(const std::string& name, const AttributeValue& value)
{
    m_controller.Set(name, value);
}

Ptr<OpenflowController>
OpenflowHelper::InstallController(Ptr<Node> node) const
{
    InstallTcp(node);
    Ptr<OpenflowController> controller = node->GetObject<OpenflowController>();
    if (!controller)
    {
        controller = m_controller.Create<OpenflowController>();
        node->AggregateObject(controller);
    }
    return controller;
}

Ptr<OpenflowSwitch>
OpenflowHelper::InstallSwitch(Ptr<Node> node, Ipv4Address controller) const
{
    InstallTcp(node);
    Ptr<OpenflowSwitch> one = node->GetObject<OpenflowSwitch>();
    if (!one)
    {
        one = m_switch.Create<OpenflowSwitch>();
        one->SetAttribute("Controller", Ipv4AddressValue(controller));
        node->AggregateObject(one);
    }
    return one;
}

Ptr<OpenflowController>
OpenflowHelper::Install(const NodeContainer& vteps, Ptr<Node> node) const
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    if (!ipv4 || ipv4->GetNInterfaces() < 2 || ipv4->GetNAddresses(1) == 0)
    {
        throw std::invalid_argument("the controller's node has no address");
    }
    const Ipv4Address address = ipv4->GetAddress(1, 0).GetLocal();
    for (auto vtep = vteps.Begin(); vtep != vteps.End(); ++vtep)
    {
        InstallSwitch(*vtep, address);
    }
    return InstallController(node);
}

ObjectFactory
OpenflowHelper::MakeControlPlane()
{
    ObjectFactory factory;
    factory.SetTypeId(ControllerControlPlane::GetTypeId());
    return factory;
}

} // namespace ns3
