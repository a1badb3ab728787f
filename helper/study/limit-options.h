// SPDX-License-Identifier: GPL-2.0-only
// The options of the study programs that limit tables: --limit, --used, --device, --devices.
#ifndef VXLAN_MULTICAST_LIMIT_OPTIONS_H
#define VXLAN_MULTICAST_LIMIT_OPTIONS_H

#include "ns3/model-network.h"
#include "ns3/plan-limits.h"
#include "ns3/program-options.h"

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

namespace ns3
{

/** The options as they were given. */
struct LimitTexts
{
    std::string limit;
    std::string used;
    std::string device;
    std::string devices; //!< the library; empty: the one that comes with the programs
};

/** One of these options is wrong. */
class LimitError : public std::invalid_argument
{
  public:
    LimitError(std::string option, const std::string& message)
        : std::invalid_argument(message),
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

/** \returns the options, which write into \p texts. */
std::vector<ProgramOption> MakeLimitOptions(LimitTexts& texts);

/**
 * \returns the limits of options and devices together, less what is in use
 * \throws LimitError; InputError if the library cannot be read
 */
PlanLimits ReadLimits(const LimitTexts& texts);
/** The same, refused by \p command. \throws InputError */
PlanLimits ReadLimits(const ProgramOptions& command, const LimitTexts& texts);

/**
 * Checks that each limited tier is among \p tiers, so that a misspelt one does not count for
 * nothing. \throws LimitError
 */
void CheckLimitTiers(const PlanLimits& limits, const std::set<std::string>& tiers);
/** The same for the tiers of \p network, refused by \p command. \throws InputError */
void CheckLimitTiers(const ProgramOptions& command,
                     const ModelNetwork& network,
                     const PlanLimits& limits);

} // namespace ns3

#endif
