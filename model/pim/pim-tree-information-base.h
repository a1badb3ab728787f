// SPDX-License-Identifier: GPL-2.0-only
// RFC 7761 §4.1: the Tree Information Base, the state of (*,G), (S,G) and (S,G,rpt) entries. Plain
// data, found by group, with a count of the entries that hang on each RPF target. There may be a
// hundred thousand of them in each of many routers: an entry takes some 110 bytes, and 16 for each
// interface with downstream state; what few entries need takes none in the others, and order costs
// only those who ask for it. Timers are deadlines in one heap, by PimTimerKey, but for those that are
// refreshed all the time: an Expiry Timer is with its state, a Join Timer in PimJoinTimers.
#ifndef VXLAN_MULTICAST_PIM_TREE_INFORMATION_BASE_H
#define VXLAN_MULTICAST_PIM_TREE_INFORMATION_BASE_H

#include "ns3/enum-names.h"
#include "ns3/interface-set.h"
#include "ns3/interned.h"
#include "ns3/ipv4-address.h"
#include "ns3/keyed-slab.h"
#include "ns3/nstime.h"
#include "ns3/source-group.h"
#include "ns3/sparse.h"
#include "ns3/stored-ipv4-address.h"

#include <boost/container/flat_map.hpp>
#include <boost/container/vector.hpp>

#include <array>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <tuple>
#include <vector>

namespace ns3
{

/** The interface that is none: RPF_interface(RP(G)) at the RP, or without a route. */
constexpr uint32_t PIM_NO_INTERFACE = UINT32_MAX;

/** Downstream per-interface state of (*,G) and (S,G), §4.5.1 and §4.5.2. */
enum class PimJoinState : uint8_t
{
    NO_INFO,
    JOIN,
    PRUNE_PENDING
};

/** Downstream per-interface state of (S,G,rpt), §4.5.3. */
enum class PimRptPruneState : uint8_t
{
    NO_INFO,
    PRUNE,
    PRUNE_PENDING,
    PRUNE_TMP,        //!< P': while a message that began with Join(*,G) is read
    PRUNE_PENDING_TMP //!< PP'
};

/** Upstream state of (*,G) and (S,G), §4.5.4 and §4.5.5. */
enum class PimUpstreamState : uint8_t
{
    NOT_JOINED,
    JOINED
};

/** Upstream state of (S,G,rpt), §4.5.7. */
enum class PimRptUpstreamState : uint8_t
{
    RPT_NOT_JOINED,
    NOT_PRUNED,
    PRUNED
};

/** Per-interface assert state, §4.6. */
enum class PimAssertState : uint8_t
{
    NO_INFO,
    WINNER,
    LOSER
};

/** The DR's register state of (S,G), §4.4.1. */
enum class PimRegisterState : uint8_t
{
    NO_INFO,
    JOIN,
    JOIN_PENDING,
    PRUNE
};

template <>
struct EnumNames<PimJoinState>
{
    static constexpr const char* NAMES[] = {"NoInfo", "Join", "PrunePending"};
};

template <>
struct EnumNames<PimRptPruneState>
{
    static constexpr const char* NAMES[] = {"NoInfo",
                                            "Prune",
                                            "PrunePending",
                                            "PruneTmp",
                                            "PrunePendingTmp"};
};

template <>
struct EnumNames<PimUpstreamState>
{
    static constexpr const char* NAMES[] = {"NotJoined", "Joined"};
};

template <>
struct EnumNames<PimRptUpstreamState>
{
    static constexpr const char* NAMES[] = {"RPTNotJoined", "NotPruned", "Pruned"};
};

template <>
struct EnumNames<PimAssertState>
{
    static constexpr const char* NAMES[] = {"NoInfo", "Winner", "Loser"};
};

template <>
struct EnumNames<PimRegisterState>
{
    static constexpr const char* NAMES[] = {"NoInfo", "Join", "JoinPending", "Prune"};
};

/** assert_metric, §4.6.3. */
struct PimAssertMetric
{
    bool rpt{true};
    uint32_t preference{0x7fffffff};
    uint32_t metric{0xffffffff};
    Ipv4Address address{Ipv4Address::GetAny()};

    /** \returns infinite_assert_metric(), which is also what this struct starts as. */
    static PimAssertMetric Infinite()
    {
        return {};
    }

    bool IsInfinite() const
    {
        return rpt && preference == 0x7fffffff && metric == 0xffffffff;
    }

    /** Lower rpt flag, preference, metric win in that order; then the higher address. */
    bool IsBetterThan(const PimAssertMetric& other) const
    {
        return std::make_tuple(rpt, preference, metric, ~address.Get()) <
               std::make_tuple(other.rpt, other.preference, other.metric, ~other.address.Get());
    }
};

/** The assert record of one entry on one interface. */
struct PimAssertRecord
{
    PimAssertState state{PimAssertState::NO_INFO};
    Ipv4Address winner{Ipv4Address::GetAny()}; //!< AssertWinner; any: NULL
    PimAssertMetric metric;                    //!< AssertWinnerMetric
    bool onRpfInterface{false};                //!< lost on what was RPF_interface then
};

/** The route to an RP or source, by the MRIB. */
struct PimRpfState
{
    uint32_t interface = PIM_NO_INTERFACE; //!< RPF_interface
    StoredIpv4Address nextHop;             //!< MRIB.next_hop
    uint32_t metric{0xffffffff};           //!< MRIB.metric
    uint32_t preference{0x7fffffff};       //!< MRIB.pref
    bool directlyConnected{false};         //!< the target is on the link itself

    friend bool operator==(const PimRpfState& a, const PimRpfState& b)
    {
        return a.interface == b.interface && a.nextHop == b.nextHop && a.metric == b.metric &&
               a.preference == b.preference && a.directlyConnected == b.directlyConnected;
    }
};

/** The RPF' that joins were last sent to, so that a change is seen. */
struct PimUpstreamNeighbor
{
    uint32_t interface = PIM_NO_INTERFACE;
    StoredIpv4Address address; //!< any: NULL
    bool byAssert{false};      //!< it is an assert winner, not the MRIB's choice

    friend bool operator==(const PimUpstreamNeighbor& a, const PimUpstreamNeighbor& b)
    {
        return a.interface == b.interface && a.address == b.address && a.byAssert == b.byAssert;
    }
};

/**
 * Downstream state on one interface, with its Expiry Timer, which is refreshed by storing a time.
 * To code that is not concerned with the timer it is the state alone.
 */
class PimDownstreamState
{
  public:
    PimDownstreamState() = default;

    PimDownstreamState(PimJoinState state)
        : m_state(state)
    {
    }

    operator PimJoinState() const
    {
        return m_state;
    }

    /** Changes the state; the timer goes on. */
    void SetState(PimJoinState state)
    {
        m_state = state;
    }

    /** \returns when ET expires; Time::Max() when it does not run. */
    Time GetExpiry() const
    {
        return Time(int64_t(uint64_t(m_expiry[1]) << 32 | m_expiry[0]));
    }

    void SetExpiry(Time expiry)
    {
        const auto step = static_cast<uint64_t>(expiry.GetTimeStep());
        m_expiry = {static_cast<uint32_t>(step), static_cast<uint32_t>(step >> 32)};
    }

  private:
    std::array<uint32_t, 2> m_expiry{UINT32_MAX, INT32_MAX}; //!< in halves: 16 bytes with a key
    PimJoinState m_state{PimJoinState::NO_INFO};
};

/** Downstream state by interface, which most entries have of a few interfaces. */
using PimJoinStates = boost::container::flat_map<
    uint32_t,
    PimDownstreamState,
    std::less<uint32_t>,
    boost::container::vector<
        std::pair<uint32_t, PimDownstreamState>,
        void,
        boost::container::vector_options_t<boost::container::stored_size<uint32_t>>>>;

/** What (*,G) and (S,G) have in common. */
struct PimTreeState
{
    PimJoinStates downstream;
    Sparse<boost::container::flat_map<uint32_t, PimAssertRecord>> asserts;
    InterfaceSet interfaces; //!< with state, members or the RPF
    PimRpfState rpf;
    PimUpstreamNeighbor neighbor;
    StoredIpv4Address rpfTarget; //!< target that counts this entry
    PimUpstreamState upstream{PimUpstreamState::NOT_JOINED};
    uint16_t joinTimer{0}; //!< JT: how it runs, which PimJoinTimers knows
};

/** An (S,G) entry and its (S,G,rpt) companion. */
struct PimSource : PimTreeState
{
    StoredIpv4Address source;
    bool sptBit{false};     //!< SPTbit(S,G)
    bool keepalive{false};  //!< KeepaliveTimer(S,G) is running
    bool named{false};      //!< a local member names this source, to include or exclude it
    bool registered{false}; //!< its DR registers with this router, the RP, while keepalive is set
    bool external{false};   //!< another RP has it, as MSDP says
    bool isReported{false}; //!< MSDP has been told that it is this RP's
    PimRegisterState registerState{PimRegisterState::NO_INFO};
    StoredIpv4Address registerRp; //!< the far end of the Register tunnel
    Sparse<boost::container::flat_map<uint32_t, PimRptPruneState>> rptDownstream;
    PimRptUpstreamState rptUpstream{PimRptUpstreamState::RPT_NOT_JOINED};
    bool rptDiverges{false}; //!< RPF'(S,G,rpt) was not RPF'(*,G) when last seen

    /** \returns true when anything of (S,G) is more than default state. */
    bool HasSgState() const
    {
        return !downstream.empty() || !asserts.empty() || keepalive ||
               upstream == PimUpstreamState::JOINED || registerState != PimRegisterState::NO_INFO;
    }

    /** \returns true when anything of (S,G,rpt) is more than default state. */
    bool HasRptState() const
    {
        return !rptDownstream.empty() || rptUpstream == PimRptUpstreamState::PRUNED;
    }
};

/** How a group is routed, by its RP. */
enum class PimMode : uint8_t
{
    UNKNOWN, //!< it may be bidirectional elsewhere: only what is joined by source is forwarded
    NO_RP,   //!< no RP is known any more: (S,G) works, (*,G) goes nowhere
    SPARSE,  //!< PIM-SM
    BIDIRECTIONAL, //!< RFC 5015
    SSM            //!< RFC 7761 §4.8: (S,G) alone
};

/** What the sources of a group take over from (*,G): when it changes, they are recomputed. */
struct PimInherited
{
    InterfaceSet joins;   //!< joins(*,G)
    InterfaceSet include; //!< pim_include(*,G)
    InterfaceSet olist;   //!< immediate_olist(*,G)
    PimMode mode{PimMode::NO_RP};
    PimRpfState rpf;
    PimUpstreamNeighbor neighbor;
    PimUpstreamState upstream{PimUpstreamState::NOT_JOINED};
    StoredIpv4Address rp;
    bool hasAnycastPeers{false};

    friend bool operator==(const PimInherited& a, const PimInherited& b)
    {
        return a.joins == b.joins && a.include == b.include && a.olist == b.olist &&
               a.mode == b.mode && a.rpf == b.rpf && a.neighbor == b.neighbor &&
               a.upstream == b.upstream && a.rp == b.rp && a.hasAnycastPeers == b.hasAnycastPeers;
    }
};

/** For Interned: what is likely to differ. */
struct PimInheritedHash
{
    uint64_t operator()(const PimInherited& inherited) const
    {
        return MixHash(inherited.joins.GetHash() + inherited.rp.Get()) +
               MixHash(inherited.include.GetHash() + inherited.neighbor.address.Get());
    }
};

/** All of a group: its (*,G) entry, and its sources in order. */
struct PimGroup : PimTreeState
{
    PimMode mode{PimMode::NO_RP};
    bool iAmRp{false};           //!< I_am_RP(G)
    bool hasAnycastPeers{false}; //!< and others are, too (RFC 4610)
    bool hasSenders{false}; //!< bidirectional: packets go up from here, though there is no Join
    StoredIpv4Address group;
    StoredIpv4Address rp;        //!< RP(G); any when there is none
    StoredIpv4Address joinedRp;  //!< the RP that the last Join(*,G) named
    StoredIpv4Address learnedRp; //!< from a Join(*,G), while no RP is known at all
    Interned<PimInherited, PimInheritedHash> inherited; //!< as the sources last saw it
    InterfaceSet members; //!< interfaces with any local member of the group
    Sparse<std::map<uint32_t, PimSource>> sources; //!< by address, host order

    /** \returns true when anything of (*,G) is more than default state. */
    bool HasStarState() const
    {
        return !downstream.empty() || !asserts.empty() || upstream == PimUpstreamState::JOINED;
    }
};

/** \returns the group whose (*,G) entry \p starG is. */
inline PimGroup&
PimGroupOf(PimTreeState& starG)
{
    return static_cast<PimGroup&>(starG);
}

inline const PimGroup&
PimGroupOf(const PimTreeState& starG)
{
    return static_cast<const PimGroup&>(starG);
}

/** The timers of entries, by the RFC's names (§4.10). */
enum class PimTimer : uint8_t
{
    EXPIRY,            //!< ET of a (*,G) or (S,G) join; with no interface: the earliest of an entry
    PRUNE_PENDING,     //!< PPT
    RPT_EXPIRY,        //!< ET of an (S,G,rpt) prune
    RPT_PRUNE_PENDING, //!< PPT of an (S,G,rpt) prune
    ASSERT,            //!< AT
    ASSERT_LIMIT,      //!< no further data-driven Assert while it runs
    UPSTREAM_JOIN,     //!< JT; with no entry: of those that run together
    OVERRIDE,          //!< OT
    KEEPALIVE,         //!< KAT
    REGISTER_STOP      //!< RST
};

/** Names one timer of one entry. */
struct PimTimerKey
{
    SourceGroup entry;
    PimTimer timer{PimTimer::EXPIRY};
    uint32_t interface = PIM_NO_INTERFACE; //!< of a per-interface timer

    /** \returns what it consists of, for KeyHash. */
    auto GetFields() const
    {
        return std::make_tuple(entry, uint64_t(timer) << 32 | interface);
    }

    friend bool operator==(const PimTimerKey& a, const PimTimerKey& b)
    {
        return a.entry == b.entry && a.timer == b.timer && a.interface == b.interface;
    }

    friend bool operator<(const PimTimerKey& a, const PimTimerKey& b)
    {
        return std::tie(a.entry, a.timer, a.interface) < std::tie(b.entry, b.timer, b.interface);
    }
};

/** The table of all groups. */
class PimTreeInformationBase
{
  public:
    using Groups = std::vector<std::pair<uint32_t, const PimGroup&>>;

    /** \returns the group, or nullptr. */
    PimGroup* FindGroup(StoredIpv4Address group);
    const PimGroup* FindGroup(StoredIpv4Address group) const;
    /** \returns the group, made when new. */
    PimGroup& GetOrAddGroup(StoredIpv4Address group);
    /** \returns the group, which must exist. */
    PimGroup& GetGroup(StoredIpv4Address group);
    const PimGroup& GetGroup(StoredIpv4Address group) const;
    /** \returns the source of the group, or nullptr. */
    PimSource* FindSource(SourceGroup key);
    /** \returns the source of the group, both of which must exist. */
    PimSource& GetSource(SourceGroup key);
    /** \returns the (*,G) or (S,G) entry, or nullptr. */
    PimTreeState* FindEntry(SourceGroup key);
    const PimTreeState* FindEntry(SourceGroup key) const;
    /** \returns the (*,G) or (S,G) entry, which must exist. */
    PimTreeState& GetEntry(SourceGroup key);
    /** \returns the source of the group, both made when new. */
    PimSource& GetOrAddSource(SourceGroup key);
    void EraseSource(SourceGroup key);
    void EraseGroup(StoredIpv4Address group);

    /** \returns all groups, in order, which sorts them. */
    Groups GetGroups() const;

    /** Calls f(group) for each, in an order that must reach no output. */
    template <typename F>
    void ForEachGroup(F f) const
    {
        m_groups.ForEach(f);
    }

    /** \returns how many (*,G) and (S,G) entries there are. */
    std::size_t GetSize() const
    {
        return m_groups.GetSize() + m_sources;
    }

    /** \returns how many (S,G) entries there are. */
    std::size_t GetSourceCount() const
    {
        return m_sources;
    }

    /** Notes on which \p interfaces and \p target the entry hangs. */
    void Index(PimTreeState& entry, const InterfaceSet& interfaces, Ipv4Address target);
    /**
     * \returns the entries that have state, members or their RPF on \p interface, in order; found
     * by a look at all entries, as it is asked for only when an interface or neighbour changes
     */
    std::vector<SourceGroup> GetEntriesOfInterface(uint32_t interface) const;
    /** \returns how many entries reach for each RP or source. */
    const std::map<uint32_t, std::size_t>& CountEntriesByTarget() const
    {
        return m_byTarget;
    }

    /** \returns the entries that reach for \p targets, in order; found as those of an interface. */
    std::vector<SourceGroup> GetEntriesOfTargets(const std::set<uint32_t>& targets) const;

  private:
    struct GroupKey
    {
        uint64_t operator()(const PimGroup& g) const
        {
            return g.group.Get();
        }
    };

    /** \returns the group of \p key, or nullptr. An Ipv4Address is made and read out of line. */
    PimGroup* FindGroupOf(SourceGroup key);

    template <typename Condition>
    std::vector<SourceGroup> GetEntriesIf(Condition condition) const;

    KeyedSlab<PimGroup, GroupKey> m_groups;
    std::size_t m_sources{0}; //!< of all groups
    std::map<uint32_t, std::size_t> m_byTarget;
};

} // namespace ns3

#endif
