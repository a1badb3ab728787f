// SPDX-License-Identifier: GPL-2.0-only
// The group member's half of IGMP on one interface.
//
// RFC 3376 §5.1 (state-change reports and their retransmission), §5.2 (answers to Queries), §7.2.1
// (older queriers); RFC 2236 §3 and §6 for the version 2 and 1 behaviour; RFC 4604 §2.2 (no EXCLUDE
// mode and no old reports in the SSM range).
//
// State-change records that arise in one instant leave packed in as few reports as fit, and the
// groups of one such batch share the random delays of their retransmissions, so that a thousand
// joins cost two reports a piece per MTU, not two thousand. Departures: version 3 records are never
// suppressed by old reports (§7.2.2 says MAY, RFC 4604 forbids it to SSM-aware hosts); a version 2
// host repeats its first report once, whatever the robustness variable.
#ifndef VXLAN_MULTICAST_IGMP_HOST_H
#define VXLAN_MULTICAST_IGMP_HOST_H

#include "ns3/deadline-heap.h"
#include "ns3/igmp-reception-state.h"

#include <functional>
#include <map>
#include <optional>
#include <set>

namespace ns3
{

/** The host machine of one interface. */
class IgmpHost
{
  public:
    /** The states of RFC 2236 §6, figure 1. */
    enum class MemberState
    {
        NON_MEMBER,
        DELAYING_MEMBER,
        IDLE_MEMBER
    };

    /** \param parameters read at each use, so that changes take effect; outlives the machine */
    IgmpHost(ProtocolClock& clock,
             ProtocolRandom& random,
             IgmpLink& link,
             const IgmpParameters& parameters);

    /** The highest version that it speaks: 3 (default), 2 or 1. Begins anew, as after Start. */
    void SetVersion(uint8_t version);
    /** \p listener(group, joined) is called when the interface state of a group appears or goes. */
    void SetListener(std::function<void(Ipv4Address, bool)> listener);

    /**
     * RFC 3376 §2, IPMulticastListen. Works while the machine is stopped, too; Start then tells.
     * \returns false, with nothing changed, when \p group is no group that can be joined, when it
     * is in the SSM range and \p filter is EXCLUDE, or when the limit is reached
     */
    bool Listen(uint64_t socket, Ipv4Address group, const IgmpFilter& filter);
    /** \returns what \p socket last asked for. */
    IgmpFilter GetRequest(uint64_t socket, Ipv4Address group) const;

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
    struct Group
    {
        IgmpFilter filter;              //!< the interface state
        uint8_t modeRetransmissions{0}; //!< filter-mode-change records still to send
        std::map<Ipv4Address, uint8_t> sourceRetransmissions; //!< source-list changes, likewise
        IgmpSourceSet queriedSources;                         //!< of a pending answer, §5.2
        bool lastReporter{false};                             //!< RFC 2236's flag: we reported last
    };

    void Announce(Ipv4Address group, Group& state, const IgmpFilter& old);
    void AnnounceChange(Ipv4Address group, Group& state, const IgmpFilter& old);
    void AnnounceOld(Ipv4Address group, Group& state, const IgmpFilter& old);
    void ScheduleFlush(Ipv4Address group);
    void Flush();
    void AppendStateChange(Ipv4Address group, Group& state, std::vector<IgmpGroupRecord>& records);
    void AnswerGeneralQuery();
    void AnswerGroupQuery(Ipv4Address group);
    void ScheduleGroupAnswer(const IgmpMessage& query, Time delay);
    void ScheduleOldReport(Ipv4Address group, Time maxResponseTime);
    void UpdateMode();
    void CancelPending();
    void ForgetIfIdle(Ipv4Address group);
    bool ReportsOld(Ipv4Address group) const;
    void SendOldReport(Ipv4Address group, Group& state);
    void SendReports(const std::vector<IgmpGroupRecord>& records);
    Time GetMaxResponseTime(const IgmpMessage& query) const;

    ProtocolRandom& m_random;
    IgmpLink& m_link;
    const IgmpParameters& m_parameters;
    std::function<void(Ipv4Address, bool)> m_listener;
    uint8_t m_version{3};
    uint8_t m_mode{3};
    bool m_running{false};
    IgmpReceptionState m_reception;
    std::map<Ipv4Address, Group>
        m_groups;                 //!< with interface state, or with a leave still to repeat
    std::size_t m_memberships{0}; //!< those with interface state
    std::set<Ipv4Address> m_due;  //!< groups whose state-change records go out in this instant
    ProtocolTimer m_flush;        //!< rings within the instant
    DeadlineHeap<Ipv4Address> m_retransmissions; //!< of state-change records, version 3
    ProtocolTimer m_generalAnswer;               //!< the interface timer of §5.2
    DeadlineHeap<Ipv4Address> m_answers;         //!< the group timers of §5.2 and of RFC 2236
    ProtocolTimer m_version1QuerierPresent;
    ProtocolTimer m_version2QuerierPresent;
};

} // namespace ns3

#endif
