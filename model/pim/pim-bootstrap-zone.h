// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §3.1: the Bootstrap machine of one scope zone, for candidate BSRs (§3.1.1) and others
// (§3.1.2). The state No Info is: there is no machine for the zone.
// Where the RFC leaves it open: BS_Min_Interval limits every Bootstrap message but the periodic
// ones and a new BSR's first. Departures: a candidate also refreshes the RP-Set when it loses its
// BSR (§3.1.5 asks that of the others alone), for BS_Timeout and Pending may outlast the holdtimes;
// where the BSR's messages come in fragments, ranges whose fragments get lost outlive their
// holdtimes by a few messages (attribute RetainedBootstraps).
#ifndef VXLAN_MULTICAST_PIM_BOOTSTRAP_ZONE_H
#define VXLAN_MULTICAST_PIM_BOOTSTRAP_ZONE_H

#include "ns3/class-log.h"
#include "ns3/enum-names.h"
#include "ns3/pim-access.h"
#include "ns3/pim-bootstrap-fragments.h"
#include "ns3/pim-candidate-rp.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-rp-set.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

namespace ns3
{

/** A BSR that this router offers to be. */
struct PimCandidateBsr
{
    PimScopeZone zone;
    uint32_t interface = 0; //!< the interface whose primary address is the BSR's
    uint8_t priority{64};   //!< higher wins
    uint8_t hashMaskLength{30};
};

/** Constants of RFC 5059 §5, and who this router offers to be. */
struct PimBootstrapConfig
{
    Time bsPeriod{Seconds(60)};           //!< BS_Period
    Time bsTimeout{Seconds(130)};         //!< BS_Timeout
    Time bsMinInterval{Seconds(10)};      //!< BS_Min_Interval
    Time scopeZoneTimeout{Seconds(1300)}; //!< SZ_Timeout
    /** How long a candidate is Pending when it starts; 0: BS_Rand_Override; XORP: 130 s. */
    Time initialPending{Seconds(0)};
    PimCandidateRpTimes candidateRpTimes;
    std::vector<PimCandidateBsr> candidateBsrs;
    std::vector<PimCandidateRp> candidateRps;
    PimAccessList border;     //!< interfaces, by address, where the BSR's domain ends (§6)
    bool acceptUnicast{true}; //!< unicast Bootstrap messages from a neighbour (§3.5)
    /** Consecutive Bootstrap messages that may omit a range before it is dropped. */
    uint32_t retainedMessages{4};
    /** Bootstrap messages that fail the RPF check wait up to BS_Period for a route to the BSR. */
    bool holdForRoute{true};
};

/** The states of §3.1.1 (the last three) and §3.1.2. */
enum class PimBsrState : uint8_t
{
    ACCEPT_ANY,
    ACCEPT_PREFERRED,
    CANDIDATE,
    PENDING,
    ELECTED
};

template <>
struct EnumNames<PimBsrState>
{
    static constexpr const char* NAMES[] = {"AcceptAny",
                                            "AcceptPreferred",
                                            "Candidate",
                                            "Pending",
                                            "Elected"};
};

/** The events of §3.1.4, and the two of a router's becoming a candidate or ceasing to be one. */
enum class PimBsrEvent : uint8_t
{
    RECEIVE_PREFERRED_BSM,
    RECEIVE_NON_PREFERRED_BSM,
    RECEIVE_NON_PREFERRED_BSM_FROM_BSR, //!< from the present BSR
    BOOTSTRAP_TIMER_EXPIRES,
    SCOPE_ZONE_TIMER_EXPIRES,
    BECOME_CANDIDATE, //!< or one of another rank than before
    CEASE_CANDIDATE
};

template <>
struct EnumNames<PimBsrEvent>
{
    static constexpr const char* NAMES[] = {"ReceivePreferredBSM",
                                            "ReceiveNonPreferredBSM",
                                            "ReceiveNonPreferredBSMFromBSR",
                                            "BootstrapTimerExpires",
                                            "ScopeZoneTimerExpires",
                                            "BecomeCandidate",
                                            "CeaseCandidate"};
};

/** A BSR; without an address, none. */
struct PimBsr
{
    Ipv4Address address{Ipv4Address::GetAny()};
    uint8_t priority{0};
    uint8_t hashMaskLength{30};

    /** What BSRs are compared by: the higher priority, then the higher address, is preferred. */
    using Rank = std::pair<uint8_t, Ipv4Address>;

    Rank GetRank() const
    {
        return {priority, address};
    }

    /** \returns the rank of the BSR that speaks in \p message. */
    static Rank RankOf(const PimBootstrap& message)
    {
        return {message.bsrPriority, message.bsrAddress};
    }
};

/** The machine of one zone. */
class PimBootstrapZone
{
  public:
    /** What a zone needs of the router. All outlive it. */
    struct Surroundings
    {
        PimEnvironment& environment;
        const PimBootstrapConfig& config;
        PimRpSet& rpSet;
        /** Sends a Bootstrap message on all interfaces inside the zone. */
        std::function<void(const PimScopeZone&, const PimBootstrap&)> flood;
        /** This router's offers to the zone. */
        std::function<PimCandidateRpAdvertiser::Offers(const PimScopeZone&)> offers;
    };

    PimBootstrapZone(const PimScopeZone& zone, const Surroundings& surroundings);

    /** The Scope-Zone Expiry Timer rang: the zone may be forgotten. */
    std::function<void()> expired;

    /**
     * This router is a candidate BSR here (\p own), or is not. It begins as Pending, be it now or
     * later that it becomes one (§3.1.1).
     * \param isStart true as the router starts
     */
    void SetCandidate(const std::optional<PimBsr>& own, bool isStart);
    /** A Bootstrap message that passed the checks of §3.1.3. */
    void Receive(const PimBootstrap& message);
    /** \param groups those of the advertisement's ranges that belong here */
    void ReceiveCandidateRp(const PimCandidateRpAdvertisement& advertisement,
                            const std::vector<PimEncodedGroup>& groups);
    void OffersChanged();
    void RoutesChanged();
    /** Takes back this router's offers, before it stops. */
    void Withdraw();

    const PimScopeZone& GetZone() const
    {
        return m_zone;
    }

    PimBsrState GetState() const
    {
        return m_state;
    }

    /** \returns the present BSR, this router itself while Elected. */
    const PimBsr& GetBsr() const
    {
        return m_bsr;
    }

    const std::optional<PimBsr>& GetOwn() const
    {
        return m_own;
    }

    /** \returns the time on the Bootstrap Timer; 0 when it does not run. */
    Time GetBootstrapTimer() const
    {
        return m_bootstrapTimer.GetRemaining();
    }

    Time GetScopeZoneTimer() const
    {
        return m_scopeZoneTimer.GetRemaining();
    }

    /**
     * \returns true once a Bootstrap message has been accepted (§3.1.3), but for the other
     * fragments of the one that \p message is of.
     */
    bool HasAcceptedBesides(const PimBootstrap& message) const;
    /** \returns the fragments of the BSR's last message, for a neighbour that comes up (§3.5). */
    const std::vector<PimBootstrap>& GetStoredMessage() const
    {
        return m_stored;
    }

    /** \returns BS_Rand_Override (§5) given what is stored of the present BSR. */
    Time GetRandOverride() const;

  private:
    using State = PimBsrState;
    using Event = PimBsrEvent;

    NS_LOG_CLASS_DECLARE;

    /** What came with an event. */
    struct Cause
    {
        const PimBootstrap* message{nullptr}; //!< received
        Time pending{};                       //!< how long a new candidate is Pending
    };

    /** §3.1.1 and §3.1.2. */
    void HandleEvent(PimBsrEvent event, const Cause& cause);
    void HandleAcceptAny(PimBsrEvent event, const Cause& cause);
    void HandleAcceptPreferred(PimBsrEvent event, const Cause& cause);
    void HandleCandidate(PimBsrEvent event, const Cause& cause);
    void HandlePending(PimBsrEvent event, const Cause& cause);
    void HandleElected(PimBsrEvent event, const Cause& cause);

    void SetHashMaskLength(uint8_t length);
    PimBsrEvent Classify(const PimBootstrap& message) const;
    bool IsPreferred(const PimBootstrap& message) const;
    void Accept(const PimBootstrap& message);
    void Forward(const PimBootstrap& message) const;
    void RetainUnnamed(const PimBootstrap& message);
    void EnterPending(Time delay);
    void EnterAcceptAny();
    void BecomeElected();
    void Originate();
    void OriginateSoon();
    void Keep(const PimBootstrap& fragment);
    void RestartScopeZoneTimer();
    void SetState(PimBsrState state);
    void SetBsr(const PimBsr& bsr);

    PimScopeZone m_zone;
    Surroundings m_surroundings;
    PimBsrState m_state{PimBsrState::ACCEPT_ANY};
    std::optional<PimBsr> m_own;
    PimBsr m_bsr;
    bool m_hasAccepted{false};
    std::vector<PimBootstrap> m_stored;
    PimBootstrapAssembly m_assembly;
    std::map<Ipv4Prefix, uint32_t> m_unnamed; //!< in how many messages the range has been missing
    bool m_isFragmented{false};               //!< the BSR's messages come in fragments
    PimCandidateRpTable m_candidateRps;
    PimCandidateRpAdvertiser m_advertiser;
    uint16_t m_tag{0};
    std::optional<Time> m_lastOriginated;
    ProtocolTimer m_bootstrapTimer;
    ProtocolTimer m_scopeZoneTimer;
};

} // namespace ns3

#endif
