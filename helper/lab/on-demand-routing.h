// SPDX-License-Identifier: GPL-2.0-only
// The static underlay of a node that may never look at its routes: most VTEPs send to groups alone,
// and a table for each of 27,648 does not fit in memory. Routers ask for a few of 30,000: the way to
// an RP, to the BSR, to sources.
#ifndef VXLAN_MULTICAST_ON_DEMAND_ROUTING_H
#define VXLAN_MULTICAST_ON_DEMAND_ROUTING_H

#include "ns3/unicast-rib-routing.h"
#include "ns3/unicast-route-table.h"

#include <functional>
#include <utility>
#include <vector>

namespace ns3
{

/** A static underlay whose routes are made when somebody asks for one. */
class OnDemandRouting : public StaticUnderlayRouting
{
  public:
    using Maker = std::function<std::vector<UnicastRoute>()>;
    /** Finds the one of the maker's routes that is to be taken to an address, or nullptr. */
    using Finder = std::function<const UnicastRoute*(Ipv4Address destination)>;

    /**
     * \param maker makes the routes, once at most
     * \param finder if there is one, it answers each Lookup beside the routes that are set already,
     *        and the others are made only for GetRoutes
     */
    void SetMaker(Maker maker, Finder finder = nullptr)
    {
        m_maker = std::move(maker);
        m_finder = std::move(finder);
    }

    const UnicastRoute* Lookup(Ipv4Address destination) const override
    {
        if (!m_finder)
        {
            Make();
            return StaticUnderlayRouting::Lookup(destination);
        }
        const UnicastRoute* known = StaticUnderlayRouting::Lookup(destination);
        const UnicastRoute* found = m_finder(destination);
        if (!known || !found)
        {
            return known ? known : found;
        }
        const int longer = int(found->prefix.GetLength()) - int(known->prefix.GetLength());
        const bool yields = known->protocol != UnicastProtocol::CONNECTED;
        return longer > 0 || (longer == 0 && yields) ? found : known;
    }

    std::vector<UnicastRoute> GetRoutes() const override
    {
        if (!m_finder)
        {
            Make();
            return StaticUnderlayRouting::GetRoutes();
        }
        if (m_maker)
        {
            m_made = std::exchange(m_maker, nullptr)();
        }
        std::vector<UnicastRoute> routes = m_made;
        for (UnicastRoute& route : StaticUnderlayRouting::GetRoutes())
        {
            if (route.protocol == UnicastProtocol::CONNECTED)
            {
                routes.push_back(std::move(route)); // wins over another to the same prefix
            }
        }
        return UnicastRouteTable(std::move(routes)).GetRoutes();
    }

    /** Nobody is notified that routes which were there all the time are in the table now. */
    void AddChangeListener(std::function<void()> listener) override
    {
        StaticUnderlayRouting::AddChangeListener(
            [this, listener = std::move(listener)] { m_isMaking ? void() : listener(); });
    }

  protected:
    void DoDispose() override
    {
        m_maker = nullptr;
        m_finder = nullptr;
        StaticUnderlayRouting::DoDispose();
    }

  private:
    void Make() const
    {
        if (m_maker)
        {
            const Maker maker = std::exchange(m_maker, nullptr);
            m_isMaking = true;
            const_cast<OnDemandRouting*>(this)->SetRoutes(maker());
            m_isMaking = false;
        }
    }

    mutable Maker m_maker; //!< of routes that nobody has asked for yet
    Finder m_finder;
    mutable std::vector<UnicastRoute> m_made; //!< for GetRoutes, where there is a finder
    mutable bool m_isMaking{false};
};

} // namespace ns3

#endif
