// SPDX-License-Identifier: GPL-2.0-only
// The states that routers hold for one tree, found by router; their memory is kept for the next
// tree.
#ifndef VXLAN_MULTICAST_ROUTER_STATES_H
#define VXLAN_MULTICAST_ROUTER_STATES_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace ns3
{

/** \tparam State has a member `router`, which Add sets and nothing else changes */
template <typename State>
class RouterStates
{
  public:
    static constexpr std::size_t NONE = static_cast<std::size_t>(-1);

    /** \param routers how many routers there are */
    explicit RouterStates(std::size_t routers)
        : m_index(routers, 0)
    {
    }

    std::size_t GetSize() const
    {
        return m_used;
    }

    /** Forgets all states but the first \p size. */
    void Truncate(std::size_t size)
    {
        m_used = size;
    }

    /** \returns the number of the router's state, or NONE. */
    std::size_t Find(uint32_t router) const
    {
        const std::size_t index = m_index[router];
        return index < m_used && m_states[index].router == router ? index : NONE;
    }

    /** Adds a state for a router that has none; it holds what an earlier tree left. \returns its
     * number */
    std::size_t Add(uint32_t router)
    {
        if (m_used == m_states.size())
        {
            m_states.emplace_back();
        }
        m_states[m_used].router = router;
        m_index[router] = static_cast<uint32_t>(m_used);
        return m_used++;
    }

    State& operator[](std::size_t number)
    {
        return m_states[number];
    }

    const State& operator[](std::size_t number) const
    {
        return m_states[number];
    }

  private:
    std::vector<State> m_states;
    std::size_t m_used{0};         //!< states in use
    std::vector<uint32_t> m_index; //!< by router: its state, if that is in use and is its own
};

} // namespace ns3

#endif
