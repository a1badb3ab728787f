// SPDX-License-Identifier: GPL-2.0-only
// What PIM's state machines may ask of their surroundings: interfaces, routes, time, randomness,
// and that a message be sent. In the simulator the face answers; in a test a fake does.
#ifndef VXLAN_MULTICAST_PIM_ENVIRONMENT_H
#define VXLAN_MULTICAST_PIM_ENVIRONMENT_H

#include "ns3/ipv4-address.h"
#include "ns3/pim-encoding.h"
#include "ns3/pim-message.h"
#include "ns3/protocol-clock.h"
#include "ns3/protocol-observer.h"
#include "ns3/rpf-tie.h"
#include "ns3/unicast-rib.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** An interface of the router, as PIM sees it. */
struct PimInterface
{
    uint32_t index{0};                          //!< ns-3's Ipv4 interface number
    std::string name;                           //!< what reports call it
    Ipv4Address address{Ipv4Address::GetAny()}; //!< the primary address: the source of Hellos
    Ipv4Mask mask{Ipv4Mask::GetZero()};
    std::vector<Ipv4Address> secondary; //!< in ascending order
    bool up{false};                     //!< up, and has an address
    bool enabled{true};                 //!< PIM runs here
    uint32_t mtu{1500};                 //!< bytes of IP packet
    uint32_t drPriority{1};             //!< RFC 7761 §4.3.2
    std::vector<Ipv4Prefix>
        scopeBorders; //!< admin-scope ranges that end at this interface (RFC 5059 §1.3)

    /** \returns true when PIM messages may be sent and received here. */
    bool IsActive() const
    {
        return up && enabled;
    }

    bool IsOwnAddress(Ipv4Address other) const
    {
        return other == address ||
               std::find(secondary.begin(), secondary.end(), other) != secondary.end();
    }

    /** \returns true when the zone of \p range ends here, so that its messages may not pass. */
    bool IsBorderOf(const Ipv4Prefix& range) const
    {
        return std::any_of(scopeBorders.begin(), scopeBorders.end(), [&](const Ipv4Prefix& border) {
            return border.Contains(range);
        });
    }
};

/** The surroundings of a PIM router. */
class PimEnvironment : public ProtocolObserver
{
  public:
    virtual ProtocolClock& GetClock() = 0;
    virtual ProtocolRandom& GetRandom() = 0;
    virtual UnicastRib& GetRib() = 0;

    /** \returns all interfaces but the loopback, by index. */
    virtual const std::map<uint32_t, PimInterface>& GetInterfaces() const = 0;

    /** \returns how RPF chooses among equal-cost next hops. */
    virtual RpfEcmp GetRpfEcmp() const = 0;

    /**
     * Sends out of \p interface with TTL 1.
     * \param source the source address; any: the interface's primary address
     */
    virtual void Send(const PimMessage& message,
                      uint32_t interface,
                      Ipv4Address destination = PimAllRouters(),
                      Ipv4Address source = Ipv4Address::GetAny()) = 0;
    /** Sends by the routing table. \returns false when there is no route: nothing was sent. */
    virtual bool SendUnicast(const PimMessage& message,
                             Ipv4Address source,
                             Ipv4Address destination) = 0;

    /** A neighbour has come, or is gone: what watches neighbours (BFD) may follow. */
    virtual void WatchNeighbor(uint32_t, Ipv4Address, bool)
    {
    }

    /** \returns the interface, or nullptr when there is none of that index. */
    const PimInterface* FindInterface(uint32_t index) const
    {
        auto it = GetInterfaces().find(index);
        return it == GetInterfaces().end() ? nullptr : &it->second;
    }

    /** \returns the least MTU of the interfaces that PIM runs on, in bytes of IP packet. */
    uint32_t GetLeastMtu() const
    {
        uint32_t mtu = UINT16_MAX;
        for (const auto& [index, interface] : GetInterfaces())
        {
            mtu = interface.IsActive() ? std::min(mtu, interface.mtu) : mtu;
        }
        return mtu;
    }

    /** \returns true when \p address is one of this router's own, on any interface that is up. */
    bool IsOwnAddress(Ipv4Address address) const
    {
        for (const auto& [index, interface] : GetInterfaces())
        {
            if (interface.up && interface.IsOwnAddress(address))
            {
                return true;
            }
        }
        return false;
    }
};

} // namespace ns3

#endif
