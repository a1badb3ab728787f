// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-show.h"

#include "ns3/igmp-show.h"
#include "ns3/interface-names.h"
#include "ns3/ospf-show.h"
#include "ns3/pim-show.h"
#include "ns3/vxlan-show.h"

#include <algorithm>
#include <functional>

namespace ns3
{

namespace
{

struct Command
{
    std::string name;
    bool isXorp; //!< of XORP's shell, where it follows the word show; else of the system's
    std::function<void(std::ostream&, Ptr<Node>)> print;
};

const std::vector<Command>&
GetCommands()
{
    static const std::vector<Command> commands = {
        {"ospf4 neighbor", true, [](auto& os, auto node) { ShowOspfNeighbor(os, node); }},
        {"ospf4 database", true, [](auto& os, auto node) { ShowOspfDatabase(os, node); }},
        {"route table ipv4 unicast ospf",
         true,
         [](auto& os, auto node) { ShowOspfRouteTable(os, node); }},
        {"igmp group", true, [](auto& os, auto node) { ShowIgmpGroup(os, node); }},
        {"igmp interface", true, [](auto& os, auto node) { ShowIgmpInterface(os, node); }},
        {"pim neighbors", true, [](auto& os, auto node) { os << ShowPimNeighbors(node); }},
        {"pim interface", true, [](auto& os, auto node) { os << ShowPimInterface(node); }},
        {"pim bootstrap", true, [](auto& os, auto node) { os << ShowPimBootstrap(node); }},
        {"pim rps", true, [](auto& os, auto node) { os << ShowPimRps(node); }},
        {"pim join", true, [](auto& os, auto node) { os << ShowPimJoin(node); }},
        {"pim mfc", true, [](auto& os, auto node) { os << ShowPimMfc(node); }},
        {"pim df", true, [](auto& os, auto node) { os << ShowPimDf(node); }},
        {"ip mroute", false, [](auto& os, auto node) { os << ShowIpMroute(node); }},
        {"ip -d link show", false, [](auto& os, auto node) { ShowLink(os, node); }},
        {"bridge fdb show", false, [](auto& os, auto node) { ShowBridgeFdb(os, node); }},
    };
    return commands;
}

const Command&
FindCommand(const std::string& name)
{
    return *std::find_if(GetCommands().begin(), GetCommands().end(), [&](const Command& command) {
        return command.name == name;
    });
}

} // namespace

const std::vector<std::string>&
GetShowCommands()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Command& command : GetCommands())
        {
            all.push_back(command.name);
        }
        return all;
    }();
    return names;
}

void
Show(std::ostream& os, Ptr<Node> node, const std::string& command)
{
    FindCommand(command).print(os, node);
}

std::string
GetShowPrompt(Ptr<const Node> node, const std::string& command)
{
    return GetNodeName(node) + (FindCommand(command).isXorp ? "> show " : "# ") + command;
}

} // namespace ns3
