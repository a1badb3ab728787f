// SPDX-License-Identifier: GPL-2.0-only
// The graph model: from topology, members, senders, mapping and tree policy to state per router,
// copies per link, and wanted and unwanted deliveries, at rest, with every sender alive. Groups
// come one by one and are forgotten: memory does not grow with their number.
//
// Counted: rows of tib.csv and mfc.csv (sparse-tree.h, bidir-tree.h and ssm-tree.h say which
// exist), one (S,G) per VTEP address and group, not per VNI; and what one frame of each VNI and
// sender costs: a native multicast (head-end: unicast) packet once per link that it crosses, at its
// sender; the VTEPs' own links count; Registers apart. A delivery is wanted at another VTEP that
// has the VNI, unwanted at one that has not.
#ifndef VXLAN_MULTICAST_TREE_STATE_MODEL_H
#define VXLAN_MULTICAST_TREE_STATE_MODEL_H

#include "ns3/bidir-tree.h"
#include "ns3/group-members.h"
#include "ns3/model-network.h"
#include "ns3/sparse-tree.h"
#include "ns3/ssm-tree.h"
#include "ns3/tree-outcome.h"
#include "ns3/tree-policy.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

namespace ns3
{

/** State of one router. */
struct RouterState
{
    uint64_t starG{0};
    uint64_t sg{0};
    uint64_t sgRpt{0};
    uint64_t mfc{0};      //!< rows of the forwarding cache
    uint64_t mfcStarG{0}; //!< those of them for (*,G)

    /** \returns the rows of the forwarding cache for (S,G). */
    uint64_t GetMfcSg() const
    {
        return mfc - mfcStarG;
    }
};

/** Sums over all groups, for one frame of each VNI and sender. */
struct TreeTotals
{
    uint64_t groups{0};
    uint64_t frames{0};
    uint64_t copies{0};
    uint64_t registers{0};
    uint64_t wanted{0};
    uint64_t unwanted{0};
    double links{0};       //!< copies of a group's mean frame, summed over groups
    uint64_t unsettled{0}; //!< trees that did not settle, or missed or doubled a member

    TreeTotals& operator+=(const TreeTotals& other);
};

/** What to keep besides counts and sums. */
enum class TreeDetail
{
    Counts, //!< only these: sources with equal trees are computed together
    Links,  //!< and copies per link
    Rows    //!< and every row
};

/** Adds up the state of one network under one policy. */
class TreeStateModel
{
  public:
    /** \param network outlives this object */
    TreeStateModel(const ModelNetwork& network,
                   TreePolicy policy,
                   TreeDetail detail = TreeDetail::Counts);

    /** \throws std::invalid_argument if the group has no RP, or a router no path */
    void Add(const GroupMembers& group);
    void Add(const GroupTraffic& group);
    /** \param kept entries of an earlier state of the network; SparseTree::SetKept */
    void Add(const GroupTraffic& group, const KeptEntries& kept);

    /** \returns the state of each router, in the order of ModelNetwork::GetRouters. */
    const std::vector<RouterState>& GetRouters() const
    {
        return m_routers;
    }

    const TreeTotals& GetTotals() const
    {
        return m_totals;
    }

    /** \returns the copies by the attachment that sends them; TreeDetail::Links or Rows. */
    const std::vector<uint64_t>& GetCopies() const
    {
        return m_copies;
    }

    /** \returns all rows; TreeDetail::Rows. */
    const std::vector<TreeRow>& GetRows() const
    {
        return m_rows;
    }

  private:
    /** Sources of one group with equal trees. */
    struct Alike
    {
        uint32_t gateway;
        uint32_t remainder;
        uint32_t vtep; //!< represents all
        uint32_t sources;
        uint32_t vnis;
    };

    void AddHeadEnd(const GroupTraffic& group);
    void AddTrees(const GroupMembers& group);
    void AddSources(const GroupMembers& group);
    void CountAlikeBidir(const GroupMembers& group);
    void Classify(const GroupMembers& group);
    void Send(const Alike& alike, const GroupMembers& group);
    void CountRows(const TreeOutcome& outcome, uint64_t times);
    void CountDeliveries(const GroupTraffic& group);

    const ModelNetwork& m_network;
    TreePolicy m_policy;
    TreeDetail m_detail;
    GroupMembers m_members; //!< of a group that comes without
    SparseTree m_sparse;
    BidirTree m_bidir;
    SsmTree m_ssm;
    TreeOutcome m_outcome;
    std::vector<Alike> m_alike;
    std::vector<RouterState> m_routers;
    TreeTotals m_totals;
    std::vector<uint64_t> m_copies;
    std::vector<TreeRow> m_rows;
};

} // namespace ns3

#endif
