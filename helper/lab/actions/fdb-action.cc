// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/fdb-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"

#include <algorithm>

namespace ns3
{

namespace
{

/** Frames to one host go to one VTEP, floods and groups to several. */
bool
HasOneDestination(Mac48Address mac)
{
    return !mac.IsGroup() && mac != Mac48Address();
}

/** Changes where floods go. */
void
ApplyToDefaults(VxlanFdb& fdb, const FdbAction& action)
{
    action.operation == FdbAction::Operation::DEL ? (void)fdb.RemoveDefault(action.vtep)
                                                  : fdb.AddDefault(action.vtep);
}

/** Changes where frames to an inner group go. */
void
ApplyToGroup(VxlanFdb& fdb, const FdbAction& action)
{
    const VxlanGroupEntry* entry = fdb.FindGroup(action.mac);
    std::vector<Ipv4Address> destinations =
        entry ? entry->destinations : std::vector<Ipv4Address>();
    destinations.erase(std::remove(destinations.begin(), destinations.end(), action.vtep),
                       destinations.end());
    if (action.operation != FdbAction::Operation::DEL)
    {
        destinations.push_back(action.vtep);
    }
    destinations.empty()
        ? (void)fdb.RemoveGroup(action.mac)
        : fdb.SetGroup(action.mac, std::move(destinations), VxlanFdbOrigin::STATIC);
}

/** Changes where frames to a host go. */
void
ApplyToHost(VxlanFdb& fdb, const FdbAction& action)
{
    if (action.operation == FdbAction::Operation::ADD)
    {
        fdb.Set(action.mac, action.vtep, VxlanFdbOrigin::STATIC, action.isSticky);
        return;
    }
    const VxlanFdbEntry* entry = fdb.Find(action.mac);
    entry && entry->vtep == action.vtep ? (void)fdb.Remove(action.mac) : void();
}

} // namespace

ScenarioActionPtr
FdbAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<FdbAction>();
    const YamlFields fields = reader.GetFields("node device mac vtep op sticky");
    action->node = reader.GetNode(fields, "node");
    action->device = fields.GetText("device");
    const auto mac = ParseMac(fields.GetText("mac"));
    if (!mac || mac->IsBroadcast())
    {
        fields.Fail("mac",
                    "mac '" + fields.GetText("mac") +
                        "' is not right, give a host's or a group's, or 00:00:00:00:00:00 for "
                        "where floods go");
    }
    action->mac = *mac;
    const std::vector<Ipv4Address> vteps = fields.GetHosts("vtep");
    if (vteps.size() != 1)
    {
        fields.Fail("vtep", "give one vtep, further ones in events of their own");
    }
    action->vtep = vteps.front();
    action->operation = static_cast<Operation>(fields.GetChoice("op", {"add", "append", "del"}));
    if (action->operation == Operation::APPEND && HasOneDestination(*mac))
    {
        fields.Fail("op",
                    "a host has one VTEP, append goes with a group or 00:00:00:00:00:00; give add");
    }
    action->isSticky = fields.GetBoolean("sticky", false);
    if (action->isSticky && (action->operation != Operation::ADD || !HasOneDestination(*mac)))
    {
        fields.Fail("sticky", "sticky goes with op: add of a host's address");
    }
    return action;
}

void
FdbAction::Check(ScenarioHistory& history) const
{
    history.CheckDevice(node, device);
}

void
FdbAction::Run(ScenarioRun& run) const
{
    VxlanFdb& fdb = run.GetNetwork().GetNode(node).vxlans.at(device)->GetFdb();
    if (HasOneDestination(mac))
    {
        ApplyToHost(fdb, *this);
    }
    else if (mac.IsGroup())
    {
        ApplyToGroup(fdb, *this);
    }
    else
    {
        ApplyToDefaults(fdb, *this);
    }
}

} // namespace ns3
