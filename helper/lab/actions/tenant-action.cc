// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/tenant-action.h"

#include "ns3/action-reader.h"
#include "ns3/row-columns.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"
#include "ns3/topology-values.h"

namespace ns3
{

namespace
{

/** \returns the address at the key `address`, one that a host of its network can have. */
std::pair<Ipv4Address, Ipv4Mask>
ReadAddress(const YamlFields& fields)
{
    const auto address = ParseInterfaceAddress(fields.GetText("address"));
    if (!address || !IsHostAddress(address->first, address->second))
    {
        fields.Fail("address",
                    "'" + fields.GetText("address") +
                        "' is no address of a host, give one such as 192.168.99.1/24");
    }
    return *address;
}

} // namespace

ScenarioActionPtr
TenantAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<TenantAction>();
    LabTenantSpec& spec = action->spec;
    const YamlFields fields =
        reader.GetFields("name node device mac address answers announce sticky light");
    spec.name = fields.GetText("name");
    if (!IsName(spec.name))
    {
        fields.Fail("name",
                    "name '" + spec.name +
                        "' is not right, give one without blanks or any of , ; : / \"");
    }
    if (reader.GetTopology().FindNode(spec.name))
    {
        fields.Fail("name", "the topology has a node " + spec.name + ", choose another name");
    }
    spec.node = reader.GetNode(fields, "node");
    spec.device = fields.GetText("device");
    spec.mac = fields.GetMac("mac");
    if (fields.Has("address"))
    {
        spec.address = ReadAddress(fields);
    }
    if (fields.Has("answers"))
    {
        spec.answers = fields.GetMac("answers");
    }
    spec.announces = fields.Has("announce") && fields.GetChoice("announce", {"garp", "none"}) == 0;
    spec.isLight = fields.GetBoolean("light", false);
    spec.isSticky = fields.GetBoolean("sticky", false);
    for (const char* key : {"answers", "announce"})
    {
        if (fields.Has(key) && !spec.address)
        {
            fields.Fail(key, std::string(key) + " goes with an address, give address: A/LENGTH");
        }
    }
    return action;
}

void
TenantAction::Check(ScenarioHistory& history) const
{
    history.AddTenant(spec);
}

void
TenantAction::Run(ScenarioRun& run) const
{
    run.GetTenants().Add(spec);
    run.GetCaptures().Start(*run.GetTenants().Find(spec.name));
}

} // namespace ns3
