// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/interface-names.h"

#include "ns3/loopback-net-device.h"
#include "ns3/names.h"

#include <set>
#include <stdexcept>

namespace ns3
{

std::string
GetNodeName(Ptr<const Node> node)
{
    const std::string name = Names::FindName(ConstCast<Node>(node));
    return name.empty() ? "node" + std::to_string(node->GetId()) : name;
}

std::string
GetInterfaceName(Ptr<Node> node, uint32_t interface)
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    if (interface >= ipv4->GetNInterfaces())
    {
        return "if" + std::to_string(interface);
    }
    Ptr<NetDevice> device = ipv4->GetNetDevice(interface);
    std::string name = Names::FindName(device);
    if (!name.empty())
    {
        return name;
    }
    return DynamicCast<LoopbackNetDevice>(device) ? "lo" : "if" + std::to_string(interface);
}

std::optional<uint32_t>
FindInterface(Ptr<Node> node, const std::string& name)
{
    // From the last: a loopback of the node's own may be called lo, as 127.0.0.1 is without a name.
    for (uint32_t interface = node->GetObject<Ipv4>()->GetNInterfaces(); interface > 0; --interface)
    {
        if (GetInterfaceName(node, interface - 1) == name)
        {
            return interface - 1;
        }
    }
    return std::nullopt;
}

uint32_t
GetInterfaceOrFirst(Ptr<Node> node, const std::string& name)
{
    return name.empty() ? 1 : FindInterface(node, name).value_or(1);
}

void
RequireInterface(Ptr<Node> node, uint32_t interface)
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    const uint32_t count = ipv4 ? ipv4->GetNInterfaces() : 0;
    if (interface == 0 || interface >= count)
    {
        throw std::invalid_argument(
            GetNodeName(node) + " has no interface " + std::to_string(interface) +
            (count > 1 ? ", its interfaces are 1 to " + std::to_string(count - 1)
                       : ", give it one first"));
    }
}

std::string
JoinInterfaceNames(Ptr<Node> node, const InterfaceSet& interfaces)
{
    std::set<std::string> names;
    interfaces.ForEach(
        [&](uint32_t interface) { names.insert(GetInterfaceName(node, interface)); });
    std::string joined;
    for (const std::string& name : names)
    {
        joined += (joined.empty() ? "" : " ") + name;
    }
    return joined;
}

} // namespace ns3
