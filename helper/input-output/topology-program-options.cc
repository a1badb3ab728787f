// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/topology-program-options.h"

#include <stdexcept>

namespace ns3
{

namespace
{

/** \returns an option of two words, the first of which counts without it. */
ProgramOption
ChoiceOption(const std::string& name,
             const std::string& help,
             const std::string& absent,
             const std::string& present,
             bool& isPresent)
{
    const auto parse = [=, &isPresent](const std::string& value) {
        if (value != absent && value != present)
        {
            throw std::invalid_argument("--" + name + " is '" + value + "', give " + present +
                                        " or " + absent);
        }
        isPresent = value == present;
    };
    return {name, help, parse, isPresent ? present : absent};
}

void
ParseVtepNodes(const std::string& value, TopologyOptions& options)
{
    if (value == "leaves")
    {
        throw std::invalid_argument("'leaves' is for the graph model alone (multicast-state, "
                                    "multicast-plan), expected hosts, or such as tier:leaf");
    }
    options.vteps = value == "hosts" ? "" : value;
}

} // namespace

std::vector<ProgramOption>
MakeTopologyProgramOptions(TopologyOptions& options)
{
    return {{"vteps",
             "which nodes are VTEPs: hosts, or NAME,…, tier:NAME, ends (a new one on each "
             "router with fewest links)",
             [&options](const std::string& value) { ParseVtepNodes(value, options); },
             "hosts"},
            TextOption("rp", "which routers are RPs: NAME,… or center", options.rp),
            ChoiceOption("component",
                         "largest: leave out what is not connected with most",
                         "all",
                         "largest",
                         options.largestComponent),
            ChoiceOption("names",
                         "label: nodes are called by their labels",
                         "id",
                         "label",
                         options.namesFromLabels)};
}

} // namespace ns3
