// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5: the election of the Designated Forwarder of one link for one RP address. The
// machine of §3.5.3 with its states Offer, Lose, Win and Backoff, driven by messages, its timer
// DFT, and changes of the route to the RP address. Departures: on a link without a known neighbour
// the first Offer waits until Hellos must have been exchanged, so that no two routers forward
// without knowing of each other; a new neighbour has the winner announce itself again. In Backoff
// an Offer that is no better than the best one repeats the Backoff without restarting its period.
// Election messages are not acknowledged. So that any loss ends with one DF within a bounded time,
// both enhancements of §3.5.4 are in: a DF announces itself periodically, and one that took over
// without the Pass of the DF it knew announces itself again when that router's next Hello comes.
// Beyond the RFC, a router that has not heard of its DF for several such periods offers, which a DF
// that is there answers; one whose route to the RP address leads over the link offers until it
// knows the DF; and a DF that sees a Join to another router announces itself again.
#ifndef VXLAN_MULTICAST_PIM_DF_ELECTION_H
#define VXLAN_MULTICAST_PIM_DF_ELECTION_H

#include "ns3/enum-names.h"
#include "ns3/pim-df-metric.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-message.h"
#include "ns3/protocol-clock.h"

#include <cstdint>
#include <functional>

namespace ns3
{

/** Constants of RFC 5015 §3.6. */
struct PimDfConfig
{
    Time offerPeriod{MilliSeconds(100)}; //!< Offer_Period
    Time backoffPeriod{Seconds(1)};      //!< Backoff_Period
    uint32_t robustness{3};              //!< Election_Robustness
    Time winnerPeriod{Seconds(60)};      //!< of a DF's periodic Winner (§3.5.4.2); 0: none
};

/** The states of §3.5.3.1. */
enum class PimDfState : uint8_t
{
    OFFER,  //!< may still win, and sends Offers
    LOSE,   //!< another router is the winner, or none is known and this router cannot be
    WIN,    //!< this router is acting DF
    BACKOFF //!< it still is, but another has offered more
};

template <>
struct EnumNames<PimDfState>
{
    static constexpr const char* NAMES[] = {"Offer", "Lose", "Win", "Backoff"};
};

/** The events of §3.5.3.2, then those of the departures named above. */
enum class PimDfEvent : uint8_t
{
    RECEIVE_BETTER_OFFER,
    RECEIVE_WORSE_OFFER,
    RECEIVE_BETTER_PASS_OR_WINNER,
    RECEIVE_BETTER_BACKOFF,
    RECEIVE_WORSE, //!< Pass, Winner or Backoff
    RECEIVE_PASS_FOR_US,
    RECEIVE_BACKOFF_FOR_US,
    TIMER_EXPIRES,
    METRIC_BETTER,
    METRIC_WORSE,
    PATH_LOST,  //!< to the RP address
    DF_FAILURE, //!< the acting DF is gone, or has forgotten everything
    BEST_OFFERER_FAILURE,
    RECHECK_DF,             //!< the route to the RP address no longer leads to the acting DF
    NEIGHBOR_UP,            //!< a neighbour is new on the link
    DF_NEEDED,              //!< the route to the RP address leads over the link now
    ANNOUNCE,               //!< somebody takes another router for the DF
    PRESENCE_TIMER_EXPIRES, //!< the next Winner is due, or the DF has been silent
};

template <>
struct EnumNames<PimDfEvent>
{
    static constexpr const char* NAMES[] = {"ReceiveBetterOffer",
                                            "ReceiveWorseOffer",
                                            "ReceiveBetterPassOrWinner",
                                            "ReceiveBetterBackoff",
                                            "ReceiveWorsePassWinnerOrBackoff",
                                            "ReceivePassForUs",
                                            "ReceiveBackoffForUs",
                                            "TimerExpires",
                                            "MetricBecomesBetter",
                                            "MetricBecomesWorse",
                                            "PathLost",
                                            "DFFailure",
                                            "BestOffererFailure",
                                            "RecheckDF",
                                            "NeighborUp",
                                            "DFNeeded",
                                            "Announce",
                                            "PresenceTimerExpires"};
};

/** The machine. */
class PimDfElectionMachine
{
  public:
    /**
     * Begins in state Offer.
     * \param own this router's metric, with its address on the link
     * \param wait before the first Offer, besides OPlow
     * \param send sends a message on the link to all PIM routers
     * \param changed called after I_am_DF or the DF's address has changed
     */
    PimDfElectionMachine(PimEnvironment& environment,
                         const PimDfConfig& config,
                         Ipv4Address rp,
                         const PimDfMetric& own,
                         Time wait,
                         std::function<void(const PimDfElection&)> send,
                         std::function<void()> changed);

    /** A message from a neighbour, \p source being its primary address. */
    void Receive(const PimDfElection& message, Ipv4Address source);
    /** "Metric changes" and "Path to RPA lost". */
    void SetMetric(const PimDfMetric& own);
    /** "Detect DF Failure": the router at \p address is gone, or has forgotten everything. */
    void NeighborLost(Ipv4Address address);
    /**
     * A Hello of \p neighbor has come.
     * \returns true when this router took over from it without a Pass (§3.5.4.1); true only once.
     */
    bool TakeMissingPass(Ipv4Address neighbor);
    /** The route to the RP address no longer leads over this link to the DF: is it still there? */
    void RecheckDf();
    /** A neighbour has come up. */
    void NeighborUp();
    /** \param needed the route to the RP address leads over this link: its DF must be known. */
    void SetNeeded(bool needed);
    /** Somebody takes another router for the DF. */
    void Announce();

    PimDfState GetState() const
    {
        return m_state;
    }

    /** I_am_DF(RPA,I) */
    bool IAmDf() const
    {
        return m_state == PimDfState::WIN || m_state == PimDfState::BACKOFF;
    }

    /** \returns DF(RPA,I) by primary address, or any while none is known. */
    Ipv4Address GetDf() const
    {
        return IAmDf() ? m_own.address : m_df.address;
    }

    /** \returns the best metric offered, while in Backoff. */
    const PimDfMetric& GetBest() const
    {
        return m_best;
    }

    /** \returns the metric of the DF as it was last announced. */
    const PimDfMetric& GetDfMetric() const
    {
        return IAmDf() ? m_own : m_df;
    }

    const PimDfMetric& GetOwn() const
    {
        return m_own;
    }

    /** \returns the time on DFT; 0 when it does not run. */
    Time GetTimer() const
    {
        return m_timer.GetRemaining();
    }

  private:
    using State = PimDfState;
    using Event = PimDfEvent;

    /** What a message that causes an event says. */
    struct Cause
    {
        PimDfMetric metric{}; //!< of an offerer, or of the acting DF
        Time interval{};      //!< of a Backoff
    };

    /** §3.5.3.3. */
    void HandleEvent(PimDfEvent event, const Cause& cause);
    void HandleOffer(PimDfEvent event, const Cause& cause);
    void HandleLose(PimDfEvent event, const Cause& cause);
    void HandleWin(PimDfEvent event, const Cause& cause);
    void HandleBackoff(PimDfEvent event, const Cause& cause);

    PimDfEvent Classify(const PimDfElection& message,
                        const PimDfMetric& sender,
                        const PimDfMetric& other) const;
    void ForgetOfferer(Ipv4Address offerer);
    void Offer();
    void OfferLater(Time delay);
    void OfferTo(const PimDfMetric& df);
    void Win();
    void Lose(const PimDfMetric& df);
    void BackOff(const PimDfMetric& offered);
    void OfferExpired();
    void RepeatWinner();
    void ForgetDf();
    void RestartPresence();
    void Restart();
    void Lower();
    void Send(PimDfElection::Subtype subtype);
    Time GetOfferLow();
    void SetState(PimDfState state);
    void Notify();

    PimEnvironment& m_environment;
    const PimDfConfig& m_config;
    Ipv4Address m_rp;
    std::function<void(const PimDfElection&)> m_send;
    std::function<void()> m_changed;
    PimDfState m_state{PimDfState::OFFER};
    PimDfMetric m_own;
    PimDfMetric m_df; //!< of another router; none while this one is DF
    PimDfMetric m_best;
    Ipv4Address m_notified{Ipv4Address::GetAny()}; //!< the DF that \c m_changed was last called for
    bool m_needed{false};
    /** The DF last known that has neither passed its role on nor gone; any: none. */
    Ipv4Address m_unpassed{Ipv4Address::GetAny()};
    uint32_t m_count{0};   //!< MC
    ProtocolTimer m_timer; //!< DFT
    /** Win: the next periodic Winner. Lose: how long the DF may be silent. */
    ProtocolTimer m_presence;
};

} // namespace ns3

#endif
