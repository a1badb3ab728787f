// SPDX-License-Identifier: GPL-2.0-only
// What the map server's machines and the VTEPs' may ask of their surroundings.
#ifndef VXLAN_MULTICAST_MAP_ENVIRONMENT_H
#define VXLAN_MULTICAST_MAP_ENVIRONMENT_H

#include "ns3/control-messages.h"
#include "ns3/map-message.h"
#include "ns3/packet.h"
#include "ns3/protocol-clock.h"
#include "ns3/protocol-observer.h"

#include <vector>

namespace ns3
{

/** Both ends: UDP port 4342. */
class MapEnvironment : public ProtocolObserver, public ControlMessageObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;
    virtual ProtocolRandom& GetRandom() = 0;
    virtual void SendMap(Ipv4Address destination,
                         uint16_t port,
                         const std::vector<uint8_t>& bytes) = 0;
};

/** A VTEP's end. */
class MapXtrEnvironment : public MapEnvironment
{
  public:
    /** A MAC of the instance is behind \p vtep. */
    virtual void SetMapping(uint32_t instance, Mac48Address mac, Ipv4Address vtep) = 0;
    virtual void RemoveMapping(uint32_t instance, Mac48Address mac) = 0;
    /** Broadcasts of the instance go to \p vtep as well. */
    virtual void AddFloodVtep(uint32_t instance, Ipv4Address vtep) = 0;
    virtual void RemoveFloodVtep(uint32_t instance, Ipv4Address vtep) = 0;
    /** Sends a frame to one VTEP. */
    virtual void SendFrame(uint32_t instance, Ptr<const Packet> frame, Ipv4Address vtep) = 0;
    /** Sends a frame to the VTEPs of AddFloodVtep. */
    virtual void FloodFrame(uint32_t instance, Ptr<const Packet> frame) = 0;
    /** Answers the ARP request that \p frame is. */
    virtual void AnswerArp(uint32_t instance, Ptr<const Packet> frame, Mac48Address mac) = 0;
    /** A MAC that was on this side is behind another VTEP now. */
    virtual void ForgetLocal(uint32_t instance, Mac48Address mac) = 0;
};

} // namespace ns3

#endif
