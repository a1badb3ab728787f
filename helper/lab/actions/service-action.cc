// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/service-action.h"

#include "ns3/action-reader.h"
#include "ns3/openflow-controller.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
ServiceAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<ServiceAction>();
    const YamlFields fields = reader.GetFields("device address mac members");
    action->device = fields.GetText("device");
    action->address = fields.GetAddress("address");
    action->mac = fields.GetMac("mac");
    action->members = reader.GetTenants(fields, "members");
    return action;
}

void
ServiceAction::Check(ScenarioHistory& history) const
{
    history.CheckControlled(device, "controller");
    history.CheckController();
    for (const std::string& member : members)
    {
        history.CheckMember(member, device);
    }
}

void
ServiceAction::Run(ScenarioRun& run) const
{
    OpenflowService service;
    service.ip = address;
    service.mac = mac;
    for (const std::string& member : members)
    {
        const LabTenant& tenant = *run.GetTenants().Find(member);
        service.vni = tenant.vni;
        service.members.push_back(tenant.spec.mac);
    }
    run.GetNetwork().FindController()->SetService(service);
}

} // namespace ns3
