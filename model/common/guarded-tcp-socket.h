// SPDX-License-Identifier: GPL-2.0-only
// ns-3's TCP sockets without two of their faults.
#ifndef VXLAN_MULTICAST_GUARDED_TCP_SOCKET_H
#define VXLAN_MULTICAST_GUARDED_TCP_SOCKET_H

#include "ns3/ipv4-address.h"
#include "ns3/node.h"
#include "ns3/socket.h"

namespace ns3
{

/**
 * \returns a TCP socket that does not probe a closed window until EnableTcpProbes. Before there is a
 * connection ns-3's sockets take a stray RST for one with a window of 0 and crash when they would
 * probe it, having no data.
 */
Ptr<Socket> CreateTcpSocket(Ptr<Node> node);

/** \param socket one that is connected now, or was accepted by one of CreateTcpSocket */
void EnableTcpProbes(Ptr<Socket> socket);

/**
 * Makes \p local the source of what a TCP socket of \p node sends to \p remote: ns-3's TCP takes the
 * source of the route, whatever its socket is bound to. Nothing when \p local is any.
 */
void SetTcpSource(Ptr<Node> node, Ipv4Address remote, Ipv4Address local);

} // namespace ns3

#endif
