// SPDX-License-Identifier: GPL-2.0-only
// RFC 9301 §8: a map server and map resolver in one. It answers Map-Requests itself (the P bit of
// registrations), notifies the old VTEP of an EID that another has registered, and merges the
// locators of EIDs registered with the merge bit (RFC 8378), the broadcast address of each
// instance. Departures: Map-Requests are not forwarded to ETRs; any holder of the key may register
// any EID.
#ifndef VXLAN_MULTICAST_MAP_SERVER_INSTANCE_H
#define VXLAN_MULTICAST_MAP_SERVER_INSTANCE_H

#include "ns3/deadline-heap.h"
#include "ns3/enum-names.h"
#include "ns3/map-config.h"
#include "ns3/map-environment.h"

#include <map>

namespace ns3
{

/** States of a VTEP's registration of an EID. */
enum class MapRegistrationState
{
    ABSENT,
    REGISTERED
};

template <>
struct EnumNames<MapRegistrationState>
{
    static constexpr const char* NAMES[] = {"absent", "registered"};
};

/** What happens to it. */
enum class MapRegistrationEvent
{
    REGISTER,
    WITHDRAW, //!< a registration with TTL 0
    MOVED,    //!< another VTEP has registered the EID
    TIMEOUT
};

template <>
struct EnumNames<MapRegistrationEvent>
{
    static constexpr const char* NAMES[] = {"register", "withdraw", "moved", "timeout"};
};

/** A map server. */
class MapServerInstance
{
  public:
    /** One VTEP's registration of an EID. */
    struct Registration
    {
        MapRecord record;
        bool wantsNotify{false};
    };

    /** Registrations of an EID, by VTEP. */
    struct Entry
    {
        bool merge{false};
        std::map<Ipv4Address, Registration> registrations;
    };

    using Entries = std::map<MapEid, Entry>;

    /** \param environment and \param nonces outlive the instance */
    MapServerInstance(MapEnvironment& environment,
                      const MapServerConfig& config,
                      MapRegisterNonces& nonces);

    /** A message came. \returns empty, or why it is refused */
    std::string Receive(Ipv4Address source, uint16_t port, const std::vector<uint8_t>& bytes);

    const Entries& GetEntries() const;

  private:
    using RegistrationKey = std::pair<MapEid, Ipv4Address>;

    /** An unsolicited Map-Notify that waits for its acknowledgement. */
    struct Pending
    {
        Ipv4Address vtep;
        MapNotify notify;
        uint32_t sent{0};
    };

    /** \returns whether a Map-Register is no replay of an earlier one (§5.6). */
    bool IsFresh(Ipv4Address source, const MapRegister& message);
    std::string HandleRegister(Ipv4Address source,
                               const MapRegister& message,
                               const std::vector<uint8_t>& bytes);
    void HandleEvent(MapRegistrationEvent event,
                     const MapEid& eid,
                     Ipv4Address vtep,
                     const MapRegister* message,
                     const MapRecord* record);
    void Withdraw(const MapEid& eid, Ipv4Address vtep, MapRegistrationEvent event);
    void HandleRequest(const MapRequest& request, Ipv4Address source, uint16_t port);
    MapRecord Describe(const MapEid& eid) const;
    /** Sends each of \p vteps the locators that the EID has now. */
    void Notify(const MapEid& eid, const std::vector<Ipv4Address>& vteps);
    void SendNotify(uint64_t nonce);
    void Send(Ipv4Address to, uint16_t port, const MapMessage& message);
    uint64_t MakeNonce();

    MapEnvironment& m_environment;
    const MapServerConfig m_config;
    MapRegisterNonces& m_nonces;
    Entries m_entries;
    std::map<uint64_t, Pending> m_pending; //!< by nonce
    DeadlineHeap<RegistrationKey> m_timeouts;
    DeadlineHeap<uint64_t> m_retries;
};

} // namespace ns3

#endif
