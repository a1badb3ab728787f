// SPDX-License-Identifier: GPL-2.0-only
// What the actions `join` and `leave` have in common.
#ifndef VXLAN_MULTICAST_MEMBERSHIP_H
#define VXLAN_MULTICAST_MEMBERSHIP_H

#include "ns3/action-reader.h"
#include "ns3/ipv4-address.h"

#include <string>
#include <vector>

namespace ns3
{

/** Who joins or leaves what. */
struct MembershipSpec
{
    std::vector<std::string> nodes;
    Ipv4Address group;
    std::string interface;            //!< of each; empty: the first (join), every one (leave)
    std::vector<Ipv4Address> sources; //!< empty: any (join), all (leave)
};

/**
 * \returns the membership that an action names.
 * \param moreKeys what else the action may have, each with a blank before it
 * \throws InputError
 */
MembershipSpec ReadMembership(const ActionReader& reader, const std::string& moreKeys = "");

} // namespace ns3

#endif
