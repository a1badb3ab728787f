// SPDX-License-Identifier: GPL-2.0-only
// Receivers of a multicast stream that join and leave with their applications.
#ifndef VXLAN_MULTICAST_MULTICAST_SINK_HELPER_H
#define VXLAN_MULTICAST_MULTICAST_SINK_HELPER_H

#include "ns3/application-container.h"
#include "ns3/ipv4-address.h"
#include "ns3/node-container.h"

#include <cstdint>

namespace ns3
{

/**
 * Installs a PacketSink (UDP) on a group's address, and beside it the IgmpMember that joins the group: ns-3's
 * sink alone receives nothing, because nobody asks the network for the group.
 */
class MulticastSinkHelper
{
  public:
    /**
     * \param group a multicast address
     * \param port the UDP port
     * \param interface the Ipv4 interface that joins
     * \throws std::invalid_argument for an address that is not multicast
     */
    MulticastSinkHelper(Ipv4Address group, uint16_t port, uint32_t interface = 1);

    /**
     * Start and Stop of the container make its nodes members and end their membership.
     * \returns for each node its PacketSink and then its IgmpMember
     */
    ApplicationContainer Install(const NodeContainer& nodes) const;

  private:
    Ipv4Address m_group;
    uint16_t m_port;
    uint32_t m_interface;
};

} // namespace ns3

#endif
