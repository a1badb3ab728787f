// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.7: the set of RPs and the mapping from group to RP; RFC 5059 §1.3, §3.1.5: which part
// of it each scope zone's BSR supplies, and its expiry. The hash is taken of the group (RFC 7761
// §4.7.2), not of its range. For one range, a static RP comes before those learned.
#ifndef VXLAN_MULTICAST_PIM_RP_SET_H
#define VXLAN_MULTICAST_PIM_RP_SET_H

#include "ns3/deadline-heap.h"
#include "ns3/pim-encoding.h"
#include "ns3/pim-environment.h"
#include "ns3/pim-message.h"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace ns3
{

/** An area with a BSR of its own: the whole domain, or the inside of an admin-scope range. */
struct PimScopeZone
{
    bool scoped{false};                           //!< false: the global zone
    Ipv4Prefix range{Ipv4Address(0xe0000000), 4}; //!< 224.0.0.0/4 for the global zone

    friend bool operator<(const PimScopeZone& a, const PimScopeZone& b)
    {
        return std::tie(a.scoped, a.range) < std::tie(b.scoped, b.range);
    }

    /** \returns what it consists of, for KeyHash. */
    auto GetFields() const
    {
        return std::tie(scoped, range);
    }

    friend bool operator==(const PimScopeZone& a, const PimScopeZone& b)
    {
        return a.scoped == b.scoped && a.range == b.range;
    }
};

/** A static mapping from a range of groups to an RP. */
struct PimStaticRp
{
    Ipv4Prefix range;
    Ipv4Address rp{Ipv4Address::GetAny()};
    bool bidirectional{false}; //!< \c rp is the RP address of a bidirectional range (RFC 5015)
};

/** One RP of one group range. */
struct PimRpMapping
{
    Ipv4Prefix range;
    Ipv4Address rp{Ipv4Address::GetAny()};
    uint8_t priority{0};       //!< lower wins
    uint16_t holdtime{0};      //!< seconds; 0 of a static one
    bool bidirectional{false}; //!< the range is for bidirectional PIM
    bool isStatic{false};      //!< configured, not learned
    PimScopeZone zone;         //!< whose BSR named it
};

/** The RPs that this router knows. */
class PimRpSet
{
  public:
    /** \param staticRps what is configured at the start: not reported as a change */
    explicit PimRpSet(PimEnvironment& environment, const std::vector<PimStaticRp>& staticRps = {});

    /** Called after a change that may give groups of these ranges another RP. May be empty. */
    std::function<void(const std::vector<Ipv4Prefix>& ranges)> changed;

    /** Adds a static RP. */
    void AddStatic(const Ipv4Prefix& range, Ipv4Address rp, bool bidirectional = false);
    void RemoveStatic(const Ipv4Prefix& range, Ipv4Address rp);
    /** The hash mask length for static RPs (default 30). */
    void SetStaticHashMaskLength(uint8_t length);

    /** Groups of a scope zone's range look for their RP in that zone alone (RFC 5059 §1.3). */
    void AddZone(const PimScopeZone& zone);
    /** Forgets a zone and all that its BSR named. */
    void RemoveZone(const PimScopeZone& zone);
    /** The hash mask length that the BSR of \p zone asks for. */
    void SetHashMaskLength(const PimScopeZone& zone, uint8_t length);
    /**
     * Store RP-Set for one whole range: \p rps are all there is; none removes the range. An RP with
     * holdtime 0 is removed at once.
     */
    void Store(const PimScopeZone& zone,
               const PimEncodedGroup& group,
               const std::vector<PimBootstrapRp>& rps);
    /** Refresh RP-Set: what the BSR of \p zone named lives for its holdtime from now. */
    void Refresh(const PimScopeZone& zone);
    /** The same for one range of it. */
    void Refresh(const PimScopeZone& zone, const Ipv4Prefix& range);

    /**
     * \returns whether a group without RP can only be a sparse one: since this router came up RPs
     * have been known, and none that made the group bidirectional. Else its packets could go round
     * the loops that this router and a bidirectional tree make together.
     */
    bool IsSparseWithoutRp(Ipv4Address group) const;
    /** \returns RP(G) and what is known of it, or nothing. */
    std::optional<PimRpMapping> Lookup(Ipv4Address group) const;
    /** \returns all mappings: by zone, range and RP; static ones first. */
    std::vector<PimRpMapping> GetMappings() const;
    /** \returns the time until a learned mapping expires (GET); 0 for a static one. */
    Time GetRemaining(const PimRpMapping& mapping) const;

  private:
    struct Key
    {
        PimScopeZone zone;
        Ipv4Prefix range;
        Ipv4Address rp;

        /** \returns what it consists of, for KeyHash. */
        auto GetFields() const
        {
            return std::tie(zone, range, rp);
        }

        friend bool operator==(const Key& a, const Key& b)
        {
            return a.GetFields() == b.GetFields();
        }

        friend bool operator<(const Key& a, const Key& b)
        {
            return a.GetFields() < b.GetFields();
        }
    };

    PimRpMapping& Add(const PimStaticRp& mapping);
    static Key KeyOf(const PimRpMapping& mapping);
    void Expire(const Key& key);
    void Remember(const PimRpMapping& mapping);
    bool Insert(const PimRpMapping& mapping);
    const PimScopeZone* FindZone(Ipv4Address group) const;
    uint8_t GetHashMaskLength(const PimRpMapping& mapping) const;
    void Report(const PimRpMapping& mapping, const char* what) const;
    void NotifyChanged(std::vector<Ipv4Prefix> ranges) const;

    PimEnvironment& m_environment;
    bool m_everKnown{false};
    std::set<Ipv4Prefix> m_everBidirectional;
    std::map<Key, PimRpMapping> m_static;
    std::map<Key, PimRpMapping> m_learned;
    std::map<PimScopeZone, uint8_t> m_hashMaskLengths; //!< of the known zones
    uint8_t m_staticHashMaskLength{30};
    DeadlineHeap<Key> m_expiry;
};

} // namespace ns3

#endif
