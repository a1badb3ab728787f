// SPDX-License-Identifier: GPL-2.0-only
// The options of multicast-state: read and checked as a whole before anything runs.
#ifndef VXLAN_MULTICAST_STATE_OPTIONS_H
#define VXLAN_MULTICAST_STATE_OPTIONS_H

#include "ns3/limit-options.h"
#include "ns3/model-network.h"
#include "ns3/program-options.h"
#include "ns3/topology-options.h"
#include "ns3/tree-policy.h"
#include "ns3/workload.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/** The options as they are written. */
struct StateOptionTexts
{
    TopologyOptions topologyOptions{};
    std::string topology;
    std::string tenants{"0"};
    std::string vnis;
    std::string groups;
    std::string members{"8"};
    std::string distribution;
    std::string placement{"uniform"};
    std::string mapping;
    std::string senders{"all"};
    std::string trees{"bidir"};
    std::string seed;
    std::string output;
    std::string rpfEcmp{"sg-hash"};
    VtepPlace place{VtepPlace::Hosts};
    bool report{false};
    LimitTexts limits;
};

/** How many VNIs share how many groups, and how. */
struct StateSize
{
    uint32_t vnis{0};
    uint32_t groups{0}; //!< for the mapping; 0: not given
    std::string mapping;
};

/** The options as they are meant, checked. */
struct StateOptions
{
    WorkloadOptions workload;
    std::vector<StateSize> sizes; //!< one for each number of groups
    std::vector<TreePolicy> trees;
    std::vector<uint64_t> seeds;
    RpfEcmp ecmp{RpfEcmp::SG_HASH};
    VtepPlace place{VtepPlace::Hosts};
    PlanLimits limits;
};

/**
 * \returns the options of all programs that say which topology it is but for --topology: --rp, …;
 *          --vteps takes leaves as well, which goes to \p place
 */
std::vector<ProgramOption> MakeStateTopologyOptions(TopologyOptions& topology, VtepPlace& place);
/** \returns the table of options, which write into \p texts. */
ProgramOptions MakeStateProgramOptions(StateOptionTexts& texts);

/**
 * \param command for messages: where each option stands
 * \throws InputError
 */
StateOptions ReadStateOptions(const StateOptionTexts& texts, const ProgramOptions& command);

/** Refuses a workload by the option that it names. \throws InputError */
[[noreturn]] void RefuseWorkload(const ProgramOptions& command, const WorkloadError& error);

} // namespace ns3

#endif
