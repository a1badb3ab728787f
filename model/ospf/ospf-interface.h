// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §9: the interface data structure, its state machine (§9.1-9.3, Figure 11), election of
// the Designated Router (§9.4), Hello (§9.5, §10.5). Broadcast and point-to-point networks. A
// passive interface (no RFC term) sends and takes no packets; its network is advertised as a stub.
#ifndef VXLAN_MULTICAST_OSPF_INTERFACE_H
#define VXLAN_MULTICAST_OSPF_INTERFACE_H

#include "ns3/deadline-heap.h"
#include "ns3/ospf-neighbor.h"

#include <map>
#include <memory>

namespace ns3
{

/** Type of the attached network (§1.2). */
enum class OspfNetworkType : uint8_t
{
    BROADCAST,
    POINT_TO_POINT
};

/** §9.1, in the RFC's order. */
enum class OspfInterfaceState : uint8_t
{
    DOWN,
    LOOPBACK,
    WAITING,
    POINT_TO_POINT,
    DR_OTHER,
    BACKUP,
    DR
};

/** §9.2. */
enum class OspfInterfaceEvent : uint8_t
{
    INTERFACE_UP,
    WAIT_TIMER,
    BACKUP_SEEN,
    NEIGHBOR_CHANGE,
    LOOP_IND,
    UNLOOP_IND,
    INTERFACE_DOWN
};

/** \returns the RFC's name of the state, such as "DROther". */
const char* ToString(OspfInterfaceState state);
/** \returns the RFC's name of the event, such as "InterfaceUp". */
const char* ToString(OspfInterfaceEvent event);

/** Parameters of one interface (§9, Appendix C.3). */
struct OspfInterfaceConfig
{
    uint32_t index{0};                          //!< ns-3's interface number
    Ipv4Address address{Ipv4Address::GetAny()}; //!< own address
    Ipv4Mask mask{Ipv4Mask::GetZero()};         //!< of the attached network
    Ipv4Address area{Ipv4Address::GetAny()};
    OspfNetworkType type{OspfNetworkType::BROADCAST};
    bool passive{false};
    uint16_t cost{1};    //!< Interface output cost
    uint8_t priority{1}; //!< Router Priority; 0: never Designated Router
    uint16_t mtu{1500};  //!< bytes, of IP packets
    Time helloInterval{Seconds(10)};
    Time deadInterval{Seconds(40)}; //!< RouterDeadInterval
    Time rxmtInterval{Seconds(5)};
    Time transmitDelay{Seconds(1)}; //!< InfTransDelay
};

/** One interface of an OSPF router with the neighbours on it. */
class OspfInterface
{
  public:
    /** Neighbours by address on broadcast networks, by router id on point-to-point ones (§10). */
    using Neighbors = std::map<Ipv4Address, std::unique_ptr<OspfNeighbor>>;

    OspfInterface(OspfHost& host, const OspfInterfaceConfig& config);

    /** Runs the state machine of §9.3; a pair that it does not name changes nothing. */
    void HandleEvent(OspfInterfaceEvent event);

    /** §10.5. \returns empty, or why the packet was refused. */
    std::string ReceiveHello(Ipv4Address source, Ipv4Address routerId, const OspfHello& hello);

    /** \returns the neighbour that sent a packet, or nullptr (§8.2). */
    OspfNeighbor* FindNeighbor(Ipv4Address source, Ipv4Address routerId);
    /** §10.4. */
    bool IsAdjacencyWanted(const OspfNeighbor& neighbor) const;
    /** A neighbour came to or left bidirectional state: NeighborChange, once per instant. */
    void ScheduleNeighborChange();

    /** §13.5: acknowledges within AckDelay, many at a time. */
    void AddDelayedAck(const OspfLsaHeader& header);

    /** \returns AllSPFRouters, or AllDRouters for one who is neither DR nor backup (§13.3, §13.5).
     */
    Ipv4Address GetFloodDestination() const;
    /** \returns where packets for \p neighbor alone go (§8.1). */
    Ipv4Address GetUnicastDestination(const OspfNeighbor& neighbor) const;
    /** \returns the bytes that the body of one packet may take within the MTU. */
    std::size_t GetBodySize() const;

    const OspfInterfaceConfig& GetConfig() const
    {
        return m_config;
    }

    OspfInterfaceState GetState() const
    {
        return m_state;
    }

    const Neighbors& GetNeighbors() const
    {
        return m_neighbors;
    }

    /** \returns the Designated Router's address here, any when there is none. */
    Ipv4Address GetDesignatedRouter() const
    {
        return m_designatedRouter;
    }

    Ipv4Address GetBackupDesignatedRouter() const
    {
        return m_backupDesignatedRouter;
    }

    /** \returns the time until \p neighbor is declared dead. */
    Time GetDeadTime(const OspfNeighbor& neighbor) const;

    void SetCost(uint16_t cost)
    {
        m_config.cost = cost;
    }

    /** LSAs waiting for the next update out of here; kept by OspfFlooding. */
    std::set<OspfLsaKey> pendingUpdate;

  private:
    /** One router in the election (§9.4). */
    struct Candidate
    {
        uint8_t priority;
        uint32_t routerId;
        Ipv4Address address{Ipv4Address::GetAny()};
        Ipv4Address designatedRouter{Ipv4Address::GetAny()}; //!< whom it declares
        Ipv4Address backupDesignatedRouter{Ipv4Address::GetAny()};

        bool DeclaresDr() const
        {
            return designatedRouter == address;
        }

        bool DeclaresBackup() const
        {
            return backupDesignatedRouter == address;
        }
    };

    void Up();
    void Down();
    void Elect();
    std::vector<Candidate> GetCandidates() const;
    void SetState(OspfInterfaceState state);
    void NotifyAdjacencies();
    void SendHello();
    void SendDelayedAcks();
    std::string CheckHello(const OspfHello& hello) const;
    OspfNeighbor& GetOrAddNeighbor(Ipv4Address source, Ipv4Address routerId);
    void RemoveNeighbor(Ipv4Address key, OspfNeighborEvent event);
    Ipv4Address GetKey(Ipv4Address source, Ipv4Address routerId) const;
    void RunScheduled();

    OspfHost& m_host;
    OspfInterfaceConfig m_config;
    OspfInterfaceState m_state{OspfInterfaceState::DOWN};
    Ipv4Address m_designatedRouter{Ipv4Address::GetAny()};
    Ipv4Address m_backupDesignatedRouter{Ipv4Address::GetAny()};
    std::vector<OspfLsaHeader> m_delayedAcks;
    bool m_backupSeen{false};
    ProtocolTimer m_helloTimer;
    ProtocolTimer m_waitTimer;
    ProtocolTimer m_ackTimer;
    ProtocolTimer m_scheduled; //!< rings at once: events that §10.5 calls "scheduled"
    Neighbors m_neighbors;
    DeadlineHeap<Ipv4Address> m_inactivity; //!< by the key of the neighbour
};

} // namespace ns3

#endif
