// SPDX-License-Identifier: GPL-2.0-only
// Unnumbered links: a point-to-point interface borrows the address of a loopback (RFC 1812
// §2.2.7), which therefore stands on several interfaces of a node.
#ifndef VXLAN_MULTICAST_BORROWED_ADDRESS_H
#define VXLAN_MULTICAST_BORROWED_ADDRESS_H

#include "ns3/ipv4.h"
#include "ns3/net-device.h"

#include <cstdint>

namespace ns3
{

/**
 * \returns whether the address of that \p index on \p interface is another interface's: a host
 * address on a link of two. Such an address makes no route to a connected network.
 */
inline bool
IsBorrowedAddress(Ptr<Ipv4> ipv4, uint32_t interface, uint32_t index)
{
    return ipv4->GetNetDevice(interface)->IsPointToPoint() &&
           ipv4->GetAddress(interface, index).GetMask() == Ipv4Mask::GetOnes();
}

/** \returns the interface that \p address belongs to, rather than one that borrows it; or -1. */
inline int32_t
FindInterfaceOfAddress(Ptr<Ipv4> ipv4, Ipv4Address address)
{
    int32_t borrower = -1;
    for (uint32_t interface = 0; interface < ipv4->GetNInterfaces(); ++interface)
    {
        for (uint32_t index = 0; index < ipv4->GetNAddresses(interface); ++index)
        {
            if (ipv4->GetAddress(interface, index).GetLocal() != address)
            {
                continue;
            }
            if (!IsBorrowedAddress(ipv4, interface, index))
            {
                return static_cast<int32_t>(interface);
            }
            borrower = borrower < 0 ? static_cast<int32_t>(interface) : borrower;
        }
    }
    return borrower;
}

} // namespace ns3

#endif
