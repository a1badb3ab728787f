// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/unicast-rib-routing.h"

#include "ns3/borrowed-address.h"
#include "ns3/ip-protocol.h"
#include "ns3/ipv4-route.h"
#include "ns3/loopback-net-device.h"
#include "ns3/names.h"
#include "ns3/net-device.h"
#include "ns3/node.h"
#include "ns3/output-stream-wrapper.h"
#include "ns3/printed.h"
#include "ns3/simulator.h"

#include <algorithm>
#include <iomanip>
#include <utility>

namespace ns3
{

NS_LOG_CLASS_DEFINE(UnicastRibRouting);
NS_OBJECT_ENSURE_REGISTERED(UnicastRibRouting);
NS_OBJECT_ENSURE_REGISTERED(StaticUnderlayRouting);

namespace
{

bool
IsLoopback(Ptr<Ipv4> ipv4, uint32_t interface)
{
    return DynamicCast<LoopbackNetDevice>(ipv4->GetNetDevice(interface)) != nullptr;
}

/** Shows all routes of a node in their order: of two to one prefix the connected one. */
class RouteUnion
{
  public:
    RouteUnion(const UnicastRouteTable& connected, const UnicastRouteTable& learned)
        : m_connected(connected.GetRoutes()),
          m_learned(learned.GetRoutes())
    {
    }

    /** \returns the next one, or nullptr. */
    const UnicastRoute* Next()
    {
        const UnicastRoute* own = Peek(m_connected, m_nextConnected);
        const UnicastRoute* other = Peek(m_learned, m_nextLearned);
        const bool isOwn = own && (!other || !(other->prefix < own->prefix));
        const bool isOther = other && (!own || !(own->prefix < other->prefix));
        m_nextConnected += isOwn ? 1 : 0;
        m_nextLearned += isOther ? 1 : 0;
        return isOwn ? own : other;
    }

  private:
    static const UnicastRoute* Peek(const std::vector<UnicastRoute>& routes, std::size_t next)
    {
        return next < routes.size() ? &routes[next] : nullptr;
    }

    const std::vector<UnicastRoute>& m_connected;
    const std::vector<UnicastRoute>& m_learned;
    std::size_t m_nextConnected{0};
    std::size_t m_nextLearned{0};
};

bool
AreSame(RouteUnion a, RouteUnion b)
{
    while (true)
    {
        const UnicastRoute* one = a.Next();
        const UnicastRoute* other = b.Next();
        if (!one || !other || !(*one == *other))
        {
            return one == other; // both at their end
        }
    }
}

} // namespace

TypeId
UnicastRibRouting::GetTypeId()
{
    static TypeId tid = TypeId("ns3::UnicastRibRouting")
                            .SetParent<Ipv4RoutingProtocol>()
                            .SetGroupName("VxlanMulticast");
    return tid;
}

const UnicastRoute*
UnicastRibRouting::Lookup(Ipv4Address destination) const
{
    const uint32_t bits = destination.Get();
    for (int length = Ipv4Prefix::MAX_LENGTH; length >= 0; --length)
    {
        const Ipv4Prefix prefix(bits, static_cast<uint8_t>(length));
        for (const UnicastRouteTable* table : {&m_connected, &m_learned})
        {
            const UnicastRoute* route =
                table->HasLength(prefix.GetLength()) ? table->Find(prefix) : nullptr;
            if (route)
            {
                return route;
            }
        }
    }
    return nullptr;
}

std::vector<UnicastRoute>
UnicastRibRouting::GetRoutes() const
{
    std::vector<UnicastRoute> all;
    all.reserve(m_connected.GetRoutes().size() + m_learned.GetRoutes().size());
    RouteUnion routes(m_connected, m_learned);
    while (const UnicastRoute* route = routes.Next())
    {
        all.push_back(*route);
    }
    return all;
}

void
UnicastRibRouting::AddChangeListener(std::function<void()> listener)
{
    m_changeListeners.push_back(std::move(listener));
}

void
UnicastRibRouting::AddInterfaceListener(std::function<void(uint32_t, bool)> listener)
{
    m_interfaceListeners.push_back(std::move(listener));
}

void
UnicastRibRouting::SetRoutes(std::vector<UnicastRoute> routes)
{
    const bool complete = std::none_of(
        routes.begin(), routes.end(), [](const auto& route) { return route.nextHops.empty(); });
    NS_ABORT_MSG_UNLESS(complete, "a route needs a next hop");
    Replace(UnicastRouteTable(std::move(routes)));
}

void
UnicastRibRouting::RenewConnected()
{
    Replace(m_learned);
}

void
UnicastRibRouting::Replace(UnicastRouteTable learned)
{
    UnicastRouteTable connected(MakeConnectedRoutes());
    std::swap(m_learned, learned);
    std::swap(m_connected, connected);
    if (!AreSame(RouteUnion(m_connected, m_learned), RouteUnion(connected, learned)))
    {
        NS_LOG_INFO("routes: " << m_connected.GetRoutes().size() << " connected, "
                               << m_learned.GetRoutes().size() << " learned");
        for (const auto& listener : m_changeListeners)
        {
            listener();
        }
    }
}

std::vector<UnicastRoute>
UnicastRibRouting::MakeConnectedRoutes() const
{
    std::vector<UnicastRoute> routes;
    for (uint32_t i = 0; m_ipv4 && i < m_ipv4->GetNInterfaces(); ++i)
    {
        if (!m_ipv4->IsUp(i) || IsLoopback(m_ipv4, i))
        {
            continue;
        }
        for (uint32_t j = 0; j < m_ipv4->GetNAddresses(i); ++j)
        {
            if (IsBorrowedAddress(m_ipv4, i, j))
            {
                continue;
            }
            const Ipv4InterfaceAddress address = m_ipv4->GetAddress(i, j);
            UnicastRoute route;
            route.prefix = Ipv4Prefix(address.GetLocal(),
                                      static_cast<uint8_t>(address.GetMask().GetPrefixLength()));
            route.metric = GetConnectedMetric(i);
            route.nextHops = {{i, Ipv4Address::GetAny()}};
            routes.push_back(route);
        }
    }
    return routes;
}

uint32_t
UnicastRibRouting::GetConnectedMetric(uint32_t) const
{
    return 0;
}

void
UnicastRibRouting::InterfaceChanged(uint32_t, bool)
{
}

Ptr<Ipv4>
UnicastRibRouting::GetIpv4() const
{
    return m_ipv4;
}

const UnicastNextHop&
UnicastRibRouting::SelectNextHop(const UnicastRoute& route,
                                 const Ipv4Header& header,
                                 Ptr<const Packet> packet) const
{
    if (route.nextHops.size() == 1)
    {
        return route.nextHops.front();
    }
    // One path per flow. Fragments carry no ports after the first, so a fragmented datagram is
    // hashed by its addresses alone.
    uint64_t key = uint64_t(header.GetSource().Get()) << 32 | header.GetDestination().Get();
    const bool fragment = !header.IsLastFragment() || header.GetFragmentOffset() != 0;
    const bool hasPorts =
        header.GetProtocol() == IP_PROTOCOL_TCP || header.GetProtocol() == IP_PROTOCOL_UDP;
    if (packet && hasPorts && !fragment && packet->GetSize() >= 4)
    {
        uint8_t ports[4];
        packet->CopyData(ports, 4);
        key ^= uint64_t(ports[0]) << 56 | uint64_t(ports[1]) << 48 | uint64_t(ports[2]) << 40 |
               uint64_t(ports[3]) << 32;
    }
    key = (key ^ (key >> 31)) * 0x7fb5d329728ea185ULL;
    key = (key ^ (key >> 27)) * 0x81dadef4bc2dd44dULL;
    return route.nextHops[(key ^ (key >> 33)) % route.nextHops.size()];
}

Ptr<Ipv4Route>
UnicastRibRouting::MakeRoute(const UnicastNextHop& nextHop, const Ipv4Header& header) const
{
    Ptr<Ipv4Route> route = Create<Ipv4Route>();
    route->SetDestination(header.GetDestination());
    route->SetGateway(nextHop.gateway);
    route->SetOutputDevice(m_ipv4->GetNetDevice(nextHop.interface));
    const Ipv4Address towards =
        nextHop.gateway == Ipv4Address::GetAny() ? header.GetDestination() : nextHop.gateway;
    route->SetSource(m_ipv4->SourceAddressSelection(nextHop.interface, towards));
    return route;
}

void
UnicastRibRouting::SetPreferredSource(Ipv4Address destination, Ipv4Address source)
{
    m_preferredSources[destination] = source;
}

Ptr<Ipv4Route>
UnicastRibRouting::MakeOutputRoute(const UnicastNextHop& nextHop, const Ipv4Header& header) const
{
    Ptr<Ipv4Route> route = MakeRoute(nextHop, header);
    const auto preferred = m_preferredSources.find(header.GetDestination());
    // Up to ns-3.46, an address that nobody has set is not 0.0.0.0.
    const Ipv4Address source = header.GetSource();
    const bool hasSource = source != Ipv4Address() && !source.IsAny();
    if (preferred != m_preferredSources.end() && !hasSource)
    {
        route->SetSource(preferred->second);
    }
    return route;
}

Ptr<Ipv4Route>
UnicastRibRouting::MakeLocalRoute(const UnicastRoute& route, const Ipv4Header& header) const
{
    const Ipv4Address destination = header.GetDestination();
    const bool connected = route.nextHops.front().gateway.IsAny();
    const int32_t own = connected ? m_ipv4->GetInterfaceForAddress(destination) : -1;
    if (own < 0 || !IsLoopback(m_ipv4, 0) || !m_ipv4->IsUp(0))
    {
        return nullptr;
    }
    Ptr<Ipv4Route> local = Create<Ipv4Route>();
    local->SetDestination(destination);
    local->SetGateway(Ipv4Address::GetAny());
    local->SetOutputDevice(m_ipv4->GetNetDevice(0));
    local->SetSource(destination);
    return local;
}

Ptr<Ipv4Route>
UnicastRibRouting::RouteOutput(Ptr<Packet> packet,
                               const Ipv4Header& header,
                               Ptr<NetDevice> oif,
                               Socket::SocketErrno& error)
{
    error = Socket::ERROR_NOTERROR;
    const Ipv4Address destination = header.GetDestination();
    if (destination.IsMulticast() || destination.IsBroadcast())
    {
        for (uint32_t i = 0; i < m_ipv4->GetNInterfaces(); ++i)
        {
            const bool wanted = oif ? m_ipv4->GetNetDevice(i) == oif : !IsLoopback(m_ipv4, i);
            if (wanted && m_ipv4->IsUp(i) && m_ipv4->GetNAddresses(i) > 0)
            {
                return MakeRoute({i, Ipv4Address::GetAny()}, header);
            }
        }
        error = Socket::ERROR_NOROUTETOHOST;
        return nullptr;
    }
    const UnicastRoute* route = Lookup(destination);
    if (!route)
    {
        NS_LOG_LOGIC("no route to " << destination);
        error = Socket::ERROR_NOROUTETOHOST;
        return nullptr;
    }
    if (!oif)
    {
        if (Ptr<Ipv4Route> local = MakeLocalRoute(*route, header))
        {
            return local;
        }
        return MakeOutputRoute(SelectNextHop(*route, header, packet), header);
    }
    for (const UnicastNextHop& nextHop : route->nextHops)
    {
        if (m_ipv4->GetNetDevice(nextHop.interface) == oif)
        {
            return MakeOutputRoute(nextHop, header);
        }
    }
    error = Socket::ERROR_NOROUTETOHOST;
    return nullptr;
}

bool
UnicastRibRouting::RouteInput(Ptr<const Packet> packet,
                              const Ipv4Header& header,
                              Ptr<const NetDevice> idev,
                              RouteInputTypes::Ucb ucb,
                              RouteInputTypes::Mcb,
                              RouteInputTypes::Lcb lcb,
                              RouteInputTypes::Ecb ecb)
{
    const int32_t interface = m_ipv4->GetInterfaceForDevice(idev);
    const Ipv4Address destination = header.GetDestination();
    if (m_ipv4->IsDestinationAddress(destination, interface))
    {
        // Inside a list routing the local copy is made by the list, which passes no callback.
        if (lcb.IsNull())
        {
            return false;
        }
        lcb(packet, header, interface);
        return true;
    }
    if (destination.IsMulticast() || destination.IsBroadcast())
    {
        return false;
    }
    // RFC 1812 §5.3.1; ns-3 itself would count from 0 to 255.
    if (!m_ipv4->IsForwarding(interface) || header.GetTtl() == 0)
    {
        ecb(packet, header, Socket::ERROR_NOROUTETOHOST);
        return true;
    }
    const UnicastRoute* route = Lookup(destination);
    if (!route)
    {
        NS_LOG_LOGIC("no route to " << destination);
        return false;
    }
    ucb(MakeRoute(SelectNextHop(*route, header, packet), header), packet, header);
    return true;
}

void
UnicastRibRouting::NotifyInterfaceUp(uint32_t interface)
{
    RenewConnected();
    InterfaceChanged(interface, true);
    for (const auto& listener : m_interfaceListeners)
    {
        listener(interface, true);
    }
}

void
UnicastRibRouting::NotifyInterfaceDown(uint32_t interface)
{
    RenewConnected();
    InterfaceChanged(interface, false);
    for (const auto& listener : m_interfaceListeners)
    {
        listener(interface, false);
    }
}

void
UnicastRibRouting::NotifyAddAddress(uint32_t interface, Ipv4InterfaceAddress)
{
    if (m_ipv4->IsUp(interface))
    {
        NotifyInterfaceUp(interface);
    }
}

void
UnicastRibRouting::NotifyRemoveAddress(uint32_t interface, Ipv4InterfaceAddress)
{
    NotifyInterfaceDown(interface);
    if (m_ipv4->IsUp(interface) && m_ipv4->GetNAddresses(interface) > 0)
    {
        NotifyInterfaceUp(interface);
    }
}

void
UnicastRibRouting::SetIpv4(Ptr<Ipv4> ipv4)
{
    m_ipv4 = ipv4;
    RenewConnected();
}

void
UnicastRibRouting::PrintRoutingTable(Ptr<OutputStreamWrapper> stream, Time::Unit unit) const
{
    std::ostream& os = *stream->GetStream();
    os << "Node: " << m_ipv4->GetObject<Node>()->GetId() << ", Time: " << Now().As(unit)
       << ", Local time: " << m_ipv4->GetObject<Node>()->GetLocalTime().As(unit) << ", "
       << GetInstanceTypeId().GetName().substr(5) << " table\n";
    // The columns of ns-3's own tables; a row per next hop.
    const auto column = [&os](std::size_t width, const auto& value) {
        os << std::left << std::setw(static_cast<int>(width)) << ToText(value);
    };
    os << "Destination     Gateway         Genmask         Flags Metric Ref    Use Iface\n";
    for (const UnicastRoute& route : GetRoutes())
    {
        for (const UnicastNextHop& nextHop : route.nextHops)
        {
            const bool isConnected = nextHop.gateway == Ipv4Address::GetAny();
            column(16, route.prefix.GetAddress());
            column(16, nextHop.gateway);
            column(16, route.prefix.GetMask());
            column(6, isConnected ? "U" : route.prefix.GetLength() == 32 ? "UGH" : "UG");
            column(7, route.metric);
            column(7, "-");
            column(4, "-");
            const std::string name = Names::FindName(m_ipv4->GetNetDevice(nextHop.interface));
            os << (name.empty() ? std::to_string(nextHop.interface) : name) << '\n';
        }
    }
    os << '\n';
}

void
UnicastRibRouting::DoDispose()
{
    m_ipv4 = nullptr;
    m_changeListeners.clear();
    m_interfaceListeners.clear();
    Ipv4RoutingProtocol::DoDispose();
}

TypeId
StaticUnderlayRouting::GetTypeId()
{
    static TypeId tid = TypeId("ns3::StaticUnderlayRouting")
                            .SetParent<UnicastRibRouting>()
                            .SetGroupName("VxlanMulticast")
                            .AddConstructor<StaticUnderlayRouting>();
    return tid;
}

void
StaticUnderlayRouting::SetConnectedMetric(uint32_t interface, uint32_t metric)
{
    m_connectedMetrics[interface] = metric;
}

uint32_t
StaticUnderlayRouting::GetConnectedMetric(uint32_t interface) const
{
    const auto found = m_connectedMetrics.find(interface);
    return found == m_connectedMetrics.end() ? 0 : found->second;
}

} // namespace ns3
