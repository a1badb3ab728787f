// SPDX-License-Identifier: GPL-2.0-only
// How a VTEP finds the others of its VNI. RFC 7348 §4.2: by a multicast group; RFC 7348 leaves room
// for control planes. Head-end replication sends a copy to each VTEP of a list.
#ifndef VXLAN_MULTICAST_VXLAN_REMOTE_DISCOVERY_H
#define VXLAN_MULTICAST_VXLAN_REMOTE_DISCOVERY_H

#include "ns3/ipv4-address.h"
#include "ns3/vxlan-fdb.h"

#include <functional>
#include <vector>

namespace ns3
{

/** Finds remote VTEPs: fills the default destinations and, if it knows addresses, permanent
 * entries. */
class VxlanRemoteDiscovery
{
  public:
    /** Joins (true) or leaves (false) a group on the underlay. */
    using Membership = std::function<void(Ipv4Address group, bool join)>;

    virtual ~VxlanRemoteDiscovery() = default;

    /** \param fdb the table to fill; it and \p membership are valid until Stop */
    virtual void Start(VxlanFdb& fdb, Membership membership) = 0;
    /** Takes back what Start and its successors have set. */
    virtual void Stop() = 0;
    /** \returns whether addresses are to be learned from frames. */
    virtual bool LearnsFromFrames() const;
};

/** All VTEPs of the VNI are members of one group (RFC 7348 §4.2). */
class VxlanGroupDiscovery : public VxlanRemoteDiscovery
{
  public:
    explicit VxlanGroupDiscovery(Ipv4Address group);
    void Start(VxlanFdb& fdb, Membership membership) override;
    void Stop() override;

  private:
    Ipv4Address m_group;
    VxlanFdb* m_fdb{nullptr};
    Membership m_membership;
};

/** The VTEPs are listed by hand: head-end replication. */
class VxlanHeadEndDiscovery : public VxlanRemoteDiscovery
{
  public:
    explicit VxlanHeadEndDiscovery(std::vector<Ipv4Address> remotes);
    void Start(VxlanFdb& fdb, Membership membership) override;
    void Stop() override;

  private:
    std::vector<Ipv4Address> m_remotes;
    VxlanFdb* m_fdb{nullptr};
};

} // namespace ns3

#endif
