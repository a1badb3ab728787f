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
LoadTopology(const std::string& fileOrSpec, const TopologyOptions& options)
{
    TopologyLines lines;
    lines.source = fileOrSpec;
    TopologyGraph graph;
    if (IsGeneratorSpec(fileOrSpec) ||
        (LooksLikeSpec(fileOrSpec) && !std::ifstream(fileOrSpec).is_open()))
    {
        if (options.namesFromLabels)
        {
            lines.Fail(1, "--names=label of a generator, whose nodes have none, expected a file");
        }
        graph = GenerateTopology(fileOrSpec);
    }
    else
    {
        graph = HasEnding(fileOrSpec, ".topo") ? ReadTopo(lines, options.namesFromLabels)
                                               : ReadGraphml(lines, options.namesFromLabels);
    }
    if (options.largestComponent && !graph.nodes.empty())
    {
        KeepLargestComponent(graph, lines);
    }
    if (!options.vteps.empty() && !graph.nodes.empty())
    {
        ApplyVteps(options.vteps, graph, lines);
    }
    CheckShape(graph, lines);
    NumberTopology(graph, lines);
    if (!options.rp.empty())
    {
        ApplyRps(options.rp, graph, lines);
    }
    CheckNumbers(graph, lines);
    return graph;
}

} // namespace ns3
