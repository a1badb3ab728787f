// SPDX-License-Identifier: GPL-2.0-only
// `show msdp peer`, `show msdp sa` and `show bfd peers`, after FRR.
#ifndef VXLAN_MULTICAST_REDUNDANCY_SHOW_H
#define VXLAN_MULTICAST_REDUNDANCY_SHOW_H

#include "ns3/node.h"
#include "ns3/ptr.h"

#include <ostream>

namespace ns3
{

/** The peerings of a node and how many entries each has brought. */
void ShowMsdpPeer(std::ostream& os, Ptr<Node> node);
/** The SA cache, with this router's own sources. */
void ShowMsdpSa(std::ostream& os, Ptr<Node> node);
/** The BFD sessions of a node. */
void ShowBfdPeers(std::ostream& os, Ptr<Node> node);

} // namespace ns3

#endif
