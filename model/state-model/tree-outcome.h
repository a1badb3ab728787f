// SPDX-License-Identifier: GPL-2.0-only
// What a tree looks like at rest: rows of state, and the copies of one frame.
#ifndef VXLAN_MULTICAST_TREE_OUTCOME_H
#define VXLAN_MULTICAST_TREE_OUTCOME_H

#include "ns3/topology-address.h"

#include <boost/container/flat_set.hpp>
#include <boost/container/small_vector.hpp>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

namespace ns3
{

/** Outgoing interfaces, as attachments of the topology. */
using OifSet = boost::container::
    flat_set<uint32_t, std::less<uint32_t>, boost::container::small_vector<uint32_t, 6>>;

/** Whose (S,G) entries are alive when the sources begin to send: SPTbit by source and router. */
using KeptEntries = std::map<std::pair<TopologyAddress, uint32_t>, bool>;

/** A row of tib.csv or mfc.csv, as the model predicts it. */
struct TreeRow
{
    enum class Kind
    {
        StarG,
        Sg,
        SgRpt,
        Forwarding
    };

    Kind kind;
    uint32_t router;
    TopologyAddress source; //!< 0 for a (*,G) row
    TopologyAddress group;
    uint32_t incoming; //!< attachment; MODEL_NONE for the Register tunnel and at the RP
    std::vector<uint32_t> outgoing; //!< in ascending order
    bool sptBit{false};             //!< of an (S,G) row
};

/** What one tree costs: the shared part of a group, or what a source adds to it. */
struct TreeOutcome
{
    std::vector<uint32_t> starG;     //!< routers with a (*,G) entry
    std::vector<uint32_t> sg;        //!< routers with an (S,G) entry
    std::vector<uint32_t> sgRpt;     //!< routers with an (S,G,rpt) entry
    std::vector<uint32_t> mfcStarG;  //!< routers with a forwarding row for (*,G)
    std::vector<uint32_t> mfcSg;     //!< routers with a forwarding row for (S,G)
    std::vector<uint32_t> copies;    //!< the attachment of each copy of a frame, sent by its node
    std::vector<uint32_t> registers; //!< the same for the Register that carries the frame
    uint32_t delivered{0};           //!< arrivals at VTEPs that joined
    bool settled{true};              //!< false: no state at rest was found
    bool explain{false};             //!< whether rows are wanted
    std::vector<TreeRow> rows;

    /** Empties it for another tree. */
    void Clear()
    {
        starG.clear();
        sg.clear();
        sgRpt.clear();
        mfcStarG.clear();
        mfcSg.clear();
        copies.clear();
        registers.clear();
        rows.clear();
        delivered = 0;
        settled = true;
    }

    /** Adds a row, and counts it. */
    void Add(TreeRow::Kind kind,
             uint32_t router,
             TopologyAddress source,
             TopologyAddress group,
             uint32_t incoming,
             const OifSet& outgoing)
    {
        std::vector<uint32_t>* const lists[] = {
            &starG, &sg, &sgRpt, source == 0 ? &mfcStarG : &mfcSg};
        lists[static_cast<std::size_t>(kind)]->push_back(router);
        if (explain)
        {
            rows.push_back(
                {kind, router, source, group, incoming, {outgoing.begin(), outgoing.end()}, false});
        }
    }
};

} // namespace ns3

#endif
