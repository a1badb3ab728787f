// SPDX-License-Identifier: GPL-2.0-only
// What the interface and neighbour machines of RFC 2328 may ask of the router that they are part
// of, and what they report to it. OspfInstance is the context; a test has a recorder.
#ifndef VXLAN_MULTICAST_OSPF_CONTEXT_H
#define VXLAN_MULTICAST_OSPF_CONTEXT_H

#include "ns3/ospf-environment.h"

#include <optional>
#include <vector>

namespace ns3
{

class OspfInterface;
class OspfLink;
class OspfNeighbor;
enum class OspfInterfaceState : uint8_t;
enum class OspfNeighborState : uint8_t;

/** The router as its interfaces and neighbours see it. */
class OspfContext
{
  public:
    virtual ~OspfContext() = default;

    virtual ProtocolClock& GetClock() = 0;
    virtual ProtocolRandom& GetRandom() = 0;
    virtual ProtocolObserver& GetObserver() = 0;
    virtual const OspfConfig& GetConfig() const = 0;
    virtual OspfId GetRouterId() const = 0;
    /** \returns the Options (A.2) of \p area: the E-bit unless it is a stub. */
    virtual uint8_t GetOptions(OspfId area) const = 0;

    /** Sends a packet out of the interface \p link. */
    virtual void Send(const OspfLink& link, Ipv4Address destination, OspfPacket::Body body) = 0;
    /**
     * Sends LSAs of the database straight to \p neighbor (§10.7, §13.6).
     * \param neighbor where to
     * \param keys of the LSAs
     * \param packets how many packets it may take at most
     * \returns how many of \p keys are done with; all, unless \p packets were too few
     */
    virtual std::size_t SendLsas(OspfNeighbor& neighbor,
                                 const std::vector<OspfLsaKey>& keys,
                                 std::size_t packets) = 0;
    /** \returns the header of the database copy, with its age now. */
    virtual std::optional<OspfLsaHeader> FindLsa(OspfId area, const OspfLsaKey& key) const = 0;
    /**
     * \returns the Database summary list of \p neighbor (§10.3, NegotiationDone); LSAs of MaxAge go
     * to its retransmission list instead.
     */
    virtual std::vector<OspfLsaHeader> SummarizeDatabase(OspfNeighbor& neighbor) = 0;

    virtual void InterfaceStateChanged(OspfInterface& interface, OspfInterfaceState old) = 0;
    /** The Designated Router or its backup has changed. */
    virtual void DesignatedRouterChanged(OspfInterface& interface) = 0;
    virtual void NeighborStateChanged(OspfNeighbor& neighbor, OspfNeighborState old) = 0;
};

} // namespace ns3

#endif
