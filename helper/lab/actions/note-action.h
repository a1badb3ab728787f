// SPDX-License-Identifier: GPL-2.0-only
// The action `note`: a caption.
#ifndef VXLAN_MULTICAST_NOTE_ACTION_H
#define VXLAN_MULTICAST_NOTE_ACTION_H

#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A caption in the transcript. */
struct NoteAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Run(ScenarioRun& run) const override;

    std::string text;
};

} // namespace ns3

#endif
