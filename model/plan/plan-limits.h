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

/** A value for each kind of entry. */
template <typename T>
struct PlanKindValues
{
    T sum{};
    T starG{};
    T sg{};
    T replication{}; //!< tier `vtep` only

    T& Get(PlanKind kind)
    {
        switch (kind)
        {
        case PlanKind::STAR_G:
            return starG;
        case PlanKind::SG:
            return sg;
        case PlanKind::REPLICATION:
            return replication;
        case PlanKind::SUM:
            break;
        }
        return sum;
    }

    const T& Get(PlanKind kind) const
    {
        return const_cast<PlanKindValues*>(this)->Get(kind);
    }
};

/** The limits of one tier's tables; what is not set is not limited. */
struct PlanTierLimit : PlanKindValues<std::optional<uint64_t>>
{
    /**
     * \param text `8192`, kinds apart as `sg=8192:star-g=1000`
     * \throws std::invalid_argument: what is wrong, what would be right
     */
    static PlanTierLimit Parse(const std::string& text);

    bool IsEmpty() const;
    /** \returns the text that Parse takes; empty without limits. */
    std::string ToText() const;
};

/** \returns what files and options call the kind: `sum`, `star-g`, `sg` or `replication`. */
const char* GetPlanKindName(PlanKind kind);

/** Limits by tier. */
class PlanLimits
{
  public:
    /** The tier of VTEPs that replicate at the head-end; it has no forwarding entries. */
    static constexpr const char* VTEP = "vtep";

    /**
     * \param text `leaf:8192,spine:32000`, kinds apart as `leaf:sg=8192:star-g=1000`
     * \throws std::invalid_argument: what is wrong, what would be right
     */
    static PlanLimits Parse(const std::string& text);
    /** \returns one limit of all entries for routers of every tier. */
    static PlanLimits ForAllRouters(uint64_t entries);

    /** Sets the limits of a tier that has none. \throws std::invalid_argument if it has */
    void Set(const std::string& tier, const PlanTierLimit& limit);
    /** Takes entries that are in use off the limits. \param used of the same form, numbers only */
    void Subtract(const std::string& used);

    /** \returns the limits of \p tier, those of every tier too. */
    PlanTierLimit Get(const std::string& tier) const;

    /** \returns the tiers that are named. */
    const std::map<std::string, PlanTierLimit>& GetTiers() const
    {
        return m_tiers;
    }

    bool IsEmpty() const
    {
        return m_tiers.empty() && !m_all;
    }

    /** \returns the text that Parse takes, or the number for every tier. */
    std::string ToText() const;

  private:
    std::map<std::string, PlanTierLimit> m_tiers;
    std::optional<uint64_t> m_all; //!< of a router of any tier that is not named
};

} // namespace ns3

#endif
