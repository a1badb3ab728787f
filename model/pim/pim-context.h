// SPDX-License-Identifier: GPL-2.0-only
// What PIM's state machines (RFC 7761 §4.4 to §4.6) share: state, macros, timers, the queue of
// dirty entries and the queue of Joins and Prunes.
#ifndef VXLAN_MULTICAST_PIM_CONTEXT_H
#define VXLAN_MULTICAST_PIM_CONTEXT_H

#include "ns3/deadline-heap.h"
#include "ns3/pim-config.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-group-resolver.h"
#include "ns3/pim-hello.h"
#include "ns3/pim-join-prune-message.h"
#include "ns3/pim-join-timers.h"
#include "ns3/pim-macros.h"
#include "ns3/pim-tree-information-base.h"

#include <functional>
#include <set>

namespace ns3
{

/** What the state machines of one router share. Outlives them. */
class PimContext
{
  public:
    /**
     * All arguments outlive the context.
     * \param expire called when a timer expires
     * \param getExpiry of an EXPIRY timer: when the entry's first one expires
     */
    PimContext(PimEnvironment& theEnvironment,
               PimHelloMachine& theHellos,
               const PimRpSet& rpSet,
               const PimConfig& theConfig,
               std::function<void(const PimTimerKey&)> expire,
               std::function<Time(const PimTimerKey&)> getExpiry);

    PimEnvironment& environment;
    PimHelloMachine& hellos;
    const PimNeighborTable& neighbors;
    const PimConfig& config;
    const PimTimerValues& values; //!< of config
    PimTreeInformationBase tib;
    PimGroupResolver resolver;
    PimMacros macros;
    DeadlineHeap<PimTimerKey> timers;
    PimJoinTimers joinTimers;
    PimJoinPruneQueue queue;
    std::set<SourceGroup> dirty; //!< entries to recompute, (*,G) before its (S,G)

    // Set by the engine.
    /** \returns whether the forwarding table can serve the source's own tree. */
    std::function<bool(SourceGroup)> canForwardBySource;
    /** Recomputes the dirty entries: the present event has been dealt with. */
    std::function<void()> drain;
    /** The same after all timers of this moment, so that their Joins leave together. */
    std::function<void()> drainLater;

    /** Has the entry recomputed when the present message or timer has been dealt with. */
    void Touch(SourceGroup key);
    /** Touches the entries that have state, members or their RPF on \p interface. */
    void TouchInterface(uint32_t interface);
    /** Touches the entries that reach for \p targets. */
    void TouchTargets(const std::set<uint32_t>& targets);
    /** \returns whether there is the entry \p key, or room for it; says so if there is neither. */
    bool HasRoom(const SourceGroup& key);
    /** \returns the group, made when new. */
    PimGroup& GetOrAddGroup(Ipv4Address group);
    /**
     * \returns the (S,G) entry, made when new. While (*,G) is joined a new source is one that the
     * shared tree brings: NotPruned(S,G,rpt).
     */
    PimSource& GetOrAddSource(SourceGroup key);
    /** Sets KeepaliveTimer(S,G). */
    void StartKeepalive(SourceGroup key, PimSource& s, Time period);
    /** Starts the timer unless it runs and expires sooner: "decrease to". */
    void Decrease(const PimTimerKey& key, Time delay);
    /** Starts the timer unless it runs and expires later: "increase to". */
    void Increase(const PimTimerKey& key, Time delay);

  private:
    std::vector<Ipv4Address> GetPeriodicPrunes(Ipv4Address group) const;
};

} // namespace ns3

#endif
