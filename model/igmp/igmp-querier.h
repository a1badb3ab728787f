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
// leaves that come meanwhile. It yields to the next General Query. A router does not change its version because of an older Query:
// §7.3.1 leaves that to configuration. Fast leave and the limit of groups are customary, in no RFC.
#ifndef VXLAN_MULTICAST_IGMP_QUERIER_H
#define VXLAN_MULTICAST_IGMP_QUERIER_H

#include "ns3/deadline-heap.h"
#include "ns3/igmp-group-state.h"

#include <functional>
#include <map>
#include <set>
#include <string>

namespace ns3
{

/** The querier machine of one interface. */
class IgmpQuerier
{
  public:
    /** The states of RFC 2236 §7, figure 2. */
    enum class State
    {
        INITIAL, //!< not running
        QUERIER,
        NON_QUERIER
    };

    /** What became of a group, for its listener. */
    enum class Change
    {
        JOINED,  //!< it has its first member
        CHANGED, //!< the filter mode or a source list is another
        LEFT     //!< it has no member any more
    };

    /** \param parameters read at each use, so that changes take effect; outlives the machine */
    IgmpQuerier(ProtocolClock& clock, IgmpLink& link, const IgmpParameters& parameters);

    /** The version that it speaks: 3 (default), 2 or 1. */
    void SetVersion(uint8_t version);
    /** \p listener is called once per affected group, when the state is updated. */
    void SetMembershipListener(std::function<void(Ipv4Address, Change)> listener);
    /** \p listener(address) is called when another router, or this one, becomes the querier. */
    void SetQuerierListener(std::function<void(Ipv4Address)> listener);

    /** The interface came up: begins as querier, with the start-up Queries. */
    void Start();
    /** The interface went down: forgets all members, and tells. */
    void Stop();

    /**
     * Handles any message.
     * \param source its IP source
     * \returns empty, or why (part of) the message was ignored: "source-not-on-link", "own
     * address", "version", "ssm-range", "membership-limit"
     */
    std::string Receive(Ipv4Address source, const IgmpMessage& message);

    State GetState() const;
    uint8_t GetVersion() const;
    /** \returns the elected querier's address. */
    Ipv4Address GetQuerier() const;
    /** \returns the rest of the Other Querier Present timer; 0 when it does not run. */
    Time GetOtherQuerierPresent() const;
    /** \returns the groups with members. */
    const std::map<Ipv4Address, IgmpGroupState>& GetGroups() const;
    /** \returns the record of \p group, or nullptr. */
    const IgmpGroupState* FindGroup(Ipv4Address group) const;

    /** [Group Membership Interval], RFC 3376 §8.4, with the querier's values where known. */
    Time GetGroupMembershipInterval() const;
    /** [Other Querier Present Interval], §8.5. */
    Time GetOtherQuerierPresentInterval() const;
    /** [Older Host Present Interval], §8.13. */
    Time GetOlderHostPresentInterval() const;

  private:
    std::string HandleQuery(Ipv4Address source, const IgmpMessage& query);
    std::string HandleReports(Ipv4Address source, const IgmpMessage& message);
    std::string HandleRecord(Ipv4Address source, const IgmpGroupRecord& record, uint8_t version);
    void LowerTimers(const IgmpMessage& query);
    bool IsAskingForLastMembers() const;
    void YieldTo(Ipv4Address source, const IgmpMessage& query);
    void SetQuerier(Ipv4Address address);
    void BecomeQuerier(uint8_t startupQueries);
    void SendGeneralQuery();
    void StartQueries(Ipv4Address group, IgmpGroupState& state, const IgmpQueryAction& action);
    void SendSpecificQueries(Ipv4Address group, IgmpGroupState& state);
    void SendGroupQuery(Ipv4Address group, bool suppress);
    void SendSourceQueries(Ipv4Address group,
                           const std::vector<Ipv4Address>& sources,
                           bool suppress);
    IgmpMessage MakeQuery(Ipv4Address group, Time maxResponseTime) const;
    void ExpireGroup(Ipv4Address group);
    void Settle(Ipv4Address group, bool existed, const IgmpGroupState::View& before);

    ProtocolClock& m_clock;
    IgmpLink& m_link;
    const IgmpParameters& m_parameters;
    std::function<void(Ipv4Address, Change)> m_membershipListener;
    std::function<void(Ipv4Address)> m_querierListener;
    uint8_t m_version{3};
    State m_state{State::INITIAL};
    Ipv4Address m_querier{Ipv4Address::GetAny()};
    uint8_t m_robustness{2};     //!< ours, or as learnt from the querier (§4.1.6)
    Time m_queryInterval;        //!< ours, or as learnt from the querier (§4.1.7)
    uint8_t m_startupQueries{0}; //!< general Queries still to send at the start-up interval
    std::map<Ipv4Address, IgmpGroupState> m_groups;
    std::map<Ipv4Address, Change> m_changes; //!< to be told when the message is done
    ProtocolTimer m_generalQuery;
    ProtocolTimer m_otherQuerierPresent;
    DeadlineHeap<Ipv4Address> m_deadlines; //!< the earliest of each group's timers
};

} // namespace ns3

#endif
