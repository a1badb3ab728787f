// SPDX-License-Identifier: GPL-2.0-only
// The action `process`.
#ifndef VXLAN_MULTICAST_PROCESS_ACTION_H
#define VXLAN_MULTICAST_PROCESS_ACTION_H

#include "ns3/scenario-action.h"

#include <string>

namespace ns3
{

class ActionReader;

/** A protocol's daemon on a node is killed, hangs, or runs (again). Its host stays. */
struct ProcessAction : ScenarioAction
{
    enum class State
    {
        STOP, //!< killed: its TCP sessions end with FIN
        HANG, //!< stopped as by SIGSTOP: keeps all, sends nothing
        RUN   //!< started after STOP, continued after HANG
    };

    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string node;
    std::string protocol; //!< `evpn`, `controller`, `map-server`, `ospf`, `pim`, `igmp`, `bfd`, `msdp`
    State state{State::STOP};
};

} // namespace ns3

#endif
