// SPDX-License-Identifier: GPL-2.0-only
// What IGMP knows and PIM asks: who on an interface is a member of what. RFC 7761 §4.1.5 names the questions
// local_receiver_include and local_receiver_exclude.
#ifndef VXLAN_MULTICAST_GROUP_MEMBERSHIP_H
#define VXLAN_MULTICAST_GROUP_MEMBERSHIP_H

#include "ns3/ipv4-address.h"

#include <cstdint>
#include <functional>
#include <utility>
#include <vector>

namespace ns3
{

/** Group memberships on the interfaces of a router, as its IGMP querier side knows them. */
class GroupMembership
{
  public:
    virtual ~GroupMembership() = default;

    /** local_receiver_include(*,G,I): some member takes \p group from any source (EXCLUDE mode). */
    virtual bool LocalReceiverInclude(Ipv4Address group, uint32_t interface) const = 0;
    /** local_receiver_include(S,G,I): some member takes \p group from \p source by name. */
    virtual bool LocalReceiverInclude(Ipv4Address source,
                                      Ipv4Address group,
                                      uint32_t interface) const = 0;
    /** local_receiver_exclude(S,G,I): members in EXCLUDE mode, but none of them takes \p source. */
    virtual bool LocalReceiverExclude(Ipv4Address source,
                                      Ipv4Address group,
                                      uint32_t interface) const = 0;
    /** \returns the sources asked for by name (INCLUDE, or EXCLUDE's requested list) or excluded.
     */
    virtual std::vector<Ipv4Address> GetNamedSources(Ipv4Address group,
                                                     uint32_t interface) const = 0;
    /** \returns all (interface, group) with a member, in order. */
    virtual std::vector<std::pair<uint32_t, Ipv4Address>> GetGroups() const = 0;
    /** \p listener(interface, group) is called after each change of an answer above. */
    virtual void AddMembershipListener(std::function<void(uint32_t, Ipv4Address)> listener) = 0;
};

} // namespace ns3

#endif
