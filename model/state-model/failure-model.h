// SPDX-License-Identifier: GPL-2.0-only
// What the failure of a router, a VTEP or a link changes at rest, from the graph alone: the rows of
// forwarding caches before and after it, compared. Sources go on sending, so that a router keeps an
// entry (S,G) that it still has receivers for (RFC 7761 §4.2, Keepalive Timer), and joins the source
// by another path where a network that had never been whole would not. What is cut off from most VTEPs
// counts as dead, too. After the failure RPs are those whose addresses are still there; of bidirectional
// ones their prefixes suffice (RFC 5015 §2.1). Departure: where a link fails whose carrier is kept, both
// ends advertise its prefix; that of an RP leads to the RP here, from wherever.
#ifndef VXLAN_MULTICAST_FAILURE_MODEL_H
#define VXLAN_MULTICAST_FAILURE_MODEL_H

#include "ns3/group-members.h"
#include "ns3/model-network.h"
#include "ns3/topology-graph.h"
#include "ns3/tree-outcome.h"
#include "ns3/tree-policy.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

/** Something that fails: a node, or a network. */
struct Failure
{
    std::string name;
    std::optional<std::size_t> node;
    std::optional<std::size_t> network;
};

/**
 * \param kind `link` (between routers), `rp`, `vtep`, or a tier of routers
 * \returns all that can fail in this way, in the order of the graph
 */
std::vector<Failure> ListFailures(const TopologyGraph& graph, const std::string& kind);

/** What interfaces on a link of two see when the link or the other end fails. */
enum class FailureCarrier
{
    Lost, //!< they go down, and their addresses with them
    Kept  //!< they stay up, and their prefixes reachable: by OSPF or BFD alone the failure is found
};

/** \returns \p graph as it is after \p failure: node and attachment numbers stay. */
TopologyGraph FailIn(const TopologyGraph& graph, const Failure& failure, FailureCarrier carrier);

/** What a failure changes. */
struct FailureEffect
{
    uint64_t groupsTouched{0};  //!< groups of which any row changes or dies
    uint64_t entriesChanged{0}; //!< rows added, removed or changed on routers that are still there
};

/** Compares rows before and after failures, for one set of groups. */
class FailureModel
{
  public:
    /**
     * \param graph outlives this object
     * \throws std::invalid_argument as ModelNetwork and TreeStateModel
     */
    FailureModel(const TopologyGraph& graph, RpfEcmp ecmp, TreePolicy policy, VtepPlace place);

    const ModelNetwork& GetNetwork() const
    {
        return m_network;
    }

    /** \param traffic VTEPs by their numbers in GetNetwork */
    void Add(const GroupTraffic& traffic);

    FailureEffect Evaluate(const Failure& failure, FailureCarrier carrier) const;

  private:
    /** Router node and source of a forwarding row. */
    using RowKey = std::pair<std::size_t, TopologyAddress>;
    /** Incoming attachment and outgoing ones. */
    using RowValue = std::pair<uint32_t, std::vector<uint32_t>>;
    using Rows = std::map<RowKey, RowValue>;

    /** A group at rest. */
    struct Rest
    {
        Rows rows;
        std::map<RowKey, bool> entries; //!< SPTbits of (S,G) entries, which forward anything or not
    };

    /** \param before the entries before a failure; empty: there was none */
    Rest FindRest(const ModelNetwork& network,
                  const GroupTraffic& traffic,
                  const std::map<RowKey, bool>& before) const;
    GroupTraffic MapTo(const ModelNetwork& network, const GroupTraffic& traffic) const;

    const TopologyGraph& m_graph;
    RpfEcmp m_ecmp;
    TreePolicy m_policy;
    VtepPlace m_place;
    ModelNetwork m_network;
    std::vector<GroupTraffic> m_groups;
    std::vector<Rest> m_before; //!< by group
};

} // namespace ns3

#endif
