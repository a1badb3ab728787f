// SPDX-License-Identifier: GPL-2.0-only
// RFC 4610 §2: Anycast-RP sets, as they are configured.
#ifndef VXLAN_MULTICAST_PIM_ANYCAST_RP_H
#define VXLAN_MULTICAST_PIM_ANYCAST_RP_H

#include "ns3/ipv4-address.h"

#include <vector>

namespace ns3
{

class PimEnvironment;

/** An Anycast-RP set (RFC 4610 §2), configured alike on all its members. */
struct PimAnycastRp
{
    Ipv4Address rp{Ipv4Address::GetAny()}; //!< the RP address, which all members have
    std::vector<Ipv4Address> members;      //!< an address of each member, which it alone has

    /** \throws std::invalid_argument with what is wrong */
    void Check() const;
    bool IsMember(Ipv4Address address) const;
    /** \returns this router's address in the set; any when it is no member. */
    Ipv4Address FindOwnAddress(const PimEnvironment& environment) const;
};

/** \returns the set of \p rp that this router is a member of, with others; or nullptr. */
const PimAnycastRp* FindPimAnycastRp(const std::vector<PimAnycastRp>& sets,
                                     Ipv4Address rp,
                                     const PimEnvironment& environment);

} // namespace ns3

#endif
