// SPDX-License-Identifier: GPL-2.0-only
// What nodes and interfaces are called in every output: ns-3's object names ("r1", "r1/eth0").
#ifndef VXLAN_MULTICAST_INTERFACE_NAMES_H
#define VXLAN_MULTICAST_INTERFACE_NAMES_H

#include "ns3/interface-set.h"
#include "ns3/ipv4.h"
#include "ns3/node.h"

#include <cstdint>
#include <optional>
#include <string>

namespace ns3
{

/** \returns the node's name in ns3::Names, or "nodeN". */
std::string GetNodeName(Ptr<const Node> node);
/** \returns the name of Ipv4 interface \p interface: its device's last name in ns3::Names, "lo", or
 * "ifN". */
std::string GetInterfaceName(Ptr<Node> node, uint32_t interface);
/** \returns the Ipv4 interface number of the interface called \p name. */
std::optional<uint32_t> FindInterface(Ptr<Node> node, const std::string& name);
/** \returns the interface called \p name; the first, which is no loopback, if \p name is empty. */
uint32_t GetInterfaceOrFirst(Ptr<Node> node, const std::string& name);
/** \throws std::invalid_argument unless \p interface is one of the node's, the loopback not counted */
void RequireInterface(Ptr<Node> node, uint32_t interface);
/** \returns the names of \p interfaces, sorted, with a space between. */
std::string JoinInterfaceNames(Ptr<Node> node, const InterfaceSet& interfaces);

} // namespace ns3

#endif
