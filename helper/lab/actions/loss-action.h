// SPDX-License-Identifier: GPL-2.0-only
// The action `loss`.
#ifndef VXLAN_MULTICAST_LOSS_ACTION_H
#define VXLAN_MULTICAST_LOSS_ACTION_H

#include "ns3/nstime.h"
#include "ns3/scenario-action.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace ns3
{

class ActionReader;

/** Receivers on some networks lose packets. */
struct LossAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Run(ScenarioRun& run) const override;

    std::vector<std::size_t> networks;
    std::optional<std::size_t> from; //!< the node whose packets are lost; all if unset
    double rate{0};
    std::optional<Time> until;
};

} // namespace ns3

#endif
