// SPDX-License-Identifier: GPL-2.0-only
// The topology as plain data: nodes, networks, and attachments (interfaces), each of which joins a
// node and a network. Knows nothing of ns-3; addresses are host-order numbers.
#ifndef VXLAN_MULTICAST_TOPOLOGY_GRAPH_H
#define VXLAN_MULTICAST_TOPOLOGY_GRAPH_H

#include "ns3/text.h"
#include "ns3/topology-address.h"

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
    std::optional<double> x;
    std::optional<double> y;
    std::vector<std::size_t> attachments;     //!< in interface order (eth0 first)
    std::map<std::string, std::string> other; //!< unknown keys, kept as they are
};

/** A network: a LAN vertex, or a point-to-point edge. */
struct TopologyNetwork
{
    std::string name; //!< the LAN's name, or `a-b` in file order
    bool pointToPoint{false};
    Ipv4Prefix prefix; //!< length 0 before numbering
    uint32_t cost{1};
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
    TopologyAddress address{0}; //!< 0 before numbering
    TopologyAddress area{0};
    uint8_t ospfPriority{1};
    std::optional<uint32_t> drPriority; //!< 1 unless the attribute of PIM says otherwise
    std::optional<uint8_t> igmpVersion; //!< 3 unless the attribute of IGMP says otherwise
    std::vector<Ipv4Prefix> scopeBorder;
    std::optional<uint32_t> cost; //!< this interface's own OSPF cost, if other than the network's
    std::optional<uint32_t> mtu;  //!< this interface's own MTU in bytes, likewise
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
    /** \returns the cost of leaving by attachment \p attachment. */
    uint32_t GetCost(std::size_t attachment) const;
    /** \returns the MTU of the interface of attachment \p attachment, in bytes. */
    uint32_t GetMtu(std::size_t attachment) const;
};

} // namespace ns3

#endif
