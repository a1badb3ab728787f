// SPDX-License-Identifier: GPL-2.0-only
// RFC 4610 §2.
#include "ns3/pim-anycast-rp.h"

#include "ns3/pim-environment.h"

#include <algorithm>
#include <stdexcept>

namespace ns3
{

void
PimAnycastRp::Check() const
{
    if (rp.IsAny() || rp.IsMulticast() || rp.IsBroadcast())
    {
        throw std::invalid_argument("an Anycast-RP set needs the RP's unicast address");
    }
    if (members.empty())
    {
        throw std::invalid_argument("an Anycast-RP set needs an own address of each member");
    }
    for (const Ipv4Address member : members)
    {
        if (member == rp || member.IsAny() || member.IsMulticast() || member.IsBroadcast())
        {
            throw std::invalid_argument("a member of an Anycast-RP set needs a unicast address of "
                                        "its own beside the RP address");
        }
        if (std::count(members.begin(), members.end(), member) > 1)
        {
            throw std::invalid_argument("a member of an Anycast-RP set is named twice");
        }
    }
}

bool
PimAnycastRp::IsMember(Ipv4Address address) const
{
    return std::find(members.begin(), members.end(), address) != members.end();
}

Ipv4Address
PimAnycastRp::FindOwnAddress(const PimEnvironment& environment) const
{
    for (const Ipv4Address member : members)
    {
        if (environment.IsOwnAddress(member))
        {
            return member;
        }
    }
    return Ipv4Address::GetAny();
}

const PimAnycastRp*
FindPimAnycastRp(const std::vector<PimAnycastRp>& sets,
                 Ipv4Address rp,
                 const PimEnvironment& environment)
{
    for (const PimAnycastRp& set : sets)
    {
        if (set.rp == rp && set.members.size() > 1 && environment.IsOwnAddress(rp) &&
            !set.FindOwnAddress(environment).IsAny())
        {
            return &set;
        }
    }
    return nullptr;
}

} // namespace ns3
