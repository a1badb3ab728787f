// SPDX-License-Identifier: GPL-2.0-only
// What the interface and neighbour state machines of RFC 2328 need of the router around them.
#ifndef VXLAN_MULTICAST_OSPF_HOST_H
#define VXLAN_MULTICAST_OSPF_HOST_H

#include "ns3/ospf-packet.h"
#include "ns3/protocol-clock.h"

#include <optional>
#include <vector>

namespace ns3
{

class OspfInterface;
class OspfNeighbor;
enum class OspfInterfaceState : uint8_t;
enum class OspfNeighborState : uint8_t;

/** The router as its interfaces and neighbours see it; OspfInstance, or a test's recorder. */
class OspfHost
{
  public:
    virtual ~OspfHost() = default;

    virtual ProtocolClock& GetClock() = 0;
    virtual ProtocolRandom& GetRandom() = 0;
    virtual const OspfConstants& GetConstants() const = 0;
    virtual Ipv4Address GetRouterId() const = 0;
    /** \returns the Options (A.2) of \p area: the E-bit unless it is a stub. */
    virtual uint8_t GetOptions(Ipv4Address area) const = 0;

    /** Sends a packet out of \p interface. */
    virtual void Send(OspfInterface& interface, Ipv4Address destination, OspfPacket::Body body) = 0;
    /**
     * Sends LSAs of the database straight to \p neighbor (§10.7, §13.6).
     * \param packets how many packets it may take at most
     * \returns how many of \p keys are done with; all, unless \p packets were too few
     */
    virtual std::size_t SendLsas(OspfNeighbor& neighbor,
                                 const std::vector<OspfLsaKey>& keys,
                                 std::size_t packets) = 0;
    /** \returns the header of the database copy, with its age now. */
    virtual std::optional<OspfLsaHeader> FindLsa(Ipv4Address area, const OspfLsaKey& key) const = 0;
    /**
     * \returns the Database summary list of \p neighbor (§10.3, NegotiationDone); LSAs of MaxAge go
     * to its retransmission list instead.
     */
    virtual std::vector<OspfLsaHeader> SummarizeDatabase(OspfNeighbor& neighbor) = 0;

    virtual void InterfaceStateChanged(OspfInterface& interface, OspfInterfaceState old) = 0;
    /** The Designated Router or its backup is another. */
    virtual void DesignatedRouterChanged(OspfInterface& interface) = 0;
    virtual void NeighborStateChanged(OspfNeighbor& neighbor, OspfNeighborState old) = 0;
};

} // namespace ns3

#endif
