// SPDX-License-Identifier: GPL-2.0-only
// RFC 9300 §6 and RFC 9301 §6, §8.2: a VTEP's end (ITR and ETR): it registers what is on its side,
// asks for what is not, caches the answers for their TTL, and sends a solicit-map-request (SMR) to
// a VTEP that still sends it frames for an EID that has moved away; the frame goes on to the new
// place. Unlike data-plane LISP, frames are VXLAN's; locators are not probed.
#ifndef VXLAN_MULTICAST_MAP_XTR_INSTANCE_H
#define VXLAN_MULTICAST_MAP_XTR_INSTANCE_H

#include "ns3/deadline-heap.h"
#include "ns3/enum-names.h"
#include "ns3/map-config.h"
#include "ns3/map-environment.h"

#include <deque>
#include <map>
#include <optional>
#include <set>

namespace ns3
{

/** States of an EID in the map cache. */
enum class MapCacheState
{
    ABSENT,
    REQUESTED, //!< a Map-Request is out; an old mapping stays in use meanwhile
    MAPPED,
    NEGATIVE //!< nobody has registered it
};

template <>
struct EnumNames<MapCacheState>
{
    static constexpr const char* NAMES[] = {"absent", "requested", "mapped", "negative"};
};

/** What happens to it. */
enum class MapCacheEvent
{
    LOOKUP,         //!< a frame needs it
    REPLY,          //!< a record with locators
    NEGATIVE_REPLY, //!< a record without
    NOTIFY,         //!< the server told without being asked
    RETRY_TIMER,    //!< no reply in time
    GIVE_UP,        //!< none after the last attempt
    TTL,            //!< the record is too old
    SOLICITED,      //!< an SMR
    HEARD           //!< the EID has spoken: a negative answer is wrong by now
};

template <>
struct EnumNames<MapCacheEvent>
{
    static constexpr const char* NAMES[] = {"lookup",
                                            "reply",
                                            "negative-reply",
                                            "notify",
                                            "retry-timer",
                                            "give-up",
                                            "ttl",
                                            "solicited",
                                            "heard"};
};

/** One VTEP. */
class MapXtrInstance
{
  public:
    /** An entry of the map cache. */
    struct CacheEntry
    {
        MapCacheState state{MapCacheState::ABSENT};
        std::optional<MapLocator> locator; //!< in use
        Time expires{0};
        uint64_t nonce{0};
        uint32_t attempts{0};
        bool solicited{false};
        std::deque<Ptr<const Packet>> frames; //!< that wait
    };

    using Cache = std::map<MapEid, CacheEntry>;

    /**
     * \param environment outlives the instance
     * \param nonce that of the last Map-Register, 0: none yet; in persistent storage (RFC 9301
     * §5.6), it outlives the instance
     */
    MapXtrInstance(MapXtrEnvironment& environment, const MapXtrConfig& config, uint64_t& nonce);

    /** A VNI is on this VTEP: it takes part in its broadcasts. */
    void AddInstance(uint32_t instance);
    void RemoveInstance(uint32_t instance);
    /** An address is on this side. \param ip an address of it, or any */
    void AddLocal(uint32_t instance, Mac48Address mac, Ipv4Address ip);
    void RemoveLocal(uint32_t instance, Mac48Address mac);
    /** A route to the server has appeared: what is not registered is tried at once. */
    void NotifyReachable();

    /** A frame of this side to a MAC that has no mapping in use. */
    void SendUnicast(uint32_t instance, Mac48Address destination, Ptr<const Packet> frame);
    /** An ARP request of this side, a whole frame, that asks for \p target. */
    void ResolveArp(uint32_t instance, Ipv4Address target, Ptr<const Packet> frame);
    /**
     * A frame came from a VTEP.
     * \returns whether it is for this side; if not it has been sent on
     */
    bool ReceiveFrame(uint32_t instance,
                      Mac48Address source,
                      Mac48Address destination,
                      Ipv4Address from,
                      Ptr<const Packet> frame);

    /** A message came. \returns empty, or why it is refused */
    std::string Receive(Ipv4Address source, const std::vector<uint8_t>& bytes);

    const Cache& GetCache() const;
    /** \returns the EIDs of this side and whether their registration is confirmed. */
    std::map<MapEid, bool> GetLocals() const;

  private:
    /** An EID of this side. */
    struct Local
    {
        bool confirmed{false};
        bool withdrawn{false};
        std::set<Ipv4Address> ips; //!< of a MAC
    };

    /** Map-Registers that wait for a Map-Notify. */
    struct Sent
    {
        std::vector<MapEid> eids;
    };

    void HandleEvent(MapCacheEvent event, const MapEid& eid, const MapRecord* record = nullptr);
    void Enter(const MapEid& eid, CacheEntry& entry, MapCacheState state, MapCacheEvent event);
    void Ask(const MapEid& eid, CacheEntry& entry, MapCacheEvent event);
    void SendRequest(const MapEid& eid, CacheEntry& entry);
    void Store(const MapEid& eid, CacheEntry& entry, const MapRecord& record);
    void StoreNegative(const MapEid& eid, CacheEntry& entry, const MapRecord& record);
    void Unmap(const MapEid& eid, CacheEntry& entry);
    void Erase(const MapEid& eid);
    void Release(const MapEid& eid, CacheEntry& entry);
    void Keep(CacheEntry& entry, Ptr<const Packet> frame);
    CacheEntry& Lookup(const MapEid& eid);

    std::string HandleReply(const MapReply& reply);
    std::string HandleNotify(const MapNotify& notify, Ipv4Address source);
    std::string HandleSolicit(const MapRequest& request);
    void HandleNotifiedRecord(const MapRecord& record);
    void SetFloodVteps(uint32_t instance, const MapRecord& record);
    void Solicit(const MapEid& eid, Ipv4Address vtep);

    void ScheduleRegister();
    void RegisterAll();
    void RegisterPending();
    void SendRegisters(const std::vector<MapEid>& eids);
    void SendRegister(const std::vector<MapEid>& eids, bool merge);
    void SendWithdrawal(const std::vector<MapEid>& eids);
    MapRecord MakeRecord(const MapEid& eid) const;
    bool IsBroadcast(const MapEid& eid) const;
    void Send(Ipv4Address to, const MapMessage& message);
    uint64_t MakeNonce();
    /** \returns the nonce of the next Map-Register: one more than the last. */
    uint64_t MakeRegisterNonce();

    MapXtrEnvironment& m_environment;
    const MapXtrConfig m_config;
    uint64_t& m_registerNonce;
    std::map<MapEid, Local> m_locals;
    std::map<MapEid, Mac48Address> m_owners; //!< of IPv4 EIDs of this side
    Cache m_cache;
    std::map<uint64_t, Sent> m_sent;                        //!< by nonce
    std::map<uint32_t, std::set<Ipv4Address>> m_floodVteps; //!< by instance
    std::map<std::pair<MapEid, Ipv4Address>, Time> m_solicited;
    DeadlineHeap<MapEid> m_requestTimers;
    DeadlineHeap<MapEid> m_ttls;
    ProtocolTimer m_registerTimer; //!< of what is new, at once
    ProtocolTimer m_retryTimer;    //!< of what is not confirmed
    ProtocolTimer m_refreshTimer;  //!< of all
};

} // namespace ns3

#endif
