// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/lab-show.h"

#include "ns3/evpn-show.h"
#include "ns3/igmp-show.h"
#include "ns3/interface-names.h"
#include "ns3/map-server-show.h"
#include "ns3/openflow-show.h"
#include "ns3/ospf-show.h"
#include "ns3/pim-show.h"
#include "ns3/redundancy-show.h"
#include "ns3/text.h"
#include "ns3/vxlan-show.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace ns3
{

namespace
{

struct Command
{
    std::string name;
    bool isXorp; //!< of XORP's shell, where it follows the word show; else of the system's
    std::function<void(std::ostream&, Ptr<Node>)> print;
    std::function<void(std::ostream&, Ptr<Node>, uint32_t)>
        printVni{}; //!< of a name that ends in N
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
        {"msdp peer", true, [](auto& os, auto node) { ShowMsdpPeer(os, node); }},
        {"msdp sa", true, [](auto& os, auto node) { ShowMsdpSa(os, node); }},
        {"bfd peers", true, [](auto& os, auto node) { ShowBfdPeers(os, node); }},
        {"ip mroute", false, [](auto& os, auto node) { os << ShowIpMroute(node); }},
        {"ip -d link show", false, [](auto& os, auto node) { ShowLink(os, node); }},
        {"bridge fdb show", false, [](auto& os, auto node) { ShowBridgeFdb(os, node); }},
        {"bgp summary", true, [](auto& os, auto node) { ShowBgpSummary(os, node); }},
        {"bgp l2vpn evpn", true, [](auto& os, auto node) { ShowBgpEvpn(os, node); }},
        {"evpn mac vni N",
         true,
         nullptr,
         [](auto& os, auto node, auto vni) { ShowEvpnMac(os, node, vni); }},
        {"evpn arp-cache vni N", true, nullptr, ShowEvpnArpCache},
        {"ovs-vsctl show", false, [](auto& os, auto node) { ShowOvsVsctl(os, node); }},
        {"ovs-ofctl dump-flows", false, [](auto& os, auto node) { ShowOvsFlows(os, node); }},
        {"map-cache", true, [](auto& os, auto node) { ShowMapCache(os, node); }},
    };
    return commands;
}

/** \returns the VNI that \p text gives in place of a command's N; none if it is another command. */
std::optional<uint32_t>
FindVni(const Command& command, const std::string& text)
{
    const std::string start = command.name.substr(0, command.name.size() - 1);
    if (!command.printVni || text.compare(0, start.size(), start) != 0)
    {
        return std::nullopt;
    }
    const auto vni = ParseNumber(text.substr(start.size()), 0, 0xffffff);
    return vni ? std::make_optional(static_cast<uint32_t>(*vni)) : std::nullopt;
}

/** \returns the command that \p text names, or nullptr. */
const Command*
FindCommand(const std::string& text)
{
    const auto it =
        std::find_if(GetCommands().begin(), GetCommands().end(), [&](const Command& command) {
            return command.printVni ? FindVni(command, text).has_value() : command.name == text;
        });
    return it == GetCommands().end() ? nullptr : &*it;
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

bool
IsShowCommand(const std::string& command)
{
    return FindCommand(command) != nullptr;
}

void
Show(std::ostream& os, Ptr<Node> node, const std::string& command)
{
    const Command& found = *FindCommand(command);
    found.printVni ? found.printVni(os, node, *FindVni(found, command)) : found.print(os, node);
}

std::string
GetShowPrompt(Ptr<const Node> node, const std::string& command)
{
    return GetNodeName(node) + (FindCommand(command)->isXorp ? "> show " : "# ") + command;
}

} // namespace ns3
