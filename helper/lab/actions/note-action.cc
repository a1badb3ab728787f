// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/note-action.h"

#include "ns3/action-reader.h"
#include "ns3/number-format.h"
#include "ns3/scenario-run.h"
#include "ns3/simulator.h"

namespace ns3
{

ScenarioActionPtr
NoteAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<NoteAction>();
    action->text = reader.GetText();
    return action;
}

void
NoteAction::Run(ScenarioRun& run) const
{
    run.Print("[" + FormatSeconds(Simulator::Now()) + "s] " + text + "\n\n");
}

} // namespace ns3
