// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.7: how a group chooses among RPs, stated once for PIM and for the graph model.
#ifndef VXLAN_MULTICAST_RP_HASH_H
#define VXLAN_MULTICAST_RP_HASH_H

#include "ns3/ipv4-prefix.h"

#include <cstdint>
#include <optional>
#include <tuple>

namespace ns3
{

constexpr uint8_t DEFAULT_HASH_MASK_LENGTH = 30; //!< RFC 5059 §4: recommended for IPv4

/** RFC 7761 §4.7.2's Value(G,M,C). \param group, rp addresses in host order */
constexpr uint32_t
RpHash(uint32_t group, uint8_t hashMaskLength, uint32_t rp)
{
    const uint32_t masked = Ipv4Prefix(group, hashMaskLength).GetBits();
    return (1103515245U * ((1103515245U * masked + 12345U) ^ rp) + 12345U) & 0x7fffffffU;
}

/**
 * How one RP offer ranks for a group (RFC 7761 §4.7.1); the greatest is chosen. The longer range
 * wins, then a static mapping over a learned one (the RFC leaves that open), the lower priority
 * value, the higher hash, the higher address.
 */
struct RpRank
{
    /**
     * \param rangeLength the mask length of the range of groups that the offer serves
     * \param isStatic whether it is configured on this router
     * \param priority 0 to 255, the lower wins
     * \param hash RpHash of group and RP
     * \param rp the RP's address in host order
     */
    RpRank(uint8_t rangeLength, bool isStatic, uint8_t priority, uint32_t hash, uint32_t rp)
        : m_rank(rangeLength, isStatic, -int(priority), hash, rp)
    {
    }

    friend bool operator<(const RpRank& a, const RpRank& b)
    {
        return a.m_rank < b.m_rank;
    }

  private:
    std::tuple<uint8_t, bool, int, uint32_t, uint32_t> m_rank;
};

/** What an RP is offered with. */
struct RpTerms
{
    Ipv4Prefix range;                                 //!< of groups that it serves
    bool isStatic;                                    //!< whether it is configured on this router
    uint8_t priority;                                 //!< the lower wins
    uint32_t rp;                                      //!< the RP's address in host order
    uint8_t hashMaskLength{DEFAULT_HASH_MASK_LENGTH}; //!< that the BSR asks for
};

/**
 * Chooses among RPs for one group; PIM and the graph model choose by nothing else.
 * \tparam Candidate what stands for an RP
 */
template <typename Candidate>
class RpSelection
{
  public:
    /** \param group in host order */
    explicit RpSelection(uint32_t group)
        : m_group(group)
    {
    }

    /** Takes \p candidate if it serves the group and is better than those considered before. */
    void Consider(const RpTerms& terms, Candidate candidate)
    {
        if (!terms.range.Contains(m_group))
        {
            return;
        }
        const RpRank rank(terms.range.GetLength(),
                          terms.isStatic,
                          terms.priority,
                          RpHash(m_group, terms.hashMaskLength, terms.rp),
                          terms.rp);
        if (!m_best || m_rank < rank)
        {
            m_best = candidate;
            m_rank = rank;
        }
    }

    /** \returns the best, or nothing when none serves the group. */
    const std::optional<Candidate>& Get() const
    {
        return m_best;
    }

  private:
    uint32_t m_group;
    std::optional<Candidate> m_best;
    RpRank m_rank{0, false, 0, 0, 0}; //!< of \c m_best
};

} // namespace ns3

#endif
