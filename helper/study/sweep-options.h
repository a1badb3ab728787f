// SPDX-License-Identifier: GPL-2.0-only
// The options of vni-group-sweep: read and checked as a whole before anything runs.
#ifndef VXLAN_MULTICAST_SWEEP_OPTIONS_H
#define VXLAN_MULTICAST_SWEEP_OPTIONS_H

#include "ns3/input-error.h"
#include "ns3/limit-options.h"
#include "ns3/sweep-point.h"
#include "ns3/topology-options.h"

#include <string>
#include <utility>

namespace ns3
{

/** \returns the topologies of the option --topology: one file, or several with blanks between. */
std::vector<std::string> SplitTopologies(const std::string& text);

/** The options as they were given. Lists are separated by commas; numbers know ranges, `1-5`. */
struct SweepOptionTexts
{
    TopologyOptions topologyOptions{};
    std::string topology; //!< several are separated by blanks, as specs hold commas
    std::string vnis{"256"};
    std::string groups; //!< of this or of ratios, exactly one
    std::string ratios;
    std::string trees{"rpt,spt,bidir"};
    std::string members{"8"};
    std::string mapping{"modulo"};
    std::string placement{"uniform"};
    std::string senders{"all"};
    std::string seeds{"1"};
    std::string frames{"1"};
    std::string capacity;
    LimitTexts limits; //!< instead of capacity: one point
    std::string capacityPolicy{"refuse"};
    std::string control; //!< none: devices flood, and learn nothing
    std::string vms;     //!< with a control plane; none: 32
    std::string output{"out/sweep"};
    std::string jobs{"1"};
    bool packets{true};
    bool plots{true};
    bool report{false};
};

/** What is wrong with one option, and what would be right. */
class SweepOptionError : public InputError
{
  public:
    SweepOptionError(std::string option, const std::string& message)
        : InputError(message),
          m_option(std::move(option))
    {
    }

    /** \returns the option's name, without dashes. */
    const std::string& GetOption() const
    {
        return m_option;
    }

  private:
    std::string m_option;
};

/**
 * Checks the texts, loads the topologies, and lays out the grid.
 * \throws SweepOptionError
 * \throws InputError if a topology is wrong
 */
SweepOptions ReadSweepOptions(const SweepOptionTexts& texts);

} // namespace ns3

#endif
