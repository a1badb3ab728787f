// SPDX-License-Identifier: GPL-2.0-only
// RFC 5059 §3.2 and §3.3: a candidate RP advertises itself to a zone's BSR, which keeps the list.
// Departure: an advertisement for which there is no route yet goes out when routes change.
#ifndef VXLAN_MULTICAST_PIM_CANDIDATE_RP_H
#define VXLAN_MULTICAST_PIM_CANDIDATE_RP_H

#include "ns3/class-log.h"
#include "ns3/deadline-heap.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-message.h"

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace ns3
{

/** An RP that this router offers to be. */
struct PimCandidateRp
{
    uint32_t interface = 0;         //!< the interface whose primary address is the RP's
    uint8_t priority{192};          //!< lower wins
    std::vector<Ipv4Prefix> ranges; //!< none: 224.0.0.0/4
    bool bidirectional{false};      //!< for bidirectional PIM
};

/** Constants of RFC 5059 §5 for candidate RPs. */
struct PimCandidateRpTimes
{
    Time period{Seconds(60)}; //!< C_RP_Adv_Period
    Time backoff{Seconds(3)}; //!< C_RP_Adv_Backoff: random below this
    uint16_t holdtime{150};   //!< seconds
    uint32_t burst{3};        //!< advertisements to a new BSR at backoff intervals
};

/** Sends a router's Candidate-RP-Advertisements to one zone's BSR. */
class PimCandidateRpAdvertiser
{
  public:
    /** What is offered now: for each candidate its priority, address and ranges. */
    using Offers = std::vector<PimCandidateRpAdvertisement>;

    /**
     * \param offers asked at each sending
     * \param deliver takes the advertisements while this router is the BSR itself
     */
    PimCandidateRpAdvertiser(PimEnvironment& environment,
                             const PimCandidateRpTimes& times,
                             std::function<Offers()> offers,
                             std::function<void(const PimCandidateRpAdvertisement&)> deliver);

    /** The zone has this BSR now; any: none. */
    void SetBsr(Ipv4Address bsr);
    /** The offers have changed: advertises them at once, and withdraws what is gone. */
    void OffersChanged();
    /** Sends what found no route before. */
    void RoutesChanged();
    /** Withdraws all offers: holdtime 0 (§3.2). */
    void Withdraw();

  private:
    NS_LOG_CLASS_DECLARE;

    void TimerExpired();
    void SendAll(const Offers& offers);
    void SendInParts(const PimCandidateRpAdvertisement& whole, Ipv4Address source);
    void Send(const PimCandidateRpAdvertisement& advertisement, Ipv4Address source);
    void WithdrawAllBut(const Offers& offers);

    PimEnvironment& m_environment;
    const PimCandidateRpTimes& m_times;
    std::function<Offers()> m_offers;
    std::function<void(const PimCandidateRpAdvertisement&)> m_deliver;
    Ipv4Address m_bsr{Ipv4Address::GetAny()};
    uint32_t m_toBurst{0};
    bool m_isUnsent{false};
    /** Ranges by RP that have been advertised to the BSR. */
    std::map<Ipv4Address, std::set<Ipv4Prefix>> m_advertised;
    ProtocolTimer m_timer;
};

/** A BSR's list of candidate RPs in its zone: the Group-to-C-RP mappings of RFC 5059 §2. */
class PimCandidateRpTable
{
  public:
    explicit PimCandidateRpTable(ProtocolClock& clock);

    /** Called after each change of the mappings. May be empty. */
    std::function<void()> changed;

    /**
     * Takes in an advertisement; holdtime 0 removes its mappings.
     * \param groups those of its ranges that belong to the zone
     */
    void Update(const PimCandidateRpAdvertisement& advertisement,
                const std::vector<PimEncodedGroup>& groups);
    /**
     * \returns the RP-Set for a Bootstrap message. Ranges that have lost their last RP are in it,
     * with none, for three messages: so that routers need not wait for them to expire.
     */
    std::vector<PimBootstrapRange> TakeRanges();
    void Clear();

  private:
    using Key = std::pair<Ipv4Prefix, Ipv4Address>;

    struct Candidate
    {
        uint8_t priority{0};
        uint16_t holdtime{0};
        bool bidirectional{false};
    };

    bool Remove(const Key& key);
    void Expire(const Key& key);

    std::map<Key, Candidate> m_candidates;
    std::map<Ipv4Prefix, uint32_t> m_withdrawn; //!< empty ranges: in how many more messages
    DeadlineHeap<Key> m_expiry;
};

} // namespace ns3

#endif
