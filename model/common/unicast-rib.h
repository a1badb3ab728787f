// SPDX-License-Identifier: GPL-2.0-only
// The unicast routing information that multicast routing needs and ns-3's Ipv4RoutingProtocol does
// not give: metric, preference, the equal-cost set, and notice of changes.
#ifndef VXLAN_MULTICAST_UNICAST_RIB_H
#define VXLAN_MULTICAST_UNICAST_RIB_H

#include "ns3/enum-names.h"
#include "ns3/interned.h"
#include "ns3/ipv4-address.h"
#include "ns3/ipv4-prefix.h"
#include "ns3/ptr.h"

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <vector>

namespace ns3
{

class Ipv4;

/** A next hop towards a prefix. */
struct UnicastNextHop
{
    uint32_t interface = 0;                     //!< ns-3's Ipv4 interface number
    Ipv4Address gateway{Ipv4Address::GetAny()}; //!< any when the prefix is connected

    friend bool operator==(const UnicastNextHop& a, const UnicastNextHop& b)
    {
        return a.interface == b.interface && a.gateway == b.gateway;
    }

    /** By gateway address, then interface: the order that RpfEcmp relies on. */
    friend bool operator<(const UnicastNextHop& a, const UnicastNextHop& b)
    {
        return a.gateway == b.gateway ? a.interface < b.interface : a.gateway < b.gateway;
    }
};

/** The equal-cost next hops of a route, sorted, each once. Routes with the same ones share them. */
class UnicastNextHops
{
  public:
    using List = std::vector<UnicastNextHop>;
    using value_type = UnicastNextHop;
    using const_iterator = List::const_iterator;
    using iterator = const_iterator;

    UnicastNextHops() = default;
    UnicastNextHops(List hops);
    UnicastNextHops(std::initializer_list<UnicastNextHop> hops);

    void Add(const UnicastNextHop& hop);
    void Add(const UnicastNextHops& others);
    /** Keeps the first \p count of them. */
    void Truncate(std::size_t count);

    const_iterator begin() const
    {
        return m_hops.Get().begin();
    }

    const_iterator end() const
    {
        return m_hops.Get().end();
    }

    std::size_t size() const
    {
        return m_hops.Get().size();
    }

    bool empty() const
    {
        return m_hops.Get().empty();
    }

    const UnicastNextHop& front() const
    {
        return m_hops.Get().front();
    }

    const UnicastNextHop& back() const
    {
        return m_hops.Get().back();
    }

    const UnicastNextHop& operator[](std::size_t index) const
    {
        return m_hops.Get()[index];
    }

    friend bool operator==(const UnicastNextHops& a, const UnicastNextHops& b)
    {
        return a.m_hops == b.m_hops;
    }

  private:
    struct Hash
    {
        std::size_t operator()(const List& hops) const;
    };

    Interned<List, Hash> m_hops;
};

/** Where a route comes from. */
enum class UnicastProtocol : uint8_t
{
    CONNECTED,
    OSPF,
    STATIC
};

template <>
struct EnumNames<UnicastProtocol>
{
    static constexpr const char* NAMES[] = {"connected", "ospf", "static"};
};

/** A route with all its equal-cost next hops. */
struct UnicastRoute
{
    Ipv4Prefix prefix;
    uint32_t metric{0};
    uint32_t preference{0}; //!< administrative distance: PIM asserts compare it first
    UnicastProtocol protocol{UnicastProtocol::CONNECTED};
    UnicastNextHops nextHops; //!< never empty in a table

    bool IsConnected() const
    {
        return nextHops.size() == 1 && nextHops.front().gateway == Ipv4Address::GetAny();
    }

    friend bool operator==(const UnicastRoute& a, const UnicastRoute& b)
    {
        return a.prefix == b.prefix && a.metric == b.metric && a.preference == b.preference &&
               a.protocol == b.protocol && a.nextHops == b.nextHops;
    }
};

/** What a unicast routing protocol offers to multicast routing, show commands and tables. */
class UnicastRib
{
  public:
    virtual ~UnicastRib() = default;

    /** \returns the longest match for \p destination, or nullptr. Valid until the next change. */
    virtual const UnicastRoute* Lookup(Ipv4Address destination) const = 0;
    /** \returns every route, ordered by prefix. */
    virtual std::vector<UnicastRoute> GetRoutes() const = 0;

    /** \p listener is called after each change of the table, once per batch of changes. */
    virtual void AddChangeListener(std::function<void()> listener) = 0;
    /** \p listener(interface, up) is called when ns-3 reports an interface up or down. */
    virtual void AddInterfaceListener(std::function<void(uint32_t, bool)> listener) = 0;
};

/**
 * \returns the UnicastRib among the routing protocols of \p ipv4 (itself or inside its
 * Ipv4ListRouting), or nullptr.
 */
UnicastRib* FindUnicastRib(Ptr<Ipv4> ipv4);

} // namespace ns3

#endif
