// SPDX-License-Identifier: GPL-2.0-only
// What a router knows of one group on one interface: RFC 3376 §6.2 (group records), §6.4.1 and
// §6.4.2 (the tables of record types), §6.5 (timers), §7.3.2 (older hosts).
//
// Deadlines are points in simulated time, so that the record is plain data. Beyond the RFC, a
// source remembers whether a host asked for it by name: RFC 7761's local_receiver_include(S,G,I)
// must not take a source that is only being queried for one that is wanted.
#ifndef VXLAN_MULTICAST_IGMP_GROUP_STATE_H
#define VXLAN_MULTICAST_IGMP_GROUP_STATE_H

#include "ns3/igmp-message.h"
#include "ns3/nstime.h"
#include "ns3/sparse.h"
#include "ns3/stored-ipv4-address.h"

#include <boost/container/flat_map.hpp>

#include <cstdint>

namespace ns3
{

/** \returns the deadline of a timer that does not run. */
inline Time
IgmpNoDeadline()
{
    return Time::FromInteger(-1, Time::S);
}

/** \returns true when \p deadline is that of a running timer. */
inline bool
IsIgmpDeadline(Time deadline)
{
    return !deadline.IsStrictlyNegative();
}

/** The Queries that the tables ask for: "Send Q(G)", "Send Q(G,X)". */
struct IgmpQueryAction
{
    bool group{false};
    IgmpSourceSet sources;
};

/** What changes a group record besides the records of reports. */
enum class IgmpGroupTimerEvent : uint8_t
{
    GROUP_TIMER_EXPIRED
};

template <>
struct EnumNames<IgmpGroupTimerEvent>
{
    static constexpr const char* NAMES[] = {"group timer expired"};
};

/** A group record of a router: the machine of RFC 3376 §6.4 and §6.5. Its states are the modes. */
struct IgmpGroupState
{
    /** A source record. */
    struct Source
    {
        Time deadline{IgmpNoDeadline()}; //!< of the source timer; none on the excluded list Y
        bool named{false};               //!< a host asked for it with IS_IN, ALLOW or TO_IN
        uint8_t retransmissions{0};      //!< Queries that shall still list it

        bool IsRunning() const
        {
            return IsIgmpDeadline(deadline);
        }
    };

    IgmpFilterMode mode{IgmpFilterMode::INCLUDE};
    uint8_t retransmissions{0}; //!< group-specific Queries still to send
    StoredIpv4Address lastReporter;
    StoredIpv4Address group; //!< what the record is of
    Sparse<boost::container::flat_map<Ipv4Address, Source>> sources;
    Time groupDeadline{IgmpNoDeadline()};     //!< of the group timer; none in INCLUDE mode
    Time nextQuery{IgmpNoDeadline()};         //!< when specific Queries are repeated
    Time lastMemberUntil{IgmpNoDeadline()};   //!< end of [Last Member Query Time], if asked for
    Time version1HostUntil{IgmpNoDeadline()}; //!< end of the IGMPv1 Host Present timer
    Time version2HostUntil{IgmpNoDeadline()}; //!< end of the IGMPv2 Host Present timer

    /**
     * Applies one group record, RFC 3376 §6.4.1 and §6.4.2; a record of unknown type changes
     * nothing.
     * \param type the record's type
     * \param list the record's sources
     * \param now the time
     * \param membershipInterval GMI
     * \returns the Queries to send, before their timers are lowered
     */
    IgmpQueryAction
    Apply(IgmpRecordType type, const IgmpSourceSet& list, Time now, Time membershipInterval);

    /** Lets the timers that are due by \p now expire: sources first, then the group (§6.3, §6.5).
     */
    void Expire(Time now);
    /** Lowers the timers of \p action's group or sources to \p until at the latest (§6.6.1). */
    void Lower(const IgmpQueryAction& action, Time until);

    /** \returns the Group Compatibility Mode, §7.3.2: 1, 2 or 3. */
    uint8_t GetCompatibilityMode(Time now) const;
    /** \returns true when a host asked for \p source by name. */
    bool IsWanted(Ipv4Address source) const;
    /** \returns true when hosts take the group, but none of them \p source. */
    bool IsExcluded(Ipv4Address source) const;
    /** \returns true for INCLUDE {}: no host asks for anything. */
    bool IsEmpty() const;
    /** \returns true while last members are being asked for (RFC 2236: Checking Membership). */
    bool IsCheckingMembership(Time now) const;
    /** \returns the earliest deadline of a timer or a retransmission; none in an empty record. */
    Time GetNextDeadline() const;

    /** What a routing protocol sees of the record; it is notified where views differ. */
    struct View
    {
        IgmpFilterMode mode{IgmpFilterMode::INCLUDE};
        IgmpSourceSet wanted;   //!< by name
        IgmpSourceSet excluded; //!< in EXCLUDE mode

        friend bool operator!=(const View& a, const View& b)
        {
            return a.mode != b.mode || a.wanted != b.wanted || a.excluded != b.excluded;
        }
    };

    View GetView() const;

  private:
    void Refresh(const IgmpSourceSet& list, Time deadline);
    IgmpQueryAction ApplyInInclude(IgmpRecordType type,
                                   const IgmpSourceSet& list,
                                   Time membershipEnd);
    IgmpQueryAction ApplyInExclude(IgmpRecordType type,
                                   const IgmpSourceSet& list,
                                   Time membershipEnd);
    IgmpSourceSet GetRunning() const;
};

} // namespace ns3

#endif
