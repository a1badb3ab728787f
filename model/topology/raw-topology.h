// SPDX-License-Identifier: GPL-2.0-only
// What the readers of topology files have in common: vertices and edges with their keys, as a file
// holds them, and what becomes of them.
#ifndef VXLAN_MULTICAST_RAW_TOPOLOGY_H
#define VXLAN_MULTICAST_RAW_TOPOLOGY_H

#include "ns3/text.h"
#include "ns3/topology-builder.h"
#include "ns3/topology-keys.h"

#include <cstddef>
#include <string>
#include <vector>

namespace ns3
{

/** The vertices and edges of a file, in its order. */
struct RawTopology
{
    /** A node or a LAN. */
    struct Vertex
    {
        std::string id;
        TopologyKeys keys;
        std::size_t line;
    };

    struct Edge
    {
        std::string source; //!< id of a vertex
        std::string target;
        TopologyKeys keys;
        std::size_t line;
        bool directed{false}; //!< with another one the other way, it is one link
    };

    std::vector<Vertex> vertices;
    std::vector<Edge> edges;
};

/** A fault in a file, and the line that it stands in. what() has no place in it. */
struct TopologyFileError : std::runtime_error
{
    TopologyFileError(std::size_t atLine, const std::string& message)
        : std::runtime_error(ToOneLine(message)),
          line(atLine)
    {
    }

    std::size_t line;
};

/**
 * \param namesFromLabels whether the key `label` of a vertex is its name: blanks and what names may
 * not have become `-`, a name that is taken gets `.2`, `.3`, …
 * \param lines gets the lines that everything stands in
 * \returns the graph, neither checked nor numbered
 * \throws TopologyFileError when an edge has no vertex at an end, or a key has a wrong value
 */
TopologyGraph ConvertTopology(const RawTopology& raw,
                              TopologyLines& lines,
                              bool namesFromLabels = false);

/**
 * \param format what the file should be, for messages
 * \returns the bytes of the file lines.source, at least one and at most 64 MB
 * \throws TopologyError
 */
std::string ReadTopologyText(const TopologyLines& lines, const std::string& format);

} // namespace ns3

#endif
