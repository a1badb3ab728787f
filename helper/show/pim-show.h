// SPDX-License-Identifier: GPL-2.0-only
// What xorpsh prints of PIM (`show pim …`), and `ip mroute` after iproute2.
#ifndef VXLAN_MULTICAST_PIM_SHOW_H
#define VXLAN_MULTICAST_PIM_SHOW_H

#include "ns3/ipv4-address.h"
#include "ns3/node.h"

#include <iosfwd>
#include <string>

namespace ns3
{

/** \returns the output of `show pim neighbors`; a line that says so where PIM does not run. */
std::string ShowPimNeighbors(Ptr<Node> node);
/** \returns the output of `show pim interface`. */
std::string ShowPimInterface(Ptr<Node> node);
/** \returns the output of `show pim bootstrap`. */
std::string ShowPimBootstrap(Ptr<Node> node);
/** \returns the output of `show pim rps`. \param group only the RP that serves it; any: all */
std::string ShowPimRps(Ptr<Node> node, Ipv4Address group = Ipv4Address::GetAny());
/**
 * \returns the output of `show pim join`: sets of interfaces are drawn as a letter each, O for a
 * member and a dot for another, in the order of `show pim interface`, the Register tunnel last.
 * (*,*,RP) state, which XORP shows and RFC 7761 has no longer, is drawn as nowhere.
 * \param group only its entries; any: all
 */
std::string ShowPimJoin(Ptr<Node> node, Ipv4Address group = Ipv4Address::GetAny());
/** \returns the output of `show pim mfc`. \param group only its entries; any: all */
std::string ShowPimMfc(Ptr<Node> node, Ipv4Address group = Ipv4Address::GetAny());
/** \returns the output of `show pim df`: the Designated Forwarders of bidirectional PIM. */
std::string ShowPimDf(Ptr<Node> node);
/** \returns the output of `ip mroute`. */
std::string ShowIpMroute(Ptr<Node> node);

/** \name The same into a stream, as the other protocols' */
/**@{*/
void ShowPimNeighbors(std::ostream& os, Ptr<Node> node);
void ShowPimInterface(std::ostream& os, Ptr<Node> node);
void ShowPimBootstrap(std::ostream& os, Ptr<Node> node);
void ShowPimRps(std::ostream& os, Ptr<Node> node, Ipv4Address group = Ipv4Address::GetAny());
void ShowPimJoin(std::ostream& os, Ptr<Node> node, Ipv4Address group = Ipv4Address::GetAny());
void ShowPimMfc(std::ostream& os, Ptr<Node> node, Ipv4Address group = Ipv4Address::GetAny());
void ShowPimDf(std::ostream& os, Ptr<Node> node);
void ShowIpMroute(std::ostream& os, Ptr<Node> node);
/**@}*/

} // namespace ns3

#endif
