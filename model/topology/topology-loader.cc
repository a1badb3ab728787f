// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-loader.h"

#include "ns3/graphml-reader.h"
#include "ns3/text.h"
#include "ns3/topo-reader.h"
#include "ns3/topology-builder.h"
#include "ns3/topology-checks.h"
#include "ns3/topology-generators.h"
#include "ns3/topology-numbering.h"

#include <fstream>

namespace ns3
{

namespace
{

/** A spec is a bare word, or a bare word and a colon; a file name has a dot or a slash in it. */
bool
LooksLikeSpec(const std::string& text)
{
    const std::string word = text.substr(0, text.find(':'));
    return word.find_first_of("./\\") == std::string::npos;
}

} // namespace

TopologyGraph
LoadTopology(const std::string& fileOrSpec)
{
    TopologyLines lines;
    lines.source = fileOrSpec;
    TopologyGraph graph;
    if (!std::ifstream(fileOrSpec).is_open() && LooksLikeSpec(fileOrSpec))
    {
        graph = GenerateTopology(fileOrSpec);
    }
    else
    {
        graph = HasEnding(fileOrSpec, ".topo") ? ReadTopo(lines) : ReadGraphml(lines);
    }
    CheckShape(graph, lines);
    NumberTopology(graph, lines);
    CheckNumbers(graph, lines);
    return graph;
}

} // namespace ns3
