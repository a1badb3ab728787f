// SPDX-License-Identifier: GPL-2.0-only
// The command line of multicast-plan, checked, and the question that it asks.
#ifndef VXLAN_MULTICAST_PLAN_OPTIONS_H
#define VXLAN_MULTICAST_PLAN_OPTIONS_H

#include "ns3/limit-options.h"
#include "ns3/plan-question.h"
#include "ns3/program-options.h"
#include "ns3/topology-options.h"
#include "ns3/workload.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ns3
{

/** The options of multicast-plan. */
struct PlanOptions
{
    std::string topology;
    TopologyOptions topologyOptions{};
    std::string workloadFile; //!< CSV vni,node,frames_per_s; empty: drawn
    WorkloadOptions workload;
    RpfEcmp ecmp{RpfEcmp::SG_HASH};
    VtepPlace place{VtepPlace::Hosts};
    LimitTexts limits;
    std::vector<TreePolicy> trees{TreePolicy::Bidir, TreePolicy::Rpt, TreePolicy::Spt};
    bool mayHeadEnd{false};
    bool mixed{false};
    PlanObjective objective{PlanObjective::WASTE};
    std::vector<uint32_t> groups; //!< empty: auto
    double seconds{60};
    bool exact{false};
    bool report{false};
    bool bounds{false};
    bool verify{false};
    bool plots{true};
    std::string from;                //!< an earlier plan.csv
    std::optional<uint64_t> moves;   //!< so many VNIs may change their group
    std::optional<double> growth;    //!< VNIs more in a year, as a part of those there are
    std::optional<double> churnTime; //!< hours
    uint64_t seed{1};
    std::optional<uint64_t> searchSeed; //!< as seed
    uint32_t effort{1};
    std::string output;
};

/** \returns the table of options; what is parsed goes to \p options, which outlives it. */
ProgramOptions MakePlanOptions(PlanOptions& options);

} // namespace ns3

#endif
