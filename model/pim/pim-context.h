// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.11 (timer values), and what PIM's state machines share: state, macros, timers, the
// queue of dirty entries and the queue of joins and prunes.
#ifndef VXLAN_MULTICAST_PIM_CONTEXT_H
#define VXLAN_MULTICAST_PIM_CONTEXT_H

#include "ns3/deadline-heap.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-join-prune-message.h"
#include "ns3/pim-macros.h"
#include "ns3/pim-neighbor-table.h"
#include "ns3/pim-spt-policy.h"
#include "ns3/pim-tree-information-base.h"

#include <algorithm>
#include <set>

namespace ns3
{

/** RFC 7761 §4.11: timer values that are set, not heard from neighbours. */
struct PimTimerValues
{
    Time joinPrunePeriod{Seconds(60)};         //!< t_periodic
    Time joinPruneHoldtime{Seconds(210)};      //!< J/P_Holdtime
    Time assertTime{Seconds(180)};             //!< Assert_Time
    Time assertOverrideInterval{Seconds(3)};   //!< Assert_Override_Interval
    Time assertDataInterval{Seconds(1)};       //!< least time between Asserts that data calls for
    Time keepalivePeriod{Seconds(210)};        //!< Keepalive_Period
    Time registerSuppressionTime{Seconds(60)}; //!< Register_Suppression_Time
    Time registerProbeTime{Seconds(5)};        //!< Register_Probe_Time
    Time pollInterval{Seconds(0)}; //!< thresholds are looked at so often only; 0: always
    double registerRate{0};        //!< Registers per second and (S,G); 0: no limit
    double registerStopRate{0};    //!< Register-Stops per second, (S,G) and DR; 0: no limit

    /** RP_Keepalive_Period, but never less than Keepalive_Period (erratum 5342). */
    Time GetRpKeepalivePeriod() const
    {
        return std::max<Time>(keepalivePeriod, 3 * registerSuppressionTime + registerProbeTime);
    }
};

/** What the state machines of one router share. Outlives them. */
struct PimContext
{
    PimContext(PimEnvironment& theEnvironment,
               PimNeighborTable& theNeighbors,
               const PimTimerValues& theValues,
               std::function<void(const PimTimerKey&)> expire)
        : environment(theEnvironment),
          neighbors(theNeighbors),
          values(theValues),
          macros(theEnvironment, theNeighbors),
          timers(theEnvironment.GetClock(), std::move(expire)),
          queue(theEnvironment, theNeighbors, [this](Ipv4Address group) {
              return PeriodicPrunes(group);
          })
    {
    }

    PimEnvironment& environment;
    PimNeighborTable& neighbors;
    const PimTimerValues& values;
    PimTreeInformationBase tib;
    PimMacros macros;
    DeadlineHeap<PimTimerKey> timers;
    PimJoinPruneQueue queue;
    std::set<SourceGroup> dirty; //!< entries to recompute, (*,G) before its (S,G)

    PimSptPolicy sptPolicy;            //!< SwitchToSptDesired(S,G) at the last hop
    PimSptPolicy registerSwitchPolicy; //!< the same at the RP

    // Fill in RP(G), the mode of the group and the way to RP or source. Set by the router.
    std::function<void(PimGroup&)> resolveGroup;
    std::function<void(const PimGroup&, PimSource&)> resolveSource;

    /** \returns whether the forwarding table can serve the source's own tree. Set by the router. */
    std::function<bool(SourceGroup)> canForwardBySource;

    /** Has the entry recomputed when the present message or timer has been dealt with. */
    void Touch(SourceGroup key)
    {
        dirty.insert(key);
    }

    /** \returns the group, made when new. */
    PimGroup& GetOrAddGroup(Ipv4Address group)
    {
        if (PimGroup* found = tib.FindGroup(group))
        {
            return *found;
        }
        PimGroup& g = tib.GetOrAddGroup(group);
        resolveGroup(g);
        Touch(SourceGroup::StarG(group));
        return g;
    }

    /**
     * \returns the (S,G) entry, made when new. While (*,G) is joined a new source is one that the
     * shared tree brings: NotPruned(S,G,rpt).
     */
    PimSource& GetOrAddSource(SourceGroup key)
    {
        if (PimSource* found = tib.FindSource(key))
        {
            return *found;
        }
        const PimGroup& g = GetOrAddGroup(key.GetGroup());
        PimSource& s = tib.GetOrAddSource(key);
        resolveSource(g, s);
        if (g.upstream == PimUpstreamState::JOINED && g.mode == PimMode::SPARSE && !g.iAmRp)
        {
            s.rptUpstream = PimRptUpstreamState::NOT_PRUNED;
        }
        Touch(key);
        return s;
    }

    /** Sets KeepaliveTimer(S,G). */
    void StartKeepalive(SourceGroup key, PimSource& s, Time period)
    {
        timers.Set({key, PimTimer::KEEPALIVE}, period);
        if (!s.keepalive)
        {
            s.keepalive = true;
            Touch(key);
        }
    }

    /** Starts the timer unless it runs and expires sooner: "decrease to". */
    void Decrease(const PimTimerKey& key, Time delay)
    {
        if (!timers.Contains(key) || timers.GetRemaining(key) > delay)
        {
            timers.Set(key, delay);
        }
    }

    /** Starts the timer unless it runs and expires later: "increase to". */
    void Increase(const PimTimerKey& key, Time delay)
    {
        if (timers.GetRemaining(key) < delay)
        {
            timers.Set(key, delay);
        }
    }

  private:
    std::vector<Ipv4Address> PeriodicPrunes(Ipv4Address group) const
    {
        std::vector<Ipv4Address> prunes;
        if (const PimGroup* g = tib.FindGroup(group))
        {
            for (const auto& [address, s] : g->sources)
            {
                if (macros.PeriodicPrune(*g, s))
                {
                    prunes.push_back(s.source);
                }
            }
        }
        return prunes;
    }
};

} // namespace ns3

#endif
