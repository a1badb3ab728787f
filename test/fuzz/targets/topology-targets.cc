// SPDX-License-Identifier: GPL-2.0-only
// Topologies: GraphML, files *.topo, specs of generators. Each is loaded whole, or refused.
#include "fuzz-file.h"

#include "ns3/topology-checks.h"
#include "ns3/topology-generators.h"
#include "ns3/topology-loader.h"
#include "ns3/topology-numbering.h"

namespace ns3
{

namespace
{

/** What users of a graph take for granted. */
void
CheckGraph(const TopologyGraph& graph)
{
    RequireFuzz(!graph.nodes.empty(), "a topology without nodes");
    for (std::size_t i = 0; i < graph.attachments.size(); ++i)
    {
        const TopologyAttachment& end = graph.attachments[i];
        RequireFuzz(end.node < graph.nodes.size() && end.network < graph.networks.size(),
                    "an interface of nothing");
        RequireFuzz(!end.interface.empty(), "an interface without a name");
        RequireFuzz(end.address != 0 || !end.unnumbered.empty(), "an interface without address");
    }
    for (const TopologyNetwork& network : graph.networks)
    {
        RequireFuzz(!network.pointToPoint || network.attachments.size() == 2,
                    "a link without two ends");
    }
}

template <const char* const& NAME>
void
CheckTopologyFile(const FuzzBytes& bytes)
{
    const std::string text = ToFuzzText(bytes);
    const std::string file = WriteFuzzFile(NAME, text);
    try
    {
        CheckGraph(LoadTopology(file));
    }
    catch (const TopologyError& error)
    {
        CheckRefusal(error.what(), file, text);
        RequireFuzz(std::string(error.what()).find(", expected ") != std::string::npos,
                    std::string("what would be right is missing: ") + error.what());
    }
}

/**
 * \returns whether the numbers of a spec make no more than some thousand nodes, or so many that it
 *          must be refused at once: what is between takes seconds
 */
bool
IsSmall(const std::string& spec)
{
    constexpr double SMALL = 3000;
    constexpr double REFUSED = 1e7;
    double product = 1;
    double number = 0;
    for (char c : spec + ",")
    {
        if (c >= '0' && c <= '9')
        {
            number = number * 10 + (c - '0');
            continue;
        }
        product *= number > 1 ? number : 1;
        number = 0;
    }
    return product < SMALL || product > REFUSED * REFUSED;
}

void
CheckGenerator(const FuzzBytes& bytes)
{
    const std::string spec = ToFuzzText(bytes);
    if (!IsSmall(spec))
    {
        return;
    }
    try
    {
        TopologyLines lines;
        lines.source = spec;
        TopologyGraph graph = GenerateTopology(spec);
        CheckShape(graph, lines);
        NumberTopology(graph, lines);
        CheckNumbers(graph, lines);
        CheckGraph(graph);
    }
    catch (const TopologyError& error)
    {
        const std::string what = error.what();
        RequireFuzz(what.find(", expected ") != std::string::npos,
                    "what would be right is missing: " + what);
    }
}

const char* const GRAPHML = "fuzz.graphml";
const char* const TOPO = "fuzz.topo";

const FuzzTarget graphml("graphml", CheckTopologyFile<GRAPHML>);
const FuzzTarget topo("topo", CheckTopologyFile<TOPO>);
const FuzzTarget generator("generator", CheckGenerator);

} // namespace

} // namespace ns3
