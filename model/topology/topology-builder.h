// SPDX-License-Identifier: GPL-2.0-only
// Puts nodes, links and LANs into a graph: the generators and the GraphML reader share it.
#ifndef VXLAN_MULTICAST_TOPOLOGY_BUILDER_H
#define VXLAN_MULTICAST_TOPOLOGY_BUILDER_H

#include "ns3/topology-graph.h"

#include <set>
#include <string>
#include <vector>

namespace ns3
{

/** The input lines of nodes, networks and attachments, for error messages; line 1 if unknown. */
struct TopologyLines
{
    std::string source; //!< file name or generator spec
    std::vector<std::size_t> nodes;
    std::vector<std::size_t> networks;
    std::vector<std::size_t> attachments;

    /** \throws TopologyError `source:line: message` */
    [[noreturn]] void Fail(std::size_t line, const std::string& message) const;
    [[noreturn]] void FailAtNode(std::size_t node, const std::string& message) const;
    [[noreturn]] void FailAtNetwork(std::size_t network, const std::string& message) const;
    [[noreturn]] void FailAtAttachment(std::size_t attachment, const std::string& message) const;
};

/** Grows a TopologyGraph. Each Add returns the index of what it added. */
class TopologyBuilder
{
  public:
    explicit TopologyBuilder(const std::string& name);

    std::size_t AddNode(const std::string& name, NodeKind kind, const std::string& tier);
    std::size_t AddLan(const std::string& name);
    std::size_t Attach(std::size_t node, std::size_t network);
    /** A point-to-point link called `a-b`, or `a-b.2`, `a-b.3`, … where that name is taken. */
    std::size_t AddLink(std::size_t a, std::size_t b);
    /** Makes \p node candidate BSR and RP for 239.0.0.0/8 on \p interface. */
    void MakeCandidate(std::size_t node, const std::string& interface);
    void SetPosition(std::size_t node, double x, double y);

    TopologyGraph graph;

  private:
    std::set<std::string> m_networkNames;
};

/** \returns 239.0.0.0/8, the default range of a candidate RP. */
Ipv4Prefix DefaultRpGroups();

} // namespace ns3

#endif
