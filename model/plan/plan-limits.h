// SPDX-License-Identifier: GPL-2.0-only
// How many multicast entries routers hold, tier by tier, and how many of these are in use.
#ifndef VXLAN_MULTICAST_PLAN_LIMITS_H
#define VXLAN_MULTICAST_PLAN_LIMITS_H

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace ns3
{

/** A kind of forwarding entry that a table may limit. */
enum class PlanKind
{
    SUM,        //!< all entries together
    STAR_G,     //!< (*,G)
    SG,         //!< (S,G)
    REPLICATION //!< of a head-end VTEP: remote VTEPs on the lists of its VNIs
};

/** The limits of one tier's tables; what is not set is not limited. */
struct PlanTierLimit
{
    std::optional<uint64_t> sum;
    std::optional<uint64_t> starG;
    std::optional<uint64_t> sg;
    std::optional<uint64_t> replication; //!< tier `vtep`
};

/** Limits by tier. */
class PlanLimits
{
  public:
    /**
     * \param text `leaf:8192,spine:32000`, kinds apart as `leaf:sg=8192:star-g=1000`
     * \throws std::invalid_argument: what is wrong, what would be right
     */
    static PlanLimits Parse(const std::string& text);

    /** Takes entries that are in use off the limits. \param used of the same form, numbers only */
    void Subtract(const std::string& used);

    const std::map<std::string, PlanTierLimit>& GetTiers() const
    {
        return m_tiers;
    }

  private:
    std::map<std::string, PlanTierLimit> m_tiers;
};

} // namespace ns3

#endif
