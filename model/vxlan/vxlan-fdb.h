// SPDX-License-Identifier: GPL-2.0-only
// RFC 7348 §4.1 and §4.2: which VTEP a MAC address is behind, learned from the frames that come in.
// Ageing is Linux's: an address not heard of for 300 s is forgotten. Departures from Linux: an
// entry ages out exactly at its deadline (Linux scans at least every 10 s and at the deadlines it
// knows of, with the same effect); sending to an address does not refresh it (as in Linux
// since 6.15).
#ifndef VXLAN_MULTICAST_VXLAN_FDB_H
#define VXLAN_MULTICAST_VXLAN_FDB_H

#include "ns3/deadline-heap.h"
#include "ns3/enum-names.h"
#include "ns3/ipv4-address.h"
#include "ns3/mac48-address.h"
#include "ns3/protocol-clock.h"

#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <vector>

namespace ns3
{

/** Where an entry came from. All but learned ones are permanent: frames neither move nor age them.
 */
enum class VxlanFdbOrigin
{
    LEARNED,    //!< from a frame's source address
    STATIC,     //!< configured, as with `bridge fdb add`
    EVPN,       //!< a BGP EVPN route
    CONTROLLER, //!< an OpenFlow controller
    MAP         //!< a map server
};

/** Those of fdb.csv. */
template <>
struct EnumNames<VxlanFdbOrigin>
{
    static constexpr const char* NAMES[] = {"learned", "static", "evpn", "controller", "map"};
};

/** A MAC address and its VTEP. */
struct VxlanFdbEntry
{
    Mac48Address mac;
    Ipv4Address vtep;
    VxlanFdbOrigin origin{VxlanFdbOrigin::LEARNED};
    Time seen{0};         //!< when a frame came from it last, or when it was set
    bool isSticky{false}; //!< as with `bridge fdb add … sticky`: shown

    bool IsPermanent() const
    {
        return origin != VxlanFdbOrigin::LEARNED;
    }
};

/** Where frames to an inner group go, instead of to the default destinations. */
struct VxlanGroupEntry
{
    Mac48Address mac; //!< the group's
    VxlanFdbOrigin origin{VxlanFdbOrigin::STATIC};
    std::vector<Ipv4Address> destinations; //!< VTEPs or groups; none: the frames go nowhere
};

/** The forwarding database of one VNI on one VTEP, and where to send what it does not know. */
class VxlanFdb
{
  public:
    /** What a frame's source address changes. */
    enum class LearnResult
    {
        KNOWN,     //!< nothing
        LEARNED,   //!< the address is new
        MOVED,     //!< it was behind another VTEP (RFC 7348 §4: VM migration)
        PERMANENT, //!< a permanent address came from another VTEP: the frame must be dropped
        FULL       //!< it is new, but the limit is reached
    };

    /**
     * \param clock the time; it outlives the table
     * \param aged called for each entry that has aged out
     */
    VxlanFdb(ProtocolClock& clock, std::function<void(const VxlanFdbEntry&)> aged);

    /** \param ageing how long a silent address is remembered; 0: permanently */
    void SetAgeing(Time ageing);
    /** \param limit how many learned addresses there may be; 0: any number */
    void SetLimit(uint32_t limit);

    /** A frame from \p mac came through \p vtep. */
    LearnResult Learn(Mac48Address mac, Ipv4Address vtep);
    /**
     * Sets an entry that is neither learned nor aged, in place of any other.
     * \returns false, and does nothing, when a control plane's entry would replace a static one
     */
    bool Set(Mac48Address mac, Ipv4Address vtep, VxlanFdbOrigin origin, bool isSticky = false);
    /** \returns whether there was an entry. */
    bool Remove(Mac48Address mac);
    /** Removes the entry of \p mac if it is of \p origin. \returns whether it was */
    bool Remove(Mac48Address mac, VxlanFdbOrigin origin);
    /** Forgets all that was learned. */
    void Flush();

    /** \returns the entry of \p mac, or nullptr. Valid until the table changes. */
    const VxlanFdbEntry* Find(Mac48Address mac) const;
    /** \returns the entries by address. */
    std::vector<VxlanFdbEntry> GetEntries() const;
    /** \returns the number of entries, the default destinations not counted. */
    std::size_t GetSize() const;

    /** Sets where frames to the group \p mac go; no destination: nowhere. */
    void SetGroup(Mac48Address mac, std::vector<Ipv4Address> destinations, VxlanFdbOrigin origin);
    /** From now on they go to the default destinations again. \returns whether there was an entry
     */
    bool RemoveGroup(Mac48Address mac);
    /** \returns the entry of the group \p mac, or nullptr. Valid until the table changes. */
    const VxlanGroupEntry* FindGroup(Mac48Address mac) const;
    /** \returns the groups' entries by address. */
    std::vector<VxlanGroupEntry> GetGroups() const;

    /** Adds a destination of what has no entry: Linux's entry of the all-zero address. */
    void AddDefault(Ipv4Address destination, VxlanFdbOrigin origin = VxlanFdbOrigin::STATIC);
    /** \returns whether it was there. */
    bool RemoveDefault(Ipv4Address destination);
    /** \returns the default destinations, a group or VTEPs, in the order of their adding. */
    const std::vector<Ipv4Address>& GetDefaults() const;
    /** \returns where the default destination \p destination came from. */
    VxlanFdbOrigin GetDefaultOrigin(Ipv4Address destination) const;

  private:
    void Expire(uint64_t key);

    ProtocolClock& m_clock;
    std::function<void(const VxlanFdbEntry&)> m_aged;
    Time m_ageing{Seconds(300)};
    uint32_t m_limit{0};
    uint32_t m_learned{0};
    std::unordered_map<uint64_t, VxlanFdbEntry> m_entries; //!< listed in order only
    std::map<uint64_t, VxlanGroupEntry> m_groups;
    std::vector<Ipv4Address> m_defaults;
    std::map<Ipv4Address, VxlanFdbOrigin> m_defaultOrigins; //!< of those that are not static
    DeadlineHeap<uint64_t> m_deadlines; //!< a lower bound: `seen` decides when it rings
};

} // namespace ns3

#endif
