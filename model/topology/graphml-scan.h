// SPDX-License-Identifier: GPL-2.0-only
// A pass over GraphML text that finds what Boost's reader does not tell: vertex ids and lines. It
// also refuses, before the whole is parsed, what is no GraphML at all.
#ifndef VXLAN_MULTICAST_GRAPHML_SCAN_H
#define VXLAN_MULTICAST_GRAPHML_SCAN_H

#include <cstddef>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

/** What is wrong with the text, and where. */
struct GraphmlScanError : std::runtime_error
{
    GraphmlScanError(std::size_t atLine, const std::string& message)
        : std::runtime_error(message),
          line(atLine)
    {
    }

    std::size_t line;
};

/** The vertices and edges of the first graph of a GraphML text, in the order of the text. */
struct GraphmlScan
{
    struct Vertex
    {
        std::string id;
        std::size_t line;
    };

    struct Edge
    {
        std::string source;
        std::string target;
        std::size_t line;
    };

    bool directed{false}; //!< edgedefault of the graph
    std::vector<Vertex> vertices;
    std::vector<Edge> edges;
};

/** \throws GraphmlScanError */
GraphmlScan ScanGraphml(const std::string& text);

} // namespace ns3

#endif
