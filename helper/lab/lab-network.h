// SPDX-License-Identifier: GPL-2.0-only
// A topology as ns-3 nodes: devices, addresses, names, and the protocols that each kind of node
// runs.
#ifndef VXLAN_MULTICAST_LAB_NETWORK_H
#define VXLAN_MULTICAST_LAB_NETWORK_H

#include "ns3/controller-spec.h"
#include "ns3/evpn-spec.h"
#include "ns3/icmp-echo.h"
#include "ns3/link-loss.h"
#include "ns3/map-server-spec.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/scoped-attributes.h"
#include "ns3/topology-graph.h"
#include "ns3/tree-policy.h"
#include "ns3/unicast-rib.h"
#include "ns3/vxlan-net-device.h"
#include "ns3/vxlan-spec.h"

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

class BfdProtocol;
class EvpnProtocol;
class IgmpProtocol;
class MapServer;
class MapXtr;
class MsdpProtocol;
class OpenflowController;
class OpenflowSwitch;
class OspfRouting;
class PimSmRouting;
class ShortestPaths;

/** What a network is built with, besides its topology. */
struct LabSettings
{
    bool staticUnderlay{false};
    bool bidirectional{false}; //!< all RPs are for bidirectional PIM
    std::map<std::string, std::vector<AttributeSetting>> nodes; //!< attribute defaults of one node
};

/**
 * A node and what runs on it; what it does not run is null. Who uses a protocol includes its header:
 * most files need none of them, and all together take longer to compile than any of those files.
 */
struct LabNode
{
    LabNode();
    LabNode(const LabNode& other);
    LabNode(LabNode&& other) noexcept;
    LabNode& operator=(const LabNode& other);
    LabNode& operator=(LabNode&& other) noexcept;
    ~LabNode();

    std::string name;
    Ptr<Node> node;
    Ptr<OspfRouting> ospf;
    Ptr<IgmpProtocol> igmp;
    Ptr<PimSmRouting> pim;
    Ptr<BfdProtocol> bfd;
    Ptr<MsdpProtocol> msdp;
    Ptr<EvpnProtocol> evpn;
    Ptr<OpenflowController> controller;
    Ptr<OpenflowSwitch> openflowSwitch;
    Ptr<MapServer> mapServer;
    Ptr<MapXtr> mapXtr;
    Ptr<IcmpEchoProtocol> echo;
    Ptr<VxlanEndpoint> endpoint;
    std::map<std::string, Ptr<VxlanNetDevice>> vxlans; //!< by name
    bool up{true};
};

/**
 * Sets the attribute defaults of a lab, which scenarios may then override: checksums on,
 * no packet lost to address resolution.
 */
void SetLabDefaults();
/** Sets the attribute defaults that a tree policy stands for. */
void SetTreePolicy(TreePolicy trees);

/**
 * The nodes of a topology. Node, interface and attachment numbers are those of the graph; interface
 * numbers of Ipv4 are one more than positions in the node's list (0 is 127.0.0.1), loopbacks come
 * after them. Names are in ns3::Names: "r1", "r1/eth0", "r1/lo".
 */
class LabNetwork
{
  public:
    /** \param graph must outlive the network */
    LabNetwork(const TopologyGraph& graph, const LabSettings& settings);
    ~LabNetwork();

    const TopologyGraph& GetGraph() const;
    std::vector<LabNode>& GetNodes();
    const std::vector<LabNode>& GetNodes() const;
    /** \returns the node called \p name, which is there. */
    LabNode& GetNode(const std::string& name);
    const LabNode& GetNode(const std::string& name) const;
    /** \returns the device of an attachment of the graph. */
    Ptr<NetDevice> GetDevice(std::size_t attachment) const;
    /** \returns the Ipv4 interface number of \p name on \p node; of the first if \p name is empty.
     */
    uint32_t GetInterface(const LabNode& node, const std::string& name) const;

    /** Puts BGP speakers on VTEPs and reflectors. Before the simulation. */
    void AddEvpn(const EvpnSpec& spec);
    /** Puts a controller on its node and switches on VTEPs. Before the simulation. */
    void AddController(const ControllerSpec& spec);
    /** \returns the controller, or null. */
    Ptr<OpenflowController> FindController() const;
    /** Puts a map server on its node and its clients on VTEPs. Before the simulation. */
    void AddMapServer(const MapServerSpec& spec);
    /** Puts a VXLAN device on each of the nodes that \p vxlan names. */
    void AddVxlan(const VxlanSpec& vxlan);

    /** Every interface on \p network goes down or up; routers there see it at once. */
    void SetNetworkUp(std::size_t network, bool up);
    /** The interface of one attachment alone loses its carrier, or has it again. */
    void SetAttachmentUp(std::size_t attachment, bool up);
    /** An interface is shut down, or no longer; the other end of a link of two sees it at once. */
    void SetInterfaceUp(const std::string& node, const std::string& interface, bool up);
    /**
     * A crash, with all protocol state lost; or a boot.
     * \param keepsCarrier whether neighbours on links of two see nothing of it
     */
    void SetNodeUp(const std::string& name, bool up, bool keepsCarrier = false);
    /**
     * Every receiver on \p network loses this fraction of packets from now on.
     * \param from those of this node alone, beside what else is lost
     */
    void SetLoss(std::size_t network, double rate, std::optional<std::size_t> from = std::nullopt);
    /** \returns whether an interface and its node are up, and it has a carrier. */
    bool IsAttachmentUp(std::size_t attachment) const;
    /** \returns what part of its packets each network loses, of those that lose any. */
    const std::map<std::size_t, double>& GetLossRates() const;
    /** Tells a router of a static RP, or takes that back. */
    void SetStaticRp(const std::string& node, const Ipv4Prefix& range, Ipv4Address rp, bool up);

  private:
    void AddStack(LabNode& lab, const TopologyNode& node);
    void AddNetworks();
    void AddInterfaces(std::size_t number);
    void AddLoopbacks(std::size_t number);
    void AddProtocols(std::size_t number);
    void ConfigureOspf(std::size_t number);
    void ConfigurePim(std::size_t number);
    void AddAnycastRps(std::size_t number);
    void AddMsdp(std::size_t number);
    void AddBfd(std::size_t number);
    void AddStaticRoutes();
    void AddLoopbackRoutes(const ShortestPaths& paths,
                           std::vector<std::vector<UnicastRoute>>& routes) const;
    void AddDefaultRoute(std::size_t number);
    /** \returns the address at which clients reach \p node: of its first loopback, else of its
     * first interface. */
    Ipv4Address GetServerAddress(const std::string& node) const;
    /** \returns the address of the VTEP on \p node. \param local an interface's name, or an
     * address; empty: the first */
    Ipv4Address GetVtepAddress(const std::string& node, const std::string& local) const;
    /** Tells the controller of a VXLAN device that is a host of its own. */
    void TellController(const LabNode& lab, const VxlanSpec& vxlan, Ipv4Address address);
    /** Stops the processes of controllers and map servers as SIGSTOP does: they say no goodbye. */
    void HangControlPlanes(LabNode& lab);
    /** Starts or stops the processes of control planes. */
    void SetControlPlanesUp(LabNode& lab, bool up);
    void UpdateInterface(std::size_t attachment);
    void UpdateLoopbacks(std::size_t number);
    void UpdatePeers(std::size_t number);
    bool HasCarrier(std::size_t attachment) const;
    void ForgetNeighbors(std::size_t number);
    void AssignStreams();

    const TopologyGraph& m_graph;
    LabSettings m_settings;
    std::vector<LabNode> m_nodes;
    std::vector<Ptr<NetDevice>> m_devices;          //!< by attachment
    std::vector<uint32_t> m_interfaces;             //!< by attachment
    std::vector<std::vector<uint32_t>> m_loopbacks; //!< interfaces by node, as in the graph
    std::map<std::string, std::size_t> m_index;
    std::set<std::size_t> m_networksDown;
    std::set<std::size_t> m_attachmentsDown;              //!< without carrier
    std::set<std::pair<std::size_t, std::string>> m_shut; //!< interfaces, by node and name
    std::set<std::size_t> m_silent;                       //!< nodes that died without notice
    std::map<std::size_t, Ptr<LinkLoss>> m_losses;        //!< by attachment
    Ptr<IgmpProtocol> m_igmp; //!< of a node without attributes of its own: others are copies
    std::map<std::size_t, double> m_lossRates; //!< by network
};

} // namespace ns3

#endif
