// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 as a whole: one OSPF router, without any knowledge of nodes, sockets or a simulator.
//
// Packets come in by Receive and leave by OspfEnvironment. Hellos and neighbours live in
// OspfInterface and OspfNeighbor; updates, acknowledgements and flushing in OspfFlooding; own LSAs
// in OspfOrigination; routes in ospf-spf and ospf-routes, run here behind a throttle. Departures:
// NBMA and point-to-multipoint networks, virtual links and TOS routing are left out. Authentication
// is the business of who carries the packets: ospf-authentication.h.
#ifndef VXLAN_MULTICAST_OSPF_INSTANCE_H
#define VXLAN_MULTICAST_OSPF_INSTANCE_H

#include "ns3/ospf-flooding.h"
#include "ns3/ospf-origination.h"

#include <string>

namespace ns3
{

/** One OSPF router. Made when the protocol starts, destroyed when it stops. */
class OspfInstance : public OspfContext, private OspfFloodingListener
{
  public:
    using Interfaces = OspfTables::Interfaces;
    using Areas = OspfTables::Areas;

    /**
     * \param environment the node; outlives the instance
     * \param routerId the router id
     * \param config copied
     */
    OspfInstance(OspfEnvironment& environment, OspfId routerId, const OspfConfig& config);

    /** Sets the parameters of an area; before its first interface. Unset areas are plain. */
    void ConfigureArea(const OspfAreaConfig& config);
    /** Adds an interface, Down at first. */
    void AddInterface(const OspfInterfaceConfig& config);
    /** Takes an interface away; no error if there is none. */
    void RemoveInterface(uint32_t index);
    /** InterfaceUp or InterfaceDown (§9.2); no error if there is none. */
    void SetInterfaceUp(uint32_t index, bool up);
    void SetInterfaceCost(uint32_t index, uint16_t cost);
    /**
     * Somebody else has found that a neighbour is dead (RFC 5882 §4): as if its InactivityTimer
     * had rung; no error if there is none.
     */
    void NeighborLost(uint32_t interface, Ipv4Address neighbor);
    void SetInterfacePriority(uint32_t index, uint8_t priority);
    void SetExternalRoute(const OspfExternalRoute& route);
    void RemoveExternalRoute(const Ipv4Prefix& prefix);

    /** \returns false for a packet that this router's hardware would not have taken (AllDRouters).
     */
    bool ListensTo(uint32_t interface, Ipv4Address destination) const;
    /** §8.2. Reports the first reason why the packet, or an LSA of it, was refused. */
    void Receive(uint32_t interface, Ipv4Address source, const OspfPacket& packet);

    /** Something that LSAs are made of has changed. */
    void ScheduleOrigination();

    const OspfTables& GetTables() const
    {
        return m_tables;
    }

    const Interfaces& GetInterfaces() const
    {
        return m_tables.interfaces;
    }

    const Areas& GetAreas() const
    {
        return m_tables.areas;
    }

    const OspfLsdb& GetExternalLsdb() const
    {
        return m_tables.externals;
    }

    /** \returns the routing table, which is put together for who asks. */
    OspfRoutingTable GetTable() const
    {
        return m_tables.GetRoutes();
    }

    /** \returns the database that holds LSAs of \p type; that of an area must be attached. */
    const OspfLsdb& GetLsdb(OspfId area, OspfLsaType type) const
    {
        return m_tables.GetLsdb(area, type);
    }

    // OspfContext
    ProtocolClock& GetClock() override;
    ProtocolRandom& GetRandom() override;
    ProtocolObserver& GetObserver() override;
    const OspfConfig& GetConfig() const override;
    OspfId GetRouterId() const override;
    uint8_t GetOptions(OspfId area) const override;
    void Send(const OspfLink& link, Ipv4Address destination, OspfPacket::Body body) override;
    std::size_t SendLsas(OspfNeighbor& neighbor,
                         const std::vector<OspfLsaKey>& keys,
                         std::size_t packets) override;
    std::optional<OspfLsaHeader> FindLsa(OspfId area, const OspfLsaKey& key) const override;
    std::vector<OspfLsaHeader> SummarizeDatabase(OspfNeighbor& neighbor) override;
    void InterfaceStateChanged(OspfInterface& interface, OspfInterfaceState old) override;
    void DesignatedRouterChanged(OspfInterface& interface) override;
    void NeighborStateChanged(OspfNeighbor& neighbor, OspfNeighborState old) override;

  private:
    // OspfFloodingListener
    void DatabaseChanged(OspfId area, OspfLsaType type) override;
    void OwnLsaSeen(OspfId area, const OspfLsaHeader& header) override;
    void OwnLsaReceived() override;
    void OwnLsaGone(OspfId area, const OspfLsaHeader& header) override;

    OspfArea& GetOrAddArea(OspfId id);
    OspfDropReason CheckHeader(const OspfInterface& interface,
                               Ipv4Address source,
                               const OspfPacket& packet) const;
    OspfDropReason Handle(uint32_t index, Ipv4Address source, const OspfPacket& packet);
    void LsaDue(OspfId area, const OspfLsaKey& key);
    /** The tree of \p area may start with other links. */
    void ScheduleSpf(OspfId area);
    void StartSpfTimer();
    void CalculateRoutes();
    void ReportEvent(OspfEvent event, const std::string& detail);

    OspfEnvironment& m_environment;
    OspfTables m_tables;
    OspfFlooding m_flooding;
    OspfOrigination m_origination;
    ProtocolTimer m_spfTimer;
    Time m_lastSpf{Seconds(-1e6)};
    Time m_spfHold;
};

} // namespace ns3

#endif
