// SPDX-License-Identifier: GPL-2.0-only
// What an EvpnInstance may ask of its surroundings: time, TCP connections, the underlay's routes
// and the VTEP's tables. EvpnProtocol answers in the simulator, a fake in tests.
#ifndef VXLAN_MULTICAST_EVPN_ENVIRONMENT_H
#define VXLAN_MULTICAST_EVPN_ENVIRONMENT_H

#include "ns3/evpn-vtep-tables.h"
#include "ns3/ipv4-address.h"
#include "ns3/protocol-clock.h"
#include "ns3/protocol-observer.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/**
 * The surroundings of one BGP speaker. Events are `session-up`, `session-down`, `mac-move`,
 * `duplicate-mac`, `sticky-mac`.
 */
class EvpnEnvironment : public ProtocolObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;

    /**
     * Starts a TCP connection to port 179 of \p peer. Its outcome comes later, never from inside
     * this call: EvpnInstance::ConnectionOpened or ConnectionClosed.
     * \returns a number other than 0, not used before
     */
    virtual uint64_t OpenConnection(Ipv4Address peer) = 0;
    /** Ends a connection or an attempt, gracefully (FIN); nothing more comes from it. One that is
     * gone is no error. */
    virtual void CloseConnection(uint64_t connection) = 0;
    /** Sends one whole message to \p peer. */
    virtual void Send(uint64_t connection,
                      Ipv4Address peer,
                      const std::vector<uint8_t>& message) = 0;

    /** \returns the underlay's metric towards \p destination; none without a route. */
    virtual std::optional<uint32_t> GetMetric(Ipv4Address destination) const = 0;

    /** \returns the tables of a VNI's device, from AddVni to RemoveVni. */
    virtual EvpnVtepTables& GetTables(uint32_t vni) = 0;

    /** A message of \p peer has arrived; what is reported next concerns it. */
    virtual void ReportReceived(Ipv4Address peer, const std::vector<uint8_t>& message) = 0;
};

} // namespace ns3

#endif
