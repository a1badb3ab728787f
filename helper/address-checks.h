// SPDX-License-Identifier: GPL-2.0-only
// What the helpers refuse before it goes wrong without a word at run time.
#ifndef VXLAN_MULTICAST_ADDRESS_CHECKS_H
#define VXLAN_MULTICAST_ADDRESS_CHECKS_H

#include "ns3/ipv4-address.h"

#include <sstream>
#include <stdexcept>

namespace ns3
{

/** \throws std::invalid_argument for an address outside 224.0.0.0/4 */
inline void
RequireMulticast(Ipv4Address group)
{
    if (!group.IsMulticast())
    {
        std::ostringstream text;
        text << group << " is no multicast address, give one of 224.0.0.0/4";
        throw std::invalid_argument(text.str());
    }
}

/** \throws std::invalid_argument for a multicast or broadcast address and for 0.0.0.0 */
inline void
RequireUnicast(Ipv4Address address)
{
    if (address.IsMulticast() || address.IsBroadcast() || address.IsAny())
    {
        std::ostringstream text;
        text << address << " is no unicast address, give that of an interface";
        throw std::invalid_argument(text.str());
    }
}

} // namespace ns3

#endif
