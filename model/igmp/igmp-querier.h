// SPDX-License-Identifier: GPL-2.0-only
// The router's half of IGMP on one interface.
//
// RFC 3376 §6 (Queries, group records, election), §7.3 (older hosts and routers); RFC 2236 §3, §7
// for a version 2 or 1 router; RFC 4604 §2.3 (SSM range).
//
// Departures and readings: groups of 224.0.0.0/24 are not tracked, for no router forwards them.
// "Send Q(G)" is passed over while the group's timer is down to [Last Member Query Time] already,
// as RFC 2236's Checking Membership state and RFC 3376's own rule for Q(G,X) have it, so that a
// repeated leave starts no second series. While a querier asks for last members, of any group, it
// ignores Queries from lower addresses in the election, in every version (RFC 2236 §3, "Any Querier
// to non-Querier transition is ignored during this time"): it finishes the series, and answers the
// leaves that come meanwhile. It yields to the next General Query. A router does not change its
// version because of an older Query: §7.3.1 leaves that to configuration. Fast leave and the limit
// of groups are customary, in no RFC.
#ifndef VXLAN_MULTICAST_IGMP_QUERIER_H
#define VXLAN_MULTICAST_IGMP_QUERIER_H

#include "ns3/deadline-heap.h"
#include "ns3/igmp-config.h"
#include "ns3/igmp-environment.h"
#include "ns3/igmp-group-state.h"
#include "ns3/keyed-slab.h"

#include <map>
#include <vector>

namespace ns3
{

/** The states of RFC 2236 §7, figure 2. */
enum class IgmpQuerierState : uint8_t
{
    INITIAL, //!< not running
    QUERIER,
    NON_QUERIER
};

template <>
struct EnumNames<IgmpQuerierState>
{
    static constexpr const char* NAMES[] = {"Initial", "Querier", "Non-Querier"};
};

/** The events of RFC 2236 §7, figure 2, and the interface's own. */
enum class IgmpQuerierEvent : uint8_t
{
    INTERFACE_UP,
    GENERAL_QUERY_TIMER_EXPIRED,
    LOWER_QUERY_RECEIVED, //!< "query received from a router with a lower IP address"
    OTHER_QUERIER_PRESENT_TIMER_EXPIRED,
    INTERFACE_DOWN
};

template <>
struct EnumNames<IgmpQuerierEvent>
{
    static constexpr const char* NAMES[] = {"interface up",
                                            "general query timer expired",
                                            "query from a lower address",
                                            "other querier present timer expired",
                                            "interface down"};
};

/** The querier machine of one interface. */
class IgmpQuerier
{
  public:
    using State = IgmpQuerierState;

    /**
     * \param environment the node
     * \param interface the interface that the machine is for
     * \param config read at each use, so that changes take effect; outlives the machine
     */
    IgmpQuerier(IgmpEnvironment& environment, uint32_t interface, const IgmpConfig& config);

    /** The version that it speaks: 3 (default), 2 or 1. */
    void SetVersion(uint8_t version);

    /** The interface came up: begins as querier, with the start-up Queries. */
    void Start();
    /** The interface went down: forgets all members, and reports that. */
    void Stop();

    /**
     * Handles any message.
     * \param source its IP source
     * \param message the message
     * \returns why (part of) the message was ignored
     */
    IgmpDropReason Receive(Ipv4Address source, const IgmpMessage& message);

    State GetState() const;
    uint8_t GetVersion() const;
    /** \returns the elected querier's address. */
    Ipv4Address GetQuerier() const;
    /** \returns the rest of the Other Querier Present timer; 0 when it does not run. */
    Time GetOtherQuerierPresent() const;
    /** \returns the records of the groups with members, in order, which sorts them. */
    std::vector<const IgmpGroupState*> GetGroups() const;
    /** \returns how many groups have members. */
    std::size_t GetGroupCount() const;
    /** \returns the record of \p group, or nullptr. */
    const IgmpGroupState* FindGroup(Ipv4Address group) const;

    /** [Group Membership Interval], RFC 3376 §8.4, with the querier's values where known. */
    Time GetGroupMembershipInterval() const;
    /** [Other Querier Present Interval], §8.5. */
    Time GetOtherQuerierPresentInterval() const;
    /** [Older Host Present Interval], §8.13. */
    Time GetOlderHostPresentInterval() const;

  private:
    struct GroupKey
    {
        uint64_t operator()(const IgmpGroupState& state) const
        {
            return state.group.Get();
        }
    };

    /**
     * RFC 2236 §7, figure 2; a pair that it does not name changes nothing.
     * \param source of the Query received
     * \param query the Query received
     */
    void HandleEvent(IgmpQuerierEvent event,
                     Ipv4Address source = Ipv4Address::GetAny(),
                     const IgmpMessage& query = IgmpMessage());
    void BecomeQuerier(uint8_t startupQueries);
    void YieldTo(Ipv4Address source, const IgmpMessage& query);
    void Forget();
    void SetQuerier(Ipv4Address address);
    bool IsAskingForLastMembers() const;

    IgmpDropReason HandleQuery(Ipv4Address source, const IgmpMessage& query);
    IgmpDropReason HandleReports(Ipv4Address source, const IgmpMessage& message);
    IgmpDropReason HandleRecord(Ipv4Address source, const IgmpGroupRecord& record, uint8_t version);
    /** \returns SOURCE_LIMIT when sources of the record were left out, NONE otherwise. */
    IgmpDropReason ApplyRecord(Ipv4Address source,
                               const IgmpGroupRecord& record,
                               uint8_t version,
                               IgmpGroupState& state);
    /**
     * Takes out of \p sources, of a record of \p type, those that \p state neither has nor will
     * have room for (SourceLimit).
     * \returns whether there were any
     */
    bool CutToLimit(IgmpRecordType type, IgmpSourceSet& sources, const IgmpGroupState& state) const;
    void LowerTimers(const IgmpMessage& query);
    void SendGeneralQuery();
    void StartQueries(Ipv4Address group, IgmpGroupState& state, const IgmpQueryAction& action);
    void SendSpecificQueries(Ipv4Address group, IgmpGroupState& state);
    void SendGroupQuery(Ipv4Address group, bool suppress);
    void SendSourceQueries(Ipv4Address group,
                           const std::vector<Ipv4Address>& sources,
                           bool suppress);
    IgmpMessage MakeQuery(Ipv4Address group, Time maxResponseTime) const;
    void ExpireGroup(Ipv4Address group);
    void Conclude(IgmpGroupState& state,
                  bool existed,
                  const IgmpGroupState::View& before,
                  Time dueBefore);
    void ReportChanges();

    IgmpEnvironment& m_environment;
    const uint32_t m_interface;
    const IgmpConfig& m_config;
    uint8_t m_version{3};
    State m_state{State::INITIAL};
    Ipv4Address m_querier{Ipv4Address::GetAny()};
    uint8_t m_robustness{2};     //!< ours, or as learnt from the querier (§4.1.6)
    Time m_queryInterval;        //!< ours, or as learnt from the querier (§4.1.7)
    uint8_t m_startupQueries{0}; //!< general Queries still to send at the start-up interval
    KeyedSlab<IgmpGroupState, GroupKey> m_groups;
    /** To be reported when the message is done. */
    std::map<Ipv4Address, IgmpMembershipChange> m_changes;
    ProtocolTimer m_generalQuery;
    ProtocolTimer m_otherQuerierPresent;
    DeadlineHeap<Ipv4Address> m_deadlines; //!< of each group's first timer, or earlier
};

} // namespace ns3

#endif
