// SPDX-License-Identifier: GPL-2.0-only
// RFC 2328 §9: the interface data structure, its state machine (§9.1-9.3, Figure 11), election of
// the Designated Router (§9.4), Hello (§9.5, §10.5). Broadcast and point-to-point networks. A
// passive interface (no RFC term) sends and takes no packets; its network is advertised as a stub.
#ifndef VXLAN_MULTICAST_OSPF_INTERFACE_H
#define VXLAN_MULTICAST_OSPF_INTERFACE_H

#include "ns3/class-log.h"
#include "ns3/deadline-heap.h"
#include "ns3/ospf-neighbor.h"

#include <boost/container/flat_set.hpp>

#include <map>
#include <memory>
#include <vector>

namespace ns3
{

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

template <>
struct EnumNames<OspfInterfaceState>
{
    static constexpr const char* NAMES[] =
        {"Down", "Loopback", "Waiting", "Point-to-point", "DROther", "Backup", "DR"};
};

template <>
struct EnumNames<OspfInterfaceEvent>
{
    static constexpr const char* NAMES[] = {"InterfaceUp",
                                            "WaitTimer",
                                            "BackupSeen",
                                            "NeighborChange",
                                            "LoopInd",
                                            "UnloopInd",
                                            "InterfaceDown"};
};

/** One interface of an OSPF router with the neighbours on it. */
class OspfInterface : public OspfLink
{
  public:
    /** By address, as a number, on broadcast networks; by router id on point-to-point ones (§10).
     */
    using Neighbors = std::map<OspfId, std::unique_ptr<OspfNeighbor>>;

    OspfInterface(OspfContext& context, const OspfInterfaceConfig& config);

    /** Runs the state machine of §9.3; a pair that it does not name changes nothing. */
    void HandleEvent(OspfInterfaceEvent event);

    /** §10.5. \returns why the packet was refused. */
    OspfDropReason ReceiveHello(Ipv4Address source, OspfId routerId, const OspfHello& hello);

    /** The neighbour of this address is dead, as if its InactivityTimer had rung. */
    void NeighborLost(Ipv4Address address);

    /** \returns the neighbour that sent a packet, or nullptr (§8.2). */
    OspfNeighbor* FindNeighbor(Ipv4Address source, OspfId routerId);

    /** §13.5: acknowledges after AckDelay, or as soon as a packet is full. */
    void AddDelayedAck(const OspfLsaHeader& header);

    /** \returns AllSPFRouters, or AllDRouters for one who is neither DR nor backup (§13.3, §13.5).
     */
    Ipv4Address GetFloodDestination() const;

    // OspfLink
    const OspfInterfaceConfig& GetConfig() const override;
    bool IsAdjacencyWanted(const OspfNeighbor& neighbor) const override;
    void ScheduleNeighborChange() override;
    Ipv4Address GetUnicastDestination(const OspfNeighbor& neighbor) const override;
    std::size_t GetBodySize() const override;

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

    /** Sets the Router Priority; neighbours hear of it in the next Hello, this router elects at
     * once. */
    void SetPriority(uint8_t priority);

    /** LSAs waiting for the next update out of here; kept by OspfFlooding. */
    boost::container::flat_set<OspfLsaKey, std::less<OspfLsaKey>, std::vector<OspfLsaKey>>
        pendingUpdate;

  private:
    NS_LOG_CLASS_DECLARE;

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
    OspfDropReason CheckHello(const OspfHello& hello) const;
    /** \returns whether a router that is not \p routerId is fully adjacent. */
    bool IsAdjacentToOther(OspfId routerId) const;
    OspfNeighbor& GetOrAddNeighbor(Ipv4Address source, OspfId routerId);
    void RemoveNeighbor(OspfId key, OspfNeighborEvent event);
    OspfId GetKey(Ipv4Address source, OspfId routerId) const;
    void RunScheduled();

    OspfContext& m_context;
    OspfInterfaceConfig m_config;
    OspfInterfaceState m_state{OspfInterfaceState::DOWN};
    OspfInterfaceEvent m_event{OspfInterfaceEvent::INTERFACE_DOWN}; //!< that is being handled
    Ipv4Address m_designatedRouter{Ipv4Address::GetAny()};
    Ipv4Address m_backupDesignatedRouter{Ipv4Address::GetAny()};
    std::vector<OspfLsaHeader> m_delayedAcks;
    bool m_backupSeen{false};
    ProtocolTimer m_helloTimer;
    ProtocolTimer m_waitTimer;
    ProtocolTimer m_ackTimer;
    ProtocolTimer m_scheduled; //!< rings at once: events that §10.5 calls "scheduled"
    Neighbors m_neighbors;
    DeadlineHeap<OspfId> m_inactivity; //!< by the key of the neighbour
};

} // namespace ns3

#endif
