// SPDX-License-Identifier: GPL-2.0-only
// The rows of the sweep's tables as structs (doc/vni-group-sweep.rst explains the columns): what a
// point of the study gives, before it becomes text.
#ifndef VXLAN_MULTICAST_SWEEP_ROW_H
#define VXLAN_MULTICAST_SWEEP_ROW_H

#include "ns3/row-columns.h"
#include "ns3/study-simulation.h"
#include "ns3/sweep-point.h"
#include "ns3/tier-summary.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace ns3
{

/** One point and tier: sweep.csv. What packets measure is absent where only the model ran. */
struct SweepRow
{
    static constexpr const char* TABLE = "sweep";
    static const std::vector<RowColumn<SweepRow>>& GetColumns();

    /** What packets did in the whole topology. */
    struct Measured
    {
        uint64_t copies{0};
        StudyDeliveries deliveries;
        StudyOverflow overflow;
        double controlBytesPerSecond{0};
        uint64_t events{0};
        double simulatedSeconds{0};
    };

    /** What the model predicts of them. */
    struct Predicted
    {
        uint64_t copies{0};
        uint64_t wanted{0};
        uint64_t unwanted{0};
    };

    SweepPoint point;
    uint64_t routers{0};
    uint64_t vteps{0};
    uint64_t frames{0}; //!< of broadcast that were counted
    std::optional<Measured> measured;
    Predicted predicted;                          //!< with tables of any size
    std::optional<bool> fits;                     //!< whether no limit of tables binds
    std::optional<TenantOutcome> tenants;         //!< what a control plane did for them
    std::optional<TenantCounts> predictedTenants; //!< what the model says of that
    double wallSeconds{0};
    double peakMemoryMb{0};

    TierSummary demand;                //!< what the model's routers of the tier would hold
    std::optional<TierSummary> tables; //!< what packets left in them
};

/** One sample of a tier's tables: growth.csv. */
struct GrowthRow
{
    static constexpr const char* TABLE = "growth";
    static const std::vector<RowColumn<GrowthRow>>& GetColumns();

    SweepPoint point;
    Time time;
    TierSummary tables;
    StudyOverflow overflow; //!< so far, of all routers
};

} // namespace ns3

#endif
