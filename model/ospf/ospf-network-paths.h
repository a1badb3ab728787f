// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §16.1: an area's paths to its networks. Every router of an area has a path to each of the same
// networks, so the prefixes are kept once for all routers that know the same ones.
#ifndef VXLAN_MULTICAST_OSPF_NETWORK_PATHS_H
#define VXLAN_MULTICAST_OSPF_NETWORK_PATHS_H

#include "ns3/interned.h"
#include "ns3/ipv4-prefix.h"
#include "ns3/unicast-rib.h"

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace ns3
{

/** Cost and next hops of a destination; a next hop without gateway is directly connected. */
struct OspfPath
{
    uint32_t cost{0};
    UnicastNextHops nextHops;

    /** Takes over a cheaper path; merges the next hops of one that costs the same. */
    void Improve(uint32_t otherCost, const UnicastNextHops& otherHops);
};

/** Paths by prefix, made at once. */
class OspfNetworkPaths
{
  public:
    using value_type = std::pair<Ipv4Prefix, const OspfPath&>;

    /** Runs through the paths in the order of their prefixes. */
    class const_iterator
    {
      public:
        const_iterator(const OspfNetworkPaths& paths, std::size_t position)
            : m_table(&paths),
              m_position(position)
        {
        }

        value_type operator*() const
        {
            return {m_table->m_prefixes.Get()[m_position], m_table->m_paths[m_position]};
        }

        /** What operator-> points to. */
        struct Arrow
        {
            value_type value;

            const value_type* operator->() const
            {
                return &value;
            }
        };

        Arrow operator->() const
        {
            return {**this};
        }

        const_iterator& operator++()
        {
            ++m_position;
            return *this;
        }

        friend bool operator==(const const_iterator& a, const const_iterator& b)
        {
            return a.m_position == b.m_position;
        }

        friend bool operator!=(const const_iterator& a, const const_iterator& b)
        {
            return !(a == b);
        }

      private:
        const OspfNetworkPaths* m_table;
        std::size_t m_position;
    };

    OspfNetworkPaths() = default;
    /** \param sorted by prefix, each once */
    explicit OspfNetworkPaths(const std::vector<std::pair<Ipv4Prefix, OspfPath>>& sorted);

    const_iterator begin() const
    {
        return {*this, 0};
    }

    const_iterator end() const
    {
        return {*this, size()};
    }

    std::size_t size() const
    {
        return m_paths.size();
    }

    bool empty() const
    {
        return m_paths.empty();
    }

    const_iterator find(const Ipv4Prefix& prefix) const;

  private:
    using Prefixes = std::vector<Ipv4Prefix>;

    struct Hash
    {
        std::size_t operator()(const Prefixes& prefixes) const;
    };

    Interned<Prefixes, Hash> m_prefixes;
    std::vector<OspfPath> m_paths; //!< of the prefixes, one after another
};

} // namespace ns3

#endif
