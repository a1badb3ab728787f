// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/show-action.h"

#include "ns3/action-reader.h"
#include "ns3/lab-show.h"
#include "ns3/number-format.h"
#include "ns3/scenario-history.h"
#include "ns3/scenario-run.h"
#include "ns3/scenario-values.h"
#include "ns3/simulator.h"
#include "ns3/tenant-show.h"
#include "ns3/text.h"

#include <sstream>

namespace ns3
{

namespace
{

/** XORP's shell has it before its commands; it may be left out. */
const std::string SHOW_WORD = "show ";

} // namespace

ScenarioActionPtr
ShowAction::Read(const ActionReader& reader)
{
    auto action = std::make_shared<ShowAction>();
    const YamlFields fields = reader.GetFields("node what");
    action->node = reader.GetHost(fields, "node");
    action->what = JoinWords(SplitWords(fields.GetText("what"), " "), " ");
    if (action->what.compare(0, SHOW_WORD.size(), SHOW_WORD) == 0)
    {
        action->what.erase(0, SHOW_WORD.size());
    }
    if (!IsShowCommand(action->what))
    {
        fields.Fail("what",
                    "cannot show '" + action->what + "', known are " +
                        JoinWords(GetShowCommands()) + ", ping …, tcpdump …");
    }
    return action;
}

void
ShowAction::Check(ScenarioHistory& history) const
{
    history.CheckHost(node, HostNeed::STACK);
}

void
ShowAction::Run(ScenarioRun& run) const
{
    Ptr<Node> shown = run.GetHost(node).node;
    std::ostringstream os;
    os << "[" << FormatSeconds(Simulator::Now()) << "s] " << GetShowPrompt(shown, what) << '\n';
    run.GetTenants().Find(node)
        ? Show(os, shown, what)
        : ShowVtep(os, run.GetTenants(), run.GetNetwork().GetNode(node), what);
    os << '\n';
    run.Print(os.str());
}

} // namespace ns3
