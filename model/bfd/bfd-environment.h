// SPDX-License-Identifier: GPL-2.0-only
// All that BFD may ask of the node around it. BfdProtocol is the environment in the simulator; a
// test has a recorder.
#ifndef VXLAN_MULTICAST_BFD_ENVIRONMENT_H
#define VXLAN_MULTICAST_BFD_ENVIRONMENT_H

#include "ns3/bfd-packet.h"
#include "ns3/ipv4-address.h"
#include "ns3/protocol-clock.h"
#include "ns3/protocol-observer.h"

#include <cstdint>
#include <ostream>
#include <tuple>

namespace ns3
{

/** Names a session: RFC 5881 §3 has one between two systems on an interface. */
struct BfdSessionKey
{
    uint32_t interface {
        0
    }; //!< ns-3's Ipv4 interface number
    Ipv4Address neighbor{Ipv4Address::GetAny()};

    friend bool operator<(const BfdSessionKey& a, const BfdSessionKey& b)
    {
        return std::tie(a.interface, a.neighbor) < std::tie(b.interface, b.neighbor);
    }

    /** \returns what it consists of, for KeyHash. */
    auto GetFields() const
    {
        return std::tie(interface, neighbor);
    }

    friend bool operator==(const BfdSessionKey& a, const BfdSessionKey& b)
    {
        return a.interface == b.interface && a.neighbor == b.neighbor;
    }

    friend std::ostream& operator<<(std::ostream& os, const BfdSessionKey& key)
    {
        return os << key.neighbor << " " << key.interface;
    }
};

/** The events of a session, for users. */
enum class BfdEvent : uint8_t
{
    SESSION_UP,
    SESSION_DOWN
};

template <>
struct EnumNames<BfdEvent>
{
    static constexpr const char* NAMES[] = {"session-up", "session-down"};
};

/** The node around BFD. */
class BfdEnvironment : public ProtocolObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;
    virtual ProtocolRandom& GetRandom() = 0;
    /** Sends to the neighbour's address out of the session's interface, with TTL 255. */
    virtual void Send(const BfdSessionKey& session,
                      uint16_t sourcePort,
                      const BfdPacket& packet) = 0;
    /** A session that was Up has failed: neither end has switched it off (RFC 5882 §3.2). */
    virtual void NeighborDown(const BfdSessionKey& session) = 0;
    /** \returns what reports call an interface. */
    virtual std::string GetInterfaceName(uint32_t interface) const = 0;
};

} // namespace ns3

#endif
