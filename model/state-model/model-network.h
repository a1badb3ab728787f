// SPDX-License-Identifier: GPL-2.0-only
// What multicast trees need of a topology: routers, VTEPs, and reverse paths with the tie rule of
// the protocols (RpfEcmp). Routes are those of ShortestPaths, computed per target on first use; all
// VTEPs behind one router share a target, so that memory grows with routers, not VTEPs.
#ifndef VXLAN_MULTICAST_MODEL_NETWORK_H
#define VXLAN_MULTICAST_MODEL_NETWORK_H

#include "ns3/rp-choice.h"
#include "ns3/rpf-tie.h"
#include "ns3/shortest-paths.h"
#include "ns3/topology-graph.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** No router, attachment or network. */
constexpr uint32_t MODEL_NONE = UINT32_MAX;

/** A router's interface, by the router's number in the model and the attachment's in the topology.
 */
struct ModelPort
{
    uint32_t router{MODEL_NONE};
    uint32_t attachment{MODEL_NONE};
};

/** The next router on a reverse path. */
struct RpfHop
{
    uint32_t attachment{MODEL_NONE}; //!< RPF_interface
    ModelPort upstream;              //!< RPF'; none where the target is on the link and no router
    TopologyAddress gateway{0};
};

/** A router of the model. */
struct ModelRouter
{
    std::size_t node{0};
    std::string tier; //!< `router` if the topology has none
};

/** A VTEP: a node of kind vtep at its first link, or a router at its first loopback. */
struct ModelVtep
{
    std::size_t node{0};
    uint32_t attachment{MODEL_NONE}; //!< its interface; none for a router
    TopologyAddress address{0};      //!< the source address of its packets
    uint32_t access{0};              //!< the access network: VTEPs on one link have one number
    uint32_t target{0};              //!< for GetHop
    std::vector<ModelPort> gateways; //!< the routers on its link; the DR first
    uint32_t pod{0};
};

/** A host that tenants' machines can be put on. */
struct ModelHost
{
    uint32_t vtep{0}; //!< the VTEP that serves it: itself, or its leaf
    uint32_t leaf{0}; //!< its router
    uint32_t pod{0};
};

/** An RP of the model, or the set of those that share its address (RFC 4610). */
struct ModelRp
{
    ModelPort port;
    TopologyAddress address{0};
    uint32_t target{0};
    std::vector<ModelPort> link; //!< the routers on the link of its address, itself too
    std::vector<ModelPort>
        members; //!< the RP itself, or all of the set: each router's is the nearest
    std::vector<uint32_t> memberTargets; //!< of the members, for GetHop

    bool IsMember(uint32_t router) const
    {
        return std::any_of(members.begin(), members.end(), [router](const ModelPort& member) {
            return member.router == router;
        });
    }
};

/** Where the VTEPs are. */
enum class VtepPlace
{
    Hosts, //!< the nodes of kind vtep, and routers that are VTEPs too
    Leaves //!< the routers that have such nodes (those of tier leaf or edge if there are none)
};

/**
 * A topology as the trees see it. Loopbacks of routers that are VTEPs or RPs are attachments and
 * networks too, with numbers beyond those of the topology.
 */
class ModelNetwork
{
  public:
    /**
     * \param graph outlives this object
     * \throws std::invalid_argument if there is no VTEP, or one has no router on its first link
     */
    ModelNetwork(const TopologyGraph& graph, RpfEcmp ecmp, VtepPlace place = VtepPlace::Hosts);

    const TopologyGraph& GetGraph() const
    {
        return m_graph;
    }

    const std::vector<ModelRouter>& GetRouters() const
    {
        return m_routers;
    }

    const std::vector<ModelVtep>& GetVteps() const
    {
        return m_vteps;
    }

    /** \returns the hosts: the VTEPs, or the nodes behind the leaves that are VTEPs. */
    const std::vector<ModelHost>& GetHosts() const
    {
        return m_hosts;
    }

    /** \returns how many attachments there are, loopbacks too. */
    std::size_t GetAttachmentCount() const
    {
        return m_neighbors.size();
    }

    /** \returns how many networks there are, loopbacks too. */
    std::size_t GetNetworkCount() const
    {
        return m_graph.networks.size() + m_neighbors.size() - m_graph.attachments.size();
    }

    /** \returns whether \p attachment is a loopback: no link. */
    bool IsLoopback(uint32_t attachment) const
    {
        return attachment >= m_graph.attachments.size();
    }

    /** \returns the first hop of \p vtep: the Designated Router of its link. */
    uint32_t GetLeaf(uint32_t vtep) const
    {
        return m_leafOf[vtep];
    }

    /** \returns the pod of \p leaf, which has VTEPs. */
    uint32_t GetPod(uint32_t leaf) const
    {
        return m_podOf[leaf];
    }

    /** \returns true if each VTEP has a link of its own, and one router on it. */
    bool IsPlain() const
    {
        return m_plain;
    }

    /** \returns the number of the VTEP at \p node, or MODEL_NONE. */
    uint32_t FindVtep(std::size_t node) const;
    /** \returns the other routers on the network of \p attachment. */
    const std::vector<ModelPort>& GetNeighbors(uint32_t attachment) const
    {
        return m_neighbors[attachment];
    }

    /** \returns the network of \p attachment, as in ModelVtep::access. */
    uint32_t GetNetwork(uint32_t attachment) const
    {
        return m_networkOf[attachment];
    }

    /** \returns the RP of \p group. \throws std::invalid_argument if there is none */
    const ModelRp& GetRp(TopologyAddress group) const;
    /** \returns the RP of \p group; nullptr if it has none. */
    const ModelRp* FindRp(TopologyAddress group) const;
    /**
     * \param source 0 when the target is an RP
     * \returns the next hop of \p router, which is not the target itself
     */
    const RpfHop&
    GetHop(uint32_t router, uint32_t target, TopologyAddress source, TopologyAddress group) const;
    /** \returns the next hop of \p router, which is not the RP, toward the RP: on its link the RP.
     */
    RpfHop GetRpHop(uint32_t router, const ModelRp& rp, TopologyAddress group) const;
    /** \returns the metric of \p router to \p target. */
    uint32_t GetMetric(uint32_t router, uint32_t target) const;
    /** \returns a number such that equal hashes modulo it choose equal hops on all routers; 0:
     * none. */
    uint32_t GetTieModulus(uint32_t target) const;
    /** \returns the links from VTEP to VTEP, by the first of equal next hops. */
    uint32_t CountLinks(uint32_t from, uint32_t to) const;
    /** Calls \p use(attachment) for each copy of a unicast packet from VTEP to VTEP. */
    void WalkUnicast(uint32_t from, uint32_t to, const std::function<void(uint32_t)>& use) const;
    /** The same for a Register from \p router to the RP, and its copies to others of the set. */
    void WalkToRp(uint32_t router,
                  const ModelRp& rp,
                  const std::function<void(uint32_t)>& use) const;

  private:
    struct Routes
    {
        std::vector<uint32_t> first; //!< by router: where its hops begin; one more at the end
        std::vector<RpfHop> hops;
        std::vector<uint32_t> metric;
        uint32_t tieModulus{1};
    };

    void AddRouters();
    void AddNeighbors();
    ModelPort AddLoopback(uint32_t router, const std::string& name);
    ModelPort AddLoopbackOf(uint32_t router, TopologyAddress address);
    void AddHosts();
    void AddHost(std::size_t node);
    void AddLeaves();
    void AddRouterVtep(uint32_t router);
    void AddPods();
    void AddPlaces();
    void AddRps();
    uint32_t AddTarget(const std::vector<ModelPort>& routers, std::size_t network);
    uint32_t AddTargetNumber(uint32_t target);
    uint32_t AddAnycastTarget(const std::vector<ModelPort>& members);
    const Routes& GetRoutes(uint32_t target) const;
    const RpfHop& GetUnicastHop(uint32_t router, uint32_t target) const;
    ModelPort WalkToLink(uint32_t router,
                         uint32_t target,
                         const std::vector<ModelPort>& link,
                         const std::function<void(uint32_t)>& use) const;
    [[noreturn]] void FailUnreachable(uint32_t router) const;
    ModelPort FindPort(uint32_t attachment, TopologyAddress gateway) const;
    std::unique_ptr<Routes> ComputeRoutes(uint32_t target) const;

    const TopologyGraph& m_graph;
    RpfEcmp m_ecmp;
    std::vector<ModelRouter> m_routers;
    std::vector<uint32_t> m_routerOf;                                  //!< by node
    std::vector<std::vector<ModelPort>> m_neighbors;                   //!< by attachment
    std::vector<uint32_t> m_networkOf;                                 //!< by attachment
    std::map<std::pair<uint32_t, std::string>, ModelPort> m_loopbacks; //!< by router and name
    std::vector<ModelVtep> m_vteps;
    std::vector<ModelHost> m_hosts;
    std::vector<uint32_t> m_leafOf; //!< by VTEP
    std::vector<uint32_t> m_podOf;  //!< by router
    bool m_plain{true};
    std::vector<ModelRp> m_rps; //!< by offer
    std::unique_ptr<RpChoice> m_choice;

    TopologyGraph m_backbone; //!< routers, and the networks that join them
    std::unique_ptr<ShortestPaths> m_paths;
    std::vector<uint32_t> m_backboneAttachment; //!< of the backbone: in the topology
    std::vector<uint32_t> m_backboneNetwork;    //!< by network of the topology

    /** A target: a network that joins routers, or (the high bit set) a router. */
    std::vector<uint32_t> m_targets;
    std::map<uint32_t, uint32_t> m_targetNumbers;
    mutable std::vector<std::unique_ptr<Routes>> m_routes; //!< by target
};

} // namespace ns3

#endif
