// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §6: the area data structure.
#ifndef VXLAN_MULTICAST_OSPF_AREA_H
#define VXLAN_MULTICAST_OSPF_AREA_H

#include "ns3/ospf-interface.h"
#include "ns3/ospf-lsdb.h"
#include "ns3/ospf-spf.h"

#include <vector>

namespace ns3
{

/** An area address range (Appendix C.2): networks that are advertised to other areas as one. */
struct OspfAreaRange
{
    Ipv4Prefix prefix;
    bool advertise{true}; //!< false hides the networks
};

/** Parameters of an area (Appendix C.2). */
struct OspfAreaConfig
{
    OspfId id;
    bool stub{false};            //!< no AS-external-LSAs; a default route instead
    bool importSummaries{true};  //!< false: a stub area gets the default route alone (§12.4.3)
    uint32_t stubDefaultCost{1}; //!< StubDefaultCost
    std::vector<OspfAreaRange> ranges; //!< address ranges
};

/** An attached area. */
struct OspfArea
{
    OspfArea(ProtocolClock& clock,
             const OspfConfig& ospfConfig,
             const OspfAreaConfig& itsConfig,
             std::function<void(const OspfLsaKey&)> due)
        : config(itsConfig),
          lsdb(clock, ospfConfig, std::move(due))
    {
    }

    OspfAreaConfig config;
    OspfLsdb lsdb;
    OspfAreaRoutes routes;                  //!< of the last calculation
    bool calculate{true};                   //!< the tree is out of date
    bool inTable{false};                    //!< the routing table holds its routes
    std::vector<OspfInterface*> interfaces; //!< by interface number
};

} // namespace ns3

#endif
