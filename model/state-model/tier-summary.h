// SPDX-License-Identifier: GPL-2.0-only
// Table sizes by tier of routers: mean, 95th percentile, maximum.
#ifndef VXLAN_MULTICAST_TIER_SUMMARY_H
#define VXLAN_MULTICAST_TIER_SUMMARY_H

#include "ns3/model-network.h"
#include "ns3/tree-state-model.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ns3
{

/** A sample of numbers in three. */
struct SizeSummary
{
    double mean{0};
    double p95{0}; //!< 95th percentile, with linear interpolation between ranks
    uint64_t max{0};
};

/** \returns zeros for no numbers. */
SizeSummary Summarize(std::vector<uint64_t> numbers);

/** The tables of one tier. */
struct TierSummary
{
    std::string tier;
    std::size_t routers{0};
    SizeSummary starG;
    SizeSummary sg;
    SizeSummary sgRpt;
    SizeSummary mfc;
    SizeSummary mfcStarG; //!< of these (*,G)
    SizeSummary mfcSg;    //!< and (S,G)
};

/** \returns the tiers by name. \param states by router, in the order of the network */
std::vector<TierSummary> SummarizeTiers(const ModelNetwork& network,
                                        const std::vector<RouterState>& states);

} // namespace ns3

#endif
