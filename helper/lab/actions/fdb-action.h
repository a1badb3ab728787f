// SPDX-License-Identifier: GPL-2.0-only
// The action `fdb`.
#ifndef VXLAN_MULTICAST_FDB_ACTION_H
#define VXLAN_MULTICAST_FDB_ACTION_H

#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** An entry of a VXLAN device's forwarding database is set by hand, as with `bridge fdb`. */
struct FdbAction : ScenarioAction
{
    enum class Operation
    {
        ADD,
        APPEND, //!< one more destination of the all-zero address or a group
        DEL
    };

    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string node;
    std::string device;
    Mac48Address mac; //!< all zeros: where floods go
    Ipv4Address vtep;
    Operation operation{Operation::ADD};
    bool isSticky{false};
};

} // namespace ns3

#endif
