// SPDX-License-Identifier: GPL-2.0-only
// The group member's half of IGMP on one interface.
//
// RFC 3376 §5.1 (state-change reports and their retransmission), §5.2 (answers to Queries), §7.2.1
// (older queriers); RFC 2236 §3 and §6 for the version 2 and 1 behaviour; RFC 4604 §2.2 (no EXCLUDE
// mode and no old reports in the SSM range).
//
// State-change records that arise in one instant leave packed in as few reports as fit, and the
// groups of one such batch share the random delays of their retransmissions, so that a thousand
// joins cost two reports a piece per MTU, not two thousand. The machine of versions 1 and 2 is in
// igmp-host-v2.cc. Departures: version 3 records are never suppressed by old reports (§7.2.2 says
// MAY, RFC 4604 forbids it to SSM-aware hosts); a version 2 host repeats its first report once,
// whatever the robustness variable.
#ifndef VXLAN_MULTICAST_IGMP_HOST_H
#define VXLAN_MULTICAST_IGMP_HOST_H

#include "ns3/deadline-heap.h"
#include "ns3/igmp-environment.h"
#include "ns3/igmp-reception-state.h"
#include "ns3/sparse.h"

#include <boost/container/flat_map.hpp>

#include <map>
#include <optional>
#include <set>

namespace ns3
{

/** The states of RFC 2236 §6, figure 1. */
enum class IgmpHostState : uint8_t
{
    NON_MEMBER,
    DELAYING_MEMBER,
    IDLE_MEMBER
};

template <>
struct EnumNames<IgmpHostState>
{
    static constexpr const char* NAMES[] = {"Non-Member", "Delaying Member", "Idle Member"};
};

/** The events of RFC 2236 §6. */
enum class IgmpHostEvent : uint8_t
{
    JOIN_GROUP,
    LEAVE_GROUP,
    QUERY_RECEIVED,
    REPORT_RECEIVED,
    TIMER_EXPIRED
};

template <>
struct EnumNames<IgmpHostEvent>
{
    static constexpr const char* NAMES[] = {"join group",
                                            "leave group",
                                            "query received",
                                            "report received",
                                            "timer expired"};
};

/** The host machine of one interface. */
class IgmpHost
{
  public:
    using MemberState = IgmpHostState;

    /**
     * \param environment the node
     * \param interface the interface that the machine is for
     * \param config read at each use, so that changes take effect; outlives the machine
     * \param requests what applications ask for there; outlives the machine
     */
    IgmpHost(IgmpEnvironment& environment,
             uint32_t interface,
             const IgmpConfig& config,
             IgmpReceptionState& requests);

    /** The highest version that it speaks: 3 (default), 2 or 1. Begins again, as after Start. */
    void SetVersion(uint8_t version);

    /**
     * As IgmpReceptionState::Listen; also while the machine is stopped. Start reports it then.
     * \returns whether the request is accepted
     */
    bool Listen(uint64_t socket, Ipv4Address group, const IgmpFilter& filter);

    /** The interface came up: reports all its groups as newly joined. */
    void Start();
    /** The interface went down: forgets all but what the sockets asked for. */
    void Stop();

    /** A Query came, RFC 3376 §5.2 and §7.2.1. */
    void HandleQuery(const IgmpMessage& query);
    /** Another host's version 1 or 2 report came, RFC 2236 §3. */
    void HandleReport(const IgmpMessage& report);

    /** \returns the Host Compatibility Mode, RFC 3376 §7.2.1: 1, 2 or 3. */
    uint8_t GetCompatibilityMode() const;
    /** \returns the version 1 and 2 state of \p group. */
    MemberState GetMemberState(Ipv4Address group) const;
    /** \returns the interface state of \p group (INCLUDE {} when there is none). */
    IgmpFilter GetFilter(Ipv4Address group) const;
    /** \returns every group with interface state, in order. */
    std::vector<std::pair<Ipv4Address, IgmpFilter>> GetFilters() const;
    /** \returns true when packets from \p source to \p group pass the interface's filter. */
    bool IsMember(Ipv4Address source, Ipv4Address group) const;

  private:
    /** What is kept of a group beside its interface state: nothing of most. */
    struct Pending
    {
        uint8_t modeRetransmissions{0}; //!< filter-mode-change records still to send
        bool lastReporter{false};       //!< RFC 2236's flag: we reported last
        /** Source-list changes still to send. */
        Sparse<boost::container::flat_map<Ipv4Address, uint8_t>> sourceRetransmissions;
        IgmpSourceSet queriedSources; //!< of a pending answer, §5.2
    };

    void Announce(Ipv4Address group, const IgmpFilter& old, const IgmpFilter& now);
    void AnnounceChange(Ipv4Address group, const IgmpFilter& old, const IgmpFilter& now);
    void ScheduleFlush(Ipv4Address group);
    void Flush();
    void AppendStateChange(Ipv4Address group,
                           Pending& state,
                           std::vector<IgmpGroupRecord>& records);
    void AnswerGeneralQuery();
    void AnswerGroupQuery(Ipv4Address group);
    void ScheduleGroupAnswer(const IgmpMessage& query, Time delay);

    /**
     * RFC 2236 §6, figure 1, for a group in versions 1 and 2; a pair that it does not name changes
     * nothing.
     * \param old the state that the event finds: of a timer that has just expired Delaying Member
     * \param maxResponseTime of the Query received
     */
    void HandleEvent(IgmpHostState old,
                     IgmpHostEvent event,
                     Ipv4Address group,
                     Time maxResponseTime = Seconds(0));
    void JoinOld(Ipv4Address group);
    void LeaveOld(Ipv4Address group);
    void ScheduleOldReport(Ipv4Address group, Time maxResponseTime);
    void UpdateMode();
    void CancelPending();
    void ForgetIfIdle(Ipv4Address group);
    bool ReportsOld(Ipv4Address group) const;
    void SendOldReport(Ipv4Address group);
    void SendReports(const std::vector<IgmpGroupRecord>& records);
    Time GetMaxResponseTime(const IgmpMessage& query) const;

    IgmpEnvironment& m_environment;
    const uint32_t m_interface;
    const IgmpConfig& m_config;
    IgmpReceptionState& m_requests;
    uint8_t m_version{3};
    uint8_t m_mode{3};
    bool m_running{false};
    std::map<Ipv4Address, Pending> m_pending;
    std::set<Ipv4Address> m_due; //!< groups whose state-change records go out in this instant
    ProtocolTimer m_flush;       //!< rings within the instant
    DeadlineHeap<Ipv4Address> m_retransmissions; //!< of state-change records, version 3
    ProtocolTimer m_generalAnswer;               //!< the interface timer of §5.2
    DeadlineHeap<Ipv4Address> m_answers;         //!< the group timers of §5.2 and of RFC 2236
    ProtocolTimer m_version1QuerierPresent;
    ProtocolTimer m_version2QuerierPresent;
};

} // namespace ns3

#endif
