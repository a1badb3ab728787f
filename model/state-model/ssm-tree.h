// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.8: the state of source-specific trees at rest. Each VTEP joins, by name, the senders
// of its own VNIs: (S,G) entries are on the path from the source to the VTEPs that share a VNI with
// it, and, since data keeps them alive, at every router on the source's link. VTEPs that share only
// the group receive nothing.
#ifndef VXLAN_MULTICAST_SSM_TREE_H
#define VXLAN_MULTICAST_SSM_TREE_H

#include "ns3/group-members.h"
#include "ns3/model-network.h"
#include "ns3/router-states.h"
#include "ns3/tree-outcome.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** The trees of one group after another under ssm. */
class SsmTree
{
  public:
    explicit SsmTree(const ModelNetwork& network);

    /** Lets \p vtep send to \p group. \param outcome gets its rows and copies */
    void Send(uint32_t vtep, const GroupTraffic& group, TreeOutcome& outcome);

  private:
    struct State
    {
        uint32_t router{MODEL_NONE};
        uint32_t rpf{MODEL_NONE};
        bool connected{false};
        OifSet outgoing;
    };

    std::size_t Find(uint32_t router, const ModelVtep& source, TopologyAddress group);
    void AddRows(const ModelVtep& source, TopologyAddress group, TreeOutcome& outcome) const;

    const ModelNetwork& m_network;
    RouterStates<State> m_states;
    std::vector<uint32_t> m_receivers;
};

} // namespace ns3

#endif
