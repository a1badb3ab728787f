// SPDX-License-Identifier: GPL-2.0-only
// One point of the study in packets: the topology with real PIM-SM, IGMP and VXLAN over a static
// underlay, brought to rest, measured, and given a known load of broadcast frames.
#ifndef VXLAN_MULTICAST_STUDY_SIMULATION_H
#define VXLAN_MULTICAST_STUDY_SIMULATION_H

#include "ns3/control-plane.h"
#include "ns3/scoped-attributes.h"
#include "ns3/study-tenants.h"
#include "ns3/study-vteps.h"
#include "ns3/topology-graph.h"
#include "ns3/tree-policy.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace ns3
{

/** How many rows one router holds; 0: any number. */
struct StudyTableLimit
{
    uint64_t sum{0};
    uint64_t starG{0};
    uint64_t sg{0};
};

/** How a point is run. */
struct StudySettings
{
    TreePolicy tree{TreePolicy::Spt};
    std::optional<ControlPlane> control; //!< none: devices flood, and learn nothing
    uint32_t vms{0};                     //!< tenants per VNI, with a control plane
    std::string ecmp{"sg-hash"};         //!< ns3::PimSmRouting::RpfEcmp
    uint32_t frames{1};                  //!< counted frames per VNI and sender
    /** Rows of each node's forwarding cache, by node number; empty: all unlimited. */
    std::vector<StudyTableLimit> limits;
    std::string policy{"refuse"};    //!< when it is full
    Time rollOut{Seconds(30)};       //!< over which the VNIs come up, one after another
    Time sampleInterval{Seconds(2)}; //!< of the tables, from the joins on; 0: no samples
    Time controlWindow{Seconds(60)}; //!< at rest, over which control bytes are averaged; may be 0
    std::vector<AttributeSetting> attributes; //!< defaults beside those of the tree
};

/** Entries of one router. */
struct StudyTables
{
    uint64_t starG{0};    //!< (*,G) rows of tib.csv
    uint64_t sg{0};       //!< (S,G) rows
    uint64_t sgRpt{0};    //!< (S,G,rpt) rows
    uint64_t mfc{0};      //!< rows of the forwarding cache, installed
    uint64_t mfcStarG{0}; //!< of these (*,G)

    friend bool operator==(const StudyTables& a, const StudyTables& b)
    {
        return a.starG == b.starG && a.sg == b.sg && a.sgRpt == b.sgRpt && a.mfc == b.mfc &&
               a.mfcStarG == b.mfcStarG;
    }
};

/** What a limited forwarding cache did, all routers together. */
struct StudyOverflow
{
    uint64_t lostPackets{0};
    uint64_t refusedRows{0};
    uint64_t evictedRows{0};
    uint64_t puntedPackets{0};
    uint64_t fallbackPackets{0};
};

/** The tables of all routers at one time. */
struct StudySample
{
    Time time;
    std::vector<StudyTables> routers; //!< by node number; zeros for what is no router
    StudyOverflow overflow;           //!< from the start on
};

/** What a run gave. */
struct StudyOutcome
{
    StudySample rest;                 //!< before the counted frames
    std::vector<StudySample> samples; //!< over time
    std::vector<uint64_t> copies;     //!< native copies of counted frames, by attachment
    StudyDeliveries deliveries;       //!< of counted frames
    StudyOverflow overflow;           //!< from the start to the end
    double controlBytesPerSecond{0};  //!< IGMP and PIM, all links together, at rest; with a
                                      //!< control plane also what that says
    std::optional<TenantOutcome> tenants;
    double simulatedSeconds{0};
    uint64_t events{0};
};

/**
 * \returns \p graph as packets and model use it for \p tree: for bidirectional trees, the candidate
 *          RPs that would win an election become static RPs, as operators configure them
 */
TopologyGraph PrepareStudy(TopologyGraph graph, TreePolicy tree);

/**
 * Runs a point in this process, from an empty simulator to an empty simulator.
 * \param graph from PrepareStudy
 * \param segments the VNIs, each with a group in the range of the tree policy
 * \throws std::runtime_error when it cannot come to rest: no RP is known
 */
StudyOutcome RunStudy(const TopologyGraph& graph,
                      const std::vector<StudySegment>& segments,
                      const StudySettings& settings);

} // namespace ns3

#endif
