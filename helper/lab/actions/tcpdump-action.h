// SPDX-License-Identifier: GPL-2.0-only
// The action `show` of `tcpdump …`.
#ifndef VXLAN_MULTICAST_TCPDUMP_ACTION_H
#define VXLAN_MULTICAST_TCPDUMP_ACTION_H

#include "ns3/net-device.h"
#include "ns3/nstime.h"
#include "ns3/scenario-action.h"
#include "ns3/tcpdump-command.h"

#include <optional>
#include <string>

namespace ns3
{

class ActionReader;

/** Packets on an interface go to the transcript, from now on: when there are enough, or it is time. */
struct TcpdumpAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    std::string node;
    std::string what; //!< as it was typed
    TcpdumpCommand command;
    std::optional<Time> until; //!< none: until the count, or the end of the run
    bool isVxlan{false};       //!< the interface is one that an event makes

  private:
    Ptr<NetDevice> FindDevice(ScenarioRun& run) const;
};

} // namespace ns3

#endif
