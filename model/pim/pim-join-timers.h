// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.5.4, §4.5.5, §4.10: the Join Timers, JT(*,G) and JT(S,G). An entry is refreshed together
// with all others that join the same neighbour, so that their Joins share messages: its timer is then
// a place in that neighbour's list, of eight bytes. What overrides, is suppressed, or is out of step
// for any other reason has a timer of its own until it expires.
#ifndef VXLAN_MULTICAST_PIM_JOIN_TIMERS_H
#define VXLAN_MULTICAST_PIM_JOIN_TIMERS_H

#include "ns3/deadline-heap.h"
#include "ns3/pim-timer-values.h"
#include "ns3/pim-tree-information-base.h"

#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

namespace ns3
{

/** The Join Timers of all entries of one router. */
class PimJoinTimers
{
  public:
    using Timers = DeadlineHeap<PimTimerKey>;

    /** All arguments outlive the object. \param values read at each use */
    PimJoinTimers(ProtocolClock& clock,
                  Timers& timers,
                  PimTreeInformationBase& tib,
                  const PimTimerValues& values);

    /**
     * Sets JT to the next moment at which the Joins to the entry's neighbour go out, t_periodic from
     * now at the latest. Without a neighbour it stops.
     */
    void StartPeriodic(SourceGroup key, PimTreeState& entry);
    void Stop(SourceGroup key, PimTreeState& entry);
    /** "Decrease JT to": starts it unless it runs and expires sooner. */
    void Decrease(SourceGroup key, PimTreeState& entry, Time delay);
    /** "Increase JT to": starts it unless it runs and expires later. */
    void Increase(SourceGroup key, PimTreeState& entry, Time delay);
    /** \returns the time left; 0 when it does not run. */
    Time GetRemaining(SourceGroup key, const PimTreeState& entry) const;

    /**
     * \p timer, of UPSTREAM_JOIN, has rung: one entry's, or those that run together, which are
     * started again.
     * \param expire called for each entry, in order; it starts JT
     */
    void Expire(const PimTimerKey& timer,
                const std::function<void(SourceGroup, PimTreeState&)>& expire);

  private:
    // What PimTreeState::joinTimer says; from FIRST_LIST on the list that the entry is in.
    static constexpr uint16_t STOPPED = 0;
    static constexpr uint16_t OWN = 1;
    static constexpr uint16_t FIRST_LIST = 2;
    static constexpr std::size_t MAX_LISTS = UINT16_MAX - FIRST_LIST;

    using Neighbor = std::pair<uint32_t, uint32_t>; //!< interface and address

    /**
     * The entries that are refreshed with one neighbour. It stays when the neighbour is gone, so that
     * one that comes back is sent its Joins in step with those before: some 120 bytes for each that
     * was ever joined. Neighbours beyond MAX_LISTS share the last one.
     */
    struct List
    {
        Neighbor neighbor;
        Time phase;  //!< Joins go out then, and any number of periods later
        Time period; //!< t_periodic when it was started
        Time due;    //!< when Joins go out next
        bool isRunning{false};
        /** In order, but for those that came last. Those that have left have another joinTimer. */
        std::vector<SourceGroup> entries;
    };

    static PimTimerKey KeyOf(uint16_t number);
    static Neighbor ToNeighbor(const PimUpstreamNeighbor& neighbor);
    bool IsPeriodic(const PimTreeState& entry) const;
    static void Sort(std::vector<SourceGroup>& entries);
    uint16_t GetOrAddList(const PimUpstreamNeighbor& neighbor);
    void Start(uint16_t number);
    Time GetPeriodicDelay(const List& list) const;
    void ExpireList(uint16_t number, const std::function<void(SourceGroup, PimTreeState&)>& expire);

    ProtocolClock& m_clock;
    Timers& m_timers;
    PimTreeInformationBase& m_tib;
    const PimTimerValues& m_values;
    std::map<Neighbor, uint16_t> m_numbers; //!< of lists
    std::vector<List> m_lists;              //!< by their numbers, from FIRST_LIST on
};

} // namespace ns3

#endif
