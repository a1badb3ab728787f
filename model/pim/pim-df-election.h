// SPDX-License-Identifier: GPL-2.0-only
// RFC 5015 §3.5: the election of the Designated Forwarder of one link for one RP address. The
// machine of §3.5.3 with its states Offer, Lose, Win and Backoff, driven by messages, its timer
// DFT, and changes of the way to the RP address. Departures: on a link without a known neighbour
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

/** What routers are compared by: their routing protocol, their distance to the RP, their address.
 */
struct PimDfMetric
{
    uint32_t preference{PimAssert::INFINITE_PREFERENCE};
    uint32_t metric{PimAssert::INFINITE_METRIC};
    Ipv4Address address{Ipv4Address::GetAny()};

    /** \returns true for a router that has no way to the RP address but over this link. */
    bool IsInfinite() const
    {
        return preference >= PimAssert::INFINITE_PREFERENCE;
    }

    /** The lower preference, then the lower metric, then the higher address. */
    bool IsBetterThan(const PimDfMetric& other) const;
};

/** The states of §3.5.3.1. */
enum class PimDfState : uint8_t
{
    OFFER,  //!< may yet win, and sends Offers
    LOSE,   //!< another one is the winner, or none is known and this router cannot be
    WIN,    //!< this router is acting DF
    BACKOFF //!< it still is, but another has offered more
};

const char* ToString(PimDfState state);

/** The machine. */
class PimDfElectionMachine
{
  public:
    /**
     * Begins in state Offer.
     * \param own this router's metric, with its address on the link
     * \param wait before the first Offer, besides OPlow
     * \param send sends a message on the link to all PIM routers
     * \param changed told after I_am_DF or the DF's address has changed
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
    /** The way to the RP address no longer leads over this link to the DF: is it still there? */
    void DoubtDf();
    /** A neighbour has come up. */
    void NeighborUp();
    /** \param needed the way to the RP address leads over this link: its DF has to be known. */
    void SetNeeded(bool needed);
    /** Somebody takes another router for the DF. */
    void Announce();

    PimDfState GetState() const;
    /** I_am_DF(RPA,I) */
    bool IAmDf() const;
    /** \returns DF(RPA,I) by primary address, or any while none is known. */
    Ipv4Address GetDf() const;
    /** \returns the best metric offered, while in Backoff. */
    const PimDfMetric& GetBest() const;
    /** \returns the metric of the DF as it was last told. */
    const PimDfMetric& GetDfMetric() const;
    const PimDfMetric& GetOwn() const;
    /** \returns the time on DFT; 0 when it does not run. */
    Time GetTimer() const;

  private:
    void ReceiveForMe(const PimDfElection& message);
    void ReceiveOffer(const PimDfMetric& offered);
    void ReceiveBetter(const PimDfElection& message, const PimDfMetric& df);
    void ReceiveWorse(const PimDfMetric& df);
    void Lose(const PimDfMetric& df);
    void TimerExpired();
    void OfferExpired();
    void PresenceExpired();
    void RestartPresence();
    void ForgetDf();
    void Ask();
    void Restart();
    void Lower();
    void BackOff(const PimDfMetric& offered);
    void Send(PimDfElection::Subtype subtype);
    Time GetOfferLow();
    void SetState(PimDfState state);
    void Tell();

    PimEnvironment& m_environment;
    const PimDfConfig& m_config;
    Ipv4Address m_rp;
    std::function<void(const PimDfElection&)> m_send;
    std::function<void()> m_changed;
    PimDfState m_state{PimDfState::OFFER};
    PimDfMetric m_own;
    PimDfMetric m_df; //!< of another router; none while this one is DF
    PimDfMetric m_best;
    Ipv4Address m_told{Ipv4Address::GetAny()};
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
