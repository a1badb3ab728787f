// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/captures.h"

#include "ns3/text.h"

#include <algorithm>
#include <set>
#include <stdexcept>

namespace ns3
{

CaptureList
ParsePcap(const std::string& text, const TopologyGraph& topology, const Scenario& scenario)
{
    const auto& devices = scenario.vxlanDevices;
    CaptureList list;
    for (const std::string& item : SplitWords(text))
    {
        const std::vector<std::string> parts = SplitAt(item, ':');
        if (parts.size() != 2 || parts[0].empty() || parts[1].empty())
        {
            throw std::invalid_argument("'" + item +
                                        "' is no NODE:INTERFACE, write r1:eth0 or r1:*");
        }
        const auto node = topology.FindNode(parts[0]);
        const bool isTenant = scenario.tenants.count(parts[0]) != 0;
        if (!node && !isTenant && parts[0] != "*")
        {
            throw std::invalid_argument("unknown node '" + parts[0] +
                                        "', give one of the topology, or *");
        }
        const bool isOfTenant = isTenant && (parts[1] == "*" || parts[1] == "eth0");
        if ((isTenant && !isOfTenant) ||
            (node && parts[1] != "*" && !topology.FindInterface(*node, parts[1]) &&
             devices.count({parts[0], parts[1]}) == 0))
        {
            throw std::invalid_argument(parts[0] + " has no interface '" + parts[1] +
                                        "', give one that it has, or *");
        }
        list.emplace_back(parts[0], parts[1]);
    }
    const std::vector<std::string> files = ListCaptureFiles(list, topology, scenario);
    const auto twice = std::adjacent_find(files.begin(), files.end());
    if (twice != files.end())
    {
        throw std::invalid_argument("two interfaces would be captured in " + *twice +
                                    ", name one of them");
    }
    return list;
}

bool
IsCaptured(const CaptureList& list, const std::string& node, const std::string& interface)
{
    return std::any_of(list.begin(), list.end(), [&](const auto& item) {
        return (item.first == "*" || item.first == node) &&
               (item.second == "*" || item.second == interface);
    });
}

std::string
GetCaptureFile(const std::string& node, const std::string& interface)
{
    return node + "-" + interface + ".pcap";
}

std::vector<std::string>
ListCaptureFiles(const CaptureList& list, const TopologyGraph& topology, const Scenario& scenario)
{
    if (list.empty())
    {
        return {};
    }
    std::set<std::pair<std::string, std::string>> devices = scenario.vxlanDevices;
    for (const TopologyAttachment& attachment : topology.attachments)
    {
        devices.insert({topology.nodes[attachment.node].name, attachment.interface});
    }
    for (const std::string& tenant : scenario.tenants)
    {
        devices.insert({tenant, "eth0"});
    }
    std::vector<std::string> files;
    for (const auto& [node, interface] : devices)
    {
        if (IsCaptured(list, node, interface))
        {
            files.push_back(GetCaptureFile(node, interface));
        }
    }
    std::sort(files.begin(), files.end());
    return files;
}

} // namespace ns3
