// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §16.2 and §16.4: inter-area and AS external routes on top of the areas' trees.
// Departure: no virtual links, so no §16.3.
#ifndef VXLAN_MULTICAST_OSPF_ROUTES_H
#define VXLAN_MULTICAST_OSPF_ROUTES_H

#include "ns3/ospf-spf.h"

#include <map>

namespace ns3
{

/** §11, in order of preference. */
enum class OspfPathType : uint8_t
{
    INTRA_AREA,
    INTER_AREA,
    TYPE_1_EXTERNAL,
    TYPE_2_EXTERNAL
};

/** One entry of the routing table (§11). */
struct OspfRoute
{
    OspfPathType type{OspfPathType::INTRA_AREA};
    OspfId area; //!< of the path; meaningless for external ones
    OspfPath path;
    uint32_t type2Cost{0};

    /** \returns the metric to put into a table: the Type 2 cost where there is one. */
    uint32_t GetMetric() const
    {
        return type == OspfPathType::TYPE_2_EXTERNAL ? type2Cost : path.cost;
    }
};

/** The whole table. */
struct OspfRoutingTable
{
    OspfFlatTable<Ipv4Prefix, OspfRoute> networks;
    std::map<OspfId, OspfRoute> asBoundaryRouters; //!< by router id
};

/** One area as the calculation sees it. */
struct OspfAreaView
{
    OspfId id;
    const OspfLsdb* lsdb;
    const OspfAreaRoutes* routes;
};

/** Adds the intra-area routes (§16 step 2), of several equal paths \p config's maxPaths at most. */
void AddOspfIntraArea(const std::vector<OspfAreaView>& areas,
                      const OspfConfig& config,
                      OspfFlatTable<Ipv4Prefix, OspfRoute>& networks);

/**
 * Builds the table (§16 steps 2 to 5).
 * \param areas the attached areas; an area border router reads summaries of the backbone only
 */
OspfRoutingTable CalculateOspfRoutes(OspfId routerId,
                                     const std::vector<OspfAreaView>& areas,
                                     const OspfLsdb& externals,
                                     const OspfConfig& config);

} // namespace ns3

#endif
