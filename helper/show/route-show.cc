// SPDX-License-Identifier: GPL-2.0-only
// Wording and spacing are iproute2 6.1's, trailing spaces included.
#include "ns3/route-show.h"

#include "ns3/interface-names.h"
#include "ns3/ipv4.h"
#include "ns3/printed.h"
#include "ns3/unicast-rib.h"

#include <string>

namespace ns3
{

namespace
{

/** \returns a destination as iproute2 writes it: a host's without its length. */
std::string
GetDestinationText(const Ipv4Prefix& prefix)
{
    if (prefix.GetLength() == 0)
    {
        return "default";
    }
    return prefix.GetLength() == 32 ? ToText(prefix.GetAddress()) : prefix.ToString();
}

/** \returns the address of \p node on \p interface that is in \p prefix; any if none is. */
Ipv4Address
FindOwnAddress(Ptr<Ipv4> ipv4, uint32_t interface, const Ipv4Prefix& prefix)
{
    for (uint32_t i = 0; i < ipv4->GetNAddresses(interface); ++i)
    {
        const Ipv4Address address = ipv4->GetAddress(interface, i).GetLocal();
        if (prefix.Contains(address))
        {
            return address;
        }
    }
    return Ipv4Address::GetAny();
}

void
PrintConnectedRoute(std::ostream& os, Ptr<Node> node, const Ipv4Prefix& prefix, uint32_t interface)
{
    const Ipv4Address own = FindOwnAddress(node->GetObject<Ipv4>(), interface, prefix);
    os << GetDestinationText(prefix) << " dev " << GetInterfaceName(node, interface)
       << " proto kernel scope link ";
    own.IsAny() ? void() : void(os << "src " << own << ' ');
    os << '\n';
}

void
PrintRoute(std::ostream& os, Ptr<Node> node, const UnicastRoute& route)
{
    if (route.IsConnected())
    {
        PrintConnectedRoute(os, node, route.prefix, route.nextHops.front().interface);
        return;
    }
    os << GetDestinationText(route.prefix);
    const auto printHop = [&](const UnicastNextHop& hop) {
        os << " via " << hop.gateway << " dev " << GetInterfaceName(node, hop.interface);
    };
    route.nextHops.size() == 1 ? printHop(route.nextHops.front()) : void();
    os << " proto " << EnumName(route.protocol) << " metric " << route.metric << " \n";
    for (const UnicastNextHop& hop : route.nextHops)
    {
        if (route.nextHops.size() > 1)
        {
            os << "\tnexthop";
            printHop(hop);
            os << " weight 1 \n";
        }
    }
}

} // namespace

void
ShowIpRoute(std::ostream& os, Ptr<Node> node)
{
    Ptr<Ipv4> ipv4 = node->GetObject<Ipv4>();
    if (const UnicastRib* rib = FindUnicastRib(ipv4))
    {
        for (const UnicastRoute& route : rib->GetRoutes())
        {
            PrintRoute(os, node, route);
        }
        return;
    }
    for (uint32_t i = 1; i < ipv4->GetNInterfaces(); ++i)
    {
        for (uint32_t j = 0; ipv4->IsUp(i) && j < ipv4->GetNAddresses(i); ++j)
        {
            const Ipv4InterfaceAddress address = ipv4->GetAddress(i, j);
            PrintConnectedRoute(
                os,
                node,
                Ipv4Prefix(address.GetLocal(),
                           static_cast<uint8_t>(address.GetMask().GetPrefixLength())),
                i);
        }
    }
}

} // namespace ns3
