// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5.1: what candidates for Designated Forwarder are compared by.
#ifndef VXLAN_MULTICAST_PIM_DF_METRIC_H
#define VXLAN_MULTICAST_PIM_DF_METRIC_H

#include "ns3/ipv4-address.h"
#include "ns3/pim-message.h"

#include <cstdint>
#include <tuple>

namespace ns3
{

/** What routers are compared by: their routing protocol, their distance to the RP, their address.
 */
struct PimDfMetric
{
    uint32_t preference{PimAssert::INFINITE_PREFERENCE};
    uint32_t metric{PimAssert::INFINITE_METRIC};
    Ipv4Address address{Ipv4Address::GetAny()};

    /** \returns true for a router that has no route to the RP address but over this link. */
    bool IsInfinite() const
    {
        return preference >= PimAssert::INFINITE_PREFERENCE;
    }

    /** The lower preference, then the lower metric, then the higher address. */
    bool IsBetterThan(const PimDfMetric& other) const
    {
        return std::make_tuple(preference, metric, ~address.Get()) <
               std::make_tuple(other.preference, other.metric, ~other.address.Get());
    }
};

} // namespace ns3

#endif
