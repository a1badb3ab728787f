// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761: the state of PIM-SM at rest, with all sources alive, by the RFC's own macros (§4.1.5,
// §4.2, §4.2.1, §4.2.2, §4.4, §4.5), evaluated in rounds of joins and data until nothing changes.
//
// A (*,G) entry exists where a Join(*,G) has arrived or a member is attached, and at the RP.
//
// An (S,G) entry exists where the Keepalive Timer runs or a Join(S,G) has arrived: at every router
// on the source's link; at the RP (policies rpt and spt), where Registers keep it alive even
// without receivers; on the path from the source to the RP while the RP has receivers; with spt, on
// the path from the source to each last hop; and at a router on the path to the RP with (*,G)
// receivers of its own, which keeps its tree even if the RP has left it.
//
// An (S,G,rpt) entry exists where a Prune(S,G,rpt) has arrived or was sent. A router that receives
// the source from elsewhere than the RP tree (its SPTbit is set and RPF'(S,G) differs from
// RPF'(*,G)) prunes it off the RP tree; so does the source's own first hop, if it is on that tree,
// and a router all of whose receivers have done so.
//
// Forwarding rows: (*,G), and (S,G) where an (S,G) entry, or an (S,G,rpt) entry that differs from
// (*,G), forwards anywhere. An empty (S,G) row only keeps a (*,G) row from forwarding, except at
// the RP.
//
// Departures: no Asserts (two routers that forward onto one LAN: see TreeOutcome::delivered) and no
// timers: temporary state has expired.
#ifndef VXLAN_MULTICAST_SPARSE_TREE_H
#define VXLAN_MULTICAST_SPARSE_TREE_H

#include "ns3/group-members.h"
#include "ns3/model-network.h"
#include "ns3/router-states.h"
#include "ns3/tree-outcome.h"
#include "ns3/tree-policy.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/** The trees of one group after another under rpt, rpt-register or spt. */
class SparseTree
{
  public:
    SparseTree(const ModelNetwork& network, TreePolicy policy);

    /**
     * \param kept outlives the group; nullptr: none
     *
     * An entry that data keep alive goes on joining its source while it has receivers (§4.5.5,
     * JoinDesired(S,G)), even where nobody asks it to any longer: what is at rest depends on what was.
     */
    void SetKept(const KeptEntries* kept);
    /** Builds (*,G). \param outcome gets its rows */
    void SetGroup(const GroupMembers& group, TreeOutcome& outcome);
    /** Lets \p vtep send to the group until all is at rest. \param outcome gets what it adds */
    void Send(uint32_t vtep, TreeOutcome& outcome);

  private:
    /** A router's state for the group, and for the source that now sends. */
    struct State
    {
        uint32_t router{MODEL_NONE};
        bool isRp{false};    //!< or there is none: nowhere to join (*,G)
        bool climbed{false}; //!< its Join(*,G) has been sent
        RpfHop star;         //!< toward the RP
        OifSet members;      //!< pim_include(*,G)
        OifSet joins;        //!< joins(*,G)

        bool connected{false}; //!< DirectlyConnected(S)
        RpfHop rpf;            //!< toward S; without a neighbour if connected
        bool keepalive{false};
        bool sptBit{false};
        bool heard{false};  //!< data came in on RPF_interface(S)
        OifSet sourceJoins; //!< joins(S,G)
        OifSet prunes;      //!< prunes(S,G,rpt)
        OifSet nextSourceJoins;
        OifSet nextPrunes;
        OifSet overrides; //!< where a router of a LAN overrides the Prune of another
        OifSet arrivals;  //!< interfaces that this round's frame has come in on

        bool IsStarJoined() const
        {
            return !joins.empty() || !members.empty();
        }

        OifSet InheritedRpt() const;
        bool HasInheritedRpt() const;
        OifSet Inherited() const;
        bool JoinDesired() const;
        bool PruneDesired() const;
        bool PeriodicPrune() const;
        bool HasOneNeighbor() const;
        void UpdateSptBit(uint32_t interface);
    };

    std::size_t Find(uint32_t router);
    void StartSource(State& state) const;
    void ClimbToRp(std::size_t from);
    bool Counts(const State& state) const;
    void Reset(uint32_t vtep);
    bool Settle();
    bool Adopt();
    bool Deliver(TreeOutcome* outcome);
    bool Arrive(std::size_t at, uint32_t interface, TreeOutcome* outcome);
    void Forward(std::size_t from, const OifSet& outgoing, uint32_t incoming, TreeOutcome* outcome);
    bool ExpireKeepalive();
    bool IsKeptByRegisters(const State& state) const;
    void AddRows(TreeOutcome& outcome) const;
    void AddSourceRow(const State& state, TreeOutcome& outcome) const;

    const ModelNetwork& m_network;
    TreePolicy m_policy;
    const GroupMembers* m_group{nullptr};
    const ModelRp* m_rp{nullptr};
    const KeptEntries* m_kept{nullptr};
    RouterStates<State> m_states;
    std::size_t m_starStates{0}; //!< of (*,G); those of a source come after them
    uint32_t m_vtep{MODEL_NONE};
    std::vector<std::pair<std::size_t, uint32_t>> m_queue; //!< arrivals: state and interface
};

} // namespace ns3

#endif
