// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 as a whole: one OSPF router, without any knowledge of nodes, sockets or a simulator.
//
// Packets come in by Receive and leave by OspfOutput. Hellos and neighbours live in OspfInterface
// and OspfNeighbor; updates, acknowledgements and flushing in OspfFlooding; own LSAs in
// OspfOrigination; routes in ospf-spf and ospf-routes, run here behind a throttle. Departures: NBMA
// and point-to-multipoint networks, virtual links, TOS routing and authentication are left out.
#ifndef VXLAN_MULTICAST_OSPF_INSTANCE_H
#define VXLAN_MULTICAST_OSPF_INSTANCE_H

#include "ns3/ospf-area.h"
#include "ns3/ospf-flooding.h"
#include "ns3/ospf-origination.h"
#include "ns3/ospf-routes.h"

#include <map>
#include <memory>
#include <string>

namespace ns3
{

/** Where an OSPF router's packets, routes and news go. */
class OspfOutput
{
  public:
    virtual ~OspfOutput() = default;
    /** Sends out of ns-3's interface \p interface, with TTL 1. */
    virtual void SendOspf(uint32_t interface,
                          Ipv4Address destination,
                          const OspfPacket& packet) = 0;
    /** A calculation of routes has ended. */
    virtual void OspfRoutesChanged(const OspfRoutingTable& table) = 0;
    /** `neighbor-full`, `neighbor-down`, `dr`, `spf`. */
    virtual void OspfEvent(const std::string& event, const std::string& detail) = 0;
};

/** One OSPF router. */
class OspfInstance : public OspfHost
{
  public:
    using Interfaces = std::map<uint32_t, std::unique_ptr<OspfInterface>>;
    using Areas = std::map<Ipv4Address, std::unique_ptr<OspfArea>>;

    OspfInstance(ProtocolClock& clock,
                 ProtocolRandom& random,
                 OspfOutput& output,
                 Ipv4Address routerId,
                 const OspfConstants& constants);

    /** Sets the parameters of an area; before its first interface. Unset areas are plain. */
    void ConfigureArea(const OspfAreaConfig& config);
    /** Adds an interface, Down at first. */
    void AddInterface(const OspfInterfaceConfig& config);
    /** Takes an interface away; no error if there is none. */
    void RemoveInterface(uint32_t index);
    /** InterfaceUp or InterfaceDown (§9.2); no error if there is none. */
    void SetInterfaceUp(uint32_t index, bool up);
    void SetInterfaceCost(uint32_t index, uint16_t cost);
    void SetExternalRoute(const OspfExternalRoute& route);
    void RemoveExternalRoute(const OspfPrefix& prefix);

    /** \returns false for a packet that this router's hardware would not have taken (AllDRouters).
     */
    bool ListensTo(uint32_t interface, Ipv4Address destination) const;
    /** §8.2. \returns empty, or why the packet, or an LSA of it, was refused. */
    std::string Receive(uint32_t interface, Ipv4Address source, const OspfPacket& packet);

    const Interfaces& GetInterfaces() const
    {
        return m_interfaces;
    }

    const Areas& GetAreas() const
    {
        return m_areas;
    }

    const OspfLsdb& GetExternalLsdb() const
    {
        return m_externals;
    }

    const OspfRoutingTable& GetTable() const
    {
        return m_table;
    }

    /** \returns the database that holds LSAs of \p type; that of an area must be attached. */
    OspfLsdb& GetLsdb(Ipv4Address area, OspfLsaType type);
    const OspfLsdb& GetLsdb(Ipv4Address area, OspfLsaType type) const;
    OspfFlooding& GetFlooding();
    /** \returns whether interfaces into more than one area are up (§3.3). */
    bool IsAreaBorderRouter() const;
    /** \returns whether an interface into \p area is up. */
    bool IsAttached(const OspfArea& area) const;
    /** §13.4: by router id, or a network-LSA under one of this router's addresses. */
    bool IsSelfOriginated(const OspfLsaHeader& header) const;
    /** \returns whether a next hop of \p path lies in \p area. */
    bool LeadsInto(const OspfPath& path, const OspfArea& area) const;
    /** \returns the address range of \p area that holds \p prefix, or nullptr. */
    const OspfAreaRange* FindRange(Ipv4Address area, const OspfPrefix& prefix) const;

    void ScheduleOrigination();
    /** As OspfOrigination::NoteSequence, for an LSA under this router's id; of others nothing. */
    void NoteSequence(Ipv4Address area, const OspfLsaHeader& header);
    /** As OspfOrigination::RestartSequence. */
    void RestartSequence(Ipv4Address area, const OspfLsaKey& key);
    /** An LSA of \p type has changed: routes are calculated after the SPF delay. */
    void ScheduleSpf(Ipv4Address area, OspfLsaType type);

    // OspfHost
    ProtocolClock& GetClock() override;
    ProtocolRandom& GetRandom() override;
    const OspfConstants& GetConstants() const override;
    Ipv4Address GetRouterId() const override;
    uint8_t GetOptions(Ipv4Address area) const override;
    void Send(OspfInterface& interface, Ipv4Address destination, OspfPacket::Body body) override;
    std::size_t SendLsas(OspfNeighbor& neighbor,
                         const std::vector<OspfLsaKey>& keys,
                         std::size_t packets) override;
    std::optional<OspfLsaHeader> FindLsa(Ipv4Address area, const OspfLsaKey& key) const override;
    std::vector<OspfLsaHeader> SummarizeDatabase(OspfNeighbor& neighbor) override;
    void InterfaceStateChanged(OspfInterface& interface, OspfInterfaceState old) override;
    void DesignatedRouterChanged(OspfInterface& interface) override;
    void NeighborStateChanged(OspfNeighbor& neighbor, OspfNeighborState old) override;

  private:
    OspfArea& GetOrAddArea(Ipv4Address id);
    std::string CheckHeader(const OspfInterface& interface,
                            Ipv4Address source,
                            const OspfPacket& packet) const;
    void LsaDue(Ipv4Address area, const OspfLsaKey& key);
    void StartSpfTimer();
    void CalculateRoutes();
    std::vector<OspfLocalLink> GetLocalLinks(const OspfArea& area) const;

    ProtocolClock& m_clock;
    ProtocolRandom& m_random;
    OspfOutput& m_output;
    const Ipv4Address m_routerId;
    const OspfConstants m_constants;
    OspfLsdb m_externals;
    Areas m_areas;
    OspfFlooding m_flooding;
    OspfOrigination m_origination;
    OspfRoutingTable m_table;
    ProtocolTimer m_spfTimer;
    Time m_lastSpf{Seconds(-1e6)};
    Time m_spfHold;
    Interfaces m_interfaces;
};

} // namespace ns3

#endif
