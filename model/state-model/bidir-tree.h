// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015: the state of bidirectional PIM at rest.
//
// A (*,G) entry, and one forwarding row, is where something has joined below or where the router is
// Designated Forwarder for a link with members; no link has state of a source. Joins end at the
// routers on the RP link, which has no Designated Forwarder: every frame crosses that link once,
// whoever listens beyond.
//
// Departure: a member or sender on a link of several routers is served by the one with the least
// metric to the RP address, then the highest address, as the Designated Forwarder election settles;
// senders that are no members are not looked at.
#ifndef VXLAN_MULTICAST_BIDIR_TREE_H
#define VXLAN_MULTICAST_BIDIR_TREE_H

#include "ns3/group-members.h"
#include "ns3/model-network.h"
#include "ns3/router-states.h"
#include "ns3/tree-outcome.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/** The trees of one group after another under bidir. */
class BidirTree
{
  public:
    explicit BidirTree(const ModelNetwork& network);

    /** Builds (*,G). \param outcome gets its rows */
    void SetGroup(const GroupMembers& group, TreeOutcome& outcome);
    /** Lets \p vtep, a member, send. \param outcome gets its copies */
    void Send(uint32_t vtep, TreeOutcome& outcome);
    /**
     * Does without interfaces, where each VTEP has a link of its own (ModelNetwork::IsPlain).
     * \param outcome gets the rows of (*,G)
     * \returns how many copies a frame of any member makes, its own VTEP's included
     */
    uint32_t CountGroup(const GroupMembers& group, TreeOutcome& outcome);

  private:
    struct State
    {
        uint32_t router{MODEL_NONE};
        uint32_t rpf{MODEL_NONE}; //!< RPF_interface(RPA)
        bool climbed{false};
        OifSet joins;
        OifSet members; //!< links with members that the router is Designated Forwarder of
    };

    State& Find(uint32_t router);
    uint32_t GetRpfInterface(uint32_t router) const;
    ModelPort FindForwarder(const std::vector<ModelPort>& link) const;
    ModelPort FindUpstream(uint32_t router) const;
    void Climb(uint32_t router);
    bool IsOnRpLink(uint32_t router) const;
    void Begin(const GroupMembers& group);
    void Forward(const State& state, uint32_t incoming, TreeOutcome& outcome);
    void Cross(uint32_t attachment, TreeOutcome& outcome);

    const ModelNetwork& m_network;
    const GroupMembers* m_group{nullptr};
    const ModelRp* m_rp{nullptr};
    uint32_t m_rpLink{MODEL_NONE}; //!< its network
    RouterStates<State> m_states;
    std::vector<ModelPort> m_queue;
    uint32_t m_round{0};                 //!< of CountGroup: marks of other groups are old
    std::vector<uint32_t> m_routerRound; //!< by router
    std::vector<uint32_t> m_joinRound;   //!< by attachment
};

} // namespace ns3

#endif
