// SPDX-License-Identifier: GPL-2.0-only
// A plan run in packets: do the tables hold what was promised, and is that really needed?
#ifndef VXLAN_MULTICAST_PLAN_VERIFICATION_H
#define VXLAN_MULTICAST_PLAN_VERIFICATION_H

#include "ns3/plan-question.h"
#include "ns3/topology-graph.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace ns3
{

/** What packets say of a plan. */
struct PlanVerification
{
    uint64_t frames{0};          //!< one of each VNI and sender
    uint64_t wanted{0};          //!< deliveries to other members of the frame's VNI
    uint64_t unwanted{0};        //!< to other VTEPs
    uint64_t lost{0};            //!< members that a frame did not reach
    double copies{0};            //!< per frame
    uint64_t routers{0};         //!< with any entries, promised or measured
    uint64_t asPromised{0};      //!< of these, with as many of each kind as promised
    uint64_t refused{0};         //!< entries that found no place
    std::string fullest;         //!< the router with most entries that was limited alone
    uint64_t fullestRows{0};     //!< of it, as promised
    std::string spared;          //!< a fuller one, of which an entry less cost no frame
    uint64_t lostWithLess{0};    //!< members not reached where it alone held one entry less
    uint64_t refusedWithLess{0}; //!< entries that then found no place
    bool triedWithLess{false};   //!< false: no router holds two entries or more
    bool hasSg{false};           //!< the fullest router holds (S,G) entries

    /**
     * \returns whether packets did what the plan says: nothing is lost, tables hold what was
     *          promised, and the fullest one cannot do with less. An entry that finds no place need
     *          not cost a frame: where (*,G) comes from the same side as (S,G), or at an RP that
     *          frames need not pass.
     */
    bool IsConfirmed() const
    {
        return lost == 0 && asPromised == routers &&
               (!triedWithLess || lostWithLess + refusedWithLess > 0);
    }

    /** \returns it in words. */
    std::string Describe() const;
};

/**
 * Runs a plan twice: with the tables of \p question's limits, and with the fullest router alone
 * limited to one entry less than it needs; full tables refuse entries. Where that costs no frame, a
 * third time, with the fullest router of another tier.
 * \param graph the topology as it was loaded
 * \param say told what is being done
 * \throws std::invalid_argument if a limit leaves no entry at all, which packets cannot have
 */
PlanVerification VerifyPlan(const TopologyGraph& graph,
                            const PlanQuestion& question,
                            const PlanPoint& plan,
                            const std::vector<uint32_t>& vniNumbers,
                            const std::function<void(const std::string&)>& say,
                            RpfEcmp ecmp = RpfEcmp::SG_HASH);

} // namespace ns3

#endif
