// SPDX-License-Identifier: GPL-2.0-only
// One failure in packets: the topology with OSPF, PIM, IGMP and VXLAN is brought to rest, carries
// streams of probe frames, and loses a node or a link under them.
#ifndef VXLAN_MULTICAST_FAILURE_SIMULATION_H
#define VXLAN_MULTICAST_FAILURE_SIMULATION_H

#include "ns3/enum-names.h"
#include "ns3/failure-model.h"
#include "ns3/study-vteps.h"
#include "ns3/topology-graph.h"
#include "ns3/tree-policy.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace ns3
{

/** How neighbours find a failure. */
enum class FailureDetection
{
    Ospf,    //!< by the silence of OSPF and PIM alone
    Carrier, //!< interfaces to it go down at once
    Bfd      //!< by BFD
};

template <>
struct EnumNames<FailureDetection>
{
    static constexpr const char* NAMES[] = {"ospf", "carrier", "bfd"};
};

/** How a failure is run. */
struct FailureSettings
{
    TreePolicy tree{TreePolicy::Spt};
    FailureDetection detection{FailureDetection::Carrier};
    std::string ecmp{"sg-hash"};          //!< ns3::PimSmRouting::RpfEcmp
    Time bfd{MilliSeconds(150)};          //!< Detection Time of BFD
    Time probeInterval{MilliSeconds(10)}; //!< between frames of a VNI and sender
    Time window{Seconds(60)};             //!< for which probes go on, and control is counted
    Time quiet; //!< probes end when none has been lost for so long; 0: with the window
    /** But no earlier than this after the failure, by when its neighbours have found it, and not
     * while a router has a dead candidate as an RP. */
    Time found;
};

/** What a failure did. */
struct FailureOutcome
{
    Time longest;                //!< the longest silence of a stream at a member
    uint64_t lost{0};            //!< frames, over all members that are still there
    uint64_t duplicates{0};      //!< of all probes
    uint64_t controlMessages{0}; //!< of OSPF, IGMP and PIM in the window, above those at rest
    uint64_t entriesChanged{0};  //!< rows of forwarding caches, at rest before and after
};

/**
 * Runs a failure in this process, from an empty simulator to an empty simulator.
 * \param graph from PrepareStudy
 * \param segments the VNIs and who sends probes
 * \param gone the nodes whose streams end with the failure: dead, or cut off
 * \throws std::runtime_error when it cannot come to rest: no RP is known
 */
FailureOutcome RunFailure(const TopologyGraph& graph,
                          const std::vector<StudySegment>& segments,
                          const Failure& failure,
                          const std::set<std::size_t>& gone,
                          const FailureSettings& settings);

} // namespace ns3

#endif
