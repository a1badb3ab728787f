// SPDX-License-Identifier: GPL-2.0-only
// The action `vxlan`.
#ifndef VXLAN_MULTICAST_VXLAN_ACTION_H
#define VXLAN_MULTICAST_VXLAN_ACTION_H

#include "ns3/scenario-action.h"
#include "ns3/vxlan-spec.h"

namespace ns3
{

class ActionReader;
class YamlFields;
struct TopologyGraph;

/** VXLAN devices of one VNI appear on several nodes. */
struct VxlanAction : ScenarioAction
{
    /** \returns the action in \p reader. \throws InputError */
    static ScenarioActionPtr Read(const ActionReader& reader);
    void Check(ScenarioHistory& history) const override;
    void Run(ScenarioRun& run) const override;

    VxlanSpec spec;
    bool isPrinted{false}; //!< the commands of `ip` go to the transcript

  private:
    void Print(ScenarioRun& run) const;
};

/** Reads the keys that say how a device is made: `ttl`, `dev`, `port`, … \throws InputError */
void ReadVxlanOptions(const YamlFields& fields, VxlanSpec& vxlan);
/** \throws InputError unless each node can get such a device */
void CheckVxlanNodes(const YamlFields& fields,
                     const VxlanSpec& vxlan,
                     const TopologyGraph& topology);

} // namespace ns3

#endif
