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
#include "ns3/route-show.h"
#include "ns3/text.h"
#include "ns3/vxlan-show.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace ns3
{

namespace
{

/** What may follow the name of a command. */
enum class ShowArgumentKind
{
    NONE,
    VNI,   //!< required, in place of the N that the name ends in
    GROUP, //!< optional: this group alone
    DEVICE //!< optional: this device alone, with or without the word dev before it
};

/** The argument of a command, as read. */
struct ShowArgument
{
    uint32_t vni{0};
    Ipv4Address address{Ipv4Address::GetAny()};
    std::string device;
    bool hasWord{false}; //!< the device had the word dev before it
};

struct Command
{
    std::string name;
    bool isXorp; //!< of XORP's shell, where it follows the word show; else of the system's
    ShowArgumentKind kind;
    std::function<void(std::ostream&, Ptr<Node>, const ShowArgument&)> print;
};

/** \returns a command without argument. */
template <typename F>
Command
Plain(const char* name, bool isXorp, F print)
{
    return {name,
            isXorp,
            ShowArgumentKind::NONE,
            [print](std::ostream& os, Ptr<Node> node, const ShowArgument&) { print(os, node); }};
}

/** \returns a command of XORP's shell whose output is returned, for one group or all. */
Command
OfGroup(const char* name, std::string (*show)(Ptr<Node>, Ipv4Address))
{
    return {name,
            true,
            ShowArgumentKind::GROUP,
            [show](std::ostream& os, Ptr<Node> node, const ShowArgument& argument) {
                os << show(node, argument.address);
            }};
}

/** \returns a command whose output is returned. */
Command
Returned(const char* name, bool isXorp, std::string (*show)(Ptr<Node>))
{
    return Plain(name, isXorp, [show](std::ostream& os, Ptr<Node> node) { os << show(node); });
}

std::vector<Command>
MakeProtocolCommands()
{
    return {
        Plain("ospf4 neighbor", true, ShowOspfNeighbor),
        Plain("ospf4 database", true, ShowOspfDatabase),
        Plain("route table ipv4 unicast ospf", true, ShowOspfRouteTable),
        {"igmp group",
         true,
         ShowArgumentKind::GROUP,
         [](auto& os, auto node, auto& argument) { ShowIgmpGroup(os, node, argument.address); }},
        Plain("igmp interface", true, ShowIgmpInterface),
        Returned("pim neighbors", true, ShowPimNeighbors),
        Returned("pim interface", true, ShowPimInterface),
        Returned("pim bootstrap", true, ShowPimBootstrap),
        OfGroup("pim rps", ShowPimRps),
        OfGroup("pim join", ShowPimJoin),
        OfGroup("pim mfc", ShowPimMfc),
        Returned("pim df", true, ShowPimDf),
        Plain("msdp peer", true, ShowMsdpPeer),
        Plain("msdp sa", true, ShowMsdpSa),
        Plain("bfd peers", true, ShowBfdPeers),
    };
}

std::vector<Command>
MakeSystemCommands()
{
    return {
        Returned("ip mroute", false, ShowIpMroute),
        Plain("ip route", false, ShowIpRoute),
        {"ip -d link show",
         false,
         ShowArgumentKind::DEVICE,
         [](auto& os, auto node, auto& argument) { ShowLink(os, node, argument.device); }},
        {"bridge fdb show",
         false,
         ShowArgumentKind::DEVICE,
         [](auto& os, auto node, auto& argument) {
             argument.device.empty() || HasVxlanDevice(node, argument.device)
                 ? ShowBridgeFdb(os, node, argument.device, !argument.hasWord)
                 : void(os << "Cannot find device \"" << argument.device << "\"\n");
         }},
        Plain("bgp summary", true, ShowBgpSummary),
        Plain("bgp l2vpn evpn", true, ShowBgpEvpn),
        {"evpn mac vni N",
         true,
         ShowArgumentKind::VNI,
         [](auto& os, auto node, auto& argument) { ShowEvpnMac(os, node, argument.vni); }},
        {"evpn arp-cache vni N",
         true,
         ShowArgumentKind::VNI,
         [](auto& os, auto node, auto& argument) { ShowEvpnArpCache(os, node, argument.vni); }},
        Plain("ovs-vsctl show", false, ShowOvsVsctl),
        Plain("ovs-ofctl dump-flows", false, ShowOvsFlows),
        Plain("map-cache", true, ShowMapCache),
    };
}

const std::vector<Command>&
GetCommands()
{
    static const std::vector<Command> commands = [] {
        std::vector<Command> all = MakeProtocolCommands();
        const std::vector<Command> system = MakeSystemCommands();
        all.insert(all.end(), system.begin(), system.end());
        return all;
    }();
    return commands;
}

/** \returns the argument that \p words are; none if \p kind of command takes no such. */
std::optional<ShowArgument>
ReadArgument(ShowArgumentKind kind, std::vector<std::string> words)
{
    ShowArgument argument;
    if (kind == ShowArgumentKind::DEVICE && words.size() == 2 && words.front() == "dev")
    {
        argument.hasWord = true;
        words.erase(words.begin());
    }
    if (words.empty() || words.size() > 1)
    {
        return words.empty() && kind != ShowArgumentKind::VNI ? std::make_optional(argument)
                                                              : std::nullopt;
    }
    const std::string& word = words.front();
    switch (kind)
    {
    case ShowArgumentKind::NONE:
        break;
    case ShowArgumentKind::VNI:
        if (const auto vni = ParseNumber(word, 0, 0xffffff))
        {
            argument.vni = static_cast<uint32_t>(*vni);
            return argument;
        }
        break;
    case ShowArgumentKind::GROUP:
        if (const auto bits = ParseDottedQuad(word); bits && Ipv4Address(*bits).IsMulticast())
        {
            argument.address = Ipv4Address(*bits);
            return argument;
        }
        break;
    case ShowArgumentKind::DEVICE:
        argument.device = word;
        return argument;
    }
    return std::nullopt;
}

/** A command with its argument. */
struct ShowCall
{
    const Command* command;
    ShowArgument argument;
};

/** \returns what \p text calls, or nothing. */
std::optional<ShowCall>
FindCall(const std::string& text)
{
    const std::vector<std::string> words = SplitWords(text, " ");
    for (const Command& command : GetCommands())
    {
        std::vector<std::string> name = SplitWords(command.name, " ");
        if (command.kind == ShowArgumentKind::VNI)
        {
            name.pop_back();
        }
        if (words.size() < name.size() || !std::equal(name.begin(), name.end(), words.begin()))
        {
            continue;
        }
        const auto argument = ReadArgument(
            command.kind, {words.begin() + static_cast<std::ptrdiff_t>(name.size()), words.end()});
        if (argument)
        {
            return ShowCall{&command, *argument};
        }
    }
    return std::nullopt;
}

/** \returns the name of \p command as messages list it, with its argument. */
std::string
GetUsage(const Command& command)
{
    switch (command.kind)
    {
    case ShowArgumentKind::GROUP:
        return command.name + " [GROUP]";
    case ShowArgumentKind::DEVICE:
        return command.name + " [DEVICE]";
    default:
        return command.name;
    }
}

} // namespace

const std::vector<std::string>&
GetShowCommands()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Command& command : GetCommands())
        {
            all.push_back(GetUsage(command));
        }
        return all;
    }();
    return names;
}

bool
IsShowCommand(const std::string& command)
{
    return FindCall(command).has_value();
}

std::string
GetShownDevice(const std::string& command)
{
    return FindCall(command)->argument.device;
}

void
Show(std::ostream& os, Ptr<Node> node, const std::string& command)
{
    const ShowCall call = *FindCall(command);
    call.command->print(os, node, call.argument);
}

std::string
GetShowPrompt(Ptr<const Node> node, const std::string& command)
{
    const bool isXorp = FindCall(command)->command->isXorp;
    return GetNodeName(node) + (isXorp ? "> show " : "# ") + command;
}

} // namespace ns3
