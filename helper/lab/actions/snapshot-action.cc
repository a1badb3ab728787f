// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/snapshot-action.h"

#include "ns3/action-reader.h"
#include "ns3/scenario-run.h"

namespace ns3
{

ScenarioActionPtr
SnapshotAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<SnapshotAction>();
    action->name = reader.GetText();
    return action;
}

void
SnapshotAction::Run(ScenarioRun& run) const
{
    run.TakeSnapshot(name);
}

} // namespace ns3
