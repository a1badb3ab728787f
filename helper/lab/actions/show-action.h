// SPDX-License-Identifier: GPL-2.0-only
// The action `show`.
#ifndef VXLAN_MULTICAST_SHOW_ACTION_H
#define VXLAN_MULTICAST_SHOW_ACTION_H

#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** What a show command prints goes to stdout and to the transcript. */
struct ShowAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string node;
    std::string what; //!< IsShowCommand, without the word show of XORP's shell
};

} // namespace ns3

#endif
