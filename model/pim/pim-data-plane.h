// SPDX-License-Identifier: GPL-2.0-only
// What PIM asks to be done with data packets, beyond entries of the forwarding cache: the two ends of
// the Register tunnel (RFC 7761 §4.4).
#ifndef VXLAN_MULTICAST_PIM_DATA_PLANE_H
#define VXLAN_MULTICAST_PIM_DATA_PLANE_H

#include "ns3/multicast-forwarder.h"

namespace ns3
{

/** Packets in and out of Registers. In the simulator the face does it, in a test a fake. */
class PimDataPlane
{
  public:
    virtual ~PimDataPlane() = default;

    /**
     * Sends the packet inside a Register. Its TTL has been decremented already.
     * \returns false when there is no route to \p rp
     */
    virtual bool SendRegister(const MulticastArrival& arrival,
                              Ipv4Address source,
                              Ipv4Address rp) = 0;
    /**
     * The same towards another member of the Anycast-RP set (RFC 4610); the TTL inside stays.
     * \param ttl of the Register itself
     */
    virtual void SendRegisterCopy(const MulticastArrival& arrival,
                                  bool nullRegister,
                                  Ipv4Address source,
                                  Ipv4Address member,
                                  uint8_t ttl) = 0;
    /** Sends a packet that came out of a Register along a route: TTL − 1, nothing at 0. */
    virtual void SendAlong(Ptr<const Ipv4MulticastRoute> route,
                           const MulticastArrival& arrival) = 0;
};

} // namespace ns3

#endif
