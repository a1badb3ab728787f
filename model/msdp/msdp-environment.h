// SPDX-License-Identifier: GPL-2.0-only
// All that MSDP may ask of its surroundings: time, TCP connections, routes, and the sources that
// PIM knows. MsdpProtocol answers in the simulator, a fake in tests.
#ifndef VXLAN_MULTICAST_MSDP_ENVIRONMENT_H
#define VXLAN_MULTICAST_MSDP_ENVIRONMENT_H

#include "ns3/ipv4-address.h"
#include "ns3/msdp-message.h"
#include "ns3/protocol-clock.h"
#include "ns3/protocol-observer.h"
#include "ns3/source-group.h"
#include "ns3/unicast-rib.h"

#include <cstdint>
#include <vector>

namespace ns3
{

/** The events of a speaker, for users. */
enum class MsdpEvent : uint8_t
{
    SESSION_UP,
    SESSION_DOWN,
    SOURCE_ACTIVE, //!< an (S,G) of another RP comes into the SA cache
    SOURCE_GONE    //!< it leaves it
};

template <>
struct EnumNames<MsdpEvent>
{
    static constexpr const char* NAMES[] = {"session-up",
                                            "session-down",
                                            "source-active",
                                            "source-gone"};
};

/** The surroundings of one speaker. */
class MsdpEnvironment : public ProtocolObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;

    /**
     * Starts a TCP connection to port 639. Its outcome comes later, never from inside this call:
     * MsdpInstance::ConnectionOpened or ConnectionClosed.
     * \returns a number other than 0, not used before
     */
    virtual uint64_t OpenConnection(Ipv4Address local, Ipv4Address peer) = 0;
    /** Ends a connection or an attempt; nothing more comes from it. */
    virtual void CloseConnection(uint64_t connection) = 0;
    virtual void Send(uint64_t connection, Ipv4Address peer, const MsdpMessage& message) = 0;

    /** \returns the route to \p destination, a connected one for an own address; or nullptr. */
    virtual const UnicastRoute* FindRoute(Ipv4Address destination) const = 0;

    /** \returns the sources that register with this router. */
    virtual std::vector<SourceGroup> GetRegisteredSources() const = 0;
    /** The SA cache has a source, or has it no longer. */
    virtual void SetExternalSource(const SourceGroup& key, bool active) = 0;

    /** A whole TLV of \p peer has come; what is reported next concerns it. */
    virtual void ReportReceived(Ipv4Address peer, const std::vector<uint8_t>& message) = 0;
};

} // namespace ns3

#endif
