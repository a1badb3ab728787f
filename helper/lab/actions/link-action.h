// SPDX-License-Identifier: GPL-2.0-only
// The action `link`.
#ifndef VXLAN_MULTICAST_LINK_ACTION_H
#define VXLAN_MULTICAST_LINK_ACTION_H

#include "ns3/scenario-action.h"

#include <cstddef>
#include <vector>

namespace ns3
{

class ActionReader;

/**
 * Every interface on some networks goes down or up; between two nodes of a LAN of more, theirs alone.
 */
struct LinkAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Run(ScenarioRun& run) const override;

    std::vector<std::size_t> networks;
    std::vector<std::size_t> attachments;
    bool up{false};
};

} // namespace ns3

#endif
