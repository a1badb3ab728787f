// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tenant-observers.h"

#include "ns3/controller-control-plane.h"
#include "ns3/evpn-control-plane.h"
#include "ns3/openflow-controller.h"
#include "ns3/openflow-switch.h"

namespace ns3
{

namespace
{

/** Tells EVPN which addresses are sticky, before their first frame. */
class EvpnTenants : public LabTenantObserver
{
  public:
    explicit EvpnTenants(LabNetwork& network)
        : m_network(network)
    {
    }

    void OnTenant(const LabTenant& tenant) override
    {
        SetSticky(tenant, tenant.spec.node);
    }

    void OnMove(const LabTenant& tenant, const std::string& to) override
    {
        SetSticky(tenant, to);
    }

  private:
    void SetSticky(const LabTenant& tenant, const std::string& node)
    {
        Ptr<VxlanNetDevice> device = m_network.GetNode(node).vxlans.at(tenant.spec.device);
        if (auto control = DynamicCast<EvpnControlPlane>(device->GetControlPlane()))
        {
            control->SetSticky(tenant.spec.mac, tenant.spec.isSticky);
        }
    }

    LabNetwork& m_network;
};

/** Tells the controller of all tenants behind its switches, as the operator does. */
class ControllerTenants : public LabTenantObserver
{
  public:
    explicit ControllerTenants(LabNetwork& network)
        : m_network(network)
    {
    }

    void OnTenant(const LabTenant& tenant) override
    {
        SetTenant(tenant, tenant.spec.node);
    }

    void OnMove(const LabTenant& tenant, const std::string& to) override
    {
        SetTenant(tenant, to);
    }

    void OnRemove(const LabTenant& tenant) override
    {
        Ptr<OpenflowController> controller = m_network.FindController();
        if (controller && IsControlled(tenant, tenant.spec.node))
        {
            controller->RemoveTenant(tenant.vni, tenant.spec.mac);
        }
    }

  private:
    bool IsControlled(const LabTenant& tenant, const std::string& node) const
    {
        Ptr<VxlanNetDevice> device = m_network.GetNode(node).vxlans.at(tenant.spec.device);
        return DynamicCast<ControllerControlPlane>(device->GetControlPlane()) != nullptr;
    }

    void SetTenant(const LabTenant& tenant, const std::string& node)
    {
        Ptr<OpenflowController> controller = m_network.FindController();
        if (!controller || !IsControlled(tenant, node))
        {
            return;
        }
        OpenflowTenant known;
        known.name = tenant.spec.name;
        known.vni = tenant.vni;
        known.mac = tenant.spec.mac;
        if (tenant.spec.address)
        {
            known.ip = tenant.spec.address->first;
        }
        known.answers = tenant.spec.answers;
        known.vtep = m_network.GetNode(node).openflowSwitch->GetLocalAddress();
        controller->SetTenant(known);
    }

    LabNetwork& m_network;
};

} // namespace

std::vector<std::unique_ptr<LabTenantObserver>>
MakeTenantObservers(LabNetwork& network)
{
    std::vector<std::unique_ptr<LabTenantObserver>> observers;
    observers.push_back(std::make_unique<EvpnTenants>(network));
    observers.push_back(std::make_unique<ControllerTenants>(network));
    return observers;
}

} // namespace ns3
