// SPDX-License-Identifier: GPL-2.0-only
#include "ns3/table-formats.h"

#include "ns3/topology-values.h"

namespace ns3
{

const std::vector<TableFormat>&
GetTableFormats()
{
    static const std::vector<TableFormat> formats = {
        {"routes",
         SplitWords("snapshot time_s node prefix metric next_hop interface protocol"),
         true},
        {"rp",
         SplitWords("snapshot time_s node bsr bsr_priority rp group_prefix rp_priority holdtime_s"),
         true},
        {"igmp",
         SplitWords("snapshot time_s node interface group filter_mode sources last_reporter"),
         true},
        {"tib",
         SplitWords("snapshot time_s node kind source group rp upstream_interface "
                    "upstream_neighbor upstream_state outgoing_interfaces register_state"),
         true},
        {"mfc",
         SplitWords("snapshot time_s node source group incoming_interface outgoing_interfaces "
                    "packets bytes"),
         true},
        {"fdb", SplitWords("snapshot time_s node device vni mac vtep state age_s"), true},
        {"links", SplitWords("snapshot time_s network from class packets bytes"), true},
        {"deliveries",
         SplitWords("flow source group receiver sent received duplicates lost reordered first_s "
                    "last_s latency_min_s latency_mean_s latency_max_s ttl_min ttl_max outside"),
         false},
        {"pings", SplitWords("time_s node to sequence rtt_ms from"), false},
        {"flood",
         SplitWords("node device vni kind frames copies_on_links delivered_wanted "
                    "delivered_unwanted"),
         false},
        {"events", SplitWords("time_s node protocol event detail"), false},
        {"drops", SplitWords("node protocol reason packets"), false},
    };
    return formats;
}

const TableFormat*
FindTableFormat(const std::string& name)
{
    for (const TableFormat& format : GetTableFormats())
    {
        if (format.name == name)
        {
            return &format;
        }
    }
    return nullptr;
}

} // namespace ns3
