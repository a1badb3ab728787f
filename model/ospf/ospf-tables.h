// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §5: the top-level data structure: interfaces, areas, databases and the routing table of
// one router, with what the RFC asks of them.
#ifndef VXLAN_MULTICAST_OSPF_TABLES_H
#define VXLAN_MULTICAST_OSPF_TABLES_H

#include "ns3/ospf-area.h"
#include "ns3/ospf-routes.h"

#include <boost/container/flat_map.hpp>

#include <map>
#include <memory>

namespace ns3
{

/** What one OSPF router knows. */
struct OspfTables
{
    using Interfaces = boost::container::flat_map<uint32_t, std::unique_ptr<OspfInterface>>;
    using Areas = std::map<OspfId, std::unique_ptr<OspfArea>>;

    /** \param externalDue as the last parameter of OspfLsdb, of the AS-external-LSAs */
    OspfTables(ProtocolClock& itsClock,
               OspfId itsRouterId,
               const OspfConfig& itsConfig,
               std::function<void(const OspfLsaKey&)> externalDue);

    /** \returns the database that holds LSAs of \p type; that of an area must be attached. */
    OspfLsdb& GetLsdb(OspfId area, OspfLsaType type);
    const OspfLsdb& GetLsdb(OspfId area, OspfLsaType type) const;
    /** \returns the interface that \p neighbor is on. */
    OspfInterface& GetInterface(const OspfNeighbor& neighbor) const;
    /** \returns the Options (A.2) of \p area: the E-bit unless it is a stub. */
    uint8_t GetOptions(OspfId area) const;
    /** \returns whether interfaces into more than one area are up (§3.3). */
    bool IsAreaBorderRouter() const;
    /** \returns whether an interface into \p area is up. */
    bool IsAttached(const OspfArea& area) const;
    /** §13.4: by router id, or a network-LSA under one of this router's addresses. */
    bool IsSelfOriginated(const OspfLsaHeader& header) const;
    /** \returns whether a next hop of \p path lies in \p area. */
    bool LeadsInto(const OspfPath& path, const OspfArea& area) const;
    /** \returns the address range of \p area that holds \p prefix, or nullptr. */
    const OspfAreaRange* FindRange(OspfId area, const Ipv4Prefix& prefix) const;
    /** \returns the routing table as last set (§11), put together from where its parts are. */
    OspfRoutingTable GetRoutes() const;
    /** \param table of the areas that are attached, after the last calculation of their routes */
    void SetRoutes(const OspfRoutingTable& table);
    /** \returns the attached areas as a calculation sees them. */
    std::vector<OspfAreaView> GetAttachedAreas() const;
    /** \returns the links that the tree of \p area may start with (§16.1.1). */
    std::vector<OspfLocalLink> GetLocalLinks(const OspfArea& area) const;

    ProtocolClock& clock;
    const OspfId routerId;
    const OspfConfig config;
    OspfLsdb externals;
    Areas areas;
    /** The routing table but for intra-area routes to networks, which the areas' tables hold. */
    OspfRoutingTable beyondAreas;
    Interfaces interfaces; //!< destroyed first: neighbours look at databases
};

/** \returns whether the interface is in any state but Down. */
bool IsOspfInterfaceUp(const OspfInterface& interface);

} // namespace ns3

#endif
