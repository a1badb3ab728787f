// SPDX-License-Identifier: GPL-2.0-only
// The topology as plain data: nodes, networks, and attachments (interfaces), each of which joins a
// node and a network. Knows nothing of ns-3; addresses are host-order numbers.
#ifndef VXLAN_MULTICAST_TOPOLOGY_GRAPH_H
#define VXLAN_MULTICAST_TOPOLOGY_GRAPH_H

#include "ns3/text.h"
#include "ns3/topology-address.h"
#include "ns3/topology-msdp.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

/**
 * A bad topology file, spec or graph. what() is one line: `FILE:LINE: what is wrong, what would be
 * right`.
 */
class TopologyError : public std::runtime_error
{
  public:
    explicit TopologyError(const std::string& message)
        : std::runtime_error(ToOneLine(message))
    {
    }
};

/** What a node runs. */
enum class NodeKind
{
    Router,    //!< OSPF, IGMP querier, PIM-SM
    Vtep,      //!< OSPF, IGMP host, VXLAN
    Host,      //!< IGMP host, default route
    Controller //!< as a host; runs the VXLAN controller
};

/** A static RP for a range of groups: keys `staticRp` and `bidirRp`. */
struct StaticRpSpec
{
    TopologyAddress address{0};
    Ipv4Prefix groups;
};

/** An address of a loopback, with the length of its mask. */
struct LoopbackAddress
{
    TopologyAddress address{0};
    uint8_t length{Ipv4Prefix::MAX_LENGTH};

    Ipv4Prefix GetPrefix() const
    {
        return {address, length};
    }
};

/** An interface of a node on no link: key `loopbacks`. */
struct TopologyLoopback
{
    std::string name;
    std::vector<LoopbackAddress> addresses; //!< at least one; the first is the primary one
};

/** An OSPF area that is a stub (RFC 2328 §3.6): key `stubAreas`. */
struct StubAreaSpec
{
    TopologyAddress area{0};
    bool summaries{true}; //!< false: its border routers advertise a default route alone
};

/** How OSPF takes a network (RFC 2328 §1.2, RFC 5309): key `networkType`. */
enum class TopologyNetworkType
{
    Broadcast,
    PointToPoint
};

/** One RP address on several routers (RFC 4610): key `anycastRp`. */
struct AnycastRpSpec
{
    TopologyAddress address{0};
    std::vector<TopologyAddress> members; //!< each router's own address
};

/** A node: the vertex keys of the GraphML format. */
struct TopologyNode
{
    std::string name;
    NodeKind kind{NodeKind::Router};
    std::string tier;
    std::optional<TopologyAddress> routerId;
    std::string candidateBsr; //!< interface name; empty: none
    uint8_t candidateBsrPriority{64};
    std::string candidateRp; //!< interface name; empty: none
    uint8_t candidateRpPriority{192};
    std::vector<Ipv4Prefix> candidateRpGroups;
    std::vector<StaticRpSpec> staticRps;
    std::vector<StaticRpSpec> bidirRps;
    bool vtep{false};  //!< of a router: it is a VTEP too, at its first loopback
    uint32_t ports{0}; //!< of such a router: how many hosts of tenants it has
    std::vector<TopologyLoopback> loopbacks; //!< their interfaces come after those of attachments
    std::vector<AnycastRpSpec> anycastRps;
    std::vector<MsdpPeerSpec> msdp;
    std::vector<StubAreaSpec> stubAreas;
    bool maxMetric{false}; //!< a stub router, not for transit (RFC 6987)
    std::optional<double> x;
    std::optional<double> y;
    std::vector<std::size_t> attachments;     //!< in interface order (eth0 first)
    std::map<std::string, std::string> other; //!< unknown keys, kept as they are
};

/** \returns the addresses of all loopbacks of \p node, in their order. */
std::vector<LoopbackAddress> GetLoopbackAddresses(const TopologyNode& node);

/** A network: a LAN vertex, or a point-to-point edge. */
struct TopologyNetwork
{
    std::string name; //!< the LAN's name, or `a-b` in file order
    bool pointToPoint{false};
    Ipv4Prefix prefix; //!< length 0 before numbering
    uint32_t cost{1};
    std::optional<TopologyNetworkType> networkType; //!< that of the network if unset
    bool passive{false}; //!< of all interfaces: advertised, but nobody looks for neighbours
    std::string dataRate{"1Gbps"};
    std::string delay{"10us"};
    uint32_t mtu{1500};
    std::optional<double> x;
    std::optional<double> y;
    std::vector<std::size_t> attachments; //!< in file order
    std::map<std::string, std::string> other;
};

/** An interface: one node on one network. */
struct TopologyAttachment
{
    std::size_t node{0};
    std::size_t network{0};
    std::string interface;      //!< eth0, … in file order unless named
    std::string unnumbered;     //!< the loopback whose address it borrows; empty: it has its own
    std::string bfd;            //!< detection time such as 150ms; empty: no BFD
    TopologyAddress address{0}; //!< 0 before numbering
    TopologyAddress area{0};
    uint8_t ospfPriority{1};
    std::optional<uint32_t> drPriority; //!< 1 unless the attribute of PIM says otherwise
    std::optional<uint8_t> igmpVersion; //!< 3 unless the attribute of IGMP says otherwise
    std::vector<Ipv4Prefix> scopeBorder;
    std::optional<uint32_t> cost; //!< this interface's own OSPF cost, if other than the network's
    std::optional<uint32_t> mtu;  //!< this interface's own MTU in bytes, likewise
    std::optional<TopologyNetworkType> networkType; //!< likewise
    std::optional<bool> passive;                    //!< likewise
};

/**
 * A checked, fully numbered topology. Vectors are in file (or generator) order, so that interface
 * numbers, addresses and outputs are the same in every run.
 */
struct TopologyGraph
{
    std::string name; //!< file name or generator spec, for outputs
    std::vector<TopologyNode> nodes;
    std::vector<TopologyNetwork> networks;
    std::vector<TopologyAttachment> attachments;

    /** \returns the index of the node called \p name. */
    std::optional<std::size_t> FindNode(const std::string& nodeName) const;
    /** \returns the index of the network called \p name (`a-b` is found as `b-a` too). */
    std::optional<std::size_t> FindNetwork(const std::string& networkName) const;
    /** \returns the attachment of \p node whose interface is called \p interface. */
    std::optional<std::size_t> FindInterface(std::size_t node, const std::string& interface) const;
    /** \returns the loopback of \p node that is called \p interface, or nullptr. */
    const TopologyLoopback* FindLoopback(std::size_t node, const std::string& interface) const;
    /** \returns whether an attachment or a loopback of \p node is called \p interface. */
    bool HasInterface(std::size_t node, const std::string& interface) const;
    /** \returns the names of the interfaces of \p node in their order, loopbacks last. */
    std::vector<std::string> GetInterfaceNames(std::size_t node) const;
    /** \returns the address of interface \p interface of \p node; 0 if there is no such one. */
    TopologyAddress GetAddress(std::size_t node, const std::string& interface) const;
    /** \returns the cost of leaving by attachment \p attachment. */
    uint32_t GetCost(std::size_t attachment) const;
    /** \returns whether \p node has VXLAN devices: of kind vtep, or a router that is one too. */
    bool IsVtep(std::size_t node) const;
    /** \returns the interface that VXLAN of \p node uses by itself: the first, or a router's that
     * is a VTEP too its first loopback. */
    std::string GetVtepInterface(std::size_t node) const;
    /** \returns how OSPF takes the network of attachment \p attachment. */
    TopologyNetworkType GetNetworkType(std::size_t attachment) const;
    /** \returns whether OSPF has no neighbours on attachment \p attachment. */
    bool IsPassive(std::size_t attachment) const;
    /** \returns whether \p network is a link whose ends borrow addresses: it has no prefix. */
    bool IsUnnumbered(std::size_t network) const;
    /** \returns the MTU of the interface of attachment \p attachment, in bytes. */
    uint32_t GetMtu(std::size_t attachment) const;
};

} // namespace ns3

#endif
