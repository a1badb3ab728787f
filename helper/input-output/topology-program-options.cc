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

} // namespace

std::vector<ProgramOption>
MakeTopologyProgramOptions(TopologyOptions& options)
{
    return {TextOption("vteps",
                       "which nodes are VTEPs: NAME,…, tier:NAME, ends (a new one on each "
                       "router with fewest links)",
                       options.vteps),
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

std::vector<ProgramOption>
JoinOptions(std::vector<ProgramOption> options, const std::vector<ProgramOption>& more)
{
    options.insert(options.end(), more.begin(), more.end());
    return options;
}

} // namespace ns3
