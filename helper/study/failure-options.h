// SPDX-License-Identifier: GPL-2.0-only
// The options of failure-study: read and checked as a whole before anything runs.
#ifndef VXLAN_MULTICAST_FAILURE_OPTIONS_H
#define VXLAN_MULTICAST_FAILURE_OPTIONS_H

#include "ns3/failure-simulation.h"
#include "ns3/program-options.h"
#include "ns3/state-options.h"

#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/** The options as they are written: those of the graph model, and more. */
struct FailureOptionTexts
{
    StateOptionTexts state;
    std::string failures{"link,spine,rp,vtep"};
    std::string detection{"ospf,carrier,bfd"};
    std::string sample{"3"};
    std::string roles{"senders"};
    std::string bfd{"150ms"};
    std::string probeInterval{"10ms"};
    std::string window{"60s"};
    std::string quiet{"0s"};
    std::string jobs{"1"};
    bool packets{true};
    bool plots{false};
};

/** The options as they are meant, checked. */
struct FailureOptions
{
    StateOptions state;
    std::vector<std::string> kinds;
    std::vector<FailureDetection> detections;
    uint32_t sample{3}; //!< failures of a kind that are run in packets; 0: all
    bool thirds{false}; //!< members send, receive or do both, as in the published model
    bool packets{true};
    bool plots{false};
    uint32_t jobs{1};         //!< failures in packets at once
    FailureSettings settings; //!< but for tree, detection and `found`
    std::string identity;     //!< the options that decide what a run gives
};

/** \returns the table of options, which write into \p texts. */
ProgramOptions MakeFailureProgramOptions(FailureOptionTexts& texts);

/**
 * \param command for messages: where each option stands
 * \throws InputError
 */
FailureOptions ReadFailureOptions(const FailureOptionTexts& texts, const ProgramOptions& command);

} // namespace ns3

#endif
