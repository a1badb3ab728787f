// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/action-registry.h"

#include "ns3/action-reader.h"
#include "ns3/cost-action.h"
#include "ns3/expect-action.h"
#include "ns3/external-action.h"
#include "ns3/fdb-action.h"
#include "ns3/figure-action.h"
#include "ns3/flood-action.h"
#include "ns3/flow-action.h"
#include "ns3/interface-action.h"
#include "ns3/join-action.h"
#include "ns3/leave-action.h"
#include "ns3/link-action.h"
#include "ns3/loss-action.h"
#include "ns3/move-action.h"
#include "ns3/node-action.h"
#include "ns3/note-action.h"
#include "ns3/ping-action.h"
#include "ns3/priority-action.h"
#include "ns3/process-action.h"
#include "ns3/remove-action.h"
#include "ns3/rp-action.h"
#include "ns3/send-action.h"
#include "ns3/service-action.h"
#include "ns3/show-action.h"
#include "ns3/snapshot-action.h"
#include "ns3/tcpdump-action.h"
#include "ns3/tenant-action.h"
#include "ns3/vxlan-action.h"
#include "ns3/vxlan-down-action.h"
#include "ns3/vxlan-plan-action.h"

namespace ns3
{

namespace
{

/** One VNI, or all of a plan. */
ScenarioActionPtr
ReadVxlan(const ActionReader& reader)
{
    return reader.GetFields("").Has("plan") ? VxlanPlanAction::Read(reader)
                                            : VxlanAction::Read(reader);
}

/** A show command answers at once; ping and tcpdump take their time. */
ScenarioActionPtr
ReadShow(const ActionReader& reader)
{
    const YamlFields fields = reader.GetFields("");
    const std::string what = fields.Has("what") ? fields.GetText("what") + " " : "";
    if (what.compare(0, 5, "ping ") == 0)
    {
        return PingAction::ReadCommand(reader);
    }
    return what.compare(0, 8, "tcpdump ") == 0 ? TcpdumpAction::Read(reader)
                                               : ShowAction::Read(reader);
}

} // namespace

// An explicit list: in a static library, the linker drops objects that only register themselves.
const std::vector<ActionKind>&
GetActionKinds()
{
    static const std::vector<ActionKind> kinds = {
        {"join", JoinAction::Read},
        {"leave", LeaveAction::Read},
        {"send", SendAction::Read},
        {"vxlan", ReadVxlan},
        {"tenant", TenantAction::Read},
        {"move", MoveAction::Read},
        {"remove", RemoveAction::Read},
        {"fdb", FdbAction::Read},
        {"flow", FlowAction::Read},
        {"service", ServiceAction::Read},
        {"ping", PingAction::Read},
        {"flood", FloodAction::Read},
        {"link", LinkAction::Read},
        {"node", NodeAction::Read},
        {"process", ProcessAction::Read},
        {"loss", LossAction::Read},
        {"interface", InterfaceAction::Read},
        {"cost", CostAction::Read},
        {"priority", PriorityAction::Read},
        {"external", ExternalAction::Read},
        {"rp", RpAction::Read},
        {"vxlan-down", VxlanDownAction::Read},
        {"show", ReadShow},
        {"snapshot", SnapshotAction::Read},
        {"expect", ExpectAction::Read},
        {"figure", FigureAction::Read},
        {"note", NoteAction::Read},
    };
    return kinds;
}

const ActionKind*
FindActionKind(const std::string& name)
{
    for (const ActionKind& kind : GetActionKinds())
    {
        if (kind.name == name)
        {
            return &kind;
        }
    }
    return nullptr;
}

std::vector<std::string>
GetActionNames()
{
    std::vector<std::string> names;
    for (const ActionKind& kind : GetActionKinds())
    {
        names.push_back(kind.name);
    }
    return names;
}

} // namespace ns3
