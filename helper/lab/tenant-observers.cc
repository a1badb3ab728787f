// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tenant-observers.h"

#include "ns3/evpn-control-plane.h"

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

} // namespace

std::vector<std::unique_ptr<LabTenantObserver>>
MakeTenantObservers(LabNetwork& network)
{
    std::vector<std::unique_ptr<LabTenantObserver>> observers;
    observers.push_back(std::make_unique<EvpnTenants>(network));
    return observers;
}

} // namespace ns3
