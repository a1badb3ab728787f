// SPDX-License-Identifier: GPL-2.0-only
// BGP EVPN as seen from outside: layout and wording after FRR's show commands.
#ifndef VXLAN_MULTICAST_EVPN_SHOW_H
#define VXLAN_MULTICAST_EVPN_SHOW_H

#include "ns3/mac48-address.h"
#include "ns3/node.h"

#include <cstdint>
#include <functional>
#include <ostream>
#include <string>

namespace ns3
{

/** `show bgp summary`: a line per peer, with the messages since the node began to speak. */
void ShowBgpSummary(std::ostream& os, Ptr<Node> node);

/** `show bgp l2vpn evpn`: all routes by Route Distinguisher, best ones marked. */
void ShowBgpEvpn(std::ostream& os, Ptr<Node> node);

/** \returns the name of the bridge port that a MAC address on this side is behind. */
using EvpnPortFinder = std::function<std::string(Mac48Address mac)>;

/** `show evpn mac vni N`: who has which MAC; sequence numbers are local/remote. */
void ShowEvpnMac(std::ostream& os, Ptr<Node> node, uint32_t vni, const EvpnPortFinder& findPort);
/** The same without names of ports: "-". */
void ShowEvpnMac(std::ostream& os, Ptr<Node> node, uint32_t vni);

/** `show evpn arp-cache vni N`: what ARP suppression answers from, and this side's addresses. */
void ShowEvpnArpCache(std::ostream& os, Ptr<Node> node, uint32_t vni);

} // namespace ns3

#endif
