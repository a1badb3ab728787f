// SPDX-License-Identifier: GPL-2.0-only
// An application that is a member of a group while it runs. ns-3's UdpSocket::MulticastJoinGroup
// reports success and does nothing; this joins by IGMP.
#ifndef VXLAN_MULTICAST_IGMP_MEMBER_H
#define VXLAN_MULTICAST_IGMP_MEMBER_H

#include "ns3/application.h"
#include "ns3/class-log.h"
#include "ns3/igmp-reception-state.h"
#include "ns3/ipv4-address.h"

namespace ns3
{

/**
 * Joins when it starts and leaves when it stops (RFC 3376 §2). It receives nothing itself: beside
 * it, a PacketSink on the group's address does. The node must have an IgmpProtocol.
 */
class IgmpMember : public Application
{
  public:
    static TypeId GetTypeId();

    /** \param sources the only ones wanted (IGMPv3 INCLUDE); none: all. Takes effect at the start. */
    void SetSources(IgmpSourceSet sources);

  private:
    NS_LOG_CLASS_DECLARE;

    void StartApplication() override;
    void StopApplication() override;
    void Listen(const IgmpFilter& filter);

    Ipv4Address m_group;
    uint32_t m_interface;
    IgmpSourceSet m_sources;
};

} // namespace ns3

#endif
