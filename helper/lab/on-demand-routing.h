// SPDX-License-Identifier: GPL-2.0-only
// The static underlay of a node that may never look at its routes: most VTEPs send to groups alone,
// and a table for each of 27,648 does not fit in memory.
#ifndef VXLAN_MULTICAST_ON_DEMAND_ROUTING_H
#define VXLAN_MULTICAST_ON_DEMAND_ROUTING_H

#include "ns3/unicast-rib-routing.h"

#include <functional>
#include <utility>
#include <vector>

namespace ns3
{

/** A static underlay whose routes are made when somebody asks for one, or for news of them. */
class OnDemandRouting : public StaticUnderlayRouting
{
  public:
    using Maker = std::function<std::vector<UnicastRoute>()>;

    /** \param maker makes the routes, once at most */
    void SetMaker(Maker maker)
    {
        m_maker = std::move(maker);
    }

    const UnicastRoute* Lookup(Ipv4Address destination) const override
    {
        Make();
        return StaticUnderlayRouting::Lookup(destination);
    }

    std::vector<UnicastRoute> GetRoutes() const override
    {
        Make();
        return StaticUnderlayRouting::GetRoutes();
    }

    /** Nobody is notified that routes which were there all the time are in the table now. */
    void AddChangeListener(std::function<void()> listener) override
    {
        Make();
        StaticUnderlayRouting::AddChangeListener(std::move(listener));
    }

  protected:
    void DoDispose() override
    {
        m_maker = nullptr;
        StaticUnderlayRouting::DoDispose();
    }

  private:
    void Make() const
    {
        if (m_maker)
        {
            const Maker maker = std::exchange(m_maker, nullptr);
            const_cast<OnDemandRouting*>(this)->SetRoutes(maker());
        }
    }

    mutable Maker m_maker; //!< of routes that nobody has asked for yet
};

} // namespace ns3

#endif
